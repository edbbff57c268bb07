//! Yardsticks, terms and bands.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::errors::{self, OrRaise};
use super::given::{self, All, Given};
use super::record::{self, As, Each, Many, names};
use super::rows::Key;
use crate::yardstick::{self, Definition};

/// A vocabulary of likelihood: its terms, each with the probabilities that it covers.
///
/// >>> from probative import Yardstick
/// >>> phia = Yardstick.builtin("phia-2025")
/// >>> phia.term("Probable").label
/// 'likely'
/// >>> str(phia.term("likely").band)
/// '≈55–≈75%'
/// >>> phia.terms_for(0.5)
/// []
#[pyclass(frozen, from_py_object, module = "probative")]
#[derive(Clone)]
pub(super) struct Yardstick(Arc<yardstick::Yardstick>);

impl From<yardstick::Yardstick> for Yardstick {
    fn from(yardstick: yardstick::Yardstick) -> Self {
        Self(Arc::new(yardstick))
    }
}

impl Yardstick {
    fn all_terms(&self) -> impl ExactSizeIterator<Item = Term> {
        (0..self.0.terms().len()).map(|at| Term { yardstick: self.clone(), at })
    }

    fn of(&self, found: &yardstick::Term) -> Option<Term> {
        self.all_terms().find(|term| term.get().is_some_and(|term| term == found))
    }
}

#[pymethods]
impl Yardstick {
    /// The built-in yardstick of this name: `icd-203`, `phia-2025`, `ipcc`, `kent`, `fe-ddis`.
    ///
    /// Raises `UnknownYardstickError` (a `LookupError`) when there is none.
    ///
    /// >>> from probative import Yardstick
    /// >>> kent = Yardstick.builtin("kent")
    /// >>> kent.name == kent.definition()["name"]
    /// True
    #[staticmethod]
    fn builtin(py: Python<'_>, id: &str) -> PyResult<Self> {
        yardstick::Yardstick::builtin(id).cloned().map(Self::from).or_raise(py)
    }

    /// Every built-in yardstick.
    ///
    /// >>> from probative import Yardstick
    /// >>> "icd-203" in [one.id for one in Yardstick.builtins()]
    /// True
    #[staticmethod]
    fn builtins() -> Vec<Self> {
        yardstick::Yardstick::builtins().iter().cloned().map(Self::from).collect()
    }

    /// The built-in yardsticks that know every one of these words.
    ///
    /// >>> from probative import Yardstick
    /// >>> [one.id for one in Yardstick.fits(["highly likely", "realistic possibility"])]
    /// ['phia-2025']
    #[staticmethod]
    fn fits(words: All<String>) -> Vec<Self> {
        let All(words) = &words;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        yardstick::Yardstick::fits(&words).into_iter().cloned().map(Self::from).collect()
    }

    /// An organisation's own yardstick, of what a doctrine writes under its name: a table with
    /// `name`, `source`, perhaps `edition`, and `terms`.
    ///
    /// Raises `YardstickError` when it is not fit to measure with.
    ///
    /// >>> from probative import Yardstick
    /// >>> acme = Yardstick.define("acme", {
    /// ...     "name": "Acme yardstick", "source": "Acme style guide, p. 12",
    /// ...     "terms": [{"term": "likely", "lower": 0.55, "upper": 0.8}],
    /// ... })
    /// >>> acme.term("likely").band.upper
    /// 0.8
    #[staticmethod]
    fn define(
        py: Python<'_>,
        id: &str,
        definition: Given<'_, names::TableGiven>,
    ) -> PyResult<Self> {
        let value = given::json(&definition.object)?;
        let definition: Definition = serde_json::from_value(value)
            .map_err(|error| errors::of(py, "YardstickError", &error.to_string()))?;
        yardstick::Yardstick::define(id, definition).map(Self::from).or_raise(py)
    }

    /// The name that reports choose it by.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// What it is called.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Which edition of the standard it follows, where one is stated.
    #[getter]
    fn edition(&self) -> Option<&str> {
        self.0.edition()
    }

    /// Where its figures come from, as a citation.
    #[getter]
    fn source(&self) -> &str {
        self.0.source()
    }

    /// Its terms, in the order of its source.
    #[getter]
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Term>>> {
        let terms: Vec<Term> = self.all_terms().collect();
        Ok(As::new(PyTuple::new(py, terms)?.into_any()))
    }

    /// The term of this label or synonym, whatever the case and the spaces; `None` when there is
    /// none.
    ///
    /// >>> from probative import Yardstick
    /// >>> Yardstick.builtin("icd-203").term("Likely").band.upper
    /// 0.8
    fn term(&self, text: &str) -> Option<Term> {
        self.of(self.0.term(text)?)
    }

    /// Every term that covers this probability, the best fitting first; none, where the yardstick
    /// has a gap.
    ///
    /// >>> from probative import Yardstick
    /// >>> [one.label for one in Yardstick.builtin("icd-203").terms_for(0.7)]
    /// ['likely']
    fn terms_for(&self, probability: f64) -> Vec<Term> {
        self.0.terms_for(probability).into_iter().filter_map(|term| self.of(term)).collect()
    }

