//! `python -m probative`: the example programs, from their own source.

use std::ffi::OsString;

use pyo3::prelude::*;

use super::given::All;
use super::watch;

#[allow(dead_code, unreachable_pub)] // its `main` is cargo's, and it is no part of the crate
#[path = "../../examples/appraise.rs"]
mod appraise;

/// Runs `appraise` with these arguments, the first of which stands for the program's name, and
/// returns its exit status. It reads and writes the process's own standard streams.
#[pyfunction]
pub(super) fn run_appraise(py: Python<'_>, arguments: All<OsString>) -> PyResult<u8> {
    watch::run(py, None, move |_| appraise::program(arguments.0))
}
