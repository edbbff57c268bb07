//! The appraisal as one page in one file: it fetches nothing, runs nothing, and prints.

mod change;
mod judgement;
mod policy;
mod sources;
mod summary;
mod why;
mod words;

use std::collections::HashMap;

use askama::Template;

pub use self::change::comparison_html;
use self::judgement::JudgementView;
use self::sources::{ItemView, SourceView};
use self::words::{Link, said};
use super::account::{Account, FindingAccount};
use crate::appraisal::Appraiser;
use crate::report::Report;

/// The appraisal as a self-contained HTML page, to send to a reviewer, print or file.
///
/// It refers to nothing outside itself and holds no script; a content security policy in it
/// forbids both. Text of the report is escaped, what could reorder or hide a line is shown as an
/// escape, and only `http` and `https` addresses become links. The account is the one that was
/// made from this appraiser. The same report, doctrine and date give the same bytes.
pub fn html(account: &Account, appraiser: &Appraiser<'_>) -> String {
    let page = Page::new(account, appraiser);
    // Writing to a string does not fail.
    page.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "page.html", config = "src/render/html/askama.toml")]
struct Page {
    style: &'static str,
    policy: String,
    title: String,
    publisher: Option<String>,
    as_of: Option<String>,
    doctrine: String,
    doctrine_digest: String,
    report_digest: String,
    bands: Vec<(String, String)>,
    judgements: Vec<JudgementView>,
    summary: Vec<String>,
    author_summary: Option<String>,
    sources: Vec<SourceView>,
    sources_left_out: usize,
    items: Vec<ItemView>,
    items_left_out: usize,
    findings: Vec<FindingView>,
    gaps: Vec<GapView>,
}

/// Rows of all tables together that leave a page under two megabytes.
const MOST_ROWS: usize = 3200;
/// Rows of a table that a page of this kind can hold and still open at once.
const MOST_TABLE_ROWS: usize = 4000;

impl Page {
    fn new(account: &Account, appraiser: &Appraiser<'_>) -> Self {
        let report = appraiser.report();
        let anchors = Anchors::new(report);
        let appraisal = appraiser.appraise();
        let findings: Vec<FindingView> =
            account.findings.iter().map(|one| FindingView::new(one, &anchors)).collect();
        let room = MOST_ROWS.saturating_sub(report.items().len()).max(MOST_ROWS / 5);
        let share_of_rows = room / account.judgements.len().max(1);
        let judgements = account
            .judgements
            .iter()
            .zip(appraisal.judgements())
            .enumerate()
            .map(|(at, (one, weighed))| {
                JudgementView::new(
                    appraiser,
                    at,
                    (one, weighed),
                    &anchors,
                    share_of_rows,
                    &account.findings,
                )
            })
            .collect();
        Self {
            style: STYLE,
            policy: policy::policy(STYLE),
            title: if account.title.is_empty() {
                "(untitled report)".to_owned()
            } else {
                said(&account.title)
            },
            publisher: report.publisher().map(said),
            as_of: account.as_of.map(|date| date.to_string()),
            doctrine: said(&account.doctrine.id),
            doctrine_digest: account.doctrine.digest.to_string(),
            report_digest: account.report_digest.to_string(),
            bands: appraiser
                .doctrine()
                .bands()
                .iter()
                .map(|(edge, word)| (words::two(edge), said(word)))
                .collect(),
            judgements,
            summary: summary::summary(appraiser, account),
            author_summary: report
                .source_summary()
                .filter(|summary| !summary.statement.is_empty())
                .map(|summary| said(&summary.statement)),
            sources: sources::sources(appraiser, account),
            sources_left_out: report.sources().len().saturating_sub(MOST_TABLE_ROWS),
            items: sources::items(appraiser, &anchors),
            items_left_out: report.items().len().saturating_sub(MOST_TABLE_ROWS),
            findings,
            gaps: gaps(report, &anchors),
        }
    }
}

const STYLE: &str = include_str!("templates/style.css");

/// Where on the page each id of the report is.
struct Anchors<'r> {
    judgements: HashMap<&'r str, usize>,
    items: HashMap<&'r str, usize>,
    sources: HashMap<&'r str, usize>,
}

impl<'r> Anchors<'r> {
    fn new(report: &'r Report) -> Self {
        fn places<'r>(ids: impl Iterator<Item = &'r str>) -> HashMap<&'r str, usize> {
            ids.enumerate().map(|(at, id)| (id, at)).collect()
        }
        Self {
            judgements: places(report.judgements().iter().map(|one| &*one.id)),
            items: places(report.items().iter().map(|one| &*one.id).take(MOST_TABLE_ROWS)),
            sources: places(report.sources().iter().map(|one| &*one.id).take(MOST_TABLE_ROWS)),
        }
    }

    fn judgement(&self, id: &str) -> Link {
        Link::new(id, self.judgements.get(id).map(|at| format!("#j{at}")))
    }

    fn item(&self, id: &str) -> Link {
        Link::new(id, self.items.get(id).map(|at| format!("#i{at}")))
    }

    fn source(&self, id: &str) -> Link {
        Link::new(id, self.sources.get(id).map(|at| format!("#s{at}")))
    }

    /// An id of any list.
    fn any(&self, id: &str) -> Link {
        match () {
            () if self.judgements.contains_key(id) => self.judgement(id),
            () if self.items.contains_key(id) => self.item(id),
            () => self.source(id),
        }
    }
}

/// One finding.
struct FindingView {
    severity: &'static str,
    code: &'static str,
    message: String,
    about: Vec<Link>,
    more: usize,
}

impl FindingView {
    fn new(finding: &FindingAccount, anchors: &Anchors<'_>) -> Self {
        Self {
            severity: finding.severity.as_str(),
            code: finding.code.as_str(),
            message: said(&finding.message),
            about: finding.about.iter().take(MOST_NAMED).map(|id| anchors.any(id)).collect(),
            more: finding.about.len().saturating_sub(MOST_NAMED),
        }
    }
}

/// Ids that a finding names before "and so many more".
const MOST_NAMED: usize = 20;

/// What is not known and would help.
struct GapView {
    id: String,
    statement: String,
    bears_on: Vec<Link>,
}

fn gaps(report: &Report, anchors: &Anchors<'_>) -> Vec<GapView> {
    let gap = |gap: &crate::report::Gap| GapView {
        id: said(&gap.id),
        statement: said(&gap.statement),
        bears_on: gap
            .bears_on
            .iter()
            .filter_map(|index| report.judgements().get(index.get()))
            .map(|one| anchors.judgement(&one.id))
            .collect(),
    };
    report.gaps().iter().map(gap).collect()
}
