//! One side at one corner, laid out so that a small change is weighed at a small cost.
//!
//! A [`Tally`](super::tally::Tally) forgets who lent what; a sheet remembers, so that the worth
//! without some loans, or with others in their place, follows from the keys that they touch.

use std::ops::Range;

use super::evidence::correlated_sum;
use super::tally::{Group, Lent, Origin, Pool, Utterance, Voice, Worth, strongest_first};
use crate::doctrine::{Corner, Doctrine};

/// One side at one corner. Everything is a list in the order of its keys: most judgements rest on
/// a dozen items, and the sums come out the same on every run.
pub(super) struct Sheet<'d> {
    corner: Corner,
    doctrine: &'d Doctrine,
    origins: Cells<Origin>,
    groups: Vec<Members>,
    /// The reports of unknown lineage, group by group, the strongest first.
    unknown: Vec<(f64, Origin)>,
    by_lineage: f64,
    origin_count: usize,
    utterances: Cells<Utterance>,
    pools: Vec<Pooled>,
    /// The reports, pool by pool, the strongest first.
    pooled: Vec<(f64, Utterance)>,
    /// What each pool is worth, the most first.
    pool_worths: Vec<(f64, Pool)>,
    by_owner: f64,
    opinions: Cells<u32>,
    /// Every opinion, the strongest first.
    opinion_pool: Vec<(f64, u32)>,
    opinion: f64,
}

/// What a side is worth, and how much of it is one owner's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reckoned {
    pub(super) worth: Worth,
    /// The largest pool's part of what all pools are worth.
    pub(super) largest_share: f64,
}

/// Who lends how much: key by key, the most first.
struct Cells<K>(Vec<(K, f64, u32)>);

/// Within which reports may be echoes of each other, at a corner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Echoes {
    /// At the lower corner: all of them.
    All,
    Of(Group),
    /// At the upper corner, what is of unknown lineage echoes nothing.
    Alone(u32),
}

/// The reports that may be echoes of each other.
struct Members {
    group: Echoes,
    known: f64,
    known_count: usize,
    /// Where those of unknown lineage stand, and the most that one of them lends.
    unknown: Range<usize>,
    strongest_unknown: f64,
}

/// The reports of one pool.
struct Pooled {
    pool: Pool,
    worth: f64,
    /// Where they stand.
    members: Range<usize>,
}

impl<'d> Sheet<'d> {
    pub(super) fn new(loans: &[Lent], corner: Corner, doctrine: &'d Doctrine) -> Self {
        let (mut origins, mut utterances, mut opinions) =
            (Vec::with_capacity(loans.len()), Vec::with_capacity(loans.len()), Vec::new());
        for (at, lent) in loans.iter().enumerate() {
            // As many loans as `u32` counts do not fit into memory.
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            match *lent {
                Lent::Testimony { origin, utterance, units } => {
                    origins.push((origin, units.at(corner), at));
                    utterances.push((utterance, units.at(corner), at));
                }
                Lent::Opinion { point, units } => opinions.push((point, units.at(corner), at)),
            }
        }
        let (origins, utterances, opinions) =
            (Cells::of(origins), Cells::of(utterances), Cells::of(opinions));

        let (groups, unknown) = groups(&origins, corner);
        // The largest first, so that the sum does not depend on the order of the keys.
        let mut worths: Vec<(f64, usize)> =
            groups.iter().map(|members| (members.worth(), members.count())).collect();
        worths.sort_unstable_by(strongest_first);

        let mut pooled: Vec<(f64, Utterance)> = utterances.most().collect();
        let mut pools = Vec::new();
        for reports in pooled.chunk_by_mut(|(_, a), (_, b)| a.pool == b.pool) {
            reports.sort_unstable_by(strongest_first);
            let pool = reports[0].1.pool;
            let worth = correlated_sum(reports.iter().map(|(value, _)| *value), pool.rho(doctrine));
            let start = pools.last().map_or(0, |last: &Pooled| last.members.end);
            pools.push(Pooled { pool, worth, members: start..start + reports.len() });
        }
        let mut pool_worths: Vec<(f64, Pool)> =
            pools.iter().map(|pool| (pool.worth, pool.pool)).collect();
        pool_worths.sort_unstable_by(strongest_first);

        let mut opinion_pool: Vec<(f64, u32)> = opinions.most().collect();
        opinion_pool.sort_unstable_by(strongest_first);
        Self {
            corner,
            doctrine,
            by_lineage: worths.iter().map(|(worth, _)| worth).sum(),
            origin_count: worths.iter().map(|(_, count)| count).sum(),
            by_owner: pool_worths.iter().map(|(worth, _)| worth).sum(),
            origins,
            groups,
            unknown,
            utterances,
            pools,
            pooled,
            pool_worths,
            opinions,
            opinion: correlated_sum(
                opinion_pool.iter().map(|(value, _)| *value),
                doctrine.dependence().assessor,
            ),
            opinion_pool,
        }
    }

