//! One judgement, weighed: its figures, and what each item contributes to them.

use super::case::{Case, Exclusion, Lent, key};
use super::evidence::PRIOR_WEIGHT;
use super::tally::{self, Group, Origin, Pool, Tally, Worth};
use crate::doctrine::{Corner, Corners, Doctrine};
use crate::grade::{Credibility, Reliability};
use crate::report::{Channel, ItemIndex, Judgement, Parent, SourceIndex, Stance};

/// The figures of one judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) strength: Corners,
    pub(crate) probability: Corners,
    /// At the central corner.
    pub(crate) support: f64,
    pub(crate) against: f64,
    pub(crate) uncertainty: f64,
    pub(crate) origins: usize,
}

/// One judgement, weighed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weighed {
    pub(crate) figures: Figures,
    pub(crate) contributions: Box<[Contribution]>,
    pub(crate) owners: Box<[OwnerShare]>,
    /// Share of the support by channel, in the order of [`Channel::ALL`].
    pub(crate) channels: [f64; 11],
}

/// What one item contributes to one judgement.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Contribution {
    /// The item.
    pub item: ItemIndex,
    /// Which way it points.
    pub stance: Stance,
    /// Units of evidence, negative against the judgement. Over all items they sum to the
    /// judgement's support less what is against it.
    pub units: f64,
    /// Its part of its own side, 0 to 1.
    pub share: f64,
    /// Who is credited with the most of it.
    pub credited_to: Credit,
    /// Why it counts for nothing; `None` when it counts.
    pub not_counted: Option<NotCounted>,
}

/// Who is credited with evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Credit {
    /// A source: whoever said it first, or whoever confirms it.
    Source(SourceIndex),
    /// Whoever set the credibility digit without naming a corroborator.
    Assessor,
}

/// Why an item counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotCounted {
    /// The same origin said it already, and better, through this item.
    EchoOf(ItemIndex),
    /// Its lineage is unknown: it might echo this item, which claims the same.
    MayEcho(ItemIndex),
    /// The same owner's source said it already, and better, in this item.
    SameOwner(ItemIndex),
    /// Neither its source nor its information is graded.
    NotGraded,
    /// Its digit takes away what its letter gives.
    Improbable,
    /// Its source's letter is worth nothing.
    Unreliable,
    /// Nothing of it survives the doubts about authenticity, relays or relevance.
    NothingLeft,
    /// Its bytes are no longer those that were graded.
    ContentChanged,
    /// It was withdrawn.
    Withdrawn,
    /// It was published after the cut-off or the date of the appraisal.
    AfterCutOff,
    /// It is cited as context only.
    Context,
}

impl NotCounted {
    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EchoOf(_) => "echo-of",
            Self::MayEcho(_) => "may-echo",
            Self::SameOwner(_) => "same-owner",
            Self::NotGraded => "not-graded",
            Self::Improbable => "improbable",
            Self::Unreliable => "unreliable",
            Self::NothingLeft => "nothing-left",
            Self::ContentChanged => "content-changed",
            Self::Withdrawn => "withdrawn",
            Self::AfterCutOff => "after-cut-off",
            Self::Context => "context",
        }
    }

    /// The item that counts in its stead.
    pub const fn instead(self) -> Option<ItemIndex> {
        match self {
            Self::EchoOf(item) | Self::MayEcho(item) | Self::SameOwner(item) => Some(item),
            _ => None,
        }
    }
}

impl From<Exclusion> for NotCounted {
    fn from(exclusion: Exclusion) -> Self {
        match exclusion {
            Exclusion::ContentChanged => Self::ContentChanged,
            Exclusion::Withdrawn => Self::Withdrawn,
            Exclusion::AfterCutOff => Self::AfterCutOff,
        }
    }
}

/// How much of a judgement's testimony one owner gives.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OwnerShare {
    /// The owner, or the channel that pools those with no named owner.
    pub pool: Pool,
    /// Its part of what all owners give in support, 0 to 1; opinions of the assessor aside.
    pub share: f64,
}

