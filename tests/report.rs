//! Reading reports: what is right comes back as it was, what is wrong is said with its place.

use probative::report::Report;

fn problems(text: &str) -> Vec<String> {
    let read =
        if text.trim_start().starts_with('{') { Report::from_json } else { Report::from_toml };
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_problem_is_said_at_once_with_its_place() {
    let toml = r#"
format = "probative/1"
title = 7
cutoff = 2023-06-13

[[sources]]
id = "un"
reliability = "Z"
kind = "alien"

[[sources]]
id = "un"

[[items]]
id = "1a"
source = "nobody"
credibility = 9
channel = "leek"
lineage = { derived_from = ["1b", "1b", "ghost"] }
published = 2023-06-01T10:00:00

[[items]]
source = "un"

[[items]]
id = "1b"
source = "un"
lineage = { derived_from = ["1b"] }
corroborated_by = ["1b"]
captures = [{ digest = "md5:00" }, { length = 3 }]

[[judgements]]
id = "J"
prior = -0.0
rests_on = [{ item = "1a", stance = "supports" }, { item = "x" }, { stance = "context" }]
assumes = ["A9"]
"#;
    let found = problems(toml);
    let expected = [
        "3:9: title: expected a string, found 7",
        "4:1: cutoff: unknown key; expected one of format, title",
        "8:15: sources[0].reliability: expected",
        "9:8: sources[0].kind: expected one of government",
        "12:6: sources[1].id: expected an id of its own, found `un`, which sources[0] bears",
        "16:10: items[0].source: expected the id of a source, found `nobody`",
        "17:15: items[0].credibility: expected",
        "18:11: items[0].channel: expected one of first-hand",
        "19:35: items[0].lineage.derived_from[1]: `1b` is named twice",
        "19:41: items[0].lineage.derived_from[2]: expected the id of an item or a source, found `ghost`",
        "20:13: items[0].published: expected a date (2023-06-13) or an RFC 3339 time",
        "22:1: items[1]: the key `id` is missing",
        "29:19: items[2].corroborated_by: `1b` confirms itself",
        "30:24: items[2].captures[0].digest: expected the algorithm sha256 or sha512, found `md5`",
        "30:36: items[2].captures[1]: the key `digest` is missing",
        "34:9: judgements[0].prior: expected a number, found the negative zero -0.0",
        "35:60: judgements[0].rests_on[1].item: expected the id of an item, found `x`",
        "35:67: judgements[0].rests_on[2]: the key `item` is missing",
        "36:12: judgements[0].assumes[0]: expected the id of an assumption, found `A9`",
    ];
    let listed = found.join("\n");
    assert_eq!(found.len(), expected.len(), "{listed}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n  is not\n{expected}");
    }
}

#[test]
fn json_has_places_too() {
    let found = problems(
        "{\"format\": \"probative/1\",\n \"items\": [{\"id\": \"é\", \"source\": \"s\", \"id\": \"b\"},\n  5],\n \"x\": 1e999}",
    );
    let expected = [
        "2:34: items[0].source: expected the id of a source, found `s`",
        "2:39: duplicate key: `id` stands twice",
        "3:3: items[1]: expected a table, found 5",
        "4:2: x: unknown key",
    ];
    for expected in expected {
        assert!(found.iter().any(|found| found.starts_with(expected)), "{expected}\n{found:#?}");
    }
}

#[test]
fn what_a_program_proposed_and_who_dissents_come_back_as_they_were() {
    let toml = r#"
format = "probative/1"
title = "T"
[[sources]]
id = "s"
drafted = true
[[items]]
id = "i"
source = "s"
drafted = true
[[judgements]]
id = "J"
confidence = "high"
dissents = [{ holder = "one agency", confidence = "moderate" }, { holder = "NSA", statement = "not settled" }]
assumes = ["A"]
drafted = true
[[assumptions]]
id = "A"
drafted = false
[[indicators]]
id = "I"
of = "A"
drafted = true
[[gaps]]
id = "G"
drafted = true
"#;
    let report = Report::from_toml(toml).unwrap();
    assert!(report.sources()[0].drafted && report.items()[0].drafted && report.gaps()[0].drafted);
    assert!(!report.assumptions()[0].drafted);
    assert_eq!(&*report.judgements()[0].dissents[0].holder, "one agency");
    assert_eq!(Report::from_toml(&report.to_toml().unwrap()).unwrap(), report);
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);

    let found = problems(&toml.replace("\"one agency\"", "\" \""));
    assert_eq!(found, ["14:24: judgements[0].dissents[0].holder: expected a name, found none"]);
}
