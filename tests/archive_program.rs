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

    let (_, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
    assert!(out.contains("order unchanged: yes, for 6 of 7 entries\n"), "{out}");
    assert_eq!(err, "the newest 1 entry is not signed yet\n");

    let (_, out, _) = archive.run(&["log", "DIR"]);
    assert_eq!(out.lines().filter(|line| !line.starts_with(' ')).count(), 7, "{out}");
    assert!(out.lines().all(|line| line.len() <= 80), "{out}");
    assert!(out.contains("jd graded item 3a 2: a second source"), "{out}");
    let dir = archive.path("archive");
    let back = ["--item", "3a", "--because", "b", "--by", "jd", "--now", "2026-05-01"];
    assert_eq!(run_example("archive", &[&["grade", &dir, "1"], &back[..]].concat()).0, 0);
    let (status, out, _) = archive.run(&["log", "DIR", "--as-of", "2026-05-31"]);
    assert_eq!((status, out.as_str()), (0, ""), "a date set back changes no earlier state");
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
    assert_eq!(status, 1);
    assert!(err.contains("expected the root"), "{err}");
    let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!(status, 1);
    assert!(out.contains("order unchanged: unknown"), "{out}");
    assert!(err.contains("no trusted key has signed"), "{err}");
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
}

/// Makes the ledger's chain fit lines that were changed, as whoever can write the file can.
fn chained_anew(path: &str, change: impl Fn(&str) -> String) {
    let mut chain = [0; 32].to_vec();
    let mut lines = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let (_, event) = line.split_once("\"event\":").unwrap();
        let event = change(event.strip_suffix('}').unwrap());
        let next = probative::digest::Digest::of(&[&chain, event.as_bytes()].concat());
        lines.push_str(&format!("{{\"chain\":\"{}\",\"event\":{event}}}\n", next.hex()));
        chain = next.as_bytes().to_vec();
    }
    fs::write(path, lines).unwrap();
}

#[test]
fn an_archive_stripped_of_its_signatures_and_written_anew_is_refused() {
    let archive = Archive::begin();
    archive.add("page.html", b"the claim");
    archive.json(&["grade", "DIR", "3", "--item", "3a", "--because", "one source"]);
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    archive.json(&["verify", "DIR", "--trust", &archive.trust]);

    fs::remove_file(archive.path("archive/checkpoint")).unwrap();
    fs::remove_dir_all(archive.path("archive/checkpoints")).unwrap();
    chained_anew(&archive.path("archive/ledger.jsonl"), |event| event.replace("\"3\"", "\"1\""));
    let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("signed by a trusted key: no (0 of 3 entries)"), "{out}");
    assert!(out.contains("order unchanged: unknown"), "{out}");
    assert_eq!(err, "no trusted key has signed anything that is here\n");
    // Without a key nothing is shown, and nothing is said to be.
    let found = archive.json(&["verify", "DIR"]);
    assert_eq!((&found["order"], &found["identity"]), (&"unknown".into(), &"unknown".into()));
}

#[test]
fn a_broken_file_is_named_and_hides_nothing() {
    let archive = Archive::begin();
    let page = archive.add("page.html", b"the claim");
    let key = archive.path("key");
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    archive.add("other.html", b"another claim");
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    let note = "checkpoints/00000000000000000002.note";
    let object = archive.object(&page).display().to_string();
    let inside = |name: &str| archive.path(&format!("archive/{name}"));
    for (file, said) in [
        (inside(note), note),
        (inside("checkpoint"), "checkpoint"),
        (inside("ledger.jsonl"), "ledger.jsonl"),
        (inside("FORMAT.txt"), "FORMAT.txt"),
        (inside("SHA256SUMS"), "SHA256SUMS"),
        (object, &*page),
    ] {
        let good = fs::read(&file).unwrap();
        for at in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::remove_file(&file).unwrap();
            fs::write(&file, bad).unwrap();
            let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
            assert_eq!(status, 1, "{file}, byte {at}: {err}");
            assert!(out.contains("time stamped by a trusted authority: unknown"), "{file}: {out}");
            assert!(err.contains(said), "{file}, byte {at}: {err}");
        }
        fs::remove_file(&file).unwrap();
        fs::write(&file, good).unwrap();
    }
    archive.json(&["verify", "DIR", "--trust", &archive.trust]);

    // What does not verify is told by status 1 and by its file, whatever was asked.
    let ledger = inside("ledger.jsonl");
    let good = fs::read_to_string(&ledger).unwrap();
    fs::write(&ledger, good.replace("other.html", "otter.html")).unwrap();
    let file = archive.path("page.html");
    for arguments in [
        &["add", "DIR", &file, "--url", "u", "--at", TIME][..],
        &["log", "DIR"],
        &["prove", "DIR", "0"],
        &["checkpoint", "DIR", "--key", &key],
    ] {
        let (status, _, err) = archive.run(arguments);
        assert_eq!(status, 1, "{arguments:?}: {err}");
        assert!(err.contains("line 3 of ") && err.contains("ledger.jsonl"), "{err}");
    }
    let (_, out, _) = archive.run(&["verify", "DIR"]);
    assert!(out.contains("bytes unchanged: unknown"), "{out}");
}

