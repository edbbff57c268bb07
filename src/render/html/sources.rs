//! The rows that every figure goes back to: who speaks, and what they say.

use std::collections::{BTreeMap, HashMap};

use super::super::account::Account;
use super::super::reason::percent;
use super::words::{Link, address, count, said, words};
use super::{Anchors, MOST_TABLE_ROWS};
use crate::appraisal::Appraiser;
use crate::report::{ArchiveState, Item, ItemIndex, Lineage, Parent, Report, SourceKind, Stance};

pub(super) struct SourceView {
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) grade: String,
    pub(super) meaning: &'static str,
    pub(super) because: Option<String>,
    pub(super) kind: &'static str,
    pub(super) owner: Option<String>,
    pub(super) items: usize,
    pub(super) first_item: Option<String>,
    pub(super) shares: Vec<Link>,
    pub(super) shares_left_out: usize,
    pub(super) archive: String,
    pub(super) address: Option<Link>,
}

pub(super) struct ItemView {
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) claim: String,
    pub(super) source: Link,
    pub(super) grade: String,
    pub(super) channel: &'static str,
    pub(super) authenticity: &'static str,
    pub(super) lineage: &'static str,
    pub(super) parents: Vec<Link>,
    pub(super) point: Option<String>,
    pub(super) confirmed_by: Vec<Link>,
    pub(super) published: Option<String>,
    pub(super) withdrawn: Option<String>,
    pub(super) bears_on: Vec<Link>,
    pub(super) archive: String,
    pub(super) address: Option<Link>,
}

/// Judgements that a row names.
const MOST_JUDGEMENTS: usize = 8;
/// Items that a row names.
const MOST_ITEMS: usize = 12;

pub(super) fn sources(appraiser: &Appraiser<'_>, account: &Account) -> Vec<SourceView> {
    let report = appraiser.report();
    let mut items: Vec<Vec<usize>> = vec![Vec::new(); report.sources().len()];
    for (at, item) in report.items().iter().enumerate() {
        items[item.source.get()].push(at);
    }
    let shares = shares(account);
    let row = |(at, source): (usize, &crate::report::Source)| {
        let mut of_source: Vec<(usize, f64)> = shares
            .get(&*source.id)
            .map(|all| all.iter().map(|(a, b)| (*a, *b)).collect())
            .unwrap_or_default();
        of_source.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        SourceView {
            at,
            id: said(&source.id),
            name: said(&source.name),
            grade: source.reliability.map_or_else(|| "F".to_owned(), |letter| letter.to_string()),
            meaning: source.reliability.map_or("not graded", |letter| letter.label()),
            because: source.graded_because.as_deref().map(said),
            kind: if source.kind == SourceKind::Other { "other" } else { source.kind.as_str() },
            owner: source.named_owner.and_then(|owner| report.owner(owner)).map(said),
            items: items[at].len(),
            first_item: items[at]
                .first()
                .filter(|at| **at < MOST_TABLE_ROWS)
                .map(|at| format!("#i{at}")),
            shares_left_out: of_source.len().saturating_sub(MOST_JUDGEMENTS),
            shares: of_source
                .into_iter()
                .take(MOST_JUDGEMENTS)
                .map(|(judgement, share)| {
                    let id = &account.judgements[judgement].id;
                    Link::new(
                        format!("{id} {}", percent(share)),
                        Some(format!("#j{judgement}-rows")),
                    )
                })
                .collect(),
            archive: archive_of(appraiser, &items[at]),
            address: source.url.as_ref().map(address),
        }
    };
    report.sources().iter().enumerate().take(MOST_TABLE_ROWS).map(row).collect()
}

/// Per source, the share of each judgement's support by the items of which it has the credit.
fn shares(account: &Account) -> HashMap<&str, BTreeMap<usize, f64>> {
    let mut all: HashMap<&str, BTreeMap<usize, f64>> = HashMap::new();
    for (at, one) in account.judgements.iter().enumerate() {
        for row in &one.contributions {
            if row.counted && row.stance == Stance::Supports {
                *all.entry(&row.credited_to).or_default().entry(at).or_default() += row.share;
            }
        }
    }
    all
}

