//! How far the evidence carries each judgement of a report.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use probative::Appraiser;
use probative::doctrine::Doctrine;
use probative::finding::Severity;
use probative::moment::Moment;
use probative::render::{self, Account, TextOptions};
use probative::report::Report;

/// Works out how far the evidence carries each judgement of a report, why, and what would
/// change it.
///
/// The report is a TOML or JSON file as docs/format.md describes; `-` reads standard input. The
/// appraisal goes to standard output, messages go to standard error.
///
/// Exit status: 0 when done; 1 when what --fail-on names was met; 2 when an input cannot be
/// read or is not valid, with every problem listed and nothing on standard output.
#[derive(Parser)]
#[command(name = "appraise", version, max_term_width = 100)]
struct Arguments {
    /// The report file, or `-` for standard input.
    report: PathBuf,

    /// How to write the appraisal.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,

    /// Write to this file instead of standard output; it is replaced as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The table of numbers to appraise by, instead of the default one.
    #[arg(long, value_name = "FILE")]
    doctrine: Option<PathBuf>,

    /// Appraise as of this date (2023-06-13, or an RFC 3339 time) instead of the report's
    /// cut-off: indicators seen by then count as seen, what was published later is left out.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Moment>,

    /// Make the exit status 1 when a judgement states more confidence than its evidence
    /// supports, or when there is a finding of at least this severity.
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// Eighty columns for a terminal, coloured on one unless `NO_COLOR` is set.
    Text,
    /// The object that docs/format.md describes.
    Json,
    /// Tables for a wiki or a review.
    Markdown,
    /// One self-contained page, to send, print or file.
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// Stated confidence above the supportable.
    Overstated,
    /// A finding of severity warning or error.
    Warning,
    /// A finding of severity error.
    Error,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Whether nothing that `--fail-on` names was met.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let report = match arguments.report.as_os_str() {
        name if name == "-" => Report::read(io::stdin().lock(), None, "<stdin>"),
        _ => Report::load(&arguments.report),
    };
    let doctrine =
        arguments.doctrine.as_ref().map_or_else(|| Ok(Doctrine::default()), Doctrine::load);
    // Whatever is wrong with either is said at once.
    let (report, doctrine) = match (report, doctrine) {
        (Ok(report), Ok(doctrine)) => (report, doctrine),
        (Err(one), Err(other)) => return Err(format!("{one}\n{other}")),
        (Err(problems), _) | (_, Err(problems)) => return Err(problems.to_string()),
    };
    let mut appraiser = Appraiser::new(&report, &doctrine);
    if let Some(date) = arguments.as_of {
        appraiser = appraiser.as_of(date);
    }
    let account = Account::of(&appraiser);
    let text = match arguments.format {
        Output::Text => {
            let coloured = arguments.output.is_none()
                && io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            render::text(&account, &doctrine, TextOptions::default().colour(coloured))
        }
        Output::Json => account.to_json() + "\n",
        Output::Markdown => render::markdown(&account),
        Output::Html => page(&account, &appraiser)?,
    };
    match &arguments.output {
        Some(path) => write_whole(path, &text)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display()))?,
        None => match io::stdout().lock().write_all(text.as_bytes()) {
            // A reader that has seen enough, such as `head`, is no error.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(format!("standard output cannot be written: {error}"));
            }
            _ => {}
        },
    }
    Ok(match arguments.fail_on {
        None => true,
        Some(FailOn::Overstated) => !account.is_overstated(),
        Some(FailOn::Warning) => account.worst() < Some(Severity::Warning),
        Some(FailOn::Error) => account.worst() < Some(Severity::Error),
    })
}

#[cfg(feature = "html")]
#[allow(clippy::unnecessary_wraps)] // without the feature it fails
fn page(account: &Account, appraiser: &Appraiser<'_>) -> Result<String, String> {
    Ok(render::html(account, appraiser))
}

#[cfg(not(feature = "html"))]
fn page(_: &Account, _: &Appraiser<'_>) -> Result<String, String> {
    Err("this program was built without the feature `html`".to_owned())
}

/// Writes beside the file and renames, so that nobody sees half of it.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = std::fs::write(&temporary, text).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}
