//! The order of an assessment: title, judgements with their points, summary, what is left over.

use std::collections::HashMap;
use std::ops::Range;

use super::assemble::MOST_JUDGEMENTS;
use super::date;
use super::label::{self, Section, Style};
use super::markup::{Block, Document, Kind};
use super::words::{fold, tokens, trim};

/// A document in its parts.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) title: Option<(String, Range<usize>)>,
    pub(super) title_guessed: bool,
    pub(super) judgements: Vec<Judged>,
    pub(super) prose: Vec<Prose>,
    /// Blocks that are page furniture or fit nowhere.
    pub(super) unread: Vec<Range<usize>>,
    pub(super) cut_offs: Vec<date::Found>,
}

/// A judgement with the text that stands under it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) key: String,
    pub(super) id: String,
    /// Every place that states it, the first first.
    pub(super) statements: Vec<Range<usize>>,
    /// The whole block that each statement stands in, with its label.
    pub(super) heads: Vec<Range<usize>>,
    pub(super) points: Vec<Point>,
}

/// A point made under a judgement.
#[derive(Debug)]
pub(super) struct Point {
    /// "a", "3"; a number for a bullet.
    pub(super) label: String,
    pub(super) blocks: Vec<Range<usize>>,
    marked: bool,
}

/// A block outside the points.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) range: Range<usize>,
    pub(super) section: Section,
    /// The judgement in whose section it stands.
    pub(super) within: Option<usize>,
}

impl Outline {
    pub(super) fn of(document: &Document) -> Self {
        let blocks: Vec<&Block> =
            document.blocks.iter().filter(|block| block.kind != Kind::Note).collect();
        let mut builder = Builder::new(document, &blocks);
        for at in 0..blocks.len() {
            builder.take(at);
        }
        let mut outline = builder.outline;
        outline.find_title(document, &blocks);
        outline
    }

    /// The first heading of the highest level; in plain text the first line that reads like one,
    /// a line in capitals before the others when the text opens with an address.
    fn find_title(&mut self, document: &Document, blocks: &[&Block]) {
        const NEAR: usize = 15;
        let heading = |block: &&&Block| matches!(block.kind, Kind::Heading(_));
        let text = |block: &Block| fold(document.slice(&block.range));
        let near = || blocks.iter().take(NEAR);
        let used = |block: &&&Block| {
            let text = document.slice(&block.range);
            label::head(text).is_some() || label::section(text).is_some()
        };
        let first = near().find(heading).filter(|block| !used(block));
        let top = blocks.iter().find(|block| block.kind == Kind::Heading(1));
        let chosen = if let Some(top) = top {
            Some((top, false))
        } else if blocks.first().is_some_and(|block| matches!(block.kind, Kind::Heading(_))) {
            first.map(|block| (block, false))
        } else {
            let shout = near().filter(heading).find(|block| {
                let text = document.slice(&block.range);
                text.contains(' ') && !text.contains(char::is_lowercase)
            });
            shout.or(first).map(|block| (block, true))
        };
        if let Some((block, guessed)) = chosen {
            self.title = Some((text(block), block.range.clone()));
            self.title_guessed = guessed;
            self.prose.retain(|prose| prose.range != block.range);
            self.unread.retain(|range| *range != block.range);
        } else if let Some((title, _)) = &document.title {
            self.title = Some((title.clone(), 0..0));
        }
    }
}

struct Builder<'d> {
    document: &'d Document,
    blocks: &'d [&'d Block],
    outline: Outline,
    heads: Vec<Option<label::Head>>,
    /// The last block that bears the label of each key.
    last: HashMap<String, usize>,
    by_key: HashMap<String, usize>,
    by_statement: HashMap<String, usize>,
    place: Place,
}

/// Where the reading stands.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    In(Section),
    /// Under the heading of a list of judgements: how its entries are marked.
    List {
        style: Option<Rank>,
        open: Option<usize>,
    },
    /// Under a judgement's own heading; `level` is that of the heading.
    Under {
        judgement: usize,
        level: u8,
        listed: bool,
    },
    /// A label stood alone: the next block is the statement.
    Awaits {
        judgement: usize,
        level: u8,
        listed: bool,
    },
}

/// How an entry is marked, whatever its number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rank {
    Unmarked,
    Letter,
    Number,
    Bullet,
}

impl<'d> Builder<'d> {
    fn new(document: &'d Document, blocks: &'d [&'d Block]) -> Self {
        let heads: Vec<Option<label::Head>> =
            blocks.iter().map(|block| label::head(document.slice(&block.range))).collect();
        let mut last = HashMap::new();
        for (at, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                last.insert(head.key.clone(), at);
            }
        }
        Self {
            document,
            blocks,
            outline: Outline::default(),
            heads,
            last,
            by_key: HashMap::new(),
            by_statement: HashMap::new(),
            place: Place::In(Section::Background),
        }
    }

