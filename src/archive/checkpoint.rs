//! A ledger's size and root under a signature (C2SP tlog-checkpoint): what it said up to then, it
//! says for ever.

mod proofs;

use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

use super::confined::{Confined, Kind};
use super::ledger::{LOCK, Ledger, LedgerError};
use super::merkle::{Hash, ProofError};
use super::note::{Note, NoteError, SigningKey, VerifierKey};
pub use proofs::Attached;
pub(crate) use proofs::STAMPS;

/// The state of a ledger: its name, how many entries it has, and the root of their tree.
///
/// The text form is the text of a C2SP checkpoint without extension lines:
/// `parse(display(c)) == c`.
///
/// ```
/// use probative::archive::checkpoint::Checkpoint;
///
/// // The example of the specification.
/// let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
/// let checkpoint: Checkpoint = text.parse()?;
/// assert_eq!(checkpoint.size, 20_852_163);
/// assert_eq!(checkpoint.to_string(), text);
/// assert!(text.replace("20852163", "020852163").parse::<Checkpoint>().is_err());
/// # Ok::<(), probative::archive::checkpoint::CheckpointError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger's name.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
}

impl Checkpoint {
    /// The checkpoint in a note that one of these keys has signed under the checkpoint's own name.
    ///
    /// # Errors
    /// When none has, when a signature is bad, and when the text is no checkpoint.
    pub fn verified(note: &Note, keys: &[VerifierKey]) -> Result<Self, CheckpointError> {
        let signed = note.verify(keys)?;
        let checkpoint: Self = note.text().parse()?;
        // A witness confirms; only the ledger's own key speaks for it.
        if signed.iter().any(|key| key.name() == checkpoint.origin) {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::Note(NoteError::Unsigned))
        }
    }

    /// Whether this ledger begins with what the checkpoint stands for.
    ///
    /// # Errors
    /// When it does not, or cannot be read.
    pub fn agrees_with(&self, ledger: &Ledger) -> Result<(), CheckpointError> {
        let origin = &ledger.registry().origin;
        if self.origin != *origin {
            let (expected, found) = (self.origin.clone(), origin.clone());
            return Err(CheckpointError::Origin { expected, found });
        }
        match ledger.root_at(self.size)? {
            Some(root) if root == self.root => Ok(()),
            Some(found) => {
                Err(CheckpointError::Root { size: self.size, expected: self.root, found })
            }
            None => Err(CheckpointError::Size { expected: self.size, found: ledger.size() }),
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let shape = || CheckpointError::Shape { found: text.to_owned() };
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or_else(shape)?.split('\n').collect();
        let [origin, size, root, extensions @ ..] = &lines[..] else { return Err(shape()) };
        let number: u64 = size.parse().map_err(|_| shape())?;
        // Extension lines are opaque, not recommended, and nothing here makes or needs them; they
        // are signed for nothing that this ledger says, so they are not taken for part of it.
        if origin.is_empty() || number.to_string() != *size || !extensions.is_empty() {
            return Err(shape());
        }
        let root = root.parse().map_err(|_: ProofError| shape())?;
        Ok(Self { origin: (*origin).to_owned(), size: number, root })
    }
}

/// The checkpoints of an archive: the latest in the file `checkpoint`, all in `checkpoints/`.
#[derive(Debug)]
pub struct Checkpoints {
    folder: Confined,
}

impl Checkpoints {
    /// Those in this archive's folder.
    ///
    /// # Errors
    /// When the folder cannot be opened.
    pub fn open(path: &Path) -> Result<Self, CheckpointError> {
        let folder = Confined::open(path).map_err(failed("open", path))?;
        Ok(Self { folder })
    }

    /// The latest, unverified.
    ///
    /// # Errors
    /// When it cannot be read or is no note.
    pub fn latest(&self) -> Result<Option<Note>, CheckpointError> {
        read_note(&self.folder, LATEST)
    }

