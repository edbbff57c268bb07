//! The bytes of a WARC file: as they are, or member by member from gzip (RFC 1952).

use std::io::{self, BufRead};

use flate2::{Decompress, FlushDecompress, Status};
use thiserror::Error;

use super::{Begin, Fault, Limits, WarcError};

/// A reader that stops at the end of each compressed member.
pub(super) struct Source<R> {
    input: Counted<R>,
    inflater: Option<Inflater>,
    limits: Limits,
    offset: u64,
    /// The version line of the next record, or the magic of its member, was read already.
    found_ahead: Ahead,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ahead {
    Nothing,
    Member,
    Version,
}

impl<R: BufRead> Source<R> {
    /// Of an input that begins at this place of its file.
    pub(super) fn new(input: R, begin: Begin, limits: Limits) -> Result<Self, WarcError> {
        let Begin { offset, inflated } = begin;
        let mut input = Counted::new(input, offset);
        let compressed = input.fill()?.starts_with(&MAGIC[..2]);
        let inflater = compressed.then(|| Inflater::new(inflated));
        Ok(Self { input, inflater, limits, offset, found_ahead: Ahead::Nothing })
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
        let ahead = self.found_ahead;
        if ahead == Ahead::Version {
            return Ok(true);
        }
        loop {
            match &self.inflater {
                None => {
                    self.offset = self.input.position;
                    return Ok(!self.input.fill()?.is_empty());
                }
                // The record before was not the last of its member.
                Some(inflater) if inflater.inside || inflater.at < inflater.end => return Ok(true),
                Some(_) => {}
            }
            let begun = if self.found_ahead == Ahead::Member { 3 } else { 0 };
            self.offset = self.input.position - begun;
            if begun == 0 && self.input.fill()?.is_empty() {
                return Ok(false);
            }
            self.found_ahead = Ahead::Nothing;
            self.input.remember();
            if let Err(error) = self.begin_member(begun > 0) {
                if !is_damage(&error) {
                    return Err(error.into());
                }
                // The header's reader meets the damage again, and names it.
                return Ok(true);
            }
            // An empty member holds no record, and some writers end with one.
            match self.fill() {
                Ok([]) => {}
                Ok(_) => return Ok(true),
                Err(error) if is_damage(&error) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Whether the version line of the record was found already, when looking for it.
    pub(super) fn take_version(&mut self) -> bool {
        let found = self.found_ahead == Ahead::Version;
        self.found_ahead = Ahead::Nothing;
        found
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
        let failed = self.inflater.as_ref().is_none_or(|inflater| inflater.failed);
        let mut from = self.input.position;
        if self.inflater.is_none() {
            let found = self.find_version()?;
            let to = if found { self.offset } else { self.input.position };
            return Ok((to > from).then_some(Fault::Lost { from, to }));
        } else if failed {
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
            inflater.inside = false;
            inflater.failed = false;
            (inflater.at, inflater.end) = (0, 0);
        }
        if from == self.offset {
            // A damaged stream runs on into what follows, so that is looked through again.
            self.input.go_back();
        }
        let mut matched = 0;
        let lost = |to| (to > from).then_some(Fault::Lost { from, to });
        loop {
            let [byte, ..] = *self.input.fill()? else { return Ok(lost(self.input.position)) };
            self.input.consume(1);
            matched = match (matched, byte) {
                (2, 0x08) => {
                    self.found_ahead = Ahead::Member;
                    return Ok(lost(self.input.position - 3));
                }
                (1, 0x8b) => 2,
                (_, 0x1f) => 1,
                _ => 0,
            };
        }
    }

    /// Reads on to after the next line that begins a record.
    fn find_version(&mut self) -> io::Result<bool> {
        const VERSION: &[u8] = b"WARC/1.";
        let (mut matched, mut line_begins) = (0, true);
        loop {
            let position = self.input.position;
            let [byte, ..] = *self.fill()? else { return Ok(false) };
            self.consume(1);
            match byte {
                b'\n' => {
                    // After the version comes one digit, and perhaps a carriage return.
                    if matched == VERSION.len() + 1 {
                        self.found_ahead = Ahead::Version;
                        return Ok(true);
                    }
                    (matched, line_begins) = (0, true);
                    continue;
                }
                b'\r' if matched == VERSION.len() + 1 => continue,
                _ if matched == VERSION.len() && byte.is_ascii_digit() => matched += 1,
                _ if VERSION.get(matched) == Some(&byte) && (line_begins || matched > 0) => {
                    if matched == 0 && self.inflater.is_none() {
                        self.offset = position;
                    }
                    matched += 1;
                }
                // A record may also begin in the middle of a line, after a block that is too long.
                b'W' => {
                    if self.inflater.is_none() {
                        self.offset = position;
                    }
                    matched = 1;
                }
                _ => matched = 0,
            }
            line_begins = false;
        }
    }

    /// Reads the header of a member.
    fn begin_member(&mut self, magic_read: bool) -> io::Result<()> {
        let Some(inflater) = &mut self.inflater else { return Ok(()) };
        inflater.begin();
        // Until the header is read well, there is nothing to inflate but the damage.
        inflater.failed = true;
        let input = &mut self.input;
        if !magic_read {
            for expected in MAGIC {
                if input.byte()? != expected {
                    return Err(damage("no gzip member"));
                }
            }
        }
        let flags = input.byte()?;
        for _ in 0..6 {
            input.byte()?;
        }
        if flags & 0b1110_0000 != 0 {
            return Err(damage("reserved flags of a gzip member"));
        }
        if flags & 4 != 0 {
            let length = u16::from_le_bytes([input.byte()?, input.byte()?]);
            for _ in 0..length {
                input.byte()?;
            }
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                let mut left = self.limits.header;
                while input.byte()? != 0 {
                    left = left.checked_sub(1).ok_or_else(|| damage("a name without an end"))?;
                }
            }
        }
        if flags & 2 != 0 {
            input.byte()?;
            input.byte()?;
        }
        inflater.failed = false;
        inflater.begun_at = input.position;
        Ok(())
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
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Damage>)
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

struct Inflater {
    state: Decompress,
    out: Box<[u8]>,
    at: usize,
    end: usize,
    crc: crc32fast::Hasher,
    /// Whether the member has not ended.
    inside: bool,
    failed: bool,
    begun_at: u64,
    member: u64,
    total: u64,
}

impl Inflater {
    fn new(total: u64) -> Self {
        Self {
            state: Decompress::new(false),
            out: vec![0; 1 << 16].into_boxed_slice(),
            at: 0,
            end: 0,
            crc: crc32fast::Hasher::new(),
            inside: false,
            failed: false,
            begun_at: 0,
            member: 0,
            total,
        }
    }

    fn begin(&mut self) {
        self.state.reset(false);
        self.crc = crc32fast::Hasher::new();
        (self.at, self.end, self.member) = (0, 0, 0);
        self.inside = true;
    }

    fn fill<R: BufRead>(&mut self, input: &mut Counted<R>, limits: &Limits) -> io::Result<&[u8]> {
        while self.at == self.end && self.inside {
            if self.failed {
                return Err(damage("no deflate stream"));
            }
            self.inflate(input, limits).inspect_err(|_| self.failed = true)?;
        }
        Ok(&self.out[self.at..self.end])
    }

    fn inflate<R: BufRead>(&mut self, input: &mut Counted<R>, limits: &Limits) -> io::Result<()> {
        let bytes = input.fill()?;
        let ended = bytes.is_empty();
        let (before_in, before_out) = (self.state.total_in(), self.state.total_out());
        let status = self
            .state
            .decompress(bytes, &mut self.out, FlushDecompress::None)
            .map_err(|_| damage("no deflate stream"))?;
        let read = self.state.total_in() - before_in;
        let written = self.state.total_out() - before_out;
        input.consume(usize::try_from(read).unwrap_or(usize::MAX));
        (self.at, self.end) = (0, usize::try_from(written).unwrap_or(0));
        self.crc.update(&self.out[..self.end]);
        self.member += written;
        self.total += written;
        if self.total > limits.total {
            return Err(beyond("decompressed bytes", limits.total));
        }
        let own_size = input.position - self.begun_at;
        if self.member > RATIO_FROM && self.member / own_size.max(1) > limits.ratio {
            return Err(beyond("times a member's own size", limits.ratio));
        }
        if status == Status::StreamEnd {
            let mut trailer = [0; 8];
            for byte in &mut trailer {
                *byte = input.byte()?;
            }
            let (crc, size) = trailer.split_at(4);
            if crc != std::mem::take(&mut self.crc).finalize().to_le_bytes() {
                return Err(damage("the CRC does not agree"));
            }
            if *size != self.member.to_le_bytes()[..4] {
                return Err(damage("the size does not agree"));
            }
            self.inside = false;
        } else if ended && written == 0 {
            return Err(damage("the file ends within a member"));
        }
        Ok(())
    }
}

struct Counted<R> {
    input: R,
    position: u64,
    /// The bytes read since `remember`, unless they became too many.
    remembered: Vec<u8>,
    remembers: bool,
    /// Bytes to be read again, the next one last.
    again: Vec<u8>,
}

impl<R: BufRead> Counted<R> {
    fn new(input: R, position: u64) -> Self {
        Self { input, position, remembered: Vec::new(), remembers: false, again: Vec::new() }
    }

    fn fill(&mut self) -> io::Result<&[u8]> {
        if let Some(last) = self.again.len().checked_sub(1) {
            return Ok(&self.again[last..]);
        }
        loop {
            match self.input.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if self.remembers {
            if self.remembered.len() + length > MOST_REMEMBERED {
                (self.remembers, self.remembered) = (false, Vec::new());
            } else if let Some(byte) = self.again.last() {
                self.remembered.extend((length > 0).then_some(byte));
            } else if let Ok(bytes) = self.input.fill_buf() {
                self.remembered.extend(&bytes[..length.min(bytes.len())]);
            }
        }
        if self.again.is_empty() {
            self.input.consume(length);
        } else if length > 0 {
            self.again.pop();
        }
        self.position += length as u64;
    }

    /// From here on, bytes are remembered.
    fn remember(&mut self) {
        self.remembered.clear();
        self.remembers = true;
    }

    /// Goes back to where bytes were first remembered, if they still are.
    fn go_back(&mut self) {
        self.position -= self.remembered.len() as u64;
        self.again.extend(self.remembered.drain(..).rev());
        self.remembers = false;
        if self.again.len() > 3 {
            // Not to find the damaged member again.
            self.consume(1);
        }
    }

    fn byte(&mut self) -> io::Result<u8> {
        let [byte, ..] = *self.fill()? else {
            return Err(damage("the file ends within a member"));
        };
        self.consume(1);
        Ok(byte)
    }
}

/// The first bytes of a gzip member, and deflate, the only method.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
/// How far back damage is looked through again, in bytes.
const MOST_REMEMBERED: usize = 1 << 20;
/// From how many bytes of a member on its ratio is looked at.
const RATIO_FROM: u64 = 64 << 20;
