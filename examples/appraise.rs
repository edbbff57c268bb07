//! How far the evidence carries each judgement of a report.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use probative::Appraiser;
#[cfg(feature = "archive")]
use probative::archive::{Archive, standing};
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

    /// Read again, in this archive, the bytes that the items rest on, and show beside each item
    /// what came of it. It adds to no item; one whose bytes have changed is left out.
    #[cfg(feature = "archive")]
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,

    /// Take the grades of the archive's ledger as they stood at the cut-off, the latest of each.
    /// When assessors differ, the strength by the grades of each is shown too.
    #[cfg(feature = "archive")]
    #[arg(long, value_enum, value_name = "WHERE", requires = "archive")]
    grades: Option<Grades>,

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

#[cfg(feature = "archive")]
#[derive(Clone, Copy, ValueEnum)]
enum Grades {
    /// The archive's ledger.
    Ledger,
}

fn main() -> ExitCode {
    program(std::env::args_os()).into()
}

/// The whole program, from its arguments to its exit status; `python -m probative` runs it too.
pub fn program(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help goes to standard output, the rest to standard error; if that fails, the
            // status still tells.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    match run(&arguments) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(message) => {
            eprintln!("{message}");
            2
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
    #[cfg(feature = "archive")]
    let archived = match &arguments.archive {
        Some(folder) => Some(Archived::read(folder, &report, arguments)?),
        None => None,
    };
    #[cfg(feature = "archive")]
    let report = archived.as_ref().and_then(|archived| archived.graded.clone()).unwrap_or(report);
    let mut appraiser = Appraiser::new(&report, &doctrine);
    if let Some(date) = arguments.as_of {
        appraiser = appraiser.as_of(date);
    }
    #[cfg(feature = "archive")]
    if let Some(archived) = &archived {
        appraiser = appraiser.archive(&archived.states).assessors(&archived.by_assessor);
        for scale in &archived.other_scales {
            eprintln!("grades on the scale `{}` are not used", render::inert(scale));
        }
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

/// What an archive says of the report.
#[cfg(feature = "archive")]
struct Archived {
    states: Vec<probative::report::ArchiveState>,
    /// The report with the ledger's latest grades, when they were asked for.
    graded: Option<Report>,
    /// The report with the grades of each assessor.
    by_assessor: Vec<(String, Report)>,
    /// Scales whose grades are left out.
    other_scales: std::collections::BTreeSet<String>,
}

#[cfg(feature = "archive")]
impl Archived {
    fn read(folder: &Path, report: &Report, arguments: &Arguments) -> Result<Self, String> {
        let said = |error: &dyn std::error::Error| {
            let causes = std::iter::successors(Some(error), |error| error.source());
            let causes: Vec<String> = causes.map(ToString::to_string).collect();
            format!("{}: {}", folder.display(), causes.join(": "))
        };
        let archive = Archive::read(folder).map_err(|error| said(&error))?;
        let states = archive.states(report).map_err(|error| said(&error))?;
        let registry =
            archive.registry(arguments.as_of.or(report.cut_off())).map_err(|error| said(&error))?;
        let mut archived = Self {
            states,
            graded: None,
            by_assessor: Vec::new(),
            other_scales: std::collections::BTreeSet::new(),
        };
        if arguments.grades.is_some() {
            let graded = |assessor: Option<&str>| {
                standing::graded_by(report, &registry, assessor)
                    .map_err(|problems| problems.to_string())
            };
            archived.graded = Some(graded(None)?);
            archived.other_scales = standing::other_scales(report, &registry);
            for assessor in standing::assessors(report, &registry) {
                let report = graded(Some(&assessor))?;
                archived.by_assessor.push((assessor, report));
            }
        }
        Ok(archived)
    }
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
