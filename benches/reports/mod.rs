//! Reports of any size, put together by a program.
#![allow(dead_code, unreachable_pub)] // each bench uses a part of it

use probative::grade::{Credibility, Reliability};
use probative::report::wire::{self, Item, Judgement, Lineage, Link, Source};
use probative::report::{Authenticity, Channel, Relevance, Report, Stance};

/// Links in a report; ten to a judgement.
pub const LINKS: [usize; 3] = [10_000, 100_000, 1_000_000];

/// One judgement of 10,000 items, in the shapes that are dear to try changes on.
pub const SHAPES: [&str; 3] = ["posts of one pool", "an owner each", "unknown lineage, one point"];

pub fn wide(shape: &str) -> Report {
    let mut file = wire::Report::new(shape);
    let mut judgement = Judgement::new("J");
    for at in 0..10_000 {
        let letter = Reliability::ALL.get(at % 6).copied();
        let mut source = Source { reliability: letter, ..Source::new(format!("s{at}")) };
        let mut item = Item {
            credibility: Credibility::ALL.get(at % 5).copied(),
            channel: Some(Channel::News),
            lineage: Some(Lineage::Original),
            ..Item::new(format!("i{at}"), format!("s{at}"))
        };
        if shape == SHAPES[0] {
            item.channel = Some(Channel::SocialMedia);
        } else if shape == SHAPES[1] {
            source.owner = Some(format!("o{at}"));
        } else {
            item.lineage = None;
            item.point = Some("one".into());
        }
        judgement.rests_on.push(Link::new(item.id.clone()));
        file.sources.push(source);
        file.items.push(item);
    }
    file.judgements.push(judgement);
    file.check().unwrap()
}

pub fn checked(links: usize) -> Report {
    wire_report(links).check().unwrap()
}

/// A report in which everything occurs: every grade, channel and state, 20% of unknown lineage,
/// 10% relays, 5% with a corroborator, 5% contradictions, owners, shared points.
pub fn wire_report(links: usize) -> wire::Report {
    let mut dice = Dice(42);
    let mut file = wire::Report::new("everything occurs");
    let sources = (links / 5).max(1);
    for at in 0..sources {
        file.sources.push(Source {
            owner: dice.one_in(3).then(|| format!("o{}", dice.below(sources / 4 + 1))),
            reliability: Some(Reliability::ALL[dice.below(6)]),
            ..Source::new(format!("s{at}"))
        });
    }
    for at in 0..links {
        let judgement = at / 10;
        let lineage = match dice.below(10) {
            0 if at > 0 && dice.one_in(2) => {
                Some(Lineage::DerivedFrom(vec![format!("i{}", at - 1 - dice.below(at.min(20)))]))
            }
            0 => Some(Lineage::DerivedFrom(vec![format!("s{}", dice.below(sources))])),
            1 | 2 => None,
            _ => Some(Lineage::Original),
        };
        let corroborated_by =
            (at > 0 && dice.one_in(20)).then(|| format!("i{}", at - 1 - dice.below(at.min(20))));
        file.items.push(Item {
            credibility: Some(Credibility::ALL[dice.below(6)]),
            channel: Some(Channel::ALL[dice.below(Channel::ALL.len())]),
            authenticity: Some(Authenticity::ALL[dice.below(4)]),
            point: dice.one_in(2).then(|| format!("p{judgement}-{}", dice.below(3))),
            lineage,
            corroborated_by: corroborated_by.into_iter().collect(),
            ..Item::new(format!("i{at}"), format!("s{}", dice.below(sources)))
        });
    }
    for (at, items) in file.items.chunks(10).enumerate() {
        let link = |item: &Item| Link {
            stance: Some(if dice.one_in(20) { Stance::Contradicts } else { Stance::Supports }),
            relevance: Some(Relevance::ALL[dice.below(Relevance::ALL.len())]),
            ..Link::new(item.id.clone())
        };
        let rests_on = items.iter().map(link).collect();
        file.judgements.push(Judgement { rests_on, ..Judgement::new(format!("J{at}")) });
    }
    file
}

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}
