//! The example program, as a person runs it.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use common::program::{example, run};

#[test]
fn the_three_reports_come_out_as_their_sources_deserve() {
    let mali = json(&[&report("wagner-mali.toml")]);
    let strength = |id: &str| number(judgement(&mali, id), "/strength/central");
    assert!(strength("KJ-2") > strength("KJ-1") && strength("KJ-1") > strength("KJ-3"));
    let third = judgement(&mali, "KJ-3");
    assert_eq!(third["likelihood"]["verdict"], "outruns-evidence");
    let reason = third["reason"].as_str().unwrap();
    assert!(reason.contains("one owner (us-government)"), "{reason}");
    assert!(reason.contains("unauthenticated leak"), "{reason}");
    assert_eq!(judgement(&mali, "KJ-2")["confidence"]["verdict"], "overstated");

    let sourced = json(&[&report("well-sourced.toml")]);
    let [only] = &sourced["judgements"].as_array().unwrap()[..] else { panic!("one judgement") };
    assert_eq!(only["confidence"]["supportable"], "high");
    assert_eq!(only["confidence"]["verdict"], "consistent");

    let posts = json(&[&report("posts-only.toml")]);
    let [only] = &posts["judgements"].as_array().unwrap()[..] else { panic!("one judgement") };
    assert!(number(only, "/strength/central") < 0.1);
    assert!(codes(&posts).contains(&"rests-on-posts".to_owned()));
}

#[test]
fn an_observed_indicator_shakes_the_judgement_that_hangs_on_it() {
    let path = report("wagner-mali.toml");
    assert!(!codes(&json(&[&path])).contains(&"assumption-doubted".to_owned()));
    let later = json(&[&path, "--as-of", "2023-06-24"]);
    let findings = later["findings"].as_array().unwrap();
    let doubted = findings.iter().find(|one| one["code"] == "assumption-doubted").unwrap();
    assert_eq!(doubted["about"], serde_json::json!(["A1", "KJ-3"]));
    assert!(judgement(&later, "KJ-3")["reason"].as_str().unwrap().contains("A1 is in doubt"));
    assert_eq!(later["as_of"], "2023-06-24");
}

