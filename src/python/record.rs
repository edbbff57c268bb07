//! From values to Python objects: records with real enums and dates, or plain dictionaries.
//!
//! One serialiser writes both, from the same `Serialize` that writes the JSON, so that no field
//! can be called one thing there and another here.

use std::fmt;
use std::marker::PhantomData;

use pyo3::IntoPyObjectExt as _;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript};
use serde::ser::{self, Serialize, Serializer};

use super::{errors, moment};

/// The value as records: structs become the class of `probative` that bears their name, words
/// become members of its enums, lists become tuples.
///
/// # Errors
/// When memory runs out.
pub(super) fn record<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    let records = Some(py.import("probative._records")?);
    value.serialize(&Writer { py, records }).map_err(|Failure(error)| error)
}

/// The value as dictionaries, lists, texts and numbers: what reading its JSON would give.
///
/// # Errors
/// When memory runs out.
pub(super) fn plain<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(&Writer { py, records: None }).map_err(|Failure(error)| error)
}

/// The class of records with this name.
///
/// # Errors
/// When there is none.
pub(super) fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("probative._records")?.getattr(name)
}

/// The member of an enum with this written form.
///
/// # Errors
/// When there is none.
pub(super) fn word<'py>(py: Python<'py>, of: &str, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("probative._words")?.getattr(of)?.call1((text,))
}

/// A name in the stubs for what Rust sees as any object.
pub(super) trait Named {
    const HINT: PyStaticExpr;
}

/// An object of a class that is written in Python.
pub(super) struct As<'py, N>(Bound<'py, PyAny>, PhantomData<N>);

impl<'py, N> As<'py, N> {
    pub(super) fn new(object: Bound<'py, PyAny>) -> Self {
        Self(object, PhantomData)
    }
}

impl<'py, N: Named> IntoPyObject<'py> for As<'py, N> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = std::convert::Infallible;

    const OUTPUT_TYPE: PyStaticExpr = N::HINT;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.0)
    }
}

/// A tuple of any length.
pub(super) struct Many<N>(PhantomData<N>);

impl<N: Named> Named for Many<N> {
    const HINT: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        N::HINT,
        PyStaticExpr::Constant { value: PyStaticConstant::Ellipsis }
    );
}

const ANY: PyStaticExpr = type_hint_identifier!("typing", "Any");
const STR: PyStaticExpr = type_hint_identifier!("builtins", "str");

macro_rules! named {
    ($($module:literal: $($name:ident)+;)+) => {
        /// The classes that are written in Python.
        pub(super) mod names {
            use super::{ANY, Named, PyStaticExpr, STR, type_hint_identifier, type_hint_subscript};
            $($(
                pub(in crate::python) struct $name;
                impl Named for $name {
                    const HINT: PyStaticExpr = type_hint_identifier!($module, stringify!($name));
                }
            )+)+

            /// A day, or an instant.
            pub(in crate::python) struct Date;
            impl Named for Date {
                const HINT: PyStaticExpr = type_hint_identifier!("datetime", "date");
            }

            /// What JSON's objects become.
            pub(in crate::python) struct Table;
            impl Named for Table {
                const HINT: PyStaticExpr =
                    type_hint_subscript!(type_hint_identifier!("builtins", "dict"), STR, ANY);
            }

            /// What is read as JSON's objects are.
            pub(in crate::python) struct TableGiven;
            impl Named for TableGiven {
                const HINT: PyStaticExpr = type_hint_subscript!(
                    type_hint_identifier!("collections.abc", "Mapping"),
                    STR,
                    ANY
                );
            }
        }
    };
}

named! {
    "probative._records":
        Assumption Contribution DraftFinding Finding Gap Indicator Item Judgement JudgementAppraisal Range
        Source SourceSummary Trace;
    "probative._words": Formula Severity;
    "probative._native": Explanation;

}

/// The class for a struct, where Python calls it otherwise.
fn renamed(name: &'static str) -> &'static str {
    match name {
        "JudgementAccount" => "JudgementAppraisal",
        "ConfidenceAccount" => "ConfidenceAppraisal",
        "LikelihoodAccount" => "LikelihoodAppraisal",
        "RequirementAccount" => "Requirement",
        "ContributionAccount" => "Contribution",
        "LinchpinAccount" => "Linchpin",
        "NextStepAccount" => "NextStep",
        "OutcomeAccount" => "Outcome",
        "FindingAccount" => "Finding",
        name => name,
    }
}

/// With `records`, writes records; without, dictionaries.
struct Writer<'py> {
    py: Python<'py>,
    records: Option<Bound<'py, PyModule>>,
}

impl<'py> Writer<'py> {
    fn any<T>(&self, value: T) -> Result<Bound<'py, PyAny>, Failure>
    where
        T: IntoPyObject<'py>,
    {
        value.into_bound_py_any(self.py).map_err(Failure)
    }

