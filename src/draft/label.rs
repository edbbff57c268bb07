//! The labels that order an assessment: "KJ-1:", "a.", "Analytical Summary".

use super::words::{Token, tokens};

/// "KJ-1:", "Key Judgement A -", "Assessment 2 (moderate confidence):".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// What tells it from the others: a number, a letter.
    pub(super) key: String,
    /// Where the statement begins, in bytes of the block.
    pub(super) rest: usize,
}

/// What opens an entry: "a.", "(b)", "3)", a bullet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    /// Where its text begins, in bytes of the block.
    pub(super) rest: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Letter(char),
    Number(u64),
    Bullet,
}

/// What a heading opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Judgements,
    Summary,
    Assumptions,
    Indicators,
    Gaps,
    /// The evidence of the judgement above: it goes on.
    Evidence,
    Background,
    Notes,
    Furniture,
}

/// The label of a judgement at the beginning of a block.
pub(super) fn head(block: &str) -> Option<Head> {
    let words = tokens(block, 0..opening(block));
    let mut at = 0;
    // A marker may stand before the label.
    while words.get(at).is_some_and(|t| matches!(t.text, "•" | "*" | "-" | "–" | "\u{FEFF}")) {
        at += 1;
    }
    let first = words.get(at)?;
    let key = first.is("key") || first.is("principal") || first.is("main");
    let noun = if key { words.get(at + 1)? } else { first };
    let spelt = noun.one_of(&["judgement", "judgment", "assessment", "finding"]);
    let (id, next, short) = if spelt {
        let mut next = at + usize::from(key) + 1;
        if words.get(next).is_some_and(|t| matches!(t.text, "#" | "-") || t.is("no")) {
            next += 1;
        }
        (words.get(next)?.text.to_owned(), next + 1, false)
    } else if first.text == "KJ" {
        let next = at + 1 + usize::from(words.get(at + 1).is_some_and(|t| t.text == "#"));
        (words.get(next)?.text.to_owned(), next + 1, true)
    } else {
        let id = first.text.strip_prefix("KJ")?.trim_start_matches(['-', '\u{2011}']);
        (id.to_owned(), at + 1, true)
    };
    let key = judgement_key(&id)?;
    let mut next = next;
    // A remark in brackets, as "(moderate confidence)".
    if words.get(next).is_some_and(|t| matches!(t.text, "(" | "[")) {
        let close = words.iter().skip(next).take(16).position(|t| matches!(t.text, ")" | "]"))?;
        next += close + 1;
    }
    let rest = match words.get(next) {
        None => return Some(Head { key, rest: block.len() }),
        Some(t) if matches!(t.text, ":" | "." | "-" | "–" | "—" | ")" | "|") => t.end(),
        Some(t) if block.get(..t.at).is_some_and(|before| before.ends_with('\n')) => t.at,
        Some(t) if short && t.is_capital() => t.at,
        Some(_) => return None,
    };
    Some(Head { key, rest })
}

/// A number, a letter or a small Roman numeral, in one form.
pub(super) fn judgement_key(id: &str) -> Option<String> {
    let id = id.trim_end_matches('.');
    let number = !id.is_empty() && id.len() <= 3 && id.bytes().all(|b| b.is_ascii_digit());
    if number {
        return id.parse::<u32>().ok().map(|number| number.to_string());
    }
    let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let letter = id.len() == 1 && id.bytes().all(|b| b.is_ascii_uppercase());
    (letter || roman.contains(&id)).then(|| id.to_owned())
}

/// What opens an entry, when something follows it.
pub(super) fn marker(block: &str) -> Option<Marker> {
    let first = block.chars().next()?;
    if matches!(first, '•' | '*' | '-' | '–' | '—' | '·' | '▪' | '◦' | '●' | '‣' | '■')
    {
        let after = first.len_utf8();
        let spaced = block.get(after..)?.starts_with([' ', '\t', '\u{A0}']);
        let rest = after + leading(block.get(after..)?);
        return (spaced && rest < block.len()).then_some(Marker { style: Style::Bullet, rest });
    }
    let open = usize::from(matches!(first, '(' | '['));
    let body = block.get(open..)?;
    let length = body.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let id = body.get(..length)?;
    let close = body.get(length..)?.chars().next()?;
    let closed = matches!((open, close), (1, ')' | ']') | (0, ')' | '.'));
    let after = open + length + 1;
    let spaced = block.get(after..)?.starts_with([' ', '\t', '\u{A0}']);
    let rest = after + leading(block.get(after..)?);
    if !closed || !spaced || rest >= block.len() {
        return None;
    }
    let mut letters = id.chars();
    let style = match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            Style::Letter(letter.to_ascii_lowercase())
        }
        _ => Style::Number(id.parse().ok()?),
    };
    Some(Marker { style, rest })
}

/// What a short line opens, when it is a heading that assessments use.
pub(super) fn section(block: &str) -> Option<Section> {
    const LONGEST: usize = 60;
    if block.len() > LONGEST || block.contains('\n') {
        return None;
    }
    let line: String = block
        .trim()
        .trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '#' | ' ' | '\u{FEFF}')
        })
        .trim_end_matches([':', '.', ' '])
        .to_lowercase()
        .replace("judgment", "judgement");
    let named = SECTIONS.iter().find(|(_, names)| names.contains(&line.as_str()));
    named.map(|(section, _)| *section)
}

