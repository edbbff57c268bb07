//! Each sentence is a claim, each citation an item.

use std::ops::Range;

use url::Url;

use super::attribution::{Attribution, Speaker, attribute};
use super::citation::{Citation, Leads, citations};
use super::desk::{Desk, MOST_ITEMS};
use super::finding::{FindingCode as Code, Part};
use super::words::{Token, fold, sentences, tokens};
use super::{host, likelihood, quote};
use crate::finding::Severity;
use crate::report::{Channel, SourceKind, wire};

/// A sentence with what is cited in it.
pub(super) struct Sentence<'d> {
    pub(super) range: Range<usize>,
    /// Its words, without those of citations.
    pub(super) words: Vec<Token<'d>>,
    pub(super) citations: Vec<Citation>,
    /// What it says, without its citations, on one line.
    pub(super) claim: String,
}

/// Where the items of a passage belong.
pub(super) struct Place<'a> {
    /// The ids of its items begin with this.
    pub(super) prefix: &'a str,
    /// The point that they share.
    pub(super) point: Option<&'a str>,
}

/// Whoever was last spoken of in a point: "the post", "he".
#[derive(Default)]
pub(super) struct Last(Option<(usize, Channel)>);

/// The sentences of a block.
pub(super) fn read<'d>(desk: &Desk<'d>, block: &Range<usize>) -> Vec<Sentence<'d>> {
    let text = &desk.document.text;
    let found = citations(desk.document, block);
    let is_sign = |one: &Citation| is_sign(desk.text(&one.range), &one.leads);
    let sealed: Vec<Range<usize>> =
        found.iter().filter(|one| is_sign(one)).map(|one| one.range.clone()).collect();
    let mut found = found.into_iter().peekable();
    let mut sealed_from = 0;
    sentences(text, block.clone(), &sealed)
        .into_iter()
        .map(|range| {
            let mut cited = Vec::new();
            while let Some(one) = found.next_if(|one| one.range.start < range.end) {
                cited.push(one);
            }
            while sealed.get(sealed_from).is_some_and(|seal| seal.end <= range.start) {
                sealed_from += 1;
            }
            let mut words = Vec::new();
            let mut claim = String::new();
            let mut from = range.start;
            let mut next = sealed_from;
            loop {
                let seal = sealed.get(next).filter(|seal| seal.start < range.end);
                let until = seal.map_or(range.end, |seal| seal.start).max(from);
                words.extend(tokens(text, from..until));
                push_claim(&mut claim, desk.text(&(from..until)));
                let Some(seal) = seal else { break };
                from = seal.end;
                next += 1;
            }
            open_quotation(&mut claim);
            Sentence { range, words, citations: cited, claim }
        })
        .collect()
}

