//! The ZIP file around a WACZ: nothing in it twice, hidden, or elsewhere.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use icu_normalizer::ComposingNormalizerBorrowed;
use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::{Problem, WaczError};
use crate::archive::warc::Limits;

pub(super) struct Container<R> {
    zip: ZipArchive<R>,
    length: u64,
    /// The directory of the files, and what follows it, to the end.
    directory: Vec<u8>,
}

impl<R: Read + Seek> Container<R> {
    pub(super) fn open(mut file: R, limits: &Limits) -> Result<Self, WaczError> {
        let length = file.seek(SeekFrom::End(0)).map_err(WaczError::Io)?;
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let open = |file| {
            ZipArchive::with_config(config, file).map_err(|error| match error {
                ZipError::Io(error) => WaczError::Io(error),
                error => WaczError::NotZip { why: error.to_string() },
            })
        };
        let zip = open(file)?;
        if zip.len() as u64 > MOST_FILES {
            return Err(WaczError::Limit { what: "files", limit: MOST_FILES });
        }
        let from = zip.central_directory_start();
        if length.saturating_sub(from) > LONGEST_DIRECTORY {
            let (what, limit) = ("bytes of its directory", LONGEST_DIRECTORY);
            return Err(WaczError::Limit { what, limit });
        }
        let mut file = zip.into_inner();
        let mut directory = Vec::new();
        file.seek(SeekFrom::Start(from)).map_err(WaczError::Io)?;
        file.read_to_end(&mut directory).map_err(WaczError::Io)?;
        let zip = open(file)?;
        let mut container = Self { zip, length, directory };
        container.check_limits(limits)?;
        Ok(container)
    }

    /// What is wrong with the ZIP file itself.
    pub(super) fn check(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut wrong = |why: String| problems.push(Problem::Container(why));
        if !is_closed(&self.directory, self.zip.len()) {
            wrong("its directory and end are not all that follows its files".to_owned());
        }
        if self.zip.has_duplicate_names() {
            wrong("a name is there twice".to_owned());
        }
        if let Err(error) = self.zip.validate_header_consistency() {
            wrong(format!("its directory and its files' own headers differ: {error}"));
        }
        if self.zip.has_overlapping_entries().unwrap_or(true) {
            wrong("its files lie over each other".to_owned());
        }
        let mut places = Vec::new();
        let mut folded = BTreeSet::new();
        for index in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_raw(index) else {
                problems.push(Problem::Container(format!("file {index} cannot be read")));
                continue;
            };
            let path = match entry.name() {
                Ok(name) if name.as_bytes() == entry.name_raw() => name.into_owned(),
                _ => String::from_utf8_lossy(entry.name_raw()).into_owned(),
            };
            if !is_safe(&path) || path.as_bytes() != entry.name_raw() {
                problems.push(Problem::Name { path: path.clone() });
            }
            if entry.is_symlink() || entry.is_dir() || entry.encrypted() {
                let why = format!("{} is no plain file", path.escape_debug());
                problems.push(Problem::Container(why));
            }
            let stored = entry.compression() == CompressionMethod::Stored;
            if is_warc(&path) && !stored {
                let why = format!("{} is compressed, and should be stored", path.escape_debug());
                problems.push(Problem::Container(why));
            }
            if !folded.insert(folded_name(&path)) {
                problems.push(Problem::Twice { path });
            }
            let start = entry.data_start().unwrap_or_default();
            places.push((entry.header_start(), start.saturating_add(entry.compressed_size())));
        }
        places.sort_unstable();
        let mut expected = 0;
        places.push((self.zip.central_directory_start(), 0));
        for (start, end) in places {
            // After a file's data may stand what it could not say before it: 12 to 24 bytes.
            if start < expected || !matches!(start - expected, 0 | 12 | 16 | 20 | 24) {
                let why = format!("bytes {expected} to {start} belong to no file");
                problems.push(Problem::Container(why));
            }
            expected = end;
        }
        problems
    }

    /// A file of this path; `None` when there is none.
    pub(super) fn file(&mut self, path: &str) -> Result<Option<impl Read + '_>, WaczError> {
        match self.zip.by_name(path) {
            Ok(file) => Ok(Some(file)),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(ZipError::Io(error)) => Err(WaczError::Io(error)),
            Err(error) => {
                let error = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
                Err(WaczError::Io(error))
            }
        }
    }

    /// A whole file, of at most 16 MiB.
    pub(super) fn small_file(&mut self, path: &str) -> Result<Option<Vec<u8>>, WaczError> {
        let Some(file) = self.file(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(SMALL + 1).read_to_end(&mut bytes).map_err(WaczError::Io)?;
        if bytes.len() as u64 > SMALL {
            return Err(WaczError::Limit { what: "bytes of a small file", limit: SMALL });
        }
        Ok(Some(bytes))
    }

    pub(super) fn paths(&self) -> BTreeSet<String> {
        let lossy = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        self.zip.file_names_raw().map(lossy).collect()
    }

    /// The files that are neither listed nor the manifest and its digest.
    pub(super) fn unlisted<'a>(&self, listed: impl Iterator<Item = &'a str>) -> Vec<String> {
        let listed: BTreeSet<&str> = listed.chain([MANIFEST, MANIFEST_DIGEST]).collect();
        self.paths().into_iter().filter(|path| !listed.contains(path.as_str())).collect()
    }

    pub(super) fn warcs(&self) -> Vec<String> {
        self.paths().into_iter().filter(|path| is_warc(path)).collect()
    }

    /// The size of the whole file, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    fn check_limits(&mut self, limits: &Limits) -> Result<(), WaczError> {
        let mut total = 0_u64;
        for index in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_raw(index) else { continue };
            total = total.saturating_add(entry.size());
            let ratio = entry.size() / entry.compressed_size().max(1);
            if entry.size() > 64 << 20 && ratio > limits.ratio {
                let (what, limit) = ("times a file's own size", limits.ratio);
                return Err(WaczError::Limit { what, limit });
            }
        }
        if total > limits.total {
            return Err(WaczError::Limit { what: "decompressed bytes", limit: limits.total });
        }
        Ok(())
    }
}

