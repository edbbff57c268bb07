//! What stands, after everything that the ledger says so far.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use url::Url;

use super::capture::Capture;
use super::event::{Authenticity, Event, Mark, Subject, What};
use crate::digest::Digest;
use crate::moment::Moment;

/// The state that a ledger's entries lead to.
///
/// - Every assessor's latest grade stands beside the others'; none replaces another's.
/// - Only the order of entries counts, never their times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Registry {
    /// The ledger's name.
    pub origin: String,
    /// The sources, by id.
    pub sources: BTreeMap<String, SourceRecord>,
    /// The items, by id.
    pub items: BTreeMap<String, ItemRecord>,
    /// The objects that captures and remarks speak of, by digest.
    pub objects: BTreeMap<Digest, ObjectRecord>,
    /// How many captures there are.
    pub captures: u64,
    /// How many entries say an earlier time than the entry before: a clock that was set back, or
    /// writers whose clocks differ.
    pub steps_back: u64,
    #[serde(skip)]
    last: Option<Moment>,
    /// What came from each address, as a browser reads it.
    #[serde(skip)]
    addresses: BTreeMap<String, BTreeMap<Digest, Quality>>,
}

/// How far a capture holds what was asked for. The better comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quality {
    /// The answer was an error.
    Refused,
    /// It was cut short, or its record has faults.
    Doubtful,
    /// It is what came, whole.
    Whole,
}

impl Quality {
    pub(super) fn of(capture: &Capture) -> Self {
        if capture.status.is_some_and(|status| status >= 400) {
            Self::Refused
        } else if capture.truncated.is_some() || !capture.faults.is_empty() {
            Self::Doubtful
        } else {
            Self::Whole
        }
    }
}

impl Registry {
    /// What was recorded of this source.
    pub fn source(&self, id: &str) -> Option<&SourceRecord> {
        self.sources.get(id)
    }

    /// What was recorded of this item.
    pub fn item(&self, id: &str) -> Option<&ItemRecord> {
        self.items.get(id)
    }

    /// What came from this address.
    pub(super) fn captured_from(&self, url: &Url) -> impl Iterator<Item = (Digest, Quality)> {
        let captured = self.addresses.get(url.as_str()).into_iter().flatten();
        captured.map(|(digest, quality)| (*digest, *quality))
    }

    /// The objects that should be in the store: those named and not erased.
    pub fn expected_objects(&self) -> BTreeSet<Digest> {
        let kept = |record: &ObjectRecord| record.erased.is_none();
        self.objects.iter().filter(|(_, record)| kept(record)).map(|(digest, _)| *digest).collect()
    }

    /// Takes in the next entry.
    pub(crate) fn apply(&mut self, index: u64, event: Event) {
        let Event { at, by, what, with: _ } = event;
        if self.last.is_some_and(|last| last.is_after(at)) {
            self.steps_back += 1;
        }
        self.last = Some(at);
        match what {
            What::Opened { origin } => self.origin = origin,
            What::Captured(capture) => self.capture(index, capture),
            What::Registered { kind, name, owner, source, url } => {
                let record = self.sources.entry(source).or_default();
                record.description = Some(Description { name, kind, owner, url });
            }
            What::Graded { because, mark, of, scale } => {
                let grades = match of {
                    Subject::Source(id) => &mut self.sources.entry(id).or_default().grades,
                    Subject::Item(id) => &mut self.items.entry(id).or_default().grades,
                    Subject::Object(_) => return,
                };
                grades.insert(Assessment { at, because, by, index, mark, scale });
            }
            What::Authenticated { because, item, outcome } => {
                let record = self.items.entry(item).or_default();
                record.authenticity.insert(by, (outcome, because));
            }
            What::Lineage { derived_from, item } => {
                self.items.entry(item).or_default().lineage.insert(by, derived_from);
            }
            What::Withdrawn { because, subject } => {
                let withdrawal = Some(Withdrawal { at, because, by, index });
                match subject {
                    Subject::Item(id) => self.items.entry(id).or_default().withdrawn = withdrawal,
                    Subject::Source(id) => {
                        self.sources.entry(id).or_default().withdrawn = withdrawal;
                    }
                    Subject::Object(digest) => {
                        self.objects.entry(digest).or_default().erased = withdrawal;
                    }
                }
            }
            What::Noted { about: Some(Subject::Object(digest)), .. } => {
                self.objects.entry(digest).or_default();
            }
            What::Verified { .. } | What::Noted { .. } => {}
        }
    }

