//! A report read through a doctrine: what each item lends to a judgement.

use super::evidence::{belief, doubt, support, units};
use super::tally::{self, Origin, Pool, Utterance};
use super::what_if::Change;
use crate::doctrine::{Corners, Doctrine};
use crate::grade::{Credibility, Reliability};
use crate::moment::Moment;
use crate::report::{
    ArchiveState, Authenticity, Channel, Item, ItemIndex, Lineage, OwnerIndex, Parent, Relevance,
    Report, SourceIndex, parents,
};

/// A report and everything that it is read by.
#[derive(Clone, Debug)]
pub(crate) struct Case<'a> {
    pub(crate) report: &'a Report,
    pub(crate) doctrine: &'a Doctrine,
    pub(crate) as_of: Option<Moment>,
    /// Per item, when an archive was asked.
    pub(crate) archive: Option<&'a [ArchiveState]>,
    letters: [Corners; 7],
    digits: [Digit; 6],
    /// Per derived item, and per root of it: P(what reached us is what the root said).
    fidelity: Vec<Box<[Corners]>>,
}

/// Units for the claim and against the item.
#[derive(Clone, Copy, Debug, Default)]
struct Digit {
    support: Corners,
    doubt: Corners,
}

/// What an item lends, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lent {
    /// Its own word, credited to a root.
    Testimony(Parent, Corners),
    /// The word of an item that confirms it, credited to a root of that item.
    Corroboration(Option<ItemIndex>, Parent, Corners),
    /// The assessor's.
    Opinion(Corners),
}

/// The key of a source, owner and point that the report does not have.
pub(crate) const NEWCOMER: u32 = u32::MAX;

impl<'a> Case<'a> {
    pub(crate) fn new(report: &'a Report, doctrine: &'a Doctrine) -> Self {
        let digit = |digit: Credibility| Digit {
            support: doctrine.credibility(digit).map(support),
            doubt: doctrine.credibility(digit).map(doubt),
        };
        let mut case = Self {
            report,
            doctrine,
            as_of: report.cut_off(),
            archive: None,
            letters: Reliability::ALL.map(|letter| doctrine.reliability(letter).map(support)),
            digits: Credibility::ALL.map(digit),
            fidelity: Vec::new(),
        };
        for relay in report.lineages().relays() {
            let row = case.fidelity_of(relay.item, None, |item| case.known_fidelity(item));
            case.fidelity.push(row);
        }
        case
    }

    /// Why an item is left out altogether.
    pub(crate) fn exclusion(&self, item: ItemIndex, change: Option<Change>) -> Option<Exclusion> {
        let state = self.archive.and_then(|states| states.get(item.get()));
        if state == Some(&ArchiveState::Changed) && change != Some(Change::Recapture(item)) {
            return Some(Exclusion::ContentChanged);
        }
        let item = &self.report.items()[item.get()];
        if item.withdrawn().is_some() {
            return Some(Exclusion::Withdrawn);
        }
        let published = item.published()?;
        let late = |limit: Option<Moment>| limit.is_some_and(|limit| published.is_after(limit));
        (late(self.report.cut_off()) || late(self.as_of)).then_some(Exclusion::AfterCutOff)
    }

    /// Calls `each` for everything that an item lends to a judgement on which it bears so.
    pub(crate) fn lend(
        &self,
        index: ItemIndex,
        relevance: Relevance,
        change: Option<Change>,
        mut each: impl FnMut(Lent),
    ) {
        let item = &self.report.items()[index.get()];
        let follows = self.doctrine.relevance(relevance);
        let named = change == Some(Change::NameCorroborator(index));
        let digit = self.digits[self.digit(item, named).index()];

        self.each_root(index, change, |root, fidelity, paths| {
            let given = self.letters[self.letter(root, change).counted_as().index()];
            let whole = match root {
                Parent::Item(root) => follows * self.authenticity(root, change),
                Parent::Source(_) => follows,
            };
            let believed = given.zip(digit.doubt, belief).zip(fidelity, |b, kept| b * whole * kept);
            each(Lent::Testimony(root, believed.map(|b| units(b) / paths)));
        });

        let confirmed = digit.support.map(|r| belief(r, 0.0) * follows);
        let corroborators = (item.corroborated_by.len() + usize::from(named)) as f64;
        if named {
            let source = Parent::Source(SourceIndex::new(NEWCOMER as usize));
            let part = confirmed.map(|b| units(b) / corroborators);
            each(Lent::Corroboration(None, source, part));
        } else if item.corroborated_by.is_empty() {
            let credit = self.doctrine.dependence().credit * self.authenticity(index, change);
            each(Lent::Opinion(confirmed.map(|b| units(b * credit))));
        }
        for &other in &item.corroborated_by {
            self.each_root(other, None, |root, _, paths| {
                let part = confirmed.map(|b| units(b) / corroborators / paths);
                each(Lent::Corroboration(Some(other), root, part));
            });
        }
    }