    fn take(&mut self, at: usize) {
        /// A longer block says more than its cut-off.
        const LINE: usize = 160;
        let block = self.blocks[at];
        let range = block.range.clone();
        let text = self.document.slice(&range);
        if let Some(head) = self.heads[at].clone() {
            self.head(at, &head);
            return;
        }
        if let Some(found) = cut_off(self.document, &range) {
            self.outline.cut_offs.push(found);
            if range.len() < LINE {
                if !matches!(self.place, Place::In(Section::Background)) {
                    self.place = Place::In(Section::Furniture);
                }
                return;
            }
        }
        if let Place::Awaits { judgement, level, listed } = self.place {
            let body = range.start + self.marker(block).map_or(0, |marker| marker.rest);
            self.state(judgement, body..range.end, range.clone());
            self.place = Place::Under { judgement, level, listed };
            return;
        }
        if let Some(section) = label::section(text) {
            self.enter(section);
            return;
        }
        if let Some(&judgement) = self.by_statement.get(&normal(text)) {
            self.state(judgement, range.clone(), range);
            let level = level(block);
            self.place = Place::Under { judgement, level, listed: false };
            return;
        }
        if let Kind::Heading(level) = block.kind {
            self.heading(&range, level);
            return;
        }
        self.content(block, range);
    }

    /// A block with the label of a judgement.
    fn head(&mut self, at: usize, head: &label::Head) {
        let block = self.blocks[at];
        let range = block.range.clone();
        let judgement = self.judgement(&head.key);
        let body = trim(&self.document.text, range.start + head.rest..range.end);
        let neighbour =
            |at: Option<usize>| at.and_then(|at| self.heads.get(at)).is_some_and(Option::is_some);
        let again = self.last.get(&head.key).is_some_and(|last| *last > at);
        // The last of a list at the top opens no section of its own.
        let listed = again
            || neighbour(at.checked_sub(1))
                && !neighbour(Some(at + 1))
                && self.outline.judgements[judgement].heads.is_empty();
        let level = level(block);
        if body.is_empty() {
            let known = !self.outline.judgements[judgement].statements.is_empty();
            self.place = if known {
                self.outline.judgements[judgement].heads.push(range);
                Place::Under { judgement, level, listed }
            } else {
                Place::Awaits { judgement, level, listed }
            };
        } else {
            self.state(judgement, body, range);
            self.place = Place::Under { judgement, level, listed };
        }
    }

    fn judgement(&mut self, key: &str) -> usize {
        let judgements = &mut self.outline.judgements;
        *self.by_key.entry(key.to_owned()).or_insert_with(|| {
            judgements.push(Judged {
                key: key.to_owned(),
                id: format!("KJ-{key}"),
                statements: Vec::new(),
                heads: Vec::new(),
                points: Vec::new(),
            });
            judgements.len() - 1
        })
    }

    fn state(&mut self, judgement: usize, statement: Range<usize>, head: Range<usize>) {
        self.by_statement.entry(normal(self.document.slice(&statement))).or_insert(judgement);
        let one = &mut self.outline.judgements[judgement];
        one.statements.push(statement);
        one.heads.push(head);
    }

    fn enter(&mut self, section: Section) {
        self.place = match (&self.place, section) {
            (Place::Under { judgement, level, .. }, Section::Evidence) => {
                Place::Under { judgement: *judgement, level: *level, listed: false }
            }
            (_, Section::Judgements) => Place::List { style: None, open: None },
            _ => Place::In(section),
        };
    }

    /// A heading that no list of headings has.
    fn heading(&mut self, range: &Range<usize>, level: u8) {
        match self.place {
            Place::Under { level: over, .. } if level > over && over > 0 => {}
            Place::In(Section::Furniture) => self.outline.unread.push(range.clone()),
            Place::In(Section::Background) | Place::List { .. } => {
                self.place = Place::In(Section::Background);
                self.outline.unread.push(range.clone());
            }
            _ => {
                self.place = Place::In(Section::Furniture);
                self.outline.unread.push(range.clone());
            }
        }
    }

    fn content(&mut self, block: &Block, range: Range<usize>) {
        let marker = self.marker(block);
        let body = trim(
            &self.document.text,
            range.start + marker.as_ref().map_or(0, |m| m.rest)..range.end,
        );
        match self.place.clone() {
            Place::List { style, open } => self.entry(marker.as_ref(), style, open, body, range),
            Place::Under { judgement, listed, .. } => {
                if listed && marker.is_none() {
                    self.prose(range, Section::Background, None);
                } else {
                    self.point(judgement, marker.as_ref(), body);
                }
            }
            Place::In(Section::Furniture | Section::Notes) => self.outline.unread.push(range),
            Place::In(section) => self.prose(body, section, None),
            Place::Awaits { .. } => {}
        }
    }

