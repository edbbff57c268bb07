//! The appraisal for a terminal: eighty columns, and nothing that only colour says.

use std::fmt::Write as _;

use textwrap::Options;

use super::account::{
    self, Account, AssessorAccount, ContributionAccount, FindingAccount, JudgementAccount,
    LikelihoodAccount, Share,
};
use super::inert;
use super::reason::percent;
use crate::confidence::{ConfidenceVerdict, Measure};
use crate::doctrine::Doctrine;
use crate::finding::Severity;
use crate::likelihood::LikelihoodVerdict;

/// How the text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// Columns, at least 60.
    pub width: usize,
    /// Whether to colour with ANSI escapes what words and marks say anyway.
    pub colour: bool,
}

impl TextOptions {
    /// So many columns, without colour.
    pub const fn plain(width: usize) -> Self {
        Self { width, colour: false }
    }

    /// With or without colour.
    #[must_use]
    pub const fn colour(self, colour: bool) -> Self {
        Self { colour, ..self }
    }
}

impl Default for TextOptions {
    /// Eighty columns, without colour.
    fn default() -> Self {
        Self::plain(80)
    }
}

/// The appraisal as text. The doctrine is the one that it was made with: its bands are the scale
/// of the bars.
pub fn text(account: &Account, doctrine: &Doctrine, options: TextOptions) -> String {
    let mut page =
        Page { out: String::new(), width: options.width.max(60), colour: options.colour, doctrine };
    let title = if account.title.is_empty() { "(untitled report)" } else { &account.title };
    let title = page.style(Style::Strong, &inert(title));
    page.wrapped("", "", &title);
    let as_of = account.as_of.map_or_else(String::new, |date| format!("as of {date}, "));
    page.wrapped("", "", &format!("{as_of}doctrine {}", inert(&account.doctrine.id)));
    for judgement in &account.judgements {
        page.judgement(judgement);
    }
    page.findings(&account.findings);
    page.out
}

/// Where the second column begins.
const INDENT: &str = "              ";
/// Rows of a table before "and so many more".
const MOST_ROWS: usize = 5;

struct Page<'d> {
    out: String,
    width: usize,
    colour: bool,
    doctrine: &'d Doctrine,
}

#[derive(Clone, Copy)]
enum Style {
    Strong,
    Good,
    Doubtful,
    Bad,
}

