//! Appraisals.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::doctrine::Doctrine;
use super::errors::{self, OrRaise};
use super::explanation::Explanation;
use super::moment::{self, When};
use super::page;
use super::record::{self, As, names};
use super::report::Report;
use super::rows::{Contributions, Findings, Judgements};
use super::watch::{self, Progress};
use crate::appraisal::Appraiser;
use crate::doctrine::Corner;
use crate::render::{self, Account, TextOptions};
use crate::strength::explain::Figure;
use crate::{doctrine, moment as time, report};

/// Appraises a report: how far the evidence carries each judgement, why, and what would change
/// it.
///
/// `doctrine` is the table of numbers, the default one when it is not given; `as_of` a date or an
/// aware datetime, the report's cut-off when it is not given. `progress` is called with the steps
/// done and the steps there are. The interpreter is free meanwhile, and Ctrl-C interrupts.
///
/// >>> from probative import *
/// >>> report = Report(
/// ...     "Heard twice",
/// ...     sources=[Source("un", reliability=Reliability.B)],
/// ...     items=[Item("a", "un", credibility=Credibility.TWO, channel=Channel.RESEARCH,
/// ...                 lineage=Original())],
/// ...     judgements=[Judgement("J1", rests_on=(Link("a", relevance=Relevance.DIRECT),))],
/// ... )
/// >>> appraise(report).judgements["J1"].band
/// 'moderate'
#[pyfunction]
#[pyo3(signature = (report, doctrine = None, as_of = None, *, progress = None))]
pub(super) fn appraise(
    py: Python<'_>,
    report: Bound<'_, Report>,
    doctrine: Option<Bound<'_, Doctrine>>,
    as_of: Option<When>,
    progress: Option<Progress>,
) -> PyResult<Appraisal> {
    let doctrine = match doctrine {
        Some(doctrine) => doctrine,
        None => Bound::new(py, Doctrine::new())?,
    };
    let asked = as_of.map(|When(moment)| moment);
    let of = (Arc::clone(&report.get().report), Arc::clone(&doctrine.get().doctrine));
    let account = watch::run(py, progress.as_ref(), move |watch| {
        Account::watched(&appraiser(&of.0, &of.1, asked), |done, total| watch.step(done, total))
    })?;
    let account = account.ok_or_else(|| errors::lost(py))?;
    Ok(Appraisal {
        account: Arc::new(account),
        report: report.unbind(),
        doctrine: doctrine.unbind(),
        asked,
    })
}

fn appraiser<'a>(
    report: &'a report::Report,
    doctrine: &'a doctrine::Doctrine,
    as_of: Option<time::Moment>,
) -> Appraiser<'a> {
    let appraiser = Appraiser::new(report, doctrine);
    match as_of {
        Some(date) => appraiser.as_of(date),
        None => appraiser,
    }
}

/// A report appraised. It follows from its report, doctrine and date, and never changes.
///
/// `print(appraisal)` shows it in eighty columns, a notebook shows a page. `judgements`,
/// `contributions` and `findings` are sequences of records, and tables for pandas, Polars, DuckDB
/// and whatever else speaks Arrow: `polars.DataFrame(appraisal.judgements)`.
#[pyclass(frozen, module = "probative")]
pub(super) struct Appraisal {
    pub(super) account: Arc<Account>,
    report: Py<Report>,
    doctrine: Py<Doctrine>,
    asked: Option<time::Moment>,
}

impl Appraisal {
    /// As it was made.
    pub(super) fn appraiser(&self) -> Appraiser<'_> {
        appraiser(&self.report.get().report, &self.doctrine.get().doctrine, self.asked)
    }

    pub(super) fn text(&self, options: TextOptions) -> String {
        render::text(&self.account, &self.doctrine.get().doctrine, options)
    }
}

#[pymethods]
impl Appraisal {
    /// The report.
    #[getter]
    fn report(&self, py: Python<'_>) -> Py<Report> {
        self.report.clone_ref(py)
    }

    /// The doctrine.
    #[getter]
    fn doctrine(&self, py: Python<'_>) -> Py<Doctrine> {
        self.doctrine.clone_ref(py)
    }

