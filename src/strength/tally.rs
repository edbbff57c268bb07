//! What many reports lend to one side of a judgement, without counting anything twice.
//!
//! Per key the tally remembers the most that any report lends. That is a join-semilattice: two
//! tallies merge by the larger value of each key, in any order, and merging twice changes
//! nothing. Arithmetic comes only at the end, so partial tallies may be made in parallel, kept,
//! and merged wherever they meet.

use super::evidence::correlated_sum;
use crate::doctrine::{Corner, Corners, Doctrine};
use crate::report::Channel;

/// Evidence on one side of one judgement.
///
/// Keys are numbers that the caller hands out; the tally asks nothing of them but that equal
/// things have equal numbers.
///
/// ```
/// use probative::doctrine::{Corner, Corners, Doctrine};
/// use probative::strength::tally::{Lent, Origin, Pool, Tally, Utterance};
///
/// let lent = |source, units| Lent::Testimony {
///     origin: Origin::known(0, source),
///     utterance: Utterance { pool: Pool::Owner(source), source, point: Some(0) },
///     units: Corners::all(units),
/// };
/// let doctrine = Doctrine::default();
/// let monday: Tally = [lent(1, 2.0), lent(2, 1.0)].into_iter().collect();
/// let tuesday: Tally = [lent(1, 3.0)].into_iter().collect();
///
/// let both = monday.merge(&tuesday);
/// assert_eq!(both, tuesday.merge(&monday));
/// assert_eq!(both, both.merge(&tuesday));
/// // Source 1 counts once, with its best report.
/// assert_eq!(both.worth(Corner::Central, &doctrine).units(), 4.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    origins: Vec<(Origin, Corners)>,
    utterances: Vec<(Utterance, Corners)>,
    opinions: Vec<(u32, Corners)>,
}

