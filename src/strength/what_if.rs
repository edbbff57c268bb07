//! What a judgement's figures would be without some of its evidence, or after one change.
//!
//! Every answer is found by trying it, on a layout that makes a trial cheap: a judgement of
//! ten thousand items takes well under a second. A trial costs the relays that it goes through,
//! so of a judgement with thousands of them in a row nothing is tried, and a finding says so.

use std::collections::BTreeSet;

use super::case::{Case, Exclusion, Lent, NEWCOMER, key};
use super::sheet::{Reckoned, Sheet};
use super::tally::{self, Origin, Pool, Utterance};
use super::weigh::{Figures, balance};
use crate::confidence::{self, Measured};
use crate::doctrine::{Corner, Corners};
use crate::grade::{Credibility, Reliability};
use crate::report::{
    AssumptionStatus, Authenticity, Channel, Confidence, ItemIndex, Judgement, Lineage, Link,
    OwnerIndex, Parent, Relevance, Report, SourceIndex, Stance,
};

/// One change to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// The item is checked and is what it claims to be.
    Authenticate(ItemIndex),
    /// The item, of unknown lineage, turns out to be first-hand, or its source's own work. One
    /// that declares its lineage stays as it is.
    DeclareOriginal(ItemIndex),
    /// The source, which nobody graded, turns out usually reliable (B).
    Grade(SourceIndex),
    /// The item's digit is 1 and it names no corroborator: one that the report does not have is
    /// named.
    NameCorroborator(ItemIndex),
    /// The item's bytes changed since it was graded: they are read and graded alike again.
    Recapture(ItemIndex),
    /// One more report is found: of a new source and owner, graded B2, direct, verified, its
    /// source's own work.
    AddIndependent,
}

impl Change {
    /// The change in words, with the ids of the report that it is a change to.
    pub fn describe(self, report: &Report) -> String {
        let item = |index| report.item(index).map_or("?", |item| &*item.id);
        match self {
            Self::Authenticate(index) => format!("authenticate {}", item(index)),
            Self::DeclareOriginal(index) => format!("establish that {} is original", item(index)),
            Self::Grade(index) => {
                let source = report.source(index).map_or("?", |source| &*source.id);
                format!("grade {source} (B, if it earns it)")
            }
            Self::NameCorroborator(index) => format!("name who corroborates {}", item(index)),
            Self::Recapture(index) => format!("capture {} again and grade it", item(index)),
            Self::AddIndependent => "find one more independent B2 report".to_owned(),
        }
    }

    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Authenticate(_) => "authenticate",
            Self::DeclareOriginal(_) => "declare-original",
            Self::Grade(_) => "grade",
            Self::NameCorroborator(_) => "name-corroborator",
            Self::Recapture(_) => "recapture",
            Self::AddIndependent => "add-independent",
        }
    }
}

/// What to leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Without {
    /// An item, and all that goes back to it.
    Item(ItemIndex),
    /// A source: all that it says, passes on or confirms.
    Source(SourceIndex),
    /// An owner: all that its sources say, pass on or confirm.
    Owner(OwnerIndex),
}

/// What a judgement's figures would be.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// Strength, -1 to 1.
    pub strength: Corners,
    /// Probability, 0 to 1.
    pub probability: Corners,
    /// The confidence that could be supported.
    pub supportable: Confidence,
}

/// A part of the evidence on which a judgement hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Linchpin {
    /// What was left out.
    pub without: Without,
    /// What became of the judgement.
    pub outcome: Outcome,
}

/// A change that moves a band or a level of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct NextStep {
    /// The change.
    pub change: Change,
    /// What becomes of the judgement.
    pub outcome: Outcome,
}

/// One judgement, laid out for trying changes.
pub(crate) struct Trial<'c> {
    case: &'c Case<'c>,
    judgement: &'c Judgement,
    assumptions: AssumptionStatus,
    /// For and against.
    sides: [Bench<'c>; 2],
    /// What goes back to an item or a source.
    items: Carried<ItemIndex>,
    sources: Carried<SourceIndex>,
}

