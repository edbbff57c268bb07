//! Ledgers.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::registry::{Place, Registry};
use super::table;
use crate::archive::event::Event;
use crate::archive::ledger::{self, LedgerError};
use crate::python::argument::Count;
use crate::python::errors::{self, OrRaise};
use crate::python::moment::{self, When};
use crate::python::record::{self, As, names};
use crate::python::rows::Position;
use crate::python::watch::{self, PATIENCE};
use crate::python::{arrow, capsule, literal, quoted};

/// The append-only record of an archive: who captured, graded and withdrew what, when and why.
///
/// It is read once, to its end, and every line is checked; what is added later is seen by reading
/// it anew. `len(ledger)` counts its entries, iteration reads them again at constant memory, and
/// `polars.DataFrame(ledger)` is a table of them.
///
/// >>> import tempfile
/// >>> from probative import Archive
/// >>> place = tempfile.TemporaryDirectory()
/// >>> archive = Archive.create(place.name, origin="example.org/case-7", by="jd", now="2023-06-01")
/// >>> _ = archive.grade("3", item="3a", because="one source", by="jd", now="2023-06-02")
/// >>> _ = archive.grade("5", item="3a", because="denied", by="mk", now="2023-06-20")
/// >>> ledger = archive.ledger()
/// >>> len(ledger.as_of("2023-06-10").grades(item="3a").digits)
/// 1
/// >>> ledger.registry.grades(item="3a").dissent
/// True
/// >>> place.cleanup()
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Ledger {
    path: PathBuf,
    ledger: Arc<ledger::Ledger>,
}

impl Ledger {
    fn place(&self) -> Place {
        Place { path: self.path.clone(), ledger: Arc::clone(&self.ledger) }
    }

    /// What stood before the first such entry.
    fn before(
        &self,
        py: Python<'_>,
        stop: impl Fn(&ledger::Entry) -> bool + Send + 'static,
    ) -> PyResult<Registry> {
        let ledger = Arc::clone(&self.ledger);
        let read = watch::run(py, None, move |watch| {
            let (mut size, mut registry) = (0, crate::archive::registry::Registry::default());
            let read = ledger.entries(|entry| {
                if stop(&entry) {
                    return ControlFlow::Break(());
                }
                registry.apply(entry.index, entry.event);
                size = entry.index + 1;
                watch.go_on()
            });
            read.map(|()| (size, registry))
        })?;
        let (size, registry) = read.or_raise(py)?;
        Ok(Registry::of(self.place(), size, registry))
    }
}

#[pymethods]
impl Ledger {
    /// The ledger in an archive's folder. Nothing is written.
    ///
    /// Raises `MissingArchiveError` (a `FileNotFoundError`) when there is none, `ArchiveFileError`
    /// (an `OSError`) when it cannot be read, and `IntegrityError`, with the number of the `line`,
    /// when an entry does not verify.
    ///
    /// >>> from probative import Archive, Ledger
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    /// >>> Ledger.read("case-7") == archive.ledger()
    /// True
    #[staticmethod]
    pub(super) fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let folder = path.clone();
        let ledger = watch::run(py, None, move |_| ledger::Ledger::read(&folder))?;
        Ok(Self { path, ledger: Arc::new(ledger.or_raise(py)?) })
    }

    /// What stands after all entries.
    #[getter]
    fn registry(&self) -> Registry {
        Registry::of(self.place(), self.ledger.size(), self.ledger.registry().clone())
    }

    /// What stood at this time: the entries before the first whose time is after it. An entry that
    /// is dated back counts from where it stands.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
    /// >>> len(archive.ledger().as_of("2023-05-01").sources), len(archive.ledger().as_of("2023-06-01").sources)
    /// (0, 1)
    fn as_of(&self, py: Python<'_>, time: When) -> PyResult<Registry> {
        self.before(py, move |entry| entry.event.at.is_after(time.0))
    }

    /// What stood after the first `size` entries.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
    /// >>> len(archive.ledger().as_of_size(1).sources), len(archive.ledger().as_of_size(2).sources)
    /// (0, 1)
    fn as_of_size(&self, py: Python<'_>, size: Count) -> PyResult<Registry> {
        self.before(py, move |entry| entry.index >= size.0)
    }

    /// The entry at a position, from the end where it is negative. The ledger is read again up to
    /// there.
    fn __getitem__(&self, py: Python<'_>, at: Position) -> PyResult<Entry> {
        let at = at.within(self.__len__()?)? as u64;
        let ledger = Arc::clone(&self.ledger);
        let read = watch::run(py, None, move |watch| {
            let mut found = None;
            let read = ledger.entries(|entry| {
                if entry.index < at {
                    return watch.go_on();
                }
                found = Some(Entry::of(entry.index, entry.event));
                ControlFlow::Break(())
            });
            read.map(|()| found)
        })?;
        read.or_raise(py)?.ok_or_else(|| errors::lost(py))
    }

    /// Its name, as it is in what is signed.
    #[getter]
    fn origin(&self) -> &str {
        &self.ledger.registry().origin
    }

    /// The root of the entries' tree (RFC 6962), in base64.
    #[getter]
    fn root(&self) -> String {
        self.ledger.root().to_string()
    }

    /// How many bytes there are after the last whole entry: a writer was stopped there, or writes
    /// now. `Archive.open` puts them aside.
    #[getter]
    fn torn(&self) -> u64 {
        self.ledger.tail().map_or(0, |tail| tail.length)
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.ledger.size().try_into()?)
    }

    fn __iter__(&self) -> PyResult<EntryIterator> {
        EntryIterator::over(&self.ledger)
    }

    /// The entries as an Arrow stream, for whatever speaks the PyCapsule interface. What is asked
    /// for in `requested_schema` is not converted to, as the interface allows.
    #[pyo3(signature = (requested_schema: "object" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let ledger = Arc::clone(&self.ledger);
        let entries = watch::run(py, None, move |watch| {
            let mut list = Vec::new();
            let read = ledger.entries(|entry| {
                list.push((entry.index, entry.event));
                watch.go_on()
            });
            read.map(|()| table::entries(&list, watch))
        })?;
        capsule::stream(py, entries.or_raise(py)?.map_err(|error| arrow::failed(&error))?)
    }

    /// The table's Arrow schema, for whatever speaks the PyCapsule interface.
    #[pyo3(signature = () -> "object")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &table::schema())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.ledger.root() == other.get().ledger.root())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.ledger.root().as_bytes().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Ledger.read({})", literal(py, &self.path)?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let read = py.get_type::<Self>().getattr("read")?;
        (read, (&self.path,)).into_pyobject(py)
    }
}

