//! The bytes of a WARC file: as they are, or member by member from gzip (RFC 1952).

mod input;
mod member;

use std::io::{self, BufRead};

use thiserror::Error;

use self::input::Counted;
use self::member::Inflater;
use super::{Begin, Fault, Limits, WarcError};

/// A reader that stops at the end of each compressed member.
pub(super) struct Source<R> {
    input: Counted<R>,
    inflater: Option<Inflater>,
    limits: Limits,
    offset: u64,
    ahead: Ahead,
}

/// What was read already of the next record, when looking for it.
#[derive(Default)]
enum Ahead {
    #[default]
    Nothing,
    /// The magic of its member.
    Member,
    /// Its version line, with the line's end.
    Version(Vec<u8>),
}

impl<R: BufRead> Source<R> {
    /// Of an input that begins at this place of its file.
    pub(super) fn new(input: R, begin: Begin, limits: Limits) -> Result<Self, WarcError> {
        let Begin { offset, inflated } = begin;
        let mut input = Counted::new(input, offset);
        let compressed = input.fill()?.starts_with(&MAGIC[..2]);
        let inflater = compressed.then(|| Inflater::new(inflated));
        Ok(Self { input, inflater, limits, offset, ahead: Ahead::Nothing })
    }

    pub(super) fn compressed(&self) -> bool {
        self.inflater.is_some()
    }

    /// How many bytes were inflated.
    pub(super) fn inflated(&self) -> u64 {
        self.inflater.as_ref().map_or(0, |inflater| inflater.total)
    }

