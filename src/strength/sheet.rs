//! One side at one corner, laid out so that a small change is weighed at a small cost.
//!
//! A [`Tally`](super::tally::Tally) forgets who lent what; a sheet remembers, so that the worth
//! without some loans, or with others in their place, follows from the keys that they touch.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::evidence::correlated_sum;
use super::tally::{Group, Lent, Origin, Pool, Utterance, Voice, Worth, strongest_first};
use crate::doctrine::{Corner, Doctrine};

/// One side at one corner.
pub(super) struct Sheet<'d> {
    corner: Corner,
    doctrine: &'d Doctrine,
    origins: Cells<Origin>,
    groups: HashMap<Echoes, Members>,
    by_lineage: f64,
    origin_count: usize,
    utterances: Cells<Utterance>,
    pools: HashMap<Pool, Vec<(f64, Utterance)>>,
    /// What each pool is worth, the most first.
    pool_worths: Vec<(f64, Pool)>,
    by_owner: f64,
    opinions: Cells<u32>,
    /// Every opinion, the strongest first.
    opinion_pool: Vec<(f64, u32)>,
}

/// What a side is worth, and how much of it is one owner's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reckoned {
    pub(super) worth: Worth,
    /// The largest pool's part of what all pools are worth.
    pub(super) largest_share: f64,
}

/// Per key, who lends how much, the most first.
struct Cells<K>(HashMap<K, Vec<(f64, u32)>>);

/// Within which reports may be echoes of each other, at a corner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Echoes {
    /// At the lower corner: all of them.
    All,
    Of(Group),
    /// At the upper corner, what is of unknown lineage echoes nothing.
    Alone(u32),
}

#[derive(Default)]
struct Members {
    known: f64,
    known_count: usize,
    /// The strongest first.
    unknown: Vec<(f64, Origin)>,
}

impl<'d> Sheet<'d> {
    pub(super) fn new(loans: &[Lent], corner: Corner, doctrine: &'d Doctrine) -> Self {
        let (mut origins, mut utterances, mut opinions) =
            (Cells::default(), Cells::default(), Cells::default());
        for (at, lent) in loans.iter().enumerate() {
            // As many loans as `u32` counts do not fit into memory.
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            match *lent {
                Lent::Testimony { origin, utterance, units } => {
                    origins.add(origin, units.at(corner), at);
                    utterances.add(utterance, units.at(corner), at);
                }
                Lent::Opinion { point, units } => opinions.add(point, units.at(corner), at),
            }
        }
        let mut groups: HashMap<Echoes, Members> = HashMap::new();
        for (origin, value) in origins.settle() {
            let members = groups.entry(Echoes::of(origin, corner)).or_default();
            match origin.voice {
                Voice::Known(_) => {
                    members.known += value;
                    members.known_count += 1;
                }
                Voice::Unknown(_) => members.unknown.push((value, origin)),
            }
        }
        for members in groups.values_mut() {
            members.unknown.sort_unstable_by(strongest_first);
        }
        let mut pools: HashMap<Pool, Vec<(f64, Utterance)>> = HashMap::new();
        for (utterance, value) in utterances.settle() {
            pools.entry(utterance.pool).or_default().push((value, utterance));
        }
        let mut pool_worths = Vec::with_capacity(pools.len());
        for (pool, members) in &mut pools {
            members.sort_unstable_by(strongest_first);
            let values = members.iter().map(|(value, _)| *value);
            pool_worths.push((correlated_sum(values, pool.rho(doctrine)), *pool));
        }
        pool_worths.sort_unstable_by(strongest_first);
        let mut opinion_pool: Vec<(f64, u32)> =
            opinions.settle().into_iter().map(|(point, value)| (value, point)).collect();
        opinion_pool.sort_unstable_by(strongest_first);
        // Sums over a sorted list, not over a map: the same report gives the same bytes.
        let mut worths: Vec<(f64, usize)> =
            groups.values().map(|members| (members.worth(), members.count())).collect();
        worths.sort_unstable_by(strongest_first);
        Self {
            corner,
            doctrine,
            by_lineage: worths.iter().map(|(worth, _)| worth).sum(),
            origin_count: worths.iter().map(|(_, count)| count).sum(),
            by_owner: pool_worths.iter().map(|(worth, _)| worth).sum(),
            origins,
            groups,
            utterances,
            pools,
            pool_worths,
            opinions,
            opinion_pool,
        }
    }

