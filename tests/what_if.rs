//! What-if against the slow way: make the change to the report, and appraise it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod common;

use std::collections::{BTreeMap, HashSet};

use common::arbitrary;
use probative::Appraiser;
use probative::doctrine::{Corners, Doctrine};
use probative::grade::{Credibility, Reliability};
use probative::report::wire::{Item, Judgement, Lineage, Link, Report, Source};
use probative::report::{
    self, ArchiveState, AssumptionStatus, Authenticity, Channel, Confidence, ItemIndex,
    JudgementIndex, OwnerIndex, Relevance, SourceIndex, Stance,
};
use probative::strength::what_if::{Change, Outcome, Without};
use proptest::prelude::*;
use proptest::sample::select;

/// Doubles may differ in the order in which sums are made.
const EPS: f64 = 1e-9;

/// A report, and how its items stand in an archive.
fn case() -> impl Strategy<Value = (Report, Vec<ArchiveState>)> {
    let status = prop::option::of(select(AssumptionStatus::ALL));
    (arbitrary::report(), status, prop::bool::weighted(0.3)).prop_flat_map(
        |(mut file, status, archived)| {
            file.assumptions.push(report::wire::Assumption {
                id: "A".into(),
                status,
                ..Default::default()
            });
            file.judgements[0].assumes.push("A".into());
            let state = prop_oneof![
                3 => Just(ArchiveState::Verified),
                u32::from(archived) => Just(ArchiveState::Changed),
            ];
            let archive = prop::collection::vec(state, file.items.len());
            (Just(file), archive)
        },
    )
}

struct Laid {
    file: Report,
    report: report::Report,
    states: Vec<ArchiveState>,
    doctrine: Doctrine,
}

impl Laid {
    fn new((file, states): (Report, Vec<ArchiveState>)) -> Self {
        let report = file.clone().check().unwrap();
        Self { file, report, states, doctrine: Doctrine::default() }
    }

    fn appraiser(&self) -> Appraiser<'_> {
        Appraiser::new(&self.report, &self.doctrine).archive(&self.states)
    }

    fn items(&self) -> impl Iterator<Item = (usize, ItemIndex)> {
        let index = |item: &Item| self.report.find_item(&item.id).unwrap();
        self.file.items.iter().map(index).enumerate()
    }

    fn sources(&self) -> impl Iterator<Item = (usize, SourceIndex)> {
        let index = |source: &Source| self.report.find_source(&source.id).unwrap();
        self.file.sources.iter().map(index).enumerate()
    }

    fn judgements(&self) -> impl Iterator<Item = (usize, JudgementIndex)> {
        let index = |one: &Judgement| self.report.find_judgement(&one.id).unwrap();
        self.file.judgements.iter().map(index).enumerate()
    }

    /// Every change that this report allows of, whether or not it matters.
    fn changes(&self) -> Vec<Change> {
        let mut changes = vec![Change::AddIndependent];
        for (at, index) in self.items() {
            changes.extend([Change::Authenticate(index), Change::NameCorroborator(index)]);
            // What is derived declares its lineage: it cannot turn out to be original.
            if self.file.items[at].lineage.is_none() {
                changes.push(Change::DeclareOriginal(index));
            }
            changes.push(Change::Recapture(index));
        }
        changes.extend(self.sources().map(|(_, index)| Change::Grade(index)));
        changes
    }

    /// The slow way.
    fn changed(&self, change: Change, judgement: usize) -> Figures {
        let (mut file, mut states) = (self.file.clone(), self.states.clone());
        let newcomer = |id: &str, reliability| Source { reliability, ..Source::new(id) };
        match change {
            Change::Authenticate(item) => {
                file.items[item.get()].authenticity = Some(Authenticity::Verified);
            }
            Change::DeclareOriginal(item) => {
                file.items[item.get()].lineage = Some(Lineage::Original);
            }
            Change::Grade(source) => {
                file.sources[source.get()].reliability = Some(Reliability::B);
            }
            Change::NameCorroborator(item) => {
                file.sources.push(newcomer("new source", None));
                file.items.push(Item {
                    channel: Some(Channel::FirstHand),
                    lineage: Some(Lineage::Original),
                    ..Item::new("new", "new source")
                });
                file.items[item.get()].corroborated_by.push("new".into());
            }
            Change::Recapture(item) => states[item.get()] = ArchiveState::Verified,
            Change::AddIndependent => {
                file.sources.push(newcomer("new source", Some(Reliability::B)));
                file.items.push(Item {
                    credibility: Some(Credibility::Two),
                    channel: Some(Channel::Research),
                    authenticity: Some(Authenticity::Verified),
                    lineage: Some(Lineage::Original),
                    ..Item::new("new", "new source")
                });
                file.judgements[judgement].rests_on.push(Link {
                    stance: Some(Stance::Supports),
                    relevance: Some(Relevance::Direct),
                    ..Link::new("new")
                });
            }
            other => panic!("a change that this test does not know: {other:?}"),
        }
        states.resize(file.items.len(), ArchiveState::None);
        self.anew(file, &states, judgement)
    }

    fn anew(&self, file: Report, states: &[ArchiveState], judgement: usize) -> Figures {
        let report = file.check().unwrap();
        let appraisal = Appraiser::new(&report, &self.doctrine).archive(states).appraise();
        let one = &appraisal.judgements()[judgement];
        Figures {
            strength: one.strength,
            probability: one.probability,
            supportable: one.supportable,
            band: one.band.to_string(),
        }
    }

    /// An item and everything that it is derived from, however far back: items and sources.
    fn ancestry(&self, id: &str) -> HashSet<String> {
        let mut all = HashSet::from([id.to_owned()]);
        let parents = self.file.items.iter().find(|item| item.id == id).and_then(|item| {
            let Some(Lineage::DerivedFrom(parents)) = &item.lineage else { return None };
            Some(parents)
        });
        for parent in parents.into_iter().flatten() {
            all.extend(self.ancestry(parent));
        }
        all
    }

    fn item(&self, id: &str) -> Option<&Item> {
        self.file.items.iter().find(|item| item.id == id)
    }

    /// The slow way to leave something out: without the links to items that go back to it.
    /// `None` where that is not all there is to it: it also confirms what stays, or it is a
    /// source that something names as one of several origins.
    fn without(&self, judgement: usize, gone: impl Fn(&str) -> bool) -> Option<Figures> {
        let mut file = self.file.clone();
        let goes = |id: &str| self.ancestry(id).iter().any(|one| gone(one));
        let mut partly = false;
        file.judgements[judgement].rests_on.retain(|link| {
            let confirms = |id: &String| goes(id);
            let item = self.item(&link.item).unwrap();
            let names_a_source =
                self.ancestry(&link.item).iter().any(|one| self.item(one).is_none() && gone(one));
            partly |= names_a_source || item.corroborated_by.iter().any(confirms);
            !goes(&link.item)
        });
        (!partly).then(|| self.anew(file, &self.states, judgement))
    }
}

