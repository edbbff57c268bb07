//! Citations: "(source)", links, footnotes, bare addresses.

use std::ops::Range;

use url::Url;

use super::markup::{Document, Target};

/// A place where the text says where something comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Citation {
    pub(super) range: Range<usize>,
    pub(super) leads: Leads,
    /// Whether its bracket is never closed.
    pub(super) unclosed: bool,
}

/// Where a citation leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leads {
    /// Nowhere: the link is lost.
    Nowhere,
    /// To an address.
    Address(Url),
    /// To a note, which may hold an address.
    Note { label: String, range: Range<usize>, address: Option<Url> },
    /// To a name: "(source: Reuters)".
    Name(Range<usize>),
    /// To a note that is not there, or an address that is none.
    Missing(String),
}

/// The citations of a block, in order; they do not overlap.
pub(super) fn citations(document: &Document, block: &Range<usize>) -> Vec<Citation> {
    let mut found = Vec::new();
    let first = document.marks.partition_point(|mark| mark.range.start < block.start);
    for mark in document.marks.get(first..).unwrap_or_default() {
        if mark.range.start >= block.end {
            break;
        }
        let leads = match &mark.target {
            Target::Note(label) => note(document, label),
            Target::Address(address) => match Url::parse(address) {
                Ok(url) if matches!(url.scheme(), "http" | "https" | "ftp") => Leads::Address(url),
                // A link within the site, a mail address: no source that a reader could name.
                _ => continue,
            },
        };
        found.push(Citation { range: mark.range.clone(), leads, unclosed: false });
    }
    let linked: Vec<Range<usize>> = found.iter().map(|one| one.range.clone()).collect();
    found.extend(written(document, block, &linked));
    found.sort_by_key(|one| one.range.start);
    // A linked "(source)" is one citation: the link takes its brackets.
    found.dedup_by(|later, earlier| {
        let same = later.range.start < earlier.range.end;
        if same {
            earlier.range.end = earlier.range.end.max(later.range.end);
            earlier.unclosed |= later.unclosed;
            if earlier.leads == Leads::Nowhere {
                earlier.leads = later.leads.clone();
            }
        }
        same
    });
    found
}

/// The citations that stand in the text itself.
fn written(document: &Document, block: &Range<usize>, linked: &[Range<usize>]) -> Vec<Citation> {
    let text = document.slice(block);
    let mut found: Vec<Citation> = Vec::new();
    let mut at = 0;
    let mut link = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['(', '[', 'h', 'w'])) {
        at += next;
        let here = block.start + at;
        let rest = text.get(at..).unwrap_or_default();
        while linked.get(link).is_some_and(|range| range.end <= here) {
            link += 1;
        }
        let in_link = linked.get(link).is_some_and(|range| range.start <= here);
        let one = match rest.as_bytes().first() {
            Some(b'(' | b'[') => bracketed(document, rest, here),
            _ if in_link => None,
            _ => address(text, at, here),
        };
        if let Some(one) = one {
            at = one.range.end - block.start;
            found.push(one);
        } else {
            at += 1;
        }
    }
    found
}

/// "(source)", "[sources: ...]", "[1]", "[^n]".
fn bracketed(document: &Document, rest: &str, here: usize) -> Option<Citation> {
    let open = rest.chars().next()?;
    let close = if open == '(' { ')' } else { ']' };
    let window = rest.get(1..crate::draft::words::floor(rest, LONGEST_NAME))?;
    let label = window.strip_prefix('^').unwrap_or(window);
    let caret = window.len() - label.len();
    let most = if caret == 1 { 40 } else { 4 };
    let named = |b: &u8| b.is_ascii_alphanumeric() || caret == 1 && matches!(b, b'-' | b'_');
    let digits = label.bytes().take(most).take_while(named).count();
    if open == '[' && digits > 0 && label.get(digits..)?.starts_with(']') {
        let label_text = label.get(..digits)?;
        let number = label_text.bytes().all(|b| b.is_ascii_digit());
        if number || caret == 1 {
            let end = here + 1 + caret + digits + 1;
            let leads = note(document, label_text);
            return Some(Citation { range: here..end, leads, unclosed: false });
        }
    }
    let word = window.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = window.get(..word)?;
    if !WORDS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return None;
    }
    let after = window.get(word..)?;
    // "(source 3)", "(source, source)"
    let tail = after.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | ',' | ';' | '\u{A0}')
    });
    let skipped = after.len() - tail.len();
    let start = here + 1 + word + skipped;
    if tail.starts_with(close) {
        let range = here..start + 1;
        return Some(Citation { range, leads: Leads::Nowhere, unclosed: false });
    }
    if let Some(named) = tail.strip_prefix(':') {
        let end = named.find([close, '\n']).unwrap_or(named.len());
        let range = super::words::trim(&document.text, start + 1..start + 1 + end);
        let unclosed = !named.get(end..)?.starts_with(close);
        let whole = here..if unclosed { range.end } else { start + 2 + end };
        let leads = match Url::parse(document.slice(&range)) {
            Ok(url) if url.has_host() => Leads::Address(url),
            _ if range.is_empty() => Leads::Nowhere,
            _ => Leads::Name(range),
        };
        return Some(Citation { range: whole, leads, unclosed });
    }
    // Never closed: the sentence or the text ends first. "(sources say" is prose.
    let ends = tail.is_empty() || tail.starts_with(['\n', '\r', '.', '(', '[']);
    let range = here..here + 1 + word;
    ends.then_some(Citation { range, leads: Leads::Nowhere, unclosed: true })
}

