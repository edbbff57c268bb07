//! The views, by name.

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_union};

use super::appraisal::Appraisal;
use super::argument::Count;
use super::comparison::Comparison;
use super::errors;
use super::report::Report;
use crate::appraisal::Appraiser;
use crate::render::{Account, Range, TextOptions, inert, markdown, svg};
use crate::report::JudgementIndex;

/// The appraisal as a text to show: `text`, `markdown`, `html` or `json`; a comparison in the same
/// formats but `markdown`.
///
/// `width` (columns, at least 60; 80 when it is not given) is for `text` alone, and `colour` (ANSI
/// escapes) for the text of an appraisal. Raises `UnknownWordError` for another format.
///
/// >>> from probative import Judgement, Report, appraise, render
/// >>> appraisal = appraise(Report("Empty", judgements=[Judgement("J1")]))
/// >>> render(appraisal).splitlines()[0]
/// 'Empty'
/// >>> render(appraisal, "html")[:15]
/// '<!DOCTYPE html>'
#[pyfunction]
#[pyo3(signature = (
    appraisal, format: "Literal['text', 'markdown', 'html', 'json']" = "text", *, width = None,
    colour = false
))]
pub(super) fn render(
    py: Python<'_>,
    appraisal: Shown<'_>,
    format: &str,
    width: Option<Count>,
    colour: bool,
) -> PyResult<String> {
    let useless = match (&appraisal, format) {
        (_, "markdown" | "html" | "json") if width.is_some() => Some("`width` is for text alone"),
        (Shown::Comparison(_), "text" | "markdown" | "html" | "json")
        | (_, "markdown" | "html" | "json")
            if colour =>
        {
            Some("`colour` is for the text of an appraisal alone")
        }
        _ => None,
    };
    if let Some(message) = useless {
        return Err(errors::argument(py, message));
    }
    let width = width.map_or(80, Count::size).clamp(60, WIDEST);
    match (&appraisal, format) {
        (Shown::Appraisal(one), "text") => {
            one.get().text(py, TextOptions::plain(width).colour(colour))
        }
        (Shown::Appraisal(one), "markdown") => one.get().view(py, |account, _| markdown(account)),
        (Shown::Appraisal(one), "html") => one.get().view(py, crate::render::html),
        (Shown::Appraisal(one), "json") => one.get().to_json(py),
        (Shown::Comparison(one), "text") => one.get().text(py, width),
        (Shown::Comparison(one), "html") => one.get().html(py),
        (Shown::Comparison(one), "json") => one.get().to_json(py),
        (_, "svg") => {
            let message = "expected a view of the whole; `draw` draws one judgement as SVG";
            Err(errors::of(py, "UnknownWordError", message))
        }
        (_, other) => {
            let message =
                format!("expected a view (text, markdown, html or json), found `{other}`");
            Err(errors::of(py, "UnknownWordError", &message))
        }
    }
}

/// What can be shown.
pub(super) enum Shown<'py> {
    Appraisal(Bound<'py, Appraisal>),
    Comparison(Bound<'py, Comparison>),
}

impl<'py> FromPyObject<'_, 'py> for Shown<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("probative._native", "Appraisal"),
        type_hint_identifier!("probative._native", "Comparison")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(appraisal) = object.cast::<Appraisal>() {
            return Ok(Self::Appraisal(appraisal.to_owned()));
        }
        if let Ok(comparison) = object.cast::<Comparison>() {
            return Ok(Self::Comparison(comparison.to_owned()));
        }
        let hint = if object.is_instance_of::<Report>() { ": `appraise` it first" } else { "" };
        let found = object.get_type();
        let message = format!("expected an appraisal or a comparison, found {found}{hint}");
        Err(PyTypeError::new_err(message))
    }
}

/// Nobody has a wider terminal; rules are drawn across it.
const WIDEST: usize = 10_000;