/// What weighing takes room for; kept from one judgement to the next.
#[derive(Default)]
pub(crate) struct Desk {
    sides: [Side; 2],
    tallies: [Tally; 2],
}

/// Weighs one judgement.
pub(crate) fn weigh(case: &Case<'_>, judgement: &Judgement, desk: &mut Desk) -> Weighed {
    let Desk { sides, tallies } = desk;
    for side in &mut *sides {
        side.loans.clear();
    }
    let mut rows: Vec<Contribution> = Vec::with_capacity(judgement.rests_on.len());
    for (at, link) in judgement.rests_on.iter().enumerate() {
        let excluded = case.exclusion(link.item, None).map(NotCounted::from);
        let side = match link.stance {
            Stance::Supports => Some(&mut sides[0]),
            Stance::Contradicts => Some(&mut sides[1]),
            Stance::Context => None,
        };
        let not_counted = if side.is_none() { Some(NotCounted::Context) } else { excluded };
        let first_root = first_root(case, link.item);
        rows.push(Contribution {
            item: link.item,
            stance: link.stance,
            units: 0.0,
            share: 0.0,
            credited_to: Credit::Source(case.source_of(first_root)),
            not_counted,
        });
        if let (Some(side), None) = (side, not_counted) {
            case.lend(link.item, link.relevance, None, |lent| {
                let (credit, channel) = match lent {
                    Lent::Testimony(root, _) => (Some(root), case.channel_of(root, link.item)),
                    Lent::Corroboration(other, root, _) => {
                        (Some(root), case.channel_of(root, other.unwrap_or(link.item)))
                    }
                    Lent::Opinion(_) => (None, case.channel_of(first_root, link.item)),
                };
                let keyed = case.keyed(link.item, lent, None);
                side.loans.push(Loan { row: key(at), credit, channel, keyed });
            });
        }
    }
    for (side, tally) in sides.iter().zip(&mut *tallies) {
        tally.clear();
        tally.extend(side.loans.iter().map(|loan| loan.keyed));
    }
    let [support, against] = tallies.each_ref().map(|tally| worths(tally, case.doctrine));
    let figures = balance(case.doctrine, judgement, support, against);
    let mut channels = [0.0; 11];
    sides[0].credit(case, &tallies[0], support[1], 1.0, &mut rows, Some(&mut channels));
    sides[1].credit(case, &tallies[1], against[1], -1.0, &mut rows, None);
    for row in &mut rows {
        if row.units == 0.0 && row.not_counted.is_none() {
            row.not_counted = Some(why_nothing(case, row.item));
        }
    }
    let mut owners: Vec<OwnerShare> = tallies[0]
        .pools(Corner::Central, case.doctrine)
        .into_iter()
        .map(|(pool, share)| OwnerShare { pool, share })
        .collect();
    let whole: f64 = owners.iter().map(|owner| owner.share).sum();
    for owner in &mut owners {
        owner.share /= whole;
    }
    owners.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.pool.cmp(&b.pool)));
    Weighed { figures, contributions: rows.into(), owners: owners.into(), channels }
}

/// What a side is worth at the lower, central and upper corner.
fn worths(tally: &Tally, doctrine: &Doctrine) -> [Worth; 3] {
    [Corner::Lower, Corner::Central, Corner::Upper].map(|corner| tally.worth(corner, doctrine))
}

/// The figures of a judgement whose two sides are worth this at the lower, central and upper
/// corner. Lower meets the upper corner of the other side, and the reverse.
pub(crate) fn balance(
    doctrine: &Doctrine,
    judgement: &Judgement,
    support: [Worth; 3],
    against: [Worth; 3],
) -> Figures {
    let prior = judgement.prior.unwrap_or(DEFAULT_PRIOR);
    let meet = |corner: Corner| {
        let (ours, theirs) = (&support[corner.index()], &against[corner.opposite().index()]);
        let (r, s) = (ours.units(), theirs.units());
        let whole = PRIOR_WEIGHT + r + s;
        let net = (r - s) / whole;
        let cap = doctrine.cap(if net >= 0.0 { ours.origins } else { theirs.origins });
        (net.clamp(-cap, cap), (r + prior * PRIOR_WEIGHT) / whole)
    };
    let (lower, central, upper) = (meet(Corner::Lower), meet(Corner::Central), meet(Corner::Upper));
    let (r, s) = (support[1].units(), against[1].units());
    Figures {
        strength: Corners { lower: lower.0, central: central.0, upper: upper.0 },
        probability: Corners { lower: lower.1, central: central.1, upper: upper.1 },
        support: r,
        against: s,
        uncertainty: PRIOR_WEIGHT / (PRIOR_WEIGHT + r + s),
        origins: support[1].origins,
    }
}

