//! From bytes to a checked report.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::decode::{Step, decode, path_text};
use super::tree::{Node, Value};
use super::{Place, Problem, ProblemCode, Problems, Report, check, wire};
use crate::vocabulary::vocabulary;

impl Report {
    /// Reads a report file: JSON when its name ends in `.json`, otherwise TOML.
    ///
    /// # Errors
    /// Every problem of the file, each with its place.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| {
            let message = format!("cannot be read: {error}");
            Problems::one(Problem::new(ProblemCode::Unreadable, String::new(), message))
                .in_file(&name)
        };
        let file = File::open(path).map_err(unreadable)?;
        Self::read(file, Format::of(path), &name)
    }

    /// Reads a report from what a reader gives; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn read(reader: impl Read, format: Option<Format>, name: &str) -> Result<Self, Problems> {
        read_input(reader)
            .and_then(|text| Self::parse(&text, format.unwrap_or_else(|| Format::sniff(&text))))
            .map_err(|problems| problems.in_file(name))
    }

    /// Reads a report from TOML text.
    ///
    /// # Errors
    /// Every problem of the text, each with line and column.
    pub fn from_toml(text: &str) -> Result<Self, Problems> {
        Self::parse(text, Format::Toml)
    }

    /// Reads a report from JSON text.
    ///
    /// # Errors
    /// Every problem of the text, each with line and column.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::parse(text, Format::Json)
    }

    fn parse(text: &str, format: Format) -> Result<Self, Problems> {
        let mut document = Document::parse(text, format)?;
        let sources = document.list("sources");
        let items = document.list("items");
        let judgements = document.list("judgements");
        let assumptions = document.list("assumptions");
        let indicators = document.list("indicators");
        let gaps = document.list("gaps");
        let rest: Option<wire::Report> = document.rest();
        let file = wire::Report {
            sources,
            items,
            judgements,
            assumptions,
            indicators,
            gaps,
            ..rest.unwrap_or_else(|| wire::Report::new(""))
        };
        check::check(file, Some(document))
    }
}

vocabulary! {
    /// The syntax of a file.
    ///
    /// Closed for the formats of this version.
    Format, "a syntax" {
        /// TOML, for people.
        Toml = "toml",
        /// JSON, for programs.
        Json = "json",
    }
}

impl Format {
    /// JSON for names ending in `.json`, TOML for `.toml`, otherwise not known.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }

    /// JSON when the text begins with a brace, otherwise TOML.
    pub fn sniff(text: &str) -> Self {
        if text.trim_start().starts_with('{') { Self::Json } else { Self::Toml }
    }
}

/// The most that is read of an input, in bytes: 512 MiB, which holds two million items.
pub const MAX_INPUT: u64 = 512 << 20;

/// The most values that an input may have, by its commas or its lines: what two million items
/// have twice over. A value of two bytes takes a hundred in the tree, so that an input made of such
/// would need far more memory than any report of its length.
const MOST_VALUES: usize = 1 << 25;

/// The whole input as text.
pub(crate) fn read_input(reader: impl Read) -> Result<String, Problems> {
    let problem = |code, message: String| Problem::new(code, String::new(), message);
    let mut bytes = Vec::new();
    reader.take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(|error| {
        Problems::one(problem(ProblemCode::Unreadable, format!("cannot be read: {error}")))
    })?;
    if bytes.len() as u64 > MAX_INPUT {
        let message = format!("expected at most {MAX_INPUT} bytes, found more");
        return Err(Problems::one(problem(ProblemCode::TooLarge, message)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = String::from_utf8_lossy(&bytes[..valid]);
        let message = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "expected UTF-8, found UTF-16".to_owned(),
            _ => format!("expected UTF-8, found the byte 0x{:02X}", bytes[valid]),
        };
        let problem = problem(ProblemCode::Encoding, message);
        let place = PlaceReader::new(&before).place(valid);
        Problems::one(problem.at(place.line, place.column))
    })
}

/// A text and its tree, while it is being decoded and checked.
pub(crate) struct Document<'t> {
    text: &'t str,
    root: Node<'t>,
    problems: Vec<(Range<usize>, Problem)>,
    /// Of each list that was asked, by where its first entry begins: the places of what could be
    /// read.
    readable: HashMap<usize, Vec<usize>>,
}

impl<'t> Document<'t> {
    /// # Errors
    /// All that is wrong with the syntax. A repeated key is kept for later, with what else is
    /// wrong: the document can be read without it.
    pub(crate) fn parse(text: &'t str, format: Format) -> Result<Self, Problems> {
        for separator in [b',', b'\n'] {
            let mut separators = text.bytes().enumerate().filter(|(_, byte)| *byte == separator);
            if let Some((at, _)) = separators.nth(MOST_VALUES) {
                let place = PlaceReader::new(text).place(at);
                let message = format!("expected at most {MOST_VALUES} values, found more");
                let problem = Problem::new(ProblemCode::TooLarge, String::new(), message);
                return Err(Problems::one(problem.at(place.line, place.column)));
            }
        }
        let (root, problems) = match format {
            Format::Toml => Node::from_toml(text),
            Format::Json => Node::from_json(text),
        };
        let mut document = Self { text, root, problems, readable: HashMap::new() };
        if document.problems.iter().any(|(_, found)| found.code != ProblemCode::DuplicateKey) {
            document.finish(Vec::new())?;
        }
        Ok(document)
    }

