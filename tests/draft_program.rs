//! The program `draft`, as a person runs it.
#![cfg(feature = "draft")]
#![allow(clippy::unwrap_used)] // in what tests share as well

mod common;

use std::path::Path;

use common::program::run_example;
use probative::report::Report;

const TEXT: &str =
    "KJ-1: It is likely that it rains.\n\na. Clouds came (source: https://sky.example.com/a).\n";

#[test]
fn a_draft_is_written_whole_and_findings_go_to_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("a.txt"), TEXT).unwrap();
    std::fs::write(at("r.csv"), "name,reliability,domains\nSky,C,sky.example.com\n").unwrap();
    let arguments = [&at("a.txt"), "--output", &at("a.toml"), "--registry", &at("r.csv")];
    let (status, out, err) = run_example("draft", &arguments);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("info[registry-letter]") && err.contains("-->"), "{err}");
    let report = Report::load(at("a.toml")).unwrap();
    assert_eq!(report.sources()[0].reliability.map(|one| one.to_string()).as_deref(), Some("C"));
    assert!(std::fs::read_to_string(at("a.toml")).unwrap().contains("# line 3, column 16"));

    let (status, out, _) = run_example("draft", &[&at("a.txt"), "--format", "json", "--quiet"]);
    assert_eq!(status, 0);
    assert_eq!(Report::from_json(&out).unwrap().items().len(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn bad_input_is_refused_with_status_2_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let wide: Vec<u8> = "KJ-1: It is likely.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = vec![b' '; 50 << 20];
    for (name, bytes, expected) in [
        ("a.pdf", &b"%PDF-1.7\n"[..], "a PDF"),
        ("long.txt", &long, "at most"),
        ("latin.txt", b"KJ-1: caf\xE9", "0xE9 at byte 9"),
        ("wide.txt", &wide, "UTF-16"),
        ("empty.txt", b"", "no text"),
        ("prose.txt", b"The mill stands by the river.", "at least one judgement"),
    ] {
        std::fs::write(at(name), bytes).unwrap();
        let (status, out, err) = run_example("draft", &[&at(name), "--output", &at("out.toml")]);
        assert_eq!((status, out.as_str()), (2, ""), "{name}");
        assert!(err.contains(expected) && err.contains(name), "{name}: {err}");
        assert!(!Path::new(&at("out.toml")).exists());
    }
    let (status, _, err) = run_example("draft", &[at("absent.txt")]);
    assert!(status == 2 && err.contains("absent.txt: cannot be read"), "{err}");
    std::fs::write(at("a.txt"), TEXT).unwrap();
    std::fs::write(at("r.toml"), "[[sources]]\nreliability = \"Q\"\n").unwrap();
    let (status, _, err) = run_example("draft", &[at("a.txt"), "--registry".into(), at("r.toml")]);
    assert!(status == 2 && err.lines().count() == 2 && err.contains("r.toml:"), "{err}");
}