    /// What a B2 report lends: its testimony, and the assessor's opinion of it.
    pub(crate) fn lent_by_b2(&self, relevance: Relevance, authentic: f64) -> [Corners; 2] {
        let follows = self.doctrine.relevance(relevance) * authentic;
        let digit = self.digits[Credibility::Two.index()];
        let believed = self.letters[Reliability::B.index()].zip(digit.doubt, belief);
        let credit = self.doctrine.dependence().credit;
        let opinion = digit.support.map(|r| units(belief(r, 0.0) * follows * credit));
        [believed.map(|b| units(b * follows)), opinion]
    }

    /// The keys under which a tally keeps what was lent.
    pub(crate) fn keyed(&self, item: ItemIndex, lent: Lent, change: Option<Change>) -> tally::Lent {
        match lent {
            Lent::Testimony(root, units) | Lent::Corroboration(_, root, units) => {
                tally::Lent::Testimony {
                    origin: self.origin(root, change),
                    utterance: self.utterance(root),
                    units,
                }
            }
            Lent::Opinion(units) => {
                let point = key(self.report.items()[item.get()].point.get());
                tally::Lent::Opinion { point, units }
            }
        }
    }

    /// The digit that an item is read with: a 1 needs its corroborators named.
    pub(crate) fn digit(&self, item: &Item, corroborator_named: bool) -> Credibility {
        match item.credibility.unwrap_or(Credibility::Six) {
            Credibility::One if item.corroborated_by.is_empty() && !corroborator_named => {
                Credibility::Two
            }
            digit => digit,
        }
    }

    /// Calls `each` with every root of an item, the chance that what the root said reached us
    /// whole through the relays, and the number of ways that lead to roots.
    pub(crate) fn each_root(
        &self,
        item: ItemIndex,
        change: Option<Change>,
        mut each: impl FnMut(Parent, Corners, f64),
    ) {
        let Some(place) = self.report.lineages().place(item) else {
            each(Parent::Item(item), Corners::all(1.0), 1.0);
            return;
        };
        let relay = &self.report.lineages().relays()[place];
        let changed = change.map(|_| self.fidelity_under(item, change));
        let row = changed.as_ref().unwrap_or(&self.fidelity[place]);
        for (root, fidelity) in relay.roots.iter().zip(row) {
            each(*root, *fidelity, relay.paths);
        }
    }

    /// The letter by which a root is read.
    pub(crate) fn letter(&self, root: Parent, change: Option<Change>) -> Reliability {
        match root {
            Parent::Item(item) => {
                let item = &self.report.items()[item.get()];
                item.reliability.unwrap_or_else(|| self.source_letter(item.source, change))
            }
            Parent::Source(source) => self.source_letter(source, change),
        }
    }

    /// P(the item is what it claims to be).
    pub(crate) fn authenticity(&self, item: ItemIndex, change: Option<Change>) -> f64 {
        let checked = match change {
            Some(Change::Authenticate(changed)) if changed == item => Authenticity::Verified,
            _ => self.report.items()[item.get()].authenticity,
        };
        self.doctrine.authenticity(self.report.items()[item.get()].channel, checked)
    }

    /// The pool of a root: its owner, or its channel where that pools the nameless.
    pub(crate) fn pool(&self, root: Parent) -> Pool {
        let (source, channel) = match root {
            Parent::Item(item) => {
                let item = &self.report.items()[item.get()];
                (item.source, Some(item.channel))
            }
            Parent::Source(source) => (source, None),
        };
        let Some(source) = self.report.source(source) else { return Pool::Owner(NEWCOMER) };
        match channel {
            Some(channel)
                if source.named_owner.is_none() && self.doctrine.channel(channel).pooled =>
            {
                Pool::Channel(channel)
            }
            _ => Pool::Owner(key(source.owner.get())),
        }
    }

    /// The name of a pool: the owner's, or the channel's in words that no id is.
    pub(crate) fn pool_name(&self, pool: Pool) -> String {
        match pool {
            Pool::Owner(owner) => self
                .report
                .owner(OwnerIndex::new(owner as usize))
                .map_or_else(|| "a newcomer".to_owned(), ToOwned::to_owned),
            Pool::Channel(channel) => format!("channel:{channel}"),
        }
    }

    /// The source of a root.
    pub(crate) fn source_of(&self, root: Parent) -> SourceIndex {
        match root {
            Parent::Item(item) => self.report.items()[item.get()].source,
            Parent::Source(source) => source,
        }
    }

    /// The channel by which a root's word reached us: the root item's own, or that of the item
    /// which names a source.
    pub(crate) fn channel_of(&self, root: Parent, item: ItemIndex) -> Channel {
        match root {
            Parent::Item(root) => self.report.items()[root.get()].channel,
            Parent::Source(_) => self.report.items()[item.get()].channel,
        }
    }

