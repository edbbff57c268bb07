//! A compressed WARC file, verified on several cores.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use flate2::bufread::GzDecoder;

use super::source::MAGIC;
use super::{Begin, Fault, Limits, Record, Summary, Visitor, WarcError, scan_from};

/// Reads a WARC file from its beginning to its end, as [`scan`](super::scan) does, on as many
/// threads as asked for. `open` opens the file anew for each.
///
/// The visitor is told the same, in the same order, on the calling thread; payloads are not shown
/// to it. A compressed file is parted where members begin that look like records. Parts that are
/// whole from end to end, one after the other, are the file: where anything is wrong with one, be
/// it that it was parted in the wrong place, one thread reads on from its beginning.
///
/// ```
/// use std::io::{self, Cursor};
/// use probative::archive::warc::{Limits, Record, Visitor, verify};
///
/// struct Faultless;
/// impl Visitor for Faultless {
///     fn record(&mut self, record: Record) -> io::Result<()> {
///         assert!(record.faults.is_empty(), "{:?}", record.faults);
///         Ok(())
///     }
/// }
/// let file = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
/// let open = || Ok(Cursor::new(&file[..]));
/// let summary = verify(open, Limits::default(), 2.try_into()?, &mut Faultless)?;
/// assert_eq!((summary.records, summary.faults), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`scan`](super::scan).
pub fn verify<R: Read + Seek>(
    open: impl Fn() -> io::Result<R> + Sync,
    limits: Limits,
    threads: NonZeroUsize,
    visitor: &mut dyn Visitor,
) -> Result<Summary, WarcError> {
    Parted::new(open, PART)?.verify(threads, limits, visitor)
}

/// A file in parts of about one length, each from where a record's member begins to the next part.
struct Parted<F> {
    open: F,
    end: u64,
    length: u64,
    /// Where each part begins, once somebody has looked; `None` when no record begins in it.
    begins: Vec<OnceLock<Option<u64>>>,
}

/// What the visitor was told before one thread reads on: nothing that was wrong.
#[derive(Clone, Copy, Default)]
struct Told {
    /// Whether that was all of the file.
    whole: bool,
    /// Up to where every part was whole.
    to: Begin,
    /// How many records begin before that.
    records: u64,
    /// How many after it.
    beyond: u64,
}

/// What a thread says of its part.
enum Said {
    Record(Record),
    /// The part ended where it should, with so many bytes inflated.
    Whole(u64),
}

impl<F: Fn() -> io::Result<R> + Sync, R: Read + Seek> Parted<F> {
    fn new(open: F, length: u64) -> io::Result<Self> {
        let end = open()?.seek(SeekFrom::End(0))?;
        let count = usize::try_from(end / length).unwrap_or(usize::MAX).clamp(1, MOST_PARTS);
        let begins = (0..count).map(|_| OnceLock::new()).collect();
        Ok(Self { open, end, length: end / count as u64 + 1, begins })
    }

    fn verify(
        &self,
        threads: NonZeroUsize,
        limits: Limits,
        visitor: &mut dyn Visitor,
    ) -> Result<Summary, WarcError> {
        let compressed = self.from(0, self.end)?.fill_buf()?.starts_with(&MAGIC);
        let mut told = Told::default();
        if compressed && self.begins.len() > 1 && threads.get() > 1 {
            told = self.in_parts(threads, limits, visitor)?;
        }
        if told.whole {
            return Ok(Summary { records: told.records, faults: 0, compressed });
        }
        self.rest(told, limits, visitor)
    }

    /// Reads the parts at the same time, and tells of them in their order.
    fn in_parts(
        &self,
        threads: NonZeroUsize,
        limits: Limits,
        visitor: &mut dyn Visitor,
    ) -> Result<Told, WarcError> {
        let count = self.begins.len();
        // Few parts wait to be told of, so that memory does not grow with the file.
        let (begun, in_order) = sync_channel(threads.get());
        let work = Mutex::new((0..count, begun));
        let take = || {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let part = work.0.next()?;
            let (to, said) = sync_channel(AHEAD);
            work.1.send(said).ok()?;
            Some((part, to))
        };
        thread::scope(|scope| {
            for _ in 0..threads.get().min(count) {
                scope.spawn(|| {
                    while let Some((part, to)) = take() {
                        self.read(part, limits, &to);
                    }
                });
            }
            self.tell(in_order, limits, visitor)
        })
    }

    fn from(&self, begin: u64, end: u64) -> io::Result<BufReader<io::Take<R>>> {
        let mut file = (self.open)()?;
        file.seek(SeekFrom::Start(begin))?;
        Ok(BufReader::with_capacity(1 << 16, file.take(end.saturating_sub(begin))))
    }

    /// Where the part begins.
    fn begin(&self, part: usize) -> Option<u64> {
        let nominal = part as u64 * self.length;
        match part {
            0 => Some(0),
            // What cannot be read here is met again by whoever reads the part before.
            _ => *self.begins.get(part)?.get_or_init(|| self.find(nominal).ok().flatten()),
        }
    }