/// A bare address, as far as it reaches without the punctuation of the sentence.
fn address(text: &str, at: usize, here: usize) -> Option<Citation> {
    const LONGEST: usize = 4000;
    let rest = text.get(at..)?;
    let bare = rest.starts_with("www.");
    if !(rest.starts_with("http://") || rest.starts_with("https://") || bare) {
        return None;
    }
    if text.get(..at)?.ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = rest.get(..crate::draft::words::floor(rest, LONGEST))?;
    let stops = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '|' | '}' | '{');
    let mut written = rest.split(stops).next()?;
    written = written.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']']);
    if !written.contains('(') {
        written = written.trim_end_matches([')', '.', ',', ';', ']']);
    }
    let range = here..here + written.len();
    let url = Url::parse(&if bare { format!("http://{written}") } else { written.to_owned() });
    let leads = match url {
        Ok(url) if url.has_host() => Leads::Address(url),
        _ => Leads::Missing(written.to_owned()),
    };
    Some(Citation { range, leads, unclosed: false })
}

fn note(document: &Document, label: &str) -> Leads {
    let Some(range) = document.notes.get(label) else { return Leads::Missing(label.to_owned()) };
    Leads::Note {
        label: label.to_owned(),
        range: range.clone(),
        address: note_address(document, range),
    }
}

/// The first address in a note: a link, or a bare one.
fn note_address(document: &Document, range: &Range<usize>) -> Option<Url> {
    const FAR: usize = 4000;
    let first = document.marks.partition_point(|mark| mark.range.start < range.start);
    let linked = document
        .marks
        .get(first..)?
        .iter()
        .take_while(|mark| mark.range.start < range.end)
        .take(16)
        .find_map(|mark| match &mark.target {
            Target::Address(address) => Url::parse(address).ok().filter(Url::has_host),
            Target::Note(_) => None,
        });
    linked.or_else(|| {
        let text = document.slice(range);
        let text = text.get(..crate::draft::words::floor(text, FAR))?;
        let at = text.find("http")?;
        match address(text, at, 0)?.leads {
            Leads::Address(url) => Some(url),
            _ => None,
        }
    })
}

/// How far the name in "(source: name)" is looked for.
const LONGEST_NAME: usize = 300;

/// What a bracket says that stands for a citation.
const WORDS: &[&str] =
    &["source", "sources", "src", "citation", "cite", "ref", "reference", "link"];

#[cfg(test)]
mod tests {
    use super::super::markup::Markup;
    use super::*;

    fn read(text: &str, markup: Markup) -> Vec<(String, Leads, bool)> {
        let document = Document::read(text, markup);
        let blocks = document.blocks.iter().filter(|b| b.kind != super::super::markup::Kind::Note);
        blocks
            .flat_map(|block| citations(&document, &block.range))
            .map(|one| (document.slice(&one.range).to_owned(), one.leads, one.unclosed))
            .collect()
    }

    #[test]
    fn sources_in_brackets_count_closed_or_not() {
        let found = read("A fact (source). Two (source)(source). Open (source", Markup::Plain);
        assert_eq!(found.len(), 4);
        assert_eq!(found.iter().filter(|(_, _, unclosed)| *unclosed).count(), 1);
        assert!(
            read("Many (sources say so) and (resources) and (a source)", Markup::Plain).is_empty()
        );
        let named = read("A fact (source: Reuters, 3 May).", Markup::Plain);
        assert!(matches!(&named[0].1, Leads::Name(_)) && !named[0].2);
    }

    #[test]
    fn links_notes_and_addresses_lead_somewhere() {
        let markdown = "A [fact](https://a.example/x). Two.[^1] See https://b.example/y).\n\n\
                        [^1]: The Book, <https://c.example/z>\n";
        let hosts: Vec<_> = read(markdown, Markup::Markdown)
            .into_iter()
            .map(|(_, leads, _)| match leads {
                Leads::Address(url) | Leads::Note { address: Some(url), .. } => url.to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(hosts, ["https://a.example/x", "https://c.example/z", "https://b.example/y"]);
        let lost = read("A fact.[^9]", Markup::Markdown);
        assert!(matches!(&lost[0].1, Leads::Missing(label) if label == "9"), "{lost:?}");
    }

    #[test]
    fn a_linked_source_is_one_citation() {
        let found = read("<p>A fact (<a href='https://a.example'>source</a>).</p>", Markup::Html);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "(source)");
    }

    #[test]
    fn html_notes_are_found_from_their_marks() {
        let html = "<p>A fact.<sup><a href='#f1' id='r1'>1</a></sup></p><p>More</p>\
                    <ol><li id='f1'>Reuters, <a href='https://r.example/1'>3 May</a> \
                    <a href='#r1'>↩</a></li></ol>";
        let found = read(html, Markup::Html);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(matches!(&found[0].1, Leads::Note { address: Some(_), .. }));
        assert!(
            Document::read(html, Markup::Html)
                .blocks
                .iter()
                .any(|block| block.kind == super::super::markup::Kind::Note)
        );
    }
}
