//! WARC files (ISO 28500, versions 1.0 and 1.1), plain or with each record compressed by itself:
//! read as a stream, every digest that they declare compared, every fault named.

mod body;
mod claim;
mod header;
mod source;
mod verify;

use std::fmt;
use std::io::{self, BufRead, Read};

use thiserror::Error;

use self::body::{Body, Dechunked};
use self::claim::Claim;
pub use self::header::{Header, HttpHead};
use self::source::Source;
pub use self::verify::verify;

/// Reads a WARC file from its beginning to its end, at constant memory.
///
/// Each record's payload is shown to the visitor while it is read, and the record with its faults
/// after it. After damage, reading goes on at the next record that can be found, and the bytes
/// between are named: no gap is silent.
///
/// ```
/// use std::io::{self, Read};
/// use probative::archive::warc::{Header, HttpHead, Limits, Record, Visitor, scan};
///
/// struct Pages(Vec<String>);
/// impl Visitor for Pages {
///     fn record(&mut self, record: Record) -> io::Result<()> {
///         assert!(record.faults.is_empty(), "{:?}", record.faults);
///         self.0.extend(record.header.get("WARC-Target-URI").map(str::to_owned));
///         Ok(())
///     }
/// }
/// let file = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/\r\n\
///     WARC-Block-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
/// let mut pages = Pages(Vec::new());
/// scan(&file[..], Limits::default(), &mut pages)?;
/// assert_eq!(pages.0, ["https://e.org/"]);
/// # Ok::<(), probative::archive::warc::WarcError>(())
/// ```
///
/// # Errors
/// When the file cannot be read, is no WARC file, exceeds a limit, or the visitor fails. What is
/// wrong with a record is among its faults.
pub fn scan(
    input: impl BufRead,
    limits: Limits,
    visitor: &mut dyn Visitor,
) -> Result<Summary, WarcError> {
    scan_from(input, Begin::default(), limits, visitor).map(|(summary, _)| summary)
}

/// Where in a file reading begins.
#[derive(Clone, Copy, Debug, Default)]
struct Begin {
    offset: u64,
    /// How many bytes were inflated before.
    inflated: u64,
}

/// The same, of a file from this place on; also how many bytes were inflated.
fn scan_from(
    input: impl BufRead,
    begin: Begin,
    limits: Limits,
    visitor: &mut dyn Visitor,
) -> Result<(Summary, u64), WarcError> {
    let mut source = Source::new(input, begin, limits)?;
    let mut summary = Summary { records: 0, faults: 0, compressed: source.compressed() };
    let mut lost = Vec::new();
    let mut searches = 0;
    let mut resync = |source: &mut Source<_>| {
        searches += 1;
        if searches > MOST_SEARCHES {
            return Err(WarcError::Limit { what: "places of damage", limit: MOST_SEARCHES });
        }
        source.resync()
    };
    while source.next_record()? {
        let offset = source.offset();
        match Header::read(&mut source, &limits) {
            Ok(header) => {
                let mut record = read_record(&mut source, offset, header, &limits, visitor)?;
                record.faults.splice(0..0, lost.drain(..));
                let astray = record.faults.iter().any(Fault::leads_astray);
                summary.records += 1;
                summary.faults += record.faults.len() as u64;
                visitor.record(record).map_err(WarcError::Visitor)?;
                if astray && let Some(fault) = resync(&mut source)? {
                    lost.push(fault);
                }
            }
            Err(header::Bad::Io(error)) if !source::is_damage(&error) => {
                return Err(WarcError::from_io(error));
            }
            Err(bad) if summary.records == 0 && lost.is_empty() && offset == 0 => {
                return Err(WarcError::NotWarc { found: bad.to_string() });
            }
            Err(bad) => {
                lost.push(Fault::Header { offset, found: bad.to_string() });
                lost.extend(resync(&mut source)?);
            }
        }
    }
    for fault in lost {
        summary.faults += 1;
        visitor.lost(fault).map_err(WarcError::Visitor)?;
    }
    if summary.records == 0 && summary.faults == 0 {
        return Err(WarcError::NotWarc { found: "no record".to_owned() });
    }
    Ok((summary, source.inflated()))
}

/// Sees the records of a WARC file.
pub trait Visitor {
    /// The payload of a record, without transfer coding: of an HTTP message its body, else the
    /// whole block. What is not read of it is skipped.
    ///
    /// # Errors
    /// When the visitor cannot go on. An error of the payload's own reader need not be passed on.
    fn payload(
        &mut self,
        header: &Header,
        http: Option<&HttpHead>,
        payload: &mut dyn Read,
    ) -> io::Result<()> {
        let _ = (header, http, payload);
        Ok(())
    }

