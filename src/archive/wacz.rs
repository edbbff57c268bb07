//! WACZ files (version 1.2.0 and the shapes before it): every byte that they declare checked
//! before anything in them is believed.

mod container;
mod index;
mod manifest;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Seek};

use thiserror::Error;

use self::container::Container;
use self::manifest::Manifest;
use super::warc::Limits;
use crate::digest::{Algorithm, Digest};
use crate::moment::Moment;

/// An opened WACZ file.
#[derive(Debug)]
pub struct Package<R> {
    container: Container<R>,
    limits: Limits,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a file and reads its directory.
    ///
    /// # Errors
    /// When it cannot be read, is no ZIP file, or is beyond a limit.
    pub fn open(file: R, limits: Limits) -> Result<Self, WaczError> {
        Ok(Self { container: Container::open(file, &limits)?, limits })
    }

    /// Checks everything that the file declares of itself. `now` is the caller's time: what says
    /// that it was made later is not believed.
    ///
    /// In this order, each resting on the one before: the ZIP file has nothing beside, between
    /// or behind its files; the manifest lists every file and no other, with its digest; the
    /// manifest has the digest that is declared for it, and so has a signature; the WARC files'
    /// own digests agree; the index says of every page where it is and what its record is.
    ///
    /// # Errors
    /// When the file cannot be read or is beyond a limit. What is wrong with it is among the
    /// report's problems.
    pub fn verify(&mut self, now: Moment) -> Result<Report, WaczError> {
        let mut problems = self.container.check();
        let mut report = Report {
            files: BTreeMap::new(),
            signature: Signature::Absent,
            created: None,
            records: 0,
            problems: Vec::new(),
        };
        let Some(manifest) = Manifest::read(&mut self.container, &mut problems)? else {
            report.problems = problems;
            return Ok(report);
        };
        let listed = manifest.resources.iter().map(|resource| resource.path.as_str());
        for path in self.container.unlisted(listed) {
            problems.push(Problem::Unlisted { path });
        }
        for resource in &manifest.resources {
            let Some(mut file) = self.container.file(&resource.path)? else {
                problems.push(Problem::Absent { path: resource.path.clone() });
                continue;
            };
            let algorithm = resource.digest.map_or(Algorithm::Sha256, |d| d.algorithm());
            let mut counted = Counted { inner: &mut file, count: 0 };
            let found = Digest::of_reader(algorithm, &mut counted);
            let length = counted.count;
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    let (path, why) = (resource.path.clone(), error.to_string());
                    problems.push(Problem::Unreadable { path, why });
                    continue;
                }
            };
            if resource.digest.is_some_and(|digest| digest != found) {
                let path = resource.path.clone();
                problems.push(Problem::Changed { path });
            } else if resource.length != length {
                let (path, expected) = (resource.path.clone(), resource.length);
                problems.push(Problem::Length { path, expected, found: length });
            }
            report.files.insert(resource.path.clone(), found);
        }
        report.created = manifest.created;
        report.signature = manifest.signature;
        for (what, time) in [("the package", report.created), ("its signature", manifest.signed)] {
            if let Some(time) = time.filter(|time| time.is_after(now)) {
                problems.push(Problem::Later { what, time });
            }
        }
        report.records =
            index::check(&mut self.container, &self.limits, &report.files, &mut problems)?;
        report.problems = problems;
        Ok(report)
    }

    /// The paths of the WARC files in it, sorted.
    pub fn warcs(&self) -> Vec<String> {
        self.container.warcs()
    }

    /// One of its files, for reading; the ZIP file's own check is made at its end.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn file(&mut self, path: &str) -> Result<impl Read + '_, WaczError> {
        let absent = || WaczError::Io(io::Error::new(io::ErrorKind::NotFound, path.to_owned()));
        self.container.file(path)?.ok_or_else(absent)
    }
}

