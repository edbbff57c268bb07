//! The keys of signed notes.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek as ed25519;
use ed25519_dalek::Signer as _;
use thiserror::Error;

use crate::archive::confined::Confined;
use crate::digest::Digest;

/// A public key that verifies notes, and its name: C2SP's `name+id+base64`.
///
/// - Ed25519 (type 1), or the timestamped Ed25519 of witnesses (type 4, C2SP tlog-cosignature).
/// - The id always fits name and key: `parse(display(key)) == key`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: Kind,
    key: ed25519::VerifyingKey,
}

impl VerifierKey {
    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number that tells apart keys of one name.
    pub fn id(&self) -> u32 {
        let mut named = self.name.clone().into_bytes();
        named.extend([b'\n', self.kind as u8]);
        named.extend(self.key.as_bytes());
        let mut id = [0; 4];
        id.copy_from_slice(&Digest::of(&named).as_bytes()[..4]);
        u32::from_be_bytes(id)
    }

    pub(super) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        let (time, signature) = match self.kind {
            Kind::Plain => (None, signature),
            Kind::Cosignature => match signature.split_first_chunk() {
                Some((time, signature)) => (Some(u64::from_be_bytes(*time)), signature),
                None => return false,
            },
        };
        let Ok(signature) = ed25519::Signature::from_slice(signature) else { return false };
        match time {
            None => self.key.verify_strict(text, &signature).is_ok(),
            Some(time) => {
                let mut message = format!("cosignature/v1\ntime {time}\n").into_bytes();
                message.extend(text);
                self.key.verify_strict(&message, &signature).is_ok()
            }
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.kind as u8], &self.key.as_bytes()[..]].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id(), BASE64.encode(key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let shape = || KeyError::Shape { found: text.to_owned() };
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(shape());
        };
        let bytes = BASE64.decode(key).map_err(|_| shape())?;
        let (kind, bytes) = match bytes.split_first() {
            Some((1, bytes)) => (Kind::Plain, bytes),
            Some((4, bytes)) => (Kind::Cosignature, bytes),
            _ => return Err(shape()),
        };
        let bytes = bytes.try_into().map_err(|_| shape())?;
        let key = ed25519::VerifyingKey::from_bytes(bytes).map_err(|_| shape())?;
        if !is_name(name) || key.is_weak() {
            return Err(shape());
        }
        let key = Self { name: name.to_owned(), kind, key };
        let expected = key.to_string();
        if expected == text { Ok(key) } else { Err(KeyError::Id { expected, found: text.into() }) }
    }
}

/// A secret key that signs notes. It is never printed: only [`write_new`](Self::write_new) lets
/// it out, into a file that its owner alone may read.
pub struct SigningKey {
    name: String,
    key: ed25519::SigningKey,
}

impl SigningKey {
    /// A new key, from the operating system's randomness.
    ///
    /// # Errors
    /// When the name is empty or has a space or a plus, or there is no randomness.
    pub fn generate(name: impl Into<String>) -> Result<Self, KeyError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| KeyError::Randomness)?;
        Self::from_seed(name, seed)
    }

    /// The key of this seed, which must be random.
    ///
    /// # Errors
    /// When the name is empty or has a space or a plus.
    pub fn from_seed(name: impl Into<String>, seed: [u8; 32]) -> Result<Self, KeyError> {
        let name = name.into();
        if is_name(&name) {
            Ok(Self { name, key: ed25519::SigningKey::from_bytes(&seed) })
        } else {
            Err(KeyError::Name { found: name })
        }
    }

    /// The public key that verifies what this one signs.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), kind: Kind::Plain, key: self.key.verifying_key() }
    }

    /// Writes the key to a file that is not there yet, with rights for its owner only. The form
    /// is that of Go's `note` package.
    ///
    /// # Errors
    /// When there is such a file, or it cannot be written.
    pub fn write_new(&self, path: &Path) -> Result<(), KeyError> {
        let io = |source| KeyError::Io { path: path.to_owned(), source };
        let secret = [&[Kind::Plain as u8], &self.key.to_bytes()[..]].concat();
        let id = self.verifier().id();
        let text = format!("{SECRET}{}+{id:08x}+{}\n", self.name, BASE64.encode(secret));
        let write = || {
            let (folder, name) = Confined::around(path)?;
            let unfinished = format!("{name}.unfinished");
            folder.remove(&unfinished)?;
            let mut file = folder.create_private(&unfinished)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            if folder.publish(&unfinished, name)? {
                return Ok(());
            }
            folder.remove(&unfinished)?;
            Err(io::ErrorKind::AlreadyExists.into())
        };
        write().map_err(io)
    }

    /// The key in this file.
    ///
    /// # Errors
    /// When the file cannot be read, holds no key, or others than its owner may read it.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let io = |source| KeyError::Io { path: path.to_owned(), source };
        let file =
            Confined::around(path).and_then(|(folder, name)| folder.read(name)).map_err(io)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = file.metadata().map_err(io)?.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(KeyError::Rights { path: path.to_owned(), found: mode });
            }
        }
        let mut text = String::new();
        file.take(4096).read_to_string(&mut text).map_err(io)?;
        Self::parse(text.trim_end()).ok_or_else(|| KeyError::Secret { path: path.to_owned() })
    }

    /// The key in this file, which is made, with a new key of this name, when it is absent.
    ///
    /// # Errors
    /// As [`read`](Self::read), [`generate`](Self::generate) and [`write_new`](Self::write_new).
    pub fn read_or_new(path: &Path, name: impl Into<String>) -> Result<Self, KeyError> {
        if path.exists() {
            return Self::read(path);
        }
        let key = Self::generate(name)?;
        key.write_new(path)?;
        Ok(key)
    }

    pub(super) fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.key.sign(text).to_bytes().to_vec()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix(SECRET)?.splitn(3, '+');
        let (name, id, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let secret = BASE64.decode(secret).ok()?;
        let (1, seed) = secret.split_first()? else { return None };
        let key = Self::from_seed(name, seed.try_into().ok()?).ok()?;
        (format!("{:08x}", key.verifier().id()) == id).then_some(key)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, secret)", self.verifier())
    }
}

