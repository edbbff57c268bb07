//! What changed between two reports, or between two dates, and which change moved what.

mod edit;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde::Serialize;

use self::edit::Edit;
pub use self::text::text as comparison_text;
use super::account::{Range, Share, as_map, channels};
use crate::appraisal::{Appraiser, JudgementAppraisal};
use crate::digest::Digest;
use crate::doctrine::Doctrine;
use crate::moment::Moment;
use crate::report::{Confidence, Report, wire};
use crate::vocabulary::vocabulary;

/// Two appraisals side by side. Its serialised form is stable.
///
/// Which change moved a judgement is found by trying: each change alone is applied to the report
/// as it was before, and what moves is recorded. What several changes do only together is the
/// `rest` of a judgement. The states of an archive are not considered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// `probative-change/1`.
    pub format: &'static str,
    /// The earlier appraisal.
    pub before: Appraised,
    /// The later one.
    pub after: Appraised,
    /// What changed.
    pub changes: Vec<Changed>,
    /// Every judgement of either report, those of the later one first.
    pub judgements: Vec<Moved>,
    /// Changes that were not tried alone, because there are more than 500.
    pub not_tried: usize,
}

/// Which appraisal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Appraised {
    /// The report's title.
    pub title: String,
    /// Digest of the report.
    pub report_digest: Digest,
    /// Name and version of the doctrine.
    pub doctrine: String,
    /// The date of the appraisal.
    pub as_of: Option<Moment>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changed {
    /// What sort of change.
    pub kind: ChangeKind,
    /// The id of what changed; empty for the date and the doctrine.
    pub about: String,
    /// The change in words.
    pub what: String,
}

vocabulary! {
    /// What sort of change stands between two reports.
    #[non_exhaustive]
    ChangeKind, "a kind of change" {
        /// A source is new.
        SourceAdded = "source-added",
        /// A source is gone.
        SourceRemoved = "source-removed",
        /// A source bears another letter.
        SourceRegraded = "source-regraded",
        /// Something else about a source: its owner, its kind, its name.
        SourceChanged = "source-changed",
        /// An item is new.
        ItemAdded = "item-added",
        /// An item is gone.
        ItemRemoved = "item-removed",
        /// An item was withdrawn, or is no longer.
        ItemWithdrawn = "item-withdrawn",
        /// An item bears another digit, or another letter of its own.
        ItemRegraded = "item-regraded",
        /// Something else about an item: its lineage, its authenticity, its channel.
        ItemChanged = "item-changed",
        /// A judgement is new.
        JudgementAdded = "judgement-added",
        /// A judgement is gone.
        JudgementRemoved = "judgement-removed",
        /// What a judgement rests on, assumes or states.
        JudgementChanged = "judgement-changed",
        /// How an assumption stands, or what was seen against it.
        AssumptionChanged = "assumption-changed",
        /// The cut-off, or the date of the appraisal.
        DateChanged = "date-changed",
        /// The doctrine.
        DoctrineChanged = "doctrine-changed",
    }
}

/// One judgement before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// Its id.
    pub id: String,
    /// The conclusion, in its later wording.
    pub statement: String,
    /// How it stood; none when it is new.
    pub before: Option<Standing>,
    /// How it stands; none when it is gone.
    pub after: Option<Standing>,
    /// The changes that move it when they are applied alone, the largest move first.
    pub moved_by: Vec<Mover>,
    /// The move of the central strength that the changes make only together: the whole move less
    /// the moves of each alone.
    pub rest: f64,
}

/// How a judgement stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// Strength, -1 to 1.
    pub strength: Range,
    /// The word for the central strength.
    pub band: String,
    /// The confidence that the report states.
    pub stated: Option<Confidence>,
    /// The confidence that the evidence supports.
    pub supportable: Confidence,
    /// Share of the support by channel, 0 to 1, the largest first.
    #[serde(serialize_with = "as_map")]
    pub channels: Vec<Share>,
}

/// What one change does alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mover {
    /// Its place in [`Comparison::changes`], from 0.
    pub change: usize,
    /// By how much the central strength moves.
    pub by: f64,
    /// How the judgement stands after this change alone.
    pub becomes: Standing,
}

/// Changes that are tried alone.
const MOST_TRIED: usize = 500;
/// Less than this is the rounding of a double, not a move.
const UNMOVED: f64 = 1e-9;

impl Comparison {
    /// Compares two appraisals, each by its own doctrine and as of its own date.
    pub fn of(before: &Appraiser<'_>, after: &Appraiser<'_>) -> Self {
        Self::watched(before, after, |_, _| ControlFlow::Continue(()))
            .unwrap_or_else(|| unreachable!("nothing stops it"))
    }

