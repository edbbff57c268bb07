//! An archive read again in whole: what is shown about its bytes, their order, and who vouches.

mod files;
mod signed;

use std::fmt;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use self::files::Files;
use self::signed::Notes;
use super::checkpoint::{CheckpointError, Checkpoints};
use super::confined::Confined;
use super::ledger::{Ledger, LedgerError, Tail};
use super::merkle::Hash;
use super::note::{Note, VerifierKey};
use super::store::{Fault, FolderStore, Progress, StoreError, verify_while};
use crate::digest::Digest;
use crate::vocabulary::vocabulary;

/// Reads an archive again in whole, writing nothing.
///
/// `keys` are those that the caller trusts to sign for the ledger, from elsewhere than the
/// archive: one that is found in it proves nothing. `pin` is a checkpoint that the caller has seen
/// before; an archive that does not go on from it was rewritten or put back.
///
/// # Errors
/// When the archive cannot be read at all. Everything that does not verify is a [`Problem`].
pub fn inspect(
    path: &Path,
    keys: &[VerifierKey],
    pin: Option<&Note>,
    threads: NonZeroUsize,
    progress: &mut dyn FnMut(Progress),
) -> Result<Inspection, InspectError> {
    let mut tell = |at| {
        progress(at);
        ControlFlow::Continue(())
    };
    let found = inspect_while(path, keys, pin, threads, &mut tell)?;
    Ok(found.unwrap_or_else(|| unreachable!("nothing stops it")))
}

