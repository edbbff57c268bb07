//! Killed, crowded, starved: what was acknowledged is there afterwards.
#![cfg(all(feature = "archive", unix))]

mod common;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use common::program::{example, run};
use common::shared::skip;
use probative::archive::event::{Event, What};
use probative::archive::ledger::Ledger;
use probative::archive::store::{Fault, FolderStore, Store as _, verify};
use probative::digest::{Algorithm, Digest};

const WORKER: &str = "PROBATIVE_ARCHIVE_WORKER";

/// Not a test of its own: the other process of those below. `PROBATIVE_ARCHIVE_WORKER` is
/// `append` or `add`, a name, how many, and the archive's folder.
#[test]
fn worker() {
    let Ok(task) = std::env::var(WORKER) else { return };
    let mut parts = task.splitn(4, ' ');
    let mut next = || parts.next().unwrap();
    let (task, name, count, dir) = (next(), next(), next().parse::<u64>().unwrap(), next());
    let dir = Path::new(dir);
    let mut out = std::io::stdout();
    if task == "append" {
        let mut ledger = Ledger::open(dir).unwrap();
        for number in 0..count {
            let places = ledger.append(&[note(name, number)]).unwrap();
            writeln!(out, "\nack {name} {number} {}", places.start).unwrap();
        }
    } else {
        let store = FolderStore::open(dir).unwrap();
        for number in 0..count {
            let kept = store.put(Algorithm::Sha256, &mut &body(name, number)[..]).unwrap();
            writeln!(out, "\nack {name} {number} {}", kept.digest).unwrap();
        }
    }
}

fn note(name: &str, number: u64) -> Event {
    let text = format!("{name} {number} {}", "x".repeat(number as usize % 700));
    let at = "2026-06-01T10:00:00Z".parse().unwrap();
    Event::new(at, name, What::Noted { about: None, text })
}

fn body(name: &str, number: u64) -> Vec<u8> {
    let line = format!("{name} {number}\n");
    line.repeat(1 + number as usize % 9000).into_bytes()
}

fn start(task: &str, name: &str, count: u64, dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["worker", "--exact", "--nocapture", "--test-threads=1"])
        .env(WORKER, format!("{task} {name} {count} {}", dir.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a worker acknowledged: number, and place or digest.
fn acknowledged(child: &mut Child) -> Vec<(u64, String)> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let words = |line: String| {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["ack", _, number, what] => Some((number.parse().unwrap(), what.to_owned())),
            _ => None,
        }
    };
    lines.map_while(Result::ok).filter_map(words).collect()
}

fn begin() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    FolderStore::create(place.path()).unwrap();
    Ledger::create(place.path(), "example.org/case", "2026-06-01".parse().unwrap(), "jd").unwrap();
    place
}

