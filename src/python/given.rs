//! From Python objects to a report: they become its JSON, and are read as every file is.

use std::marker::PhantomData;

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDict, PyEllipsis, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple,
};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};
use serde_json::{Map, Value};

use super::record::Named;
use super::{errors, moment};

/// An object that the stubs call an `N`; what it is, is found out when it is read.
pub(super) struct Given<'py, N> {
    pub(super) object: Bound<'py, PyAny>,
    hint: PhantomData<N>,
}

impl<'py, N: Named> FromPyObject<'_, 'py> for Given<'py, N> {
    type Error = std::convert::Infallible;

    const INPUT_TYPE: PyStaticExpr = N::HINT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Self::Error> {
        Ok(Self { object: object.to_owned(), hint: PhantomData })
    }
}

/// All that can be iterated, whatever length it claims: room is made as entries come, so that a
/// false length costs nothing. A text is refused, which would fall into letters.
pub(super) struct All<T>(pub(super) Vec<T>);

impl<'py, T> FromPyObject<'_, 'py> for All<T>
where
    T: for<'a> FromPyObject<'a, 'py>,
{
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Iterable"),
        <T as FromPyObject<'_, '_>>::INPUT_TYPE
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err("expected several, found one text"));
        }
        let entry = |entry: PyResult<Bound<'py, PyAny>>| entry?.extract().map_err(Into::into);
        object.try_iter()?.map(entry).collect::<PyResult<_>>().map(Self)
    }
}

/// What a key is replaced by; `None` removes it, and `...` leaves it as it is.
pub(super) struct Change<'py, N> {
    pub(super) to: Option<Bound<'py, PyAny>>,
    hint: PhantomData<N>,
}

impl<N> Change<'_, N> {
    /// No change.
    pub(super) const NONE: Self = Self { to: None, hint: PhantomData };
}

impl<'py, N: Named> FromPyObject<'_, 'py> for Change<'py, N> {
    type Error = std::convert::Infallible;

    const INPUT_TYPE: PyStaticExpr =
        type_hint_union!(N::HINT, PyStaticExpr::Constant { value: PyStaticConstant::None });

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Self::Error> {
        let to = (!object.is(PyEllipsis::get(object.py()))).then(|| object.to_owned());
        Ok(Self { to, hint: PhantomData })
    }
}

/// Whatever can be iterated.
pub(super) struct Iterable<N>(PhantomData<N>);

impl<N: Named> Named for Iterable<N> {
    const HINT: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Iterable"), N::HINT);
}

/// The object as JSON: a record, a mapping, a sequence, a text, a number, a date.
///
/// # Errors
/// When it is none of them, or nested deeper than any report is.
pub(super) fn json(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    value(object, 0)
}

/// A report is five deep. A limit far above that keeps an object that contains itself from
/// using up the stack.
const DEEPEST: usize = 32;

fn value(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    if depth > DEEPEST {
        return Err(errors::argument(object.py(), "the object is nested too deep to be a report"));
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(Value::String(text.to_str()?.to_owned()));
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if object.is_instance_of::<PyInt>() || object.is_instance_of::<PyFloat>() {
        return number(object);
    }
    if let Some(text) = moment::text(object)? {
        return Ok(Value::String(text));
    }
    if let Ok(digest) = object.cast::<super::digest::Digest>() {
        return Ok(Value::String(digest.get().0.to_string()));
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        let list: PyResult<Vec<Value>> =
            object.try_iter()?.map(|entry| value(&entry?, depth + 1)).collect();
        return list.map(Value::Array);
    }
    if let Ok(table) = object.cast::<PyDict>() {
        return table.iter().map(|(key, entry)| pair(&key, &entry, depth)).collect::<PyResult<_>>();
    }
    if let Ok(form) = object.getattr("_as_given") {
        // A record that is written otherwise than its fields stand.
        return value(&form.call0()?, depth + 1);
    }
    if let Ok(fields) = object.getattr("__match_args__")
        && object.hasattr("__dataclass_fields__")?
    {
        let mut table = Map::new();
        for name in fields.try_iter()? {
            let name: String = name?.extract()?;
            let entry = object.getattr(name.as_str())?;
            if !entry.is_none() {
                table.insert(name, value(&entry, depth + 1)?);
            }
        }
        return Ok(Value::Object(table));
    }
    if let Ok(table) = object.cast::<PyMapping>() {
        return table
            .items()?
            .iter()
            .map(|entry| {
                let (key, entry): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
                pair(&key, &entry, depth)
            })
            .collect::<PyResult<_>>();
    }
    if object.hasattr("__len__")? && object.hasattr("__getitem__")? {
        let list: PyResult<Vec<Value>> =
            object.try_iter()?.map(|entry| value(&entry?, depth + 1)).collect();
        return list.map(Value::Array);
    }
    // A `Decimal`, a fraction, a number of another library.
    if object.hasattr("__index__")? || object.hasattr("__float__")? {
        return number(object);
    }
    let found = object.get_type().name()?;
    Err(PyTypeError::new_err(format!("a report has no place for an object of type {found}")))
}

fn number(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    if object.hasattr("__index__")? {
        return match (object.extract::<i64>(), object.extract::<u64>()) {
            (Ok(number), _) => Ok(number.into()),
            (_, Ok(number)) => Ok(number.into()),
            _ => Err(errors::argument(object.py(), "an integer is too large for a report")),
        };
    }
    let number: f64 = object.extract()?;
    serde_json::Number::from_f64(number).map(Value::Number).ok_or_else(|| {
        let message = format!("expected a finite number, found {number}");
        errors::argument(object.py(), &message)
    })
}

fn pair(
    key: &Bound<'_, PyAny>,
    entry: &Bound<'_, PyAny>,
    depth: usize,
) -> PyResult<(String, Value)> {
    let key: String = key
        .extract()
        .map_err(|_| PyTypeError::new_err("the keys of a report's tables are texts"))?;
    Ok((key, value(entry, depth + 1)?))
}

/// The list as JSON, whatever can be iterated; but not a text, which would fall into letters.
///
/// # Errors
/// When it is no list, and as [`json`].
pub(super) fn list(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    if object.is_instance_of::<PyString>() || object.is_instance_of::<PyDict>() {
        return Err(PyTypeError::new_err("expected a list of records"));
    }
    let list: PyResult<Vec<Value>> = object.try_iter()?.map(|entry| value(&entry?, 1)).collect();
    list.map(Value::Array)
}