#[test]
fn text_stays_within_eighty_columns_and_says_everything_without_colour() {
    for name in ["wagner-mali.toml", "well-sourced.toml", "posts-only.toml"] {
        let (status, text, errors) = appraise(&[&report(name)]);
        assert_eq!((status, &*errors), (0, ""));
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(!text.contains('\x1b'), "a pipe is no terminal");
        for label in [
            "Strength",
            "Why",
            "Confidence",
            "Likelihood",
            "By channel",
            "By owner",
            "Contributes",
            "Linchpin",
            "Next step",
        ] {
            assert!(text.contains(label), "{name} lacks {label}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_from_toml_and_from_json() {
    let path = report("wagner-mali.toml");
    let (_, once, _) = appraise(&[&path, "--format", "json"]);
    let (_, again, _) = appraise(&[&path, "--format", "json"]);
    assert!(once == again);
    let as_json = probative::report::Report::load(&path).unwrap().to_json();
    assert!(through_stdin(&as_json, &["-", "--format", "json"]).1 == once);
}

#[test]
fn the_json_has_the_keys_of_the_contract() {
    let mali = json(&[&report("wagner-mali.toml")]);
    assert_eq!(mali["format"], "probative-appraisal/1");
    for key in [
        "/doctrine/id",
        "/doctrine/digest",
        "/report_digest",
        "/as_of",
        "/findings/0/code",
        "/findings/0/severity",
        "/findings/0/about",
        "/findings/0/message",
    ] {
        assert!(mali.pointer(key).is_some(), "{key}");
    }
    for judgement in mali["judgements"].as_array().unwrap() {
        for key in [
            "/id",
            "/statement",
            "/strength/lower",
            "/strength/central",
            "/strength/upper",
            "/band",
            "/probability/lower",
            "/support",
            "/against",
            "/uncertainty",
            "/origins",
            "/confidence/stated",
            "/confidence/supportable",
            "/confidence/verdict",
            "/confidence/requirements/0/level",
            "/confidence/requirements/0/needs",
            "/confidence/requirements/0/has",
            "/confidence/requirements/0/held",
            "/likelihood/term",
            "/likelihood/lower",
            "/likelihood/upper",
            "/likelihood/verdict",
            "/rests_on/channels",
            "/rests_on/owners",
            "/contributions/0/item",
            "/contributions/0/units",
            "/contributions/0/share",
            "/contributions/0/credited_to",
            "/contributions/0/counted",
            "/contributions/0/reason",
            "/linchpins/0/without/central",
            "/linchpins/0/without/band",
            "/next_steps/0/change",
            "/next_steps/0/becomes/central",
            "/next_steps/0/becomes/band",
        ] {
            assert!(judgement.pointer(key).is_some(), "{key}");
        }
        let units = judgement["contributions"].as_array().unwrap().iter();
        let sum: f64 = units.map(|one| one["units"].as_f64().unwrap()).sum();
        let net = number(judgement, "/support") - number(judgement, "/against");
        assert!((sum - net).abs() < 1e-9);
    }
}

#[test]
fn fail_on_sets_the_exit_status() {
    let (mali, sourced) = (report("wagner-mali.toml"), report("well-sourced.toml"));
    for (path, what, expected) in [
        (&mali, "overstated", 1),
        (&mali, "warning", 1),
        (&mali, "error", 0),
        (&sourced, "overstated", 0),
    ] {
        let (status, text, _) = appraise(&[path, "--fail-on", what]);
        assert_eq!(status, expected, "{path} {what}");
        assert!(!text.is_empty());
    }
}

#[test]
fn bad_input_is_said_on_stderr_with_status_2_and_nothing_on_stdout() {
    let missing = "no/such/report.toml";
    let broken = "format = \"probative/1\"\n[[items]]\nid = \"a\"\nsource = \"ghost\"\nx = 1\n";
    for ((status, out, errors), expected) in [
        (appraise(&[missing]), "no/such/report.toml: cannot be read"),
        (through_stdin(broken, &["-"]), "<stdin>:4:10: items[0].source"),
        (through_stdin(broken, &["-"]), "<stdin>:5:1: items[0].x: unknown key"),
        (through_stdin("{\"format\": ", &["-"]), "<stdin>:1:"),
        (through_stdin("", &["-"]), "the key `format` is missing"),
        (appraise(&[&report("wagner-mali.toml"), "--doctrine", missing]), "cannot be read"),
        (appraise(&[&report("wagner-mali.toml"), "--as-of", "13.06.2023"]), "expected a date"),
        (
            appraise(&[&report("wagner-mali.toml"), "--output", "no/such/folder/x"]),
            "cannot be written",
        ),
        (appraise(&[]), "required"),
    ] {
        assert_eq!(status, 2, "{errors}");
        assert_eq!(out, "", "{errors}");
        assert!(errors.contains(expected), "{errors}\n  lacks\n{expected}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let hostile = r#"
format = "probative/1"
title = "a\u001b[31m \u202e <script>alert(1)</script> | [x](javascript:x)"
sources = [{ id = "s\u001b[2J" }]
items = [{ id = "i\n# heading", source = "s\u001b[2J", claim = "x", credibility = 2 }]
judgements = [{ id = "J", statement = "| a | <b>\n\n# no", rests_on = [{ item = "i\n# heading" }] }]
"#;
    for format in ["text", "markdown"] {
        let (status, text, _) = through_stdin(hostile, &["-", "--format", format]);
        assert_eq!(status, 0);
        assert!(!text.contains('\x1b') && !text.contains('\u{202e}'), "{text}");
        if format == "markdown" {
            assert!(!text.contains("<script>") && !text.contains("](javascript"), "{text}");
            assert!(text.lines().filter(|line| line.starts_with('#')).count() <= 3, "{text}");
        }
    }
}

#[test]
fn output_goes_to_a_file_as_a_whole() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("appraise-output");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("out.md");
    let arguments = [&*report("wagner-mali.toml"), "--format", "markdown", "--output"];
    let (status, out, _) = appraise(&[&arguments[..], &[path.to_str().unwrap()]].concat());
    assert_eq!((status, &*out), (0, ""));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("# Wagner in Mali"));
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file is left");
}

#[test]
fn help_names_every_option_and_exit_status() {
    let (status, help, _) = appraise(&["--help"]);
    assert_eq!(status, 0);
    for word in
        ["--format", "--output", "--doctrine", "--as-of", "--fail-on", "Exit status", "NO_COLOR"]
    {
        assert!(help.contains(word), "{word}");
    }
}

fn report(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports").join(name);
    path.to_str().unwrap().to_owned()
}

fn appraise(arguments: &[&str]) -> (i32, String, String) {
    run(Command::new(example("appraise")).args(arguments))
}

fn json(arguments: &[&str]) -> Value {
    let (status, text, errors) = appraise(&[arguments, &["--format", "json"]].concat());
    assert_eq!((status, &*errors), (0, ""));
    serde_json::from_str(&text).unwrap()
}

fn through_stdin(input: &str, arguments: &[&str]) -> (i32, String, String) {
    use std::io::Write;
    let mut child = Command::new(example("appraise"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn judgement<'a>(appraisal: &'a Value, id: &str) -> &'a Value {
    appraisal["judgements"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).unwrap().as_f64().unwrap()
}

fn codes(appraisal: &Value) -> Vec<String> {
    let findings = appraisal["findings"].as_array().unwrap();
    findings.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}
