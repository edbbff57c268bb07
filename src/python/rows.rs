//! Sequences of records, each made when it is asked for; some of them tables too.

use std::sync::Arc;

use pyo3::exceptions::{PyIndexError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PySlice, PyString, PyTuple};
use pyo3::{type_hint_identifier, type_hint_union};

use super::appraisal::Appraisal;
use super::record::{self, As, names};
use super::report::Report;
use super::{arrow, capsule, errors, watch};

/// The entry that was found.
///
/// # Errors
/// `UnknownIdError` when none was.
pub(super) fn pick<'a, T>(
    py: Python<'_>,
    all: &'a [T],
    found: Option<usize>,
    what: &str,
    id: &str,
) -> PyResult<&'a T> {
    found.and_then(|at| all.get(at)).ok_or_else(|| errors::unknown_id(py, what, id))
}

/// A position, from the end where it is negative.
pub(super) struct Position(isize);

impl Position {
    /// The place from the start.
    ///
    /// # Errors
    /// `IndexError` when there is no such place.
    pub(super) fn within(&self, length: usize) -> PyResult<usize> {
        let length = isize::try_from(length)?;
        let at = if self.0 < 0 { self.0 + length } else { self.0 };
        match usize::try_from(at) {
            Ok(found) if at < length => Ok(found),
            _ => Err(PyIndexError::new_err("there is no entry at this position")),
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Position {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing", "SupportsIndex");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        object.extract().map(Self).map_err(|error: PyErr| {
            if error.is_instance_of::<PyOverflowError>(object.py()) {
                return PyIndexError::new_err("there is no entry at this position");
            }
            let found = object.get_type();
            PyTypeError::new_err(format!("expected a position, an id or a slice, found {found}"))
        })
    }
}

/// What stands in square brackets.
pub(super) enum Key<'py> {
    Position(Position),
    Slice(Bound<'py, PySlice>),
    Id(String),
}

impl<'py> FromPyObject<'_, 'py> for Key<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("typing", "SupportsIndex"),
        type_hint_identifier!("builtins", "slice"),
        type_hint_identifier!("builtins", "str")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(slice) = object.cast::<PySlice>() {
            return Ok(Self::Slice(slice.to_owned()));
        }
        if object.is_instance_of::<PyString>() {
            return object.extract().map(Self::Id);
        }
        object.extract().map(Self::Position)
    }
}

/// The places that a slice takes, in its order.
fn places(slice: &Bound<'_, PySlice>, length: usize) -> PyResult<Vec<usize>> {
    let taken = slice.indices(isize::try_from(length)?)?;
    let steps = (0..isize::try_from(taken.slicelength)?).map(|at| taken.start + at * taken.step);
    steps.map(|at| Ok(usize::try_from(at)?)).collect()
}

/// A bound of a search, as `list.index` takes it: from the end where it is negative, and never
/// outside.
fn clamped(at: isize, length: usize) -> usize {
    match usize::try_from(at) {
        Ok(at) => at.min(length),
        Err(_) => length.saturating_sub(at.unsigned_abs()),
    }
}

