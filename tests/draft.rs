//! Drafting: real reports that lie beside the project, and two articles of our own.
#![cfg(feature = "draft")]
#![allow(clippy::unwrap_used, clippy::panic)] // in what tests share as well

mod common;

use std::path::Path;

use common::shared::shared;
use probative::draft::{Draft, DraftError, FindingCode, Options, Part, Registry, draft};
use probative::grade::Reliability;
use probative::report::wire::{Item, Lineage, Source};
use probative::report::{Channel, Confidence, Report, SourceKind};

#[test]
fn the_real_report_yields_its_judgements_and_their_points() {
    let Some(seed) = seed() else { return };
    let report = seed.report();
    assert_eq!(report.title, "Wagner in Mali: A Deal with the Devil?");
    assert_eq!(report.cut_off.map(|day| day.to_string()).as_deref(), Some("2023-06-13"));
    assert_eq!(report.yardstick.as_deref(), Some("phia-2025"));
    let judgements: Vec<_> = report
        .judgements
        .iter()
        .map(|one| (one.id.as_str(), one.likelihood.as_deref(), one.confidence))
        .collect();
    assert_eq!(
        judgements,
        [
            ("KJ-1", Some("likely"), Some(Confidence::Moderate)),
            ("KJ-2", Some("likely"), Some(Confidence::High)),
            ("KJ-3", Some("highly likely"), Some(Confidence::Low)),
        ]
    );
    let points = |id: &str| {
        let judgement = report.judgements.iter().find(|one| one.id == id).unwrap();
        let mut points: Vec<_> = judgement
            .rests_on
            .iter()
            .filter_map(|link| item(&seed, &link.item).point.clone())
            .collect();
        points.dedup();
        points.len()
    };
    assert_eq!((points("KJ-1"), points("KJ-2"), points("KJ-3")), (6, 6, 4));
}

#[test]
fn every_citation_of_the_real_report_is_counted_at_its_point() {
    let Some(seed) = seed() else { return };
    let cited = |point: &str| {
        seed.traces()
            .iter()
            .filter(|trace| trace.part == Part::Cited)
            .filter(|trace| item(&seed, &trace.id).point.as_deref() == Some(point))
            .count()
    };
    let expected = [
        ("1a", 2),
        ("1b", 3),
        ("1c", 1),
        ("1d", 1),
        ("1e", 1),
        ("1f", 2),
        ("2a", 3),
        ("2b", 1),
        ("2c", 1),
        ("2d", 1),
        ("2e", 1),
        ("2f", 1),
        ("3a", 1),
        ("3b", 1),
        ("3c", 1),
        ("3d", 0),
    ];
    for (point, count) in expected {
        assert_eq!(cited(point), count, "{point}");
    }
    let text = read("seed/wagner-in-mali.txt").unwrap_or_default();
    let all = seed.traces().iter().filter(|trace| trace.part == Part::Cited).count();
    assert_eq!(all, text.matches("(source").count());

    let open: Vec<_> = find(&seed, FindingCode::CitationUnclosed);
    assert_eq!(open.len(), 1);
    assert_eq!(&text[open[0].span.bytes.clone()], "(source");
    assert!(text[..open[0].span.bytes.start].trim_end().ends_with("key markets"));

    let uncited: Vec<&str> =
        find(&seed, FindingCode::Uncited).iter().map(|one| &text[one.span.bytes.clone()]).collect();
    for beginning in [
        "The Mali government, however",
        "The post claimed that they delivered",
        "For instance, President Biden",
        "Therefore, Mali does not have",
        "Recent reports have shown",
        "The forces reportedly carried out",
        "Reports further suggest",
        "Local sources in Menaka",
        "This is supported by a Defense analyst",
        "The document also shows",
        "Defence Analyst Raphael Parens has confirmed",
    ] {
        assert!(uncited.iter().any(|one| one.starts_with(beginning)), "{beginning}: {uncited:#?}");
    }
}

