//! How far the evidence carries each judgement of an analytic report.

pub mod appraisal;
pub mod confidence;
pub mod digest;
pub mod doctrine;
#[cfg(feature = "draft")]
pub mod draft;
pub mod finding;
pub mod grade;
pub mod likelihood;
mod lint;
pub mod moment;
pub mod render;
pub mod report;
pub mod strength;
mod vocabulary;
pub mod yardstick;

pub use appraisal::{Appraisal, Appraiser, appraise};
