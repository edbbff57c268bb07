//! What goes wrong with an archive, as exceptions.

use std::error::Error;
use std::io;
use std::path::Path;

use pyo3::prelude::*;

use crate::archive::ArchiveError;
use crate::archive::checkpoint::CheckpointError;
use crate::archive::event::{EventError, MarkError};
use crate::archive::import::ImportError;
use crate::archive::inspection::InspectError;
use crate::archive::ledger::{LedgerError, LineError};
use crate::archive::merkle::ProofError;
use crate::archive::note::{KeyError, NoteError};
use crate::archive::proof::BadProof;
use crate::archive::store::StoreError;
use crate::archive::wacz::WaczError;
use crate::archive::warc::WarcError;
use crate::python::errors::{Raise, class, of};

/// An error with its causes, on one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// The exception for a file that cannot be read or written.
fn file(py: Python<'_>, message: String, path: Option<&Path>, error: &io::Error) -> PyErr {
    let name = match error.kind() {
        io::ErrorKind::NotFound => "MissingArchiveError",
        io::ErrorKind::AlreadyExists => "ArchiveExistsError",
        _ => "ArchiveFileError",
    };
    let path = path.map(Path::as_os_str); // whole, even where it is no UTF-8
    let made = class(py, name).and_then(|class| class.call1((message, error.raw_os_error(), path)));
    made.map_or_else(|error| error, PyErr::from_value)
}

impl Raise for ArchiveError {
    const CLASS: &'static str = "ArchiveError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Store(error) => error.raise(py),
            Self::Ledger(error) => error.raise(py),
            Self::Checkpoint(error) => error.raise(py),
            Self::Key(error) => error.raise(py),
            Self::Import(error) => error.raise(py),
            Self::Unsigned | Self::Uncovered { .. } => of(py, "UnsignedError", &self.to_string()),
            Self::Io { ref path, ref source, .. } => file(py, chain(&self), Some(path), source),
        }
    }
}

impl Raise for StoreError {
    const CLASS: &'static str = "IntegrityError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match &self {
            Self::Missing { .. } => of(py, "MissingObjectError", &self.to_string()),
            Self::TooLong { .. } => of(py, "ObjectTooLongError", &self.to_string()),
            Self::Mismatch { .. } | Self::Occupied { .. } => of(py, Self::CLASS, &self.to_string()),
            Self::Source(source) => file(py, chain(&self), None, source),
            Self::Io { path, source, .. } => file(py, chain(&self), Some(path), source),
        }
    }
}

impl Raise for LedgerError {
    const CLASS: &'static str = "IntegrityError";

    fn raise(self, py: Python<'_>) -> PyErr {
        let message = chain(&self);
        match &self {
            Self::Line { number, .. } => {
                let made = class(py, Self::CLASS).and_then(|class| class.call1((message, *number)));
                made.map_or_else(|error| error, PyErr::from_value)
            }
            Self::Event { .. } | Self::TooLong { .. } => of(py, "EventError", &message),
            Self::Exists { path } => {
                file(py, message, Some(path), &io::ErrorKind::AlreadyExists.into())
            }
            Self::Failed { path } => file(py, message, Some(path), &io::ErrorKind::Other.into()),
            Self::Empty { .. } | Self::Shrunk { .. } => of(py, Self::CLASS, &message),
            Self::Io { path, source, .. } => file(py, message, Some(path), source),
        }
    }
}

impl Raise for CheckpointError {
    const CLASS: &'static str = "IntegrityError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Ledger(error) => error.raise(py),
            Self::Io { ref path, ref source, .. } => file(py, chain(&self), Some(path), source),
            error => of(py, Self::CLASS, &chain(&error)),
        }
    }
}

impl Raise for KeyError {
    const CLASS: &'static str = "SigningKeyError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match &self {
            Self::Io { path, source } => file(py, chain(&self), Some(path), source),
            Self::Randomness => file(py, chain(&self), None, &io::ErrorKind::Other.into()),
            _ => of(py, Self::CLASS, &self.to_string()),
        }
    }
}

impl Raise for ImportError {
    const CLASS: &'static str = "ContainerError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Refused { .. } => of(py, Self::CLASS, &self.to_string()),
            Self::Warc(error) => error.raise(py),
            Self::Wacz(error) => error.raise(py),
            Self::Store(error) => error.raise(py),
        }
    }
}

impl Raise for WarcError {
    const CLASS: &'static str = "ContainerError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Io(ref source) => file(py, chain(&self), None, source),
            // What could not be kept says itself why.
            Self::Visitor(source) => match source.downcast::<LedgerError>() {
                Ok(error) => error.raise(py),
                Err(source) => match source.downcast::<StoreError>() {
                    Ok(error) => error.raise(py),
                    Err(source) => file(py, chain(&source), None, &source),
                },
            },
            error => of(py, Self::CLASS, &error.to_string()),
        }
    }
}

impl Raise for WaczError {
    const CLASS: &'static str = "ContainerError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match &self {
            Self::Io(source) => file(py, chain(&self), None, source),
            _ => of(py, Self::CLASS, &self.to_string()),
        }
    }
}

impl Raise for InspectError {
    const CLASS: &'static str = "IntegrityError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Ledger(error) => error.raise(py),
            Self::Store(error) => error.raise(py),
            Self::Checkpoint(error) => error.raise(py),
        }
    }
}

impl Raise for BadProof {
    const CLASS: &'static str = "IntegrityError";

    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Checkpoint(error) => error.raise(py),
            error => of(py, Self::CLASS, &chain(&error)),
        }
    }
}