#[test]
fn the_real_report_keeps_its_outlook() {
    let Some(seed) = seed() else { return };
    let report = seed.report();
    let [assumption] = report.assumptions.as_slice() else { panic!("one assumption") };
    assert!(assumption.statement.starts_with("Russia will continue supporting Wagner"));
    let assumes: Vec<_> = report.judgements.iter().map(|one| one.assumes.len()).collect();
    assert_eq!(assumes, [0, 0, 1]);
    let [indicator] = report.indicators.as_slice() else { panic!("one indicator") };
    assert_eq!(indicator.of, assumption.id);
    assert!(indicator.statement.starts_with("Wagner leader Yevgeny Prigozhin publicly"));
    let [gap] = report.gaps.as_slice() else { panic!("one gap") };
    assert!(gap.statement.starts_with("Further insight"));
    let summary = report.source_summary.as_ref().map(|one| one.statement.as_str());
    assert!(summary.is_some_and(|summary| summary.contains("ACLED")));
    assert_eq!(find(&seed, FindingCode::TextUnread).len(), 1);
}

#[test]
fn who_speaks_in_the_real_report_and_by_which_channel() {
    let Some(seed) = seed() else { return };
    for (beginning, name, kind, channel) in [
        (
            "An independent journalist posted",
            "journalist",
            SourceKind::Anonymous,
            Channel::SocialMedia,
        ),
        ("The post claimed", "journalist", SourceKind::Anonymous, Channel::SocialMedia),
        ("A news report confirms", "news report", SourceKind::NewsOutlet, Channel::News),
        (
            "Therefore, Mali does not",
            "Raphael Parens",
            SourceKind::Individual,
            Channel::ExpertComment,
        ),
        (
            "In February 2023, Russia’s",
            "Sergei Lavrov",
            SourceKind::Individual,
            Channel::OfficialStatement,
        ),
        ("In May 2023, the UN released", "UN", SourceKind::Intergovernmental, Channel::Research),
        ("The UN report found", "UN", SourceKind::Intergovernmental, Channel::Research),
        (
            "Human Rights researcher",
            "Ousmane Diallo",
            SourceKind::Individual,
            Channel::ExpertComment,
        ),
        ("The UN estimated", "UN", SourceKind::Intergovernmental, Channel::OfficialStatement),
        ("Recent reports have shown", "name nobody", SourceKind::Anonymous, Channel::Unattributed),
        ("Reports further suggest", "name nobody", SourceKind::Anonymous, Channel::Unattributed),
        ("Some Twitter users", "Twitter users", SourceKind::Anonymous, Channel::SocialMedia),
        (
            "Local sources in Menaka",
            "Local sources in Menaka",
            SourceKind::Anonymous,
            Channel::HumanSource,
        ),
        ("Reports have suggested", "name nobody", SourceKind::Anonymous, Channel::Unattributed),
        (
            "This is supported by a Defense",
            "Defense analyst",
            SourceKind::Anonymous,
            Channel::ExpertComment,
        ),
        (
            "On the 25th of May",
            "US Treasury Department",
            SourceKind::Government,
            Channel::OfficialStatement,
        ),
        (
            "A U.S. intelligence report",
            "U.S. intelligence",
            SourceKind::Government,
            Channel::OfficialStatement,
        ),
        ("Leaked documents on", "Leaked documents", SourceKind::Anonymous, Channel::Leak),
        ("The document also shows", "Leaked documents", SourceKind::Anonymous, Channel::Leak),
        (
            "Defence Analyst Raphael",
            "Raphael Parens",
            SourceKind::Individual,
            Channel::ExpertComment,
        ),
    ] {
        let item = claimed(&seed, beginning);
        let source = source(&seed, &item.source);
        assert!(source.name.contains(name), "{beginning}: {source:?}");
        assert_eq!((source.kind, item.channel), (Some(kind), Some(channel)), "{beginning}");
    }
    // One person in two judgements is one source.
    assert_eq!(claimed(&seed, "Therefore, Mali").source, claimed(&seed, "Defence Analyst").source);
    let vague = find(&seed, FindingCode::SpeakerVague);
    let text = read("seed/wagner-in-mali.txt").unwrap_or_default();
    assert!(vague.iter().any(|one| &text[one.span.bytes.clone()] == "Twitter users"));
    assert!(vague.iter().any(|one| &text[one.span.bytes.clone()] == "reportedly"));
}