    /// The same, and asks before each change is tried whether to go on, saying how many are tried
    /// and how many there are to try; `None` when it was told to stop.
    pub fn watched(
        before: &Appraiser<'_>,
        after: &Appraiser<'_>,
        mut go_on: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Self> {
        let (old, new) = (before.report().to_wire(), after.report().to_wire());
        let edits = edit::between((before, &old), (after, &new));
        let was = standings(before.report(), before.doctrine(), before.date());
        let is = standings(after.report(), after.doctrine(), after.date());
        let mut movers: BTreeMap<&str, Vec<Mover>> = BTreeMap::new();
        let tried = edits.len().min(MOST_TRIED);
        for (change, (edit, _)) in edits.iter().enumerate().take(MOST_TRIED) {
            if go_on(change, tried).is_break() {
                return None;
            }
            for (id, becomes) in alone(edit, before, after, (&old, &new)) {
                let Some((id, stood)) = was.get_key_value(id.as_str()) else { continue };
                if differs(stood, &becomes) {
                    let by = becomes.strength.central - stood.strength.central;
                    movers.entry(id).or_default().push(Mover { change, by, becomes });
                }
            }
        }
        for list in movers.values_mut() {
            list.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()).then(a.change.cmp(&b.change)));
        }
        let mut seen = BTreeSet::new();
        let judgements = new.judgements.iter().chain(&old.judgements);
        let judgements = judgements.filter(|one| seen.insert(one.id.clone())).map(|one| {
            let (stood, stands) = (was.get(&one.id), is.get(&one.id));
            let moved_by = movers.remove(one.id.as_str()).unwrap_or_default();
            let rest = match (stood, stands) {
                (Some(stood), Some(stands)) => {
                    let whole = stands.strength.central - stood.strength.central;
                    let rest = whole - moved_by.iter().map(|mover| mover.by).sum::<f64>();
                    if rest.abs() < UNMOVED { 0.0 } else { rest }
                }
                _ => 0.0,
            };
            Moved {
                id: one.id.clone(),
                statement: one.statement.clone(),
                before: stood.cloned(),
                after: stands.cloned(),
                moved_by,
                rest,
            }
        });
        let judgements = judgements.collect();
        go_on(tried, tried).is_continue().then(|| Self {
            format: "probative-change/1",
            before: Appraised::of(before),
            after: Appraised::of(after),
            judgements,
            not_tried: edits.len().saturating_sub(MOST_TRIED),
            changes: edits.into_iter().map(|(_, changed)| changed).collect(),
        })
    }

    /// The comparison as JSON, indented; the same bytes on every run and machine.
    pub fn to_json(&self) -> String {
        // Text keys and finite numbers only, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Appraised {
    fn of(appraiser: &Appraiser<'_>) -> Self {
        Self {
            title: appraiser.report().title().to_owned(),
            report_digest: appraiser.report().digest(),
            doctrine: appraiser.doctrine().id().to_owned(),
            as_of: appraiser.date(),
        }
    }
}

impl Standing {
    fn of(doctrine: &Doctrine, stated: Option<Confidence>, one: &JudgementAppraisal) -> Self {
        Self {
            strength: one.strength.into(),
            band: doctrine.bands().word(one.strength.central).to_owned(),
            stated,
            supportable: one.supportable,
            channels: channels(one),
        }
    }
}

fn standings(
    report: &Report,
    doctrine: &Doctrine,
    date: Option<Moment>,
) -> BTreeMap<String, Standing> {
    let mut appraiser = Appraiser::new(report, doctrine);
    if let Some(date) = date {
        appraiser = appraiser.as_of(date);
    }
    let appraisal = appraiser.appraise();
    let judgements = report.judgements().iter().zip(appraisal.judgements());
    judgements
        .map(|(judgement, one)| {
            (judgement.id.to_string(), Standing::of(doctrine, judgement.confidence, one))
        })
        .collect()
}

/// How every judgement would stand after one change to the earlier report.
fn alone(
    edit: &Edit<'_>,
    before: &Appraiser<'_>,
    after: &Appraiser<'_>,
    (old, new): (&wire::Report, &wire::Report),
) -> BTreeMap<String, Standing> {
    let doctrine =
        if matches!(edit, Edit::Doctrine) { after.doctrine() } else { before.doctrine() };
    let date = if matches!(edit, Edit::Date) { after.date() } else { before.date() };
    let mut trial = old.clone();
    edit.apply(&mut trial, new);
    // A change that makes no report by itself moves nothing by itself.
    trial.check().map(|report| standings(&report, doctrine, date)).unwrap_or_default()
}

fn differs(a: &Standing, b: &Standing) -> bool {
    let corners = |one: &Standing| [one.strength.lower, one.strength.central, one.strength.upper];
    let moved = corners(a).iter().zip(corners(b)).any(|(a, b)| (a - b).abs() > UNMOVED);
    moved || a.supportable != b.supportable
}
