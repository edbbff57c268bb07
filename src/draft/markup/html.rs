//! HTML: what a reader of the page sees, without its furniture.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::{Document, Kind, Mark, Target};

pub(super) fn read(input: &str) -> Document {
    let mut reader = Reader::default();
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            reader.take(input, &event, span.start..span.end);
            None
        });
    // Scripts, styles and titles hold no tags.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(input, emitter).for_each(drop);
    reader.finish()
}

#[derive(Default)]
struct Reader {
    document: Document,
    start: usize,
    tag: String,
    attribute: String,
    href: Option<String>,
    ids: Vec<String>,
    first: Option<u64>,
    /// How many of each of [`FURNITURE`] are open.
    furniture: [usize; FURNITURE.len()],
    in_title: bool,
    /// How many of `<main>` and `<article>` are open.
    in_main: usize,
    /// Whether each block stands in one.
    main: Vec<bool>,
    lists: Vec<Option<u64>>,
    entry: Option<Kind>,
    link: Option<(usize, String)>,
    /// Where in the text the element of each id begins.
    places: HashMap<String, usize>,
}

/// What stands on a page around the text.
const FURNITURE: [&str; 15] = [
    "nav", "aside", "footer", "script", "style", "noscript", "template", "button", "svg", "select",
    "iframe", "object", "textarea", "head", "figure",
];

impl Reader {
    fn take(&mut self, input: &str, event: &CallbackEvent<'_>, span: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = lower(name);
                self.href = None;
                self.ids.clear();
                self.first = Some(1);
            }
            CallbackEvent::AttributeName { name } => self.attribute = lower(name),
            CallbackEvent::AttributeValue { value } => {
                let value = String::from_utf8_lossy(value);
                match self.attribute.as_str() {
                    "href" => self.href = Some(value.into_owned()),
                    "id" | "name" => self.ids.push(value.into_owned()),
                    "start" => self.first = value.trim().parse().ok(),
                    _ => {}
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.open(span),
            CallbackEvent::EndTag { name } => {
                self.tag = lower(name);
                self.end();
            }
            CallbackEvent::String { value } => {
                let value = String::from_utf8_lossy(value);
                if self.in_title {
                    let title = value.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.document.title.get_or_insert((title, span));
                } else if !self.hidden() {
                    push_run(&mut self.document, &value, input, span.start);
                }
            }
            _ => {}
        }
    }

    fn hidden(&self) -> bool {
        self.furniture.iter().any(|open| *open > 0)
    }

