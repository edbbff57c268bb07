//! The index of a WACZ file (CDXJ), made again from its WARC files and compared.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek};

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;

use super::container::Container;
use super::{Problem, WaczError};
use crate::archive::warc::{Fault, Limits, Record, Visitor, WarcError, scan};
use crate::digest::{Digest, Hasher};

/// Reads the WARC files and compares what the index says of them. How many records there are is
/// returned.
pub(super) fn check<R: Read + Seek>(
    container: &mut Container<R>,
    limits: &Limits,
    files: &BTreeMap<String, Digest>,
    problems: &mut Vec<Problem>,
) -> Result<u64, WaczError> {
    let mut indexed = read_index(container, files, problems)?;
    let mut records = 0;
    for path in container.warcs() {
        let Some(file) = container.file(&path)? else { continue };
        let name = path.strip_prefix("archive/").unwrap_or(&path).to_owned();
        let file = BufReader::with_capacity(1 << 16, file);
        let pages = Vec::new();
        let mut found = Found { path: path.clone(), pages, problems: &mut *problems };
        match scan(file, *limits, &mut found) {
            Ok(summary) => records += summary.records,
            Err(WarcError::Io(error)) => return Err(WaczError::Io(error)),
            Err(WarcError::Limit { what, limit }) => return Err(WaczError::Limit { what, limit }),
            Err(error) => {
                found.problems.push(Problem::Warc { path, offset: 0, why: error.to_string() });
                continue;
            }
        }
        let pages = found.pages;
        for page in &pages {
            let line = indexed.get_mut(&(name.clone(), page.offset)).and_then(Vec::pop);
            let Some(line) = line else {
                // A whole file that is one member has all its records at one offset.
                let url = page.url.escape_debug();
                problems.push(Problem::Index(format!("nothing leads to {url} in {path}")));
                continue;
            };
            let bare = |digest: &str| digest.rsplit(':').next().unwrap_or_default().to_owned();
            if line.url != page.url {
                let url = line.url.escape_debug();
                problems.push(Problem::Index(format!("{url} leads to another page in {path}")));
            }
            if page.payload.as_deref().is_some_and(|found| {
                line.digest.as_deref().is_some_and(|said| bare(said) != bare(found))
            }) {
                let url = line.url.escape_debug();
                problems.push(Problem::Index(format!("{url} has another digest in {path}")));
            }
        }
    }
    for ((file, offset), lines) in indexed {
        for line in lines {
            let url = line.url.escape_debug();
            let file = file.escape_debug();
            let why = format!("{url} leads to byte {offset} of {file}, where no page begins");
            problems.push(Problem::Index(why));
        }
    }
    Ok(records)
}

type Indexed = BTreeMap<(String, u64), Vec<Line>>;

/// What a line of the index says, after the key and time that it is sorted by.
#[derive(Deserialize)]
struct Line {
    url: String,
    filename: String,
    offset: Number,
    #[serde(default)]
    length: Option<Number>,
    #[serde(default)]
    digest: Option<String>,
    #[serde(default, rename = "recordDigest")]
    record: Option<String>,
}

/// A number, which some writers put in quotes.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
struct Number(u64);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u64),
    Text(String),
}

impl TryFrom<Written> for Number {
    type Error = std::num::ParseIntError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written {
            Written::Number(number) => Ok(Self(number)),
            Written::Text(text) => text.parse().map(Self),
        }
    }
}