impl Page<'_> {
    fn judgement(&mut self, one: &JudgementAccount) {
        self.out.push('\n');
        self.out.push_str(&"─".repeat(self.width));
        self.out.push('\n');
        let id = self.style(Style::Strong, &inert(&one.id));
        self.wrapped("", "  ", &format!("{id}  {}", inert(&one.statement)));
        self.out.push('\n');

        let band = self.style(Style::Strong, &one.band.to_uppercase());
        let range = &one.strength;
        self.row(
            "Strength",
            &format!(
                "{band} {:.2}, between {:.2} and {:.2}",
                round(range.central),
                round(range.lower),
                round(range.upper)
            ),
        );
        self.bar(one);
        self.row("Why", &inert(&one.reason));
        self.assessors(&one.assessors);
        self.confidence(one);
        if let Some(likelihood) = &one.likelihood {
            self.likelihood(one, likelihood);
        }
        self.shares("By channel", &one.rests_on.channels);
        self.shares("By owner", &one.rests_on.owners);
        self.contributions(&one.contributions);
        self.not_counted(&one.contributions);
        self.linchpin(one);
        self.next_steps(one);
    }

    /// Those whose grades part, and how far.
    fn assessors(&mut self, all: &[AssessorAccount]) {
        let Some((least, most)) = account::range(all) else { return };
        let each: Vec<String> = all
            .iter()
            .map(|one| {
                format!("{} {:.2} {}", inert(&one.by), round(one.strength.central), one.band)
            })
            .collect();
        let line = format!(
            "differ, {:.2} to {:.2}: {}; the latest grade of each counts above",
            round(least),
            round(most),
            each.join(", ")
        );
        self.row("Assessors", &line);
    }

    /// The strength on its scale: what is sure, what is likely, what is possible.
    fn bar(&mut self, one: &JudgementAccount) {
        let cells = self.width - INDENT.len() - 1;
        let range = &one.strength;
        let signed = range.lower < 0.0;
        let place = |strength: f64| {
            let part = if signed { f64::midpoint(strength, 1.0) } else { strength };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let cell = (part.clamp(0.0, 1.0) * cells as f64).round() as usize;
            cell.min(cells)
        };
        let (lower, central, upper, zero) =
            (place(range.lower), place(range.central), place(range.upper), place(0.0));
        let (from, to) = (central.min(zero), central.max(zero));
        let bar: String = (0..cells)
            .map(|cell| match cell {
                cell if signed && cell == zero => '|',
                cell if (lower..upper).contains(&cell) && (from..to).contains(&cell) => '▓',
                cell if (from..to).contains(&cell) => '█',
                cell if (lower..upper).contains(&cell) => '░',
                _ => '·',
            })
            .collect();
        let _ = writeln!(self.out, "{INDENT}{bar}");
        let mut scale = vec![' '; cells + 1];
        if signed {
            for (at, mark) in [(0, "-1"), (zero, "0"), (cells - 1, "1")] {
                mark.chars().zip(&mut scale[at..]).for_each(|(c, cell)| *cell = c);
            }
        } else {
            // A word stands at its edge when it fits before the next one.
            let words: Vec<(usize, _)> = self
                .doctrine
                .bands()
                .iter()
                .map(|(edge, word)| (place(edge), inert(word)))
                .collect();
            for (at, (edge, word)) in words.iter().enumerate() {
                let end = words.get(at + 1).map_or(scale.len(), |(next, _)| next - 1);
                if edge + word.chars().count() <= end {
                    word.chars().zip(&mut scale[*edge..]).for_each(|(c, cell)| *cell = c);
                }
            }
        }
        let scale: String = scale.into_iter().collect();
        let _ = writeln!(self.out, "{INDENT}{}", scale.trim_end());
    }

    fn confidence(&mut self, one: &JudgementAccount) {
        let confidence = &one.confidence;
        let stated = confidence.stated.map_or("none", |stated| stated.as_str());
        let style = match confidence.verdict {
            ConfidenceVerdict::Overstated => Style::Bad,
            ConfidenceVerdict::Understated => Style::Doubtful,
            ConfidenceVerdict::Consistent | ConfidenceVerdict::NotStated => Style::Good,
        };
        let verdict = self.style(style, &confidence.verdict.as_str().to_uppercase());
        let line =
            format!("states {stated}, its evidence supports {}: {verdict}", confidence.supportable);
        self.row("Confidence", &line);
        // The next level up is the one whose lack answers "why only this?".
        let wanting = confidence
            .requirements
            .iter()
            .filter(|one| !one.held)
            .min_by_key(|one| one.level)
            .map(|one| one.level);
        if let Some(level) = wanting {
            let lacks: Vec<String> = confidence
                .requirements
                .iter()
                .filter(|one| one.level == level && !one.held)
                .map(|one| {
                    let name = one.name.as_str().replace('_', " ");
                    format!("{name} {} (has {})", measure(one.needs), measure(one.has))
                })
                .collect();
            self.row("", &format!("{level} would need {}", lacks.join(", ")));
        }
    }

    fn likelihood(&mut self, one: &JudgementAccount, likelihood: &LikelihoodAccount) {
        let style = match likelihood.verdict {
            LikelihoodVerdict::OutrunsEvidence | LikelihoodVerdict::UnknownTerm => Style::Bad,
            LikelihoodVerdict::Understated => Style::Doubtful,
            LikelihoodVerdict::WithinEvidence | LikelihoodVerdict::NotStated => Style::Good,
        };
        let verdict = likelihood.verdict.as_str().replace('-', " ").to_uppercase();
        let verdict = self.style(style, &verdict);
        let band = match (likelihood.lower, likelihood.upper) {
            (Some(lower), Some(upper)) => format!(" ({}-{})", percent(lower), percent(upper)),
            _ => String::new(),
        };
        let (lower, upper) = (one.probability.lower, one.probability.upper);
        let line = format!(
            "says {}{band}, its evidence gives {}-{}: {verdict}",
            inert(&likelihood.term),
            percent(lower),
            percent(upper)
        );
        self.row("Likelihood", &line);
    }

    fn shares(&mut self, label: &str, shares: &[Share]) {
        if shares.is_empty() {
            self.row(label, "nothing");
            return;
        }
        let mut list: Vec<String> = shares
            .iter()
            .take(MOST_ROWS)
            .map(|share| format!("{} {}", inert(&share.in_words()), percent(share.share)))
            .collect();
        if shares.len() > MOST_ROWS {
            list.push(format!("and {} more", shares.len() - MOST_ROWS));
        }
        self.row(label, &list.join(", "));
    }

    fn contributions(&mut self, all: &[ContributionAccount]) {
        let mut counted: Vec<&ContributionAccount> = all.iter().filter(|one| one.counted).collect();
        counted.sort_by(|a, b| b.units.abs().total_cmp(&a.units.abs()));
        for (at, one) in counted.iter().take(MOST_ROWS).enumerate() {
            let archive = one.archive.map_or_else(String::new, |state| format!(" [{state}]"));
            let against = if one.units < 0.0 { " against" } else { "" };
            let line = format!(
                "{:>+6.2} units {:>4}{against}  {} from {}{archive}",
                one.units,
                percent(one.share),
                inert(&one.item),
                inert(&one.credited_to),
            );
            self.row(if at == 0 { "Contributes" } else { "" }, &line);
        }
        if counted.len() > MOST_ROWS {
            self.row("", &format!("and {} more", counted.len() - MOST_ROWS));
        }
    }

    fn not_counted(&mut self, all: &[ContributionAccount]) {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for one in all {
            let Some(reason) = one.reason else { continue };
            let name = match &one.instead {
                Some(instead) => format!("{} ({})", inert(&one.item), inert(instead)),
                None => inert(&one.item).into_owned(),
            };
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, names)) => names.push(name),
                None => reasons.push((reason, vec![name])),
            }
        }
        for (at, (reason, names)) in reasons.iter().enumerate() {
            let more = names.len().saturating_sub(MOST_ROWS);
            let mut listed = names[..names.len() - more].join(", ");
            if more > 0 {
                let _ = write!(listed, " and {more} more");
            }
            let reason = reason.replace('-', " ");
            self.row(if at == 0 { "Not counted" } else { "" }, &format!("{reason}: {listed}"));
        }
    }

    fn linchpin(&mut self, one: &JudgementAccount) {
        let Some(linchpin) = one.linchpins.first() else { return };
        let left = &linchpin.without;
        let what = linchpin
            .item
            .as_ref()
            .map(|id| format!("item {id}"))
            .or_else(|| linchpin.source.as_ref().map(|id| format!("source {id}")))
            .or_else(|| linchpin.owner.as_ref().map(|name| format!("owner {name}")))
            .unwrap_or_default();
        let line = format!(
            "without {} it is {} {:.2}, supporting {} confidence",
            inert(&what),
            left.band,
            round(left.central),
            left.supportable
        );
        self.row("Linchpin", &line);
    }

    fn next_steps(&mut self, one: &JudgementAccount) {
        let before = (one.confidence.supportable, one.strength.central);
        for (at, step) in one.next_steps.iter().take(2).enumerate() {
            let after = &step.becomes;
            let gains = (after.supportable, after.central) > before;
            let line = format!(
                "{}: {} {:.2}, supporting {} confidence{}",
                inert(&step.change),
                after.band,
                round(after.central),
                after.supportable,
                if gains { "" } else { " (a loss)" }
            );
            self.row(if at == 0 { "Next step" } else { "or" }, &line);
        }
        if one.next_steps.is_empty() {
            self.row("Next step", "no single change moves its band or its confidence");
        }
    }

    fn findings(&mut self, findings: &[FindingAccount]) {
        if findings.is_empty() {
            return;
        }
        self.out.push('\n');
        self.out.push_str(&"─".repeat(self.width));
        self.out.push('\n');
        let heading = self.style(Style::Strong, "Findings");
        self.wrapped("", "", &heading);
        for finding in findings {
            let style = match finding.severity {
                Severity::Error => Style::Bad,
                Severity::Warning => Style::Doubtful,
                Severity::Info => Style::Good,
            };
            let severity = self.style(style, finding.severity.as_str());
            // A finding on one judgement names it in its sentence.
            let named = matches!(&finding.about[..], [id] if finding.message.contains(id.as_str()));
            let more = finding.about.len().saturating_sub(2 * MOST_ROWS);
            let mut about = finding.about[..finding.about.len() - more].join(", ");
            if more > 0 {
                let _ = write!(about, " and {more} more");
            }
            let about =
                if named || about.is_empty() { String::new() } else { format!(" ({about})") };
            let line = format!("{severity}: {}{}", inert(&finding.message), inert(&about));
            self.wrapped("  ", "    ", &line);
        }
    }

    fn row(&mut self, label: &str, text: &str) {
        let label = format!("  {label:<width$}", width = INDENT.len() - 2);
        self.wrapped(&label, INDENT, text);
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn style(&self, style: Style, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match style {
            Style::Strong => "1",
            Style::Good => "32",
            Style::Doubtful => "33",
            Style::Bad => "1;31",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// Two digits, and no minus before a zero.
fn round(strength: f64) -> f64 {
    (strength * 100.0).round() / 100.0 + 0.0
}

fn measure(measure: Measure) -> String {
    match measure {
        Measure::Number(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Measure::Number(number) => format!("{:.2}", round(number)),
        Measure::Status(status) => status.to_string(),
    }
}
