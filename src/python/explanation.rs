//! How a figure came about.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::errors;
use super::given::All;
use super::record::{self, As, Many, names};
use crate::strength::explain::{self, Formula};

/// A figure, the formula that gives it, and what went into the formula: a tree.
///
/// `replay()` computes the figure anew from the given numbers alone; `str()` is an outline.
///
/// >>> from probative import Explanation, Formula
/// >>> half = Explanation("a probability", "given", 0.75)
/// >>> Explanation("units", "support", 2.0, (half,)).replay()
/// 2.0
#[pyclass(frozen, from_py_object, module = "probative")]
#[derive(Clone)]
pub(super) struct Explanation {
    tree: explain::Explanation,
    depth: usize,
}

impl From<explain::Explanation> for Explanation {
    fn from(tree: explain::Explanation) -> Self {
        let depth = depth(&tree);
        Self { tree, depth }
    }
}

impl Explanation {
    fn children<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.tree.inputs.iter().cloned().map(Self::from))
    }
}

fn depth(tree: &explain::Explanation) -> usize {
    1 + tree.inputs.iter().map(depth).max().unwrap_or(0)
}

/// Far above what the method needs, and far below what would use up a stack.
const DEEPEST: usize = 64;

#[pymethods]
impl Explanation {
    #[new]
    #[pyo3(signature = (what, formula, value, inputs = All(Vec::new())))]
    fn new(
        py: Python<'_>,
        what: String,
        formula: &str,
        value: f64,
        inputs: All<Self>,
    ) -> PyResult<Self> {
        let All(inputs) = inputs;
        let found = FORMULAS.into_iter().find(|one| name(*one) == formula);
        let Some(formula) = found else {
            let message = format!("expected a formula, found `{formula}`");
            return Err(errors::of(py, "UnknownWordError", &message));
        };
        let depth = 1 + inputs.iter().map(|input| input.depth).max().unwrap_or(0);
        if depth > DEEPEST {
            let message = format!("expected an explanation at most {DEEPEST} deep");
            return Err(pyo3::exceptions::PyValueError::new_err(message));
        }
        let inputs = inputs.into_iter().map(|input| input.tree).collect();
        Ok(Self { tree: explain::Explanation { what, formula, value, inputs }, depth })
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str) {
        ("what", "formula", "value", "inputs")
    }

    /// What the figure is.
    #[getter]
    fn what(&self) -> &str {
        &self.tree.what
    }

    /// How it follows from the inputs.
    #[getter]
    fn formula<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Formula>> {
        record::word(py, "Formula", name(self.tree.formula)).map(As::new)
    }

    /// The formula as it is written.
    #[getter]
    fn formula_text(&self) -> &'static str {
        self.tree.formula.text()
    }

    /// The figure.
    #[getter]
    fn value(&self) -> f64 {
        self.tree.value
    }

    /// What it follows from.
    #[getter]
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<As<'py, Many<names::Explanation>>> {
        Ok(As::new(self.children(py)?.into_any()))
    }

    /// The figure, computed anew from the given numbers alone.
    ///
    /// >>> from probative import Report, appraise
    /// >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
    /// >>> tree = appraisal.explain("KJ-1", "probability", "upper")
    /// >>> abs(tree.replay() - tree.value) < 1e-12
    /// True
    fn replay(&self) -> f64 {
        self.tree.replay()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.tree == other.get().tree)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.tree.what, self.tree.value.to_bits(), self.tree.inputs.len()).hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.tree.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (what, value) = (super::quoted(py, &self.tree.what)?, self.tree.value);
        let formula = name(self.tree.formula);
        let value =
            if value.is_finite() { format!("{value:?}") } else { format!("float('{value}')") };
        let inputs = self.children(py)?.repr()?;
        Ok(format!("Explanation({what}, '{formula}', {value}, {inputs})"))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let formula = name(self.tree.formula);
        (&self.tree.what, formula, self.tree.value, self.children(py)?).into_pyobject(py)
    }
}

/// Every formula.
pub(super) const FORMULAS: [Formula; 14] = [
    Formula::Given,
    Formula::Support,
    Formula::Doubt,
    Formula::Belief,
    Formula::Units,
    Formula::Product,
    Formula::Quotient,
    Formula::Sum,
    Formula::Largest,
    Formula::Smallest,
    Formula::CorrelatedSum,
    Formula::Balance,
    Formula::Held,
    Formula::Probability,
];

/// A formula's name.
pub(super) const fn name(formula: Formula) -> &'static str {
    match formula {
        Formula::Given => "given",
        Formula::Support => "support",
        Formula::Doubt => "doubt",
        Formula::Belief => "belief",
        Formula::Units => "units",
        Formula::Product => "product",
        Formula::Quotient => "quotient",
        Formula::Sum => "sum",
        Formula::Largest => "largest",
        Formula::Smallest => "smallest",
        Formula::CorrelatedSum => "correlated-sum",
        Formula::Balance => "balance",
        Formula::Held => "held",
        Formula::Probability => "probability",
    }
}
