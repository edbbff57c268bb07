//! The parts of a checked doctrine.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// One of the three readings of a doctrine at which everything is computed.
    ///
    /// Closed: the method has three.
    Corner, "a corner" {
        /// The most cautious: lower figures, and what is not known to be independent is not.
        Lower = "lower",
        /// The figures as they stand.
        Central = "central",
        /// The most generous: upper figures, and what is not known to be an echo is none.
        Upper = "upper",
    }
}

impl Corner {
    /// The corner at which the other side is weighed: lower meets upper.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Central => Self::Central,
            Self::Upper => Self::Lower,
        }
    }
}

/// A figure at the three corners.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners {
    /// At the lower corner.
    pub lower: f64,
    /// At the central corner.
    pub central: f64,
    /// At the upper corner.
    pub upper: f64,
}

impl Corners {
    /// The same figure at every corner.
    pub const fn all(figure: f64) -> Self {
        Self { lower: figure, central: figure, upper: figure }
    }

    /// The figure at one corner.
    pub const fn at(&self, corner: Corner) -> f64 {
        match corner {
            Corner::Lower => self.lower,
            Corner::Central => self.central,
            Corner::Upper => self.upper,
        }
    }

    /// Each figure passed through a function.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { lower: f(self.lower), central: f(self.central), upper: f(self.upper) }
    }

    /// Each figure joined with the other's at the same corner.
    #[must_use]
    pub fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            lower: f(self.lower, other.lower),
            central: f(self.central, other.central),
            upper: f(self.upper, other.upper),
        }
    }
}

/// The words for strength, each from its lower edge up to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands(pub(super) Vec<(f64, String)>);

impl Bands {
    /// The word for a strength (-1 to 1): "contradicted" below 0.
    pub fn word(&self, strength: f64) -> &str {
        self.rank(strength).and_then(|rank| self.0.get(rank)).map_or(CONTRADICTED, |band| &band.1)
    }

    /// The edges and words from the lowest up, "contradicted" not among them.
    pub fn iter(&self) -> impl Iterator<Item = (f64, &str)> {
        self.0.iter().map(|(edge, word)| (*edge, word.as_str()))
    }

    /// The place of a strength's band from the lowest up; `None` below 0.
    pub fn rank(&self, strength: f64) -> Option<usize> {
        self.0.partition_point(|(edge, _)| *edge <= strength).checked_sub(1)
    }
}

/// The word for a strength below 0.
const CONTRADICTED: &str = "contradicted";

/// What holds for reports that came by one channel.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ChannelRow {
    /// P(the thing in hand is what it claims to be), by how far it was checked, in the order of
    /// [`Authenticity::ALL`](crate::report::Authenticity::ALL).
    pub authenticity: [f64; 4],
    /// Whether reports of sources with no named owner share one pool.
    pub pooled: bool,
    /// How far the reports of that pool correlate, 0 to 1.
    pub rho: f64,
}

/// How far reports depend on each other.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dependence {
    /// Correlation between different reports of one owner, 0 to 1.
    pub owner: f64,
    /// Correlation between the assessor's own opinions, 0 to 1.
    pub assessor: f64,
    /// What a digit is worth whose corroborators are not named, 0 to 1.
    pub credit: f64,
}
