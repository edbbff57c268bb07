//! A digest that a WARC file declares of itself.
//!
//! SHA-1 is compared because nearly every file declares it and it finds damage. It proves nothing
//! against an adversary: what is kept is kept under SHA-256.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use sha1::Digest as _;

use super::Fault;
use crate::digest::{Algorithm, Hasher};

/// A declared digest, and the bytes so far that it should be of.
#[derive(Clone)]
pub(super) struct Claim {
    field: &'static str,
    declared: String,
    expected: Vec<u8>,
    state: State,
}

#[derive(Clone)]
enum State {
    Sha1(sha1::Sha1),
    Ours(Hasher),
}

impl Claim {
    /// A digest such as `sha1:VGMT…`; `None` when it cannot be compared.
    pub(super) fn parse(field: &'static str, declared: &str) -> Option<Self> {
        let (algorithm, digest) = declared.split_once(':')?;
        let (state, length) = match algorithm.trim().to_ascii_lowercase().as_str() {
            "sha1" | "sha-1" => (State::Sha1(sha1::Sha1::new()), 20),
            "sha256" | "sha-256" => (State::Ours(Hasher::new(Algorithm::Sha256)), 32),
            "sha512" | "sha-512" => (State::Ours(Hasher::new(Algorithm::Sha512)), 64),
            _ => return None,
        };
        let expected = decode(digest.trim(), length)?;
        Some(Self { field, declared: declared.to_owned(), expected, state })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Sha1(state) => state.update(bytes),
            State::Ours(state) => state.update(bytes),
        }
    }

    /// Whether the bytes are those of the digest.
    pub(super) fn verdict(self) -> Result<(), Fault> {
        let (name, found) = match self.state {
            State::Sha1(state) => ("sha1", state.finalize().to_vec()),
            State::Ours(state) => {
                let digest = state.finish();
                let name = match digest.algorithm() {
                    Algorithm::Sha256 => "sha256",
                    Algorithm::Sha512 => "sha512",
                };
                (name, digest.as_bytes().to_vec())
            }
        };
        if found == self.expected {
            return Ok(());
        }
        let found = format!("{name}:{}", base32(&found));
        Err(Fault::Digest { field: self.field, expected: self.declared, found })
    }
}

/// Digests are written in base32, hexadecimal or either base64; their lengths tell which.
fn decode(text: &str, length: usize) -> Option<Vec<u8>> {
    let bytes = if text.len() == length * 2 {
        let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        (0..text.len()).step_by(2).map(pair).collect()
    } else if text.trim_end_matches('=').len() == (length * 8).div_ceil(5) {
        unbase32(text.trim_end_matches('='))
    } else {
        STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
    };
    bytes.filter(|bytes: &Vec<u8>| bytes.len() == length)
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    text
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for character in text.bytes() {
        let value = BASE32.iter().position(|known| *known == character.to_ascii_uppercase())?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
    }
    // What is left over must be zero, or two texts would say the same digest.
    (held & ((1 << bits) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn base32_is_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(unbase32(&base32(&bytes)), Some(bytes));
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Claim::parse("", &format!("sha1:{text}"));
        }
    }

    #[test]
    fn every_spelling_of_a_digest_is_read() {
        // Of nothing, as example-digest.warc and others write it.
        for good in [
            "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "SHA1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj",
            "sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            "sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk=",
            "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====",
        ] {
            assert_eq!(Claim::parse("", good).unwrap().verdict(), Ok(()), "{good}");
        }
        for bad in ["md5:1B2M2Y8AsgTpgAmY7PhCfg==", "sha1:", "sha1", "sha1:3I42", "sha1:ü"] {
            assert!(Claim::parse("", bad).is_none(), "{bad}");
        }
    }
}
