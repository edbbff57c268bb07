//! Yardsticks: what the words of likelihood mean in numbers, and to whom.
//!
//! "Likely" is 55-80 % to ICD 203, 66-100 % to the IPCC. A word therefore has no number until
//! its [`Yardstick`] is named, and the edition is part of the name. The built-in ones carry the
//! figures of a standard; an organisation's own is a [`Definition`] in its doctrine.

mod band;
mod builtin;
mod definition;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::band::{Band, BandError};
pub use self::builtin::BuiltinError;
pub use self::definition::{Definition, TermDefinition, YardstickError};

/// A vocabulary of likelihood: its terms, each with the probabilities that it covers.
///
/// - It has at least one term; no label or synonym stands twice.
/// - The name of a built-in yardstick means the built-in one, wherever it is read.
/// - Terms may touch, leave gaps, or nest, as their standard has them.
///
/// ```
/// use probative::yardstick::Yardstick;
///
/// let phia = Yardstick::builtin("phia-2025")?;
/// let likely = phia.term("Probable").map(|term| (term.label(), term.band().to_string()));
/// assert_eq!(likely, Some(("likely", "≈55–≈75%".to_owned())));
/// // No term covers even odds, and none is made up.
/// assert!(phia.terms_for(0.5).is_empty());
///
/// let refusal = Yardstick::builtin("nato").unwrap_err();
/// assert!(refusal.to_string().contains("doctrine"));
/// # Ok::<(), probative::yardstick::BuiltinError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "definition::Named", into = "definition::Named")]
pub struct Yardstick {
    head: Arc<Head>,
    terms: Vec<Term>,
}

impl Yardstick {
    /// The built-in yardstick of this name, which includes its edition where there are several:
    /// `icd-203`, `phia-2025`, `ipcc`, `kent`, `fe-ddis`.
    ///
    /// # Errors
    /// When there is none; the error lists the known names. For `nato` it says why no table is
    /// shipped.
    pub fn builtin(id: &str) -> Result<&'static Self, BuiltinError> {
        builtin::find(id)
    }

    /// Every built-in yardstick.
    pub fn builtins() -> &'static [Self] {
        builtin::all()
    }

    /// The built-in yardsticks that know every one of these words: candidates for a text that
    /// names none. All of them when there are no words.
    ///
    /// ```
    /// use probative::yardstick::Yardstick;
    ///
    /// let fits = Yardstick::fits(&["highly likely", "realistic possibility"]);
    /// assert_eq!(fits.iter().map(|fit| fit.id()).collect::<Vec<_>>(), ["phia-2025"]);
    /// // One common word decides nothing.
    /// assert!(Yardstick::fits(&["likely"]).len() > 1);
    /// assert!(Yardstick::fits(&["perhaps"]).is_empty());
    /// ```
    pub fn fits(words: &[&str]) -> Vec<&'static Self> {
        let knows_all = |yardstick: &&Self| words.iter().all(|word| yardstick.term(word).is_some());
        Self::builtins().iter().filter(knows_all).collect()
    }

    /// The name that reports choose it by.
    pub fn id(&self) -> &str {
        &self.head.id
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// Which edition of the standard it follows, where one is stated.
    pub fn edition(&self) -> Option<&str> {
        self.head.edition.as_deref()
    }

    /// Where its figures come from, as a citation.
    pub fn source(&self) -> &str {
        &self.head.source
    }

    /// Its terms, in the order of its source.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The term of this label or synonym, whatever the case and the spaces between words.
    pub fn term(&self, text: &str) -> Option<&Term> {
        let wanted = fold(text);
        self.terms.iter().find(|term| term.names().any(|name| fold(name) == wanted))
    }

    /// Every term that covers this probability, the best fitting first: the narrowest; among
    /// equally wide ones, that whose middle is nearest.
    ///
    /// Empty when no term covers it, which is an answer (yardsticks have gaps), and for what is
    /// no probability.
    ///
    /// ```
    /// use probative::yardstick::Yardstick;
    ///
    /// let labels = |id, p| -> Result<Vec<_>, probative::yardstick::BuiltinError> {
    ///     Ok(Yardstick::builtin(id)?.terms_for(p).iter().map(|term| term.label()).collect())
    /// };
    /// // Bands of ICD 203 share their edges; those of the IPCC nest.
    /// assert_eq!(labels("icd-203", 0.20)?, ["very unlikely", "unlikely"]);
    /// assert_eq!(
    ///     labels("ipcc", 0.95)?,
    ///     ["extremely likely", "very likely", "likely", "more likely than not"],
    /// );
    /// # Ok::<(), probative::yardstick::BuiltinError>(())
    /// ```
    pub fn terms_for(&self, probability: f64) -> Vec<&Term> {
        let mut terms: Vec<_> =
            self.terms.iter().filter(|term| term.band.contains(probability)).collect();
        let key = |term: &Term| {
            let band = term.band;
            (grain(band.width()), grain((band.middle() - probability).abs()))
        };
        terms.sort_by_key(|term| key(term));
        terms
    }
}

