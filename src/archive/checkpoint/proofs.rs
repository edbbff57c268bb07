//! Proofs of time, such as RFC 3161 tokens: beside the checkpoints, or by themselves over objects.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::{
    ALL, CheckpointError, Checkpoints, LOCK, LONGEST, NOTE, failed, keep, note_file, read_bounded,
    size_of,
};
use crate::archive::confined::{Kind, UNFINISHED};
use crate::digest::{Algorithm, Digest};

impl Checkpoints {
    /// Keeps a proof of time beside the checkpoint of this size: `kind` is `tsr`, an RFC 3161
    /// token or response in DER, or `ots`, an `OpenTimestamps` proof. Where it lies is returned.
    ///
    /// With the feature `timestamp` a token is kept only when it is over the checkpoint's file.
    ///
    /// # Errors
    /// When the kind is another, when it is longer than 1 MiB, when there is no checkpoint of this
    /// size or the token is not over it, and when it cannot be written.
    pub fn attach(&self, size: u64, kind: &str, token: &[u8]) -> Result<PathBuf, CheckpointError> {
        check(kind, token)?;
        let _lock = self.lock()?;
        let of = self.stamped(size, kind, token)?;
        self.keep_proof(&format!("{ALL}/{of}"), kind, token)
    }

    /// The same, over the bytes of an object, which the archive's store holds.
    ///
    /// # Errors
    /// As [`attach`](Self::attach); a token is to name the object by the digest's own algorithm.
    pub(crate) fn attach_to(
        &self,
        object: Digest,
        kind: &str,
        token: &[u8],
    ) -> Result<PathBuf, CheckpointError> {
        check(kind, token)?;
        #[cfg(feature = "timestamp")]
        if kind == "tsr" {
            let token = crate::archive::timestamp::Token::parse(token);
            let over = token.and_then(|token| token.is_of_digest(object));
            over.map_err(|source| CheckpointError::Token { source })?;
        }
        let _lock = self.lock()?;
        let folder = format!("{STAMPS}/{}", object.algorithm());
        for path in [STAMPS, &folder] {
            self.folder.make_dir(path).map_err(failed("create", &self.folder.locate(path)))?;
        }
        self.keep_proof(&format!("{folder}/{}", object.hex()), kind, token)
    }

    /// The proofs of time kept beside the checkpoints, by the checkpoints' sizes.
    ///
    /// # Errors
    /// When one cannot be read, or is longer than 1 MiB.
    pub fn attached(&self) -> Result<Vec<Attached>, CheckpointError> {
        let read = |(size, file): (u64, String)| {
            let bytes = self.proof(&format!("{ALL}/{file}"))?;
            Ok(Attached { size, file, bytes })
        };
        self.proofs()?.into_iter().map(read).collect()
    }

    /// The files of the proofs over checkpoints, in `checkpoints/`, by the checkpoints' sizes.
    pub(crate) fn proofs(&self) -> Result<Vec<(u64, String)>, CheckpointError> {
        let names = self.names(ALL)?.into_iter();
        Ok(names.filter_map(|(name, _)| Some((size_of(stem_of(&name)?)?, name))).collect())
    }

