//! Sequences of records, each made when it is asked for; some of them tables too.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::appraisal::Appraisal;
use super::record::{self, As, names};
use super::report::Report;
use super::{arrow, capsule, errors};
use crate::render::ContributionAccount;

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

/// A position, from the end where it is negative, or an id.
#[derive(FromPyObject)]
enum Key {
    Position(isize),
    Id(String),
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
        }

        #[pymethods]
        impl $name {
            fn __len__(&self) -> usize {
                self.length()
            }

            /// The record at a position, or with an id where records have one.
            fn __getitem__<'py>(
                &self,
                py: Python<'py>,
                key: Key,
            ) -> PyResult<As<'py, names::$record>> {
                let length = self.length();
                let at = match key {
                    Key::Position(at) => at,
                    Key::Id(id) => {
                        let find: fn(&$parent, &str) -> Option<usize> = $find;
                        let found = find(self.parent.get(), &id);
                        let found = found.ok_or_else(|| errors::unknown_id(py, "an entry", &id))?;
                        return self.at(py, found).map(As::new);
                    }
                };
                let at = if at < 0 { at + isize::try_from(length)? } else { at };
                match usize::try_from(at) {
                    Ok(at) if at < length => self.at(py, at).map(As::new),
                    _ => Err(PyIndexError::new_err("there is no entry at this position")),
                }
            }

            fn __iter__(&self, py: Python<'_>) -> $iterator {
                $iterator { rows: Self::of(self.parent.clone_ref(py)), next: 0.into() }
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
                let account = &self.parent.get().account;
                let batch = py.detach(|| $batch(account)).map_err(|error| arrow::failed(&error))?;
                capsule::stream(py, batch)
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
            next: std::sync::atomic::AtomicUsize,
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
                if at >= self.rows.length() {
                    return Ok(None);
                }
                self.rows.at(py, at).map(|record| Some(As::new(record)))
            }
        }
    )+};
}

rows! {
    /// The items of a report, by position or id.
    Items, ItemIterator: Item of Report."items",
    |report: &Report| report.report.items().len(),
    |py, report: &Report, at: usize| record::record(py, &report.wire().items[at]),
    |report, id| report.report.find_item(id).map(crate::report::ItemIndex::get);

    /// The judgements of an appraisal, by position or id; a table.
    Judgements, JudgementIterator: JudgementAppraisal of Appraisal."judgements",
    |appraisal: &Appraisal| appraisal.account.judgements.len(),
    |py, appraisal: &Appraisal, at: usize| record::record(py, &appraisal.account.judgements[at]),
    |appraisal, id| appraisal.account.judgements.iter().position(|one| one.id == id),
    table arrow::judgements_schema, arrow::judgements;

    /// What each item contributes to each judgement; a table.
    Contributions, ContributionIterator: Contribution of Appraisal."contributions",
    |appraisal: &Appraisal| {
        appraisal.account.judgements.iter().map(|one| one.contributions.len()).sum()
    },
    |py, appraisal: &Appraisal, at: usize| {
        record::record(py, &contribution(appraisal, at))
    },
    |_, _| None,
    table arrow::contributions_schema, arrow::contributions;

    /// The findings of an appraisal, the gravest first; a table.
    Findings, FindingIterator: Finding of Appraisal."findings",
    |appraisal: &Appraisal| appraisal.account.findings.len(),
    |py, appraisal: &Appraisal, at: usize| record::record(py, &appraisal.account.findings[at]),
    |_, _| None,
    table arrow::findings_schema, arrow::findings;
}

fn contribution(appraisal: &Appraisal, at: usize) -> Option<&ContributionAccount> {
    let mut at = at;
    for judgement in &appraisal.account.judgements {
        match judgement.contributions.get(at) {
            Some(found) => return Some(found),
            None => at -= judgement.contributions.len(),
        }
    }
    None
}
