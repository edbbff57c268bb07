//! The confidence that the evidence can bear: a verdict computed from recorded requirements.

use crate::doctrine::{Corners, Doctrine};
use crate::report::{AssumptionStatus, Confidence};
use crate::vocabulary::vocabulary;

/// One requirement of one level of confidence, with what the judgement has of it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Requirement {
    /// The level that needs it.
    pub level: Confidence,
    /// What is needed.
    pub name: RequirementName,
    /// How much of it.
    pub needs: Measure,
    /// How much there is.
    pub has: Measure,
    /// Whether that is enough.
    pub held: bool,
}

vocabulary! {
    /// What a level of confidence can require.
    ///
    /// Closed: a doctrine sets these and no others.
    RequirementName, "a requirement" {
        /// The lower figure of strength is at least so much.
        LowerStrength = "lower_strength",
        /// The central figure of strength is at least so much.
        CentralStrength = "central_strength",
        /// There are at least so many independent origins.
        Origins = "origins",
        /// No owner gives more than this share of the testimony in support.
        LargestOwnerShare = "largest_owner_share",
        /// What contradicts is less than this share of all evidence.
        ContradictionShare = "contradiction_share",
        /// No assumption that the judgement hangs on stands worse than this.
        Assumptions = "assumptions",
    }
}

/// An amount of what a requirement asks.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Measure {
    /// A figure: a strength, a share, a count.
    Number(f64),
    /// How an assumption stands.
    Status(AssumptionStatus),
}

vocabulary! {
    /// Stated against supportable confidence.
    ///
    /// Closed: these are the ways in which they compare.
    ConfidenceVerdict, "a verdict on confidence" {
        /// More is stated than the evidence can bear.
        Overstated = "overstated",
        /// What is stated is what the evidence can bear.
        Consistent = "consistent",
        /// The evidence could bear more than is stated.
        Understated = "understated",
        /// The report states none.
        NotStated = "not-stated",
    }
}

impl ConfidenceVerdict {
    /// How a stated level compares with the supportable one.
    pub fn of(stated: Option<Confidence>, supportable: Confidence) -> Self {
        match stated {
            None => Self::NotStated,
            Some(stated) if stated > supportable => Self::Overstated,
            Some(stated) if stated < supportable => Self::Understated,
            Some(_) => Self::Consistent,
        }
    }
}

/// What the requirements are measured on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measured {
    pub(crate) strength: Corners,
    pub(crate) origins: usize,
    pub(crate) largest_owner_share: f64,
    pub(crate) contradiction_share: f64,
    pub(crate) assumptions: AssumptionStatus,
}

/// Every requirement of the levels above low, high first.
pub(crate) fn requirements(doctrine: &Doctrine, measured: &Measured) -> Vec<Requirement> {
    use RequirementName as Name;

    let mut list = Vec::with_capacity(11);
    for level in [Confidence::High, Confidence::Moderate] {
        let Some(limits) = doctrine.limits(level) else { continue };
        let mut number = |name, needs: Option<f64>, has: f64, enough: fn(f64, f64) -> bool| {
            if let Some(needs) = needs {
                let (held, needs, has) =
                    (enough(has, needs), Measure::Number(needs), Measure::Number(has));
                list.push(Requirement { level, name, needs, has, held });
            }
        };
        let at_least = |has, needs| has >= needs - ROUNDING;
        let at_most = |has, needs| has <= needs + ROUNDING;
        let below = |has, needs| has < needs;
        number(Name::LowerStrength, limits.lower_strength, measured.strength.lower, at_least);
        number(Name::CentralStrength, limits.central_strength, measured.strength.central, at_least);
        number(Name::Origins, limits.origins.map(f64::from), measured.origins as f64, at_least);
        let share = measured.largest_owner_share;
        number(Name::LargestOwnerShare, limits.largest_owner_share, share, at_most);
        let share = measured.contradiction_share;
        number(Name::ContradictionShare, limits.contradiction_share, share, below);
        if let Some(needs) = limits.assumptions {
            let has = measured.assumptions;
            list.push(Requirement {
                level,
                name: Name::Assumptions,
                needs: Measure::Status(needs),
                has: Measure::Status(has),
                held: has >= needs,
            });
        }
    }
    list
}

/// The best level whose every requirement holds; low needs none.
pub(crate) fn supportable(requirements: &[Requirement]) -> Confidence {
    let holds = |level| requirements.iter().filter(|one| one.level == level).all(|one| one.held);
    match () {
        () if holds(Confidence::High) => Confidence::High,
        () if holds(Confidence::Moderate) => Confidence::Moderate,
        () => Confidence::Low,
    }
}

/// A share of exactly a half, computed, may miss a half by the last bits of a double.
const ROUNDING: f64 = 1e-12;
