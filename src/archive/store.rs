//! Where the bytes lie: each object under its own digest, and read only against it.

mod audit;
#[cfg(feature = "object-store")]
mod bucket;
mod folder;
#[cfg(test)]
mod laws;

use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;

use thiserror::Error;

pub use audit::{Audit, Fault, Progress, verify, verify_while};
#[cfg(feature = "object-store")]
pub use bucket::BucketStore;
pub use folder::FolderStore;

use crate::digest::{Algorithm, Digest, Hasher};

/// Objects kept under their digests.
///
/// What [`fetch`](Self::fetch) gives is not believed: everything is read through
/// [`open`](Self::open), which compares it with the digest it was asked by. So a back end can lose
/// an object, but cannot pass another one off.
pub trait Store: Send + Sync {
    /// Keeps everything that the reader gives, under its digest. The same bytes twice are one
    /// object; an object is there whole or not at all.
    ///
    /// # Errors
    /// When the reader or the store fails, or when other bytes lie under that digest.
    fn put(&self, algorithm: Algorithm, bytes: &mut dyn Read) -> Result<Stored, StoreError>;

    /// The bytes as they lie there, unverified: use [`open`](Self::open).
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the store reports.
    fn fetch(&self, digest: Digest) -> Result<Box<dyn Read + Send + '_>, StoreError>;

    /// How many bytes lie under this digest, unverified; `None` when there is no such object.
    ///
    /// # Errors
    /// What the store reports.
    fn length(&self, digest: Digest) -> Result<Option<u64>, StoreError>;

    /// Tells of everything that the store holds, in a fixed order, until `each` answers false.
    ///
    /// # Errors
    /// What the store reports.
    fn entries(&self, each: &mut dyn FnMut(Entry) -> bool) -> Result<(), StoreError>;

    /// Erases an object, as law or privacy may ask; whoever erases says why in the ledger. False
    /// when there was none.
    ///
    /// # Errors
    /// What the store reports.
    fn erase(&self, digest: Digest) -> Result<bool, StoreError>;

    /// A reader of the object that fails at its end when the bytes are not those of the digest.
    /// Nothing that it gave may be relied on before it has answered end of file.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the store reports.
    fn open(&self, digest: Digest) -> Result<Checked<'_>, StoreError> {
        Ok(Checked {
            hasher: Some(Hasher::new(digest.algorithm())),
            bytes: self.fetch(digest)?,
            digest,
        })
    }

    /// The whole object, verified.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::TooLong`] past `limit` bytes,
    /// [`StoreError::Mismatch`], or what the store reports.
    fn get(&self, digest: Digest, limit: u64) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        let mut reader = self.open(digest)?;
        (&mut reader)
            .take(limit)
            .read_to_end(&mut bytes)
            .and_then(|_| reader.read(&mut [0]))
            .map_err(|error| StoreError::reading(digest, error))
            .and_then(|beyond| match beyond {
                0 => Ok(bytes),
                _ => Err(StoreError::TooLong { digest, limit }),
            })
    }
}

/// What was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The digest it lies under.
    pub digest: Digest,
    /// Its length, in bytes.
    pub length: u64,
    /// Whether it was not there before.
    pub new: bool,
}

/// One thing that a store holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// An object, by the digest it lies under.
    Object(Digest),
    /// Something whose place is not that of an object, such as a link or a renamed file.
    Stray(String),
}

/// A reader that compares what it gave with the digest that was asked for.
pub struct Checked<'a> {
    bytes: Box<dyn Read + Send + 'a>,
    digest: Digest,
    hasher: Option<Hasher>,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = self.bytes.read(buffer)?;
        if let (Some(hasher), 1..) = (&mut self.hasher, read) {
            hasher.update(&buffer[..read]);
        } else if let Some(hasher) = self.hasher.take() {
            let found = hasher.finish();
            if found != self.digest {
                let error = StoreError::Mismatch { expected: self.digest, found };
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
        Ok(read)
    }
}

impl fmt::Debug for Checked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// What goes wrong with a store.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no object under this digest.
    #[error("there is no object {digest}")]
    Missing {
        /// What was asked for.
        digest: Digest,
    },
    /// The bytes under a digest are others.
    #[error("expected the bytes of {expected}, found those of {found}")]
    Mismatch {
        /// The digest they lie under.
        expected: Digest,
        /// The digest they have.
        found: Digest,
    },
    /// An object was to be kept where other bytes lie already; those were left as they are.
    #[error("other bytes lie already under {digest}")]
    Occupied {
        /// The digest of the bytes that were to be kept.
        digest: Digest,
    },
    /// An object is longer than the caller allows.
    #[error("{digest} is longer than {limit} bytes")]
    TooLong {
        /// The object.
        digest: Digest,
        /// The limit, in bytes.
        limit: u64,
    },
    /// What was to be kept could not be read.
    #[error("cannot read what was to be kept")]
    Source(#[source] io::Error),
    /// The store failed.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// How it failed.
        source: io::Error,
    },
}

impl StoreError {
    /// The error of a reader made by [`Store::open`], as what it was.
    pub(super) fn reading(digest: Digest, error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => error,
            Err(source) => {
                Self::Io { doing: "read object", path: digest.to_string().into(), source }
            }
        }
    }
}
