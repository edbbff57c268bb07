//! From the grades of one system to those of another, by definition and never by symbol.
//!
//! The same letter means different things: E is "unreliable" to NATO and "untested" to the UK
//! 5x5x5; the 3x5x2 puts digits on the source. So each system is a [`Crosswalk`] with a name, a
//! version and a source, and converts only what its own definitions allow. Three rules hold for
//! all of them:
//!
//! - What has no counterpart is [refused with the reason](NoCounterpart), not approximated.
//! - What loses meaning says [what is lost](Conversion::loss).
//! - A symbol that covers two grades gives the lower: a conversion creates no evidence.

mod europol;
mod misp;
mod opencti;
mod stix;
mod uk;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{Credibility, Reliability};

/// A system of grades that is converted from and to: named, versioned, partial.
///
/// A system has *symbols* (letters, digits, labels, tags), *scores* (0 to 100), both or neither
/// on each axis; what it lacks is refused like any other thing without a counterpart.
///
/// ```
/// use probative::grade::{Credibility, Crosswalk, Reliability};
///
/// let tag = r#"admiralty-scale:source-reliability="b""#;
/// assert_eq!(Crosswalk::Misp.read_reliability(tag)?.value, Reliability::B);
///
/// // The same letter, another meaning: 5x5x5's E is a source that nobody has tested.
/// assert_eq!(Crosswalk::Uk5x5x5.read_reliability("E")?.value, Reliability::F);
///
/// // MISP gives ignorance a middling number, and the conversion says so.
/// let score = Crosswalk::Misp.write_credibility_score(Credibility::Six)?;
/// assert_eq!(score.value, 50);
/// assert!(score.loss.is_some());
/// // STIX gives it none.
/// assert!(Crosswalk::Stix.write_credibility_score(Credibility::Six).is_err());
/// # Ok::<(), probative::grade::NoCounterpart>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Crosswalk {
    /// MISP's taxonomy `admiralty-scale`: tags, with a number for each.
    Misp,
    /// The Admiralty row of STIX 2.1 Appendix A: `confidence` numbers for credibility. STIX has
    /// no scale for sources.
    Stix,
    /// OpenCTI's default vocabulary `reliability_ov`, and its default Admiralty template for
    /// `confidence`.
    OpenCti,
    /// The UK National Intelligence Model's 5x5x5, since superseded. Its digits grade the
    /// source's *access*, so most have no counterpart.
    Uk5x5x5,
    /// The UK College of Policing's 3x5x2. Named, so that its symbols are not taken for NATO's;
    /// it converts nothing, because its table was not checked against the College's own text.
    Uk3x5x2,
    /// Art. 29 of the Europol Regulation. Its digits grade the source's *access*, so most have
    /// no counterpart.
    Europol,
}

impl Crosswalk {
    /// Every system.
    pub const ALL: [Self; 6] =
        [Self::Misp, Self::Stix, Self::OpenCti, Self::Uk5x5x5, Self::Uk3x5x2, Self::Europol];