    /// The first place from here on, before the next part, where a member begins like a record.
    fn find(&self, from: u64) -> io::Result<Option<u64>> {
        let to = (from + self.length).min(self.end);
        let mut file = self.from(from, to)?;
        let (mut position, mut matched, mut tried) = (from, 0, 0);
        loop {
            let bytes = file.fill_buf()?;
            let length = bytes.len();
            if length == 0 {
                return Ok(None);
            }
            for (at, byte) in bytes.iter().enumerate() {
                matched = match (matched, *byte) {
                    (2, 0x08) => {
                        let begin = position + at as u64 - 2;
                        let mut first = [0; 5];
                        let mut member = GzDecoder::new(self.from(begin, self.end)?);
                        if member.read_exact(&mut first).is_ok() && first == *b"WARC/" {
                            return Ok(Some(begin));
                        }
                        tried += 1;
                        if tried == MOST_TRIED {
                            return Ok(None);
                        }
                        0
                    }
                    (1, 0x8b) => 2,
                    (_, 0x1f) => 1,
                    _ => 0,
                };
            }
            file.consume(length);
            position += length as u64;
        }
    }

    /// Reads one part, as long as somebody listens.
    fn read(&self, part: usize, limits: Limits, to: &SyncSender<Said>) {
        let Some(offset) = self.begin(part) else {
            // The part before goes on through this one.
            let _ = to.send(Said::Whole(0));
            return;
        };
        let next = (part + 1..self.begins.len()).find_map(|next| self.begin(next));
        let Ok(input) = self.from(offset, next.unwrap_or(self.end)) else { return };
        let begin = Begin { offset, inflated: 0 };
        // Whatever goes wrong, the sender is dropped and the listener reads for itself.
        if let Ok((_, inflated)) = scan_from(input, begin, limits, &mut Teller(to)) {
            let _ = to.send(Said::Whole(inflated));
        }
    }

    /// Tells the visitor of all records in their order, as long as nothing is wrong with one.
    fn tell(
        &self,
        parts: Receiver<Receiver<Said>>,
        limits: Limits,
        visitor: &mut dyn Visitor,
    ) -> Result<Told, WarcError> {
        let mut told = Told::default();
        for (part, said) in (0..self.begins.len()).zip(parts) {
            if let Some(offset) = self.begin(part) {
                told.to.offset = offset;
            }
            let length = loop {
                match said.recv() {
                    Ok(Said::Record(record)) if record.faults.is_empty() => {
                        visitor.record(record).map_err(WarcError::Visitor)?;
                        told.beyond += 1;
                    }
                    Ok(Said::Whole(length)) => break length,
                    Ok(Said::Record(_)) | Err(_) => return Ok(told),
                }
            };
            if told.to.inflated + length > limits.total {
                return Ok(told);
            }
            told.to.inflated += length;
            told.records += std::mem::take(&mut told.beyond);
        }
        Ok(Told { whole: true, ..told })
    }

    /// Reads on to the end of the file, and tells what was not told.
    fn rest(
        &self,
        told: Told,
        limits: Limits,
        visitor: &mut dyn Visitor,
    ) -> Result<Summary, WarcError> {
        let input = self.from(told.to.offset, self.end)?;
        let mut untold = Untold { visitor, known: told.beyond };
        let (rest, _) = scan_from(input, told.to, limits, &mut untold)?;
        Ok(Summary { records: told.records + rest.records, ..rest })
    }
}

/// Sends records on.
struct Teller<'a>(&'a SyncSender<Said>);

impl Visitor for Teller<'_> {
    fn record(&mut self, record: Record) -> io::Result<()> {
        self.0.send(Said::Record(record)).map_err(io::Error::other)
    }

    fn lost(&mut self, _: Fault) -> io::Result<()> {
        Err(io::Error::other("bytes were passed over"))
    }
}

/// Tells of records that the visitor does not know yet.
struct Untold<'a> {
    visitor: &'a mut dyn Visitor,
    known: u64,
}

impl Visitor for Untold<'_> {
    fn record(&mut self, record: Record) -> io::Result<()> {
        match self.known.checked_sub(1) {
            Some(left) => {
                self.known = left;
                Ok(())
            }
            None => self.visitor.record(record),
        }
    }

    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        self.visitor.lost(fault)
    }
}

