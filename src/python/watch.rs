//! Long work: on a thread of its own, so that the interpreter stays free, Ctrl-C is answered
//! and progress is told.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_subscript};

use super::errors;

/// What the work and its caller know of each other.
#[derive(Default)]
pub(super) struct Watch {
    stop: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Watch {
    /// Says how far the work is, and asks whether to go on.
    pub(super) fn step(&self, done: usize, total: usize) -> ControlFlow<()> {
        self.total.store(total as u64, Ordering::Relaxed);
        self.done.store(done as u64, Ordering::Relaxed);
        self.go_on()
    }

    /// Asks whether to go on.
    pub(super) fn go_on(&self) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// A callable that is told how much is done, and of how much.
pub(super) struct Progress(Py<PyAny>);

impl<'py> FromPyObject<'_, 'py> for Progress {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Callable"),
        PyStaticExpr::List {
            elts: &[
                type_hint_identifier!("builtins", "int"),
                type_hint_identifier!("builtins", "int")
            ]
        },
        type_hint_identifier!("builtins", "object")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_callable() {
            Ok(Self(object.to_owned().unbind()))
        } else {
            Err(pyo3::exceptions::PyTypeError::new_err("progress must be callable"))
        }
    }
}

impl Progress {
    fn tell(&self, py: Python<'_>, watch: &Watch, told: &mut Option<(u64, u64)>) -> PyResult<()> {
        let now = watch.progress();
        if *told != Some(now) && now.1 > 0 {
            *told = Some(now);
            self.0.call1(py, now)?;
        }
        Ok(())
    }
}

/// Does the work without holding the interpreter.
///
/// # Errors
/// `KeyboardInterrupt`, or what a signal handler or the progress callable raises: at once, while
/// the work stops at its next step.
pub(super) fn run<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Progress>,
    work: impl FnOnce(&Watch) -> T + Send + 'static,
) -> PyResult<T> {
    let watch = Arc::new(Watch::default());
    let (sender, mut waiting) = channel();
    let watched = Arc::clone(&watch);
    std::thread::Builder::new().name("probative".into()).stack_size(STACK).spawn(move || {
        // Nobody waits any more when the caller was interrupted.
        let _ = sender.send(work(&watched));
    })?;
    let mut told = None;
    loop {
        // The receiver may go to another thread and not be shared, so it goes along.
        let (back, answer) = py.detach(move || {
            let answer = waiting.recv_timeout(PATIENCE);
            (waiting, answer)
        });
        waiting = back;
        match answer {
            Ok(result) => {
                if let Some(progress) = progress {
                    progress.tell(py, &watch, &mut told)?;
                }
                return Ok(result);
            }
            Err(RecvTimeoutError::Disconnected) => return Err(errors::lost(py)),
            Err(RecvTimeoutError::Timeout) => {
                let told = py.check_signals().and_then(|()| match progress {
                    Some(progress) => progress.tell(py, &watch, &mut told),
                    None => Ok(()),
                });
                if told.is_err() {
                    watch.stop.store(true, Ordering::Relaxed);
                }
                told?;
            }
        }
    }
}

/// As much as a main thread has.
const STACK: usize = 8 << 20;
/// Short enough that Ctrl-C feels immediate and a progress bar moves.
pub(super) const PATIENCE: Duration = Duration::from_millis(40);

/// A reader that can be stopped, and tells how much it has read.
pub(super) struct Watched<'w, R> {
    reader: R,
    watch: &'w Watch,
    read: usize,
    total: usize,
    after: usize,
}

impl<'w> Watched<'w, File> {
    /// # Errors
    /// When the file cannot be opened.
    pub(super) fn open(path: &Path, watch: &'w Watch) -> io::Result<Self> {
        let reader = File::open(path)?;
        let total = usize::try_from(reader.metadata()?.len()).unwrap_or(usize::MAX);
        Ok(Self::of(reader, total, watch))
    }
}

impl<'w, R> Watched<'w, R> {
    /// Watches a reader of so many bytes.
    pub(super) fn of(reader: R, total: usize, watch: &'w Watch) -> Self {
        Self { reader, watch, read: 0, total, after: 0 }
    }

    /// Work that comes after reading counts as much as reading does.
    pub(super) fn half(self) -> Self {
        Self { after: self.total, ..self }
    }

    /// Says that the work after reading is done too.
    pub(super) fn done(&self) {
        let total = self.total.max(self.read) + self.after;
        // Nobody asks for anything more.
        let _ = self.watch.step(total, total);
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.read += read;
        match self.watch.step(self.read, self.total.max(self.read) + self.after) {
            ControlFlow::Continue(()) => Ok(read),
            ControlFlow::Break(()) => Err(io::Error::other("stopped")),
        }
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.reader.seek(to)?;
        self.read = usize::try_from(at).unwrap_or(usize::MAX);
        Ok(at)
    }
}
