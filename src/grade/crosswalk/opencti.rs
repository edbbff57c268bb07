//! OpenCTI's defaults: the vocabulary `reliability_ov` and the Admiralty template of confidence.

use super::{Found, NO_DECEPTION, System, exact, lossy};
use crate::grade::{Credibility, Reliability};

/// As shipped. Each platform may rename its vocabulary and move its ticks.
pub(super) struct Defaults;

const FUSED: &str =
    "OpenCTI fuses credibility into its confidence, and each platform may move the ticks";

impl System for Defaults {
    fn version(&self) -> &'static str {
        "defaults, documentation at 30ae917"
    }

    fn source(&self) -> &'static str {
        "OpenCTI-Platform/docs, docs/usage/reliability-confidence.md: reliability_ov, and the \
         Admiralty template of the confidence scale"
    }

    fn read_reliability(&self, symbol: &str) -> Found<Reliability> {
        match symbol {
            "A - Completely reliable" => exact(Reliability::A),
            "B - Usually reliable" => exact(Reliability::B),
            "C - Fairly reliable" => exact(Reliability::C),
            "D - Not usually reliable" => exact(Reliability::D),
            "E - Unreliable" => exact(Reliability::E),
            "F - Reliability cannot be judged" => exact(Reliability::F),
            _ => Err("expected a default label, from `A - Completely reliable` to \
                      `F - Reliability cannot be judged`"),
        }
    }

    fn write_reliability(&self, reliability: Reliability) -> Found<&'static str> {
        match reliability {
            Reliability::A => exact("A - Completely reliable"),
            Reliability::B => exact("B - Usually reliable"),
            Reliability::C => exact("C - Fairly reliable"),
            Reliability::D => exact("D - Not usually reliable"),
            Reliability::E => exact("E - Unreliable"),
            Reliability::F => exact("F - Reliability cannot be judged"),
            Reliability::G => lossy("E - Unreliable", NO_DECEPTION),
        }
    }

    fn read_credibility_score(&self, score: u8) -> Found<Credibility> {
        match score {
            80..=100 => lossy(Credibility::One, FUSED),
            60..=79 => lossy(Credibility::Two, FUSED),
            40..=59 => lossy(Credibility::Three, FUSED),
            20..=39 => lossy(Credibility::Four, FUSED),
            1..=19 => lossy(Credibility::Five, FUSED),
            0 => lossy(Credibility::Six, FUSED),
            _ => Err("expected an OpenCTI confidence from 0 to 100"),
        }
    }

    fn write_credibility_score(&self, credibility: Credibility) -> Found<u8> {
        match credibility {
            Credibility::One => exact(80),
            Credibility::Two => exact(60),
            Credibility::Three => exact(40),
            Credibility::Four => exact(20),
            Credibility::Five => exact(1),
            Credibility::Six => {
                lossy(0, "ignorance becomes the lowest number, below what is improbable")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::grade::{Credibility, Crosswalk, Reliability};

    #[test]
    fn labels_go_there_and_back() {
        for grade in Reliability::ALL.into_iter().filter(|grade| *grade != Reliability::G) {
            let label = Crosswalk::OpenCti.write_reliability(grade).unwrap();
            assert_eq!(label.value, format!("{grade} - {}", grade.label()));
            assert_eq!(Crosswalk::OpenCti.read_reliability(label.value).unwrap().value, grade);
        }
        let deceptive = Crosswalk::OpenCti.write_reliability(Reliability::G).unwrap();
        assert_eq!(deceptive.value, "E - Unreliable");
        assert!(!deceptive.is_exact());
        assert!(Crosswalk::OpenCti.read_reliability("A").is_err());
    }

    #[test]
    fn ticks_go_there_and_back() {
        let ticks = Credibility::ALL.map(|grade| {
            let tick = Crosswalk::OpenCti.write_credibility_score(grade).unwrap().value;
            assert_eq!(Crosswalk::OpenCti.read_credibility_score(tick).unwrap().value, grade);
            tick
        });
        assert_eq!(ticks, [80, 60, 40, 20, 1, 0]);
        assert_eq!(Crosswalk::OpenCti.read_credibility_score(79).unwrap().value, Credibility::Two);
    }
}
