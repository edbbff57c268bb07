//! A small archive, changed in every way: what is noticed, and what is named.
#![cfg(feature = "archive")]

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use probative::archive::Archive;
use probative::archive::capture::Capture;
use probative::archive::event::{Event, Mark, Subject, What};
use probative::archive::inspection::{Answer, inspect};
use probative::archive::ledger::{Ledger, LedgerError, Recovery};
use probative::archive::note::{SigningKey, VerifierKey};

const LEDGER: &str = "ledger.jsonl";

fn events(archive: &Archive) -> Vec<Event> {
    let at = "2026-06-01T10:00:00Z".parse().unwrap();
    let captured = |bytes: &[u8]| {
        let kept = archive.keep(&mut &*bytes).unwrap();
        let capture = Capture::new("https://e.org/", at, kept.digest, kept.length);
        Event::new(at, "jd", What::Captured(capture))
    };
    vec![
        captured(b"<p>the claim</p>"),
        Event::new(
            at,
            "jd",
            What::Graded {
                because: "one source".into(),
                mark: Mark::Credibility("3".parse().unwrap()),
                of: Subject::Item("3a".into()),
                scale: "admiralty".into(),
            },
        ),
        Event::new(at, "mk", What::Noted { about: None, text: "é \u{1f4f7} \u{7} ok".into() }),
        captured(b"<p>another</p>"),
    ]
}

/// An archive of five entries and two objects, all of it signed for.
fn archive() -> (tempfile::TempDir, VerifierKey) {
    let (place, keys) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut archive =
        Archive::create(place.path(), "example.org/case", "2026-06-01".parse().unwrap(), "jd")
            .unwrap();
    for event in events(&archive) {
        archive.record(&[event]).unwrap();
    }
    let key = SigningKey::from_seed("example.org/case", [3; 32]).unwrap();
    key.write_new(&keys.path().join("key")).unwrap();
    archive.checkpoint(&keys.path().join("key")).unwrap();
    (place, key.verifier())
}

fn problems(dir: &Path, key: &VerifierKey) -> Vec<String> {
    let found =
        inspect(dir, std::slice::from_ref(key), None, 1.try_into().unwrap(), &mut |_| {}).unwrap();
    let sound = [found.bytes, found.order, found.identity] == [Answer::Yes; 3];
    assert!(sound || !found.problems.is_empty(), "{found:?}");
    found.problems.iter().map(ToString::to_string).collect()
}

fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if fs::metadata(&path).unwrap().len() > 0 {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn overwrite(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn every_bit_of_every_file_is_covered() {
    let (place, key) = archive();
    assert_eq!(problems(place.path(), &key), [""; 0]);
    let files = files(place.path());
    assert_eq!(files.len(), 7, "two texts, ledger, two objects, two notes: {files:?}");
    let mut flips = 0;
    for file in &files {
        let good = fs::read(file).unwrap();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                overwrite(file, &bad);
                let found = problems(place.path(), &key);
                assert!(!found.is_empty(), "{}: bit {bit} of byte {at}", file.display());
                flips += 1;
            }
        }
        for length in 0..good.len() {
            overwrite(file, &good[..length]);
            let found = problems(place.path(), &key);
            assert!(!found.is_empty(), "{} cut to {length}", file.display());
        }
        for more in [&b"x"[..], b"\n", b"\0"] {
            overwrite(file, &[&good, more].concat());
            assert!(!problems(place.path(), &key).is_empty(), "{} and {more:?}", file.display());
        }
        overwrite(file, &good);
    }
    assert!(flips > 8000, "{flips}");
    assert_eq!(problems(place.path(), &key), [""; 0]);
}

/// What the problems call a file.
fn called(dir: &Path, file: &Path) -> String {
    let path = file.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
    match path.strip_prefix("objects/sha256/") {
        Some(digits) => digits.replace('/', ""),
        None => path,
    }
}

#[test]
fn a_file_deleted_swapped_or_zeroed_is_named() {
    let (place, key) = archive();
    let dir = place.path();
    let files = files(dir);
    let named = |file: &Path| {
        let found = problems(dir, &key);
        let name = called(dir, file);
        assert!(found.iter().any(|problem| problem.contains(&name)), "{name} not in {found:?}");
    };
    for file in &files {
        let good = fs::read(file).unwrap();
        overwrite(file, &vec![0; good.len().min(4096)]);
        named(file);
        fs::remove_file(file).unwrap();
        match file.file_name().unwrap().to_str().unwrap() {
            // A ledger that is not there is no archive.
            LEDGER => assert!(inspect(dir, &[], None, 1.try_into().unwrap(), &mut |_| {}).is_err()),
            _ => named(file),
        }
        fs::write(file, &good).unwrap();
    }
    assert_eq!(problems(dir, &key), [""; 0]);

    let objects: Vec<_> =
        files.iter().filter(|file| file.starts_with(dir.join("objects"))).collect();
    let [one, other] = objects[..] else { panic!("{objects:?}") };
    let (first, second) = (fs::read(one).unwrap(), fs::read(other).unwrap());
    overwrite(one, &second);
    overwrite(other, &first);
    named(one);
    named(other);
}

