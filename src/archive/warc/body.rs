//! The block of a record, hashed as it is read.

use std::io::{self, BufRead, Read};

use super::claim::Claim;
use super::source::Source;

/// A record's block.
pub(super) struct Body<'a, R> {
    source: &'a mut Source<R>,
    length: u64,
    position: u64,
    block: Option<Claim>,
    payload: Option<Claim>,
    in_payload: bool,
    failure: Option<io::Error>,
}

impl<'a, R: BufRead> Body<'a, R> {
    pub(super) fn new(
        source: &'a mut Source<R>,
        length: u64,
        block: Option<Claim>,
        payload: Option<Claim>,
    ) -> Self {
        Self { source, length, position: 0, block, payload, in_payload: false, failure: None }
    }

    /// From here on, what is read is payload.
    pub(super) fn begin_payload(&mut self) {
        self.in_payload = true;
    }

    pub(super) fn payload_claim(&self) -> Option<&Claim> {
        self.payload.as_ref()
    }

    /// How many bytes of the block were read.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Why the block could not be read on, if it could not.
    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// What the digests of block and payload came to.
    pub(super) fn finish(self) -> (Option<Claim>, Option<Claim>) {
        (self.block, self.payload)
    }

    /// Reads a line of at most so many bytes, with its end. False when there is none: the block
    /// or the limit ends before.
    pub(super) fn read_line(&mut self, line: &mut Vec<u8>, limit: u64) -> io::Result<bool> {
        let mut left = limit;
        while left > 0 {
            let bytes = self.fill()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
            let end = bytes[..most].iter().position(|byte| *byte == b'\n');
            let length = end.map_or(most, |end| end + 1);
            line.extend(&bytes[..length]);
            self.consume(length);
            left -= length as u64;
            if end.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads to the end of the block, for its digests alone.
    pub(super) fn skip(&mut self) -> io::Result<()> {
        loop {
            match self.fill().map(<[u8]>::len) {
                Ok(0) => return Ok(()),
                Ok(length) => self.consume(length),
                Err(error) => return Err(self.fail(error)),
            }
        }
    }

    /// Whoever reads the payload may wrap or drop the error, so it is kept here too.
    fn fail(&mut self, error: io::Error) -> io::Error {
        let copy = io::Error::new(error.kind(), error.to_string());
        self.failure.get_or_insert(error);
        copy
    }

    fn fill(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.length - self.position).unwrap_or(usize::MAX);
        if left == 0 {
            return Ok(&[]);
        }
        let bytes = self.source.fill()?;
        Ok(&bytes[..bytes.len().min(left)])
    }

    /// Takes bytes that [`fill`](Self::fill) has shown.
    fn consume(&mut self, length: usize) {
        if let Ok(bytes) = self.source.fill() {
            let bytes = &bytes[..length.min(bytes.len())];
            if let Some(claim) = &mut self.block {
                claim.update(bytes);
            }
            if let (Some(claim), true) = (&mut self.payload, self.in_payload) {
                claim.update(bytes);
            }
        }
        self.source.consume(length);
        self.position += length as u64;
    }
}

impl<R: BufRead> Read for Body<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let filled = match self.fill() {
            Ok(bytes) => {
                let length = bytes.len().min(buffer.len());
                buffer[..length].copy_from_slice(&bytes[..length]);
                Ok(length)
            }
            Err(error) => Err(error),
        };
        match filled {
            Ok(length) => {
                self.consume(length);
                Ok(length)
            }
            Err(error) => Err(self.fail(error)),
        }
    }
}

/// A body without its chunked transfer coding (RFC 9112, section 7.1). What is not chunked as it
/// should be is given as it is, and [`broken`](Self::broken) tells.
pub(super) struct Dechunked<'b, 'a, R> {
    body: &'b mut Body<'a, R>,
    claim: Option<Claim>,
    state: Chunk,
    /// Bytes that were read as a chunk's head and are none.
    returned: Vec<u8>,
    broken: bool,
}

enum Chunk {
    /// The next line says how long the next chunk is.
    Head { first: bool },
    /// So many bytes of the chunk are left.
    Data(u64),
    /// The rest is as it is.
    Raw,
    /// All was read.
    Done,
}

impl<'b, 'a, R: BufRead> Dechunked<'b, 'a, R> {
    pub(super) fn new(body: &'b mut Body<'a, R>, claim: Option<Claim>) -> Self {
        let state = Chunk::Head { first: true };
        Self { body, claim, state, returned: Vec::new(), broken: false }
    }

    /// Whether the body was not chunked as it should be.
    pub(super) fn broken(&self) -> bool {
        self.broken
    }

    /// What the digest of the bytes without transfer coding came to.
    pub(super) fn finish(self) -> Option<Claim> {
        self.claim
    }

    fn read_head(&mut self, first: bool) -> io::Result<()> {
        let mut line = Vec::new();
        if !first {
            self.body.read_line(&mut line, 2)?;
        }
        let end_of_data = line.len();
        self.body.read_line(&mut line, 1 << 10)?;
        let text = String::from_utf8_lossy(&line[end_of_data..]);
        let digits = text.split(';').next().unwrap_or_default().trim();
        let length = u64::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'));
        let data_ended = first || matches!(&line[..end_of_data], b"\r\n");
        match length {
            Some(0) if data_ended && line.ends_with(b"\n") => {
                // Trailer fields and the empty line belong to the coding.
                while self.body.read_line(&mut Vec::new(), 1 << 16)? {}
                self.state = Chunk::Done;
            }
            Some(length) if data_ended && line.ends_with(b"\n") => {
                self.state = Chunk::Data(length);
            }
            _ => {
                self.broken = true;
                self.returned = line;
                self.state = Chunk::Raw;
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Dechunked<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = loop {
            match self.state {
                Chunk::Head { first } => {
                    if let Err(error) = self.read_head(first) {
                        return Err(self.body.fail(error));
                    }
                }
                Chunk::Data(0) => self.state = Chunk::Head { first: false },
                Chunk::Data(left) => {
                    let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
                    let read = self.body.read(&mut buffer[..most])?;
                    if read == 0 {
                        self.broken = true;
                        self.state = Chunk::Done;
                        break 0;
                    }
                    self.state = Chunk::Data(left - read as u64);
                    break read;
                }
                Chunk::Raw if !self.returned.is_empty() => {
                    let read = self.returned.len().min(buffer.len());
                    buffer[..read].copy_from_slice(&self.returned[..read]);
                    self.returned.drain(..read);
                    break read;
                }
                Chunk::Raw => break self.body.read(buffer)?,
                Chunk::Done => break 0,
            }
        };
        if let Some(claim) = &mut self.claim {
            claim.update(&buffer[..read]);
        }
        Ok(read)
    }
}
