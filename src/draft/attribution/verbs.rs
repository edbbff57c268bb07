//! Verbs of saying.

use crate::draft::words::Token;

/// Whether this word says something, whoever its subject is.
pub(super) fn is_strong(words: &[Token<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    word.one_of(STRONG) || word.one_of(STRONG_WITH_CLAUSE) && has_clause(words, at)
}

/// Whether this word says something when its subject is known to speak.
pub(super) fn is_weak(words: &[Token<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    if word.one_of(&["found", "find", "finds"]) {
        return has_clause(words, at);
    }
    if word.one_of(&["made", "makes", "make"]) {
        let next = words.get(at + 1);
        return next.is_some_and(|t| t.one_of(&["clear", "allegations", "claims", "public"]));
    }
    if word.one_of(RELEASED) {
        let object = words.iter().skip(at + 1).take(6);
        return object.into_iter().any(|t| t.one_of(DOCUMENTS));
    }
    word.one_of(WEAK)
}

pub(super) fn is_participle(word: &Token<'_>) -> bool {
    word.one_of(&[
        "stated",
        "reported",
        "said",
        "confirmed",
        "claimed",
        "noted",
        "documented",
        "published",
        "released",
        "posted",
        "shared",
        "estimated",
        "acknowledged",
        "described",
        "supported",
        "corroborated",
        "observed",
        "alleged",
        "announced",
        "recorded",
    ])
}

/// Whether "that", a colon or a quotation follows.
fn has_clause(words: &[Token<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|t| t.is("that") || matches!(t.text, ":" | "\"" | "“"))
}

const STRONG: &[&str] = &[
    "said",
    "says",
    "say",
    "stated",
    "claimed",
    "claims",
    "told",
    "tells",
    "announced",
    "announces",
    "warned",
    "warns",
    "alleged",
    "alleges",
    "acknowledged",
    "acknowledges",
    "testified",
    "tweeted",
    "wrote",
    "writes",
    "argued",
    "argues",
    "denied",
    "denies",
    "insisted",
    "insists",
    "confirmed",
    "confirms",
    "reported",
    "asserted",
    "asserts",
    "declared",
    "declares",
    "admitted",
    "admits",
    "accused",
    "accuses",
    "believe",
    "believes",
    "believed",
];

/// Nouns as often as verbs: "the state", "reports", "claim".
const STRONG_WITH_CLAUSE: &[&str] =
    &["state", "states", "report", "reports", "claim", "confirm", "warn", "argue"];

const WEAK: &[&str] = &[
    "showed",
    "shows",
    "show",
    "shown",
    "suggested",
    "suggests",
    "suggest",
    "indicated",
    "indicates",
    "indicate",
    "revealed",
    "reveals",
    "reveal",
    "estimated",
    "estimates",
    "estimate",
    "promised",
    "promises",
    "noted",
    "notes",
    "note",
    "added",
    "adds",
    "explained",
    "explains",
    "concluded",
    "concludes",
    "conclude",
    "assessed",
    "assesses",
    "described",
    "describes",
    "documented",
    "recorded",
    "observed",
];

const RELEASED: &[&str] =
    &["released", "releases", "published", "publishes", "posted", "posts", "shared", "issued"];

const DOCUMENTS: &[&str] = &[
    "report",
    "reports",
    "statement",
    "video",
    "videos",
    "footage",
    "photo",
    "photos",
    "photographs",
    "images",
    "imagery",
    "document",
    "documents",
    "study",
    "data",
    "figures",
    "findings",
    "message",
    "thread",
    "recording",
];