/// What an appraisal says of a judgement, as far as what-if says it.
#[derive(Debug)]
struct Figures {
    strength: Corners,
    probability: Corners,
    supportable: Confidence,
    band: String,
}

impl Figures {
    fn agree(&self, outcome: &Outcome) -> bool {
        let near = |a: Corners, b: Corners| {
            let gap = a.zip(b, |a, b| (a - b).abs());
            gap.lower.max(gap.central).max(gap.upper) <= EPS
        };
        near(self.strength, outcome.strength)
            && near(self.probability, outcome.probability)
            && self.supportable == outcome.supportable
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn after_a_change_the_figures_are_those_of_the_changed_report(case in case()) {
        let laid = Laid::new(case);
        let appraiser = laid.appraiser();
        for (at, judgement) in laid.judgements() {
            for change in laid.changes() {
                let (fast, slow) =
                    (appraiser.after(judgement, change).unwrap(), laid.changed(change, at));
                prop_assert!(slow.agree(&fast), "{change:?}\n{fast:?}\n{slow:?}");
            }
        }
    }

    #[test]
    fn next_steps_are_the_changes_that_move_a_band_or_the_confidence(case in case()) {
        let laid = Laid::new(case);
        let appraiser = laid.appraiser();
        for (at, judgement) in laid.judgements() {
            let before = laid.anew(laid.file.clone(), &laid.states, at);
            let steps = appraiser.next_steps(judgement);
            let found: BTreeMap<Change, Outcome> =
                steps.iter().map(|step| (step.change, step.outcome)).collect();
            prop_assert_eq!(found.len(), steps.len());
            for change in laid.changes().into_iter().filter(|change| laid.proposes(*change)) {
                let after = laid.changed(change, at);
                let moves = (&after.band, after.supportable) != (&before.band, before.supportable);
                prop_assert_eq!(found.contains_key(&change), moves, "{:?} {:?}", change, after);
                prop_assert!(found.get(&change).is_none_or(|outcome| after.agree(outcome)));
            }
            prop_assert!(found.keys().all(|change| laid.proposes(*change)));
            // Gains first, the largest first.
            let bands = laid.doctrine.bands();
            let ranks = steps.iter().map(|step| {
                (step.outcome.supportable, bands.rank(step.outcome.strength.central))
            });
            prop_assert!(ranks.is_sorted_by(|a, b| a >= b));
        }
    }

    #[test]
    fn linchpins_are_what_leaving_out_costs(case in case()) {
        let laid = Laid::new(case);
        let appraiser = laid.appraiser();
        for (at, judgement) in laid.judgements() {
            let before = laid.anew(laid.file.clone(), &laid.states, at).strength.central;
            let linchpins = appraiser.linchpins(judgement);
            let left = linchpins.iter().map(|one| one.outcome.strength.central);
            prop_assert!(left.is_sorted());
            let found: BTreeMap<Without, Outcome> =
                linchpins.iter().map(|one| (one.without, one.outcome)).collect();
            prop_assert_eq!(found.len(), linchpins.len());
            for (without, slow) in laid.left_out(at) {
                let Some(slow) = slow else { continue };
                match found.get(&without) {
                    Some(fast) => prop_assert!(slow.agree(fast), "{without:?} {fast:?} {slow:?}"),
                    None => prop_assert!(
                        (slow.strength.central - before).abs() <= EPS, "{without:?} {slow:?}"
                    ),
                }
            }
        }
    }
}

impl Laid {
    /// Whether a change is one to propose: the rest are no news, or nothing to be found out.
    fn proposes(&self, change: Change) -> bool {
        match change {
            Change::AddIndependent | Change::DeclareOriginal(_) => true,
            Change::Authenticate(index) => {
                let item = &self.report.items()[index.get()];
                let worth = |state| self.doctrine.authenticity(item.channel, state);
                worth(Authenticity::Verified) > worth(item.authenticity)
            }
            Change::Grade(index) => {
                let letter = self.report.sources()[index.get()].reliability;
                letter.is_none_or(|letter| letter == Reliability::F)
            }
            Change::NameCorroborator(index) => {
                let item = &self.report.items()[index.get()];
                item.credibility == Some(Credibility::One) && item.corroborated_by.is_empty()
            }
            Change::Recapture(index) => self.states[index.get()] == ArchiveState::Changed,
            _ => false,
        }
    }

