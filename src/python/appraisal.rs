//! Appraisals.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};

use super::archive::Archive;
use super::doctrine::Doctrine;
use super::errors::{self, OrRaise};
use super::explanation::Explanation;
use super::moment::{self, When};
use super::page;
use super::record::{self, As, Many, names};
use super::report::Report;
use super::rows::{Contributions, Findings, Judgements};
use super::watch::{self, Progress};
use super::what_if;
use crate::appraisal::Appraiser;
use crate::doctrine::Corner;
use crate::render::{self, Account, TextOptions};
use crate::report::ArchiveState;
use crate::strength::explain::Figure;
use crate::{doctrine, moment as time, report};

/// Appraises a report: how far the evidence carries each judgement, why, and what would change
/// it.
///
/// `doctrine` is the table of numbers, the default one when it is not given; `as_of` a date or an
/// aware datetime, the report's cut-off when it is not given. `progress` is called with the steps
/// done and the steps there are. The interpreter is free meanwhile, and Ctrl-C interrupts.
///
/// With an `archive`, the bytes that the items rest on are read again. That adds to no strength;
/// an item whose bytes have changed is left out. What `Archive.check` gave does as well. With
/// `grades="ledger"`, the grades are those of the archive's ledger as they stood at the date, the
/// latest of each; `appraise(archive.graded(report, by="..."), archive=archive)` takes one
/// assessor's.
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
#[pyo3(signature = (
    report, doctrine = None, as_of = None, *, archive = None, grades = None, progress = None
))]
pub(super) fn appraise(
    py: Python<'_>,
    report: Bound<'_, Report>,
    doctrine: Option<Bound<'_, Doctrine>>,
    as_of: Option<When>,
    archive: Option<Archived<'_>>,
    grades: Option<&str>,
    progress: Option<Progress>,
) -> PyResult<Appraisal> {
    let doctrine = match doctrine {
        Some(doctrine) => doctrine,
        None => Bound::new(py, Doctrine::new())?,
    };
    let asked = as_of.map(|When(moment)| moment);
    let report = match (grades, &archive) {
        (None, _) => report,
        (Some("ledger"), Some(Archived::Archive(archive))) => {
            Bound::new(py, archive.get().graded_by(py, report.get(), asked, None)?)?
        }
        (Some("ledger"), _) => {
            return Err(PyTypeError::new_err("grades of a ledger need its archive"));
        }
        (Some(other), _) => {
            let message = format!("expected grades of the `ledger`, found `{other}`");
            return Err(errors::of(py, "UnknownWordError", &message));
        }
    };
    let states = archive.map(|archive| archive.states(py, report.get())).transpose()?;
    let given = Arc::new(Given {
        report: Arc::clone(&report.get().report),
        doctrine: Arc::clone(&doctrine.get().doctrine),
        asked,
        states,
    });
    let of = Arc::clone(&given);
    let account = watch::run(py, progress.as_ref(), move |watch| {
        Account::watched(&of.appraiser(), |done, total| watch.step(done, total))
    })?;
    let account = account.ok_or_else(|| errors::lost(py))?;
    Ok(Appraisal {
        account: Arc::new(account),
        report: report.unbind(),
        doctrine: doctrine.unbind(),
        given,
    })
}

/// An archive, or the folder of one, or what it said of the items.
pub(super) enum Archived<'py> {
    Archive(Bound<'py, Archive>),
    States(Vec<(String, String)>),
}

impl<'py> FromPyObject<'_, 'py> for Archived<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("probative._native", "Archive"),
        type_hint_identifier!("builtins", "str"),
        type_hint_subscript!(
            type_hint_identifier!("os", "PathLike"),
            type_hint_identifier!("builtins", "str")
        ),
        type_hint_subscript!(
            type_hint_identifier!("collections.abc", "Mapping"),
            type_hint_identifier!("builtins", "str"),
            type_hint_identifier!("builtins", "str")
        )
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(archive) = object.cast::<Archive>() {
            return Ok(Self::Archive(archive.to_owned()));
        }
        if let Ok(states) = object.cast::<PyMapping>() {
            return states.items()?.extract().map(Self::States);
        }
        let folder: PathBuf = object.extract()?;
        let archive = Archive::read(object.py(), folder)?;
        Bound::new(object.py(), archive).map(Self::Archive)
    }
}

impl Archived<'_> {
    /// The states of the items, in the report's order.
    fn states(self, py: Python<'_>, report: &Report) -> PyResult<Vec<ArchiveState>> {
        match self {
            Self::Archive(archive) => archive.get().states(py, report),
            Self::States(given) => {
                let report = &report.report;
                let mut states = vec![ArchiveState::None; report.items().len()];
                for (id, state) in given {
                    let item = report.find_item(&id);
                    let item = item.ok_or_else(|| errors::unknown_id(py, "an item", &id))?;
                    states[item.get()] = state.parse().or_raise(py)?;
                }
                Ok(states)
            }
        }
    }
}

