//! Signed notes (C2SP signed-note): a text, and under it the signatures of those who stand for it.

mod key;

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use thiserror::Error;

pub use key::{KeyError, SigningKey, VerifierKey};

/// A text with signatures. The text may be used only after [`verify`](Self::verify) has found the
/// signature of a trusted key.
///
/// - The text ends in a newline and has no control character besides.
/// - `parse(display(note)) == note`.
/// - At most 64 signatures and 1 MiB.
///
/// ```
/// use probative::archive::note::{Note, VerifierKey};
///
/// // The example of the specification.
/// let key: VerifierKey =
///     "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse()?;
/// let note: Note = "This is an example message.\n\n\
///     — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
///     .parse()?;
/// assert_eq!(note.verify(&[key.clone()])?, [&key]);
/// let forged: Note = note.to_string().replace("example message", "example massage").parse()?;
/// assert!(forged.verify(&[key]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// A text signed by this key.
    ///
    /// # Errors
    /// When the text is empty, does not end in a newline, or holds another control character.
    pub fn sign(text: impl Into<String>, key: &SigningKey) -> Result<Self, NoteError> {
        let text = text.into();
        check_text(&text)?;
        let bytes = key.sign(text.as_bytes());
        let verifier = key.verifier();
        let signature = Signature { name: verifier.name().to_owned(), id: verifier.id(), bytes };
        Ok(Self { text, signatures: vec![signature] })
    }

    /// The text, with its final newline. Not to be used before [`verify`](Self::verify).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, verified or not.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The keys among these that have signed; there is at least one. Signatures of other keys are
    /// passed over.
    ///
    /// # Errors
    /// When a signature that is said to be of one of these keys is not, and when none of them has
    /// signed.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signed: Vec<&VerifierKey> = Vec::new();
        for signature in &self.signatures {
            for key in keys {
                if (key.name(), key.id()) != (signature.name(), signature.id()) {
                    continue;
                }
                if !key.verifies(self.text.as_bytes(), &signature.bytes) {
                    return Err(NoteError::Signature { key: key.name().to_owned() });
                }
                if !signed.contains(&key) {
                    signed.push(key);
                }
            }
        }
        if signed.is_empty() { Err(NoteError::Unsigned) } else { Ok(signed) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for Signature { name, id, bytes } in &self.signatures {
            let bytes = [&id.to_be_bytes()[..], bytes].concat();
            writeln!(f, "— {name} {}", BASE64.encode(bytes))?;
        }
        Ok(())
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > LONGEST {
            return Err(NoteError::Length { found: note.len() });
        }
        let split = note.rfind("\n\n").ok_or(NoteError::Shape)?;
        let (text, rest) = note.split_at(split + 1);
        check_text(text)?;
        let lines = rest[1..].strip_suffix('\n').ok_or(NoteError::Shape)?;
        if lines.is_empty() {
            return Err(NoteError::Shape);
        }
        if lines.split('\n').count() > MOST_SIGNATURES {
            return Err(NoteError::Signatures { found: lines.split('\n').count() });
        }
        let signatures = lines
            .split('\n')
            .map(|line| Signature::read(line).ok_or_else(|| NoteError::Line { found: line.into() }))
            .collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }
}

/// A signature of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: u32,
    bytes: Vec<u8>,
}

impl Signature {
    /// The name of the key that is said to have made it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number that tells apart keys of one name.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The signature's own bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn read(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = BASE64.decode(base64).ok()?;
        let (id, bytes) = bytes.split_first_chunk()?;
        (key::is_name(name) && !bytes.is_empty()).then(|| Self {
            name: name.to_owned(),
            id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }
}

/// A text that is no signed note, or one that nobody trusted has signed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoteError {
    /// It is longer than is read.
    #[error("expected at most 1 MiB, found {found} bytes")]
    Length {
        /// Its length, in bytes.
        found: usize,
    },
    /// There is no text, no empty line after it, or no signature line that ends in a newline.
    #[error("expected a text, an empty line and signature lines, each ending in a newline")]
    Shape,
    /// The text has a control character other than newline, such as a carriage return.
    #[error("expected no control character but newline, found U+{found:04X}")]
    Control {
        /// The character's number.
        found: u32,
    },
    /// There are more signatures than are read.
    #[error("expected at most 64 signatures, found {found}")]
    Signatures {
        /// How many there are.
        found: usize,
    },
    /// A line after the text is no signature.
    #[error("expected `— name base64`, found `{found}`")]
    Line {
        /// The line.
        found: String,
    },
    /// A signature of a trusted key does not fit the text.
    #[error("the signature of {key} is not of this text")]
    Signature {
        /// The key's name.
        key: String,
    },
    /// No trusted key has signed.
    #[error("no trusted key has signed")]
    Unsigned,
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if let Some(found) = text.chars().find(|character| *character < ' ' && *character != '\n') {
        return Err(NoteError::Control { found: found.into() });
    }
    if text.ends_with('\n') { Ok(()) } else { Err(NoteError::Shape) }
}