    /// An entry of a list of judgements, or a point under one.
    fn entry(
        &mut self,
        marker: Option<&label::Marker>,
        style: Option<Rank>,
        open: Option<usize>,
        body: Range<usize>,
        range: Range<usize>,
    ) {
        let rank = marker.map_or(Rank::Unmarked, |marker| match marker.style {
            Style::Letter(_) => Rank::Letter,
            Style::Number(_) => Rank::Number,
            Style::Bullet => Rank::Bullet,
        });
        let introduces = self.document.slice(&body).ends_with(':');
        match (style, open) {
            (None, _) if marker.is_none() && introduces => {}
            (Some(top), Some(judgement)) if top != rank => {
                if rank == Rank::Unmarked {
                    self.place = Place::In(Section::Background);
                    self.prose(range, Section::Background, None);
                } else {
                    self.point(judgement, marker, body);
                }
            }
            _ => {
                let count = self.outline.judgements.len() + 1;
                if count > MOST_JUDGEMENTS {
                    self.outline.unread.push(range);
                    return;
                }
                let key = match marker.map(|marker| &marker.style) {
                    Some(Style::Letter(letter)) => letter.to_ascii_uppercase().to_string(),
                    Some(Style::Number(number)) => number.to_string(),
                    _ => count.to_string(),
                };
                let judgement = self.judgement(&key);
                self.state(judgement, body, range);
                self.place = Place::List { style: Some(rank), open: Some(judgement) };
            }
        }
    }

    fn point(&mut self, judgement: usize, marker: Option<&label::Marker>, body: Range<usize>) {
        let Some(one) = self.outline.judgements.get_mut(judgement) else { return };
        let count = one.points.len() + 1;
        if marker.is_none()
            && let Some(last) = one.points.last_mut()
            && last.marked
        {
            last.blocks.push(body);
            return;
        }
        let label = match marker.map(|marker| &marker.style) {
            Some(Style::Letter(letter)) => letter.to_string(),
            Some(Style::Number(number)) => format!(".{number}"),
            _ => format!(".{count}"),
        };
        one.points.push(Point { label, blocks: vec![body], marked: marker.is_some() });
    }

    fn prose(&mut self, range: Range<usize>, section: Section, within: Option<usize>) {
        self.outline.prose.push(Prose { range, section, within });
    }

    /// The marker that a block opens with, its own or that of its list.
    fn marker(&self, block: &Block) -> Option<label::Marker> {
        let own = label::marker(self.document.slice(&block.range));
        own.or(match block.kind {
            Kind::Entry(Some(number)) => {
                Some(label::Marker { style: Style::Number(number), rest: 0 })
            }
            Kind::Entry(None) => Some(label::Marker { style: Style::Bullet, rest: 0 }),
            _ => None,
        })
    }
}

/// The cut-off that a block states.
fn cut_off(document: &Document, range: &Range<usize>) -> Option<date::Found> {
    /// A date further away is about something else.
    const REACH: usize = 120;
    let text = document.slice(range);
    if !["cut", "Cut", "CUT", "as of"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let words = tokens(&document.text, range.clone());
    let next_is = |at: usize, word: &str| words.get(at + 1).is_some_and(|t| t.is(word));
    let at = (0..words.len()).find(|&at| {
        let word = &words[at];
        word.one_of(&["cut-off", "cutoff", "cut\u{2011}off"])
            || word.is("cut") && (next_is(at, "off") || next_is(at + 1, "off"))
            || word.is("as")
                && next_is(at, "of")
                && words[..at].iter().rev().take(4).any(|t| {
                    t.one_of(&["information", "intelligence", "available", "data", "current"])
                })
    })?;
    let end = crate::draft::words::floor(&document.text, (words[at].end() + REACH).min(range.end));
    date::first(&document.text, words[at].end()..end)
}

fn level(block: &Block) -> u8 {
    if let Kind::Heading(level) = block.kind { level } else { 0 }
}

/// The form in which statements are compared.
fn normal(text: &str) -> String {
    /// Two long statements that agree so far are one.
    const LONGEST: usize = 400;
    let text = text.get(..crate::draft::words::floor(text, LONGEST)).unwrap_or(text);
    fold(text).to_lowercase().trim_end_matches('.').to_owned()
}

pub(super) fn same_statement(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}
