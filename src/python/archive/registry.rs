//! What a ledger's entries lead to.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::archive::registry;
use crate::python::errors;
use crate::python::record::{self, As, names};
use names::By;

/// What stands after the entries of a ledger, or after some of them: every source, item and object
/// that they speak of.
///
/// Every assessor's latest grade stands beside the others'; none replaces another's.
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Registry(Arc<registry::Registry>);

impl Registry {
    pub(super) fn new(registry: registry::Registry) -> Self {
        Self(Arc::new(registry))
    }
}

#[pymethods]
impl Registry {
    /// The ledger's name.
    #[getter]
    fn origin(&self) -> &str {
        &self.0.origin
    }

    /// How many captures there are.
    #[getter]
    fn captures(&self) -> u64 {
        self.0.captures
    }

    /// How many entries say an earlier time than the entry before.
    #[getter]
    fn steps_back(&self) -> u64 {
        self.0.steps_back
    }

    /// What was recorded of each source, by id.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::SourceRecord>>> {
        record::custody(py, &self.0.sources).map(As::new)
    }

    /// What was recorded of each item, by id.
    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::ItemRecord>>> {
        record::custody(py, &self.0.items).map(As::new)
    }

    /// What was recorded of each object, by the text of its digest.
    #[getter]
    fn objects<'py>(&self, py: Python<'py>) -> PyResult<As<'py, By<names::ObjectRecord>>> {
        record::custody(py, &self.0.objects).map(As::new)
    }

    /// What was recorded of this source. Raises `UnknownIdError` (a `KeyError`) when nothing was.
    fn source<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::SourceRecord>> {
        let found = self.0.source(id).ok_or_else(|| errors::unknown_id(py, "a source", id))?;
        record::custody(py, found).map(As::new)
    }

    /// What was recorded of this item. Raises `UnknownIdError` (a `KeyError`) when nothing was.
    fn item<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::ItemRecord>> {
        let found = self.0.item(id).ok_or_else(|| errors::unknown_id(py, "an item", id))?;
        record::custody(py, found).map(As::new)
    }

    /// The latest grades of an item or a source, one of each assessor; there are none of one that
    /// nobody graded.
    #[pyo3(signature = (*, item = None, source = None))]
    fn grades<'py>(
        &self,
        py: Python<'py>,
        item: Option<&str>,
        source: Option<&str>,
    ) -> PyResult<As<'py, names::Grades>> {
        let grades = match (item, source) {
            (Some(item), None) => self.0.item(item).map(|record| &record.grades),
            (None, Some(source)) => self.0.source(source).map(|record| &record.grades),
            _ => return Err(PyTypeError::new_err("expected one of item and source")),
        };
        match grades {
            Some(grades) => record::custody(py, grades),
            None => record::custody(py, &registry::Grades::default()),
        }
        .map(As::new)
    }

    /// The registry as dictionaries, lists, texts and numbers.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &*self.0).map(As::new)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.0.origin, self.0.captures, self.0.items.len(), self.0.sources.len())
            .hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let (items, sources) = (self.0.items.len(), self.0.sources.len());
        format!("<Registry of {}: {items} items, {sources} sources>", self.0.origin)
    }
}
