//! The graph of a judgement whose items are few enough to be drawn one by one.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::{self, Drawing, Width};
use super::provenance::{Box, Line, Outline, is_weak, join, outline, pool_in_words, put};
use crate::appraisal::{Appraiser, JudgementAppraisal};
use crate::report::{ItemIndex, Parent, SourceIndex, Stance, parents};
use crate::strength::{Contribution, Credit};

const NODE: (f64, f64) = (220.0, 54.0);
const OWNER: (f64, f64) = (190.0, 28.0);
const COLUMN: f64 = 60.0;
const ROW: f64 = 68.0;
const MARGIN: f64 = 12.0;

pub(super) fn draw(
    appraiser: &Appraiser<'_>,
    id: &str,
    weighed: &JudgementAppraisal,
    items: &BTreeSet<ItemIndex>,
    key: &str,
) -> String {
    let graph = Graph::new(appraiser, weighed, items);
    let title = format!("Where the support of {id} comes from");
    let counted = weighed.contributions.iter().filter(|one| one.not_counted.is_none()).count();
    let desc = format!(
        "{} items, {counted} of them counted; {} owners on the left, the judgement on the right.",
        items.len(),
        graph.owners.len()
    );
    let rows = graph.columns.iter().map(Vec::len).max().unwrap_or(0).max(graph.owners.len()).max(1);
    let height = rows as f64 * ROW + 2.0 * MARGIN;
    let right = column_x(graph.columns.len());
    let mut drawing =
        Drawing::new(key, &Width::Fixed(right + 110.0 + MARGIN), height, &title, &desc);
    let hatching = drawing.hatching();
    graph.lines(&mut drawing, height);
    graph.boxes(&mut drawing, &hatching);
    let lines = [draw::clipped(id, 12)];
    let node = Box {
        at: (right, height / 2.0 - 16.0),
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

/// Where a column of nodes begins.
fn column_x(column: usize) -> f64 {
    MARGIN + OWNER.0 + COLUMN + column as f64 * (NODE.0 + COLUMN)
}

/// A node: an item, or a source that items pass on without its being an item.
type Node = Parent;

struct Graph<'a> {
    appraiser: &'a Appraiser<'a>,
    rows: BTreeMap<ItemIndex, &'a Contribution>,
    /// Names of the owners, each with the roots that are theirs.
    owners: Vec<(String, Vec<Node>)>,
    /// Roots first, then the relays by their distance from them.
    columns: Vec<Vec<Node>>,
    places: BTreeMap<Node, (f64, f64)>,
}

impl<'a> Graph<'a> {
    fn new(
        appraiser: &'a Appraiser<'a>,
        weighed: &'a JudgementAppraisal,
        items: &BTreeSet<ItemIndex>,
    ) -> Self {
        let all = appraiser.report().items();
        let mut layer: BTreeMap<ItemIndex, usize> = BTreeMap::new();
        let mut named: BTreeSet<SourceIndex> = BTreeSet::new();
        // Lineages run in no circle: as many rounds as there are items settle every layer.
        for _ in 0..=items.len() {
            let mut moved = false;
            for &item in items {
                let mut depth = 0;
                for parent in parents(all, item) {
                    depth = depth.max(match parent {
                        Parent::Item(up) => 1 + layer.get(up).copied().unwrap_or(0),
                        Parent::Source(source) => {
                            named.insert(*source);
                            1
                        }
                    });
                }
                moved |= layer.insert(item, depth) != Some(depth);
            }
            if !moved {
                break;
            }
        }
        let deepest = layer.values().copied().max().unwrap_or(0);
        let mut columns: Vec<Vec<Node>> = vec![Vec::new(); deepest + 1];
        for (item, depth) in &layer {
            columns[*depth].push(Parent::Item(*item));
        }
        columns[0].extend(named.into_iter().map(Parent::Source));
        let mut owners: Vec<(String, Vec<Node>)> = Vec::new();
        for root in &columns[0] {
            let name = pool_in_words(&appraiser.pool_name(appraiser.case().pool(*root)));
            match owners.iter_mut().find(|(other, _)| *other == name) {
                Some((_, roots)) => roots.push(*root),
                None => owners.push((name, vec![*root])),
            }
        }
        columns[0] = owners.iter().flat_map(|(_, roots)| roots.iter().copied()).collect();
        let rows = weighed.contributions.iter().map(|one| (one.item, one)).collect();
        let mut graph = Self { appraiser, rows, owners, columns, places: BTreeMap::new() };
        graph.place();
        graph
    }

    /// Each column from the top, every relay about as high as what it passes on.
    fn place(&mut self) {
        let all = self.appraiser.report().items();
        for at in 0..self.columns.len() {
            let x = column_x(at);
            let mut wanted: Vec<(f64, Node)> = self.columns[at]
                .iter()
                .enumerate()
                .map(|(row, node)| {
                    let Parent::Item(item) = node else { return (row as f64 * ROW, *node) };
                    let above: Vec<f64> = parents(all, *item)
                        .iter()
                        .filter_map(|up| self.places.get(up).map(|(_, y)| *y))
                        .collect();
                    let middle = above.iter().sum::<f64>() / above.len().max(1) as f64;
                    (if above.is_empty() { row as f64 * ROW } else { middle }, *node)
                })
                .collect();
            if at > 0 {
                wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            for (row, (_, node)) in wanted.into_iter().enumerate() {
                self.places.insert(node, (x, MARGIN + row as f64 * ROW));
            }
        }
    }

    fn owner_y(&self, at: usize) -> f64 {
        let places: Vec<f64> = self.owners[at]
            .1
            .iter()
            .filter_map(|root| self.places.get(root).map(|(_, y)| *y + (NODE.1 - OWNER.1) / 2.0))
            .collect();
        places.iter().sum::<f64>() / places.len().max(1) as f64
    }

    fn lines(&self, drawing: &mut Drawing, height: f64) {
        let all = self.appraiser.report().items();
        for (at, (_, roots)) in self.owners.iter().enumerate() {
            let from = (MARGIN + OWNER.0, self.owner_y(at) + OWNER.1 / 2.0);
            for root in roots {
                if let Some((x, y)) = self.places.get(root) {
                    join(drawing, from, (*x, y + NODE.1 / 2.0), Line::Leads);
                }
            }
        }
        for (node, (x, y)) in &self.places {
            let Parent::Item(item) = node else { continue };
            let row = self.rows.get(item);
            let echo = row.is_some_and(|one| outline(one.not_counted) == Outline::Echo);
            let here = (*x, y + NODE.1 / 2.0);
            for parent in parents(all, *item) {
                if let Some((px, py)) = self.places.get(parent) {
                    let line = if echo { Line::Repeats } else { Line::Leads };
                    join(drawing, (px + NODE.0, py + NODE.1 / 2.0), here, line);
                }
            }
            for other in &all[item.get()].corroborated_by {
                if let Some((ox, oy)) = self.places.get(&Parent::Item(*other)) {
                    let (from, to) = ((ox + NODE.0, oy + 42.0), (x + NODE.0, y + 42.0));
                    join(drawing, from, to, Line::Confirms);
                }
            }
            let Some(row) = row.filter(|one| one.not_counted.is_none()) else { continue };
            let to = (column_x(self.columns.len()), height / 2.0);
            let line = match row.stance {
                Stance::Contradicts => Line::Against(row.share),
                _ => Line::Carries(row.share),
            };
            join(drawing, (x + NODE.0, here.1), to, line);
        }
    }

    fn boxes(&self, drawing: &mut Drawing, hatching: &str) {
        for (at, (name, _)) in self.owners.iter().enumerate() {
            let lines = [draw::clipped(name, 21)];
            let node = Box {
                at: (MARGIN, self.owner_y(at)),
                size: OWNER,
                outline: Outline::Plain,
                weak: false,
                share: 0.0,
                against: false,
                lines: &lines,
            };
            put(drawing, hatching, &node);
        }
        for (node, at) in &self.places {
            let (lines, outline, weak, row) = match node {
                Parent::Item(item) => self.item(*item),
                Parent::Source(source) => (self.source(*source), Outline::Plain, false, None),
            };
            let node = Box {
                at: *at,
                size: NODE,
                outline,
                weak,
                share: row.map_or(0.0, |one| one.share),
                against: row.is_some_and(|one| one.stance == Stance::Contradicts),
                lines: &lines,
            };
            put(drawing, hatching, &node);
        }
    }

    fn item(&self, index: ItemIndex) -> ([String; 3], Outline, bool, Option<&'a Contribution>) {
        let report = self.appraiser.report();
        let row = self.rows.get(&index).copied();
        let Some(item) = report.item(index) else {
            return (Default::default(), Outline::Plain, false, None);
        };
        let source = report.source(item.source).map_or("", |source| &*source.id);
        let letter = self.appraiser.case().letter(Parent::Item(index), None);
        let digit = item.credibility.map_or_else(|| "6".to_owned(), |digit| digit.to_string());
        let grade = format!(" {letter}{digit}");
        let first = draw::clipped(&item.id, 25 - grade.len()) + &grade;
        let second = draw::clipped(&format!("{source}, {}", item.channel), 27);
        let third = match row {
            None => "passed on, not cited".to_owned(),
            Some(row) => match row.not_counted {
                None => {
                    let share = crate::render::reason::percent(row.share);
                    match row.credited_to {
                        Credit::Source(other) if other != item.source => {
                            let by = report.source(other).map_or("", |source| &*source.id);
                            draw::clipped(&format!("{:+.2}, {share}, by {by}", row.units + 0.0), 27)
                        }
                        _ => format!("{:+.2} units, {share}", row.units + 0.0),
                    }
                }
                Some(reason) => {
                    let instead = reason.instead().and_then(|other| report.item(other));
                    let other = instead.map_or_else(String::new, |other| format!(" {}", other.id));
                    draw::clipped(&format!("{}{other}", reason.code().replace('-', " ")), 27)
                }
            },
        };
        let outline = row.map_or(Outline::Plain, |row| outline(row.not_counted));
        let others = row.is_some_and(
            |row| matches!(row.credited_to, Credit::Source(other) if other != item.source),
        );
        ([first, second, third], outline, is_weak(item.channel) && !others, row)
    }

    fn source(&self, index: SourceIndex) -> [String; 3] {
        let source = self.appraiser.report().source(index);
        let id = source.map_or("", |source| &*source.id);
        let letter = self.appraiser.case().letter(Parent::Source(index), None);
        [
            draw::clipped(id, 24) + &format!(" {letter}"),
            "said it first".to_owned(),
            "not an item".to_owned(),
        ]
    }
}