    /// All, unverified, from the smallest size to the largest.
    ///
    /// # Errors
    /// When one cannot be read or is no note.
    pub fn all(&self) -> Result<Vec<Note>, CheckpointError> {
        self.each()?.into_iter().map(|(_, note)| note).collect()
    }

    /// The same with their files, relative to the archive: one that cannot be read hides no other.
    pub(crate) fn each(&self) -> Result<Vec<Kept>, CheckpointError> {
        let names = self.names(ALL)?.into_iter().map(|(name, _)| name);
        let names = names.filter(|name| name.strip_suffix(NOTE).and_then(size_of).is_some());
        let read = |name: String| {
            let path = format!("{ALL}/{name}");
            let note = read_note(&self.folder, &path).transpose()?;
            Some((path, note))
        };
        Ok(names.filter_map(read).collect())
    }

    /// Signs the ledger as it stands, and keeps the checkpoint.
    ///
    /// `pin` is a file that remembers the last checkpoint signed with this key. Kept beside the
    /// key and not in the archive, it shows when the archive was put back to an earlier state.
    ///
    /// # Errors
    /// When the ledger does not go on from the last checkpoint that was signed with this key,
    /// kept in the archive or in the pin: that would be a second history. And when a file cannot
    /// be read or written.
    pub fn sign(
        &self,
        ledger: &mut Ledger,
        key: &SigningKey,
        pin: &Path,
    ) -> Result<Note, CheckpointError> {
        self.sign_after(ledger, key, pin, || Ok(()))
    }

    /// The same, and does something beforehand, while nobody adds to the ledger.
    pub(crate) fn sign_after(
        &self,
        ledger: &mut Ledger,
        key: &SigningKey,
        pin: &Path,
        beforehand: impl FnOnce() -> Result<(), CheckpointError>,
    ) -> Result<Note, CheckpointError> {
        let _lock = ledger.lock()?;
        ledger.catch_up()?;
        let keys = [key.verifier()];
        let (pins, pin_name) = Confined::around(pin).map_err(failed("open", pin))?;
        let pinned = read_note(&pins, pin_name)?;
        for last in [self.latest()?, pinned].into_iter().flatten() {
            // A note by an earlier key says nothing about what this key has signed.
            if last.signatures().iter().any(|signature| signature.id() == keys[0].id()) {
                Checkpoint::verified(&last, &keys)?.agrees_with(ledger)?;
            }
        }
        let checkpoint = Checkpoint {
            origin: ledger.registry().origin.clone(),
            size: ledger.size(),
            root: ledger.root(),
        };
        if keys[0].name() != checkpoint.origin {
            let (expected, found) = (checkpoint.origin, keys[0].name().to_owned());
            return Err(CheckpointError::Origin { expected, found });
        }
        let note = Note::sign(checkpoint.to_string(), key)?;
        let bytes = note.to_string().into_bytes();
        beforehand()?;
        // Before anybody can have seen the new checkpoint, the pin knows of it.
        replace(&pins, pin_name, &bytes)?;
        self.folder.make_dir(ALL).map_err(failed("create", &self.folder.locate(ALL)))?;
        // A note of this size by another key stays as it is, for proofs of time are over its bytes.
        let mut name = note_file(&format!("{:020}", checkpoint.size));
        let mut count = 2;
        while !keep(&self.folder, &name, &bytes)? {
            name = note_file(&format!("{:020}-{count}", checkpoint.size));
            count += 1;
        }
        replace(&self.folder, LATEST, &bytes)?;
        Ok(note)
    }

    /// What lies in a folder of the archive; nothing when there is none.
    fn names(&self, folder: &str) -> Result<Vec<(String, Kind)>, CheckpointError> {
        match self.folder.names(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed("list", &self.folder.locate(folder))(error)),
            Ok(names) => Ok(names),
        }
    }
}

/// A note's file, relative to the archive, and what is read there.
type Kept = (String, Result<Note, CheckpointError>);

