//! The doctrine file: its shape, and nothing more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::{AssumptionStatus, Channel};
use crate::yardstick::Definition;

/// A whole doctrine file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Doctrine {
    /// Name and version, such as `probative-default/1`.
    pub id: String,
    /// Words for strength, each with its lower edge.
    pub bands: Vec<(f64, String)>,
    /// P(what the source says is true | letter).
    pub reliability: Letters,
    /// P(the information is true | digit).
    pub credibility: Digits,
    /// P(a relay passes on faithfully | letter).
    pub relay: Letters,
    /// One row per channel.
    pub channels: BTreeMap<Channel, ChannelRow>,
    /// P(the judgement follows | the item is true).
    pub relevance: Relevances,
    /// The assessor's own word.
    pub assessor: Assessor,
    /// Correlations.
    pub dependence: Dependence,
    /// Limits by the number of independent origins.
    pub origins: Origins,
    /// What the levels of confidence need.
    pub confidence: Levels,
    /// An organisation's own yardsticks, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub yardsticks: BTreeMap<String, Definition>,
}

/// A probability at the three corners.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table of lower, central and upper")]
pub struct Row {
    /// At its most cautious.
    pub lower: f64,
    /// As it stands.
    pub central: f64,
    /// At its most generous.
    pub upper: f64,
}

/// A row per letter. G has none of its own: it counts as E.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table of the letters A to F", rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub struct Letters {
    pub a: Option<Row>,
    pub b: Option<Row>,
    pub c: Option<Row>,
    pub d: Option<Row>,
    pub e: Option<Row>,
    pub f: Option<Row>,
}

/// A row per digit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table of the digits 1 to 6")]
#[allow(missing_docs)]
pub struct Digits {
    #[serde(rename = "1")]
    pub one: Option<Row>,
    #[serde(rename = "2")]
    pub two: Option<Row>,
    #[serde(rename = "3")]
    pub three: Option<Row>,
    #[serde(rename = "4")]
    pub four: Option<Row>,
    #[serde(rename = "5")]
    pub five: Option<Row>,
    #[serde(rename = "6")]
    pub six: Option<Row>,
}

/// What holds for one channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct ChannelRow {
    /// P(it is what it claims to be), when that was checked.
    pub verified: f64,
    /// When some of it was checked.
    pub partial: f64,
    /// When nobody checked.
    pub unverified: f64,
    /// When it is contested.
    pub disputed: f64,
    /// Whether reports with no named owner share one pool.
    pub pooled: bool,
    /// How far the reports of that pool correlate, 0 to 1.
    pub rho: f64,
}

/// P(the judgement follows | the item is true).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[allow(missing_docs)]
pub struct Relevances {
    pub direct: f64,
    pub circumstantial: f64,
    pub contextual: f64,
}

/// The assessor's own word.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Assessor {
    /// What a digit is worth whose corroborators are not named, 0 to 1.
    pub credit: f64,
}

/// Correlations, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Dependence {
    /// Between different reports of one owner.
    pub owner: f64,
    /// Between the assessor's own opinions.
    pub assessor: f64,
}

/// Limits by the number of independent origins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Origins {
    /// The most that strength may be on 0, 1, 2... origins; the last holds for all beyond.
    pub caps: Vec<f64>,
}

/// What the levels of confidence need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[allow(missing_docs)]
pub struct Levels {
    pub high: Limits,
    pub moderate: Limits,
}

/// What one level of confidence needs; what is absent is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Limits {
    /// The lower figure of strength is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_strength: Option<f64>,
    /// The central figure of strength is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub central_strength: Option<f64>,
    /// There are at least so many independent origins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<u32>,
    /// No owner carries more than this share of the support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_owner_share: Option<f64>,
    /// Contradictions are less than this share of all evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_share: Option<f64>,
    /// No assumption stands worse than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<AssumptionStatus>,
}
