//! The line that a finding is about, quoted and underlined.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::place::Span;

/// How many columns of a line are shown, and how many of them at most before the span.
const WIDTH: usize = 96;
const LEAD: usize = 40;

/// The quoted line and its underline, as compilers show them, after a bar.
pub(super) fn quote(text: &str, span: &Span) -> String {
    let number = span.place.line.to_string();
    let gutter = " ".repeat(number.len());
    let line = Shown::of(text, span);
    let blank = " ".repeat(line.indent);
    let mark = "^".repeat(line.marked.max(1));
    format!("{gutter} |\n{number} | {}\n{gutter} | {blank}{mark}", line.text)
}

/// A text in which nothing acts on a terminal or a reader: control characters, marks of
/// direction and invisible characters are written as their numbers, line ends and tabs as one
/// space.
pub(super) fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push_inert(&mut shown, if character == '\t' { ' ' } else { character });
    }
    shown
}

/// As [`inert`], cut after so many characters.
pub(super) fn short(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map(|(at, _)| at);
    let head = text.get(..cut.unwrap_or(text.len())).unwrap_or(text);
    let folded = head.split_whitespace().collect::<Vec<_>>().join(" ");
    inert(&folded) + if cut.is_some() { "…" } else { "" }
}

/// A line as it is shown: the columns before the mark, and those under it.
struct Shown {
    text: String,
    indent: usize,
    marked: usize,
}

impl Shown {
    fn of(text: &str, span: &Span) -> Self {
        let before = text.get(..span.bytes.start).unwrap_or_default();
        let after = text.get(span.bytes.start..).unwrap_or_default();
        let head: Vec<char> =
            before.chars().rev().take_while(|one| *one != '\n').take(LEAD + 1).collect();
        let cut = head.len() > LEAD;
        let mut shown = Self { text: String::new(), indent: 0, marked: 0 };
        if cut {
            shown.push('…');
        }
        head.into_iter().take(LEAD).rev().for_each(|character| shown.push(character));
        shown.indent = columns(&shown.text);
        let mut at = span.bytes.start;
        for character in after.chars().take_while(|one| *one != '\n').take(2 * WIDTH) {
            if columns(&shown.text) >= WIDTH {
                shown.push('…');
                break;
            }
            if character != '\r' {
                shown.push(character);
            }
            at += character.len_utf8();
            if at <= span.bytes.end {
                shown.marked = columns(&shown.text) - shown.indent;
            }
        }
        shown.text.truncate(shown.text.trim_end().len());
        shown
    }

    fn push(&mut self, character: char) {
        if character == '\t' {
            self.text.push_str("    ");
        } else {
            push_inert(&mut self.text, character);
        }
    }
}

fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

fn push_inert(shown: &mut String, character: char) {
    if matches!(character, '\n' | '\r') {
        shown.push(' ');
    } else if character.is_control() || is_unseen(character) {
        // Writing to a String cannot fail.
        let _ = write!(shown, "{}", character.escape_unicode());
    } else {
        shown.push(character);
    }
}

/// Marks of direction, characters of no width, and those that only steer others.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::super::place::Lines;
    use super::*;

    fn quoted(text: &str, part: &str) -> String {
        let at = text.find(part).unwrap();
        quote(text, &Lines::new(text).span(at..at + part.len()))
    }

    #[test]
    fn the_mark_stands_under_what_it_marks() {
        assert_eq!(
            quoted("one\nMali seeks (source\nx", "(source"),
            "  |\n2 | Mali seeks (source\n  |            ^^^^^^^"
        );
        // A wide character takes two columns, a tab four.
        assert_eq!(quoted("\t日本 said", "said"), "  |\n1 |     日本 said\n  |          ^^^^");
    }

    #[test]
    fn nothing_in_a_quote_acts_on_the_reader() {
        let shown = quoted("a\u{202E}b\u{1B}[31m (source)\r\n", "(source)");
        assert!(shown.contains("a\\u{202e}b\\u{1b}[31m (source)\n"), "{shown}");
        assert!(!shown.contains(['\u{202E}', '\u{1B}', '\r']));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}(source){}", "x".repeat(5000), "y".repeat(5000));
        let shown = quoted(&text, "(source)");
        assert!(shown.lines().all(|line| line.chars().count() < WIDTH + 20), "{shown}");
        assert!(shown.contains("…xxx") && shown.contains("yyy…"));
    }
}