    fn capture(&mut self, index: u64, capture: Capture) {
        self.captures += 1;
        for digest in capture.objects() {
            let record = self.objects.entry(digest).or_default();
            record.captures += 1;
            // Bytes captured again after they were erased are there again.
            record.erased = None;
        }
        let address = capture.parsed_url().map_or_else(|| capture.url.clone(), Into::into);
        let quality = Quality::of(&capture);
        let best = self.addresses.entry(address).or_default().entry(capture.digest);
        best.and_modify(|best| *best = quality.max(*best)).or_insert(quality);
        if let Some(item) = &capture.item {
            let record = self.items.entry(item.clone()).or_default();
            record.captures.push((index, capture));
        }
    }
}

/// What was recorded of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceRecord {
    /// What it is, when it was registered.
    pub description: Option<Description>,
    /// Its grades.
    pub grades: Grades,
    /// Whether it counts no longer.
    pub withdrawn: Option<Withdrawal>,
}

/// What a source is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its kind, in the words of the report format.
    pub kind: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
    /// Where it publishes.
    pub url: Option<String>,
}

/// What was recorded of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ItemRecord {
    /// Its captures, with their places in the ledger.
    pub captures: Vec<(u64, Capture)>,
    /// Its grades.
    pub grades: Grades,
    /// Whether it is what it claims to be, and how that was found out, by who says so.
    pub authenticity: BTreeMap<String, (Authenticity, String)>,
    /// Where its information comes from, by who says so; nothing in the list means first-hand.
    pub lineage: BTreeMap<String, Vec<String>>,
    /// Whether it counts no longer.
    pub withdrawn: Option<Withdrawal>,
}

/// What was recorded of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ObjectRecord {
    /// How many captures speak of them.
    pub captures: u64,
    /// Whether they were erased.
    pub erased: Option<Withdrawal>,
}

/// When, why and by whom something was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// When, by the writer's clock.
    pub at: Moment,
    /// Why.
    pub because: String,
    /// By whom.
    pub by: String,
    /// The entry's place in the ledger, from 0.
    pub index: u64,
}

/// The latest grades by each assessor on each scale.
///
/// Written out, they are the lists of letters and digits, and whether assessors differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grades {
    letters: Marks,
    digits: Marks,
}

/// By assessor and scale.
type Marks = BTreeMap<(String, String), Assessment>;

impl Grades {
    /// The letters, in the order of the assessors' names.
    pub fn letters(&self) -> impl Iterator<Item = &Assessment> {
        self.letters.values()
    }

    /// The digits, in the order of the assessors' names.
    pub fn digits(&self) -> impl Iterator<Item = &Assessment> {
        self.digits.values()
    }

    /// Whether assessors differ, in the letter or in the digit, on one scale.
    pub fn dissent(&self) -> bool {
        let differ = |marks: &Marks| {
            let mut first = BTreeMap::new();
            marks.values().any(|one| *first.entry(&one.scale).or_insert(one.mark) != one.mark)
        };
        differ(&self.letters) || differ(&self.digits)
    }

    fn insert(&mut self, assessment: Assessment) {
        let marks = match assessment.mark {
            Mark::Reliability(_) => &mut self.letters,
            Mark::Credibility(_) => &mut self.digits,
        };
        marks.insert((assessment.by.clone(), assessment.scale.clone()), assessment);
    }
}

impl Serialize for Grades {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Grades", 3)?;
        fields.serialize_field("letters", &self.letters().collect::<Vec<_>>())?;
        fields.serialize_field("digits", &self.digits().collect::<Vec<_>>())?;
        fields.serialize_field("dissent", &self.dissent())?;
        fields.end()
    }
}

/// A grade, by one assessor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// When, by the writer's clock.
    pub at: Moment,
    /// Why.
    pub because: String,
    /// By whom.
    pub by: String,
    /// The entry's place in the ledger, from 0.
    pub index: u64,
    /// The letter or digit.
    pub mark: Mark,
    /// The scale that it is of.
    pub scale: String,
}
