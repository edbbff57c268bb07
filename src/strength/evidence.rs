//! Units of evidence: what a probability and a belief are worth when they are added up.
//!
//! An opinion in subjective logic (Jøsang 2016, ch. 3) holds `r` units for, `s` units against
//! and [`PRIOR_WEIGHT`] units of ignorance: belief `r / (r + s + W)`, disbelief `s / (r + s + W)`,
//! uncertainty `W / (r + s + W)`.

/// `W`, the weight of ignorance in units of evidence: subjective logic's customary 2.
pub const PRIOR_WEIGHT: f64 = 2.0;

/// Units of evidence behind a lone opinion of this belief: `2b / (1 - b)`.
///
/// A belief of 0 or less (or none at all) is no evidence; one of 1 or more is infinite.
///
/// ```
/// use probative::strength::evidence::{belief, units};
///
/// assert_eq!(units(0.5), 2.0);
/// assert_eq!(belief(units(0.25), 0.0), 0.25);
/// assert_eq!(units(f64::NAN), 0.0);
/// ```
pub fn units(belief: f64) -> f64 {
    if belief > 0.0 { PRIOR_WEIGHT * belief / (1.0 - belief).max(0.0) } else { 0.0 }
}

/// Belief in what has so many units for it and against it: the surplus over all there is, and
/// nothing when there is more against.
pub fn belief(support: f64, doubt: f64) -> f64 {
    (support - doubt).max(0.0) / (PRIOR_WEIGHT + support + doubt)
}

/// Units for what is true with this probability, nothing else known: `(2p - 1) / (1 - p)`, the
/// likelihood ratio less one; nothing at 1/2 and below.
pub fn support(probability: f64) -> f64 {
    if probability > 0.5 { (2.0 * probability - 1.0) / (1.0 - probability) } else { 0.0 }
}

/// Units against what is true with this probability: `(1 - 2p) / p`; nothing at 1/2 and above.
pub fn doubt(probability: f64) -> f64 {
    if probability < 0.5 { (1.0 - 2.0 * probability) / probability } else { 0.0 }
}

/// The sum of correlated evidence: the strongest counts whole, each further one `1 - rho` times
/// less. Values must come strongest first.
///
/// The limit for many equal values is the survey statistician's design effect, `1 / rho`.
pub fn correlated_sum(values: impl IntoIterator<Item = f64>, rho: f64) -> f64 {
    let (mut total, mut weight) = (0.0, 1.0);
    for value in values {
        total += weight * value;
        weight *= 1.0 - rho;
        if weight < NEGLIGIBLE {
            break;
        }
    }
    total
}

/// Weights below this no longer change a double's sum: each value is at most the first.
pub(crate) const NEGLIGIBLE: f64 = 1e-18;