    /// Where the record begins that [`next_record`](Self::next_record) has found.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Goes to where the next record should begin. False at the end of the file.
    pub(super) fn next_record(&mut self) -> Result<bool, WarcError> {
        let most_header = usize::try_from(self.limits.header).unwrap_or(usize::MAX);
        if let Ahead::Version(_) = self.ahead {
            if self.inflater.is_none() {
                self.input.remember(most_header);
            }
            return Ok(true);
        }
        loop {
            match &self.inflater {
                None => {
                    self.offset = self.input.position;
                    self.input.remember(most_header);
                    return Ok(!self.input.fill()?.is_empty());
                }
                // The record before was not the last of its member.
                Some(inflater) if inflater.inside || inflater.at < inflater.end => return Ok(true),
                Some(_) => {}
            }
            let begun =
                if matches!(std::mem::take(&mut self.ahead), Ahead::Member) { 3 } else { 0 };
            self.offset = self.input.position - begun;
            if begun == 0 && self.input.fill()?.is_empty() {
                return Ok(false);
            }
            self.input.remember(MOST_REMEMBERED);
            self.begin_member(begun > 0)?;
            // An empty member holds no record, and some writers end with one.
            match self.fill() {
                Ok([]) => {}
                Ok(_) => return Ok(true),
                // The header's reader meets the damage again, and names it.
                Err(error) if is_damage(&error) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The version line of the record, with its end, when it was read already.
    pub(super) fn take_version(&mut self) -> Option<Vec<u8>> {
        match std::mem::take(&mut self.ahead) {
            Ahead::Version(line) => Some(line),
            _ => None,
        }
    }

    /// The record's header was read well: damage after it is looked for from where it is met.
    pub(super) fn header_ends(&mut self) {
        if self.inflater.is_none() {
            self.input.forget();
        }
    }

    /// The next bytes; none at the end of the member, or of a plain file.
    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        match &mut self.inflater {
            None => self.input.fill(),
            Some(inflater) => inflater.fill(&mut self.input, &self.limits),
        }
    }

    pub(super) fn consume(&mut self, length: usize) {
        match &mut self.inflater {
            None => self.input.consume(length),
            Some(inflater) => inflater.at += length,
        }
    }

    /// Reads what must follow a block: two line ends, and the end of the member.
    pub(super) fn end_record(&mut self) -> io::Result<End> {
        for expected in *b"\r\n\r\n" {
            match self.fill() {
                Ok([first, ..]) if *first == expected => self.consume(1),
                Ok(_) => return Ok(End::NoLineEnds),
                Err(error) if is_damage(&error) => return Ok(End::Damaged(error.to_string())),
                Err(error) => return Err(error),
            }
        }
        if self.inflater.is_some() {
            match self.fill() {
                Ok([]) => {}
                Ok(_) => return Ok(End::MemberGoesOn),
                Err(error) if is_damage(&error) => return Ok(End::Damaged(error.to_string())),
                Err(error) => return Err(error),
            }
        }
        Ok(End::Clean)
    }

    /// Looks for the next record after damage. What was passed over is returned, if anything was.
    pub(super) fn resync(&mut self) -> Result<Option<Fault>, WarcError> {
        let mut from = self.input.position;
        let Some(inflater) = &self.inflater else {
            if self.input.remembers {
                // What was read as a header was none, and may hold one.
                from = self.offset;
                self.go_back()?;
            }
            let found = self.find_version()?;
            let to = if found { self.offset } else { self.input.position };
            return Ok((to > from).then_some(Fault::Lost { from, to }));
        };
        if inflater.failed.is_some() {
            from = self.offset;
        } else {
            // The rest of the member may hold a record that begins where it should not. What is
            // passed over has no offset of its own; the fault of the record before tells of it.
            match self.find_version() {
                Ok(true) => return Ok(None),
                Ok(false) => from = self.input.position,
                Err(error) if is_damage(&error) => from = self.offset,
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(inflater) = &mut self.inflater {
            inflater.leave();
        }
        if from == self.offset {
            // A damaged stream runs on into what follows, so that is looked through again.
            self.go_back()?;
        }
        let mut matched = 0;
        let lost = |to| (to > from).then_some(Fault::Lost { from, to });
        loop {
            let [byte, ..] = *self.input.fill()? else { return Ok(lost(self.input.position)) };
            self.input.consume(1);
            matched = match (matched, byte) {
                (2, 0x08) => {
                    self.ahead = Ahead::Member;
                    return Ok(lost(self.input.position - 3));
                }
                (1, 0x8b) => 2,
                (_, 0x1f) => 1,
                _ => 0,
            };
        }
    }

    /// Goes back to the record's beginning, or as near as bytes are remembered.
    fn go_back(&mut self) -> io::Result<()> {
        self.input.go_back();
        // Not to find the damaged one again.
        if self.input.position == self.offset && !self.input.fill()?.is_empty() {
            self.input.consume(1);
        }
        Ok(())
    }

    /// Reads on to after the next line that begins a record. It may also begin in the middle of a
    /// line, after a block that is too long.
    fn find_version(&mut self) -> io::Result<bool> {
        const VERSION: &[u8] = b"WARC/1.";
        const WHOLE: usize = VERSION.len() + 1;
        let mut line = Vec::new();
        loop {
            let position = self.input.position;
            let [byte, ..] = *self.fill()? else { return Ok(false) };
            self.consume(1);
            match byte {
                b'W' => {
                    if self.inflater.is_none() {
                        self.offset = position;
                    }
                    line.clear();
                }
                b'\n' if line.len() >= WHOLE => {
                    line.push(byte);
                    self.ahead = Ahead::Version(line);
                    return Ok(true);
                }
                b'\r' if line.len() == WHOLE => {}
                _ if byte.is_ascii_digit() && line.len() == VERSION.len() => {}
                _ if VERSION.get(line.len()) == Some(&byte) => {}
                _ => {
                    line.clear();
                    continue;
                }
            }
            line.push(byte);
        }
    }

    /// Reads the header of a member. When it is none, reading the member says why.
    fn begin_member(&mut self, magic_read: bool) -> io::Result<()> {
        let Some(inflater) = &mut self.inflater else { return Ok(()) };
        inflater.begin(&mut self.input, magic_read, self.limits.header)
    }
}

/// How a record ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    Clean,
    NoLineEnds,
    MemberGoesOn,
    Damaged(String),
}

/// Whether an error says that the file's bytes are wrong, and not that they cannot be had.
pub(super) fn is_damage(error: &io::Error) -> bool {
    damage_of(error).is_some()
}

fn damage_of(error: &io::Error) -> Option<&'static str> {
    error.get_ref()?.downcast_ref().map(|Damage(why)| *why)
}

#[derive(Debug, Error)]
#[error("{0}")]
struct Damage(&'static str);

/// A limit that was reached.
#[derive(Debug, Error)]
#[error("more {what} than {limit}")]
pub(super) struct Beyond {
    pub(super) what: &'static str,
    pub(super) limit: u64,
}

fn damage(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Damage(what))
}

fn beyond(what: &'static str, limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Beyond { what, limit })
}

/// The first bytes of a gzip member, and deflate, the only method.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
/// How far back a damaged member is looked through again, in bytes.
const MOST_REMEMBERED: usize = 1 << 20;