    /// The date of the appraisal; without one, everything in the report counts as seen.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Option<As<'py, names::Date>>> {
        moment::maybe(py, self.account.as_of)
    }

    /// Every judgement, by position or id.
    #[getter]
    fn judgements(this: Bound<'_, Self>) -> Judgements {
        Judgements::of(this.unbind())
    }

    /// What each item contributes to each judgement.
    #[getter]
    fn contributions(this: Bound<'_, Self>) -> Contributions {
        Contributions::of(this.unbind())
    }

    /// Every finding, the gravest first.
    #[getter]
    fn findings(this: Bound<'_, Self>) -> Findings {
        Findings::of(this.unbind())
    }

    /// Whether some judgement states more confidence than its evidence supports.
    #[getter]
    fn is_overstated(&self) -> bool {
        self.account.is_overstated()
    }

    /// The gravest severity among the findings.
    #[getter]
    fn worst<'py>(&self, py: Python<'py>) -> PyResult<Option<As<'py, names::Severity>>> {
        let worst = self.account.worst();
        worst.map(|one| record::word(py, "Severity", one.as_str()).map(As::new)).transpose()
    }

    /// How a figure of a judgement came about. `figure` is `strength` or `probability`, `corner`
    /// one of `Corner`.
    ///
    /// Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.
    #[pyo3(signature = (judgement, figure = "strength", corner = "central"))]
    fn explain(
        &self,
        py: Python<'_>,
        judgement: &str,
        figure: &str,
        corner: &str,
    ) -> PyResult<Explanation> {
        let corner = corner.parse::<Corner>().or_raise(py)?;
        let figure = match figure {
            "strength" => Figure::Strength(corner),
            "probability" => Figure::Probability(corner),
            other => {
                let message = format!("expected strength or probability, found `{other}`");
                return Err(errors::of(py, "UnknownWordError", &message));
            }
        };
        let report = &self.report.get().report;
        let index = report.find_judgement(judgement);
        let (of, asked) = (Arc::clone(&self.doctrine.get().doctrine), self.asked);
        let explained = match index {
            Some(index) => {
                let report = Arc::clone(report);
                watch::run(py, None, move |_| {
                    appraiser(&report, &of, asked).explain(index, figure)
                })?
            }
            None => None,
        };
        let explained = explained.map(Explanation::from);
        explained.ok_or_else(|| errors::unknown_id(py, "a judgement", judgement))
    }

    /// The appraisal as JSON, indented: the same bytes on every run and machine.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.account.to_json())
    }

    /// The appraisal as dictionaries, lists, texts and numbers: what reading its JSON gives.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &*self.account).map(As::new)
    }

    fn __str__(&self) -> String {
        self.text(TextOptions::default())
    }

    /// What a notebook shows: the page, in a frame of its own.
    fn _repr_html_(&self, py: Python<'_>) -> String {
        py.detach(|| page::framed(self))
    }

    /// What IPython shows in a terminal.
    #[pyo3(signature = (printer: "object", cycle: "bool"))]
    fn _repr_pretty_(&self, printer: Bound<'_, PyAny>, cycle: bool) -> PyResult<()> {
        let text = if cycle { "Appraisal(...)".to_owned() } else { self.__str__() };
        printer.call_method1("text", (text,)).map(drop)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            Arc::ptr_eq(&self.account, &other.get().account) || self.account == other.get().account
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let account = &self.account;
        (account.report_digest, account.doctrine.digest, account.as_of).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (report, doctrine) = (self.report.get(), self.doctrine.get());
        let as_of = self.asked.map_or_else(|| "None".to_owned(), |asked| format!("'{asked}'"));
        Ok(format!("appraise({}, {}, {as_of})", report.__repr__(py)?, doctrine.__repr__(py)?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let appraise = py.import("probative._native")?.getattr("appraise")?;
        let asked = self.asked.map(|asked| asked.to_string());
        let arguments = (self.report.clone_ref(py), self.doctrine.clone_ref(py), asked);
        (appraise, arguments).into_pyobject(py)
    }
}
