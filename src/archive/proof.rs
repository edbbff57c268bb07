//! Proofs that travel (C2SP tlog-proof): one text shows, with nothing but a public key, that an
//! entry is in the ledger.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use thiserror::Error;

use super::checkpoint::{Checkpoint, CheckpointError};
use super::merkle::{Hash, ProofError, verify_inclusion};
use super::note::{Note, NoteError, VerifierKey};

/// A proof that an entry is in a ledger whose checkpoint is signed.
///
/// - `parse(display(proof)) == proof`; the file name extension is `.tlog-proof`.
/// - At most 63 hashes and 1 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proof {
    /// Anything; it proves nothing by itself. Proofs made here carry the entry's line, which
    /// [`verify_carried`](Self::verify_carried) takes as the leaf, and so does prove.
    pub extra: Option<Vec<u8>>,
    /// The entry's place, from 0.
    pub index: u64,
    /// From the leaf's sibling to the root's child.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl Proof {
    /// A proof from its parts.
    pub fn new(index: u64, hashes: Vec<Hash>, checkpoint: Note) -> Self {
        Self { extra: None, index, hashes, checkpoint }
    }

    /// The same, carrying the entry's line.
    #[must_use]
    pub fn carrying(mut self, line: impl Into<Vec<u8>>) -> Self {
        self.extra = Some(line.into());
        self
    }

    /// Whether the ledger whose key is among these has this entry.
    ///
    /// # Errors
    /// When that is not shown.
    pub fn verify(&self, leaf: Hash, keys: &[VerifierKey]) -> Result<Checkpoint, BadProof> {
        let checkpoint = Checkpoint::verified(&self.checkpoint, keys)?;
        verify_inclusion(leaf, self.index, checkpoint.size, checkpoint.root, &self.hashes)?;
        Ok(checkpoint)
    }

    /// Whether the ledger whose key is among these has the entry that the proof carries, which is
    /// returned.
    ///
    /// # Errors
    /// When that is not shown, or the proof carries nothing.
    pub fn verify_carried(&self, keys: &[VerifierKey]) -> Result<(&[u8], Checkpoint), BadProof> {
        let line = self.extra.as_deref().ok_or(BadProof::Bare)?;
        let checkpoint = self.verify(Hash::of_leaf(line), keys)?;
        Ok((line, checkpoint))
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Proof {
    type Err = BadProof;

    fn from_str(text: &str) -> Result<Self, BadProof> {
        if text.len() > LONGEST {
            return Err(BadProof::Length { found: text.len() });
        }
        let shape = |expected| BadProof::Shape { expected };
        let (head, checkpoint) = text.split_once("\n\n").ok_or(shape("an empty line"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST) {
            return Err(shape("`c2sp.org/tlog-proof@v1`"));
        }
        let extra = lines.next_if(|line| line.starts_with("extra "));
        let extra = extra
            .map(|line| BASE64.decode(&line["extra ".len()..]).map_err(|_| shape("base64")))
            .transpose()?;
        let number = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = number
            .and_then(|number| number.parse::<u64>().ok())
            .filter(|index| Some(index.to_string().as_str()) == number)
            .ok_or(shape("`index` and a number"))?;
        let hashes: Vec<Hash> = lines.map(str::parse).collect::<Result<_, _>>()?;
        if hashes.len() > MOST_HASHES {
            return Err(BadProof::Proof(ProofError::Length { found: hashes.len() }));
        }
        Ok(Self { extra, index, hashes, checkpoint: checkpoint.parse()? })
    }
}

/// A text that is no proof, or one that shows nothing.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BadProof {
    /// It is longer than is read.
    #[error("expected at most 1 MiB, found {found} bytes")]
    Length {
        /// Its length, in bytes.
        found: usize,
    },
    /// It is no proof.
    #[error("expected {expected}")]
    Shape {
        /// What should stand there.
        expected: &'static str,
    },
    /// It carries no entry, so the entry must be given.
    #[error("the proof carries no entry")]
    Bare,
    /// Its hashes do not lead to the root.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Its checkpoint is no note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Its checkpoint does not verify.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

const FIRST: &str = "c2sp.org/tlog-proof@v1";
const LONGEST: usize = 1 << 20;
/// A tree of 2^63 entries needs no more.
const MOST_HASHES: usize = 63;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::merkle::Tree;
    use super::super::note::SigningKey;
    use super::*;

    fn proof() -> (Proof, [VerifierKey; 1]) {
        let key = SigningKey::from_seed("example.org/case", [7; 32]).unwrap();
        let mut tree = Tree::new();
        (0..11_u8).for_each(|entry| tree.push(Hash::of_leaf(&[entry])));
        let checkpoint =
            Checkpoint { origin: "example.org/case".into(), size: 11, root: tree.root() };
        let note = Note::sign(checkpoint.to_string(), &key).unwrap();
        (Proof::new(6, tree.inclusion(6, 11).unwrap(), note).carrying([6]), [key.verifier()])
    }

    #[test]
    fn a_bit_flipped_anywhere_shows() {
        let (proof, keys) = proof();
        assert_eq!(proof.verify_carried(&keys).unwrap().0, [6]);
        let text = proof.to_string();
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let accepted = text.parse::<Proof>().is_ok_and(|p| p.verify_carried(&keys).is_ok());
                assert!(!accepted, "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_witness_does_not_speak_for_the_ledger() {
        let (proof, _) = proof();
        let witness = SigningKey::from_seed("witness.example", [8; 32]).unwrap();
        let note = Note::sign(proof.checkpoint.text(), &witness).unwrap();
        let proof = Proof { checkpoint: note, ..proof };
        assert!(proof.verify_carried(&[witness.verifier()]).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String, index in "(index [0-9]{1,20}\n)?", hash in "([A-Za-z0-9+/]{43}=\n)?") {
            let text = format!("{FIRST}\n{index}{hash}\n{text}");
            if let Ok(proof) = text.parse::<Proof>() {
                prop_assert_eq!(proof.to_string(), text);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (proof, _) = proof();
        assert_eq!(proof.to_string().parse::<Proof>().unwrap(), proof);
        let bare = Proof { extra: None, ..proof };
        assert_eq!(bare.to_string().parse::<Proof>().unwrap(), bare);
    }
}
