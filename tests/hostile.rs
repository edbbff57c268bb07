//! Input that means harm: it gets an error, or is right, in bounded time and memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking
#![allow(clippy::format_collect, clippy::naive_bytecount)] // large inputs are made once

mod common;

use std::fmt::Write as _;
use std::process::Command;

use probative::doctrine::Doctrine;
use probative::finding::FindingCode;
use probative::render::{Account, FindingAccount};
use probative::report::wire::{Item, Judgement, Lineage, Link, Report as File, Source};
use probative::report::{Format, ProblemCode, Problems, Report};
use probative::{Appraiser, appraise};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Runs a test again in a process that may use this much memory, and this much stack.
///
/// Gives false in that process, where the test is to do its work.
fn limited(test: &str, mebibytes: usize) -> bool {
    const MARK: &str = "PROBATIVE_TEST_IS_LIMITED";
    if cfg!(not(target_os = "linux")) || std::env::var_os(MARK).is_some() {
        return false;
    }
    let script = format!("ulimit -v {} && exec \"$0\" \"$@\"", mebibytes * 1024);
    let status = Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads", "1", "--nocapture"])
        .env(MARK, "1")
        .env("RUST_MIN_STACK", (2 << 20).to_string())
        .status()
        .unwrap();
    assert!(status.success(), "{test}: {status} within {mebibytes} MiB");
    true
}

fn problems(text: &str, format: Format) -> Problems {
    let read = match format {
        Format::Toml => Report::from_toml,
        Format::Json => Report::from_json,
    };
    let problems = read(text).expect_err("a problem");
    placed(text, &problems);
    problems
}

/// Every problem stands somewhere in the text.
fn placed(text: &str, problems: &Problems) {
    assert!(!problems.is_empty());
    assert!(problems.len() <= 1000);
    let lines: Vec<&str> = text.split('\n').collect();
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or_default();
    for problem in problems {
        let place = problem.place.unwrap_or_else(|| panic!("no place: {problem}"));
        let line = lines.get(place.line - 1).unwrap_or_else(|| panic!("no such line: {problem}"));
        assert!(problem.message.len() < 4096, "{} bytes of message", problem.message.len());
        assert!(place.column >= 1 && place.column <= longest + 1, "no such column: {problem}");
        // To count the characters of a long line for each of its problems would take long.
        if line.len() < 10_000 {
            assert!(place.column <= line.chars().count() + 1, "no such column: {problem}");
        }
    }
    assert!(problems.iter().is_sorted_by_key(|problem| problem.place));
}

fn codes(problems: &Problems) -> Vec<ProblemCode> {
    let mut codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

const BIG: usize = 10_000_000;

#[test]
fn ten_megabytes_of_nesting_are_refused() {
    if limited("ten_megabytes_of_nesting_are_refused", 1024) {
        return;
    }
    for open in ["[", "{\"a\":", "[{\"a\":", " [ "] {
        let text = open.repeat(BIG / open.len());
        assert_eq!(codes(&problems(&text, Format::Json)), [ProblemCode::Syntax]);
        problems(&format!("{{\"format\": \"probative/1\", \"x\": {text}"), Format::Json);
    }
    let closed = format!("{{\"x\": {}{}}}", "[".repeat(BIG / 2), "]".repeat(BIG / 2));
    problems(&closed, Format::Json);
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]"), ("[ # x\n", "]")] {
        let open = open.repeat(BIG / 2 / open.len());
        problems(&format!("x = {open}"), Format::Toml);
        problems(&format!("x = {open}1{}", close.repeat(open.len())), Format::Toml);
    }
    for text in [
        "[".repeat(BIG),
        "[[".repeat(BIG / 2),
        format!("[{}b]", "a.".repeat(BIG / 2)),
        format!("{}b = 1", "a.".repeat(BIG / 2)),
    ] {
        problems(&text, Format::Toml);
    }
}

