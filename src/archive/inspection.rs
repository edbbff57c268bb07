//! An archive read again in whole: what is shown about its bytes, their order, and who vouches.

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use super::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use super::ledger::{Ledger, LedgerError, Tail};
use super::merkle::{Frontier, Hash};
use super::note::{Note, VerifierKey};
use super::store::{Fault, FolderStore, Progress, StoreError, verify_while};
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
    let ledger = match Ledger::read(path) {
        Ok(ledger) => Some(ledger),
        Err(error @ (LedgerError::Line { .. } | LedgerError::Empty { .. })) => {
            problems.push(Problem::Ledger(chain(&error)));
            None
        }
        Err(error) => return Err(error.into()),
    };
    let ordered = ledger.is_some();
    if let Some(tail) = ledger.as_ref().and_then(Ledger::tail) {
        problems.push(Problem::Torn(tail.clone()));
    }

    let expected = ledger.as_ref().map(|l| l.registry().expected_objects()).unwrap_or_default();
    let store = FolderStore::open(path)?;
    let Some(audit) = verify_while(&store, &expected, threads, go_on)? else {
        return Ok(None);
    };
    let mut sound = true;
    for fault in audit.faults {
        // Without a ledger nothing says which objects there should be.
        if ordered || !matches!(fault, Fault::Unexpected(_)) {
            // What no entry names yet takes nothing away: a writer was stopped between the two.
            sound &= matches!(fault, Fault::Unexpected(_) | Fault::Stray(_));
            problems.push(Problem::Object(fault));
        }
    }

    let mut signed = Signed { ledger: ledger.as_ref(), keys, covered: 0, problems: &mut problems };
    let notes = Checkpoints::open(path)?;
    match notes.all().and_then(|all| Ok((all, notes.latest()?))) {
        Ok((all, latest)) => {
            signed.check(all.into_iter().chain(latest).chain(pin.cloned()).collect())?;
        }
        Err(error) => signed.problems.push(Problem::Checkpoint { size: None, why: chain(&error) }),
    }
    let covered = signed.covered;
    let bad_note = problems.iter().any(|problem| matches!(problem, Problem::Checkpoint { .. }));

    Ok(Some(Inspection {
        entries: ledger.as_ref().map_or(0, Ledger::size),
        root: ledger.as_ref().map(Ledger::root),
        steps_back: ledger.as_ref().map_or(0, |ledger| ledger.registry().steps_back),
        objects: audit.objects,
        length: audit.bytes,
        covered,
        bytes: if sound && ordered { Answer::Yes } else { Answer::No },
        order: if ordered && !bad_note { Answer::Yes } else { Answer::No },
        identity: match (bad_note, covered) {
            (true, _) => Answer::No,
            (false, 0) => Answer::Unknown,
            (false, _) => Answer::Yes,
        },
        problems,
    }))
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
    /// How many entries a trusted key has signed for. Later ones are chained, but whoever can
    /// write the file could write them anew.
    pub covered: u64,
    /// Whether every object that the ledger names is there, with the bytes of its digest.
    pub bytes: Answer,
    /// Whether every entry follows from the one before, and from what was signed.
    pub order: Answer,
    /// Whether a trusted key has signed. Unknown when no key was given or nothing was signed.
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
        /// Its size, when it can be read.
        size: Option<u64>,
        /// What is wrong.
        why: String,
    },
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
            Self::Object(Fault::Stray(_)) => "stray",
            Self::Object(Fault::Unreadable { .. }) => "unreadable",
            Self::Checkpoint { .. } => "checkpoint",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(why) => write!(f, "the ledger: {why}"),
            Self::Torn(tail) => write!(
                f,
                "the ledger: {} bytes from byte {} on are no whole entry",
                tail.length, tail.offset
            ),
            Self::Object(fault) => fault.fmt(f),
            Self::Checkpoint { size: Some(size), why } => write!(f, "checkpoint {size}: {why}"),
            Self::Checkpoint { size: None, why } => write!(f, "a checkpoint: {why}"),
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

struct Signed<'a> {
    ledger: Option<&'a Ledger>,
    keys: &'a [VerifierKey],
    covered: u64,
    problems: &'a mut Vec<Problem>,
}

impl Signed<'_> {
    /// Compares the ledger with what was signed, reading it once.
    fn check(&mut self, notes: Vec<Note>) -> Result<(), LedgerError> {
        let mut claims = Vec::new();
        for note in notes {
            match note.text().parse::<Checkpoint>() {
                Ok(claim) => claims.push((claim, note)),
                Err(error) => {
                    self.problems.push(Problem::Checkpoint { size: None, why: error.to_string() });
                }
            }
        }
        claims.sort_by_key(|(claim, _)| claim.size);
        claims.dedup();
        let Some(ledger) = self.ledger else { return Ok(()) };

        let mut roots = Vec::new();
        let mut frontier = Frontier::new();
        let mut sizes = claims.iter().map(|(claim, _)| claim.size).peekable();
        let mut take = |frontier: &Frontier| {
            while sizes.next_if_eq(&frontier.size()).is_some() {
                roots.push(frontier.root());
            }
            sizes.peek().is_some()
        };
        if take(&frontier) {
            ledger.entries(|entry| {
                frontier.push(entry.leaf);
                if take(&frontier) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }

        let mut roots = roots.into_iter();
        for (claim, note) in claims {
            let found = roots.next();
            let wrong = if claim.origin != ledger.registry().origin {
                Some(format!("is of another ledger, `{}`", claim.origin))
            } else if found.is_none() {
                Some(format!("was signed for {} entries, found {}", claim.size, ledger.size()))
            } else if found != Some(claim.root) {
                Some("the entries are not those that were signed for".to_owned())
            } else if self.keys.is_empty() {
                None
            } else {
                Checkpoint::verified(&note, self.keys).err().map(|error| chain(&error))
            };
            match wrong {
                Some(why) => {
                    self.problems.push(Problem::Checkpoint { size: Some(claim.size), why });
                }
                None if !self.keys.is_empty() => self.covered = self.covered.max(claim.size),
                None => {}
            }
        }
        Ok(())
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
