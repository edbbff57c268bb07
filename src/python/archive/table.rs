//! The entries of a ledger as a table.

use std::sync::Arc;

use arrow_array::{LargeStringArray, RecordBatch, UInt64Array};
use arrow_schema::{ArrowError, DataType, SchemaRef};

use crate::archive::event::{Event, Mark, Subject, What};
use crate::python::arrow::{Column, batch, column, schema as schema_of};
use crate::python::watch::Watch;

type Row = (u64, Event);

fn columns<'a>() -> Vec<Column<&'a Row>> {
    vec![
        ("index", DataType::UInt64, false, |rows| {
            Ok(Arc::new(UInt64Array::from_iter_values(rows.iter().map(|(index, _)| *index))))
        }),
        // As text, because a time keeps its offset, and a day is none.
        column!(text "at", |(_, event)| event.at.to_string()),
        column!(text "by", |(_, event)| event.by.as_str()),
        column!(text "what", |(_, event)| kind(&event.what)),
        column!(text? "item", |(_, event)| item(&event.what)),
        column!(text? "source", |(_, event)| source(&event.what)),
        column!(text? "object", |(_, event)| object(&event.what)),
        column!(text? "mark", |(_, event)| match &event.what {
            What::Graded { mark: Mark::Reliability(letter), .. } => Some(letter.as_str()),
            What::Graded { mark: Mark::Credibility(digit), .. } => Some(digit.as_str()),
            _ => None,
        }),
        column!(text? "because", |(_, event)| match &event.what {
            What::Authenticated { because, .. }
            | What::Graded { because, .. }
            | What::Withdrawn { because, .. } => Some(because.as_str()),
            _ => None,
        }),
        column!(text? "url", |(_, event)| match &event.what {
            What::Captured(capture) => Some(capture.url.as_str()),
            What::Registered { url, .. } => url.as_deref(),
            _ => None,
        }),
        column!(text "event", |(_, event)| event.to_canonical().unwrap_or_default()),
    ]
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Authenticated { .. } => "authenticated",
        What::Captured(_) => "captured",
        What::Graded { .. } => "graded",
        What::Lineage { .. } => "lineage",
        What::Noted { .. } => "noted",
        What::Opened { .. } => "opened",
        What::Registered { .. } => "registered",
        What::Verified { .. } => "verified",
        What::Withdrawn { .. } => "withdrawn",
    }
}

fn subject(what: &What) -> Option<&Subject> {
    match what {
        What::Graded { of, .. } => Some(of),
        What::Noted { about, .. } => about.as_ref(),
        What::Withdrawn { subject, .. } => Some(subject),
        _ => None,
    }
}

fn item(what: &What) -> Option<&str> {
    match (what, subject(what)) {
        (What::Authenticated { item, .. } | What::Lineage { item, .. }, _)
        | (_, Some(Subject::Item(item))) => Some(item),
        (What::Captured(capture), _) => capture.item.as_deref(),
        _ => None,
    }
}

fn source(what: &What) -> Option<&str> {
    match (what, subject(what)) {
        (What::Registered { source, .. }, _) | (_, Some(Subject::Source(source))) => Some(source),
        _ => None,
    }
}

fn object(what: &What) -> Option<String> {
    match (what, subject(what)) {
        (What::Captured(capture), _) => Some(capture.digest.to_string()),
        (_, Some(Subject::Object(digest))) => Some(digest.to_string()),
        _ => None,
    }
}

pub(super) fn schema() -> SchemaRef {
    schema_of(&columns())
}

/// One row for each entry.
///
/// # Errors
/// As [`batch`].
pub(super) fn entries(entries: &[Row], watch: &Watch) -> Result<RecordBatch, ArrowError> {
    batch(&columns(), &entries.iter().collect::<Vec<_>>(), watch)
}
