//! Dates and times: a day is a `date`, an instant a `datetime` with its offset.

use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime};
use pyo3::{type_hint_identifier, type_hint_union};

use super::errors;
use super::record::{As, names};
use crate::moment::Moment;

/// The day as `date`, the instant as `datetime`. Python keeps microseconds, so finer digits are
/// cut off.
///
/// # Errors
/// When memory runs out.
pub(super) fn to_python(py: Python<'_>, moment: Moment) -> PyResult<Bound<'_, PyAny>> {
    match moment.time() {
        Some(time) => time.into_bound_py_any(py),
        None => moment.date().into_bound_py_any(py),
    }
}

/// A moment, or none.
///
/// # Errors
/// When memory runs out.
pub(super) fn maybe(
    py: Python<'_>,
    moment: Option<Moment>,
) -> PyResult<Option<As<'_, names::Date>>> {
    moment.map(|moment| to_python(py, moment).map(As::new)).transpose()
}

/// The text of a `date` or an aware `datetime`, as a report file has it; `None` for another
/// object.
///
/// # Errors
/// When it is a `datetime` without an offset.
pub(super) fn text(object: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if !object.is_instance_of::<PyDate>() && !object.is_instance_of::<PyDateTime>() {
        return Ok(None);
    }
    let text: String = object.call_method0("isoformat")?.extract()?;
    errors::moment(object.py(), &text)?;
    Ok(Some(text))
}

/// A moment as Python code gives it: a `date`, an aware `datetime`, or their text.
pub(super) struct When(pub(super) Moment);

impl<'py> FromPyObject<'_, 'py> for When {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("datetime", "date"),
        type_hint_identifier!("datetime", "datetime"),
        type_hint_identifier!("builtins", "str")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = match text(&object)? {
            Some(text) => text,
            None => object.extract().map_err(|_| {
                PyTypeError::new_err(format!(
                    "expected a date, a datetime with an offset, or the text of one, found {}",
                    object.get_type()
                ))
            })?,
        };
        Ok(Self(errors::moment(object.py(), &text)?))
    }
}