#[test]
fn more_values_than_any_report_has_are_refused_before_they_are_read() {
    if limited("more_values_than_any_report_has_are_refused_before_they_are_read", 512) {
        return;
    }
    // In the tree, these would take gigabytes.
    let many = "1,".repeat(40_000_000);
    for text in [format!("{{\"x\": [{many}1]}}"), "\n".repeat(40_000_000)] {
        for read in [Report::from_json, Report::from_toml] {
            let refused = read(&text).expect_err("a problem");
            assert_eq!(codes(&refused), [ProblemCode::TooLarge]);
            assert!(refused.iter().all(|problem| problem.place.is_some()));
        }
    }
}

#[test]
fn ten_megabytes_of_errors_are_told_briefly() {
    if limited("ten_megabytes_of_errors_are_told_briefly", 1024) {
        return;
    }
    for text in ["=\n", "a\n", "'\n", "a=1\n", "]\n", "\"", "\0", "é", "x = \n"] {
        let text = text.repeat(BIG / 10 / text.len());
        problems(&text, Format::Toml);
        problems(&text, Format::Json);
    }
    let key = "k".repeat(BIG);
    problems(&format!("{key} = 1"), Format::Toml);
    problems(&format!("{{\"{key}\": 1}}"), Format::Json);
    problems(&format!("{{\"format\": \"{key}\", \"cut_off\": \"{key}\"}}"), Format::Json);
    problems(&format!("format = \"{key}\"\ncut_off = \"{key}\""), Format::Toml);
    problems(&format!("{{\"format\": {}}}", "9".repeat(BIG)), Format::Json);
}

/// A list of so many entries, each on its own line or all on one.
fn json_list(list: &str, count: usize, gap: &str, entry: impl Fn(usize) -> String) -> String {
    let mut text = format!("{{\"format\": \"probative/1\",{gap} \"{list}\": [");
    for at in 0..count {
        write!(text, "{}{gap}{}", if at == 0 { "" } else { "," }, entry(at)).unwrap();
    }
    text + "]}"
}

#[test]
fn a_hundred_thousand_problems_are_found_at_once() {
    const COUNT: usize = 100_000;
    if limited("a_hundred_thousand_problems_are_found_at_once", 1024) {
        return;
    }
    for gap in ["", "\n"] {
        let dangling = json_list("items", COUNT, gap, |at| {
            format!("{{\"id\":\"i{at}\",\"source\":\"none\"}}")
        });
        let found = problems(&dangling, Format::Json);
        assert_eq!(codes(&found), [ProblemCode::MissingId]);
        assert_eq!(found.iter().next().unwrap().path, "items[0].source");
        assert_eq!(found.iter().last().unwrap().path, "items[999].source");
        let same = json_list("sources", COUNT, gap, |_| "{\"id\":\"s\"}".into());
        assert_eq!(codes(&problems(&same, Format::Json)), [ProblemCode::DuplicateId]);
        let shapeless = json_list("sources", COUNT, gap, |_| "7".into());
        assert_eq!(codes(&problems(&shapeless, Format::Json)), [ProblemCode::InvalidValue]);
        let unknown = json_list("gaps", COUNT, gap, |at| format!("{{\"id\":\"{at}\",\"x\":null}}"));
        assert_eq!(codes(&problems(&unknown, Format::Json)), [ProblemCode::UnknownKey]);
        // In one entry, of which no more than some are said, and in between, what is right.
        let links = json_list("judgements", 1, gap, |_| {
            let links: Vec<_> =
                (0..COUNT).map(|at| format!("{gap}{{\"item\":\"i{at}\"}}")).collect();
            format!("{{\"id\":\"J\",\"rests_on\":[5,{}]}}", links.join(","))
        });
        let found = problems(&links, Format::Json);
        assert_eq!(found.iter().nth(1).unwrap().path, "judgements[0].rests_on[1].item");
        let shapeless = json_list("judgements", 1, gap, |_| {
            format!("{{\"id\":\"J\",\"rests_on\":[{}5]}}", format!("{gap}5,").repeat(COUNT))
        });
        assert_eq!(codes(&problems(&shapeless, Format::Json)), [ProblemCode::InvalidValue]);
        let keys: String = (0..COUNT).map(|at| format!(",{gap}\"k{at}\":1")).collect();
        problems(&format!("{{\"format\": \"probative/1\"{keys}}}"), Format::Json);
        let twice: String = (0..COUNT).map(|_| format!(",{gap}\"title\":\"x\"")).collect();
        let found = problems(&format!("{{\"format\": \"probative/1\"{twice}}}"), Format::Json);
        assert_eq!(codes(&found), [ProblemCode::DuplicateKey]);
    }
    let tables: String = (0..COUNT).fold("format = \"probative/1\"\n".into(), |text, at| {
        text + &format!("[[items]]\nid = \"i{}\"\nsource = \"none\"\n", at / 2)
    });
    let found = problems(&tables, Format::Toml);
    assert_eq!(codes(&found), [ProblemCode::DuplicateId, ProblemCode::MissingId]);
    let twice = format!("format = \"probative/1\"\n{}", "title = 'x'\n".repeat(COUNT));
    assert_eq!(codes(&problems(&twice, Format::Toml)), [ProblemCode::DuplicateKey]);
    let keys: String = (0..COUNT).map(|at| format!("k{at} = 1\n")).collect();
    problems(&keys, Format::Toml);
}

