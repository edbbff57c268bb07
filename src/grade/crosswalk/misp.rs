//! MISP taxonomy `admiralty-scale`.

use super::{Found, System, exact, lossy};
use crate::grade::{Credibility, Reliability};

/// Machine tags and their `numerical_value`, version 5. Earlier versions have no numbers.
pub(super) struct AdmiraltyScale;

/// The tag of each letter, in the order of [`Reliability::index`].
const RELIABILITY: [&str; 7] = [
    r#"admiralty-scale:source-reliability="a""#,
    r#"admiralty-scale:source-reliability="b""#,
    r#"admiralty-scale:source-reliability="c""#,
    r#"admiralty-scale:source-reliability="d""#,
    r#"admiralty-scale:source-reliability="e""#,
    r#"admiralty-scale:source-reliability="f""#,
    r#"admiralty-scale:source-reliability="g""#,
];

/// The tag of each digit, in the order of [`Credibility::index`].
const CREDIBILITY: [&str; 6] = [
    r#"admiralty-scale:information-credibility="1""#,
    r#"admiralty-scale:information-credibility="2""#,
    r#"admiralty-scale:information-credibility="3""#,
    r#"admiralty-scale:information-credibility="4""#,
    r#"admiralty-scale:information-credibility="5""#,
    r#"admiralty-scale:information-credibility="6""#,
];

const MIDDLING: &str = "MISP gives ignorance the middling number 50, the same as C or 3";
const FIVE_NUMBERS: &str = "MISP gives only the numbers 0, 25, 50, 75 and 100";

impl System for AdmiraltyScale {
    fn version(&self) -> &'static str {
        "5"
    }

    fn source(&self) -> &'static str {
        "MISP/misp-taxonomies, admiralty-scale/machinetag.json, version 5"
    }

    fn read_reliability(&self, symbol: &str) -> Found<Reliability> {
        let at = RELIABILITY.iter().position(|tag| *tag == symbol);
        at.and_then(|at| Reliability::ALL.get(at))
            .ok_or("expected a tag admiralty-scale:source-reliability=\"a\" to \"g\"")
            .and_then(|&grade| exact(grade))
    }

    fn write_reliability(&self, reliability: Reliability) -> Found<&'static str> {
        exact(RELIABILITY[reliability.index()])
    }

    fn read_credibility(&self, symbol: &str) -> Found<Credibility> {
        let at = CREDIBILITY.iter().position(|tag| *tag == symbol);
        at.and_then(|at| Credibility::ALL.get(at))
            .ok_or("expected a tag admiralty-scale:information-credibility=\"1\" to \"6\"")
            .and_then(|&grade| exact(grade))
    }

    fn write_credibility(&self, credibility: Credibility) -> Found<&'static str> {
        exact(CREDIBILITY[credibility.index()])
    }

    fn read_reliability_score(&self, score: u8) -> Found<Reliability> {
        match score {
            100 => exact(Reliability::A),
            75 => exact(Reliability::B),
            50 => Err("50 stands for both C and F"),
            25 => exact(Reliability::D),
            0 => Err("0 stands for both E and G"),
            _ => Err(FIVE_NUMBERS),
        }
    }

    fn write_reliability_score(&self, reliability: Reliability) -> Found<u8> {
        match reliability {
            Reliability::A => exact(100),
            Reliability::B => exact(75),
            Reliability::C => exact(50),
            Reliability::D => exact(25),
            Reliability::E => exact(0),
            Reliability::F => lossy(50, MIDDLING),
            Reliability::G => lossy(0, "MISP gives E the same number"),
        }
    }

    fn read_credibility_score(&self, score: u8) -> Found<Credibility> {
        match score {
            100 => exact(Credibility::One),
            75 => exact(Credibility::Two),
            50 => Err("50 stands for both 3 and 6"),
            25 => exact(Credibility::Four),
            0 => exact(Credibility::Five),
            _ => Err(FIVE_NUMBERS),
        }
    }

    fn write_credibility_score(&self, credibility: Credibility) -> Found<u8> {
        match credibility {
            Credibility::One => exact(100),
            Credibility::Two => exact(75),
            Credibility::Three => exact(50),
            Credibility::Four => exact(25),
            Credibility::Five => exact(0),
            Credibility::Six => lossy(50, MIDDLING),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::grade::{Credibility, Crosswalk, Reliability};

    #[test]
    fn every_tag_goes_there_and_back() {
        for grade in Reliability::ALL {
            let tag = Crosswalk::Misp.write_reliability(grade).unwrap().value;
            let letter = grade.to_string().to_lowercase();
            assert_eq!(tag, format!("admiralty-scale:source-reliability=\"{letter}\""));
            assert_eq!(Crosswalk::Misp.read_reliability(tag).unwrap().value, grade);
            assert!(Crosswalk::Misp.read_credibility(tag).is_err());
        }
        for grade in Credibility::ALL {
            let tag = Crosswalk::Misp.write_credibility(grade).unwrap().value;
            assert_eq!(tag, format!("admiralty-scale:information-credibility=\"{grade}\""));
            assert_eq!(Crosswalk::Misp.read_credibility(tag).unwrap().value, grade);
            assert!(Crosswalk::Misp.read_reliability(tag).is_err());
        }
        for text in ["b", "B", r#"admiralty-scale:source-reliability="h""#, ""] {
            assert!(Crosswalk::Misp.read_reliability(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_numbers_are_those_of_version_5() {
        let scores = Reliability::ALL.map(|g| Crosswalk::Misp.write_reliability_score(g).unwrap());
        assert_eq!(scores.map(|score| score.value), [100, 75, 50, 25, 0, 50, 0]);
        let scores = Credibility::ALL.map(|g| Crosswalk::Misp.write_credibility_score(g).unwrap());
        assert_eq!(scores.map(|score| score.value), [100, 75, 50, 25, 0, 50]);
        // What one number says of two grades is not undone.
        assert!(Crosswalk::Misp.read_reliability_score(50).is_err());
        assert!(Crosswalk::Misp.read_reliability_score(0).is_err());
        assert!(Crosswalk::Misp.read_credibility_score(50).is_err());
        assert!(Crosswalk::Misp.read_credibility_score(60).is_err());
    }
}
