//! Who said it first: where following `derived_from` ends.

use super::{Item, ItemIndex, Lineage, Parent};

/// For every derived item, the roots that its content goes back to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lineages {
    /// Each after the derived items that it is derived from.
    relays: Vec<Relay>,
    /// Per item, its place in `relays`; empty when nothing is derived.
    place: Vec<u32>,
}

/// A derived item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relay {
    pub(crate) item: ItemIndex,
    /// The distinct roots, sorted: items that are not derived, or sources.
    pub(crate) roots: Box<[Parent]>,
    /// How many ways lead to a root, each counted. Infinite when a double cannot hold it.
    pub(crate) paths: f64,
}

/// Why lineages cannot be traced.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tangle {
    /// Each is derived from the next, the last from the first.
    Circle(Vec<ItemIndex>),
    /// All lineages together reach more roots than can be kept.
    TooManyRoots,
}

impl Lineages {
    /// Traces every lineage, at a cost in proportion to the links and the roots reached.
    pub(crate) fn trace(items: &[Item]) -> Result<Self, Vec<Tangle>> {
        let derived: Vec<ItemIndex> = (0..items.len())
            .filter(|&at| matches!(items[at].lineage, Lineage::DerivedFrom(_)))
            .map(ItemIndex::new)
            .collect();
        if derived.is_empty() {
            return Ok(Self::default());
        }
        let order = in_order(items, &derived);
        if order.len() < derived.len() {
            return Err(circles(items, &derived, &order));
        }
        let mut lineages = Self { relays: Vec::new(), place: vec![NOWHERE; items.len()] };
        let mut kept = 0;
        for item in order {
            let (mut roots, mut paths) = (Vec::new(), 0.0);
            for &parent in parents(items, item) {
                match lineages.of_parent(parent) {
                    Some(relay) => {
                        roots.extend_from_slice(&relay.roots);
                        paths += relay.paths;
                    }
                    None => {
                        roots.push(parent);
                        paths += 1.0;
                    }
                }
            }
            roots.sort_unstable();
            roots.dedup();
            kept += roots.len();
            if kept > MOST_ROOTS {
                return Err(vec![Tangle::TooManyRoots]);
            }
            if let Ok(place) = u32::try_from(lineages.relays.len()) {
                lineages.place[item.get()] = place;
            }
            lineages.relays.push(Relay { item, roots: roots.into(), paths });
        }
        Ok(lineages)
    }

    /// Whether nothing is derived.
    pub(crate) fn is_empty(&self) -> bool {
        self.relays.is_empty()
    }

    /// The derived items, each after those that it is derived from.
    pub(crate) fn relays(&self) -> &[Relay] {
        &self.relays
    }

    /// The place of an item in [`relays`](Self::relays); `None` when it is not derived.
    pub(crate) fn place(&self, item: ItemIndex) -> Option<usize> {
        let place = *self.place.get(item.get())?;
        (place != NOWHERE).then_some(place as usize)
    }

    fn of_parent(&self, parent: Parent) -> Option<&Relay> {
        match parent {
            Parent::Item(item) => self.relays.get(self.place(item)?),
            Parent::Source(_) => None,
        }
    }
}

/// What an item is derived from; nothing when it is not.
pub(crate) fn parents(items: &[Item], item: ItemIndex) -> &[Parent] {
    match &items[item.get()].lineage {
        Lineage::DerivedFrom(parents) => parents,
        Lineage::Original | Lineage::Unknown => &[],
    }
}

/// 4 million: a hundred megabytes, and far beyond any report that people write.
pub(crate) const MOST_ROOTS: usize = 4_000_000;

const NOWHERE: u32 = u32::MAX;

/// The derived items that are in no circle and hang on none, parents first (Kahn's algorithm).
fn in_order(items: &[Item], derived: &[ItemIndex]) -> Vec<ItemIndex> {
    let derived_parents = |item: ItemIndex| {
        parents(items, item).iter().filter_map(|parent| match parent {
            Parent::Item(up) if matches!(items[up.get()].lineage, Lineage::DerivedFrom(_)) => {
                Some(*up)
            }
            _ => None,
        })
    };
    let mut waits = vec![0_usize; items.len()];
    let mut children: Vec<(ItemIndex, ItemIndex)> = Vec::new();
    for &item in derived {
        for up in derived_parents(item) {
            waits[item.get()] += 1;
            children.push((up, item));
        }
    }
    children.sort_unstable();
    let mut order: Vec<ItemIndex> =
        derived.iter().copied().filter(|item| waits[item.get()] == 0).collect();
    let mut done = 0;
    while let Some(&item) = order.get(done) {
        done += 1;
        let first = children.partition_point(|(up, _)| *up < item);
        for &(_, child) in children[first..].iter().take_while(|(up, _)| *up == item) {
            waits[child.get()] -= 1;
            if waits[child.get()] == 0 {
                order.push(child);
            }
        }
    }
    order
}

/// One circle for each group of items that run into one.
fn circles(items: &[Item], derived: &[ItemIndex], order: &[ItemIndex]) -> Vec<Tangle> {
    // 0: not looked at; otherwise the number of the walk that came by, or settled.
    const SETTLED: usize = usize::MAX;
    let mut walk_of = vec![0; items.len()];
    for item in order {
        walk_of[item.get()] = SETTLED;
    }
    let mut found = Vec::new();
    for (walk, &start) in derived.iter().enumerate().map(|(at, start)| (at + 1, start)) {
        let mut way = Vec::new();
        let mut here = start;
        while walk_of[here.get()] == 0 {
            walk_of[here.get()] = walk;
            way.push(here);
            let next = parents(items, here).iter().find_map(|parent| match *parent {
                Parent::Item(up)
                    if walk_of[up.get()] != SETTLED
                        && matches!(items[up.get()].lineage, Lineage::DerivedFrom(_)) =>
                {
                    Some(up)
                }
                _ => None,
            });
            match next {
                Some(up) => here = up,
                None => break,
            }
        }
        if walk_of[here.get()] == walk
            && let Some(from) = way.iter().position(|&item| item == here)
            && way.len() > from
        {
            found.push(Tangle::Circle(way.split_off(from)));
        }
        for item in way {
            walk_of[item.get()] = walk;
        }
    }
    found
}
