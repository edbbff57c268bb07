//! Keeps what was read, and a provable record of who graded it when.
//!
//! ```text
//! cargo run --features archive --example archive -- init DIR --origin example.org/case-7 --key KEY
//! cargo run --features archive --example archive -- add DIR page.html --url URL --at TIME --item 3a
//! cargo run --features archive --example archive -- grade DIR 3 --item 3a --because "two confirm"
//! cargo run --features archive --example archive -- checkpoint DIR --key KEY
//! cargo run --features archive --example archive -- verify DIR --trust VKEY
//! ```
//!
//! Exit status: 0 when all is well, 1 when something does not verify, 2 when the command cannot be
//! carried out.

mod arguments;
mod containers;
mod show;
mod stamps;

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::SystemTime;

use clap::Parser as _;
use probative::archive::capture::Capture;
use probative::archive::event::{Event, Subject, What};
use probative::archive::inspection::inspect;
use probative::archive::ledger::Ledger;
use probative::archive::merkle::Hash;
use probative::archive::note::{Note, SigningKey, VerifierKey};
use probative::archive::proof::Proof;
use probative::archive::recapture::Recaptures;
use probative::archive::store::Progress;
use probative::archive::{Archive, ArchiveError};
use probative::moment::Moment;
use probative::report::{ArchiveState, Report};
use serde_json::json;

use arguments::{Arguments, Command, Of};
use show::Output;

type Outcome = Result<Verdict, Box<dyn Error>>;