#[test]
fn nothing_that_is_recorded_or_found_forges_a_line() {
    let archive = Archive::begin();
    let because = "weak\n2: 2026-06-01T10:00:00Z boss graded item 1 1: all confirmed";
    archive.json(&["grade", "DIR", "5", "--item", "3a", "--because", because]);
    let hidden = "so\u{ad}ft \u{61c}turned \u{2028}parted";
    archive.json(&["note", "DIR", hidden]);
    let (_, out, _) = archive.run(&["log", "DIR"]);
    assert_eq!(
        out.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count(),
        3
    );
    assert!(out.contains("weak\\u{a}2:"), "{out}");
    assert!(!out.contains(['\u{ad}', '\u{61c}', '\u{2028}']), "{out}");

    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let stray = "archive/checkpoints/2.a\nsigned by a trusted key: yes (3 of 3 entries).ots";
    fs::write(archive.path(stray), "").unwrap();
    let other = Archive::begin();
    let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &other.trust]);
    assert_eq!(status, 1);
    assert!(
        !format!("{out}{err}").lines().any(|line| line.starts_with("signed by a trusted key: yes"))
    );
    assert!(err.contains("is no part of an archive"), "{err}");
}

#[test]
fn strangers_and_altered_lists_are_told_and_take_no_bytes_away() {
    let archive = Archive::begin();
    let page = archive.add("page.html", b"the claim");
    archive.add("other.html", b"another claim");
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let sums = archive.path("archive/SHA256SUMS");
    let good = fs::read_to_string(&sums).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let lost = probative::digest::Digest::of(b"lost").hex();
    let made_up = format!("{lost}  objects/sha256/{}/{}\n", &lost[..2], &lost[2..]);
    for (bad, why) in [
        (format!("{}\n", lines[0]), "does not list sha256:"),
        (format!("{}\n{}\n", lines[1], lines[0]), "line 2"),
        (made_up, "which is not there"),
        (good.trim_end().to_owned(), "line 2"),
    ] {
        fs::write(&sums, bad).unwrap();
        let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
        assert_eq!(status, 1);
        assert!(err.contains("SHA256SUMS") && err.contains(why), "{err}");
        assert!(out.contains("bytes unchanged: yes"), "{out}");
    }
    fs::write(&sums, good).unwrap();
    fs::write(archive.path("archive/stranger"), "").unwrap();
    let (status, out, err) = archive.run(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!((status, &*err), (1, "stranger is no part of an archive\n"));
    assert!(out.contains("bytes unchanged: yes"), "{out}");
    fs::remove_file(archive.path("archive/stranger")).unwrap();
    // What was added, or erased by an entry, since the list was written is no fault of it.
    archive.add("third.html", b"a third claim");
    archive.json(&["withdraw", "DIR", "--object", &page, "--because", "a court's order"]);
    archive.json(&["verify", "DIR", "--trust", &archive.trust]);
}

#[test]
fn a_proof_is_written_where_nothing_lies() {
    let archive = Archive::begin();
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let ledger = archive.path("archive/ledger.jsonl");
    let before = fs::read(&ledger).unwrap();
    let (status, _, err) = archive.run(&["prove", "DIR", "0", "--out", &ledger]);
    assert_eq!(status, 2);
    assert!(err.contains(&ledger) && err.contains("exists"), "{err}");
    assert_eq!(fs::read(&ledger).unwrap(), before);
    let (status, _, err) = archive.run(&["prove", "DIR", "0", "--out", "/nowhere/x"]);
    assert!(status == 2 && err.contains("/nowhere/x"), "{err}");
}

#[test]
fn a_second_key_leaves_the_note_of_the_first_as_it_is() {
    let archive = Archive::begin();
    let (key, other) = (archive.path("key"), archive.path("other.key"));
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    let note = archive.path("archive/checkpoints/00000000000000000001.note");
    let first = fs::read(&note).unwrap();
    fs::write(archive.path("x.ots"), "a proof of time").unwrap();
    archive.json(&["checkpoint", "DIR", "--attach", &archive.path("x.ots")]);

    let second = probative::archive::note::SigningKey::generate(ORIGIN).unwrap();
    second.write_new(Path::new(&other)).unwrap();
    archive.json(&["checkpoint", "DIR", "--key", &other]);
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    assert_eq!(fs::read(&note).unwrap(), first);
    let kept = fs::read_dir(archive.path("archive/checkpoints")).unwrap();
    let mut kept: Vec<String> =
        kept.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    kept.sort();
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert_eq!(kept[0], "00000000000000000001-2.note");
    let trust = ["--trust", &archive.trust, "--trust", &second.verifier().to_string()];
    archive.json(&[&["verify", "DIR"], &trust[..]].concat());
}

#[test]
fn a_key_is_of_the_archive_and_lies_outside_of_it() {
    let archive = Archive::begin();
    let init = |dir: &str, origin: &str, key: &str| {
        let (dir, key) = (archive.path(dir), archive.path(key));
        archive.run(&["init", &dir, "--origin", origin, "--key", &key])
    };
    let (status, _, err) = init("second", "e.org/other", "key");
    assert_eq!(status, 2);
    assert!(err.contains("`e.org/other`") && err.contains(ORIGIN), "{err}");
    fs::write(archive.path("afile"), "a file").unwrap();
    assert_eq!(init("afile", "e.org/c", "new.key").0, 2);
    assert!(!Path::new(&archive.path("new.key")).exists());
    assert_eq!(fs::read(archive.path("afile")).unwrap(), b"a file");
    fs::create_dir(archive.path("other")).unwrap();
    for key in ["third/key", "third/deep/key", "other/../third/key", "new/../third/key"] {
        let (status, _, err) = init("third", "e.org/c", key);
        assert_eq!(status, 2, "{key}");
        assert!(err.contains("outside of the archive"), "{err}");
    }
    assert!(!Path::new(&archive.path("third")).exists());
}

#[test]
fn a_file_whose_capture_cannot_be_recorded_is_not_kept() {
    let archive = Archive::begin();
    let file = archive.path("page");
    fs::write(&file, "never named").unwrap();
    let long = format!("https://e.org/{}", "x".repeat(70_000));
    for url in [&*long, "", " "] {
        let (status, _, err) = archive.run(&["add", "DIR", &file, "--url", url, "--at", TIME]);
        assert_eq!(status, 2);
        assert!(err.contains("expected"), "{err}");
    }
    let mut add = Command::new(example("archive"));
    add.arg("add").arg(archive.path("archive")).arg(&file).env_remove("USER");
    let (status, _, err) = run(add.args(["--url", "u", "--at", TIME]));
    assert!(status == 2 && err.contains("--by"), "{err}");
    // A head that cannot be read comes after the file was kept.
    let head = archive.path("nohead");
    let (status, ..) =
        archive.run(&["add", "DIR", &file, "--url", "u", "--at", TIME, "--head", &head]);
    assert_eq!(status, 2);
    assert_eq!(archive.json(&["verify", "DIR"])["objects"], 0);
    // Of a file that was kept before, nothing is taken away.
    archive.add("page", b"never named");
    let (status, ..) =
        archive.run(&["add", "DIR", &file, "--url", "u", "--at", TIME, "--head", &head]);
    assert_eq!(status, 2);
    assert_eq!(archive.json(&["verify", "DIR"])["objects"], 1);
}

#[test]
fn only_a_proof_of_time_is_attached() {
    let archive = Archive::begin();
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    for (name, bytes, why) in [
        ("x.note", b"x".to_vec(), "`tsr` or `ots`, found `note`"),
        ("x", b"x".to_vec(), "`tsr` or `ots`, found ``"),
        ("long.ots", vec![1; 3_000_000], "at most 1 MiB"),
        #[cfg(feature = "timestamp")]
        ("junk.tsr", b"junk".to_vec(), "expected a time stamp over"),
    ] {
        let file = archive.path(name);
        fs::write(&file, bytes).unwrap();
        let (status, _, err) = archive.run(&["checkpoint", "DIR", "--attach", &file]);
        assert_ne!(status, 0, "{name}");
        assert!(err.contains(why) && err.contains(&file), "{name}: {err}");
    }
    assert_eq!(fs::read_dir(archive.path("archive/checkpoints")).unwrap().count(), 1);
    archive.json(&["verify", "DIR", "--trust", &archive.trust]);
}

#[test]
fn many_attach_and_sign_at_once() {
    let archive = Archive::begin();
    let key = archive.path("key");
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let (archive, key) = (&archive, &key);
            scope.spawn(move || {
                for round in 0..5 {
                    let file = archive.path(&format!("{worker}-{round}.ots"));
                    // Some are the same proof.
                    fs::write(&file, format!("proof {}", worker % 4 + round)).unwrap();
                    archive.json(&["checkpoint", "DIR", "--attach", &file]);
                    archive.json(&["checkpoint", "DIR", "--key", key]);
                }
            });
        }
    });
    let found = archive.json(&["verify", "DIR", "--trust", &archive.trust]);
    assert_eq!(found["stamps"].as_array().unwrap().len(), 8, "{found}");
}

