//! Reading everything again: is each object still what its digest says, and are all there?

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{Entry, Store, StoreError};
use crate::digest::Digest;

/// Reads every object of the store again, on as many threads as asked for, and compares what is
/// there with what is expected there.
///
/// `progress` is told after each object, on the calling thread.
///
/// ```
/// use std::collections::BTreeSet;
/// use probative::archive::store::{FolderStore, Store, verify};
/// use probative::digest::{Algorithm, Digest};
///
/// let place = tempfile::tempdir()?;
/// let store = FolderStore::create(place.path())?;
/// let kept = store.put(Algorithm::Sha256, &mut &b"a page"[..])?.digest;
/// let lost = Digest::of(b"another page");
/// let audit = verify(&store, &BTreeSet::from([kept, lost]), 2.try_into()?, &mut |_| {})?;
/// assert_eq!((audit.objects, audit.faults.len()), (1, 1));
/// assert_eq!(audit.faults[0].to_string(), format!("{lost} is missing"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the store cannot be listed. An object that cannot be read is a [`Fault`].
pub fn verify(
    store: &dyn Store,
    expected: &BTreeSet<Digest>,
    threads: NonZeroUsize,
    progress: &mut dyn FnMut(Progress),
) -> Result<Audit, StoreError> {
    let mut tell = |at| {
        progress(at);
        ControlFlow::Continue(())
    };
    let audit = verify_while(store, expected, threads, &mut tell)?;
    Ok(audit.unwrap_or_else(|| unreachable!("nothing stops it")))
}

/// The same, and asks after each object whether to go on; `None` when it was told to stop.
///
/// # Errors
/// As [`verify`].
pub fn verify_while(
    store: &dyn Store,
    expected: &BTreeSet<Digest>,
    threads: NonZeroUsize,
    go_on: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<Audit>, StoreError> {
    let mut faults = Vec::new();
    let mut there = BTreeSet::new();
    store.entries(&mut |entry| {
        match entry {
            Entry::Object(digest) => {
                there.insert(digest);
            }
            Entry::Stray(path) => faults.push(Fault::Stray(path)),
        }
        true
    })?;
    faults.extend(expected.difference(&there).copied().map(Fault::Missing));
    faults.extend(there.difference(expected).copied().map(Fault::Unexpected));

    let mut done = Progress { objects: 0, of: there.len() as u64, bytes: 0 };
    let next = Mutex::new(there.into_iter());
    let mut stopped = false;
    thread::scope(|scope| {
        let (sender, results) = mpsc::channel();
        for _ in 0..threads.get() {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let take = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
                while let Some(digest) = take() {
                    if sender.send(read_again(store, digest)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (bytes, fault) in results {
            faults.extend(fault);
            done.objects += 1;
            done.bytes += bytes;
            if go_on(done).is_break() {
                // A worker whose result nobody takes ends.
                stopped = true;
                break;
            }
        }
    });
    if stopped {
        return Ok(None);
    }
    faults.sort_unstable();
    Ok(Some(Audit { objects: done.objects, bytes: done.bytes, faults }))
}

/// What reading everything again has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// How many objects were read.
    pub objects: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// What is wrong, in a fixed order; empty when nothing is.
    pub faults: Vec<Fault>,
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Objects read.
    pub objects: u64,
    /// Objects to be read.
    pub of: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// Something in a store that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes under this digest are others.
    Mismatch {
        /// The digest they lie under.
        expected: Digest,
        /// The digest they have.
        found: Digest,
    },
    /// An object that is expected is not there.
    Missing(Digest),
    /// An object is there that nobody expects: no ledger entry names it.
    Unexpected(Digest),
    /// Something lies there that is no object.
    Stray(String),
    /// An object could not be read.
    Unreadable {
        /// The object.
        digest: Digest,
        /// How reading failed.
        why: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, found } => {
                write!(f, "{expected} has changed: its bytes are those of {found}")
            }
            Self::Missing(digest) => write!(f, "{digest} is missing"),
            Self::Unexpected(digest) => write!(f, "{digest} is in no entry of the ledger"),
            Self::Stray(path) => write!(f, "{} is no object", path.escape_debug()),
            Self::Unreadable { digest, why } => write!(f, "{digest} cannot be read: {why}"),
        }
    }
}

fn read_again(store: &dyn Store, digest: Digest) -> (u64, Option<Fault>) {
    let mut reader = match store.open(digest) {
        Ok(reader) => reader,
        Err(StoreError::Missing { digest }) => return (0, Some(Fault::Missing(digest))),
        Err(error) => return (0, Some(Fault::Unreadable { digest, why: chain(&error) })),
    };
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return (bytes, None),
            Ok(read) => bytes += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                return (
                    bytes,
                    Some(match StoreError::reading(digest, error) {
                        StoreError::Mismatch { expected, found } => {
                            Fault::Mismatch { expected, found }
                        }
                        error => Fault::Unreadable { digest, why: chain(&error) },
                    }),
                );
            }
        }
    }
}

