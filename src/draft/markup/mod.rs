//! From plain text, Markdown, wikitext or HTML to blocks of text.

mod html;
mod markdown;
mod plain;
mod wikitext;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a text is marked up.
    ///
    /// Closed for what this version reads.
    Markup, "a markup" {
        /// None: paragraphs stand between blank lines.
        Plain = "plain",
        /// Markdown with footnotes.
        Markdown = "markdown",
        /// The wikitext of `MediaWiki`.
        Wikitext = "wikitext",
        /// HTML, as browsers and word processors save it.
        Html = "html",
    }
}

impl Markup {
    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" | "mdown" => Some(Self::Markdown),
            "wiki" | "mediawiki" | "wikitext" => Some(Self::Wikitext),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// By how the text begins and what it holds: HTML when its first sign opens a tag, wikitext
    /// when it has `<ref>` notes, Markdown when it has Markdown's links, notes or headings.
    pub fn sniff(text: &str) -> Self {
        const SAMPLE: usize = 1 << 16;
        let sample = text.get(..crate::draft::words::floor(text, SAMPLE)).unwrap_or_default();
        let mut head = sample.trim_start_matches('\u{FEFF}').trim_start().chars();
        let tag = head.next() == Some('<')
            && head.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '!');
        if tag && !sample.trim_start().starts_with("<ref") {
            Self::Html
        } else if sample.contains("<ref>") || sample.contains("<ref ") {
            Self::Wikitext
        } else if sample.contains("](")
            || sample.contains("[^")
            || sample.starts_with("# ")
            || sample.contains("\n# ")
            || sample.contains("\n## ")
        {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// What a reader made of the input: one text, its blocks in order, and what is linked where.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    /// Sorted by start; they do not overlap.
    pub(super) marks: Vec<Mark>,
    /// Where the text of each note stands.
    pub(super) notes: HashMap<String, Range<usize>>,
    /// A title that is not in the text, such as that of the browser's window.
    pub(super) title: Option<(String, Range<usize>)>,
    pieces: Vec<Piece>,
}

/// A paragraph, a heading, an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// With its level, 1 to 6.
    Heading(u8),
    /// An entry of a list; with its number in an ordered one.
    Entry(Option<u64>),
    /// A footnote: cited, never read as a part of the text.
    Note,
}

/// A stretch of text that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) target: Target,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An address, as it is written.
    Address(String),
    /// The label of a note.
    Note(String),
}

/// A stretch of text and the bytes of the input that it came from.
#[derive(Debug)]
struct Piece {
    at: usize,
    len: usize,
    source: Range<usize>,
}

impl Document {
    pub(super) fn read(input: &str, markup: Markup) -> Self {
        let mut document = match markup {
            Markup::Plain => plain::read(input),
            Markup::Markdown => markdown::read(input),
            Markup::Wikitext => wikitext::read(input),
            Markup::Html => html::read(input),
        };
        if markup != Markup::Plain {
            document.split_lines();
        }
        if matches!(markup, Markup::Plain | Markup::Markdown) {
            document.find_numbered_notes();
        }
        document.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        document.marks.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        document
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The bytes of the input that a stretch of the text came from.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.locate(range.start, false);
        let end = if range.is_empty() { start } else { self.locate(range.end, true) };
        start..end.max(start)
    }