fn read_index<R: Read + Seek>(
    container: &mut Container<R>,
    files: &BTreeMap<String, Digest>,
    problems: &mut Vec<Problem>,
) -> Result<Indexed, WaczError> {
    let mut indexed = Indexed::new();
    let is_index = |path: &&String| {
        path.starts_with("indexes/")
            && [".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz"].iter().any(|end| path.ends_with(end))
    };
    // No more can be of use than the whole file has bytes, a few hundred times over.
    let most = container.length().saturating_mul(300).max(1 << 20);
    let paths: Vec<String> = files.keys().filter(is_index).cloned().collect();
    if paths.is_empty() {
        problems.push(Problem::Index("there is none".to_owned()));
    }
    for path in paths {
        let Some(file) = container.file(&path)? else { continue };
        let file = BufReader::with_capacity(1 << 16, file);
        let compressed = path.rsplit('.').next() == Some("gz");
        let lines: Box<dyn Read + '_> =
            if compressed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut lines = BufReader::new(lines.take(most));
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            match (&mut lines).take(LONGEST).read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    let why = error.to_string();
                    problems.push(Problem::Unreadable { path: path.clone(), why });
                    break;
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            if text.starts_with('!') || text.trim().is_empty() {
                continue;
            }
            let json = text.find('{').map_or("", |at| &text[at..]);
            match serde_json::from_str::<Line>(json) {
                Ok(line) => {
                    indexed.entry((line.filename.clone(), line.offset.0)).or_default().push(line);
                }
                Err(error) => {
                    problems.push(Problem::Index(format!("{}: {error}", path.escape_debug())));
                    break;
                }
            }
        }
    }
    check_records(container, &indexed, problems)?;
    Ok(indexed)
}

/// Compares the digests of whole records that the index declares.
fn check_records<R: Read + Seek>(
    container: &mut Container<R>,
    indexed: &Indexed,
    problems: &mut Vec<Problem>,
) -> Result<(), WaczError> {
    for path in container.warcs() {
        let name = path.strip_prefix("archive/").unwrap_or(&path).to_owned();
        let Some(mut file) = container.file(&path)? else { continue };
        let mut position = 0;
        // Sorted by offset, so that one reading of the file is enough.
        for ((_, offset), lines) in indexed.range((name.clone(), 0)..=(name.clone(), u64::MAX)) {
            for line in lines {
                let (Some(length), Some(said)) = (line.length, &line.record) else { continue };
                let wrong = |why: &str| {
                    let url = line.url.escape_debug();
                    Problem::Index(format!("the record of {url} {why}"))
                };
                let Ok(said) = said.parse::<Digest>() else {
                    problems.push(wrong("has a digest that proves nothing"));
                    continue;
                };
                if *offset < position {
                    problems.push(wrong("lies over another"));
                    continue;
                }
                let skipped = io::copy(&mut (&mut file).take(offset - position), &mut io::sink());
                let mut hasher = Hasher::new(said.algorithm());
                let mut record = (&mut file).take(length.0);
                let mut buffer = vec![0; 1 << 16];
                let read = skipped.and_then(|_| {
                    loop {
                        match record.read(&mut buffer)? {
                            0 => return Ok(()),
                            read => hasher.update(&buffer[..read]),
                        }
                    }
                });
                if read.is_err() || hasher.finish() != said {
                    problems.push(wrong("is not what its digest says"));
                }
                position = offset.saturating_add(length.0);
            }
        }
    }
    Ok(())
}

struct Page {
    offset: u64,
    url: String,
    payload: Option<String>,
}

struct Found<'a> {
    path: String,
    pages: Vec<Page>,
    problems: &'a mut Vec<Problem>,
}

impl Visitor for Found<'_> {
    fn record(&mut self, record: Record) -> io::Result<()> {
        for fault in &record.faults {
            let (path, why) = (self.path.clone(), fault.to_string());
            self.problems.push(Problem::Warc { path, offset: record.offset, why });
        }
        if matches!(record.header.kind(), "response" | "resource" | "revisit") {
            self.pages.push(Page {
                offset: record.offset,
                url: record.header.get("WARC-Target-URI").unwrap_or_default().to_owned(),
                payload: record.header.get("WARC-Payload-Digest").map(str::to_owned),
            });
        }
        Ok(())
    }

    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        let (path, why) = (self.path.clone(), fault.to_string());
        let offset = fault.place().unwrap_or_default();
        self.problems.push(Problem::Warc { path, offset, why });
        Ok(())
    }
}

/// The longest line of an index that is read, in bytes.
const LONGEST: u64 = 1 << 20;
