//! `examples/archive`, as a person runs it.
#![cfg(feature = "archive")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::program::{example, run, run_example};
use serde_json::Value;

const TIME: &str = "2026-06-01T10:00:00Z";
const ORIGIN: &str = "example.org/case-7";

struct Archive {
    place: tempfile::TempDir,
    trust: String,
}

impl Archive {
    fn begin() -> Self {
        let place = tempfile::tempdir().unwrap();
        let mut archive = Self { place, trust: String::new() };
        let key = archive.path("key");
        let begun = archive.json(&["init", "DIR", "--origin", ORIGIN, "--key", &key]);
        begun["verifier"].as_str().unwrap().clone_into(&mut archive.trust);
        archive
    }

    fn path(&self, name: &str) -> String {
        self.place.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let dir = self.path("archive");
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|argument| if *argument == "DIR" { dir.as_str() } else { argument })
            .chain(["--by", "jd", "--now", TIME])
            .collect();
        run_example("archive", &arguments)
    }

    /// What a command that must succeed prints, as one JSON object.
    fn json(&self, arguments: &[&str]) -> Value {
        let (status, out, err) = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(status, 0, "{arguments:?}: {out}{err}");
        serde_json::from_str(&out).unwrap()
    }

    fn add(&self, name: &str, bytes: &[u8]) -> String {
        let file = self.path(name);
        fs::write(&file, bytes).unwrap();
        let url = format!("https://example.com/{name}");
        let added = self.json(&["add", "DIR", &file, "--url", &url, "--at", TIME, "--item", "3a"]);
        added["event"]["what"]["captured"]["digest"].as_str().unwrap().to_owned()
    }

    fn object(&self, digest: &str) -> PathBuf {
        let hex = digest.strip_prefix("sha256:").unwrap();
        Path::new(&self.path("archive")).join("objects/sha256").join(&hex[..2]).join(&hex[2..])
    }
}