/// Whether everything that was looked at verifies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = Output::new(arguments.json);
    match run(arguments, &mut output) {
        Ok(Verdict::Holds) => ExitCode::SUCCESS,
        Ok(Verdict::Fails) => ExitCode::from(1),
        Err(error) => {
            output.error(&*error);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments, output: &mut Output) -> Outcome {
    let by = || -> Result<String, Box<dyn Error>> {
        arguments
            .by
            .clone()
            .or_else(|| std::env::var("USER").ok())
            .filter(|by| !by.is_empty())
            .ok_or_else(|| "say who does this: --by NAME".into())
    };
    let now = match arguments.now {
        Some(now) => now,
        None => clock()?,
    };
    let event = |what| -> Result<Event, Box<dyn Error>> {
        let program = concat!("probative ", env!("CARGO_PKG_VERSION"));
        Ok(Event::new(now, by()?, what).with(program))
    };
    match arguments.command {
        Command::Init { archive, origin, key } => init(&archive, origin, &key, now, by()?, output),
        Command::Add { archive, file, url, at, item, media_type, status } => {
            let mut archive = opened(&archive, output)?;
            let kept = if file == Path::new("-") {
                archive.keep(&mut io::stdin().lock())?
            } else {
                archive.keep(&mut open(&file)?)?
            };
            let mut capture = Capture::new(url, at, kept.digest, kept.length);
            capture.item = item;
            capture.media_type = media_type;
            capture.status = status;
            let capture = archive.with_text(capture)?;
            record(&mut archive, event(What::Captured(capture))?, output)
        }
        Command::Import { archive, file } => {
            containers::import(&mut opened(&archive, output)?, &file, now, &event, output)
        }
        Command::Grade { archive, mark, of, because, scale } => {
            let what = What::Graded { because, mark, of: subject(of)?, scale };
            record(&mut opened(&archive, output)?, event(what)?, output)
        }
        Command::Withdraw { archive, of, because } => {
            let what = What::Withdrawn { because, subject: subject(of)? };
            record(&mut opened(&archive, output)?, event(what)?, output)
        }
        Command::Log { archive, as_of } => log(&archive, as_of, output),
        Command::Verify { path, trust, pin, entry, tsa, threads } => {
            let threads = threads.unwrap_or(thread::available_parallelism()?);
            if path.is_dir() {
                verify_archive(&path, &trust, pin.as_deref(), tsa.as_deref(), threads, output)
            } else if containers::is_container(&path)? {
                containers::verify(&path, threads, now, output)
            } else {
                verify_proof(&path, &trust, entry.as_deref(), output)
            }
        }
        Command::Check { archive, report } => check(&archive, &report, output),
        Command::Checkpoint { archive, key, attach } => {
            checkpoint(&archive, key.as_deref(), &attach, output)
        }
        Command::Prove { archive, index, out } => prove(&archive, index, out.as_deref(), output),
    }
}

fn init(
    archive: &Path,
    origin: String,
    key: &Path,
    now: Moment,
    by: String,
    output: &mut Output,
) -> Outcome {
    let key = SigningKey::read_or_new(key, &origin)?;
    let begun = Archive::create(archive, &origin, now, by)?;
    let verifier = key.verifier().to_string();
    output.say(
        &json!({"archive": archive.display().to_string(), "origin": origin,
                "verifier": verifier, "size": begun.ledger().size()}),
        &format!("begun {origin}\npublic key: {verifier}"),
    )?;
    Ok(Verdict::Holds)
}

fn opened(archive: &Path, output: &mut Output) -> Result<Archive, Box<dyn Error>> {
    let archive = Archive::open(archive)?;
    if let Some(tail) = archive.ledger().tail() {
        output.warn(&format!(
            "the ledger's end was torn: {} bytes from byte {} on were put right: {:?}",
            tail.length, tail.offset, tail.recovered
        ));
    }
    Ok(archive)
}

fn record(archive: &mut Archive, event: Event, output: &mut Output) -> Outcome {
    let event = [event];
    for (index, event) in archive.record(&event)?.zip(&event) {
        output.say(
            &json!({"index": index, "event": event}),
            &format!("{index}: {}", show::event(event)),
        )?;
    }
    Ok(Verdict::Holds)
}

fn log(archive: &Path, as_of: Option<Moment>, output: &mut Output) -> Outcome {
    let ledger = Ledger::read(archive)?;
    let mut result = Ok(());
    ledger.entries(|entry| {
        if as_of.is_some_and(|time| entry.event.at.is_after(time)) {
            return ControlFlow::Continue(());
        }
        result = output.say(
            &json!({"index": entry.index, "leaf": entry.leaf.to_string(), "event": entry.event}),
            &format!("{}: {}", entry.index, show::event(&entry.event)),
        );
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    result?;
    match ledger.tail() {
        None => Ok(Verdict::Holds),
        Some(tail) => {
            output.warn(&format!("{} bytes at the end are no whole entry", tail.length));
            Ok(Verdict::Fails)
        }
    }
}

fn verify_archive(
    archive: &Path,
    trust: &[VerifierKey],
    pin: Option<&Path>,
    tsa: Option<&Path>,
    threads: NonZeroUsize,
    output: &mut Output,
) -> Outcome {
    let pin: Option<Note> = pin.map(read_text).transpose()?.map(|text| text.parse()).transpose()?;
    let visible = io::stderr().is_terminal();
    let mut progress = |at: Progress| {
        if visible {
            eprint!("\r{} of {} objects, {} MB ", at.objects, at.of, at.bytes / 1_000_000);
        }
    };
    let found = inspect(archive, trust, pin.as_ref(), threads, &mut progress)?;
    if visible {
        eprintln!();
    }
    let stamped = stamps::look(archive, tsa)?;
    let mut problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    problems.extend(stamped.problems);
    output.say(
        &json!({"entries": found.entries, "root": found.root.map(|root| root.to_string()),
                "objects": found.objects, "length": found.length, "covered": found.covered,
                "bytes": found.bytes.to_string(), "order": found.order.to_string(),
                "identity": found.identity.to_string(), "time": stamped.answer.to_string(),
                "stamps": stamped.each, "clock_steps_back": found.steps_back,
                "problems": problems}),
        &format!(
            "{}, {}, {}\nbytes unchanged: {}\norder unchanged: {}\n\
             signed by a trusted key: {} ({} of {})\n\
             time stamped by a trusted authority: {}{}",
            show::count(found.entries, "entry", "entries"),
            show::count(found.objects, "object", "objects"),
            show::count(found.length, "byte", "bytes"),
            found.bytes,
            found.order,
            found.identity,
            found.covered,
            show::count(found.entries, "entry", "entries"),
            stamped.answer,
            stamped.words
        ),
    )?;
    for problem in &problems {
        output.warn(problem);
    }
    Ok(if problems.is_empty() { Verdict::Holds } else { Verdict::Fails })
}

fn check(archive: &Path, report: &Path, output: &mut Output) -> Outcome {
    let report = Report::load(report)?;
    let archive = Archive::read(archive)?;
    let registry = archive.ledger().registry();
    let states = archive.states(&report)?;
    let mut verdict = Verdict::Holds;
    for (item, state) in report.items().iter().zip(states) {
        if matches!(state, ArchiveState::Changed | ArchiveState::Missing) {
            verdict = Verdict::Fails;
        }
        let id = item.id.to_string();
        output.say(&json!({"item": id, "archive": state}), &format!("{id}: {state}"))?;
        let captures = registry.item(&item.id).map_or(&[][..], |record| &record.captures);
        let mut recaptures = Recaptures::default();
        for again in captures.iter().filter_map(|(index, next)| recaptures.next(*index, next)) {
            output.say(
                &json!({"item": id, "url": again.url, "earlier": again.earlier,
                        "later": again.later, "same_bytes": again.same_bytes,
                        "same_text": again.same_text}),
                &format!("{id}: {} {again}", again.url),
            )?;
        }
    }
    Ok(verdict)
}

fn verify_proof(
    path: &Path,
    trust: &[VerifierKey],
    entry: Option<&Path>,
    output: &mut Output,
) -> Outcome {
    if trust.is_empty() {
        return Err("name the public key to trust: --trust VKEY".into());
    }
    let proof = read_text(path)?;
    let entry = entry.map(read_text).transpose()?;
    let verified = proof.parse::<Proof>().and_then(|proof| {
        if let Some(line) = &entry {
            let line = line.trim_end_matches('\n');
            Ok((line.to_owned(), proof.verify(Hash::of_leaf(line.as_bytes()), trust)?))
        } else {
            let (line, checkpoint) = proof.verify_carried(trust)?;
            Ok((String::from_utf8_lossy(line).into_owned(), checkpoint))
        }
    });
    match verified {
        Ok((line, checkpoint)) => {
            let what: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            output.say(
                &json!({"verified": true, "origin": checkpoint.origin, "size": checkpoint.size,
                        "entry": what}),
                &format!("in {} of {} entries: {line}", checkpoint.origin, checkpoint.size),
            )?;
            Ok(Verdict::Holds)
        }
        Err(error) => {
            let why = show::chain(&error);
            output.say(&json!({"verified": false, "why": why}), &format!("refused: {why}"))?;
            Ok(Verdict::Fails)
        }
    }
}

fn checkpoint(
    archive: &Path,
    key: Option<&Path>,
    attach: &[std::path::PathBuf],
    output: &mut Output,
) -> Outcome {
    let mut archive = match key {
        Some(_) => opened(archive, output)?,
        None => Archive::read(archive)?,
    };
    if let Some(key) = key {
        archive.checkpoint(key)?;
    }
    let (state, note) = archive.latest().map_err(|error| match error {
        ArchiveError::Unsigned => "nothing was signed yet: --key FILE".into(),
        error => Box::<dyn Error>::from(error),
    })?;
    let mut attached = Vec::new();
    for file in attach {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or("tsr");
        let mut bytes = Vec::new();
        open(file)?.take(1 << 20).read_to_end(&mut bytes)?;
        attached
            .push(archive.checkpoints().attach(state.size, kind, &bytes)?.display().to_string());
    }
    output.say(
        &json!({"origin": state.origin, "size": state.size, "root": state.root.to_string(),
                "note": note.to_string(), "attached": attached}),
        note.to_string().trim_end(),
    )?;
    Ok(Verdict::Holds)
}

fn prove(archive: &Path, index: u64, out: Option<&Path>, output: &mut Output) -> Outcome {
    let archive = Archive::read(archive)?;
    let proof = archive.prove(index)?;
    let size = archive.latest()?.0.size;
    let proof = proof.to_string();
    if let Some(path) = out {
        fs::write(path, &proof)?;
    }
    output.say(&json!({"index": index, "size": size, "proof": proof}), proof.trim_end())?;
    Ok(Verdict::Holds)
}

fn subject(of: Of) -> Result<Subject, Box<dyn Error>> {
    match (of.item, of.source, of.object) {
        (Some(item), None, None) => Ok(Subject::Item(item)),
        (None, Some(source), None) => Ok(Subject::Source(source)),
        (None, None, Some(object)) => Ok(Subject::Object(object)),
        _ => Err("say which: one of --item, --source, --object".into()),
    }
}

fn clock() -> Result<Moment, Box<dyn Error>> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let time = chrono::DateTime::from_timestamp(seconds.try_into()?, 0).ok_or("no such time")?;
    Ok(Moment::instant(time.fixed_offset())?)
}

fn open(path: &Path) -> Result<File, Box<dyn Error>> {
    File::open(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read_text(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    open(path)?
        .take(1 << 20)
        .read_to_string(&mut text)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text)
}

/// Writes to standard output, as everything here does.
fn write(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}