#[test]
fn the_draft_of_the_real_report_is_honest_and_a_person_can_grade_it() {
    let Some(seed) = seed() else { return };
    let report = Report::from_toml(&seed.to_toml().unwrap()).unwrap();
    assert_eq!(Report::from_json(&seed.to_json()).unwrap(), report);
    assert!(report.sources().iter().all(|one| one.reliability.is_none() && one.drafted));
    assert!(report.items().iter().all(|one| one.credibility.is_none() && one.drafted));

    let doctrine = probative::doctrine::Doctrine::default();
    let appraiser = probative::Appraiser::new(&report, &doctrine);
    for (at, one) in appraiser.appraise().judgements().iter().enumerate() {
        assert_eq!(one.strength.central, 0.0);
        assert!(one.strength.upper > 0.0 && one.uncertainty > 0.99, "{one:?}");
        assert_eq!(one.supportable, Confidence::Low);
        let id = &report.judgements()[at].id;
        let steps = appraiser.next_steps(report.find_judgement(id).unwrap());
        assert!(
            steps.iter().any(|step| format!("{:?}", step.change).contains("Grade")),
            "{steps:?}"
        );
    }

    // What a person would add: the letters, digits, owners, lineage and relevance of the example
    // that people made of the same text.
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports/wagner-mali.toml");
    let example = Report::load(example).unwrap().to_wire();
    let mut graded = seed.report().clone();
    for (drafted, by_hand) in SAME_ITEMS {
        let model = example.items.iter().find(|item| item.id == by_hand).unwrap();
        let item = graded.items.iter_mut().find(|item| item.id == drafted).unwrap();
        item.credibility = model.credibility;
        let same = |id: &String| SAME_ITEMS.iter().find(|(_, by_hand)| by_hand == id);
        let confirming = model.corroborated_by.iter().filter_map(same);
        item.corroborated_by = confirming.map(|(drafted, _)| (*drafted).to_owned()).collect();
        item.lineage = model.lineage.clone().filter(|lineage| *lineage == Lineage::Original);
        let voice = example.sources.iter().find(|source| source.id == model.source).unwrap();
        let source = graded.sources.iter_mut().find(|source| source.id == item.source).unwrap();
        source.reliability = voice.reliability;
        source.graded_because.clone_from(&voice.graded_because);
        source.owner.clone_from(&voice.owner);
        let links = |report: &probative::report::wire::Report, id: &str| {
            let mut links = report.judgements.iter().flat_map(|one| one.rests_on.clone());
            links.find(|link| link.item == id).unwrap()
        };
        let relevance = links(&example, by_hand).relevance;
        let mut rests_on = graded.judgements.iter_mut().flat_map(|one| &mut one.rests_on);
        rests_on.find(|link| link.item == drafted).unwrap().relevance = relevance;
    }
    let graded = graded.check().unwrap();
    let appraisal = probative::appraise(&graded, &doctrine);
    let central: Vec<f64> = appraisal.judgements().iter().map(|one| one.strength.central).collect();
    let [first, second, third] = central.as_slice() else { panic!("three judgements") };
    assert!(second > first && first > third, "{central:?}");
}

