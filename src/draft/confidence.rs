//! Stated confidence: which level, in which judgement, and who holds it.

use std::ops::Range;

use super::attribution::subject;
use super::label::references;
use super::words::Token;
use crate::report::Confidence;

/// A level of confidence that a sentence states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) level: Confidence,
    /// The words that state it, as bytes of the document.
    pub(super) range: Range<usize>,
    /// Who holds it, when it is not the authors as a whole.
    pub(super) holder: Option<String>,
    /// The keys of the judgements that it names.
    pub(super) keys: Vec<String>,
    /// Whether it is said of every judgement.
    pub(super) all: bool,
}

/// The levels that a sentence states, in order.
pub(super) fn stated(words: &[Token<'_>]) -> Vec<Stated> {
    let places: Vec<(usize, usize, Confidence)> =
        (0..words.len()).filter_map(|at| level_at(words, at)).collect();
    let named = references(words);
    let mut found: Vec<Stated> = Vec::new();
    let mut next_name = 0;
    let mut holder = None;
    for (nth, &(start, end, level)) in places.iter().enumerate() {
        if found.last().is_some_and(|last| words[start].at < last.range.end) {
            continue;
        }
        match held_by(words, start) {
            Some(Held::ByAuthors) => holder = None,
            Some(Held::By(one)) => holder = Some(one),
            None => {}
        }
        // "confidence in KJ-2 is high" names before the level, everything else behind it.
        let until = places.get(nth + 1).map_or(words.len(), |next| next.0);
        let mut keys = Vec::new();
        while let Some((at, key)) = named.get(next_name).filter(|(at, _)| *at < until) {
            let _ = at;
            if !keys.contains(key) {
                keys.push(key.clone());
            }
            next_name += 1;
        }
        let all = words[end..until.max(end)].iter().take(6).zip(words[end..].iter().skip(1)).any(
            |(all, next)| {
                all.one_of(&["all", "both", "each", "every"])
                    && next.one_of(&[
                        "judgements",
                        "judgments",
                        "key",
                        "of",
                        "our",
                        "the",
                        "three",
                        "two",
                        "four",
                        "five",
                        "judgement",
                        "judgment",
                        "these",
                    ])
            },
        );
        found.push(Stated {
            level,
            range: words[start].at..words[end - 1].end(),
            holder: holder.clone(),
            keys,
            all,
        });
    }
    found
}

/// A reservation without a level: "two agencies believe there is not enough evidence".
pub(super) fn reservation(words: &[Token<'_>]) -> Option<(String, Range<usize>)> {
    const VERBS: &[&str] = &[
        "believe",
        "believes",
        "assess",
        "assesses",
        "judge",
        "judges",
        "disagree",
        "disagrees",
        "dissent",
        "dissents",
        "dissented",
        "disagreed",
        "hold",
        "holds",
    ];
    (0..words.len()).find_map(|at| {
        if !words[at].one_of(VERBS) {
            return None;
        }
        let holder = words.get(subject(words, at)?)?;
        let few = holder.iter().any(|t| t.one_of(MINORITY));
        let body = holder.iter().any(|t| t.one_of(MEMBERS));
        let clause = at + 1..words.len().min(at + 60);
        let end = words[clause].iter().take_while(|t| t.text != ";").last()?.end();
        (few && body).then(|| (text(holder), holder.first().map_or(0, |t| t.at)..end))
    })
}

/// Confidence or certainty of which the sentence gives no level: the word's place.
pub(super) fn unread(words: &[Token<'_>]) -> Option<Range<usize>> {
    if (0..words.len()).any(|at| level_at(words, at).is_some()) {
        return None;
    }
    let graded = words.iter().any(|t| {
        t.one_of(&[
            "level",
            "levels",
            "degree",
            "highest",
            "lowest",
            "greater",
            "less",
            "considerable",
            "full",
            "little",
            "limited",
            "very",
        ])
    });
    let word = words.iter().find(|t| t.one_of(&["confidence", "certainty"]))?;
    graded.then(|| word.at..word.end())
}

/// "high confidence", "\"moderate\" confidence", "confidence: low", "confidence ... is high":
/// where the words begin and end.
fn level_at(words: &[Token<'_>], at: usize) -> Option<(usize, usize, Confidence)> {
    const REACH: usize = 10;
    let word = words.get(at)?;
    if let Some(level) = level(word) {
        let mut next = at + 1;
        while words.get(next).is_some_and(|t| {
            matches!(t.text, "\"" | "”" | "’" | "'" | "-")
                || t.one_of(&["analytic", "analytical", "levels", "level", "of"])
        }) && next < at + 5
        {
            next += 1;
        }
        return words.get(next)?.is("confidence").then_some((at, next + 1, level));
    }
    if word.text.len() > 11 && word.text.to_ascii_lowercase().ends_with("-confidence") {
        let name = word.text.get(..word.text.len() - "-confidence".len())?;
        return Some((at, at + 1, level_named(name)?));
    }
    if !word.is("confidence") {
        return None;
    }
    // Behind the word: a colon or a form of "to be" leads to the level.
    let mut linked = false;
    for next in at + 1..(at + REACH).min(words.len()) {
        let here = &words[next];
        linked |= matches!(here.text, ":" | "=" | "–" | "—")
            || here.one_of(&["is", "are", "was", "remains"]);
        if let Some(level) = level(here).filter(|_| linked) {
            let own = words.get(next + 1).is_some_and(|t| t.is("confidence"));
            return (!own).then_some((at, next + 1, level));
        }
        if matches!(here.text, "." | ";" | ",") {
            return None;
        }
    }
    None
}

fn level(word: &Token<'_>) -> Option<Confidence> {
    level_named(word.text)
}

fn level_named(name: &str) -> Option<Confidence> {
    match name.to_ascii_lowercase().as_str() {
        "high" => Some(Confidence::High),
        "moderate" | "medium" => Some(Confidence::Moderate),
        "low" => Some(Confidence::Low),
        _ => None,
    }
}

/// Who holds a level.
enum Held {
    ByAuthors,
    By(String),
}

/// Who holds the level that begins at `start`: the subject of the verb before it. Nobody when
/// there is no verb: as in the clause before.
fn held_by(words: &[Token<'_>], start: usize) -> Option<Held> {
    const VERBS: &[&str] = &[
        "assess",
        "assesses",
        "assessed",
        "judge",
        "judges",
        "judged",
        "have",
        "has",
        "had",
        "hold",
        "holds",
        "held",
        "express",
        "expresses",
        "expressed",
        "believe",
        "believes",
        "believed",
        "place",
        "places",
        "placed",
        "estimate",
        "estimates",
        "stated",
        "state",
        "concluded",
    ];
    const REACH: usize = 12;
    let from = start.saturating_sub(REACH);
    let verb = (from..start)
        .rev()
        .take_while(|at| !matches!(words[*at].text, ";" | "—" | "." | ":"))
        .find(|at| words[*at].one_of(VERBS))?;
    let holder = words.get(subject(words, verb)?)?;
    let authors = holder.iter().any(|t| t.one_of(AUTHORS))
        || holder.iter().any(|t| t.is("community"))
        || holder.len() == 1 && !holder[0].is_capital();
    Some(if authors { Held::ByAuthors } else { Held::By(text(holder)) })
}

fn text(words: &[Token<'_>]) -> String {
    let from = usize::from(words.len() > 1 && words[0].one_of(&["the", "a", "an"]));
    let mut text = String::new();
    let mut end = None;
    for word in &words[from..] {
        if end.is_some_and(|end| end < word.at) {
            text.push(' ');
        }
        text.push_str(word.text);
        end = Some(word.end());
    }
    text
}

/// Those who speak for the report as a whole.
const AUTHORS: &[&str] =
    &["we", "i", "our", "ic", "jic", "most", "report", "assessment", "authors", "committee", "all"];

const MINORITY: &[&str] = &[
    "one", "two", "three", "four", "some", "several", "few", "minority", "another", "other",
    "others", "single",
];

const MEMBERS: &[&str] = &[
    "agency",
    "agencies",
    "element",
    "elements",
    "member",
    "members",
    "analyst",
    "analysts",
    "participant",
    "participants",
    "service",
    "services",
];

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>, String)> {
        stated(&tokens(text, 0..text.len()))
            .into_iter()
            .map(|one| (one.level.to_string(), one.holder, one.keys.join(" ")))
            .collect()
    }

    fn own(level: &str, keys: &str) -> (String, Option<String>, String) {
        (level.to_owned(), None, keys.to_owned())
    }

    #[test]
    fn a_list_of_levels_goes_to_its_judgements() {
        assert_eq!(
            read(
                "We have high confidence in KJ-2, moderate confidence in KJ-1 and KJ-4, and low confidence in KJ-3."
            ),
            [own("high", "2"), own("moderate", "1 4"), own("low", "3")]
        );
        assert_eq!(read("Our confidence in Key Judgement 2 is low."), [own("low", "2")]);
        assert_eq!(read("Confidence level: Moderate"), [own("moderate", "")]);
        assert_eq!(read("This is a high-confidence judgement"), [own("high", "")]);
    }

    #[test]
    fn whoever_differs_holds_a_level_of_their_own() {
        let found = read(
            "We assess with high confidence that it did; one agency assesses with moderate confidence that it did not.",
        );
        assert_eq!(found[0], own("high", ""));
        assert_eq!(found[1].1.as_deref(), Some("one agency"));
        let found = read(
            "the A Office and the B Office assessed with \"high confidence\" and the C Office assessed with \"moderate confidence\"",
        );
        assert_eq!(found[1].1.as_deref(), Some("C Office"), "{found:?}");
        assert_eq!(read("Most agencies assess with low confidence that it did")[0].1, None);
    }

    #[test]
    fn reservations_and_unread_levels_are_seen() {
        let text = "however, two agencies believe there is not enough evidence";
        let found = reservation(&tokens(text, 0..text.len()));
        assert_eq!(found.map(|(holder, _)| holder).as_deref(), Some("two agencies"));
        let text = "made with the highest possible level of certainty";
        assert!(unread(&tokens(text, 0..text.len())).is_some());
    }
}