const LONGEST: usize = 1 << 20;
/// Verifiers must accept at least 16.
const MOST_SIGNATURES: usize = 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    const LINE: &str = "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    fn verdict(note: &str) -> Result<usize, NoteError> {
        let keys = [KEY.parse().unwrap()];
        note.parse::<Note>()?.verify(&keys).map(|signed| signed.len())
    }

    #[test]
    fn each_kind_of_note_has_its_verdict() {
        let text = "This is an example message.\n";
        let good = format!("{text}\n{LINE}");
        assert_eq!(verdict(&good), Ok(1));
        // A signature by a key that nobody named is passed over, under the same name or not.
        let stranger = LINE.replace("example.com/foo", "other.example");
        let namesake = LINE.replace("Uw2QOkn", "AAAAAAn");
        assert_eq!(verdict(&format!("{text}\n{stranger}{namesake}{LINE}")), Ok(1));
        assert_eq!(verdict(&format!("{text}\n{stranger}{namesake}")), Err(NoteError::Unsigned));
        // A bad signature by a known key makes the note bad, even beside a good one.
        let bad = LINE.replace("aQM=", "aQI=");
        let refused = NoteError::Signature { key: "example.com/foo".into() };
        assert_eq!(verdict(&format!("{text}\n{LINE}{bad}")), Err(refused));
        // The same signature twice is one key.
        assert_eq!(verdict(&format!("{good}{LINE}")), Ok(1));
        // Sixteen must be read; sixty-four are, and no more.
        assert_eq!(verdict(&format!("{good}{}", stranger.repeat(16))), Ok(1));
        assert_eq!(verdict(&format!("{good}{}", stranger.repeat(63))), Ok(1));
        let many = verdict(&format!("{good}{}", stranger.repeat(64)));
        assert_eq!(many, Err(NoteError::Signatures { found: 65 }));

        for (name, note) in [
            ("CRLF", good.replace('\n', "\r\n")),
            ("a tab", good.replace("an example", "an\texample")),
            ("no final newline", good.trim_end().to_owned()),
            ("no empty line", format!("{text}{LINE}")),
            ("no signature", format!("{text}\n")),
            ("no text", format!("\n{LINE}")),
            ("a hyphen for the dash", good.replace('—', "-")),
            ("base64 that is not canonical", good.replace("aQM=", "aQN=")),
            ("base64 without padding", good.replace("aQM=", "aQM")),
            ("a space in the name", good.replace("com/foo", "com foo")),
            ("a wide space in the name", good.replace("com/foo", "com\u{3000}foo")),
            ("a plus in the name", good.replace("com/foo", "com+foo")),
            ("too short a signature", format!("{text}\n— example.com/foo Uw2QOg==\n")),
            ("an empty line among signatures", format!("{text}\n{LINE}\n")),
        ] {
            assert!(note.parse::<Note>().is_err(), "{name}");
        }
    }

    #[test]
    fn a_bit_flipped_anywhere_shows() {
        let good = format!("This is an example message.\n\n{LINE}");
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let accepted = std::str::from_utf8(&bytes).is_ok_and(|note| verdict(note).is_ok());
                assert!(!accepted, "bit {bit} of byte {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_and_is_read_back(text in "[^\\x00-\\x1f]*(\n[^\\x00-\\x1f]*)*\n", seed: [u8; 32]) {
            let key = SigningKey::from_seed("example.org/case", seed).unwrap();
            let note = Note::sign(text, &key).unwrap();
            prop_assert_eq!(&note.to_string().parse::<Note>().unwrap(), &note);
            let keys = [key.verifier()];
            prop_assert_eq!(note.verify(&keys).unwrap(), [&keys[0]]);
        }

        #[test]
        fn no_text_panics(text: String, tail in "(\n\n— [a-z]+ [A-Za-z0-9+/=]+\n)?") {
            if let Ok(note) = format!("{text}{tail}").parse::<Note>() {
                prop_assert_eq!(note.to_string().parse::<Note>(), Ok(note));
            }
        }
    }
}