#[test]
fn a_committee_s_assessment_without_labels_is_read_by_its_wording() {
    let Some(text) = read("data/reports/jic_syria_cw_2013.txt") else { return };
    let drafted = draft(&text, &Options::new()).unwrap();
    let report = drafted.report();
    assert_eq!(report.title, "SYRIA: REPORTED CHEMICAL WEAPONS USE");
    let judgement = |part: &str| {
        report
            .judgements
            .iter()
            .find(|one| one.statement.contains(part))
            .unwrap_or_else(|| panic!("{part}"))
    };
    assert_eq!(
        judgement("the Syrian regime was responsible").likelihood.as_deref(),
        Some("highly likely")
    );
    assert_eq!(judgement("delegated by President Assad").likelihood.as_deref(), Some("probably"));
    judgement("lethal CW on 14 occasions");
    judgement("at least 350 fatalities");
    assert!(report.judgements.iter().all(|one| one.confidence.is_none()));
    assert_eq!(find(&drafted, FindingCode::JudgementUnmarked).len(), report.judgements.len());
    let unread = find(&drafted, FindingCode::ConfidenceUnread);
    for words in ["certainty", "confidence"] {
        assert!(unread.iter().any(|one| &text[one.span.bytes.clone()] == words), "{words}");
    }
    // "highly likely" and "probably" are words of two yardsticks.
    assert_eq!(report.yardstick, None);
    assert_eq!(find(&drafted, FindingCode::YardstickUnknown).len(), 1);
}

#[test]
fn those_who_differ_keep_a_view_of_their_own() {
    let Some(text) = read("data/reports/odni_covid_origins_2021.txt") else { return };
    let drafted = draft(&text, &Options::new()).unwrap();
    let judgements = &drafted.report().judgements;
    assert_eq!(judgements.len(), 4);
    assert_eq!(judgements[0].likelihood.as_deref(), Some("probably"));
    let divided = &judgements[2];
    assert_eq!(
        (divided.confidence, divided.likelihood.as_deref()),
        (Some(Confidence::Low), Some("probably"))
    );
    let [dissent] = divided.dissents.as_slice() else { panic!("{divided:?}") };
    assert_eq!((dissent.holder.as_str(), dissent.confidence), ("two agencies", None));
    assert!(dissent.statement.contains("not sufficient evidence"));

    let Some(text) = read("data/reports/ssci_ica_review_p5.txt") else { return };
    let drafted = draft(&text, &Options::new()).unwrap();
    let divided = &drafted.report().judgements[0];
    assert_eq!(divided.confidence, None);
    let views: Vec<_> =
        divided.dissents.iter().map(|one| (one.holder.as_str(), one.confidence)).collect();
    assert_eq!(
        views,
        [("CIA and FBI", Some(Confidence::High)), ("NSA", Some(Confidence::Moderate))]
    );
    // Its footnote is typed by hand.
    let cited =
        drafted.report().items.iter().find(|item| item.claim.starts_with("In July 2015")).unwrap();
    assert!(source(&drafted, &cited.source).name.starts_with("Intelligence Community Assessment"));
}

