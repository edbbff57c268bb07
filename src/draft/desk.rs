//! Where the draft grows: findings, traces, ids, items.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::finding::{Finding, FindingCode, Part, Trace};
use super::markup::Document;
use super::place::{Lines, Span};
use super::sources::Sources;
use crate::finding::Severity;
use crate::report::wire;

/// Enough to mend a draft by; a hostile text could have as many as it has sentences.
const MOST_FINDINGS: usize = 5000;

/// Past any report that people write; what a hostile text has beyond is counted and said.
pub(super) const MOST_ITEMS: usize = 50_000;

pub(super) struct Desk<'d> {
    pub(super) document: &'d Document,
    pub(super) lines: Lines<'d>,
    pub(super) report: wire::Report,
    pub(super) traces: Vec<Trace>,
    pub(super) sources: Sources<'d>,
    findings: Vec<Finding>,
    more: usize,
    ids: HashSet<String>,
    counts: HashMap<String, usize>,
    /// Citations without a link: how many, and the first.
    pub(super) linkless: (usize, Option<Range<usize>>),
    /// Items beyond [`MOST_ITEMS`].
    pub(super) more_items: usize,
}

impl<'d> Desk<'d> {
    pub(super) fn new(document: &'d Document, input: &'d str, sources: Sources<'d>) -> Self {
        Self {
            document,
            lines: Lines::new(input),
            report: wire::Report::new(""),
            traces: Vec::new(),
            sources,
            findings: Vec::new(),
            more: 0,
            ids: HashSet::new(),
            counts: HashMap::new(),
            linkless: (0, None),
            more_items: 0,
        }
    }

    pub(super) fn text(&self, range: &Range<usize>) -> &'d str {
        self.document.slice(range)
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.lines.span(self.document.source(range))
    }

    pub(super) fn find(
        &mut self,
        code: FindingCode,
        severity: Severity,
        range: &Range<usize>,
        about: &[&str],
        message: impl Into<String>,
    ) {
        let about = about.iter().map(|id| (*id).to_owned()).collect();
        let span = self.span(range);
        self.find_at(code, severity, span, about, message);
    }

    pub(super) fn find_at(
        &mut self,
        code: FindingCode,
        severity: Severity,
        span: Span,
        about: Vec<String>,
        message: impl Into<String>,
    ) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { code, severity, about, message: message.into(), span });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn trace(&mut self, part: Part, id: &str, range: &Range<usize>) {
        let span = self.span(range);
        self.traces.push(Trace { part, id: id.to_owned(), span });
    }

    /// An id for an item of this point: the point's own, then with a number.
    pub(super) fn item_id(&mut self, prefix: &str) -> String {
        loop {
            let count = self.counts.entry(prefix.to_owned()).or_default();
            *count += 1;
            let id = if *count == 1 { prefix.to_owned() } else { format!("{prefix}-{count}") };
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    /// The findings in the order of the text.
    pub(super) fn into_findings(mut self) -> (wire::Report, Vec<Finding>, Vec<Trace>) {
        if self.more > 0 {
            let message = format!(
                "{} more findings are not listed; mend the first and draft again",
                self.more
            );
            let span = self.lines.span(0..0);
            let about = Vec::new();
            let code = FindingCode::MoreFindings;
            self.findings.push(Finding { code, severity: Severity::Warning, about, message, span });
        }
        if self.more_items > 0 {
            let message = format!("{} more items are not in the draft", self.more_items);
            let span = self.lines.span(0..0);
            let (code, about) = (FindingCode::MoreItems, Vec::new());
            self.findings.push(Finding { code, severity: Severity::Error, about, message, span });
        }
        self.findings.sort_by_key(|one| (one.span.bytes.start, one.code));
        self.report.sources = self.sources.into_list();
        (self.report, self.findings, self.traces)
    }
}
