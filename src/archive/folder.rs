//! An archive in whole: one folder with the objects, the ledger, and what was signed.

mod recorder;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write as _};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use thiserror::Error;

use self::recorder::{Fresh, Recorder};
use super::capture::Capture;
use super::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use super::confined::Confined;
use super::event::{Event, Subject, What};
use super::import::{Flaw, ImportError};
use super::ledger::{LOCK, Ledger, LedgerError};
use super::note::{KeyError, Note, SigningKey};
use super::proof::Proof;
use super::registry::Registry;
use super::standing;
use super::store::{FolderStore, Store as _, StoreError, Stored};
use super::text::{self, Text};
use super::wacz::Signature;
use crate::digest::{Algorithm, Digest};
use crate::moment::Moment;
use crate::report::{ArchiveState, Report};

/// A folder that keeps what was read, and who said what of it when.
///
/// - Bytes are kept before an entry names them, and erased after an entry says so: what is there
///   and what is said never part without a trace.
/// - `FORMAT.txt` in the folder says how to read it without this library; `SHA256SUMS`, written
///   with every checkpoint, is what `sha256sum -c` takes.
///
/// ```
/// use probative::archive::Archive;
/// use probative::archive::capture::Capture;
/// use probative::archive::event::{Event, Subject, What};
/// use probative::archive::note::SigningKey;
///
/// let place = tempfile::tempdir()?;
/// let (folder, key) = (place.path().join("case-7"), place.path().join("case-7.key"));
/// SigningKey::generate("example.org/case-7")?.write_new(&key)?;
/// let at = "2023-06-01T10:00:00Z".parse()?;
///
/// let mut archive = Archive::create(&folder, "example.org/case-7", at, "jd")?;
/// let kept = archive.keep(&mut &b"<p>the claim</p>"[..])?;
/// let capture = Capture::new("https://example.com/", at, kept.digest, kept.length);
/// archive.record(&[Event::new(at, "jd", What::Captured(capture))])?;
///
/// archive.checkpoint(&key)?;
/// let proof = archive.prove(1)?;
/// assert!(proof.verify_carried(&[SigningKey::read(&key)?.verifier()]).is_ok());
///
/// let subject = Subject::Object(kept.digest);
/// let erased = What::Withdrawn { because: "a court's order".to_owned(), subject };
/// archive.record(&[Event::new(at, "jd", erased)])?;
/// assert!(!folder.join("objects/sha256").join(&kept.digest.hex()[..2]).join(&kept.digest.hex()[2..]).exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    store: FolderStore,
    ledger: Ledger,
    checkpoints: Checkpoints,
    /// Held from before bytes are kept until an entry names them.
    adding: Mutex<Option<File>>,
}

impl Archive {
    /// Begins an archive in a folder that has none yet; the folder is made when it is absent.
    ///
    /// `origin` names it in what is signed: best a URL without a scheme.
    ///
    /// # Errors
    /// When there is a ledger already, and when a file cannot be written.
    pub fn create(
        path: &Path,
        origin: impl Into<String>,
        at: Moment,
        by: impl Into<String>,
    ) -> Result<Self, ArchiveError> {
        let store = FolderStore::create(path)?;
        let folder = Confined::open(path).map_err(failed("open", path))?;
        // Before there is a ledger, so that every archive has it.
        let locking = failed("lock", &folder.locate(LOCK));
        let lock = folder.append(LOCK).map_err(&locking)?;
        lock.lock().map_err(&locking)?;
        let written = folder.write_new(FORMAT_FILE, |file| file.write_all(FORMAT.as_bytes()));
        written.map_err(failed("write", &folder.locate(FORMAT_FILE)))?;
        drop(lock);
        let ledger = Ledger::create(path, origin, at, by)?;
        Self::of(path, store, ledger)
    }