#[test]
fn a_changed_line_is_refused_by_its_number() {
    let (place, _) = archive();
    let path = place.path().join(LEDGER);
    let good = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let refused = |text: &str| {
        fs::write(&path, text).unwrap();
        match Ledger::open(place.path()) {
            Err(LedgerError::Line { number, .. }) => number,
            other => panic!("{other:?}"),
        }
    };
    let join = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    assert_eq!(refused(&good.replace("\"3\"", "\"2\"")), 3);
    assert_eq!(refused(&join(&[lines[0], lines[1], lines[3]])), 3, "one removed");
    assert_eq!(refused(&join(&[lines[0], lines[2], lines[1], lines[3]])), 2, "two swapped");
    assert_eq!(refused(&join(&[lines[0], lines[1], lines[1], lines[2]])), 3, "one twice");
    assert_eq!(refused(&join(&lines[1..])), 1, "the first removed");
    assert_eq!(refused(&good.replacen('\n', "\r\n", 1)), 1);
    assert_eq!(refused(&good.replacen('\n', "\n\n", 1)), 2);
    let long = "x".repeat(200_000);
    assert_eq!(refused(&format!("{}\n{long}\n{}\n", lines[0], lines[1])), 2, "a line too long");
}

#[test]
fn an_end_cut_anywhere_or_filled_with_anything_is_put_right_and_told() {
    let (place, _) = archive();
    let path = place.path().join(LEDGER);
    let good = fs::read(&path).unwrap();
    let ends: Vec<usize> = (0..good.len()).filter(|at| good[*at] == b'\n').collect();
    let copy = tempfile::tempdir().unwrap();
    let path = copy.path().join(LEDGER);
    // From the second line on: every cut, alone or followed by what a disk may leave there.
    for cut in ends[0] + 1..good.len() {
        for rest in [&b""[..], &[0; 100], b"\xff\xfe garbage \x00", &vec![0; 70_000]] {
            if rest.len() > 100 && cut % 97 != 0 {
                continue;
            }
            let whole = ends.iter().filter(|end| **end < cut).count();
            let complete = rest.is_empty() && ends.contains(&cut);
            fs::write(&path, [&good[..cut], rest].concat()).unwrap();

            let read = Ledger::read(copy.path()).unwrap();
            let torn = cut != ends[whole - 1] + 1 || !rest.is_empty();
            assert_eq!(read.tail().is_some(), torn, "cut at {cut}, {} more", rest.len());
            let mut ledger = Ledger::open(copy.path()).unwrap();
            assert_eq!(ledger.size(), (whole + usize::from(complete)) as u64, "cut at {cut}");
            if let Some(tail) = ledger.tail() {
                match tail.recovered.as_ref().unwrap() {
                    Recovery::Completed => assert!(complete),
                    Recovery::PutAside { file } => {
                        let expected = [&good[ends[whole - 1] + 1..cut], rest].concat();
                        assert_eq!(fs::read(file).unwrap(), expected);
                        fs::remove_file(file).unwrap();
                    }
                    other => panic!("{other:?}"),
                }
            }
            let at = "2026-06-02".parse().unwrap();
            let note = What::Noted { about: None, text: "after the crash".into() };
            ledger.append(&[Event::new(at, "jd", note)]).unwrap();
            assert!(Ledger::read(copy.path()).unwrap().tail().is_none());
        }
    }
}

#[test]
fn the_ledger_gives_every_state_it_has_had() {
    let (place, _) = archive();
    let ledger = Ledger::open(place.path()).unwrap();
    let tree = ledger.tree().unwrap();
    assert_eq!((tree.size(), tree.root()), (5, ledger.root()));
    for size in 0..=5 {
        assert_eq!(ledger.root_at(size).unwrap(), tree.root_at(size));
        let registry = ledger.as_of_size(size).unwrap();
        assert_eq!(registry.captures, u64::from(size >= 2) + u64::from(size >= 5));
        assert_eq!(registry.item("3a").is_some(), size >= 3);
    }
    assert_eq!(ledger.root_at(6).unwrap(), None);
    let mut seen = 0;
    ledger
        .entries(|entry| {
            assert_eq!(entry.index, seen);
            seen += 1;
            if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(seen, 2);
    let before = ledger.as_of("2026-05-31".parse().unwrap()).unwrap();
    assert_eq!(before.origin, "");
}

#[test]
fn a_ledger_that_lost_entries_under_an_open_handle_is_not_written() {
    let (place, _) = archive();
    let mut ledger = Ledger::open(place.path()).unwrap();
    let file = fs::File::options().write(true).open(place.path().join(LEDGER)).unwrap();
    file.set_len(10).unwrap();
    let at = "2026-06-02".parse().unwrap();
    let event = Event::new(at, "jd", What::Noted { about: None, text: "x".into() });
    assert!(matches!(ledger.append(&[event]), Err(LedgerError::Shrunk { .. })));
    assert!(matches!(ledger.tree(), Err(LedgerError::Shrunk { .. })));
}

#[test]
fn when_one_event_cannot_be_recorded_none_is() {
    let (place, _) = archive();
    let mut ledger = Ledger::open(place.path()).unwrap();
    let at = "2026-06-02".parse().unwrap();
    let note = |text: String| Event::new(at, "jd", What::Noted { about: None, text });
    let opened = Event::new(at, "jd", What::Opened { origin: "x".into() });
    for bad in [note("x".repeat(70_000)), Event::new(at, " ", note(String::new()).what), opened] {
        assert!(ledger.append(&[note("fine".into()), bad]).is_err());
        assert_eq!(ledger.size(), 5);
        assert_eq!(Ledger::read(place.path()).unwrap().size(), 5);
    }
    assert_eq!(ledger.append(&[note("x".repeat(60_000))]).unwrap(), 5..6);
}