impl Desk<'_> {
    /// Makes items of a sentence, and says what it lacks. Returns their ids.
    pub(super) fn evidence(
        &mut self,
        sentence: &Sentence<'_>,
        place: &Place<'_>,
        last: &mut Last,
    ) -> Vec<String> {
        let said = attribute(&sentence.words);
        let speaker = said.as_ref().map(|said| match said {
            Attribution::Speaker(speaker) | Attribution::Back(speaker) => speaker,
        });
        let back = matches!(said, Some(Attribution::Back(_)));
        let known = if back { last.0 } else { None };
        let mut items = Vec::new();
        if self.report.items.len() + sentence.citations.len() >= MOST_ITEMS {
            self.more_items += sentence.citations.len().max(1);
            return items;
        }
        for citation in &sentence.citations {
            if citation.unclosed {
                let message = "the citation is opened and never closed; it counts as one";
                self.find(Code::CitationUnclosed, Severity::Warning, &citation.range, &[], message);
            }
            if !is_prose(sentence) {
                continue;
            }
            let (source, channel) = match (known, speaker) {
                (Some(known), _) => (known.0, Some(known.1)),
                (None, Some(speaker)) if !speaker.vague => {
                    (self.sources.speaker(speaker), Some(speaker.channel))
                }
                (None, speaker) => self.cited(citation, speaker),
            };
            let id = self.item(sentence, place, source, channel, address(citation));
            self.trace(Part::Cited, &id, &citation.range);
            self.check_citation(citation, &id, speaker.filter(|one| one.named && !back));
            items.push(id);
        }
        let rumour = speaker.is_some_and(|one| one.vague);
        if sentence.citations.is_empty() && is_prose(sentence) {
            if let Some(speaker) = speaker {
                let (source, channel) =
                    known.unwrap_or_else(|| (self.sources.speaker(speaker), speaker.channel));
                let id = self.item(sentence, place, source, Some(channel), None);
                self.trace(Part::Attributed, &id, &sentence.range);
                items.push(id);
            }
            self.uncited(sentence, &items);
        }
        if let Some(speaker) = speaker.filter(|_| !items.is_empty()) {
            self.check_speaker(speaker, &items, known.is_some());
            if !back && (!rumour || speaker.channel != Channel::Unattributed) {
                last.0 = Some((self.sources.speaker(speaker), speaker.channel));
            }
        }
        self.note_sources();
        items
    }

    /// Source and channel of a citation when the sentence names no speaker.
    fn cited(
        &mut self,
        citation: &Citation,
        speaker: Option<&Speaker>,
    ) -> (usize, Option<Channel>) {
        let rumour = speaker.map(|speaker| speaker.channel);
        if let Some(url) = address(citation)
            && let Some(publisher) = host::publisher(&url)
        {
            let source = self.sources.publisher(&publisher, &url, &citation.range);
            let news = self.sources.get(source).and_then(|one| one.kind).and_then(channel_of);
            return (source, rumour.or(publisher.channel).or(news));
        }
        match (&citation.leads, speaker) {
            (_, Some(speaker)) => (self.sources.speaker(speaker), rumour),
            (Leads::Name(range), _) => {
                let range = range.clone();
                (self.sources.named(self.document.slice(&range), &range), None)
            }
            (Leads::Note { range, .. }, _) => {
                let range = range.clone();
                let name = note_name(self.document.slice(&range));
                if name.is_empty() {
                    (self.sources.unnamed(&citation.range), None)
                } else {
                    (self.sources.named(name, &range), None)
                }
            }
            _ => (self.sources.unnamed(&citation.range), None),
        }
    }

    fn item(
        &mut self,
        sentence: &Sentence<'_>,
        place: &Place<'_>,
        source: usize,
        channel: Option<Channel>,
        url: Option<Url>,
    ) -> String {
        /// A sentence with more citations than people write says itself in full only so often.
        const IN_FULL: usize = 16;
        let id = self.item_id(place.prefix);
        let many = sentence.citations.len() > IN_FULL;
        let claim = if many { quote::short(&sentence.claim, 200) } else { sentence.claim.clone() };
        let source = self.sources.get(source).map(|one| one.id.clone()).unwrap_or_default();
        self.report.items.push(wire::Item {
            claim,
            channel,
            point: place.point.map(ToOwned::to_owned),
            url,
            drafted: Some(true),
            ..wire::Item::new(id.clone(), source)
        });
        id
    }

    fn check_citation(&mut self, citation: &Citation, id: &str, speaker: Option<&Speaker>) {
        match &citation.leads {
            Leads::Nowhere => {
                self.linkless.0 += 1;
                self.linkless.1.get_or_insert(citation.range.clone());
            }
            Leads::Missing(label) => {
                let message = format!(
                    "expected a note or an address, found `{}`, which leads nowhere",
                    quote::short(label, 60)
                );
                self.find(
                    Code::CitationUnresolved,
                    Severity::Warning,
                    &citation.range,
                    &[id],
                    message,
                );
            }
            _ => {}
        }
        let publisher = address(citation).as_ref().and_then(host::publisher);
        if let (Some(speaker), Some(publisher)) = (speaker, &publisher) {
            let message = format!(
                "said by {}, read at {}: whether the item is the speaker's own or the publisher's \
                 account of it is for a person to say",
                quote::short(&speaker.name, 60),
                publisher.domain
            );
            self.find(Code::SpeakerRelayed, Severity::Info, &citation.range, &[id], message);
        }
        let unknown = self.report.items.last().is_some_and(|item| item.channel.is_none());
        if let Some(publisher) = publisher.filter(|_| unknown) {
            let message = format!(
                "read at {}; by which channel it reached the author is not said",
                publisher.domain
            );
            self.find(Code::ChannelUnknown, Severity::Info, &citation.range, &[id], message);
        }
    }

    fn uncited(&mut self, sentence: &Sentence<'_>, items: &[String]) {
        let first_person = sentence
            .words
            .iter()
            .any(|t| t.one_of(&["we", "our", "us"]) && !t.is_capital() || t.is("we"));
        let inference = likelihood::terms(&self.document.text, sentence.range.clone());
        let introduces = sentence.claim.ends_with(':');
        if first_person || introduces || !inference.found.is_empty() {
            return; // what the author thinks needs no citation
        }
        let about: Vec<&str> = items.iter().map(String::as_str).collect();
        let message = format!("no citation for \"{}\"", quote::short(&sentence.claim, 160));
        self.find(Code::Uncited, Severity::Warning, &sentence.range, &about, message);
    }

    fn check_speaker(&mut self, speaker: &Speaker, items: &[String], known: bool) {
        let about: Vec<&str> = items.iter().map(String::as_str).collect();
        let name = quote::short(&speaker.name, 60);
        if speaker.vague {
            let message = format!("\"{name}\" names nobody: who says it, and how do they know?");
            self.find(Code::SpeakerVague, Severity::Warning, &speaker.range, &about, message);
        } else if !speaker.named && !known {
            let message = format!("\"{name}\" is described and not named");
            self.find(Code::SpeakerUnnamed, Severity::Info, &speaker.range, &about, message);
        }
    }

    /// Says what registries knew of the sources that are new.
    fn note_sources(&mut self) {
        use super::sources::Known;
        for new in self.sources.take_new() {
            let Some(id) = self.sources.get(new.source).map(|one| one.id.clone()) else { continue };
            self.trace(Part::Source, &id, &new.range);
            match new.known {
                None => {}
                Some(Known::Letter { letter, because, dated }) => {
                    let message = format!("`{id}` is {letter} by {}", quote::short(&because, 200));
                    self.find(Code::RegistryLetter, Severity::Info, &new.range, &[&id], message);
                    if !dated {
                        let message =
                            format!("the registry does not say when `{id}` was graded {letter}");
                        self.find(
                            Code::RegistryUndated,
                            Severity::Warning,
                            &new.range,
                            &[&id],
                            message,
                        );
                    }
                }
                Some(Known::Undecided { message }) => {
                    let message = quote::short(&message, 300);
                    self.find(Code::RegistryUndecided, Severity::Info, &new.range, &[&id], message);
                }
                Some(Known::Ambiguous { message }) => {
                    let message = format!("no letter for `{id}`: {}", quote::short(&message, 300));
                    self.find(
                        Code::RegistryAmbiguous,
                        Severity::Warning,
                        &new.range,
                        &[&id],
                        message,
                    );
                }
            }
        }
    }
}

