//! The record that is only ever added to.

mod line;

use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use thiserror::Error;

use super::confined::Confined;
use super::event::{Event, EventError, What};
use super::merkle::{Frontier, Hash, Tree};
use super::registry::Registry;
use crate::moment::Moment;
pub(crate) use line::LONGEST_EVENT;
pub use line::LineError;
use line::{Line, Seal};

/// An append-only record of events, in the file `ledger.jsonl` of a folder.
///
/// - One entry a line: `{"chain":"…","event":{…}}`. `chain` is the SHA-256, in hexadecimal, of the
///   chain before (32 zero bytes at first) and the event's canonical JSON, so that a line that
///   was changed is known by its number.
/// - The line without its newline is a leaf of an RFC 6962 tree, whose root stands for all.
/// - An append holds an exclusive lock and has reached the disk when it returns.
/// - After a write or sync that failed, the ledger is not written by this value again: open it
///   anew, which reads what is really there.
///
/// ```
/// use probative::archive::event::{Event, Mark, Subject, What};
/// use probative::archive::ledger::Ledger;
///
/// let place = tempfile::tempdir()?;
/// let mut ledger = Ledger::create(place.path(), "example.org/case-7", "2023-06-01".parse()?, "jd")?;
/// let grade = |at: &str, by: &str, digit: &str| -> Result<Event, Box<dyn std::error::Error>> {
///     Ok(Event::new(at.parse()?, by, What::Graded {
///         because: "as told".to_owned(),
///         mark: Mark::Credibility(digit.parse()?),
///         of: Subject::Item("3a".to_owned()),
///         scale: "admiralty".to_owned(),
///     }))
/// };
/// ledger.append(&[grade("2023-06-02", "jd", "3")?, grade("2023-06-02", "mk", "5")?])?;
/// ledger.append(&[grade("2023-07-02", "jd", "2")?])?;
///
/// let digits = |registry: &probative::archive::registry::Registry| -> Vec<_> {
///     registry.item("3a").unwrap().grades.digits().map(|grade| grade.mark).collect()
/// };
/// assert_eq!(digits(ledger.registry()), digits(&ledger.as_of("2023-07-31".parse()?)?));
/// // In June, jd still said 3; mk said 5 and says so still.
/// let june = ledger.as_of("2023-06-30".parse()?)?;
/// assert!(june.item("3a").unwrap().grades.dissent());
/// assert_eq!(digits(&june)[0], Mark::Credibility("3".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ledger {
    folder: Confined,
    state: State,
    registry: Registry,
    tail: Option<Tail>,
    failed: bool,
}

impl Ledger {
    /// Begins the ledger of a folder, which has none yet.
    ///
    /// `origin` names it in its checkpoints: best a URL without a scheme, such as
    /// `example.org/case-7`.
    ///
    /// # Errors
    /// [`LedgerError::Exists`], or when the file cannot be written.
    pub fn create(
        path: &Path,
        origin: impl Into<String>,
        at: Moment,
        by: impl Into<String>,
    ) -> Result<Self, LedgerError> {
        let folder = Confined::create(path).map_err(failed("create", path))?;
        let opened = Event::new(at, by, What::Opened { origin: origin.into() });
        let mut ledger = Self::at(folder);
        let lock = ledger.lock()?;
        ledger.writable()?;
        ledger.catch_up()?;
        if ledger.state.size() > 0 {
            return Err(LedgerError::Exists { path: ledger.path() });
        }
        ledger.recover()?;
        ledger.write(&[opened])?;
        drop(lock);
        Ok(ledger)
    }

