//! Reports.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::digest::Digest;
use super::errors::{self, ReadError, Reading};
use super::given::{self, Change, Given, Iterable};
use super::input::{Input, Text};
use super::moment::{self, When};
use super::quoted;
use super::record::{self, As, Many, names};
use super::rows::{Items, pick};
use super::watch::{self, Progress};
use crate::report::{self, Format, wire};

/// A report whose references all lead somewhere. It never changes; `replace` makes another.
///
/// A report is read from a file (`Report.load`), from text (`Report.loads`), or put together from
/// records, as here. Raises `ReportError` with every problem.
///
/// >>> from probative import *
/// >>> report = Report(
/// ...     "Crossings at the border",
/// ...     sources=[Source("ngo", name="Border Watch", reliability=Reliability.B,
/// ...                     graded_because="its counts were borne out by later records")],
/// ...     items=[Item("count", "ngo", claim="Crossings doubled in May.")],
/// ...     judgements=[Judgement("J1", statement="Crossings will rise.", rests_on=(Link("count"),))],
/// ... )
/// >>> report.item("count").claim
/// 'Crossings doubled in May.'
/// >>> len(report.items)
/// 1
/// >>> Report("Nothing", items=[Item("count", "nobody")])
/// Traceback (most recent call last):
/// probative.ReportError: items[0].source: expected the id of a source, found `nobody`
#[pyclass(frozen, module = "probative")]
pub(super) struct Report {
    pub(super) report: Arc<report::Report>,
    wire: OnceLock<wire::Report>,
}

impl Report {
    pub(super) fn new(report: Arc<report::Report>) -> Self {
        Self { report, wire: OnceLock::new() }
    }

    pub(super) fn wire(&self) -> &wire::Report {
        self.wire.get_or_init(|| self.report.to_wire())
    }

    fn parse(text: &str, format: Format) -> Result<report::Report, report::Problems> {
        match format {
            Format::Toml => report::Report::from_toml(text),
            Format::Json => report::Report::from_json(text),
        }
    }

    fn of_json(py: Python<'_>, value: serde_json::Value) -> PyResult<Self> {
        let read = watch::run(py, None, move |_| report::Report::from_json(&value.to_string()))?;
        match read {
            Ok(report) => Ok(Self::new(Arc::new(report))),
            // The lines are those of a text that nobody has seen; the paths say enough.
            Err(problems) => {
                Err(errors::cannot_read(py, Reading::Report, ReadError::Unplaced(problems)))
            }
        }
    }

    /// What is written of it, without holding the interpreter.
    fn written<T: Send + 'static>(
        &self,
        py: Python<'_>,
        write: fn(&report::Report) -> T,
    ) -> PyResult<T> {
        let report = Arc::clone(&self.report);
        watch::run(py, None, move |_| write(&report))
    }

    fn list<'py, T: serde::Serialize, N>(py: Python<'py>, all: &[T]) -> PyResult<As<'py, Many<N>>> {
        record::record(py, all).map(As::new)
    }
}

