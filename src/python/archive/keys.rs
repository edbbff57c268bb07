//! Keys.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::archive::note;
use crate::python::errors::OrRaise;
use crate::python::given::All;
use crate::python::quoted;

/// A public key that verifies what is signed, and its name: `name+id+base64`.
///
/// Raises `SigningKeyError` when the text is none.
///
/// >>> from probative import VerifierKey
/// >>> key = VerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
/// >>> key.name
/// 'example.com/foo'
#[pyclass(frozen, from_py_object, module = "probative")]
#[derive(Clone)]
pub(in crate::python) struct VerifierKey(pub(super) note::VerifierKey);

#[pymethods]
impl VerifierKey {
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        text.parse().or_raise(py).map(Self)
    }

    /// The key's name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The number that tells apart keys of one name.
    #[getter]
    fn id(&self) -> u32 {
        self.0.id()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("VerifierKey({})", quoted(py, &self.0.to_string())?))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.to_string().hash(&mut hasher);
        hasher.finish()
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }
}

/// A public key, or its text.
#[derive(FromPyObject)]
pub(in crate::python) enum Trusted {
    Key(VerifierKey),
    Text(String),
}

/// # Errors
/// When a text is no key.
pub(super) fn trusted(py: Python<'_>, keys: All<Trusted>) -> PyResult<Vec<note::VerifierKey>> {
    let key = |trusted| match trusted {
        Trusted::Key(VerifierKey(key)) => Ok(key),
        Trusted::Text(text) => text.parse().or_raise(py),
    };
    keys.0.into_iter().map(key).collect()
}

/// A secret key that signs for an archive. It is never shown and cannot be pickled: only
/// `write_new` lets it out, into a file that its owner alone may read.
///
/// >>> import tempfile
/// >>> from pathlib import Path
/// >>> from probative import SigningKey
/// >>> place = tempfile.TemporaryDirectory()
/// >>> path = Path(place.name) / "case-7.key"
/// >>> key = SigningKey.generate("example.org/case-7")
/// >>> key.write_new(path)
/// >>> SigningKey.read(path).verifier == key.verifier
/// True
/// >>> place.cleanup()
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct SigningKey(note::SigningKey);

#[pymethods]
impl SigningKey {
    /// A new key, from the operating system's randomness. `name` is the origin of the archive that
    /// it is to sign for.
    ///
    /// Raises `SigningKeyError` when the name is empty or has a space or a plus.
    ///
    /// >>> from probative import SigningKey
    /// >>> SigningKey.generate("example.org/case-7").verifier.name
    /// 'example.org/case-7'
    #[staticmethod]
    fn generate(py: Python<'_>, name: String) -> PyResult<Self> {
        note::SigningKey::generate(name).or_raise(py).map(Self)
    }

    /// The key in this file.
    ///
    /// Raises `SigningKeyError` when it holds none or others than its owner may read it, and
    /// `ArchiveFileError` (an `OSError`) when it cannot be read.
    ///
    /// >>> from probative import SigningKey
    /// >>> key = SigningKey.generate("example.org/case-7")
    /// >>> key.write_new("jd.key")
    /// >>> SigningKey.read("jd.key") == key
    /// True
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        py.detach(|| note::SigningKey::read(&path)).or_raise(py).map(Self)
    }

    /// Writes the key to a file that is not there yet, with rights for its owner only.
    ///
    /// Raises `ArchiveExistsError` (a `FileExistsError`) when there is such a file, and
    /// `ArchiveFileError` (an `OSError`) when it cannot be written.
    ///
    /// >>> from probative import SigningKey
    /// >>> SigningKey.generate("example.org/case-7").write_new("jd.key")
    /// >>> SigningKey.generate("example.org/case-7").write_new("jd.key")
    /// Traceback (most recent call last):
    /// probative.ArchiveExistsError: ...
    fn write_new(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.0.write_new(&path)).or_raise(py)
    }

    /// The public key that verifies what this one signs.
    #[getter]
    fn verifier(&self) -> VerifierKey {
        VerifierKey(self.0.verifier())
    }

    fn __repr__(&self) -> String {
        format!("<SigningKey of {}>", self.0.verifier())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0.verifier() == other.get().0.verifier())
    }

    fn __hash__(&self) -> u64 {
        self.verifier().__hash__()
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__(&self) -> PyResult<Py<PyAny>> {
        Err(PyTypeError::new_err("a secret key cannot be pickled or copied"))
    }
}
