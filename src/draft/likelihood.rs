//! Terms of likelihood in a judgement, and the yardsticks that they fit.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Token, tokens};
use crate::yardstick::Yardstick;

/// The terms of likelihood of one statement.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// Terms of a yardstick, as the yardsticks write them.
    pub(super) found: Vec<(String, Range<usize>)>,
    /// Words of likelihood that are no term: denied, compared, or of no yardstick.
    pub(super) unread: Vec<Range<usize>>,
}

/// Reads the terms of a stretch of text, the longest first: "highly likely" is one term.
pub(super) fn terms(text: &str, range: Range<usize>) -> Terms {
    let words = tokens(text, range);
    let mut terms = Terms::default();
    let mut at = 0;
    while at < words.len() {
        let Some(length) = term_at(&words, at) else {
            at += 1;
            continue;
        };
        let place = words[at].at..words[at + length - 1].end();
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let denied = before.is_some_and(|t| t.one_of(&["not", "neither", "nor"]));
        let compared = before.is_some_and(|t| t.one_of(&["more", "most", "less", "least", "as"]));
        if denied || compared && length == 1 || is_doubtful(&words, at, length) {
            let from = before.filter(|_| denied || compared).map_or(place.start, |t| t.at);
            if denied || compared {
                terms.unread.push(from..place.end);
            }
        } else {
            let written: Vec<String> =
                words[at..at + length].iter().map(|t| t.text.to_lowercase()).collect();
            terms.found.push((written.join(" "), place));
        }
        at += length;
    }
    terms
}

/// How many words from here are the longest term of any yardstick.
fn term_at(words: &[Token<'_>], at: usize) -> Option<usize> {
    static KNOWN: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(known);
    let first = words.get(at)?.text.to_lowercase();
    let candidates = KNOWN.get(&first)?;
    let fits = |term: &&Vec<String>| {
        term.iter().zip(at..).all(|(part, at)| words.get(at).is_some_and(|word| word.is(part)))
    };
    candidates.iter().find(fits).map(Vec::len)
}

/// The terms of every built-in yardstick by their first word, the longest first.
fn known() -> HashMap<String, Vec<Vec<String>>> {
    let mut known: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for term in Yardstick::builtins().iter().flat_map(Yardstick::terms) {
        let names = std::iter::once(term.label()).chain(term.synonyms().iter().map(String::as_str));
        for name in names {
            let parts: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
            if let Some(first) = parts.first() {
                known.entry(first.clone()).or_default().push(parts);
            }
        }
    }
    for terms in known.values_mut() {
        terms.sort_by_key(|parts| std::cmp::Reverse(parts.len()));
        terms.dedup();
    }
    known
}

/// Single words that are terms of a yardstick and mean something else far more often: "certain
/// groups", "a remote area". They count only where the sentence predicates them.
fn is_doubtful(words: &[Token<'_>], at: usize, length: usize) -> bool {
    const OTHERWISE: &[&str] = &["certain", "certainty", "impossible", "impossibility", "remote"];
    let Some(word) = words.get(at) else { return true };
    let predicated = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
        before.one_of(&["is", "are", "was", "were", "remains", "seems", "be"])
    }) && words.get(at + 1).is_some_and(|next| next.is("that") || !next.is_word());
    length == 1 && word.one_of(OTHERWISE) && !predicated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        terms(text, 0..text.len()).found.into_iter().map(|(term, _)| term).collect()
    }

    #[test]
    fn the_longest_term_is_the_term() {
        assert_eq!(found("It is highly likely that"), ["highly likely"]);
        assert_eq!(found("It will Almost  Certainly"), ["almost certainly"]);
        assert_eq!(
            found("a realistic possibility, and probably"),
            ["realistic possibility", "probably"]
        );
        assert_eq!(found("unlikely"), ["unlikely"]);
        assert_eq!(found("more likely than not"), ["more likely than not"]);
    }

    #[test]
    fn words_that_only_look_like_terms_are_none() {
        for text in [
            "certain groups in a remote area",
            "the most likely origin",
            "not likely to",
            "less likely",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert_eq!(terms("the most likely origin", 0..22).unread.first(), Some(&(4..15)));
    }
}