/// The base rate of a judgement that states none.
pub(crate) const DEFAULT_PRIOR: f64 = 0.5;

/// The items on one side, and what they lend.
#[derive(Default)]
struct Side {
    loans: Vec<Loan>,
}

struct Loan {
    row: u32,
    /// The root that it is credited to; the assessor where there is none.
    credit: Option<Parent>,
    channel: Channel,
    keyed: tally::Lent,
}

impl Loan {
    fn central(&self) -> f64 {
        match self.keyed {
            tally::Lent::Testimony { units, .. } | tally::Lent::Opinion { units, .. } => {
                units.central
            }
        }
    }
}

impl Side {
    /// Gives each row what its item counts for at the central corner: a key's units go to the
    /// first item that lends the most to it.
    fn credit(
        &self,
        case: &Case<'_>,
        tally: &Tally,
        worth: Worth,
        sign: f64,
        rows: &mut [Contribution],
        mut channels: Option<&mut [f64; 11]>,
    ) {
        let total = worth.units();
        if total <= 0.0 {
            return;
        }
        let mut most = vec![0.0; rows.len()];
        let mut pay = |loan: &Loan, units: f64, rows: &mut [Contribution]| {
            let row = &mut rows[loan.row as usize];
            row.units += sign * units;
            row.share += units / total;
            row.not_counted = None;
            if units > most[loan.row as usize] {
                most[loan.row as usize] = units;
                row.credited_to = loan
                    .credit
                    .map_or(Credit::Assessor, |root| Credit::Source(case.source_of(root)));
            }
            if let Some(channels) = channels.as_deref_mut() {
                channels[loan.channel.index()] += units / total;
            }
        };
        let testimony = |loan: &Loan| match loan.keyed {
            tally::Lent::Testimony { origin, utterance, .. } => Some((origin, utterance)),
            tally::Lent::Opinion { .. } => None,
        };
        if worth.by_lineage <= worth.by_owner {
            let counted = tally.counted_origins(Corner::Central);
            let holders = self.holders(&counted, |loan| testimony(loan).map(|keys| keys.0));
            self.settle(
                &counted,
                &holders,
                |loan| testimony(loan).map(|keys| keys.0),
                |loan, how| match how {
                    Paid::Units(units) => pay(loan, units, rows),
                    Paid::LostTo(holder) => {
                        lose(rows, loan, NotCounted::EchoOf(self.item(holder, rows)));
                    }
                    Paid::Nothing(origin) => {
                        let winner = winner(&counted, &holders, origin);
                        if let Some(winner) = winner {
                            lose(rows, loan, NotCounted::MayEcho(self.item(winner, rows)));
                        }
                    }
                },
            );
        } else {
            let counted = tally.counted_utterances(Corner::Central, case.doctrine);
            let holders = self.holders(&counted, |loan| testimony(loan).map(|keys| keys.1));
            self.settle(
                &counted,
                &holders,
                |loan| testimony(loan).map(|keys| keys.1),
                |loan, how| match how {
                    Paid::Units(units) => pay(loan, units, rows),
                    Paid::LostTo(holder) => {
                        lose(rows, loan, NotCounted::SameOwner(self.item(holder, rows)));
                    }
                    Paid::Nothing(_) => {}
                },
            );
        }
        let opinion = |loan: &Loan| match loan.keyed {
            tally::Lent::Opinion { point, .. } => Some(point),
            tally::Lent::Testimony { .. } => None,
        };
        let counted = tally.counted_opinions(Corner::Central, case.doctrine);
        let holders = self.holders(&counted, opinion);
        self.settle(&counted, &holders, opinion, |loan, how| {
            if let Paid::Units(units) = how {
                pay(loan, units, rows);
            }
        });
    }

