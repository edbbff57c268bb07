//! Reports and doctrines as they come: a file, a text, some bytes.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::{type_hint_identifier, type_hint_union};

use super::argument::Bytes;
use super::errors::{self, OrRaise, ReadError, Reading};
use super::watch::{self, Progress, Watch, Watched};
use crate::report::{Format, Problem, ProblemCode, Problems, read_input};

/// A text or its UTF-8 bytes.
pub(super) enum Text {
    Str(String),
    Bytes(Bytes),
}

impl Text {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(Bytes(bytes)) => bytes,
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "bytes"),
        type_hint_identifier!("builtins", "bytearray"),
        type_hint_identifier!("builtins", "memoryview")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(bytes) = Bytes::of(&object)? {
            return Ok(Self::Bytes(bytes));
        }
        if !object.is_instance_of::<PyString>() {
            let found = object.get_type();
            return Err(PyTypeError::new_err(format!("expected a text or bytes, found {found}")));
        }
        object.extract().map(Self::Str)
    }
}

/// Where an input comes from.
pub(super) enum Input {
    File(PathBuf),
    Text(Text),
}

impl Input {
    /// Reads and parses on a thread of its own. `parse` is given the text and its format.
    ///
    /// # Errors
    /// When it cannot be read, is not valid, or the work was interrupted.
    pub(super) fn read<T: Send + 'static>(
        self,
        py: Python<'_>,
        reading: Reading,
        format: Option<&str>,
        progress: Option<&Progress>,
        parse: impl FnOnce(String, Format) -> Result<T, Problems> + Send + 'static,
    ) -> PyResult<T> {
        let format = format.map(|name| name.parse::<Format>().or_raise(py)).transpose()?;
        let read = watch::run(py, progress, move |watch| self.parse(format, watch, parse))?;
        read.map_err(|error| errors::cannot_read(py, reading, error))
    }

    fn parse<T>(
        self,
        format: Option<Format>,
        watch: &Watch,
        parse: impl FnOnce(String, Format) -> Result<T, Problems>,
    ) -> Result<T, ReadError> {
        let read = |reader: &mut dyn Read, format: Option<Format>| {
            let text = read_input(reader)?;
            let format = format.unwrap_or_else(|| Format::sniff(&text));
            // What was interrupted meanwhile is not parsed: that is one step, and a long one.
            if watch.go_on().is_break() {
                return Err(stopped());
            }
            parse(text, format)
        };
        match self {
            Self::File(path) => {
                let name = path.display().to_string();
                let file: std::io::Result<Watched<'_, File>> = Watched::open(&path, watch);
                let mut file = match file {
                    // Parsing takes about as long again, and longer when the disk is fast.
                    Ok(file) => file.half(),
                    Err(error) => return Err(ReadError::File { path, error }),
                };
                let format = format.or_else(|| Format::of(&path));
                let parsed = read(&mut file, format);
                file.done();
                Ok(parsed.map_err(|problems| problems.in_file(&name))?)
            }
            Self::Text(text) => Ok(read(&mut text.bytes(), format)?),
        }
    }
}

/// Told to nobody: who asked has been interrupted.
fn stopped() -> Problems {
    Problems::one(Problem {
        code: ProblemCode::Unreadable,
        file: None,
        place: None,
        path: String::new(),
        message: "interrupted".to_owned(),
    })
}
