#![doc = include_str!("../README.md")]
// A public function that panics is a defect here.
#![cfg_attr(not(test), warn(clippy::expect_used, clippy::panic, clippy::unwrap_used))]

// The Python package runs the example programs from their own source, which calls the crate by
// its name.
#[cfg(feature = "python")]
extern crate self as probative;

pub mod appraisal;
#[cfg(feature = "archive")]
pub mod archive;
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
#[cfg(feature = "python")]
mod python;
pub mod render;
pub mod report;
pub mod strength;
mod vocabulary;
pub mod yardstick;

pub use appraisal::{Appraisal, Appraiser, appraise};
