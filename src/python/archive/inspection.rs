//! An archive read again in whole.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::keys::{Trusted, trusted};
use super::proof::Pin;
use crate::archive::inspection::{Answer, Inspection, inspect_while};
use crate::python::argument::Count;
use crate::python::errors::{self, OrRaise, lost};
use crate::python::given::All;
use crate::python::record::{self, As, names};
use crate::python::watch::{self, Progress};

/// Reads an archive again in whole, writing nothing, even one that `Archive.open` refuses.
///
/// `trust` are the public keys that may sign for it, known from elsewhere: one that is found in
/// the archive proves nothing. `pin` is a checkpoint seen before, which the archive must go on
/// from. `threads` read, as many as there are processors when it is not given. `progress` is
/// called with the objects read and the objects there are.
///
/// Everything that does not verify is among the `problems` of the answer. Raises
/// `MissingArchiveError` (a `FileNotFoundError`) when there is no archive, `ArchiveFileError` (an
/// `OSError`) when it cannot be read at all, and `SigningKeyError` when a key is none.
///
/// >>> from probative import Archive, inspect
/// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
/// >>> inspect("case-7").bytes
/// Answer.YES
#[pyfunction]
#[pyo3(signature = (path, *, trust = All(Vec::new()), pin = None, threads = None, progress = None))]
pub(in crate::python) fn inspect(
    py: Python<'_>,
    path: PathBuf,
    trust: All<Trusted>,
    pin: Option<Pin>,
    threads: Option<Count>,
    progress: Option<Progress>,
) -> PyResult<As<'_, names::Inspection>> {
    let keys = trusted(py, trust)?;
    let pin = pin.map(|pin| pin.note(py)).transpose()?;
    let processors = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = match threads.map(|Count(threads)| (threads, usize::try_from(threads))) {
        None => processors(),
        Some((_, Ok(few))) if (1..=MOST_THREADS).contains(&few) => {
            NonZeroUsize::new(few).unwrap_or(NonZeroUsize::MIN)
        }
        Some((threads, _)) => {
            let message = format!("expected 1 to {MOST_THREADS} threads, found {threads}");
            return Err(errors::argument(py, &message));
        }
    };
    let found = watch::run(py, progress.as_ref(), move |watch| {
        inspect_while(&path, &keys, pin.as_ref(), threads, &mut |at| {
            let size = |count| usize::try_from(count).unwrap_or(usize::MAX);
            watch.step(size(at.objects), size(at.of))
        })
    })?;
    let found = found.or_raise(py)?.ok_or_else(|| lost(py))?;
    inspection(py, &found).map(As::new)
}

/// More would only wait for the disk, and a system refuses many more.
const MOST_THREADS: usize = 1024;

fn inspection<'py>(py: Python<'py>, found: &Inspection) -> PyResult<Bound<'py, PyAny>> {
    let problems = found.problems.iter().map(|problem| {
        let fields = PyDict::new(py);
        fields.set_item("code", problem.code())?;
        fields.set_item("message", problem.to_string())?;
        record::custody_of(py, "ArchiveProblem", &fields)
    });
    let problems: Vec<_> = problems.collect::<PyResult<_>>()?;
    let answer = |answer: Answer| record::word(py, "Answer", answer.as_str());
    let fields = PyDict::new(py);
    fields.set_item("entries", found.entries)?;
    fields.set_item("root", found.root.map(|root| root.to_string()))?;
    fields.set_item("objects", found.objects)?;
    fields.set_item("length", found.length)?;
    fields.set_item("covered", found.covered)?;
    fields.set_item("steps_back", found.steps_back)?;
    fields.set_item("bytes", answer(found.bytes)?)?;
    fields.set_item("order", answer(found.order)?)?;
    fields.set_item("identity", answer(found.identity)?)?;
    fields.set_item("problems", PyTuple::new(py, problems)?)?;
    record::custody_of(py, "Inspection", &fields)
}
