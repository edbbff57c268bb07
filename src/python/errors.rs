//! Exceptions: every error of the library as a class of `probative`.
//!
//! The classes themselves stand in `probative/_errors.py`, since most have a second base
//! (`ValueError`, `OSError`, `LookupError`) and an extension module can give them only one.

use std::io;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::record;
use crate::digest::{Algorithm, Digest, DigestError};
use crate::grade::crosswalk::UnknownCrosswalk;
use crate::grade::{
    Credibility, CredibilityError, Crosswalk, Grade, GradeError, NoCounterpart, Reliability,
    ReliabilityError,
};
use crate::moment::{Moment, MomentError};
use crate::report::{Problem, ProblemCode, Problems, Stance};
use crate::vocabulary::UnknownWord;
use crate::yardstick::{Band, BandError, BuiltinError, Yardstick, YardstickError};

/// An error with a class of its own.
pub(super) trait Raise: std::fmt::Display + Sized {
    /// The class, in `probative`.
    const CLASS: &'static str;

    /// The exception.
    fn raise(self, py: Python<'_>) -> PyErr {
        of(py, Self::CLASS, &self.to_string())
    }
}

macro_rules! raised_as {
    ($($error:ty => $class:literal,)+) => {$(
        impl Raise for $error {
            const CLASS: &'static str = $class;
        }
    )+};
}

raised_as! {
    ReliabilityError => "GradeError",
    CredibilityError => "GradeError",
    GradeError => "GradeError",
    NoCounterpart => "NoCounterpartError",
    UnknownCrosswalk => "UnknownCrosswalkError",
    UnknownWord => "UnknownWordError",
    MomentError => "MomentError",
    DigestError => "DigestError",
    BandError => "BandError",
    YardstickError => "YardstickError",
    BuiltinError => "UnknownYardstickError",
}

/// The result in Python, its error as an exception.
pub(super) trait OrRaise<T> {
    /// # Errors
    /// The exception of the error.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T, E: Raise> OrRaise<T> for Result<T, E> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| error.raise(py))
    }
}

/// What was being read when problems were found.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    Report,
    Doctrine,
}

/// Why an input could not be read.
pub(super) enum ReadError {
    /// The file could not be opened or read.
    File { path: PathBuf, error: io::Error },
    /// Something is wrong with what stands in it.
    Problems(Problems),
    /// The same, of a text that its author has not seen: lines would only mislead.
    Unplaced(Problems),
}

impl From<Problems> for ReadError {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

/// The exception for what is wrong with an input.
pub(super) fn cannot_read(py: Python<'_>, reading: Reading, error: ReadError) -> PyErr {
    match error {
        ReadError::File { path, error } => unreadable(py, &path, &error),
        ReadError::Problems(problems) => invalid(py, reading, &problems, true),
        ReadError::Unplaced(problems) => invalid(py, reading, &problems, false),
    }
    .unwrap_or_else(|error| error)
}

fn unreadable(py: Python<'_>, path: &Path, error: &io::Error) -> PyResult<PyErr> {
    let name_of = match error.kind() {
        io::ErrorKind::NotFound => "MissingFileError",
        _ => "UnreadableError",
    };
    let problem = Problem {
        code: ProblemCode::Unreadable,
        file: Some(path.display().to_string()),
        place: None,
        path: String::new(),
        message: format!("cannot be read: {error}"),
    };
    let problems = (problem_record(py, &problem)?,);
    // Whole, even where it is no UTF-8.
    let made = class(py, name_of)?.call1((problems, error.raw_os_error(), path.as_os_str()))?;
    Ok(PyErr::from_value(made))
}

fn invalid(py: Python<'_>, reading: Reading, problems: &Problems, placed: bool) -> PyResult<PyErr> {
    let name = match reading {
        _ if problems.iter().all(|one| one.code == ProblemCode::Unreadable) => "UnreadableError",
        Reading::Report => "ReportError",
        Reading::Doctrine => "DoctrineError",
    };
    let list: Vec<_> = problems
        .iter()
        .map(|one| {
            let place = one.place.filter(|_| placed);
            problem_record(py, &Problem { place, ..one.clone() })
        })
        .collect::<PyResult<_>>()?;
    let list = pyo3::types::PyTuple::new(py, list)?;
    Ok(PyErr::from_value(class(py, name)?.call1((list,))?))
}

fn problem_record<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(py);
    fields.set_item("code", record::word(py, "ProblemCode", problem.code.as_str())?)?;
    fields.set_item("message", &problem.message)?;
    fields.set_item("path", &problem.path)?;
    fields.set_item("file", &problem.file)?;
    fields.set_item("line", problem.place.map(|place| place.line))?;
    fields.set_item("column", problem.place.map(|place| place.column))?;
    record::class(py, "Problem")?.call((), Some(&fields))
}

