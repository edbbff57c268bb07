//! The single changes that lead from one report to another.

use std::collections::{HashMap, HashSet};

use super::{ChangeKind as Kind, Changed};
use crate::appraisal::Appraiser;
use crate::report::wire::{Assumption, Indicator, Item, Judgement, Lineage, Link, Report, Source};

/// One change, as it is applied to the earlier report.
pub(super) enum Edit<'r> {
    Source(&'r str),
    Item(&'r str),
    Judgement(&'r str),
    Assumption(&'r str),
    Date,
    Doctrine,
}

/// Every change, in the order of the later report; what is gone comes after.
pub(super) fn between<'r>(
    (before, old): (&Appraiser<'_>, &'r Report),
    (after, new): (&Appraiser<'_>, &'r Report),
) -> Vec<(Edit<'r>, Changed)> {
    let mut all = Vec::new();
    if before.doctrine().digest() != after.doctrine().digest() {
        let what = format!("{} instead of {}", after.doctrine().id(), before.doctrine().id());
        all.push((Edit::Doctrine, changed(Kind::DoctrineChanged, "", what)));
    }
    if before.date() != after.date() || old.cut_off != new.cut_off {
        let date = |appraiser: &Appraiser<'_>| {
            appraiser.date().map_or_else(|| "no date".to_owned(), |date| date.to_string())
        };
        let what = format!("as of {} instead of {}", date(after), date(before));
        all.push((Edit::Date, changed(Kind::DateChanged, "", what)));
    }
    sources(old, new, &mut all);
    items(old, new, &mut all);
    judgements(old, new, &mut all);
    assumptions(old, new, &mut all);
    all
}

fn changed(kind: Kind, about: &str, what: impl Into<String>) -> Changed {
    Changed { kind, about: about.to_owned(), what: what.into() }
}

/// Pairs by id: those of the later list with their earlier form, then those that are gone.
fn pairs<'r, T>(
    old: &'r [T],
    new: &'r [T],
    id: fn(&T) -> &str,
) -> Vec<(&'r str, Option<&'r T>, Option<&'r T>)> {
    let was: HashMap<&str, &T> = old.iter().map(|one| (id(one), one)).collect();
    let is: HashSet<&str> = new.iter().map(id).collect();
    let kept = new.iter().map(|one| (id(one), was.get(id(one)).copied(), Some(one)));
    let gone = old.iter().filter(|one| !is.contains(id(one)));
    kept.chain(gone.map(|one| (id(one), Some(one), None))).collect()
}

fn written<T: ToString>(value: Option<&T>, none: &str) -> String {
    value.map_or_else(|| none.to_owned(), ToString::to_string)
}

fn sources<'r>(old: &'r Report, new: &'r Report, all: &mut Vec<(Edit<'r>, Changed)>) {
    for (id, was, is) in pairs(&old.sources, &new.sources, |one: &Source| &one.id) {
        let change = match (was, is) {
            (None, Some(_)) => changed(Kind::SourceAdded, id, "a new source"),
            (Some(_), None) => changed(Kind::SourceRemoved, id, "no longer a source"),
            (Some(was), Some(is)) if was.reliability != is.reliability => {
                let letter = |one: &Source| written(one.reliability.as_ref(), "F (not graded)");
                let what = format!("reliability {} instead of {}", letter(is), letter(was));
                changed(Kind::SourceRegraded, id, what)
            }
            (Some(was), Some(is)) if was.owner != is.owner => {
                let owner = |one: &Source| written(one.owner.as_ref(), "none");
                let what = format!("owner {} instead of {}", owner(is), owner(was));
                changed(Kind::SourceChanged, id, what)
            }
            (Some(was), Some(is)) if was != is => {
                changed(Kind::SourceChanged, id, "described otherwise")
            }
            _ => continue,
        };
        all.push((Edit::Source(id), change));
    }
}

fn items<'r>(old: &'r Report, new: &'r Report, all: &mut Vec<(Edit<'r>, Changed)>) {
    for (id, was, is) in pairs(&old.items, &new.items, |one: &Item| &one.id) {
        let change = match (was, is) {
            (None, Some(is)) => {
                changed(Kind::ItemAdded, id, format!("a new item, from {}", is.source))
            }
            (Some(_), None) => changed(Kind::ItemRemoved, id, "no longer cited"),
            (Some(was), Some(is)) if was != is => item(id, was, is),
            _ => continue,
        };
        all.push((Edit::Item(id), change));
    }
}

