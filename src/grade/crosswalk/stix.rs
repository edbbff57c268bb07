//! STIX 2.1 Appendix A, the scale "Admiralty Credibility".

use super::{Found, System, exact, lossy};
use crate::grade::Credibility;

/// `confidence` numbers: one is written, a range is read. Nothing for sources, nothing for 6.
pub(super) struct AdmiraltyCredibility;

const UNNAMED_SCALE: &str = "a STIX confidence does not say on which scale it was written";

impl System for AdmiraltyCredibility {
    fn version(&self) -> &'static str {
        "2.1"
    }

    fn source(&self) -> &'static str {
        "OASIS STIX 2.1, Appendix A (confidence scales), Admiralty Credibility"
    }

    fn read_credibility_score(&self, score: u8) -> Found<Credibility> {
        match score {
            80..=100 => lossy(Credibility::One, UNNAMED_SCALE),
            60..=79 => lossy(Credibility::Two, UNNAMED_SCALE),
            40..=59 => lossy(Credibility::Three, UNNAMED_SCALE),
            20..=39 => lossy(Credibility::Four, UNNAMED_SCALE),
            0..=19 => lossy(Credibility::Five, UNNAMED_SCALE),
            _ => Err("expected a STIX confidence from 0 to 100"),
        }
    }

    fn write_credibility_score(&self, credibility: Credibility) -> Found<u8> {
        match credibility {
            Credibility::One => exact(90),
            Credibility::Two => exact(70),
            Credibility::Three => exact(50),
            Credibility::Four => exact(30),
            Credibility::Five => exact(10),
            Credibility::Six => Err("STIX leaves the confidence out when it cannot be judged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::grade::{Credibility, Crosswalk, Reliability};

    #[test]
    fn the_numbers_are_those_of_appendix_a() {
        let read = |score| Crosswalk::Stix.read_credibility_score(score).unwrap().value;
        let rows =
            [(1, 90, 80, 100), (2, 70, 60, 79), (3, 50, 40, 59), (4, 30, 20, 39), (5, 10, 0, 19)];
        for (digit, written, from, to) in rows {
            let grade = Credibility::try_from(digit).unwrap();
            let score = Crosswalk::Stix.write_credibility_score(grade).unwrap();
            assert_eq!((score.value, score.loss), (written, None));
            assert!((from..=to).all(|score| read(score) == grade));
        }
        assert!(Crosswalk::Stix.read_credibility_score(101).is_err());
    }

    #[test]
    fn ignorance_and_sources_have_no_number() {
        assert!(Crosswalk::Stix.write_credibility_score(Credibility::Six).is_err());
        assert!(Crosswalk::Stix.write_credibility(Credibility::One).is_err());
        for grade in Reliability::ALL {
            assert!(Crosswalk::Stix.write_reliability_score(grade).is_err());
            assert!(Crosswalk::Stix.write_reliability(grade).is_err());
        }
    }
}