/// One side: its loans, and the sheets at the three corners.
struct Bench<'c> {
    loans: Vec<tally::Lent>,
    links: Vec<u32>,
    sheets: [Sheet<'c>; 3],
    /// What the side is worth as it stands.
    stands: [Reckoned; 3],
}

/// A loan: on which side, and which of that side's.
type Loan = (usize, u32);

/// The loans that go back to each key, in order, each once.
struct Carried<K>(Vec<(K, Loan)>);

/// Whether a judgement's changes can be tried in reasonable time. Each carrier of what a link
/// lends is left out or changed once, and then the link is laid out anew.
pub(crate) fn is_within_reach(case: &Case<'_>, judgement: &Judgement) -> bool {
    let mut steps = 0_usize;
    judgement.rests_on.iter().all(|link| {
        if side_of(link.stance).is_some() && case.exclusion(link.item, None).is_none() {
            let (mut carriers, mut loans) = (case.ancestry(link.item).len(), 1);
            case.each_root(link.item, None, |_, _, _| loans += 1);
            for other in &case.report.items()[link.item.get()].corroborated_by {
                carriers += case.ancestry(*other).len();
                case.each_root(*other, None, |_, _, _| loans += 1);
            }
            steps = steps.saturating_add(carriers.saturating_mul(carriers + loans));
        }
        steps <= MOST_STEPS
    })
}

/// About a second's work; what people write takes a thousandth of it.
const MOST_STEPS: usize = 4_000_000;

impl<'c> Trial<'c> {
    /// `None` when the judgement is beyond reach.
    pub(crate) fn new(
        case: &'c Case<'c>,
        judgement: &'c Judgement,
        assumptions: AssumptionStatus,
    ) -> Option<Self> {
        if !is_within_reach(case, judgement) {
            return None;
        }
        let mut loans = [Vec::new(), Vec::new()];
        let mut links = [Vec::new(), Vec::new()];
        let (mut items, mut sources) = (Vec::new(), Vec::new());
        for (at, link) in judgement.rests_on.iter().enumerate() {
            let Some(side) = side_of(link.stance) else { continue };
            if case.exclusion(link.item, None).is_some() {
                continue;
            }
            let ancestry = case.ancestry(link.item);
            case.lend(link.item, link.relevance, None, |lent| {
                let loan = (side, key(loans[side].len()));
                loans[side].push(case.keyed(link.item, lent, None));
                links[side].push(key(at));
                // All that this loan goes back to.
                let mut carry = |item: ItemIndex| {
                    items.push((item, loan));
                    sources.push((case.source_of(Parent::Item(item)), loan));
                };
                ancestry.iter().copied().for_each(&mut carry);
                if let Lent::Corroboration(Some(other), ..) = lent {
                    case.ancestry(other).into_iter().for_each(&mut carry);
                }
                if let Lent::Testimony(root, _) | Lent::Corroboration(_, root, _) = lent {
                    sources.push((case.source_of(root), loan));
                }
            });
        }
        let [support, against] = loans;
        let [of_support, of_against] = links;
        let sides = [Bench::new(case, support, of_support), Bench::new(case, against, of_against)];
        let (items, sources) = (Carried::of(items), Carried::of(sources));
        Some(Self { case, judgement, assumptions, sides, items, sources })
    }

    /// What becomes of the judgement without each item, source and named owner that it goes
    /// back to; the largest loss of strength first.
    pub(crate) fn linchpins(&self) -> Vec<Linchpin> {
        let owner = |source| self.case.report.source(source)?.named_owner;
        let owned = self.sources.0.iter();
        let owned = owned.filter_map(|(source, loan)| Some((owner(*source)?, *loan)));
        let owners = Carried::of(owned.collect());
        let items = self.items.each();
        let items = items.map(|(item, loans)| (Without::Item(item), self.without(loans)));
        let sources = self.sources.each();
        let sources = sources.map(|(source, loans)| (Without::Source(source), self.without(loans)));
        let owners = owners.each();
        let owners = owners.map(|(owner, loans)| (Without::Owner(owner), self.without(loans)));
        let before = self.as_it_stands().strength.central;
        let mut found: Vec<Linchpin> = items
            .chain(sources)
            .chain(owners)
            .map(|(without, outcome)| Linchpin { without, outcome })
            .filter(|found| (found.outcome.strength.central - before).abs() > UNMOVED)
            .collect();
        found.sort_by(|a, b| {
            let (a_left, b_left) = (a.outcome.strength.central, b.outcome.strength.central);
            // Of what leaves the same, the smallest part says the most: an item before a source.
            a_left.total_cmp(&b_left).then_with(|| a.without.cmp(&b.without))
        });
        found
    }

