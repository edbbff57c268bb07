//! The views, by name.

use pyo3::prelude::*;

use super::appraisal::Appraisal;
use super::comparison::Comparison;
use super::errors;
use crate::render::{TextOptions, markdown, svg};

/// The appraisal as a text to show: `text`, `markdown`, `html` or `json`; a comparison in the same
/// formats but `markdown`.
///
/// `width` (columns, at least 60) and `colour` (ANSI escapes) are for `text` alone. Raises
/// `UnknownWordError` for another format.
#[pyfunction]
#[pyo3(signature = (appraisal, format = "text", *, width = 80, colour = false))]
pub(super) fn render(
    py: Python<'_>,
    appraisal: Shown<'_>,
    format: &str,
    width: usize,
    colour: bool,
) -> PyResult<String> {
    let width = width.clamp(60, WIDEST);
    match (&appraisal, format) {
        (Shown::Appraisal(one), "text") => {
            Ok(one.get().text(TextOptions::plain(width).colour(colour)))
        }
        (Shown::Appraisal(one), "markdown") => {
            let account = &one.get().account;
            Ok(py.detach(|| markdown(account)))
        }
        (Shown::Appraisal(one), "html") => {
            let one = one.get();
            Ok(py.detach(|| html(one)))
        }
        (Shown::Appraisal(one), "json") => {
            let account = &one.get().account;
            Ok(py.detach(|| account.to_json()))
        }
        (Shown::Comparison(one), "text") => Ok(one.get().text(width)),
        (Shown::Comparison(one), "html") => {
            let one = one.get();
            Ok(py.detach(|| one.html()))
        }
        (Shown::Comparison(one), "json") => Ok(one.get().to_json(py)),
        (_, other) => {
            let message =
                format!("expected a view (text, markdown, html or json), found `{other}`");
            Err(errors::of(py, "UnknownWordError", &message))
        }
    }
}

/// What can be shown.
#[derive(FromPyObject)]
pub(super) enum Shown<'py> {
    Appraisal(Bound<'py, Appraisal>),
    Comparison(Bound<'py, Comparison>),
}

/// Nobody has a wider terminal; rules are drawn across it.
const WIDEST: usize = 10_000;

/// A drawing of a judgement as SVG, to embed in a document: its `strength`, `confidence`,
/// `channels`, `owners`, `provenance`, or a `badge`.
///
/// `key` begins the ids within, so that several drawings fit in one document. Raises
/// `UnknownIdError` (a `KeyError`) when there is no such judgement, `UnknownWordError` for another
/// drawing.
#[pyfunction]
#[pyo3(signature = (appraisal, judgement, drawing = "strength", *, key = "p"))]
pub(super) fn draw(
    py: Python<'_>,
    appraisal: Bound<'_, Appraisal>,
    judgement: &str,
    drawing: &str,
    key: &str,
) -> PyResult<String> {
    let appraisal = appraisal.get();
    let appraiser = appraisal.appraiser();
    let index = appraiser.report().find_judgement(judgement);
    let one = index.and_then(|index| appraisal.account.judgements.get(index.get()));
    let (Some(index), Some(one)) = (index, one) else {
        return Err(errors::unknown_id(py, "a judgement", judgement));
    };
    // A key stands in attributes.
    let key = key.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let drawn = match drawing {
        "strength" => svg::strength(one, appraiser.doctrine().bands(), &key),
        "confidence" => svg::confidence(one, &key),
        "channels" => svg::shares("Support by channel", &one.rests_on.channels, &key),
        "owners" => svg::shares("Testimony by owner", &one.rests_on.owners, &key),
        "provenance" => py.detach(|| svg::provenance(&appraiser, index, &key)),
        "badge" => svg::badge(one, &key),
        other => {
            let message = format!(
                "expected a drawing (strength, confidence, channels, owners, provenance or \
                 badge), found `{other}`"
            );
            return Err(errors::of(py, "UnknownWordError", &message));
        }
    };
    Ok(drawn)
}

/// The appraisal as one self-contained page.
pub(super) fn html(appraisal: &Appraisal) -> String {
    crate::render::html(&appraisal.account, &appraisal.appraiser())
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