#[test]
fn a_case_from_its_beginning_to_its_proof() {
    let archive = Archive::begin();
    let page = archive.add("page.html", b"<p>the claim</p>");
    let other = archive.add("other.html", b"to be erased");
    archive.json(&["grade", "DIR", "B", "--source", "us-treasury", "--because", "record"]);
    archive.json(&["grade", "DIR", "3", "--item", "3a", "--because", "one source"]);
    archive.json(&["withdraw", "DIR", "--object", &other, "--because", "a court's order"]);
    assert!(archive.object(&page).exists() && !archive.object(&other).exists());

    let key = archive.path("key");
    let signed = archive.json(&["checkpoint", "DIR", "--key", &key]);
    assert_eq!(signed["size"], 6);
    archive.json(&["grade", "DIR", "2", "--item", "3a", "--because", "a second source"]);

    let found = archive.json(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!(found["entries"], 7);
    assert_eq!(found["covered"], 6);
    for answer in ["bytes", "order", "identity"] {
        assert_eq!(found[answer], "yes", "{found}");
    }
    // Without a key from elsewhere, nobody is known to vouch.
    assert_eq!(archive.json(&["verify", "DIR"])["identity"], "unknown");

    let proof = archive.path("entry.tlog-proof");
    archive.json(&["prove", "DIR", "4", "--out", &proof]);
    let proven = archive.json(&["verify", &proof, "--trust", &archive.trust]);
    assert_eq!(proven["entry"]["event"]["what"]["graded"]["mark"]["credibility"], "3");
    let forged = fs::read_to_string(&proof).unwrap().replace("index 4", "index 3");
    fs::write(&proof, forged).unwrap();
    let (status, out, _) = archive.run(&["verify", &proof, "--trust", &archive.trust]);
    assert_eq!(status, 1, "{out}");
    let (status, ..) = archive.run(&["prove", "DIR", "6"]);
    assert_eq!(status, 2, "entry 6 is not signed for yet");

    let (_, out, _) = archive.run(&["log", "DIR"]);
    assert_eq!(out.lines().count(), 7, "{out}");
    assert!(out.contains("jd graded item 3a 2: a second source"), "{out}");
    let (status, out, _) = archive.run(&["log", "DIR", "--as-of", "2026-05-31"]);
    assert_eq!((status, out.as_str()), (0, ""));
}

#[test]
fn coreutils_alone_can_check_the_objects() {
    if !common::shared::program_runs("sha256sum", &["--version"]) {
        return;
    }
    let archive = Archive::begin();
    let page = archive.add("page.html", b"one");
    archive.add("empty", b"");
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let check = || {
        let mut sums = Command::new("sha256sum");
        run(sums.args(["-c", "SHA256SUMS"]).current_dir(archive.path("archive"))).0
    };
    assert_eq!(check(), 0);
    fs::remove_file(archive.object(&page)).unwrap();
    fs::write(archive.object(&page), b"two").unwrap();
    assert_eq!(check(), 1);
}

#[test]
fn what_was_changed_is_named_and_the_status_is_1() {
    let archive = Archive::begin();
    let page = archive.add("page.html", b"the claim");
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    fs::remove_file(archive.object(&page)).unwrap();
    fs::write(archive.object(&page), b"the slaim").unwrap();
    let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!(status, 1);
    assert!(out.contains("bytes unchanged: no"), "{out}");
    assert!(err.contains(&page) && err.contains("has changed"), "{err}");
    fs::remove_file(archive.object(&page)).unwrap();
    let (status, _, err) = archive.run(&["verify", "DIR"]);
    assert_eq!(status, 1);
    assert!(err.contains("is missing"), "{err}");
}

#[test]
fn a_history_written_anew_is_not_signed_nor_accepted() {
    let archive = Archive::begin();
    archive.add("page.html", b"the claim");
    let key = archive.path("key");
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    let pin = archive.path("seen.note");
    fs::copy(Path::new(&archive.path("archive")).join("checkpoint"), &pin).unwrap();

    // The same archive, put back to before and gone on with otherwise, its notes gone.
    fs::remove_dir_all(archive.path("archive")).unwrap();
    archive.json(&["init", "DIR", "--origin", ORIGIN, "--key", &key]);
    archive.add("page.html", b"another claim");
    let (status, _, err) = archive.run(&["checkpoint", "DIR", "--key", &key]);
    assert_eq!(status, 2);
    assert!(err.contains("expected the root"), "{err}");
    archive.json(&["verify", "DIR", "--trust", &archive.trust]);
    let (status, _, err) =
        archive.run(&["verify", "DIR", "--trust", &archive.trust, "--pin", &pin]);
    assert_eq!(status, 1);
    assert!(err.contains("not those that were signed for"), "{err}");
}

#[test]
fn a_signature_by_nobody_trusted_counts_for_nothing() {
    let archive = Archive::begin();
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let other = Archive::begin();
    let (status, out, _) = archive.run(&["verify", "DIR", "--trust", &other.trust]);
    assert_eq!(status, 1);
    assert!(out.contains("signed by a trusted key: no"), "{out}");
    // Stripped of its signature, the archive is not called signed.
    for file in ["checkpoint", "checkpoints/00000000000000000001.note"] {
        fs::remove_file(Path::new(&archive.path("archive")).join(file)).unwrap();
    }
    let found = archive.json(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!((&found["identity"], &found["covered"]), (&"unknown".into(), &0.into()));
}

#[test]
fn the_program_refuses_with_status_2_and_says_why() {
    let archive = Archive::begin();
    for (arguments, why) in [
        (&["add", "DIR", "/nowhere", "--url", "u", "--at", TIME][..], "/nowhere"),
        (&["grade", "DIR", "7", "--item", "3a", "--because", "b"], "expected a letter"),
        (&["grade", "DIR", "3", "--source", "s", "--because", "b"], "expected a letter for"),
        (&["grade", "DIR", "3", "--item", "3a", "--because", " "], "because"),
        (&["prove", "DIR", "0"], "nothing was signed"),
        (&["init", "DIR", "--origin", ORIGIN, "--key", &archive.path("key")], "already"),
        (&["log", "/nowhere"], "/nowhere"),
    ] {
        let (status, out, err) = archive.run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(why), "{arguments:?}: {err}");
    }
}

#[test]
fn standard_input_is_kept_and_what_would_act_on_a_terminal_is_shown() {
    let archive = Archive::begin();
    let dir = archive.path("archive");
    let url = "https://\u{202e}moc.example\u{1b}[2J/";
    let input = tempfile::NamedTempFile::new().unwrap();
    fs::write(input.path(), "from a pipe").unwrap();
    let mut add = Command::new(example("archive"));
    add.args(["add", &dir, "-", "--url", url, "--at", TIME, "--by", "jd"])
        .stdin(Stdio::from(input.reopen().unwrap()));
    let (status, out, err) = run(&mut add);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("\\u{202e}moc") && out.contains("\\u{1b}[2J"), "{out}");
    assert!(!out.contains('\u{202e}') && !out.contains('\u{1b}'));
    assert!(out.contains("(11 bytes)"), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf_8_is_no_trouble() {
    use std::os::unix::ffi::OsStrExt as _;
    let archive = Archive::begin();
    let file = archive.place.path().join(std::ffi::OsStr::from_bytes(b"p\xe4ge.html"));
    fs::write(&file, "latin").unwrap();
    let mut add = Command::new(example("archive"));
    add.arg("add").arg(archive.path("archive")).arg(&file);
    add.args(["--url", "https://example.com/", "--at", TIME, "--by", "jd"]);
    assert_eq!(run(&mut add).0, 0);
    let stray = Path::new(&archive.path("archive")).join("objects");
    fs::write(stray.join(std::ffi::OsStr::from_bytes(b"\xff")), "").unwrap();
    let (status, _, err) = archive.run(&["verify", "DIR"]);
    assert_eq!(status, 1);
    assert!(err.contains("is no object"), "{err}");
}

#[test]
fn warc_and_wacz_files_are_brought_in_and_checked() {
    let archive = Archive::begin();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>the claim</p>";
    let digest = probative::digest::Digest::of(page.as_bytes());
    let warc = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.org/\r\n\
         WARC-Date: 2026-05-01T10:00:00Z\r\nContent-Type: application/http\r\n\
         WARC-Block-Digest: {digest}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    let good = archive.path("good.warc");
    fs::write(&good, &warc).unwrap();
    assert_eq!(archive.json(&["verify", &good])["records"], 1);
    let imported = archive.json(&["import", "DIR", &good]);
    assert_eq!((&imported["captures"], &imported["records"]), (&1.into(), &1.into()));
    let found = archive.json(&["verify", "DIR"]);
    assert_eq!((&found["objects"], &found["bytes"]), (&2.into(), &"yes".into()));

    let bad = archive.path("bad.warc");
    fs::write(&bad, warc.replace("the claim", "the slaim")).unwrap();
    for arguments in [&["verify", &bad][..], &["import", "DIR", &bad]] {
        let (status, _, err) = archive.run(arguments);
        assert_eq!(status, 1);
        assert!(err.contains("WARC-Block-Digest: expected"), "{err}");
    }
    let (_, out, _) = archive.run(&["log", "DIR", "--json"]);
    let last: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    let faults = &last["event"]["what"]["captured"]["faults"];
    assert!(faults[0].as_str().unwrap().contains("WARC-Block-Digest"), "{last}");

    let none = archive.path("none.wacz");
    fs::write(&none, "PK\x03\x04 and no more").unwrap();
    assert_eq!(archive.run(&["verify", &none]).0, 1);
    assert_eq!(archive.run(&["import", "DIR", &none]).0, 2);
}

#[test]
fn shared_packages_are_brought_in() {
    let Some(folder) = common::shared::shared("data/wacz") else { return };
    let archive = Archive::begin();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let imported = archive.json(&["import", "DIR", &path("valid_signed_example_1.wacz")]);
    assert_eq!(imported["captures"], 2);
    assert!(imported["signature"].as_str().unwrap().contains("not verified"), "{imported}");
    let (status, out, err) = archive.run(&["import", "DIR", &path("invalid_example_1.wacz")]);
    assert_eq!(status, 1, "{out}{err}");
    assert!(out.contains("nothing was recorded") && err.contains("sha224"), "{err}");
}

#[test]
fn a_report_is_checked_against_the_archive() {
    let archive = Archive::begin();
    let page = archive.add("page.html", b"the claim");
    let report = archive.path("report.toml");
    let write = |digest: &str| {
        let text = format!(
            "format = \"probative/1\"\ntitle = \"t\"\n[[sources]]\nid = \"s\"\nname = \"S\"\n\
             [[items]]\nid = \"3a\"\nsource = \"s\"\nclaim = \"c\"\n\
             captures = [{{ digest = \"{digest}\" }}]\n"
        );
        fs::write(&report, text).unwrap();
    };
    write(&page);
    assert_eq!(archive.json(&["check", "DIR", &report])["archive"], "verified");
    write(&probative::digest::Digest::of(b"elsewhere").to_string());
    let (status, out, _) = archive.run(&["check", "DIR", &report]);
    assert_eq!((status, out.as_str()), (1, "3a: missing\n"));
    fs::write(&report, "nonsense").unwrap();
    assert_eq!(archive.run(&["check", "DIR", &report]).0, 2);
}

#[test]
fn a_page_whose_furniture_changed_is_told_from_one_whose_claim_changed() {
    let archive = Archive::begin();
    let file = archive.path("page.html");
    for page in [
        "<p class=a>The column left.</p><script>ad(1)</script>",
        "<p class=b>The column <b>left</b>.</p><script>ad(2)</script>",
        "<p class=b>The column stayed.</p>",
    ] {
        fs::write(&file, page).unwrap();
        archive.json(&[
            "add",
            "DIR",
            &file,
            "--url",
            "https://e.org/",
            "--at",
            TIME,
            "--item",
            "3a",
            "--media-type",
            "text/html",
        ]);
    }
    let report = archive.path("report.toml");
    let text = "format = \"probative/1\"\ntitle = \"t\"\n[[sources]]\nid = \"s\"\nname = \"S\"\n\
        [[items]]\nid = \"3a\"\nsource = \"s\"\nclaim = \"c\"\n";
    fs::write(&report, text).unwrap();
    let (status, out, _) = archive.run(&["check", "DIR", &report]);
    assert_eq!(status, 0);
    let told: Vec<&str> = out.lines().skip(1).collect();
    assert_eq!(
        told,
        [
            "3a: https://e.org/ captured again since entry 1: bytes differ, text the same",
            "3a: https://e.org/ captured again since entry 2: bytes differ, text differs",
        ]
    );
    let (_, out, _) = archive.run(&["check", "DIR", &report, "--json"]);
    let again: Value = serde_json::from_str(out.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&again["same_bytes"], &again["same_text"]), (&false.into(), &true.into()));
}