/// How long a part is: long enough that looking for its beginning costs nothing beside it.
const PART: u64 = 4 << 20;
const MOST_PARTS: usize = 1 << 16;
/// How often something in a part may look like a member's beginning and be none.
const MOST_TRIED: u32 = 64;
/// How many records a part may be ahead of what was told.
const AHEAD: usize = 256;

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::scan;
    use super::*;
    use crate::digest::Digest;

    #[derive(Debug, Default, PartialEq)]
    struct Seen {
        records: Vec<Record>,
        lost: Vec<Fault>,
    }

    impl Visitor for Seen {
        fn record(&mut self, record: Record) -> io::Result<()> {
            self.records.push(record);
            Ok(())
        }

        fn lost(&mut self, fault: Fault) -> io::Result<()> {
            self.lost.push(fault);
            Ok(())
        }
    }

    fn member(block: &[u8], level: u32) -> Vec<u8> {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Block-Digest: {}\r\nContent-Length: {}\r\n\r\n",
            Digest::of(block),
            block.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::new(level));
        member.write_all(&[head.as_bytes(), block, b"\r\n\r\n"].concat()).unwrap();
        member.finish().unwrap()
    }

    /// The same records, faults and errors as one thread finds.
    fn same_as_one_thread(file: &[u8], length: u64, threads: usize) {
        let mut expected = Seen::default();
        let one = scan(file, Limits::default(), &mut expected).map_err(|error| error.to_string());
        let mut found = Seen::default();
        let threads = NonZeroUsize::new(threads).unwrap();
        let file = Parted::new(|| Ok(Cursor::new(file)), length).unwrap();
        let many = file.verify(threads, Limits::default(), &mut found);
        assert_eq!(many.map_err(|error| error.to_string()), one);
        assert_eq!(found, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn many_threads_find_what_one_finds(
            blocks in vec(vec(any::<u8>(), 0..600), 1..40),
            level in 0_u32..2,
            length in 100_u64..2000,
            threads in 1_usize..5,
            damage in proptest::option::of((any::<prop::sample::Index>(), 1_u8..)),
            cut in proptest::option::of(any::<prop::sample::Index>()),
        ) {
            let mut file: Vec<u8> = Vec::new();
            for (at, block) in blocks.iter().enumerate() {
                // Stored and not compressed, a file within the file has what looks like members.
                let nested = if at % 5 == 3 { member(block, 1) } else { block.clone() };
                file.extend(member(&nested, level));
            }
            if let Some((at, bits)) = damage {
                let at = at.index(file.len());
                file[at] ^= bits;
            }
            if let Some(cut) = cut {
                file.truncate(cut.index(file.len()));
            }
            same_as_one_thread(&file, length, threads);
        }
    }

    /// Bytes that compress as pages do, or not at all.
    fn block(seed: u32, length: usize) -> Vec<u8> {
        let mut state = seed | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        if seed.is_multiple_of(4) {
            return (0..length).map(|_| next() as u8).collect();
        }
        let words = ["claim ", "<p>", "officers ", "the ", "</a>\n", "https://e.org/", "0", "é"];
        let text = (0..).flat_map(|_| words[next() as usize % 8].bytes());
        text.take(length).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn damage_is_told_alike_however_its_file_comes_in_pieces(
            blocks in vec((any::<u32>(), 0..300_000_usize), 1..12),
            level in 1_u32..10,
            length in 20_000_u64..400_000,
            threads in 2_usize..6,
            piece in 1..70_000_usize,
            damage in vec((any::<prop::sample::Index>(), 1_u8..), 1..4),
        ) {
            let members = blocks.iter().map(|(seed, length)| block(*seed, *length));
            let mut file: Vec<u8> = members.flat_map(|block| member(&block, level)).collect();
            for (at, bits) in damage {
                let at = at.index(file.len());
                file[at] ^= bits;
            }
            same_as_one_thread(&file, length, threads);
            let scanned = |input: &mut dyn BufRead| {
                let mut seen = Seen::default();
                let summary = scan(input, Limits::default(), &mut seen);
                (summary.map_err(|error| error.to_string()), seen)
            };
            let whole = scanned(&mut &file[..]);
            let in_pieces = scanned(&mut BufReader::with_capacity(piece, &file[..]));
            prop_assert_eq!(in_pieces, whole);
        }
    }

    #[test]
    fn a_good_file_is_read_in_its_parts_and_a_heap_of_beginnings_is_not() {
        let file: Vec<u8> = (0..200_u8).flat_map(|n| member(&[n; 300], 6)).collect();
        same_as_one_thread(&file, 1000, 3);
        let parted = Parted::new(|| Ok(Cursor::new(&file)), 1000).unwrap();
        assert!((0..parted.begins.len()).all(|part| parted.begin(part).is_some()));
        let threads = NonZeroUsize::new(3).unwrap();
        let told = parted.in_parts(threads, Limits::default(), &mut Seen::default()).unwrap();
        assert!(told.whole && told.records == 200);

        let heap = [member(b"x", 1), MAGIC.repeat(10_000)].concat();
        same_as_one_thread(&heap, 1000, 2);
    }

    #[test]
    fn the_limit_is_that_of_the_whole_file() {
        let file: Vec<u8> = (0..100_u8).flat_map(|n| member(&[n; 300], 6)).collect();
        let inflated =
            scan_from(&file[..], Begin::default(), Limits::default(), &mut Seen::default());
        let (_, inflated) = inflated.unwrap();
        let verify = |total| {
            let limits = Limits { total, ..Limits::default() };
            let parted = Parted::new(|| Ok(Cursor::new(&file)), 1000).unwrap();
            parted.verify(NonZeroUsize::new(2).unwrap(), limits, &mut Seen::default())
        };
        assert_eq!(verify(inflated).unwrap().records, 100);
        assert!(
            matches!(verify(inflated - 1), Err(WarcError::Limit { limit, .. }) if limit == inflated - 1)
        );
    }
}
