//! What the enums and grades of `probative/_words.py` and `_grades.py` ask.

use pyo3::prelude::*;

use super::errors::{self, OrRaise};
use crate::archive::inspection::Answer;
use crate::confidence::{ConfidenceVerdict, RequirementName};
use crate::digest::Algorithm;
use crate::doctrine::Corner;
use crate::draft;
use crate::finding::{FindingCode, Severity};
use crate::grade::{Conversion, Credibility, Crosswalk, Reliability};
use crate::likelihood::LikelihoodVerdict;
use crate::render;
use crate::report::{
    ArchiveState, AssumptionStatus, Authenticity, Channel, Confidence, Format, ProblemCode,
    Relevance, SourceKind, Stance,
};

/// The written forms of a closed list, in the order of the list.
///
/// Raises `LookupError` for a list that is not known.
#[pyfunction]
pub(super) fn words(name: &str) -> PyResult<Vec<&'static str>> {
    macro_rules! lists {
        ($($list:ident)+) => {
            match name {
                $(stringify!($list) => $list::ALL.iter().map(|one| one.as_str()).collect(),)+
                "DraftFindingCode" => {
                    draft::FindingCode::ALL.iter().map(|one| one.as_str()).collect()
                }
                "DraftPart" => draft::Part::ALL.iter().map(|one| one.as_str()).collect(),
                "Markup" => draft::Markup::ALL.iter().map(|one| one.as_str()).collect(),
                "ChangeKind" => render::ChangeKind::ALL.iter().map(|one| one.as_str()).collect(),
                "Crosswalk" => Crosswalk::ALL.iter().map(|one| one.id()).collect(),
                "Algorithm" => [Algorithm::Sha256, Algorithm::Sha512]
                    .map(|one| match one {
                        Algorithm::Sha256 => "sha256",
                        Algorithm::Sha512 => "sha512",
                    })
                    .to_vec(),
                "Formula" => super::explanation::FORMULAS.map(super::explanation::name).to_vec(),
                _ => return Err(pyo3::exceptions::PyLookupError::new_err(name.to_owned())),
            }
        };
    }
    Ok(lists! {
        Answer ArchiveState AssumptionStatus Authenticity Channel Confidence ConfidenceVerdict Corner
        Credibility FindingCode Format LikelihoodVerdict ProblemCode Relevance Reliability
        RequirementName Severity SourceKind Stance
    })
}

/// Label, definition, rank and what it counts as, of a reliability.
#[pyfunction]
pub(super) fn about_reliability(
    py: Python<'_>,
    letter: &str,
) -> PyResult<(&'static str, &'static str, Option<u8>, &'static str)> {
    let letter = errors::reliability(py, letter)?;
    Ok((letter.label(), letter.definition(), letter.rank(), letter.counted_as().as_str()))
}

/// Label, definition and rank of a credibility.
#[pyfunction]
pub(super) fn about_credibility(
    py: Python<'_>,
    digit: &str,
) -> PyResult<(&'static str, &'static str, Option<u8>)> {
    let digit = errors::credibility(py, digit)?;
    Ok((digit.label(), digit.definition(), digit.rank()))
}

/// Checks a word that is in none of its list; raises what the list raises, and for what is no
/// text the same.
#[pyfunction]
pub(super) fn refuse_word(py: Python<'_>, name: &str, word: &str) -> PyResult<()> {
    macro_rules! lists {
        ($($list:ident)+) => {
            match name {
                $(stringify!($list) => { word.parse::<$list>().or_raise(py)?; })+
                "DraftFindingCode" => { word.parse::<draft::FindingCode>().or_raise(py)?; }
                "DraftPart" => { word.parse::<draft::Part>().or_raise(py)?; }
                "Markup" => { word.parse::<draft::Markup>().or_raise(py)?; }
                "ChangeKind" => { word.parse::<render::ChangeKind>().or_raise(py)?; }
                "Formula" => {
                    let message = format!("expected a formula, found `{word}`");
                    return Err(errors::of(py, "UnknownWordError", &message));
                }
                _ => {}
            }
        };
    }
    lists! {
        Algorithm Answer ArchiveState AssumptionStatus Authenticity Channel Confidence
        ConfidenceVerdict Corner Credibility Crosswalk FindingCode Format LikelihoodVerdict
        ProblemCode Relevance Reliability RequirementName Severity SourceKind Stance
    }
    Ok(())
}

