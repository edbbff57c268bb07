//! Where the support of a judgement comes from, as a graph.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::{self, AGAINST, Anchor, BAR, Drawing, GROUND, INK, LINE, WEAK, Width, number};
use super::layers;
use crate::appraisal::{Appraiser, JudgementAppraisal};
use crate::report::{Channel, ItemIndex, JudgementIndex, Parent, Stance};
use crate::strength::{Contribution, NotCounted};

/// Who says it, who said it first, who passes it on, and what each item contributes to a
/// judgement: owners on the left, the judgement on the right.
///
/// What counts is drawn solid, its line as thick as its share. An echo is drawn as one: a
/// doubled, dotted outline that leads to the item it repeats, not to the judgement. What is left
/// out is dashed and says why. Beyond forty items they are grouped by owner and origin. Empty
/// for an index of another report.
pub fn provenance(appraiser: &Appraiser<'_>, judgement: JudgementIndex, key: &str) -> String {
    let Some(one) = appraiser.report().judgements().get(judgement.get()) else {
        return String::new();
    };
    let appraisal = appraiser.appraise();
    let Some(weighed) = appraisal.judgements().get(judgement.get()) else {
        return String::new();
    };
    drawn(appraiser, &one.id, weighed, key).svg
}

/// A drawn graph.
pub(in crate::render) struct Drawn {
    pub(in crate::render) svg: String,
    /// Whether it shows groups of items rather than items.
    pub(in crate::render) grouped: bool,
}

pub(in crate::render) fn drawn(
    appraiser: &Appraiser<'_>,
    id: &str,
    weighed: &JudgementAppraisal,
    key: &str,
) -> Drawn {
    let mut items: BTreeSet<ItemIndex> = BTreeSet::new();
    for one in &weighed.contributions {
        if items.len() > MOST_DRAWN {
            break;
        }
        items.extend(appraiser.case().ancestry(one.item));
    }
    let grouped = items.len() > MOST_DRAWN;
    let svg = if grouped {
        by_origin(appraiser, id, weighed, key)
    } else {
        layers::draw(appraiser, id, weighed, &items, key)
    };
    Drawn { svg, grouped }
}

/// More items than this are grouped.
const MOST_DRAWN: usize = 40;
/// Groups that are drawn apart; the rest share a row.
const MOST_GROUPS: usize = 24;

/// How a node is outlined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    /// It counts.
    Solid,
    /// It repeats another.
    Echo,
    /// It is left out, or worth nothing.
    Dashed,
    /// It counts for nothing by itself, but passes on what counts.
    Plain,
}

pub(super) fn outline(not_counted: Option<NotCounted>) -> Outline {
    match not_counted {
        None => Outline::Solid,
        Some(NotCounted::EchoOf(_) | NotCounted::MayEcho(_) | NotCounted::SameOwner(_)) => {
            Outline::Echo
        }
        Some(_) => Outline::Dashed,
    }
}

/// A box with its lines of text.
pub(super) struct Box<'t> {
    pub(super) at: (f64, f64),
    pub(super) size: (f64, f64),
    pub(super) outline: Outline,
    /// Whether it came as a post or leak, or nobody is named for it.
    pub(super) weak: bool,
    /// Its part of its side, 0 to 1, as a bar on its left edge.
    pub(super) share: f64,
    pub(super) against: bool,
    pub(super) lines: &'t [String],
}

