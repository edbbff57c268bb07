//! Digests.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::argument::Bytes;
use super::errors::{self, OrRaise, ReadError, Reading};
use super::record::{self, As, names};
use super::watch::{self, Progress, Watched};
use crate::digest::{self, Algorithm};

/// The digest of some bytes, with the algorithm that made it: `sha256:` or `sha512:` and
/// lower-case hexadecimal digits. Digests of different algorithms are never equal.
///
/// Raises `DigestError` when the text is none.
///
/// >>> from probative import Digest
/// >>> Digest.of(b"").hex[:8]
/// 'e3b0c442'
/// >>> Digest(str(Digest.of(b""))) == Digest.of(b"")
/// True
#[pyclass(frozen, eq, ord, hash, from_py_object, module = "probative")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Digest(pub(super) digest::Digest);

/// So many bytes are hashed sooner than a thread is begun.
const SHORT: usize = 1 << 16;

#[pymethods]
impl Digest {
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        errors::digest(py, text).map(Self)
    }

    /// The digest of these bytes; `algorithm` is `sha256` or `sha512`.
    ///
    /// `progress` is called with the bytes done and the bytes there are.
    ///
    /// >>> from probative import Digest
    /// >>> str(Digest.of(b"what was read"))[:15]
    /// 'sha256:7a44b6e4'
    #[staticmethod]
    #[pyo3(signature = (
        data,
        algorithm: "Algorithm | Literal['sha256', 'sha512']" = "sha256",
        *,
        progress = None,
    ))]
    fn of(
        py: Python<'_>,
        data: Bytes,
        algorithm: &str,
        progress: Option<Progress>,
    ) -> PyResult<Self> {
        let algorithm: Algorithm = algorithm.parse().or_raise(py)?;
        let Bytes(data) = data;
        if data.len() <= SHORT && progress.is_none() {
            return Ok(Self(digest::Digest::of_with(algorithm, &data)));
        }
        let digest = watch::run(py, progress.as_ref(), move |watch| {
            let mut reader = Watched::of(&data[..], data.len(), watch);
            digest::Digest::of_reader(algorithm, &mut reader)
        })?;
        Ok(Self(digest?))
    }

    /// The digest of a file's bytes, read at constant memory.
    ///
    /// `progress` is called with the bytes read and the bytes there are. Raises `UnreadableError`
    /// (an `OSError`) when the file cannot be read.
    ///
    /// >>> from probative import Digest
    /// >>> Digest.of_file("examples/reports/wagner-mali.toml").algorithm
    /// Algorithm.SHA256
    #[staticmethod]
    #[pyo3(signature = (
        path,
        algorithm: "Algorithm | Literal['sha256', 'sha512']" = "sha256",
        *,
        progress = None,
    ))]
    fn of_file(
        py: Python<'_>,
        path: PathBuf,
        algorithm: &str,
        progress: Option<Progress>,
    ) -> PyResult<Self> {
        let algorithm: Algorithm = algorithm.parse().or_raise(py)?;
        let file = path.clone();
        let digest = watch::run(py, progress.as_ref(), move |watch| {
            let mut reader = Watched::open(&file, watch)?;
            digest::Digest::of_reader(algorithm, &mut reader)
        })?;
        digest.map(Self).map_err(|error| {
            errors::cannot_read(py, Reading::Report, ReadError::File { path, error })
        })
    }

    /// `sha256` or `sha512`.
    #[getter]
    fn algorithm<'py>(&self, py: Python<'py>) -> PyResult<As<'py, names::Algorithm>> {
        record::word(py, "Algorithm", &self.0.algorithm().to_string()).map(As::new)
    }

    /// The digest in lower-case hexadecimal digits, without the algorithm.
    #[getter]
    fn hex(&self) -> String {
        self.0.hex()
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.as_bytes())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Digest('{}')", self.0)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }
}
