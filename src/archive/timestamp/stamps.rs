//! The time stamps that an archive carries, and what they show.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::{TimestampError, Token, Trust};
use crate::archive::checkpoint::{CheckpointError, Checkpoints, note_file};
use crate::archive::inspection::chain;
use crate::archive::note::Note;
use crate::moment::Moment;

/// What each proof of time beside the checkpoints of this archive shows, by the checkpoints' sizes.
///
/// A proof is of a checkpoint's file as it stands, and so of every entry below it: that these were
/// written by then. Without a trusted root nothing is shown.
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
    let stamp = |(size, file): (u64, String)| {
        let stem = file.split('.').next().unwrap_or_default();
        let note = notes.get(&note_file(stem));
        let verdict = match (note, checkpoints.proof(&file)) {
            (None, _) => Verdict::Orphan,
            (_, Err(error)) => Verdict::Unreadable { why: chain(&error) },
            (Some(_), Ok(_)) if file.rsplit('.').next() != Some("tsr") => Verdict::Unread,
            (Some(note), Ok(bytes)) => judge(&bytes, note.to_string().as_bytes(), trust),
        };
        Stamp { size, file, verdict }
    };
    Ok(checkpoints.proofs()?.into_iter().map(stamp).collect())
}

fn judge(token: &[u8], note: &[u8], trust: &Trust) -> Verdict {
    let verdict = Token::parse(token).and_then(|token| {
        token.is_of(note)?;
        if trust.is_empty() {
            return Ok(Verdict::Untrusted { says: token.time() });
        }
        token.verify(note, trust).map(Verdict::Proven)
    });
    verdict.unwrap_or_else(Verdict::Refused)
}

/// A proof of time beside a checkpoint, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The checkpoint's size: how many entries were there by then.
    pub size: u64,
    /// The proof's file name in `checkpoints/`.
    pub file: String,
    /// What it shows.
    pub verdict: Verdict,
}

/// What a proof of time shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The checkpoint existed at this time, on the word of an authority under a trusted root.
    Proven(Moment),
    /// It is of the checkpoint, but no root was named whose word is taken.
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

/// What is said of the checkpoint.
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
