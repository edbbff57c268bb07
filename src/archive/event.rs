//! What a ledger records: who did what, when and why.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::capture::Capture;
use crate::digest::Digest;
use crate::grade::{Credibility, Reliability};
use crate::moment::Moment;

/// One entry of the ledger.
///
/// - Its text form is canonical JSON (RFC 8785) and there is no other: what differs by as much as
///   a space is refused.
/// - `at` is what the writer's clock said. Order comes from the ledger, not from clocks.
///
/// ```
/// use probative::archive::event::{Event, Mark, Subject, What};
///
/// let event = Event::new(
///     "2023-06-13T10:00:00Z".parse()?,
///     "j.doe",
///     What::Graded {
///         because: "two desk officers confirm".to_owned(),
///         mark: Mark::Credibility("3".parse()?),
///         of: Subject::Item("3a".to_owned()),
///         scale: "admiralty".to_owned(),
///     },
/// );
/// let text = event.to_canonical()?;
/// assert_eq!(
///     text,
///     r#"{"at":"2023-06-13T10:00:00Z","by":"j.doe","what":{"graded":{"because":"two desk officers confirm","mark":{"credibility":"3"},"of":{"item":"3a"},"scale":"admiralty"}}}"#
/// );
/// assert_eq!(Event::from_canonical(&text)?, event);
/// assert!(Event::from_canonical(&text.replace("\"by\":", "\"by\": ")).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// When it was recorded, by the writer's clock.
    pub at: Moment,
    /// Who recorded it: a person, or a program that acts alone.
    pub by: String,
    /// What happened.
    pub what: What,
    /// The program and version that recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

impl Event {
    /// Something that somebody did.
    pub fn new(at: Moment, by: impl Into<String>, what: What) -> Self {
        Self { at, by: by.into(), what, with: None }
    }

    /// The same, recorded by this program, such as `probative 0.1.0`.
    #[must_use]
    pub fn with(mut self, program: impl Into<String>) -> Self {
        self.with = Some(program.into());
        self
    }

    /// Its canonical JSON (RFC 8785).
    ///
    /// # Errors
    /// When it says something that a ledger does not hold: see [`EventError`].
    pub fn to_canonical(&self) -> Result<String, EventError> {
        self.check()?;
        // The types below write their members sorted, without spaces, and only integers; what is
        // left of RFC 8785, the escapes of strings, is what serde_json writes.
        serde_json::to_string(self).map_err(|error| EventError::Json { why: error.to_string() })
    }

    /// The event that this canonical JSON says.
    ///
    /// # Errors
    /// When it is no event, or spelt in any other way than [`to_canonical`](Self::to_canonical).
    pub fn from_canonical(text: &str) -> Result<Self, EventError> {
        let event: Self = serde_json::from_str(text)
            .map_err(|error| EventError::Json { why: error.to_string() })?;
        let expected = event.to_canonical()?;
        if expected == text {
            Ok(event)
        } else {
            let at = expected.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
            Err(EventError::NotCanonical { at })
        }
    }

