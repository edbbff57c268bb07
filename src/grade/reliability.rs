//! Reliability of a source: a letter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How far a source can be relied on, by its own record: A to F of the Admiralty (NATO) code,
/// and G of MISP.
///
/// - The text form is one upper-case letter: `parse(display(r)) == r`.
/// - There is no order, because F has no place in one: a source that has no record may turn out
///   to be anything. Ask [`rank`](Self::rank).
/// - G, "deliberately deceptive", is no NATO grade. It is read because MISP's tags carry it, it
///   is kept, and it [counts as](Self::counted_as) E.
///
/// The enum is closed: a letter more would be another code, not a later version of this one.
///
/// ```
/// use probative::grade::Reliability;
///
/// let reliability: Reliability = "B".parse()?;
/// assert_eq!(reliability.label(), "Usually reliable");
/// assert_eq!(reliability.rank(), Some(2));
/// assert_eq!(Reliability::F.rank(), None);
/// assert_eq!(Reliability::G.counted_as(), Reliability::E);
/// for text in ["b", "B ", "BB", "H", ""] {
///     assert!(text.parse::<Reliability>().is_err());
/// }
/// # Ok::<(), probative::grade::ReliabilityError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
#[repr(u8)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged: there is no record to judge by. The default.
    #[default]
    F,
    /// Deliberately deceptive: MISP's addition, counted as E.
    G,
}

impl Reliability {
    /// Every letter, in the order of [`index`](Self::index).
    pub const ALL: [Self; 7] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F, Self::G];

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::G => "G",
        }
    }

    /// Its place in [`ALL`](Self::ALL), from 0, for tables with one cell per letter. It ranks
    /// nothing.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The letter that it is reckoned as: E for G, itself otherwise.
    #[must_use]
    pub const fn counted_as(self) -> Self {
        match self {
            Self::G => Self::E,
            letter => letter,
        }
    }

    /// 1 for the most reliable (A) to 5 for the least (E, and G with it); `None` for F, which
    /// is ignorance and stands nowhere among them.
    pub const fn rank(self) -> Option<u8> {
        match self {
            Self::A => Some(1),
            Self::B => Some(2),
            Self::C => Some(3),
            Self::D => Some(4),
            Self::E | Self::G => Some(5),
            Self::F => None,
        }
    }

    /// Whether the source was judged at all: everything but F.
    pub const fn is_judged(self) -> bool {
        !matches!(self, Self::F)
    }

    /// The name that NATO STANAG 2511 gives the letter; for G, MISP's `admiralty-scale` v5.
    ///
    /// FM 2-22.3 App. B calls A plainly "Reliable".
    pub const fn label(self) -> &'static str {
        match self {
            Self::A => "Completely reliable",
            Self::B => "Usually reliable",
            Self::C => "Fairly reliable",
            Self::D => "Not usually reliable",
            Self::E => "Unreliable",
            Self::F => "Reliability cannot be judged",
            Self::G => "Deliberately deceptive",
        }
    }

    /// What the letter means, after FM 2-22.3 App. B and STANAG 2511 paras 2-8 (in this
    /// crate's words); for G, after MISP's `admiralty-scale` v5.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::A => {
                "Nobody doubts that the source is authentic, trustworthy and competent, and its \
                 record has held throughout."
            }
            Self::B => {
                "There is some small doubt, as always in the single case, but most of what the \
                 source gave before was right."
            }
            Self::C => {
                "There is doubt, and the source has been used only now and then, but some of what \
                 it gave was right."
            }
            Self::D => {
                "The doubt is serious: the source has been right at times, and more often was not."
            }
            Self::E => {
                "The source has been used, is neither authentic, trustworthy nor competent, and \
                 what it gave was wrong."
            }
            Self::F => {
                "The source has no record with those who grade it; this says nothing against it."
            }
            Self::G => {
                "The source is held to deceive on purpose. Not a NATO grade; it counts as E, since \
                 a liar's word does not prove the contrary either."
            }
        }
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Reliability {
    type Err = ReliabilityError;

    fn from_str(text: &str) -> Result<Self, ReliabilityError> {
        match text {
            "A" => Ok(Self::A),
            "B" => Ok(Self::B),
            "C" => Ok(Self::C),
            "D" => Ok(Self::D),
            "E" => Ok(Self::E),
            "F" => Ok(Self::F),
            "G" => Ok(Self::G),
            _ => Err(ReliabilityError { found: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for Reliability {
    type Error = ReliabilityError;

    fn try_from(text: String) -> Result<Self, ReliabilityError> {
        text.parse()
    }
}

impl From<Reliability> for &'static str {
    fn from(reliability: Reliability) -> Self {
        reliability.as_str()
    }
}

/// A text that is no [`Reliability`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a reliability, one upper-case letter from A to G, found `{found}`")]
pub struct ReliabilityError {
    /// What stands there.
    pub found: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for (index, letter) in Reliability::ALL.into_iter().enumerate() {
            assert_eq!(letter.index(), index);
            assert_eq!(letter.to_string().parse(), Ok(letter));
            let json = serde_json::to_string(&letter).unwrap();
            assert_eq!(json, format!("\"{letter}\""));
            assert_eq!(serde_json::from_str::<Reliability>(&json).unwrap(), letter);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String) {
            if let Ok(letter) = text.parse::<Reliability>() {
                prop_assert_eq!(letter.to_string(), text);
            }
        }
    }

    #[test]
    fn ignorance_has_no_rank_and_deception_counts_as_the_worst() {
        for letter in Reliability::ALL {
            assert_eq!(letter.rank().is_none(), letter == Reliability::F);
            assert_eq!(letter.is_judged(), letter.rank().is_some());
            assert_eq!(letter.counted_as().rank(), letter.rank());
            assert_eq!(letter.counted_as() != letter, letter == Reliability::G);
        }
    }

    #[test]
    fn refusals_say_what_was_expected() {
        let error = serde_json::from_str::<Reliability>("\"b\"").unwrap_err().to_string();
        assert!(error.contains("A to G") && error.contains("`b`"), "{error}");
    }
}
