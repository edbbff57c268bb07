//! Captures out of WARC and WACZ files.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};

use thiserror::Error;

use super::capture::{Capture, Within};
use super::store::{Store, StoreError, Stored};
use super::text::{self, Text};
use super::wacz::{self, Package, WaczError};
use super::warc::{self, Fault, Header, HttpHead, Limits, Record, Visitor, WarcError};
use crate::digest::{Algorithm, Digest};
use crate::moment::Moment;

/// Keeps the payload of every response and resource in a WARC file that the store holds.
///
/// The file itself stays as it is: each capture names it, the record's place in it and the
/// digest of the record's header, so that address and time are covered too.
///
/// # Errors
/// When the container is no WARC file, is beyond a limit, cannot be read, or `each` fails.
pub fn import_warc(
    store: &dyn Store,
    container: Digest,
    limits: Limits,
    each: &mut dyn FnMut(Imported) -> io::Result<()>,
) -> Result<warc::Summary, ImportError> {
    import_warc_before(store, container, None, limits, each)
}

/// The same, of a file in which nothing is believed that was captured later than this.
pub(super) fn import_warc_before(
    store: &dyn Store,
    container: Digest,
    now: Option<Moment>,
    limits: Limits,
    each: &mut dyn FnMut(Imported) -> io::Result<()>,
) -> Result<warc::Summary, ImportError> {
    let bytes = BufReader::with_capacity(1 << 16, store.open(container)?);
    let seen = HashMap::new();
    let importer = Importer { store, container, file: None, now, kept: None, seen, each };
    importer.scan(bytes, limits)
}

/// Keeps the payload of every response and resource in the WARC files of a WACZ file, after the
/// package has been checked.
///
/// `container` is the same file, in the store: what is read is compared with it. `now` is the time
/// that nothing in it may be later than.
///
/// # Errors
/// When anything about the package is wrong ([`ImportError::Refused`]), when it is beyond a limit
/// or cannot be read, or `each` fails.
pub fn import_wacz<R: Read + io::Seek>(
    store: &dyn Store,
    mut file: R,
    container: Digest,
    now: Moment,
    limits: Limits,
    each: &mut dyn FnMut(Imported) -> io::Result<()>,
) -> Result<(warc::Summary, wacz::Report), ImportError> {
    file.rewind().map_err(WaczError::Io)?;
    let found = Digest::of_reader(container.algorithm(), &mut file).map_err(WaczError::Io)?;
    if found != container {
        return Err(StoreError::Mismatch { expected: container, found }.into());
    }
    let mut package = Package::open(file, limits)?;
    let report = package.verify(now)?;
    if !report.problems.is_empty() {
        return Err(ImportError::Refused { problems: report.problems });
    }
    let mut total = warc::Summary { records: 0, faults: 0, compressed: false };
    for path in package.warcs() {
        let bytes = BufReader::with_capacity(1 << 16, package.file(&path)?);
        let (file, now, seen) = (Some(path), Some(now), HashMap::new());
        let importer = Importer { store, container, file, now, kept: None, seen, each };
        let summary = importer.scan(bytes, limits)?;
        total.records += summary.records;
        total.faults += summary.faults;
        total.compressed |= summary.compressed;
    }
    Ok((total, report))
}

/// One record of a file that is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// Where the record begins, in bytes of its file.
    pub offset: u64,
    /// The kind of record: `response`, `resource`, `request`...
    pub kind: String,
    /// The capture, when it is one that can be recorded.
    pub capture: Option<Capture>,
    /// What is wrong with the record.
    pub faults: Vec<Flaw>,
}

/// What is wrong with a record that is imported.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Flaw {
    /// The file is damaged, or a digest does not agree.
    #[error("{0}")]
    Warc(Fault),
    /// The record does not say from where or when it is, so that nothing is captured.
    #[error("expected {field}, found `{}`", found.escape_debug())]
    Lacking {
        /// `WARC-Target-URI` or `WARC-Date`.
        field: &'static str,
        /// What stands there.
        found: String,
    },
    /// The record says that bytes came again that are not in this file.
    #[error("came again, and its bytes are not in this file: {}", payload.escape_debug())]
    Elsewhere {
        /// The digest that it declares for them.
        payload: String,
    },
    /// The record says that it was captured later than now.
    #[error("expected a WARC-Date that is not later than {now}, found {found}")]
    Later {
        /// The time that it says.
        found: Moment,
        /// The caller's time.
        now: Moment,
    },
    /// The record says more than an entry of the ledger holds, so that no capture is recorded.
    #[error("expected an entry of at most {limit} bytes, found {found}")]
    TooLong {
        /// The entry's length, in bytes.
        found: usize,
        /// The most that there may be.
        limit: usize,
    },
}

