//! The yardsticks of published standards.

use std::sync::{Arc, LazyLock};

use thiserror::Error;

use super::{Band, Head, Term, Yardstick};

/// A name that is no built-in yardstick's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuiltinError {
    /// Nothing of that name is known.
    #[error("expected a built-in yardstick ({}), found `{found}`", known())]
    Unknown {
        /// The name.
        found: String,
    },
    /// The standard exists, but its figures could not be confirmed.
    #[error("the yardstick `{id}` is not built in: {reason}; a doctrine may define it")]
    Unverified {
        /// The name.
        id: &'static str,
        /// Why it is not shipped.
        reason: &'static str,
    },
}

pub(super) fn all() -> &'static [Yardstick] {
    static ALL: LazyLock<Vec<Yardstick>> =
        LazyLock::new(|| STANDARDS.iter().map(Yardstick::from).collect());
    &ALL
}

pub(super) fn find(id: &str) -> Result<&'static Yardstick, BuiltinError> {
    if id == "nato" {
        return Err(BuiltinError::Unverified {
            id: "nato",
            reason: "no public text of the likelihood table of AJP-2.1 was found to check it \
                     against",
        });
    }
    let found = all().iter().find(|yardstick| yardstick.id() == id);
    found.ok_or_else(|| BuiltinError::Unknown { found: id.to_owned() })
}

fn known() -> String {
    STANDARDS.map(|standard| standard.id).join(", ")
}

const STANDARDS: [Standard; 5] = [ICD_203, PHIA_2025, IPCC, KENT, FE_DDIS];

/// Contiguous: neighbours share their edges. 0 and 100 % have no term. The standard has two rows
/// of words and asks not to mix them; the first row's are the labels here, the second's the
/// synonyms.
const ICD_203: Standard = Standard {
    id: "icd-203",
    name: "ICD 203 expressions of likelihood",
    edition: "2 January 2015, as amended 21 December 2022",
    source: "Intelligence Community Directive 203, Analytic Standards, D.6.e(2)(a)",
    terms: &[
        ("almost no chance", &["remote"], band(0.01, 0.05)),
        ("very unlikely", &["highly improbable"], band(0.05, 0.20)),
        ("unlikely", &["improbable", "improbably"], band(0.20, 0.45)),
        ("roughly even chance", &["roughly even odds"], band(0.45, 0.55)),
        ("likely", &["probable", "probably"], band(0.55, 0.80)),
        ("very likely", &["highly probable"], band(0.80, 0.95)),
        ("almost certain", &["almost certainly", "nearly certain"], band(0.95, 0.99)),
    ],
};

/// Deliberate gaps between the terms; none covers 50 %. The edges are approximate, save those
/// that "more than 0", "less than 50" and "less than 100" leave out.
const PHIA_2025: Standard = Standard {
    id: "phia-2025",
    name: "PHIA Probability Yardstick",
    edition: "24 March 2025",
    source: "UK Professional Head of Intelligence Assessment, Explaining Uncertainty in UK \
             Intelligence Assessment, gov.uk",
    terms: &[
        ("remote chance", &[], about(open_lower(0.0, 0.05))),
        ("highly unlikely", &[], about(band(0.10, 0.20))),
        ("unlikely", &[], about(band(0.25, 0.35))),
        ("realistic possibility", &[], about(open_upper(0.40, 0.50))),
        ("likely", &["probable"], about(band(0.55, 0.75))),
        ("highly likely", &[], about(band(0.80, 0.90))),
        ("almost certain", &[], about(open_upper(0.95, 1.0))),
    ],
};

/// Nested: each threshold contains the stronger ones. The last three are those of the Fourth
/// Assessment Report that the Fifth lets authors keep.
const IPCC: Standard = Standard {
    id: "ipcc",
    name: "IPCC likelihood scale",
    edition: "AR5 (2010), with the three additional terms of AR4",
    source: "Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent \
             Treatment of Uncertainties, Table 1",
    terms: &[
        ("virtually certain", &[], band(0.99, 1.0)),
        ("very likely", &[], band(0.90, 1.0)),
        ("likely", &[], band(0.66, 1.0)),
        ("about as likely as not", &[], band(0.33, 0.66)),
        ("unlikely", &[], band(0.0, 0.33)),
        ("very unlikely", &[], band(0.0, 0.10)),
        ("exceptionally unlikely", &[], band(0.0, 0.01)),
        ("extremely likely", &[], band(0.95, 1.0)),
        ("more likely than not", &[], open_lower(0.50, 1.0)),
        ("extremely unlikely", &[], band(0.0, 0.05)),
    ],
};

/// Given as a centre and "about" so much to either side (93 ± 6, 75 ± 12, 50 ± 10, 30 ± 10,
/// 7 ± 5); the edges here are the ends of that. There are gaps.
const KENT: Standard = Standard {
    id: "kent",
    name: "Kent's words of estimative probability",
    edition: "1964",
    source: "Sherman Kent, Words of Estimative Probability, Studies in Intelligence, 1964",
    terms: &[
        ("certainty", &["certain"], band(1.0, 1.0)),
        ("almost certain", &[], about(band(0.87, 0.99))),
        ("probable", &[], about(band(0.63, 0.87))),
        ("chances about even", &["about even"], about(band(0.40, 0.60))),
        ("probably not", &[], about(band(0.20, 0.40))),
        ("almost certainly not", &[], about(band(0.02, 0.12))),
        ("impossibility", &["impossible"], band(0.0, 0.0)),
    ],
};

