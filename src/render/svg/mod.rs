//! The drawings of a page, each alone: to embed in a document, a wiki or another page.
//!
//! Every drawing has a title and a description for those who do not see it, says nothing by
//! colour alone, refers to nothing outside itself, and is the same bytes for the same input.
//! Colours are attributes; a style sheet can replace them by class (`p-bar`, `p-weak`, `p-ink`).

mod draw;
mod layers;
mod provenance;

use std::fmt::Write as _;

use self::draw::{AGAINST, Anchor, BAR, Drawing, GROUND, INK, LINE, TRACK, WEAK, Width, across};
use super::account::{JudgementAccount, Range, Share};
use super::reason::percent;
use crate::doctrine::Bands;
use crate::report::Confidence;

pub(super) use self::provenance::drawn;
pub use self::provenance::provenance;

/// The strength of a judgement on its scale: a bar to the central figure, a whisker from the
/// lower to the upper one, and the named bands with their edges.
///
/// The part of the bar that is owed to posts, leaks and reporting that names nobody is thin and
/// hatched, with that reason written above it. `key` begins the ids within, so that several
/// drawings fit in one document.
pub fn strength(one: &JudgementAccount, bands: &Bands, key: &str) -> String {
    bar(&one.id, (&one.band, one.strength), &one.rests_on.channels, bands, key)
}

/// As [`strength`], of anything that has one.
pub(super) fn bar(
    what: &str,
    (band, range): (&str, Range),
    channels: &[Share],
    bands: &Bands,
    key: &str,
) -> String {
    let signed = range.lower < 0.0;
    let place = |strength: f64| if signed { f64::midpoint(strength, 1.0) } else { strength };
    let weak = weak_share(channels);
    let because = weak_reason(channels);
    let title = format!("Strength of {what}: {band} {}", two(range.central));
    let mut desc = format!("Between {} and {}.", two(range.lower), two(range.upper));
    for (edge, word) in bands.iter() {
        let _ = write!(desc, " {word} from {}.", two(edge));
    }
    if let Some(because) = &because {
        let _ = write!(desc, " Thin and hatched: {because}.");
    }
    let rows = if signed { 3 } else { 2 };
    let height = 62.0 + 14.0 * f64::from(rows);
    let mut drawing = Drawing::new(key, &Width::Fluid(640), height, &title, &desc);
    let hatching = drawing.hatching();

    drawing.add(format_args!(
        "<rect class=\"p-track\" x=\"0\" y=\"24\" width=\"100%\" height=\"26\" fill=\"{TRACK}\"/>"
    ));
    let (zero, central) = (place(0.0), place(range.central));
    let (from, to) = (central.min(zero), central.max(zero));
    let firm = if range.central > 0.0 { from + (to - from) * (1.0 - weak) } else { to };
    let class = if range.central < 0.0 { ("p-against", AGAINST) } else { ("p-bar", BAR) };
    rect(&mut drawing, (from, firm), (26.0, 22.0), class);
    if firm < to {
        let attributes = format!("class=\"p-weak-line\" fill=\"{hatching}\" stroke=\"{WEAK}\"");
        block(&mut drawing, (firm, to), (32.0, 10.0), &attributes);
    }
    let (lower, upper) = (across(place(range.lower)), across(place(range.upper)));
    for (class, colour, width) in [("p-halo", GROUND, 5), ("p-ink", INK, 2)] {
        drawing.add(format_args!(
            "<g class=\"{class}\" stroke=\"{colour}\" stroke-width=\"{width}\">\
             <line x1=\"{lower}\" y1=\"37\" x2=\"{upper}\" y2=\"37\"/>\
             <line x1=\"{lower}\" y1=\"30\" x2=\"{lower}\" y2=\"44\"/>\
             <line x1=\"{upper}\" y1=\"30\" x2=\"{upper}\" y2=\"44\"/></g>"
        ));
    }
    if let Some(because) = because {
        drawing.text(("0", 16.0), Anchor::Start, "p-bold", &because);
    }
    scale(&mut drawing, bands, signed);
    drawing.finish()
}