/// How the items stand in the archive, or how many have a capture where none was asked.
fn archive_of(appraiser: &Appraiser<'_>, items: &[usize]) -> String {
    let mut states: BTreeMap<ArchiveState, usize> = BTreeMap::new();
    let mut captured = 0;
    for &at in items {
        if let Some(state) = appraiser.archive_state(ItemIndex::new(at)) {
            *states.entry(state).or_default() += 1;
        }
        captured += usize::from(!appraiser.report().items()[at].captures().is_empty());
    }
    if states.is_empty() {
        return match (captured, items.len()) {
            (_, 0) => "no items".to_owned(),
            (0, _) => "no capture recorded".to_owned(),
            (some, all) => format!("capture recorded for {some} of {all}"),
        };
    }
    let list: Vec<String> = states.iter().map(|(state, n)| format!("{n} {state}")).collect();
    list.join(", ")
}

pub(super) fn items(appraiser: &Appraiser<'_>, anchors: &Anchors<'_>) -> Vec<ItemView> {
    let report = appraiser.report();
    let mut bears_on: Vec<Vec<usize>> = vec![Vec::new(); report.items().len()];
    for (at, judgement) in report.judgements().iter().enumerate() {
        for link in &judgement.rests_on {
            if bears_on[link.item.get()].last() != Some(&at) {
                bears_on[link.item.get()].push(at);
            }
        }
    }
    let row = |(at, item): (usize, &Item)| {
        let index = ItemIndex::new(at);
        let letter = appraiser.case().letter(Parent::Item(index), None);
        let digit = item.credibility.map_or_else(|| "6".to_owned(), |digit| digit.to_string());
        let source = report.source(item.source).map_or("", |source| &*source.id);
        let archive = match appraiser.archive_state(index) {
            Some(state) => state.to_string(),
            None if item.captures().is_empty() => "no capture recorded".to_owned(),
            None => count(item.captures().len(), "capture") + " recorded",
        };
        ItemView {
            at,
            id: said(&item.id),
            claim: said(&item.claim),
            source: anchors.source(source),
            grade: format!("{letter}{digit}"),
            channel: item.channel.as_str(),
            authenticity: item.authenticity.as_str(),
            lineage: match item.lineage {
                Lineage::Original => "original",
                Lineage::Unknown => "unknown",
                Lineage::DerivedFrom(_) => "derived from",
            },
            parents: parents(report, item, anchors),
            point: report.point(item.point).map(said),
            confirmed_by: item
                .corroborated_by
                .iter()
                .take(MOST_ITEMS)
                .filter_map(|other| report.item(*other))
                .map(|other| anchors.item(&other.id))
                .collect(),
            published: item.published().map(|date| date.to_string()),
            withdrawn: item.withdrawn().map(|date| match item.withdrawn_because() {
                Some(because) => format!("{date}: {}", said(because)),
                None => date.to_string(),
            }),
            bears_on: bears_on[at]
                .iter()
                .take(MOST_JUDGEMENTS)
                .map(|judgement| {
                    let id = &report.judgements()[*judgement].id;
                    Link::new(id, Some(format!("#j{judgement}-rows")))
                })
                .collect(),
            archive,
            address: item.url().map(address),
        }
    };
    report.items().iter().enumerate().take(MOST_TABLE_ROWS).map(row).collect()
}

fn parents(report: &Report, item: &Item, anchors: &Anchors<'_>) -> Vec<Link> {
    let Lineage::DerivedFrom(parents) = &item.lineage else { return Vec::new() };
    let link = |parent: &Parent| match parent {
        Parent::Item(index) => Some(anchors.item(&report.item(*index)?.id)),
        Parent::Source(index) => Some(anchors.source(&report.source(*index)?.id)),
    };
    parents.iter().take(MOST_ITEMS).filter_map(link).collect()
}

impl SourceView {
    pub(super) fn kind_in_words(&self) -> String {
        words(self.kind)
    }
}
