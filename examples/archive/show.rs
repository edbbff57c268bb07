//! What the program says.

use std::error::Error;
use std::io::{self, Write as _};

use probative::archive::capture::Capture;
use probative::archive::event::{Event, Mark, Subject, What};
use probative::report::Problems;
use serde_json::Value;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Data on standard output, as text or as one JSON object a line; messages on standard error.
///
/// - One line of text is one line on the terminal, or goes on indented: nothing in it ends it.
/// - A reader that has seen enough, such as `head`, is no error.
pub(crate) struct Output {
    json: bool,
    closed: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json, closed: false }
    }

    /// Says something, in lines that are folded where they are too long.
    pub(crate) fn say<S: AsRef<str>>(&mut self, json: &Value, lines: &[S]) -> io::Result<()> {
        let lines = lines.iter().flat_map(|line| folded(&inert(line.as_ref())));
        self.print(json, lines.collect())
    }

    /// Gives a text to be copied, whose lines stay as they are.
    pub(crate) fn give(&mut self, json: &Value, text: &str) -> io::Result<()> {
        self.print(json, text.lines().map(inert).collect())
    }

    fn print(&mut self, json: &Value, lines: Vec<String>) -> io::Result<()> {
        let lines = if self.json { vec![json.to_string()] } else { lines };
        let mut out = io::stdout().lock();
        for line in lines {
            match writeln!(out, "{line}") {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.closed = true,
                written => written?,
            }
        }
        Ok(())
    }

    /// Whether nobody reads any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(crate) fn warn(&mut self, text: &str) {
        // If nobody can be told, the status still tells.
        let _ = writeln!(io::stderr(), "{}", inert(text));
    }

    pub(crate) fn error(&mut self, error: &(dyn Error + 'static)) {
        match error.downcast_ref::<Problems>() {
            // One a line.
            Some(problems) => problems.to_string().lines().for_each(|line| self.warn(line)),
            None => self.warn(&format!("error: {}", chain(error))),
        }
    }
}

/// How many of what, such as `1 object` and `2 objects`.
pub(crate) fn count(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// An error with its causes, on one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.ends_with(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}

/// An event on one line.
pub(crate) fn event(event: &Event) -> String {
    let Event { at, by, what, .. } = event;
    let what = match what {
        What::Captured(capture) => captured(capture),
        What::Graded { because, mark, of, .. } => {
            let mark = match mark {
                Mark::Reliability(letter) => letter.to_string(),
                Mark::Credibility(digit) => digit.to_string(),
            };
            format!("graded {} {mark}: {because}", subject(of))
        }
        What::Authenticated { because, item, outcome } => {
            let outcome = format!("{outcome:?}").to_lowercase();
            format!("found item {item} {outcome}: {because}")
        }
        What::Lineage { derived_from, item } if derived_from.is_empty() => {
            format!("declared item {item} first-hand")
        }
        What::Lineage { derived_from, item } => {
            format!("derived item {item} from {}", derived_from.join(", "))
        }
        What::Noted { about: Some(about), text } => format!("noted of {}: {text}", subject(about)),
        What::Noted { about: None, text } => format!("noted: {text}"),
        What::Registered { kind, name, owner, source, url } => {
            let more = [("kind", kind), ("owner", owner), ("url", url)].into_iter();
            let more = more.filter_map(|(what, said)| Some(format!(", {what} {}", said.as_ref()?)));
            format!("registered source {source}: {name}{}", more.collect::<String>())
        }
        What::Withdrawn { because, subject: of } => format!("withdrew {}: {because}", subject(of)),
        What::Opened { origin } => format!("opened {origin}"),
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    format!("{at} {by} {what}")
}

fn captured(capture: &Capture) -> String {
    let item = capture.item.as_deref().map_or(String::new(), |item| format!(" for {item}"));
    format!(
        "captured {}{item}, retrieved {}, {}: {}",
        capture.url,
        capture.retrieved,
        count(capture.length, "byte", "bytes"),
        capture.digest
    )
}

pub(crate) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Item(id) => format!("item {id}"),
        Subject::Source(id) => format!("source {id}"),
        Subject::Object(digest) => digest.to_string(),
    }
}

/// Text that stays on its line and that a terminal only shows: what ends a line, moves the cursor,
/// turns the writing direction or hides is written as its number.
pub(crate) fn inert(text: &str) -> String {
    let acts = |character: char| {
        character.is_control()
            || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars()
        .map(|character| match character {
            character if acts(character) => character.escape_unicode().to_string(),
            character => character.to_string(),
        })
        .collect()
}

/// A line in lines of 80 columns, indented from the second on. Words stay whole, so that a digest
/// or an address can be copied.
fn folded(line: &str) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let more = " ".repeat(indent + 4);
    let options = Options::new(80)
        .initial_indent(&more[..indent])
        .subsequent_indent(&more)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(&line[indent..], options).into_iter().map(|line| line.into_owned()).collect()
}