#[test]
fn a_page_is_read_without_its_furniture() {
    let html = include_str!("articles/ardun.html");
    let drafted = draft(html, &Options::new()).unwrap();
    let report = drafted.report();
    assert_eq!(report.title, "The Strait of Ardun: who holds the pilots?");
    assert_eq!(report.cut_off.unwrap().to_string(), "2021-03-04");
    assert_eq!(report.yardstick.as_deref(), None); // "very likely", "unlikely": two have both
    assert_eq!(find(&drafted, FindingCode::YardstickAmbiguous).len(), 1);
    let judgements: Vec<_> = report
        .judgements
        .iter()
        .map(|one| (one.id.as_str(), one.likelihood.as_deref(), one.confidence, one.rests_on.len()))
        .collect();
    assert_eq!(
        judgements,
        [
            ("KJ-1", Some("very likely"), Some(Confidence::Moderate), 5),
            ("KJ-2", Some("unlikely"), Some(Confidence::High), 1),
        ]
    );
    assert!(report.judgements[0].statement.contains("pilots’ guild"));
    assert_eq!(report.judgements[1].dissents[0].holder, "One agency");
    assert_eq!(report.judgements[1].dissents[0].confidence, Some(Confidence::Low));

    let ministry = claimed(&drafted, "The Ministry of Ports said");
    assert_eq!(source(&drafted, &ministry.source).name, "Ministry of Ports");
    assert_eq!(ministry.url.as_ref().unwrap().as_str(), "https://ports.gov.uk/notice/12");
    assert_eq!(claimed(&drafted, "A deckhand wrote").channel, Some(Channel::SocialMedia));
    let insurers = claimed(&drafted, "Insurers have doubled");
    assert_eq!(source(&drafted, &insurers.source).id, "example-com");
    assert_eq!(insurers.url.as_ref().unwrap().path(), "/p/9");
    let voss = claimed(&drafted, "Shipping analyst Mirela");
    assert!(source(&drafted, &voss.source).name.contains("Interview with the author"));
    let crews = claimed(&drafted, "Crews were sent home");
    assert_ne!(crews.channel, Some(Channel::SocialMedia));
    assert_eq!(source(&drafted, &crews.source).name, "evil.example");

    assert_eq!(report.judgements[1].assumes, ["A1"]);
    assert_eq!(report.indicators[0].statement, "surveyors at the quay");
    assert_eq!(report.gaps.len(), 1);
    let uncited = find(&drafted, FindingCode::Uncited);
    assert!(uncited.iter().any(|one| one.message.contains("Prices have fallen")));
    for trace in drafted.traces().iter().filter(|one| one.part == Part::Judgement) {
        assert!(html[trace.span.bytes.clone()].starts_with(['I', 'W']), "{trace:?}");
    }
    report.clone().check().unwrap();
}

#[test]
fn markdown_is_read_with_its_links_and_notes() {
    let markdown = include_str!("articles/velm.md");
    let drafted = draft(markdown, &Options::new()).unwrap();
    let report = drafted.report();
    assert_eq!(report.title, "Velm: the dam and the valley");
    assert_eq!(report.cut_off.unwrap().to_string(), "2022-11-30");
    assert_eq!(report.yardstick.as_deref(), Some("icd-203"));
    let judgements: Vec<_> = report
        .judgements
        .iter()
        .map(|one| (one.id.as_str(), one.likelihood.as_deref(), one.confidence))
        .collect();
    assert_eq!(
        judgements,
        [
            ("KJ-A", Some("probably"), Some(Confidence::Moderate)),
            ("KJ-B", Some("roughly even chance"), None),
        ]
    );
    let board = claimed(&drafted, "The water board announced");
    assert_eq!(
        (board.url.as_ref().unwrap().host_str(), board.point.as_deref()),
        (Some("board.velm.gov"), Some("A.a"))
    );
    let institute = claimed(&drafted, "Engineers at the Institute");
    assert_eq!(institute.url.as_ref().unwrap().as_str(), "https://rivers.ac.uk/gates");
    assert_eq!(claimed(&drafted, "Residents of Low Velm").point.as_deref(), Some("A.b"));
    assert_eq!(claimed(&drafted, "Leaked minutes").channel, Some(Channel::Leak));
    assert_eq!(find(&drafted, FindingCode::CitationUnresolved).len(), 1);
    assert_eq!(report.judgements[1].assumes, ["A1"]);
    assert_eq!(report.indicators[0].of, "A1");
    assert_eq!(report.gaps[0].bears_on, ["KJ-B"]);
    report.clone().check().unwrap();
}

