//! What a reviewer would remark on: not errors of the file, but of the tradecraft.

use std::fmt;

use crate::vocabulary::vocabulary;

/// One remark on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// How grave it is.
    pub severity: Severity,
    /// The ids that it is about.
    pub about: Vec<String>,
    /// One plain sentence.
    pub message: String,
}

impl Finding {
    pub(crate) fn new(code: FindingCode, about: Vec<String>, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), about, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.severity, self.message, self.code)
    }
}

vocabulary! {
    /// How grave a finding is.
    ///
    /// Closed, and ordered from the least to the most.
    Severity, "a severity" {
        /// Worth knowing.
        Info = "info",
        /// A reviewer would ask about it.
        Warning = "warning",
        /// What the report says cannot stand as it is.
        Error = "error",
    }
}

vocabulary! {
    /// What a finding is about. The codes are stable; `docs/findings.md` gives the standard that
    /// each comes from.
    #[non_exhaustive]
    FindingCode, "a finding code" {
        /// A letter stands without the reason for it.
        LetterWithoutReason = "letter-without-reason",
        /// A digit 1 names nobody who confirms.
        ConfirmedWithoutCorroborators = "confirmed-without-corroborators",
        /// Who confirms an item goes back to the same origin, or to the item itself.
        CorroboratorNotIndependent = "corroborator-not-independent",
        /// Who confirms an item is itself left out.
        CorroboratorLeftOut = "corroborator-left-out",
        /// Items do not say where their content comes from.
        LineageUnknown = "lineage-unknown",
        /// A judgement's support goes back to a single origin.
        SingleOrigin = "single-origin",
        /// A judgement rests mostly on leaked material.
        RestsOnLeak = "rests-on-leak",
        /// A judgement rests mostly on posts.
        RestsOnPosts = "rests-on-posts",
        /// A judgement rests mostly on what nobody is named for.
        RestsOnUnattributed = "rests-on-unattributed",
        /// A leak that nobody authenticated.
        LeakUnauthenticated = "leak-unauthenticated",
        /// Items of which no capture is recorded, or none is held.
        NotArchived = "not-archived",
        /// Items published after the cut-off.
        AfterCutOff = "after-cut-off",
        /// The bytes are no longer those that were graded.
        ContentChanged = "content-changed",
        /// Items that were withdrawn and are still cited.
        Withdrawn = "withdrawn",
        /// Sources that no item cites.
        OrphanSource = "orphan-source",
        /// Items that bear on no judgement.
        OrphanItem = "orphan-item",
        /// Assumptions on which no judgement hangs.
        OrphanAssumption = "orphan-assumption",
        /// Indicators of assumptions on which no judgement hangs.
        OrphanIndicator = "orphan-indicator",
        /// A judgement that no item supports.
        JudgementWithoutEvidence = "judgement-without-evidence",
        /// The report's yardstick is neither built in nor in the doctrine.
        YardstickUnknown = "yardstick-unknown",
        /// A likelihood that is no term of the yardstick.
        LikelihoodTermUnknown = "likelihood-term-unknown",
        /// One sentence states both a likelihood and a confidence.
        LikelihoodAndConfidenceMixed = "likelihood-and-confidence-mixed",
        /// More confidence is stated than the evidence can bear.
        ConfidenceOverstated = "confidence-overstated",
        /// Less confidence is stated than the evidence can bear.
        ConfidenceUnderstated = "confidence-understated",
        /// The likelihood claims more than the evidence carries.
        LikelihoodOutrunsEvidence = "likelihood-outruns-evidence",
        /// There is reason to doubt an assumption.
        AssumptionDoubted = "assumption-doubted",
        /// An assumption turned out wrong.
        AssumptionFailed = "assumption-failed",
        /// The source summary names sources that no item cites.
        SourceSummaryUncited = "source-summary-uncited",
        /// A source without a name, an item without a claim, a judgement without a statement.
        TextMissing = "text-missing",
        /// A judgement goes back through so many relays that nothing is tried on it.
        WhatIfLeftOut = "what-if-left-out",
    }
}

impl FindingCode {
    /// How grave findings with this code are.
    pub const fn severity(self) -> Severity {
        match self {
            Self::ContentChanged
            | Self::JudgementWithoutEvidence
            | Self::YardstickUnknown
            | Self::LikelihoodTermUnknown
            | Self::AssumptionFailed => Severity::Error,
            Self::LineageUnknown
            | Self::NotArchived
            | Self::OrphanSource
            | Self::OrphanItem
            | Self::OrphanAssumption
            | Self::OrphanIndicator
            | Self::ConfidenceUnderstated
            | Self::WhatIfLeftOut => Severity::Info,
            _ => Severity::Warning,
        }
    }
}