    /// The name that it is asked for by, such as `uk-5x5x5`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Misp => "misp",
            Self::Stix => "stix",
            Self::OpenCti => "opencti",
            Self::Uk5x5x5 => "uk-5x5x5",
            Self::Uk3x5x2 => "uk-3x5x2",
            Self::Europol => "europol",
        }
    }

    /// The version of the system that the tables follow.
    pub fn version(self) -> &'static str {
        self.system().version()
    }

    /// Where the tables come from, as a citation.
    pub fn source(self) -> &'static str {
        self.system().source()
    }

    /// The reliability that a symbol of the system stands for.
    ///
    /// # Errors
    /// When the symbol has no counterpart, or is not one of the system's.
    pub fn read_reliability(self, symbol: &str) -> Result<Conversion<Reliability>, NoCounterpart> {
        self.system().read_reliability(symbol).map_err(|reason| self.refuse(symbol, reason))
    }

    /// The symbol that stands for a reliability.
    ///
    /// # Errors
    /// When the system has none for it.
    pub fn write_reliability(
        self,
        reliability: Reliability,
    ) -> Result<Conversion<&'static str>, NoCounterpart> {
        let written = self.system().write_reliability(reliability);
        written.map_err(|reason| self.refuse(reliability, reason))
    }

    /// The credibility that a symbol of the system stands for.
    ///
    /// # Errors
    /// When the symbol has no counterpart, or is not one of the system's.
    pub fn read_credibility(self, symbol: &str) -> Result<Conversion<Credibility>, NoCounterpart> {
        self.system().read_credibility(symbol).map_err(|reason| self.refuse(symbol, reason))
    }

    /// The symbol that stands for a credibility.
    ///
    /// # Errors
    /// When the system has none for it.
    pub fn write_credibility(
        self,
        credibility: Credibility,
    ) -> Result<Conversion<&'static str>, NoCounterpart> {
        let written = self.system().write_credibility(credibility);
        written.map_err(|reason| self.refuse(credibility, reason))
    }

    /// The reliability that a number of the system, 0 to 100, stands for.
    ///
    /// # Errors
    /// When the number stands for none, or for several.
    pub fn read_reliability_score(
        self,
        score: u8,
    ) -> Result<Conversion<Reliability>, NoCounterpart> {
        self.system().read_reliability_score(score).map_err(|reason| self.refuse(score, reason))
    }

    /// The number, 0 to 100, that the system gives a reliability.
    ///
    /// # Errors
    /// When the system has none for it.
    pub fn write_reliability_score(
        self,
        reliability: Reliability,
    ) -> Result<Conversion<u8>, NoCounterpart> {
        let written = self.system().write_reliability_score(reliability);
        written.map_err(|reason| self.refuse(reliability, reason))
    }

    /// The credibility that a number of the system, 0 to 100, stands for.
    ///
    /// # Errors
    /// When the number stands for none, or for several.
    pub fn read_credibility_score(
        self,
        score: u8,
    ) -> Result<Conversion<Credibility>, NoCounterpart> {
        self.system().read_credibility_score(score).map_err(|reason| self.refuse(score, reason))
    }

    /// The number, 0 to 100, that the system gives a credibility.
    ///
    /// # Errors
    /// When the system has none for it.
    pub fn write_credibility_score(
        self,
        credibility: Credibility,
    ) -> Result<Conversion<u8>, NoCounterpart> {
        let written = self.system().write_credibility_score(credibility);
        written.map_err(|reason| self.refuse(credibility, reason))
    }

    fn system(self) -> &'static dyn System {
        match self {
            Self::Misp => &misp::AdmiraltyScale,
            Self::Stix => &stix::AdmiraltyCredibility,
            Self::OpenCti => &opencti::Defaults,
            Self::Uk5x5x5 => &uk::FiveByFiveByFive,
            Self::Uk3x5x2 => &uk::ThreeByFiveByTwo,
            Self::Europol => &europol::Article29,
        }
    }

    fn refuse(self, symbol: impl fmt::Display, reason: &'static str) -> NoCounterpart {
        NoCounterpart { system: self, symbol: symbol.to_string(), reason }
    }
}

impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Crosswalk {
    type Err = UnknownCrosswalk;

    fn from_str(id: &str) -> Result<Self, UnknownCrosswalk> {
        Self::ALL
            .into_iter()
            .find(|system| system.id() == id)
            .ok_or_else(|| UnknownCrosswalk { found: id.to_owned() })
    }
}

/// What a conversion gave, and what was lost on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conversion<T> {
    /// The counterpart.
    pub value: T,
    /// What the counterpart does not say, or says too much; `None` when the meaning is kept.
    pub loss: Option<&'static str>,
}

impl<T> Conversion<T> {
    /// Whether the meaning is kept.
    pub fn is_exact(&self) -> bool {
        self.loss.is_none()
    }
}

/// A symbol, number or grade that has no counterpart on the other side.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{symbol}` has no counterpart by the crosswalk {system}: {reason}")]
pub struct NoCounterpart {
    /// The crosswalk.
    pub system: Crosswalk,
    /// What was to be converted.
    pub symbol: String,
    /// Why it has none; for a symbol that is not the system's, what was expected.
    pub reason: &'static str,
}

/// A name that is no [`Crosswalk`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "expected a crosswalk (misp, stix, opencti, uk-5x5x5, uk-3x5x2 or europol), found `{found}`"
)]
pub struct UnknownCrosswalk {
    /// The name.
    pub found: String,
}

/// What a table says: a counterpart, or why there is none.
type Found<T> = Result<Conversion<T>, &'static str>;

/// One system's tables. What it does not have, it refuses by default.
trait System {
    fn version(&self) -> &'static str;
    fn source(&self) -> &'static str;

    fn read_reliability(&self, _symbol: &str) -> Found<Reliability> {
        Err("the system has no symbols for the reliability of sources")
    }

