//! The laws of the method, each searched for a report that breaks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod common;

use common::arbitrary::{self, day};
use probative::appraisal::{FIGURES, JudgementAppraisal};
use probative::doctrine::{Corner, Corners, Doctrine};
use probative::grade::{Credibility, Reliability};
use probative::report::wire::{
    Assumption, Capture, Gap, Indicator, Item, Judgement, Lineage, Link, Report, Source,
    SourceSummary,
};
use probative::report::{self, Authenticity, Channel, Relevance, Stance};
use probative::strength::NotCounted;
use probative::strength::explain::Explanation;
use probative::strength::tally::{Lent, Origin, Pool, Tally, Utterance};
use probative::{Appraisal, Appraiser, appraise};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Doubles may differ in the order in which sums are made.
const EPS: f64 = 1e-9;
const CASES: u32 = 1_000;

fn checked(file: &Report) -> report::Report {
    file.clone().check().unwrap_or_else(|problems| panic!("{problems}"))
}

fn run(file: &Report) -> Appraisal {
    appraise(&checked(file), &Doctrine::default())
}

fn corners(of: Corners) -> [f64; 3] {
    [of.lower, of.central, of.upper]
}

/// The judgements of two reports side by side.
fn pairs<'a>(
    a: &'a Appraisal,
    b: &'a Appraisal,
) -> impl Iterator<Item = (&'a JudgementAppraisal, &'a JudgementAppraisal)> {
    assert_eq!(a.judgements().len(), b.judgements().len());
    a.judgements().iter().zip(b.judgements())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= EPS
}

fn same(a: Corners, b: Corners) -> bool {
    corners(a).into_iter().zip(corners(b)).all(|(a, b)| near(a, b))
}

/// No figure of `b` lies below that of `a`.
fn no_less(a: Corners, b: Corners) -> bool {
    corners(a).into_iter().zip(corners(b)).all(|(a, b)| b >= a - EPS)
}

fn links_mut(file: &mut Report) -> impl Iterator<Item = &mut Link> {
    file.judgements.iter_mut().flat_map(|one| &mut one.rests_on)
}

/// The laws of better grades hold for what supports; a better refutation refutes better.
fn only_support(mut file: Report) -> Report {
    links_mut(&mut file).for_each(|link| link.stance = Some(Stance::Supports));
    file
}

/// Whether nothing keeps the item from being counted. The random reports have withdrawn items and
/// a cut-off: what is added beside such an item is counted where the item is not.
fn is_counted(file: &Report, item: &Item) -> bool {
    item.withdrawn.is_none()
        && !file.cut_off.zip(item.published).is_some_and(|(limit, date)| date.is_after(limit))
}

/// The links to counted items: judgement, place.
fn counted_links(file: &Report) -> Vec<(usize, usize)> {
    let counted =
        |link: &Link| file.items.iter().any(|item| item.id == link.item && is_counted(file, item));
    let judgements = file.judgements.iter().enumerate();
    judgements
        .flat_map(|(at, one)| {
            let links = one.rests_on.iter().enumerate();
            links.filter(|(_, link)| counted(link)).map(move |(nth, _)| (at, nth))
        })
        .collect()
}

/// A further report on the first judgement, by any of the sources.
fn one_more() -> impl Strategy<Value = (Item, Index)> {
    let grade = prop::option::of(select(&Credibility::ALL[..]));
    (grade, select(Channel::ALL), any::<bool>(), any::<Index>()).prop_map(
        |(credibility, channel, original, source)| {
            let lineage = original.then_some(Lineage::Original);
            let item =
                Item { credibility, channel: Some(channel), lineage, ..Item::new("new", "") };
            (item, source)
        },
    )
}

fn add(file: &Report, (mut item, source): (Item, Index), stance: Stance) -> Report {
    let mut file = file.clone();
    item.source.clone_from(&file.sources[source.index(file.sources.len())].id);
    file.judgements[0].rests_on.push(Link {
        stance: Some(stance),
        relevance: Some(Relevance::Direct),
        ..Link::new(item.id.clone())
    });
    file.items.push(item);
    file
}

