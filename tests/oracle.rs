//! The library against the slow reference: the same figures for every corner of every judgement.

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use probative::doctrine::Doctrine;
use probative::report::{Report, wire};
use probative::{Appraisal, appraise};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

/// Doubles may differ in the order in which sums are made.
const TOLERANCE: f64 = 1e-9;

#[test]
fn the_example_reports_agree_with_the_oracle() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let mut reports: Vec<_> =
        std::fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
    reports.sort();
    assert!(reports.len() >= 3);
    compare(reports.iter().map(|path| Report::load(path).unwrap().to_wire()).collect());
}

#[test]
fn a_thousand_random_reports_agree_with_the_oracle() {
    let mut runner = TestRunner::deterministic();
    let report = common::arbitrary::report();
    compare((0..1000).map(|_| report.new_tree(&mut runner).unwrap().current()).collect());
}

fn compare(files: Vec<wire::Report>) {
    let Some(oracle) = common::shared::shared("oracle") else { return };
    let expected = ask(&oracle, &files);
    assert_eq!(expected.len(), files.len());
    let doctrine = Doctrine::default();
    for (file, expected) in files.into_iter().zip(expected) {
        let report = file.clone().check().unwrap();
        let appraisal = appraise(&report, &doctrine);
        assert_eq!(expected["doctrine"], doctrine.id());
        if let Some(difference) = difference(&appraisal, &expected) {
            panic!("{difference}\n{}", serde_json::to_string_pretty(&file).unwrap());
        }
    }
}

/// One run of Python for all reports: each line in is a report, each line out its appraisal.
fn ask(oracle: &Path, files: &[wire::Report]) -> Vec<Value> {
    const PROGRAM: &str = "
import json, sys
sys.path.insert(0, sys.argv[1])
import oracle
doctrine = oracle.load(oracle.HERE.parent / 'doctrine-default.toml')
for line in sys.stdin:
    print(json.dumps(oracle.Oracle(json.loads(line), doctrine).appraise()))
";
    let mut python = Command::new("python3")
        .args(["-c", PROGRAM, oracle.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = String::new();
    for file in files {
        lines += &serde_json::to_string(file).unwrap();
        lines.push('\n');
    }
    let mut stdin = python.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn difference(appraisal: &Appraisal, expected: &Value) -> Option<String> {
    let judgements = expected["judgements"].as_array().unwrap();
    assert_eq!(judgements.len(), appraisal.judgements().len());
    appraisal.judgements().iter().zip(judgements).find_map(|(ours, theirs)| {
        let figures = [
            ("/strength/lower", ours.strength.lower),
            ("/strength/central", ours.strength.central),
            ("/strength/upper", ours.strength.upper),
            ("/probability/lower", ours.probability.lower),
            ("/probability/central", ours.probability.central),
            ("/probability/upper", ours.probability.upper),
            ("/support", ours.support),
            ("/against", ours.against),
            ("/uncertainty", ours.uncertainty),
            ("/origins", ours.origins as f64),
        ];
        let differs = figures.into_iter().find_map(|(name, ours)| {
            let theirs = theirs.pointer(name).unwrap().as_f64().unwrap();
            let close = (ours - theirs).abs() <= TOLERANCE;
            (!close).then(|| format!("{name}: {ours:?} is not the oracle's {theirs:?}"))
        });
        let band = (*ours.band != *theirs["band"].as_str().unwrap()).then(|| "band".to_owned());
        differs.or(band).map(|what| format!("{}: {what}", theirs["id"]))
    })
}
