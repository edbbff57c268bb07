//! The analytic report: who said what, what is concluded from it, and on which assumptions.
//!
//! A [`Report`] is checked once, on its way in, and never changes afterwards: every reference
//! in it leads somewhere and no lineage runs in a circle. It is read from a file
//! ([`Report::load`]), from text ([`Report::from_toml`], [`Report::from_json`]), or put together
//! by a program ([`wire::Report`]).

mod check;
mod decode;
mod item;
mod judgement;
mod lineage;
mod load;
mod problem;
#[cfg(feature = "schema")]
mod schema;
mod source;
mod tree;
pub mod wire;
mod write;

use std::fmt;

pub use self::item::{ArchiveState, Authenticity, Capture, Channel, Item, Lineage, Parent};
pub use self::judgement::{
    Assumption, AssumptionStatus, Confidence, Dissent, Gap, Indicator, Judgement, Link, Relevance,
    Stance,
};
pub use self::load::{Format, MAX_INPUT};
pub use self::problem::{Place, Problem, ProblemCode, Problems};
#[cfg(feature = "schema")]
pub use self::schema::schema;
pub use self::source::{Source, SourceKind};
use crate::moment::Moment;

pub(crate) use self::decode::{Step, path_text};
pub(crate) use self::lineage::{Lineages, parents};
pub(crate) use self::load::{Document, read_input};

/// A report whose references all lead somewhere.
///
/// - Ids are unique within their list, and never empty.
/// - Every reference is an index into one of the lists.
/// - No lineage is circular, and no item confirms itself.
///
/// ```
/// use probative::report::Report;
///
/// let report = Report::from_toml(r#"
///     format = "probative/1"
///     title = "Crossings at the border"
///     [[sources]]
///     id = "ngo"
///     name = "Border Watch"
///     reliability = "B"
///     graded_because = "three years of counts that later records bore out"
///     [[items]]
///     id = "count"
///     source = "ngo"
///     claim = "Crossings doubled in May."
///     [[judgements]]
///     id = "J1"
///     statement = "Crossings will rise."
///     rests_on = [{ item = "count" }]
/// "#)?;
/// assert_eq!(report.items().len(), 1);
///
/// // Every problem is found, with its place.
/// let problems = Report::from_toml("format = \"probative/1\"\ntitel = \"x\"\n[[items]]\nid = \"a\"\n")
///     .unwrap_err();
/// assert_eq!(problems.len(), 2);
/// assert!(problems.to_string().contains("2:1: titel: unknown key"), "{problems}");
/// # Ok::<(), probative::report::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    title: String,
    publisher: Option<String>,
    cut_off: Option<Moment>,
    yardstick: Option<String>,
    source_summary: Option<SourceSummary>,
    sources: Vec<Source>,
    items: Vec<Item>,
    judgements: Vec<Judgement>,
    assumptions: Vec<Assumption>,
    indicators: Vec<Indicator>,
    gaps: Vec<Gap>,
    owners: Vec<Box<str>>,
    points: Vec<Box<str>>,
    lineages: Lineages,
}

impl Report {
    /// Its title; empty when the report gives none.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who publishes it.
    pub fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    /// The information cut-off: what was published later is not counted.
    pub fn cut_off(&self) -> Option<Moment> {
        self.cut_off
    }

    /// The name of the yardstick that its likelihood terms belong to.
    pub fn yardstick(&self) -> Option<&str> {
        self.yardstick.as_deref()
    }

    /// What the author says of the source base as a whole.
    pub fn source_summary(&self) -> Option<&SourceSummary> {
        self.source_summary.as_ref()
    }

    /// Who speaks.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// What they say.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What is concluded.
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// What is taken as given.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// What would be seen if an assumption were wrong.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// What is not known.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The source at this index, which must come from this report.
    pub fn source(&self, index: SourceIndex) -> Option<&Source> {
        self.sources.get(index.get())
    }

    /// The item at this index, which must come from this report.
    pub fn item(&self, index: ItemIndex) -> Option<&Item> {
        self.items.get(index.get())
    }

    /// The name of an owner: as the report names it, or the id of a source that has none.
    pub fn owner(&self, index: OwnerIndex) -> Option<&str> {
        self.owners.get(index.get()).map(AsRef::as_ref)
    }

    /// The name of a point; `None` for the point that an item has to itself.
    pub fn point(&self, index: PointIndex) -> Option<&str> {
        self.points.get(index.get()).map(AsRef::as_ref)
    }

    /// The index of the source with this id.
    pub fn find_source(&self, id: &str) -> Option<SourceIndex> {
        self.sources.iter().position(|source| &*source.id == id).map(SourceIndex::new)
    }

    /// The index of the item with this id.
    pub fn find_item(&self, id: &str) -> Option<ItemIndex> {
        self.items.iter().position(|item| &*item.id == id).map(ItemIndex::new)
    }

    /// The index of the judgement with this id.
    pub fn find_judgement(&self, id: &str) -> Option<JudgementIndex> {
        self.judgements.iter().position(|one| &*one.id == id).map(JudgementIndex::new)
    }

    /// How an assumption stands at a date: as the author says, and doubted at best once one of
    /// its indicators was observed. Without a date, every observation counts.
    pub fn assumption_status(
        &self,
        index: AssumptionIndex,
        as_of: Option<Moment>,
    ) -> AssumptionStatus {
        let observed = self.observed(index, as_of).next().is_some();
        let stated =
            self.assumptions.get(index.get()).map_or(AssumptionStatus::Holds, |one| one.status);
        if observed { stated.min(AssumptionStatus::Doubted) } else { stated }
    }

    /// The indicators of an assumption that were observed by a date, or at all.
    pub fn observed(
        &self,
        index: AssumptionIndex,
        as_of: Option<Moment>,
    ) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.of == index
                && indicator
                    .observed
                    .is_some_and(|seen| as_of.is_none_or(|as_of| !seen.is_after(as_of)))
        })
    }

    pub(crate) fn lineages(&self) -> &Lineages {
        &self.lineages
    }
}

/// What the author says of the source base as a whole (ICD 206, D.3.d(2)).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SourceSummary {
    /// The statement in words; empty when the report does not give it.
    pub statement: String,
    /// The sources that it names.
    pub sources: Box<[SourceIndex]>,
}

macro_rules! index {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            // The check refuses lists longer than `u32` counts, so nothing is cut off here.
            #[allow(clippy::cast_possible_truncation)]
            pub(crate) fn new(position: usize) -> Self {
                debug_assert!(u32::try_from(position).is_ok());
                Self(position as u32)
            }

            /// The position in its list, from 0.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "#{}", self.0)
            }
        }
    )+};
}

index! {
    /// A source of one report.
    SourceIndex,
    /// An item of one report.
    ItemIndex,
    /// A judgement of one report.
    JudgementIndex,
    /// An assumption of one report.
    AssumptionIndex,
    /// What is being claimed: the points that items name come first, then one for each item.
    PointIndex,
    /// An owner: the named owners and the sources' own ids share one list.
    OwnerIndex,
}