macro_rules! raised_as {
    ($($error:ty => $class:literal,)+) => {$(
        impl Raise for $error {
            const CLASS: &'static str = $class;
        }
    )+};
}

raised_as! {
    EventError => "EventError",
    LineError => "IntegrityError",
    MarkError => "GradeError",
    NoteError => "IntegrityError",
    ProofError => "IntegrityError",
}

/// One error of every kind, for the test that every one has a class.
pub(in crate::python) fn every_error(py: Python<'_>) -> Vec<(String, PyErr)> {
    use crate::archive::merkle::Hash;
    use crate::digest::Digest;

    macro_rules! raised {
        ($($error:ident::$variant:ident $({ $($field:tt)* })? $(($value:expr))?,)+) => {
            vec![$((
                concat!(stringify!($error), "::", stringify!($variant)).to_owned(),
                $error::$variant $({ $($field)* })? $(($value))?.raise(py),
            ),)+]
        };
    }
    let found = || "?".to_owned();
    let path = || "?".into();
    let source = || io::Error::from(io::ErrorKind::PermissionDenied);
    let (digest, root) = (Digest::of(b""), Hash::of_empty());
    let empty = || EventError::Empty { member: "by" };
    let mut list = raised! {
        ArchiveError::Store(StoreError::Missing { digest }),
        ArchiveError::Ledger(LedgerError::Empty { path: path() }),
        ArchiveError::Checkpoint(CheckpointError::Shape { found: found() }),
        ArchiveError::Key(KeyError::Randomness),
        ArchiveError::Import(ImportError::Refused { problems: Vec::new() }),
        ArchiveError::Unsigned,
        ArchiveError::Uncovered { index: 1, size: 1 },
        ArchiveError::Io { doing: "open", path: path(), source: source() },
        StoreError::Missing { digest },
        StoreError::Mismatch { expected: digest, found: digest },
        StoreError::Occupied { digest },
        StoreError::TooLong { digest, limit: 0 },
        StoreError::Source(source()),
        StoreError::Io { doing: "open", path: path(), source: source() },
        LedgerError::Line { path: path(), number: 3, source: LineError::Shape },
        LedgerError::Event { at: 0, source: empty() },
        LedgerError::TooLong { at: 0, length: 1 << 16 },
        LedgerError::Exists { path: path() },
        LedgerError::Empty { path: path() },
        LedgerError::Shrunk { path: path(), expected: 1 },
        LedgerError::Failed { path: path() },
        LedgerError::Io { doing: "open", path: path(), source: source() },
        LineError::Length { found: 1 << 16 },
        LineError::Utf8 { at: 0 },
        LineError::Shape,
        LineError::Chain { expected: found(), found: found() },
        LineError::Event(empty()),
        LineError::Opening { first: false },
        EventError::Json { why: found() },
        EventError::NotCanonical { at: 0 },
        EventError::Empty { member: "by" },
        EventError::Integer { found: u64::MAX },
        EventError::CredibilityOfSource { source_id: found() },
        EventError::GradeOfObject { object: digest },
        CheckpointError::Shape { found: found() },
        CheckpointError::Note(NoteError::Unsigned),
        CheckpointError::File { path: path(), source: NoteError::Shape },
        CheckpointError::Kind { found: found() },
        CheckpointError::TooLong { found: 1 << 21 },
        CheckpointError::Absent { size: 1 },
        CheckpointError::Origin { expected: found(), found: found() },
        CheckpointError::Size { expected: 1, found: 0 },
        CheckpointError::Root { size: 1, expected: root, found: root },
        CheckpointError::Ledger(LedgerError::Empty { path: path() }),
        CheckpointError::Io { doing: "open", path: path(), source: source() },
        KeyError::Shape { found: found() },
        KeyError::Id { expected: found(), found: found() },
        KeyError::Name { found: found() },
        KeyError::Randomness,
        KeyError::Secret { path: path() },
        KeyError::Rights { path: path(), found: 0o644 },
        KeyError::Io { path: path(), source: source() },
        NoteError::Length { found: 1 << 21 },
        NoteError::Shape,
        NoteError::Control { found: 13 },
        NoteError::Signatures { found: 65 },
        NoteError::Line { found: found() },
        NoteError::Signature { key: found() },
        NoteError::Unsigned,
        BadProof::Length { found: 1 << 21 },
        BadProof::Shape { expected: "?" },
        BadProof::Bare,
        BadProof::Proof(ProofError::Hash { found: found() }),
        BadProof::Note(NoteError::Shape),
        BadProof::Checkpoint(CheckpointError::Shape { found: found() }),
        ProofError::Hash { found: found() },
        ProofError::Index { index: 1, size: 1 },
        ProofError::Length { found: 0 },
        ProofError::Root { expected: root, found: root },
        ImportError::Refused { problems: Vec::new() },
        ImportError::Warc(WarcError::NotWarc { found: found() }),
        ImportError::Wacz(WaczError::NotZip { why: found() }),
        ImportError::Store(StoreError::Missing { digest }),
        WarcError::NotWarc { found: found() },
        WarcError::Limit { what: "?", limit: 0 },
        WarcError::Io(source()),
        WarcError::Visitor(source()),
        WaczError::NotZip { why: found() },
        WaczError::Limit { what: "?", limit: 0 },
        WaczError::Io(source()),
        InspectError::Ledger(LedgerError::Empty { path: path() }),
        InspectError::Store(StoreError::Missing { digest }),
        InspectError::Checkpoint(CheckpointError::Shape { found: found() }),
    };
    list.push(("MarkError".into(), MarkError { found: found() }.raise(py)));
    list
}
