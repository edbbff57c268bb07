//! The Python package: classes and functions over the same engine, with no logic of their own.
//!
//! Plain records, enums and exceptions are written in Python (`python/probative/`); what they
//! hold comes from here.

#![allow(clippy::doc_markdown, clippy::doc_link_with_quotes)] // the docs are Python's, which shows them as they are
#![allow(clippy::needless_pass_by_value)] // what Python passes comes by value
#![allow(clippy::unused_self, clippy::trivially_copy_pass_by_ref)] // methods of classes

mod appraisal;
mod archive;
mod argument;
mod arrow;
mod capsule;
mod comparison;
mod digest;
mod doctrine;
mod draft;
mod errors;
mod explanation;
mod given;
mod grade;
mod input;
mod moment;
mod page;
mod program;
mod record;
mod register;
mod report;
mod rows;
mod watch;
mod what_if;
mod yardstick;

use pyo3::prelude::*;
use pyo3::types::PyString;

/// The engine of the package `probative`.
#[pymodule]
mod _native {
    #[pymodule_export]
    const __VERSION__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::appraisal::{Appraisal, appraise};
    #[pymodule_export]
    use super::archive::{
        Archive, Checkpoint, Entry, EntryIterator, Ledger, Proof, Registry, SigningKey,
        VerifierKey, inspect,
    };
    #[pymodule_export]
    use super::comparison::{Comparison, compare};
    #[pymodule_export]
    use super::digest::Digest;
    #[pymodule_export]
    use super::doctrine::Doctrine;
    #[pymodule_export]
    use super::draft::{Draft, draft};
    #[pymodule_export]
    use super::errors::_every_error;
    #[pymodule_export]
    use super::explanation::Explanation;
    #[pymodule_export]
    use super::grade::{
        about_credibility, about_crosswalk, about_reliability, parse_grade, read_credibility,
        read_reliability, refuse_word, words, write_credibility, write_credibility_score,
        write_reliability, write_reliability_score,
    };
    #[pymodule_export]
    use super::page::{draw, render};
    #[pymodule_export]
    use super::program::run_appraise;
    #[pymodule_export]
    use super::register::KnownSources;
    #[pymodule_export]
    use super::report::Report;
    #[pymodule_export]
    use super::rows::{
        ContributionIterator, Contributions, FindingIterator, Findings, ItemIterator, Items,
        JudgementIterator, Judgements,
    };
    #[pymodule_export]
    use super::yardstick::{Band, Term, Yardstick};
}

/// The text as a Python literal.
///
/// # Errors
/// When memory runs out.
fn quoted(py: Python<'_>, text: &str) -> PyResult<String> {
    PyString::new(py, text).repr()?.extract()
}

/// The path as a Python literal, whole even where it is no UTF-8.
///
/// # Errors
/// When memory runs out.
fn literal(py: Python<'_>, path: &std::path::Path) -> PyResult<String> {
    path.as_os_str().into_pyobject(py)?.repr()?.extract()
}
