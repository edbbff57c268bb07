//! What changed between two reports, and which change moved what.
#![allow(clippy::unwrap_used)] // helpers of tests fail like tests

mod common;

use std::path::Path;

use common::arbitrary;
use common::program::run_example;
use probative::Appraiser;
use probative::doctrine::Doctrine;
use probative::grade::Reliability;
use probative::render::change::ChangeKind;
use probative::render::{Comparison, comparison_text};
use probative::report::{Report, wire};
use proptest::prelude::*;

fn example(name: &str) -> wire::Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    Report::load(path.join(format!("{name}.toml"))).unwrap().to_wire()
}

fn compare(old: &wire::Report, new: &wire::Report) -> Comparison {
    let doctrine = Doctrine::default();
    let (old, new) = (old.clone().check().unwrap(), new.clone().check().unwrap());
    Comparison::of(&Appraiser::new(&old, &doctrine), &Appraiser::new(&new, &doctrine))
}

/// The Mali report a while later: one source regraded, one item withdrawn, one added.
fn later() -> wire::Report {
    let mut report = example("wagner-mali");
    let source = report.sources.iter_mut().find(|one| one.id == "us-treasury").unwrap();
    source.reliability = Some(Reliability::D);
    let item = report.items.iter_mut().find(|one| one.id == "1e").unwrap();
    item.withdrawn = Some("2023-06-12".parse().unwrap());
    let mut source = wire::Source::new("customs");
    source.reliability = Some(Reliability::A);
    report.sources.push(source);
    let mut item = wire::Item::new("seizure", "customs");
    item.lineage = Some(wire::Lineage::Original);
    item.channel = Some("official-record".parse().unwrap());
    report.items.push(item);
    report.judgements[2].rests_on.push(wire::Link::new("seizure"));
    report
}

#[test]
fn a_report_differs_in_nothing_from_itself() {
    let report = example("wagner-mali");
    let same = compare(&report, &report);
    assert!(same.changes.is_empty());
    assert!(same.judgements.iter().all(|one| one.before == one.after && one.moved_by.is_empty()));
    assert!(same.judgements.iter().all(|one| one.rest == 0.0));
}

#[test]
fn each_move_is_put_down_to_the_change_that_makes_it() {
    let found = compare(&example("wagner-mali"), &later());
    let kinds: Vec<(ChangeKind, &str)> =
        found.changes.iter().map(|one| (one.kind, one.about.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (ChangeKind::SourceRegraded, "us-treasury"),
            (ChangeKind::SourceAdded, "customs"),
            (ChangeKind::ItemWithdrawn, "1e"),
            (ChangeKind::ItemAdded, "seizure"),
        ]
    );
    let movers = |at: usize| -> Vec<(usize, bool)> {
        found.judgements[at].moved_by.iter().map(|one| (one.change, one.by > 0.0)).collect()
    };
    assert_eq!(movers(0), [(2, false)], "KJ-1 loses the item that was withdrawn");
    assert!(movers(1).is_empty(), "nothing touches KJ-2");
    let mut both = movers(2);
    both.sort_unstable();
    assert_eq!(both, [(0, false), (3, true)], "KJ-3 loses one source and gains another");

    let alone = &found.judgements[0];
    assert_eq!(alone.after.as_ref(), Some(&alone.moved_by[0].becomes));
    assert_eq!(alone.rest, 0.0, "one change is the whole move");
}

#[test]
fn text_says_who_moved_what() {
    let text = comparison_text(&compare(&example("wagner-mali"), &later()), 80);
    assert!(text.contains("source regraded: us-treasury, reliability D instead of B"), "{text}");
    assert!(text.contains("item withdrawn: 1e, withdrawn 2023-06-12"), "{text}");
    assert!(text.contains("item added: seizure, a new item, from customs"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn the_program_compares_two_dates() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports/wagner-mali.toml");
    let path = path.to_str().unwrap();
    let (status, out, err) = run_example("compare", &[path, path, "--old-as-of", "2023-05-01"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("date changed: as of 2023-06-13 instead of 2023-05-01"), "{out}");
    let (status, out, err) = run_example("compare", &[path, "missing.toml"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("missing.toml"));
}

#[cfg(feature = "html")]
#[test]
fn what_rests_on_posts_is_hatched_here_too() {
    let report = example("posts-only");
    let found = compare(&report, &report);
    let page = probative::render::comparison_html(&found, Doctrine::default().bands());
    assert!(page.contains("fill=\"url(#c0-before-h)\"") && page.contains("▨ from posts 100%"));
}

#[cfg(feature = "html")]
#[test]
fn the_page_escapes_and_leads_to_the_changes() {
    let mut new = later();
    new.sources[0].owner = Some("<script>\u{202e}</script>".to_owned());
    new.judgements[0].id = "<b>&".to_owned();
    let found = compare(&example("wagner-mali"), &new);
    let page = probative::render::comparison_html(&found, Doctrine::default().bands());
    assert!(page.contains("href=\"#c1\"") || page.contains("href=\"#c2\""));
    assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains("<b>&"));
    assert!(page.contains("\\u{202e}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_two_reports_compare(old in arbitrary::report(), new in arbitrary::report()) {
        let found = compare(&old, &new);
        for one in &found.judgements {
            if let (Some(before), Some(after)) = (&one.before, &one.after) {
                let whole = after.strength.central - before.strength.central;
                let alone: f64 = one.moved_by.iter().map(|mover| mover.by).sum();
                prop_assert!((whole - alone - one.rest).abs() < 1e-6);
            }
        }
        prop_assert_eq!(found.to_json(), compare(&old, &new).to_json());
    }

    #[test]
    fn a_single_regrade_is_the_whole_move(report in arbitrary::report(), letter in arbitrary::letter()) {
        let mut new = report.clone();
        new.sources[0].reliability = letter;
        let found = compare(&report, &new);
        prop_assert!(found.changes.len() <= 1);
        for one in &found.judgements {
            let (before, after) = (one.before.as_ref().unwrap(), one.after.as_ref().unwrap());
            let becomes = one.moved_by.first().map_or(before, |mover| &mover.becomes);
            // What moves by less than a rounding is not listed.
            prop_assert!((becomes.strength.lower - after.strength.lower).abs() < 1e-8);
            prop_assert!((becomes.strength.central - after.strength.central).abs() < 1e-8);
            prop_assert!((becomes.strength.upper - after.strength.upper).abs() < 1e-8);
            prop_assert_eq!(becomes.supportable, after.supportable);
        }
    }
}