/// What checking a WACZ file has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The files that the manifest lists, with the digests that they have.
    pub files: BTreeMap<String, Digest>,
    /// Whether it says who made it.
    pub signature: Signature,
    /// When it says it was made.
    pub created: Option<Moment>,
    /// How many WARC records it holds.
    pub records: u64,
    /// What is wrong with it; empty when nothing is.
    pub problems: Vec<Problem>,
}

/// Whether a package says who made it. No signature is verified here: without the roots that the
/// reader trusts, a certificate in the package proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// It does not: anyone can have made it.
    Absent,
    /// It says so with a key that it brings along itself, unverified.
    Anonymous {
        /// The key, as it is written.
        public_key: String,
    },
    /// It says so with a domain's certificate, unverified.
    Domain {
        /// The domain.
        domain: String,
    },
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("not signed: anyone can have made it"),
            Self::Anonymous { .. } => f.write_str("signed by a key of its own, not verified"),
            Self::Domain { domain } => {
                write!(f, "signed in the name of {}, not verified", domain.escape_debug())
            }
        }
    }
}

/// Something in a WACZ file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The ZIP file is not what a ZIP file should be.
    #[error("the container: {0}")]
    Container(String),
    /// A file's name could lead elsewhere, or means different things to different programs.
    #[error("a file's name is not safe: {}", path.escape_debug())]
    Name {
        /// The name.
        path: String,
    },
    /// A file is there twice, perhaps in other letters' case or another form of Unicode.
    #[error("a file is there twice: {}", path.escape_debug())]
    Twice {
        /// The name.
        path: String,
    },
    /// The manifest cannot be read.
    #[error("{path}: {why}")]
    Manifest {
        /// The manifest's file.
        path: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A file is there that the manifest does not list.
    #[error("the manifest does not list {}", path.escape_debug())]
    Unlisted {
        /// The file.
        path: String,
    },
    /// A file is listed that is not there.
    #[error("there is no {}", path.escape_debug())]
    Absent {
        /// The file.
        path: String,
    },
    /// A file is not what its digest says.
    #[error("{} has changed", path.escape_debug())]
    Changed {
        /// The file.
        path: String,
    },
    /// A file does not have the length that is listed.
    #[error("expected {expected} bytes of {}, found {found}", path.escape_debug())]
    Length {
        /// The file.
        path: String,
        /// The length that is listed.
        expected: u64,
        /// The length it has.
        found: u64,
    },
    /// A file's digest proves nothing, such as MD5.
    #[error("the digest of {} proves nothing: {}", path.escape_debug(), found.escape_debug())]
    Algorithm {
        /// The file.
        path: String,
        /// The digest that is listed.
        found: String,
    },
    /// A file cannot be read.
    #[error("{} cannot be read: {why}", path.escape_debug())]
    Unreadable {
        /// The file.
        path: String,
        /// Why not.
        why: String,
    },
    /// The signature is of another manifest, or not of the shape of one.
    #[error("the signature: {0}")]
    Signature(String),
    /// A time lies in the future.
    #[error("{what} says that it was made later than now: {time}")]
    Later {
        /// What says so.
        what: &'static str,
        /// The time.
        time: Moment,
    },
    /// A WARC file's own digests do not agree, or it is damaged.
    #[error("{}: record at byte {offset}: {why}", path.escape_debug())]
    Warc {
        /// The WARC file.
        path: String,
        /// Where the record begins.
        offset: u64,
        /// What is wrong with it.
        why: String,
    },
    /// The index does not say what the WARC files hold.
    #[error("the index: {0}")]
    Index(String),
}

/// A WACZ file that cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WaczError {
    /// It is no ZIP file.
    #[error("expected a ZIP file: {why}")]
    NotZip {
        /// What the reader found.
        why: String,
    },
    /// It goes beyond a limit.
    #[error("expected {what} within the limit of {limit}, found more")]
    Limit {
        /// What goes beyond.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// It cannot be read.
    #[error("cannot read the file")]
    Io(#[source] io::Error),
}

struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}
