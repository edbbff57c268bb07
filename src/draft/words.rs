//! Words and sentences.

use std::ops::Range;

/// A word or a sign, with its place in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Token<'_> {
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub(super) fn number(&self) -> Option<u32> {
        self.text.parse().ok()
    }

    /// Its text without a possessive ending.
    pub(super) fn stem(&self) -> &str {
        ["'s", "’s", "'", "’"]
            .iter()
            .find_map(|ending| self.text.strip_suffix(ending))
            .unwrap_or(self.text)
    }
}

/// The words and signs of a stretch of text; `U.S`, `KJ-1`, `13.06.2023` and `Mali’s` are each
/// one word.
pub(super) fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let base = range.start;
    let part = text.get(range).unwrap_or_default();
    let mut rest = part.char_indices().peekable();
    while let Some((at, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = at + first.len_utf8();
        if first.is_alphanumeric() {
            let mut last = first;
            let mut run = 1; // letters since the last joint
            while let Some(&(next_at, next)) = rest.peek() {
                let after = part.get(next_at + next.len_utf8()..).and_then(|s| s.chars().next());
                let joins = match next {
                    _ if next.is_alphanumeric() => true,
                    '\'' | '’' | '-' | '\u{2011}' | '&' => {
                        after.is_some_and(char::is_alphanumeric)
                    }
                    '.' => {
                        after.is_some_and(char::is_alphanumeric)
                            && (run == 1 || last.is_ascii_digit())
                    }
                    ',' => last.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit()),
                    _ => false,
                };
                if !joins {
                    break;
                }
                run = if next.is_alphanumeric() { run + 1 } else { 0 };
                last = next;
                end = next_at + next.len_utf8();
                rest.next();
            }
        }
        found.push(Token { text: part.get(at..end).unwrap_or_default(), at: base + at });
    }
    found
}

/// The sentences of a block. Stretches in `sealed`, which is sorted, hold no sentence's end
/// (addresses, citations); those that follow an end directly belong to the sentence before.
pub(super) fn sentences(
    text: &str,
    block: Range<usize>,
    sealed: &[Range<usize>],
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = block.start;
    let mut at = block.start;
    let mut next_seal = sealed.partition_point(|seal| seal.end <= block.start);
    while at < block.end {
        while sealed.get(next_seal).is_some_and(|seal| seal.end <= at) {
            next_seal += 1;
        }
        if let Some(seal) = sealed.get(next_seal)
            && seal.start <= at
        {
            at = seal.end;
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let after = at + character.len_utf8();
        if !matches!(character, '.' | '!' | '?' | '。' | '！' | '？') {
            at = after;
            if at - start > LONGEST_SENTENCE && character.is_whitespace() {
                found.push(start..at);
                start = at;
            }
            continue;
        }
        if character == '.' && is_abbreviation(text, start, at) {
            at = after;
            continue;
        }
        let mut end = after;
        // Closing marks, then citations that stand behind the full stop.
        loop {
            let rest = text.get(end..block.end).unwrap_or_default();
            let closed: usize = rest
                .chars()
                .take_while(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '.' | '»'))
                .map(char::len_utf8)
                .sum();
            end += closed;
            let space = rest[closed..].len() - rest[closed..].trim_start().len();
            let seal = sealed.iter().skip(next_seal).take(64).find(|seal| seal.end > end);
            match seal {
                Some(seal) if seal.start <= end + space && seal.end <= block.end => end = seal.end,
                _ if closed == 0 => break,
                _ => {}
            }
        }
        let rest = text.get(end..block.end).unwrap_or_default();
        let trimmed = rest.trim_start();
        let wide = matches!(character, '。' | '！' | '？');
        let opens = trimmed.chars().next().is_none_or(|c| {
            c.is_uppercase() || c.is_numeric() || !c.is_alphabetic() || !c.is_lowercase()
        });
        if (wide || rest.len() > trimmed.len() || trimmed.is_empty()) && opens {
            found.push(start..end);
            start = end + (rest.len() - trimmed.len());
            at = start;
        } else {
            at = end.max(after);
        }
    }
    if start < block.end {
        found.push(start..block.end);
    }
    found
        .retain(|range| text.get(range.clone()).is_some_and(|s| s.contains(char::is_alphanumeric)));
    found
}

/// Where a stretch without a full stop is cut: no claim of an item is longer.
const LONGEST_SENTENCE: usize = 4000;

/// A stretch without the white space around it.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// The last place up to `at` that is between two characters.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The first place from `at` on that is between two characters.
pub(super) fn ceil(text: &str, at: usize) -> usize {
    (at..text.len().min(at.saturating_add(4)))
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// The text with runs of white space as one space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether the full stop at `at` belongs to the word before it.
fn is_abbreviation(text: &str, start: usize, at: usize) -> bool {
    const LONGEST: usize = 12;
    let from = ceil(text, at.saturating_sub(LONGEST).max(start));
    let before = text.get(from..at).unwrap_or_default();
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
    let letters = word.rsplit('.').next().unwrap_or_default();
    let single = letters.chars().count() == 1 && letters.chars().all(char::is_alphabetic);
    if single && word.contains('.') {
        // "in the U.S. The" ends a sentence, "the U.S. State Department" does not.
        let end = floor(text, at + 1 + LONGEST);
        let mut next = text.get(at + 1..end).unwrap_or_default().split_whitespace();
        return !next.next().is_some_and(|word| OPENERS.contains(&word));
    }
    single && letters.chars().all(char::is_uppercase)
        || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Words that open a sentence far more often than they follow an abbreviation in a name.
const OPENERS: &[&str] = &[
    "The", "In", "On", "This", "These", "It", "He", "She", "They", "A", "An", "However", "For",
    "We",
];

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "adm", "sen", "rep", "gov",
    "st", "no", "vol", "pp", "fig", "e.g", "i.e", "eg", "ie", "vs", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc", "ltd", "corp", "approx", "cf",
    "al", "ca", "ref",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len(), &[]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(split("One. Two! Three?"), ["One.", "Two!", "Three?"]);
        assert_eq!(
            split("It left the U.S. The road is 3.5 km."),
            ["It left the U.S.", "The road is 3.5 km."]
        );
        assert_eq!(split("The U.S. State Department and Dr. Low spoke.").len(), 1);
        assert_eq!(split("He said \"go.\" They went."), ["He said \"go.\"", "They went."]);
        assert_eq!(split("…").len(), 0);
    }

    #[test]
    fn a_citation_behind_the_full_stop_belongs_before_it() {
        let text = "One. (source) Two.";
        let found = sentences(text, 0..text.len(), &vec![5..13; 1]);
        assert_eq!(found, [0..13, 14..18]);
    }

    #[test]
    fn joined_words_are_one_word() {
        let words: Vec<_> =
            tokens("U.S. KJ-1: Mali’s 13.06.2023, 5,000", 0..37).iter().map(|t| t.text).collect();
        assert_eq!(words, ["U.S", ".", "KJ-1", ":", "Mali’s", "13.06.2023", ",", "5,000"]);
    }
}
