//! An archive in whole.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use pyo3::exceptions::{PyOSError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use super::content::{Content, opened};
use super::inspection::inspect;
use super::keys::Trusted;
use super::ledger::{Entry, Ledger};
use super::proof::{Checkpoint, Pin, Proof};
use crate::archive::capture::Capture;
use crate::archive::event::{Event, Mark, Subject, What};
use crate::archive::note::SigningKey as Key;
use crate::archive::registry::Registry;
use crate::archive::store::Store as _;
use crate::archive::{self, ArchiveError, standing};
use crate::moment::Moment;
use crate::python::argument::{Bytes, Count};
use crate::python::digest::Digest;
use crate::python::errors::{OrRaise, ReadError, Reading, cannot_read, lost};
use crate::python::given::All;
use crate::python::literal;
use crate::python::moment::When;
use crate::python::record::names::{self, By};
use crate::python::record::{self, As, Many};
use crate::python::report::Report;
use crate::python::watch::{self, Progress, Watched};
use crate::report::{ArchiveState, Problems, SourceKind};

/// A folder that keeps what was read, byte for byte, and a provable record of who said what of it
/// when.
///
/// Every entry says `by` whom it is; `now` is the time to record instead of the clock's. What is
/// recorded stays: there is nothing here that changes or removes an entry.
///
/// >>> import tempfile
/// >>> from pathlib import Path
/// >>> from probative import Archive, SigningKey
/// >>> place = tempfile.TemporaryDirectory()
/// >>> folder, key = Path(place.name) / "case-7", Path(place.name) / "case-7.key"
/// >>> archive = Archive.create(folder, origin="example.org/case-7", by="jd", key=key)
/// >>> entry = archive.add(b"<p>the claim</p>", url="https://example.com/", at="2023-06-01",
/// ...                     item="3a", by="jd")
/// >>> archive.get(entry.what.digest)
/// b'<p>the claim</p>'
/// >>> checkpoint = archive.checkpoint(key)
/// >>> found = archive.verify(trust=[SigningKey.read(key).verifier])
/// >>> found.bytes, found.order, found.identity, found.problems
/// (Answer.YES, Answer.YES, Answer.YES, ())
/// >>> place.cleanup()
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Archive {
    path: PathBuf,
    archive: Arc<Mutex<archive::Archive>>,
}

/// What `get` gives at the most, unless it is asked for more: 256 MiB.
const LIMIT: Count = Count(1 << 28);

/// Another thread that died with the lock left the archive as the disk has it.
fn lock(archive: &Mutex<archive::Archive>) -> MutexGuard<'_, archive::Archive> {
    archive.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Archive {
    fn new(path: PathBuf, archive: archive::Archive) -> Self {
        Self { path, archive: Arc::new(Mutex::new(archive)) }
    }

    /// Works with the archive, without holding the interpreter.
    fn with<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut archive::Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> PyResult<T> {
        let archive = Arc::clone(&self.archive);
        watch::run(py, None, move |_| work(&mut lock(&archive)))?.or_raise(py)
    }

    /// The same, with the archive as it is on the disk now: others may have added to it.
    fn with_current<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&archive::Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> PyResult<T> {
        self.with(py, move |archive| {
            archive.refresh()?;
            work(archive)
        })
    }

    /// The archive in this folder, to be read alone.
    pub(in crate::python) fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let folder = path.clone();
        let read = watch::run(py, None, move |_| archive::Archive::read(&folder))?;
        read.or_raise(py).map(|archive| Self::new(path, archive))
    }

    fn record(&self, py: Python<'_>, by: String, now: Option<When>, what: What) -> PyResult<Entry> {
        let event = event(time(now)?, by, what);
        let recorded = event.clone();
        let places = self.with(py, move |archive| archive.record(&[recorded]))?;
        Ok(Entry::of(places.start, event))
    }
}

/// The time that was given, or the clock's, to the second.
fn time(now: Option<When>) -> PyResult<Moment> {
    if let Some(When(now)) = now {
        return Ok(now);
    }
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok();
    let seconds = elapsed.and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok());
    let time = seconds.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    let moment = time.and_then(|time| Moment::instant(time.fixed_offset()).ok());
    moment.ok_or_else(|| PyOSError::new_err("the clock shows no time that can be written"))
}

