//! The phrase that is the subject of a verb, found from the signs and small words around it.

use std::ops::Range;

use crate::draft::words::Token;

/// The longest phrase that is taken for a speaker, in words.
const LONGEST: usize = 12;

/// The subject of the verb at this place.
pub(in crate::draft) fn subject(words: &[Token<'_>], verb: usize) -> Option<Range<usize>> {
    subject_and_name(words, verb).map(|(phrase, name)| name.unwrap_or(phrase))
}

/// The subject of a verb, and the name that stands beside it between commas.
pub(super) fn subject_and_name(
    words: &[Token<'_>],
    verb: usize,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let end = before_helpers(words, verb)?;
    let last = words.get(end.checked_sub(1)?)?;
    if last.one_of(&["who", "which", "that"]) {
        let end = skip_comma(words, end - 1);
        return Some((bounded(words, end)?, None));
    }
    if last.text != "," {
        return Some((bounded(words, end)?, None));
    }
    // "the report, released in May, found": what stands between the commas is an aside.
    let inner = end - 1;
    let open = (inner.saturating_sub(LONGEST)..inner).rev().find(|at| words[*at].text == ",")?;
    let aside = open + 1..inner;
    let phrase = bounded(words, open)?;
    let is_name =
        (2..=4).contains(&aside.len()) && words[aside.clone()].iter().all(Token::is_capital);
    Some((phrase, is_name.then_some(aside)))
}

/// The phrase that begins here: "according to ...", "... stated by ...".
pub(super) fn after(words: &[Token<'_>], start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while let Some(word) = words.get(end) {
        let stop = end - start >= LONGEST
            || !word.is_word() && !matches!(word.text, "." | "‘" | "’" | "'" | "&")
            || word.text == "." && words.get(end + 1).is_none_or(|next| !next.is_capital())
            || bounds(words, end)
            || end > start && (word.one_of(HELPERS) || word.one_of(&["in", "on", "to", "from"]));
        if stop {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// Whether the verb at this place stands in the passive: "was said", "are reported".
pub(super) fn is_passive(words: &[Token<'_>], verb: usize) -> bool {
    let before = words.get(..verb).unwrap_or_default().iter().rev();
    before.take(3).take_while(|t| t.one_of(PASSIVE) || t.one_of(ADVERBS)).any(|t| t.one_of(PASSIVE))
}

/// Steps back over "has also recently"; nothing when the verb is denied.
fn before_helpers(words: &[Token<'_>], verb: usize) -> Option<usize> {
    let mut end = verb;
    while let Some(word) = end.checked_sub(1).and_then(|at| words.get(at)) {
        if word.one_of(&["not", "never", "cannot", "refused", "nor"])
            || word.text.ends_with("n't")
            || word.text.ends_with("n’t")
        {
            return None;
        }
        let adverb = word.text.len() > 4 && word.text.ends_with("ly");
        if !(word.one_of(HELPERS) || word.one_of(ADVERBS) || adverb) {
            break;
        }
        end -= 1;
    }
    Some(end)
}

fn skip_comma(words: &[Token<'_>], end: usize) -> usize {
    let comma = end.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|t| t.text == ",");
    end - usize::from(comma)
}

/// The phrase that ends here, back to what cannot be within it.
fn bounded(words: &[Token<'_>], end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while let Some(at) = start.checked_sub(1) {
        let word = words.get(at)?;
        let sign = !word.is_word() && !matches!(word.text, "." | "‘" | "’" | "'" | "&");
        let stop = word.text == "."
            && words.get(start).is_some_and(Token::is_capital)
            && !abbreviates(words, at);
        if sign || stop || bounds(words, at) {
            break;
        }
        start = at;
        if end - start > LONGEST {
            return None;
        }
    }
    while start < end && words.get(start).is_some_and(|t| t.one_of(OPENERS) || !t.is_word()) {
        start += 1;
    }
    // "In May 2023 the UN said": a phrase does not begin with a preposition.
    if words.get(start).is_some_and(|t| t.one_of(PREPOSITIONS)) {
        let inner = (start + 1..end).rev().find(|at| {
            words[*at].one_of(&["the", "a", "an", "some"]) || words[*at].number().is_some()
        })?;
        start = if words[inner].number().is_some() { inner + 1 } else { inner };
    }
    (start < end).then_some(start..end)
}

fn abbreviates(words: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|t| {
        t.text.contains('.') || t.one_of(&["Dr", "Mr", "Mrs", "Ms", "Gen", "Prof", "St", "Sen"])
    })
}

/// Whether this word cannot stand within a name: not the "and" of "CIA and FBI", not "WHO".
fn bounds(words: &[Token<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.one_of(BOUNDS) && word.text != "WHO" && !(word.is("and") && joins_names(words, at))
    })
}

fn joins_names(words: &[Token<'_>], and: usize) -> bool {
    let capital =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(Token::is_capital);
    capital(and.checked_sub(1)) && capital(Some(and + 1))
}

const BOUNDS: &[&str] = &[
    "that", "which", "who", "while", "but", "although", "though", "because", "as", "if", "when",
    "where", "and", "or", "by", "than", "since", "before", "whether", "however", "with", "it",
    "there", "what",
];

const HELPERS: &[&str] =
    &["has", "have", "had", "having", "do", "does", "did", "would", "could", "will", "is", "are"];

const ADVERBS: &[&str] =
    &["also", "further", "since", "now", "then", "even", "instead", "later", "first", "again"];

const PASSIVE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "gets"];

const OPENERS: &[&str] = &[
    "however",
    "furthermore",
    "moreover",
    "meanwhile",
    "similarly",
    "additionally",
    "therefore",
    "finally",
    "likewise",
    "thus",
    "still",
    "also",
    "then",
    "yesterday",
    "today",
    "indeed",
];

const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "at",
    "after",
    "during",
    "for",
    "from",
    "following",
    "under",
    "of",
    "until",
    "amid",
];
