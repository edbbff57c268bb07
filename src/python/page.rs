//! The views, by name.

use pyo3::prelude::*;

use super::appraisal::Appraisal;
use super::errors;
use crate::render::{TextOptions, markdown};

/// The appraisal as a text to show: `text`, `markdown`, `html` or `json`.
///
/// `width` (columns, at least 60) and `colour` (ANSI escapes) are for `text` alone. Raises
/// `UnknownWordError` for another format.
#[pyfunction]
#[pyo3(signature = (appraisal, format = "text", *, width = 80, colour = false))]
pub(super) fn render(
    py: Python<'_>,
    appraisal: Bound<'_, Appraisal>,
    format: &str,
    width: usize,
    colour: bool,
) -> PyResult<String> {
    let shown = appraisal.get();
    match format {
        "text" => Ok(shown.text(TextOptions::plain(width.clamp(60, WIDEST)).colour(colour))),
        "markdown" => Ok(py.detach(|| markdown(&shown.account))),
        "html" => Ok(py.detach(|| html(shown))),
        "json" => Ok(py.detach(|| shown.account.to_json())),
        other => {
            let message =
                format!("expected a view (text, markdown, html or json), found `{other}`");
            Err(errors::of(py, "UnknownWordError", &message))
        }
    }
}

/// Nobody has a wider terminal; rules are drawn across it.
const WIDEST: usize = 10_000;

/// The appraisal as a piece of a page.
pub(super) fn html(appraisal: &Appraisal) -> String {
    let text = appraisal.text(TextOptions::default());
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<pre>{text}</pre>")
}