    /// Every part that can be left out, and the figures without it where the slow way has them.
    fn left_out(&self, judgement: usize) -> Vec<(Without, Option<Figures>)> {
        let mut all = Vec::new();
        for (_, index) in self.items() {
            let left = &*self.report.items()[index.get()].id;
            all.push((Without::Item(index), self.without(judgement, |id| id == left)));
        }
        let mut owners: HashSet<OwnerIndex> = HashSet::new();
        for (_, index) in self.sources() {
            let source = &self.report.sources()[index.get()];
            let of_source = |id: &str| match self.item(id) {
                Some(item) => *item.source == *source.id,
                None => *id == *source.id,
            };
            all.push((Without::Source(index), self.without(judgement, of_source)));
            owners.extend(source.named_owner);
        }
        for owner in owners {
            let owned = |id: &str| {
                let source = self.report.sources().iter().find(|source| *source.id == *id).unwrap();
                source.named_owner == Some(owner)
            };
            let of_owner = |id: &str| owned(self.item(id).map_or(id, |item| &item.source));
            all.push((Without::Owner(owner), self.without(judgement, of_owner)));
        }
        all
    }
}

/// A judgement that rests on so many items, laid out in the ways that are dear to try changes on.
fn wide(count: usize, lay: impl Fn(usize, &mut Source, &mut Item)) -> report::Report {
    let mut file = Report::new("wide");
    let mut judgement = Judgement::new("J");
    for at in 0..count {
        let mut source = Source {
            reliability: Reliability::ALL.get(at % 6).copied(),
            ..Source::new(format!("s{at}"))
        };
        let mut item = Item {
            credibility: Credibility::ALL.get(at % 5).copied(),
            channel: Some(Channel::News),
            lineage: Some(Lineage::Original),
            ..Item::new(format!("i{at}"), format!("s{at}"))
        };
        lay(at, &mut source, &mut item);
        judgement.rests_on.push(Link::new(item.id.clone()));
        file.sources.push(source);
        file.items.push(item);
    }
    file.judgements.push(judgement);
    file.check().unwrap()
}

/// The cost of a trial must not grow with the judgement: this ends, and a slow way would not.
#[test]
fn ten_thousand_items_are_tried_one_by_one() {
    const COUNT: usize = 10_000;
    let posts = |_, _: &mut Source, item: &mut Item| item.channel = Some(Channel::SocialMedia);
    let owners = |at, source: &mut Source, _: &mut Item| source.owner = Some(format!("o{at}"));
    let rumours = |_, _: &mut Source, item: &mut Item| {
        item.lineage = None;
        item.point = Some("one".into());
    };
    let one_owner = |_, source: &mut Source, _: &mut Item| source.owner = Some("o".into());
    let doctrine = Doctrine::default();
    for report in
        [wide(COUNT, posts), wide(COUNT, owners), wide(COUNT, rumours), wide(COUNT, one_owner)]
    {
        let appraiser = Appraiser::new(&report, &doctrine);
        let judgement = report.find_judgement("J").unwrap();
        let before = appraiser.appraise().judgements()[0].strength.central;
        let moved = |outcome: &Outcome| (outcome.strength.central - before).abs() > 0.0;
        let linchpins = appraiser.linchpins(judgement);
        assert!(linchpins.iter().all(|one| moved(&one.outcome)));
        // A single change may move nothing here; what is listed must have been worked out.
        let steps = appraiser.next_steps(judgement);
        assert!(steps.len() <= 3 * COUNT + 1);
    }
}
