//! The Europol Regulation's codes.

use super::{Found, NO_DECEPTION, System, exact, lossy};
use crate::grade::{Credibility, Reliability};

/// Regulation (EU) 2016/794, Art. 29: codes A, B, C, X for sources and 1 to 4 for information.
pub(super) struct Article29;

const ACCESS: &str = "the digit says how the source came to know, not how far it is believed";
const NO_ACCESS: &str =
    "an Art. 29 digit says how the source came to know, which a NATO digit does not record";
const ONE_CODE: &str = "Art. 29 has one code for all sources that are mostly unreliable";

impl System for Article29 {
    fn version(&self) -> &'static str {
        "2016/794"
    }

    fn source(&self) -> &'static str {
        "Regulation (EU) 2016/794 of 11 May 2016 (Europol), Art. 29(1) and (2)"
    }

    fn read_reliability(&self, symbol: &str) -> Found<Reliability> {
        match symbol {
            "A" => exact(Reliability::A),
            "B" => exact(Reliability::B),
            "C" => lossy(
                Reliability::E,
                "`unreliable in most instances` covers NATO's D and E; the lower is given",
            ),
            "X" => exact(Reliability::F),
            _ => Err("expected a source code A, B, C or X"),
        }
    }

    fn write_reliability(&self, reliability: Reliability) -> Found<&'static str> {
        match reliability {
            Reliability::A => exact("A"),
            Reliability::B => exact("B"),
            Reliability::C => {
                Err("a fairly reliable source is neither mostly reliable nor mostly unreliable")
            }
            Reliability::D | Reliability::E => lossy("C", ONE_CODE),
            Reliability::F => exact("X"),
            Reliability::G => lossy("C", NO_DECEPTION),
        }
    }

    fn read_credibility(&self, symbol: &str) -> Found<Credibility> {
        match symbol {
            "1" => lossy(
                Credibility::One,
                "`accuracy not in doubt` does not say that independent sources confirm it",
            ),
            "2" | "3" | "4" => Err(ACCESS),
            _ => Err("expected an information code from 1 to 4"),
        }
    }

    fn write_credibility(&self, _credibility: Credibility) -> Found<&'static str> {
        Err(NO_ACCESS)
    }
}

#[cfg(test)]
mod tests {
    use crate::grade::{Credibility, Crosswalk, Reliability};

    #[test]
    fn sources_convert_by_definition() {
        let read = |symbol| Crosswalk::Europol.read_reliability(symbol).unwrap();
        assert_eq!(read("A").value, Reliability::A);
        assert_eq!(read("B").value, Reliability::B);
        assert_eq!((read("C").value, read("C").is_exact()), (Reliability::E, false));
        assert_eq!(read("X").value, Reliability::F);
        for symbol in ["D", "E", "F", "x", ""] {
            assert!(Crosswalk::Europol.read_reliability(symbol).is_err(), "{symbol}");
        }
        let write = |grade| Crosswalk::Europol.write_reliability(grade).ok().map(|to| to.value);
        assert_eq!(
            Reliability::ALL.map(write),
            [Some("A"), Some("B"), None, Some("C"), Some("C"), Some("X"), Some("C")]
        );
    }

    #[test]
    fn how_a_source_came_to_know_is_not_how_far_it_is_believed() {
        let one = Crosswalk::Europol.read_credibility("1").unwrap();
        assert_eq!((one.value, one.is_exact()), (Credibility::One, false));
        for symbol in ["2", "3", "4", "5", "6"] {
            assert!(Crosswalk::Europol.read_credibility(symbol).is_err(), "{symbol}");
        }
        for grade in Credibility::ALL {
            assert!(Crosswalk::Europol.write_credibility(grade).is_err());
        }
    }
}
