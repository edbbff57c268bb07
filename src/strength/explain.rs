//! How a figure came about: a tree of formulas that replays to the figure.
//!
//! The tree is data before it is text. Every leaf is a number that the report or the doctrine
//! gives, every other node a formula over the nodes below it, and [`Explanation::replay`]
//! computes the figure anew from the leaves alone.

use std::collections::BTreeMap;
use std::fmt;

use super::case::{Case, Lent};
use super::evidence::{self, PRIOR_WEIGHT, correlated_sum};
use super::tally::{self, Group, Origin, Pool, Utterance, Voice};
use super::weigh::DEFAULT_PRIOR;
use crate::doctrine::Corner;
use crate::report::{ItemIndex, Judgement, Link, Parent, Stance, parents};

/// A figure, the formula that gives it, and what went into the formula.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// What the figure is.
    pub what: String,
    /// How it follows from the inputs.
    pub formula: Formula,
    /// The figure.
    pub value: f64,
    /// What it follows from.
    pub inputs: Vec<Explanation>,
}

/// How a figure follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Formula {
    /// It is given: by a grade, a link, the doctrine.
    Given,
    /// `(2p - 1) / (1 - p)`, at least 0: units of evidence for what has probability p.
    Support,
    /// `(1 - 2p) / p`, at least 0: units against what has probability p.
    Doubt,
    /// `(r - s) / (2 + r + s)`, at least 0: belief of a lone opinion.
    Belief,
    /// `2b / (1 - b)`: units of evidence of a belief.
    Units,
    /// The inputs multiplied.
    Product,
    /// The first input divided by the second.
    Quotient,
    /// The inputs added up.
    Sum,
    /// The largest input.
    Largest,
    /// The smallest input.
    Smallest,
    /// The inputs but the last added up, the strongest whole, each further one `1 - rho` times
    /// less, where the last input is rho.
    CorrelatedSum,
    /// `(r - s) / (2 + r + s)`.
    Balance,
    /// The first input, held between minus and plus the second.
    Held,
    /// `(r + 2 * prior) / (2 + r + s)`.
    Probability,
}

impl Formula {
    /// The formula as it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Support => "(2p - 1) / (1 - p), at least 0",
            Self::Doubt => "(1 - 2p) / p, at least 0",
            Self::Belief => "(r - s) / (2 + r + s), at least 0",
            Self::Units => "2b / (1 - b)",
            Self::Product => "product",
            Self::Quotient => "quotient",
            Self::Sum => "sum",
            Self::Largest => "the largest",
            Self::Smallest => "the smaller",
            Self::CorrelatedSum => "sum, each further one (1 - rho) times less",
            Self::Balance => "(r - s) / (2 + r + s)",
            Self::Held => "held within the limit",
            Self::Probability => "(r + 2 prior) / (2 + r + s)",
        }
    }

    /// The figure that follows from these.
    fn apply(self, inputs: &[f64]) -> f64 {
        let at = |place: usize| inputs.get(place).copied().unwrap_or(0.0);
        match self {
            Self::Given => f64::NAN,
            Self::Support => evidence::support(at(0)),
            Self::Doubt => evidence::doubt(at(0)),
            Self::Belief => evidence::belief(at(0), at(1)),
            Self::Units => evidence::units(at(0)),
            Self::Product => inputs.iter().product(),
            Self::Quotient => at(0) / at(1),
            Self::Sum => inputs.iter().sum(),
            Self::Largest => inputs.iter().copied().fold(0.0, f64::max),
            Self::Smallest => inputs.iter().copied().fold(f64::INFINITY, f64::min),
            Self::CorrelatedSum => {
                let Some((rho, values)) = inputs.split_last() else { return 0.0 };
                let mut values = values.to_vec();
                values.sort_unstable_by(|a, b| b.total_cmp(a));
                correlated_sum(values, *rho)
            }
            Self::Balance => (at(0) - at(1)) / (PRIOR_WEIGHT + at(0) + at(1)),
            Self::Held => at(0).max(-at(1)).min(at(1)),
            Self::Probability => (at(0) + PRIOR_WEIGHT * at(2)) / (PRIOR_WEIGHT + at(0) + at(1)),
        }
    }
}

