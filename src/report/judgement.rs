//! What the report concludes, and on what.

use super::{AssumptionIndex, ItemIndex, JudgementIndex};
use crate::moment::Moment;
use crate::vocabulary::vocabulary;

/// A conclusion of the report.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Judgement {
    /// Unique among the judgements of its report.
    pub id: Box<str>,
    /// The conclusion in words; empty when the report does not state it.
    pub statement: Box<str>,
    /// A term of the report's yardstick.
    pub likelihood: Option<Box<str>>,
    /// The analytic confidence that the author states.
    pub confidence: Option<Confidence>,
    /// Base rate: the probability of the conclusion before any of this evidence, 0 to 1.
    /// `None` counts as 1/2.
    pub prior: Option<f64>,
    /// Until when it is meant to hold.
    pub horizon: Option<Moment>,
    /// The items that it rests on.
    pub rests_on: Box<[Link]>,
    /// The assumptions that it hangs on.
    pub assumes: Box<[AssumptionIndex]>,
    /// Where some of those who share the report differ from it.
    pub dissents: Box<[Dissent]>,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
}

/// A view on a judgement that some hold apart from the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dissent {
    /// Who holds it, as the report says: "one agency", "NSA".
    pub holder: Box<str>,
    /// The confidence that they state.
    pub confidence: Option<Confidence>,
    /// What they hold, in words; empty when only their confidence differs.
    pub statement: Box<str>,
}

/// How one item bears on one judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Link {
    /// The item.
    pub item: ItemIndex,
    /// Which way it points.
    pub stance: Stance,
    /// How closely it bears on the judgement.
    pub relevance: Relevance,
}

/// Something that the author takes as given.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assumption {
    /// Unique among the assumptions of its report.
    pub id: Box<str>,
    /// What is taken as given; empty when the report does not state it.
    pub statement: Box<str>,
    /// How it stands by the author's own account.
    pub status: AssumptionStatus,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
}

/// What would be seen if an assumption were wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Indicator {
    /// Unique among the indicators of its report.
    pub id: Box<str>,
    /// The assumption that it would speak against.
    pub of: AssumptionIndex,
    /// What would be seen; empty when the report does not state it.
    pub statement: Box<str>,
    /// When it was seen.
    pub observed: Option<Moment>,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
}

/// What is not known and would help.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Gap {
    /// Unique among the gaps of its report.
    pub id: Box<str>,
    /// What is not known; empty when the report does not state it.
    pub statement: Box<str>,
    /// The judgements that it bears on.
    pub bears_on: Box<[JudgementIndex]>,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
}

vocabulary! {
    /// Which way an item points.
    ///
    /// Closed: for, against, neither.
    Stance, "a stance" {
        /// For the judgement.
        Supports = "supports",
        /// Against the judgement.
        Contradicts = "contradicts",
        /// Neither: it helps to understand, and counts for nothing.
        Context = "context",
    }
}

vocabulary! {
    /// How closely an item bears on a judgement.
    ///
    /// Closed: a doctrine has a figure for each.
    Relevance, "a relevance" {
        /// If the item is true, so is the judgement.
        Direct = "direct",
        /// The item makes the judgement likelier without amounting to it.
        Circumstantial = "circumstantial",
        /// The item describes the setting.
        Contextual = "contextual",
    }
}

vocabulary! {
    /// Analytic confidence: how much the evidence and the reasoning can bear, apart from how
    /// likely the conclusion is (ICD 203, D.6.e(2)(a)).
    ///
    /// Closed, and ordered from the least to the most.
    Confidence, "a level of confidence" {
        /// Low.
        Low = "low",
        /// Moderate.
        Moderate = "moderate",
        /// High.
        High = "high",
    }
}

vocabulary! {
    /// How an assumption stands.
    ///
    /// Closed, and ordered from the worst to the best.
    AssumptionStatus, "the status of an assumption" {
        /// It turned out wrong.
        Failed = "failed",
        /// There is reason to doubt it.
        Doubted = "doubted",
        /// Nothing speaks against it.
        Holds = "holds",
    }
}