/// The exception of this class, with this message.
pub(super) fn of(py: Python<'_>, name: &str, message: &str) -> PyErr {
    let made = class(py, name).and_then(|class| class.call1((message,)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// An id that nothing bears.
pub(super) fn unknown_id(py: Python<'_>, what: &str, id: &str) -> PyErr {
    of(py, "UnknownIdError", &format!("expected the id of {what}, found `{id}`"))
}

/// A value that an argument cannot have.
pub(super) fn argument(py: Python<'_>, message: &str) -> PyErr {
    of(py, "ArgumentError", message)
}

/// An object that two threads use at once, as only one can.
pub(super) fn busy(message: &'static str) -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err(message)
}

/// Work that ended without a result: a defect of the library, and never the caller's.
pub(super) fn lost(py: Python<'_>) -> PyErr {
    of(py, "ProbativeError", "the work ended without a result; please report it")
}

pub(super) fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("probative._errors")?.getattr(name)
}

/// One exception of every error variant of the library, by its Rust name.
///
/// For the test that every error has a class.
#[pyfunction]
pub(super) fn _every_error(py: Python<'_>) -> Vec<(String, Py<PyAny>)> {
    let mut list: Vec<(String, PyErr)> = Vec::new();
    let found = || "?".to_owned();
    list.push(("ReliabilityError".into(), ReliabilityError { found: found() }.raise(py)));
    list.push(("CredibilityError".into(), CredibilityError { found: found() }.raise(py)));
    list.push(("GradeError".into(), GradeError { found: found() }.raise(py)));
    if let Err(error) = Crosswalk::Stix.write_credibility_score(Credibility::Six) {
        list.push(("NoCounterpart".into(), error.raise(py)));
    }
    list.push(("UnknownCrosswalk".into(), UnknownCrosswalk { found: found() }.raise(py)));
    if let Err(error) = "?".parse::<Stance>() {
        list.push(("UnknownWord".into(), error.raise(py)));
    }
    list.push(("MomentError".into(), MomentError { found: found() }.raise(py)));
    for error in [
        DigestError::Shape { found: found() },
        DigestError::Algorithm { found: found() },
        DigestError::Hex { algorithm: Algorithm::Sha256, expected: 64, found: found() },
    ] {
        // Exhaustive, so that a new variant does not go unlisted.
        let name = match &error {
            DigestError::Shape { .. } => "DigestError::Shape",
            DigestError::Algorithm { .. } => "DigestError::Algorithm",
            DigestError::Hex { .. } => "DigestError::Hex",
        };
        list.push((name.into(), error.raise(py)));
    }
    let bands = [
        BandError::OutOfRange { edge: "lower", found: 2.0 },
        BandError::Inverted { lower: 1.0, upper: 0.0 },
        BandError::Empty { at: 0.5 },
    ];
    for error in &bands {
        let name = match error {
            BandError::OutOfRange { .. } => "BandError::OutOfRange",
            BandError::Inverted { .. } => "BandError::Inverted",
            BandError::Empty { .. } => "BandError::Empty",
        };
        list.push((name.into(), (*error).raise(py)));
    }
    let [band, ..] = bands;
    for error in [
        YardstickError::Id { found: found() },
        YardstickError::Reserved { found: found() },
        YardstickError::Blank { id: found(), field: "name" },
        YardstickError::NoTerms { id: found() },
        YardstickError::Duplicate { id: found(), found: found(), first: found(), second: found() },
        YardstickError::Band { id: found(), term: found(), source: band },
    ] {
        let name = match &error {
            YardstickError::Id { .. } => "YardstickError::Id",
            YardstickError::Reserved { .. } => "YardstickError::Reserved",
            YardstickError::Blank { .. } => "YardstickError::Blank",
            YardstickError::NoTerms { .. } => "YardstickError::NoTerms",
            YardstickError::Duplicate { .. } => "YardstickError::Duplicate",
            YardstickError::Band { .. } => "YardstickError::Band",
        };
        list.push((name.into(), error.raise(py)));
    }
    for name in ["?", "nato"] {
        let Err(error) = Yardstick::builtin(name) else { continue };
        let name = match &error {
            BuiltinError::Unknown { .. } => "BuiltinError::Unknown",
            BuiltinError::Unverified { .. } => "BuiltinError::Unverified",
        };
        list.push((name.into(), error.raise(py)));
    }
    for (name, error) in super::draft::every_error() {
        list.push((name.into(), error.raise(py)));
    }
    list.extend(super::archive::every_error(py));
    for code in ProblemCode::ALL {
        let problem = Problem {
            code: *code,
            file: None,
            place: None,
            path: String::new(),
            message: "?".into(),
        };
        let error = ReadError::Problems(Problems::one(problem));
        list.push((format!("Problems({code})"), cannot_read(py, Reading::Report, error)));
    }
    list.into_iter().map(|(name, error)| (name, error.into_value(py).into_any())).collect()
}

// Parsed here, so that every room raises alike.

/// # Errors
/// When the text is no reliability.
pub(super) fn reliability(py: Python<'_>, text: &str) -> PyResult<Reliability> {
    text.parse::<Reliability>().or_raise(py)
}

/// # Errors
/// When the text is no credibility.
pub(super) fn credibility(py: Python<'_>, text: &str) -> PyResult<Credibility> {
    text.parse::<Credibility>().or_raise(py)
}

/// # Errors
/// When the text is no grade.
pub(super) fn grade(py: Python<'_>, text: &str) -> PyResult<Grade> {
    text.parse::<Grade>().or_raise(py)
}

/// # Errors
/// When the text is no digest.
pub(super) fn digest(py: Python<'_>, text: &str) -> PyResult<Digest> {
    text.parse::<Digest>().or_raise(py)
}

/// # Errors
/// When the text is no moment.
pub(super) fn moment(py: Python<'_>, text: &str) -> PyResult<Moment> {
    text.parse::<Moment>().or_raise(py)
}

/// # Errors
/// When the edges enclose no band.
pub(super) fn band(py: Python<'_>, lower: f64, upper: f64) -> PyResult<Band> {
    Band::new(lower, upper).or_raise(py)
}
