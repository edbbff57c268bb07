//! A judgement by the grades of each assessor.

use serde::Serialize;

use super::Range;
use crate::appraisal::Appraisal;
use crate::report::Confidence;

/// A judgement by the grades of one assessor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AssessorAccount {
    /// Who graded.
    pub by: String,
    /// Strength, -1 to 1.
    pub strength: Range,
    /// The word for the central strength.
    pub band: String,
    /// The confidence that could be supported.
    pub supportable: Confidence,
}

/// The least and the most central strength that assessors give; `None` without any.
pub(in crate::render) fn range(all: &[AssessorAccount]) -> Option<(f64, f64)> {
    let central = || all.iter().map(|one| one.strength.central);
    Some((central().min_by(f64::total_cmp)?, central().max_by(f64::total_cmp)?))
}

/// The judgement at this place by each assessor, unless they all agree.
pub(super) fn by_assessor(appraisals: &[(&str, Appraisal)], at: usize) -> Vec<AssessorAccount> {
    let by = |(by, appraisal): &(&str, Appraisal)| {
        let judgement = appraisal.judgements().get(at)?;
        Some(AssessorAccount {
            by: (*by).to_owned(),
            strength: judgement.strength.into(),
            band: judgement.band.to_string(),
            supportable: judgement.supportable,
        })
    };
    let all: Vec<AssessorAccount> = appraisals.iter().filter_map(by).collect();
    let parts = |pair: &[AssessorAccount]| {
        (pair[0].strength, pair[0].supportable) != (pair[1].strength, pair[1].supportable)
    };
    if all.windows(2).any(parts) { all } else { Vec::new() }
}
