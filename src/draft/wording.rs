//! Judgements without a label, by their wording: "We assess that ...", "... is highly likely".

use super::attribution::{attribute, subject};
use super::evidence::Sentence;
use super::likelihood;
use super::words::Token;

/// Whether a sentence concludes something in the name of the report.
pub(super) fn is_judgement(text: &str, sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    if words.iter().filter(|t| t.is_word()).take(4).count() < 4 {
        return false;
    }
    if (0..words.len()).any(|at| words[at].one_of(VERBS) && is_ours(words, at)) {
        return true;
    }
    let likely = !likelihood::terms(text, sentence.range.clone()).found.is_empty();
    likely && sentence.citations.is_empty() && attribute(words).is_none()
}

/// Whether the verb's subject is the authors or one of those who share the report.
fn is_ours(words: &[Token<'_>], verb: usize) -> bool {
    let Some(subject) = subject(words, verb).and_then(|subject| words.get(subject)) else {
        return false;
    };
    subject.iter().any(|t| t.one_of(BODIES))
}

const VERBS: &[&str] = &[
    "assess",
    "assesses",
    "assessed",
    "judge",
    "judges",
    "judged",
    "estimate",
    "estimates",
    "believe",
    "believes",
    "think",
    "thinks",
    "conclude",
];

const BODIES: &[&str] = &[
    "we",
    "ic",
    "jic",
    "agency",
    "agencies",
    "community",
    "cia",
    "fbi",
    "nsa",
    "dia",
    "committee",
    "gchq",
    "mi6",
    "mi5",
];