fn address(citation: &Citation) -> Option<Url> {
    match &citation.leads {
        Leads::Address(url) => Some(url.clone()),
        Leads::Note { address, .. } => address.clone(),
        _ => None,
    }
}

/// By which channel a publisher of this kind reaches an author.
fn channel_of(kind: SourceKind) -> Option<Channel> {
    match kind {
        SourceKind::NewsAgency | SourceKind::NewsOutlet | SourceKind::StateMedia => {
            Some(Channel::News)
        }
        SourceKind::Research => Some(Channel::Research),
        _ => None,
    }
}

/// Whether a citation is a sign of its own and no words of the sentence.
fn is_sign(text: &str, leads: &Leads) -> bool {
    const SIGNS: &[&str] = &["source", "sources", "here", "link", "ref", "reference"];
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(leads, Leads::Nowhere | Leads::Name(_) | Leads::Missing(_) | Leads::Note { .. })
        || text.starts_with(['(', '[', '^'])
        || text.starts_with("http")
        || text.starts_with("www.")
        || word.is_empty()
        || word.bytes().all(|b| b.is_ascii_digit())
        || SIGNS.iter().any(|sign| word.eq_ignore_ascii_case(sign))
}

/// Whether a sentence says something: it has a few words, one of them in lower case.
fn is_prose(sentence: &Sentence<'_>) -> bool {
    let words = sentence.words.iter().filter(|t| t.is_word());
    words.clone().take(2).count() == 2
        && words.clone().any(|t| {
            t.text.len() > 2
                && t.text.starts_with(|c: char| {
                    c.is_lowercase() || !c.is_uppercase() && c.is_alphabetic()
                })
        })
}

/// Adds a stretch of the sentence to its claim, closing the gap that a citation left.
fn push_claim(claim: &mut String, part: &str) {
    let part = fold(part);
    if part.is_empty() {
        return;
    }
    if !claim.is_empty() && !part.starts_with(['.', ',', ';', ':', '!', '?', ')', '’', '”']) {
        claim.push(' ');
    }
    claim.push_str(&part);
}

/// A quotation that runs over several sentences opens in the first and says nothing in it.
fn open_quotation(claim: &mut String) {
    let opens = claim.starts_with('"') && claim.matches('"').count() == 1
        || claim.starts_with('“') && !claim.contains('”');
    if opens {
        let first = claim.chars().next().map_or(0, char::len_utf8);
        claim.drain(..first);
    }
}

/// What a note names, without its number and the arrow that leads back.
fn note_name(note: &str) -> &str {
    note.trim_start_matches(|c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '[' | ']' | '.' | ')' | '(' | '^' | '↑')
    })
    .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '↩' | '\u{FE0E}' | '↑'))
}
