//! Who speaks.

use url::Url;

use super::OwnerIndex;
use crate::grade::Reliability;
use crate::vocabulary::vocabulary;

/// Who speaks, and how reliable that voice has been.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Source {
    /// Unique among the sources of its report.
    pub id: Box<str>,
    /// Its name; empty when the report does not give one.
    pub name: Box<str>,
    /// What sort of body or person it is.
    pub kind: SourceKind,
    /// Whose voice it is, when the report names an owner. Sources of one owner are not
    /// independent of each other.
    pub named_owner: Option<OwnerIndex>,
    /// The owner, or the source itself where none is named.
    pub owner: OwnerIndex,
    /// Its letter; `None` when nobody graded it, which counts as F.
    pub reliability: Option<Reliability>,
    /// Why it bears that letter.
    pub graded_because: Option<Box<str>>,
    /// Where it publishes.
    pub url: Option<Url>,
    /// Whether a program proposed it and no person has confirmed it.
    pub drafted: bool,
}

vocabulary! {
    /// What sort of body or person a source is.
    ///
    /// Closed: `other` is its last word.
    SourceKind, "a kind of source" {
        /// A state's government or one of its bodies.
        Government = "government",
        /// A body of several states.
        Intergovernmental = "intergovernmental",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A university, institute or think tank.
        Research = "research",
        /// A wire service.
        NewsAgency = "news-agency",
        /// A newspaper, broadcaster or news site.
        NewsOutlet = "news-outlet",
        /// A medium that a state directs.
        StateMedia = "state-media",
        /// A business.
        Company = "company",
        /// A named person.
        Individual = "individual",
        /// An armed group that is no state's regular force.
        ArmedGroup = "armed-group",
        /// Somebody whose name is not known.
        Anonymous = "anonymous",
        /// None of these.
        Other = "other",
    }
}
