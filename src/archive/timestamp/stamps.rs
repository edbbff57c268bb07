//! The time stamps that an archive carries, and what they show.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::{TimestampError, Token, Trust};
use crate::archive::checkpoint::{CheckpointError, Checkpoints, note_file};
use crate::archive::inspection::chain;
use crate::archive::note::Note;
use crate::digest::Digest;
use crate::moment::Moment;

/// What each proof of time in this archive shows: those beside the checkpoints, by the
/// checkpoints' sizes, and those over objects, by the objects' digests.
///
/// A proof over a checkpoint is of its file as it stands, and so of every entry below it: that
/// these were written by then. One over an object is of the bytes of that digest, which an
/// inspection reads. Without a trusted root nothing is shown.
///
/// # Errors
/// When the checkpoints cannot be read. A proof that shows nothing is a [`Verdict`].
pub fn stamps(archive: &Path, trust: &Trust) -> Result<Vec<Stamp>, CheckpointError> {
    let checkpoints = Checkpoints::open(archive)?;
    // A note that cannot be read is a problem of its own, which an inspection names.
    let notes: BTreeMap<String, Note> = checkpoints
        .each()?
        .into_iter()
        .filter_map(|(file, note)| Some((file, note.ok()?)))
        .collect();
    let mut stamps = Vec::new();
    for (size, name) in checkpoints.proofs()? {
        let note = notes.get(&note_file(name.split('.').next().unwrap_or_default()));
        let file = format!("checkpoints/{name}");
        let verdict = match note.map(ToString::to_string) {
            None => Verdict::Orphan,
            Some(note) => {
                let of = |token: &Token| token.is_of(note.as_bytes());
                read(&checkpoints, &file, &of, trust)
            }
        };
        stamps.push(Stamp { of: Stamped::Checkpoint(size), file, verdict });
    }
    for (object, file) in checkpoints.object_proofs()? {
        let verdict = read(&checkpoints, &file, &|token| token.is_of_digest(object), trust);
        stamps.push(Stamp { of: Stamped::Object(object), file, verdict });
    }
    Ok(stamps)
}

fn read(
    checkpoints: &Checkpoints,
    file: &str,
    of: &dyn Fn(&Token) -> Result<(), TimestampError>,
    trust: &Trust,
) -> Verdict {
    match checkpoints.proof(file) {
        Err(error) => Verdict::Unreadable { why: chain(&error) },
        Ok(_) if file.rsplit('.').next() != Some("tsr") => Verdict::Unread,
        Ok(bytes) => judge(&bytes, of, trust),
    }
}

fn judge(
    token: &[u8],
    of: &dyn Fn(&Token) -> Result<(), TimestampError>,
    trust: &Trust,
) -> Verdict {
    let verdict = Token::parse(token).and_then(|token| {
        of(&token)?;
        if trust.is_empty() {
            return Ok(Verdict::Untrusted { says: token.time() });
        }
        token.verify_signature(trust).map(Verdict::Proven)
    });
    verdict.unwrap_or_else(Verdict::Refused)
}

/// A proof of time, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// What it is over.
    pub of: Stamped,
    /// The proof's file, relative to the archive.
    pub file: String,
    /// What it shows.
    pub verdict: Verdict,
}

/// What a proof of time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stamped {
    /// The checkpoint of this size: how many entries were there by then.
    Checkpoint(u64),
    /// The bytes of this digest.
    Object(Digest),
}

impl fmt::Display for Stamped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint(size) => write!(f, "checkpoint {size}"),
            Self::Object(object) => object.fmt(f),
        }
    }
}

/// What a proof of time shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// What it is over existed at this time, on the word of an authority under a trusted root.
    Proven(Moment),
    /// It is over that, but no root was named whose word is taken.
    Untrusted {
        /// The time that it says.
        says: Moment,
    },
    /// It is of a kind that is not verified here, such as an `OpenTimestamps` proof.
    Unread,
    /// There is no checkpoint of its size that can be read.
    Orphan,
    /// It cannot be read.
    Unreadable {
        /// Why not.
        why: String,
    },
    /// It does not hold.
    Refused(TimestampError),
}

impl Verdict {
    /// Whether something is wrong, and not only unproven.
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Orphan | Self::Unreadable { .. } | Self::Refused(_))
    }
}

/// What is said of that which it is over.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proven(time) => write!(f, "was there on {time}"),
            Self::Untrusted { says } => write!(
                f,
                "was there on {says}, as an authority says that nobody has named as trusted"
            ),
            Self::Unread => f.write_str("is not verified: a proof of another kind than RFC 3161"),
            Self::Orphan => f.write_str("does not exist, or cannot be read"),
            Self::Unreadable { why } => write!(f, "is not proven by it: {why}"),
            Self::Refused(error) => write!(f, "is not proven by it: {error}"),
        }
    }
}
