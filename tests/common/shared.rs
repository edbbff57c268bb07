//! Real material that lies beside the project, and tools that a machine may lack.
//!
//! What is absent is skipped aloud; with `PROBATIVE_NO_SKIP=1` a skip is a failure.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The file or folder at this path within `../shared`, or within `PROBATIVE_SHARED` when that is
/// set; `None`, said on standard error, when it is absent.
pub fn shared(path: impl AsRef<Path>) -> Option<PathBuf> {
    let root = env::var_os("PROBATIVE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if !root.is_dir() {
        skip("../shared is absent");
        return None;
    }
    let found = root.join(path);
    if found.exists() {
        Some(found)
    } else {
        skip(&format!("../shared has no {}", found.display()));
        None
    }
}

/// Whether `python3` can import this module; when it cannot, that is said.
pub fn python_has(module: &str) -> bool {
    runs("python3", &["-c", &format!("import {module}")])
        || skip(&format!("python3 has no module {module}"))
}

/// Whether this program starts with these arguments and succeeds; when it does not, that is said.
pub fn program_runs(program: &str, arguments: &[&str]) -> bool {
    runs(program, arguments) || skip(&format!("{program} does not run"))
}

/// Says that something is skipped, or fails under `PROBATIVE_NO_SKIP=1`. Always false.
pub fn skip(why: &str) -> bool {
    assert!(
        env::var_os("PROBATIVE_NO_SKIP").is_none_or(|value| value != "1"),
        "{why}, and PROBATIVE_NO_SKIP=1 allows no skip"
    );
    eprintln!("skipped: {why}");
    false
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
