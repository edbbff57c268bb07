//! Archives.

mod content;
mod errors;
mod folder;
mod inspection;
mod keys;
mod ledger;
mod proof;
mod registry;
mod table;

pub(super) use self::errors::every_error;
pub(super) use self::folder::Archive;
pub(super) use self::inspection::inspect;
pub(super) use self::keys::{SigningKey, VerifierKey};
pub(super) use self::ledger::{Entry, EntryIterator, Ledger};
pub(super) use self::proof::{Checkpoint, Proof};
pub(super) use self::registry::Registry;