    /// What a doctrine would write under its name.
    ///
    /// >>> from probative import Yardstick
    /// >>> kent = Yardstick.builtin("kent")
    /// >>> Yardstick.define("desk", kent.definition()).terms[0].label == kent.terms[0].label
    /// True
    #[pyo3(signature = () -> "dict[str, object]")]
    fn definition<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        record::plain(py, &self.0.definition())?.cast_into().map_err(Into::into)
    }

    fn __len__(&self) -> usize {
        self.0.terms().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Each<names::Term>>> {
        PyTuple::new(py, self.all_terms())?.call_method0("__iter__").map(As::new)
    }

    /// The term at a position, or of a label or synonym, or a tuple of those that a slice takes.
    fn __getitem__<'py>(&self, py: Python<'py>, key: Key<'py>) -> PyResult<Bound<'py, PyAny>> {
        match key {
            Key::Position(at) => Term { yardstick: self.clone(), at: at.within(self.__len__())? }
                .into_bound_py_any(py),
            Key::Id(text) => {
                let found = self.term(&text);
                found.ok_or_else(|| errors::unknown_id(py, "a term", &text))?.into_bound_py_any(py)
            }
            Key::Slice(slice) => PyTuple::new(py, self.all_terms())?.as_any().get_item(slice),
        }
    }

    /// Whether it has this term, or one of this label or synonym.
    fn __contains__(&self, value: &Bound<'_, PyAny>) -> bool {
        match value.cast::<Term>() {
            Ok(term) => self.all_terms().any(|one| one.get() == term.get().get()),
            Err(_) => value.extract::<String>().is_ok_and(|text| self.0.term(&text).is_some()),
        }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0.id(), self.0.terms().len()).hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.0.id().to_owned()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let id = super::quoted(py, self.0.id())?;
        if yardstick::Yardstick::builtin(self.0.id()).is_ok() {
            return Ok(format!("Yardstick.builtin({id})"));
        }
        Ok(format!("Yardstick.define({id}, {})", self.definition(py)?.repr()?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let define = py.get_type::<Self>().getattr("define")?;
        (define, (self.0.id(), self.definition(py)?)).into_pyobject(py)
    }
}

/// A word of a yardstick. The "likely" of one is not equal to that of another.
#[pyclass(frozen, module = "probative")]
pub(super) struct Term {
    yardstick: Yardstick,
    at: usize,
}

impl Term {
    fn get(&self) -> Option<&yardstick::Term> {
        self.yardstick.0.terms().get(self.at)
    }
}

#[pymethods]
impl Term {
    /// The word, as its source writes it first.
    #[getter]
    fn label(&self) -> &str {
        self.get().map_or("", yardstick::Term::label)
    }

    /// Other words for the same band.
    #[getter]
    fn synonyms<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Text>>> {
        let synonyms = self.get().map_or(&[][..], yardstick::Term::synonyms);
        Ok(As::new(PyTuple::new(py, synonyms)?.into_any()))
    }

    /// The probabilities that it covers.
    #[getter]
    fn band(&self, py: Python<'_>) -> PyResult<Band> {
        match self.get() {
            Some(term) => Ok(Band(term.band())),
            None => errors::band(py, 0.0, 1.0).map(Band),
        }
    }

    /// Its yardstick.
    #[getter]
    fn yardstick(&self) -> Yardstick {
        self.yardstick.clone()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.get() == other.get().get())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.yardstick.0.id(), self.label()).hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> &str {
        self.label()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("{}.term({})", self.yardstick.__repr__(py)?, super::quoted(py, self.label())?))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let term = py.get_type::<Yardstick>().getattr("term")?;
        (term, (self.yardstick.clone(), self.label())).into_pyobject(py)
    }
}

/// An interval of probabilities, 0 to 1. An edge is covered unless it is open.
///
/// Raises `BandError` when the edges enclose nothing or are no probabilities.
///
/// >>> from probative import Band
/// >>> 0.55 in Band(0.55, 0.8)
/// True
/// >>> 0.8 in Band(0.55, 0.8, upper_open=True)
/// False
#[pyclass(frozen, module = "probative")]
pub(super) struct Band(yardstick::Band);

#[pymethods]
impl Band {
    #[new]
    #[pyo3(signature = (
        lower, upper, *, lower_open = false, upper_open = false, approximate = false
    ))]
    fn new(
        py: Python<'_>,
        lower: f64,
        upper: f64,
        lower_open: bool,
        upper_open: bool,
        approximate: bool,
    ) -> PyResult<Self> {
        let mut band = errors::band(py, lower, upper)?;
        if lower_open {
            band = band.with_open_lower().or_raise(py)?;
        }
        if upper_open {
            band = band.with_open_upper().or_raise(py)?;
        }
        Ok(Self(if approximate { band.approximately() } else { band }))
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("lower", "upper")
    }

    /// The lower edge, 0 to 1.
    #[getter]
    fn lower(&self) -> f64 {
        self.0.lower()
    }

    /// The upper edge, 0 to 1.
    #[getter]
    fn upper(&self) -> f64 {
        self.0.upper()
    }

    /// Whether the lower edge itself is left out.
    #[getter]
    fn lower_open(&self) -> bool {
        self.0.lower_open()
    }

    /// Whether the upper edge itself is left out.
    #[getter]
    fn upper_open(&self) -> bool {
        self.0.upper_open()
    }

    /// Whether the standard gives the edges with "about".
    #[getter]
    fn approximate(&self) -> bool {
        self.0.approximate()
    }

    fn __contains__(&self, probability: f64) -> bool {
        self.0.contains(probability)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0.lower().to_bits(), self.0.upper().to_bits()).hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        let mut text = format!("Band({:?}, {:?}", self.0.lower(), self.0.upper());
        let flags = [
            ("lower_open", self.0.lower_open()),
            ("upper_open", self.0.upper_open()),
            ("approximate", self.0.approximate()),
        ];
        for (name, _) in flags.iter().filter(|(_, set)| *set) {
            text.extend([", ", name, "=True"]);
        }
        text + ")"
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let flags = PyDict::new(py);
        flags.set_item("lower_open", self.0.lower_open())?;
        flags.set_item("upper_open", self.0.upper_open())?;
        flags.set_item("approximate", self.0.approximate())?;
        ((self.0.lower(), self.0.upper()), flags).into_pyobject(py)
    }
}
