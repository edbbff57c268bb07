//! Plain arguments: numbers that are not negative, and bytes in whatever form Python has them.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyMemoryView};
use pyo3::{type_hint_identifier, type_hint_union};

use super::errors;

/// A number of things: columns, bytes, entries.
#[derive(Clone, Copy)]
pub(super) struct Count(pub(super) u64);

impl Count {
    /// The number; what no memory could hold counts as the most that one could.
    pub(super) fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl<'py> FromPyObject<'_, 'py> for Count {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "int");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        object.extract::<u64>().map(Self).map_err(|error| {
            if !error.is_instance_of::<PyOverflowError>(object.py()) {
                return error;
            }
            let message = format!("expected a number from 0 to 2^64 - 1, found {}", shown(&object));
            errors::argument(object.py(), &message)
        })
    }
}

/// The object as a message shows it: its repr where that is short, otherwise its type.
pub(super) fn shown(object: &Bound<'_, PyAny>) -> String {
    match object.repr().map(|repr| repr.to_string()) {
        Ok(repr) if repr.len() <= 60 => repr,
        _ => format!("an object of type {}", object.get_type()),
    }
}

/// Bytes that stay with Python where it does not change them, and are copied where it may.
pub(super) struct Bytes(pub(super) PyBackedBytes);

impl Bytes {
    /// The bytes of a `bytes`, `bytearray` or `memoryview`; `None` for another object.
    ///
    /// # Errors
    /// When memory runs out.
    pub(super) fn of(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(bytes) = object.extract::<PyBackedBytes>() {
            return Ok(Some(Self(bytes)));
        }
        if !object.is_instance_of::<PyMemoryView>() {
            return Ok(None);
        }
        let bytes = object.call_method0("tobytes")?;
        Ok(Some(Self(bytes.cast_into::<PyBytes>()?.into())))
    }
}

impl<'py> FromPyObject<'_, 'py> for Bytes {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "bytes"),
        type_hint_identifier!("builtins", "bytearray"),
        type_hint_identifier!("builtins", "memoryview")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::of(&object)?.ok_or_else(|| {
            PyTypeError::new_err(format!("expected bytes, found {}", object.get_type()))
        })
    }
}
