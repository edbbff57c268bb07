//! Drafts: a report proposed from prose.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::errors::{self, OrRaise};
use super::given::All;
use super::page;
use super::quoted;
use super::record::{self, As, Many, names};
use super::register::KnownSources;
use super::report::Report;
use super::watch;
use crate::draft::{self as drafting, Markup, Options, Span};
use crate::render::inert;

/// Drafts a report from an analyst's prose: plain text, Markdown, wikitext or HTML.
///
/// It proposes and never grades: letters come from lists of `known` sources alone; several must
/// agree. `markup` is one of `Markup`, and is seen from the text when it is not given. Raises
/// `DraftError` when there is nothing to draft from.
///
/// >>> from probative import draft
/// >>> proposal = draft("KJ-1: It is highly likely that the harbour will close.")
/// >>> proposal.report.judgements[0].likelihood
/// 'highly likely'
#[pyfunction]
#[pyo3(signature = (
    text,
    *,
    markup: "Markup | Literal['plain', 'markdown', 'wikitext', 'html'] | None" = None,
    known = All(Vec::new()),
))]
pub(super) fn draft(
    py: Python<'_>,
    text: String,
    markup: Option<&str>,
    known: All<KnownSources>,
) -> PyResult<Draft> {
    let markup = markup.map(|name| name.parse::<Markup>().or_raise(py)).transpose()?;
    let All(known) = known;
    let options = match markup {
        Some(markup) => Options::new().with_markup(markup),
        None => Options::new(),
    };
    let registries = known.iter().map(|known| known.registry.clone());
    let options = registries.fold(options, Options::with_registry);
    let text: Arc<str> = text.into();
    let read = Arc::clone(&text);
    let drafted = watch::run(py, None, move |_| {
        let draft = drafting::draft(&read, &options)?;
        // A draft is a report that checks; were it not, there would be nothing to show.
        let report = draft.report().clone().check().map_err(|_| drafting::DraftError::NoJudgement);
        report.map(|report| (draft, Arc::new(report)))
    })?;
    let (proposed, report) = drafted.or_raise(py)?;
    Ok(Draft { proposed, report, text, markup, known })
}

/// A proposed report, and everything that is doubtful about it.
#[pyclass(frozen, module = "probative")]
pub(super) struct Draft {
    proposed: drafting::Draft,
    report: Arc<crate::report::Report>,
    text: Arc<str>,
    markup: Option<Markup>,
    known: Vec<KnownSources>,
}

#[pymethods]
impl Draft {
    /// The proposed report.
    #[getter]
    fn report(&self) -> Report {
        Report::new(Arc::clone(&self.report))
    }

    /// What is doubtful, in the order of the text.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::DraftFinding>>> {
        let class = record::class(py, "DraftFinding")?;
        let records = self.proposed.findings().iter().map(|one| {
            let fields = place(py, &one.span)?;
            fields.set_item("code", record::word(py, "DraftFindingCode", one.code.as_str())?)?;
            fields.set_item("severity", record::word(py, "Severity", one.severity.as_str())?)?;
            fields.set_item("about", PyTuple::new(py, &one.about)?)?;
            fields.set_item("message", &one.message)?;
            class.call((), Some(&fields))
        });
        let records: Vec<_> = records.collect::<PyResult<_>>()?;
        Ok(As::new(PyTuple::new(py, records)?.into_any()))
    }

    /// Where each drafted thing came from.
    #[getter]
    fn traces<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Trace>>> {
        let class = record::class(py, "Trace")?;
        let records = self.proposed.traces().iter().map(|one| {
            let fields = place(py, &one.span)?;
            fields.set_item("part", record::word(py, "DraftPart", one.part.as_str())?)?;
            fields.set_item("id", &one.id)?;
            class.call((), Some(&fields))
        });
        let records: Vec<_> = records.collect::<PyResult<_>>()?;
        Ok(As::new(PyTuple::new(py, records)?.into_any()))
    }

    /// The report file as TOML, with a comment before each drafted thing that says where it came
    /// from.
    ///
    /// >>> from probative import draft
    /// >>> "KJ-1" in draft("KJ-1: It is likely that it rains.").to_toml()
    /// True
    fn to_toml(&self, py: Python<'_>) -> PyResult<String> {
        let written = py.detach(|| self.proposed.to_toml());
        written.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
    }

    /// The report file as indented JSON.
    ///
    /// >>> from probative import Report, draft
    /// >>> drafted = draft("KJ-1: It is likely that it rains.")
    /// >>> Report.loads(drafted.to_json()) == drafted.report
    /// True
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.proposed.to_json())
    }

    fn __str__(&self) -> String {
        let mut text = self.proposed.report().title.clone();
        let findings = self.proposed.findings();
        for one in findings {
            let (line, column) = (one.span.place.line, one.span.place.column);
            text += &format!(
                "\n{line}:{column}: {}[{}]: {}",
                one.severity,
                one.code,
                inert(&one.message)
            );
        }
        text
    }

    /// What IPython shows in a terminal.
    #[pyo3(signature = (printer: "object", cycle: "bool"))]
    fn _repr_pretty_(&self, printer: Bound<'_, PyAny>, cycle: bool) -> PyResult<()> {
        page::pretty(&printer, cycle, "Draft", |_| Ok(self.__str__()))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.proposed == other.get().proposed)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.proposed.to_json().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let markup = self.markup.map_or_else(String::new, |one| format!(", markup='{one}'"));
        let known: Vec<String> =
            self.known.iter().map(|known| known.__repr__(py)).collect::<PyResult<_>>()?;
        let known = match &known[..] {
            [] => String::new(),
            known => format!(", known=[{}]", known.join(", ")),
        };
        Ok(format!("draft({}{markup}{known})", quoted(py, &self.text)?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let draft = py.import("probative._native")?.getattr("draft")?;
        let partial = py.import("functools")?.getattr("partial")?;
        let options = PyDict::new(py);
        options.set_item("markup", self.markup.map(Markup::as_str))?;
        options.set_item("known", self.known.clone())?;
        let draft = partial.call((draft,), Some(&options))?;
        (draft, (&*self.text,)).into_pyobject(py)
    }
}

fn place<'py>(py: Python<'py>, span: &Span) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    fields.set_item("line", span.place.line)?;
    fields.set_item("column", span.place.column)?;
    fields.set_item("start", span.bytes.start)?;
    fields.set_item("end", span.bytes.end)?;
    Ok(fields)
}

/// One error of each kind, for the test that every one has a class.
pub(super) fn every_error() -> Vec<(&'static str, drafting::DraftError)> {
    use drafting::DraftError as Error;

    let all = [
        Error::TooLarge { found: 0 },
        Error::NotText { found: "a PDF file" },
        Error::Encoding { found: "UTF-16".into(), at: 0 },
        Error::Empty,
        Error::NoJudgement,
    ];
    let named = |error| {
        let name = match &error {
            Error::TooLarge { .. } => "DraftError::TooLarge",
            Error::NotText { .. } => "DraftError::NotText",
            Error::Encoding { .. } => "DraftError::Encoding",
            Error::Empty => "DraftError::Empty",
            Error::NoJudgement => "DraftError::NoJudgement",
        };
        (name, error)
    };
    all.map(named).into()
}

impl errors::Raise for drafting::DraftError {
    const CLASS: &'static str = "DraftError";
}
