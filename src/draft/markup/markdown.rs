//! Markdown, with footnotes.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Document, Kind, Mark, Target};

pub(super) fn read(input: &str) -> Document {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::default();
    for (event, source) in Parser::new_ext(input, options).into_offset_iter() {
        reader.take(input, event, source);
    }
    reader.close(Kind::Paragraph);
    reader.document
}

#[derive(Default)]
struct Reader {
    document: Document,
    start: usize,
    /// The next number of each open list.
    lists: Vec<Option<u64>>,
    /// What the next block of an entry is.
    entry: Option<Kind>,
    link: Option<(usize, String)>,
    note: Option<(String, usize)>,
    /// Inside code or metadata: read by machines, not by people.
    skipped: usize,
}

impl Reader {
    fn take(&mut self, input: &str, event: Event<'_>, source: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.end(tag),
            _ if self.skipped > 0 => {}
            Event::Text(text) | Event::Code(text) => {
                let written = input.get(source.clone()).unwrap_or_default();
                let source = match written.find(&*text) {
                    Some(at) if written.len() > text.len() => {
                        source.start + at..source.start + at + text.len()
                    }
                    _ => source,
                };
                self.document.push(&text, source);
            }
            Event::SoftBreak | Event::HardBreak => self.document.push("\n", source),
            Event::FootnoteReference(label) => {
                let start = self.document.text.len();
                self.document.push("[note]", source);
                let range = start..self.document.text.len();
                let target = Target::Note(label.to_string());
                self.document.marks.push(Mark { range, target });
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => self.skipped += 1,
            Tag::List(first) => {
                self.close_open();
                self.lists.push(first);
            }
            Tag::Item => {
                self.close_open();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = next.map(|number| number.saturating_add(1));
                    number
                });
                self.entry = Some(Kind::Entry(number));
            }
            Tag::FootnoteDefinition(label) => {
                self.close_open();
                self.note = Some((label.to_string(), self.document.text.len()));
            }
            Tag::Link { dest_url, .. } => {
                self.link = Some((self.document.text.len(), dest_url.to_string()));
            }
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::TableCell
            | Tag::HtmlBlock => self.close_open(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::Heading(level) => self.close(Kind::Heading(level as u8)),
            TagEnd::List(_) => {
                self.close_open();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close_open();
                if let Some((label, start)) = self.note.take() {
                    let range = super::super::words::trim(
                        &self.document.text,
                        start..self.document.text.len(),
                    );
                    self.document.notes.entry(label).or_insert(range);
                }
            }
            TagEnd::Link => {
                if let Some((start, address)) = self.link.take() {
                    let range = start..self.document.text.len();
                    let target = Target::Address(address);
                    self.document.marks.push(Mark { range, target });
                }
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::TableCell => {
                self.close_open();
                if tag == TagEnd::Item {
                    self.entry = None;
                }
            }
            _ => {}
        }
    }

    fn close_open(&mut self) {
        if self.start == self.document.text.len() {
            return; // nothing was said since the last block
        }
        let kind = self.entry.take().unwrap_or(Kind::Paragraph);
        self.close(kind);
    }

    fn close(&mut self, kind: Kind) {
        let kind = if self.note.is_some() { Kind::Note } else { kind };
        self.document.close(self.start, kind);
        self.start = self.document.text.len();
    }
}
