//! What was read, kept as bytes, and an append-only record of who judged it and when.

pub mod capture;
pub mod checkpoint;
mod confined;
pub mod event;
mod folder;
pub mod import;
pub mod inspection;
pub mod ledger;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod recapture;
pub mod registry;
pub mod standing;
pub mod store;
pub mod text;
#[cfg(feature = "timestamp")]
pub mod timestamp;
pub mod wacz;
pub mod warc;

pub use folder::{Archive, ArchiveError, Import};
