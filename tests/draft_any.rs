//! Drafting from any text whatever: it returns, in time, and points into the text.
#![cfg(feature = "draft")]
#![allow(clippy::unwrap_used)] // in what tests share as well

use probative::draft::{Markup, Options, Registry, draft};
use probative::report::Report;
use proptest::prelude::*;

#[test]
fn hostile_texts_are_answered_in_time() {
    let mut slow = Vec::new();
    let head = "KJ-1: It is likely that it rains.\n\na. Rain fell (source).\n\n";
    for part in [
        "<div>",
        "(source",
        "(source) ",
        "[",
        "[[",
        "{{",
        "{{a",
        "<ref>",
        "<ref name=x>",
        "> ",
        "- ",
        "* a\n",
        "reportedly ",
        "said ",
        "A.",
        "https://a.example/ ",
        "[^1]",
        "[1]",
        "\"",
        "KJ-1 ",
        "KJ-1: x\n\n",
        "assum",
        "high confidence in ",
        "<a href='#x'>1</a>",
        "&amp;",
        "é",
        "\u{202E}",
        "\r\n",
        ", ",
        "a. b\n",
        "<ol><li>",
        "<!--",
        "likely ",
        "`",
        "](",
        "_*",
        "x | ",
        "www.",
        "the UN, ",
        "1. a\n",
    ] {
        let text = format!("{head}{}", part.repeat(200_000 / part.len()));
        for markup in Markup::ALL {
            let begin = std::time::Instant::now();
            let _ = draft(&text, &Options::new().with_markup(*markup));
            // Linear work takes a fraction of a second, even hardly optimised on a busy machine.
            let took = begin.elapsed();
            if took.as_millis() > 1500 {
                slow.push(format!("{part:?} as {markup}: {took:?}"));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

proptest! {
    #[test]
    fn any_text_returns_and_every_span_lies_within_it(text in text(), markup in 0..4_usize) {
        let options = Options::new().with_markup(Markup::ALL[markup]);
        if let Ok(drafted) = draft(&text, &options) {
            let findings = drafted.findings().iter().map(|one| &one.span);
            for span in findings.chain(drafted.traces().iter().map(|one| &one.span)) {
                prop_assert!(text.get(span.bytes.clone()).is_some(), "{span:?}");
                let line = text[..span.bytes.start].matches('\n').count() + 1;
                prop_assert_eq!(span.place.line, line);
            }
            for finding in drafted.findings() {
                let shown = finding.render(&text, "text");
                prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
            }
            let report = drafted.report().clone().check();
            prop_assert!(report.is_ok(), "{report:?}");
            let read = Report::from_toml(&drafted.to_toml().unwrap());
            prop_assert_eq!(read, report);
        }
    }

    #[test]
    fn any_bytes_return(bytes: Vec<u8>) {
        let _ = probative::draft::draft_bytes(&bytes, &Options::new());
    }

    #[test]
    fn any_registry_returns(text: String) {
        let _ = Registry::from_csv(&text, "x");
        let _ = Registry::from_csv(&format!("name,status,urls\n{text}"), "x");
        let _ = Registry::from_toml(&text, "x");
    }
}

/// Texts that look like reports, and any others.
fn text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "KJ-1: It is likely that x falls. ",
        "Key Judgement 2 - We assess that y. ",
        "\n\n",
        "\n",
        "a. ",
        "- ",
        "(source)",
        "(source",
        "[1]",
        "[^n]",
        "[^n]: z",
        "<p>",
        "</p>",
        "<li id='f'>",
        "<a href='#f'>1</a>",
        "<ref>q</ref>",
        "https://x.example.org/a",
        "The UN said that z. ",
        "He added that é. ",
        "reportedly ",
        "high confidence in KJ-1, low confidence in KJ-9 ",
        "We assume that w. ",
        "Cut-off: 06/07/2023 ",
        "Key Judgements",
        "# ",
        "== T ==",
        "日本。",
        "\u{202E}",
        "\t",
        "&amp;",
        "one agency believes otherwise. ",
        "Assumptions",
        "Gaps",
        "\u{FEFF}",
        "\r\n",
        "“",
        "”",
        "\0",
        "[[a|b]]",
        "{{",
        "1. ",
        "• ",
    ]);
    prop_oneof![
        3 => prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}
