//! What is kept: bytes, or a file that has them.

use std::fs::File;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};

use crate::archive::ArchiveError;
use crate::python::argument::Bytes;
use crate::python::watch::{Watch, Watched};

/// Bytes, or the path of a file that has them; no text, which could be either.
pub(in crate::python) enum Content {
    Bytes(Bytes),
    File(PathBuf),
}

impl<'py> FromPyObject<'_, 'py> for Content {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "bytes"),
        type_hint_identifier!("builtins", "bytearray"),
        type_hint_identifier!("builtins", "memoryview"),
        type_hint_subscript!(
            type_hint_identifier!("os", "PathLike"),
            type_hint_identifier!("builtins", "str")
        )
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(bytes) = Bytes::of(&object)? {
            return Ok(Self::Bytes(bytes));
        }
        if object.hasattr("__fspath__")? {
            return object.extract().map(Self::File);
        }
        Err(PyTypeError::new_err("expected bytes, or a path such as `pathlib.Path`"))
    }
}

/// The file, for reading that can be stopped.
pub(super) fn opened<'w>(path: &Path, watch: &'w Watch) -> Result<Watched<'w, File>, ArchiveError> {
    Watched::open(path, watch).map_err(|source| {
        let (doing, path) = ("open", path.to_owned());
        ArchiveError::Io { doing, path, source }
    })
}