    fn make(
        &self,
        name: &'static str,
        fields: Bound<'py, PyDict>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        match &self.records {
            Some(records) => Ok(records.getattr(renamed(name))?.call((), Some(&fields))?),
            None => Ok(fields.into_any()),
        }
    }

    /// What serde writes as text, and Python has a type for. The names mean the same wherever
    /// they stand.
    fn typed(
        &self,
        field: &'static str,
        value: Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        if self.records.is_none() || value.is_none() {
            return Ok(value);
        }
        let text = || value.extract::<String>().map_err(Failure);
        Ok(match field {
            "reliability" => word(self.py, "Reliability", &text()?)?,
            "credibility" => word(self.py, "Credibility", &text()?)?,
            "digest" => {
                let digest = errors::digest(self.py, &text()?)?;
                self.any(super::digest::Digest(digest))?
            }
            "cut_off" | "published" | "accessed" | "withdrawn" | "retrieved" | "observed"
            | "horizon" => moment::to_python(self.py, errors::moment(self.py, &text()?)?)?,
            _ => value,
        })
    }
}

struct Failure(PyErr);

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(pyo3::exceptions::PyValueError::new_err(message.to_string()))
    }
}

macro_rules! written_as_is {
    ($($method:ident($type:ty),)+) => {$(
        fn $method(self, value: $type) -> Result<Self::Ok, Failure> {
            self.any(value)
        }
    )+};
}

impl<'a, 'py> Serializer for &'a Writer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;
    type SerializeSeq = Listing<'a, 'py>;
    type SerializeTuple = Listing<'a, 'py>;
    type SerializeTupleStruct = Listing<'a, 'py>;
    type SerializeTupleVariant = ser::Impossible<Self::Ok, Failure>;
    type SerializeMap = Mapping<'a, 'py>;
    type SerializeStruct = Fields<'a, 'py>;
    type SerializeStructVariant = ser::Impossible<Self::Ok, Failure>;

    written_as_is! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32),
        serialize_i64(i64), serialize_u8(u8), serialize_u16(u16), serialize_u32(u32),
        serialize_u64(u64), serialize_f32(f32), serialize_f64(f64), serialize_char(char),
        serialize_str(&str), serialize_bytes(&[u8]),
    }

    fn serialize_none(self) -> Result<Self::Ok, Failure> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, Failure> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, Failure> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Self::Ok, Failure> {
        match &self.records {
            Some(records) if name == "Lineage" && variant == "original" => {
                Ok(records.getattr("Original")?.call0()?)
            }
            Some(_) if name != "Lineage" => Ok(word(self.py, name, variant)?),
            _ => self.any(variant),
        }
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Failure> {
        value.serialize(self)
    }

    /// The only one that is written is a lineage of parents.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Failure> {
        let parents = value.serialize(self)?;
        if let Some(records) = &self.records {
            return Ok(records.getattr("DerivedFrom")?.call1((parents,))?);
        }
        let table = PyDict::new(self.py);
        table.set_item(variant, parents)?;
        Ok(table.into_any())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, Failure> {
        Ok(Listing { writer: self, list: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Err(ser::Error::custom(format_args!("{name} has no form in Python")))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Failure> {
        let table = PyDict::new(self.py);
        Ok(Mapping { writer: self, table, key: None })
    }

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, Failure> {
        Ok(Fields { writer: self, name, table: PyDict::new(self.py) })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Err(ser::Error::custom(format_args!("{name} has no form in Python")))
    }
}

struct Listing<'a, 'py> {
    writer: &'a Writer<'py>,
    list: Vec<Bound<'py, PyAny>>,
}

impl<'py> Listing<'_, 'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.list.push(value.serialize(self.writer)?);
        Ok(())
    }

    fn finish(self) -> Result<Bound<'py, PyAny>, Failure> {
        Ok(match self.writer.records {
            Some(_) => PyTuple::new(self.writer.py, self.list)?.into_any(),
            None => PyList::new(self.writer.py, self.list)?.into_any(),
        })
    }
}

macro_rules! listing {
    ($($trait:ident::$method:ident,)+) => {$(
        impl<'py> ser::$trait for Listing<'_, 'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Failure;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
                self.push(value)
            }

            fn end(self) -> Result<Self::Ok, Failure> {
                self.finish()
            }
        }
    )+};
}

listing! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
}

struct Mapping<'a, 'py> {
    writer: &'a Writer<'py>,
    table: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

impl<'py> ser::SerializeMap for Mapping<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.key = Some(key.serialize(self.writer)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let value = value.serialize(self.writer)?;
        Ok(self.table.set_item(self.key.take(), value)?)
    }

    fn end(self) -> Result<Self::Ok, Failure> {
        match &self.writer.records {
            Some(records) => Ok(records.getattr("Shares")?.call1((self.table,))?),
            None => Ok(self.table.into_any()),
        }
    }
}

struct Fields<'a, 'py> {
    writer: &'a Writer<'py>,
    name: &'static str,
    table: Bound<'py, PyDict>,
}

impl<'py> ser::SerializeStruct for Fields<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        let value = self.writer.typed(key, value.serialize(self.writer)?)?;
        Ok(self.table.set_item(pyo3::types::PyString::intern(self.writer.py, key), value)?)
    }

    fn end(self) -> Result<Self::Ok, Failure> {
        self.writer.make(self.name, self.table)
    }
}