#[test]
fn a_million_ids_are_read() {
    const COUNT: usize = 500_000;
    if limited("a_million_ids_are_read", 2048) {
        return;
    }
    let mut text = json_list("sources", COUNT, "", |at| format!("{{\"id\":\"s{at}\"}}"));
    text.pop();
    text += ",\"items\":[";
    for at in 0..COUNT {
        let comma = if at == 0 { "" } else { "," };
        write!(text, "{comma}{{\"id\":\"i{at}\",\"source\":\"s{at}\"}}").unwrap();
    }
    text += "]}";
    let report = Report::from_json(&text).unwrap();
    assert_eq!((report.sources().len(), report.items().len()), (COUNT, COUNT));
}

/// A report of items that one source passes on, each from these.
fn relays(count: usize, parents: impl Fn(usize) -> Vec<usize>) -> File {
    let mut file = File::new("relays");
    file.sources.push(Source { reliability: Some("B".parse().unwrap()), ..Source::new("s") });
    for at in 0..count {
        let from: Vec<String> = parents(at).into_iter().map(|at| format!("i{at}")).collect();
        file.items.push(Item {
            lineage: Some(if from.is_empty() {
                Lineage::Original
            } else {
                Lineage::DerivedFrom(from)
            }),
            ..Item::new(format!("i{at}"), "s")
        });
    }
    let last = Link::new(format!("i{}", count - 1));
    file.judgements.push(Judgement { rests_on: vec![last], ..Judgement::new("J") });
    file
}

#[test]
fn lineages_in_a_circle_are_named_in_one_line() {
    const COUNT: usize = 100_000;
    let circle = relays(COUNT, |at| vec![(at + 1) % COUNT]);
    let pairs = relays(COUNT, |at| vec![at ^ 1]);
    // A circle with a long way to it, and one through an item that names itself.
    let tail = relays(COUNT, |at| vec![if at == 0 { 9 } else { at - 1 }]);
    let selves = relays(COUNT, |at| vec![at]);
    for file in [circle, pairs, tail, selves] {
        let found = file.check().unwrap_err();
        assert_eq!(codes(&found), [ProblemCode::CircularLineage]);
        assert!(found.iter().all(|problem| problem.message.len() < 1000));
    }
    let text = serde_json::to_string(&relays(1000, |at| vec![(at + 1) % 1000])).unwrap();
    assert_eq!(codes(&problems(&text, Format::Json)), [ProblemCode::CircularLineage]);
}