/// How a stated confidence compares with the one that the evidence supports, on three steps.
pub fn confidence(one: &JudgementAccount, key: &str) -> String {
    let stated = one.confidence.stated;
    let supportable = one.confidence.supportable;
    let said = stated.map_or("none", Confidence::as_str);
    let title = format!("Confidence of {}: states {said}, evidence supports {supportable}", one.id);
    let desc =
        format!("The stated confidence is {}.", one.confidence.verdict.as_str().replace('-', " "));
    let mut drawing = Drawing::new(key, &Width::Fluid(360), 64.0, &title, &desc);
    for (at, level) in Confidence::ALL.iter().enumerate() {
        let (from, to) = (at as f64 / 3.0, (at + 1) as f64 / 3.0);
        let middle = across(f64::midpoint(from, to));
        let held = *level <= supportable;
        let attributes = if held {
            format!("class=\"p-bar p-edge\" fill=\"{BAR}\" stroke=\"{GROUND}\" stroke-width=\"2\"")
        } else {
            format!(
                "class=\"p-empty\" fill=\"{GROUND}\" stroke=\"{LINE}\" stroke-dasharray=\"4 3\""
            )
        };
        block(&mut drawing, (from, to), (20.0, 22.0), &attributes);
        let (class, fill) = if held { ("p-on-bar", GROUND) } else { ("p-ink-fill", INK) };
        drawing.add(format_args!(
            "<text class=\"{class}\" x=\"{middle}\" y=\"35\" text-anchor=\"middle\" fill=\"{fill}\">{level}</text>"
        ));
        if *level == supportable {
            drawing.text((&middle, 14.0), Anchor::Middle, "p-bold", "▼ supported");
        }
        if stated == Some(*level) {
            drawing.text((&middle, 57.0), Anchor::Middle, "p-bold", "▲ stated");
        }
    }
    drawing.finish()
}

/// Parts of a whole as one bar. Each part bears its number in the list; posts, leaks and
/// reporting that names nobody are hatched. Parts beyond the ninth are drawn as one.
pub fn shares(title: &str, shares: &[Share], key: &str) -> String {
    let desc = if shares.is_empty() { "Nothing.".to_owned() } else { String::new() };
    let list: Vec<String> = shares
        .iter()
        .take(MOST_PARTS)
        .enumerate()
        .map(|(at, one)| format!("{}: {} {}", at + 1, one.in_words(), percent(one.share)))
        .collect();
    let more = shares.len().saturating_sub(MOST_PARTS);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let desc = format!("{desc}{}{more}", list.join("; "));
    let mut drawing = Drawing::new(key, &Width::Fluid(640), 28.0, title, &desc);
    let hatching = drawing.hatching();
    drawing.add(format_args!(
        "<rect class=\"p-track\" x=\"0\" y=\"1\" width=\"100%\" height=\"26\" fill=\"{TRACK}\"/>"
    ));
    let mut from = 0.0;
    for (at, one) in shares.iter().enumerate() {
        let is_rest = at == MOST_PARTS;
        let to = if is_rest { 1.0 } else { (from + one.share).min(1.0) };
        let class = if is_rest { "p-part-rest".to_owned() } else { format!("p-part-{}", at % 3) };
        let attributes = if !is_rest && is_weak(&one.name) {
            format!("class=\"p-weak-line\" fill=\"{hatching}\" stroke=\"{WEAK}\"")
        } else {
            format!("class=\"{class} p-edge\" fill=\"{}\" stroke=\"{GROUND}\"", PARTS[at % 3])
        };
        block(&mut drawing, (from, to), (2.0, 24.0), &attributes);
        if to - from >= LEGIBLE {
            let middle = across(f64::midpoint(from, to));
            let mark = if is_rest { "…".to_owned() } else { (at + 1).to_string() };
            drawing.add(format_args!(
                "<circle class=\"p-spot\" cx=\"{middle}\" cy=\"14\" r=\"9\" fill=\"{GROUND}\"/>"
            ));
            drawing.text((&middle, 18.5), Anchor::Middle, "p-bold", &mark);
        }
        from = to;
        if is_rest {
            break;
        }
    }
    drawing.finish()
}

/// A small badge: the id, the word for the strength and its figures. What rests mostly on posts
/// or leaks is hatched and says so.
pub fn badge(one: &JudgementAccount, key: &str) -> String {
    let range = &one.strength;
    let id = draw::clipped(&one.id, 24);
    let weak = weak_share(&one.rests_on.channels) > MOSTLY;
    let mark = if weak { " ▨" } else { "" };
    let said = format!(
        "{} {} ({} to {}){mark}",
        one.band,
        two(range.central),
        two(range.lower),
        two(range.upper)
    );
    let title = format!("{}: {said}", one.id);
    let desc = weak_reason(&one.rests_on.channels).unwrap_or_else(|| one.reason.clone());
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text) as f64 * 7.0 + 14.0;
    let (left, right) = (width(&id), width(&said));
    let mut drawing = Drawing::new(key, &Width::Fixed(left + right), 26.0, &title, &desc);
    let hatching = drawing.hatching();
    drawing.add(format_args!(
        "<rect class=\"p-ink-fill\" width=\"{}\" height=\"26\" fill=\"{INK}\"/>\
         <rect class=\"p-badge\" x=\"{}\" y=\"0.5\" width=\"{}\" height=\"25\" fill=\"{GROUND}\" stroke=\"{INK}\"/>",
        draw::number(left),
        draw::number(left),
        draw::number(right - 0.5)
    ));
    let length = range.central.clamp(0.0, 1.0) * (right - 1.0);
    let (fill, height) = if weak { (hatching.as_str(), 3.0) } else { (BAR, 5.0) };
    drawing.add(format_args!(
        "<rect class=\"p-bar-thin\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\" fill=\"{fill}\"/>",
        draw::number(left),
        25.0 - height,
        draw::number(length)
    ));
    drawing.add(format_args!(
        "<text class=\"p-on-ink\" x=\"7\" y=\"16.5\" fill=\"{GROUND}\">{}</text>",
        draw::escaped(&id)
    ));
    drawing.text((&draw::number(left + 7.0), 15.5), Anchor::Start, "", &said);
    drawing.finish()
}

