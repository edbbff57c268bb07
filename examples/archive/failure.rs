//! Which errors say that something does not verify, and which that a command cannot be carried out.

use std::error::Error;
use std::path::Path;

use probative::archive::ArchiveError;
use probative::archive::checkpoint::CheckpointError;
use probative::archive::inspection::InspectError;
use probative::archive::ledger::LedgerError;
use probative::archive::store::StoreError;

/// Whether it says that something does not verify.
pub(crate) fn is_of_verifying(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<ArchiveError>() {
        match error {
            ArchiveError::Ledger(error) => ledger(error),
            ArchiveError::Store(error) => store(error),
            ArchiveError::Checkpoint(error) => checkpoint(error),
            _ => false,
        }
    } else if let Some(error) = error.downcast_ref::<InspectError>() {
        match error {
            InspectError::Ledger(error) => ledger(error),
            InspectError::Store(error) => store(error),
            InspectError::Checkpoint(error) => checkpoint(error),
            _ => false,
        }
    } else {
        error.downcast_ref().is_some_and(ledger)
            || error.downcast_ref().is_some_and(store)
            || error.downcast_ref().is_some_and(checkpoint)
    }
}

fn ledger(error: &LedgerError) -> bool {
    matches!(
        error,
        LedgerError::Line { .. } | LedgerError::Empty { .. } | LedgerError::Shrunk { .. }
    )
}

fn store(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Missing { .. } | StoreError::Mismatch { .. } | StoreError::Occupied { .. }
    )
}

fn checkpoint(error: &CheckpointError) -> bool {
    match error {
        CheckpointError::Ledger(error) => ledger(error),
        #[cfg(feature = "timestamp")]
        CheckpointError::Token { .. } => true,
        CheckpointError::Shape { .. }
        | CheckpointError::Note(_)
        | CheckpointError::File { .. }
        | CheckpointError::Size { .. }
        | CheckpointError::Root { .. } => true,
        _ => false,
    }
}

/// The error of a file that is named so.
pub(crate) fn at(path: &Path, error: &dyn Error) -> Box<dyn Error> {
    format!("{}: {}", path.display(), crate::show::chain(error)).into()
}