    /// A record, after it was read.
    ///
    /// # Errors
    /// When the visitor cannot go on.
    fn record(&mut self, record: Record) -> io::Result<()>;

    /// Damage after the last record.
    ///
    /// # Errors
    /// When the visitor cannot go on.
    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        let _ = fault;
        Ok(())
    }
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Where it begins, in bytes of the file; in a compressed file, where its member does.
    pub offset: u64,
    /// Its header.
    pub header: Header,
    /// The head of the HTTP message in it.
    pub http: Option<HttpHead>,
    /// How many digests it declares that were compared and agree.
    pub agreed: u8,
    /// What is wrong with it; of damage before it, too.
    pub faults: Vec<Fault>,
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many records.
    pub records: u64,
    /// How many faults.
    pub faults: u64,
    /// Whether the file is compressed.
    pub compressed: bool,
}

/// How much is read of a file that nobody vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest header of a record or HTTP message: 256 KiB.
    pub header: u64,
    /// The most bytes that a file may decompress to: 256 GiB.
    pub total: u64,
    /// How many times its own size a member may decompress to, once past 64 MiB: 250. Deflate
    /// reaches 1032, pages rarely 50.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { header: 256 << 10, total: 256 << 30, ratio: 250 }
    }
}

/// Something in a WARC file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The block or payload is not what its digest says.
    Digest {
        /// `WARC-Block-Digest` or `WARC-Payload-Digest`.
        field: &'static str,
        /// The digest that is declared.
        expected: String,
        /// The digest that the bytes have.
        found: String,
    },
    /// A digest cannot be compared: its algorithm or spelling is not known.
    UnknownDigest {
        /// `WARC-Block-Digest` or `WARC-Payload-Digest`.
        field: &'static str,
        /// The digest that is declared.
        found: String,
    },
    /// The file ends, or its member does, before the block is complete.
    Short {
        /// The block's length as declared, in bytes.
        expected: u64,
        /// How many bytes there are.
        found: u64,
    },
    /// The block is not followed by two line ends: its length is wrong.
    NoLineEnds,
    /// The record's compressed member goes on after it, so that records cannot be found by their
    /// offsets.
    MemberGoesOn,
    /// Lines of the header end in LF alone.
    BareLineFeed,
    /// A field of the header that must stand once stands more often; the first one counts.
    Repeated {
        /// The field's name.
        field: &'static str,
        /// Its first value.
        first: String,
        /// Another one, which is another value when there is any.
        other: String,
    },
    /// Compressed bytes are damaged.
    Damaged {
        /// What the decoder found.
        why: String,
    },
    /// A record cannot be found where one should begin.
    Header {
        /// Where, in bytes of the file.
        offset: u64,
        /// What stands there.
        found: String,
    },
    /// Bytes between records were passed over.
    Lost {
        /// From where, in bytes of the file.
        from: u64,
        /// To before where.
        to: u64,
    },
    /// The message says that it is chunked, and is not; it was kept as it is.
    Chunks,
    /// An HTTP message was declared and there is none.
    NotHttp,
}

impl Fault {
    /// Whether the place of the next record is not known after it.
    fn leads_astray(&self) -> bool {
        matches!(self, Self::Short { .. } | Self::NoLineEnds | Self::Damaged { .. })
    }

    /// Where it is, in bytes of the file, when it belongs to no record.
    pub(super) fn place(&self) -> Option<u64> {
        match self {
            Self::Header { offset, .. } => Some(*offset),
            Self::Lost { from, .. } => Some(*from),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest { field, expected, found } => {
                write!(f, "{field}: expected {}, found {found}", expected.escape_debug())
            }
            Self::UnknownDigest { field, found } => {
                write!(f, "{field} cannot be compared: {}", found.escape_debug())
            }
            Self::Short { expected, found } => {
                write!(f, "expected a block of {expected} bytes, found {found}")
            }
            Self::NoLineEnds => f.write_str("the block is not followed by two line ends"),
            Self::MemberGoesOn => f.write_str("the compressed member goes on after the record"),
            Self::Repeated { field, first, other } => {
                let [first, other] =
                    [first, other].map(|value| value.chars().take(60).collect::<String>());
                let (first, other) = (first.escape_debug(), other.escape_debug());
                write!(f, "expected {field} once, found `{first}` and `{other}`")
            }
            Self::BareLineFeed => f.write_str("header lines end in LF alone"),
            Self::Damaged { why } => write!(f, "compressed bytes are damaged: {why}"),
            Self::Header { offset, found } => {
                write!(f, "expected a record at byte {offset}, found {}", found.escape_debug())
            }
            Self::Lost { from, to } => write!(f, "bytes {from} to {to} were passed over"),
            Self::Chunks => f.write_str("the message is not chunked as it says"),
            Self::NotHttp => f.write_str("there is no HTTP message where one is declared"),
        }
    }
}