impl<R> fmt::Debug for Container<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Container").field("length", &self.length).finish_non_exhaustive()
    }
}

/// Whether these bytes are a directory of so many files and the end of a ZIP file, and nothing
/// else (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).
fn is_closed(directory: &[u8], files: usize) -> bool {
    let mut rest = directory;
    for _ in 0..files {
        let Some((header, more)) = rest.split_first_chunk::<46>() else { return false };
        let length = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        // Name, extra field and comment; and the disk is the first, as there is one.
        let more = more.get(length(28) + length(30) + length(32)..);
        let (Some(more), b"PK\x01\x02", 0) = (more, &header[..4], length(34)) else { return false };
        rest = more;
    }
    if let Some(more) = rest.strip_prefix(b"PK\x06\x06") {
        // The larger end of a large file, and what leads to it.
        match more.get(52..).and_then(|more| more.strip_prefix(b"PK\x06\x07")) {
            Some(more) if more.len() > 16 => rest = &more[16..],
            _ => return false,
        }
    }
    rest.len() == 22 && rest.starts_with(b"PK\x05\x06\0\0\0\0") && rest.ends_with(&[0, 0])
}

/// The name by which file systems know a file that take letters of either case, or the forms of
/// Unicode, for one.
fn folded_name(path: &str) -> String {
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    let folded = nfc.normalize(path).to_lowercase();
    nfc.normalize(&folded).into_owned()
}

/// A path that means the same file, inside, to every program that may unpack it.
fn is_safe(path: &str) -> bool {
    let part = |part: &str| {
        // Windows' devices have these names with any extension.
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
        let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
        let numbered = port.is_some_and(|number| {
            let mut digits = number.chars();
            let digit = |one: char| one.is_ascii_digit() || "¹²³".contains(one);
            digits.next().is_some_and(digit) && digits.next().is_none()
        });
        let reserved = numbered
            || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$");
        !part.is_empty() && !reserved && !part.ends_with(['.', ' '])
    };
    let bad = |character: char| character.is_control() || "\\:*?\"<>|".contains(character);
    !path.is_empty() && !path.contains(bad) && path.split('/').all(part)
}

#[allow(clippy::case_sensitive_file_extension_comparisons)] // the specification names them so
fn is_warc(path: &str) -> bool {
    path.starts_with("archive/") && (path.ends_with(".warc") || path.ends_with(".warc.gz"))
}

pub(super) const MANIFEST: &str = "datapackage.json";
pub(super) const MANIFEST_DIGEST: &str = "datapackage-digest.json";
const LONGEST_DIRECTORY: u64 = 64 << 20;
const MOST_FILES: u64 = 100_000;
const SMALL: u64 = 16 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_could_lead_elsewhere_is_not_safe() {
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../x",
            "a//x",
            "./x",
            "C:/x",
            "a\\x",
            "a\0x",
            "CON",
            "archive/nul.txt",
            "NUL .txt",
            "lpt1",
            "com².log",
            "conin$",
            "x.",
            "x ",
            "\u{7}",
            "\\\\host\\x",
        ] {
            assert!(!is_safe(bad), "{bad:?}");
        }
        for good in [
            "archive/data.warc.gz",
            "pages/pages.jsonl",
            "é.txt",
            "console.log",
            "com.log",
            "com12",
        ] {
            assert!(is_safe(good), "{good}");
        }
    }

    #[test]
    fn names_that_a_file_system_may_take_for_one_are_one() {
        for (one, other) in [
            ("é.warc", "e\u{301}.warc"),
            ("É.warc", "e\u{301}.warc"),
            ("\u{212b}.warc", "a\u{30a}.warc"), // the sign of the ångström
            ("\u{130}.warc", "i\u{307}.warc"),
            ("a\u{323}\u{302}.warc", "a\u{302}\u{323}.warc"),
        ] {
            assert_eq!(folded_name(one), folded_name(other), "{one} {other}");
        }
        assert_ne!(folded_name("é"), folded_name("e"));
    }
}