    /// The ledger of a folder, read to its end. A torn end, as a crash in the middle of an append
    /// leaves it, is put aside and told by [`tail`](Self::tail).
    ///
    /// # Errors
    /// When there is no ledger, when it cannot be read or, for a torn end, written, and when a
    /// line does not verify: [`LedgerError::Line`].
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let mut ledger = Self::read(path)?;
        if ledger.tail.take().is_some() {
            let _lock = ledger.lock()?;
            ledger.catch_up()?;
            ledger.recover()?;
        }
        Ok(ledger)
    }

    /// The same, without writing anything: a torn end is told and left.
    ///
    /// # Errors
    /// When there is no ledger, when it cannot be read, and when a line does not verify.
    pub fn read(path: &Path) -> Result<Self, LedgerError> {
        let folder = Confined::open(path).map_err(failed("open", path))?;
        let mut ledger = Self::at(folder);
        ledger.catch_up()?;
        if ledger.tail.is_some() {
            // What looked torn may have been an append under way, which is over now.
            ledger.await_writer();
            ledger.catch_up()?;
        }
        if ledger.state.size() == 0 {
            return Err(LedgerError::Empty { path: ledger.path() });
        }
        Ok(ledger)
    }

    /// Adds events, all of which are on disk when this returns; their places are returned.
    ///
    /// What others have added meanwhile is read first. When one of the events cannot be recorded,
    /// none is.
    ///
    /// # Errors
    /// When an event cannot be recorded, and when the file cannot be locked, read, written or
    /// synced. After any of the latter the disk alone knows what is there: open the ledger anew.
    pub fn append(&mut self, events: &[Event]) -> Result<Range<u64>, LedgerError> {
        if self.failed {
            return Err(LedgerError::Failed { path: self.path() });
        }
        if let Some(at) = events.iter().position(|event| matches!(event.what, What::Opened { .. }))
        {
            return Err(LedgerError::Event {
                at,
                source: EventError::Json { why: "a ledger is opened once".to_owned() },
            });
        }
        let _lock = self.lock()?;
        self.catch_up()?;
        self.recover()?;
        self.write(events)
    }

    /// What stands after all entries read so far.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What stood at this time: the entries before the first whose time is after it.
    ///
    /// An entry that says an earlier time than one before it was still made after that one, so a
    /// grade with a date set back counts from where it stands.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn as_of(&self, time: Moment) -> Result<Registry, LedgerError> {
        self.before(|entry| entry.event.at.is_after(time))
    }

    /// What stood after the first `size` entries.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn as_of_size(&self, size: u64) -> Result<Registry, LedgerError> {
        self.before(|entry| entry.index >= size)
    }

    /// What stood before the first such entry.
    fn before(&self, stop: impl Fn(&Entry) -> bool) -> Result<Registry, LedgerError> {
        let mut registry = Registry::default();
        self.entries(|entry| {
            if stop(&entry) {
                return ControlFlow::Break(());
            }
            registry.apply(entry.index, entry.event);
            ControlFlow::Continue(())
        })?;
        Ok(registry)
    }

    /// Reads the entries again, up to those known, until `each` breaks off.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn entries(
        &self,
        mut each: impl FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let mut state = State::default();
        let known = self.state.size();
        let mut go_on = known > 0;
        if go_on {
            read_lines(&self.folder, &mut state, |entry| {
                let last = entry.index + 1 == known;
                go_on = each(entry).is_continue() && !last;
                go_on
            })?;
        }
        if go_on {
            return Err(LedgerError::Shrunk { path: self.path(), expected: self.state.offset });
        }
        Ok(())
    }

    /// The entries' tree, from which proofs are made: 64 bytes of memory an entry.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn tree(&self) -> Result<Tree, LedgerError> {
        let mut tree = Tree::new();
        self.entries(|entry| {
            tree.push(entry.leaf);
            ControlFlow::Continue(())
        })?;
        Ok(tree)
    }

    /// The root that the tree had when it had this many entries; `None` when it has fewer.
    ///
    /// # Errors
    /// When the ledger cannot be read again.
    pub fn root_at(&self, size: u64) -> Result<Option<Hash>, LedgerError> {
        if size == self.size() {
            return Ok(Some(self.root()));
        }
        if size > self.size() {
            return Ok(None);
        }
        let mut frontier = Frontier::new();
        self.entries(|entry| {
            if entry.index == size {
                return ControlFlow::Break(());
            }
            frontier.push(entry.leaf);
            ControlFlow::Continue(())
        })?;
        Ok(Some(frontier.root()))
    }

    /// How many entries there are.
    pub fn size(&self) -> u64 {
        self.state.size()
    }

    /// The root of the entries' tree.
    pub fn root(&self) -> Hash {
        self.state.frontier.root()
    }

    /// The torn end that was found, if one was.
    pub fn tail(&self) -> Option<&Tail> {
        self.tail.as_ref()
    }

    /// Waits until nobody writes, making no file and not for long: a writer that hangs keeps no
    /// reader out.
    fn await_writer(&self) {
        let Ok(lock) = self.folder.read(LOCK) else { return };
        for _ in 0..PATIENCE {
            if !matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Keeps every other writer out while the guard lives.
    pub(crate) fn lock(&self) -> Result<File, LedgerError> {
        let io = failed("lock", &self.folder.locate(LOCK));
        let lock = self.folder.append(LOCK).map_err(&io)?;
        lock.lock().map_err(&io)?;
        Ok(lock)
    }

    /// Reads what others have added.
    pub(crate) fn catch_up(&mut self) -> Result<(), LedgerError> {
        let registry = &mut self.registry;
        self.tail = read_lines(&self.folder, &mut self.state, |entry| {
            registry.apply(entry.index, entry.event);
            true
        })?;
        Ok(())
    }

    fn at(folder: Confined) -> Self {
        let (state, registry) = Default::default();
        Self { folder, state, registry, tail: None, failed: false }
    }

    fn path(&self) -> PathBuf {
        self.folder.locate(FILE)
    }

    fn writable(&self) -> Result<File, LedgerError> {
        self.folder.append(FILE).map_err(failed("open", &self.path()))
    }

    /// Puts a torn end aside. The caller holds the lock, so that it is nobody's append under way.
    fn recover(&mut self) -> Result<(), LedgerError> {
        let Some(tail) = &mut self.tail else { return Ok(()) };
        let io = failed("recover", &self.folder.locate(FILE));
        let mut file = self.folder.append(FILE).map_err(&io)?;
        if tail.whole {
            // The entry is there and only its newline is not.
            file.write_all(b"\n").and_then(|()| file.sync_all()).map_err(&io)?;
            tail.recovered = Some(Recovery::Completed);
            return self.catch_up_after_recovery();
        }
        let aside = (0..u32::MAX)
            .map(|count| format!("{FILE}.torn-{}-{count}", tail.offset))
            .find_map(|name| match self.folder.create_new(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                result => Some(result.map(|file| (name, file))),
            });
        let Some(Ok((name, mut copy))) = aside else {
            let error = aside.and_then(Result::err).unwrap_or_else(|| io::Error::other("no name"));
            return Err(io(error));
        };
        file.seek(SeekFrom::Start(tail.offset)).map_err(&io)?;
        io::copy(&mut file, &mut copy).and_then(|_| copy.sync_all()).map_err(&io)?;
        file.set_len(tail.offset).and_then(|()| file.sync_all()).map_err(&io)?;
        tail.recovered = Some(Recovery::PutAside { file: self.folder.locate(&name) });
        Ok(())
    }

    fn catch_up_after_recovery(&mut self) -> Result<(), LedgerError> {
        let tail = self.tail.take();
        self.catch_up()?;
        self.tail = tail;
        Ok(())
    }

    /// Writes events at the end. The caller holds the lock and has caught up.
    fn write(&mut self, events: &[Event]) -> Result<Range<u64>, LedgerError> {
        let mut next = self.state.clone();
        let mut lines = String::new();
        for (at, event) in events.iter().enumerate() {
            let event = event.to_canonical().map_err(|source| LedgerError::Event { at, source })?;
            let from = lines.len();
            next.seal.write(&event, &mut lines);
            if lines.len() - from > line::LONGEST {
                return Err(LedgerError::TooLong { at, length: lines.len() - from });
            }
            next.frontier.push(Hash::of_leaf(&lines.as_bytes()[from..]));
            lines.push('\n');
        }
        next.offset += lines.len() as u64;

        let mut file = self.writable()?;
        let io = failed("append to", &self.path());
        if let Err(error) = file.write_all(lines.as_bytes()) {
            self.failed = true;
            // Whole lines of a batch that failed would stay as if they had been acknowledged.
            let _ = file.set_len(self.state.offset).and_then(|()| file.sync_all());
            return Err(io(error));
        }
        if let Err(error) = file.sync_data() {
            self.failed = true;
            return Err(io(error));
        }
        let places = self.state.size()..next.size();
        for (index, event) in places.clone().zip(events) {
            self.registry.apply(index, event.clone());
        }
        self.state = next;
        Ok(places)
    }
}

/// One entry, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its place, from 0.
    pub index: u64,
    /// What it says.
    pub event: Event,
    /// Its hash as a leaf of the tree.
    pub leaf: Hash,
    /// Its line, without the newline: the bytes that the leaf is the hash of.
    pub line: String,
}