    fn write_reliability(&self, _reliability: Reliability) -> Found<&'static str> {
        Err("the system has no symbols for the reliability of sources")
    }

    fn read_credibility(&self, _symbol: &str) -> Found<Credibility> {
        Err("the system has no symbols for the credibility of information")
    }

    fn write_credibility(&self, _credibility: Credibility) -> Found<&'static str> {
        Err("the system has no symbols for the credibility of information")
    }

    fn read_reliability_score(&self, _score: u8) -> Found<Reliability> {
        Err("the system has no numbers for the reliability of sources")
    }

    fn write_reliability_score(&self, _reliability: Reliability) -> Found<u8> {
        Err("the system has no numbers for the reliability of sources")
    }

    fn read_credibility_score(&self, _score: u8) -> Found<Credibility> {
        Err("the system has no numbers for the credibility of information")
    }

    fn write_credibility_score(&self, _credibility: Credibility) -> Found<u8> {
        Err("the system has no numbers for the credibility of information")
    }
}

/// A counterpart that means the same.
// The tables are `Found` throughout; a bare `Conversion` here would be wrapped at every use.
#[allow(clippy::unnecessary_wraps)]
fn exact<T>(value: T) -> Found<T> {
    Ok(Conversion { value, loss: None })
}

/// A counterpart that means less, or more.
#[allow(clippy::unnecessary_wraps)]
fn lossy<T>(value: T, loss: &'static str) -> Found<T> {
    Ok(Conversion { value, loss: Some(loss) })
}

/// What every system but MISP does with G.
const NO_DECEPTION: &str =
    "the system has no code for deliberate deception; it is written as it counts, as unreliable";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn systems() -> impl Strategy<Value = Crosswalk> {
        proptest::sample::select(&Crosswalk::ALL[..])
    }

    proptest! {
        #[test]
        fn no_symbol_panics(system in systems(), symbol: String, score: u8) {
            let _ = system.read_reliability(&symbol);
            let _ = system.read_credibility(&symbol);
            let _ = symbol.parse::<Crosswalk>();
            prop_assert!(score <= 100 || system.read_reliability_score(score).is_err());
            prop_assert!(score <= 100 || system.read_credibility_score(score).is_err());
        }
    }

    #[test]
    fn names_are_read_back() {
        for system in Crosswalk::ALL {
            assert_eq!(system.to_string().parse(), Ok(system));
            assert!(!system.version().is_empty() && !system.source().is_empty());
        }
        let error = "nato".parse::<Crosswalk>().unwrap_err().to_string();
        assert!(error.contains("`nato`"));
        for system in Crosswalk::ALL {
            assert!(error.contains(system.id()), "{error}");
        }
    }

    #[test]
    fn an_exact_way_there_and_an_exact_way_back_end_where_they_began() {
        fn check<G: PartialEq + fmt::Debug, W>(
            grade: &G,
            written: Result<Conversion<W>, NoCounterpart>,
            read: impl Fn(W) -> Result<Conversion<G>, NoCounterpart>,
        ) {
            if let Ok(written) = written
                && written.is_exact()
                && let Ok(back) = read(written.value)
                && back.is_exact()
            {
                assert_eq!(&back.value, grade);
            }
        }
        for system in Crosswalk::ALL {
            for grade in Reliability::ALL {
                check(&grade, system.write_reliability(grade), |s| system.read_reliability(s));
                let score = system.write_reliability_score(grade);
                check(&grade, score, |s| system.read_reliability_score(s));
            }
            for grade in Credibility::ALL {
                check(&grade, system.write_credibility(grade), |s| system.read_credibility(s));
                let score = system.write_credibility_score(grade);
                check(&grade, score, |s| system.read_credibility_score(s));
            }
        }
    }

    #[test]
    fn going_there_and_back_makes_nothing_better() {
        for system in Crosswalk::ALL {
            for grade in Reliability::ALL {
                if let Ok(written) = system.write_reliability(grade)
                    && let Ok(back) = system.read_reliability(written.value)
                {
                    assert_eq!(back.value.is_judged(), grade.is_judged(), "{system} {grade}");
                    assert!(back.value.rank() >= grade.rank(), "{system} {grade}");
                }
            }
        }
    }

    #[test]
    fn refusals_name_the_system_the_symbol_and_the_reason() {
        let error = Crosswalk::Stix.read_reliability("A").unwrap_err();
        assert_eq!((error.system, error.symbol.as_str()), (Crosswalk::Stix, "A"));
        let text = error.to_string();
        assert!(text.contains("stix") && text.contains("`A`") && text.contains(error.reason));
    }
}
