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

    let (_, err) = run(&["--archive", dir, "--grades", "ledger"]);
    assert!(
        err.contains("J: assessors differ") && err.contains("jd") && err.contains("mk"),
        "{err}"
    );
    assert!(!err.contains("zz"), "{err}");
    // Where all speaks against, the range lies below nothing.
    let for_it = fs::read_to_string(&report).unwrap();
    let against = for_it.replace("relevance = \"direct\"", "stance = \"contradicts\"");
    fs::write(&report, against).unwrap();
    let (_, err) = run(&["--archive", dir, "--grades", "ledger"]);
    let range = err.split_once("strength -").and_then(|(_, range)| range.split_once(" to -"));
    assert!(range.is_some(), "{err}");
    fs::write(&report, for_it).unwrap();

    let hex = page.hex();
    let object = format!("{dir}/objects/sha256/{}/{}", &hex[..2], &hex[2..]);
    fs::remove_file(&object).unwrap();
    fs::write(&object, "another").unwrap();
    let (changed, _) = run(&["--archive", dir]);
    let row = &changed["contributions"][0];
    assert_eq!((&row["archive"], &row["reason"]), (&"changed".into(), &"content-changed".into()));
    assert_eq!(changed["strength"]["central"], 0.0);
    assert!(plain["strength"]["central"].as_f64().unwrap() > 0.0);
}