/// The torn end of a ledger: bytes after its last whole line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tail {
    /// Where it begins, in bytes of the file.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Whether it is a whole entry whose newline alone is missing.
    pub whole: bool,
    /// What was done about it; `None` when the ledger was only read.
    pub recovered: Option<Recovery>,
}

/// What was done about a torn end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recovery {
    /// Its newline was written: the entry is there.
    Completed,
    /// It was copied to this file and cut off.
    PutAside {
        /// Where it is now.
        file: PathBuf,
    },
}

/// What goes wrong with a ledger.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// A line does not verify. Nothing from it on is believed.
    #[error("line {number} of {} does not verify", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its number, from 1.
        number: u64,
        /// What is wrong with it.
        source: LineError,
    },
    /// An event cannot be recorded.
    #[error("event {at} of those to record")]
    Event {
        /// Its place among those that were to be recorded, from 0.
        at: usize,
        /// Why not.
        source: EventError,
    },
    /// An event is too long for a line.
    #[error("expected lines of at most 65535 bytes, found one of {length} for event {at}")]
    TooLong {
        /// Its place among those that were to be recorded, from 0.
        at: usize,
        /// The line's length, in bytes.
        length: usize,
    },
    /// There is a ledger already.
    #[error("there is a ledger already: {}", path.display())]
    Exists {
        /// Its file.
        path: PathBuf,
    },
    /// The file has no entry.
    #[error("there is no entry in {}", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file has become shorter than it was when last read.
    #[error("expected at least {expected} bytes in {}, found fewer: entries were removed", path.display())]
    Shrunk {
        /// The file.
        path: PathBuf,
        /// How long it was.
        expected: u64,
    },
    /// An earlier append failed, so what is on disk must be read again.
    #[error("an append failed; open {} anew", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder failed.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// How it failed.
        source: io::Error,
    },
}

