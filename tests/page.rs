//! The page and its drawings: what they say, what they must never do, and their bytes.
#![cfg(feature = "html")]
#![allow(clippy::unwrap_used)] // helpers of tests fail like tests

mod common;

use std::fs;
use std::path::Path;

use common::arbitrary;
use common::program::run_example;
use probative::Appraiser;
use probative::doctrine::Doctrine;
use probative::render::{self, Account, svg};
use probative::report::{Report, wire};
use proptest::prelude::*;

const EXAMPLES: [&str; 3] = ["wagner-mali", "posts-only", "well-sourced"];

fn example(name: &str) -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    Report::load(path.join(format!("{name}.toml"))).unwrap()
}

fn page(report: &Report) -> String {
    let doctrine = Doctrine::default();
    let appraiser = Appraiser::new(report, &doctrine);
    render::html(&Account::of(&appraiser), &appraiser)
}

/// Every drawing of a report, by name.
fn drawings(report: &Report) -> Vec<(String, String)> {
    let doctrine = Doctrine::default();
    let appraiser = Appraiser::new(report, &doctrine);
    let account = Account::of(&appraiser);
    let mut all = Vec::new();
    for (at, one) in account.judgements.iter().enumerate() {
        let index = report.find_judgement(&one.id).unwrap();
        let mut add = |name: &str, svg: String| all.push((format!("{at}-{name}"), svg));
        add("strength", svg::strength(one, doctrine.bands(), "s"));
        add("confidence", svg::confidence(one, "c"));
        add("channels", svg::shares("By channel", &one.rests_on.channels, "k"));
        add("owners", svg::shares("By owner", &one.rests_on.owners, "o"));
        add("provenance", svg::provenance(&appraiser, index, "g"));
        add("badge", svg::badge(one, "b"));
    }
    all
}

/// With `PROBATIVE_BLESS=1` the golden files are written anew, to be read before they are
/// committed.
#[test]
fn drawings_are_the_golden_ones_byte_by_byte() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("PROBATIVE_BLESS").is_some();
    let mut expected: Vec<String> = Vec::new();
    for name in EXAMPLES {
        for (drawing, svg) in drawings(&example(name)) {
            let file = format!("{name}-{drawing}.svg");
            let path = golden.join(&file);
            if bless {
                fs::write(&path, &svg).unwrap();
            }
            let held = fs::read_to_string(&path).unwrap_or_default();
            assert!(held == svg, "{file} differs; look at it and bless it");
            expected.push(file);
        }
    }
    let mut held: Vec<String> = fs::read_dir(&golden)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != ".gitattributes")
        .collect();
    held.sort();
    expected.sort();
    assert_eq!(held, expected, "a golden file that nothing draws");
}

#[test]
fn the_same_report_gives_the_same_page() {
    for name in EXAMPLES {
        let report = example(name);
        let again = Report::from_json(&serde_json::to_string(&report.to_wire()).unwrap()).unwrap();
        assert!(page(&report) == page(&again), "{name}");
    }
}

#[test]
fn what_rests_on_posts_is_drawn_hatched_and_says_so() {
    let of = |name: &str| drawings(&example(name)).swap_remove(0).1;
    let (posts, sourced) = (of("posts-only"), of("well-sourced"));
    assert!(posts.contains("▨ from posts 100%"));
    assert!(posts.contains("fill=\"url(#s-h)\""));
    assert!(!sourced.contains("fill=\"url(#s-h)\""));
    let weak = "class=\"card weak\"";
    assert!(page(&example("posts-only")).contains(weak));
    assert!(!page(&example("well-sourced")).contains(weak));
}

#[test]
fn every_link_within_a_page_leads_to_one_place() {
    for name in EXAMPLES {
        let page = page(&example(name));
        let ids: Vec<&str> = quoted(&page, " id=\"").collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(ids.len(), unique.len(), "{name}: ids repeat");
        for href in quoted(&page, " href=\"#") {
            assert!(unique.binary_search(&href).is_ok(), "{name}: #{href} leads nowhere");
        }
    }
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}&amp;\
                \u{202e}gnp.exe\u{2066}\0\u{1b}[2J]]><!--";
    let mut report = wire::Report::new(evil);
    report.publisher = Some(evil.to_owned());
    report.yardstick = Some(evil.to_owned());
    let mut source = wire::Source::new(evil);
    source.name = evil.to_owned();
    source.owner = Some(format!("owner {evil}"));
    source.graded_because = Some(evil.to_owned());
    source.reliability = Some(probative::grade::Reliability::B);
    source.url = Some("javascript:alert(3)".parse().unwrap());
    report.sources.push(source);
    for (at, address) in [
        "javascript:alert(4)",
        "data:text/html,<script>alert(5)</script>",
        "https://example.org/\"><b>",
    ]
    .into_iter()
    .enumerate()
    {
        let mut item = wire::Item::new(format!("{evil}{at}"), evil);
        item.claim = format!("{evil}{}", "long ".repeat(200_000));
        item.point = Some(evil.to_owned());
        item.url = Some(address.parse().unwrap());
        item.withdrawn_because = Some(evil.to_owned());
        report.items.push(item);
    }
    let mut judgement = wire::Judgement::new(evil);
    judgement.statement = evil.to_owned();
    judgement.likelihood = Some(evil.to_owned());
    judgement.rests_on = report.items.iter().map(|item| wire::Link::new(item.id.clone())).collect();
    report.judgements.push(judgement);
    let report = report.check().unwrap();
    let page = page(&report);

    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<!--"));
    assert!(!page.contains(['\u{202e}', '\u{2066}', '\0', '\u{1b}']));
    assert!(page.contains("\\u{202e}gnp.exe"), "what reorders a line is shown as an escape");
    let hrefs: Vec<&str> = quoted(&page, " href=\"").collect();
    assert!(hrefs.iter().all(|href| href.starts_with('#') || href.starts_with("https://")));
    assert!(hrefs.iter().any(|href| href.starts_with("https://example.org/")));
    assert!(page.contains("javascript:alert(3)"), "an address that is no link is still shown");
    for (name, svg) in drawings(&report) {
        assert!(!svg.contains("<script") && !svg.contains("<img"), "{name}");
        assert!(!svg.contains(['\u{202e}', '\0', '\u{1b}']), "{name}");
    }
}