/// A word of a yardstick, with the probabilities that it covers.
///
/// It knows its yardstick: the "likely" of one is not equal to that of another, even where the
/// figures agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    head: Arc<Head>,
    label: String,
    synonyms: Vec<String>,
    band: Band,
}

impl Term {
    /// The word, as its source writes it first.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Other words for the same band.
    pub fn synonyms(&self) -> &[String] {
        &self.synonyms
    }

    /// The probabilities that it covers.
    pub fn band(&self) -> Band {
        self.band
    }

    /// The name of its yardstick.
    pub fn yardstick(&self) -> &str {
        &self.head.id
    }

    /// The edition of its yardstick, where one is stated.
    pub fn edition(&self) -> Option<&str> {
        self.head.edition.as_deref()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.label.as_str()).chain(self.synonyms.iter().map(String::as_str))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Head {
    id: String,
    name: String,
    edition: Option<String>,
    source: String,
}

/// The form in which labels are compared: lower case, single spaces.
fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A length within 0..=1 in billionths, so that equal widths compare equal: in floating point
/// `0.9 - 0.8` and `0.8 - 0.7` differ.
// At most 1e9 and never negative, so the cast is exact.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn grain(length: f64) -> u32 {
    (length * 1e9).round() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_term_found_covers_and_comes_narrowest_first(p in -0.1..1.1_f64) {
            for yardstick in Yardstick::builtins() {
                let found = yardstick.terms_for(p);
                prop_assert!(found.iter().all(|term| term.band().contains(p)));
                prop_assert!(found.is_sorted_by_key(|term| grain(term.band().width())));
                let covering = yardstick.terms().iter().filter(|term| term.band().contains(p));
                prop_assert_eq!(covering.count(), found.len());
            }
        }

        #[test]
        fn no_text_panics(text: String, p: f64) {
            let _ = Yardstick::builtin(&text);
            let _ = Yardstick::fits(&[&text]);
            for yardstick in Yardstick::builtins() {
                let _ = (yardstick.term(&text), yardstick.terms_for(p));
            }
        }
    }

    fn labels(id: &str, p: f64) -> Vec<&'static str> {
        Yardstick::builtin(id).unwrap().terms_for(p).iter().map(|term| term.label()).collect()
    }

    #[test]
    fn what_is_no_probability_has_no_term() {
        for p in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.01, 1.01] {
            assert!(Yardstick::builtins().iter().all(|y| y.terms_for(p).is_empty()), "{p}");
        }
    }

    #[test]
    fn edges_gaps_and_nests_are_those_of_the_standard() {
        assert_eq!(labels("icd-203", 0.20), ["very unlikely", "unlikely"]);
        assert_eq!(labels("icd-203", 0.05), ["almost no chance", "very unlikely"]);
        assert!(labels("icd-203", 0.0).is_empty() && labels("icd-203", 1.0).is_empty());
        assert!(labels("phia-2025", 0.5).is_empty());
        assert!(labels("phia-2025", 0.0).is_empty() && labels("phia-2025", 1.0).is_empty());
        assert!(labels("phia-2025", 0.22).is_empty());
        assert_eq!(labels("phia-2025", 0.4999), ["realistic possibility"]);
        assert_eq!(labels("ipcc", 0.5), ["about as likely as not"]);
        assert_eq!(labels("ipcc", 0.51), ["about as likely as not", "more likely than not"]);
        assert_eq!(labels("kent", 1.0), ["certainty"]);
        assert_eq!(labels("kent", 0.87), ["almost certain", "probable"]);
        assert!(labels("kent", 0.61).is_empty());
        assert_eq!(labels("fe-ddis", 0.85), ["sandsynligt"]);
    }

    #[test]
    fn words_are_found_whatever_their_case_and_spaces() {
        let icd = Yardstick::builtin("icd-203").unwrap();
        let term = icd.term("  Roughly\tEVEN \n odds ").unwrap();
        assert_eq!(term.label(), "roughly even chance");
        assert!(icd.term("roughlyeven odds").is_none());
        assert!(icd.term("realistic possibility").is_none());
        assert!(icd.term("").is_none());
    }

    #[test]
    fn one_word_of_two_yardsticks_is_two_terms() {
        let term = |id| Yardstick::builtin(id).unwrap().term("likely").unwrap();
        let (icd, ipcc) = (term("icd-203"), term("ipcc"));
        assert_ne!(icd, ipcc);
        assert_eq!((icd.yardstick(), ipcc.yardstick()), ("icd-203", "ipcc"));
        assert!(icd.edition().unwrap().contains("2015"));
    }

    #[test]
    fn without_words_every_yardstick_fits() {
        assert_eq!(Yardstick::fits(&[]).len(), Yardstick::builtins().len());
        let ids: Vec<_> = Yardstick::fits(&["likely", "remote"]).iter().map(|y| y.id()).collect();
        assert_eq!(ids, ["icd-203"]);
    }
}