    /// What the side is worth without these loans, which come in their order, and with those.
    pub(super) fn reckon(&self, loans: &[Lent], without: &[u32], with: &[Lent]) -> Reckoned {
        let touched = without.len() + with.len();
        let (mut origins, mut utterances, mut opinions) =
            (Vec::with_capacity(touched), Vec::with_capacity(touched), Vec::new());
        let leaving =
            without.iter().filter_map(|at| loans.get(*at as usize)).map(|lent| (lent, 0.0));
        let coming = with.iter().map(|lent| (lent, 1.0));
        for (lent, counts) in leaving.chain(coming) {
            match *lent {
                Lent::Testimony { origin, utterance, units } => {
                    origins.push((origin, units.at(self.corner) * counts));
                    utterances.push((utterance, units.at(self.corner) * counts));
                }
                Lent::Opinion { point, units } => {
                    opinions.push((point, units.at(self.corner) * counts));
                }
            }
        }
        let (by_lineage, origin_count) = self.lineage(&self.origins.changes(origins, without));
        let (by_owner, pool_count, largest) =
            self.owners(&self.utterances.changes(utterances, without));
        let changes = self.opinions.changes(opinions, without);
        let opinion = if changes.is_empty() {
            self.opinion
        } else {
            let rho = self.doctrine.dependence().assessor;
            correlated_sum(replaced(&self.opinion_pool, &changes), rho)
        };
        let worth = Worth { by_lineage, by_owner, opinion, origins: origin_count.min(pool_count) };
        let largest_share = if by_owner > 0.0 { largest / by_owner } else { 0.0 };
        Reckoned { worth, largest_share }
    }

    fn lineage(&self, changes: &[Changed<Origin>]) -> (f64, usize) {
        let (mut total, mut count) = (self.by_lineage, self.origin_count);
        let group_of = |change: &Changed<Origin>| Echoes::of(change.key, self.corner);
        // Changes of one group stand side by side, as the group leads an origin's order.
        for changes in changes.chunk_by(|a, b| group_of(a) == group_of(b)) {
            let group = group_of(&changes[0]);
            let place = self.groups.binary_search_by(|members| members.group.cmp(&group));
            let members = place.ok().map(|place| &self.groups[place]);
            let (mut known, mut known_count, mut unknown) = (0.0, 0, 0.0_f64);
            if let Some(members) = members {
                (known, known_count) = (members.known, members.known_count);
                unknown = self.unknown[members.unknown.clone()]
                    .iter()
                    .find(|(_, origin)| !changed(changes, origin))
                    .map_or(0.0, |(value, _)| *value);
                total -= members.worth();
                count -= members.count().min(count);
            }
            for change in changes {
                match change.key.voice {
                    Voice::Known(_) => {
                        known += change.new - change.old;
                        known_count += usize::from(change.new > 0.0);
                        known_count -= usize::from(change.old > 0.0).min(known_count);
                    }
                    Voice::Unknown(_) => unknown = unknown.max(change.new),
                }
            }
            if known_count == 0 {
                known = 0.0; // not the rounding error that subtracting leaves
            }
            total += known.max(unknown);
            count += known_count.max(usize::from(unknown > 0.0));
        }
        (if count == 0 { 0.0 } else { total }, count)
    }

    fn owners(&self, changes: &[Changed<Utterance>]) -> (f64, usize, f64) {
        let (mut total, mut count) = (self.by_owner, self.pools.len());
        let is_touched = |pool: Pool| {
            let at = changes.partition_point(|change| change.key.pool < pool);
            changes.get(at).is_some_and(|change| change.key.pool == pool)
        };
        let untouched = self.pool_worths.iter().find(|(_, pool)| !is_touched(*pool));
        let mut largest = untouched.map_or(0.0, |(worth, _)| *worth);
        for changes in changes.chunk_by(|a, b| a.key.pool == b.key.pool) {
            let pool = changes[0].key.pool;
            let place = self.pools.binary_search_by(|pooled| pooled.pool.cmp(&pool));
            let mut members = &[][..];
            if let Some(pooled) = place.ok().map(|place| &self.pools[place]) {
                members = &self.pooled[pooled.members.clone()];
                total -= pooled.worth;
                count -= 1;
            }
            let new = correlated_sum(replaced(members, changes), pool.rho(self.doctrine));
            total += new;
            count += usize::from(new > 0.0);
            largest = largest.max(new);
        }
        (if count == 0 { 0.0 } else { total }, count, largest)
    }
}