/// A file that cannot be imported.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The WACZ file is not what it says it is. Nothing was imported.
    #[error("the package does not verify: {}", list(problems))]
    Refused {
        /// What is wrong with it.
        problems: Vec<wacz::Problem>,
    },
    /// A WARC file cannot be read.
    #[error(transparent)]
    Warc(#[from] WarcError),
    /// The WACZ file cannot be read.
    #[error(transparent)]
    Wacz(#[from] WaczError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn list(problems: &[wacz::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What was kept of a payload: its object, and its text's digest.
type Kept = (Stored, Option<Digest>);

struct Importer<'a> {
    store: &'a dyn Store,
    container: Digest,
    file: Option<String>,
    now: Option<Moment>,
    kept: Option<Kept>,
    /// What was kept of the payloads that are declared in this file.
    seen: HashMap<String, Kept>,
    each: &'a mut dyn FnMut(Imported) -> io::Result<()>,
}

impl Visitor for Importer<'_> {
    fn payload(
        &mut self,
        header: &Header,
        http: Option<&HttpHead>,
        payload: &mut dyn Read,
    ) -> io::Result<()> {
        self.kept = None;
        if matches!(header.kind(), "response" | "resource") {
            let media_type = media_type(header, http).unwrap_or_default();
            let mut read = Vec::new();
            let kept = if text::is_read(media_type) {
                let mut copied = Copied { bytes: payload, to: &mut read };
                self.store.put(Algorithm::Sha256, &mut copied)
            } else {
                self.store.put(Algorithm::Sha256, payload)
            };
            let kept = kept.map_err(io::Error::other)?;
            let coding = http.and_then(|http| http.get("Content-Encoding")).unwrap_or_default();
            let text = Text::of_coded(&read, media_type, coding);
            self.kept = Some((kept, text.ok().map(|text| text.digest())));
        }
        Ok(())
    }

    fn record(&mut self, record: Record) -> io::Result<()> {
        let mut flaws: Vec<Flaw> = record.faults.iter().cloned().map(Flaw::Warc).collect();
        let capture = self.capture(&record, &mut flaws);
        (self.each)(Imported {
            offset: record.offset,
            kind: record.header.kind().to_owned(),
            capture,
            faults: flaws,
        })
    }

    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        (self.each)(Imported {
            offset: fault.place().unwrap_or_default(),
            kind: String::new(),
            capture: None,
            faults: vec![Flaw::Warc(fault)],
        })
    }
}

impl Importer<'_> {
    fn scan(mut self, bytes: impl BufRead, limits: Limits) -> Result<warc::Summary, ImportError> {
        Ok(warc::scan(bytes, limits, &mut self)?)
    }

    fn capture(&mut self, record: &Record, flaws: &mut Vec<Flaw>) -> Option<Capture> {
        let header = &record.header;
        let payload = header.get("WARC-Payload-Digest");
        let ((kept, text), revisit) = match header.kind() {
            "response" | "resource" => {
                let kept = self.kept.take()?;
                if let (Some(payload), true) = (payload, record.faults.is_empty()) {
                    self.seen.insert(payload.to_owned(), kept);
                }
                (kept, None)
            }
            "revisit" => {
                let payload = payload.unwrap_or_default();
                let Some(kept) = self.seen.get(payload) else {
                    flaws.push(Flaw::Elsewhere { payload: payload.to_owned() });
                    return None;
                };
                (*kept, Some(header.get("WARC-Record-ID").unwrap_or_default().to_owned()))
            }
            _ => return None,
        };
        let lacking = |field| {
            let found = header.get(field).unwrap_or_default().to_owned();
            Flaw::Lacking { field, found }
        };
        let url = header.get("WARC-Target-URI").unwrap_or_default();
        // Early writers put the address in angle brackets, as the grammar of WARC 1.0 has it.
        let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
        if url.is_empty() {
            flaws.push(lacking("WARC-Target-URI"));
            return None;
        }
        let Ok(retrieved) = header.get("WARC-Date").unwrap_or_default().parse::<Moment>() else {
            flaws.push(lacking("WARC-Date"));
            return None;
        };
        if let Some(now) = self.now.filter(|now| retrieved.is_after(*now)) {
            flaws.push(Flaw::Later { found: retrieved, now });
        }
        let media_type = media_type(header, record.http.as_ref());
        Some(Capture {
            faults: flaws.iter().map(ToString::to_string).collect(),
            head: record.http.as_ref().map(|http| Digest::of(&http.raw)),
            media_type: media_type.map(str::to_owned),
            record: Some(Digest::of(&header.raw)),
            revisit,
            status: record.http.as_ref().and_then(|http| http.status),
            text,
            text_rule: text.map(|_| text::RULE.to_owned()),
            truncated: header.get("WARC-Truncated").map(str::to_owned),
            within: Some(Within {
                container: self.container,
                file: self.file.clone(),
                offset: record.offset,
            }),
            ..Capture::new(url, retrieved, kept.digest, kept.length)
        })
    }
}

/// What the answer says it is.
fn media_type<'a>(header: &'a Header, http: Option<&'a HttpHead>) -> Option<&'a str> {
    match http {
        Some(http) => http.get("Content-Type"),
        None => header.get("Content-Type"),
    }
}

/// A reader whose beginning is kept: one byte more than is read for a text, to know that it is too
/// long.
struct Copied<'a> {
    bytes: &'a mut dyn Read,
    to: &'a mut Vec<u8>,
}

impl Read for Copied<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let room = (text::LONGEST + 1).saturating_sub(self.to.len());
        self.to.extend(&buffer[..read.min(room)]);
        Ok(read)
    }
}
