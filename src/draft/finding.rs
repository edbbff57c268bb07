//! What the draft doubts, and where each drafted thing came from.

use std::fmt;

use super::place::Span;
use super::quote;
use crate::finding::Severity;
use crate::vocabulary::vocabulary;

/// A doubt about the draft, or something that it left to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What sort of doubt it is.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The ids of the drafted things that it is about; may be empty.
    pub about: Vec<String>,
    /// What was found and what to do, in a sentence or two.
    pub message: String,
    /// Where in the input.
    pub span: Span,
}

impl Finding {
    /// The finding with the line that it is about, quoted and underlined as compilers do.
    ///
    /// `text` is the text that was drafted from and `name` stands for it. What could act on a
    /// terminal is written as numbers. Lines end in `\n`; there is none at the end.
    pub fn render(&self, text: &str, name: &str) -> String {
        let place = self.span.place;
        format!(
            "{self}\n  --> {}:{}:{}\n{}",
            quote::inert(name),
            place.line,
            place.column,
            quote::quote(text, &self.span)
        )
    }
}

/// In one line: `warning[uncited]: ...`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}

/// Where a drafted thing stands in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// What it is.
    pub part: Part,
    /// Its id in the report; empty for what has none.
    pub id: String,
    /// Where it stands; of what is said in several places, the first.
    pub span: Span,
}

vocabulary! {
    /// What a [`Trace`] is of.
    ///
    /// Closed for a version: programs match on it.
    Part, "a part of the draft" {
        /// The report's title.
        Title = "title",
        /// The information cut-off.
        CutOff = "cut-off",
        /// What is said of the source base.
        SourceSummary = "source-summary",
        /// A source.
        Source = "source",
        /// An item that a citation stands for.
        Cited = "cited",
        /// An item that is attributed to a speaker, without a citation.
        Attributed = "attributed",
        /// A judgement.
        Judgement = "judgement",
        /// An assumption.
        Assumption = "assumption",
        /// An indicator.
        Indicator = "indicator",
        /// A gap.
        Gap = "gap",
    }
}

vocabulary! {
    /// What sort of doubt a finding is. Codes are stable.
    ///
    /// Closed for a version: programs match on it.
    FindingCode, "a code of a finding" {
        /// No line was clearly the title.
        TitleGuessed = "title-guessed",
        /// A judgement was recognised by its wording alone.
        JudgementUnmarked = "judgement-unmarked",
        /// A judgement is worded differently in two places.
        StatementDiffers = "statement-differs",
        /// A judgement has a label and no statement.
        StatementMissing = "statement-missing",
        /// A judgement has neither points nor citations.
        EvidenceMissing = "evidence-missing",
        /// Evidence stands outside every judgement.
        EvidenceUnplaced = "evidence-unplaced",
        /// Text that was left out: page furniture, or prose that fits nowhere.
        TextUnread = "text-unread",
        /// A judgement has no term of likelihood.
        LikelihoodMissing = "likelihood-missing",
        /// A judgement has several terms of likelihood.
        LikelihoodMixed = "likelihood-mixed",
        /// A word of likelihood that no yardstick has, or that is denied or compared.
        LikelihoodUnread = "likelihood-unread",
        /// Several yardsticks fit the terms.
        YardstickAmbiguous = "yardstick-ambiguous",
        /// No built-in yardstick has all the terms.
        YardstickUnknown = "yardstick-unknown",
        /// A judgement has no stated confidence.
        ConfidenceMissing = "confidence-missing",
        /// Two levels of confidence are stated for one judgement.
        ConfidenceConflict = "confidence-conflict",
        /// Confidence or certainty in words that are no level.
        ConfidenceUnread = "confidence-unread",
        /// A confidence that could not be tied to a judgement.
        ConfidenceUnplaced = "confidence-unplaced",
        /// Some of the authors state a view of their own.
        ConfidenceDivided = "confidence-divided",
        /// A citation that is opened and never closed.
        CitationUnclosed = "citation-unclosed",
        /// A citation that leads nowhere: no link, no note, no name.
        CitationWithoutLink = "citation-without-link",
        /// A footnote mark without its footnote, or a link that is no address.
        CitationUnresolved = "citation-unresolved",
        /// A sentence of fact without a citation.
        Uncited = "uncited",
        /// Nobody is said to say it: "reports suggest".
        SpeakerVague = "speaker-vague",
        /// Somebody is described but not named.
        SpeakerUnnamed = "speaker-unnamed",
        /// The link's publisher is not the speaker.
        SpeakerRelayed = "speaker-relayed",
        /// How it reached the author is not said.
        ChannelUnknown = "channel-unknown",
        /// A registry gave a source its letter.
        RegistryLetter = "registry-letter",
        /// Entries of registries disagree on a source.
        RegistryAmbiguous = "registry-ambiguous",
        /// A registry knows a source and gives no letter.
        RegistryUndecided = "registry-undecided",
        /// A registry does not say when it was drawn up.
        RegistryUndated = "registry-undated",
        /// An assumption that could not be tied to a judgement.
        AssumptionUnplaced = "assumption-unplaced",
        /// An indicator that could not be tied to an assumption; it is not in the report.
        IndicatorUnplaced = "indicator-unplaced",
        /// A gap that could not be tied to a judgement, or only by what stands around it.
        GapUnplaced = "gap-unplaced",
        /// No information cut-off is stated.
        CutOffMissing = "cut-off-missing",
        /// A date that can be read in two ways; it is not in the report.
        CutOffAmbiguous = "cut-off-ambiguous",
        /// Two different cut-offs are stated; the first is in the report.
        CutOffConflict = "cut-off-conflict",
        /// There were more items than a report can usefully hold.
        MoreItems = "more-items",
        /// There were more findings than are kept.
        MoreFindings = "more-findings",
    }
}
