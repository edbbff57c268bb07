//! From the tree to the wire type: every problem of shape, not only the first.
//!
//! serde gives up at the first thing that does not fit. So each entry of a list is decoded on
//! its own, and when something in it does not fit, that is reported, marked as spoilt, and the
//! entry is read again without it.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::tree::{Entry, Node, Value};
use super::{Problem, ProblemCode};

/// Why something did not fit, and where.
#[derive(Debug)]
pub(super) struct Misfit {
    /// Steps from the root that decoding began at, innermost last.
    path: Vec<Step>,
    span: Option<Range<usize>>,
    code: ProblemCode,
    message: String,
    /// The key whose absence it is.
    missing: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// Decodes what the node holds, spoiling what does not fit, until it fits or nothing is left.
pub(super) fn decode<T: DeserializeOwned>(
    node: &mut Node<'_>,
    base: &str,
    problems: &mut Vec<(Range<usize>, Problem)>,
) -> Option<T> {
    let mut known_bad: HashSet<Vec<Step>> = HashSet::new();
    for _ in 0..TRIES {
        let misfit = match T::deserialize(&*node) {
            Ok(value) => return Some(value),
            Err(misfit) => misfit,
        };
        let mut path: Vec<Step> = misfit.path.into_iter().rev().collect();
        let span = misfit.span.unwrap_or_else(|| node.span.clone());
        if let Some(key) = misfit.missing {
            // The table cannot be read without that key. If the key is there but spoilt, that
            // was said already.
            let mut full = path.clone();
            full.push(Step::Key(key));
            if !known_bad.contains(&full) {
                let problem = Problem::new(misfit.code, path_text(base, &path), misfit.message);
                problems.push((span, problem));
            }
        } else {
            let problem = Problem::new(misfit.code, path_text(base, &path), misfit.message);
            problems.push((span, problem));
        }
        known_bad.insert(path.clone());
        while !spoil(node, &path) {
            if path.pop().is_none() {
                break;
            }
        }
        if path.is_empty() {
            node.spoilt = true;
            return None;
        }
    }
    node.spoilt = true;
    None
}

/// More than a person mends at once in one entry; each try reads the entry again.
const TRIES: usize = 32;

/// Marks the node at this path; false when there is none or it is marked already.
fn spoil(node: &mut Node<'_>, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return !std::mem::replace(&mut node.spoilt, true);
    };
    match (&mut node.value, step) {
        (Value::Table(entries), Step::Key(key)) => entries
            .iter_mut()
            .filter(|entry| entry.key == *key)
            .any(|entry| spoil(&mut entry.node, rest)),
        (Value::List(list), Step::Index(at)) => {
            list.get_mut(*at).is_some_and(|node| spoil(node, rest))
        }
        _ => false,
    }
}

pub(crate) fn path_text(base: &str, path: &[Step]) -> String {
    let mut text = base.to_owned();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&shorten(key));
            }
            Step::Index(at) => text.push_str(&format!("[{at}]")),
        }
    }
    text
}

impl Misfit {
    fn new(code: ProblemCode, message: String) -> Self {
        Self { path: Vec::new(), span: None, code, message, missing: None }
    }

    fn within(mut self, step: Step, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self.path.push(step);
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(ProblemCode::InvalidValue, message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        let message = format!("expected {expected}, found {}", Found(unexpected));
        Self::new(ProblemCode::InvalidValue, message)
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message =
            format!("expected one of {}, found `{}`", expected.join(", "), shorten(variant));
        Self::new(ProblemCode::InvalidValue, message)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let _ = field;
        let message = format!("unknown key; expected one of {}", expected.join(", "));
        Self::new(ProblemCode::UnknownKey, message)
    }

    fn missing_field(field: &'static str) -> Self {
        let mut misfit =
            Self::new(ProblemCode::MissingKey, format!("the key `{field}` is missing"));
        misfit.missing = Some(field.to_owned());
        misfit
    }
}

/// How a found value is named in a message.
struct Found<'a>(Unexpected<'a>);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Str(text) => write!(f, "`{}`", shorten(text)),
            Unexpected::Unsigned(number) => write!(f, "{number}"),
            Unexpected::Signed(number) => write!(f, "{number}"),
            Unexpected::Float(number) => write!(f, "{number}"),
            Unexpected::Bool(truth) => write!(f, "{truth}"),
            Unexpected::Seq => f.write_str("a list"),
            Unexpected::Map => f.write_str("a table"),
            Unexpected::Unit | Unexpected::Option => f.write_str("null"),
            Unexpected::Other(what) => f.write_str(what),
            other => write!(f, "{other}"),
        }
    }
}

