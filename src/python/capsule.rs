//! The Arrow PyCapsule interface.
//!
//! The C structs of `arrow-array` own what they point to, and release it when they are dropped
//! unless a consumer took it over; a capsule owns its struct. So all of it is safe code.

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::Schema;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::arrow;

/// A stream of this one batch.
///
/// # Errors
/// When memory runs out.
pub(super) fn stream(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = batch.schema();
    let reader = RecordBatchIterator::new([Ok(batch)], schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

/// A schema.
///
/// # Errors
/// When it has a type that C cannot be told of; ours have none.
pub(super) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| arrow::failed(&error))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}
