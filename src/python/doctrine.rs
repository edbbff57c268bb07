//! Doctrines.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::argument::Count;
use super::digest::Digest;
use super::errors::{self, OrRaise, Reading};
use super::input::{Input, Text};
use super::quoted;
use super::record::{self, As, Many, names};
use super::watch::Progress;
use super::yardstick::Yardstick;
use crate::doctrine::{self, Corners};
use crate::render::Range;
use crate::report::{Authenticity, Channel, Format, Relevance};

/// A checked table of every number that the method uses. `Doctrine()` is the default one.
///
/// >>> from probative import Doctrine, Reliability
/// >>> Doctrine().id
/// 'probative-default/1'
/// >>> Doctrine().reliability(Reliability.B).central
/// 0.8
#[pyclass(frozen, module = "probative")]
pub(super) struct Doctrine {
    pub(super) doctrine: Arc<doctrine::Doctrine>,
    /// What it was read from; `None` for the default.
    written: Option<(String, Format)>,
}

impl Doctrine {
    fn read(py: Python<'_>, input: Input, format: Option<&str>) -> PyResult<Self> {
        let parse = |text: String, format| {
            let read = match format {
                Format::Toml => doctrine::Doctrine::from_toml(&text),
                Format::Json => doctrine::Doctrine::from_json(&text),
            };
            read.map(|doctrine| (doctrine, text, format))
        };
        let none: Option<&Progress> = None;
        let (doctrine, text, format) = input.read(py, Reading::Doctrine, format, none, parse)?;
        Ok(Self { doctrine: Arc::new(doctrine), written: Some((text, format)) })
    }

    fn range(py: Python<'_>, corners: Corners) -> PyResult<As<'_, names::Range>> {
        record::record(py, &Range::from(corners)).map(As::new)
    }
}

#[pymethods]
impl Doctrine {
    #[new]
    pub(super) fn new() -> Self {
        Self { doctrine: Arc::new(doctrine::Doctrine::default()), written: None }
    }

    /// Reads a doctrine file: JSON when its name ends in `.json`, otherwise by what stands in it.
    ///
    /// Raises `DoctrineError` with every problem of the file, each with its line and column, and
    /// `UnreadableError` (an `OSError`) when the file cannot be read.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine.load("examples/reports/wagner-mali.toml")
    /// Traceback (most recent call last):
    /// probative.DoctrineError: ...
    #[staticmethod]
    #[pyo3(signature = (path, format: "Format | Literal['toml', 'json'] | None" = None))]
    fn load(py: Python<'_>, path: PathBuf, format: Option<&str>) -> PyResult<Self> {
        Self::read(py, Input::File(path), format)
    }

    /// Reads a doctrine from text or UTF-8 bytes; `format` is `toml` or `json`.
    ///
    /// Raises `DoctrineError` with every problem of the text, each with its line and column.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine.loads('id = 3').id
    /// Traceback (most recent call last):
    /// probative.DoctrineError: ...
    #[staticmethod]
    #[pyo3(signature = (text, format: "Format | Literal['toml', 'json'] | None" = None))]
    fn loads(py: Python<'_>, text: Text, format: Option<&str>) -> PyResult<Self> {
        Self::read(py, Input::Text(text), format)
    }

    /// Its name and version.
    #[getter]
    fn id(&self) -> &str {
        self.doctrine.id()
    }

    /// SHA-256 of its content: the same however the file was laid out.
    #[getter]
    fn digest(&self) -> Digest {
        Digest(self.doctrine.digest())
    }

    /// The words for strength from the lowest up, each with its lower edge; below 0 the word is
    /// "contradicted".
    #[getter]
    fn bands<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Edge>>> {
        let bands: Vec<_> = self.doctrine.bands().iter().collect();
        Ok(As::new(PyTuple::new(py, bands)?.into_any()))
    }

    /// The word for a strength, -1 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().band(0.36)
    /// 'moderate'
    fn band(&self, strength: f64) -> String {
        self.doctrine.bands().word(strength).to_owned()
    }

    /// P(what a source says is true | its letter, nothing else known), 0 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().reliability("B").central
    /// 0.8
    fn reliability<'py>(&self, py: Python<'py>, letter: &str) -> PyResult<As<'py, names::Range>> {
        Self::range(py, self.doctrine.reliability(errors::reliability(py, letter)?))
    }

    /// P(the information is true | its digit, nothing else known), 0 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().credibility("1").central > Doctrine().credibility("5").central
    /// True
    fn credibility<'py>(&self, py: Python<'py>, digit: &str) -> PyResult<As<'py, names::Range>> {
        Self::range(py, self.doctrine.credibility(errors::credibility(py, digit)?))
    }

    /// P(a relay with this letter passes on faithfully what its origin said), 0 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().relay("A").central > Doctrine().relay("E").central
    /// True
    fn relay<'py>(&self, py: Python<'py>, letter: &str) -> PyResult<As<'py, names::Range>> {
        Self::range(py, self.doctrine.relay(errors::reliability(py, letter)?))
    }

    /// P(the judgement follows | the item is true), 0 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().relevance("direct") > Doctrine().relevance("contextual")
    /// True
    fn relevance(&self, py: Python<'_>, relevance: &str) -> PyResult<f64> {
        Ok(self.doctrine.relevance(relevance.parse::<Relevance>().or_raise(py)?))
    }

    /// P(the thing in hand is what it claims to be | its channel, how far it was checked), 0 to 1.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().authenticity("leak", "unverified") < Doctrine().authenticity("leak", "verified")
    /// True
    fn authenticity(&self, py: Python<'_>, channel: &str, checked: &str) -> PyResult<f64> {
        let channel = channel.parse::<Channel>().or_raise(py)?;
        Ok(self.doctrine.authenticity(channel, checked.parse::<Authenticity>().or_raise(py)?))
    }

    /// The most that strength may be on so many independent origins.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().cap(1) < Doctrine().cap(3)
    /// True
    fn cap(&self, origins: Count) -> f64 {
        self.doctrine.cap(origins.size())
    }

    /// A yardstick by name: one that the doctrine defines, or one that is built in.
    ///
    /// Raises `UnknownYardstickError` (a `LookupError`) when neither knows the name.
    ///
    /// >>> from probative import Doctrine
    /// >>> Doctrine().yardstick("kent").id
    /// 'kent'
    fn yardstick(&self, py: Python<'_>, name: &str) -> PyResult<Yardstick> {
        self.doctrine.yardstick(name).cloned().map(Yardstick::from).or_raise(py)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.doctrine == other.get().doctrine)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.doctrine.digest().hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        format!("{} {}", self.doctrine.id(), self.doctrine.digest())
    }

    pub(super) fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(match &self.written {
            None => "Doctrine()".to_owned(),
            Some((text, format)) => format!("Doctrine.loads({}, '{format}')", quoted(py, text)?),
        })
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let class = py.get_type::<Self>();
        match &self.written {
            None => (class, PyTuple::empty(py)).into_pyobject(py),
            Some((text, format)) => {
                (class.getattr("loads")?, (text, format.as_str())).into_pyobject(py)
            }
        }
    }
}