/// A drawing of a judgement as SVG, to embed in a document: its `strength`, `confidence`,
/// `channels`, `owners`, `provenance`, or a `badge`.
///
/// `key` begins the ids within, so that several drawings fit in one document. Raises
/// `UnknownIdError` (a `KeyError`) when there is no such judgement, `UnknownWordError` for another
/// drawing.
///
/// >>> from probative import Judgement, Report, appraise, draw
/// >>> draw(appraise(Report("Empty", judgements=[Judgement("J1")])), "J1", "badge")[:5]
/// '<svg '
#[pyfunction]
#[pyo3(signature = (
    appraisal,
    judgement,
    drawing: "Literal['strength', 'confidence', 'channels', 'owners', 'provenance', 'badge']"
        = "strength",
    *,
    key = "p",
))]
pub(super) fn draw(
    py: Python<'_>,
    appraisal: Bound<'_, Appraisal>,
    judgement: &str,
    drawing: &str,
    key: &str,
) -> PyResult<String> {
    let appraisal = appraisal.get();
    let index = appraisal.given.report.find_judgement(judgement);
    let index = index.ok_or_else(|| errors::unknown_id(py, "a judgement", judgement))?;
    // A key stands in attributes.
    let key = key.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let draw: fn(&Account, &Appraiser<'_>, JudgementIndex, &str) -> String = match drawing {
        "strength" => {
            |all, by, at, key| svg::strength(&all.judgements[at.get()], by.doctrine().bands(), key)
        }
        "confidence" => |all, _, at, key| svg::confidence(&all.judgements[at.get()], key),
        "channels" => |all, _, at, key| {
            let channels = &all.judgements[at.get()].rests_on.channels;
            svg::shares("Support by channel", channels, key)
        },
        "owners" => |all, _, at, key| {
            let owners = &all.judgements[at.get()].rests_on.owners;
            svg::shares("Testimony by owner", owners, key)
        },
        "provenance" => |_, by, at, key| svg::provenance(by, at, key),
        "badge" => |all, _, at, key| svg::badge(&all.judgements[at.get()], key),
        other => {
            let message = format!(
                "expected a drawing (strength, confidence, channels, owners, provenance or \
                 badge), found `{other}`"
            );
            return Err(errors::of(py, "UnknownWordError", &message));
        }
    };
    appraisal.view(py, move |account, appraiser| draw(account, appraiser, index, &key))
}

/// More judgements than that are a table in a notebook: a page of thousands would stop a browser.
pub(super) const MOST_JUDGEMENTS: usize = 50;
/// The same of contributions: each is a row of the page, a node of a drawing and a part of a tree.
pub(super) const MOST_ROWS: usize = 2_000;

/// What a notebook shows of a large appraisal: the strengths of its first judgements.
pub(super) fn strengths(account: &Account) -> String {
    let rows = account.judgements.iter().map(|one| {
        let Range { lower, central, upper } = one.strength;
        let strength = format!("{central:.2} ({lower:.2} to {upper:.2})");
        [one.id.clone(), one.band.clone(), strength, one.confidence.verdict.to_string()]
    });
    let heads = ["judgement", "band", "strength", "confidence"];
    let whole = "render(appraisal, 'html') gives the whole page";
    table(&account.title, heads, rows, account.judgements.len(), whole)
}

/// What a notebook shows of a large comparison: how its first judgements moved.
pub(super) fn moves(compared: &crate::render::Comparison) -> String {
    let rows = compared.judgements.iter().map(|one| {
        let stood = |at: &Option<crate::render::change::Standing>| {
            at.as_ref().map_or_else(String::new, |at| format!("{:.2}", at.strength.central))
        };
        [one.id.clone(), stood(&one.before), stood(&one.after), one.moved_by.len().to_string()]
    });
    let heads = ["judgement", "before", "after", "changes that move it alone"];
    let whole = "render(comparison, 'html') gives the whole page";
    table(&compared.after.title, heads, rows, compared.judgements.len(), whole)
}

fn table(
    title: &str,
    heads: [&str; 4],
    rows: impl Iterator<Item = [String; 4]>,
    length: usize,
    whole: &str,
) -> String {
    let row = |cells: [String; 4], tag: &str| {
        let cells = cells.map(|cell| format!("<{tag}>{}</{tag}>", brief(&cell)));
        format!("<tr>{}</tr>", cells.concat())
    };
    let head = row(heads.map(str::to_owned), "th");
    let body: String = rows.take(MOST_JUDGEMENTS).map(|cells| row(cells, "td")).collect();
    let more = match length.saturating_sub(MOST_JUDGEMENTS) {
        0 => String::new(),
        more => format!("{more} more judgements; "),
    };
    let title = brief(title);
    format!(
        "<table><caption>{title}</caption>{head}{body}</table><p>{more}<code>{whole}</code></p>"
    )
}

/// Foreign text for a cell: harmless, and not longer than a cell is wide.
fn brief(text: &str) -> String {
    const LONGEST: usize = 80;
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = inert(&cut).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if text.chars().nth(LONGEST).is_some() { cut + "…" } else { cut }
}

/// What IPython shows in a terminal.
///
/// # Errors
/// What the printer raises.
pub(super) fn pretty<'py>(
    printer: &Bound<'py, PyAny>,
    cycle: bool,
    class: &str,
    text: impl FnOnce(Python<'py>) -> PyResult<String>,
) -> PyResult<()> {
    let text = if cycle { format!("{class}(...)") } else { text(printer.py())? };
    printer.call_method1("text", (text,)).map(drop)
}

/// The page in a frame, so that neither its style nor the notebook's touches the other; nothing
/// in it can run or reach out.
pub(super) fn framed(page: &str, title: &str) -> String {
    let page = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<iframe title=\"{title}\" sandbox=\"\" style=\"width:100%;height:40em;border:0\" \
         srcdoc=\"{page}\"></iframe>"
    )
}
