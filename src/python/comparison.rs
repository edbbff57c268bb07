//! What changed between two appraisals.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::appraisal::Appraisal;
use super::page;
use super::record::{self, As, Many, names};
use super::watch;
use crate::render::{self, comparison_html, comparison_text};

/// Compares two appraisals: what changed between their reports, dates and doctrines, how each
/// judgement moved, and which change moved what.
///
/// Each change alone is applied to the earlier report to see what it moves; what several do only
/// together is the `rest`. The states of an archive are not considered.
///
/// >>> from probative import *
/// >>> report = Report(
/// ...     "Heard twice",
/// ...     sources=[Source("un", reliability=Reliability.B)],
/// ...     items=[Item("a", "un", credibility=Credibility.TWO, lineage=Original())],
/// ...     judgements=[Judgement("J1", rests_on=(Link("a", relevance=Relevance.DIRECT),))],
/// ... )
/// >>> graded = Source("un", reliability=Reliability.D, graded_because="a fabrication")
/// >>> comparison = compare(appraise(report), appraise(report.replace(sources=[graded])))
/// >>> [(one.kind, one.what) for one in comparison.changes]
/// [(ChangeKind.SOURCE_REGRADED, 'reliability D instead of B')]
/// >>> comparison.judgements[0].moved_by[0].by < 0
/// True
#[pyfunction]
pub(super) fn compare(
    py: Python<'_>,
    before: Bound<'_, Appraisal>,
    after: Bound<'_, Appraisal>,
) -> PyResult<Comparison> {
    let of = (before.get().given(), after.get().given());
    let compared = watch::run(py, None, move |_| {
        render::Comparison::of(&of.0.appraiser(), &of.1.appraiser())
    })?;
    Ok(Comparison { compared, before: before.unbind(), after: after.unbind() })
}

/// Two appraisals side by side. `print(comparison)` shows it in eighty columns, a notebook a page.
#[pyclass(frozen, module = "probative")]
pub(super) struct Comparison {
    compared: render::Comparison,
    before: Py<Appraisal>,
    after: Py<Appraisal>,
}

impl Comparison {
    pub(super) fn text(&self, width: usize) -> String {
        comparison_text(&self.compared, width)
    }

    pub(super) fn html(&self) -> String {
        let doctrine = self.after.get().given();
        comparison_html(&self.compared, doctrine.appraiser().doctrine().bands())
    }
}

#[pymethods]
impl Comparison {
    /// The earlier appraisal.
    #[getter]
    fn before(&self, py: Python<'_>) -> Py<Appraisal> {
        self.before.clone_ref(py)
    }

    /// The later appraisal.
    #[getter]
    fn after(&self, py: Python<'_>) -> Py<Appraisal> {
        self.after.clone_ref(py)
    }

    /// What changed.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Changed>>> {
        record::record(py, &self.compared.changes).map(As::new)
    }

    /// Every judgement of either report, those of the later one first.
    #[getter]
    fn judgements<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Moved>>> {
        record::record(py, &self.compared.judgements).map(As::new)
    }

    /// How many changes were not tried alone, because there are more than 500.
    #[getter]
    fn not_tried(&self) -> usize {
        self.compared.not_tried
    }

    /// The comparison as JSON, indented: the same bytes on every run and machine.
    pub(super) fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.compared.to_json())
    }

    /// The comparison as dictionaries, lists, texts and numbers: what reading its JSON gives.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &self.compared).map(As::new)
    }

    fn __str__(&self) -> String {
        self.text(80)
    }

    /// What a notebook shows: the page, in a frame of its own.
    fn _repr_html_(&self, py: Python<'_>) -> String {
        py.detach(|| page::framed(&self.html(), "Comparison"))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.compared == other.get().compared)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let render::Comparison { before, after, .. } = &self.compared;
        (before.report_digest, before.as_of, after.report_digest, after.as_of).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (before, after) = (self.before.bind(py).repr()?, self.after.bind(py).repr()?);
        Ok(format!("compare({before}, {after})"))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let compare = py.import("probative._native")?.getattr("compare")?;
        (compare, (self.before.clone_ref(py), self.after.clone_ref(py))).into_pyobject(py)
    }
}
