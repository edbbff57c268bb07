//! One gzip member (RFC 1952) after the other.

use std::io::{self, BufRead};

use flate2::{Decompress, FlushDecompress, Status};

use super::input::{Counted, ENDS_WITHIN};
use super::{MAGIC, beyond, damage, damage_of};
use crate::archive::warc::Limits;

pub(super) struct Inflater {
    state: Decompress,
    out: Box<[u8]>,
    pub(super) at: usize,
    pub(super) end: usize,
    crc: crc32fast::Hasher,
    /// Whether the member has not ended.
    pub(super) inside: bool,
    /// Why it cannot be read on, once it cannot.
    pub(super) failed: Option<&'static str>,
    begun_at: u64,
    member: u64,
    pub(super) total: u64,
}

impl Inflater {
    pub(super) fn new(total: u64) -> Self {
        Self {
            state: Decompress::new(false),
            out: vec![0; 1 << 16].into_boxed_slice(),
            at: 0,
            end: 0,
            crc: crc32fast::Hasher::new(),
            inside: false,
            failed: None,
            begun_at: 0,
            member: 0,
            total,
        }
    }

    /// Reads the header of a member. When it is none, [`fill`](Self::fill) says why.
    pub(super) fn begin<R: BufRead>(
        &mut self,
        input: &mut Counted<R>,
        magic_read: bool,
        most_name: u64,
    ) -> io::Result<()> {
        self.state.reset(false);
        self.crc = crc32fast::Hasher::new();
        (self.at, self.end, self.member) = (0, 0, 0);
        self.inside = true;
        self.failed = match read_header(input, magic_read, most_name) {
            Ok(()) => None,
            Err(error) => Some(damage_of(&error).ok_or(error)?),
        };
        self.begun_at = input.position;
        Ok(())
    }

    /// Ends the member where it is.
    pub(super) fn leave(&mut self) {
        (self.inside, self.failed) = (false, None);
        (self.at, self.end) = (0, 0);
    }

    pub(super) fn fill<R: BufRead>(
        &mut self,
        input: &mut Counted<R>,
        limits: &Limits,
    ) -> io::Result<&[u8]> {
        while self.at == self.end && self.inside {
            if let Some(why) = self.failed {
                return Err(damage(why));
            }
            self.inflate(input, limits)?;
        }
        Ok(&self.out[self.at..self.end])
    }

    /// Inflates until the buffer is full or the member ends. What comes before damage is given
    /// before the damage is told, so that neither depends on how the input comes in pieces.
    fn inflate<R: BufRead>(&mut self, input: &mut Counted<R>, limits: &Limits) -> io::Result<()> {
        (self.at, self.end) = (0, 0);
        while self.inside && self.failed.is_none() && self.end < self.out.len() {
            let bytes = input.fill()?;
            let ended = bytes.is_empty();
            let (before_in, before_out) = (self.state.total_in(), self.state.total_out());
            let out = &mut self.out[self.end..];
            let status = self.state.decompress(bytes, out, FlushDecompress::None);
            let read = self.state.total_in() - before_in;
            let written = self.state.total_out() - before_out;
            input.consume(usize::try_from(read).unwrap_or(usize::MAX));
            let from = self.end;
            self.end += usize::try_from(written).unwrap_or(0);
            self.crc.update(&self.out[from..self.end]);
            self.member += written;
            self.total += written;
            match status {
                Err(_) => self.failed = Some("no deflate stream"),
                Ok(Status::StreamEnd) => self.end_member(input)?,
                Ok(_) if ended && written == 0 => self.failed = Some(ENDS_WITHIN),
                Ok(_) => {}
            }
        }
        if self.total > limits.total {
            return Err(beyond("decompressed bytes", limits.total));
        }
        let own_size = input.position - self.begun_at;
        if self.member > RATIO_FROM && self.member / own_size.max(1) > limits.ratio {
            return Err(beyond("times a member's own size", limits.ratio));
        }
        Ok(())
    }

    fn end_member<R: BufRead>(&mut self, input: &mut Counted<R>) -> io::Result<()> {
        let mut trailer = [0; 8];
        for byte in &mut trailer {
            match input.byte() {
                Ok(read) => *byte = read,
                Err(error) => {
                    self.failed = Some(damage_of(&error).ok_or(error)?);
                    return Ok(());
                }
            }
        }
        let (crc, size) = trailer.split_at(4);
        if crc != std::mem::take(&mut self.crc).finalize().to_le_bytes() {
            self.failed = Some("the CRC does not agree");
        } else if *size != self.member.to_le_bytes()[..4] {
            self.failed = Some("the size does not agree");
        } else {
            self.inside = false;
        }
        Ok(())
    }
}

fn read_header<R: BufRead>(
    input: &mut Counted<R>,
    magic_read: bool,
    most_name: u64,
) -> io::Result<()> {
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
            let mut left = most_name;
            while input.byte()? != 0 {
                left = left.checked_sub(1).ok_or_else(|| damage("a name without an end"))?;
            }
        }
    }
    if flags & 2 != 0 {
        input.byte()?;
        input.byte()?;
    }
    Ok(())
}

/// From how many bytes of a member on its ratio is looked at.
const RATIO_FROM: u64 = 64 << 20;