/// How far a ledger was read.
#[derive(Clone, Debug, Default)]
struct State {
    offset: u64,
    seal: Seal,
    frontier: Frontier,
}

impl State {
    fn size(&self) -> u64 {
        self.frontier.size()
    }
}

/// Reads whole lines from where the state stands, until `each` says no. A torn end is returned.
fn read_lines(
    folder: &Confined,
    state: &mut State,
    mut each: impl FnMut(Entry) -> bool,
) -> Result<Option<Tail>, LedgerError> {
    let path = folder.locate(FILE);
    let io = failed("read", &path);
    let mut file = folder.read(FILE).map_err(&io)?;
    if file.metadata().map_err(&io)?.len() < state.offset {
        return Err(LedgerError::Shrunk { path, expected: state.offset });
    }
    file.seek(SeekFrom::Start(state.offset)).map_err(&io)?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let limit = line::LONGEST as u64 + 1;
        file.by_ref().take(limit).read_until(b'\n', &mut bytes).map_err(&io)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let number = state.size() + 1;
        let wrong = |source| LedgerError::Line { path: path.clone(), number, source };
        if bytes.pop_if(|last| *last == b'\n').is_none() {
            // No newline: the end is torn, unless a longer line than there can be goes on to one.
            let (more, newline) = skip_line(&mut file).map_err(&io)?;
            if newline {
                return Err(wrong(LineError::Length { found: bytes.len() as u64 + more }));
            }
            let whole = more == 0 && Line::read(&bytes, &state.seal, number == 1).is_ok();
            let length = bytes.len() as u64 + more;
            return Ok(Some(Tail { offset: state.offset, length, whole, recovered: None }));
        }
        let line = Line::read(&bytes, &state.seal, number == 1).map_err(wrong)?;
        let leaf = Hash::of_leaf(&bytes);
        state.offset += bytes.len() as u64 + 1;
        state.seal = line.seal;
        state.frontier.push(leaf);
        let entry =
            Entry { index: number - 1, event: line.event, leaf, line: line.text.to_owned() };
        if !each(entry) {
            return Ok(None);
        }
    }
}

/// Reads on to after the next newline; tells how many bytes there were, and whether there was one.
fn skip_line(file: &mut impl BufRead) -> io::Result<(u64, bool)> {
    let mut skipped = 0;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Ok((skipped, false));
        }
        if let Some(at) = buffer.iter().position(|byte| *byte == b'\n') {
            return Ok((skipped + at as u64, true));
        }
        let length = buffer.len();
        skipped += length as u64;
        file.consume(length);
    }
}

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> LedgerError + use<> {
    let path = path.to_owned();
    move |source| LedgerError::Io { doing, path: path.clone(), source }
}

/// The ledger, one entry a line.
pub(crate) const FILE: &str = "ledger.jsonl";
/// Held by whoever writes; beside the ledger, so that readers never wait.
pub(crate) const LOCK: &str = "ledger.lock";
/// How often a reader looks, every 10 ms, whether an append is over.
const PATIENCE: u32 = 100;
