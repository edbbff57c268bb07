//! The probabilities that a term covers.

use std::fmt;

use thiserror::Error;

/// An interval of probabilities.
///
/// - Both edges are probabilities, from 0 to 1, and the lower is not above the upper.
/// - It covers something: where the edges meet, both are covered.
/// - An edge is covered unless it is open.
/// - An approximate band is one whose standard writes its edges with "about"; it is computed
///   with as if they were sharp, and shown so that they are not taken for it.
///
/// ```
/// use probative::yardstick::Band;
///
/// let band = Band::new(0.55, 0.8)?;
/// assert!(band.contains(0.55) && band.contains(0.8));
/// assert!(!band.with_open_upper()?.contains(0.8));
/// assert_eq!(band.to_string(), "55–80%");
/// assert!(Band::new(0.8, 0.55).is_err());
/// assert!(Band::new(55.0, 80.0).is_err());
/// assert!(Band::new(0.5, 0.5)?.with_open_upper().is_err());
/// # Ok::<(), probative::yardstick::BandError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) lower_open: bool,
    pub(super) upper_open: bool,
    pub(super) approximate: bool,
}

impl Band {
    /// The band between these probabilities, both covered.
    ///
    /// # Errors
    /// When an edge is not from 0 to 1, or the lower is above the upper.
    pub fn new(lower: f64, upper: f64) -> Result<Self, BandError> {
        Self { lower, upper, lower_open: false, upper_open: false, approximate: false }.checked()
    }

    /// The same band without its lower edge.
    ///
    /// # Errors
    /// When nothing would be left.
    pub fn with_open_lower(self) -> Result<Self, BandError> {
        Self { lower_open: true, ..self }.checked()
    }

    /// The same band without its upper edge.
    ///
    /// # Errors
    /// When nothing would be left.
    pub fn with_open_upper(self) -> Result<Self, BandError> {
        Self { upper_open: true, ..self }.checked()
    }

    /// The same band with edges that are meant as "about".
    #[must_use]
    pub fn approximately(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The lower edge, 0 to 1.
    pub fn lower(self) -> f64 {
        self.lower
    }

    /// The upper edge, 0 to 1.
    pub fn upper(self) -> f64 {
        self.upper
    }

    /// Whether the lower edge itself is left out.
    pub fn lower_open(self) -> bool {
        self.lower_open
    }

    /// Whether the upper edge itself is left out.
    pub fn upper_open(self) -> bool {
        self.upper_open
    }

    /// Whether the standard gives the edges with "about".
    pub fn approximate(self) -> bool {
        self.approximate
    }

    /// From edge to edge.
    pub fn width(self) -> f64 {
        self.upper - self.lower
    }

    /// Half-way between the edges.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.lower, self.upper)
    }

    /// Whether it covers this probability. False for what is no number.
    pub fn contains(self, probability: f64) -> bool {
        let above =
            if self.lower_open { probability > self.lower } else { probability >= self.lower };
        let below =
            if self.upper_open { probability < self.upper } else { probability <= self.upper };
        above && below
    }

    pub(super) fn checked(self) -> Result<Self, BandError> {
        for (edge, found) in [("lower", self.lower), ("upper", self.upper)] {
            if !(0.0..=1.0).contains(&found) {
                return Err(BandError::OutOfRange { edge, found });
            }
        }
        if self.lower > self.upper {
            return Err(BandError::Inverted { lower: self.lower, upper: self.upper });
        }
        if self.lower == self.upper && (self.lower_open || self.upper_open) {
            return Err(BandError::Empty { at: self.lower });
        }
        // Adding zero turns a negative zero into zero; nothing else changes.
        Ok(Self { lower: self.lower + 0.0, upper: self.upper + 0.0, ..self })
    }
}

/// In per cent, for readers: `55–80%`, with `≈` before an approximate edge, `>` before an open
/// lower and `<` before an open upper one. An edge at 0 or 100 % is never approximate.
impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edge = |value: f64, open: &'static str| {
            let about = if self.approximate && value > 0.0 && value < 1.0 && open.is_empty() {
                "≈"
            } else {
                open
            };
            // Four decimals of a per cent: past any standard, short of floating-point dust.
            format!("{about}{}", (value * 1e6).round() / 1e4)
        };
        let lower = edge(self.lower, if self.lower_open { ">" } else { "" });
        let upper = edge(self.upper, if self.upper_open { "<" } else { "" });
        if self.lower == self.upper {
            write!(f, "{lower}%")
        } else {
            write!(f, "{lower}–{upper}%")
        }
    }
}

/// Edges that make no [`Band`].
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum BandError {
    /// An edge is no probability.
    #[error("expected the {edge} edge to be a probability from 0 to 1, found {found}")]
    OutOfRange {
        /// Which edge: `lower` or `upper`.
        edge: &'static str,
        /// What stands there.
        found: f64,
    },
    /// The lower edge is above the upper.
    #[error("expected the lower edge to be at most the upper, found {lower} above {upper}")]
    Inverted {
        /// The lower edge.
        lower: f64,
        /// The upper edge.
        upper: f64,
    },
    /// The edges meet and one is open.
    #[error("expected both edges to be covered where they meet, found an open edge at {at}")]
    Empty {
        /// Where they meet.
        at: f64,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_built_holds_together(lower: f64, upper: f64, p: f64) {
            if let Ok(band) = Band::new(lower, upper) {
                prop_assert!(0.0 <= band.lower() && band.lower() <= band.upper());
                prop_assert!(band.upper() <= 1.0 && band.contains(band.middle()));
                prop_assert!(!band.contains(p) || (0.0..=1.0).contains(&p));
            }
        }

        #[test]
        fn open_edges_are_left_out(a in 0.0..=1.0_f64, b in 0.0..=1.0_f64) {
            let band = Band::new(a.min(b), a.max(b)).unwrap();
            prop_assert!(band.contains(a) && band.contains(b));
            if let Ok(open) = band.with_open_lower().and_then(Band::with_open_upper) {
                prop_assert!(!open.contains(a) && !open.contains(b));
            } else {
                prop_assert_eq!(a, b);
            }
        }
    }

    #[test]
    fn refusals_say_what_was_expected() {
        let error = Band::new(0.2, 80.0).unwrap_err().to_string();
        assert!(error.contains("upper") && error.contains("0 to 1") && error.contains("80"));
        assert!(Band::new(f64::NAN, 1.0).unwrap_err().to_string().contains("NaN"));
        assert!(Band::new(0.8, 0.2).unwrap_err().to_string().contains("0.8 above 0.2"));
    }

    #[test]
    fn bands_are_shown_in_per_cent_without_dust() {
        let show = |lower, upper| Band::new(lower, upper).unwrap().to_string();
        assert_eq!(show(0.55, 0.8), "55–80%");
        assert_eq!(show(0.07, 0.29), "7–29%");
        assert_eq!(show(0.0, 0.005), "0–0.5%");
        assert_eq!(show(1.0, 1.0), "100%");
        assert_eq!(show(-0.0, -0.0), "0%");
        let top = Band::new(0.95, 1.0).unwrap().approximately().with_open_upper().unwrap();
        assert_eq!(top.to_string(), "≈95–<100%");
        let even = Band::new(0.4, 0.5).unwrap().approximately().with_open_upper().unwrap();
        assert_eq!(even.to_string(), "≈40–<50%");
    }
}
