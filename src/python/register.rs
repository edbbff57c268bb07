//! Known sources, for drafts.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;

use super::errors::{self, Reading};
use super::input::{Input, Text};
use super::moment::{self, When};
use super::quoted;
use super::record::{As, names};
use crate::draft::Registry;
use crate::moment::Moment;
use crate::report::Problems;

/// A list of known sources with the letters that somebody gave them: the only place from which a
/// draft takes a letter. It is made of a text, TOML or CSV as `syntax` says; `as_of` is when the
/// letters were given, where the text does not say.
///
/// Raises `ReportError` with every problem of the text, each with its line.
///
/// >>> from probative import KnownSources, draft
/// >>> desk = KnownSources('''
/// ...     [[sources]]
/// ...     name = "Border Watch"
/// ...     reliability = "B"
/// ...     because = "its counts were borne out by later records"
/// ... ''', name="Desk register")
/// >>> proposal = draft("KJ-1: It is likely that the port closes.\n\na. Border Watch reported so.",
/// ...                  known=[desk])
/// >>> [(one.name, one.reliability) for one in proposal.report.sources]
/// [('Border Watch', Reliability.B)]
#[pyclass(frozen, from_py_object, module = "probative")]
#[derive(Clone)]
pub(super) struct KnownSources {
    pub(super) registry: Registry,
    made_from: Arc<MadeFrom>,
}

/// What a list was made of.
#[derive(PartialEq, Eq, Hash)]
struct MadeFrom {
    text: String,
    syntax: &'static str,
    name: String,
    as_of: Option<Moment>,
}

impl KnownSources {
    fn read(
        text: String,
        syntax: &'static str,
        name: String,
        as_of: Option<Moment>,
    ) -> Result<Self, Problems> {
        let registry = match syntax {
            "csv" => Registry::from_csv(&text, &name)?,
            _ => Registry::from_toml(&text, &name)?,
        };
        let registry = match as_of {
            Some(as_of) => registry.dated(as_of),
            None => registry,
        };
        Ok(Self { registry, made_from: Arc::new(MadeFrom { text, syntax, name, as_of }) })
    }
}

fn syntax(py: Python<'_>, name: &str) -> PyResult<&'static str> {
    ["toml", "csv"].into_iter().find(|one| *one == name).ok_or_else(|| {
        let message = format!("expected a syntax, one of toml, csv, found `{name}`");
        errors::of(py, "UnknownWordError", &message)
    })
}

#[pymethods]
impl KnownSources {
    #[new]
    #[pyo3(signature = (
        text, syntax: "Literal['toml', 'csv']" = "toml", *, name = "", as_of = None
    ))]
    fn new(
        py: Python<'_>,
        text: Text,
        syntax: &str,
        name: &str,
        as_of: Option<When>,
    ) -> PyResult<Self> {
        let (syntax, name) = (self::syntax(py, syntax)?, name.to_owned());
        let as_of = as_of.map(|When(moment)| moment);
        let read = move |text, _| Self::read(text, syntax, name, as_of);
        Input::Text(text).read(py, Reading::Report, Some(ANY), None, read)
    }

    /// Reads a file: CSV when its name ends in `.csv`, otherwise TOML. Its name is the list's where
    /// the file gives none.
    ///
    /// Raises `ReportError` with every problem of the file, each with its line, and
    /// `UnreadableError` (an `OSError`) when the file cannot be read.
    ///
    /// >>> from pathlib import Path
    /// >>> from probative import KnownSources
    /// >>> _ = Path("desk.csv").write_text("name,reliability\nBorder Watch,B\n")
    /// >>> len(KnownSources.load("desk.csv", as_of="2023-06-01"))
    /// 1
    #[staticmethod]
    #[pyo3(signature = (path, *, as_of = None))]
    fn load(py: Python<'_>, path: PathBuf, as_of: Option<When>) -> PyResult<Self> {
        let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let syntax = if csv { "csv" } else { "toml" };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let as_of = as_of.map(|When(moment)| moment);
        let read = move |text, _| Self::read(text, syntax, name, as_of);
        Input::File(path).read(py, Reading::Report, Some(ANY), None, read)
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        self.registry.name()
    }

    /// When its letters were given, where that is stated for all of them.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Option<As<'py, names::Date>>> {
        moment::maybe(py, self.registry.as_of())
    }

    fn __len__(&self) -> usize {
        self.registry.len()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.made_from == other.get().made_from)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.made_from.hash(&mut hasher);
        hasher.finish()
    }

    pub(super) fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let MadeFrom { text, syntax, name, as_of } = &*self.made_from;
        let as_of = as_of.map_or_else(String::new, |as_of| format!(", as_of='{as_of}'"));
        let (text, name) = (quoted(py, text)?, quoted(py, name)?);
        Ok(format!("KnownSources({text}, '{syntax}', name={name}{as_of})"))
    }

    #[pyo3(signature = () -> "tuple[tuple[str, str], dict[str, str | None]]")]
    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let options = pyo3::types::PyDict::new(py);
        options.set_item("name", &self.made_from.name)?;
        options.set_item("as_of", self.made_from.as_of.map(|as_of| as_of.to_string()))?;
        Ok(((&self.made_from.text, self.made_from.syntax), options).into_pyobject(py)?.into_any())
    }
}

/// The input's own syntax is not asked for here.
const ANY: &str = "toml";
