//! What a ledger's entries lead to.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::archive::event::Event;
use crate::archive::ledger::Ledger;
use crate::archive::registry;
use crate::python::errors::{self, OrRaise};
use crate::python::record::{self, As, names};
use crate::python::{literal, quoted, watch};
use names::By;

/// What stands after the entries of a ledger, or after some of them: every source, item and object
/// that they speak of. `Registry(lines)` makes one of the entries' events, in canonical JSON, one
/// on a line.
///
/// Every assessor's latest grade stands beside the others'; none replaces another's.
///
/// >>> from probative import Registry
/// >>> registry = Registry(
/// ...     '{"at":"2023-06-01","by":"jd","what":{"opened":{"origin":"example.org/c"}}}\n'
/// ...     '{"at":"2023-06-01","by":"jd","what":{"registered":{"name":"Watch","source":"w"}}}\n'
/// ... )
/// >>> registry.source("w").description.name
/// 'Watch'
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Registry {
    registry: Arc<registry::Registry>,
    origin: Origin,
}

/// What a registry was made from.
enum Origin {
    /// The events, one on a line.
    Lines(String),
    /// So many entries of a ledger.
    Ledger(Place, u64),
}

/// A ledger and its folder.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) ledger: Arc<Ledger>,
}

impl Registry {
    pub(super) fn of(place: Place, size: u64, registry: registry::Registry) -> Self {
        Self { registry: Arc::new(registry), origin: Origin::Ledger(place, size) }
    }

    /// The events that it was made from, one on a line.
    fn lines(&self, py: Python<'_>) -> PyResult<String> {
        let (ledger, size) = match &self.origin {
            Origin::Lines(lines) => return Ok(lines.clone()),
            Origin::Ledger(place, size) => (Arc::clone(&place.ledger), *size),
        };
        let read = watch::run(py, None, move |watch| {
            let mut lines = String::new();
            let read = ledger.entries(|entry| {
                if entry.index >= size {
                    return ControlFlow::Break(());
                }
                lines.push_str(&entry.event.to_canonical().unwrap_or_default());
                lines.push('\n');
                watch.go_on()
            });
            read.map(|()| lines)
        })?;
        read.or_raise(py)
    }
}

#[pymethods]
impl Registry {
    #[new]
    fn new(py: Python<'_>, lines: &str) -> PyResult<Self> {
        let mut registry = registry::Registry::default();
        for (index, line) in (0..).zip(lines.lines()) {
            registry.apply(index, Event::from_canonical(line).or_raise(py)?);
        }
        Ok(Self { registry: Arc::new(registry), origin: Origin::Lines(lines.to_owned()) })
    }

    fn __getnewargs__(&self, py: Python<'_>) -> PyResult<(String,)> {
        Ok((self.lines(py)?,))
    }

    /// The ledger's name.
    #[getter]
    fn origin(&self) -> &str {
        &self.registry.origin
    }

    /// How many captures there are.
    #[getter]
    fn captures(&self) -> u64 {
        self.registry.captures
    }

    /// How many entries say an earlier time than the entry before.
    #[getter]
    fn steps_back(&self) -> u64 {
        self.registry.steps_back
    }

    /// What was recorded of each source, by id.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::SourceRecord>>> {
        record::custody(py, &self.registry.sources).map(As::new)
    }

    /// What was recorded of each item, by id.
    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::ItemRecord>>> {
        record::custody(py, &self.registry.items).map(As::new)
    }

    /// What was recorded of each object, by the text of its digest.
    #[getter]
    fn objects<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::ObjectRecord>>> {
        record::custody(py, &self.registry.objects).map(As::new)
    }

    /// What was recorded of this source. Raises `UnknownIdError` (a `KeyError`) when nothing was.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
    /// >>> archive.ledger().registry.source("ngo").description.name
    /// 'Border Watch'
    fn source<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::SourceRecord>> {
        let found =
            self.registry.source(id).ok_or_else(|| errors::unknown_id(py, "a source", id))?;
        record::custody(py, found).map(As::new)
    }

    /// What was recorded of this item. Raises `UnknownIdError` (a `KeyError`) when nothing was.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.derive("3a", [], by="jd", now="2023-06-01")
    /// >>> archive.ledger().registry.item("3a").lineage["jd"]
    /// ()
    fn item<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::ItemRecord>> {
        let found = self.registry.item(id).ok_or_else(|| errors::unknown_id(py, "an item", id))?;
        record::custody(py, found).map(As::new)
    }

    /// The latest grades of an item or a source, one of each assessor; there are none of one that
    /// nobody graded.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> _ = archive.grade("4", item="3a", because="b", by="jd", now="2023-06-01")
    /// >>> [one.mark for one in archive.ledger().registry.grades(item="3a").digits]
    /// [Credibility.FOUR]
    #[pyo3(signature = (*, item = None, source = None))]
    fn grades<'py>(
        &self,
        py: Python<'py>,
        item: Option<&str>,
        source: Option<&str>,
    ) -> PyResult<As<'py, names::Grades>> {
        let grades = match (item, source) {
            (Some(item), None) => self.registry.item(item).map(|record| &record.grades),
            (None, Some(source)) => self.registry.source(source).map(|record| &record.grades),
            _ => return Err(PyTypeError::new_err("expected one of item and source")),
        };
        match grades {
            Some(grades) => record::custody(py, grades),
            None => record::custody(py, &registry::Grades::default()),
        }
        .map(As::new)
    }

    /// The registry as dictionaries, lists, texts and numbers.
    ///
    /// >>> from probative import Archive
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
    /// >>> archive.ledger().registry.to_dict()["origin"]
    /// 'example.org/case-7'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &*self.registry).map(As::new)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.registry == other.get().registry)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (
            &self.registry.origin,
            self.registry.captures,
            self.registry.items.len(),
            self.registry.sources.len(),
        )
            .hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        match &self.origin {
            Origin::Lines(lines) => Ok(format!("Registry({})", quoted(py, lines)?)),
            Origin::Ledger(place, size) => {
                Ok(format!("Ledger.read({}).as_of_size({size})", literal(py, &place.path)?))
            }
        }
    }

    fn __str__(&self) -> String {
        let (items, sources) = (self.registry.items.len(), self.registry.sources.len());
        format!("{}: {items} items, {sources} sources", self.registry.origin)
    }
}
