//! An organisation's own yardstick, as its doctrine writes it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Band, BandError, Head, Term, Yardstick, builtin, fold};

/// A yardstick as it is written, not yet checked: what stands under its name in a doctrine.
///
/// ```
/// use std::collections::BTreeMap;
/// use probative::yardstick::{Definition, Yardstick};
///
/// let mut yardsticks: BTreeMap<String, Definition> = toml::from_str(r#"
///     [acme]
///     name = "Acme Research yardstick"
///     source = "Acme style guide, 3rd ed., p. 12"
///     terms = [
///         { term = "unlikely", lower = 0.1, upper = 0.45 },
///         { term = "likely", synonyms = ["probable"], lower = 0.55, upper = 0.8 },
///     ]
/// "#)?;
/// let acme = Yardstick::define("acme", yardsticks.remove("acme").unwrap())?;
/// assert_eq!(acme.term("Probable").map(|term| term.band().upper()), Some(0.8));
///
/// // A word cannot mean two things, and a standard's name means the standard.
/// let mut twice = acme.definition();
/// twice.terms[0].synonyms.push("Likely".to_owned());
/// assert!(Yardstick::define("acme", twice).is_err());
/// assert!(Yardstick::define("icd-203", acme.definition()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What it is called.
    pub name: String,
    /// Which edition it is, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Where its figures come from.
    pub source: String,
    /// Its terms.
    pub terms: Vec<TermDefinition>,
}

/// A term as it is written, not yet checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermDefinition {
    /// The word.
    pub term: String,
    /// Other words for the same band.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// The lower edge, a probability from 0 to 1.
    pub lower: f64,
    /// The upper edge, a probability from 0 to 1.
    pub upper: f64,
    /// Whether the lower edge itself is left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lower_open: bool,
    /// Whether the upper edge itself is left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub upper_open: bool,
    /// Whether the edges are meant as "about".
    #[serde(default, skip_serializing_if = "is_false")]
    pub approximate: bool,
}

impl Yardstick {
    /// The yardstick of this name and definition.
    ///
    /// # Errors
    /// When the name is empty, has spaces, or belongs to a different built-in yardstick; when
    /// the name, the source or a label is blank; when there are no terms, a band is none, or a
    /// word stands twice.
    pub fn define(id: &str, definition: Definition) -> Result<Self, YardstickError> {
        if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(YardstickError::Id { found: id.to_owned() });
        }
        let yardstick = Self::check(id, definition)?;
        match builtin::find(id) {
            Ok(standard) if *standard != yardstick => {
                Err(YardstickError::Reserved { found: id.to_owned() })
            }
            _ => Ok(yardstick),
        }
    }

    /// What a doctrine would write under its name.
    pub fn definition(&self) -> Definition {
        Definition {
            name: self.head.name.clone(),
            edition: self.head.edition.clone(),
            source: self.head.source.clone(),
            terms: self.terms.iter().map(TermDefinition::from).collect(),
        }
    }

    fn check(id: &str, definition: Definition) -> Result<Self, YardstickError> {
        let Definition { name, edition, source, terms } = definition;
        for (field, text) in [("name", &name), ("source", &source)] {
            if text.trim().is_empty() {
                return Err(YardstickError::Blank { id: id.to_owned(), field });
            }
        }
        if terms.is_empty() {
            return Err(YardstickError::NoTerms { id: id.to_owned() });
        }
        let head = Arc::new(Head { id: id.to_owned(), name, edition, source });
        let terms: Result<Vec<_>, _> =
            terms.into_iter().map(|term| term.checked(Arc::clone(&head))).collect();
        let terms = terms?;

        let mut seen = HashMap::new();
        for term in &terms {
            for word in term.names() {
                if word.trim().is_empty() {
                    return Err(YardstickError::Blank { id: id.to_owned(), field: "term" });
                }
                if let Some(first) = seen.insert(fold(word), term.label()) {
                    return Err(YardstickError::Duplicate {
                        id: id.to_owned(),
                        found: word.to_owned(),
                        first: first.to_owned(),
                        second: term.label().to_owned(),
                    });
                }
            }
        }
        Ok(Self { head, terms })
    }
}