#[test]
fn the_policy_lets_nothing_in() {
    let page = page(&example("wagner-mali"));
    let policy = quoted(&page, "Content-Security-Policy\" content=\"").next().unwrap();
    // The engine escapes the quotes of the policy.
    assert!(policy.starts_with("default-src &#39;none&#39;; style-src &#39;sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"));
    for outward in ["<script", "<link", "<iframe", " src=", "@import", "url(http", " style="] {
        assert!(!page.contains(outward), "{outward}");
    }
}

#[test]
fn two_thousand_items_stay_under_two_megabytes() {
    let report = large(2_000).check().unwrap();
    let page = page(&report);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(page.contains("id=\"i1999\""), "every item has its row");
}

#[test]
fn an_empty_report_has_a_page() {
    let page = page(&wire::Report::new("").check().unwrap());
    assert!(page.contains("(untitled report)") && page.contains("states no judgement"));
}

#[test]
fn the_program_writes_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports/wagner-mali.toml");
    let (status, out, err) = run_example("appraise", &[path.to_str().unwrap(), "--format", "html"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out == page(&example("wagner-mali")), "the program writes another page");
}

/// A report for the size of a page, and for the browser test, which runs this with a file name.
#[test]
fn a_large_report_is_written_where_it_is_asked_for() {
    if let Some(path) = std::env::var_os("PROBATIVE_LARGE_PAGE") {
        fs::write(path, page(&large(2_000).check().unwrap())).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_report_breaks_a_page(report in arbitrary::report()) {
        let report = report.check().unwrap();
        let page = page(&report);
        prop_assert!(page.ends_with("</html>"));
        prop_assert!(!page.contains("NaN") && !page.contains("inf%"));
        let doctrine = Doctrine::default();
        let other = Report::from_toml("format = \"probative/1\"\ntitle = \"\"").unwrap();
        let index = report.find_judgement("J0").unwrap();
        let stranger = Appraiser::new(&other, &doctrine);
        prop_assert_eq!(svg::provenance(&stranger, index, ""), "");
    }
}

fn large(items: usize) -> wire::Report {
    use probative::grade::{Credibility, Reliability};
    use probative::report::{Channel, Stance};

    let mut report = wire::Report::new("Two thousand items");
    for at in 0..300 {
        let mut source = wire::Source::new(format!("s{at}"));
        source.name = format!("Source number {at}");
        source.reliability = Some(Reliability::ALL[at % 6]);
        source.graded_because = Some("Read for years, and as good as this says.".to_owned());
        source.owner = (at % 3 > 0).then(|| format!("owner-{}", at % 40));
        report.sources.push(source);
    }
    for at in 0..items {
        let mut item = wire::Item::new(format!("i{at}"), format!("s{}", at * 7 % 300));
        item.claim = format!("Claim {at}: somebody saw that something took place, and said so.");
        item.credibility = Some(Credibility::ALL[at % 6]);
        item.channel = Some(Channel::ALL[at % Channel::ALL.len()]);
        item.point = Some(format!("p{}", at % 30));
        item.lineage = match at {
            _ if at % 4 == 0 => Some(wire::Lineage::Original),
            _ if at % 5 == 0 => Some(wire::Lineage::DerivedFrom(vec![format!("i{}", at - 3)])),
            _ => None,
        };
        item.url = Some(format!("https://example.org/reports/{at}").parse().unwrap());
        report.items.push(item);
    }
    for number in 1..=3 {
        let mut judgement = wire::Judgement::new(format!("J{number}"));
        judgement.statement = format!("Judgement {number} is likely to hold.");
        judgement.rests_on = (0..items)
            .filter(|at| at % number == 0)
            .map(|at| {
                let mut link = wire::Link::new(format!("i{at}"));
                link.stance = (at % 11 == 0).then_some(Stance::Contradicts);
                link
            })
            .collect();
        report.judgements.push(judgement);
    }
    report
}

/// What stands between this mark and the next quote, wherever it occurs.
fn quoted<'p>(page: &'p str, mark: &'p str) -> impl Iterator<Item = &'p str> {
    page.split(mark).skip(1).filter_map(|rest| rest.split('"').next())
}
