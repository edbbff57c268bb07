//! From values to Python objects: records with real enums and dates, or plain dictionaries.
//!
//! One serialiser writes both, from the same `Serialize` that writes the JSON, so that no field
//! can be called one thing there and another here.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;

use pyo3::IntoPyObjectExt as _;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};
use serde::ser::{self, Serialize, Serializer};

use super::{errors, moment};
use crate::render::ContributionAccount;

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
    written(&Writer { records, ..Writer::new(py) }, value)
}

/// What an item contributes to this judgement: a record that says which one it is of.
///
/// # Errors
/// When memory runs out.
pub(super) fn contribution<'py>(
    py: Python<'py>,
    judgement: &str,
    value: &ContributionAccount,
) -> PyResult<Bound<'py, PyAny>> {
    let records = Some(py.import("probative._records")?);
    let writer = Writer { records, ..Writer::new(py) };
    writer.judgement.replace(Some(PyString::new(py, judgement).into_any()));
    written(&writer, value)
}

/// The same, of what an archive says.
///
/// # Errors
/// When memory runs out.
pub(super) fn custody<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    let records = Some(py.import("probative._custody")?);
    written(&Writer { records, custody: true, ..Writer::new(py) }, value)
}

/// A record of what an archive says, from its fields.
///
/// # Errors
/// When there is no such class, or it has other fields.
pub(super) fn custody_of<'py>(
    py: Python<'py>,
    class: &str,
    fields: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("probative._custody")?.getattr(class)?.call((), Some(fields))
}

/// The value as dictionaries, lists, texts and numbers: what reading its JSON would give.
///
/// # Errors
/// When memory runs out.
pub(super) fn plain<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    written(&Writer::new(py), value)
}

fn written<'py, T: Serialize + ?Sized>(
    writer: &Writer<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(writer).map_err(|Failure(error)| error)
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

/// An iterator.
pub(super) struct Each<N>(PhantomData<N>);

impl<N: Named> Named for Each<N> {
    const HINT: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Iterator"), N::HINT);
}

const ANY: PyStaticExpr = type_hint_identifier!("typing", "Any");
const STR: PyStaticExpr = type_hint_identifier!("builtins", "str");