/// What goes wrong with a key. No variant holds secret text.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A text is no public key.
    #[error("expected `name+id+base64` of an Ed25519 key, found `{found}`")]
    Shape {
        /// The text.
        found: String,
    },
    /// The id is not that of name and key.
    #[error("expected `{expected}`, found `{found}`")]
    Id {
        /// The text with the id that fits.
        expected: String,
        /// The text.
        found: String,
    },
    /// A key cannot have this name.
    #[error("expected a name without spaces and plus signs, found `{found}`")]
    Name {
        /// The name.
        found: String,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    Randomness,
    /// A file holds no secret key.
    #[error("expected a secret Ed25519 key in {}, found something else", path.display())]
    Secret {
        /// The file.
        path: PathBuf,
    },
    /// Others than its owner may read the file.
    #[error("expected that only its owner may read {}, found the mode {found:03o}", path.display())]
    Rights {
        /// The file.
        path: PathBuf,
        /// Its rights, as `chmod` takes them in octal.
        found: u32,
    },
    /// A file cannot be read or written.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// A key's name has no Unicode space and no plus.
pub(super) fn is_name(name: &str) -> bool {
    let bad = |character: char| character.is_whitespace() || character == '+' || character < ' ';
    !name.is_empty() && !name.contains(bad)
}

/// What the signature types of the specification are called here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain = 1,
    Cosignature = 4,
}

const SECRET: &str = "PRIVATE+KEY+";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_others_may_read_is_refused_and_none_is_overwritten() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("key");
        let key = SigningKey::generate("example.org/case").unwrap();
        key.write_new(&path).unwrap();
        assert!(matches!(key.write_new(&path), Err(KeyError::Io { .. })));
        assert_eq!(SigningKey::read(&path).unwrap().verifier(), key.verifier());
        let secret = std::fs::read_to_string(&path).unwrap();
        // PRIVATE+KEY+name+id+secret; the secret is base64 and may hold a plus itself.
        let secret = secret.splitn(5, '+').nth(4).unwrap().trim_end();
        assert!(secret.len() > 40);
        assert!(!format!("{key:?}").contains(secret));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(SigningKey::read(&path), Err(KeyError::Rights { found: 0o640, .. })));
        }
    }

    #[test]
    fn a_public_key_whose_id_does_not_fit_is_refused() {
        let good = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        assert_eq!(good.parse::<VerifierKey>().unwrap().to_string(), good);
        assert_eq!(good.parse::<VerifierKey>().unwrap().id(), 0x530d_903a);
        for bad in [
            good.replace("530d903a", "530d903b"),
            good.replace("530d903a", "530D903A"),
            good.replace("foo", "fop"),
            good.replace("AekyeR", "AukyeR"),
            good.replace("2k", "2l"),
            "example.com/foo".to_owned(),
            String::new(),
        ] {
            assert!(bad.parse::<VerifierKey>().is_err(), "{bad}");
        }
    }
}