#[test]
fn long_and_tangled_lineages_are_followed() {
    if limited("long_and_tangled_lineages_are_followed", 1024) {
        return;
    }
    let doctrine = Doctrine::default();
    let chain = relays(100_000, |at| at.checked_sub(1).into_iter().collect());
    // Layers of two, each from both of the layer before: 2^60 ways lead to the first two, and
    // more than a double counts.
    let diamonds = |layers: usize| {
        relays(2 * layers + 1, |at| match at / 2 {
            0 => vec![],
            layer => vec![2 * layer - 2, 2 * layer - 1],
        })
    };
    // Where every change would be tried through all of it, nothing is, and that is said.
    let mut crowd = relays(2_000, |at| at.checked_sub(1).into_iter().collect());
    let all = crowd.items.iter().map(|item| Link::new(item.id.clone()));
    crowd.judgements[0].rests_on = all.collect();
    let mut confirmed = relays(5_000, |_| vec![]);
    confirmed.items[0].corroborated_by =
        confirmed.items[1..].iter().map(|item| item.id.clone()).collect();
    confirmed.judgements[0].rests_on = vec![Link::new(confirmed.items[0].id.clone())];
    for file in [&chain, &crowd, &confirmed] {
        let report = file.clone().check().unwrap();
        let account = Account::of(&Appraiser::new(&report, &doctrine));
        let untried = |finding: &FindingAccount| finding.code == FindingCode::WhatIfLeftOut;
        assert!(account.judgements[0].linchpins.is_empty());
        assert!(account.findings.iter().any(untried));
    }
    for file in [chain, diamonds(60), diamonds(2000)] {
        let report = file.check().unwrap();
        let appraiser = Appraiser::new(&report, &doctrine);
        let appraisal = appraiser.appraise();
        let one = &appraisal.judgements()[0];
        assert!(one.strength.lower >= 0.0 && one.strength.upper <= 0.2);
        assert!(one.contributions.iter().all(|row| row.units.is_finite()));
        let judgement = report.find_judgement("J").unwrap();
        for figure in probative::appraisal::FIGURES {
            let tree = appraiser.explain(judgement, figure).unwrap();
            assert!((tree.replay() - one.figure(figure)).abs() < 1e-9);
        }
    }
    let all_roots = |count: usize| {
        let odd = move |at: usize| if at < 2 { vec![at - 1] } else { vec![at - 1, at - 2] };
        relays(count, move |at| if at % 2 == 0 { vec![] } else { odd(at) })
    };
    let report = all_roots(4_000).check().unwrap();
    assert!(appraise(&report, &doctrine).judgements()[0].strength.upper.is_finite());
    let found = all_roots(8_000).check().unwrap_err();
    assert_eq!(codes(&found), [ProblemCode::TooLarge]);
}

#[test]
fn numbers_that_are_none_are_refused() {
    for number in ["nan", "-nan", "inf", "-inf", "-0.0", "-0", "1e999", "-1e999", "1.5", "-1e-300"]
    {
        let toml =
            format!("format = \"probative/1\"\n[[judgements]]\nid = \"J\"\nprior = {number}\n");
        let found = problems(&toml, Format::Toml);
        assert_eq!(found.len(), 1, "{found}");
        assert_eq!(found.iter().next().unwrap().place.unwrap().line, 4, "{found}");
    }
    for number in [
        "NaN",
        "Infinity",
        "-0.0",
        "-0",
        "-0e5",
        "1e999",
        "-1e999",
        "1.5",
        "null",
        "\"0.5\"",
        "[0.5]",
        "1e-999999999999e",
    ] {
        let json = format!(
            "{{\"format\": \"probative/1\",\n\"judgements\": [{{\"id\": \"J\",\n\"prior\": {number}}}]}}"
        );
        let found = problems(&json, Format::Json);
        assert_eq!(found.len(), 1, "{found}");
        assert_eq!(found.iter().next().unwrap().place.unwrap().line, 3, "{found}");
    }
    let length = |number: &str| {
        problems(
            &format!(
                "{{\"format\":\"probative/1\",\"items\":[{{\"id\":\"i\",\"source\":\"s\",\"captures\":[{{\"digest\":\"{}\",\"length\":{number}}}]}}],\"sources\":[{{\"id\":\"s\"}}]}}",
                probative::digest::Digest::of(b"")
            ),
            Format::Json,
        )
    };
    for number in ["-1", "1.5", "18446744073709551616", "1e3", "true", "-0"] {
        assert_eq!(codes(&length(number)), [ProblemCode::InvalidValue]);
    }
}

#[test]
fn numbers_of_a_doctrine_that_are_none_are_refused() {
    let table = include_str!("../src/doctrine/default.toml");
    assert!(table.contains("central = 0.80,"));
    for number in ["nan", "inf", "-inf", "1e999", "1.0", "0.0", "-0.0", "-0.8", "'0.8'"] {
        let text = table.replace("central = 0.80,", &format!("central = {number},"));
        placed(&text, &Doctrine::from_toml(&text).unwrap_err());
    }
    let text = format!("{table}\n[reliability]\nA = 1\n");
    placed(&text, &Doctrine::from_toml(&text).unwrap_err());
}

