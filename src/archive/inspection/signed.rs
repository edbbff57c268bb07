//! The ledger beside what was signed.

use std::ops::ControlFlow;

use super::{Problem, chain};
use crate::archive::checkpoint::{
    Checkpoint, CheckpointError, Checkpoints, LATEST, note_file, size_of,
};
use crate::archive::ledger::{Ledger, LedgerError};
use crate::archive::merkle::{Frontier, Hash};
use crate::archive::note::{Note, NoteError, VerifierKey};

/// What the archive's notes claim, and the caller's.
pub(super) struct Notes {
    claims: Vec<Claim>,
    unreadable: Vec<Problem>,
}

/// What one note claims.
struct Claim {
    /// `None` for the caller's own.
    file: Option<String>,
    checkpoint: Checkpoint,
    note: Note,
}

/// What the notes show.
pub(super) struct Signed {
    /// How many entries a trusted key has signed for.
    pub(super) covered: u64,
    /// Whether the ledger is not what a note says, or a note is broken.
    pub(super) contradicted: bool,
    /// Whether a note is not by a trusted key, or none is.
    pub(super) refused: bool,
}

impl Notes {
    pub(super) fn read(
        checkpoints: &Checkpoints,
        pin: Option<&Note>,
    ) -> Result<Self, CheckpointError> {
        let mut notes = Self { claims: Vec::new(), unreadable: Vec::new() };
        // Whoever signs keeps the note among all before it is the latest.
        let mut latest = checkpoints.latest().transpose();
        let all = checkpoints.each()?;
        if latest.is_none() && !all.is_empty() {
            latest = checkpoints.latest().transpose();
        }
        match &latest {
            None if !all.is_empty() => notes.missing(LATEST.to_owned()),
            Some(Ok(latest)) => {
                let size = latest.text().parse::<Checkpoint>().map(|checkpoint| checkpoint.size);
                if let Ok(size) = size
                    && !all.iter().any(|(_, note)| note.as_ref().is_ok_and(|note| note == latest))
                {
                    notes.missing(note_file(&format!("{size:020}")));
                }
            }
            _ => {}
        }
        let latest = latest.map(|note| (LATEST.to_owned(), note));
        for (file, note) in all.into_iter().chain(latest) {
            notes.add(Some(file), note);
        }
        if let Some(note) = pin {
            notes.add(None, Ok(note.clone()));
        }
        notes.claims.sort_by_key(|claim| claim.checkpoint.size);
        Ok(notes)
    }

    fn missing(&mut self, file: String) {
        let (file, why) = (Some(file), "is missing".to_owned());
        self.unreadable.push(Problem::Checkpoint { file, size: None, why });
    }

    fn add(&mut self, file: Option<String>, note: Result<Note, CheckpointError>) {
        let read = note.and_then(|note| Ok((note.text().parse::<Checkpoint>()?, note)));
        match read {
            Ok((checkpoint, note)) => self.claims.push(Claim { file, checkpoint, note }),
            Err(error) => {
                // The file is named already.
                let why = match error {
                    CheckpointError::File { source, .. } => chain(&source),
                    error => chain(&error),
                };
                self.unreadable.push(Problem::Checkpoint { file, size: None, why });
            }
        }
    }

    /// How many entries the latest note claims.
    pub(super) fn latest(&self) -> Option<u64> {
        let own = |claim: &&Claim| claim.file.as_deref() == Some(LATEST);
        self.claims.iter().find(own).map(|claim| claim.checkpoint.size)
    }

    /// Compares the ledger with what was signed, reading it once.
    pub(super) fn compare(
        self,
        ledger: Option<&Ledger>,
        keys: &[VerifierKey],
        problems: &mut Vec<Problem>,
    ) -> Result<Signed, LedgerError> {
        let broken = !self.unreadable.is_empty();
        let mut signed = Signed { covered: 0, contradicted: broken, refused: broken };
        problems.extend(self.unreadable);
        let roots = match ledger {
            Some(ledger) => roots(ledger, &self.claims)?,
            None => Vec::new(),
        };
        let mut roots = roots.into_iter();
        for Claim { file, checkpoint: Checkpoint { origin, size, root }, note } in self.claims {
            let wrong = ledger.and_then(|ledger| {
                let found = roots.next();
                let stem = file.as_deref().and_then(|file| {
                    file.strip_suffix(".note").and_then(|path| path.rsplit('/').next())
                });
                if origin != ledger.registry().origin {
                    Some(format!("is of another ledger, `{}`", origin.escape_debug()))
                } else if found.is_none() {
                    Some(format!("was signed for {size} entries, found {}", ledger.size()))
                } else if found != Some(root) {
                    Some("the entries are not those that were signed for".to_owned())
                } else if stem.is_some_and(|stem| size_of(stem) != Some(size)) {
                    Some("is of another size than its name says".to_owned())
                } else {
                    None
                }
            });
            let verified = match keys {
                [] => None,
                keys => Some(Checkpoint::verified(&note, keys)),
            };
            let bad = match (wrong, verified) {
                (Some(why), _) => {
                    signed.contradicted = true;
                    Some(why)
                }
                (None, Some(Err(error))) => {
                    let stranger = matches!(error, CheckpointError::Note(NoteError::Unsigned));
                    signed.contradicted |= !stranger;
                    Some(chain(&error))
                }
                // Without a ledger there is nothing that it covers.
                (None, Some(Ok(_))) if ledger.is_some() => {
                    signed.covered = signed.covered.max(size);
                    None
                }
                (None, _) => None,
            };
            if let Some(why) = bad {
                signed.refused = true;
                problems.push(Problem::Checkpoint { file, size: Some(size), why });
            }
        }
        if signed.covered == 0 && !keys.is_empty() && ledger.is_some() {
            signed.refused = true;
            problems.push(Problem::Unsigned);
        }
        Ok(signed)
    }
}

/// The roots that the ledger had at the sizes of these claims, as far as it has come.
fn roots(ledger: &Ledger, claims: &[Claim]) -> Result<Vec<Hash>, LedgerError> {
    let mut roots = Vec::new();
    let mut frontier = Frontier::new();
    let mut sizes = claims.iter().map(|claim| claim.checkpoint.size).peekable();
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
    Ok(roots)
}
