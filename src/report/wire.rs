//! The report file: its shape, and nothing more.
//!
//! One set of types serves TOML, JSON, the JSON Schema in `docs/report.schema.json`, and
//! programs that put a report together. A shape may hold nonsense (an item whose source does
//! not exist); [`Report::check`] makes a checked [`report::Report`](super::Report) of it or
//! lists every problem.
//!
//! ```
//! use probative::grade::{Credibility, Reliability};
//! use probative::report::wire::{Item, Judgement, Link, Report, Source};
//!
//! let report = Report {
//!     sources: vec![Source {
//!         name: "Border Watch".into(),
//!         reliability: Some(Reliability::B),
//!         graded_because: Some("its counts were borne out by later records".into()),
//!         ..Source::new("ngo")
//!     }],
//!     items: vec![Item {
//!         claim: "Crossings doubled in May.".into(),
//!         credibility: Some(Credibility::Two),
//!         ..Item::new("count", "ngo")
//!     }],
//!     judgements: vec![Judgement {
//!         statement: "Crossings will rise.".into(),
//!         rests_on: vec![Link::new("count")],
//!         ..Judgement::new("J1")
//!     }],
//!     ..Report::new("Crossings at the border")
//! };
//! assert_eq!(report.clone().check()?.to_wire(), report);
//! # Ok::<(), probative::report::Problems>(())
//! ```

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    AssumptionStatus, Authenticity, Channel, Confidence, Relevance, SourceKind, Stance, check,
};
use crate::digest::Digest;
use crate::grade::{Credibility, Reliability};
use crate::moment::Moment;
use crate::report::Problems;
use crate::vocabulary::vocabulary;

/// A whole report file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Report {
    /// Which format this is.
    pub format: FormatName,
    /// The report's title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Information cut-off: a date (which is then within it) or an RFC 3339 time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Moment>,
    /// The yardstick of its likelihood terms: icd-203, phia-2025, ipcc, kent, or a name that
    /// the doctrine defines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yardstick: Option<String>,
    /// What the author says of the source base as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_summary: Option<SourceSummary>,
    /// Who speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What they say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// What is concluded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<Judgement>,
    /// What is taken as given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
    /// What would be seen if an assumption were wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// What is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
}

impl Report {
    /// An empty report.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            format: FormatName::V1,
            title: title.into(),
            publisher: None,
            cut_off: None,
            yardstick: None,
            source_summary: None,
            sources: Vec::new(),
            items: Vec::new(),
            judgements: Vec::new(),
            assumptions: Vec::new(),
            indicators: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Resolves every reference.
    ///
    /// # Errors
    /// Every problem: an id that is empty, used twice or refers to nothing; a lineage that runs
    /// in a circle; an item that confirms itself; a prior outside 0 to 1. Their place is a path
    /// such as `items[3].source`; line and column are known only to what reads a file.
    pub fn check(self) -> Result<super::Report, Problems> {
        check::check(self, None)
    }
}

vocabulary! {
    /// The format of the file and its version.
    ///
    /// Closed: another version is another shape.
    FormatName, "a format" {
        /// The format described here.
        V1 = "probative/1",
    }
}

/// What the author says of the source base as a whole (ICD 206, D.3.d(2)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct SourceSummary {
    /// The statement in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// Ids of the sources that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Source {
    /// Unique among the sources.
    pub id: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What sort of body or person it is; absent = other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
    /// Whose voice it is: sources of one owner are not independent of each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Admiralty reliability letter; absent = F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Why it bears that letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graded_because: Option<String>,
    /// Where it publishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}

impl Source {
    /// A source of which nothing but its id is known.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

/// One report by one source of one claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Item {
    /// Unique among the items.
    pub id: String,
    /// Id of the source that says it.
    pub source: String,
    /// What is said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub claim: String,
    /// Admiralty credibility digit, as text or number; absent = 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credibility: Option<Credibility>,
    /// A reliability for this item that replaces its source's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Why it bears that letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graded_because: Option<String>,
    /// How it reached the author; absent = unattributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// How far it was checked to be what it claims to be; absent = unverified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authenticity: Option<Authenticity>,
    /// How it was authenticated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authenticated_by: Option<String>,
    /// What is being claimed: items of one point may echo each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// Where its content comes from; absent = unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    /// Ids of the items that confirm it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corroborated_by: Vec<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// When the author read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Moment>,
    /// When it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Moment>,
    /// Why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_because: Option<String>,
    /// What was read, as bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<Capture>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}

impl Item {
    /// An item of which nothing but its id and its source is known.
    pub fn new(id: impl Into<String>, source: impl Into<String>) -> Self {
        Self { id: id.into(), source: source.into(), ..Self::default() }
    }
}

/// Where an item's content comes from: `"original"`, `"unknown"`, or `{ derived_from = [...] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lineage {
    /// First-hand, or the source's own work.
    Original,
    /// Nobody said; the same as leaving it out.
    Unknown,
    /// It passes on what these items or sources said.
    DerivedFrom(Vec<String>),
}

/// A record of what was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Capture {
    /// Digest of the bytes, as `algorithm:hex`.
    pub digest: Digest,
    /// When they were retrieved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Moment>,
    /// From where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Their media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// How many bytes they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

impl Capture {
    /// A capture of which nothing but its digest is known.
    pub fn new(digest: Digest) -> Self {
        Self { digest, retrieved: None, url: None, media_type: None, length: None }
    }
}

/// A conclusion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Judgement {
    /// Unique among the judgements.
    pub id: String,
    /// The conclusion in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// A term of the yardstick.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<String>,
    /// The analytic confidence that the author states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Base rate, 0 to 1; absent = 0.5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 0.0, max = 1.0)))]
    pub prior: Option<f64>,
    /// Until when it is meant to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<Moment>,
    /// The items that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Link>,
    /// Ids of the assumptions that it hangs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumes: Vec<String>,
    /// Where some of those who share the report differ from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissents: Vec<Dissent>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}

impl Judgement {
    /// A judgement of which nothing but its id is known.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

/// A view on a judgement that some hold apart from the rest: a confidence of their own, or a
/// reservation in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Dissent {
    /// Who holds it, as the report says: "one agency", "NSA".
    pub holder: String,
    /// The confidence that they state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// What they hold, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
}

impl Dissent {
    /// A dissent of which nothing but its holder is known.
    pub fn new(holder: impl Into<String>) -> Self {
        Self { holder: holder.into(), ..Self::default() }
    }
}

/// How one item bears on a judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Link {
    /// Id of the item.
    pub item: String,
    /// Which way it points; absent = supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// How closely it bears on the judgement; absent = circumstantial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevance: Option<Relevance>,
}

impl Link {
    /// A link that says nothing of stance or relevance.
    pub fn new(item: impl Into<String>) -> Self {
        Self { item: item.into(), ..Self::default() }
    }
}

/// Something taken as given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Assumption {
    /// Unique among the assumptions.
    pub id: String,
    /// What is taken as given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// How it stands; absent = holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AssumptionStatus>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}

/// What would be seen if an assumption were wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Indicator {
    /// Unique among the indicators.
    pub id: String,
    /// Id of the assumption that it would speak against.
    pub of: String,
    /// What would be seen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// When it was seen; absent = not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<Moment>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}

/// What is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Gap {
    /// Unique among the gaps.
    pub id: String,
    /// What is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// Ids of the judgements that it bears on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bears_on: Vec<String>,
    /// Whether a program proposed it and no person has confirmed it; absent = no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<bool>,
}