#[test]
fn keys_that_stand_twice_are_refused() {
    for (text, line) in [
        ("format = \"probative/1\"\ntitle = \"a\"\ntitle = \"a\"\n", 3),
        ("format = \"probative/1\"\n[[sources]]\nid = \"s\"\nid = \"s\"\n", 4),
        ("format = \"probative/1\"\nsources = [{ id = \"s\", id = \"s\" }]\n", 2),
        ("format = \"probative/1\"\n[source_summary]\n[source_summary]\n", 3),
    ] {
        let found = problems(text, Format::Toml);
        let lines: Vec<_> = found.iter().map(|found| found.place.unwrap().line).collect();
        assert!(lines.contains(&line), "{found}");
    }
    for text in [
        "{\"format\": \"probative/1\",\n\"title\": \"a\",\n\"title\": \"a\"}",
        "{\"format\": \"probative/1\",\n\"sources\": [{\"id\": \"s\",\n\"id\": \"s\"}]}",
        "{\"format\": \"probative/1\",\n\"sources\": [{\"id\": \"s\",\n\"\\u0069d\": \"t\"}]}",
    ] {
        let found = problems(text, Format::Json);
        assert_eq!(codes(&found), [ProblemCode::DuplicateKey]);
        assert_eq!(found.iter().next().unwrap().place.unwrap().line, 3, "{found}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let good = b"format = \"probative/1\"\ntitle = \"x\"\n".to_vec();
    for at in [0, 1, good.len() / 2, good.len() - 2] {
        for bad in [&b"\xFF"[..], b"\xC3(", b"\xED\xA0\x80", b"\xF8\x88\x80\x80\x80", b"\xC0\x80"] {
            let mut bytes = good.clone();
            bytes.splice(at..at, bad.iter().copied());
            for format in [Format::Toml, Format::Json] {
                let found = Report::read(&bytes[..], Some(format), "x").unwrap_err();
                assert_eq!(codes(&found), [ProblemCode::Encoding]);
                let place = found.iter().next().unwrap().place.unwrap();
                let before = &bytes[..at];
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                assert_eq!(place.line, line, "{found}");
            }
        }
    }
    let text = String::from_utf8(good).unwrap();
    for bytes in [
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        [0xFE, 0xFF]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect::<Vec<u8>>(),
    ] {
        let found = Report::read(&bytes[..], None, "x").unwrap_err();
        assert!(found.to_string().contains("UTF-16"), "{found}");
    }
    for bytes in [&b""[..], b"\0", b"\xEF\xBB\xBF", b"\xEF\xBB\xBF{}", b"{", b"\"", b"\\"] {
        assert!(Report::read(bytes, None, "x").is_err());
        assert!(Report::read(bytes, Some(Format::Json), "x").is_err());
    }
    assert!(Report::read(std::io::repeat(b'\n'), None, "endless").is_err());
}

#[test]
fn dates_that_are_none_are_refused() {
    for date in [
        "\"2023-02-29\"",
        "\"2023-13-01\"",
        "\"0000-01-01\"",
        "\"-0001-01-01\"",
        "\"+12023-01-01\"",
        "\"9999-12-31T24:00:00Z\"",
        "\"2023-06-13T10:00:00\"",
        "\"2023-06-13T10:00:00+25:00\"",
        "\"99999-01-01\"",
        "\"\"",
        "\"today\"",
        "5",
        "null",
        "[]",
        "{}",
        "true",
    ] {
        let text = format!("{{\"format\": \"probative/1\",\n\"cut_off\": {date}}}");
        let found = problems(&text, Format::Json);
        assert_eq!(found.len(), 1, "{found}");
        assert_eq!(found.iter().next().unwrap().place.unwrap().line, 2, "{found}");
    }
    for date in [
        "2023-02-29",
        "2023-13-01",
        "0000-01-01",
        "10:00:00",
        "2023-06-13T10:00:00",
        "2023-06-13T25:00:00Z",
        "20230-06-13",
    ] {
        let found =
            problems(&format!("format = \"probative/1\"\ncut_off = {date}\n"), Format::Toml);
        assert_eq!(found.iter().next().unwrap().place.unwrap().line, 2, "{found}");
    }
}

/// The path of every value.
fn walk(value: &serde_json::Value, path: &str, places: &mut Vec<String>) {
    places.push(path.to_owned());
    match value {
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), places));
        }
        serde_json::Value::Array(list) => {
            let list = list.iter().enumerate();
            list.for_each(|(at, value)| walk(value, &format!("{path}/{at}"), places));
        }
        _ => {}
    }
}