    fn locate(&self, at: usize, end: bool) -> usize {
        let after =
            self.pieces.partition_point(|piece| if end { piece.at < at } else { piece.at <= at });
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.pieces.first().map_or(0, |piece| piece.source.start);
        };
        let within = at - piece.at;
        if within > piece.len {
            // Between two pieces: white space that a reader put there.
            let next = self.pieces.get(after).filter(|_| !end);
            return next.map_or(piece.source.end, |next| next.source.start);
        }
        if piece.len == piece.source.len() {
            piece.source.start + within
        } else if end {
            piece.source.end
        } else {
            piece.source.start
        }
    }

    /// Puts text at the end.
    fn push(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && last.at + last.len == at
            && last.source.end == source.start
            && last.len == last.source.len()
            && text.len() == source.len()
        {
            last.len += text.len();
            last.source.end = source.end;
            return;
        }
        self.pieces.push(Piece { at, len: text.len(), source });
    }

    /// Ends the block that began at `start`, if there is anything in it.
    fn close(&mut self, start: usize, kind: Kind) {
        let range = super::words::trim(&self.text, start..self.text.len());
        if !range.is_empty() {
            self.blocks.push(Block { range, kind });
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Notes as typed by hand: "[1]" in the text, and behind the last of these a block that opens
    /// with "1." or "[1]".
    fn find_numbered_notes(&mut self) {
        let mut cited = HashSet::new();
        let mut last = None;
        for (at, block) in self.blocks.iter().enumerate() {
            let text = self.slice(&block.range);
            for label in text.match_indices('[').filter(|(at, _)| *at > 0).filter_map(|(at, _)| {
                let inner = text.get(at + 1..)?;
                let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
                inner.get(digits..)?.starts_with(']').then(|| inner.get(..digits))?
            }) {
                if !label.is_empty() {
                    cited.insert(label.to_owned());
                    last = Some(at);
                }
            }
        }
        let Some(last) = last else { return };
        for at in last + 1..self.blocks.len() {
            let range = self.blocks[at].range.clone();
            let Some(marker) = super::label::marker(self.slice(&range)) else { continue };
            if let super::label::Style::Number(number) = marker.style
                && cited.contains(&number.to_string())
            {
                self.blocks[at].kind = Kind::Note;
                let body = range.start + marker.rest..range.end;
                self.notes.entry(number.to_string()).or_insert(body);
            }
        }
    }

    /// Splits paragraphs at line ends that separate: where the next line opens with a marker.
    fn split_lines(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        for block in blocks {
            if block.kind == Kind::Note || !self.slice(&block.range).contains('\n') {
                self.blocks.push(block);
                continue;
            }
            let mut kind = block.kind;
            for range in plain::split(&self.text, block.range) {
                self.blocks.push(Block { range, kind: kind.clone() });
                kind = Kind::Paragraph;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markup_is_seen_in_the_text() {
        assert_eq!(Markup::sniff("\u{FEFF} <!DOCTYPE html><p>x"), Markup::Html);
        assert_eq!(Markup::sniff("A fact.<ref>A book</ref>"), Markup::Wikitext);
        assert_eq!(Markup::sniff("# T\n\nA [fact](https://x.example)."), Markup::Markdown);
        assert_eq!(Markup::sniff("KJ-1: It is likely (source)."), Markup::Plain);
        assert_eq!(Markup::of(Path::new("a.HTM")), Some(Markup::Html));
        assert_eq!(Markup::of(Path::new("a.pdf")), None);
    }

    /// Every block's first word, as the document has it and as the input has it.
    fn first_words(input: &str, markup: Markup) -> Vec<(String, String)> {
        let document = Document::read(input, markup);
        let first = |range: &Range<usize>| {
            let text = document.slice(range);
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            range.start..range.start + end
        };
        let words = document.blocks.iter().map(|block| first(&block.range));
        words.map(|w| (document.slice(&w).into(), input[document.source(&w)].into())).collect()
    }

    #[test]
    fn words_lead_back_to_the_input() {
        let html = "<h1>Title</h1><nav>Menu</nav><p>First&nbsp;&amp; last<p>Second <b>bold</b>\
                    <ul><li>Third</ul><script>if (a < b) {}</script>";
        for (markup, input) in [
            (Markup::Html, html),
            (Markup::Markdown, "# Title\n\nFirst *x*\n\n- Second\n- Third\n"),
            (Markup::Wikitext, "== Title ==\n'''First''' x<ref>y</ref>\n\n* Second\n* Third\n"),
            (Markup::Plain, "Title\n\nFirst\nline\n\n- Second\n- Third"),
        ] {
            for (word, source) in first_words(input, markup) {
                let word = word.replace(['\u{A0}', '-'], " ");
                assert!(
                    source.replace('-', " ").starts_with(word.split(' ').next().unwrap()),
                    "{markup}: {word:?} is not {source:?}"
                );
            }
        }
        assert_eq!(first_words(html, Markup::Html).len(), 4);
    }
}