#[test]
fn wikitext_is_read_with_its_references() {
    let wikitext = "== The mill ==\nKJ-1: It is '''almost certain''' that the mill reopens.\n\n\
        * The [[Town council|council]] stated that work began.<ref name=\"c\">{{cite web|url=https://council.gov/7|title=x}}</ref>\n\
        * Carts returned.<ref name=\"c\" />\n* Dust was seen.<ref>An old book</ref>\n";
    let drafted = draft(wikitext, &Options::new()).unwrap();
    assert_eq!(drafted.report().items.len(), 3);
    for beginning in ["The council stated", "Carts returned"] {
        let item = claimed(&drafted, beginning);
        assert_eq!(item.url.as_ref().unwrap().as_str(), "https://council.gov/7");
    }
    assert_eq!(drafted.report().judgements[0].likelihood.as_deref(), Some("almost certain"));
}

#[test]
fn only_a_registry_gives_a_letter_and_the_draft_says_which() {
    let text = "KJ-1: It is likely that it rains.\n\na. Clouds came (source: https://www.dailysky.example.com/a).\n\n\
        b. Wind rose, according to Reuters (source).\n\nc. Dust rose (https://dailysky.example.com.evil.org/a).\n";
    let registry = Registry::from_toml(
        "name = \"Desk\"\nas_of = 2022-02-02\n[[sources]]\nname = \"Daily Sky\"\ndomains = [\"dailysky.example.com\"]\n\
         reliability = \"C\"\nbecause = \"often late\"\nkind = \"news-outlet\"\n\
         [[sources]]\nname = \"Reuters\"\nreliability = \"B\"\nbecause = \"long record\"\n",
        "file",
    )
    .unwrap();
    let drafted = draft(text, &Options::new().with_registry(registry)).unwrap();
    let sky = source(&drafted, &claimed(&drafted, "Clouds came").source).clone();
    assert_eq!((sky.reliability, sky.kind), (Some(Reliability::C), Some(SourceKind::NewsOutlet)));
    assert_eq!(sky.graded_because.as_deref(), Some("Desk (as of 2022-02-02): often late"));
    assert_eq!(
        source(&drafted, &claimed(&drafted, "Wind rose").source).reliability,
        Some(Reliability::B)
    );
    assert_eq!(source(&drafted, &claimed(&drafted, "Dust rose").source).reliability, None);
    assert_eq!(find(&drafted, FindingCode::RegistryLetter).len(), 2);
    assert!(
        drafted
            .report()
            .items
            .iter()
            .all(|item| item.credibility.is_none() && item.lineage.is_none())
    );
}

#[test]
fn a_real_table_of_sources_is_a_registry() {
    let Some(table) = read("data/reliability/perennial-sources.csv") else { return };
    let registry = Registry::from_csv(&table, "perennial-sources.csv").unwrap();
    assert!(registry.len() > 300);
    let text = "KJ-1: It is likely that it rains.\n\na. One (https://www.reuters.com/x).\n\n\
        b. It came down (https://www.reuters.com/x).\n\nc. It stayed down (https://www.theguardian.com/x).\n\n\
        d. It rose again (https://www.wikidata.org/wiki/Q1).\n\ne. It fell again (https://www.forbes.com/sites/x).\n";
    let letter = |drafted: &Draft, beginning: &str| {
        source(drafted, &claimed(drafted, beginning).source).reliability
    };
    let drafted = draft(text, &Options::new().with_registry(registry.clone())).unwrap();
    assert_eq!(letter(&drafted, "It came down"), Some(Reliability::B));
    // Two entries for one host that disagree: nobody knows which is meant.
    assert_eq!(letter(&drafted, "It stayed down"), None);
    let ambiguous = find(&drafted, FindingCode::RegistryAmbiguous);
    assert!(ambiguous.iter().any(|one| one.message.contains("Guardian")), "{ambiguous:?}");
    // A row names one page of this host.
    assert_eq!(letter(&drafted, "It rose again"), None);
    assert!(!find(&drafted, FindingCode::RegistryUndated).is_empty());
    let dated = registry.dated("2021-06-01".parse().unwrap());
    let drafted = draft(text, &Options::new().with_registry(dated)).unwrap();
    assert!(find(&drafted, FindingCode::RegistryUndated).is_empty());
    let reuters = &source(&drafted, &claimed(&drafted, "It came down").source).graded_because;
    assert!(reuters.as_ref().unwrap().contains("as of 2021-06-01"));
}

