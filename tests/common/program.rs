//! The example programs, as a person runs them.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};

/// The built example program of this name. `cargo test` builds examples; a narrower run may need
/// `--example NAME` beside `--test`.
pub fn example(name: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let folder = test.parent().unwrap().parent().unwrap().join("examples");
    let program = folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "build it first: cargo build --example {name}");
    program
}

/// Runs a program to its end: exit status, standard output and standard error.
pub fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// Runs an example with arguments.
pub fn run_example<S: AsRef<OsStr>>(name: &str, arguments: &[S]) -> (i32, String, String) {
    run(Command::new(example(name)).args(arguments))
}
