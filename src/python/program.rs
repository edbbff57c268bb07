//! `python -m probative`: the example programs, from their own source.

use std::ffi::OsString;

use pyo3::prelude::*;

use super::watch;

#[allow(dead_code)] // its `main` is cargo's
#[path = "../../examples/appraise.rs"]
mod appraise;

/// Runs `appraise` with these arguments, the first of which stands for the program's name, and
/// returns its exit status. It reads and writes the process's own standard streams.
#[pyfunction]
pub(super) fn run_appraise(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    watch::run(py, None, move |_| appraise::program(arguments))
}
