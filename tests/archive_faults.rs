//! Every system call of a writing program made to fail, or its last one: what was acknowledged is
//! there afterwards, nothing is half, and the next write goes on.
#![cfg(all(feature = "archive", target_os = "linux"))]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::program::{example, run};
use common::shared::program_runs;
use serde_json::Value;

/// The calls by which files are changed. Each is failed in every way below, at each of its places.
const WRITING: [&str; 12] = [
    "fchmod",
    "fdatasync",
    "fsync",
    "ftruncate",
    "getrandom",
    "linkat",
    "lseek",
    "mkdirat",
    "renameat",
    "renameat2",
    "unlinkat",
    "write",
];
/// Those by which they are found and read. A failure of one must not be taken for an empty file.
const READING: [&str; 5] = ["flock", "getdents64", "openat2", "pread64", "read"];

/// How a call fails: the disk, its room, a signal that only interrupts, and the end of the process.
const FAULTS: [&str; 4] = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=SIGKILL"];

struct Case {
    place: tempfile::TempDir,
}

impl Case {
    /// An archive with one capture and one checkpoint, and a page to be added.
    fn begin() -> Self {
        let case = Self { place: tempfile::tempdir().unwrap() };
        fs::write(case.path("page"), "a page, as it was read").unwrap();
        fs::write(case.path("other"), "another page").unwrap();
        assert_eq!(case.archive(&case.init()).0, 0);
        assert_eq!(case.archive(&case.add("other")).0, 0);
        assert_eq!(case.archive(&case.sign()).0, 0);
        case
    }

    /// The same, anew.
    fn copy(&self) -> Self {
        let place = tempfile::tempdir().unwrap();
        let from = format!("{}/.", self.place.path().display());
        let copied = Command::new("cp").args(["-a", &from]).arg(place.path()).status().unwrap();
        assert!(copied.success());
        Self { place }
    }

    fn path(&self, name: &str) -> String {
        self.place.path().join(name).to_str().unwrap().to_owned()
    }

    fn init(&self) -> Vec<String> {
        let (dir, key) = (self.path("archive"), self.path("key"));
        ["init", &dir, "--origin", "e.org/c", "--key", &key].map(str::to_owned).to_vec()
    }

    fn add(&self, name: &str) -> Vec<String> {
        let (dir, file) = (self.path("archive"), self.path(name));
        let add = ["add", &dir, &file, "--url", "https://e.org/", "--at", "2026-06-01"];
        add.map(str::to_owned).to_vec()
    }

    fn sign(&self) -> Vec<String> {
        let (dir, key) = (self.path("archive"), self.path("key"));
        ["checkpoint", &dir, "--key", &key].map(str::to_owned).to_vec()
    }

    fn archive(&self, arguments: &[String]) -> (i32, String, String) {
        run(Command::new(example("archive")).args(arguments).args(["--by", "jd", "--json"]))
    }

    /// Runs the program with what `strace` is told.
    fn traced(&self, strace: &[&str], arguments: &[String]) -> (i32, String, String) {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(self.path("trace")).args(strace);
        run(command.arg(example("archive")).args(arguments).args(["--by", "jd", "--json"]))
    }

    /// How often each of the calls is made.
    fn count(&self, arguments: &[String]) -> BTreeMap<String, usize> {
        let calls = [&WRITING[..], &READING[..]].concat();
        let filter = format!("trace={}", calls.join(","));
        assert_eq!(self.traced(&["-e", &filter], arguments).0, 0);
        let trace = fs::read_to_string(self.path("trace")).unwrap();
        let mut counts = BTreeMap::new();
        for line in trace.lines() {
            let call = line.split_once(' ').and_then(|(_, call)| call.trim().split_once('('));
            if let Some((call, _)) = call {
                *counts.entry(call.to_owned()).or_default() += 1;
            }
        }
        assert!(counts.contains_key("write") && counts.contains_key("openat2"), "{counts:?}");
        counts
    }

    /// What the log says was captured, how often; and the problems that an inspection names.
    fn look(&self) -> (usize, Vec<String>) {
        let log = ["log".to_owned(), self.path("archive")];
        let (_, log, _) = self.archive(&log);
        let captured = log.lines().filter(|line| line.contains("\"captured\":")).count();
        let (status, out, err) = self.archive(&["verify".to_owned(), self.path("archive")]);
        assert!(status == 0 || status == 1, "cannot be read any more: {err}");
        let verdict: Value = serde_json::from_str(&out).unwrap();
        let problems = verdict["problems"].as_array().unwrap().iter();
        (captured, problems.map(|problem| problem.as_str().unwrap().to_owned()).collect())
    }
}