    /// The archive in this folder, to be added to. A torn end of its ledger is put aside, as
    /// [`Ledger::open`] does.
    ///
    /// # Errors
    /// When there is none, when it cannot be read, and when a line of the ledger does not verify.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let ledger = Ledger::open(path)?;
        Self::of(path, FolderStore::open(path)?, ledger)
    }

    /// The same, without writing anything: a torn end is told and left.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn read(path: &Path) -> Result<Self, ArchiveError> {
        let ledger = Ledger::read(path)?;
        Self::of(path, FolderStore::read(path)?, ledger)
    }

    fn of(path: &Path, store: FolderStore, ledger: Ledger) -> Result<Self, ArchiveError> {
        let checkpoints = Checkpoints::open(path)?;
        let (path, adding) = (path.to_owned(), Mutex::default());
        Ok(Self { path, store, ledger, checkpoints, adding })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what others have added since.
    ///
    /// # Errors
    /// When the ledger cannot be read, or does not go on from what was read before.
    pub fn refresh(&mut self) -> Result<(), ArchiveError> {
        Ok(self.ledger.catch_up()?)
    }

    /// The objects.
    pub fn store(&self) -> &FolderStore {
        &self.store
    }

    /// The ledger, as it was last read or written.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What was signed.
    pub fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// Keeps everything that the reader gives. An entry should name it next: what none names is a
    /// problem when the archive is inspected after this value is gone.
    ///
    /// # Errors
    /// When the reader or the store fails.
    pub fn keep(&self, bytes: &mut dyn Read) -> Result<Stored, ArchiveError> {
        self.adds()?;
        Ok(self.store.put(Algorithm::Sha256, bytes)?)
    }

    /// Erases what was kept when no entry could be recorded of it. False, with nothing done, when
    /// it was there before, when an entry names it, or when somebody adds and may be about to.
    ///
    /// # Errors
    /// When the ledger cannot be read again, or the object not be erased.
    pub fn discard(&mut self, kept: Stored) -> Result<bool, ArchiveError> {
        let new = kept.new.then_some(kept.digest).into_iter().collect();
        Ok(self.take_back(&new)? > 0)
    }

    /// Erases those of these objects that no entry names, unless somebody adds and may be about
    /// to; how many is returned.
    fn take_back(&mut self, new: &BTreeSet<Digest>) -> Result<usize, ArchiveError> {
        self.added();
        let alone = if new.is_empty() { None } else { self.store.alone() };
        if alone.is_none() {
            return Ok(0);
        }
        // An append that failed may have left its entry all the same.
        let ledger = Ledger::read(&self.path)?;
        if ledger.tail().is_some() {
            return Ok(0);
        }
        let mut erased = 0;
        for digest in new {
            let record = ledger.registry().objects.get(digest);
            if record.is_none_or(|record| record.erased.is_some()) {
                erased += usize::from(self.store.erase(*digest)?);
            }
        }
        Ok(erased)
    }

    /// What is kept from here on waits for its entry.
    fn adds(&self) -> Result<(), ArchiveError> {
        let mut adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        if adding.is_none() {
            *adding = Some(self.store.adding()?);
        }
        Ok(())
    }

    /// Nothing kept waits for its entry any more.
    fn added(&mut self) {
        *self.adding.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The capture with the digest of its page's text, when its media type says that the bytes,
    /// which are kept already, have one that can be read.
    ///
    /// # Errors
    /// When the bytes are not there, or have changed.
    pub fn with_text(&self, capture: Capture) -> Result<Capture, ArchiveError> {
        let media_type = capture.media_type.as_deref().unwrap_or_default();
        if !text::is_read(media_type) || capture.length > text::LONGEST as u64 {
            return Ok(capture);
        }
        let bytes = self.store.get(capture.digest, text::LONGEST as u64)?;
        Ok(match Text::of(&bytes, media_type) {
            Ok(text) => capture.with_text(&text),
            Err(_) => capture,
        })
    }

    /// Adds events to the ledger; their places are returned. Objects that are withdrawn by them
    /// are erased then.
    ///
    /// # Errors
    /// As [`Ledger::append`]; then nothing is erased. And when an object cannot be erased.
    pub fn record(&mut self, events: &[Event]) -> Result<Range<u64>, ArchiveError> {
        let places = self.ledger.append(events)?;
        self.added();
        for event in events {
            if let What::Withdrawn { subject: Subject::Object(digest), .. } = &event.what {
                // Unless it was captured again since.
                let record = self.ledger.registry().objects.get(digest);
                if record.is_some_and(|record| record.erased.is_some()) {
                    self.store.erase(*digest)?;
                }
            }
        }
        Ok(places)
    }

    /// Keeps a WARC or WACZ file and the payloads in it, and records a capture of each: `event` is
    /// asked for the entry. `now` is the time that nothing in the file may be later than.
    ///
    /// A file that has nothing to capture is named by a remark. For that, `event` is asked with a
    /// capture of the file itself, without an address; of its answer, what was done is replaced.
    ///
    /// Whatever fails, the captures before it are recorded, and what this import has kept and no
    /// entry names is erased again, unless somebody adds at the same time.
    ///
    /// # Errors
    /// When the file is neither, or a WACZ file that does not verify, with nothing recorded; when
    /// it cannot be read, is beyond a limit, or `event` fails.
    pub fn import<R: Read + Seek>(
        &mut self,
        file: R,
        now: Moment,
        event: &mut dyn FnMut(Capture) -> io::Result<Event>,
    ) -> Result<Import, ArchiveError> {
        self.adds()?;
        let store = Fresh::of(&self.store);
        let mut recorder = Recorder::new(&mut self.ledger, &store, now, event);
        let imported = recorder.import(file);
        let taken_back = self.take_back(&store.into_unnamed());
        let imported = imported?;
        taken_back?;
        Ok(imported)
    }

    /// Signs the ledger as it stands with the key in this file, and writes `SHA256SUMS` anew. The
    /// file `KEY.pin` beside the key remembers what was signed with it, as
    /// [`Checkpoints::sign`] asks.
    ///
    /// # Errors
    /// When the key cannot be read, when the ledger does not go on from what was signed before,
    /// and when a file cannot be written.
    pub fn checkpoint(&mut self, key: &Path) -> Result<Note, ArchiveError> {
        let mut pin = key.as_os_str().to_owned();
        pin.push(".pin");
        let key = SigningKey::read(key)?;
        let folder = Confined::open(&self.path).map_err(failed("open", &self.path))?;
        let sums = |file: &mut File| {
            let mut file = BufWriter::new(file);
            let written = self.store.write_sums(Algorithm::Sha256, &mut file);
            written.map_err(io::Error::other).and_then(|()| file.flush())
        };
        // First, so that they are never older than the latest note.
        let beforehand = || {
            folder.write_whole(SUMS_FILE, sums).map_err(|source| {
                let path = folder.locate(SUMS_FILE);
                CheckpointError::Io { doing: "write", path, source }
            })
        };
        let pin = Path::new(&pin);
        Ok(self.checkpoints.sign_after(&mut self.ledger, &key, pin, beforehand)?)
    }

    /// Keeps a proof of time over the bytes of an object: `kind` is `tsr` or `ots`, as
    /// [`Checkpoints::attach`] has it. Where it lies is returned.
    ///
    /// # Errors
    /// When there is no such object, when the kind is another, when the proof is longer than 1 MiB
    /// or is a token over something else, and when it cannot be written.
    pub fn stamp(&self, object: Digest, kind: &str, token: &[u8]) -> Result<PathBuf, ArchiveError> {
        if self.store.length(object)?.is_none() {
            return Err(StoreError::Missing { digest: object }.into());
        }
        Ok(self.checkpoints.attach_to(object, kind, token)?)
    }

    /// The latest checkpoint with its note, unverified.
    ///
    /// # Errors
    /// [`ArchiveError::Unsigned`] when nothing was signed yet, and when it cannot be read.
    pub fn latest(&self) -> Result<(Checkpoint, Note), ArchiveError> {
        let note = self.checkpoints.latest()?.ok_or(ArchiveError::Unsigned)?;
        Ok((note.text().parse()?, note))
    }

    /// A proof, which travels by itself, that the entry at this place is in the ledger.
    ///
    /// # Errors
    /// When the latest checkpoint does not cover it, or the ledger is not what was signed.
    pub fn prove(&self, index: u64) -> Result<Proof, ArchiveError> {
        let (checkpoint, note) = self.latest()?;
        checkpoint.agrees_with(&self.ledger)?;
        let size = checkpoint.size;
        let mut line = None;
        self.ledger.entries(|entry| {
            if entry.index < index {
                return ControlFlow::Continue(());
            }
            line = Some(entry.line);
            ControlFlow::Break(())
        })?;
        let hashes = self.ledger.tree()?.inclusion(index, size);
        match (hashes, line) {
            (Some(hashes), Some(line)) => Ok(Proof::new(index, hashes, note).carrying(line)),
            _ => Err(ArchiveError::Uncovered { index, size }),
        }
    }

    /// What stood at this time; without one, what stands.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn registry(&self, as_of: Option<Moment>) -> Result<Registry, ArchiveError> {
        Ok(match as_of {
            Some(time) => self.ledger.as_of(time)?,
            None => self.ledger.registry().clone(),
        })
    }

    /// The state of each item of a report, in the report's order, as
    /// [`standing::states`] finds it. The bytes that were read may have been kept at any time.
    ///
    /// # Errors
    /// When the store fails otherwise than by an object that is missing or has changed.
    pub fn states(&self, report: &Report) -> Result<Vec<ArchiveState>, ArchiveError> {
        Ok(standing::states(report, self.ledger.registry(), &self.store)?)
    }
}