/// A message quotes no more than a line of a value.
pub(crate) fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    let short: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST).is_some() { short + "…" } else { short }
}

impl<'de> Deserializer<'de> for &Node<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let result = match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Number(text) => visit_number(text, visitor),
            Value::Text(text) => visitor.visit_str(text),
            Value::Time(text) => visitor.visit_str(text),
            Value::List(list) => visitor.visit_seq(Elements { list, at: 0 }),
            Value::Table(entries) => visitor.visit_map(Members { entries, at: 0 }),
        };
        result.map_err(|mut misfit| {
            misfit.span.get_or_insert_with(|| self.span.clone());
            misfit
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        // No key of the formats may be null: what is not known is left out.
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let result = match &self.value {
            Value::Text(text) => {
                let word: StrDeserializer<'_, Misfit> = (&**text).into_deserializer();
                visitor.visit_enum(word)
            }
            Value::Table(entries) => match &entries[..] {
                [entry] => visitor.visit_enum(Tagged(entry)),
                _ => Err(Misfit::new(
                    ProblemCode::InvalidValue,
                    format!(
                        "expected a table with one key of {}, found {} keys",
                        variants.join(", "),
                        entries.len()
                    ),
                )),
            },
            _ => Err(Misfit::new(
                ProblemCode::InvalidValue,
                format!("expected one of {}, found {}", variants.join(", "), self.kind()),
            )),
        };
        result.map_err(|mut misfit| {
            misfit.span.get_or_insert_with(|| self.span.clone());
            misfit
        })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Misfit> {
    let number: f64 = text.parse().unwrap_or(f64::NAN);
    if number == 0.0 && text.starts_with('-') {
        return Err(Misfit::custom(format!("expected a number, found the negative zero {text}")));
    }
    if let Ok(number) = text.parse::<u64>() {
        return visitor.visit_u64(number);
    }
    if let Ok(number) = text.parse::<i64>() {
        return visitor.visit_i64(number);
    }
    if !number.is_finite() {
        return Err(Misfit::custom(format!("expected a finite number, found {}", shorten(text))));
    }
    visitor.visit_f64(number)
}

struct Elements<'n, 't> {
    list: &'n [Node<'t>],
    at: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        while let Some(node) = self.list.get(self.at) {
            self.at += 1;
            if !node.spoilt {
                let step = Step::Index(self.at - 1);
                let result = seed.deserialize(node);
                return result.map(Some).map_err(|misfit| misfit.within(step, &node.span));
            }
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.at)
    }
}

struct Members<'n, 't> {
    entries: &'n [Entry<'t>],
    at: usize,
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        while let Some(entry) = self.entries.get(self.at) {
            self.at += 1;
            if !entry.node.spoilt {
                let key: StrDeserializer<'_, Misfit> = (&*entry.key).into_deserializer();
                let step = Step::Key(entry.key.clone().into_owned());
                let result = seed.deserialize(key);
                return result.map(Some).map_err(|misfit| misfit.within(step, &entry.key_span));
            }
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        let Some(entry) = self.at.checked_sub(1).and_then(|at| self.entries.get(at)) else {
            return Err(Misfit::custom("a value was asked for before its key"));
        };
        let step = Step::Key(entry.key.clone().into_owned());
        seed.deserialize(&entry.node).map_err(|misfit| misfit.within(step, &entry.node.span))
    }
}

/// An enum written as a table of one key.
struct Tagged<'n, 't>(&'n Entry<'t>);

impl<'de> EnumAccess<'de> for Tagged<'_, '_> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        let key: StrDeserializer<'_, Misfit> = (&*self.0.key).into_deserializer();
        let step = Step::Key(self.0.key.clone().into_owned());
        match seed.deserialize(key) {
            Ok(variant) => Ok((variant, self)),
            Err(misfit) => Err(misfit.within(step, &self.0.key_span)),
        }
    }
}

impl<'de> VariantAccess<'de> for Tagged<'_, '_> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        let message = format!("expected the text \"{}\", found a table", shorten(&self.0.key));
        Err(Misfit::custom(message))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        let step = Step::Key(self.0.key.clone().into_owned());
        seed.deserialize(&self.0.node).map_err(|misfit| misfit.within(step, &self.0.node.span))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.0.node.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.0.node.deserialize_any(visitor)
    }
}