/// A WARC file that cannot be read on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WarcError {
    /// It is no WARC file.
    #[error("expected a WARC record, found {}", found.escape_debug())]
    NotWarc {
        /// What stands at its beginning.
        found: String,
    },
    /// It goes beyond a limit.
    #[error("expected {what} within the limit of {limit}, found more")]
    Limit {
        /// What goes beyond.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// It cannot be read.
    #[error("cannot read the file")]
    Io(#[source] io::Error),
    /// The visitor cannot go on.
    #[error("cannot keep what was read")]
    Visitor(#[source] io::Error),
}

impl WarcError {
    fn from_io(error: io::Error) -> Self {
        match error.downcast::<source::Beyond>() {
            Ok(source::Beyond { what, limit }) => Self::Limit { what, limit },
            Err(error) => Self::Io(error),
        }
    }
}

impl From<io::Error> for WarcError {
    fn from(error: io::Error) -> Self {
        Self::from_io(error)
    }
}

fn read_record<R: BufRead>(
    source: &mut Source<R>,
    offset: u64,
    header: Header,
    limits: &Limits,
    visitor: &mut dyn Visitor,
) -> Result<Record, WarcError> {
    let mut faults = Vec::new();
    if header.bare_line_feed {
        faults.push(Fault::BareLineFeed);
    }
    faults.extend(header.repeated());
    let mut claim = |field: &'static str| -> Option<Claim> {
        let found = header.get(field)?;
        let claim = Claim::parse(field, found);
        if claim.is_none() {
            faults.push(Fault::UnknownDigest { field, found: found.to_owned() });
        }
        claim
    };
    let block = claim("WARC-Block-Digest");
    // A revisit declares the digest of a payload that it does not hold.
    let payload = if header.kind() == "revisit" { None } else { claim("WARC-Payload-Digest") };

    let mut body = Body::new(source, header.length, block, payload);
    let http = if header.is_http() && header.length > 0 {
        let head = HttpHead::read(&mut body, limits.header).map_err(WarcError::from_io)?;
        if head.is_none() {
            faults.push(Fault::NotHttp);
        }
        head
    } else {
        None
    };
    body.begin_payload();

    let mut decoded = None;
    let kept = if http.as_ref().is_some_and(|http| http.chunked) {
        let claim = body.payload_claim().cloned();
        let mut chunks = Dechunked::new(&mut body, claim);
        let kept = visitor.payload(&header, http.as_ref(), &mut chunks);
        let kept = kept.and_then(|()| drain(&mut chunks));
        if chunks.broken() {
            faults.push(Fault::Chunks);
        }
        decoded = chunks.finish();
        kept
    } else {
        visitor.payload(&header, http.as_ref(), &mut body)
    };
    let kept = kept.and_then(|()| body.skip());
    let found = body.position();
    let failure = body.take_failure();
    let (block, payload) = body.finish();
    match (kept, failure) {
        (_, Some(error)) if source::is_damage(&error) => {
            faults.push(Fault::Damaged { why: error.to_string() });
        }
        (_, Some(error)) => return Err(WarcError::from_io(error)),
        (Err(error), None) => return Err(WarcError::Visitor(error)),
        (Ok(()), None) if found < header.length => {
            faults.push(Fault::Short { expected: header.length, found });
        }
        (Ok(()), None) => match source.end_record().map_err(WarcError::from_io)? {
            source::End::Clean => {}
            source::End::NoLineEnds => faults.push(Fault::NoLineEnds),
            source::End::MemberGoesOn => faults.push(Fault::MemberGoesOn),
            source::End::Damaged(why) => faults.push(Fault::Damaged { why }),
        },
    }

    let mut agreed = 0;
    for (raw, decoded) in [(block, None), (payload, decoded)] {
        // The payload's digest is that of the message's body, which some tools take to be with
        // its transfer coding and some without.
        match raw.map(Claim::verdict) {
            None => {}
            Some(Ok(())) => agreed += 1,
            Some(Err(_)) if decoded.is_some_and(|claim| claim.verdict().is_ok()) => agreed += 1,
            Some(Err(fault)) => faults.push(fault),
        }
    }
    Ok(Record { offset, header, http, agreed, faults })
}

/// How often a next record is looked for, lest a file made of damage be read for ever.
const MOST_SEARCHES: u64 = 4096;

fn drain(reader: &mut dyn Read) -> io::Result<()> {
    let mut buffer = [0; 1 << 14];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
