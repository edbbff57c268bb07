//! An appraisal for people and programs: text, Markdown, JSON, a page.
//!
//! All of them are written from one [`Account`], in which every index has become an id and
//! every verdict stands beside its reasons.

mod account;
pub mod change;
#[cfg(feature = "html")]
mod html;
mod inert;
mod markdown;
mod reason;
#[cfg(feature = "html")]
pub mod svg;
mod text;

pub use self::account::{
    Account, AssessorAccount, ConfidenceAccount, ContributionAccount, DoctrineAccount,
    FindingAccount, JudgementAccount, LikelihoodAccount, LinchpinAccount, NextStepAccount,
    OutcomeAccount, Range, RequirementAccount, RestsOn, Share,
};
pub use self::change::{ChangeKind, Comparison, comparison_text};
#[cfg(feature = "html")]
pub use self::html::{comparison_html, html};
pub use self::inert::inert;
pub use self::markdown::markdown;
pub use self::text::{TextOptions, text};