impl Tally {
    /// The tally of everything that either holds: per key, the larger value.
    ///
    /// Commutative, associative and idempotent.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        Self {
            origins: merged(&self.origins, &other.origins),
            utterances: merged(&self.utterances, &other.utterances),
            opinions: merged(&self.opinions, &other.opinions),
        }
    }

    /// What it all is worth at one corner.
    pub fn worth(&self, corner: Corner, doctrine: &Doctrine) -> Worth {
        let (by_lineage, origins) = self.by_lineage(corner, None);
        let (by_owner, pools) = self.by_owner(corner, doctrine, |_, _, _| {});
        let opinion = self.opinion(corner, doctrine, |_, _| {});
        Worth { by_lineage, by_owner, opinion, origins: origins.min(pools) }
    }

    /// Forgets everything, and keeps the memory for the next.
    pub(super) fn clear(&mut self) {
        self.origins.clear();
        self.utterances.clear();
        self.opinions.clear();
    }

    /// The keys of the layout by lineage, with what each counts for at one corner.
    pub(super) fn counted_origins(&self, corner: Corner) -> Vec<(Origin, f64)> {
        let mut counted = vec![0.0; self.origins.len()];
        self.by_lineage(corner, Some(&mut counted));
        self.origins.iter().map(|(key, _)| *key).zip(counted).collect()
    }

    /// The keys of the layout by owner, with what each counts for at one corner.
    pub(super) fn counted_utterances(
        &self,
        corner: Corner,
        doctrine: &Doctrine,
    ) -> Vec<(Utterance, f64)> {
        let mut counted: Vec<(Utterance, f64)> =
            self.utterances.iter().map(|(key, _)| (*key, 0.0)).collect();
        self.by_owner(corner, doctrine, |at, value, weight| counted[at].1 = value * weight);
        counted
    }

    /// The keys of the assessor's opinions, with what each counts for at one corner.
    pub(super) fn counted_opinions(&self, corner: Corner, doctrine: &Doctrine) -> Vec<(u32, f64)> {
        let mut counted: Vec<(u32, f64)> =
            self.opinions.iter().map(|(key, _)| (*key, 0.0)).collect();
        self.opinion(corner, doctrine, |at, units| counted[at].1 = units);
        counted
    }

    /// Per pool, what it is worth at one corner in the layout by owner.
    pub fn pools(&self, corner: Corner, doctrine: &Doctrine) -> Vec<(Pool, f64)> {
        let mut pools: Vec<(Pool, f64)> = Vec::new();
        self.by_owner(corner, doctrine, |at, value, weight| {
            let pool = self.utterances[at].0.pool;
            match pools.last_mut() {
                Some((last, worth)) if *last == pool => *worth += value * weight,
                _ => pools.push((pool, value * weight)),
            }
        });
        pools
    }

    /// Within a group each known origin counts once, and reports of unknown lineage might echo
    /// any of them: the group is worth the sum of the known or the best unknown, whichever is
    /// more. Gives the sum over groups and the number of independent origins.
    fn by_lineage(&self, corner: Corner, mut counted: Option<&mut Vec<f64>>) -> (f64, usize) {
        let (mut total, mut origins) = (0.0, 0);
        let mut start = 0;
        while start < self.origins.len() {
            let group = self.origins[start].0.group;
            let length = match corner {
                // Anything of unknown lineage might be an echo of anything else.
                Corner::Lower => self.origins.len(),
                Corner::Central | Corner::Upper => {
                    self.origins[start..].iter().take_while(|(key, _)| key.group == group).count()
                }
            };
            let (mut known, mut known_count, mut best) = (0.0, 0, None::<(f64, usize)>);
            for (at, (key, values)) in self.origins.iter().enumerate().skip(start).take(length) {
                let value = values.at(corner);
                if value <= 0.0 {
                    continue;
                }
                match key.voice {
                    Voice::Known(_) => {
                        known += value;
                        known_count += 1;
                    }
                    Voice::Unknown(_) if corner == Corner::Upper => {
                        total += value;
                        origins += 1;
                        if let Some(counted) = counted.as_deref_mut() {
                            counted[at] = value;
                        }
                    }
                    Voice::Unknown(_) => {
                        if best.is_none_or(|(most, _)| value > most) {
                            best = Some((value, at));
                        }
                    }
                }
            }
            let echoes_outweigh = best.filter(|(most, _)| *most > known);
            total += echoes_outweigh.map_or(known, |(most, _)| most);
            origins += known_count.max(usize::from(best.is_some()));
            if let Some(counted) = counted.as_deref_mut() {
                match echoes_outweigh {
                    Some((most, at)) => counted[at] = most,
                    None => {
                        let group = self.origins.iter().enumerate().skip(start).take(length);
                        for (at, (key, values)) in group {
                            if let Voice::Known(_) = key.voice {
                                counted[at] = values.at(corner).max(0.0);
                            }
                        }
                    }
                }
            }
            start += length;
        }
        (total, origins)
    }

    /// Within a pool the strongest report counts whole, each further one less. Gives the sum
    /// over pools and their number; `each` learns index, value and weight of every report.
    fn by_owner(
        &self,
        corner: Corner,
        doctrine: &Doctrine,
        mut each: impl FnMut(usize, f64, f64),
    ) -> (f64, usize) {
        let (mut total, mut pools) = (0.0, 0);
        let mut pool: Vec<(f64, usize)> = Vec::new();
        let mut start = 0;
        for reports in self.utterances.chunk_by(|(a, _), (b, _)| a.pool == b.pool) {
            let values = reports.iter().map(|(_, values)| values.at(corner)).zip(start..);
            start += reports.len();
            if let [(_, values)] = reports {
                // So it is with most pools: nothing to sort.
                let value = values.at(corner);
                if value > 0.0 {
                    pools += 1;
                    total += value;
                    each(start - 1, value, 1.0);
                }
                continue;
            }
            pool.clear();
            pool.extend(values.filter(|(value, _)| *value > 0.0));
            if pool.is_empty() {
                continue;
            }
            pools += 1;
            pool.sort_unstable_by(strongest_first);
            let rho = reports[0].0.pool.rho(doctrine);
            let mut weight = 1.0;
            for &(value, at) in &pool {
                total += weight * value;
                each(at, value, weight);
                weight *= 1.0 - rho;
            }
        }
        (total, pools)
    }

    /// The assessor's opinions form one correlated pool.
    fn opinion(
        &self,
        corner: Corner,
        doctrine: &Doctrine,
        mut each: impl FnMut(usize, f64),
    ) -> f64 {
        let mut pool: Vec<(f64, usize)> = Vec::with_capacity(self.opinions.len());
        let values = self.opinions.iter().map(|(_, values)| values.at(corner));
        pool.extend(values.zip(0..).filter(|(value, _)| *value > 0.0));
        pool.sort_unstable_by(strongest_first);
        let rho = doctrine.dependence().assessor;
        let mut weight = 1.0;
        for &(value, at) in &pool {
            each(at, weight * value);
            weight *= 1.0 - rho;
        }
        correlated_sum(pool.iter().map(|(value, _)| *value), rho)
    }
}

