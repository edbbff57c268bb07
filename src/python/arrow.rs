//! An appraisal as tables, one record batch each.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, ListBuilder, StringViewBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, LargeStringArray, RecordBatch, StringViewArray,
    UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

use super::watch::Watch;
use crate::render::{Account, ContributionAccount, JudgementAccount};
use crate::report::{ArchiveState, Confidence};

pub(super) type Laid = Result<ArrayRef, ArrowError>;
pub(super) type Column<T> = (&'static str, DataType, bool, fn(&[T]) -> Laid);

pub(super) fn schema<T>(columns: &[Column<T>]) -> SchemaRef {
    let field = |(name, kind, nullable, _): &Column<T>| Field::new(*name, kind.clone(), *nullable);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// Lays the columns out, one after the other until it is told to stop.
///
/// # Errors
/// When it was stopped. No other is known: columns and schema are made of one list.
pub(super) fn batch<T>(
    columns: &[Column<T>],
    rows: &[T],
    watch: &Watch,
) -> Result<RecordBatch, ArrowError> {
    let lay = |(_, _, _, lay): &Column<T>| match watch.go_on() {
        ControlFlow::Continue(()) => lay(rows),
        ControlFlow::Break(()) => Err(ArrowError::ComputeError("interrupted".to_owned())),
    };
    let arrays = columns.iter().map(lay).collect::<Result<_, _>>()?;
    RecordBatch::try_new(schema(columns), arrays)
}

/// A column of a kind: its name, whether it may be empty, and where its values come from. Texts
/// have offsets of 64 bits: all ids of a report may be longer together than 32 can count.
macro_rules! column {
    (text $name:literal, $of:expr) => {
        ($name, DataType::LargeUtf8, false, |rows| {
            Ok(Arc::new(LargeStringArray::from_iter_values(rows.iter().map($of))))
        })
    };
    (text? $name:literal, $of:expr) => {
        ($name, DataType::LargeUtf8, true, |rows| {
            Ok(Arc::new(rows.iter().map($of).collect::<LargeStringArray>()))
        })
    };
    (number $name:literal, $of:expr) => {
        ($name, DataType::Float64, false, |rows| {
            Ok(Arc::new(Float64Array::from_iter_values(rows.iter().map($of))))
        })
    };
    (number? $name:literal, $of:expr) => {
        ($name, DataType::Float64, true, |rows| {
            Ok(Arc::new(rows.iter().map($of).collect::<Float64Array>()))
        })
    };
}

pub(super) use column;

fn judgement_columns<'a>() -> Vec<Column<&'a JudgementAccount>> {
    vec![
        column!(text "id", |one| one.id.as_str()),
        column!(text "statement", |one| one.statement.as_str()),
        column!(number "strength_lower", |one| one.strength.lower),
        column!(number "strength", |one| one.strength.central),
        column!(number "strength_upper", |one| one.strength.upper),
        column!(text "band", |one| one.band.as_str()),
        column!(number "probability_lower", |one| one.probability.lower),
        column!(number "probability", |one| one.probability.central),
        column!(number "probability_upper", |one| one.probability.upper),
        column!(number "support", |one| one.support),
        column!(number "against", |one| one.against),
        column!(number "uncertainty", |one| one.uncertainty),
        ("origins", DataType::UInt64, false, |rows| {
            let origins = rows.iter().map(|one| one.origins as u64);
            Ok(Arc::new(UInt64Array::from_iter_values(origins)))
        }),
        column!(text "reason", |one| one.reason.as_str()),
        column!(text? "stated_confidence", |one| one.confidence.stated.map(Confidence::as_str)),
        column!(text "supportable_confidence", |one| one.confidence.supportable.as_str()),
        column!(text "confidence_verdict", |one| one.confidence.verdict.as_str()),
        column!(text? "likelihood", |one| one.likelihood.as_ref().map(|one| one.term.as_str())),
        column!(number? "likelihood_lower", |one| one.likelihood.as_ref().and_then(|one| one.lower)),
        column!(number? "likelihood_upper", |one| one.likelihood.as_ref().and_then(|one| one.upper)),
        column!(text? "likelihood_verdict", |one| {
            one.likelihood.as_ref().map(|one| one.verdict.as_str())
        }),
    ]
}

pub(super) fn judgements_schema() -> SchemaRef {
    schema(&judgement_columns())
}

/// One row for each judgement.
///
/// # Errors
/// As [`batch`].
pub(super) fn judgements(account: &Account, watch: &Watch) -> Result<RecordBatch, ArrowError> {
    batch(&judgement_columns(), &account.judgements.iter().collect::<Vec<_>>(), watch)
}

type Contributed<'a> = (&'a JudgementAccount, &'a ContributionAccount);

fn contribution_columns<'a>() -> Vec<Column<Contributed<'a>>> {
    vec![
        ("judgement", DataType::Utf8View, false, |rows| Ok(Arc::new(judgement_of(rows)?))),
        column!(text "item", |(_, one)| one.item.as_str()),
        column!(text "stance", |(_, one)| one.stance.as_str()),
        column!(number "units", |(_, one)| one.units),
        column!(number "share", |(_, one)| one.share),
        column!(text "credited_to", |(_, one)| one.credited_to.as_str()),
        ("counted", DataType::Boolean, false, |rows| {
            Ok(Arc::new(rows.iter().map(|(_, one)| Some(one.counted)).collect::<BooleanArray>()))
        }),
        column!(text? "reason", |(_, one)| one.reason),
        column!(text? "instead", |(_, one)| one.instead.as_deref()),
        column!(text? "archive", |(_, one)| one.archive.map(ArchiveState::as_str)),
    ]
}

/// The judgement of each row. Its id is kept once, however many items it rests on: a long id would
/// otherwise grow with their number.
fn judgement_of(rows: &[Contributed<'_>]) -> Result<StringViewArray, ArrowError> {
    let mut views = StringViewBuilder::with_capacity(rows.len());
    for rows in rows.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)) {
        let Some((judgement, _)) = rows.first() else { continue };
        let id = judgement.id.as_str();
        if id.len() <= INLINE || rows.len() == 1 {
            for _ in rows {
                views.append_value(id);
            }
            continue;
        }
        let length =
            u32::try_from(id.len()).map_err(|_| ArrowError::OffsetOverflowError(id.len()))?;
        let block = views.append_block(id.as_bytes().into());
        for _ in rows {
            views.try_append_view(block, 0, length)?;
        }
    }
    Ok(views.finish())
}

/// A text that is not longer stands in its view.
const INLINE: usize = 12;

pub(super) fn contributions_schema() -> SchemaRef {
    schema(&contribution_columns())
}

/// One row for each item of each judgement.
///
/// # Errors
/// As [`batch`].
pub(super) fn contributions(account: &Account, watch: &Watch) -> Result<RecordBatch, ArrowError> {
    let mut rows: Vec<Contributed<'_>> = Vec::new();
    for judgement in &account.judgements {
        rows.extend(judgement.contributions.iter().map(|one| (judgement, one)));
    }
    batch(&contribution_columns(), &rows, watch)
}

fn finding_columns<'a>() -> Vec<Column<&'a crate::render::FindingAccount>> {
    let about = Field::new_list_field(DataType::LargeUtf8, true);
    vec![
        column!(text "code", |one| one.code.as_str()),
        column!(text "severity", |one| one.severity.as_str()),
        ("about", DataType::List(Arc::new(about)), false, |rows| {
            let mut lists = ListBuilder::new(LargeStringBuilder::new());
            for one in rows {
                for id in &one.about {
                    lists.values().append_value(id);
                }
                lists.append(true);
            }
            Ok(Arc::new(lists.finish()))
        }),
        column!(text "message", |one| one.message.as_str()),
    ]
}

pub(super) fn findings_schema() -> SchemaRef {
    schema(&finding_columns())
}

/// One row for each finding.
///
/// # Errors
/// As [`batch`].
pub(super) fn findings(account: &Account, watch: &Watch) -> Result<RecordBatch, ArrowError> {
    batch(&finding_columns(), &account.findings.iter().collect::<Vec<_>>(), watch)
}

/// What cannot be laid out as a table.
pub(super) fn failed(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
