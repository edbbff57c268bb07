//! The appraisal as Markdown, for a wiki, a pull request or a word processor.

use std::fmt::Write as _;

use super::account::{self, Account, JudgementAccount};
use super::inert;
use super::reason::percent;
use crate::confidence::Measure;

/// The appraisal as CommonMark with the tables of GitHub's extension. Text of the report is
/// escaped: it cannot become markup, a link or HTML.
pub fn markdown(account: &Account) -> String {
    let mut out = String::new();
    let title = if account.title.is_empty() { "(untitled report)" } else { &account.title };
    let _ = writeln!(out, "# {}\n", escaped(title));
    let as_of = account.as_of.map_or_else(String::new, |date| format!("As of {date}. "));
    let _ = writeln!(
        out,
        "{as_of}Doctrine {} (`{}`), report `{}`.",
        escaped(&account.doctrine.id),
        account.doctrine.digest,
        account.report_digest
    );
    out.push_str("\n| judgement | strength | confidence | likelihood |\n|---|---|---|---|\n");
    for one in &account.judgements {
        let _ = writeln!(
            out,
            "| {} | {} {:.2} [{:.2}, {:.2}] | {} | {} |",
            escaped(&one.id),
            escaped(&one.band),
            one.strength.central + 0.0,
            one.strength.lower + 0.0,
            one.strength.upper + 0.0,
            confidence(one),
            likelihood(one)
        );
    }
    for one in &account.judgements {
        judgement(&mut out, one);
    }
    if !account.findings.is_empty() {
        out.push_str("\n## Findings\n\n| severity | code | finding | about |\n|---|---|---|---|\n");
        for finding in &account.findings {
            let _ = writeln!(
                out,
                "| {} | `{}` | {} | {} |",
                finding.severity,
                finding.code,
                escaped(&finding.message),
                escaped(&finding.about.join(", "))
            );
        }
    }
    out
}

fn judgement(out: &mut String, one: &JudgementAccount) {
    let _ = writeln!(out, "\n## {}\n\n{}\n", escaped(&one.id), escaped(&one.statement));
    let _ = writeln!(out, "- **Why:** {}", escaped(&one.reason));
    let _ = writeln!(
        out,
        "- **Evidence:** {:.2} units for, {:.2} against, {} not known",
        one.support + 0.0,
        one.against + 0.0,
        percent(one.uncertainty)
    );
    if let Some((least, most)) = account::range(&one.assessors) {
        let each = one.assessors.iter().map(|one| {
            format!("{} {:.2} {}", escaped(&one.by), one.strength.central + 0.0, escaped(&one.band))
        });
        let _ = writeln!(
            out,
            "- **Assessors differ,** {:.2} to {:.2}: {}; the latest grade of each counts above",
            least + 0.0,
            most + 0.0,
            each.collect::<Vec<_>>().join(", ")
        );
    }
    for (what, shares) in
        [("By channel", &one.rests_on.channels), ("By owner", &one.rests_on.owners)]
    {
        let list: Vec<String> = shares
            .iter()
            .map(|share| format!("{} {}", escaped(&share.in_words()), percent(share.share)))
            .collect();
        let list = if list.is_empty() { "nothing".to_owned() } else { list.join(", ") };
        let _ = writeln!(out, "- **{what}:** {list}");
    }
    out.push_str("\n| confidence needs | at least or at most | has | held |\n|---|---|---|---|\n");
    for one in &one.confidence.requirements {
        let _ = writeln!(
            out,
            "| {}: {} | {} | {} | {} |",
            one.level,
            one.name.as_str().replace('_', " "),
            measure(one.needs),
            measure(one.has),
            if one.held { "yes" } else { "**no**" }
        );
    }
    out.push_str("\n| item | stance | units | share | credited to | not counted |\n");
    out.push_str("|---|---|---|---|---|---|\n");
    for row in &one.contributions {
        let reason = match (row.reason, &row.instead) {
            (Some(reason), Some(instead)) => format!("{reason} {}", escaped(instead)),
            (Some(reason), None) => reason.to_owned(),
            (None, _) => String::new(),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {:.3} | {} | {} | {reason} |",
            escaped(&row.item),
            row.stance,
            row.units + 0.0,
            percent(row.share),
            escaped(&row.credited_to)
        );
    }
    if !one.linchpins.is_empty() {
        out.push_str("\n**Linchpins**\n\n");
        for linchpin in &one.linchpins {
            let (kind, name) = match (&linchpin.item, &linchpin.source, &linchpin.owner) {
                (Some(item), ..) => ("item", item),
                (None, Some(source), _) => ("source", source),
                (None, None, Some(owner)) => ("owner", owner),
                (None, None, None) => continue,
            };
            let left = &linchpin.without;
            let _ = writeln!(
                out,
                "- without {kind} {}: {} {:.2}, {} confidence supportable",
                escaped(name),
                escaped(&left.band),
                left.central + 0.0,
                left.supportable
            );
        }
    }
    if !one.next_steps.is_empty() {
        out.push_str("\n**What would move it**\n\n");
        for step in &one.next_steps {
            let _ = writeln!(
                out,
                "- {}: {} {:.2}, {} confidence supportable",
                escaped(&step.change),
                escaped(&step.becomes.band),
                step.becomes.central + 0.0,
                step.becomes.supportable
            );
        }
    }
}

fn confidence(one: &JudgementAccount) -> String {
    let stated = one.confidence.stated.map_or("none", |stated| stated.as_str());
    format!(
        "stated {stated}, supportable {}: **{}**",
        one.confidence.supportable, one.confidence.verdict
    )
}

fn likelihood(one: &JudgementAccount) -> String {
    let Some(likelihood) = &one.likelihood else { return String::new() };
    let band = match (likelihood.lower, likelihood.upper) {
        (Some(lower), Some(upper)) => format!(" ({}-{})", percent(lower), percent(upper)),
        _ => String::new(),
    };
    format!(
        "{}{band} against {}-{}: **{}**",
        escaped(&likelihood.term),
        percent(one.probability.lower),
        percent(one.probability.upper),
        likelihood.verdict
    )
}

fn measure(measure: Measure) -> String {
    match measure {
        Measure::Number(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Measure::Number(number) => format!("{number:.3}"),
        Measure::Status(status) => status.to_string(),
    }
}

/// Foreign text with every character that Markdown reads escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in inert(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // An address would become a link by itself.
            ':' => safe.push_str("&#58;"),
            '@' => safe.push_str("&#64;"),
            c if c.is_ascii_punctuation()
                && !matches!(c, ',' | '.' | '\'' | '"' | ';' | '/' | '%') =>
            {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}