    fn open(&mut self, span: Range<usize>) {
        match self.tag.as_str() {
            "title" => self.in_title = true,
            // A page may leave `<head>` open: the body ends it.
            "body" => self.furniture = [0; FURNITURE.len()],
            "br" if !self.hidden() => self.document.push("\n", span),
            "main" | "article" => {
                self.close_open();
                self.in_main += 1;
            }
            "ol" | "ul" => {
                self.close_open();
                let ordered = self.tag == "ol";
                self.lists.push(self.first.filter(|_| ordered));
            }
            "li" => {
                self.close_open();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = next.map(|number| number.saturating_add(1));
                    number
                });
                self.entry = Some(Kind::Entry(number));
            }
            "a" => {
                let href = self.href.take();
                self.link = href.map(|href| (self.document.text.len(), href));
            }
            tag => {
                if let Some(which) = FURNITURE.iter().position(|name| *name == tag) {
                    self.close_open();
                    self.furniture[which] += 1;
                } else if is_block(tag) {
                    self.close_open();
                }
            }
        }
        let at = self.document.text.len();
        for id in self.ids.drain(..) {
            self.places.entry(id).or_insert(at);
        }
    }

    fn end(&mut self) {
        match self.tag.as_str() {
            "title" => self.in_title = false,
            "main" | "article" => {
                self.close_open();
                self.in_main = self.in_main.saturating_sub(1);
            }
            "ol" | "ul" => {
                self.close_open();
                self.lists.pop();
            }
            "li" => {
                self.close_open();
                self.entry = None;
            }
            "a" => {
                if let Some((start, href)) = self.link.take() {
                    let range = super::super::words::trim(
                        &self.document.text,
                        start..self.document.text.len(),
                    );
                    let target = match href.strip_prefix('#') {
                        Some(id) => Target::Note(id.to_owned()),
                        None => Target::Address(href),
                    };
                    if !range.is_empty() {
                        self.document.marks.push(Mark { range, target });
                    }
                }
            }
            tag => {
                let level = match tag.as_bytes() {
                    [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
                    _ => None,
                };
                if let Some(level) = level {
                    self.close(Kind::Heading(level));
                } else if let Some(which) = FURNITURE.iter().position(|name| *name == tag) {
                    self.furniture[which] = self.furniture[which].saturating_sub(1);
                } else if is_block(tag) {
                    self.close_open();
                }
            }
        }
    }

    fn close_open(&mut self) {
        if self.document.text.get(self.start..).is_none_or(|text| text.trim().is_empty()) {
            self.start = self.document.text.len();
            return;
        }
        let kind = self.entry.take().unwrap_or(Kind::Paragraph);
        self.close(kind);
    }

    fn close(&mut self, kind: Kind) {
        self.document.close(self.start, kind);
        self.start = self.document.text.len();
        self.main.resize(self.document.blocks.len(), self.in_main > 0);
    }

    fn finish(mut self) -> Document {
        self.close_open();
        self.resolve_notes();
        let mut document = self.document;
        let length = |main: bool| -> usize {
            let blocks = document.blocks.iter().zip(&self.main);
            blocks.filter(|(_, one)| **one == main).map(|(block, _)| block.range.len()).sum()
        };
        // Cards of other stories are `<article>`s too: trust the tag where it holds most text.
        if length(true) > length(false) {
            let mut main = self.main.iter();
            document
                .blocks
                .retain(|block| main.next().copied().unwrap_or(true) || block.kind == Kind::Note);
        }
        document
    }

    /// A short link to something further down the page is the mark of a note; links back up, and
    /// longer ones, are not.
    fn resolve_notes(&mut self) {
        const LONGEST: usize = 8;
        let document = &mut self.document;
        let mut marks = std::mem::take(&mut document.marks);
        marks.retain(|mark| {
            let Target::Note(id) = &mark.target else { return true };
            let Some(&place) = self.places.get(id) else {
                // Kept, so that it is said; but a link to the top of the page is no citation.
                return mark.range.len() <= LONGEST
                    && document.slice(&mark.range).contains(|c: char| c.is_ascii_digit());
            };
            if place <= mark.range.start || mark.range.len() > LONGEST {
                return false;
            }
            let at = document.blocks.partition_point(|block| block.range.end <= place);
            if let Some(block) = document.blocks.get_mut(at) {
                block.kind = Kind::Note;
                document.notes.entry(id.clone()).or_insert(block.range.clone());
            }
            true
        });
        document.marks = marks;
    }
}

/// Pushes a run of text whose character references are resolved, each with its own source.
fn push_run(document: &mut Document, value: &str, input: &str, start: usize) {
    const LONGEST_REFERENCE: usize = 40;
    let source = input.get(start..).unwrap_or_default();
    let mut from = 0;
    let mut rest = value;
    while !rest.is_empty() {
        let there = source.get(from..).unwrap_or_default();
        let same: usize = rest
            .chars()
            .zip(there.chars())
            .take_while(|(a, b)| a == b && *b != '&')
            .map(|(a, _)| a.len_utf8())
            .sum();
        if same > 0 {
            let (run, left) = rest.split_at(same);
            let run: String = run
                .chars()
                .map(|c| if matches!(c, '\n' | '\t' | '\r' | '\u{C}') { ' ' } else { c })
                .collect();
            document.push(&run, start + from..start + from + same);
            from += same;
            rest = left;
            continue;
        }
        let one = rest.chars().next().map_or(0, char::len_utf8);
        let (character, left) = rest.split_at(one);
        let name = there.strip_prefix('&').unwrap_or_default();
        let length: usize = name
            .bytes()
            .take(LONGEST_REFERENCE)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
            .count();
        let semicolon = usize::from(name.as_bytes().get(length) == Some(&b';'));
        let taken = if there.starts_with('&') {
            if length == 0 { 1 } else { 1 + length + semicolon }
        } else if there.starts_with("\r\n") {
            2
        } else {
            there.chars().next().map_or(0, char::len_utf8)
        };
        let character = if character == "\n" { " " } else { character };
        document.push(character, start + from..start + from + taken);
        from += taken;
        rest = left;
    }
}

fn is_block(tag: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "section",
        "header",
        "address",
        "dl",
        "dt",
        "dd",
        "hr",
        "form",
        "fieldset",
        "figcaption",
        "details",
        "summary",
        "tbody",
        "thead",
        "center",
    ];
    BLOCKS.contains(&tag)
}

fn lower(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}
