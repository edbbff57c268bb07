//! A likelihood term against the evidence.

use crate::doctrine::Corners;
use crate::vocabulary::vocabulary;
use crate::yardstick::Band;

vocabulary! {
    /// A likelihood term against the probability that the evidence gives.
    ///
    /// Closed: these are the ways in which two intervals and a base rate can lie.
    LikelihoodVerdict, "a verdict on likelihood" {
        /// The term claims more than the evidence carries: its band lies beyond the evidence's
        /// interval, seen from the base rate, or on the other side of the base rate.
        OutrunsEvidence = "outruns-evidence",
        /// The term's band and the evidence's interval meet.
        WithinEvidence = "within-evidence",
        /// The evidence would carry a stronger term.
        Understated = "understated",
        /// The yardstick does not know the term, or there is no yardstick.
        UnknownTerm = "unknown-term",
        /// The report states none.
        NotStated = "not-stated",
    }
}

impl LikelihoodVerdict {
    /// How a term's band compares with the evidence's probability interval.
    pub fn of(band: Band, evidence: Corners, prior: f64) -> Self {
        if band.lower() <= evidence.upper && evidence.lower <= band.upper() {
            return Self::WithinEvidence;
        }
        let term_above = band.lower() > evidence.upper;
        // Seen from the base rate: does the term lie further out than the evidence, or across?
        let outruns = if term_above {
            evidence.upper >= prior || band.lower() >= prior
        } else {
            evidence.lower <= prior || band.upper() < prior
        };
        if outruns { Self::OutrunsEvidence } else { Self::Understated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_lie_within_beyond_or_short_of_the_evidence() {
        let band = |lower, upper| Band::new(lower, upper).unwrap();
        let evidence = |lower, upper| Corners { lower, central: lower, upper };
        for (term, found, verdict) in [
            (band(0.8, 0.9), evidence(0.5, 0.7), LikelihoodVerdict::OutrunsEvidence),
            (band(0.55, 0.75), evidence(0.8, 0.9), LikelihoodVerdict::Understated),
            (band(0.8, 0.9), evidence(0.6, 0.8), LikelihoodVerdict::WithinEvidence),
            (band(0.1, 0.2), evidence(0.5, 0.7), LikelihoodVerdict::OutrunsEvidence),
            (band(0.1, 0.2), evidence(0.6, 0.7), LikelihoodVerdict::OutrunsEvidence),
            (band(0.25, 0.35), evidence(0.05, 0.1), LikelihoodVerdict::Understated),
            (band(0.1, 0.2), evidence(0.3, 0.4), LikelihoodVerdict::OutrunsEvidence),
            (band(0.4, 0.5), evidence(0.6, 0.7), LikelihoodVerdict::Understated),
        ] {
            assert_eq!(LikelihoodVerdict::of(term, found, 0.5), verdict, "{term:?} {found:?}");
        }
    }
}
