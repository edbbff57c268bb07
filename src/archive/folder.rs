//! An archive in whole: one folder with the objects, the ledger, and what was signed.

use std::io::{self, BufWriter, Read, Seek, Write as _};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::capture::Capture;
use super::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use super::confined::Confined;
use super::event::{Event, Subject, What};
use super::import::{Flaw, ImportError, Imported, import_wacz, import_warc};
use super::ledger::{Ledger, LedgerError};
use super::note::{KeyError, Note, SigningKey};
use super::proof::Proof;
use super::registry::Registry;
use super::standing;
use super::store::{FolderStore, Store as _, StoreError, Stored};
use super::text::{self, Text};
use super::wacz::Signature;
use super::warc::Limits;
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
    folder: Confined,
    path: PathBuf,
    store: FolderStore,
    ledger: Ledger,
    checkpoints: Checkpoints,
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
        let ledger = Ledger::create(path, origin, at, by)?;
        let archive = Self::of(path, store, ledger)?;
        archive.write("FORMAT.txt", |file| file.write_all(FORMAT.as_bytes()))?;
        Ok(archive)
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
        Self::of(path, FolderStore::open(path)?, ledger)
    }

    fn of(path: &Path, store: FolderStore, ledger: Ledger) -> Result<Self, ArchiveError> {
        let folder = Confined::open(path).map_err(failed("open", path))?;
        let checkpoints = Checkpoints::open(path)?;
        Ok(Self { folder, path: path.to_owned(), store, ledger, checkpoints })
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
    /// problem when the archive is inspected.
    ///
    /// # Errors
    /// When the reader or the store fails.
    pub fn keep(&self, bytes: &mut dyn Read) -> Result<Stored, ArchiveError> {
        Ok(self.store.put(Algorithm::Sha256, bytes)?)
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
    /// # Errors
    /// When the file is neither, or a WACZ file that does not verify, with nothing recorded; when
    /// it cannot be read, is beyond a limit, or `event` fails: captures before that are recorded
    /// in part.
    pub fn import<R: Read + Seek>(
        &mut self,
        mut file: R,
        now: Moment,
        event: &mut dyn FnMut(Capture) -> io::Result<Event>,
    ) -> Result<Import, ArchiveError> {
        let unreadable = |error| ArchiveError::Store(StoreError::Source(error));
        let container = self.keep(&mut file)?.digest;
        let mut first = Vec::new();
        file.rewind().map_err(unreadable)?;
        file.by_ref().take(2).read_to_end(&mut first).map_err(unreadable)?;

        let mut events = Vec::new();
        let mut flaws = Vec::new();
        let mut captures = 0;
        let mut each = |record: Imported| -> io::Result<()> {
            flaws.extend(record.faults.into_iter().map(|flaw| (record.offset, flaw)));
            let Some(capture) = record.capture else { return Ok(()) };
            captures += 1;
            events.push(event(capture)?);
            if events.len() == BATCH {
                self.ledger.append(&events).map_err(io::Error::other)?;
                events.clear();
            }
            Ok(())
        };
        let limits = Limits::default();
        let (summary, signature) = if first == b"PK" {
            let (summary, report) =
                import_wacz(&self.store, file, container, now, limits, &mut each)?;
            (summary, Some(report.signature))
        } else {
            (import_warc(&self.store, container, limits, &mut each)?, None)
        };
        self.ledger.append(&events)?;
        Ok(Import { container, records: summary.records, captures, signature, flaws })
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
        let note = self.checkpoints.sign(&mut self.ledger, &key, Path::new(&pin))?;
        self.write("SHA256SUMS", |file| {
            let mut file = BufWriter::new(file);
            let written = self.store.write_sums(Algorithm::Sha256, &mut file);
            written.map_err(io::Error::other).and_then(|()| file.flush())
        })?;
        Ok(note)
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

    fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut std::fs::File) -> io::Result<()>,
    ) -> Result<(), ArchiveError> {
        let written = self.folder.write_whole(name, write);
        written.map_err(failed("write", &self.folder.locate(name)))
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

/// How many captures of an import are recorded at once.
const BATCH: usize = 1000;
const FORMAT: &str = include_str!("FORMAT.txt");
