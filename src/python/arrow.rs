//! An appraisal as tables, one record batch each.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

use crate::render::{Account, ContributionAccount, JudgementAccount};
use crate::report::Confidence;

pub(super) type Column<T> = (&'static str, DataType, bool, fn(&[T]) -> ArrayRef);

pub(super) fn schema<T>(columns: &[Column<T>]) -> SchemaRef {
    let field = |(name, kind, nullable, _): &Column<T>| Field::new(*name, kind.clone(), *nullable);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

pub(super) fn batch<T>(columns: &[Column<T>], rows: &[T]) -> Result<RecordBatch, ArrowError> {
    let arrays = columns.iter().map(|(_, _, _, array)| array(rows)).collect();
    RecordBatch::try_new(schema(columns), arrays)
}

/// A column of a kind: its name, whether it may be empty, and where its values come from.
macro_rules! column {
    (text $name:literal, $of:expr) => {
        ($name, DataType::Utf8, false, |rows| {
            Arc::new(StringArray::from_iter_values(rows.iter().map($of)))
        })
    };
    (text? $name:literal, $of:expr) => {
        ($name, DataType::Utf8, true, |rows| {
            Arc::new(rows.iter().map($of).collect::<StringArray>())
        })
    };
    (number $name:literal, $of:expr) => {
        ($name, DataType::Float64, false, |rows| {
            Arc::new(Float64Array::from_iter_values(rows.iter().map($of)))
        })
    };
    (number? $name:literal, $of:expr) => {
        ($name, DataType::Float64, true, |rows| {
            Arc::new(rows.iter().map($of).collect::<Float64Array>())
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
            Arc::new(UInt64Array::from_iter_values(rows.iter().map(|one| one.origins as u64)))
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
/// None that is known: columns and schema are made of one list.
pub(super) fn judgements(account: &Account) -> Result<RecordBatch, ArrowError> {
    batch(&judgement_columns(), &account.judgements.iter().collect::<Vec<_>>())
}

type Contributed<'a> = (&'a JudgementAccount, &'a ContributionAccount);

fn contribution_columns<'a>() -> Vec<Column<Contributed<'a>>> {
    vec![
        column!(text "judgement", |(judgement, _)| judgement.id.as_str()),
        column!(text "item", |(_, one)| one.item.as_str()),
        column!(text "stance", |(_, one)| one.stance.as_str()),
        column!(number "units", |(_, one)| one.units),
        column!(number "share", |(_, one)| one.share),
        column!(text "credited_to", |(_, one)| one.credited_to.as_str()),
        ("counted", DataType::Boolean, false, |rows| {
            Arc::new(rows.iter().map(|(_, one)| Some(one.counted)).collect::<BooleanArray>())
        }),
        column!(text? "reason", |(_, one)| one.reason),
        column!(text? "instead", |(_, one)| one.instead.as_deref()),
    ]
}

pub(super) fn contributions_schema() -> SchemaRef {
    schema(&contribution_columns())
}

/// One row for each item of each judgement.
///
/// # Errors
/// As [`judgements`].
pub(super) fn contributions(account: &Account) -> Result<RecordBatch, ArrowError> {
    let mut rows: Vec<Contributed<'_>> = Vec::new();
    for judgement in &account.judgements {
        rows.extend(judgement.contributions.iter().map(|one| (judgement, one)));
    }
    batch(&contribution_columns(), &rows)
}

fn finding_columns<'a>() -> Vec<Column<&'a crate::render::FindingAccount>> {
    let about = Field::new_list_field(DataType::Utf8, true);
    vec![
        column!(text "code", |one| one.code.as_str()),
        column!(text "severity", |one| one.severity.as_str()),
        ("about", DataType::List(Arc::new(about)), false, |rows| {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for one in rows {
                for id in &one.about {
                    lists.values().append_value(id);
                }
                lists.append(true);
            }
            Arc::new(lists.finish())
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
/// As [`judgements`].
pub(super) fn findings(account: &Account) -> Result<RecordBatch, ArrowError> {
    batch(&finding_columns(), &account.findings.iter().collect::<Vec<_>>())
}

/// What cannot be laid out as a table.
pub(super) fn failed(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