/// Five terms that share their edges, save those that "over 85" and "under 15" leave out.
const FE_DDIS: Standard = Standard {
    id: "fe-ddis",
    name: "FE (DDIS) sandsynlighedsgrad",
    edition: "undated web page",
    source: "Forsvarets Efterretningstjeneste (Danish Defence Intelligence Service), fe-ddis.dk, \
             Sandsynlighedsgrad",
    terms: &[
        ("usandsynligt", &[], open_upper(0.0, 0.15)),
        ("mindre sandsynligt", &[], band(0.15, 0.40)),
        ("muligt", &[], band(0.40, 0.60)),
        ("sandsynligt", &[], band(0.60, 0.85)),
        ("meget sandsynligt", &[], open_lower(0.85, 1.0)),
    ],
};

/// A yardstick as a constant. A test puts each through [`Yardstick::define`].
struct Standard {
    id: &'static str,
    name: &'static str,
    edition: &'static str,
    source: &'static str,
    terms: &'static [(&'static str, &'static [&'static str], Band)],
}

impl From<&Standard> for Yardstick {
    fn from(standard: &Standard) -> Self {
        let head = Arc::new(Head {
            id: standard.id.to_owned(),
            name: standard.name.to_owned(),
            edition: Some(standard.edition.to_owned()),
            source: standard.source.to_owned(),
        });
        let term = |&(label, synonyms, band): &(&str, &[&str], Band)| Term {
            head: Arc::clone(&head),
            label: label.to_owned(),
            synonyms: synonyms.iter().copied().map(str::to_owned).collect(),
            band,
        };
        Self { terms: standard.terms.iter().map(term).collect(), head: Arc::clone(&head) }
    }
}

const fn band(lower: f64, upper: f64) -> Band {
    Band { lower, upper, lower_open: false, upper_open: false, approximate: false }
}

const fn open_lower(lower: f64, upper: f64) -> Band {
    Band { lower_open: true, ..band(lower, upper) }
}

const fn open_upper(lower: f64, upper: f64) -> Band {
    Band { upper_open: true, ..band(lower, upper) }
}

const fn about(band: Band) -> Band {
    Band { approximate: true, ..band }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_passes_the_checks_of_a_definition() {
        for yardstick in Yardstick::builtins() {
            let defined = Yardstick::define(yardstick.id(), yardstick.definition());
            assert_eq!(defined.as_ref(), Ok(yardstick));
            assert_eq!(Yardstick::builtin(yardstick.id()), Ok(yardstick));
            assert!(yardstick.edition().is_some());
        }
    }

    #[test]
    fn the_figures_are_those_of_the_standards() {
        let figures = |id| {
            let terms = Yardstick::builtin(id).unwrap().terms().iter();
            terms.map(|t| format!("{} {}", t.label(), t.band())).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(
            figures("icd-203"),
            "almost no chance 1–5%; very unlikely 5–20%; unlikely 20–45%; \
             roughly even chance 45–55%; likely 55–80%; very likely 80–95%; almost certain 95–99%"
        );
        assert_eq!(
            figures("phia-2025"),
            "remote chance >0–≈5%; highly unlikely ≈10–≈20%; unlikely ≈25–≈35%; \
             realistic possibility ≈40–<50%; likely ≈55–≈75%; highly likely ≈80–≈90%; \
             almost certain ≈95–<100%"
        );
        assert_eq!(
            figures("ipcc"),
            "virtually certain 99–100%; very likely 90–100%; likely 66–100%; \
             about as likely as not 33–66%; unlikely 0–33%; very unlikely 0–10%; \
             exceptionally unlikely 0–1%; extremely likely 95–100%; \
             more likely than not >50–100%; extremely unlikely 0–5%"
        );
        assert_eq!(
            figures("kent"),
            "certainty 100%; almost certain ≈87–≈99%; probable ≈63–≈87%; \
             chances about even ≈40–≈60%; probably not ≈20–≈40%; \
             almost certainly not ≈2–≈12%; impossibility 0%"
        );
        assert_eq!(
            figures("fe-ddis"),
            "usandsynligt 0–<15%; mindre sandsynligt 15–40%; muligt 40–60%; \
             sandsynligt 60–85%; meget sandsynligt >85–100%"
        );
    }

    #[test]
    fn unknown_names_list_the_known_ones_and_nato_says_why_not() {
        let error = Yardstick::builtin("phia").unwrap_err().to_string();
        for yardstick in Yardstick::builtins() {
            assert!(error.contains(yardstick.id()), "{error}");
        }
        assert!(error.contains("`phia`"));
        let error = Yardstick::builtin("nato").unwrap_err().to_string();
        assert!(error.contains("AJP-2.1") && error.contains("doctrine"), "{error}");
    }
}