    pub(crate) fn origin(&self, root: Parent, change: Option<Change>) -> Origin {
        match root {
            Parent::Source(source) => Origin::source(key(source.get())),
            Parent::Item(index) => {
                let item = &self.report.items()[index.get()];
                let known = item.lineage == Lineage::Original
                    || change == Some(Change::DeclareOriginal(index));
                let point = key(item.point.get());
                if known {
                    Origin::known(point, key(item.source.get()))
                } else {
                    Origin::unknown(point, key(index.get()))
                }
            }
        }
    }

    pub(crate) fn utterance(&self, root: Parent) -> Utterance {
        Utterance {
            pool: self.pool(root),
            source: key(self.source_of(root).get()),
            point: match root {
                Parent::Item(item) => Some(key(self.report.items()[item.get()].point.get())),
                Parent::Source(_) => None,
            },
        }
    }

    fn source_letter(&self, source: SourceIndex, change: Option<Change>) -> Reliability {
        match change {
            Some(Change::Grade(changed)) if changed == source => Reliability::B,
            _ => self
                .report
                .source(source)
                .and_then(|source| source.reliability)
                .unwrap_or(Reliability::F),
        }
    }

    /// P(a relaying item is authentic and passes on faithfully what it was told).
    pub(crate) fn relayed(&self, item: ItemIndex, change: Option<Change>) -> Corners {
        let letter = self.letter(Parent::Item(item), change).counted_as();
        let authentic = self.authenticity(item, change);
        self.doctrine.relay(letter).map(|faithful| faithful * authentic)
    }

    /// Per root of a derived item, the best way to it: the product over the relays.
    fn fidelity_of<'r>(
        &self,
        item: ItemIndex,
        change: Option<Change>,
        up: impl Fn(ItemIndex) -> Option<&'r [Corners]>,
    ) -> Box<[Corners]> {
        let lineages = self.report.lineages();
        let Some(place) = lineages.place(item) else { return Box::default() };
        let roots = &lineages.relays()[place].roots;
        let mut best = vec![Corners::all(0.0); roots.len()];
        let mut reach = |root: &Parent, kept: Corners| {
            if let Ok(at) = roots.binary_search(root) {
                best[at] = best[at].zip(kept, f64::max);
            }
        };
        for parent in parents(self.report.items(), item) {
            let derived = match parent {
                Parent::Item(parent) => lineages.place(*parent).zip(up(*parent)),
                Parent::Source(_) => None,
            };
            match derived {
                Some((place, row)) => {
                    for (root, kept) in lineages.relays()[place].roots.iter().zip(row) {
                        reach(root, *kept);
                    }
                }
                None => reach(parent, Corners::all(1.0)),
            }
        }
        let own = self.relayed(item, change);
        for kept in &mut best {
            *kept = kept.zip(own, |kept, own| kept * own);
        }
        best.into()
    }

    fn known_fidelity(&self, item: ItemIndex) -> Option<&[Corners]> {
        self.fidelity.get(self.report.lineages().place(item)?).map(AsRef::as_ref)
    }

    /// As [`fidelity_of`](Self::fidelity_of) under a change, for the ancestry of one item.
    fn fidelity_under(&self, item: ItemIndex, change: Option<Change>) -> Box<[Corners]> {
        let mut rows: std::collections::HashMap<ItemIndex, Box<[Corners]>> =
            std::collections::HashMap::new();
        let mut ancestry = self.ancestry(item);
        // Parents first: the order in which the relays were laid out.
        ancestry.retain(|item| self.report.lineages().place(*item).is_some());
        ancestry.sort_unstable_by_key(|item| self.report.lineages().place(*item));
        for ancestor in ancestry {
            let row =
                self.fidelity_of(ancestor, change, |parent| rows.get(&parent).map(AsRef::as_ref));
            rows.insert(ancestor, row);
        }
        rows.remove(&item).unwrap_or_default()
    }

    /// An item and every item that it is derived from, however far back.
    pub(crate) fn ancestry(&self, item: ItemIndex) -> Vec<ItemIndex> {
        let mut all = vec![item];
        if self.report.lineages().place(item).is_none() {
            return all;
        }
        let mut seen: std::collections::HashSet<ItemIndex> = all.iter().copied().collect();
        let mut at = 0;
        while let Some(&here) = all.get(at) {
            at += 1;
            for parent in parents(self.report.items(), here) {
                if let Parent::Item(parent) = parent
                    && seen.insert(*parent)
                {
                    all.push(*parent);
                }
            }
        }
        all
    }
}

/// Why an item is left out altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exclusion {
    ContentChanged,
    Withdrawn,
    AfterCutOff,
}

/// Lists are no longer than `u32` counts; the check sees to it.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn key(position: usize) -> u32 {
    position as u32
}