impl Explanation {
    /// The figure, computed anew from the given numbers alone.
    pub fn replay(&self) -> f64 {
        if self.formula == Formula::Given {
            return self.value;
        }
        let inputs: Vec<f64> = self.inputs.iter().map(Self::replay).collect();
        self.formula.apply(&inputs)
    }

    /// Every node of the tree, this one first.
    pub fn nodes(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let node = waiting.pop()?;
            waiting.extend(node.inputs.iter().rev());
            Some(node)
        })
    }

    fn given(what: impl Into<String>, value: f64) -> Self {
        Self { what: what.into(), formula: Formula::Given, value, inputs: Vec::new() }
    }

    fn of(what: impl Into<String>, formula: Formula, inputs: Vec<Self>) -> Self {
        let values: Vec<f64> = inputs.iter().map(|input| input.value).collect();
        Self { what: what.into(), formula, value: formula.apply(&values), inputs }
    }
}

/// An indented outline, one figure a line.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn write(node: &Explanation, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{:indent$}{} = {:.4}", "", node.what, node.value, indent = depth * 2)?;
            if node.formula != Formula::Given {
                write!(f, "  [{}]", node.formula.text())?;
            }
            f.write_str("\n")?;
            node.inputs.iter().try_for_each(|input| write(input, depth + 1, f))
        }
        write(self, 0, f)
    }
}

/// Which figure of a judgement to explain.
///
/// Closed: these are the figures that a judgement has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Its strength at a corner.
    Strength(Corner),
    /// Its probability at a corner.
    Probability(Corner),
}

pub(crate) fn explain(case: &Case<'_>, judgement: &Judgement, figure: Figure) -> Explanation {
    let (Figure::Strength(corner) | Figure::Probability(corner)) = figure;
    let ours = Side::new(case, judgement, Stance::Supports, corner);
    let theirs = Side::new(case, judgement, Stance::Contradicts, corner.opposite());
    let (support, against) = (ours.explain("support"), theirs.explain("contradiction"));
    match figure {
        Figure::Strength(_) => {
            let net = Explanation::of("balance", Formula::Balance, vec![support, against]);
            let origins = if net.value >= 0.0 { ours.origins() } else { theirs.origins() };
            let what = format!("limit on {origins} independent origins");
            let cap = Explanation::given(what, case.doctrine.cap(origins));
            Explanation::of(format!("strength ({corner})"), Formula::Held, vec![net, cap])
        }
        Figure::Probability(_) => {
            let prior = judgement.prior.unwrap_or(DEFAULT_PRIOR);
            let prior = Explanation::given("base rate", prior);
            let inputs = vec![support, against, prior];
            Explanation::of(format!("probability ({corner})"), Formula::Probability, inputs)
        }
    }
}

/// One side at one corner, with the tree of everything that is lent to it.
struct Side<'c, 'r> {
    case: &'c Case<'r>,
    corner: Corner,
    loans: Vec<(tally::Lent, Explanation)>,
}

impl<'c, 'r> Side<'c, 'r> {
    fn new(case: &'c Case<'r>, judgement: &Judgement, stance: Stance, corner: Corner) -> Self {
        let mut loans = Vec::new();
        for link in judgement.rests_on.iter().filter(|link| link.stance == stance) {
            if case.exclusion(link.item, None).is_none() {
                case.lend(link.item, link.relevance, None, |lent| {
                    let tree = loan(case, link, lent, corner);
                    loans.push((case.keyed(link.item, lent, None), tree));
                });
            }
        }
        loans.retain(|(_, tree)| tree.value > 0.0);
        Self { case, corner, loans }
    }

    fn origins(&self) -> usize {
        let tally: tally::Tally = self.loans.iter().map(|(lent, _)| *lent).collect();
        tally.worth(self.corner, self.case.doctrine).origins
    }

    fn explain(&self, what: &str) -> Explanation {
        let opinions = self.opinions();
        let by_lineage =
            Explanation::of(format!("{what} by lineage"), Formula::Sum, self.by_lineage());
        let by_owner = Explanation::of(format!("{what} by owner"), Formula::Sum, self.by_owner());
        let testimony = Explanation::of(
            format!("{what} by those who say so"),
            Formula::Smallest,
            vec![by_lineage, by_owner],
        );
        Explanation::of(what, Formula::Sum, vec![testimony, opinions])
    }