fn item(id: &str, was: &Item, is: &Item) -> Changed {
    match (was.withdrawn, is.withdrawn) {
        (None, Some(date)) => {
            return changed(Kind::ItemWithdrawn, id, format!("withdrawn {date}"));
        }
        (Some(_), None) => return changed(Kind::ItemWithdrawn, id, "no longer withdrawn"),
        _ => {}
    }
    let grade = |one: &Item| {
        let letter = written(one.reliability.as_ref(), "");
        format!("{letter}{}", written(one.credibility.as_ref(), "6 (not graded)"))
    };
    if (was.reliability, was.credibility) != (is.reliability, is.credibility) {
        let what = format!("graded {} instead of {}", grade(is), grade(was));
        return changed(Kind::ItemRegraded, id, what);
    }
    let differs = [
        ("source", was.source != is.source),
        ("claim", was.claim != is.claim),
        ("channel", was.channel != is.channel),
        ("authenticity", was.authenticity != is.authenticity),
        ("lineage", was.lineage != is.lineage),
        ("point", was.point != is.point),
        ("corroborators", was.corroborated_by != is.corroborated_by),
        ("date of publication", was.published != is.published),
        ("captures", was.captures != is.captures),
    ];
    let names: Vec<&str> = differs.iter().filter(|(_, yes)| *yes).map(|(name, _)| *name).collect();
    let what = if names.is_empty() { "details".to_owned() } else { names.join(", ") };
    changed(Kind::ItemChanged, id, format!("another {what}"))
}

fn judgements<'r>(old: &'r Report, new: &'r Report, all: &mut Vec<(Edit<'r>, Changed)>) {
    let (was_cited, is_cited) = (item_ids(old), item_ids(new));
    let links = |one: &Judgement| -> Vec<Link> {
        let both = |link: &&Link| {
            was_cited.contains(link.item.as_str()) && is_cited.contains(link.item.as_str())
        };
        one.rests_on.iter().filter(both).cloned().collect()
    };
    for (id, was, is) in pairs(&old.judgements, &new.judgements, |one: &Judgement| &one.id) {
        let change = match (was, is) {
            (None, Some(_)) => changed(Kind::JudgementAdded, id, "a new judgement"),
            (Some(_), None) => changed(Kind::JudgementRemoved, id, "no longer a judgement"),
            (Some(was), Some(is)) => {
                let differs = [
                    ("statement", was.statement != is.statement),
                    ("likelihood", was.likelihood != is.likelihood),
                    ("stated confidence", was.confidence != is.confidence),
                    ("base rate", was.prior != is.prior),
                    ("horizon", was.horizon != is.horizon),
                    ("links to its items", links(was) != links(is)),
                    ("assumptions", was.assumes != is.assumes),
                ];
                let names: Vec<&str> =
                    differs.iter().filter(|(_, yes)| *yes).map(|(name, _)| *name).collect();
                if names.is_empty() {
                    continue;
                }
                changed(Kind::JudgementChanged, id, format!("another {}", names.join(", ")))
            }
            _ => continue,
        };
        all.push((Edit::Judgement(id), change));
    }
}

fn assumptions<'r>(old: &'r Report, new: &'r Report, all: &mut Vec<(Edit<'r>, Changed)>) {
    let seen = |report: &Report, id: &str| -> Vec<Indicator> {
        report.indicators.iter().filter(|one| one.of == id).cloned().collect()
    };
    for (id, was, is) in pairs(&old.assumptions, &new.assumptions, |one: &Assumption| &one.id) {
        let what = match (was, is) {
            (None, _) => "a new assumption",
            (_, None) => "no longer assumed",
            (Some(was), Some(is)) if was.status != is.status => "another status",
            _ if seen(old, id) != seen(new, id) => "other indicators",
            (Some(was), Some(is)) if was != is => "another wording",
            _ => continue,
        };
        all.push((Edit::Assumption(id), changed(Kind::AssumptionChanged, id, what)));
    }
}