/// Letter and digit of a grade such as "B2". Raises `GradeError`.
#[pyfunction]
pub(super) fn parse_grade(py: Python<'_>, text: &str) -> PyResult<(&'static str, &'static str)> {
    let grade = errors::grade(py, text)?;
    Ok((grade.reliability().as_str(), grade.credibility().as_str()))
}

/// Version and source of a crosswalk.
#[pyfunction]
pub(super) fn about_crosswalk(
    py: Python<'_>,
    system: &str,
) -> PyResult<(&'static str, &'static str)> {
    let system = crosswalk(py, system)?;
    Ok((system.version(), system.source()))
}

/// A symbol, or a number from 0 to 100.
#[derive(FromPyObject)]
pub(super) enum Symbol {
    /// A symbol.
    Text(String),
    /// A number.
    Number(i64),
}

impl Symbol {
    /// The number, where it is one that any system could have.
    fn read<T>(&self, symbol: impl FnOnce(&str) -> T, score: impl FnOnce(u8) -> T) -> T {
        match self {
            Self::Text(text) => symbol(text),
            // What is outside is refused as 255 is: no system has it.
            Self::Number(number) => score(u8::try_from(*number).unwrap_or(u8::MAX)),
        }
    }
}

/// The reliability that a symbol or number stands for, and what is lost.
#[pyfunction]
pub(super) fn read_reliability(
    py: Python<'_>,
    system: &str,
    symbol: Symbol,
) -> PyResult<(&'static str, Option<&'static str>)> {
    let system = crosswalk(py, system)?;
    let found = symbol
        .read(|text| system.read_reliability(text), |score| system.read_reliability_score(score));
    Ok(pair(found.or_raise(py)?, Reliability::as_str))
}

/// The credibility that a symbol or number stands for, and what is lost.
#[pyfunction]
pub(super) fn read_credibility(
    py: Python<'_>,
    system: &str,
    symbol: Symbol,
) -> PyResult<(&'static str, Option<&'static str>)> {
    let system = crosswalk(py, system)?;
    let found = symbol
        .read(|text| system.read_credibility(text), |score| system.read_credibility_score(score));
    Ok(pair(found.or_raise(py)?, Credibility::as_str))
}

/// The symbol for a reliability, and what is lost.
#[pyfunction]
pub(super) fn write_reliability(
    py: Python<'_>,
    system: &str,
    letter: &str,
) -> PyResult<(&'static str, Option<&'static str>)> {
    let letter = errors::reliability(py, letter)?;
    Ok(pair(crosswalk(py, system)?.write_reliability(letter).or_raise(py)?, |symbol| symbol))
}

/// The number for a reliability, and what is lost.
#[pyfunction]
pub(super) fn write_reliability_score(
    py: Python<'_>,
    system: &str,
    letter: &str,
) -> PyResult<(u8, Option<&'static str>)> {
    let letter = errors::reliability(py, letter)?;
    Ok(pair(crosswalk(py, system)?.write_reliability_score(letter).or_raise(py)?, |score| score))
}

/// The symbol for a credibility, and what is lost.
#[pyfunction]
pub(super) fn write_credibility(
    py: Python<'_>,
    system: &str,
    digit: &str,
) -> PyResult<(&'static str, Option<&'static str>)> {
    let digit = errors::credibility(py, digit)?;
    Ok(pair(crosswalk(py, system)?.write_credibility(digit).or_raise(py)?, |symbol| symbol))
}

/// The number for a credibility, and what is lost.
#[pyfunction]
pub(super) fn write_credibility_score(
    py: Python<'_>,
    system: &str,
    digit: &str,
) -> PyResult<(u8, Option<&'static str>)> {
    let digit = errors::credibility(py, digit)?;
    Ok(pair(crosswalk(py, system)?.write_credibility_score(digit).or_raise(py)?, |score| score))
}

fn crosswalk(py: Python<'_>, system: &str) -> PyResult<Crosswalk> {
    system.parse::<Crosswalk>().or_raise(py)
}

fn pair<T, U>(found: Conversion<T>, form: impl FnOnce(T) -> U) -> (U, Option<&'static str>) {
    (form(found.value), found.loss)
}
