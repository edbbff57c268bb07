//! How far the evidence carries each judgement of an analytic report.

pub mod digest;
pub mod grade;
pub mod moment;
pub mod yardstick;