#[pymethods]
impl Report {
    #[new]
    #[pyo3(signature = (
        title = "", *, publisher = None, cut_off = None, yardstick = None,
        source_summary = None, sources = None, items = None, judgements = None,
        assumptions = None, indicators = None, gaps = None,
    ))]
    #[allow(clippy::too_many_arguments)] // they are the keys of the file
    fn build(
        py: Python<'_>,
        title: &str,
        publisher: Option<&str>,
        cut_off: Option<When>,
        yardstick: Option<&str>,
        source_summary: Option<Given<'_, names::SourceSummary>>,
        sources: Option<Given<'_, Iterable<names::Source>>>,
        items: Option<Given<'_, Iterable<names::Item>>>,
        judgements: Option<Given<'_, Iterable<names::Judgement>>>,
        assumptions: Option<Given<'_, Iterable<names::Assumption>>>,
        indicators: Option<Given<'_, Iterable<names::Indicator>>>,
        gaps: Option<Given<'_, Iterable<names::Gap>>>,
    ) -> PyResult<Self> {
        let mut table = serde_json::Map::new();
        table.insert("format".into(), wire::FormatName::V1.as_str().into());
        table.insert("title".into(), title.into());
        let cut_off = cut_off.map(|When(moment)| moment.to_string());
        let words =
            [("publisher", publisher), ("cut_off", cut_off.as_deref()), ("yardstick", yardstick)];
        for (key, word) in words {
            if let Some(word) = word {
                table.insert(key.into(), word.into());
            }
        }
        if let Some(summary) = source_summary {
            table.insert("source_summary".into(), given::json(&summary.object)?);
        }
        let lists = [
            ("sources", sources.map(|given| given.object)),
            ("items", items.map(|given| given.object)),
            ("judgements", judgements.map(|given| given.object)),
            ("assumptions", assumptions.map(|given| given.object)),
            ("indicators", indicators.map(|given| given.object)),
            ("gaps", gaps.map(|given| given.object)),
        ];
        for (key, list) in lists {
            if let Some(list) = list {
                table.insert(key.into(), given::list(&list)?);
            }
        }
        Self::of_json(py, table.into())
    }

    /// Reads a report file: JSON when its name ends in `.json`, otherwise by what stands in it.
    ///
    /// `progress` is called with the bytes read and twice the bytes there are: parsing counts as
    /// much as reading, and is told when it is done. Raises `ReportError` with every problem of the
    /// file, each with its line and column, and `UnreadableError` (an `OSError`) when the file
    /// cannot be read.
    ///
    /// >>> from probative import Report
    /// >>> len(Report.load("examples/reports/wagner-mali.toml").judgements)
    /// 3
    #[staticmethod]
    #[pyo3(signature = (
        path, format: "Format | Literal['toml', 'json'] | None" = None, *, progress = None
    ))]
    fn load(
        py: Python<'_>,
        path: PathBuf,
        format: Option<&str>,
        progress: Option<Progress>,
    ) -> PyResult<Self> {
        let parse = |text: String, format| Self::parse(&text, format);
        let input = Input::File(path);
        let report = input.read(py, Reading::Report, format, progress.as_ref(), parse)?;
        Ok(Self::new(Arc::new(report)))
    }

    /// Reads a report from text or UTF-8 bytes; `format` is `toml` or `json`, and is found out
    /// when it is not given.
    ///
    /// Raises `ReportError` with every problem of the text, each with its line and column.
    ///
    /// >>> from probative import Report, ReportError
    /// >>> try:
    /// ...     Report.loads('format = "probative/1"\ntitel = "x"')
    /// ... except ReportError as error:
    /// ...     [(one.line, one.column, one.path) for one in error.problems]
    /// [(2, 1, 'titel')]
    #[staticmethod]
    #[pyo3(signature = (text, format: "Format | Literal['toml', 'json'] | None" = None))]
    fn loads(py: Python<'_>, text: Text, format: Option<&str>) -> PyResult<Self> {
        let parse = |text: String, format| Self::parse(&text, format);
        let report = Input::Text(text).read(py, Reading::Report, format, None, parse)?;
        Ok(Self::new(Arc::new(report)))
    }

    /// Makes a report of what `to_dict` gives.
    ///
    /// Raises `ReportError` with every problem.
    ///
    /// >>> from probative import Report
    /// >>> Report.from_dict(Report("Nothing yet").to_dict()).title
    /// 'Nothing yet'
    #[staticmethod]
    fn from_dict(py: Python<'_>, table: Given<'_, names::TableGiven>) -> PyResult<Self> {
        let value = given::json(&table.object)?;
        if !value.is_object() {
            let found = table.object.get_type();
            return Err(PyTypeError::new_err(format!("expected a mapping, found {found}")));
        }
        Self::of_json(py, value)
    }

    /// Another report, with these keys replaced; `None` removes one, and `...` leaves it.
    ///
    /// Raises `ReportError` with every problem of the result.
    ///
    /// >>> from probative import Report
    /// >>> Report("Nothing yet", publisher="Desk").replace(title="Still nothing").publisher
    /// 'Desk'
    #[pyo3(signature = (
        *, title = Change::NONE, publisher = Change::NONE, cut_off = Change::NONE,
        yardstick = Change::NONE, source_summary = Change::NONE, sources = Change::NONE,
        items = Change::NONE, judgements = Change::NONE, assumptions = Change::NONE,
        indicators = Change::NONE, gaps = Change::NONE,
    ))]
    #[allow(clippy::too_many_arguments)] // they are the keys of the file
    fn replace(
        &self,
        py: Python<'_>,
        title: Change<'_, names::Text>,
        publisher: Change<'_, names::Text>,
        cut_off: Change<'_, names::DateGiven>,
        yardstick: Change<'_, names::Text>,
        source_summary: Change<'_, names::SourceSummary>,
        sources: Change<'_, Iterable<names::Source>>,
        items: Change<'_, Iterable<names::Item>>,
        judgements: Change<'_, Iterable<names::Judgement>>,
        assumptions: Change<'_, Iterable<names::Assumption>>,
        indicators: Change<'_, Iterable<names::Indicator>>,
        gaps: Change<'_, Iterable<names::Gap>>,
    ) -> PyResult<Self> {
        let mut wire = serde_json::to_value(self.wire())
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        let Some(table) = wire.as_object_mut() else { return Self::of_json(py, wire) };
        let ones = [
            ("title", title.to),
            ("publisher", publisher.to),
            ("cut_off", cut_off.to),
            ("yardstick", yardstick.to),
            ("source_summary", source_summary.to),
        ];
        let lists = [
            ("sources", sources.to),
            ("items", items.to),
            ("judgements", judgements.to),
            ("assumptions", assumptions.to),
            ("indicators", indicators.to),
            ("gaps", gaps.to),
        ];
        let ones = ones.map(|(key, to)| (key, to, given::json as fn(&_) -> _));
        let lists = lists.map(|(key, to)| (key, to, given::list as fn(&_) -> _));
        for (key, to, read) in ones.into_iter().chain(lists) {
            match to {
                None => {}
                Some(to) if to.is_none() => drop(table.remove(key)),
                Some(to) => drop(table.insert(key.to_owned(), read(&to)?)),
            }
        }
        Self::of_json(py, wire)
    }

    /// What `copy.replace` asks.
    #[pyo3(signature = (**changes: "object"))]
    fn __replace__<'py>(
        this: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        this.call_method("replace", (), changes)
    }

    /// Its title; empty when it gives none.
    #[getter]
    fn title(&self) -> &str {
        self.report.title()
    }

    /// Who publishes it.
    #[getter]
    fn publisher(&self) -> Option<&str> {
        self.report.publisher()
    }

    /// The information cut-off: what was published later is not counted.
    #[getter]
    fn cut_off<'py>(&self, py: Python<'py>) -> PyResult<Option<As<'py, names::Date>>> {
        moment::maybe(py, self.report.cut_off())
    }

    /// The name of the yardstick that its likelihood terms belong to.
    #[getter]
    fn yardstick(&self) -> Option<&str> {
        self.report.yardstick()
    }

    /// What the author says of the source base as a whole.
    #[getter]
    fn source_summary<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Option<As<'py, names::SourceSummary>>> {
        let summary = self.wire().source_summary.as_ref();
        summary.map(|summary| record::record(py, summary).map(As::new)).transpose()
    }

    /// Who speaks.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Source>>> {
        Self::list(py, &self.wire().sources)
    }

    /// What they say: a sequence that makes each record when it is asked for.
    #[getter]
    fn items(this: Bound<'_, Self>) -> Items {
        Items::of(this.unbind())
    }

    /// What is concluded.
    #[getter]
    fn judgements<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Judgement>>> {
        Self::list(py, &self.wire().judgements)
    }

    /// What is taken as given.
    #[getter]
    fn assumptions<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Assumption>>> {
        Self::list(py, &self.wire().assumptions)
    }

    /// What would be seen if an assumption were wrong.
    #[getter]
    fn indicators<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Indicator>>> {
        Self::list(py, &self.wire().indicators)
    }

    /// What is not known.
    #[getter]
    fn gaps<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Gap>>> {
        Self::list(py, &self.wire().gaps)
    }

    /// The source with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> report.source(report.item("3b").source).id == report.item("3b").source
    /// True
    fn source<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::Source>> {
        let found = self.report.find_source(id).map(report::SourceIndex::get);
        record::record(py, pick(py, &self.wire().sources, found, "a source", id)?).map(As::new)
    }

    /// The item with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> report.item("3b").id
    /// '3b'
    fn item<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::Item>> {
        let found = self.report.find_item(id).map(report::ItemIndex::get);
        record::record(py, pick(py, &self.wire().items, found, "an item", id)?).map(As::new)
    }

    /// The judgement with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> report.judgement("KJ-3").likelihood
    /// 'highly likely'
    fn judgement<'py>(&self, py: Python<'py>, id: &str) -> PyResult<As<'py, names::Judgement>> {
        let found = self.report.find_judgement(id).map(report::JudgementIndex::get);
        record::record(py, pick(py, &self.wire().judgements, found, "a judgement", id)?)
            .map(As::new)
    }

    /// SHA-256 of `to_json()`: the same however the file was laid out.
    #[getter]
    fn digest(&self, py: Python<'_>) -> PyResult<Digest> {
        self.written(py, report::Report::digest).map(Digest)
    }

    /// The report as compact JSON; read back, it is the same report.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> Report.loads(report.to_json()) == report
    /// True
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.written(py, report::Report::to_json)
    }

    /// The report as TOML; read back, it is the same report.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> Report.loads(report.to_toml()) == report
    /// True
    fn to_toml(&self, py: Python<'_>) -> PyResult<String> {
        let written = self.written(py, report::Report::to_toml)?;
        written.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
    }

    /// The report as dictionaries, lists, texts and numbers: what reading its JSON gives.
    ///
    /// >>> from probative import Report
    /// >>> report = Report.load("examples/reports/wagner-mali.toml")
    /// >>> len(report.to_dict()["judgements"])
    /// 3
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Table>> {
        record::plain(py, self.wire()).map(As::new)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            Arc::ptr_eq(&self.report, &other.report) || self.report == other.report
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.report.title(), self.report.items().len(), self.report.sources().len())
            .hash(&mut hasher);
        for judgement in self.report.judgements() {
            (&judgement.id, &judgement.statement).hash(&mut hasher);
        }
        hasher.finish()
    }

    pub(super) fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Report.loads({}, 'json')", quoted(py, &self.to_json(py)?)?))
    }

    fn __str__(&self) -> String {
        let (sources, items) = (self.report.sources().len(), self.report.items().len());
        let judgements = self.report.judgements().len();
        format!(
            "{}: {judgements} judgements, {items} items, {sources} sources",
            self.report.title()
        )
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let loads = py.get_type::<Self>().getattr("loads")?;
        (loads, (self.to_json(py)?, "json")).into_pyobject(py)
    }
}
