//! The bytes of a file, counted, some of which can be read again.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::damage;

pub(super) struct Counted<R> {
    input: R,
    pub(super) position: u64,
    /// The bytes read since `remember`, unless they became too many.
    remembered: Vec<u8>,
    /// Whether they did not.
    pub(super) remembers: bool,
    most_remembered: usize,
    /// Bytes to be read again.
    again: VecDeque<u8>,
}

impl<R: BufRead> Counted<R> {
    pub(super) fn new(input: R, position: u64) -> Self {
        let (remembered, again) = Default::default();
        Self { input, position, remembered, remembers: false, most_remembered: 0, again }
    }

    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        if !self.again.is_empty() {
            return Ok(self.again.as_slices().0);
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

    /// Takes bytes that [`fill`](Self::fill) has shown.
    pub(super) fn consume(&mut self, length: usize) {
        if self.remembers {
            if self.remembered.len() + length > self.most_remembered {
                self.forget();
            } else if !self.again.is_empty() {
                let (bytes, _) = self.again.as_slices();
                self.remembered.extend(&bytes[..length.min(bytes.len())]);
            } else if let Ok(bytes) = self.input.fill_buf() {
                self.remembered.extend(&bytes[..length.min(bytes.len())]);
            }
        }
        if self.again.is_empty() {
            self.input.consume(length);
        } else {
            self.again.drain(..length.min(self.again.len()));
        }
        self.position += length as u64;
    }

    /// From here on, so many bytes are remembered.
    pub(super) fn remember(&mut self, most: usize) {
        self.remembered.clear();
        (self.remembers, self.most_remembered) = (true, most);
    }

    pub(super) fn forget(&mut self) {
        self.remembered.clear();
        self.remembers = false;
    }

    /// Goes back to where bytes were first remembered, if they still are.
    pub(super) fn go_back(&mut self) {
        self.position -= self.remembered.len() as u64;
        for byte in self.remembered.drain(..).rev() {
            self.again.push_front(byte);
        }
        self.remembers = false;
    }

    pub(super) fn byte(&mut self) -> io::Result<u8> {
        let [byte, ..] = *self.fill()? else {
            return Err(damage(ENDS_WITHIN));
        };
        self.consume(1);
        Ok(byte)
    }
}

pub(super) const ENDS_WITHIN: &str = "the file ends within a member";