macro_rules! named {
    ($($module:literal: $($name:ident)+;)+) => {
        /// The classes that are written in Python.
        pub(super) mod names {
            use super::{
                ANY, Named, PyStaticExpr, STR, type_hint_identifier, type_hint_subscript,
                type_hint_union,
            };
            $($(
                pub(in crate::python) struct $name;
                impl Named for $name {
                    const HINT: PyStaticExpr = type_hint_identifier!($module, stringify!($name));
                }
            )+)+

            /// Values by the ids that they are of.
            pub(in crate::python) struct By<N>(std::marker::PhantomData<N>);
            impl<N: Named> Named for By<N> {
                const HINT: PyStaticExpr = type_hint_subscript!(
                    type_hint_identifier!("probative._records", "ByName"),
                    N::HINT
                );
            }

            /// What an entry of a ledger says.
            pub(in crate::python) struct What;
            impl Named for What {
                const HINT: PyStaticExpr = type_hint_union!(
                    type_hint_identifier!("probative._custody", "Authenticated"),
                    type_hint_identifier!("probative._custody", "Captured"),
                    type_hint_identifier!("probative._custody", "Derived"),
                    type_hint_identifier!("probative._custody", "Graded"),
                    type_hint_identifier!("probative._custody", "Noted"),
                    type_hint_identifier!("probative._custody", "Opened"),
                    type_hint_identifier!("probative._custody", "Registered"),
                    type_hint_identifier!("probative._custody", "Verified"),
                    type_hint_identifier!("probative._custody", "Withdrawn")
                );
            }

            /// A day, or an instant.
            pub(in crate::python) struct Date;
            impl Named for Date {
                const HINT: PyStaticExpr = type_hint_union!(
                    type_hint_identifier!("datetime", "date"),
                    type_hint_identifier!("datetime", "datetime")
                );
            }

            /// A day or an instant, or its text.
            pub(in crate::python) struct DateGiven;
            impl Named for DateGiven {
                const HINT: PyStaticExpr = type_hint_union!(
                    type_hint_identifier!("datetime", "date"),
                    type_hint_identifier!("datetime", "datetime"),
                    STR
                );
            }

            /// A word for strength, with its lower edge.
            pub(in crate::python) struct Edge;
            impl Named for Edge {
                const HINT: PyStaticExpr = type_hint_subscript!(
                    type_hint_identifier!("builtins", "tuple"),
                    type_hint_identifier!("builtins", "float"),
                    STR
                );
            }

            /// A text.
            pub(in crate::python) struct Text;
            impl Named for Text {
                const HINT: PyStaticExpr = STR;
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
        Assumption Changed Contribution DraftFinding Finding Gap Indicator Item Judgement
        JudgementAppraisal Linchpin Moved NextStep Outcome Range Source SourceSummary Trace;
    "probative._custody": Grades Import Inspection ItemRecord ObjectRecord Proven SourceRecord;
    "probative._words": Algorithm ArchiveState Formula Severity;
    "probative._native": Explanation Term;
}

/// The class for a struct, where Python calls it otherwise.
fn renamed(name: &'static str, custody: bool) -> &'static str {
    match name {
        "JudgementAccount" => "JudgementAppraisal",
        "ConfidenceAccount" => "ConfidenceAppraisal",
        "LikelihoodAccount" => "LikelihoodAppraisal",
        "RequirementAccount" => "Requirement",
        "ContributionAccount" => "Contribution",
        "LinchpinAccount" => "Linchpin",
        "NextStepAccount" => "NextStep",
        "AssessorAccount" => "AssessorAppraisal",
        "OutcomeAccount" => "Outcome",
        "FindingAccount" => "Finding",
        // A report has captures too.
        "Capture" if custody => "Captured",
        name => name,
    }
}

/// With `records`, writes records; without, dictionaries.
struct Writer<'py> {
    py: Python<'py>,
    records: Option<Bound<'py, PyModule>>,
    /// Whether the records are those of an archive.
    custody: bool,
    /// The judgement whose contributions are written.
    judgement: RefCell<Option<Bound<'py, PyAny>>>,
    /// How many tables and records were made.
    made: Cell<usize>,
}

/// So many records are made between two looks at signals: a few milliseconds.
const BETWEEN_LOOKS: usize = 1024;

impl<'py> Writer<'py> {
    fn new(py: Python<'py>) -> Self {
        Self {
            py,
            records: None,
            custody: false,
            judgement: RefCell::default(),
            made: Cell::new(0),
        }
    }

    fn any<T>(&self, value: T) -> Result<Bound<'py, PyAny>, Failure>
    where
        T: IntoPyObject<'py>,
    {
        value.into_bound_py_any(self.py).map_err(Failure)
    }

    fn digest(&self, text: &str) -> Result<Bound<'py, PyAny>, Failure> {
        self.any(super::digest::Digest(errors::digest(self.py, text)?))
    }

    fn make(
        &self,
        name: &'static str,
        fields: Bound<'py, PyDict>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        self.made.set(self.made.get() + 1);
        if self.made.get().is_multiple_of(BETWEEN_LOOKS) {
            self.py.check_signals()?;
            // Other threads may have their turn.
            self.py.detach(|| ());
        }
        let Some(records) = &self.records else { return Ok(fields.into_any()) };
        if name == "ContributionAccount" {
            fields.set_item("judgement", &*self.judgement.borrow())?;
        }
        Ok(records.getattr(renamed(name, self.custody))?.call((), Some(&fields))?)
    }

    /// What serde writes as text, and Python has a type for. The names mean the same wherever
    /// they stand, but for some of a capture and a subject.
    fn typed(
        &self,
        of: &'static str,
        field: &'static str,
        value: Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        // A field of the same name may hold a record: a withdrawal is more than a date.
        if self.records.is_none() || !value.is_instance_of::<PyString>() {
            return Ok(value);
        }
        let text = || value.extract::<String>().map_err(Failure);
        Ok(match field {
            "reliability" => word(self.py, "Reliability", &text()?)?,
            "credibility" => word(self.py, "Credibility", &text()?)?,
            "digest" | "container" | "report_digest" => self.digest(&text()?)?,
            "head" | "record" | "text" if of == "Capture" => self.digest(&text()?)?,
            "cut_off" | "published" | "accessed" | "withdrawn" | "retrieved" | "observed"
            | "horizon" | "at" | "as_of" => {
                moment::to_python(self.py, errors::moment(self.py, &text()?)?)?
            }
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
    type SerializeStructVariant = Variant<'a, 'py>;

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

    /// A lineage of parents, a mark, a subject, or what an entry says.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Failure> {
        let value = value.serialize(self)?;
        let fields = PyDict::new(self.py);
        let Some(records) = &self.records else {
            fields.set_item(variant, value)?;
            return Ok(fields.into_any());
        };
        let text = || value.extract::<String>().map_err(Failure);
        match (name, variant) {
            ("Lineage", _) => Ok(records.getattr("DerivedFrom")?.call1((value,))?),
            ("Mark", "reliability") => Ok(word(self.py, "Reliability", &text()?)?),
            ("Mark", _) => Ok(word(self.py, "Credibility", &text()?)?),
            ("Subject", _) => {
                let value = if variant == "object" { self.digest(&text()?)? } else { value };
                fields.set_item(variant, value)?;
                self.make(name, fields)
            }
            _ => Ok(value),
        }
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
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        // What the entries of a ledger say: each kind has a class.
        let class = match variant {
            "authenticated" => "Authenticated",
            "graded" => "Graded",
            "lineage" => "Derived",
            "noted" => "Noted",
            "opened" => "Opened",
            "registered" => "Registered",
            "verified" => "Verified",
            "withdrawn" => "Withdrawn",
            other => return Err(ser::Error::custom(format_args!("{other} has no class"))),
        };
        let fields = Fields { writer: self, name: class, table: PyDict::new(self.py) };
        Ok(Variant { fields, variant })
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
            Some(records) => {
                let class = if self.writer.custody { "ByName" } else { "Shares" };
                Ok(records.getattr(class)?.call1((self.table,))?)
            }
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
        let value = self.writer.typed(self.name, key, value.serialize(self.writer)?)?;
        if (self.name, key) == ("JudgementAccount", "id") {
            self.writer.judgement.replace(Some(value.clone()));
        }
        Ok(self.table.set_item(PyString::intern(self.writer.py, key), value)?)
    }

    fn end(self) -> Result<Self::Ok, Failure> {
        self.writer.make(self.name, self.table)
    }
}

struct Variant<'a, 'py> {
    fields: Fields<'a, 'py>,
    variant: &'static str,
}

impl<'py> ser::SerializeStructVariant for Variant<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        ser::SerializeStruct::serialize_field(&mut self.fields, key, value)
    }

    fn end(self) -> Result<Self::Ok, Failure> {
        let Fields { writer, name, table } = self.fields;
        if writer.records.is_some() {
            return writer.make(name, table);
        }
        let tagged = PyDict::new(writer.py);
        tagged.set_item(self.variant, table)?;
        Ok(tagged.into_any())
    }
}
