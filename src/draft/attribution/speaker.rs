//! What sort of speaker a phrase names.

use std::ops::Range;

use super::lexicon::{
    AGENCIES, DOCUMENTS, EXPERTS, HUMANS, INTERGOVERNMENTAL, NGOS, OFFICES, OUTLETS, PEOPLE,
    PLATFORMS, RESEARCH, RUMOUR, RUMOUR_NOUNS,
};
use super::{Attribution, Spoken};
use crate::draft::words::Token;
use crate::report::{Channel, SourceKind};

/// Somebody, or something, that a text lets speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::draft) struct Speaker {
    /// Name or description, without its article.
    pub(in crate::draft) name: String,
    pub(in crate::draft) kind: SourceKind,
    pub(in crate::draft) channel: Channel,
    /// Whether it is named, so that two mentions are the same.
    pub(in crate::draft) named: bool,
    /// Whether nobody in particular speaks.
    pub(in crate::draft) vague: bool,
    /// The words that name it, as bytes of the document.
    pub(in crate::draft) range: Range<usize>,
}

/// What the phrase names; nothing when it is no speaker, or the authors themselves.
pub(super) fn classify(words: &[Token<'_>], spoken: &Spoken) -> Option<Attribution> {
    let place = without_article(words, spoken.phrase.clone());
    let phrase = words.get(place.clone())?;
    let (first, last) = (phrase.first()?, phrase.last()?);
    let range = first.at..last.end();
    let make = |kind, channel, named| Speaker {
        name: text_of(phrase),
        kind,
        channel,
        named,
        vague: false,
        range: range.clone(),
    };
    let has = |list: &[&str]| has(phrase, list);

    if phrase.len() == 1 {
        if first.one_of(&[
            "we",
            "i",
            "you",
            "our",
            "this",
            "these",
            "those",
            "it",
            "one",
            "evidence",
            "analysis",
            "judgement",
            "assessment",
        ]) {
            return None;
        }
        if first.one_of(&["he", "she", "they"]) {
            let speaker = Speaker {
                name: first.text.to_lowercase(),
                ..make(SourceKind::Anonymous, Channel::Unattributed, false)
            };
            return Some(Attribution::Back(speaker));
        }
    }
    if has(&["we", "our", "is", "are", "was", "were"]) || last.one_of(&["to", "of", "in", "for"]) {
        return None;
    }
    let article = words
        .get(spoken.phrase.start)
        .is_some_and(|t| t.one_of(&["the", "this", "these", "that", "those"]));
    if article && phrase.len() == 1 && first.one_of(DOCUMENTS) {
        let (kind, channel) = document(first);
        return Some(Attribution::Back(make(kind, channel, false)));
    }
    let around = words.get(spoken.verb..).unwrap_or_default();
    let platform = has(PLATFORMS)
        || has(&["social"]) && has(&["media"])
        || around
            .iter()
            .take(20)
            .zip(around.iter().skip(1))
            .any(|(on, name)| on.one_of(&["on", "to", "via"]) && name.one_of(PLATFORMS))
            && words.get(spoken.verb).is_some_and(|t| {
                t.one_of(&["posted", "posts", "shared", "published", "wrote", "said", "claimed"])
            });
    if has(&["leaked", "leak", "leaks"]) {
        return Some(Attribution::Speaker(make(SourceKind::Anonymous, Channel::Leak, false)));
    }
    // "reportedly", "is said to", "recent reports": nobody in particular.
    let rumour = spoken.phrase.end == spoken.verb + 1
        || phrase.iter().all(|t| t.one_of(RUMOUR)) && phrase.iter().any(|t| t.one_of(RUMOUR_NOUNS));
    if rumour {
        return Some(Attribution::Speaker(Speaker {
            vague: true,
            ..make(SourceKind::Anonymous, Channel::Unattributed, false)
        }));
    }
    let person = spoken.name.clone().or_else(|| person(phrase, place.start));
    if let Some(name) = person {
        let name = words.get(name)?;
        let channel = if platform { Channel::SocialMedia } else { of_person(phrase) };
        return Some(Attribution::Speaker(Speaker {
            name: text_of(name),
            ..make(SourceKind::Individual, channel, true)
        }));
    }
    if platform {
        let vague = has(&["users", "accounts", "posts", "channels", "media"]);
        let kind = SourceKind::Anonymous;
        return Some(Attribution::Speaker(Speaker {
            vague,
            ..make(kind, Channel::SocialMedia, false)
        }));
    }
    body(words, spoken, &place).map(|(kind, channel, named)| {
        let name = if named { without_documents(phrase) } else { text_of(phrase) };
        let vague = !named && kind == SourceKind::Anonymous && channel == Channel::Unattributed;
        Attribution::Speaker(Speaker { name, vague, ..make(kind, channel, named) })
    })
}

/// By which channel a person speaks, by what the phrase calls them.
fn of_person(phrase: &[Token<'_>]) -> Channel {
    if has(phrase, OFFICES) {
        Channel::OfficialStatement
    } else if has(phrase, EXPERTS) {
        Channel::ExpertComment
    } else if has(phrase, &["journalist", "reporter", "correspondent"]) {
        Channel::News
    } else if has(phrase, &["resident", "witness", "eyewitness", "survivor", "villager"]) {
        Channel::HumanSource
    } else {
        Channel::Unattributed
    }
}

/// Kind and channel of a body or a group, and whether the phrase is its name.
fn body(
    words: &[Token<'_>],
    spoken: &Spoken,
    place: &Range<usize>,
) -> Option<(SourceKind, Channel, bool)> {
    let phrase = words.get(place.clone())?;
    let first = phrase.first()?;
    let has = |list: &[&str]| has(phrase, list);
    // A capital that only opens the sentence is no name.
    let opens = place.start == 0 && first.is_capital() && !is_name_alone(first);
    let capitals =
        phrase.iter().filter(|t| t.is_capital()).count() - usize::from(opens && phrase.len() > 1);
    let indefinite = words
        .get(spoken.phrase.start)
        .is_some_and(|t| t.one_of(&["some", "several", "many", "a", "an"]));
    let mut named = capitals > 0 && !indefinite;
    let report = has(DOCUMENTS)
        || words.get(spoken.verb + 1..).is_some_and(|after| {
            after.iter().take(4).any(|t| t.one_of(&["report", "study", "investigation"]))
        });
    let bodies = |channel| if report { Channel::Research } else { channel };
    let (kind, channel) = if has(HUMANS) && !has(&["intelligence", "official", "officials"]) {
        named = false;
        (SourceKind::Anonymous, Channel::HumanSource)
    } else if has(INTERGOVERNMENTAL)
        || has(&["united"]) && has(&["nations"])
        || has(&["european", "african"]) && has(&["union", "commission"])
    {
        named = true;
        (SourceKind::Intergovernmental, bodies(Channel::OfficialStatement))
    } else if has(NGOS) || has(&["human"]) && has(&["watch"]) || has(&["red"]) && has(&["cross"]) {
        (SourceKind::Ngo, Channel::Research)
    } else if has(AGENCIES) {
        (SourceKind::NewsAgency, Channel::News)
    } else if has(OUTLETS) {
        named = named && !phrase.iter().any(|t| t.one_of(&["news"])) || capitals > 1;
        (SourceKind::NewsOutlet, Channel::News)
    } else if has(RESEARCH) {
        (SourceKind::Research, Channel::Research)
    } else if has(EXPERTS) {
        named = false;
        (SourceKind::Anonymous, Channel::ExpertComment)
    } else if has(OFFICES) {
        let generic = opens && phrase.len() == 1 && !first.one_of(&["kremlin", "pentagon"]);
        named = capitals > 0 && !generic;
        (SourceKind::Government, Channel::OfficialStatement)
    } else if capitals > 0
        && phrase
            .iter()
            .all(|t| t.is_capital() || t.one_of(&["of", "the", "and", "for", "de", "al", "."]))
        && spoken.strong
    {
        // A name: whose it is, the words do not say.
        named = true;
        (SourceKind::Other, Channel::Unattributed)
    } else if has(RUMOUR_NOUNS) {
        named = false;
        (SourceKind::Anonymous, Channel::Unattributed)
    } else {
        return None;
    };
    Some((kind, channel, named))
}

fn has(phrase: &[Token<'_>], list: &[&str]) -> bool {
    phrase.iter().any(|t| list.iter().any(|word| t.stem().eq_ignore_ascii_case(word)))
}

/// The name in "Defence Analyst Raphael Parens": the capitals behind the role.
fn person(phrase: &[Token<'_>], offset: usize) -> Option<Range<usize>> {
    let role = phrase.iter().rposition(|t| t.one_of(EXPERTS) || t.one_of(PEOPLE))?;
    let from = role + 1;
    let length = phrase.iter().skip(from).take_while(|t| t.is_capital()).count();
    let whole = from + length == phrase.len();
    ((1..=4).contains(&length) && whole).then(|| offset + from..offset + from + length)
}

fn document(word: &Token<'_>) -> (SourceKind, Channel) {
    if word.one_of(&["post", "tweet", "thread"]) {
        (SourceKind::Anonymous, Channel::SocialMedia)
    } else if word.one_of(&["video", "footage", "images", "photos", "imagery"]) {
        (SourceKind::Anonymous, Channel::Imagery)
    } else if word.one_of(&["analyst", "researcher", "expert"]) {
        (SourceKind::Anonymous, Channel::ExpertComment)
    } else {
        (SourceKind::Anonymous, Channel::Unattributed)
    }
}

fn without_article(words: &[Token<'_>], mut phrase: Range<usize>) -> Range<usize> {
    while phrase.len() > 1
        && words.get(phrase.start).is_some_and(|t| {
            t.one_of(&[
                "the", "a", "an", "this", "these", "that", "those", "some", "several", "many",
                "numerous", "various", "both",
            ])
        })
    {
        phrase.start += 1;
    }
    phrase
}

/// The words as they stand, with one space between them.
fn text_of(words: &[Token<'_>]) -> String {
    let mut text = String::new();
    let mut end = None;
    for word in words {
        if end.is_some_and(|end| end < word.at) {
            text.push(' ');
        }
        text.push_str(word.text);
        end = Some(word.end());
    }
    text
}

/// "UN report" is the UN's: the body speaks, not the paper.
fn without_documents(phrase: &[Token<'_>]) -> String {
    let mut end = phrase.len();
    while end > 1 && phrase.get(end - 1).is_some_and(|t| t.one_of(DOCUMENTS) || t.text == ".") {
        end -= 1;
    }
    let name = text_of(phrase.get(..end).unwrap_or_default());
    for ending in ["'s", "’s"] {
        if let Some(stem) = name.strip_suffix(ending) {
            return stem.to_owned();
        }
    }
    name
}

/// Whether a capital at the beginning is a name of itself: UN, U.S, NATO.
fn is_name_alone(word: &Token<'_>) -> bool {
    word.text.chars().filter(|c| c.is_uppercase()).count() > 1
}
