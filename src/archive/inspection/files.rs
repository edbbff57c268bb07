//! What lies in an archive's folder beside the objects, the ledger and the notes.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader, Read as _};

use super::{InspectError, Problem, failed};
use crate::archive::checkpoint::{ALL, LATEST, STAMPS};
use crate::archive::confined::{Confined, Kind, UNFINISHED};
use crate::archive::folder::{FORMAT, FORMAT_FILE, SUMS_FILE};
use crate::archive::ledger::{self, LOCK, Ledger};
use crate::archive::store::{FolderStore, Store as _};
use crate::digest::{Algorithm, Digest};

pub(super) struct Files<'a> {
    pub(super) folder: &'a Confined,
    pub(super) store: &'a FolderStore,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Files<'_> {
    /// Looks at each. `latest` is how many entries the latest note claims.
    pub(super) fn look(
        &mut self,
        ledger: Option<&Ledger>,
        latest: Option<u64>,
    ) -> Result<(), InspectError> {
        let listed = self.folder.names(".");
        let names = listed.map_err(|source| failed(&self.folder.locate(""), source))?;
        let strays = names.into_iter().filter(|(name, kind)| !is_known(name, *kind));
        self.problems.extend(strays.map(|(name, _)| Problem::Stray(name)));
        self.format();
        self.sums(ledger, latest)
    }

    fn format(&mut self) {
        let mut text = Vec::new();
        let read = self.folder.read(FORMAT_FILE);
        let read = read.and_then(|file| file.take(LONGEST).read_to_end(&mut text));
        let why = match read {
            Err(error) => reason(&error),
            Ok(_) if text == FORMAT.as_bytes() => return,
            Ok(_) if EARLIER.contains(&Digest::of(&text).hex().as_str()) => return,
            Ok(_) => "is not as any version of this library writes it".to_owned(),
        };
        self.problems.push(Problem::File { file: FORMAT_FILE, why });
    }

    /// Whether each line is true, and each object listed that the latest note covers.
    fn sums(&mut self, ledger: Option<&Ledger>, latest: Option<u64>) -> Result<(), InspectError> {
        let file = match self.folder.read(SUMS_FILE) {
            Ok(file) => file,
            // It comes with the first note.
            Err(error) if error.kind() == io::ErrorKind::NotFound && latest.is_none() => {
                return Ok(());
            }
            Err(error) => {
                self.problems.push(Problem::File { file: SUMS_FILE, why: reason(&error) });
                return Ok(());
            }
        };
        let mut listed: BTreeSet<Digest> = BTreeSet::new();
        let mut file = BufReader::new(file);
        let mut line = Vec::new();
        let mut why = None;
        for number in 1_u64.. {
            line.clear();
            let read = file.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            if let Err(error) = &read {
                why = Some(reason(error));
            }
            if !matches!(read, Ok(1..)) {
                break;
            }
            match sum(&line) {
                Some(digest) if listed.last() < Some(&digest) => {
                    if !self.is_there(digest, ledger)? {
                        why = Some(format!("line {number} lists {digest}, which is not there"));
                    }
                    listed.insert(digest);
                }
                _ => why = Some(format!("line {number} is not as `sha256sum` needs it")),
            }
            if why.is_some() {
                break;
            }
        }
        if why.is_none()
            && let (Some(ledger), Some(size)) = (ledger, latest)
        {
            let missing = covered(ledger, size)?.into_iter().find(|one| !listed.contains(one));
            why = missing.map(|digest| format!("does not list {digest}"));
        }
        self.problems.extend(why.map(|why| Problem::File { file: SUMS_FILE, why }));
        Ok(())
    }

    /// Whether an object is in the store, or in the ledger, which says what became of it.
    fn is_there(&self, digest: Digest, ledger: Option<&Ledger>) -> Result<bool, InspectError> {
        let named = |ledger: &Ledger| ledger.registry().objects.contains_key(&digest);
        Ok(ledger.is_none_or(named) || self.store.length(digest)?.is_some())
    }
}

/// The objects that the first entries, this many, name and no entry has erased since.
fn covered(ledger: &Ledger, size: u64) -> Result<BTreeSet<Digest>, InspectError> {
    let mut objects = ledger.registry().expected_objects();
    if size < ledger.size() {
        let then = ledger.as_of_size(size)?;
        objects.retain(|digest| then.objects.contains_key(digest));
    }
    objects.retain(|digest| digest.algorithm() == Algorithm::Sha256);
    Ok(objects)
}

/// The object that a line lists under its own digest.
fn sum(line: &[u8]) -> Option<Digest> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (hex, path) = line.split_once("  ")?;
    let digest: Digest = format!("{}:{hex}", Algorithm::Sha256).parse().ok()?;
    (digest.hex() == hex && path == FolderStore::path_of(digest)).then_some(digest)
}

fn is_known(name: &str, kind: Kind) -> bool {
    let file = name.strip_suffix(UNFINISHED).unwrap_or(name);
    match kind {
        Kind::Folder => ["objects", "temporary", ALL, STAMPS].contains(&name),
        Kind::File => {
            [ledger::FILE, LOCK, LATEST, SUMS_FILE, FORMAT_FILE].contains(&file)
                || is_torn_end(name)
        }
        Kind::Neither => false,
    }
}

/// Whether it is what a crash left after the last whole line.
fn is_torn_end(name: &str) -> bool {
    let numbers = name.strip_prefix(ledger::FILE).and_then(|rest| rest.strip_prefix(".torn-"));
    numbers.and_then(|numbers| numbers.split_once('-')).is_some_and(|(offset, count)| {
        offset.parse::<u64>().is_ok() && count.parse::<u64>().is_ok()
    })
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is missing".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// More than a line of sums, or the text of the format, ever is.
const LONGEST: u64 = 1 << 16;
/// The digests of what earlier versions wrote as `FORMAT.txt`.
const EARLIER: [&str; 1] = ["3cf7c90a1b2a966f60a13be09216cdfbce6a0315a133b173c0a710ca24b854ae"];
