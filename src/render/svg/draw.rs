//! What every drawing shares: its frame, its text, its numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::inert;

/// How wide a drawing is.
pub(super) enum Width {
    /// Its horizontal places are per cent: it may be made wider or narrower by a style, and its
    /// text keeps its size. This many pixels where nothing else is said.
    Fluid(u32),
    /// So many pixels.
    Fixed(f64),
}

/// An SVG document being written.
///
/// Colours are presentation attributes, which any style sheet overrides by the class that stands
/// beside them; no element carries a style, so a strict content security policy holds.
pub(super) struct Drawing {
    out: String,
    key: String,
}

impl Drawing {
    /// A drawing with its title and description. `key` begins the ids within.
    pub(super) fn new(key: &str, width: &Width, height: f64, title: &str, desc: &str) -> Self {
        let key: String =
            key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
        let key = if key.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key
        } else {
            format!("p{key}")
        };
        let (class, width) = match width {
            Width::Fluid(width) => ("p-svg p-fluid", width.to_string()),
            Width::Fixed(width) => ("p-svg", number(*width)),
        };
        let mut out = String::with_capacity(2048);
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" width=\"{width}\" \
             height=\"{}\" role=\"img\" aria-labelledby=\"{key}-t {key}-d\" \
             font-family=\"system-ui, sans-serif\" font-size=\"12\">\
             <title id=\"{key}-t\">{}</title><desc id=\"{key}-d\">{}</desc>\
             <rect class=\"p-ground\" width=\"100%\" height=\"100%\" fill=\"{GROUND}\"/>",
            number(height),
            escaped(title),
            escaped(desc)
        );
        Self { out, key }
    }

    /// Elements as they are written; foreign text does not belong here.
    pub(super) fn add(&mut self, elements: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(elements);
    }

    /// The hatching that marks what is weak, and the value that fills with it.
    pub(super) fn hatching(&mut self) -> String {
        let id = format!("{}-h", self.key);
        self.add(format_args!(
            "<defs><pattern id=\"{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect class=\"p-ground-fill\" width=\"6\" height=\"6\" fill=\"{GROUND}\"/>\
             <rect class=\"p-weak-fill\" width=\"2.5\" height=\"6\" fill=\"{WEAK}\"/></pattern></defs>"
        ));
        format!("url(#{id})")
    }

    /// A line of text. `x` may be per cent.
    pub(super) fn text(&mut self, place: (&str, f64), anchor: Anchor, class: &str, text: &str) {
        let fill = if class.contains("p-muted") { MUTED } else { INK };
        let weight = if class.contains("p-bold") { " font-weight=\"600\"" } else { "" };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = place;
        let _ = write!(
            self.out,
            "<text class=\"p-text {class}\" x=\"{x}\" y=\"{}\"{anchor}{weight} fill=\"{fill}\">{}</text>",
            number(y),
            escaped(text)
        );
    }

    /// A word and a number, which a style may hide where there is little room.
    pub(super) fn text_and_number(
        &mut self,
        (x, y): (&str, f64),
        anchor: Anchor,
        word: &str,
        figure: Option<f64>,
    ) {
        let anchor = if matches!(anchor, Anchor::End) { " text-anchor=\"end\"" } else { "" };
        let figure = figure.map_or_else(String::new, |figure| {
            format!("<tspan class=\"p-figure\"> {}</tspan>", number(figure))
        });
        let _ = write!(
            self.out,
            "<text class=\"p-text p-muted\" x=\"{x}\" y=\"{}\"{anchor} fill=\"{MUTED}\">{}{figure}</text>",
            number(y),
            escaped(word)
        );
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

pub(super) const GROUND: &str = "#ffffff";
pub(super) const INK: &str = "#1a1f26";
pub(super) const MUTED: &str = "#4a5461";
pub(super) const LINE: &str = "#6b7683";
pub(super) const TRACK: &str = "#e6eaef";
pub(super) const BAR: &str = "#1f5fa8";
pub(super) const WEAK: &str = "#8a4b00";
pub(super) const AGAINST: &str = "#a3261b";

/// At most two digits after the point, and no minus before a zero.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0 + 0.0;
    let text = format!("{rounded:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A part of the width, 0 to 1, as per cent.
pub(super) fn across(part: f64) -> String {
    format!("{}%", number(part.clamp(0.0, 1.0) * 100.0))
}

/// Foreign text as XML text: inert, and free of what XML reads or forbids.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let text = inert(text);
    if !text.contains(['&', '<', '>', '"', '\'', '\u{fffe}', '\u{ffff}']) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// The text, no wider than so many columns.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    let text = inert(text);
    if text.width() <= columns {
        return text.into_owned();
    }
    let mut left = columns.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let mut short: String = text.chars().take(4 * columns).take_while(fits).collect();
    short.push('…');
    short
}