macro_rules! rows {
    ($(
        $(#[$meta:meta])*
        $name:ident, $iterator:ident: $record:ident of $parent:ident.$field:literal,
        $length:expr, $get:expr, $find:expr
        $(, table $schema:expr, $batch:expr)?;
    )+) => {$(
        $(#[$meta])*
        #[pyclass(frozen, module = "probative")]
        pub(super) struct $name {
            parent: Py<$parent>,
        }

        impl $name {
            pub(super) fn of(parent: Py<$parent>) -> Self {
                Self { parent }
            }

            fn length(&self) -> usize {
                ($length)(self.parent.get())
            }

            fn at<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
                ($get)(py, self.parent.get(), at)
            }

            fn find(&self, id: &str) -> Option<usize> {
                let find: fn(&$parent, &str) -> Option<usize> = $find;
                find(self.parent.get(), id)
            }

            /// The first place from here on where this record, or the one with this id, stands.
            fn search(
                &self,
                value: &Bound<'_, PyAny>,
                places: std::ops::Range<usize>,
            ) -> PyResult<Option<usize>> {
                let py = value.py();
                if let Ok(id) = value.cast::<PyString>() {
                    return Ok(self.find(id.to_str()?).filter(|at| places.contains(at)));
                }
                if !value.is_instance(&record::class(py, stringify!($record))?)? {
                    return Ok(None);
                }
                // A record with an id can stand in one place only.
                let id = value.getattr("id").ok().and_then(|id| id.extract::<String>().ok());
                let places = match id {
                    Some(id) => match self.find(&id).filter(|at| places.contains(at)) {
                        Some(at) => at..at + 1,
                        None => return Ok(None),
                    },
                    None => places,
                };
                for at in places {
                    if self.at(py, at)?.eq(value)? {
                        return Ok(Some(at));
                    }
                    py.check_signals()?;
                }
                Ok(None)
            }
        }

        #[pymethods]
        impl $name {
            fn __len__(&self) -> usize {
                self.length()
            }

            /// The record at a position or with an id, or a tuple of those that a slice takes.
            fn __getitem__<'py>(&self, py: Python<'py>, key: Key<'py>) -> PyResult<Bound<'py, PyAny>> {
                match key {
                    Key::Position(at) => self.at(py, at.within(self.length())?),
                    Key::Id(id) => {
                        let found = self.find(&id);
                        self.at(py, found.ok_or_else(|| errors::unknown_id(py, "an entry", &id))?)
                    }
                    Key::Slice(slice) => {
                        let places = places(&slice, self.length())?;
                        let records: Vec<_> =
                            places.into_iter().map(|at| self.at(py, at)).collect::<PyResult<_>>()?;
                        Ok(PyTuple::new(py, records)?.into_any())
                    }
                }
            }

            fn __contains__(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
                Ok(self.search(value, 0..self.length())?.is_some())
            }

            fn __iter__(&self, py: Python<'_>) -> $iterator {
                $iterator::over(self.parent.clone_ref(py), self.length(), false)
            }

            fn __reversed__(&self, py: Python<'_>) -> $iterator {
                $iterator::over(self.parent.clone_ref(py), self.length(), true)
            }

            /// The first place of a record, or of the one with this id. Raises `ValueError` when
            /// it is not there.
            ///
            /// >>> from probative import Report
            /// >>> report = Report.load("examples/reports/wagner-mali.toml")
            /// >>> report.items[report.items.index("3b")].id
            /// '3b'
            #[pyo3(signature = (value, start = 0, stop = isize::MAX))]
            fn index(
                &self,
                value: &Bound<'_, PyAny>,
                start: isize,
                stop: isize,
            ) -> PyResult<usize> {
                let length = self.length();
                let found = self.search(value, clamped(start, length)..clamped(stop, length))?;
                found.ok_or_else(|| PyValueError::new_err("there is no such entry"))
            }

            /// How often a record stands there.
            ///
            /// >>> from probative import Report
            /// >>> report = Report.load("examples/reports/wagner-mali.toml")
            /// >>> report.items.count(report.item("3b"))
            /// 1
            fn count(&self, value: &Bound<'_, PyAny>) -> PyResult<usize> {
                let (mut count, mut from) = (0, 0);
                while let Some(at) = self.search(value, from..self.length())? {
                    (count, from) = (count + 1, at + 1);
                }
                Ok(count)
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| {
                    self.parent.bind(other.py()).eq(&other.get().parent).unwrap_or(false)
                })
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
                self.parent.bind(py).hash()
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                Ok(format!("{}.{}", self.parent.bind(py).repr()?, $field))
            }

            #[pyo3(signature = () -> "tuple[object, ...]")]
            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
                let getattr = py.import("builtins")?.getattr("getattr")?;
                (getattr, (self.parent.clone_ref(py), $field)).into_pyobject(py)
            }

            $(
            /// The table as an Arrow stream, for whatever speaks the PyCapsule interface. What is
            /// asked for in `requested_schema` is not converted to, as the interface allows.
            #[pyo3(signature = (requested_schema: "object" = None) -> "object")]
            fn __arrow_c_stream__<'py>(
                &self,
                py: Python<'py>,
                requested_schema: Option<Bound<'py, PyAny>>,
            ) -> PyResult<Bound<'py, PyCapsule>> {
                drop(requested_schema);
                let account = Arc::clone(&self.parent.get().account);
                let batch = watch::run(py, None, move |watch| $batch(&account, watch))?;
                capsule::stream(py, batch.map_err(|error| arrow::failed(&error))?)
            }

            /// The table's Arrow schema, for whatever speaks the PyCapsule interface.
            #[pyo3(signature = () -> "object")]
            fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
                capsule::schema(py, &$schema())
            }
            )?
        }

        /// Goes over a sequence once.
        #[pyclass(frozen, module = "probative")]
        pub(super) struct $iterator {
            rows: $name,
            length: usize,
            backwards: bool,
            next: std::sync::atomic::AtomicUsize,
        }

        impl $iterator {
            fn over(parent: Py<$parent>, length: usize, backwards: bool) -> Self {
                Self { rows: $name::of(parent), length, backwards, next: 0.into() }
            }
        }

        #[pymethods]
        impl $iterator {
            fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
                this
            }

            fn __next__<'py>(
                &self,
                py: Python<'py>,
            ) -> PyResult<Option<As<'py, names::$record>>> {
                let at = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if at >= self.length {
                    return Ok(None);
                }
                let at = if self.backwards { self.length - 1 - at } else { at };
                self.rows.at(py, at).map(|record| Some(As::new(record)))
            }
        }
    )+};
}

rows! {
    /// The items of a report, by position or id: a sequence.
    Items, ItemIterator: Item of Report."items",
    |report: &Report| report.report.items().len(),
    |py, report: &Report, at: usize| record::record(py, &report.wire().items[at]),
    |report, id| report.report.find_item(id).map(crate::report::ItemIndex::get);

    /// The judgements of an appraisal, by position or id: a sequence and a table.
    Judgements, JudgementIterator: JudgementAppraisal of Appraisal."judgements",
    |appraisal: &Appraisal| appraisal.account.judgements.len(),
    |py, appraisal: &Appraisal, at: usize| record::record(py, &appraisal.account.judgements[at]),
    |appraisal, id| {
        appraisal.given.report.find_judgement(id).map(crate::report::JudgementIndex::get)
    },
    table arrow::judgements_schema, arrow::judgements;

    /// What each item contributes to each judgement: a sequence and a table.
    Contributions, ContributionIterator: Contribution of Appraisal."contributions",
    |appraisal: &Appraisal| appraisal.contributions_before(appraisal.account.judgements.len()),
    |py, appraisal: &Appraisal, at: usize| {
        let (judgement, place) = appraisal.contribution(at);
        let judgement = &appraisal.account.judgements[judgement];
        record::contribution(py, &judgement.id, &judgement.contributions[place])
    },
    |_, _| None,
    table arrow::contributions_schema, arrow::contributions;

    /// The findings of an appraisal, the gravest first: a sequence and a table.
    Findings, FindingIterator: Finding of Appraisal."findings",
    |appraisal: &Appraisal| appraisal.account.findings.len(),
    |py, appraisal: &Appraisal, at: usize| record::record(py, &appraisal.account.findings[at]),
    |_, _| None,
    table arrow::findings_schema, arrow::findings;
}
