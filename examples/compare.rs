//! What changed between two reports, or between two dates of one, and which change moved what.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use probative::Appraiser;
use probative::doctrine::Doctrine;
use probative::moment::Moment;
use probative::render::{self, Comparison};
use probative::report::Report;

/// Shows what changed between two reports: regraded sources, added and withdrawn items, moved
/// strengths and confidences, and what each change moves alone.
///
/// To compare two dates, name the same report twice. Exit status: 0 when done; 2 when an input
/// cannot be read or is not valid.
#[derive(Parser)]
#[command(name = "compare", version, max_term_width = 100)]
struct Arguments {
    /// The earlier report file.
    old: PathBuf,

    /// The later report file.
    new: PathBuf,

    /// How to write the comparison.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,

    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The table of numbers to appraise both by, instead of the default one.
    #[arg(long, value_name = "FILE")]
    doctrine: Option<PathBuf>,

    /// Appraise the earlier report as of this date instead of its cut-off.
    #[arg(long, value_name = "DATE")]
    old_as_of: Option<Moment>,

    /// Appraise the later report as of this date instead of its cut-off.
    #[arg(long, value_name = "DATE")]
    new_as_of: Option<Moment>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// Eighty columns for a terminal.
    Text,
    /// The comparison as data.
    Json,
    /// One self-contained page.
    Html,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let doctrine =
        arguments.doctrine.as_ref().map_or_else(|| Ok(Doctrine::default()), Doctrine::load);
    let doctrine = doctrine.map_err(|problems| problems.to_string())?;
    let (old, new) = match (Report::load(&arguments.old), Report::load(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(one), Err(other)) => return Err(format!("{one}\n{other}")),
        (Err(problems), _) | (_, Err(problems)) => return Err(problems.to_string()),
    };
    let appraiser = |report, date: Option<Moment>| {
        let appraiser = Appraiser::new(report, &doctrine);
        date.map_or(appraiser.clone(), |date| appraiser.as_of(date))
    };
    let comparison = Comparison::of(
        &appraiser(&old, arguments.old_as_of),
        &appraiser(&new, arguments.new_as_of),
    );
    let text = match arguments.format {
        Output::Text => render::comparison_text(&comparison, 80),
        Output::Json => comparison.to_json() + "\n",
        Output::Html => page(&comparison, &doctrine)?,
    };
    match &arguments.output {
        None => {
            print!("{text}");
            Ok(())
        }
        Some(path) => std::fs::write(path, text)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display())),
    }
}

#[cfg(feature = "html")]
#[allow(clippy::unnecessary_wraps)] // without the feature it fails
fn page(comparison: &Comparison, doctrine: &Doctrine) -> Result<String, String> {
    Ok(render::comparison_html(comparison, doctrine.bands()))
}

#[cfg(not(feature = "html"))]
fn page(_: &Comparison, _: &Doctrine) -> Result<String, String> {
    Err("this program was built without the feature `html`".to_owned())
}