#[test]
fn an_archive_verifies_while_others_add_to_it() {
    let archive = Archive::begin();
    let key = archive.path("key");
    archive.json(&["checkpoint", "DIR", "--key", &key]);
    let done = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (archive, key, done) = (&archive, &key, &done);
            scope.spawn(move || {
                for round in 0..12 {
                    let name = format!("{worker}-{round}");
                    archive.add(&name, format!("page {}", worker * round).as_bytes());
                    if worker == 0 {
                        archive.json(&["checkpoint", "DIR", "--key", key]);
                    }
                }
                done.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            });
        }
        while done.load(std::sync::atomic::Ordering::SeqCst) < 4 {
            let found = archive.json(&["verify", "DIR", "--trust", &archive.trust]);
            assert_eq!(found["bytes"], "yes");
        }
    });
    assert_eq!(archive.json(&["verify", "DIR"])["pending"], 0);
}

#[test]
fn reading_writes_nothing() {
    let archive = Archive::begin();
    archive.add("page.html", b"the claim");
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let left = archive.path("archive/temporary/put-1-1");
    fs::write(&left, "half").unwrap();
    let ledger = archive.path("archive/ledger.jsonl");
    let torn = format!("{}{{\"chain\"", fs::read_to_string(&ledger).unwrap());
    fs::write(&ledger, &torn).unwrap();
    fs::remove_file(archive.path("archive/ledger.lock")).unwrap();
    assert_eq!(archive.run(&["verify", "DIR"]).0, 1);
    assert_eq!(archive.run(&["log", "DIR"]).0, 1);
    archive.json(&["prove", "DIR", "0"]);
    assert!(Path::new(&left).exists());
    assert!(!Path::new(&archive.path("archive/ledger.lock")).exists());
    assert_eq!(fs::read_to_string(&ledger).unwrap(), torn);

    let (_, _, err) = archive.run(&["note", "DIR", "after the crash"]);
    assert!(err.contains("the ledger's end was torn: 8 bytes from "), "{err}");
    assert!(err.contains(": put aside in ") && !err.contains("PutAside"), "{err}");
    assert!(!Path::new(&left).exists());
}

