//! Grades of the Admiralty (NATO) code: who says it, and does it hold.
//!
//! Two axes, judged independently of each other (AJP-2.1 Ed. B v3, paras 3.32-3.33):
//! [`Reliability`] of the source, a letter, and [`Credibility`] of what it said, a digit. Codes
//! off the diagonal, such as B5 or E1, are legitimate.
//!
//! Other systems reuse the same letters and digits with other meanings. [`Crosswalk`] goes from
//! one system to another by definition, never by symbol, and says where it cannot.

pub mod crosswalk;

mod credibility;
mod reliability;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::credibility::{Credibility, CredibilityError};
pub use self::crosswalk::{Conversion, Crosswalk, NoCounterpart};
pub use self::reliability::{Reliability, ReliabilityError};

/// A source's reliability and its information's credibility, as in "B2".
///
/// - The text form is the letter and the digit, nothing between: `parse(display(g)) == g`.
/// - There is no order: F and 6 say that nothing is known, which is neither better nor worse,
///   and the two axes do not trade against each other.
/// - The default is `F6`: what nobody has graded is unknown, not middling.
///
/// ```
/// use probative::grade::{Credibility, Grade, Reliability};
///
/// let grade: Grade = "B2".parse()?;
/// assert_eq!(grade.reliability(), Reliability::B);
/// assert_eq!(grade.credibility(), Credibility::Two);
/// assert_eq!(grade, Grade::new(Reliability::B, Credibility::Two));
/// // Neither half is guessed, and neither case nor order is forgiven.
/// for text in ["B", "2B", "b2", "B 2", "B7", "H1", ""] {
///     assert!(text.parse::<Grade>().is_err());
/// }
/// # Ok::<(), probative::grade::GradeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Grade {
    reliability: Reliability,
    credibility: Credibility,
}

impl Grade {
    /// The grade of these two halves.
    pub const fn new(reliability: Reliability, credibility: Credibility) -> Self {
        Self { reliability, credibility }
    }

    /// How far the source is relied on.
    pub const fn reliability(self) -> Reliability {
        self.reliability
    }

    /// How far the information is believed.
    pub const fn credibility(self) -> Credibility {
        self.credibility
    }

    /// Whether both halves were judged: neither F nor 6.
    pub const fn is_judged(self) -> bool {
        self.reliability.is_judged() && self.credibility.is_judged()
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability.as_str(), self.credibility.as_str())
    }
}

impl FromStr for Grade {
    type Err = GradeError;

    fn from_str(text: &str) -> Result<Self, GradeError> {
        let halves = || {
            let (letter, digit) = text.split_at_checked(1)?;
            Some(Self::new(letter.parse().ok()?, digit.parse().ok()?))
        };
        halves().ok_or_else(|| GradeError { found: text.to_owned() })
    }
}

impl TryFrom<String> for Grade {
    type Error = GradeError;

    fn try_from(text: String) -> Result<Self, GradeError> {
        text.parse()
    }
}

impl From<Grade> for String {
    fn from(grade: Grade) -> Self {
        grade.to_string()
    }
}

/// A text that is no [`Grade`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a letter A-G and a digit 1-6, such as `B2`, found `{found}`")]
pub struct GradeError {
    /// What stands there.
    pub found: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grades() -> impl Strategy<Value = Grade> {
        (
            proptest::sample::select(&Reliability::ALL[..]),
            proptest::sample::select(&Credibility::ALL[..]),
        )
            .prop_map(|(reliability, credibility)| Grade::new(reliability, credibility))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(grade in grades()) {
            prop_assert_eq!(grade.to_string().parse::<Grade>(), Ok(grade));
            let json = serde_json::to_string(&grade).unwrap();
            prop_assert_eq!(&json, &format!("\"{grade}\""));
            prop_assert_eq!(serde_json::from_str::<Grade>(&json).unwrap(), grade);
        }

        #[test]
        fn no_text_panics(text: String) {
            if let Ok(grade) = text.parse::<Grade>() {
                prop_assert_eq!(grade.to_string(), text);
            }
        }
    }

    #[test]
    fn what_nobody_graded_is_unknown() {
        assert_eq!(Grade::default().to_string(), "F6");
        assert!(!Grade::default().is_judged());
        assert!(!"A6".parse::<Grade>().unwrap().is_judged());
        assert!("E5".parse::<Grade>().unwrap().is_judged());
    }

    #[test]
    fn refusals_say_what_was_expected() {
        let error = "é2".parse::<Grade>().unwrap_err().to_string();
        assert!(error.contains("`B2`") && error.contains("`é2`"), "{error}");
    }
}
