//! Where things stand in the input.

use std::ops::Range;

use crate::report::Place;

/// A stretch of the input.
///
/// - It lies within the input, and both ends are between two characters.
/// - It is never reversed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// Its bytes, from 0.
    pub bytes: Range<usize>,
    /// Line and column of its first character, from 1.
    pub place: Place,
}

/// Finds line and column of any offset in a time that depends on neither.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STEP`].
    characters: Vec<usize>,
}

/// Between two counts; a count costs eight bytes, a look-up reads at most this many.
const STEP: usize = 256;

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut characters = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            count += begins(chunk);
            characters.push(count);
        }
        Self { text, starts: starts.collect(), characters }
    }

    /// The span of these bytes, moved inwards to the text and outwards to whole characters.
    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        let start = crate::draft::words::floor(self.text, bytes.start.min(self.text.len()));
        let end = crate::draft::words::ceil(self.text, bytes.end.clamp(start, self.text.len()));
        let line = self.starts.partition_point(|begin| *begin <= start).max(1);
        let begin = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.before(start) - self.before(begin) + 1;
        Span { bytes: start..end, place: Place { line, column } }
    }

    /// How many characters begin before this offset.
    fn before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let counted = self.characters.get(step).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        counted + begins(rest)
    }
}

fn begins(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_that_counting_gives(text in "(?s).{0,600}", at: prop::sample::Index) {
            let lines = Lines::new(&text);
            let at = crate::draft::words::floor(&text, at.index(text.len() + 1));
            let span = lines.span(at..at);
            let before = &text[..at];
            prop_assert_eq!(span.place.line, before.matches('\n').count() + 1);
            let line = before.rsplit('\n').next().unwrap_or_default();
            prop_assert_eq!(span.place.column, line.chars().count() + 1);
        }

        #[test]
        fn every_span_lies_within(text: String, start: usize, end: usize) {
            let bytes = Lines::new(&text).span(start..end).bytes;
            prop_assert!(text.get(bytes).is_some());
        }
    }
}