pub(super) fn put(drawing: &mut Drawing, hatching: &str, node: &Box<'_>) {
    let ((x, y), (width, height)) = (node.at, node.size);
    let rect = |dx: f64, attributes: &str| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" {attributes}/>",
            number(x + dx),
            number(y + dx),
            number(width),
            number(height)
        )
    };
    let attributes = match node.outline {
        Outline::Solid => {
            format!("class=\"p-node\" fill=\"{GROUND}\" stroke=\"{INK}\" stroke-width=\"1.5\"")
        }
        Outline::Echo => {
            let ghost = format!(
                "class=\"p-node-off\" fill=\"{GROUND}\" stroke=\"{LINE}\" stroke-dasharray=\"2 3\""
            );
            drawing.add(format_args!("{}", rect(4.0, &ghost)));
            ghost
        }
        Outline::Dashed => {
            format!(
                "class=\"p-node-off\" fill=\"{GROUND}\" stroke=\"{LINE}\" stroke-dasharray=\"6 4\""
            )
        }
        Outline::Plain => format!("class=\"p-node-off\" fill=\"{GROUND}\" stroke=\"{LINE}\""),
    };
    drawing.add(format_args!("{}", rect(0.0, &attributes)));
    if node.outline == Outline::Solid {
        let tall = (height * node.share.clamp(0.0, 1.0)).max(3.0);
        let (class, fill) = match (node.weak, node.against) {
            (true, _) => ("p-weak-line", hatching),
            (_, true) => ("p-against", AGAINST),
            _ => ("p-bar", BAR),
        };
        let stroke = if node.weak { format!(" stroke=\"{WEAK}\"") } else { String::new() };
        drawing.add(format_args!(
            "<rect class=\"{class}\" fill=\"{fill}\"{stroke} x=\"{}\" y=\"{}\" width=\"6\" height=\"{}\"/>",
            number(x + 3.0),
            number(y + height - tall),
            number(tall)
        ));
    }
    for (at, line) in node.lines.iter().enumerate() {
        let class = if at == 0 { "p-bold" } else { "p-muted" };
        let y = y + 17.0 + 15.0 * at as f64;
        drawing.text((&number(x + 14.0), y), Anchor::Start, class, line);
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Line {
    /// It carries so much of its side, 0 to 1.
    Carries(f64),
    /// As that, against the judgement.
    Against(f64),
    /// It only says who belongs to whom, or who passes on what.
    Leads,
    /// It repeats.
    Repeats,
    /// It confirms another item of the same column or of another.
    Confirms,
}

pub(super) fn join(drawing: &mut Drawing, from: (f64, f64), to: (f64, f64), line: Line) {
    // What joins two right edges bulges to the right of both.
    let middle = match line {
        Line::Confirms => number(from.0.max(to.0) + 28.0),
        _ => number(f64::midpoint(from.0, to.0)),
    };
    let (class, colour, width, dashes) = match line {
        Line::Carries(share) => ("p-carries", BAR, 1.0 + 7.0 * share, ""),
        Line::Against(share) => {
            ("p-counters", AGAINST, 1.0 + 7.0 * share, " stroke-dasharray=\"10 3\"")
        }
        Line::Leads => ("p-leads", LINE, 1.0, ""),
        Line::Repeats => ("p-leads", LINE, 1.0, " stroke-dasharray=\"2 4\""),
        Line::Confirms => ("p-ink", INK, 1.0, " stroke-dasharray=\"8 2 2 2\""),
    };
    drawing.add(format_args!(
        "<path class=\"{class}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{dashes} \
         d=\"M{} {}C{middle} {} {middle} {} {} {}\"/>",
        number(width),
        number(from.0),
        number(from.1),
        number(from.1),
        number(to.1),
        number(to.0),
        number(to.1)
    ));
}

pub(super) fn is_weak(channel: Channel) -> bool {
    matches!(channel, Channel::SocialMedia | Channel::Leak | Channel::Unattributed)
}

pub(super) fn pool_in_words(name: &str) -> String {
    name.strip_prefix("channel:")
        .map_or_else(|| name.to_owned(), |channel| format!("{channel}, no owner"))
}

/// What goes back to one origin, or to nobody knows whom on one point.
#[derive(Default)]
struct Group {
    items: usize,
    counted: usize,
    units: f64,
    share: f64,
    weak: bool,
    reasons: BTreeMap<&'static str, usize>,
}

impl Group {
    fn add(&mut self, one: &Contribution) {
        self.items += 1;
        self.units += one.units;
        self.share += one.share;
        match one.not_counted {
            None => self.counted += 1,
            Some(reason) => *self.reasons.entry(reason.code()).or_default() += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.items += other.items;
        self.counted += other.counted;
        self.units += other.units;
        self.share += other.share;
        for (reason, count) in &other.reasons {
            *self.reasons.entry(reason).or_default() += count;
        }
    }

    fn lines(&self, name: &str) -> [String; 3] {
        let mut reasons: Vec<(&str, usize)> = self.reasons.iter().map(|(a, b)| (*a, *b)).collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(reason, count)| {
                let reason = reason.strip_suffix("-of").unwrap_or(reason);
                format!("{count} {}", reason.replace('-', " "))
            })
            .collect();
        let items = if self.items == 1 { "item" } else { "items" };
        let counted = format!("{} {items}, {} counted", self.items, self.counted);
        let rest = if reasons.is_empty() {
            format!("{:+.2} units", self.units + 0.0)
        } else {
            format!("{:+.2} units; {}", self.units + 0.0, reasons.join(", "))
        };
        [draw::clipped(name, 40), counted, draw::clipped(&rest, 46)]
    }
}

fn by_origin(
    appraiser: &Appraiser<'_>,
    id: &str,
    weighed: &JudgementAppraisal,
    key: &str,
) -> String {
    let mut groups: BTreeMap<(String, String, bool), Group> = BTreeMap::new();
    for one in &weighed.contributions {
        let mut first = None;
        appraiser.case().each_root(one.item, None, |root, _, _| {
            first.get_or_insert(root);
        });
        let root = first.unwrap_or(Parent::Item(one.item));
        let against = one.stance == Stance::Contradicts;
        let pool = pool_in_words(&appraiser.pool_name(appraiser.case().pool(root)));
        let group = groups.entry((pool, origin_name(appraiser, root), against)).or_default();
        group.add(one);
        group.weak |= is_weak(appraiser.case().channel_of(root, one.item));
    }
    let mut rows: Vec<((String, String, bool), Group)> = groups.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| {
        y.units.abs().total_cmp(&x.units.abs()).then(y.items.cmp(&x.items)).then(a.cmp(b))
    });
    let total = rows.len();
    if total > MOST_GROUPS {
        let mut rest = Group::default();
        rows.drain(MOST_GROUPS..).for_each(|(_, group)| rest.merge(&group));
        let name = format!("{} more origins", total - MOST_GROUPS);
        rows.push(((String::new(), name, false), rest));
    }
    draw_groups(id, weighed.contributions.len(), &rows, key)
}

