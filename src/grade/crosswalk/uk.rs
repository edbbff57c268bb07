//! The scales of UK policing.

use super::{Found, NO_DECEPTION, System, exact, lossy};
use crate::grade::{Credibility, Reliability};

/// The National Intelligence Model's 5x5x5.
pub(super) struct FiveByFiveByFive;

/// The College of Policing's 3x5x2.
pub(super) struct ThreeByFiveByTwo;

const ACCESS: &str = "the digit says how the source came to know, not how far it is believed";
const NO_ACCESS: &str =
    "a 5x5x5 digit says how the source came to know, which a NATO digit does not record";

impl System for FiveByFiveByFive {
    fn version(&self) -> &'static str {
        "National Intelligence Model"
    }

    fn source(&self) -> &'static str {
        "UK National Intelligence Model, 5x5x5 information/intelligence report: source and \
         information evaluation"
    }

    fn read_reliability(&self, symbol: &str) -> Found<Reliability> {
        match symbol {
            "A" => exact(Reliability::A),
            "B" => exact(Reliability::B),
            "C" => lossy(
                Reliability::D,
                "`sometimes reliable` covers NATO's C and D; the lower is given",
            ),
            "D" => exact(Reliability::E),
            // Untested is no record, which NATO calls F; NATO's E is a bad record.
            "E" => exact(Reliability::F),
            _ => Err("expected a 5x5x5 source evaluation from A to E"),
        }
    }

    fn write_reliability(&self, reliability: Reliability) -> Found<&'static str> {
        let one_step = "5x5x5 has one step, `sometimes reliable`, for NATO's C and D";
        match reliability {
            Reliability::A => exact("A"),
            Reliability::B => exact("B"),
            Reliability::C | Reliability::D => lossy("C", one_step),
            Reliability::E => exact("D"),
            Reliability::F => exact("E"),
            Reliability::G => lossy("D", NO_DECEPTION),
        }
    }

    fn read_credibility(&self, symbol: &str) -> Found<Credibility> {
        match symbol {
            "1" => lossy(
                Credibility::One,
                "`known to be true` does not say that independent sources confirm it",
            ),
            "2" | "3" => Err(ACCESS),
            "4" => exact(Credibility::Six),
            "5" => lossy(
                Credibility::Five,
                "`suspected to be false` does not say that other information contradicts it",
            ),
            _ => Err("expected a 5x5x5 information evaluation from 1 to 5"),
        }
    }

    fn write_credibility(&self, credibility: Credibility) -> Found<&'static str> {
        match credibility {
            Credibility::Five => exact("5"),
            Credibility::Six => exact("4"),
            Credibility::One | Credibility::Two | Credibility::Three | Credibility::Four => {
                Err(NO_ACCESS)
            }
        }
    }
}

const UNCHECKED: &str = "the table of the 3x5x2 was found in summaries only and not checked \
                         against the College of Policing's text, so nothing is converted";

impl System for ThreeByFiveByTwo {
    fn version(&self) -> &'static str {
        "unverified"
    }

    fn source(&self) -> &'static str {
        "College of Policing, Authorised Professional Practice (not read)"
    }

    fn read_reliability(&self, _symbol: &str) -> Found<Reliability> {
        Err(UNCHECKED)
    }

    fn write_reliability(&self, _reliability: Reliability) -> Found<&'static str> {
        Err(UNCHECKED)
    }

    fn read_credibility(&self, _symbol: &str) -> Found<Credibility> {
        Err(UNCHECKED)
    }

    fn write_credibility(&self, _credibility: Credibility) -> Found<&'static str> {
        Err(UNCHECKED)
    }
}

#[cfg(test)]
mod tests {
    use crate::grade::{Credibility, Crosswalk, Reliability};

    #[test]
    fn untested_is_not_unreliable() {
        let read = |symbol| Crosswalk::Uk5x5x5.read_reliability(symbol).unwrap().value;
        assert_eq!(
            ["A", "B", "C", "D", "E"].map(read),
            [Reliability::A, Reliability::B, Reliability::D, Reliability::E, Reliability::F]
        );
        let write = |grade| Crosswalk::Uk5x5x5.write_reliability(grade).unwrap().value;
        assert_eq!(Reliability::ALL.map(write), ["A", "B", "C", "C", "D", "E", "D"]);
        assert!(Crosswalk::Uk5x5x5.read_reliability("F").is_err());
    }

    #[test]
    fn how_a_source_came_to_know_is_not_how_far_it_is_believed() {
        let read = |symbol| Crosswalk::Uk5x5x5.read_credibility(symbol);
        assert_eq!(read("4").unwrap().value, Credibility::Six);
        assert!(read("4").unwrap().is_exact());
        assert_eq!(read("1").unwrap().value, Credibility::One);
        assert_eq!(read("5").unwrap().value, Credibility::Five);
        assert!(!read("1").unwrap().is_exact() && !read("5").unwrap().is_exact());
        for symbol in ["2", "3", "6", "0", ""] {
            assert!(read(symbol).is_err(), "{symbol}");
        }
    }

    #[test]
    fn what_was_not_checked_converts_nothing() {
        let system = Crosswalk::Uk3x5x2;
        for symbol in ["1", "2", "3", "A", "B", "C", "D", "E", "P"] {
            assert!(system.read_reliability(symbol).unwrap_err().reason.contains("not checked"));
            assert!(system.read_credibility(symbol).unwrap_err().reason.contains("not checked"));
        }
        assert!(Reliability::ALL.iter().all(|&grade| system.write_reliability(grade).is_err()));
        assert!(Credibility::ALL.iter().all(|&grade| system.write_credibility(grade).is_err()));
    }
}