/// Fails each call of the program at each of its places in each way, and has `check` look at what
/// is left each time.
fn at_every_call(
    template: &Case,
    arguments: impl Fn(&Case) -> Vec<String>,
    check: impl Fn(&Case, i32, &str, &str),
) {
    let mut failures = [0; 2];
    let dry = template.copy();
    for (call, places) in dry.count(&arguments(&dry)) {
        for fault in FAULTS {
            // A call that only reads fails like any other, and leaves nothing when it is the last.
            if READING.contains(&call.as_str()) && fault != "error=EIO" {
                continue;
            }
            for place in 1..=places {
                let case = template.copy();
                let inject = format!("inject={call}:{fault}:when={place}");
                let (status, out, err) = case.traced(&["-e", &inject], &arguments(&case));
                assert!(!err.contains("panicked"), "{inject}: {err}");
                failures[usize::from(status == 0)] += 1;
                // What did not reach the disk is never acknowledged. (Interrupted calls are made
                // again, and some others have a way round.)
                let lost = ["fdatasync", "fsync", "write"].contains(&call.as_str());
                assert!(!lost || status != 0 || fault == "error=EINTR", "{inject}: {out}");
                check(&case, status, &out, &inject);
            }
        }
    }
    println!("{} runs failed, {} succeeded all the same", failures[0], failures[1]);
    assert!(failures[0] > 20, "{failures:?}");
}

/// What may be left of a write that was not acknowledged.
fn only_leftovers(problems: &[String], inject: &str) {
    for problem in problems {
        let leftover = ["is in no entry of the ledger", "are no whole entry"];
        assert!(leftover.iter().any(|text| problem.ends_with(text)), "{inject}: {problem}");
    }
}

fn strace() -> bool {
    program_runs("strace", &["-e", "trace=none", "true"])
}

#[test]
fn adding_fails_whole_at_any_system_call() {
    if !strace() {
        return;
    }
    let add = |case: &Case| case.add("page");
    at_every_call(&Case::begin(), add, |case, status, out, inject| {
        let acknowledged = out.contains("\"index\":");
        assert!(acknowledged || status != 0, "{inject}: success without a word");
        let (captured, problems) = case.look();
        only_leftovers(&problems, inject);
        assert!(captured == 2 || captured == 1 && !acknowledged, "{inject}: {captured}");

        let (status, _, err) = case.archive(&add(case));
        assert_eq!(status, 0, "{inject}: then {err}");
        let (now, problems) = case.look();
        assert!(problems.is_empty(), "{inject}: then {problems:?}");
        assert!(now > captured, "{inject}: then {now} of {captured}");
    });
}

#[test]
fn a_checkpoint_is_signed_or_not_at_any_system_call() {
    if !strace() {
        return;
    }
    let template = Case::begin();
    assert_eq!(template.archive(&template.add("page")).0, 0);
    at_every_call(&template, Case::sign, |case, _, out, inject| {
        let (captured, problems) = case.look();
        assert!(captured == 2 && problems.is_empty(), "{inject}: {problems:?}");
        let kept = fs::read_to_string(case.path("archive/checkpoint")).unwrap();
        let signed = kept.lines().nth(1).unwrap();
        // A note that was shown is kept; one that is kept is whole.
        assert!(signed == "3" || signed == "2" && !out.contains("\"size\":3"), "{inject}: {kept}");
        let (status, _, err) = case.archive(&case.sign());
        assert_eq!(status, 0, "{inject}: then {err}");
    });
}

#[test]
fn an_archive_is_begun_or_not_at_any_system_call() {
    if !strace() {
        return;
    }
    let template = Case { place: tempfile::tempdir().unwrap() };
    fs::write(template.path("page"), "a page, as it was read").unwrap();
    at_every_call(&template, Case::init, |case, _, out, inject| {
        let begun = out.contains("\"verifier\":");
        // Whoever was not told that it was begun can begin it, unless it was.
        let (status, _, err) = case.archive(&case.init());
        assert!(status == 0 && !begun || err.contains("there is a ledger"), "{inject}: {err}");
        let (status, _, err) = case.archive(&case.add("page"));
        assert_eq!(status, 0, "{inject}: then {err}");
        assert_eq!(case.look(), (1, Vec::new()), "{inject}");
        assert!(Path::new(&case.path("key")).exists(), "{inject}: no key");
        let (status, _, err) = case.archive(&case.sign());
        assert_eq!(status, 0, "{inject}: then {err}");
    });
}