/// What came of importing a WARC or WACZ file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import {
    /// The file itself, kept as an object.
    pub container: Digest,
    /// How many records it has.
    pub records: u64,
    /// How many captures were recorded.
    pub captures: u64,
    /// Who says that a WACZ file was made by them; `None` for a WARC file.
    pub signature: Option<Signature>,
    /// What is wrong with records, with where they begin in bytes of their file.
    pub flaws: Vec<(u64, Flaw)>,
}

/// What goes wrong with an archive.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// With its objects.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// With its ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// With what was signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// With a key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// With a file that is imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Nothing was signed yet.
    #[error("nothing was signed yet")]
    Unsigned,
    /// An entry comes after the latest checkpoint, or is none.
    #[error("entry {index} is not below checkpoint {size}")]
    Uncovered {
        /// Its place, from 0.
        index: u64,
        /// How many entries were signed for.
        size: u64,
    },
    /// A file cannot be read or written.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// How it failed.
        source: io::Error,
    },
}

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> ArchiveError + use<> {
    let path = path.to_owned();
    move |source| ArchiveError::Io { doing, path: path.clone(), source }
}

pub(crate) const FORMAT: &str = include_str!("FORMAT.txt");
pub(crate) const FORMAT_FILE: &str = "FORMAT.txt";
pub(crate) const SUMS_FILE: &str = "SHA256SUMS";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_may_name_is_discarded() {
        let place = tempfile::tempdir().unwrap();
        let at: Moment = "2026-06-01".parse().unwrap();
        let mut archive = Archive::create(place.path(), "e.org/c", at, "jd").unwrap();
        let mut other = Archive::open(place.path()).unwrap();
        let named = |kept: Stored| {
            let capture = Capture::new("https://e.org/", at, kept.digest, kept.length);
            Event::new(at, "mk", What::Captured(capture))
        };
        let kept = archive.keep(&mut &b"a page"[..]).unwrap();
        let same = other.keep(&mut &b"a page"[..]).unwrap();
        assert!(kept.new && !same.new);
        // The other one is about to name it, names it, and has named it.
        assert!(!archive.discard(kept).unwrap());
        other.record(&[named(same)]).unwrap();
        assert!(!archive.discard(kept).unwrap());
        assert!(archive.store().length(kept.digest).unwrap().is_some());
        // What was there before is not this caller's to take away.
        let unnamed = other.keep(&mut &b"another"[..]).unwrap();
        let again = archive.keep(&mut &b"another"[..]).unwrap();
        assert!(!archive.discard(again).unwrap());
        assert!(other.discard(unnamed).unwrap());
        assert_eq!(archive.store().length(unnamed.digest).unwrap(), None);
    }
}
