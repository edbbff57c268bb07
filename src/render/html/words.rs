//! Foreign text and figures as the page says them.

use url::Url;

use super::super::inert;
use crate::confidence::Measure;
use crate::report::Confidence;

/// Foreign text, inert, and no longer than a page can show.
pub(super) fn said(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let mut rest = text.char_indices().skip(LONGEST).map(|(at, _)| at);
    match rest.next() {
        None => inert(text).into_owned(),
        Some(end) => {
            let more = 1 + rest.count();
            format!("{}… ({more} more characters)", inert(&text[..end]))
        }
    }
}

/// Characters of one text that a page shows.
const LONGEST: usize = 3000;

/// A name, and where on the page it leads.
pub(super) struct Link {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

impl Link {
    pub(super) fn new(text: impl AsRef<str>, href: Option<String>) -> Self {
        Self { text: said(text), href }
    }
}

/// An address: a link where following it does no more than open a page.
pub(super) fn address(url: &Url) -> Link {
    let safe = matches!(url.scheme(), "http" | "https");
    Link::new(url.as_str(), safe.then(|| url.to_string()).filter(|url| url.len() <= LONGEST))
}

/// Two digits, and no minus before a zero.
pub(super) fn two(figure: f64) -> String {
    format!("{:.2}", (figure * 100.0).round() / 100.0 + 0.0)
}

/// Three digits with a sign.
pub(super) fn units(figure: f64) -> String {
    format!("{:+.3}", (figure * 1000.0).round() / 1000.0 + 0.0)
}

pub(super) fn measure(measure: Measure) -> String {
    match measure {
        Measure::Number(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Measure::Number(number) => format!("{:.3}", (number * 1000.0).round() / 1000.0 + 0.0),
        Measure::Status(status) => status.to_string(),
    }
}

/// A code such as `not-graded` in words.
pub(super) fn words(code: &str) -> String {
    code.replace(['-', '_'], " ")
}

pub(super) fn level(confidence: Option<Confidence>) -> &'static str {
    confidence.map_or("none", Confidence::as_str)
}

/// "1 item", "2 items".
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
