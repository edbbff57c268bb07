//! One line of the ledger file, chained to the line before.

use thiserror::Error;

use crate::archive::event::{Event, EventError, What};
use crate::digest::{Algorithm, Digest, Hasher};

/// The longest line, in bytes without its newline: what a C2SP entry bundle can hold.
pub(super) const LONGEST: usize = 65_535;

/// The longest event that has room in a line, in bytes of its canonical JSON.
pub(crate) const LONGEST_EVENT: usize = LONGEST - HEAD.len() - 64 - MIDDLE.len() - END.len();

/// The chain up to a line: SHA-256 of the chain before and the event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seal([u8; 32]);

impl Seal {
    /// Adds the line of an event, without its newline, and goes on to it.
    pub(super) fn write(&mut self, event: &str, lines: &mut String) {
        let next = self.next(event);
        self.0.copy_from_slice(next.as_bytes());
        lines.push_str(HEAD);
        lines.push_str(&next.hex());
        lines.push_str(MIDDLE);
        lines.push_str(event);
        lines.push_str(END);
    }

    fn next(&self, event: &str) -> Digest {
        let mut hasher = Hasher::new(Algorithm::Sha256);
        hasher.update(&self.0);
        hasher.update(event.as_bytes());
        hasher.finish()
    }
}

/// A line that verifies.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) event: Event,
    pub(super) seal: Seal,
}

impl<'a> Line<'a> {
    /// The line that follows the line with this seal.
    pub(super) fn read(bytes: &'a [u8], before: &Seal, first: bool) -> Result<Self, LineError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| LineError::Utf8 { at: error.valid_up_to() })?;
        let (chain, event) = text
            .strip_prefix(HEAD)
            .and_then(|text| text.split_at_checked(64))
            .and_then(|(chain, rest)| Some((chain, rest.strip_prefix(MIDDLE)?.strip_suffix(END)?)))
            .ok_or(LineError::Shape)?;
        let digest = before.next(event);
        if digest.hex() != chain {
            return Err(LineError::Chain { expected: digest.hex(), found: chain.to_owned() });
        }
        let event = Event::from_canonical(event)?;
        if matches!(event.what, What::Opened { .. }) != first {
            return Err(LineError::Opening { first });
        }
        let mut seal = Seal::default();
        seal.0.copy_from_slice(digest.as_bytes());
        Ok(Self { text, event, seal })
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LineError {
    /// It is longer than any that is written.
    #[error("expected at most 65535 bytes, found {found}")]
    Length {
        /// Its length, in bytes.
        found: u64,
    },
    /// It is not UTF-8.
    #[error("expected UTF-8, found another byte at {at}")]
    Utf8 {
        /// Where, in bytes of the line.
        at: usize,
    },
    /// It is not the frame of a line.
    #[error("expected {{\"chain\":\"…\",\"event\":{{…}}}}, found something else")]
    Shape,
    /// It does not follow from the line before: this line or one before was changed, removed,
    /// added or moved.
    #[error("expected the chain {expected}, found {found}")]
    Chain {
        /// What follows from the line before and this event.
        expected: String,
        /// What the line says.
        found: String,
    },
    /// Its event is none.
    #[error(transparent)]
    Event(#[from] EventError),
    /// The first entry opens the ledger, and no other does.
    #[error("expected that the first entry and no other is `opened` (first: {first})")]
    Opening {
        /// Whether it is the first.
        first: bool,
    },
}

const HEAD: &str = "{\"chain\":\"";
const MIDDLE: &str = "\",\"event\":";
const END: &str = "}";
