//! The documents say what the library does.

use std::path::Path;

use probative::Appraiser;
use probative::doctrine::{Corner, Doctrine};
use probative::finding::FindingCode;
use probative::report::{JudgementIndex, Report};
use probative::strength::explain::Figure;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_worked_judgement_is_right_to_the_last_digit() {
    let page = read("docs/method.md");
    let report = Report::load(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports/wagner-mali.toml"),
    );
    let report = report.unwrap();
    let doctrine = Doctrine::default();
    let appraiser = Appraiser::new(&report, &doctrine);
    let judgement: JudgementIndex = report.find_judgement("KJ-3").unwrap();
    let appraisal = appraiser.appraise();
    let appraised = &appraisal.judgements()[judgement.get()];

    let mut figures = vec![
        ("support".to_owned(), appraised.support),
        ("strength".to_owned(), appraised.strength.central),
        ("probability".to_owned(), appraised.probability.central),
        ("share".to_owned(), appraised.owners[0].share),
    ];
    let tree = appraiser.explain(judgement, Figure::Strength(Corner::Central)).unwrap();
    for node in tree.nodes() {
        let told = ["testimony of", "the assessor's opinion of", "support by", "reports of"];
        if told.iter().any(|what| node.what.starts_with(what)) {
            figures.push((node.what.clone(), node.value));
        }
    }
    // Five testimonies, four opinions and more, seen in both layouts.
    assert!(figures.len() > 15);
    for (what, figure) in figures {
        let written = format!("{figure:.10}");
        assert!(page.contains(&written), "{what}: docs/method.md lacks {written}");
    }
}

#[test]
fn every_finding_is_listed_with_its_severity() {
    let page = read("docs/findings.md");
    for code in FindingCode::ALL {
        let row = format!("| `{code}` | {} |", code.severity());
        assert!(page.contains(&row), "docs/findings.md lacks {row}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, FindingCode::ALL.len(), "docs/findings.md lists codes that do not exist");
}

#[test]
fn the_smallest_complete_report_of_the_format_page_is_one() {
    let page = read("docs/format.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    Report::from_toml(example).unwrap();
}
