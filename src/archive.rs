//! What was read, kept as bytes, and an append-only record of who judged it and when.

mod confined;
pub mod store;
