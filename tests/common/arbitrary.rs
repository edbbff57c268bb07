//! Random reports: every grade, channel, lineage and stance, small enough to shrink well.

use probative::grade::{Credibility, Reliability};
use probative::report::wire::{Item, Judgement, Lineage, Link, Report, Source};
use probative::report::{Authenticity, Channel, Relevance, Stance};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A report that checks: items are derived only from earlier ones.
pub fn report() -> impl Strategy<Value = Report> {
    let sources = prop::collection::vec(source(), 1..6);
    let items = prop::collection::vec((item(), ancestry()), 1..10);
    let judgements = prop::collection::vec(prop::collection::vec(link(), 0..10), 1..3);
    let prior = prop::option::of(0.0..=1.0);
    (sources, items, judgements, prior, prop::option::of(0_u32..30)).prop_map(
        |(sources, items, judgements, prior, cut_off)| {
            let mut report = Report::new("random");
            report.cut_off = cut_off.map(day);
            for (at, (mut source, owner)) in sources.into_iter().enumerate() {
                source.id = format!("s{at}");
                source.owner = owner.map(|owner| format!("o{owner}"));
                report.sources.push(source);
            }
            let source_count = report.sources.len();
            for (at, ((mut item, source), ancestry)) in items.into_iter().enumerate() {
                item.id = format!("i{at}");
                item.source = format!("s{}", source.index(source_count));
                let Ancestry { parents, corroborators, original } = ancestry;
                let candidates = at + source_count;
                let mut parents: Vec<String> = parents
                    .into_iter()
                    .map(|parent| match parent.index(candidates) {
                        earlier if earlier < at => format!("i{earlier}"),
                        source => format!("s{}", source - at),
                    })
                    .collect();
                parents.sort();
                parents.dedup();
                item.lineage = match (parents.is_empty(), original) {
                    (false, _) => Some(Lineage::DerivedFrom(parents)),
                    (true, true) => Some(Lineage::Original),
                    (true, false) => None,
                };
                if at > 0 {
                    item.corroborated_by =
                        corroborators.iter().map(|other| format!("i{}", other.index(at))).collect();
                    item.corroborated_by.sort();
                    item.corroborated_by.dedup();
                }
                report.items.push(item);
            }
            for (at, links) in judgements.into_iter().enumerate() {
                let mut judgement = Judgement::new(format!("J{at}"));
                judgement.prior = prior;
                for (mut link, item) in links {
                    link.item = format!("i{}", item.index(report.items.len()));
                    judgement.rests_on.push(link);
                }
                report.judgements.push(judgement);
            }
            report
        },
    )
}

/// The letters that the oracle knows.
pub fn letter() -> impl Strategy<Value = Option<Reliability>> {
    prop::option::of(select(&Reliability::ALL[..6]))
}

pub fn day(day: u32) -> probative::moment::Moment {
    format!("2023-06-{:02}", day + 1).parse().unwrap()
}

fn source() -> impl Strategy<Value = (Source, Option<u8>)> {
    (letter(), prop::option::weighted(0.4, 0_u8..2))
        .prop_map(|(reliability, owner)| (Source { reliability, ..Source::default() }, owner))
}

fn item() -> impl Strategy<Value = (Item, Index)> {
    let graded =
        (prop::option::of(select(&Credibility::ALL[..])), prop::option::weighted(0.1, letter()));
    let carried = (select(Channel::ALL), select(Authenticity::ALL));
    let about = (prop::option::weighted(0.5, 0_u8..2), prop::option::weighted(0.3, 0_u32..30));
    (graded, carried, about, prop::bool::weighted(0.05), any::<Index>()).prop_map(
        |((credibility, own), (channel, authenticity), (point, published), withdrawn, source)| {
            let item = Item {
                credibility,
                reliability: own.flatten(),
                channel: Some(channel),
                authenticity: Some(authenticity),
                point: point.map(|point| format!("p{point}")),
                published: published.map(day),
                withdrawn: withdrawn.then(|| day(0)),
                ..Item::default()
            };
            (item, source)
        },
    )
}

#[derive(Debug)]
struct Ancestry {
    parents: Vec<Index>,
    corroborators: Vec<Index>,
    original: bool,
}

fn ancestry() -> impl Strategy<Value = Ancestry> {
    let parents = prop_oneof![3 => Just(0), 1 => 1_usize..4];
    let corroborators = prop_oneof![3 => Just(0), 1 => 1_usize..3];
    let indices = |count| prop::collection::vec(any::<Index>(), count);
    (parents.prop_flat_map(indices), corroborators.prop_flat_map(indices), any::<bool>()).prop_map(
        |(parents, corroborators, original)| Ancestry { parents, corroborators, original },
    )
}

fn link() -> impl Strategy<Value = (Link, Index)> {
    let stance = prop_oneof![
        6 => Just(Stance::Supports), 2 => Just(Stance::Contradicts), 1 => Just(Stance::Context)
    ];
    (stance, select(Relevance::ALL), any::<Index>()).prop_map(|(stance, relevance, item)| {
        (Link { stance: Some(stance), relevance: Some(relevance), ..Link::default() }, item)
    })
}