fn event(at: Moment, by: String, what: What) -> Event {
    Event::new(at, by, what).with(concat!("probative ", env!("CARGO_PKG_VERSION")))
}

fn subject(
    item: Option<String>,
    source: Option<String>,
    object: Option<Digest>,
) -> PyResult<Subject> {
    match (item, source, object) {
        (Some(item), None, None) => Ok(Subject::Item(item)),
        (None, Some(source), None) => Ok(Subject::Source(source)),
        (None, None, Some(Digest(object))) => Ok(Subject::Object(object)),
        _ => Err(PyTypeError::new_err("expected one thing that it is about")),
    }
}

#[pymethods]
impl Archive {
    /// Begins an archive in a folder that has none yet, which is made when it is absent.
    ///
    /// `origin` names it in what is signed: best a URL without a scheme, such as
    /// `example.org/case-7`. `key` is the file of the secret key, which is made when it is absent;
    /// keep it outside the archive.
    ///
    /// Raises `ArchiveExistsError` (a `FileExistsError`) when there is an archive already,
    /// `ArchiveFileError` (an `OSError`) when a file cannot be written, and `SigningKeyError` when
    /// the key cannot be used.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.ledger().origin
    /// 'example.org/case-7'
    #[staticmethod]
    #[pyo3(signature = (path, *, origin, by, key = None, now = None))]
    fn create(
        py: Python<'_>,
        path: PathBuf,
        origin: String,
        by: String,
        key: Option<PathBuf>,
        now: Option<When>,
    ) -> PyResult<Self> {
        let (at, folder) = (time(now)?, path.clone());
        let created = watch::run(py, None, move |_| {
            if let Some(key) = key {
                Key::read_or_new(&key, &origin)?;
            }
            archive::Archive::create(&folder, origin, at, by)
        })?;
        created.or_raise(py).map(|archive| Self::new(path, archive))
    }

