//! Appraisals.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

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
/// latest of each, and where assessors differ, each judgement says what it is by the grades of
/// each; `appraise(archive.graded(report, by="..."), archive=archive)` takes one assessor's alone.
/// Without a ledger, `assessors` are the same report as each of them would grade it, by name.
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
/// >>> doubted = report.replace(items=[Item("a", "un", credibility=Credibility.FIVE)])
/// >>> appraisal = appraise(report, assessors={"jd": report, "mk": doubted})
/// >>> [(one.by, one.band) for one in appraisal.judgements["J1"].assessors]
/// [('jd', 'moderate'), ('mk', 'negligible')]
#[pyfunction]
#[pyo3(signature = (
    report, doctrine = None, as_of = None, *, archive = None,
    grades: "Literal['ledger'] | None" = None, assessors = None, progress = None
))]
#[allow(clippy::too_many_arguments)] // they are what an appraisal is made of
pub(super) fn appraise(
    py: Python<'_>,
    report: Bound<'_, Report>,
    doctrine: Option<Bound<'_, Doctrine>>,
    as_of: Option<When>,
    archive: Option<Archived<'_>>,
    grades: Option<&str>,
    assessors: Option<Assessors>,
    progress: Option<Progress>,
) -> PyResult<Appraisal> {
    let doctrine = match doctrine {
        Some(doctrine) => doctrine,
        None => Bound::new(py, Doctrine::new())?,
    };
    let asked = as_of.map(|When(moment)| moment);
    let (report, assessors) = match (grades, &archive) {
        (None, _) => {
            let given = assessors.map(|Assessors(given)| given).unwrap_or_default();
            (report, given)
        }
        (Some("ledger"), _) if assessors.is_some() => {
            return Err(PyTypeError::new_err("a ledger says itself who its assessors are"));
        }
        (Some("ledger"), Some(Archived::Archive(archive))) => {
            let (graded, assessors) = archive.get().by_assessor(py, report.get(), asked)?;
            (Bound::new(py, graded)?, assessors)
        }
        (Some("ledger"), _) => {
            return Err(PyTypeError::new_err("grades of a ledger need its archive"));
        }
        (Some(other), _) => {
            let message = format!("expected grades of the `ledger`, found `{other}`");
            return Err(errors::of(py, "UnknownWordError", &message));
        }
    };
    for (by, graded) in &assessors {
        if !same_ids(&report.get().report, graded) {
            let message =
                format!("expected the same items and judgements by `{by}` as in the report");
            return Err(errors::argument(py, &message));
        }
    }
    let states = archive.map(|archive| archive.states(py, report.get())).transpose()?;
    let given = Arc::new(Given {
        report: Arc::clone(&report.get().report),
        doctrine: Arc::clone(&doctrine.get().doctrine),
        asked,
        states,
        assessors,
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
        starts: OnceLock::new(),
    })
}

/// Whether the reports differ in nothing that has a place.
fn same_ids(one: &report::Report, other: &report::Report) -> bool {
    let items = |report: &report::Report| report.items().len();
    let judgements = |report: &report::Report| report.judgements().len();
    (items(one), judgements(one)) == (items(other), judgements(other))
        && one.items().iter().zip(other.items()).all(|(a, b)| a.id == b.id)
        && one.judgements().iter().zip(other.judgements()).all(|(a, b)| a.id == b.id)
}

/// Reports by the names of those who graded them.
pub(super) struct Assessors(Vec<(String, report::Report)>);

impl<'py> FromPyObject<'_, 'py> for Assessors {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Mapping"),
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("probative._native", "Report")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mistaken = || PyTypeError::new_err("expected a mapping of assessors to reports");
        let Ok(by_name) = object.cast::<PyMapping>() else { return Err(mistaken()) };
        let pair = |pair: Bound<'py, PyAny>| {
            let (by, graded): (String, Bound<'py, Report>) =
                pair.extract().map_err(|_| mistaken())?;
            Ok((by, report::Report::clone(&graded.get().report)))
        };
        by_name.items()?.iter().map(pair).collect::<PyResult<_>>().map(Self)
    }
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
            Self::Archive(archive) => archive.get().states(py, report, None),
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
    assessors: Vec<(String, report::Report)>,
}

impl Given {
    pub(super) fn appraiser(&self) -> Appraiser<'_> {
        let appraiser = Appraiser::new(&self.report, &self.doctrine).assessors(&self.assessors);
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

