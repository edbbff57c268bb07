//! `examples/appraise --archive`: what an archive takes away, and never adds.
#![cfg(feature = "archive")]

mod common;

use std::fs;

use common::program::run_example;
use probative::archive::event::{Event, Mark, Subject, What};
use probative::archive::ledger::Ledger;
use probative::archive::store::{FolderStore, Store as _};
use probative::digest::Algorithm;
use serde_json::Value;

#[test]
fn an_archive_takes_out_what_changed_and_shows_both_assessors() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("archive");
    let store = FolderStore::create(&dir).unwrap();
    let at = |text: &str| text.parse().unwrap();
    let mut ledger = Ledger::create(&dir, "e.org/c", at("2023-06-01"), "jd").unwrap();
    let page = store.put(Algorithm::Sha256, &mut &b"the page"[..]).unwrap().digest;
    let grade = |time: &str, by: &str, digit: &str| {
        let what = What::Graded {
            because: "as read".into(),
            mark: Mark::Credibility(digit.parse().unwrap()),
            of: Subject::Item("1".into()),
            scale: "admiralty".into(),
        };
        Event::new(at(time), by, what)
    };
    ledger.append(&[grade("2023-06-02", "jd", "2"), grade("2023-06-03", "mk", "3")]).unwrap();
    // After the cut-off: not to be seen.
    ledger.append(&[grade("2023-07-01", "zz", "5")]).unwrap();
    let report = place.path().join("report.toml");
    fs::write(
        &report,
        format!(
            r#"format = "probative/1"
title = "t"
cut_off = 2023-06-13
[[sources]]
id = "s"
name = "S"
reliability = "B"
graded_because = "record"
[[items]]
id = "1"
source = "s"
claim = "c"
credibility = "2"
authenticity = "verified"
captures = [{{ digest = "{page}" }}]
[[judgements]]
id = "J"
statement = "s"
rests_on = [{{ item = "1", relevance = "direct" }}]
"#
        ),
    )
    .unwrap();
    let run = |more: &[&str]| {
        let report = report.to_str().unwrap();
        let arguments = [&[report, "--format", "json"], more].concat();
        let (status, out, err) = run_example("appraise", &arguments);
        assert_eq!(status, 0, "{err}");
        let out: Value = serde_json::from_str(&out).unwrap();
        (out["judgements"][0].clone(), err)
    };
    let dir = dir.to_str().unwrap();
    let (plain, _) = run(&[]);
    let (archived, _) = run(&["--archive", dir]);
    assert_eq!(plain["strength"], archived["strength"], "integrity buys no credibility");
    assert_eq!(archived["contributions"][0]["archive"], "verified");

    let by = |judgement: &Value| -> Vec<String> {
        let all = judgement["assessors"].as_array().unwrap().iter();
        all.map(|one| one["by"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(archived.get("assessors"), None);
    let ledger_grades = ["--archive", dir, "--grades", "ledger"];
    let (graded, err) = run(&ledger_grades);
    assert_eq!((by(&graded), err), (vec!["jd".to_owned(), "mk".to_owned()], String::new()));
    let central = |at: usize| graded["assessors"][at]["strength"]["central"].as_f64().unwrap();
    assert!(central(0) > central(1));
    // The latest grade counts.
    assert_eq!(graded["strength"], graded["assessors"][1]["strength"]);
    let shown = |format: &str| {
        let report = report.to_str().unwrap();
        let arguments = [&[report, "--format", format], &ledger_grades[..]].concat();
        let (status, out, _) = run_example("appraise", &arguments);
        assert_eq!(status, 0);
        out
    };
    for format in ["text", "markdown", "html"] {
        let (out, least) = (shown(format), format!("{:.2}", central(1)));
        assert!(out.contains("differ") && out.contains(&least), "{out}");
        assert!(out.contains("jd") && out.contains("mk") && !out.contains("zz"), "{out}");
    }
    // Where all speaks against, the range lies below nothing.
    let for_it = fs::read_to_string(&report).unwrap();
    let against = for_it.replace("relevance = \"direct\"", "stance = \"contradicts\"");
    fs::write(&report, against).unwrap();
    let text = shown("text");
    let range = text.split_once("differ, -").and_then(|(_, range)| range.split_once(" to -"));
    assert!(range.is_some(), "{text}");

    fs::write(&report, for_it).unwrap();

    // A grade with its date set back counts from where it stands, and one of another scale never.
    ledger.append(&[grade("2023-06-05", "late", "1")]).unwrap();
    let mut other = grade("2023-07-02", "jd", "5");
    if let What::Graded { scale, .. } = &mut other.what {
        *scale = "police".to_owned();
    }
    ledger.append(&[other]).unwrap();
    assert_eq!(run(&ledger_grades), (graded.clone(), String::new()));
    let later = [&ledger_grades[..], &["--as-of", "2023-08-01"]].concat();
    let (later, err) = run(&later);
    assert_eq!(by(&later), ["jd", "late", "mk", "zz"]);
    assert!(err.contains("`police`"), "{err}");
    assert_eq!(later["assessors"][0]["strength"], graded["assessors"][0]["strength"]);
    assert_eq!(later["strength"], later["assessors"][1]["strength"], "the latest on the scale");

    let hex = page.hex();
    let object = format!("{dir}/objects/sha256/{}/{}", &hex[..2], &hex[2..]);
    fs::remove_file(&object).unwrap();
    fs::write(&object, "another").unwrap();
    let (changed, _) = run(&["--archive", dir]);
    let row = &changed["contributions"][0];
    assert_eq!((&row["archive"], &row["reason"]), (&"changed".into(), &"content-changed".into()));
    assert_eq!(changed["strength"]["central"], 0.0);
    assert!(plain["strength"]["central"].as_f64().unwrap() > 0.0);

    // What spoke against a judgement does not go without a word.
    let against = fs::read_to_string(&report)
        .unwrap()
        .replace("relevance = \"direct\"", "stance = \"contradicts\"");
    fs::write(&report, against).unwrap();
    let report = report.to_str().unwrap();
    let (status, out, _) = run_example(
        "appraise",
        &[report, "--archive", dir, "--format", "json", "--fail-on", "error"],
    );
    let out: Value = serde_json::from_str(&out).unwrap();
    let told = |finding: &Value| {
        finding["code"] == "content-changed" && finding["about"] == serde_json::json!(["J"])
    };
    assert!(status == 1 && out["findings"].as_array().unwrap().iter().any(told), "{out}");
}