#[test]
fn an_error_names_its_file_and_what_was_expected() {
    let archive = Archive::begin();
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let text = archive.path("text");
    fs::write(&text, "just some text\n").unwrap();
    fs::write(archive.path("bad.arc"), "filedesc://x.arc 0.0.0.0 2020 text/plain 77\n").unwrap();
    fs::write(archive.path("none.warc"), "").unwrap();
    fs::write(archive.path("roots"), b"0\x82\xff\xfe").unwrap();
    let (trust, at) = (archive.trust.clone(), ["--url", "u", "--at", TIME]);
    let folder = archive.place.path().to_str().unwrap().to_owned();
    for (arguments, status, why) in [
        (&["import", "DIR", &text][..], 2, &*text),
        (&["verify", "DIR", "--trust", &trust, "--pin", &text], 2, &text),
        (&[&["add", "DIR", &folder], &at[..]].concat(), 2, &folder),
        (&["verify", &text], 2, "expected an archive's folder"),
        (&["verify", &text], 2, "found `just some text`"),
        (&["verify", &archive.path("bad.arc")], 1, "ARC"),
        (&["verify", &archive.path("none.warc")], 1, "expected"),
        #[cfg(feature = "timestamp")]
        (&["verify", "DIR", "--tsa", &archive.path("roots")], 2, "certificates in PEM"),
    ] {
        let (found, _, err) = archive.run(arguments);
        assert_eq!(found, status, "{arguments:?}: {err}");
        assert!(err.contains(why), "{arguments:?}: {err}");
    }
    #[cfg(feature = "timestamp")]
    {
        // Nothing is stamped, and somebody asked for that.
        fs::write(archive.path("roots"), ROOT).unwrap();
        let (status, out, err) = archive.run(&["verify", "DIR", "--tsa", &archive.path("roots")]);
        assert_eq!(status, 1, "{err}");
        assert!(out.contains("time stamped by a trusted authority: no"), "{out}");
        assert!(err.contains("no trusted authority has stamped"), "{err}");
    }
}

