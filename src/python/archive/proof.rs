//! What was signed, and what follows from it.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::keys::{Trusted, trusted};
use crate::archive::merkle;
use crate::archive::note::Note;
use crate::archive::{checkpoint, proof};
use crate::python::errors::OrRaise;
use crate::python::given::All;
use crate::python::quoted;
use crate::python::record::{self, As, names};

/// What a ledger was when it was signed: its name, how many entries it had, and the root of their
/// tree. It is made of the text of a signed note, and says nothing before `verify` has.
///
/// Raises `IntegrityError` when the text is no such note.
#[pyclass(frozen, from_py_object, module = "probative")]
#[derive(Clone)]
pub(in crate::python) struct Checkpoint {
    pub(super) note: Note,
    checkpoint: checkpoint::Checkpoint,
}

impl Checkpoint {
    pub(super) fn of(note: Note) -> Result<Self, checkpoint::CheckpointError> {
        Ok(Self { checkpoint: note.text().parse()?, note })
    }
}

#[pymethods]
impl Checkpoint {
    #[new]
    fn new(py: Python<'_>, note: &str) -> PyResult<Self> {
        let note: Note = note.parse().or_raise(py)?;
        Self::of(note).or_raise(py)
    }

    /// The ledger's name.
    #[getter]
    fn origin(&self) -> &str {
        &self.checkpoint.origin
    }

    /// How many entries it had.
    #[getter]
    fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// The root of their tree, in base64.
    #[getter]
    fn root(&self) -> String {
        self.checkpoint.root.to_string()
    }

    /// Passes when one of these keys has signed it in the ledger's name.
    ///
    /// Raises `IntegrityError` when none has, or a signature is bad.
    ///
    /// >>> from probative import Archive, SigningKey
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
    /// >>> archive.checkpoint("jd.key").verify([SigningKey.read("jd.key").verifier])
    fn verify(&self, py: Python<'_>, trust: All<Trusted>) -> PyResult<()> {
        let keys = trusted(py, trust)?;
        checkpoint::Checkpoint::verified(&self.note, &keys).or_raise(py).map(drop)
    }

    fn __str__(&self) -> String {
        self.note.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Checkpoint({})", quoted(py, &self.note.to_string())?))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.note == other.get().note)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.note.text().hash(&mut hasher);
        hasher.finish()
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.note.to_string(),)
    }
}

/// A checkpoint, or the text of its note.
#[derive(FromPyObject)]
pub(in crate::python) enum Pin {
    Checkpoint(Checkpoint),
    Text(String),
}

impl Pin {
    /// # Errors
    /// When the text is no note.
    pub(super) fn note(self, py: Python<'_>) -> PyResult<Note> {
        match self {
            Self::Checkpoint(checkpoint) => Ok(checkpoint.note),
            Self::Text(text) => text.parse().or_raise(py),
        }
    }
}

/// A proof that an entry is in a ledger: with a public key alone, anyone can verify it. It is made
/// of its text, a C2SP `.tlog-proof`.
///
/// Raises `IntegrityError` when the text is no proof.
#[pyclass(frozen, module = "probative")]
pub(in crate::python) struct Proof(pub(super) proof::Proof);

#[pymethods]
impl Proof {
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        text.parse().or_raise(py).map(Self)
    }

    /// The entry's place in the ledger, from 0.
    #[getter]
    fn index(&self) -> u64 {
        self.0.index
    }

    /// The entry that the ledger of one of these keys has at this place: the one that the proof
    /// carries, or that of the given `line` of the ledger's file.
    ///
    /// Raises `IntegrityError` when that is not shown.
    ///
    /// >>> from probative import Archive, SigningKey
    /// >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
    /// >>> _ = archive.checkpoint("jd.key")
    /// >>> archive.prove(0).verify([SigningKey.read("jd.key").verifier]).origin
    /// 'example.org/case-7'
    #[pyo3(signature = (trust, line = None))]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        trust: All<Trusted>,
        line: Option<&str>,
    ) -> PyResult<As<'py, names::Proven>> {
        let keys = trusted(py, trust)?;
        let proven = match line {
            Some(line) => {
                let line = line.trim_end_matches('\n');
                let leaf = merkle::Hash::of_leaf(line.as_bytes());
                self.0.verify(leaf, &keys).map(|checkpoint| (line.to_owned(), checkpoint))
            }
            None => self
                .0
                .verify_carried(&keys)
                .map(|(line, checkpoint)| (String::from_utf8_lossy(line).into_owned(), checkpoint)),
        };
        let (line, checkpoint) = proven.or_raise(py)?;
        let fields = PyDict::new(py);
        fields.set_item("origin", checkpoint.origin)?;
        fields.set_item("index", self.0.index)?;
        fields.set_item("size", checkpoint.size)?;
        fields.set_item("line", line)?;
        record::custody_of(py, "Proven", &fields).map(As::new)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Proof({})", quoted(py, &self.0.to_string())?))
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