/// An error with its causes, on one line.
fn chain(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::FolderStore;
    use super::*;
    use crate::digest::Algorithm;

    #[test]
    fn every_fault_is_named() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(place.path()).unwrap();
        let put = |bytes: &[u8]| store.put(Algorithm::Sha256, &mut &*bytes).unwrap().digest;
        let (sound, changed, unknown) = (put(b"sound"), put(b"changed"), put(b"unknown"));
        let lost = Digest::of(b"lost");
        let path = |digest: Digest| {
            let hex = digest.hex();
            place.path().join("objects/sha256").join(&hex[..2]).join(&hex[2..])
        };
        fs::remove_file(path(changed)).unwrap();
        fs::write(path(changed), "chanted").unwrap();
        fs::write(place.path().join("objects/note.txt"), "").unwrap();
        fs::write(path(sound).with_file_name("short"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(path(sound), path(lost).with_file_name("l")).unwrap_or(());

        let expected = BTreeSet::from([sound, changed, lost]);
        let mut told = Vec::new();
        let audit =
            verify(&store, &expected, 3.try_into().unwrap(), &mut |p| told.push(p)).unwrap();
        assert_eq!((audit.objects, audit.bytes), (3, 19));
        assert_eq!(told.last(), Some(&Progress { objects: 3, of: 3, bytes: 19 }));
        let strays = audit.faults.iter().filter(|fault| matches!(fault, Fault::Stray(_))).count();
        assert_eq!(strays, 2, "{:?}", audit.faults);
        for fault in [
            Fault::Mismatch { expected: changed, found: Digest::of(b"chanted") },
            Fault::Missing(lost),
            Fault::Unexpected(unknown),
        ] {
            assert!(audit.faults.contains(&fault), "{fault} not in {:?}", audit.faults);
        }
        assert_eq!(audit.faults.len(), 5);
    }

    #[test]
    fn reading_again_stops_when_told_to() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(place.path()).unwrap();
        let put = |at: u8| store.put(Algorithm::Sha256, &mut &[at][..]).unwrap().digest;
        let expected: BTreeSet<Digest> = (0..100).map(put).collect();
        let mut told = 0;
        let stopped = verify_while(&store, &expected, 2.try_into().unwrap(), &mut |at| {
            told = at.objects;
            if told == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((stopped.unwrap(), told), (None, 3));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_an_object_is_no_object() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(&place.path().join("store")).unwrap();
        let kept = store.put(Algorithm::Sha256, &mut &b"kept"[..]).unwrap().digest;
        let hex = kept.hex();
        let path = place.path().join("store/objects/sha256").join(&hex[..2]).join(&hex[2..]);
        let elsewhere = place.path().join("elsewhere");
        fs::rename(&path, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
        let audit =
            verify(&store, &BTreeSet::from([kept]), 1.try_into().unwrap(), &mut |_| {}).unwrap();
        assert!(audit.faults.contains(&Fault::Missing(kept)), "{:?}", audit.faults);
        assert!(store.get(kept, 9).is_err());
    }
}