fn item_ids(report: &Report) -> HashSet<&str> {
    report.items.iter().map(|one| one.id.as_str()).collect()
}

impl Edit<'_> {
    /// Makes this change, and no other, to the earlier report.
    pub(super) fn apply(&self, report: &mut Report, new: &Report) {
        match *self {
            Self::Source(id) => {
                let is = new.sources.iter().find(|one| one.id == id);
                put(&mut report.sources, is, |one| one.id == id);
            }
            Self::Item(id) => item_into(report, new, id),
            Self::Judgement(id) => judgement_into(report, new, id),
            Self::Assumption(id) => {
                let is = new.assumptions.iter().find(|one| one.id == id);
                put(&mut report.assumptions, is, |one| one.id == id);
                report.indicators.retain(|one| one.of != id);
                let seen: Vec<Indicator> = new
                    .indicators
                    .iter()
                    .filter(|one| one.of == id)
                    .filter(|one| report.indicators.iter().all(|other| other.id != one.id))
                    .cloned()
                    .collect();
                report.indicators.extend(seen);
            }
            Self::Date => report.cut_off = new.cut_off,
            Self::Doctrine => {}
        }
    }
}

/// Puts the later form in the place of the earlier one, or at the end. What is gone stays: what
/// refers to it has changed by itself.
fn put<T: Clone>(list: &mut Vec<T>, is: Option<&T>, same: impl Fn(&T) -> bool) {
    match (list.iter_mut().find(|one| same(one)), is) {
        (Some(was), Some(is)) => was.clone_from(is),
        (None, Some(is)) => list.push(is.clone()),
        (_, None) => {}
    }
}

fn item_into(report: &mut Report, new: &Report, id: &str) {
    let Some(is) = new.items.iter().find(|one| one.id == id) else {
        report.items.retain(|one| one.id != id);
        for one in &mut report.judgements {
            one.rests_on.retain(|link| link.item != id);
        }
        for one in &mut report.items {
            one.corroborated_by.retain(|other| other != id);
            if let Some(Lineage::DerivedFrom(parents)) = &mut one.lineage {
                parents.retain(|parent| parent != id);
                if parents.is_empty() {
                    one.lineage = None;
                }
            }
        }
        return;
    };
    let is_new = report.items.iter().all(|one| one.id != id);
    if report.sources.iter().all(|one| one.id != is.source) {
        report.sources.extend(new.sources.iter().find(|one| one.id == is.source).cloned());
    }
    let mut is = is.clone();
    {
        let items: HashSet<&str> = item_ids(report);
        let sources: HashSet<&str> = report.sources.iter().map(|one| one.id.as_str()).collect();
        is.corroborated_by.retain(|other| items.contains(other.as_str()));
        if let Some(Lineage::DerivedFrom(parents)) = &mut is.lineage {
            parents.retain(|one| items.contains(one.as_str()) || sources.contains(one.as_str()));
            if parents.is_empty() {
                is.lineage = None;
            }
        }
    }
    put(&mut report.items, Some(&is), |one| one.id == id);
    if is_new {
        for one in &mut report.judgements {
            let later = new.judgements.iter().find(|later| later.id == one.id);
            let links = later.into_iter().flat_map(|later| &later.rests_on);
            one.rests_on.extend(links.filter(|link| link.item == id).cloned());
        }
    }
}

fn judgement_into(report: &mut Report, new: &Report, id: &str) {
    let Some(is) = new.judgements.iter().find(|one| one.id == id) else { return };
    let cited: HashSet<String> = report.items.iter().map(|one| one.id.clone()).collect();
    let still: HashSet<&str> = item_ids(new);
    let assumed: HashSet<&str> = report.assumptions.iter().map(|one| one.id.as_str()).collect();
    let mut is = is.clone();
    is.assumes.retain(|one| assumed.contains(one.as_str()));
    is.rests_on.retain(|link| cited.contains(&link.item));
    if let Some(was) = report.judgements.iter_mut().find(|one| one.id == id) {
        // Items that are gone leave by themselves.
        let gone = was.rests_on.iter().filter(|link| !still.contains(link.item.as_str()));
        is.rests_on.extend(gone.cloned());
        *was = is;
    }
}
