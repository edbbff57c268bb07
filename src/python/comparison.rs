//! What changed between two appraisals.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::appraisal::Appraisal;
use super::errors;
use super::page;
use super::record::{self, As, Many, names};
use super::watch::{self, Progress};
use crate::doctrine::Bands;
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
///
/// `progress` is called with the changes tried and the changes there are to try. Ctrl-C interrupts.
#[pyfunction]
#[pyo3(signature = (before, after, *, progress = None))]
pub(super) fn compare(
    py: Python<'_>,
    before: Bound<'_, Appraisal>,
    after: Bound<'_, Appraisal>,
    progress: Option<Progress>,
) -> PyResult<Comparison> {
    let of = (before.get().given(), after.get().given());
    let compared = watch::run(py, progress.as_ref(), move |watch| {
        let (before, after) = (of.0.appraiser(), of.1.appraiser());
        render::Comparison::watched(&before, &after, |done, total| watch.step(done, total))
    })?;
    let compared = Arc::new(compared.ok_or_else(|| errors::lost(py))?);
    Ok(Comparison { compared, before: before.unbind(), after: after.unbind() })
}

/// Two appraisals side by side. `print(comparison)` shows it in eighty columns, a notebook a page.
#[pyclass(frozen, module = "probative")]
pub(super) struct Comparison {
    compared: Arc<render::Comparison>,
    before: Py<Appraisal>,
    after: Py<Appraisal>,
}

impl Comparison {
    /// What one of the views writes, without holding the interpreter.
    fn view(
        &self,
        py: Python<'_>,
        write: impl FnOnce(&render::Comparison, &Bands) -> String + Send + 'static,
    ) -> PyResult<String> {
        let (compared, given) = (Arc::clone(&self.compared), self.after.get().given());
        watch::run(py, None, move |_| write(&compared, given.appraiser().doctrine().bands()))
    }

    pub(super) fn text(&self, py: Python<'_>, width: usize) -> PyResult<String> {
        self.view(py, move |compared, _| comparison_text(compared, width))
    }

    pub(super) fn html(&self, py: Python<'_>) -> PyResult<String> {
        self.view(py, comparison_html)
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
    ///
    /// >>> from probative import Report, appraise, compare
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> comparison = compare(appraisal, appraisal)
    /// >>> comparison.to_json().splitlines()[1]
    /// '  "format": "probative-change/1",'
    pub(super) fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.view(py, |compared, _| compared.to_json())
    }

    /// The comparison as dictionaries, lists, texts and numbers: what reading its JSON gives.
    ///
    /// >>> from probative import Report, appraise, compare
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> comparison = compare(appraisal, appraisal)
    /// >>> comparison.to_dict()["changes"]
    /// []
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &*self.compared).map(As::new)
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.text(py, 80)
    }

    /// What a notebook shows: the page, in a frame of its own; of a large comparison the figures
    /// alone.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.view(py, |compared, bands| {
            if compared.judgements.len() > page::MOST_JUDGEMENTS {
                return page::moves(compared);
            }
            page::framed(&comparison_html(compared, bands), "Comparison")
        })
    }

    /// What IPython shows in a terminal.
    #[pyo3(signature = (printer: "object", cycle: "bool"))]
    fn _repr_pretty_(&self, printer: Bound<'_, PyAny>, cycle: bool) -> PyResult<()> {
        page::pretty(&printer, cycle, "Comparison", |py| self.__str__(py))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.compared == other.get().compared)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let render::Comparison { before, after, .. } = &*self.compared;
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
