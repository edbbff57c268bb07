//! How a figure came about, as far as a page has room for it.

use askama::Template;

use super::words::said;
use crate::strength::explain::{Explanation, Formula};

/// A figure and what it follows from.
#[derive(Template)]
#[template(path = "branch.html", config = "src/render/html/askama.toml")]
pub(super) struct Branch {
    what: String,
    value: String,
    formula: Option<&'static str>,
    inputs: Vec<Branch>,
    /// Inputs that are not shown.
    more: usize,
}

impl Branch {
    /// The tree down to the level at which it still fits in so many nodes.
    pub(super) fn new(tree: &Explanation, nodes: usize) -> Self {
        let mut depth = 1;
        while depth < DEEPEST
            && size(tree, depth + 1) <= nodes
            && size(tree, depth) < size(tree, depth + 1)
        {
            depth += 1;
        }
        Self::down_to(tree, depth)
    }

    fn down_to(tree: &Explanation, depth: usize) -> Self {
        let shown = if depth == 0 { Vec::new() } else { shown(tree) };
        Self {
            what: said(&tree.what),
            value: format!("{:.4}", (tree.value * 1e4).round() / 1e4 + 0.0),
            formula: (tree.formula != Formula::Given).then(|| tree.formula.text()),
            more: tree.inputs.len() - shown.len(),
            inputs: shown.into_iter().map(|input| Self::down_to(input, depth - 1)).collect(),
        }
    }
}

/// The inputs that are shown: all of a few, the largest of many.
fn shown(tree: &Explanation) -> Vec<&Explanation> {
    let mut inputs: Vec<&Explanation> = tree.inputs.iter().collect();
    if inputs.len() > MOST_INPUTS {
        inputs.sort_by(|a, b| b.value.total_cmp(&a.value));
        inputs.truncate(MOST_INPUTS);
    }
    inputs
}

fn size(tree: &Explanation, depth: usize) -> usize {
    let below: usize =
        if depth == 0 { 0 } else { shown(tree).into_iter().map(|one| size(one, depth - 1)).sum() };
    1 + below
}

const MOST_INPUTS: usize = 12;
/// Deeper than the formulas of the method go.
const DEEPEST: usize = 24;