#[test]
fn null_is_no_value() {
    let whole = serde_json::json!({
        "format": "probative/1", "title": "x",
        "sources": [{"id": "s", "owner": "o", "reliability": "B", "kind": "ngo"}],
        "items": [{"id": "i", "source": "s", "credibility": 2, "channel": "news", "point": "p",
                   "lineage": {"derived_from": ["s"]}, "corroborated_by": [], "captures": []}],
        "judgements": [{"id": "J", "prior": 0.5, "rests_on": [{"item": "i", "stance": "supports"}],
                        "assumes": []}],
        "assumptions": [{"id": "A", "status": "holds"}],
        "indicators": [{"id": "I", "of": "A", "observed": "2023-06-13"}],
        "gaps": [{"id": "G", "bears_on": ["J"]}],
    });
    Report::from_json(&whole.to_string()).unwrap();
    let mut places = Vec::new();
    walk(&whole, "", &mut places);
    assert!(places.len() > 40);
    for place in places {
        let mut spoilt = whole.clone();
        *spoilt.pointer_mut(&place).unwrap() = serde_json::Value::Null;
        problems(&spoilt.to_string(), Format::Json);
    }
}

/// Nothing that it is given makes a reader panic, and all it says has a place.
fn survive(text: &str) {
    for problems in [
        Report::from_toml(text).err(),
        Report::from_json(text).err(),
        Doctrine::from_toml(text).err(),
        Doctrine::from_json(text).err(),
    ]
    .into_iter()
    .flatten()
    {
        placed(text, &problems);
    }
}

/// Valid files, in both forms.
fn valid() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut texts = vec![include_str!("../src/doctrine/default.toml").to_owned()];
    for path in paths.iter().filter(|path| std::fs::metadata(path).unwrap().len() < 30_000) {
        let report = Report::load(path).unwrap();
        texts.extend([std::fs::read_to_string(path).unwrap(), report.to_json()]);
    }
    assert!(texts.len() > 4);
    texts
}

const TOKENS: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "=",
    ":",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\\",
    "\\u",
    "\0",
    "null",
    "nan",
    "-0",
    "1e999",
    "[[items]]\n",
    "[items]\n",
    "id = \"x\"\n",
    "\u{feff}",
    "é",
    "\u{10ffff}",
    "2023-06-13",
    "derived_from",
    "lineage = { derived_from = [\"1a\"] }\n",
    "9",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        for format in [None, Some(Format::Toml), Some(Format::Json)] {
            prop_assert!(Report::read(&bytes[..], format, "x").is_err());
            prop_assert!(Doctrine::read(&bytes[..], format, "x").is_err());
        }
    }

    #[test]
    fn no_text_panics(text: String) {
        survive(&text);
    }

    #[test]
    fn no_heap_of_tokens_panics(tokens in prop::collection::vec(select(TOKENS), 0..40)) {
        survive(&tokens.concat());
    }

    #[test]
    fn no_damaged_file_panics(
        which: Index,
        damage in prop::collection::vec((any::<Index>(), 0_usize..30, select(TOKENS), 0_u8..3), 1..4),
    ) {
        thread_local!(static VALID: Vec<String> = valid());
        let mut text = VALID.with(|valid| valid[which.index(valid.len())].clone());
        for (at, length, token, kind) in damage {
            let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let start = boundary(at.index(text.len() + 1));
            let end = boundary((start + length).min(text.len()));
            match kind {
                0 => text.replace_range(start..end, ""),
                1 => text.insert_str(start, token),
                _ => text.replace_range(start..end, token),
            }
        }
        survive(&text);
    }
}