/// The part of the support that came by posts, leaks and reporting that names nobody, 0 to 1.
pub(super) fn weak_share(channels: &[Share]) -> f64 {
    channels.iter().filter(|one| is_weak(&one.name)).map(|one| one.share).sum::<f64>().min(1.0)
}

/// That part in words.
pub(super) fn weak_reason(channels: &[Share]) -> Option<String> {
    let list: Vec<String> = channels
        .iter()
        .filter(|one| one.share >= WORTH_A_WORD)
        .filter_map(|one| {
            let what = match one.name.as_str() {
                "social-media" => "posts",
                "leak" => "leaks",
                "unattributed" => "unattributed",
                _ => return None,
            };
            Some(format!("{what} {}", percent(one.share)))
        })
        .collect();
    (!list.is_empty()).then(|| format!("▨ from {}", list.join(", ")))
}

/// More than half of the support.
pub(super) const MOSTLY: f64 = 0.5;
/// Parts of a stacked bar that are drawn apart.
pub(super) const MOST_PARTS: usize = 9;
/// A share of weak channels below this is not written on a bar.
const WORTH_A_WORD: f64 = 0.005;
/// A part narrower than this holds no number.
const LEGIBLE: f64 = 0.05;
const PARTS: [&str; 3] = [BAR, "#5b8cc6", "#2f4868"];

fn is_weak(name: &str) -> bool {
    let name = name.strip_prefix("channel:").unwrap_or(name);
    matches!(name, "social-media" | "leak" | "unattributed")
}

/// The bands below the bar: a tick at each edge, and the words in turn on several rows, so that
/// they stand clear of each other in a narrow column.
fn scale(drawing: &mut Drawing, bands: &Bands, signed: bool) {
    let rows = if signed { 3 } else { 2 };
    let place = |strength: f64| if signed { f64::midpoint(strength, 1.0) } else { strength };
    let words: Vec<(f64, &str)> = bands.iter().collect();
    if signed {
        drawing.text(("0", 64.0), Anchor::Start, "p-muted", "contradicted");
    }
    for (at, (edge, word)) in words.iter().enumerate() {
        let x = across(place(*edge));
        let y = 64.0 + 14.0 * ((at % rows) as f64);
        drawing.add(format_args!(
            "<line class=\"p-tick\" x1=\"{x}\" y1=\"22\" x2=\"{x}\" y2=\"{}\" stroke=\"{LINE}\" stroke-width=\"1\"/>",
            draw::number(y - 10.0)
        ));
        let word = draw::clipped(word, 24);
        let (x, anchor) = if at + 1 == words.len() && at > 0 {
            ("100%".to_owned(), Anchor::End)
        } else {
            (x, Anchor::Start)
        };
        drawing.text_and_number((&x, y), anchor, &word, (*edge > 0.0).then_some(*edge));
    }
}

fn rect(drawing: &mut Drawing, x: (f64, f64), y: (f64, f64), class: (&str, &str)) {
    let (class, fill) = class;
    block(drawing, x, y, &format!("class=\"{class}\" fill=\"{fill}\""));
}

/// A rectangle from one part of the width to another, at a place and of a height.
fn block(drawing: &mut Drawing, x: (f64, f64), y: (f64, f64), attributes: &str) {
    if x.1 > x.0 {
        drawing.add(format_args!(
            "<rect {attributes} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            across(x.0),
            draw::number(y.0),
            across(x.1 - x.0),
            draw::number(y.1)
        ));
    }
}

/// Two digits, and no minus before a zero.
fn two(figure: f64) -> String {
    format!("{:.2}", (figure * 100.0).round() / 100.0 + 0.0)
}
