//! How far the evidence carries each judgement of an analytic report.

pub mod appraisal;
pub mod confidence;
pub mod digest;
pub mod doctrine;
pub mod grade;
pub mod likelihood;
pub mod moment;
pub mod report;
pub mod strength;
mod vocabulary;
pub mod yardstick;

pub use appraisal::{Appraisal, Appraiser, appraise};