/// The same, and asks after each object whether to go on; `None` when it was told to stop.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_while(
    path: &Path,
    keys: &[VerifierKey],
    pin: Option<&Note>,
    threads: NonZeroUsize,
    go_on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<Inspection>, InspectError> {
    let mut problems = Vec::new();
    // Notes before the ledger, and the ledger before the objects: whoever writes meanwhile writes
    // them the other way round, so that nothing is missed that was there.
    let checkpoints = Checkpoints::open(path)?;
    let notes = Notes::read(&checkpoints, pin)?;
    let ledger = match Ledger::read(path) {
        Ok(ledger) => Some(ledger),
        Err(error @ (LedgerError::Line { .. } | LedgerError::Empty { .. })) => {
            problems.push(Problem::Ledger(chain(&error)));
            None
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(tail) = ledger.as_ref().and_then(Ledger::tail) {
        problems.push(Problem::Torn(tail.clone()));
    }

    let expected = ledger.as_ref().map(|l| l.registry().expected_objects()).unwrap_or_default();
    let store = FolderStore::read(path)?;
    let Some(audit) = verify_while(&store, &expected, threads, go_on)? else {
        return Ok(None);
    };
    let Settled { faults, pending } = settle(audit.faults, path, &store, ledger.is_some());
    let sound = faults.iter().all(|fault| matches!(fault, Fault::Unexpected(_) | Fault::Stray(_)));
    problems.extend(faults.into_iter().map(Problem::Object));

    let latest = notes.latest();
    let signed = notes.compare(ledger.as_ref(), keys, &mut problems)?;
    let folder = Confined::open(path).map_err(|source| failed(path, source))?;
    let mut files = Files { folder: &folder, store: &store, problems: &mut problems };
    files.look(ledger.as_ref(), latest)?;
    files.problems.extend(checkpoints.strays()?.into_iter().map(Problem::Stray));

    let covered = signed.covered;
    Ok(Some(Inspection {
        entries: ledger.as_ref().map_or(0, Ledger::size),
        root: ledger.as_ref().map(Ledger::root),
        steps_back: ledger.as_ref().map_or(0, |ledger| ledger.registry().steps_back),
        objects: audit.objects,
        length: audit.bytes,
        pending,
        covered,
        bytes: match (sound, &ledger) {
            (false, _) => Answer::No,
            (true, Some(_)) => Answer::Yes,
            // Nothing says which objects there should be.
            (true, None) => Answer::Unknown,
        },
        order: match &ledger {
            Some(_) if !signed.contradicted && covered > 0 => Answer::Yes,
            Some(_) if !signed.contradicted => Answer::Unknown,
            _ => Answer::No,
        },
        identity: match (signed.refused, covered) {
            (true, _) => Answer::No,
            (false, 0) => Answer::Unknown,
            (false, _) => Answer::Yes,
        },
        problems,
    }))
}

/// What is wrong with objects, after what others did meanwhile.
struct Settled {
    faults: Vec<Fault>,
    pending: u64,
}

/// Reads the ledger again when an object is not as it said: others may have added or erased it.
fn settle(mut faults: Vec<Fault>, path: &Path, store: &FolderStore, ordered: bool) -> Settled {
    let mut pending = 0;
    if !ordered {
        // Without a ledger nothing says which objects there should be.
        faults.retain(|fault| !matches!(fault, Fault::Unexpected(_)));
    } else if faults.iter().any(|f| matches!(f, Fault::Unexpected(_) | Fault::Missing(_))) {
        // Asked before the ledger is read: whoever had kept an object when they were listed, and
        // adds no more, has named it.
        let added_to = store.is_added_to();
        let now = Ledger::read(path).ok();
        let record =
            |digest: &Digest| now.as_ref().and_then(|now| now.registry().objects.get(digest));
        faults.retain(|fault| match fault {
            Fault::Missing(digest) => record(digest).is_none_or(|record| record.erased.is_none()),
            Fault::Unexpected(digest) => match record(digest) {
                Some(record) => record.erased.is_some(),
                None if added_to => {
                    pending += 1;
                    false
                }
                None => true,
            },
            _ => true,
        });
    }
    Settled { faults, pending }
}

/// What reading an archive again has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inspection {
    /// How many entries the ledger has.
    pub entries: u64,
    /// The root of their tree, when all lines verify.
    pub root: Option<Hash>,
    /// How many entries say an earlier time than the entry before.
    pub steps_back: u64,
    /// How many objects were read.
    pub objects: u64,
    /// How many bytes they have together.
    pub length: u64,
    /// How many objects no entry names yet, while somebody adds.
    pub pending: u64,
    /// How many entries a trusted key has signed for. Later ones are chained, but whoever can
    /// write the file could write them anew.
    pub covered: u64,
    /// Whether every object that the ledger names is there, with the bytes of its digest. Unknown
    /// when the ledger does not verify and the objects that are there do.
    pub bytes: Answer,
    /// Whether the first entries, as many as are [`covered`](Self::covered), are those that were
    /// signed for, in their order. Unknown when none is: a chain without a key shows nothing
    /// against whoever can write all of it anew.
    pub order: Answer,
    /// Whether a trusted key has signed. Unknown when no key was given; no when one was and none
    /// has.
    pub identity: Answer,
    /// What is wrong, one by one; empty when nothing is.
    pub problems: Vec<Problem>,
}

vocabulary! {
    /// Whether something is shown.
    Answer, "an answer" {
        /// It is shown.
        Yes = "yes",
        /// The contrary is shown.
        No = "no",
        /// Neither is.
        Unknown = "unknown",
    }
}

/// Something in an archive that does not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The ledger does not verify, from this line on.
    Ledger(String),
    /// The ledger's end is torn.
    Torn(Tail),
    /// Something is wrong with an object.
    Object(Fault),
    /// A checkpoint is bad, or the ledger is not what was signed.
    Checkpoint {
        /// Its file, relative to the archive; `None` for the one that was given as the pin.
        file: Option<String>,
        /// Its size, when it can be read.
        size: Option<u64>,
        /// What is wrong.
        why: String,
    },
    /// Keys were given, and none of them has signed anything that is here.
    Unsigned,
    /// `FORMAT.txt` or `SHA256SUMS` does not say what it should.
    File {
        /// Its name.
        file: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Something lies in the folder that is no part of an archive.
    Stray(String),
}

impl Problem {
    /// Its stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ledger(_) => "ledger",
            Self::Torn(_) => "torn",
            Self::Object(Fault::Mismatch { .. }) => "changed",
            Self::Object(Fault::Missing(_)) => "missing",
            Self::Object(Fault::Unexpected(_)) => "unexpected",
            Self::Object(Fault::Stray(_)) | Self::Stray(_) => "stray",
            Self::Object(Fault::Unreadable { .. }) => "unreadable",
            Self::Checkpoint { .. } => "checkpoint",
            Self::Unsigned => "unsigned",
            Self::File { .. } => "file",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(why) => f.write_str(why),
            Self::Torn(tail) => write!(
                f,
                "ledger.jsonl: {} bytes from byte {} on are no whole entry",
                tail.length, tail.offset
            ),
            Self::Object(fault) => fault.fmt(f),
            Self::Checkpoint { file, size, why } => {
                let file = file.as_deref().unwrap_or("the pin");
                write!(f, "{}", file.escape_debug())?;
                if let Some(size) = size {
                    write!(f, ", checkpoint {size}")?;
                }
                write!(f, ": {why}")
            }
            Self::Unsigned => f.write_str("no trusted key has signed anything that is here"),
            Self::File { file, why } => write!(f, "{file}: {why}"),
            Self::Stray(path) => write!(f, "{} is no part of an archive", path.escape_debug()),
        }
    }
}

/// An archive that cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// Its ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Its store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its checkpoints cannot be read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

fn failed(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { doing: "open", path: path.to_owned(), source }
}

/// An error with its causes, on one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