/// One entry of a ledger: its place from 0, and the event that it records, made of the event's
/// canonical JSON.
///
/// Raises `EventError` when the text is no event.
///
/// >>> from probative import Entry, Opened
/// >>> entry = Entry(0, '{"at":"2023-06-01","by":"jd","what":{"opened":{"origin":"example.org/c"}}}')
/// >>> match entry.what:
/// ...     case Opened(origin):
/// ...         print(entry.by, origin)
/// jd example.org/c
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Entry {
    index: u64,
    event: Event,
}

impl Entry {
    pub(super) fn of(index: u64, event: Event) -> Self {
        Self { index, event }
    }

    fn text(&self) -> String {
        // What a ledger holds can be written.
        self.event.to_canonical().unwrap_or_default()
    }
}

#[pymethods]
impl Entry {
    #[new]
    fn new(py: Python<'_>, index: Count, event: &str) -> PyResult<Self> {
        Event::from_canonical(event).or_raise(py).map(|event| Self { index: index.0, event })
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str) {
        ("index", "at", "by", "what")
    }

    /// Its place in the ledger, from 0.
    #[getter]
    fn index(&self) -> u64 {
        self.index
    }

    /// When it was recorded, by the writer's clock.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Date>> {
        moment::to_python(py, self.event.at).map(As::new)
    }

    /// Who recorded it.
    #[getter]
    fn by(&self) -> &str {
        &self.event.by
    }

    /// The program and version that recorded it.
    #[getter]
    fn program(&self) -> Option<&str> {
        self.event.with.as_deref()
    }

    /// What happened: one of the records that name what an entry can say.
    #[getter]
    fn what<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::What>> {
        record::custody(py, &self.event.what).map(As::new)
    }

    /// The event as dictionaries, lists, texts and numbers: what reading its JSON gives.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> archive.ledger()[0].to_dict()["what"]
    /// {'opened': {'origin': 'example.org/case-7'}}
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &self.event).map(As::new)
    }

    /// The event's canonical JSON.
    fn __str__(&self) -> String {
        self.text()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            (self.index, &self.event) == (other.index, &other.event)
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.index, &self.event.by, self.event.at).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Entry({}, {})", self.index, quoted(py, &self.text())?))
    }

    fn __getnewargs__(&self) -> (u64, String) {
        (self.index, self.text())
    }
}

/// Goes over the entries of a ledger once.
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct EntryIterator {
    /// Given back after each entry; none when another thread waits for one.
    entries: Mutex<Option<Receiver<Result<Entry, LedgerError>>>>,
}

impl EntryIterator {
    /// Reads ahead on a thread of its own, which ends when the iterator is gone.
    fn over(ledger: &Arc<ledger::Ledger>) -> PyResult<Self> {
        let ledger = Arc::clone(ledger);
        let (sender, entries) = sync_channel(AHEAD);
        thread::Builder::new().name("probative".into()).spawn(move || {
            let read = ledger.entries(|entry| {
                match sender.send(Ok(Entry::of(entry.index, entry.event))) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            });
            if let Err(error) = read {
                let _ = sender.send(Err(error));
            }
        })?;
        Ok(Self { entries: Mutex::new(Some(entries)) })
    }
}

/// How many entries are read before they are asked for.
const AHEAD: usize = 256;

#[pymethods]
impl EntryIterator {
    fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Entry>> {
        let slot = || self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut entries) = slot().take() else {
            return Err(errors::busy("another thread takes an entry"));
        };
        let answer = loop {
            let (back, answer) = py.detach(move || {
                let answer = entries.recv_timeout(PATIENCE);
                (entries, answer)
            });
            entries = back;
            if answer.is_ok() || matches!(answer, Err(RecvTimeoutError::Disconnected)) {
                break answer;
            }
            if let Err(stopped) = py.check_signals() {
                *slot() = Some(entries);
                return Err(stopped);
            }
        };
        *slot() = Some(entries);
        answer.ok().transpose().or_raise(py)
    }
}
