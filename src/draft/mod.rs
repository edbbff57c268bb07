//! From an analyst's prose to a draft of the report file.
//!
//! [`draft`] reads plain text, Markdown, wikitext or HTML and proposes the structured report:
//! judgements and their points, likelihood and confidence, an item for each citation, a source
//! for each speaker. It proposes and never grades: no letter that no [`Registry`] knows, no
//! digit, no lineage. Everything carries `drafted = true` until a person has looked at it, every
//! doubt is a [`Finding`] at its place in the text, and a [`Trace`] leads from each drafted thing
//! back to the words that it came from.
//!
//! ```
//! use probative::draft::{FindingCode, Options, draft};
//!
//! let text = "The quiet harbour\n\n\
//!     KJ-1: It is highly likely that the harbour will close.\n\n\
//!     a. The harbour office stated that no ship has called since May (source).\n\n\
//!     b. Recent reports have suggested that the pilots left.\n\n\
//!     We have low confidence in KJ-1.\n\nCut-off date: 13.06.2023\n";
//! let draft = draft(text, &Options::new())?;
//! let judgement = &draft.report().judgements[0];
//! assert_eq!(judgement.likelihood.as_deref(), Some("highly likely"));
//! assert_eq!(judgement.rests_on.len(), 2);
//! assert!(draft.findings().iter().any(|one| one.code == FindingCode::SpeakerVague));
//! // It is a report file, and nobody has been graded.
//! let report = probative::report::Report::from_toml(&draft.to_toml()?)?;
//! assert!(report.sources().iter().all(|source| source.reliability.is_none()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assemble;
mod attribution;
mod citation;
mod confidence;
mod date;
mod desk;
mod evidence;
mod finding;
mod host;
mod input;
mod label;
mod likelihood;
mod markup;
mod outlook;
mod place;
mod quote;
mod registry;
mod sources;
mod structure;
mod summary;
mod wording;
mod words;
mod write;

pub use self::finding::{Finding, FindingCode, Part, Trace};
pub use self::input::{DraftError, MAX_TEXT};
pub use self::markup::Markup;
pub use self::place::Span;
pub use self::registry::Registry;
use crate::report::wire;

/// Drafts a report from a text.
///
/// It takes a time and memory in proportion to the text, whatever is in it.
///
/// # Errors
/// When there is nothing to draft from: an empty text, one that is too long or no text at all,
/// or prose in which nothing is concluded.
pub fn draft(text: &str, options: &Options) -> Result<Draft, DraftError> {
    let text = input::read(text.as_bytes())?;
    let markup = options.markup.unwrap_or_else(|| Markup::sniff(text));
    let document = markup::Document::read(text, markup);
    assemble::assemble(text, &document, &options.registries)
}

/// Drafts a report from the bytes of a file, which must be UTF-8.
///
/// # Errors
/// As [`draft`]; and for a file that is no text (a PDF, a Word file) or not UTF-8, saying what it
/// is.
pub fn draft_bytes(bytes: &[u8], options: &Options) -> Result<Draft, DraftError> {
    draft(input::read(bytes)?, options)
}

/// How to draft.
#[derive(Clone, Debug, Default)]
pub struct Options {
    markup: Option<Markup>,
    registries: Vec<Registry>,
}

impl Options {
    /// The markup is seen from the text, and no source is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text is marked up so.
    #[must_use]
    pub fn with_markup(mut self, markup: Markup) -> Self {
        self.markup = Some(markup);
        self
    }

    /// A registry to ask for letters. With several, they must agree on a source.
    #[must_use]
    pub fn with_registry(mut self, registry: Registry) -> Self {
        self.registries.push(registry);
        self
    }
}

/// A proposed report, and everything that is doubtful about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    report: wire::Report,
    findings: Vec<Finding>,
    traces: Vec<Trace>,
}

impl Draft {
    /// The proposed report. It passes [`wire::Report::check`].
    pub fn report(&self) -> &wire::Report {
        &self.report
    }

    /// The proposed report, for a program that goes on with it.
    pub fn into_report(self) -> wire::Report {
        self.report
    }

    /// What is doubtful, in the order of the text.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Where each drafted thing came from.
    pub fn traces(&self) -> &[Trace] {
        &self.traces
    }

    /// The report file as TOML, with a comment before each drafted thing that says where it came
    /// from. The comments are for people; `drafted = true` says the same to programs.
    ///
    /// # Errors
    /// None that is known: everything that a draft holds can be written.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        write::to_toml(&self.report, &self.traces)
    }

    /// The report file as indented JSON.
    pub fn to_json(&self) -> String {
        // The wire type has only text keys and finite numbers, so this cannot fail.
        serde_json::to_string_pretty(&self.report).unwrap_or_default()
    }
}