    /// The files of the proofs over objects, relative to the archive, by the objects' digests.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub fn object_proofs(&self) -> Result<Vec<(Digest, String)>, CheckpointError> {
        let mut proofs = Vec::new();
        for (algorithm, _) in self.names(STAMPS)? {
            let folder = format!("{STAMPS}/{algorithm}");
            for (name, _) in self.names(&folder)? {
                let object = stem_of(&name).and_then(|stem| object_of(&algorithm, stem));
                proofs.extend(object.map(|object| (object, format!("{folder}/{name}"))));
            }
        }
        Ok(proofs)
    }

    /// The bytes of a proof, by its file relative to the archive.
    pub(crate) fn proof(&self, file: &str) -> Result<Vec<u8>, CheckpointError> {
        read_bounded(&self.folder, file).map_err(failed("read", &self.folder.locate(file)))
    }

    /// What lies among notes and proofs and is neither, relative to the archive.
    pub(crate) fn strays(&self) -> Result<Vec<String>, CheckpointError> {
        let is = |kind, name: &str, known: &dyn Fn(&str) -> bool| {
            kind == Kind::File && known(name.strip_suffix(UNFINISHED).unwrap_or(name))
        };
        let mut strays = Vec::new();
        for (name, kind) in self.names(ALL)? {
            let known = |name: &str| {
                name.strip_suffix(NOTE).or_else(|| stem_of(name)).and_then(size_of).is_some()
            };
            if !is(kind, &name, &known) {
                strays.push(format!("{ALL}/{name}"));
            }
        }
        for (algorithm, kind) in self.names(STAMPS)? {
            let folder = format!("{STAMPS}/{algorithm}");
            if kind != Kind::Folder || algorithm.parse::<Algorithm>().is_err() {
                strays.push(folder);
                continue;
            }
            for (name, kind) in self.names(&folder)? {
                let known = |name: &str| {
                    stem_of(name).and_then(|stem| object_of(&algorithm, stem)).is_some()
                };
                if !is(kind, &name, &known) {
                    strays.push(format!("{folder}/{name}"));
                }
            }
        }
        Ok(strays)
    }

    /// The name, without its extension, of the note of this size that a proof is over.
    fn stamped(&self, size: u64, kind: &str, token: &[u8]) -> Result<String, CheckpointError> {
        let mut notes = Vec::new();
        for (name, _) in self.names(ALL)? {
            if let Some(stem) = name.strip_suffix(NOTE)
                && size_of(stem) == Some(size)
            {
                let path = note_file(stem);
                let read = read_bounded(&self.folder, &path);
                let note = read.map_err(failed("read", &self.folder.locate(&path)))?;
                notes.push((stem.to_owned(), note));
            }
        }
        #[cfg(feature = "timestamp")]
        if kind == "tsr" && !notes.is_empty() {
            use crate::archive::timestamp::{TimestampError, Token};
            let is_bad = |source| CheckpointError::Token { source };
            let token = Token::parse(token).map_err(is_bad)?;
            for (stem, note) in notes {
                match token.is_of(&note) {
                    Ok(()) => return Ok(stem),
                    Err(TimestampError::Message) => {}
                    Err(source) => return Err(is_bad(source)),
                }
            }
            return Err(is_bad(TimestampError::Message));
        }
        #[cfg(not(feature = "timestamp"))]
        let _ = (kind, token);
        // What cannot be looked into is over the note that was signed last.
        let latest = self.latest()?.map(|note| note.to_string().into_bytes());
        let stem = notes.into_iter().find(|(_, note)| Some(note) == latest.as_ref());
        stem.map(|(stem, _)| stem).ok_or(CheckpointError::Absent { size })
    }

    fn lock(&self) -> Result<File, CheckpointError> {
        let io = failed("lock", &self.folder.locate(LOCK));
        let lock = self.folder.append(LOCK).map_err(&io)?;
        lock.lock().map_err(&io)?;
        Ok(lock)
    }

    /// Its name has the beginning of its own digest, so that the same proof twice is one.
    fn keep_proof(&self, stem: &str, kind: &str, token: &[u8]) -> Result<PathBuf, CheckpointError> {
        let name = format!("{stem}.{}.{kind}", &Digest::of(token).hex()[..16]);
        if keep(&self.folder, &name, token)? {
            Ok(self.folder.locate(&name))
        } else {
            let taken = io::ErrorKind::AlreadyExists.into();
            Err(failed("write", &self.folder.locate(&name))(taken))
        }
    }
}

/// A proof of time that lies beside a checkpoint, unverified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The checkpoint's size.
    pub size: u64,
    /// The proof's file name, whose extension says what it is: `tsr`, `ots`.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

fn check(kind: &str, token: &[u8]) -> Result<(), CheckpointError> {
    if !KINDS.contains(&kind) {
        return Err(CheckpointError::Kind { found: kind.to_owned() });
    }
    if token.len() > LONGEST {
        return Err(CheckpointError::TooLong { found: token.len() });
    }
    Ok(())
}

/// What a proof of this file name is over, as the name says; `None` for other names, so that a
/// name can say nothing else.
fn stem_of(name: &str) -> Option<&str> {
    let mut parts = name.split('.');
    let (stem, own, kind) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'));
    (parts.next().is_none() && plain(own) && KINDS.contains(&kind)).then_some(stem)
}

fn object_of(algorithm: &str, hex: &str) -> Option<Digest> {
    let object: Digest = format!("{algorithm}:{hex}").parse().ok()?;
    (object.hex() == hex).then_some(object)
}

/// Of proofs over objects: `stamps/<algorithm>/<digest>.<...>.tsr`.
pub(crate) const STAMPS: &str = "stamps";
/// The kinds of proofs, as file name extensions.
const KINDS: [&str; 2] = ["tsr", "ots"];