impl Extend<Lent> for Tally {
    fn extend<I: IntoIterator<Item = Lent>>(&mut self, lent: I) {
        let lent = lent.into_iter();
        let (least, _) = lent.size_hint();
        self.origins.reserve(least);
        self.utterances.reserve(least);
        for one in lent {
            match one {
                Lent::Testimony { origin, utterance, units } => {
                    let units = sound(units);
                    self.origins.push((origin, units));
                    self.utterances.push((utterance, units));
                }
                Lent::Opinion { point, units } => self.opinions.push((point, sound(units))),
            }
        }
        settle(&mut self.origins);
        settle(&mut self.utterances);
        settle(&mut self.opinions);
    }
}

impl FromIterator<Lent> for Tally {
    fn from_iter<I: IntoIterator<Item = Lent>>(lent: I) -> Self {
        let mut tally = Self::default();
        tally.extend(lent);
        tally
    }
}

/// What one report lends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Lent {
    /// Somebody's word, credited to whoever said it first.
    Testimony {
        /// Who said it first, about what.
        origin: Origin,
        /// Whose word it is, and which of that owner's reports.
        utterance: Utterance,
        /// Units of evidence at each corner; what is not above 0 and finite counts as 0.
        units: Corners,
    },
    /// The assessor's own opinion of a point.
    Opinion {
        /// The point.
        point: u32,
        /// Units of evidence at each corner; what is not above 0 and finite counts as 0.
        units: Corners,
    },
}

/// Who said it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Within a group, reports may be echoes of each other.
    pub group: Group,
    /// Whose voice it is.
    pub voice: Voice,
}

impl Origin {
    /// A report that is its source's own, on a point.
    pub const fn known(point: u32, source: u32) -> Self {
        Self { group: Group::Point(point), voice: Voice::Known(source) }
    }

    /// A report of unknown lineage, on a point.
    pub const fn unknown(point: u32, item: u32) -> Self {
        Self { group: Group::Point(point), voice: Voice::Unknown(item) }
    }

    /// A source that is named as root, by something that is no item of the report.
    pub const fn source(source: u32) -> Self {
        Self { group: Group::Source(source), voice: Voice::Known(source) }
    }
}

/// What reports may be echoes of each other.
///
/// Closed: the method has these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Those that claim the same.
    Point(u32),
    /// Those that go back to the same source.
    Source(u32),
}

/// Whose voice a report is.
///
/// Closed: it is known or it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// This source's own.
    Known(u32),
    /// Nobody said; this item may be an echo.
    Unknown(u32),
}

/// Whose word it is, and which of that owner's reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Utterance {
    /// The pool whose reports depend on each other.
    pub pool: Pool,
    /// Who speaks.
    pub source: u32,
    /// About what; `None` for a source that is named as root.
    pub point: Option<u32>,
}

/// Reports that depend on each other because of whose they are.
///
/// Closed: the method has these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pool {
    /// The reports of one owner.
    Owner(u32),
    /// The reports that came by one channel from sources with no named owner.
    Channel(Channel),
}

impl Pool {
    /// How far its reports correlate, 0 to 1.
    pub fn rho(self, doctrine: &Doctrine) -> f64 {
        match self {
            Self::Owner(_) => doctrine.dependence().owner,
            Self::Channel(channel) => doctrine.channel(channel).rho,
        }
    }
}

/// What one side is worth at one corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Worth {
    /// Units by independent origins.
    pub by_lineage: f64,
    /// Units by independent owners.
    pub by_owner: f64,
    /// Units of the assessor's own opinions.
    pub opinion: f64,
    /// Independent origins: the smaller of the origins and the pools.
    pub origins: usize,
}

impl Worth {
    /// Evidence is worth no more than its origins and no more than its owners; opinions are
    /// added last.
    pub fn units(&self) -> f64 {
        self.by_lineage.min(self.by_owner) + self.opinion
    }
}

/// Ties go by place, so that the same input gives the same bytes.
pub(super) fn strongest_first<K: Ord>(a: &(f64, K), b: &(f64, K)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1))
}

fn sound(units: Corners) -> Corners {
    units.map(|value| if value.is_finite() { value.max(0.0) } else { 0.0 })
}

/// Sorted by key, each key once, with the most that any entry has.
fn settle<K: Copy + Ord>(entries: &mut Vec<(K, Corners)>) {
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 = kept.1.zip(later.1, f64::max);
        }
        same
    });
}

fn merged<K: Copy + Ord>(a: &[(K, Corners)], b: &[(K, Corners)]) -> Vec<(K, Corners)> {
    let mut both = [a, b].concat();
    settle(&mut both);
    both
}