/// A root that has stamped nothing.
#[cfg(feature = "timestamp")]
const ROOT: &str = "-----BEGIN CERTIFICATE-----
MIIBSDCB+6ADAgECAhRhSw+EHGFRSTVx1vBrUgwBS3TQrDAFBgMrZXAwGTEXMBUG
A1UEAwwOUm9vdCBmb3IgdGVzdHMwIBcNMjYxMTI1MjIyNTUwWhgPMjA4MTA4Mjgy
MjI1NTBaMBkxFzAVBgNVBAMMDlJvb3QgZm9yIHRlc3RzMCowBQYDK2VwAyEAU1Ds
b/HWmcQ79ynNios7ArrZZ4rSdxlPCXBFh59g7BejUzBRMB0GA1UdDgQWBBTJDODg
M+R7tk1/NfmdxB9gQQhHqzAfBgNVHSMEGDAWgBTJDODgM+R7tk1/NfmdxB9gQQhH
qzAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAKtf/d08XkcyaJ4HFLRPX/RqwArI
qF8wnwgNLyg4ywhcnUzy6nf5nXxmCQ1kEzxMmB8EBg6BNAtfXHhiNVN7tAs=
-----END CERTIFICATE-----
";

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let archive = Archive::begin();
    for at in 0..30 {
        archive.json(&["note", "DIR", &format!("{at} {}", "x".repeat(9_000))]);
    }
    let log = format!("{} log {} | head -1", example("archive").display(), archive.path("archive"));
    let (status, out, err) =
        run(Command::new("bash").args(["-c", &format!("set -o pipefail; {log}")]));
    assert_eq!((status, &*err), (0, ""), "{out}");
    assert!(out.starts_with("0: ") && out.lines().count() == 1, "{out}");
}

