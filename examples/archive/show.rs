//! What the program says.

use std::error::Error;
use std::io;

use probative::archive::event::{Event, Mark, Subject, What};
use serde_json::Value;

/// Data on standard output, as text or as one JSON object a line; messages on standard error.
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(crate) fn say(&mut self, json: &Value, text: &str) -> io::Result<()> {
        if self.json { crate::write(&json.to_string()) } else { crate::write(&inert(text)) }
    }

    pub(crate) fn warn(&mut self, text: &str) {
        eprintln!("{}", inert(text));
    }

    pub(crate) fn error(&mut self, error: &dyn Error) {
        eprintln!("error: {}", inert(&chain(error)));
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
        What::Captured(capture) => {
            let item = capture.item.as_deref().map_or(String::new(), |item| format!(" for {item}"));
            format!(
                "captured {}{item}, retrieved {}: {} ({} bytes)",
                capture.url, capture.retrieved, capture.digest, capture.length
            )
        }
        What::Graded { because, mark, of, .. } => {
            let mark = match mark {
                Mark::Reliability(letter) => letter.to_string(),
                Mark::Credibility(digit) => digit.to_string(),
            };
            format!("graded {} {mark}: {because}", subject(of))
        }
        What::Withdrawn { because, subject: of } => format!("withdrew {}: {because}", subject(of)),
        What::Opened { origin } => format!("opened {origin}"),
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    format!("{at} {by} {what}")
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Item(id) => format!("item {id}"),
        Subject::Source(id) => format!("source {id}"),
        Subject::Object(digest) => digest.to_string(),
    }
}

/// Text that a terminal only shows: what moves the cursor, turns the writing direction or hides
/// is written as its number.
pub(crate) fn inert(text: &str) -> String {
    let acts = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars()
        .map(|character| match character {
            character if acts(character) => character.escape_unicode().to_string(),
            character => character.to_string(),
        })
        .collect()
}
