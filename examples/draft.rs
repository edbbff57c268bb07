//! Drafts a report file from a written assessment.
//!
//! ```sh
//! cargo run --features draft --example draft -- REPORT.txt --output draft.toml
//! ```
//!
//! Data goes to standard output or the file, findings to standard error. Exit status 0; 2 when
//! there is nothing to draft from, with the reason, and nothing written.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use probative::draft::{Draft, MAX_TEXT, Markup, Options, Registry, draft_bytes};
use probative::finding::Severity;
use probative::moment::Moment;

/// Drafts a report file from a written assessment: text, Markdown, wikitext or HTML.
///
/// Everything in the draft is a proposal. What is doubtful is listed on standard error.
#[derive(Parser)]
#[command(name = "draft", version, max_term_width = 100)]
struct Arguments {
    /// The assessment; `-` reads standard input
    report: PathBuf,

    /// Where the draft goes; standard output when absent
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Known sources: TOML, or CSV with the columns name, domains, status; may be repeated
    #[arg(short, long, value_name = "FILE")]
    registry: Vec<PathBuf>,

    /// When the letters of registries that state no date were given, as 2023-06-13
    #[arg(long, value_name = "DATE", requires = "registry")]
    registry_as_of: Option<Moment>,

    /// How the draft is written
    #[arg(short, long, value_enum, default_value_t = Format::Toml)]
    format: Format,

    /// How the assessment is marked up; by default seen from its name or its text
    #[arg(long, value_name = "MARKUP", help = MARKUPS)]
    markup: Option<Markup>,

    /// Leave out the findings that are only for information
    #[arg(short, long)]
    quiet: bool,
}

const MARKUPS: &str = "How the assessment is marked up: plain, markdown, wikitext or html; by \
                       default seen from its name or its text";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Toml,
    Json,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nothing can be done about a closed standard error.
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let name = arguments.report.display().to_string();
    let mut options = Options::new();
    if let Some(markup) = arguments.markup.or_else(|| Markup::of(&arguments.report)) {
        options = options.with_markup(markup);
    }
    for path in &arguments.registry {
        options = options.with_registry(registry(path, arguments.registry_as_of)?);
    }
    let bytes = read(&arguments.report)?;
    let draft = draft_bytes(&bytes, &options).map_err(|error| format!("{name}: {error}"))?;
    let written = match arguments.format {
        Format::Toml => draft.to_toml().map_err(|error| format!("{name}: {error}"))?,
        Format::Json => draft.to_json() + "\n",
    };
    match &arguments.output {
        Some(path) => {
            replace(path, &written).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        None => match io::stdout().write_all(written.as_bytes()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            result => result.map_err(|error| format!("standard output: {error}"))?,
        },
    }
    let text = String::from_utf8_lossy(&bytes);
    let _ = report(&draft, &text, &name, arguments.quiet, &mut io::stderr().lock());
    Ok(())
}

/// At most a byte more than a draft can be made from, so that what is too long is said.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let most = MAX_TEXT as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("{}: cannot be read: {error}", path.display()))?;
    Ok(bytes)
}

fn registry(path: &Path, as_of: Option<Moment>) -> Result<Registry, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let read =
        if table { Registry::from_csv(&text, &name) } else { Registry::from_toml(&text, &name) };
    let registry = read.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|one| format!("{shown}:{one}")).collect();
        lines.join("\n")
    })?;
    Ok(as_of.map_or(registry.clone(), |as_of| registry.dated(as_of)))
}

/// Writes beside the file and renames: there is the old file or the new one, never half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn report(
    draft: &Draft,
    text: &str,
    name: &str,
    quiet: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let findings = draft.findings();
    for finding in findings.iter().filter(|one| !quiet || one.severity > Severity::Info) {
        writeln!(out, "{}\n", finding.render(text, name))?;
    }
    let report = draft.report();
    let warnings = findings.iter().filter(|one| one.severity > Severity::Info).count();
    writeln!(
        out,
        "{} judgements, {} items, {} sources drafted; {} findings, {warnings} of them to look at",
        report.judgements.len(),
        report.items.len(),
        report.sources.len(),
        findings.len(),
    )
}