/// Makes one of the values the next better one of a list that runs from the best down; false
/// when none can become better.
fn improve<T: Copy + PartialEq>(values: Vec<&mut T>, best_first: &[T], which: Index) -> bool {
    let mut worse: Vec<(&mut T, T)> = values
        .into_iter()
        .filter_map(|value| {
            let at = best_first.iter().position(|one| one == value)?;
            Some((value, best_first[at.checked_sub(1)?]))
        })
        .collect();
    if worse.is_empty() {
        return false;
    }
    let at = which.index(worse.len());
    let (value, better) = &mut worse[at];
    **value = *better;
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn bounds(file in arbitrary::report()) {
        for one in run(&file).judgements() {
            let [lower, central, upper] = corners(one.strength);
            prop_assert!(-1.0 <= lower && lower <= central + EPS);
            prop_assert!(central <= upper + EPS && upper <= 1.0);
            let [lower, central, upper] = corners(one.probability);
            prop_assert!(0.0 <= lower && lower <= central + EPS);
            prop_assert!(central <= upper + EPS && upper <= 1.0);
            prop_assert!(one.support >= 0.0 && one.against >= 0.0);
            prop_assert!(one.uncertainty > 0.0 && one.uncertainty <= 1.0);
        }
    }

    #[test]
    fn order(
        (file, shuffled) in arbitrary::report().prop_flat_map(|file| {
            let links: Vec<_> =
                file.judgements.iter().map(|one| Just(one.rests_on.clone()).prop_shuffle()).collect();
            let lists = (
                Just(file.sources.clone()).prop_shuffle(),
                Just(file.items.clone()).prop_shuffle(),
                links,
            );
            let shuffled = (Just(file.clone()), lists).prop_map(|(mut file, (sources, items, links))| {
                file.sources = sources;
                file.items = items;
                for (one, links) in file.judgements.iter_mut().zip(links) {
                    one.rests_on = links;
                }
                file
            });
            (Just(file), shuffled)
        }),
    ) {
        let (a, b) = (run(&file), run(&shuffled));
        for (a, b) in pairs(&a, &b) {
            prop_assert!(same(a.strength, b.strength));
            prop_assert!(same(a.probability, b.probability));
            prop_assert_eq!((a.origins, a.supportable), (b.origins, b.supportable));
        }
    }

    /// The same link twice changes nothing.
    #[test]
    fn duplicate(file in arbitrary::report(), which: Index) {
        let links = counted_links(&file);
        prop_assume!(!links.is_empty());
        let (judgement, nth) = links[which.index(links.len())];
        let mut twice = file.clone();
        let link = twice.judgements[judgement].rests_on[nth].clone();
        twice.judgements[judgement].rests_on.push(link);
        for (a, b) in pairs(&run(&file), &run(&twice)) {
            prop_assert!(same(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
            prop_assert_eq!(a.origins, b.origins);
        }
    }

    /// The same item under a new id, on the same point, changes nothing. One of unknown lineage
    /// might be an origin of its own: at the upper corner, which stays out of it, it is.
    #[test]
    fn duplicate_under_a_new_id(file in arbitrary::report(), which: Index) {
        let links = counted_links(&file);
        prop_assume!(!links.is_empty());
        let (judgement, nth) = links[which.index(links.len())];
        let link = file.judgements[judgement].rests_on[nth].clone();
        let mut once = file;
        let item = once.items.iter_mut().find(|item| item.id == link.item).unwrap();
        item.point.get_or_insert_with(|| "its own".into());
        let unknown = item.lineage.is_none();
        let copy = Item { id: "copy".into(), ..item.clone() };
        let mut twice = once.clone();
        twice.items.push(copy);
        twice.judgements[judgement].rests_on.push(Link { item: "copy".into(), ..link.clone() });
        for (a, b) in pairs(&run(&once), &run(&twice)) {
            let (a, b) = (a.strength, b.strength);
            prop_assert!(near(a.central, b.central));
            if !unknown || link.stance != Some(Stance::Contradicts) {
                prop_assert!(near(a.lower, b.lower));
            }
            if !unknown || link.stance == Some(Stance::Contradicts) {
                prop_assert!(near(a.upper, b.upper));
            }
        }
    }

    /// A relay of an item already counted, no more relevant than it, adds nothing.
    #[test]
    fn echo(file in arbitrary::report(), which: Index, speaker: Index) {
        let links = counted_links(&file);
        prop_assume!(!links.is_empty());
        let (judgement, nth) = links[which.index(links.len())];
        let mut echoed = file.clone();
        let link = echoed.judgements[judgement].rests_on[nth].clone();
        let heard = echoed.items.iter().find(|item| item.id == link.item).unwrap();
        let doubted = heard.credibility.filter(|digit| {
            matches!(digit, Credibility::Four | Credibility::Five)
        });
        let speaker = echoed.sources[speaker.index(echoed.sources.len())].id.clone();
        echoed.items.push(Item {
            credibility: doubted.or(Some(Credibility::Six)),
            channel: Some(Channel::FirstHand),
            lineage: Some(Lineage::DerivedFrom(vec![link.item.clone()])),
            ..Item::new("echo", speaker)
        });
        echoed.judgements[judgement].rests_on.push(Link { item: "echo".into(), ..link });
        for (a, b) in pairs(&run(&file), &run(&echoed)) {
            prop_assert!(same(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
            prop_assert!(same(a.probability, b.probability));
        }
    }

    #[test]
    fn more_support(file in arbitrary::report(), new in one_more()) {
        let more = add(&file, new, Stance::Supports);
        for (a, b) in pairs(&run(&file), &run(&more)) {
            prop_assert!(no_less(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
            prop_assert!(no_less(a.probability, b.probability));
        }
    }

    #[test]
    fn more_contradiction(file in arbitrary::report(), new in one_more()) {
        let more = add(&file, new, Stance::Contradicts);
        for (a, b) in pairs(&run(&file), &run(&more)) {
            prop_assert!(no_less(b.strength, a.strength), "{:?} {:?}", a.strength, b.strength);
            prop_assert!(no_less(b.probability, a.probability));
        }
    }

    #[test]
    fn better_letter(file in arbitrary::report(), which: Index) {
        let file = only_support(file);
        let mut graded = file.clone();
        // A letter that replaces a source's obeys the same law.
        let of_items = graded.items.iter_mut().map(|item| &mut item.reliability);
        let of_sources = graded.sources.iter_mut().map(|source| &mut source.reliability);
        let letters: Vec<_> = of_items.chain(of_sources).flatten().collect();
        prop_assume!(improve(letters, &Reliability::ALL[..5], which));
        for (a, b) in pairs(&run(&file), &run(&graded)) {
            prop_assert!(no_less(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
        }
    }

    #[test]
    fn better_digit(file in arbitrary::report(), which: Index) {
        let file = only_support(file);
        let mut graded = file.clone();
        let digits = graded.items.iter_mut().filter_map(|item| item.credibility.as_mut());
        prop_assume!(improve(digits.collect(), &Credibility::ALL[..5], which));
        for (a, b) in pairs(&run(&file), &run(&graded)) {
            prop_assert!(no_less(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
        }
    }

    #[test]
    fn authenticate(file in arbitrary::report(), which: Index) {
        let file = only_support(file);
        let mut authentic = file.clone();
        let states = authentic.items.iter_mut().filter_map(|item| item.authenticity.as_mut());
        let best_first: Vec<_> = Authenticity::ALL.iter().rev().copied().collect();
        prop_assume!(improve(states.collect(), &best_first, which));
        for (a, b) in pairs(&run(&file), &run(&authentic)) {
            prop_assert!(no_less(a.strength, b.strength), "{:?} {:?}", a.strength, b.strength);
        }
    }

    /// Saying that an item of unknown lineage is first-hand never lowers the two cautious
    /// figures.
    #[test]
    fn declare_original(file in arbitrary::report(), which: Index) {
        let file = only_support(file);
        let mut declared = file.clone();
        let mut unknown: Vec<&mut Item> =
            declared.items.iter_mut().filter(|item| item.lineage.is_none()).collect();
        prop_assume!(!unknown.is_empty());
        let at = which.index(unknown.len());
        unknown[at].lineage = Some(Lineage::Original);
        for (a, b) in pairs(&run(&file), &run(&declared)) {
            prop_assert!(b.strength.lower >= a.strength.lower - EPS);
            prop_assert!(b.strength.central >= a.strength.central - EPS);
        }
    }

    /// An F6 report moves the central figure not at all, and no bound towards certainty.
    #[test]
    fn vacuous(file in arbitrary::report(), supports: bool) {
        let stance = if supports { Stance::Supports } else { Stance::Contradicts };
        let mut more = file.clone();
        more.sources.push(Source { reliability: Some(Reliability::F), ..Source::new("nobody") });
        more.items.push(Item {
            credibility: Some(Credibility::Six),
            channel: Some(Channel::FirstHand),
            lineage: Some(Lineage::Original),
            ..Item::new("f6", "nobody")
        });
        more.judgements[0].rests_on.push(Link {
            stance: Some(stance),
            relevance: Some(Relevance::Direct),
            ..Link::new("f6")
        });
        for (a, b) in pairs(&run(&file), &run(&more)) {
            prop_assert!(near(a.strength.central, b.strength.central));
            prop_assert!(near(a.probability.central, b.probability.central));
            let cautious = if supports {
                near(a.strength.lower, b.strength.lower)
            } else {
                near(a.strength.upper, b.strength.upper)
            };
            prop_assert!(cautious, "{:?} {:?}", a.strength, b.strength);
        }
    }

    /// No grade, however bad, makes a supporting item count against the judgement.
    #[test]
    fn never_flips(file in arbitrary::report()) {
        for one in run(&only_support(file)).judgements() {
            prop_assert!(one.strength.lower >= 0.0);
            prop_assert_eq!(one.against, 0.0);
        }
    }

    #[test]
    fn mirror(file in arbitrary::report()) {
        let mut mirrored = file.clone();
        for link in links_mut(&mut mirrored) {
            link.stance = match link.stance {
                Some(Stance::Supports) => Some(Stance::Contradicts),
                Some(Stance::Contradicts) => Some(Stance::Supports),
                other => other,
            };
        }
        for one in &mut mirrored.judgements {
            one.prior = one.prior.map(|prior| 1.0 - prior);
        }
        for (a, b) in pairs(&run(&file), &run(&mirrored)) {
            let mirror = |of: Corners, whole: f64| Corners {
                lower: whole - of.upper,
                central: whole - of.central,
                upper: whole - of.lower,
            };
            prop_assert!(same(a.strength, mirror(b.strength, 0.0)));
            prop_assert!(same(a.probability, mirror(b.probability, 1.0)));
            prop_assert!(near(a.support, b.against) && near(a.against, b.support));
        }
    }

    /// A thousand ungraded posts never pass "weak".
    #[test]
    fn crowd(digits in prop_oneof![
        6 => prop::collection::vec(digit(), 10),
        3 => prop::collection::vec(digit(), 100),
        1 => prop::collection::vec(digit(), 1000),
    ]) {
        let posts = digits.into_iter().map(|digit| (Reliability::F, digit));
        prop_assert!(run(&posting(posts)).judgements()[0].strength.central < 0.35);
    }

    /// However many post, and whatever their letters: together they are worth no more than
    /// `1 / rho` of the best of them, and they are one origin.
    #[test]
    fn crowd_of_the_graded(
        letters in prop::collection::vec(select(&Reliability::ALL[..6]), 1..100),
    ) {
        let posts = letters.iter().map(|letter| (*letter, Credibility::Six));
        let best = letters.iter().min_by_key(|letter| letter.index()).map(|letter| (*letter, Credibility::Six));
        let [all, best] = [run(&posting(posts)), run(&posting(best))];
        let [all, best] = [&all.judgements()[0], &best.judgements()[0]];
        prop_assert!(all.support <= best.support / SOCIAL_MEDIA_RHO + EPS);
        prop_assert!(all.support >= best.support - EPS && all.origins <= 1);
    }
}

/// How far posts correlate in the default doctrine.
const SOCIAL_MEDIA_RHO: f64 = 0.5;

fn digit() -> impl Strategy<Value = Credibility> {
    select(&[Credibility::Two, Credibility::Three, Credibility::Six][..])
}

/// A judgement on posts, each of another source of its own, each of these grades.
fn posting(posts: impl IntoIterator<Item = (Reliability, Credibility)>) -> Report {
    let mut file = Report::new("a crowd");
    let mut judgement = Judgement::new("J");
    for (at, (letter, digit)) in posts.into_iter().enumerate() {
        let (source, item) = (format!("s{at}"), format!("i{at}"));
        judgement
            .rests_on
            .push(Link { relevance: Some(Relevance::Direct), ..Link::new(item.clone()) });
        file.items.push(Item {
            credibility: Some(digit),
            channel: Some(Channel::SocialMedia),
            lineage: Some(Lineage::Original),
            ..Item::new(item, source.clone())
        });
        file.sources.push(Source { reliability: Some(letter), ..Source::new(source) });
    }
    file.judgements.push(judgement);
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn contributions_sum_to_support_less_contradiction(file in arbitrary::report()) {
        for (one, links) in run(&file).judgements().iter().zip(&file.judgements) {
            prop_assert_eq!(one.contributions.len(), links.rests_on.len());
            let whole: f64 = one.contributions.iter().map(|row| row.units).sum();
            prop_assert!(near(whole, one.support - one.against), "{whole}");
            for (stance, units) in
                [(Stance::Supports, one.support), (Stance::Contradicts, one.against)]
            {
                let rows = one.contributions.iter().filter(|row| row.stance == stance);
                let shares: f64 = rows.map(|row| row.share).sum();
                prop_assert!(near(shares, if units > 0.0 { 1.0 } else { 0.0 }), "{shares}");
            }
            for row in &one.contributions {
                prop_assert_eq!(row.units == 0.0, row.not_counted.is_some(), "{:?}", row);
                // Only an item that is linked twice is counted in its own stead.
                let links = one.contributions.iter().filter(|other| other.item == row.item).count();
                let instead = row.not_counted.and_then(NotCounted::instead);
                prop_assert!(instead != Some(row.item) || links > 1, "{:?}", row);
            }
            let channels: f64 = one.channels.iter().sum();
            prop_assert!(near(channels, if one.support > 0.0 { 1.0 } else { 0.0 }), "{channels}");
            let owners: f64 = one.owners.iter().map(|owner| owner.share).sum();
            prop_assert!(near(owners, if one.owners.is_empty() { 0.0 } else { 1.0 }), "{owners}");
        }
    }

    #[test]
    fn explanations_replay_to_their_figures(file in arbitrary::report()) {
        let (report, doctrine) = (checked(&file), Doctrine::default());
        let appraiser = Appraiser::new(&report, &doctrine);
        let appraisal = appraiser.appraise();
        for (judgement, of) in report.judgements().iter().zip(appraisal.judgements()) {
            let index = report.find_judgement(&judgement.id).unwrap();
            for figure in FIGURES {
                let tree = appraiser.explain(index, figure).unwrap();
                prop_assert!(near(tree.value, of.figure(figure)), "{figure:?}\n{tree}");
                for node in tree.nodes() {
                    prop_assert!(replays(node), "{node}");
                }
            }
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(file in arbitrary::report()) {
        let whole = |file: &Report| {
            let (report, doctrine) = (checked(file), Doctrine::default());
            let appraiser = Appraiser::new(&report, &doctrine);
            let mut texts = vec![format!("{:?}", appraiser.appraise())];
            for one in report.judgements() {
                let index = report.find_judgement(&one.id).unwrap();
                texts.push(format!("{:?}", appraiser.linchpins(index)));
                texts.push(format!("{:?}", appraiser.next_steps(index)));
                texts.push(format!("{:?}", FIGURES.map(|figure| appraiser.explain(index, figure))));
            }
            texts
        };
        prop_assert_eq!(whole(&file), whole(&file));
    }

    #[test]
    fn a_report_survives_both_files(file in written()) {
        let report = checked(&file);
        let toml = report::Report::from_toml(&report.to_toml().unwrap());
        prop_assert_eq!(toml.as_ref(), Ok(&report));
        let json = report::Report::from_json(&report.to_json());
        prop_assert_eq!(json.as_ref(), Ok(&report));
        prop_assert_eq!(toml.unwrap().digest(), json.unwrap().digest());
        prop_assert_eq!(checked(&report.to_wire()), report);
    }
}

/// Computed anew from its leaves, a figure is what it says, to 1e-12 of it.
fn replays(node: &Explanation) -> bool {
    (node.replay() - node.value).abs() <= 1e-12 * node.value.abs()
}

/// A random report in whose texts anything may stand, and with all that bears no weight.
fn written() -> impl Strategy<Value = Report> {
    let texts = prop::collection::vec(any::<String>(), 12);
    let numbers = (prop::option::of(any::<u64>()), 0_u32..30, any::<[u8; 8]>());
    (arbitrary::report(), texts, numbers).prop_map(|(mut file, texts, (length, date, bytes))| {
        let text = |at: usize| texts[at].clone();
        let some = |at: usize| Some(text(at)).filter(|text| !text.is_empty());
        file.title = text(0);
        file.publisher = some(1);
        file.yardstick = some(2);
        // An id may be any text that is not blank.
        let id = |prefix: &str, at: usize| format!("{prefix}{}", text(at));
        file.assumptions.push(Assumption {
            id: id("A", 4),
            statement: text(3),
            ..Assumption::default()
        });
        file.indicators.push(Indicator {
            id: id("I", 4),
            of: id("A", 4),
            statement: text(5),
            observed: Some(day(date)),
            ..Indicator::default()
        });
        let judgement = &mut file.judgements[0];
        judgement.id = id("first ", 6);
        judgement.statement = text(7);
        judgement.likelihood = some(8);
        judgement.horizon = Some(day(date));
        judgement.assumes.push(id("A", 4));
        file.gaps.push(Gap {
            id: id("G", 9),
            statement: text(9),
            bears_on: vec![id("first ", 6)],
            ..Gap::default()
        });
        let source = &mut file.sources[0];
        source.name = text(9);
        source.graded_because = some(10);
        source.url = "https://example.org/a?b=%20#ç".parse().ok();
        let named = source.id.clone();
        file.source_summary = Some(SourceSummary { statement: text(11), sources: vec![named] });
        let item = &mut file.items[0];
        item.claim = text(3);
        item.graded_because = some(4);
        item.authenticated_by = some(5);
        item.withdrawn_because = some(6);
        item.accessed = "2023-06-13T10:00:00.5+02:00".parse().ok();
        item.point = some(7).filter(|point| !point.trim().is_empty());
        item.captures.push(Capture {
            retrieved: Some(day(date)),
            media_type: some(8),
            length,
            ..Capture::new(probative::digest::Digest::of(&bytes))
        });
        file
    })
}

/// The keys of a small report, so that they meet often.
fn lent() -> impl Strategy<Value = Lent> {
    let origin = (0_u32..3, 0_u32..4, 0_u8..3).prop_map(|(group, voice, kind)| match kind {
        0 => Origin::known(group, voice),
        1 => Origin::unknown(group, voice),
        _ => Origin::source(voice),
    });
    let pool = prop_oneof![
        (0_u32..3).prop_map(Pool::Owner),
        select(&[Channel::SocialMedia, Channel::Leak][..]).prop_map(Pool::Channel),
    ];
    let utterance = (pool, 0_u32..3, prop::option::of(0_u32..3))
        .prop_map(|(pool, source, point)| Utterance { pool, source, point });
    let unit = || {
        prop_oneof![
            8 => 0.0..10.0,
            1 => prop::num::f64::ANY,
            1 => select(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, -0.0][..]),
        ]
    };
    let units = (unit(), unit(), unit()).prop_map(|(lower, central, upper)| Corners {
        lower,
        central,
        upper,
    });
    prop_oneof![
        4 => (origin, utterance, units.clone()).prop_map(|(origin, utterance, units)| {
            Lent::Testimony { origin, utterance, units }
        }),
        1 => (0_u32..4, units).prop_map(|(point, units)| Lent::Opinion { point, units }),
    ]
}

fn lents() -> impl Strategy<Value = Vec<Lent>> {
    prop::collection::vec(lent(), 0..12)
}

fn tally(lents: &[Lent]) -> Tally {
    lents.iter().copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4 * CASES))]

    #[test]
    fn merging_is_a_join(a in lents(), b in lents(), c in lents()) {
        let all = tally(&[&a[..], &b, &c].concat());
        let [a, b, c] = [a, b, c].map(|part| tally(&part));
        prop_assert_eq!(a.merge(&b), b.merge(&a));
        prop_assert_eq!(a.merge(&b).merge(&c), a.merge(&b.merge(&c)));
        prop_assert_eq!(a.merge(&a), a.clone());
        prop_assert_eq!(a.merge(&b).merge(&b), a.merge(&b));
        prop_assert_eq!(a.merge(&Tally::default()), a.clone());
        prop_assert_eq!(a.merge(&b).merge(&c), all);
    }

    /// A tally extended is the tally of all.
    #[test]
    fn extending_is_merging(a in lents(), b in lents()) {
        let mut both = tally(&a);
        both.extend(b.iter().copied());
        prop_assert_eq!(both, tally(&a).merge(&tally(&b)));
    }

    /// More reports are never worth less, nor less than nothing; nothing but a number comes out.
    #[test]
    fn merging_lowers_no_worth(a in lents(), b in lents()) {
        let (a, b) = (tally(&a), tally(&b));
        let (both, doctrine) = (a.merge(&b), Doctrine::default());
        for corner in Corner::ALL {
            let worth = |tally: &Tally| tally.worth(*corner, &doctrine);
            let (part, whole) = (worth(&a), worth(&both));
            prop_assert!(part.units() >= 0.0 && whole.units() >= part.units() * (1.0 - 1e-12));
            prop_assert!(whole.origins >= part.origins);
            let pools: f64 = both.pools(*corner, &doctrine).iter().map(|(_, units)| units).sum();
            prop_assert!(pools == whole.by_owner || (pools / whole.by_owner - 1.0).abs() < 1e-12);
        }
    }
}