    /// The archive in this folder. A torn end of its ledger, as a writer that was stopped leaves
    /// it, is put aside.
    ///
    /// Raises `MissingArchiveError` (a `FileNotFoundError`) when there is none, `ArchiveFileError`
    /// (an `OSError`) when it cannot be read, and `IntegrityError`, with the number of the `line`,
    /// when an entry does not verify; `inspect` then tells the rest.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> Archive.open("case-7") == archive
    /// True
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let folder = path.clone();
        let opened = watch::run(py, None, move |_| archive::Archive::open(&folder))?;
        opened.or_raise(py).map(|archive| Self::new(path, archive))
    }

    /// Its folder.
    #[getter]
    fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// Its ledger as it is now.
    ///
    /// Raises what `Ledger.read` does.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> len(archive.ledger())
    /// 1
    fn ledger(&self, py: Python<'_>) -> PyResult<Ledger> {
        Ledger::read(py, self.path.clone())
    }

    /// Keeps what was retrieved, and records the capture.
    ///
    /// `url` is the address as it was asked for, `at` when the bytes came, `item` the id of the
    /// report's item that cites it. `media_type` and `status` are what the answer said, such as
    /// `text/html` and 200. `progress` is called with the bytes read and the bytes there are.
    ///
    /// Raises `ArchiveFileError` (an `OSError`) when a file cannot be read or written, and
    /// `EventError` when the capture cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> page = archive.add(b"<p>x</p>", url="https://example.com/", at="2023-06-01", by="jd")
    /// >>> page.what.length
    /// 8
    #[pyo3(signature = (
        data, *, url, at, by, item = None, media_type = None, status = None, now = None,
        progress = None,
    ))]
    #[allow(clippy::too_many_arguments)] // they are what a capture says
    fn add(
        &self,
        py: Python<'_>,
        data: Content,
        url: String,
        at: When,
        by: String,
        item: Option<String>,
        media_type: Option<String>,
        status: Option<u16>,
        now: Option<When>,
        progress: Option<Progress>,
    ) -> PyResult<Entry> {
        let archive = Arc::clone(&self.archive);
        let now = time(now)?;
        let added = watch::run(py, progress.as_ref(), move |watch| {
            let mut archive = lock(&archive);
            let kept = match data {
                Content::Bytes(Bytes(bytes)) => {
                    archive.keep(&mut Watched::of(&bytes[..], bytes.len(), watch))?
                }
                Content::File(path) => archive.keep(&mut opened(&path, watch)?)?,
            };
            let mut capture = Capture::new(url, at.0, kept.digest, kept.length);
            capture.item = item;
            capture.media_type = media_type;
            capture.status = status;
            let capture = archive.with_text(capture)?;
            let event = event(now, by, What::Captured(capture));
            let places = archive.record(std::slice::from_ref(&event))?;
            Ok::<_, ArchiveError>(Entry::of(places.start, event))
        })?;
        added.or_raise(py)
    }

    /// Keeps a WARC or WACZ file and the payload of every response and resource in it, and records
    /// a capture of each. A WACZ file is checked in whole first.
    ///
    /// `progress` is called with the bytes read and the bytes there are, for each time that the
    /// file is read. What an interrupted import has recorded stays.
    ///
    /// Raises `ContainerError` when the file is neither, or a WACZ file that does not verify, and
    /// `ArchiveFileError` (an `OSError`) when a file cannot be read or written.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.import_("examples/reports/wagner-mali.toml", by="jd")
    /// Traceback (most recent call last):
    /// probative.ContainerError: ...
    #[pyo3(signature = (path, *, by, now = None, progress = None))]
    fn import_<'py>(
        &self,
        py: Python<'py>,
        path: PathBuf,
        by: String,
        now: Option<When>,
        progress: Option<Progress>,
    ) -> PyResult<As<'py, names::Import>> {
        let archive = Arc::clone(&self.archive);
        let now = time(now)?;
        let imported = watch::run(py, progress.as_ref(), move |watch| {
            let file = opened(&path, watch)?;
            lock(&archive).import(file, now, &mut |capture| {
                if watch.go_on().is_break() {
                    return Err(io::Error::other("stopped"));
                }
                Ok(event(now, by.clone(), What::Captured(capture)))
            })
        })?;
        let imported = imported.or_raise(py)?;
        let flaws = imported.flaws.iter().map(|(offset, flaw)| {
            let fields = PyDict::new(py);
            fields.set_item("offset", offset)?;
            fields.set_item("message", flaw.to_string())?;
            record::custody_of(py, "Flaw", &fields)
        });
        let flaws: Vec<_> = flaws.collect::<PyResult<_>>()?;
        let fields = PyDict::new(py);
        fields.set_item("container", Digest(imported.container))?;
        fields.set_item("records", imported.records)?;
        fields.set_item("captures", imported.captures)?;
        fields.set_item("signature", imported.signature.map(|one| one.to_string()))?;
        fields.set_item("flaws", PyTuple::new(py, flaws)?)?;
        record::custody_of(py, "Import", &fields).map(As::new)
    }

    /// Grades an item or a source. `mark` is a letter A to G or, for an item alone, a digit 1 to
    /// 6; `scale` is what it is of. An earlier grade by the same assessor stays in the ledger and
    /// counts no longer; those of others stand beside it.
    ///
    /// Raises `GradeError` when the mark is none, and `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.grade("B", source="ngo", because="its record", by="jd").what.mark
    /// Reliability.B
    #[pyo3(signature = (
        mark, *, item = None, source = None, because, by, scale = "admiralty", now = None
    ))]
    #[allow(clippy::too_many_arguments)] // they are what a grade says
    fn grade(
        &self,
        py: Python<'_>,
        mark: &str,
        item: Option<String>,
        source: Option<String>,
        because: String,
        by: String,
        scale: &str,
        now: Option<When>,
    ) -> PyResult<Entry> {
        let mark: Mark = mark.parse().or_raise(py)?;
        let (of, scale) = (subject(item, source, None)?, scale.to_owned());
        self.record(py, by, now, What::Graded { because, mark, of, scale })
    }

    /// Says that an item or a source counts no longer, or that an object is erased; then its bytes
    /// are. The entry and the proofs of all others stay.
    ///
    /// Raises `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.withdraw(item="3a", because="retracted", by="jd").what.subject.item
    /// '3a'
    #[pyo3(signature = (*, item = None, source = None, object = None, because, by, now = None))]
    #[allow(clippy::too_many_arguments)] // they are what a withdrawal says
    fn withdraw(
        &self,
        py: Python<'_>,
        item: Option<String>,
        source: Option<String>,
        object: Option<Digest>,
        because: String,
        by: String,
        now: Option<When>,
    ) -> PyResult<Entry> {
        let subject = subject(item, source, object)?;
        self.record(py, by, now, What::Withdrawn { because, subject })
    }

    /// Records a remark, about one item, source or object or about nothing of them.
    ///
    /// Raises `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.note("ask again", item="3a", by="jd").what.text
    /// 'ask again'
    #[pyo3(signature = (text, *, item = None, source = None, object = None, by, now = None))]
    #[allow(clippy::too_many_arguments)] // they are what a remark says
    fn note(
        &self,
        py: Python<'_>,
        text: String,
        item: Option<String>,
        source: Option<String>,
        object: Option<Digest>,
        by: String,
        now: Option<When>,
    ) -> PyResult<Entry> {
        let about = match (item, source, object) {
            (None, None, None) => None,
            (item, source, object) => Some(subject(item, source, object)?),
        };
        self.record(py, by, now, What::Noted { about, text })
    }

    /// Names a source, by the id that items and grades use. `kind` is in the words of the report
    /// format; sources of one `owner` are not independent of each other.
    ///
    /// Raises `UnknownWordError` for another kind, and `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.register("ngo", name="Border Watch", kind="ngo", by="jd").what.name
    /// 'Border Watch'
    #[pyo3(signature = (source, *, name, by, kind = None, owner = None, url = None, now = None))]
    #[allow(clippy::too_many_arguments)] // they are what is said of a source
    fn register(
        &self,
        py: Python<'_>,
        source: String,
        name: String,
        by: String,
        kind: Option<String>,
        owner: Option<String>,
        url: Option<String>,
        now: Option<When>,
    ) -> PyResult<Entry> {
        if let Some(kind) = &kind {
            kind.parse::<SourceKind>().or_raise(py)?;
        }
        self.record(py, by, now, What::Registered { kind, name, owner, source, url })
    }

    /// Records whether an item is what it claims to be: `outcome` is one of `Authenticity`.
    ///
    /// Raises `UnknownWordError` for another outcome, and `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.authenticate("3a", "verified", because="geolocated", by="jd").what.outcome
    /// Authenticity.VERIFIED
    #[pyo3(signature = (
        item,
        outcome: "Authenticity | Literal['disputed', 'unverified', 'partial', 'verified']",
        *,
        because,
        by,
        now = None,
    ))]
    fn authenticate(
        &self,
        py: Python<'_>,
        item: String,
        outcome: &str,
        because: String,
        by: String,
        now: Option<When>,
    ) -> PyResult<Entry> {
        use crate::archive::event::Authenticity as Outcome;
        use crate::report::Authenticity;

        let outcome = match outcome.parse::<Authenticity>().or_raise(py)? {
            Authenticity::Disputed => Outcome::Disputed,
            Authenticity::Unverified => Outcome::Unverified,
            Authenticity::Partial => Outcome::Partial,
            Authenticity::Verified => Outcome::Verified,
        };
        self.record(py, by, now, What::Authenticated { because, item, outcome })
    }

    /// Records which items and sources an item's information derives from; none when it is
    /// first-hand.
    ///
    /// Raises `EventError` when it cannot be recorded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.derive("3a", ["3b"], by="jd").what.derived_from
    /// ('3b',)
    #[pyo3(signature = (item, derived_from, *, by, now = None))]
    fn derive(
        &self,
        py: Python<'_>,
        item: String,
        derived_from: All<String>,
        by: String,
        now: Option<When>,
    ) -> PyResult<Entry> {
        self.record(py, by, now, What::Lineage { derived_from: derived_from.0, item })
    }

    /// The bytes of an object, compared with its digest. `limit` is in bytes.
    ///
    /// Raises `MissingObjectError` (a `LookupError`) when there is no such object,
    /// `ObjectTooLongError` when it is longer than the limit, `IntegrityError` when its bytes are
    /// others, and `ArchiveFileError` (an `OSError`) when it cannot be read.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> page = archive.add(b"<p>x</p>", url="https://example.com/", at="2023-06-01", by="jd")
    /// >>> archive.get(page.what.digest)
    /// b'<p>x</p>'
    #[pyo3(signature = (digest, *, limit = LIMIT))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        digest: Digest,
        limit: Count,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.with(py, move |archive| Ok(archive.store().get(digest.0, limit.0)?))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Reads the archive again in whole, as `inspect` does.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.verify().problems
    /// ()
    #[pyo3(signature = (*, trust = All(Vec::new()), pin = None, threads = None, progress = None))]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        trust: All<Trusted>,
        pin: Option<Pin>,
        threads: Option<Count>,
        progress: Option<Progress>,
    ) -> PyResult<As<'py, names::Inspection>> {
        inspect(py, self.path.clone(), trust, pin, threads, progress)
    }

    /// Signs the ledger as it stands with the key in the file `key`, and writes `SHA256SUMS` for
    /// `sha256sum -c`. The file `KEY.pin` beside the key remembers what was signed with it.
    ///
    /// Raises `IntegrityError` when the ledger does not go on from what was signed before,
    /// `SigningKeyError` when the file holds no key or others may read it, and `ArchiveFileError`
    /// (an `OSError`) when a file cannot be read or written.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
    /// >>> archive.checkpoint("jd.key").size
    /// 1
    fn checkpoint(&self, py: Python<'_>, key: PathBuf) -> PyResult<Checkpoint> {
        let note = self.with(py, move |archive| archive.checkpoint(&key))?;
        Checkpoint::of(note).or_raise(py)
    }

    /// The latest checkpoint, unverified.
    ///
    /// Raises `UnsignedError` (a `LookupError`) when nothing was signed yet.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
    /// >>> archive.checkpoint("jd.key") == archive.latest()
    /// True
    fn latest(&self, py: Python<'_>) -> PyResult<Checkpoint> {
        let (_, note) = self.with_current(py, |archive| archive.latest())?;
        Checkpoint::of(note).or_raise(py)
    }

    /// A proof that the entry at this place is in the ledger; it can be verified without the
    /// archive.
    ///
    /// Raises `UnsignedError` (a `LookupError`) when the latest checkpoint does not cover the entry.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
    /// >>> _ = archive.checkpoint("jd.key")
    /// >>> archive.prove(0).index
    /// 0
    fn prove(&self, py: Python<'_>, index: Count) -> PyResult<Proof> {
        self.with_current(py, move |archive| archive.prove(index.0)).map(Proof)
    }

    /// Whether what the items of a report rest on is still there, by the items' ids: their own
    /// captures and those in the ledger are read again.
    ///
    /// `progress` is called with the items looked at and the items there are. Raises
    /// `ArchiveFileError` (an `OSError`) when an object cannot be read at all.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> archive.check(report)["3b"]
    /// ArchiveState.NONE
    #[pyo3(signature = (report, *, progress = None))]
    fn check<'py>(
        &self,
        py: Python<'py>,
        report: &Report,
        progress: Option<Progress>,
    ) -> PyResult<As<'py, By<names::ArchiveState>>> {
        let states = self.states(py, report, progress.as_ref())?;
        let items = report.report.items().iter();
        let states: BTreeMap<&str, ArchiveState> =
            items.map(|item| &*item.id).zip(states).collect();
        record::custody(py, &states).map(As::new)
    }

    /// The report with the ledger's grades in the place of its own, as they stood at `as_of`, or at
    /// the report's cut-off when it is not given. Where the assessor `by` has graded, it is that
    /// grade; elsewhere, and when nobody is named, the latest.
    ///
    /// Raises `ReportError` when the report is not valid with those grades.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.grade("4", item="3b", because="b", by="jd", now="2023-06-02")
    /// >>> archive.graded(report).item("3b").credibility
    /// Credibility.FOUR
    #[pyo3(signature = (report, *, by = None, as_of = None))]
    fn graded(
        &self,
        py: Python<'_>,
        report: &Report,
        by: Option<String>,
        as_of: Option<When>,
    ) -> PyResult<Report> {
        let asked = as_of.map(|When(time)| time);
        self.graded_by(py, report, asked, by)
    }

    /// Those who have graded a source or an item of the report by then, sorted by name.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.grade("4", item="3b", because="b", by="jd", now="2023-06-02")
    /// >>> archive.assessors(report)
    /// ('jd',)
    #[pyo3(signature = (report, *, as_of = None))]
    fn assessors<'py>(
        &self,
        py: Python<'py>,
        report: &Report,
        as_of: Option<When>,
    ) -> PyResult<As<'py, Many<names::Text>>> {
        self.names(py, report, as_of, standing::assessors)
    }

    /// The other scales than `admiralty` on which a source or an item of the report was graded by
    /// then, sorted by name. Their grades are not used.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.grade("4", item="3b", because="b", by="jd", scale="desk", now="2023-06-02")
    /// >>> archive.other_scales(report)
    /// ('desk',)
    #[pyo3(signature = (report, *, as_of = None))]
    fn other_scales<'py>(
        &self,
        py: Python<'py>,
        report: &Report,
        as_of: Option<When>,
    ) -> PyResult<As<'py, Many<names::Text>>> {
        self.names(py, report, as_of, standing::other_scales)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.path == other.get().path)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Archive.open({})", literal(py, &self.path)?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let open = py.get_type::<Self>().getattr("open")?;
        (open, (&self.path,)).into_pyobject(py)
    }
}