    fn by_lineage(&self) -> Vec<Explanation> {
        #[derive(Default)]
        struct Members {
            known: Vec<Explanation>,
            unknown: Vec<Explanation>,
        }
        let mut groups: BTreeMap<(Option<Group>, Option<Origin>), Members> = BTreeMap::new();
        for (origin, best) in self.kept(|lent| match lent {
            tally::Lent::Testimony { origin, .. } => Some(*origin),
            tally::Lent::Opinion { .. } => None,
        }) {
            let known = matches!(origin.voice, Voice::Known(_));
            let group = match self.corner {
                Corner::Lower => (None, None),
                Corner::Upper if !known => (None, Some(origin)),
                _ => (Some(origin.group), None),
            };
            let members = groups.entry(group).or_default();
            if known { members.known.push(best) } else { members.unknown.push(best) }
        }
        let group = |members: Members| {
            let known = Explanation::of("its known origins", Formula::Sum, members.known);
            if members.unknown.is_empty() {
                return known;
            }
            let what = "reports of unknown lineage, each maybe an echo of any other";
            let unknown = Explanation::of(what, Formula::Largest, members.unknown);
            let what = "known origins or the best report of unknown lineage";
            Explanation::of(what, Formula::Largest, vec![known, unknown])
        };
        groups.into_values().map(group).collect()
    }

    fn by_owner(&self) -> Vec<Explanation> {
        let mut pools: BTreeMap<Pool, Vec<Explanation>> = BTreeMap::new();
        let reports = self.kept(|lent| match lent {
            tally::Lent::Testimony { utterance, .. } => Some(*utterance),
            tally::Lent::Opinion { .. } => None,
        });
        for (Utterance { pool, .. }, best) in reports {
            pools.entry(pool).or_default().push(best);
        }
        let pool = |(pool, mut reports): (Pool, Vec<Explanation>)| {
            let rho = pool.rho(self.case.doctrine);
            reports.push(Explanation::given("correlation rho", rho));
            let what = format!("reports of {}", self.case.pool_name(pool));
            Explanation::of(what, Formula::CorrelatedSum, reports)
        };
        pools.into_iter().map(pool).collect()
    }

    fn opinions(&self) -> Explanation {
        let kept = self.kept(|lent| match lent {
            tally::Lent::Opinion { point, .. } => Some(*point),
            tally::Lent::Testimony { .. } => None,
        });
        let mut inputs: Vec<Explanation> = kept.into_values().collect();
        let rho = self.case.doctrine.dependence().assessor;
        inputs.push(Explanation::given("correlation rho", rho));
        Explanation::of("the assessor's own opinions", Formula::CorrelatedSum, inputs)
    }

    /// Per key, the most that any report lends to it.
    fn kept<K: Ord>(&self, key_of: impl Fn(&tally::Lent) -> Option<K>) -> BTreeMap<K, Explanation> {
        let mut all: BTreeMap<K, Vec<Explanation>> = BTreeMap::new();
        for (lent, tree) in &self.loans {
            if let Some(key) = key_of(lent) {
                all.entry(key).or_default().push(tree.clone());
            }
        }
        let most = |(key, mut loans): (K, Vec<Explanation>)| match loans.len() {
            1 => loans.pop().map(|only| (key, only)),
            _ => {
                let what = "the same origin, counted once";
                Some((key, Explanation::of(what, Formula::Largest, loans)))
            }
        };
        all.into_iter().filter_map(most).collect()
    }
}

