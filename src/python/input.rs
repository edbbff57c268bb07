//! Reports and doctrines as they come: a file, a text, some bytes.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_union};

use super::errors::{self, OrRaise, ReadError, Reading};
use super::watch::{self, Progress, Watch, Watched};
use crate::report::{Format, Problems, read_input};

/// A text or its UTF-8 bytes.
pub(super) struct Text(Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "bytes")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.cast::<pyo3::types::PyBytes>() {
            return Ok(Self(bytes.as_bytes().to_vec()));
        }
        object.extract::<String>().map(|text| Self(text.into_bytes()))
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
            parse(text, format)
        };
        match self {
            Self::File(path) => {
                let name = path.display().to_string();
                let file: std::io::Result<Watched<'_, File>> = Watched::open(&path, watch);
                let mut file = match file {
                    Ok(file) => file,
                    Err(error) => return Err(ReadError::File { name, error }),
                };
                let format = format.or_else(|| Format::of(&path));
                Ok(read(&mut file, format).map_err(|problems| problems.in_file(&name))?)
            }
            Self::Text(Text(bytes)) => Ok(read(&mut &bytes[..], format)?),
        }
    }
}