    /// What the side is worth without these loans and with those.
    pub(super) fn reckon(&self, loans: &[Lent], without: &[u32], with: &[Lent]) -> Reckoned {
        let gone: HashSet<u32> = without.iter().copied().collect();
        let (mut origins, mut utterances, mut opinions) =
            (Touched::default(), Touched::default(), Touched::default());
        let leaving =
            without.iter().filter_map(|at| loans.get(*at as usize)).map(|lent| (lent, 0.0));
        let coming = with.iter().map(|lent| (lent, 1.0));
        for (lent, counts) in leaving.chain(coming) {
            match *lent {
                Lent::Testimony { origin, utterance, units } => {
                    origins.touch(origin, units.at(self.corner) * counts);
                    utterances.touch(utterance, units.at(self.corner) * counts);
                }
                Lent::Opinion { point, units } => {
                    opinions.touch(point, units.at(self.corner) * counts);
                }
            }
        }
        let (by_lineage, origin_count) = self.lineage(&self.origins.changes(origins, &gone));
        let (by_owner, pool_count, largest) =
            self.owners(&self.utterances.changes(utterances, &gone));
        let opinion = {
            let changes = self.opinions.changes(opinions, &gone);
            let rho = self.doctrine.dependence().assessor;
            correlated_sum(replaced(&self.opinion_pool, &changes), rho)
        };
        let worth = Worth { by_lineage, by_owner, opinion, origins: origin_count.min(pool_count) };
        let largest_share = if by_owner > 0.0 { largest / by_owner } else { 0.0 };
        Reckoned { worth, largest_share }
    }

    fn lineage(&self, changes: &[Changed<Origin>]) -> (f64, usize) {
        // In the order of the keys: sums over a map's order would differ from run to run.
        let mut by_group: BTreeMap<Echoes, Vec<Changed<Origin>>> = BTreeMap::new();
        for change in changes {
            by_group.entry(Echoes::of(change.key, self.corner)).or_default().push(*change);
        }
        let (mut total, mut count) = (self.by_lineage, self.origin_count);
        let nobody = Members::default();
        for (group, changes) in by_group {
            let members = self.groups.get(&group).unwrap_or(&nobody);
            let (mut known, mut known_count) = (members.known, members.known_count);
            let mut unknown = members
                .unknown
                .iter()
                .find(|(_, origin)| !changed(&changes, origin))
                .map_or(0.0, |(value, _)| *value);
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
            total += known.max(unknown) - members.worth();
            count += known_count.max(usize::from(unknown > 0.0));
            count -= members.count().min(count);
        }
        (if count == 0 { 0.0 } else { total }, count)
    }

    fn owners(&self, changes: &[Changed<Utterance>]) -> (f64, usize, f64) {
        let mut by_pool: BTreeMap<Pool, Vec<Changed<Utterance>>> = BTreeMap::new();
        for change in changes {
            by_pool.entry(change.key.pool).or_default().push(*change);
        }
        let (mut total, mut count) = (self.by_owner, self.pools.len());
        let untouched = self.pool_worths.iter().find(|(_, pool)| !by_pool.contains_key(pool));
        let mut largest = untouched.map_or(0.0, |(worth, _)| *worth);
        for (pool, changes) in by_pool {
            let members = self.pools.get(&pool).map_or(&[][..], |members| members);
            let rho = pool.rho(self.doctrine);
            let old = correlated_sum(members.iter().map(|(value, _)| *value), rho);
            let new = correlated_sum(replaced(members, &changes), rho);
            total += new - old;
            count += usize::from(new > 0.0);
            count -= usize::from(old > 0.0).min(count);
            largest = largest.max(new);
        }
        (if count == 0 { 0.0 } else { total }, count, largest)
    }
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
        self.known.max(self.unknown.first().map_or(0.0, |(value, _)| *value))
    }

    fn count(&self) -> usize {
        self.known_count.max(usize::from(!self.unknown.is_empty()))
    }
}

impl<K> Default for Cells<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Copy + Eq + Hash + Ord> Cells<K> {
    fn add(&mut self, key: K, value: f64, loan: u32) {
        if value > 0.0 {
            self.0.entry(key).or_default().push((value, loan));
        }
    }

    /// Sorts the holders; gives every key with its most, in the order of the keys.
    fn settle(&mut self) -> Vec<(K, f64)> {
        let mut keys: Vec<(K, f64)> = Vec::with_capacity(self.0.len());
        for (key, holders) in &mut self.0 {
            holders.sort_unstable_by(strongest_first);
            keys.extend(holders.first().map(|(value, _)| (*key, *value)));
        }
        keys.sort_unstable_by_key(|(key, _)| *key);
        keys
    }

    /// The touched keys whose most is not what it was.
    fn changes(&self, touched: Touched<K>, gone: &HashSet<u32>) -> Vec<Changed<K>> {
        let mut changes: Vec<Changed<K>> = touched
            .0
            .into_iter()
            .filter_map(|(key, added)| {
                let holders = self.0.get(&key).map_or(&[][..], |holders| holders);
                let old = holders.first().map_or(0.0, |(value, _)| *value);
                let stay = holders.iter().find(|(_, loan)| !gone.contains(loan));
                let new = stay.map_or(0.0, |(value, _)| *value).max(added);
                (new != old).then_some(Changed { key, old, new })
            })
            .collect();
        changes.sort_unstable_by_key(|change| change.key);
        changes
    }
}

/// Keys that a change touches, each with the most that comes to it.
struct Touched<K>(HashMap<K, f64>);

impl<K> Default for Touched<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Touched<K> {
    fn touch(&mut self, key: K, value: f64) {
        let most = self.0.entry(key).or_insert(0.0);
        *most = most.max(value);
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