    /// The single changes that move the band of strength or the supportable confidence; gains
    /// first, the largest first.
    pub(crate) fn next_steps(&self) -> Vec<NextStep> {
        let before = self.as_it_stands();
        let bands = self.case.doctrine.bands();
        let rank = |outcome: &Outcome| (outcome.supportable, bands.rank(outcome.strength.central));
        let mut steps: Vec<NextStep> = self
            .candidates()
            .into_iter()
            .map(|change| NextStep { change, outcome: self.after(change) })
            .filter(|step| rank(&step.outcome) != rank(&before))
            .collect();
        steps.sort_by(|a, b| {
            rank(&b.outcome)
                .cmp(&rank(&a.outcome))
                .then(b.outcome.strength.central.total_cmp(&a.outcome.strength.central))
                .then(a.change.cmp(&b.change))
        });
        steps
    }

    /// What becomes of the judgement after one change.
    pub(crate) fn after(&self, change: Change) -> Outcome {
        let mut with = [Vec::new(), Vec::new()];
        if change == Change::AddIndependent {
            with[0].extend(self.newcomer());
            return self.outcome([&[], &[]], [&with[0], &[]]);
        }
        let touched = match change {
            Change::Authenticate(item)
            | Change::DeclareOriginal(item)
            | Change::NameCorroborator(item) => self.items.of_key(item),
            Change::Grade(source) => self.sources.of_key(source),
            Change::Recapture(_) | Change::AddIndependent => Vec::new(),
        };
        let link = |(side, loan): Loan| self.sides[side].links[loan as usize];
        let mut links: BTreeSet<u32> = touched.into_iter().map(link).collect();
        if let Change::Recapture(item) = change {
            let again = self.judgement.rests_on.iter().enumerate();
            links.extend(again.filter(|(_, link)| link.item == item).map(|(at, _)| key(at)));
        }
        let mut without = [Vec::new(), Vec::new()];
        for at in links {
            let Link { item, stance, relevance, .. } = self.judgement.rests_on[at as usize];
            let Some(side) = side_of(stance) else { continue };
            let bench = &self.sides[side];
            let first = bench.links.partition_point(|link| *link < at);
            let count = bench.links[first..].iter().take_while(|link| **link == at).count();
            without[side].extend((first..first + count).map(key));
            if self.case.exclusion(item, Some(change)).is_none() {
                self.case.lend(item, relevance, Some(change), |lent| {
                    with[side].push(self.case.keyed(item, lent, Some(change)));
                });
            }
        }
        self.outcome([&without[0], &without[1]], [&with[0], &with[1]])
    }

    fn candidates(&self) -> BTreeSet<Change> {
        let mut changes = BTreeSet::from([Change::AddIndependent]);
        for (index, _) in self.items.each() {
            let item = &self.case.report.items()[index.get()];
            let verified = self.case.doctrine.authenticity(item.channel, Authenticity::Verified);
            if verified > self.case.authenticity(index, None) {
                changes.insert(Change::Authenticate(index));
            }
            if item.lineage == Lineage::Unknown {
                changes.insert(Change::DeclareOriginal(index));
            }
            if item.credibility == Some(Credibility::One) && item.corroborated_by.is_empty() {
                changes.insert(Change::NameCorroborator(index));
            }
        }
        for (source, _) in self.sources.each() {
            if self.case.letter(Parent::Source(source), None) == Reliability::F {
                changes.insert(Change::Grade(source));
            }
        }
        for link in &self.judgement.rests_on {
            if self.case.exclusion(link.item, None) == Some(Exclusion::ContentChanged) {
                changes.insert(Change::Recapture(link.item));
            }
        }
        changes
    }