impl TermDefinition {
    fn checked(self, head: Arc<Head>) -> Result<Term, YardstickError> {
        let Self { term: label, synonyms, lower, upper, lower_open, upper_open, approximate } =
            self;
        match (Band { lower, upper, lower_open, upper_open, approximate }).checked() {
            Ok(band) => Ok(Term { head, label, synonyms, band }),
            Err(source) => Err(YardstickError::Band { id: head.id.clone(), term: label, source }),
        }
    }
}

impl From<&Term> for TermDefinition {
    fn from(term: &Term) -> Self {
        let Band { lower, upper, lower_open, upper_open, approximate } = term.band;
        Self {
            term: term.label.clone(),
            synonyms: term.synonyms.clone(),
            lower,
            upper,
            lower_open,
            upper_open,
            approximate,
        }
    }
}

/// A definition that makes no [`Yardstick`].
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum YardstickError {
    /// The name cannot stand in a report.
    #[error("expected a yardstick's name without spaces, such as `acme-2024`, found `{found}`")]
    Id {
        /// The name.
        found: String,
    },
    /// The name is a built-in yardstick's, and the content is not.
    #[error(
        "expected a name of its own for a yardstick that differs from the built-in one, \
         found `{found}`"
    )]
    Reserved {
        /// The name.
        found: String,
    },
    /// A text that has to be stated is blank.
    #[error("yardstick `{id}`: expected a {field}, found a blank")]
    Blank {
        /// The yardstick's name.
        id: String,
        /// Which text: `name`, `source` or `term`.
        field: &'static str,
    },
    /// There is nothing to measure with.
    #[error("yardstick `{id}`: expected at least one term, found none")]
    NoTerms {
        /// The yardstick's name.
        id: String,
    },
    /// A label or synonym stands twice.
    #[error(
        "yardstick `{id}`: expected each word once, found `{found}` for both `{first}` and \
         `{second}`"
    )]
    Duplicate {
        /// The yardstick's name.
        id: String,
        /// The word, as it stands the second time.
        found: String,
        /// The label of the term that has it first.
        first: String,
        /// The label of the term that has it again; the same where one term has it twice.
        second: String,
    },
    /// A term's edges make no band.
    #[error("yardstick `{id}`, term `{term}`: {source}")]
    Band {
        /// The yardstick's name.
        id: String,
        /// The term's label.
        term: String,
        /// What is wrong with the edges.
        source: BandError,
    },
}

/// The serialised form of a whole yardstick: a definition with its name.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    source: String,
    terms: Vec<TermDefinition>,
}

impl TryFrom<Named> for Yardstick {
    type Error = YardstickError;

    fn try_from(named: Named) -> Result<Self, YardstickError> {
        let Named { id, name, edition, source, terms } = named;
        Self::define(&id, Definition { name, edition, source, terms })
    }
}

impl From<Yardstick> for Named {
    fn from(yardstick: Yardstick) -> Self {
        let Definition { name, edition, source, terms } = yardstick.definition();
        Self { id: yardstick.head.id.clone(), name, edition, source, terms }
    }
}