fn origin_name(appraiser: &Appraiser<'_>, root: Parent) -> String {
    let report = appraiser.report();
    match root {
        Parent::Source(source) => {
            report.source(source).map_or_else(String::new, |source| source.id.to_string())
        }
        Parent::Item(index) => {
            let Some(item) = report.item(index) else { return String::new() };
            if item.lineage == crate::report::Lineage::Unknown {
                match report.point(item.point) {
                    Some(point) => format!("unknown lineage: {point}"),
                    None => "unknown lineage".to_owned(),
                }
            } else {
                report.source(item.source).map_or_else(String::new, |source| source.id.to_string())
            }
        }
    }
}

fn draw_groups(
    id: &str,
    items: usize,
    rows: &[((String, String, bool), Group)],
    key: &str,
) -> String {
    const OWNER: f64 = 210.0;
    const GROUP: f64 = 330.0;
    const GAP: f64 = 60.0;
    const ROW: f64 = 70.0;
    let title = format!("Where the support of {id} comes from");
    let desc = format!("{items} items, grouped by owner and origin into {} rows.", rows.len());
    let mut owners: Vec<&str> = Vec::new();
    for ((owner, ..), _) in rows {
        if !owner.is_empty() && !owners.contains(&owner.as_str()) {
            owners.push(owner);
        }
    }
    let height = (rows.len().max(owners.len()) as f64) * ROW + 20.0;
    let width = OWNER + GROUP + 110.0 + 2.0 * GAP + 20.0;
    let mut drawing = Drawing::new(key, &Width::Fixed(width), height, &title, &desc);
    let hatching = drawing.hatching();
    let row = |at: usize| 10.0 + ROW * at as f64;
    let middle = height / 2.0;
    for (at, ((owner, _, against), group)) in rows.iter().enumerate() {
        let y = row(at) + 29.0;
        if let Some(place) = owners.iter().position(|one| one == owner) {
            let from = (10.0 + OWNER, row(place) + 29.0);
            join(&mut drawing, from, (10.0 + OWNER + GAP, y), Line::Leads);
        }
        let line = match (group.counted, against) {
            (0, _) => continue,
            (_, true) => Line::Against(group.share),
            (_, false) => Line::Carries(group.share),
        };
        let from = (10.0 + OWNER + GAP + GROUP, y);
        join(&mut drawing, from, (10.0 + OWNER + 2.0 * GAP + GROUP, middle), line);
    }
    for (at, owner) in owners.iter().enumerate() {
        let lines = [draw::clipped(owner, 26)];
        let node = Box {
            at: (10.0, row(at) + 14.0),
            size: (OWNER, 28.0),
            outline: Outline::Plain,
            weak: false,
            share: 0.0,
            against: false,
            lines: &lines,
        };
        put(&mut drawing, &hatching, &node);
    }
    for (at, ((_, name, against), group)) in rows.iter().enumerate() {
        let node = Box {
            at: (10.0 + OWNER + GAP, row(at)),
            size: (GROUP, 56.0),
            outline: if group.counted > 0 { Outline::Solid } else { Outline::Dashed },
            weak: group.weak,
            share: group.share,
            against: *against,
            lines: &group.lines(name),
        };
        put(&mut drawing, &hatching, &node);
    }
    let lines = [draw::clipped(id, 12)];
    let node = Box {
        at: (10.0 + OWNER + 2.0 * GAP + GROUP, middle - 16.0),
        size: (110.0, 32.0),
        outline: Outline::Plain,
        weak: false,
        share: 0.0,
        against: false,
        lines: &lines,
    };
    put(&mut drawing, &hatching, &node);
    drawing.finish()
}
