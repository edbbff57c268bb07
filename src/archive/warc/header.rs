//! The heads of WARC records and of HTTP messages.

use std::fmt;
use std::io::{self, BufRead};

use super::body::Body;
use super::source::Source;
use super::{Fault, Limits};

/// The header of a WARC record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// The header as it stands in the file, from the version to the empty line.
    pub raw: Vec<u8>,
    /// The fields in their order, repeated ones too. What is not UTF-8 is replaced; see `raw`.
    pub fields: Vec<(String, String)>,
    /// The length of the block, in bytes.
    pub length: u64,
    pub(super) bare_line_feed: bool,
}

impl Header {
    /// The value of the first field of this name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// The kind of record: `response`, `resource`, `revisit`...
    pub fn kind(&self) -> &str {
        self.get("WARC-Type").unwrap_or_default()
    }

    /// The fields that must stand once and do not.
    pub(super) fn repeated(&self) -> impl Iterator<Item = Fault> + '_ {
        ONCE.iter().filter_map(|field| {
            let named = self.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field));
            let mut values = named.map(|(_, value)| value);
            let (first, second) = (values.next()?, values.next()?);
            let other = values.find(|value| *value != first).filter(|_| second == first);
            let other = other.unwrap_or(second).clone();
            Some(Fault::Repeated { field, first: first.clone(), other })
        })
    }

    pub(super) fn is_http(&self) -> bool {
        let media_type = self.get("Content-Type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default();
        media_type.trim().eq_ignore_ascii_case("application/http")
    }

    pub(super) fn read<R: BufRead>(source: &mut Source<R>, limits: &Limits) -> Result<Self, Bad> {
        let mut raw = source.take_version().unwrap_or_default();
        let mut bare_line_feed = !raw.is_empty() && !raw.ends_with(b"\r\n");
        let mut lines: Vec<String> = Vec::new();
        let version = if raw.is_empty() {
            read_line(source, &mut raw, limits, &mut bare_line_feed)?
        } else {
            String::from_utf8_lossy(&raw).trim_end().to_owned()
        };
        if !matches!(version.as_str(), "WARC/1.0" | "WARC/1.1") {
            return Err(Bad::Line(version.chars().take(60).collect()));
        }
        loop {
            let line = read_line(source, &mut raw, limits, &mut bare_line_feed)?;
            if line.is_empty() {
                break;
            }
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => lines.push(line),
            }
        }
        let fields = fields(&lines).ok_or(Bad::Line("a line without a colon".to_owned()))?;
        let length = field(&fields, "Content-Length").unwrap_or_default();
        if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Bad::Length(length.to_owned()));
        }
        let length = length.parse().map_err(|_| Bad::Length(length.to_owned()))?;
        source.header_ends();
        Ok(Self { raw, fields, length, bare_line_feed })
    }
}

/// The head of an HTTP message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpHead {
    /// The head as it stands in the file, to the empty line.
    pub raw: Vec<u8>,
    /// The status, of a response.
    pub status: Option<u16>,
    /// The fields in their order. What is not UTF-8 is replaced; see `raw`.
    pub fields: Vec<(String, String)>,
    pub(super) chunked: bool,
}

impl HttpHead {
    /// The value of the first field of this name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// Reads the head of a message; `None` when there is none.
    pub(super) fn read<R: BufRead>(body: &mut Body<'_, R>, limit: u64) -> io::Result<Option<Self>> {
        let mut raw = Vec::new();
        let mut lines = Vec::new();
        loop {
            let from = raw.len();
            let limit = limit.saturating_sub(from as u64);
            let whole = match body.read_line(&mut raw, limit) {
                Ok(whole) => whole,
                // Damage is met again when the block is read on, and named there.
                Err(error) if super::source::is_damage(&error) => return Ok(None),
                Err(error) => return Err(error),
            };
            let line = String::from_utf8_lossy(&raw[from..]);
            let line = line.trim_end_matches(['\r', '\n']);
            if lines.is_empty() && !line.starts_with("HTTP/") && !line.contains(" HTTP/") {
                return Ok(None);
            }
            if !whole {
                return Ok(None);
            }
            if line.is_empty() {
                break;
            }
            lines.push(line.to_owned());
        }
        let first = lines.remove(0);
        // Servers send lines without a colon; a browser passes over them, and so is done here.
        lines.retain(|line| line.contains(':'));
        let fields = fields(&lines).unwrap_or_default();
        let status = first.strip_prefix("HTTP/").and_then(|rest| rest.split(' ').nth(1));
        let chunked = field(&fields, "Transfer-Encoding")
            .is_some_and(|coding| coding.trim().to_ascii_lowercase().ends_with("chunked"));
        Ok(Some(Self {
            status: status.and_then(|status| status.parse().ok()),
            raw,
            fields,
            chunked,
        }))
    }
}

/// Something that is no record's header.
#[derive(Debug)]
pub(super) enum Bad {
    Io(io::Error),
    Line(String),
    Length(String),
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Line(line) => write!(f, "`{line}`"),
            Self::Length(length) => write!(f, "Content-Length `{length}`"),
        }
    }
}

impl From<io::Error> for Bad {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut named = fields.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.as_str())
}

fn fields(lines: &[String]) -> Option<Vec<(String, String)>> {
    let field = |line: &String| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    lines.iter().map(field).collect()
}

/// A line without its end, which is added to `raw` with it.
fn read_line<R: BufRead>(
    source: &mut Source<R>,
    raw: &mut Vec<u8>,
    limits: &Limits,
    bare_line_feed: &mut bool,
) -> Result<String, Bad> {
    let from = raw.len();
    loop {
        let bytes = source.fill()?;
        if bytes.is_empty() {
            let begun = String::from_utf8_lossy(&raw[from..]).chars().take(60).collect();
            return Err(Bad::Line(begun));
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(bytes.len(), |end| end + 1);
        if (raw.len() + length) as u64 > limits.header {
            return Err(Bad::Line("a header without an end".to_owned()));
        }
        raw.extend(&bytes[..length]);
        source.consume(length);
        if end.is_some() {
            let line = &raw[from..raw.len() - 1];
            let line = line.strip_suffix(b"\r").unwrap_or_else(|| {
                *bare_line_feed = true;
                line
            });
            return Ok(String::from_utf8_lossy(line).into_owned());
        }
    }
}

/// The fields that something here rests on, all of which must stand once (ISO 28500, section 4).
const ONCE: [&str; 9] = [
    "WARC-Type",
    "WARC-Record-ID",
    "WARC-Date",
    "WARC-Target-URI",
    "Content-Length",
    "Content-Type",
    "WARC-Block-Digest",
    "WARC-Payload-Digest",
    "WARC-Truncated",
];