fn notes(dir: &Path) -> Vec<String> {
    let ledger = Ledger::open(dir).unwrap();
    let mut notes = Vec::new();
    ledger
        .entries(|entry| {
            if let What::Noted { text, .. } = entry.event.what {
                notes.push(text);
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    notes
}

#[test]
fn killed_at_any_point_of_500_appends_nothing_acknowledged_is_lost() {
    let place = begin();
    let (mut acked, mut kills) = (0, 0_u64);
    while acked < 500 {
        let name = format!("w{kills}");
        let mut child = start("append", &name, 500, place.path());
        let killer = child.id();
        let delay = Duration::from_micros(3_000 + kills * 7_919 % 40_000);
        let reaper = thread::spawn(move || {
            thread::sleep(delay);
            let _ = Command::new("kill").args(["-9", &killer.to_string()]).status();
        });
        let acks = acknowledged(&mut child);
        reaper.join().unwrap();
        child.wait().unwrap();
        kills += 1;
        let notes = notes(place.path());
        for (number, at) in &acks {
            let What::Noted { text, .. } = note(&name, *number).what else { unreachable!() };
            // The first entry opens the ledger, and the torn ends are no entries.
            assert_eq!(notes[at.parse::<usize>().unwrap() - 1], text);
        }
        let own = notes.iter().filter(|text| text.starts_with(&format!("{name} "))).count();
        assert!(own == acks.len() || own == acks.len() + 1, "{own} of {}", acks.len());
        acked += acks.len();
        assert!(kills < 2000);
    }
    println!("{acked} acknowledged, {kills} kills");
    assert!(kills > 3, "{kills}");
}

#[test]
fn killed_at_any_point_of_500_adds_every_object_is_whole_or_absent() {
    let place = begin();
    let mut known = BTreeSet::new();
    let mut kills = 0_u64;
    while known.len() < 500 {
        let name = format!("w{kills}");
        let mut child = start("add", &name, 500, place.path());
        let killer = child.id();
        let delay = Duration::from_micros(4_000 + kills * 7_919 % 60_000);
        let reaper = thread::spawn(move || {
            thread::sleep(delay);
            let _ = Command::new("kill").args(["-9", &killer.to_string()]).status();
        });
        for (number, digest) in acknowledged(&mut child) {
            let digest: Digest = digest.parse().unwrap();
            assert_eq!(digest, Digest::of(&body(&name, number)));
            known.insert(digest);
        }
        reaper.join().unwrap();
        child.wait().unwrap();
        kills += 1;
        assert!(kills < 2000);
    }
    let store = FolderStore::open(place.path()).unwrap();
    let audit = verify(&store, &known, 2.try_into().unwrap(), &mut |_| {}).unwrap();
    // An object may be there whose adding was not acknowledged any more: whole, and unexpected.
    let unexpected = |fault: &Fault| matches!(fault, Fault::Unexpected(_));
    assert!(audit.faults.iter().all(unexpected), "{:?}", audit.faults);
    assert!(audit.faults.len() as u64 <= kills);
    let left = fs::read_dir(place.path().join("temporary")).unwrap().count();
    assert_eq!(left, 1, "the lock, and no leftovers");
    println!("{} objects, {kills} kills", audit.objects);
}

#[test]
fn two_and_eight_processes_append_at_once_and_nothing_is_lost_or_mixed() {
    for (processes, each) in [(2, 200_u64), (8, 60)] {
        let place = begin();
        let mut children: Vec<(String, Child)> = (0..processes)
            .map(|n| (format!("p{n}"), start("append", &format!("p{n}"), each, place.path())))
            .collect();
        let mut places = BTreeSet::new();
        for (name, child) in &mut children {
            let acks = acknowledged(child);
            assert!(child.wait().unwrap().success());
            assert_eq!(acks.len() as u64, each, "{name}");
            places.extend(acks.iter().map(|(_, at)| at.parse::<u64>().unwrap()));
        }
        assert!(places.iter().copied().eq(1..=processes * each), "one order, without a gap");
        let notes = notes(place.path());
        for n in 0..processes {
            let prefix = format!("p{n} ");
            let own = notes.iter().filter(|text| text.starts_with(&prefix));
            let numbers = own.map(|text| text.split(' ').nth(1).unwrap().parse::<u64>().unwrap());
            assert!(numbers.eq(0..each), "each writer's own order stays");
        }
    }
}

/// Runs the program in a shell that first does this.
fn limited(before: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut shell = Command::new("bash");
    shell.args(["-c", &format!("{before}; exec \"$0\" \"$@\"")]).arg(example("archive"));
    run(shell.args(arguments).args(["--by", "jd"]))
}

#[test]
fn when_the_disk_is_full_the_archive_stays_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let (dir, key) = (path("archive"), path("key"));
    let begun = limited("true", &["init", &dir, "--origin", "e.org/c", "--key", &key]);
    assert_eq!(begun.0, 0, "{}", begun.2);
    fs::write(path("large"), vec![1; 1 << 20]).unwrap();
    let before = fs::read(path("archive/ledger.jsonl")).unwrap();
    // No file may grow past 64 KiB; the write fails as on a full disk, in the middle.
    let full = "trap '' XFSZ; ulimit -f 64";
    let large = path("large");
    let add = ["add", &dir, &large, "--url", "https://e.org/", "--at", "2026-06-01"];
    let (status, _, err) = limited(full, &add);
    assert_eq!(status, 2, "{err}");
    assert!(err.contains("cannot write") && err.contains("too large"), "{err}");
    assert_eq!(fs::read(path("archive/ledger.jsonl")).unwrap(), before);
    assert_eq!(fs::read_dir(path("archive/temporary")).unwrap().count(), 1);
    let (status, out, err) = limited("true", &["verify", &dir]);
    assert_eq!(status, 0, "{out}{err}");

    // And a ledger that cannot grow: the entries before it stay, and the next one goes on.
    let long = "x".repeat(30_000);
    let grade = ["grade", &dir, "3", "--item", "3a", "--because", &long];
    assert_eq!(limited(full, &grade).0, 0);
    let (status, _, err) = limited(full, &grade[..]);
    let second = status;
    let (third, ..) = limited(full, &grade);
    assert!(second == 2 || third == 2, "one of them does not fit: {err}");
    let (status, out, err) = limited("true", &["verify", &dir, "--json"]);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(limited("true", &grade).0, 0);
    assert_eq!(limited("true", &add).0, 0);
    let (status, out, _) = limited("true", &["verify", &dir, "--json"]);
    assert_eq!(status, 0, "{out}");
}

#[test]
fn a_read_only_archive_can_be_read_and_is_not_written() {
    let nobody = Command::new("setpriv").args(["--reuid=65534", "--clear-groups", "true"]).status();
    let root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if root && !nobody.is_ok_and(|status| status.success()) {
        skip("rights bind nobody here, and setpriv cannot change that");
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let dir = path("archive");
    limited("true", &["init", &dir, "--origin", "e.org/c", "--key", &path("key")]);
    fs::write(path("page"), "x").unwrap();
    let page = path("page");
    let add = ["add", &dir, &page, "--url", "https://e.org/", "--at", "2026-06-01"];
    assert_eq!(limited("true", &add).0, 0);
    assert!(Command::new("chmod").args(["-R", "a-w,a+rX", &dir]).status().unwrap().success());
    assert!(Command::new("chmod").args(["a+rx", &path("")]).status().unwrap().success());
    let as_reader = |arguments: &[&str]| {
        let mut command = if root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--clear-groups"]).arg(example("archive"));
            command
        } else {
            Command::new(example("archive"))
        };
        run(command.args(arguments).args(["--by", "jd"]))
    };
    let (status, out, err) = as_reader(&["verify", &dir]);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(as_reader(&["log", &dir]).0, 0);
    let (status, _, err) = as_reader(&add);
    assert_eq!(status, 2, "{err}");
    assert!(err.contains("denied") || err.contains("ead-only"), "{err}");
    let grade = ["grade", &dir, "3", "--item", "3a", "--because", "b"];
    assert_eq!(as_reader(&grade).0, 2);
    Command::new("chmod").args(["-R", "u+w", &dir]).status().unwrap();
    assert_eq!(limited("true", &["verify", &dir]).0, 0);
}

#[test]
fn ten_gibibytes_are_added_in_64_mebibytes_of_memory() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let length: u64 = 10 << 30;
    let mut file = File::create(path("sparse")).unwrap();
    file.set_len(length - 1).unwrap();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).unwrap();
    file.write_all(b"!").unwrap();
    let dir = path("archive");
    let memory = "ulimit -v 65536";
    let init = ["init", &dir, "--origin", "e.org/c", "--key", &path("key")];
    assert_eq!(limited(memory, &init).0, 0);
    let sparse = path("sparse");
    let add = ["add", &dir, &sparse, "--url", "https://e.org/", "--at", "2026-06-01", "--json"];
    let (status, out, err) = limited(memory, &add);
    assert_eq!(status, 0, "{err}");
    let added: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(added["event"]["what"]["captured"]["length"], length);
    let (status, out, err) = limited(memory, &["verify", &dir]);
    assert_eq!(status, 0, "{out}{err}");
    // Holes stay holes.
    let hex = added["event"]["what"]["captured"]["digest"].as_str().unwrap()[7..].to_owned();
    let object = path(&format!("archive/objects/sha256/{}/{}", &hex[..2], &hex[2..]));
    let kept = fs::metadata(object).unwrap();
    assert!(std::os::unix::fs::MetadataExt::blocks(&kept) * 512 < 10 << 20, "{kept:?}");
}
