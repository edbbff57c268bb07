//! One report by one source of one claim.

use url::Url;

use super::{ItemIndex, PointIndex, SourceIndex};
use crate::digest::Digest;
use crate::grade::{Credibility, Reliability};
use crate::moment::Moment;
use crate::vocabulary::vocabulary;

/// One report, by one source, of one claim.
///
/// What few items have (addresses, dates, captures) lies in one box beside it, so that a report
/// of a million items stays small.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Item {
    /// Unique among the items of its report.
    pub id: Box<str>,
    /// Who says it.
    pub source: SourceIndex,
    /// What is said; empty when the report does not state it.
    pub claim: Box<str>,
    /// How credible the information itself is; `None` when nobody graded it, which counts as 6.
    pub credibility: Option<Credibility>,
    /// A reliability for this item that replaces its source's.
    pub reliability: Option<Reliability>,
    /// How it reached the author.
    pub channel: Channel,
    /// How far it was checked to be what it claims to be.
    pub authenticity: Authenticity,
    /// What is being claimed: items of one point may echo each other. An item that names no
    /// point has one of its own.
    pub point: PointIndex,
    /// Where its content comes from.
    pub lineage: Lineage,
    /// The items that confirm it.
    pub corroborated_by: Box<[ItemIndex]>,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
    pub(super) details: Option<Box<Details>>,
}

impl Item {
    /// Where it was published.
    pub fn url(&self) -> Option<&Url> {
        self.details.as_ref()?.url.as_ref()
    }

    /// When it was published.
    pub fn published(&self) -> Option<Moment> {
        self.details.as_ref()?.published
    }

    /// When the author read it.
    pub fn accessed(&self) -> Option<Moment> {
        self.details.as_ref()?.accessed
    }

    /// When it was withdrawn. A withdrawn item counts for nothing, whatever the date.
    pub fn withdrawn(&self) -> Option<Moment> {
        self.details.as_ref()?.withdrawn
    }

    /// Why it was withdrawn.
    pub fn withdrawn_because(&self) -> Option<&str> {
        self.details.as_ref()?.withdrawn_because.as_deref()
    }

    /// Why it bears the reliability that replaces its source's.
    pub fn graded_because(&self) -> Option<&str> {
        self.details.as_ref()?.graded_because.as_deref()
    }

    /// How it was authenticated.
    pub fn authenticated_by(&self) -> Option<&str> {
        self.details.as_ref()?.authenticated_by.as_deref()
    }

    /// What was read, as bytes.
    pub fn captures(&self) -> &[Capture] {
        self.details.as_ref().map_or(&[], |details| &details.captures)
    }
}

/// Where an item's content comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lineage {
    /// Nobody said. Silence is not independence: it may be an echo.
    #[default]
    Unknown,
    /// First-hand, or the source's own work.
    Original,
    /// It passes on what these items or sources said; never empty.
    DerivedFrom(Box<[Parent]>),
}

/// What an item passes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Parent {
    /// Another item of the report.
    Item(ItemIndex),
    /// A source, by something that is no item of the report.
    Source(SourceIndex),
}

/// A record of what was read: the digest of its bytes, and where and when they were got.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Capture {
    /// Digest of the bytes.
    pub digest: Digest,
    /// When they were retrieved.
    pub retrieved: Option<Moment>,
    /// From where.
    pub url: Option<Url>,
    /// Their media type, such as `text/html`.
    pub media_type: Option<String>,
    /// How many they are.
    pub length: Option<u64>,
}

vocabulary! {
    /// How a report reached the author.
    ///
    /// Closed: a doctrine has a row for each.
    Channel, "a channel" {
        /// The source saw or did it and says so directly.
        FirstHand = "first-hand",
        /// A register, court file, log or other record kept by an office.
        OfficialRecord = "official-record",
        /// A public statement of an office.
        OfficialStatement = "official-statement",
        /// Published work with a method: academic, of a think tank, of an investigative body.
        Research = "research",
        /// Reporting by a news organisation.
        News = "news",
        /// The view of a named expert.
        ExpertComment = "expert-comment",
        /// A photograph, a video, satellite imagery.
        Imagery = "imagery",
        /// A person who spoke to the author or to those the author relies on.
        HumanSource = "human-source",
        /// A post on a social platform.
        SocialMedia = "social-media",
        /// Material released without its owner's leave.
        Leak = "leak",
        /// "Reports suggest": nobody is named.
        Unattributed = "unattributed",
    }
}

vocabulary! {
    /// How far an item was checked to be what it claims to be.
    ///
    /// Closed, and ordered from the least to the most assured.
    Authenticity, "a state of authenticity" {
        /// Its authenticity is contested on stated grounds.
        Disputed = "disputed",
        /// Nobody checked.
        Unverified = "unverified",
        /// Some of it was checked.
        Partial = "partial",
        /// It was checked and is what it claims to be.
        Verified = "verified",
    }
}

/// The part of an item that few items have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    pub(super) url: Option<Url>,
    pub(super) published: Option<Moment>,
    pub(super) accessed: Option<Moment>,
    pub(super) withdrawn: Option<Moment>,
    pub(super) withdrawn_because: Option<String>,
    pub(super) graded_because: Option<String>,
    pub(super) authenticated_by: Option<String>,
    pub(super) captures: Vec<Capture>,
}

vocabulary! {
    /// How an item stands in an archive. It never adds to what the item is worth: integrity buys no
    /// credibility. (A judgement may come out stronger when what spoke against it is left out, its
    /// bytes having changed; a finding of severity error says so.)
    ///
    /// Closed: these are the answers that an archive can give.
    ArchiveState, "a state of archiving" {
        /// The archive holds its bytes, and they are the ones that were graded.
        Verified = "verified",
        /// The archive holds bytes, and it is not shown that they are what was graded: they were
        /// not hashed again, were cut short, or came in a record with faults.
        Archived = "archived",
        /// The bytes are no longer those that were graded: the item is not counted.
        Changed = "changed",
        /// A capture is recorded, and the archive does not hold its bytes.
        Missing = "missing",
        /// No capture is recorded, or only answers that were errors.
        None = "none",
    }
}
