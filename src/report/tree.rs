//! A document as its writer laid it out: every value with the bytes that it stands in.
//!
//! TOML and JSON both become this tree, so that one decoder reads either and every problem,
//! of shape or of sense, finds its line and column.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode::shorten;
use super::{Problem, ProblemCode};

/// One value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) span: Range<usize>,
    pub(super) value: Value<'t>,
    /// Set once a problem was reported for it, so that reading can go on without it.
    pub(super) spoilt: bool,
}

#[derive(Debug)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    /// As written, so that `-0` and numbers too large for any type are seen.
    Number(Cow<'t, str>),
    Text(Cow<'t, str>),
    /// A TOML date or time, as written.
    Time(String),
    List(Vec<Node<'t>>),
    Table(Vec<Entry<'t>>),
}

#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: Cow<'t, str>,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node<'t>,
}

impl<'t> Node<'t> {
    pub(super) fn new(span: Range<usize>, value: Value<'t>) -> Self {
        Self { span, value, spoilt: false }
    }

    /// The document and what its syntax has wrong; the spans are offsets into the text.
    pub(super) fn from_toml(text: &'t str) -> (Self, Vec<(Range<usize>, Problem)>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let problems = errors.into_iter().map(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            let code = if message.contains("duplicate key") {
                ProblemCode::DuplicateKey
            } else {
                ProblemCode::Syntax
            };
            let span = error.span().unwrap_or(0..0);
            (span, Problem::new(code, String::new(), message))
        });
        let problems = problems.collect();
        let span = table.span();
        (Self::new(span, Value::Table(entries(table.into_inner()))), problems)
    }

    /// The document and what its syntax has wrong; the spans are offsets into the text.
    pub(super) fn from_json(text: &'t str) -> (Self, Vec<(Range<usize>, Problem)>) {
        let mut problems = Vec::new();
        let node = match serde_json::from_str::<&RawValue>(text) {
            Ok(whole) => JsonReader { text, problems: &mut problems }.node(whole, 0),
            Err(error) => {
                let span = span_of(text, &error);
                let message = message_of(&error);
                let problem = Problem::new(ProblemCode::Syntax, String::new(), message);
                problems.push((span, problem));
                Self::new(0..0, Value::Null)
            }
        };
        (node, problems)
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Time(_) => "a date or time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Nothing in the formats lies deeper than seven levels.
const DEEPEST: usize = 32;

fn entries<'t>(table: DeTable<'t>) -> Vec<Entry<'t>> {
    let entry = |(key, value): (Spanned<Cow<'t, str>>, Spanned<DeValue<'t>>)| Entry {
        key_span: key.span(),
        key: key.into_inner(),
        node: toml_node(value),
    };
    table.into_iter().map(entry).collect()
}

/// Recursion is bounded: the parser refuses deep nesting.
fn toml_node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) if number.radix() == 10 => {
            Value::Number(Cow::Owned(number.as_str().to_owned()))
        }
        DeValue::Integer(number) => Value::Number(
            i128::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| number.to_string(), |number| number.to_string())
                .into(),
        ),
        DeValue::Float(number) => Value::Number(Cow::Owned(number.as_str().to_owned())),
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(time) => Value::Time(time.to_string()),
        DeValue::Array(list) => Value::List(list.into_iter().map(toml_node).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node::new(span, value)
}

/// `serde_json` keeps no spans, but a borrowed raw value is a slice of the text: its address is
/// its place. Each level is scanned once more for every level above it, of which there are few.
struct JsonReader<'t, 'p> {
    text: &'t str,
    problems: &'p mut Vec<(Range<usize>, Problem)>,
}

impl<'t> JsonReader<'t, '_> {
    fn node(&mut self, raw: &'t RawValue, depth: usize) -> Node<'t> {
        let span = self.span(raw);
        let text = raw.get();
        let value = match text.as_bytes().first() {
            Some(b'[' | b'{') if depth >= DEEPEST => {
                let message = format!("nested deeper than {DEEPEST} levels");
                self.report(&span, ProblemCode::TooLarge, message);
                None
            }
            Some(b'[') => self.read::<Vec<&'t RawValue>>(text, &span).map(|list| {
                Value::List(list.into_iter().map(|one| self.node(one, depth + 1)).collect())
            }),
            Some(b'{') => self.read::<Members<'t>>(text, &span).map(|list| self.table(list, depth)),
            Some(b'"') => self.read::<String>(text, &span).map(|text| Value::Text(text.into())),
            Some(b't') => Some(Value::Bool(true)),
            Some(b'f') => Some(Value::Bool(false)),
            Some(b'n') => Some(Value::Null),
            _ => Some(Value::Number(text.into())),
        };
        let spoilt = value.is_none();
        Node { span, value: value.unwrap_or(Value::Null), spoilt }
    }

    fn table(&mut self, Members(list): Members<'t>, depth: usize) -> Value<'t> {
        let mut seen = HashSet::new();
        let mut entries = Vec::with_capacity(list.len());
        for (key, value) in list {
            let key_span = self.span(key);
            let Some(key) = self.read::<String>(key.get(), &key_span) else { continue };
            if seen.insert(key.clone()) {
                let node = self.node(value, depth + 1);
                entries.push(Entry { key: key.into(), key_span, node });
            } else {
                let message = format!("duplicate key: `{}` stands twice", shorten(&key));
                self.report(&key_span, ProblemCode::DuplicateKey, message);
            }
        }
        Value::Table(entries)
    }

    fn read<T: Deserialize<'t>>(&mut self, text: &'t str, span: &Range<usize>) -> Option<T> {
        serde_json::from_str(text)
            .map_err(|error| self.report(span, ProblemCode::Syntax, message_of(&error)))
            .ok()
    }

    fn report(&mut self, span: &Range<usize>, code: ProblemCode, message: String) {
        self.problems.push((span.clone(), Problem::new(code, String::new(), message)));
    }

    fn span(&self, raw: &RawValue) -> Range<usize> {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        start..start + raw.get().len()
    }
}

/// `serde_json` counts lines, and in them bytes, from 1; an empty text ends at byte 0.
fn span_of(text: &str, error: &serde_json::Error) -> Range<usize> {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    // Inside a character, where it begins: the few bytes before are looked at.
    let boundary = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let start = boundary.unwrap_or(0);
    start..start
}

/// `serde_json` ends its messages with a line and column of its own.
fn message_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(message, _)| message.to_owned())
}

/// The members of an object in order, repeated keys included.
struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Deserialize<'t> for Members<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'t> Visitor<'t> for Collect {
            type Value = Members<'t>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Members<'t>, A::Error> {
                let mut list = Vec::new();
                while let Some(member) = map.next_entry()? {
                    list.push(member);
                }
                Ok(Members(list))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}
