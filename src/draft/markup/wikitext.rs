//! The wikitext of `MediaWiki`, as far as articles need it: headings, lists, links and `<ref>` notes.

use std::ops::Range;

use super::{Document, Kind, Mark, Target};

pub(super) fn read(input: &str) -> Document {
    let mut reader = Reader { input, ..Reader::default() };
    let mut at = 0;
    while at < input.len() {
        at = reader.step(at);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'t> {
    input: &'t str,
    document: Document,
    start: usize,
    kind: Option<Kind>,
    notes: Vec<(String, Range<usize>)>,
    /// Closing signs that do not occur again: they are not looked for twice.
    spent: Vec<&'static str>,
}

impl<'t> Reader<'t> {
    fn step(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let line_start = at == 0 || self.input.as_bytes().get(at - 1) == Some(&b'\n');
        if line_start && let Some(next) = self.open_line(at, rest) {
            return next;
        }
        if rest.starts_with("<!--") {
            return self.find(at, "-->").unwrap_or(at + 4);
        }
        if rest.starts_with("<ref") {
            return self.note(at);
        }
        if rest.starts_with("{{") {
            return self.template(at);
        }
        if rest.starts_with("[[") {
            return self.inner_link(at, rest);
        }
        if rest.starts_with("[http") {
            return self.outer_link(at, rest);
        }
        if rest.starts_with("''") {
            return at + rest.bytes().take_while(|b| *b == b'\'').count();
        }
        if rest.starts_with('<')
            && rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/')
            && let Some(end) = window(rest).find('>')
        {
            return at + end + 1;
        }
        let character = rest.chars().next().unwrap_or('\n');
        let end = at + character.len_utf8();
        let blank = || self.rest(end).trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        let single = matches!(self.kind, Some(Kind::Heading(_) | Kind::Entry(_)));
        if character == '\n' && (single || blank()) {
            self.close();
        } else {
            self.document.push(self.input.get(at..end).unwrap_or_default(), at..end);
        }
        end
    }

    fn open_line(&mut self, at: usize, rest: &str) -> Option<usize> {
        let count = |sign: u8| rest.bytes().take_while(|b| *b == sign).count();
        let line = rest.split('\n').next().unwrap_or_default();
        let level = count(b'=').min(6);
        if level > 0 && line.trim_end().len() > 2 * level && line.trim_end().ends_with('=') {
            self.close();
            let title = line.trim_end().trim_end_matches('=');
            let from = at + level;
            let to = at + title.len();
            if from < to {
                self.document.push(self.input.get(from..to).unwrap_or_default(), from..to);
            }
            self.kind = Some(Kind::Heading(u8::try_from(level).unwrap_or(6)));
            self.close();
            return Some(at + line.len());
        }
        let signs = rest.bytes().take_while(|b| matches!(b, b'*' | b'#' | b':' | b';')).count();
        if signs > 0 {
            self.close();
            self.kind = Some(Kind::Entry(None));
            return Some(at + signs);
        }
        None
    }

    /// `<ref>text</ref>`, `<ref name="x">text</ref>` or `<ref name="x" />`.
    fn note(&mut self, at: usize) -> usize {
        let Some(tag) = window(self.rest(at)).find('>') else { return self.literal(at) };
        let opening = self.rest(at).get(4..tag).unwrap_or_default();
        let alone = opening.ends_with('/');
        let name = opening.split_once("name").and_then(|(_, after)| {
            let after = after.trim_start().strip_prefix('=')?;
            let name = after.trim().trim_end_matches('/').trim().trim_matches(['"', '\'']);
            (!name.is_empty()).then(|| name.to_owned())
        });
        let label = name.unwrap_or_else(|| format!("#{}", self.notes.len()));
        let mut end = at + tag + 1;
        if !alone {
            let Some(close) = self.find(end, "</ref>") else { return self.literal(at) };
            self.notes.push((label.clone(), end..close - "</ref>".len()));
            end = close;
        }
        let start = self.document.text.len();
        self.document.push("[note]", at..end);
        let range = start..self.document.text.len();
        self.document.marks.push(Mark { range, target: Target::Note(label) });
        end
    }

    fn template(&mut self, at: usize) -> usize {
        if self.spent.contains(&"}}") {
            return self.literal(at);
        }
        let mut depth = 0_usize;
        let mut here = at;
        while let Some(next) =
            self.rest(here).as_bytes().windows(2).position(|pair| matches!(pair, b"{{" | b"}}"))
        {
            let opens = self.rest(here + next).starts_with('{');
            here += next + 2;
            depth = if opens { depth + 1 } else { depth - 1 };
            if depth == 0 {
                return here;
            }
        }
        self.spent.push("}}"); // not balanced: no template is looked for again
        self.literal(at)
    }

    fn inner_link(&mut self, at: usize, rest: &str) -> usize {
        let Some(end) = window(rest).find("]]") else { return self.literal(at) };
        let inner = rest.get(2..end).unwrap_or_default();
        let shown = inner.rfind('|').map_or(2, |bar| bar + 3);
        if !inner.starts_with("File:") && !inner.starts_with("Category:") {
            let range = at + shown..at + end;
            self.document.push(self.input.get(range.clone()).unwrap_or_default(), range);
        }
        at + end + 2
    }

    fn outer_link(&mut self, at: usize, rest: &str) -> usize {
        let Some(end) = window(rest).find([']', '\n']) else { return self.literal(at) };
        if rest.as_bytes().get(end) != Some(&b']') {
            return self.literal(at);
        }
        let inner = rest.get(1..end).unwrap_or_default();
        let (address, from) = match inner.find(' ') {
            Some(space) => (inner.get(..space).unwrap_or(inner), space + 2),
            None => (inner, 1),
        };
        let start = self.document.text.len();
        let range = at + from..at + end;
        self.document.push(self.input.get(range.clone()).unwrap_or_default(), range);
        let range = start..self.document.text.len();
        let target = Target::Address(address.to_owned());
        if !range.is_empty() {
            self.document.marks.push(Mark { range, target });
        }
        at + end + 1
    }

    fn literal(&mut self, at: usize) -> usize {
        let character = self.rest(at).chars().next().map_or(1, char::len_utf8);
        let range = at..at + character;
        self.document.push(self.input.get(range.clone()).unwrap_or_default(), range);
        at + character
    }

    /// The end of the next `sign` from here.
    fn find(&mut self, from: usize, sign: &'static str) -> Option<usize> {
        if self.spent.contains(&sign) {
            return None;
        }
        let found = self.rest(from).find(sign).map(|at| from + at + sign.len());
        if found.is_none() {
            self.spent.push(sign);
        }
        found
    }

    fn rest(&self, at: usize) -> &'t str {
        self.input.get(at..).unwrap_or_default()
    }

    fn close(&mut self) {
        let kind = self.kind.take().unwrap_or(Kind::Paragraph);
        self.document.close(self.start, kind);
        self.start = self.document.text.len();
    }

    fn finish(mut self) -> Document {
        self.close();
        for (label, source) in std::mem::take(&mut self.notes) {
            let start = self.document.text.len();
            self.document.push(self.input.get(source.clone()).unwrap_or_default(), source);
            let range = start..self.document.text.len();
            self.document.notes.entry(label).or_insert(range);
            self.kind = Some(Kind::Note);
            self.close();
        }
        self.document
    }
}

/// Where the end of a short construct is looked for; a longer one is not that construct.
fn window(rest: &str) -> &str {
    const LONGEST: usize = 1000;
    rest.get(..crate::draft::words::floor(rest, LONGEST)).unwrap_or_default()
}
