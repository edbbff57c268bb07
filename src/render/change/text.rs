//! A comparison for a terminal.

use std::fmt::Write as _;

use textwrap::Options;

use super::{Comparison, Standing};
use crate::render::inert;

/// The comparison as text, so many columns wide (60 at least).
pub fn text(comparison: &Comparison, width: usize) -> String {
    let mut page = Page { out: String::new(), width: width.max(60) };
    let (before, after) = (&comparison.before, &comparison.after);
    let of = |one: &super::Appraised| {
        let date = one.as_of.map_or_else(|| "no date".to_owned(), |date| format!("as of {date}"));
        format!("{}, {date}, doctrine {}", inert(&one.title), inert(&one.doctrine))
    };
    page.wrapped("Before  ", "        ", &of(before));
    page.wrapped("After   ", "        ", &of(after));
    for one in &comparison.judgements {
        page.out.push('\n');
        page.wrapped("", "  ", &format!("{}  {}", inert(&one.id), inert(&one.statement)));
        match (&one.before, &one.after) {
            (Some(before), Some(after)) => {
                page.wrapped("  before    ", "            ", &standing(before));
                page.wrapped("  after     ", "            ", &standing(after));
            }
            (None, Some(after)) => page.wrapped("  new       ", "            ", &standing(after)),
            (Some(before), None) => page.wrapped("  gone      ", "            ", &standing(before)),
            (None, None) => {}
        }
        for (at, mover) in one.moved_by.iter().take(MOST_MOVERS).enumerate() {
            let what = comparison.changes.get(mover.change).map_or_else(String::new, said);
            let becomes = &mover.becomes;
            let line = format!(
                "{:+.3} alone: {what}; becomes {} {}, supporting {} confidence",
                mover.by + 0.0,
                inert(&becomes.band),
                two(becomes.strength.central),
                becomes.supportable
            );
            let label = if at == 0 { "  moved by  " } else { "            " };
            page.wrapped(label, "            ", &line);
        }
        if one.moved_by.len() > MOST_MOVERS {
            let more = format!("and {} more", one.moved_by.len() - MOST_MOVERS);
            page.wrapped("            ", "            ", &more);
        }
        if one.rest != 0.0 {
            let line = format!("{:+.3} by several changes together", one.rest);
            page.wrapped("  rest      ", "            ", &line);
        }
    }
    page.out.push_str("\nChanges\n");
    if comparison.changes.is_empty() {
        page.out.push_str("  none\n");
    }
    for change in &comparison.changes {
        page.wrapped("  ", "    ", &said(change));
    }
    if comparison.not_tried > 0 {
        let line = format!("{} changes were not tried alone", comparison.not_tried);
        page.wrapped("  ", "    ", &line);
    }
    page.out
}

/// Movers that are listed for one judgement.
const MOST_MOVERS: usize = 10;

struct Page {
    out: String,
    width: usize,
}

impl Page {
    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(self.out, "{}", line.trim_end());
        }
    }
}

fn said(change: &super::Changed) -> String {
    let kind = change.kind.as_str().replace('-', " ");
    match change.about.as_str() {
        "" => format!("{kind}: {}", inert(&change.what)),
        about => format!("{kind}: {}, {}", inert(about), inert(&change.what)),
    }
}

fn standing(one: &Standing) -> String {
    let stated = one.stated.map_or("no", |stated| stated.as_str());
    format!(
        "{} {}, between {} and {}; states {stated} confidence, supports {}",
        inert(&one.band),
        two(one.strength.central),
        two(one.strength.lower),
        two(one.strength.upper),
        one.supportable
    )
}

/// Two digits, and no minus before a zero.
fn two(figure: f64) -> String {
    format!("{:.2}", (figure * 100.0).round() / 100.0 + 0.0)
}