impl Archive {
    /// What the registry as it stood says of a report, as names.
    fn names<'py>(
        &self,
        py: Python<'py>,
        report: &Report,
        as_of: Option<When>,
        of: fn(&crate::report::Report, &Registry) -> BTreeSet<String>,
    ) -> PyResult<As<'py, Many<names::Text>>> {
        let (report, asked) = (Arc::clone(&report.report), as_of.map(|When(time)| time));
        let names = self.with_current(py, move |archive| {
            let registry = archive.registry(asked.or(report.cut_off()))?;
            Ok(of(&report, &registry))
        })?;
        Ok(As::new(PyTuple::new(py, names)?.into_any()))
    }

    /// The state of each item, in the report's order.
    pub(in crate::python) fn states(
        &self,
        py: Python<'_>,
        report: &Report,
        progress: Option<&Progress>,
    ) -> PyResult<Vec<ArchiveState>> {
        let (archive, report) = (Arc::clone(&self.archive), Arc::clone(&report.report));
        let states = watch::run(py, progress, move |watch| {
            let mut archive = lock(&archive);
            archive.refresh()?;
            let (registry, store) = (archive.ledger().registry(), archive.store());
            let states = standing::states_while(&report, registry, store, &mut |done, total| {
                watch.step(done, total)
            });
            Ok::<_, ArchiveError>(states?)
        })?;
        states.or_raise(py)?.ok_or_else(|| lost(py))
    }

    /// The report with the latest grades, and with those of each assessor, by name.
    pub(in crate::python) fn by_assessor(
        &self,
        py: Python<'_>,
        report: &Report,
        as_of: Option<Moment>,
    ) -> PyResult<(Report, Vec<(String, crate::report::Report)>)> {
        let report = Arc::clone(&report.report);
        let graded = self.with_current(py, move |archive| {
            let registry = archive.registry(as_of.or(report.cut_off()))?;
            let by = |by: Option<&str>| standing::graded_by(&report, &registry, by);
            let assessors = standing::assessors(&report, &registry);
            Ok(by(None).and_then(|latest| {
                let each = assessors.into_iter().map(|name| Ok((by(Some(&name))?, name)));
                let each = each.map(|pair| pair.map(|(graded, name)| (name, graded)));
                Ok((latest, each.collect::<Result<_, Problems>>()?))
            }))
        })?;
        let graded = graded.map(|(latest, each)| (Report::new(Arc::new(latest)), each));
        graded.map_err(|problems| cannot_read(py, Reading::Report, ReadError::Unplaced(problems)))
    }

    fn graded_by(
        &self,
        py: Python<'_>,
        report: &Report,
        as_of: Option<Moment>,
        by: Option<String>,
    ) -> PyResult<Report> {
        let report = Arc::clone(&report.report);
        let graded = self.with_current(py, move |archive| {
            let registry = archive.registry(as_of.or(report.cut_off()))?;
            Ok(standing::graded_by(&report, &registry, by.as_deref()))
        })?;
        match graded {
            Ok(report) => Ok(Report::new(Arc::new(report))),
            Err(problems) => Err(cannot_read(py, Reading::Report, ReadError::Unplaced(problems))),
        }
    }
}