    /// Decodes the entries of a list at the top of the document, each on its own.
    pub(crate) fn list<T: DeserializeOwned>(&mut self, key: &str) -> Vec<T> {
        let Value::Table(entries) = &mut self.root.value else { return Vec::new() };
        let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) else {
            return Vec::new();
        };
        let Value::List(list) = &mut entry.node.value else { return Vec::new() };
        let problems = &mut self.problems;
        let decode_one = |(at, node)| {
            let decoded = decode(node, &format!("{key}[{at}]"), problems);
            keep_the_first(problems);
            decoded
        };
        let decoded = list.iter_mut().enumerate().filter_map(decode_one).collect();
        entry.node.spoilt = true; // it is read; `rest` goes on without it
        decoded
    }

    /// Decodes what the lists left.
    pub(crate) fn rest<T: DeserializeOwned>(&mut self) -> Option<T> {
        decode(&mut self.root, "", &mut self.problems)
    }

    /// Ids of the entries that could not be read: a reference to one is not a second problem.
    pub(crate) fn spoilt_ids(&self, key: &str) -> HashSet<String> {
        let Value::Table(entries) = &self.root.value else { return HashSet::new() };
        let Some(Value::List(list)) =
            entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node.value)
        else {
            return HashSet::new();
        };
        let id = |node: &Node<'_>| match &node.value {
            Value::Table(entries) => entries.iter().find_map(|entry| match &entry.node.value {
                Value::Text(id) if entry.key == "id" => Some(id.clone().into_owned()),
                _ => None,
            }),
            _ => None,
        };
        list.iter().filter(|node| node.spoilt).filter_map(id).collect()
    }

    /// Adds a problem of sense, found at a path that counts only what could be read.
    pub(crate) fn report(&mut self, code: ProblemCode, path: &[Step], message: String) {
        let (span, path) = self.locate(path);
        self.problems.push((span, Problem::new(code, path_text("", &path), message)));
        keep_the_first(&mut self.problems);
    }

    /// # Errors
    /// The problems found so far and these, if there are any.
    pub(crate) fn finish(&mut self, others: Vec<Problem>) -> Result<(), Problems> {
        let mut found = std::mem::take(&mut self.problems);
        found.sort_by_key(|(span, _)| span.start);
        found.truncate(Problems::MOST + 1);
        let mut reader = PlaceReader::new(self.text);
        let located = found.into_iter().map(|(span, problem)| {
            let place = reader.place(span.start);
            problem.at(place.line, place.column)
        });
        Problems::none_of(located.chain(others).collect())
    }

    fn locate(&mut self, path: &[Step]) -> (Range<usize>, Vec<Step>) {
        let mut span = self.root.span.clone();
        let mut full = Vec::new();
        let mut node = Some(&self.root);
        for step in path {
            let next = match (node.map(|node| &node.value), step) {
                (Some(Value::Table(entries)), Step::Key(key)) => {
                    full.push(step.clone());
                    entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.node)
                }
                (Some(Value::List(list)), Step::Index(at)) => {
                    let first = list.first().map_or(0, |node| node.span.start);
                    let readable = self.readable.entry(first).or_insert_with(|| {
                        let nodes = list.iter().enumerate().filter(|(_, node)| !node.spoilt);
                        nodes.map(|(at, _)| at).collect()
                    });
                    let place = readable.get(*at).copied();
                    full.push(Step::Index(place.unwrap_or(*at)));
                    place.and_then(|place| list.get(place))
                }
                _ => {
                    full.push(step.clone());
                    None
                }
            };
            if let Some(node) = next {
                span = node.span.clone();
            }
            node = next;
        }
        (span, full)
    }
}

impl Problem {
    pub(super) fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some(Place { line, column });
        self
    }
}

/// Finds lines and columns of offsets that come in their order, in one reading of the text.
struct PlaceReader<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
}

impl<'t> PlaceReader<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, offset: 0, place: Place { line: 1, column: 1 } }
    }

    fn place(&mut self, offset: usize) -> Place {
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        self.offset = self.offset.max(offset);
        let last_line = match between.rsplit_once('\n') {
            Some((lines, last)) => {
                self.place.line += lines.matches('\n').count() + 1;
                self.place.column = 1;
                last
            }
            None => between,
        };
        self.place.column += last_line.chars().count();
        self.place
    }
}

/// Lets go of all but the first problems of the file, now and then: a hostile file could have as
/// many as it has bytes.
fn keep_the_first(problems: &mut Vec<(Range<usize>, Problem)>) {
    if problems.len() > 4 * Problems::MOST {
        problems.sort_by_key(|(span, _)| span.start);
        problems.truncate(Problems::MOST + 1);
    }
}
