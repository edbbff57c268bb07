//! How far the evidence carries each judgement of an analytic report.

pub mod digest;
pub mod doctrine;
pub mod grade;
pub mod moment;
pub mod report;
mod vocabulary;
pub mod yardstick;