#[test]
fn what_is_odd_is_recorded_and_told() {
    let archive = Archive::begin();
    let lost = probative::digest::Digest::of(b"lost").to_string();
    for (arguments, told) in [
        (&["withdraw", "DIR", "--object", &lost, "--because", "b"][..], &*lost),
        (&["withdraw", "DIR", "--item", "9z", "--because", "b"], "item 9z"),
    ] {
        let (status, _, err) = archive.run(arguments);
        assert_eq!(status, 0, "{err}");
        assert!(
            err.contains("nothing in the ledger bears the name") && err.contains(told),
            "{err}"
        );
    }
    let page = archive.path("page.html");
    fs::write(&page, "<p>the claim</p>").unwrap();
    let (status, _, err) =
        archive.run(&["add", "DIR", &page, "--url", "u", "--at", "2026-06-02T10:00:00Z"]);
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("is later than now") && err.contains("--media-type"), "{err}");
    for arguments in [
        &["grade", "DIR", "3", "--item", "", "--because", "b"][..],
        &["withdraw", "DIR", "--source", " ", "--because", "b"],
    ] {
        let (status, _, err) = archive.run(arguments);
        assert!(status == 2 && err.contains("says something, found it empty"), "{err}");
    }
}

#[test]
fn a_checkpoint_by_itself_is_verified() {
    let archive = Archive::begin();
    archive.json(&["checkpoint", "DIR", "--key", &archive.path("key")]);
    let note = archive.path("sent.note");
    fs::copy(archive.path("archive/checkpoint"), &note).unwrap();
    let found = archive.json(&["verify", &note, "--trust", &archive.trust]);
    assert_eq!((&found["origin"], &found["size"]), (&ORIGIN.into(), &1.into()));
    assert_eq!(found["signed_by"], serde_json::json!([archive.trust]));
    assert_eq!(found["root"].as_str().unwrap().len(), 44);
    let other = Archive::begin();
    assert_eq!(archive.run(&["verify", &note, "--trust", &other.trust]).0, 1);
    let forged = fs::read_to_string(&note).unwrap().replace("\n1\n", "\n2\n");
    fs::write(&note, forged).unwrap();
    let (status, out, _) = archive.run(&["verify", &note, "--trust", &archive.trust]);
    assert!(status == 1 && out.contains("refused: "), "{out}");
}

#[test]
fn all_that_a_report_says_of_items_and_sources_can_be_recorded() {
    let archive = Archive::begin();
    let (file, head) = (archive.path("page.html"), archive.path("head"));
    fs::write(&file, "<p>the claim</p>").unwrap();
    let raw = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    fs::write(&head, raw).unwrap();
    let added = archive.json(&[
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
        "--status",
        "200",
        "--head",
        &head,
    ]);
    let kept = added["event"]["what"]["captured"]["head"].as_str().unwrap();
    assert_eq!(kept, probative::digest::Digest::of(raw.as_bytes()).to_string());
    assert_eq!(fs::read(archive.object(kept)).unwrap(), raw.as_bytes());
    let registered =
        ["register", "DIR", "us-treasury", "--name", "US Treasury", "--kind", "official"];
    archive.json(&[&registered[..], &["--owner", "us", "--url", "https://t.gov/"]].concat());
    archive.json(&["authenticate", "DIR", "verified", "--item", "3a", "--because", "its seal"]);
    archive.json(&["derive", "DIR", "--item", "3a", "--from", "us-treasury", "--from", "2b"]);
    archive.json(&["derive", "DIR", "--item", "2b", "--first-hand"]);
    archive.json(&["note", "DIR", "asked again in July", "--source", "us-treasury"]);
    assert_eq!(archive.run(&["derive", "DIR", "--item", "2b"]).0, 2);
    let (_, out, _) = archive.run(&["log", "DIR"]);
    for said in [
        "registered source us-treasury: US Treasury, kind official",
        "found item 3a verified: its seal",
        "derived item 3a from us-treasury, 2b",
        "declared item 2b first-hand",
        "noted of source us-treasury: asked again in July",
    ] {
        assert!(out.replace("\n    ", " ").contains(said), "{said}: {out}");
    }
    let found = archive.json(&["verify", "DIR"]);
    assert_eq!((&found["objects"], &found["entries"]), (&2.into(), &7.into()));
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
    assert!(out.replace("\n    ", " ").contains(", 11 bytes: sha256:"), "{out}");
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