    /// The report as each assessor grades it, by name.
    fn assessors<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        if self.assessors.is_empty() {
            return Ok(None);
        }
        let by_name = PyDict::new(py);
        for (by, graded) in &self.assessors {
            by_name.set_item(by, Report::new(Arc::new(graded.clone())))?;
        }
        Ok(Some(by_name))
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
    pub(super) given: Arc<Given>,
    /// How many contributions there are before each judgement, and in all.
    starts: OnceLock<Vec<usize>>,
}

impl Appraisal {
    /// What it is made of.
    pub(super) fn given(&self) -> Arc<Given> {
        Arc::clone(&self.given)
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let mut sum = 0;
            let after = self.account.judgements.iter().map(|one| {
                sum += one.contributions.len();
                sum
            });
            std::iter::once(0).chain(after).collect()
        })
    }

    /// How many contributions there are to the judgements before this place.
    pub(super) fn contributions_before(&self, judgement: usize) -> usize {
        self.starts()[judgement]
    }

    /// The judgement of a contribution, and its place there.
    pub(super) fn contribution(&self, at: usize) -> (usize, usize) {
        let starts = self.starts();
        let judgement = starts.partition_point(|start| *start <= at) - 1;
        (judgement, at - starts[judgement])
    }

    /// What one of the views writes, without holding the interpreter.
    ///
    /// # Errors
    /// When it is interrupted.
    pub(super) fn view(
        &self,
        py: Python<'_>,
        write: impl FnOnce(&Account, &Appraiser<'_>) -> String + Send + 'static,
    ) -> PyResult<String> {
        let (account, given) = (Arc::clone(&self.account), self.given());
        watch::run(py, None, move |_| write(&account, &given.appraiser()))
    }

    pub(super) fn text(&self, py: Python<'_>, options: TextOptions) -> PyResult<String> {
        self.view(py, move |account, by| render::text(account, by.doctrine(), options))
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
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> tree = appraisal.explain("KJ-3")
    /// >>> round(tree.value, 2), round(tree.replay(), 2)
    /// (0.36, 0.36)
    #[pyo3(signature = (
        judgement,
        figure: "Literal['strength', 'probability']" = "strength",
        corner: "Corner | Literal['lower', 'central', 'upper']" = "central",
    ))]
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
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> first = appraisal.linchpins("KJ-3")[0]
    /// >>> first.without.central < appraisal.judgements["KJ-3"].strength.central
    /// True
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
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> appraisal.next_steps("KJ-3")[0].code
    /// 'add-independent'
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
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> appraisal.after("KJ-3", "add-independent").band
    /// 'strong'
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
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> appraisal.to_json().splitlines()[1]
    /// '  "format": "probative-appraisal/1",'
    pub(super) fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.view(py, |account, _| account.to_json())
    }

    /// The appraisal as dictionaries, lists, texts and numbers: what reading its JSON gives.
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> appraisal.to_dict()["judgements"][2]["id"]
    /// 'KJ-3'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, &*self.account).map(As::new)
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.text(py, TextOptions::default())
    }

    /// What a notebook shows: the page, in a frame of its own; of a large appraisal the strengths
    /// alone.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let large = self.starts().last().is_some_and(|all| *all > page::MOST_ROWS);
        self.view(py, move |account, appraiser| {
            if large || account.judgements.len() > page::MOST_JUDGEMENTS {
                return page::strengths(account);
            }
            page::framed(&render::html(account, appraiser), "Appraisal")
        })
    }

    /// What IPython shows in a terminal.
    #[pyo3(signature = (printer: "object", cycle: "bool"))]
    fn _repr_pretty_(&self, printer: Bound<'_, PyAny>, cycle: bool) -> PyResult<()> {
        page::pretty(&printer, cycle, "Appraisal", |py| self.__str__(py))
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
        let assessors = match self.given.assessors(py)? {
            Some(assessors) => format!(", assessors={}", assessors.repr()?),
            None => String::new(),
        };
        let (report, doctrine) = (report.__repr__(py)?, doctrine.__repr__(py)?);
        Ok(format!("appraise({report}, {doctrine}, {as_of}{archive}{assessors})"))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let appraise = py.import("probative._native")?.getattr("appraise")?;
        let partial = py.import("functools")?.getattr("partial")?;
        let options = PyDict::new(py);
        options.set_item("archive", self.given.states(py)?)?;
        options.set_item("assessors", self.given.assessors(py)?)?;
        let appraise = partial.call((appraise,), Some(&options))?;
        let asked = self.given.asked.map(|asked| asked.to_string());
        let arguments = (self.report.clone_ref(py), self.doctrine.clone_ref(py), asked);
        (appraise, arguments).into_pyobject(py)
    }
}