    fn check(&self) -> Result<(), EventError> {
        let empty = |text: &str| text.trim().is_empty();
        let lacks = |member| Err(EventError::Empty { member });
        if empty(&self.by) {
            return lacks("by");
        }
        if let Some(member) =
            self.what.names().find_map(|(member, name)| empty(name).then_some(member))
        {
            return lacks(member);
        }
        match &self.what {
            What::Opened { origin } if empty(origin) => lacks("origin"),
            What::Captured(capture) if capture.length > LARGEST_INTEGER => {
                Err(EventError::Integer { found: capture.length })
            }
            What::Graded { because, .. } | What::Withdrawn { because, .. } if empty(because) => {
                lacks("because")
            }
            What::Graded { mark: Mark::Credibility(_), of: Subject::Source(source), .. } => {
                Err(EventError::CredibilityOfSource { source_id: source.clone() })
            }
            What::Graded { of: Subject::Object(object), .. } => {
                Err(EventError::GradeOfObject { object: *object })
            }
            What::Verified { faults, objects, size }
                if *faults.max(objects).max(size) > LARGEST_INTEGER =>
            {
                Err(EventError::Integer { found: *faults.max(objects).max(size) })
            }
            _ => Ok(()),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)] // the largest, a capture, is what most entries are
pub enum What {
    /// Somebody said whether an item is what it claims to be.
    Authenticated {
        /// How that was found out.
        because: String,
        /// The item.
        item: String,
        /// What was found.
        outcome: Authenticity,
    },
    /// Bytes were retrieved and kept.
    Captured(Capture),
    /// A source or item was given a letter or digit. It stays; a later one by the same assessor
    /// takes its place, one by another assessor stands beside it.
    Graded {
        /// Why this letter or digit.
        because: String,
        /// The letter or digit.
        mark: Mark,
        /// What is graded.
        of: Subject,
        /// The scale that the letter or digit is of, such as `admiralty`.
        scale: String,
    },
    /// Somebody said where an item's information comes from.
    Lineage {
        /// The items and sources that it derives from; none when it is first-hand.
        derived_from: Vec<String>,
        /// The item.
        item: String,
    },
    /// A remark.
    Noted {
        /// What it is about, when it is about one thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Subject>,
        /// The remark.
        text: String,
    },
    /// The ledger was begun. Its first entry, and no other.
    Opened {
        /// The name of the ledger, in its checkpoints' first line: best a URL without a scheme.
        origin: String,
    },
    /// A source was named.
    Registered {
        /// What kind of source it is, in the words of the report format.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        /// Its name.
        name: String,
        /// Its owner: sources of one owner are not independent of each other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// The id that items and grades use.
        source: String,
        /// Where it publishes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// The archive was read again in whole.
    Verified {
        /// How many things were wrong.
        faults: u64,
        /// How many objects were read.
        objects: u64,
        /// How many entries of the ledger were read.
        size: u64,
    },
    /// Something counts no longer. Withdrawing an object says that its bytes are erased.
    Withdrawn {
        /// Why.
        because: String,
        /// What.
        subject: Subject,
    },
}

impl What {
    /// What is named by a text that must say something.
    fn names(&self) -> impl Iterator<Item = (&'static str, &str)> {
        fn of(subject: &Subject) -> Option<(&'static str, &str)> {
            match subject {
                Subject::Item(id) => Some(("item", id)),
                Subject::Source(id) => Some(("source", id)),
                Subject::Object(_) => None,
            }
        }
        let names = match self {
            Self::Captured(capture) => {
                let item = capture.item.as_deref().map(|item| ("item", item));
                [Some(("url", &*capture.url)), item]
            }
            Self::Graded { of: subject, .. }
            | Self::Withdrawn { subject, .. }
            | Self::Noted { about: Some(subject), .. } => [of(subject), None],
            Self::Authenticated { item, .. } | Self::Lineage { item, .. } => {
                [Some(("item", &**item)), None]
            }
            Self::Registered { source, name, .. } => {
                [Some(("source", &**source)), Some(("name", &**name))]
            }
            Self::Noted { about: None, .. } | Self::Opened { .. } | Self::Verified { .. } => {
                [None, None]
            }
        };
        names.into_iter().flatten()
    }
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// An item of a report, by its id.
    Item(String),
    /// Bytes in the store.
    Object(Digest),
    /// A source, by its id.
    Source(String),
}

/// A letter or a digit of the Admiralty code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Of what is said, 1 to 6.
    Credibility(Credibility),
    /// Of who says it, A to F.
    Reliability(Reliability),
}

impl FromStr for Mark {
    type Err = MarkError;

    fn from_str(text: &str) -> Result<Self, MarkError> {
        let letter = text.parse().map(Self::Reliability);
        letter
            .or_else(|_| text.parse().map(Self::Credibility))
            .map_err(|_| MarkError { found: text.to_owned() })
    }
}

/// A text that is neither letter nor digit of the Admiralty code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a letter A-G or a digit 1-6, found `{found}`")]
pub struct MarkError {
    /// The text.
    pub found: String,
}

/// Whether an item is what it claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authenticity {
    /// There are reasons to doubt it.
    Disputed,
    /// In part.
    Partial,
    /// Nobody has shown it.
    Unverified,
    /// It is.
    Verified,
}