/// One thing that one item lends.
fn loan(case: &Case<'_>, link: &Link, lent: Lent, corner: Corner) -> Explanation {
    let report = case.report;
    let item = &report.items()[link.item.get()];
    let follows = Explanation::given(
        format!("P(the judgement follows | {} is true), {}", item.id, link.relevance),
        case.doctrine.relevance(link.relevance),
    );
    let digit = case.digit(item, false);
    let digit_p = || {
        let p = case.doctrine.credibility(digit).at(corner);
        Explanation::given(format!("P(true | credibility {digit})"), p)
    };
    let confirmed = || {
        let r = Explanation::of(
            format!("units that credibility {digit} gives"),
            Formula::Support,
            vec![digit_p()],
        );
        let nothing = Explanation::given("units against", 0.0);
        Explanation::of("belief that it is confirmed", Formula::Belief, vec![r, nothing])
    };
    match lent {
        Lent::Testimony(root, _) => {
            let source = &*report.sources()[case.source_of(root).get()].id;
            let letter = case.letter(root, None);
            let p = case.doctrine.reliability(letter.counted_as()).at(corner);
            let p = Explanation::given(format!("P(true | reliability {letter})"), p);
            let r = Explanation::of(
                format!("units that reliability {letter} gives"),
                Formula::Support,
                vec![p],
            );
            let s = Explanation::of(
                format!("units that credibility {digit} takes"),
                Formula::Doubt,
                vec![digit_p()],
            );
            let believed = Explanation::of(
                format!("belief in what {source} says"),
                Formula::Belief,
                vec![r, s],
            );
            let mut factors = vec![believed, follows];
            if let Parent::Item(root) = root {
                factors.push(authentic(case, root));
            }
            factors.extend(relays(case, link.item, root, corner));
            let whole =
                Explanation::of("belief that reaches the judgement", Formula::Product, factors);
            let units = Explanation::of(
                format!("testimony of {source} in {}", item.id),
                Formula::Units,
                vec![whole],
            );
            shared(units, &[ways(case, link.item)])
        }
        Lent::Corroboration(other, root, _) => {
            let source = &*report.sources()[case.source_of(root).get()].id;
            let factors = vec![confirmed(), follows];
            let whole =
                Explanation::of("belief that reaches the judgement", Formula::Product, factors);
            let units = Explanation::of(
                format!("confirmation of {} by {source}", item.id),
                Formula::Units,
                vec![whole],
            );
            let others = item.corroborated_by.len() as f64;
            shared(units, &[others, other.map_or(1.0, |other| ways(case, other))])
        }
        Lent::Opinion(_) => {
            let credit = Explanation::given(
                "credit for a digit whose corroborators are not named",
                case.doctrine.dependence().credit,
            );
            let factors = vec![confirmed(), follows, credit, authentic(case, link.item)];
            let whole =
                Explanation::of("belief that reaches the judgement", Formula::Product, factors);
            let what = format!("the assessor's opinion of {}", item.id);
            Explanation::of(what, Formula::Units, vec![whole])
        }
    }
}

fn authentic(case: &Case<'_>, index: ItemIndex) -> Explanation {
    let item = &case.report.items()[index.get()];
    let what =
        format!("P({} is what it claims to be), {}, {}", item.id, item.channel, item.authenticity);
    Explanation::given(what, case.authenticity(index, None))
}

/// What the relays between an item and a root leave whole, along the best way.
fn relays(case: &Case<'_>, item: ItemIndex, root: Parent, corner: Corner) -> Vec<Explanation> {
    let mut factors = Vec::new();
    let mut here = item;
    while case.report.lineages().place(here).is_some() {
        let relay = &case.report.items()[here.get()];
        let letter = case.letter(Parent::Item(here), None);
        factors.push(authentic(case, here));
        factors.push(Explanation::given(
            format!("P({} passes it on faithfully | reliability {letter})", relay.id),
            case.doctrine.relay(letter.counted_as()).at(corner),
        ));
        let mut best: Option<(f64, Option<ItemIndex>)> = None;
        for parent in parents(case.report.items(), here) {
            let (kept, next) = match parent {
                &parent if parent == root => (1.0, None),
                Parent::Item(up) if case.report.lineages().place(*up).is_some() => {
                    let mut kept = None;
                    case.each_root(*up, None, |reached, fidelity, _| {
                        if reached == root {
                            kept = Some(fidelity.at(corner));
                        }
                    });
                    let Some(kept) = kept else { continue };
                    (kept, Some(*up))
                }
                _ => continue,
            };
            if best.is_none_or(|(most, _)| kept > most) {
                best = Some((kept, next));
            }
        }
        match best {
            Some((_, Some(up))) => here = up,
            _ => break,
        }
    }
    factors
}

/// How many ways lead from an item to roots.
fn ways(case: &Case<'_>, item: ItemIndex) -> f64 {
    let mut ways = 1.0;
    case.each_root(item, None, |_, _, paths| ways = paths);
    ways
}

/// Units shared equally; unchanged where there is one to share.
fn shared(units: Explanation, among: &[f64]) -> Explanation {
    among.iter().filter(|among| **among != 1.0).fold(units, |units, among| {
        let what = format!("{}, shared", units.what);
        Explanation::of(what, Formula::Quotient, vec![units, Explanation::given("among", *among)])
    })
}
