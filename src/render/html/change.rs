//! A comparison as a page of the same make.

use askama::Template;

use super::super::change::{Appraised, Comparison, Standing};
use super::super::svg;
use super::STYLE;
use super::policy::policy;
use super::words::{said, two, words};
use crate::doctrine::Bands;

/// What changed between two appraisals, as a self-contained page like that of
/// [`html`](super::html). The bands are those of the doctrine to draw the strengths by.
pub fn comparison_html(comparison: &Comparison, bands: &Bands) -> String {
    let page = ChangePage {
        style: STYLE,
        policy: policy(STYLE),
        before: appraised(&comparison.before),
        after: appraised(&comparison.after),
        judgements: comparison
            .judgements
            .iter()
            .enumerate()
            .map(|(at, one)| MovedView {
                at,
                id: said(&one.id),
                statement: said(&one.statement),
                before: one.before.as_ref().map(|it| standing(it, bands, &one.id, "before", at)),
                after: one.after.as_ref().map(|it| standing(it, bands, &one.id, "after", at)),
                movers: one
                    .moved_by
                    .iter()
                    .take(MOST_MOVERS)
                    .map(|mover| MoverView {
                        change: mover.change,
                        what: comparison.changes.get(mover.change).map_or_else(
                            String::new,
                            |change| {
                                said(format!("{} {}", words(change.kind.as_str()), change.about))
                            },
                        ),
                        by: format!("{:+.3}", mover.by + 0.0),
                        band: said(&mover.becomes.band),
                        central: two(mover.becomes.strength.central),
                        supportable: mover.becomes.supportable.as_str(),
                    })
                    .collect(),
                movers_left_out: one.moved_by.len().saturating_sub(MOST_MOVERS),
                rest: (one.rest != 0.0).then(|| format!("{:+.3}", one.rest)),
            })
            .collect(),
        changes: comparison
            .changes
            .iter()
            .take(super::MOST_TABLE_ROWS)
            .map(|one| ChangedView {
                kind: words(one.kind.as_str()),
                about: said(&one.about),
                what: said(&one.what),
            })
            .collect(),
        changes_left_out: comparison.changes.len().saturating_sub(super::MOST_TABLE_ROWS),
        not_tried: comparison.not_tried,
    };
    // Writing to a string does not fail.
    page.render().unwrap_or_default()
}

/// Movers that are listed for one judgement.
const MOST_MOVERS: usize = 50;

#[derive(Template)]
#[template(path = "change.html", config = "src/render/html/askama.toml")]
struct ChangePage {
    style: &'static str,
    policy: String,
    before: String,
    after: String,
    judgements: Vec<MovedView>,
    changes: Vec<ChangedView>,
    changes_left_out: usize,
    not_tried: usize,
}

struct MovedView {
    at: usize,
    id: String,
    statement: String,
    before: Option<StandingView>,
    after: Option<StandingView>,
    movers: Vec<MoverView>,
    movers_left_out: usize,
    rest: Option<String>,
}

struct StandingView {
    said: String,
    /// SVG, built by [`svg`], which escapes.
    drawing: String,
}

struct MoverView {
    change: usize,
    what: String,
    by: String,
    band: String,
    central: String,
    supportable: &'static str,
}

struct ChangedView {
    kind: String,
    about: String,
    what: String,
}

fn appraised(one: &Appraised) -> String {
    let date =
        one.as_of.map_or_else(|| "without a date".to_owned(), |date| format!("as of {date}"));
    let title = if one.title.is_empty() { "(untitled report)" } else { &one.title };
    format!("{}, {date}, doctrine {}", said(title), said(&one.doctrine))
}

fn standing(one: &Standing, bands: &Bands, id: &str, when: &str, at: usize) -> StandingView {
    let stated = one.stated.map_or("no", |stated| stated.as_str());
    let what = format!("{id} {when}");
    StandingView {
        said: format!(
            "{} {}, between {} and {}; states {stated} confidence, evidence supports {}",
            said(&one.band),
            two(one.strength.central),
            two(one.strength.lower),
            two(one.strength.upper),
            one.supportable
        ),
        drawing: svg::bar(
            &what,
            (&one.band, one.strength),
            &one.channels,
            bands,
            &format!("c{at}-{when}"),
        ),
    }
}