/// What goes wrong with a checkpoint.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// A text is no checkpoint.
    #[error("expected an origin, a size and a root on three lines, found {found:?}")]
    Shape {
        /// The text.
        found: String,
    },
    /// The note is none, or nobody trusted has signed it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A file holds no signed note.
    #[error("{} is no signed note", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: NoteError,
    },
    /// A proof of time is of another kind.
    #[error("expected a proof of time, `tsr` or `ots`, found `{}`", found.escape_debug())]
    Kind {
        /// The kind.
        found: String,
    },
    /// A proof of time is longer than is kept.
    #[error("expected a proof of time of at most 1 MiB, found {found} bytes")]
    TooLong {
        /// Its length, in bytes, as far as it was read.
        found: usize,
    },
    /// There is no checkpoint of this size.
    #[error("there is no checkpoint of {size} entries")]
    Absent {
        /// The size.
        size: u64,
    },
    /// A token is none, or is over something else.
    #[cfg(feature = "timestamp")]
    #[error("expected a time stamp over what it is to lie beside")]
    Token {
        /// What is wrong with it.
        source: super::timestamp::TimestampError,
    },
    /// It is of another ledger.
    #[error("expected the ledger `{expected}`, found `{found}`")]
    Origin {
        /// The name that was to be.
        expected: String,
        /// The name that is.
        found: String,
    },
    /// The ledger has fewer entries than were signed for.
    #[error("expected at least {expected} entries, which were signed for, found {found}")]
    Size {
        /// How many were signed for.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// The ledger's entries are not those that were signed for.
    #[error("expected the root {expected} for the first {size} entries, found {found}")]
    Root {
        /// How many entries were signed for.
        size: u64,
        /// The root that was signed for.
        expected: Hash,
        /// The root that they have.
        found: Hash,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
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

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> CheckpointError + use<> {
    let path = path.to_owned();
    move |source| CheckpointError::Io { doing, path: path.clone(), source }
}

fn read_bounded(folder: &Confined, name: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    folder.read(name)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "is longer than 1 MiB"));
    }
    Ok(bytes)
}

fn read_note(folder: &Confined, name: &str) -> Result<Option<Note>, CheckpointError> {
    let bytes = match read_bounded(folder, name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes.map_err(failed("read", &folder.locate(name)))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| NoteError::Shape);
    match text.and_then(|text| text.parse()) {
        Ok(note) => Ok(Some(note)),
        Err(source) => Err(CheckpointError::File { path: folder.locate(name), source }),
    }
}

/// The file, relative to the archive, of the note whose proofs' names begin with this.
pub(crate) fn note_file(stem: &str) -> String {
    format!("{ALL}/{stem}{NOTE}")
}

/// The size in a note's file name without its extension: 20 digits and, when a note of that size
/// was there already, a number from 2.
pub(crate) fn size_of(stem: &str) -> Option<u64> {
    let (size, count) = stem.split_once('-').unwrap_or((stem, "2"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (size.len() == 20 && digits(size) && digits(count)).then(|| size.parse().ok())?
}

fn replace(folder: &Confined, name: &str, bytes: &[u8]) -> Result<(), CheckpointError> {
    let written = folder.write_whole(name, |file| file.write_all(bytes));
    written.map_err(failed("write", &folder.locate(name)))
}

/// Gives a file this name, unless the name is taken; tells whether these bytes are under it now.
fn keep(folder: &Confined, name: &str, bytes: &[u8]) -> Result<bool, CheckpointError> {
    let written = folder.write_new(name, |file| file.write_all(bytes));
    let new = written.map_err(failed("write", &folder.locate(name)))?;
    Ok(new || read_bounded(folder, name).is_ok_and(|there| there == bytes))
}

/// Of a note, and of a proof of time.
const LONGEST: usize = 1 << 20;
pub(crate) const LATEST: &str = "checkpoint";
pub(crate) const ALL: &str = "checkpoints";
const NOTE: &str = ".note";