/// The judgements that a stretch of words names: "KJ-1 and KJ-3", "Key Judgement A".
pub(super) fn references(words: &[Token<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let joined = word.stem().strip_prefix("KJ").filter(|id| !id.is_empty() && *id != "s");
        if let Some(key) =
            joined.and_then(|id| judgement_key(id.trim_start_matches(['-', '\u{2011}'])))
        {
            found.push((at, key));
        } else if word.one_of(&["KJ", "KJs", "judgement", "judgment", "judgements", "judgments"]) {
            // "judgements 1, 2 and 3"
            let mut next = at + 1;
            while let Some(key) = words.get(next).and_then(|t| judgement_key(t.stem())) {
                if key == "I" || key == "A" && !words.get(next).is_some_and(Token::is_capital) {
                    break;
                }
                found.push((next, key));
                next += 1;
                while words.get(next).is_some_and(|t| t.one_of(&[",", "and", "&"]))
                    && words.get(next + 1).is_some_and(|t| judgement_key(t.stem()).is_some())
                {
                    next += 1;
                }
            }
            at = next.max(at + 1) - 1;
        }
        at += 1;
    }
    found
}

/// Headings that open a section, without their numbers and with the British spelling.
const SECTIONS: &[(Section, &[&str])] = &[
    (
        Section::Judgements,
        &[
            "key judgements",
            "judgements",
            "key assessments",
            "key findings",
            "principal judgements",
            "main judgements",
            "key judgement",
            "assessments",
            "our judgements",
            "key takeaways",
        ],
    ),
    (
        Section::Summary,
        &[
            "analytical summary",
            "analytic summary",
            "summary",
            "analyst comment",
            "confidence",
            "conclusion",
            "conclusions",
            "statement of confidence",
            "analytic confidence",
            "confidence statement",
            "analytical confidence",
            "outlook",
            "source summary",
            "source summary statement",
            "sources and confidence",
            "dissent",
            "dissenting views",
            "alternative views",
            "caveats",
        ],
    ),
    (Section::Assumptions, &["assumptions", "key assumptions", "assumption", "key assumption"]),
    (
        Section::Indicators,
        &[
            "indicators",
            "key indicators",
            "signposts",
            "indicators and warnings",
            "indicators of change",
            "what to watch",
        ],
    ),
    (
        Section::Gaps,
        &[
            "gaps",
            "intelligence gaps",
            "information gaps",
            "knowledge gaps",
            "key intelligence gaps",
            "collection gaps",
            "what we do not know",
        ],
    ),
    (
        Section::Evidence,
        &[
            "evidence",
            "reporting",
            "supporting evidence",
            "basis",
            "analysis",
            "discussion",
            "supporting points",
            "reasoning",
            "rationale",
        ],
    ),
    (
        Section::Background,
        &[
            "background",
            "introduction",
            "context",
            "overview",
            "executive summary",
            "scope note",
            "key facts",
        ],
    ),
    (
        Section::Notes,
        &[
            "notes",
            "footnotes",
            "endnotes",
            "references",
            "sources",
            "bibliography",
            "citations",
            "works cited",
        ],
    ),
    (
        Section::Furniture,
        &[
            "table of contents",
            "contents",
            "related content",
            "related articles",
            "related posts",
            "contact",
            "contact us",
            "share",
            "share this",
            "stay in the loop",
            "log in",
            "login",
            "sign up",
            "subscribe",
            "newsletter",
            "about the author",
            "about the authors",
            "comments",
            "leave a comment",
            "further reading",
            "you may also like",
            "read more",
            "more from",
            "tags",
            "menu",
            "navigation",
            "search",
            "follow us",
            "privacy policy",
            "disclaimer",
        ],
    ),
];

/// How far a label is looked for.
fn opening(block: &str) -> usize {
    const LONGEST: usize = 120;
    crate::draft::words::floor(block, LONGEST)
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_judgements_are_read_in_their_common_forms() {
        for (block, key, rest) in [
            ("KJ-1: It is likely", "1", "It is likely"),
            ("Key Judgement 2: x", "2", "x"),
            ("Key Judgment A - x", "A", "x"),
            ("Key Judgement 3 — x", "3", "x"),
            ("KJ 4. x", "4", "x"),
            ("KJ5 It is", "5", "It is"),
            ("Assessment 2 (moderate confidence): x", "2", "x"),
            ("• Key Judgement #1: x", "1", "x"),
            ("Key Finding II: x", "II", "x"),
            ("Key Judgement 1", "1", ""),
        ] {
            let head = head(block).unwrap_or_else(|| panic!("{block}"));
            assert_eq!((head.key.as_str(), block[head.rest..].trim()), (key, rest), "{block}");
        }
        for block in ["Judgement day came", "KJ-1 was wrong", "Key points: x", "Assessment 2 of"] {
            assert_eq!(head(block), None, "{block}");
        }
    }

    #[test]
    fn markers_need_something_to_mark() {
        assert_eq!(marker("a. Text").map(|m| m.style), Some(Style::Letter('a')));
        assert_eq!(marker("(b) Text").map(|m| m.style), Some(Style::Letter('b')));
        assert_eq!(marker("12) Text").map(|m| m.style), Some(Style::Number(12)));
        assert_eq!(marker("•\tText").map(|m| m.rest), Some(4));
        for block in ["a.", "A text", "-5 degrees", "(source) x", "29 August", "3.5 km"] {
            assert_eq!(marker(block), None, "{block}");
        }
    }

    #[test]
    fn references_name_judgements() {
        let text = "high confidence in KJ-2, Key Judgements 1, 3 and Judgement B";
        let words = tokens(text, 0..text.len());
        let keys: Vec<_> = references(&words).into_iter().map(|(_, key)| key).collect();
        assert_eq!(keys, ["2", "1", "3", "B"]);
    }
}