/// The largest integer that every JSON reader keeps exactly: 2^53 - 1 (RFC 8785, appendix D).
const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// A text or event that a ledger does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EventError {
    /// The text is not the JSON of an event.
    #[error("expected an event, found: {why}")]
    Json {
        /// What the reader found.
        why: String,
    },
    /// The text says an event, in another than its canonical spelling.
    #[error("expected canonical JSON (RFC 8785), found another spelling from byte {at}")]
    NotCanonical {
        /// Where it begins to differ, in bytes of the event.
        at: usize,
    },
    /// A member that must say something is empty.
    #[error("expected that `{member}` says something, found it empty")]
    Empty {
        /// The member's name.
        member: &'static str,
    },
    /// An integer is larger than JSON readers keep.
    #[error("expected at most 2^53 - 1, found {found}")]
    Integer {
        /// The integer.
        found: u64,
    },
    /// A digit was given to a source; digits are for what it says.
    #[error("expected a letter for the source `{source_id}`, found a digit")]
    CredibilityOfSource {
        /// The source.
        source_id: String,
    },
    /// A grade was given to bytes; grades are for sources and items.
    #[error("expected a source or an item to grade, found the object {object}")]
    GradeOfObject {
        /// The object.
        object: Digest,
    },
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::capture::Within;
    use super::*;

    /// RFC 8785 by its text, for objects of integers and strings: members sorted by UTF-16 units.
    fn canonical(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(name, _)| name.encode_utf16().collect::<Vec<_>>());
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{}", escaped(name), canonical(value)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Value::Array(values) => {
                format!("[{}]", values.iter().map(canonical).collect::<Vec<_>>().join(","))
            }
            Value::String(text) => escaped(text),
            Value::Number(number) => number.as_u64().unwrap().to_string(),
            other => panic!("{other}"),
        }
    }

    fn escaped(text: &str) -> String {
        let inner: String = text
            .chars()
            .map(|character| match character {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\u{8}' => "\\b".to_owned(),
                '\t' => "\\t".to_owned(),
                '\n' => "\\n".to_owned(),
                '\u{c}' => "\\f".to_owned(),
                '\r' => "\\r".to_owned(),
                low if low < ' ' => format!("\\u{:04x}", u32::from(low)),
                other => other.to_string(),
            })
            .collect();
        format!("\"{inner}\"")
    }

    /// Any text that says something.
    fn named() -> impl Strategy<Value = String> {
        any::<String>().prop_map(|rest| format!("x{rest}"))
    }

    fn subject() -> impl Strategy<Value = Subject> {
        prop_oneof![
            named().prop_map(Subject::Item),
            any::<Vec<u8>>().prop_map(|bytes| Subject::Object(Digest::of(&bytes))),
            named().prop_map(Subject::Source),
        ]
    }

    fn what() -> impl Strategy<Value = What> {
        let maybe = || proptest::option::of(named());
        let capture = (named(), any::<bool>(), maybe(), maybe(), maybe(), 0..=LARGEST_INTEGER)
            .prop_map(|(url, full, item, media_type, truncated, length)| {
                let digest = Digest::of(url.as_bytes());
                let some = full.then_some(digest);
                Capture {
                    faults: item.iter().cloned().collect(),
                    head: some,
                    item: item.clone(),
                    media_type,
                    record: some,
                    revisit: item,
                    status: full.then_some(404),
                    text: some,
                    text_rule: some.map(|_| "a rule".to_owned()),
                    truncated: truncated.clone(),
                    within: some.map(|container| Within {
                        container,
                        file: truncated,
                        offset: length,
                    }),
                    ..Capture::new(url, "2023-06-01".parse().unwrap(), digest, length)
                }
            });
        prop_oneof![
            (named(), named()).prop_map(|(because, item)| What::Authenticated {
                because,
                item,
                outcome: Authenticity::Partial
            }),
            capture.prop_map(What::Captured),
            ("[a-z].*", named(), named()).prop_map(|(because, item, scale)| {
                let mark = Mark::Credibility("2".parse().unwrap());
                What::Graded { because, mark, of: Subject::Item(item), scale }
            }),
            ("[a-z].*", named()).prop_map(|(because, source)| What::Graded {
                because,
                mark: Mark::Reliability("B".parse().unwrap()),
                of: Subject::Source(source),
                scale: "admiralty".to_owned(),
            }),
            (any::<Vec<String>>(), named())
                .prop_map(|(derived_from, item)| What::Lineage { derived_from, item }),
            (proptest::option::of(subject()), named())
                .prop_map(|(about, text)| What::Noted { about, text }),
            "[a-z].*".prop_map(|origin| What::Opened { origin }),
            (maybe(), named(), maybe(), named(), maybe()).prop_map(
                |(kind, name, owner, source, url)| What::Registered {
                    kind,
                    name,
                    owner,
                    source,
                    url
                }
            ),
            (0..=LARGEST_INTEGER, 0..100_u64, 0..100_u64)
                .prop_map(|(faults, objects, size)| What::Verified { faults, objects, size }),
            ("[a-z].*", subject())
                .prop_map(|(because, subject)| What::Withdrawn { because, subject }),
        ]
    }

    pub(crate) fn event() -> impl Strategy<Value = Event> {
        ("[a-z].*", what(), proptest::option::of(named())).prop_map(|(by, what, with)| Event {
            with,
            ..Event::new("2023-06-13T10:00:00+02:00".parse().unwrap(), by, what)
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_canonical_and_is_read_back(event in event()) {
            let text = event.to_canonical().unwrap();
            prop_assert_eq!(&text, &canonical(&serde_json::from_str(&text).unwrap()));
            prop_assert_eq!(Event::from_canonical(&text).unwrap(), event);
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Event::from_canonical(&text);
        }
    }

    #[test]
    fn any_other_spelling_is_refused() {
        let good =
            r#"{"at":"2023-06-13","by":"é","what":{"verified":{"faults":0,"objects":1,"size":2}}}"#;
        Event::from_canonical(good).unwrap();
        for (from, to) in [
            ("{\"at\":\"2023-06-13\",\"by\":\"é\"", "{\"by\":\"é\",\"at\":\"2023-06-13\""),
            ("é", "\\u00e9"),
            ("é", "e\\ud800"),
            (":1,", ":1.0,"),
            (":1,", ":1e0,"),
            (":1,", ":01,"),
            (":0,", ":-0,"),
            (":1,", ":9007199254740993,"),
            ("{\"at\"", "\u{feff}{\"at\""),
            ("\"by\":\"é\"", "\"by\":\"é\",\"by\":\"é\""),
            ("\"by\":\"é\"", "\"by\":\"é\",\"bye\":\"é\""),
            ("\"by\":\"é\"", "\"by\":\"\""),
            ("}}}", "}},\"with\":null}"),
            ("}}}", "}}} "),
            ("2023-06-13", "2023-06-13t10:00:00z"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            assert!(Event::from_canonical(&bad).is_err(), "{bad}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Event::from_canonical(&deep).is_err());
    }

    #[test]
    fn a_digit_is_not_for_a_source_nor_a_grade_for_bytes() {
        let graded = |of, mark| {
            let what = What::Graded { because: "b".into(), mark, of, scale: "admiralty".into() };
            Event::new("2023-06-13".parse().unwrap(), "me", what).to_canonical()
        };
        let digit = Mark::Credibility("1".parse().unwrap());
        assert!(graded(Subject::Source("s".into()), digit).is_err());
        assert!(graded(Subject::Object(Digest::of(b"")), digit).is_err());
        assert!(graded(Subject::Item("i".into()), digit).is_ok());
    }
}