    /// Per key, the first loan that lends the most.
    fn holders<K: Ord + Copy>(
        &self,
        counted: &[(K, f64)],
        key_of: impl Fn(&Loan) -> Option<K>,
    ) -> Vec<Option<usize>> {
        let mut holders: Vec<Option<usize>> = vec![None; counted.len()];
        for (at, loan) in self.loans.iter().enumerate() {
            let Some(key) = key_of(loan) else { continue };
            let Ok(place) = counted.binary_search_by(|(other, _)| other.cmp(&key)) else {
                continue;
            };
            let better =
                holders[place].is_none_or(|held| loan.central() > self.loans[held].central());
            if loan.central() > 0.0 && better {
                holders[place] = Some(at);
            }
        }
        holders
    }

    fn settle<K: Ord + Copy>(
        &self,
        counted: &[(K, f64)],
        holders: &[Option<usize>],
        key_of: impl Fn(&Loan) -> Option<K>,
        mut each: impl FnMut(&Loan, Paid<K>),
    ) {
        for (at, loan) in self.loans.iter().enumerate() {
            let Some(key) = key_of(loan) else { continue };
            let Ok(place) = counted.binary_search_by(|(other, _)| other.cmp(&key)) else {
                continue;
            };
            if loan.central() <= 0.0 {
                continue;
            }
            match holders[place] {
                Some(holder) if holder == at && counted[place].1 > 0.0 => {
                    each(loan, Paid::Units(counted[place].1));
                }
                Some(holder) if holder == at => each(loan, Paid::Nothing(key)),
                Some(holder) => each(loan, Paid::LostTo(holder)),
                None => {}
            }
        }
    }

    fn item(&self, loan: usize, rows: &[Contribution]) -> ItemIndex {
        rows[self.loans[loan].row as usize].item
    }
}

/// What became of a loan.
enum Paid<K> {
    /// It holds its key and counts.
    Units(f64),
    /// Another lends more to the same key.
    LostTo(usize),
    /// It holds its key, and the key counts for nothing in its group.
    Nothing(K),
}

/// Notes why a row's testimony went unpaid, unless part of it was paid or a reason stands.
fn lose(rows: &mut [Contribution], loan: &Loan, why: NotCounted) {
    let row = &mut rows[loan.row as usize];
    if row.units == 0.0 && row.not_counted.is_none() {
        row.not_counted = Some(why);
    }
}

/// The loan that counts for the most in the group of an origin that counts for nothing.
fn winner(counted: &[(Origin, f64)], holders: &[Option<usize>], lost: Origin) -> Option<usize> {
    let of_group = |group: Group| counted.partition_point(move |(key, _)| key.group < group);
    let start = of_group(lost.group);
    counted[start..]
        .iter()
        .enumerate()
        .take_while(|(_, (key, _))| key.group == lost.group)
        .filter(|(_, (_, units))| *units > 0.0)
        .max_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b))
        .and_then(|(at, _)| holders[start + at])
}

/// Where following the first named parent ends.
fn first_root(case: &Case<'_>, item: ItemIndex) -> Parent {
    let mut first = None;
    case.each_root(item, None, |root, _, _| {
        first.get_or_insert(root);
    });
    first.unwrap_or(Parent::Item(item))
}

fn why_nothing(case: &Case<'_>, index: ItemIndex) -> NotCounted {
    let item = &case.report.items()[index.get()];
    let (mut unjudged, mut unreliable) = (true, true);
    case.each_root(index, None, |root, _, _| {
        let letter = case.letter(root, None);
        unjudged &= letter == Reliability::F;
        unreliable &= letter.rank().is_none_or(|rank| rank >= 4);
    });
    let digit = case.digit(item, false);
    match digit {
        Credibility::Four | Credibility::Five if !unjudged => NotCounted::Improbable,
        _ if unjudged => NotCounted::NotGraded,
        _ if unreliable => NotCounted::Unreliable,
        _ => NotCounted::NothingLeft,
    }
}
