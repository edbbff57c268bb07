//! An appraisal for people and programs: text, Markdown, JSON.
//!
//! All of them are written from one [`Account`], in which every index has become an id and
//! every verdict stands beside its reasons.

mod account;
mod inert;
mod markdown;
mod reason;
mod text;

pub use self::account::{
    Account, ConfidenceAccount, ContributionAccount, DoctrineAccount, FindingAccount,
    JudgementAccount, LikelihoodAccount, LinchpinAccount, NextStepAccount, OutcomeAccount, Range,
    RequirementAccount, RestsOn, Share,
};
pub use self::inert::inert;
pub use self::markdown::markdown;
pub use self::text::{TextOptions, text};
