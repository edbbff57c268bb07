//! Assumptions, the indicators that would speak against them, gaps, and what the report says of
//! its sources.

use std::ops::Range;

use super::words::{Token, trim};

/// What a sentence adds to the report, with the stretch that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    Assumption(Range<usize>),
    Indicator(Range<usize>),
    Gap(Range<usize>),
    SourceBase(Range<usize>),
}

/// What this sentence is, if it is one of these.
pub(super) fn read(text: &str, sentence: &Range<usize>, words: &[Token<'_>]) -> Option<Outlook> {
    let end = stop(text, sentence);
    let from =
        |at: usize| Some(trim(text, words.get(at)?.at..end)).filter(|range| !range.is_empty());
    let assumed = words.iter().position(|t| {
        t.text.len() >= 6 && t.text.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("assum"))
    });
    if let Some(seen) = indicator(words) {
        return from(seen).map(Outlook::Indicator);
    }
    if let Some(at) = assumed
        && let Some(begin) = assumption(words, at)
    {
        return from(begin).map(Outlook::Assumption);
    }
    if is_gap(words) {
        return Some(Outlook::Gap(trim(text, sentence.clone())));
    }
    is_source_base(words).then(|| Outlook::SourceBase(trim(text, sentence.clone())))
}

/// The sentence without its full stop, which would stand oddly in a statement.
fn stop(text: &str, sentence: &Range<usize>) -> usize {
    let part = text.get(sentence.clone()).unwrap_or_default();
    sentence.start + part.trim_end().trim_end_matches('.').len()
}

/// "Were this assumption proven to be incorrect, we would likely see ...": where what would be
/// seen begins.
fn indicator(words: &[Token<'_>]) -> Option<usize> {
    let wrong = words.iter().position(|t| {
        t.one_of(&[
            "wrong",
            "incorrect",
            "false",
            "invalid",
            "mistaken",
            "disproven",
            "disproved",
            "unfounded",
        ]) || t.is("longer")
    })?;
    let about = words.get(..wrong)?.iter().any(|t| {
        t.one_of(&[
            "assumption",
            "assumptions",
            "judgement",
            "judgment",
            "assessment",
            "this",
            "we",
        ])
    });
    let condition = words
        .get(..wrong)?
        .iter()
        .any(|t| t.one_of(&["were", "if", "should", "when", "indicate", "that"]));
    let seen =
        words.iter().skip(wrong).position(|t| {
            t.one_of(&["see", "observe", "expect", "include", "includes", "notice"])
        })? + wrong;
    if !about || !condition {
        return None;
    }
    let mut begin = seen + 1;
    while words.get(begin).is_some_and(|t| t.one_of(&["to", "see", "observe", "that", ":"])) {
        begin += 1;
    }
    Some(begin)
}

/// Where what is assumed begins.
fn assumption(words: &[Token<'_>], at: usize) -> Option<usize> {
    let word = words.get(at)?;
    let noun = word.one_of(&["assumption", "assumptions"]);
    let denied = at
        .checked_sub(1)
        .and_then(|b| words.get(b))
        .is_some_and(|t| t.one_of(&["not", "cannot", "never"]));
    if denied {
        return None;
    }
    let near = words.iter().enumerate().skip(at + 1).take(if noun { 8 } else { 2 });
    for (next, t) in near {
        if t.is("that") || t.text == ":" {
            return Some(next + 1);
        }
    }
    let verb = word.one_of(&["assume", "assumes", "assumed", "assuming"]);
    let ours = words
        .get(..at)?
        .iter()
        .rev()
        .take(4)
        .any(|t| t.one_of(&["we", "judgement", "judgment", "assessment", "analysis", "this"]));
    (verb && ours).then_some(at + 1)
}

fn is_gap(words: &[Token<'_>]) -> bool {
    let pair = |first: &[&str], second: &[&str], reach: usize| {
        words.iter().enumerate().any(|(at, t)| {
            t.one_of(first) && words.iter().skip(at + 1).take(reach).any(|t| t.one_of(second))
        })
    };
    pair(
        &["reduce", "reduces", "narrow", "lower", "resolve", "lessen"],
        &["uncertainty", "uncertainties"],
        5,
    ) || pair(
        &["intelligence", "information", "knowledge", "collection", "reporting"],
        &["gap", "gaps"],
        1,
    ) || pair(&["we"], &["lack"], 2)
        || pair(&["we"], &["know"], 3)
            && pair(&["do", "not"], &["know"], 2)
            && words.iter().any(|t| t.is("not"))
        || pair(&["increase", "raise", "strengthen"], &["confidence"], 3)
            && words.iter().any(|t| t.is("would"))
}

fn is_source_base(words: &[Token<'_>]) -> bool {
    let about = words
        .iter()
        .take(6)
        .any(|t| t.one_of(&["analysis", "assessment", "report", "we", "judgements", "judgments"]));
    let based = words
        .iter()
        .take(12)
        .any(|t| t.one_of(&["based", "rests", "relies", "draws", "drew", "relied"]));
    let named = words.iter().any(|t| {
        t.one_of(&[
            "reporting",
            "sources",
            "documentation",
            "media",
            "imagery",
            "intelligence",
            "interviews",
            "studies",
        ])
    });
    about && based && named
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    fn said(text: &str) -> Option<(&'static str, &str)> {
        let whole = 0..text.len();
        let (name, range) = match read(text, &whole, &tokens(text, whole.clone()))? {
            Outlook::Assumption(range) => ("assumption", range),
            Outlook::Indicator(range) => ("indicator", range),
            Outlook::Gap(range) => ("gap", range),
            Outlook::SourceBase(range) => ("sources", range),
        };
        Some((name, &text[range]))
    }

    #[test]
    fn outlook_sentences_are_recognised() {
        for (text, expected) in [
            (
                "For KJ-3, we are assuming that the port stays open.",
                ("assumption", "the port stays open"),
            ),
            (
                "This judgement rests on the assumption that no one strikes.",
                ("assumption", "no one strikes"),
            ),
            ("Key assumption: the ice melts early.", ("assumption", "the ice melts early")),
            ("We assume the ice melts early.", ("assumption", "the ice melts early")),
            (
                "Were this assumption to prove wrong, we would likely see ships turn back.",
                ("indicator", "ships turn back"),
            ),
            (
                "If this assumption is incorrect, we would expect to see strikes.",
                ("indicator", "strikes"),
            ),
            (
                "Insight into the owner’s plans would reduce uncertainty.",
                ("gap", "Insight into the owner’s plans would reduce uncertainty."),
            ),
            ("We lack reporting from the north.", ("gap", "We lack reporting from the north.")),
            (
                "Our analysis is primarily based on press reporting and social media.",
                ("sources", "Our analysis is primarily based on press reporting and social media."),
            ),
        ] {
            assert_eq!(said(text), Some(expected), "{text}");
        }
        for text in ["The minister assumed office in May.", "The gap closed.", "We see ships."] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