// serde hands the field over by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn term(label: &str, lower: f64, upper: f64) -> TermDefinition {
        TermDefinition {
            term: label.to_owned(),
            synonyms: Vec::new(),
            lower,
            upper,
            lower_open: false,
            upper_open: false,
            approximate: false,
        }
    }

    fn definition(terms: Vec<TermDefinition>) -> Definition {
        Definition { name: "Acme".to_owned(), edition: None, source: "p. 12".to_owned(), terms }
    }

    fn terms() -> impl Strategy<Value = TermDefinition> {
        ("[a-d]( [a-d])?", prop::collection::vec("[e-z]{3}", 0..3), any::<[bool; 3]>())
            .prop_flat_map(|(label, synonyms, [lower_open, upper_open, approximate])| {
                (0.0..=1.0_f64, 0.0..=1.0_f64).prop_map(move |(a, b)| TermDefinition {
                    synonyms: synonyms.clone(),
                    lower_open,
                    upper_open,
                    approximate,
                    ..term(&label, a.min(b), a.max(b))
                })
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            terms in prop::collection::vec(terms(), 0..5), edition: Option<String>,
        ) {
            let definition = Definition { edition, ..definition(terms) };
            if let Ok(yardstick) = Yardstick::define("acme", definition.clone()) {
                prop_assert_eq!(yardstick.definition(), definition);
                let json = serde_json::to_string(&yardstick).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Yardstick>(&json).unwrap(), &yardstick);
                let toml = toml::to_string(&yardstick).unwrap();
                prop_assert_eq!(toml::from_str::<Yardstick>(&toml).unwrap(), yardstick);
            }
        }

        #[test]
        fn no_definition_panics(id: String, label: String, lower: f64, upper: f64) {
            let _ = Yardstick::define(&id, definition(vec![term(&label, lower, upper)]));
        }
    }

    #[test]
    fn the_built_in_ones_are_read_back_under_their_names() {
        for yardstick in Yardstick::builtins() {
            let json = serde_json::to_string(yardstick).unwrap();
            assert_eq!(&serde_json::from_str::<Yardstick>(&json).unwrap(), yardstick);
        }
        let mut changed = Yardstick::builtin("icd-203").unwrap().definition();
        changed.terms[0].upper = 0.06;
        let error = Yardstick::define("icd-203", changed.clone()).unwrap_err();
        assert_eq!(error, YardstickError::Reserved { found: "icd-203".to_owned() });
        assert!(Yardstick::define("icd-203-acme", changed).is_ok());
    }

    #[test]
    fn a_doctrine_may_define_what_is_not_shipped() {
        assert!(Yardstick::define("nato", definition(vec![term("likely", 0.6, 0.9)])).is_ok());
    }

    #[test]
    fn refusals_say_what_was_expected() {
        let refuse = |id, definition| Yardstick::define(id, definition).unwrap_err().to_string();
        let likely = || term("likely", 0.55, 0.8);

        assert!(refuse("a b", definition(vec![likely()])).contains("`a b`"));
        assert!(refuse("", definition(vec![likely()])).contains("without spaces"));
        assert!(refuse("acme", definition(Vec::new())).contains("at least one term"));
        assert!(refuse("acme", definition(vec![term(" ", 0.1, 0.2)])).contains("blank"));
        let nameless = Definition { name: String::new(), ..definition(vec![likely()]) };
        assert!(refuse("acme", nameless).contains("expected a name"));

        let twice = refuse("acme", definition(vec![likely(), term("LIKELY ", 0.1, 0.2)]));
        assert!(twice.contains("`LIKELY `") && twice.contains("`likely`"), "{twice}");
        let itself = TermDefinition { synonyms: vec!["Likely".to_owned()], ..likely() };
        assert!(refuse("acme", definition(vec![itself])).contains("each word once"));

        let inverted = refuse("acme", definition(vec![term("likely", 0.8, 0.55)]));
        assert!(inverted.contains("`likely`") && inverted.contains("0.8 above 0.55"), "{inverted}");
        let per_cent = refuse("acme", definition(vec![term("likely", 55.0, 80.0)]));
        assert!(per_cent.contains("0 to 1") && per_cent.contains("55"), "{per_cent}");
    }

    #[test]
    fn unknown_keys_are_refused() {
        let text = r#"
            id = "acme"
            name = "Acme"
            source = "p. 12"
            terms = [{ term = "likely", lower = 0.55, uper = 0.8 }]
        "#;
        let error = toml::from_str::<Yardstick>(text).unwrap_err().to_string();
        assert!(error.contains("uper"), "{error}");
    }
}