/// What an appraisal is made of.
pub(super) struct Given {
    pub(super) report: Arc<report::Report>,
    doctrine: Arc<doctrine::Doctrine>,
    asked: Option<time::Moment>,
    states: Option<Vec<ArchiveState>>,
}

impl Given {
    pub(super) fn appraiser(&self) -> Appraiser<'_> {
        let appraiser = Appraiser::new(&self.report, &self.doctrine);
        let appraiser = match &self.states {
            Some(states) => appraiser.archive(states),
            None => appraiser,
        };
        match self.asked {
            Some(date) => appraiser.as_of(date),
            None => appraiser,
        }
    }

    /// What the archive said of each item, by id.
    fn states<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(states) = &self.states else { return Ok(None) };
        let by_id = PyDict::new(py);
        for (item, state) in self.report.items().iter().zip(states) {
            by_id.set_item(&*item.id, record::word(py, "ArchiveState", state.as_str())?)?;
        }
        Ok(Some(by_id))
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
    given: Arc<Given>,
}

impl Appraisal {
    /// What it is made of.
    pub(super) fn given(&self) -> Arc<Given> {
        Arc::clone(&self.given)
    }

    /// As it was made.
    pub(super) fn appraiser(&self) -> Appraiser<'_> {
        self.given.appraiser()
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
        let given = Arc::clone(&self.given);
        let explained = match given.report.find_judgement(judgement) {
            Some(index) => watch::run(py, None, move |_| given.appraiser().explain(index, figure))?,
            None => None,
        };
        let explained = explained.map(Explanation::from);
        explained.ok_or_else(|| errors::unknown_id(py, "a judgement", judgement))
    }

    /// What becomes of a judgement without each item, source or owner that it goes back to: all of
    /// them, the largest loss of strength first. The record of a judgement lists the first ten.
    ///
    /// Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.
    fn linchpins<'py>(
        &self,
        py: Python<'py>,
        judgement: &str,
    ) -> PyResult<As<'py, Many<names::Linchpin>>> {
        let found = what_if::linchpins(py, &self.given, judgement)?;
        record::record(py, &found).map(As::new)
    }

    /// The single changes that move a judgement's band or its supportable confidence: all of them,
    /// gains first. The record of a judgement lists the first ten.
    ///
    /// Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.
    fn next_steps<'py>(
        &self,
        py: Python<'py>,
        judgement: &str,
    ) -> PyResult<As<'py, Many<names::NextStep>>> {
        let found = what_if::next_steps(py, &self.given, judgement)?;
        record::record(py, &found).map(As::new)
    }

    /// What becomes of a judgement after one change, whether it moves anything or not. `change` is
    /// the `code` of a next step: `authenticate`, `declare-original`, `name-corroborator` or
    /// `recapture` an item, `grade` a source (as B), or `add-independent`, one more B2 report;
    /// `about` is the id of the item or source. For other changes, `report.replace` and `compare`.
    ///
    /// Raises `UnknownIdError` (a `KeyError`) when there is no such judgement, item or source, and
    /// `UnknownWordError` for another change.
    #[pyo3(signature = (judgement, change, about = None))]
    fn after<'py>(
        &self,
        py: Python<'py>,
        judgement: &str,
        change: &str,
        about: Option<&str>,
    ) -> PyResult<As<'py, names::Outcome>> {
        let outcome = what_if::after(py, &self.given, judgement, change, about)?;
        record::record(py, &outcome).map(As::new)
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
        py.detach(|| page::framed(&page::html(self), "Appraisal"))
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
        let as_of =
            self.given.asked.map_or_else(|| "None".to_owned(), |asked| format!("'{asked}'"));
        let archive = match self.given.states(py)? {
            Some(states) => format!(", archive={}", states.repr()?),
            None => String::new(),
        };
        let (report, doctrine) = (report.__repr__(py)?, doctrine.__repr__(py)?);
        Ok(format!("appraise({report}, {doctrine}, {as_of}{archive})"))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let appraise = py.import("probative._native")?.getattr("appraise")?;
        let partial = py.import("functools")?.getattr("partial")?;
        let options = PyDict::new(py);
        options.set_item("archive", self.given.states(py)?)?;
        let appraise = partial.call((appraise,), Some(&options))?;
        let asked = self.given.asked.map(|asked| asked.to_string());
        let arguments = (self.report.clone_ref(py), self.doctrine.clone_ref(py), asked);
        (appraise, arguments).into_pyobject(py)
    }
}