/// The groups at a corner, in their order, and in the same order what is of unknown lineage.
fn groups(origins: &Cells<Origin>, corner: Corner) -> (Vec<Members>, Vec<(f64, Origin)>) {
    let mut keys: Vec<(f64, Origin)> = origins.most().collect();
    let group_of = |origin: Origin| Echoes::of(origin, corner);
    keys.sort_by_key(|(_, origin)| group_of(*origin));
    let (mut groups, mut unknown) = (Vec::new(), Vec::new());
    for members in keys.chunk_by(|(_, a), (_, b)| group_of(*a) == group_of(*b)) {
        let (mut known, mut known_count, start) = (0.0, 0, unknown.len());
        for (value, origin) in members {
            match origin.voice {
                Voice::Known(_) => {
                    known += value;
                    known_count += 1;
                }
                Voice::Unknown(_) => unknown.push((*value, *origin)),
            }
        }
        unknown[start..].sort_unstable_by(strongest_first);
        groups.push(Members {
            group: group_of(members[0].1),
            known,
            known_count,
            strongest_unknown: unknown.get(start).map_or(0.0, |(value, _)| *value),
            unknown: start..unknown.len(),
        });
    }
    (groups, unknown)
}

impl Echoes {
    fn of(origin: Origin, corner: Corner) -> Self {
        match (corner, origin.voice) {
            (Corner::Lower, _) => Self::All,
            (Corner::Upper, Voice::Unknown(item)) => Self::Alone(item),
            _ => Self::Of(origin.group),
        }
    }
}

impl Members {
    fn worth(&self) -> f64 {
        self.known.max(self.strongest_unknown)
    }

    fn count(&self) -> usize {
        self.known_count.max(usize::from(!self.unknown.is_empty()))
    }
}

impl<K: Copy + Ord> Cells<K> {
    fn of(mut cells: Vec<(K, f64, u32)>) -> Self {
        cells.retain(|(_, value, _)| *value > 0.0);
        cells.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        Self(cells)
    }

    /// Every key with its most, in the order of the keys.
    fn most(&self) -> impl Iterator<Item = (f64, K)> {
        let of_one_key = self.0.chunk_by(|(a, ..), (b, ..)| a == b);
        of_one_key.map(|holders| (holders[0].1, holders[0].0))
    }

    /// The touched keys whose most is not what it was, in their order: `touched` has the value
    /// that comes to a key, 0 where one leaves.
    fn changes(&self, mut touched: Vec<(K, f64)>, gone: &[u32]) -> Vec<Changed<K>> {
        touched.sort_unstable_by_key(|(key, _)| *key);
        let of_one_key = touched.chunk_by(|(a, _), (b, _)| a == b);
        let change = |touched: &[(K, f64)]| {
            let key = touched[0].0;
            let first = self.0.partition_point(|(other, ..)| *other < key);
            let mut holders = self.0[first..].iter().take_while(|(other, ..)| *other == key);
            let old = self.0.get(first).filter(|(other, ..)| *other == key);
            let old = old.map_or(0.0, |(_, value, _)| *value);
            let stay = holders.find(|(.., loan)| gone.binary_search(loan).is_err());
            let stay = stay.map_or(0.0, |(_, value, _)| *value);
            let new = touched.iter().fold(stay, |most, (_, value)| most.max(*value));
            (new != old).then_some(Changed { key, old, new })
        };
        of_one_key.filter_map(change).collect()
    }
}

#[derive(Clone, Copy)]
struct Changed<K> {
    key: K,
    old: f64,
    new: f64,
}

/// Whether a key is among the changes, which are in the order of their keys.
fn changed<K: Ord>(changes: &[Changed<K>], key: &K) -> bool {
    changes.binary_search_by(|change| change.key.cmp(key)).is_ok()
}

/// The values of a sorted list with some replaced, the strongest first.
fn replaced<'a, K: Copy + Ord>(
    list: &'a [(f64, K)],
    changes: &'a [Changed<K>],
) -> impl Iterator<Item = f64> + 'a {
    let mut new: Vec<f64> =
        changes.iter().map(|change| change.new).filter(|value| *value > 0.0).collect();
    new.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut new = new.into_iter().peekable();
    let mut old =
        list.iter().filter(|(_, key)| !changed(changes, key)).map(|(value, _)| *value).peekable();
    std::iter::from_fn(move || match (old.peek(), new.peek()) {
        (Some(a), Some(b)) if a >= b => old.next(),
        (_, Some(_)) => new.next(),
        _ => old.next(),
    })
}
