//! Plain text: paragraphs between blank lines, and lines that open with a marker.

use std::ops::Range;

use super::{Block, Document, Kind};
use crate::draft::label;
use crate::draft::words::trim;

pub(super) fn read(input: &str) -> Document {
    let mut document = Document::default();
    document.push(input, 0..input.len());
    let mut start = None;
    let mut at = 0;
    let mut chunks = Vec::new();
    for line in input.split_inclusive('\n') {
        let blank = line.trim().trim_start_matches('\u{FEFF}').is_empty();
        match (blank, start) {
            (true, Some(begin)) => {
                chunks.push(begin..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
        at += line.len();
    }
    chunks.extend(start.map(|begin| begin..at));
    for chunk in chunks {
        for range in split(input, chunk) {
            let line = input.get(range.clone()).unwrap_or_default();
            if line.starts_with("<!--") {
                continue; // somebody's remark, not the author's text
            }
            let kind = if is_heading(line) { Kind::Heading(2) } else { Kind::Paragraph };
            document.blocks.push(Block { range, kind });
        }
    }
    document
}

/// Splits a paragraph where a line stands for itself: it opens with a marker or a label, names a
/// section, opens a quotation after a finished sentence, or follows a line too long to have been
/// wrapped.
pub(super) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    /// Longer than any width that people wrap lines at.
    const WRAPPED: usize = 130;
    let mut found = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    let mut previous = "";
    for line in text.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
        let shown = line.trim().trim_start_matches('\u{FEFF}');
        let alone = label::marker(shown).is_some()
            || label::head(shown).is_some()
            || label::section(shown).is_some()
            || label::section(previous).is_some()
            || previous.len() > WRAPPED
            || shown.starts_with("<!--")
            || previous.ends_with("-->")
            || (shown.starts_with(['"', '“'])
                && previous.ends_with(['.', ':', '"', '”', '?', '!']));
        if alone && at > start {
            found.push(trim(text, start..at));
            start = at;
        }
        previous = shown;
        at += line.len();
    }
    found.push(trim(text, start..at));
    found.retain(|range| !range.is_empty());
    if let Some(first) = found.first_mut()
        && text.get(first.clone()).is_some_and(|s| s.starts_with('\u{FEFF}'))
    {
        *first = trim(text, first.start + '\u{FEFF}'.len_utf8()..first.end);
    }
    found
}

/// Whether a block reads like a heading: one short line that does not end a sentence.
fn is_heading(line: &str) -> bool {
    const LONGEST: usize = 100;
    const WORDS: usize = 14;
    line.len() <= LONGEST
        && !line.contains('\n')
        && !line.ends_with(['.', '!', ',', ';', ')', ']', '"', '”'])
        && line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && line.split_whitespace().count() <= WORDS
        && label::marker(line).is_none()
}
