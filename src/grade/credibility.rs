//! Credibility of information: a digit.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};
use thiserror::Error;

/// How far a piece of information is believed, by what else is known: 1 to 6 of the Admiralty
/// (NATO) code.
///
/// - The text form is one digit: `parse(display(c)) == c`. It is written as text; the number is
///   read as well (by formats that tell what they hold, such as TOML and JSON).
/// - There is no order, because 6 has no place in one. Ask [`rank`](Self::rank).
/// - A 1 means confirmed by *independent* sources; FM 2-22.3 and STANAG 2511 both say so. Two
///   reports with one origin do not make a 1.
///
/// The enum is closed: a digit more would be another code, not a later version of this one.
///
/// ```
/// use probative::grade::Credibility;
///
/// let credibility: Credibility = "3".parse()?;
/// assert_eq!(credibility.label(), "Possibly true");
/// assert_eq!(credibility.rank(), Some(3));
/// assert_eq!(Credibility::Six.rank(), None);
/// assert_eq!(serde_json::from_str::<Credibility>("3")?, serde_json::from_str("\"3\"")?);
/// for text in ["0", "7", "03", " 3", "three", ""] {
///     assert!(text.parse::<Credibility>().is_err());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Credibility {
    /// Confirmed by other, independent sources.
    One,
    /// Probably true.
    Two,
    /// Possibly true.
    Three,
    /// Doubtful.
    Four,
    /// Improbable.
    Five,
    /// Cannot be judged: there is nothing to compare it with. The default.
    #[default]
    Six,
}

impl Credibility {
    /// Every digit, in the order of [`index`](Self::index).
    pub const ALL: [Self; 6] =
        [Self::One, Self::Two, Self::Three, Self::Four, Self::Five, Self::Six];

    /// The digit.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::Five => "5",
            Self::Six => "6",
        }
    }

    /// Its place in [`ALL`](Self::ALL), from 0, for tables with one cell per digit. It ranks
    /// nothing.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// 1 for the most credible to 5 for the least; `None` for 6, which is ignorance and stands
    /// nowhere among them.
    pub const fn rank(self) -> Option<u8> {
        match self {
            Self::One => Some(1),
            Self::Two => Some(2),
            Self::Three => Some(3),
            Self::Four => Some(4),
            Self::Five => Some(5),
            Self::Six => None,
        }
    }

    /// Whether the information was judged at all: everything but 6.
    pub const fn is_judged(self) -> bool {
        !matches!(self, Self::Six)
    }

    /// The name that NATO STANAG 2511 gives the digit.
    ///
    /// AJP-2.1 (2016) calls 1 "Completely credible"; FM 2-22.3 App. B says "Confirmed".
    pub const fn label(self) -> &'static str {
        match self {
            Self::One => "Confirmed by other sources",
            Self::Two => "Probably true",
            Self::Three => "Possibly true",
            Self::Four => "Doubtful",
            Self::Five => "Improbable",
            Self::Six => "Truth cannot be judged",
        }
    }

    /// What the digit means, after FM 2-22.3 App. B, and for 1, 2 and 6 also STANAG 2511
    /// paras 9-15 (in this crate's words).
    pub const fn definition(self) -> &'static str {
        match self {
            Self::One => {
                "Other sources, surely independent of this one, say the same; it makes sense in \
                 itself and agrees with the rest."
            }
            Self::Two => {
                "It makes sense in itself and agrees with the rest; earlier reports speak for it, \
                 but their independence is not sure."
            }
            Self::Three => {
                "Nothing confirms it; it makes reasonable sense and agrees with part of what else \
                 is known."
            }
            Self::Four => {
                "Nothing confirms it and nothing else is known of the matter; it could be, but it \
                 does not follow."
            }
            Self::Five => {
                "Nothing confirms it, it does not make sense in itself, and what else is known \
                 speaks against it."
            }
            Self::Six => "There is nothing to compare it with; this says nothing against it.",
        }
    }

    fn from_number(number: u64) -> Option<Self> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        Self::ALL.get(index).copied()
    }
}

impl fmt::Display for Credibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Credibility {
    type Err = CredibilityError;

    fn from_str(text: &str) -> Result<Self, CredibilityError> {
        match text {
            "1" => Ok(Self::One),
            "2" => Ok(Self::Two),
            "3" => Ok(Self::Three),
            "4" => Ok(Self::Four),
            "5" => Ok(Self::Five),
            "6" => Ok(Self::Six),
            _ => Err(CredibilityError { found: text.to_owned() }),
        }
    }
}

impl TryFrom<u64> for Credibility {
    type Error = CredibilityError;

    fn try_from(number: u64) -> Result<Self, CredibilityError> {
        Self::from_number(number).ok_or_else(|| CredibilityError { found: number.to_string() })
    }
}

impl Serialize for Credibility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Credibility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNumber)
    }
}

/// A text or number that is no [`Credibility`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a credibility, one digit from 1 to 6, found `{found}`")]
pub struct CredibilityError {
    /// What stands there.
    pub found: String,
}

struct TextOrNumber;

impl Visitor<'_> for TextOrNumber {
    type Value = Credibility;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a credibility, one digit from 1 to 6, as text or number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Credibility, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Credibility, E> {
        Credibility::try_from(number).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Credibility, E> {
        u64::try_from(number)
            .ok()
            .and_then(Credibility::from_number)
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Item {
        credibility: Credibility,
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (index, digit) in Credibility::ALL.into_iter().enumerate() {
            assert_eq!(digit.index(), index);
            assert_eq!(digit.to_string().parse(), Ok(digit));
            assert_eq!(Credibility::try_from(index as u64 + 1), Ok(digit));
            let json = serde_json::to_string(&digit).unwrap();
            assert_eq!(json, format!("\"{digit}\""));
            assert_eq!(serde_json::from_str::<Credibility>(&json).unwrap(), digit);
            for value in [format!("{digit}"), format!("\"{digit}\"")] {
                let item: Item = toml::from_str(&format!("credibility = {value}")).unwrap();
                assert_eq!(item.credibility, digit);
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String) {
            if let Ok(digit) = text.parse::<Credibility>() {
                prop_assert_eq!(digit.to_string(), text);
            }
        }

        #[test]
        fn no_number_panics(number: i64, unsigned: u64) {
            let read = serde_json::from_str::<Credibility>(&number.to_string());
            prop_assert_eq!(read.is_ok(), (1..=6).contains(&number));
            prop_assert_eq!(Credibility::try_from(unsigned).is_ok(), (1..=6).contains(&unsigned));
        }
    }

    #[test]
    fn ignorance_has_no_rank() {
        for digit in Credibility::ALL {
            assert_eq!(digit.rank().is_none(), digit == Credibility::Six);
            assert_eq!(digit.is_judged(), digit.rank().is_some());
        }
    }

    #[test]
    fn refusals_say_what_was_expected() {
        for value in ["7", "-1", "\"7\"", "2.0", "true"] {
            let error = serde_json::from_str::<Credibility>(value).unwrap_err().to_string();
            assert!(error.contains("1 to 6"), "{error}");
        }
    }
}
