//! What is wrong with a file, and where.

use std::fmt;

use crate::vocabulary::vocabulary;

/// One thing that is wrong with an input: where, what was found, what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// What sort of problem it is.
    pub code: ProblemCode,
    /// Name of the file, when it came from one.
    pub file: Option<String>,
    /// Line and column, when the input was text.
    pub place: Option<Place>,
    /// The value's path, such as `items[3].source`; empty for the whole input.
    pub path: String,
    /// What was found and what was expected, in one sentence.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(code: ProblemCode, path: String, message: impl Into<String>) -> Self {
        let mut message = message.into();
        // What was found may be as long as the input.
        if let Some((end, _)) = message.char_indices().nth(LONGEST) {
            message.truncate(end);
            message.push('…');
        }
        Self { code, file: None, place: None, path, message }
    }
}

/// The most characters that a message has: more than any that a person reads to its end.
const LONGEST: usize = 1000;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.escape_debug())?;
        }
        if let Some(Place { line, column }) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        if self.file.is_some() || self.place.is_some() {
            f.write_str(" ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

vocabulary! {
    /// What sort of problem an input has.
    ///
    /// Closed for a version: programs match on it.
    ProblemCode, "a problem code" {
        /// The input cannot be read at all: missing, not permitted, too large.
        Unreadable = "unreadable",
        /// The bytes are not UTF-8.
        Encoding = "encoding",
        /// It is not TOML, or not JSON.
        Syntax = "syntax",
        /// A key stands twice in one table.
        DuplicateKey = "duplicate-key",
        /// A key that the format does not have.
        UnknownKey = "unknown-key",
        /// A key that the format needs is absent.
        MissingKey = "missing-key",
        /// A value of another type, or outside what is allowed.
        InvalidValue = "invalid-value",
        /// An id that another entry of the same list bears.
        DuplicateId = "duplicate-id",
        /// A reference to an id that no entry bears.
        MissingId = "missing-id",
        /// A reference to itself, or twice to the same.
        InvalidReference = "invalid-reference",
        /// A lineage that runs in a circle.
        CircularLineage = "circular-lineage",
        /// Larger, deeper or more entangled than can be worked on in bounded time and memory.
        TooLarge = "too-large",
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Everything that is wrong with an input; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    more: bool,
}

impl Problems {
    /// `Err` with the problems, sorted by place, unless there are none.
    pub(crate) fn none_of(mut list: Vec<Problem>) -> Result<(), Self> {
        if list.is_empty() {
            return Ok(());
        }
        list.sort_by_key(|problem| problem.place);
        let more = list.len() > Self::MOST;
        list.truncate(Self::MOST);
        Err(Self { list, more })
    }

    pub(crate) fn one(problem: Problem) -> Self {
        Self { list: vec![problem], more: false }
    }

    pub(crate) fn in_file(mut self, file: &str) -> Self {
        for problem in &mut self.list {
            problem.file = Some(file.to_owned());
        }
        self
    }

    /// How many are listed: all, up to a thousand.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Never.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// Enough to mend a file by; a hostile one could have as many as it has bytes.
    pub(crate) const MOST: usize = 1000;
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.list.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        if self.more {
            write!(f, "\nand more: only the first {} problems are listed", Self::MOST)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