    fn as_it_stands(&self) -> Outcome {
        self.outcome([&[], &[]], [&[], &[]])
    }

    fn without<K>(&self, loans: &[(K, Loan)]) -> Outcome {
        // The loans of one side come before those of the other.
        let support = loans.partition_point(|(_, (side, _))| *side == 0);
        let of = |loans: &[(K, Loan)]| loans.iter().map(|(_, (_, loan))| *loan).collect();
        let [support, against]: [Vec<u32>; 2] = [of(&loans[..support]), of(&loans[support..])];
        self.outcome([&support, &against], [&[], &[]])
    }

    fn outcome(&self, without: [&[u32]; 2], with: [&[tally::Lent]; 2]) -> Outcome {
        let [support, against] =
            [0, 1].map(|side: usize| self.sides[side].reckon(without[side], with[side]));
        let Figures { strength, probability, support: r, against: s, origins, .. } = balance(
            self.case.doctrine,
            self.judgement,
            support.map(|reckoned| reckoned.worth),
            against.map(|reckoned| reckoned.worth),
        );
        let measured = Measured {
            strength,
            origins,
            largest_owner_share: support[Corner::Central.index()].largest_share,
            contradiction_share: if s > 0.0 { s / (r + s) } else { 0.0 },
            assumptions: self.assumptions,
        };
        let requirements = confidence::requirements(self.case.doctrine, &measured);
        Outcome { strength, probability, supportable: confidence::supportable(&requirements) }
    }

    /// What one more independent B2 report lends.
    fn newcomer(&self) -> [tally::Lent; 2] {
        let [testimony, opinion] = self.case.lent_by_b2(
            Relevance::Direct,
            self.case.doctrine.authenticity(Channel::Research, Authenticity::Verified),
        );
        [
            tally::Lent::Testimony {
                origin: Origin::known(NEWCOMER, NEWCOMER),
                utterance: Utterance {
                    pool: Pool::Owner(NEWCOMER),
                    source: NEWCOMER,
                    point: Some(NEWCOMER),
                },
                units: testimony,
            },
            tally::Lent::Opinion { point: NEWCOMER, units: opinion },
        ]
    }
}

impl<'c> Bench<'c> {
    fn new(case: &'c Case<'c>, loans: Vec<tally::Lent>, links: Vec<u32>) -> Self {
        let sheets = [Corner::Lower, Corner::Central, Corner::Upper]
            .map(|corner| Sheet::new(&loans, corner, case.doctrine));
        let stands = sheets.each_ref().map(|sheet| sheet.reckon(&loans, &[], &[]));
        Self { loans, links, sheets, stands }
    }

    /// What the side is worth at the three corners without these loans and with those.
    fn reckon(&self, without: &[u32], with: &[tally::Lent]) -> [Reckoned; 3] {
        if without.is_empty() && with.is_empty() {
            return self.stands;
        }
        self.sheets.each_ref().map(|sheet| sheet.reckon(&self.loans, without, with))
    }
}

impl<K: Copy + Ord> Carried<K> {
    fn of(mut all: Vec<(K, Loan)>) -> Self {
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Every key with its loans.
    fn each(&self) -> impl Iterator<Item = (K, &[(K, Loan)])> {
        self.0.chunk_by(|(a, _), (b, _)| a == b).map(|loans| (loans[0].0, loans))
    }

    fn of_key(&self, key: K) -> Vec<Loan> {
        let first = self.0.partition_point(|(other, _)| *other < key);
        let of_key = self.0[first..].iter().take_while(|(other, _)| *other == key);
        of_key.map(|(_, loan)| *loan).collect()
    }
}

/// Less than this is the rounding of a double, not a change.
const UNMOVED: f64 = 1e-12;

fn side_of(stance: Stance) -> Option<usize> {
    match stance {
        Stance::Supports => Some(0),
        Stance::Contradicts => Some(1),
        Stance::Context => None,
    }
}
