//! What is signed, and what travels with a signature.

use std::error::Error;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{self, Component, Path, PathBuf};

use probative::archive::ledger::Ledger;
use probative::archive::note::SigningKey;
use probative::archive::{Archive, ArchiveError};
use probative::digest::Digest;
use probative::moment::Moment;
use serde_json::json;

use crate::failure::{self, at};
use crate::recording::opened;
use crate::show::Output;
use crate::{Outcome, Verdict, open};

pub(crate) fn init(
    archive: &Path,
    origin: &str,
    key: &Path,
    now: Moment,
    by: String,
    output: &mut Output,
) -> Outcome {
    if resolved(key)?.starts_with(resolved(archive)?) {
        let (key, archive) = (key.display(), archive.display());
        return Err(format!("{key}: expected a key outside of the archive {archive}").into());
    }
    if key.exists() {
        let verifier = SigningKey::read(key)?.verifier();
        if verifier.name() != origin {
            let (key, found) = (key.display(), verifier.name());
            let why = format!("{key}: expected a key named `{origin}`, found one named `{found}`");
            return Err(why.into());
        }
    }
    // No key is left behind when there can be no archive.
    fs::create_dir_all(archive).map_err(|error| at(archive, &error))?;
    if let Ok(ledger) = Ledger::read(archive) {
        let (archive, origin) = (archive.display(), &ledger.registry().origin);
        return Err(format!("there is a ledger already in {archive}: `{origin}`").into());
    }
    let key = SigningKey::read_or_new(key, origin)?;
    let begun = Archive::create(archive, origin, now, by)?;
    let verifier = key.verifier().to_string();
    output.give(
        &json!({"archive": archive.display().to_string(), "origin": origin,
                "verifier": verifier, "size": begun.ledger().size()}),
        &format!("begun {origin}\npublic key: {verifier}"),
    )?;
    Ok(Verdict::Holds)
}

/// The path without links and dots, as far as there is such a file.
fn resolved(path: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let absolute = path::absolute(path).map_err(|error| at(path, &error))?;
    for there in absolute.ancestors() {
        if let Ok(mut real) = there.canonicalize() {
            // What is not there yet has no links.
            for part in absolute.strip_prefix(there)?.components() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    part => real.push(part),
                }
            }
            return Ok(real);
        }
    }
    Ok(absolute)
}

pub(crate) fn checkpoint(
    archive: &Path,
    key: Option<&Path>,
    attach: &[PathBuf],
    output: &mut Output,
) -> Outcome {
    let mut archive = match key {
        Some(_) => opened(archive, output)?,
        None => Archive::read(archive)?,
    };
    if let Some(key) = key {
        archive.checkpoint(key)?;
    }
    let (state, note) = archive.latest().map_err(|error| match error {
        ArchiveError::Unsigned => "nothing was signed yet: --key FILE".into(),
        error => Box::<dyn Error>::from(error),
    })?;
    let (checkpoints, size) = (archive.checkpoints(), state.size);
    let keep = |kind: &str, bytes: &[u8]| Ok(checkpoints.attach(size, kind, bytes)?);
    let Some(attached) = attached(attach, &keep, output)? else { return Ok(Verdict::Fails) };
    output.give(
        &json!({"origin": state.origin, "size": state.size, "root": state.root.to_string(),
                "note": note.to_string(), "attached": attached}),
        &note.to_string(),
    )?;
    Ok(Verdict::Holds)
}

pub(crate) fn stamp(
    archive: &Path,
    object: Digest,
    proofs: &[PathBuf],
    output: &mut Output,
) -> Outcome {
    let archive = Archive::read(archive)?;
    let keep = |kind: &str, bytes: &[u8]| archive.stamp(object, kind, bytes);
    let Some(attached) = attached(proofs, &keep, output)? else { return Ok(Verdict::Fails) };
    output.say(&json!({"object": object, "attached": attached}), &attached)?;
    Ok(Verdict::Holds)
}

/// Keeps a proof of a kind; tells where.
type Keeping<'a> = &'a dyn Fn(&str, &[u8]) -> Result<PathBuf, ArchiveError>;

/// Where proofs of time were kept; `None` when one does not verify, which has been said.
fn attached(
    files: &[PathBuf],
    keep: Keeping<'_>,
    output: &mut Output,
) -> Result<Option<Vec<String>>, Box<dyn Error>> {
    let mut attached = Vec::new();
    for file in files {
        let kind = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let mut bytes = Vec::new();
        // One more than is kept, to be refused.
        let read = open(file)?.take((1 << 20) + 1).read_to_end(&mut bytes);
        read.map_err(|error| at(file, &error))?;
        match keep(&kind, &bytes) {
            Ok(path) => attached.push(path.display().to_string()),
            Err(error) if failure::is_of_verifying(&error) => {
                output.error(&*at(file, &error));
                return Ok(None);
            }
            Err(error) => return Err(at(file, &error)),
        }
    }
    Ok(Some(attached))
}

pub(crate) fn prove(
    archive: &Path,
    index: u64,
    out: Option<&Path>,
    output: &mut Output,
) -> Outcome {
    let archive = Archive::read(archive)?;
    let proof = archive.prove(index)?;
    let size = archive.latest()?.0.size;
    let proof = proof.to_string();
    if let Some(path) = out {
        write_new(path, proof.as_bytes()).map_err(|error| at(path, &error))?;
    }
    output.give(&json!({"index": index, "size": size, "proof": proof}), &proof)?;
    Ok(Verdict::Holds)
}

/// Writes a file that is not there yet: whole, or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    {
        // A proof is for others.
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map(|_| ()).map_err(|error| error.error)
}