#[test]
fn what_cannot_be_drafted_is_refused_with_the_reason() {
    let refused = |text: &str| draft(text, &Options::new()).unwrap_err();
    assert_eq!(refused(""), DraftError::Empty);
    assert_eq!(refused(" \u{FEFF}\r\n "), DraftError::Empty);
    assert_eq!(refused("The mill stands by the river."), DraftError::NoJudgement);
    assert!(matches!(refused("%PDF-1.4"), DraftError::NotText { .. }));
    let text = "KJ-1: It is likely that it rains.\r\n\r\na. Clouds came (source).\r\n\r\nb. Wind rose (source).\r\n";
    let windows = draft(text, &Options::new()).unwrap();
    let unix = draft(&text.replace('\r', ""), &Options::new()).unwrap();
    assert_eq!(windows.report(), unix.report());
}

#[test]
fn findings_are_shown_at_their_line() {
    let text = "KJ-1: It is likely that it rains.\n\na. Mali\u{202E} trades (source\n";
    let drafted = draft(text, &Options::new()).unwrap();
    let open = find(&drafted, FindingCode::CitationUnclosed)[0];
    assert_eq!((open.span.place.line, open.span.place.column), (3, 17));
    assert_eq!(
        open.render(text, "a.txt"),
        "warning[citation-unclosed]: the citation is opened and never closed; it counts as one\n  \
         --> a.txt:3:17\n  |\n3 | a. Mali\\u{202e} trades (source\n  |                        ^^^^^^^"
    );
}

/// Items of the draft, and those of the example that say the same.
const SAME_ITEMS: [(&str, &str); 30] = [
    ("1a", "1a"),
    ("1a-2", "1a-count"),
    ("1a-3", "1a-flight"),
    ("1b", "1b"),
    ("1b-2", "1b-withdrawal"),
    ("1b-3", "1b-broadcasts"),
    ("1c", "1c"),
    ("1d", "1d"),
    ("1d-2", "1d-parens"),
    ("1e", "1e"),
    ("1f", "1f"),
    ("1f-2", "1f-disinformation"),
    ("2a", "2a"),
    ("2a-2", "2a"),
    ("2a-3", "2a-diallo"),
    ("2b", "2b"),
    ("2c", "2c"),
    ("2c-2", "2c"),
    ("2c-3", "2c-market"),
    ("2c-4", "2c-victims"),
    ("2d", "2d"),
    ("2e", "2e"),
    ("2e-2", "2e-accusation"),
    ("2f", "2f"),
    ("2f-2", "2f-analyst"),
    ("3a", "3a"),
    ("3b", "3b"),
    ("3c", "3c"),
    ("3c-2", "3c-meeting"),
    ("3d", "3d"),
];

fn read(path: &str) -> Option<String> {
    shared(Path::new(path)).map(|path| std::fs::read_to_string(path).unwrap())
}

fn seed() -> Option<Draft> {
    read("seed/wagner-in-mali.txt").map(|text| draft(&text, &Options::new()).unwrap())
}

fn item<'d>(drafted: &'d Draft, id: &str) -> &'d Item {
    drafted.report().items.iter().find(|item| item.id == id).unwrap()
}

fn claimed<'d>(drafted: &'d Draft, beginning: &str) -> &'d Item {
    let items = &drafted.report().items;
    items
        .iter()
        .find(|item| item.claim.starts_with(beginning))
        .unwrap_or_else(|| panic!("{beginning}: {items:#?}"))
}

fn source<'d>(drafted: &'d Draft, id: &str) -> &'d Source {
    drafted.report().sources.iter().find(|source| source.id == id).unwrap()
}

fn find(drafted: &Draft, code: FindingCode) -> Vec<&probative::draft::Finding> {
    drafted.findings().iter().filter(|one| one.code == code).collect()
}
