//! What is read again: an archive, a proof, a checkpoint, a report.

use std::error::Error;
use std::io::{self, IsTerminal as _, Read as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use probative::archive::Archive;
use probative::archive::checkpoint::{Checkpoint, CheckpointError};
use probative::archive::inspection::{Answer, Inspection, inspect};
use probative::archive::ledger::Ledger;
use probative::archive::merkle::Hash;
use probative::archive::note::{Note, VerifierKey};
use probative::archive::proof::Proof;
use probative::archive::recapture::Recaptures;
use probative::archive::store::Progress;
use probative::moment::Moment;
use probative::report::{ArchiveState, Report};
use serde_json::{Value, json};

use crate::arguments::Verify;
use crate::containers;
use crate::failure::at;
use crate::show::{self, Output};
use crate::stamps;
use crate::{Outcome, Verdict, open, read_text};

pub(crate) fn verify(asked: &Verify, now: Moment, output: &mut Output) -> Outcome {
    let path = &*asked.path;
    let threads = match asked.threads {
        Some(threads) => threads,
        None => std::thread::available_parallelism()?,
    };
    if path.is_dir() {
        return archive(asked, threads, output);
    }
    let mut first = Vec::new();
    let begin = open(path)?.take(SHOWN).read_to_end(&mut first);
    begin.map_err(|error| at(path, &error))?;
    let begin = String::from_utf8_lossy(&first);
    let named = |ends: &[&str]| {
        let name = path.to_string_lossy().to_lowercase();
        ends.iter().any(|end| name.ends_with(end))
    };
    if containers::begins_one(&first) || named(&[".warc", ".warc.gz", ".wacz"]) {
        containers::verify(path, threads, now, output)
    } else if begin.starts_with("c2sp.org/tlog-proof@") || named(&[".tlog-proof"]) {
        proof(path, &asked.trust, asked.entry.as_deref(), output)
    } else if named(&[".note"]) || read_text(path).is_ok_and(|text| text.parse::<Note>().is_ok()) {
        checkpoint(path, &asked.trust, output)
    } else {
        let (path, found) = (path.display(), begin.lines().next().unwrap_or_default());
        Err(format!(
            "{path}: expected an archive's folder, or a proof (.tlog-proof), a checkpoint (.note), \
             a WARC or a WACZ file, found `{found}`"
        )
        .into())
    }
}

fn archive(asked: &Verify, threads: NonZeroUsize, output: &mut Output) -> Outcome {
    let Verify { path, trust, pin, tsa, .. } = asked;
    let pin = match pin {
        Some(path) => Some(read_text(path)?.parse::<Note>().map_err(|error| at(path, &error))?),
        None => None,
    };
    let visible = io::stderr().is_terminal();
    let mut progress = |at: Progress| {
        if visible {
            eprint!("\r{} of {} objects, {} MB ", at.objects, at.of, at.bytes / 1_000_000);
        }
    };
    let found = inspect(path, trust, pin.as_ref(), threads, &mut progress)?;
    if visible {
        eprintln!();
    }
    let stamped = stamps::look(path, tsa.as_deref())?;
    let mut problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    problems.extend(stamped.problems);
    let entries = show::count(found.entries, "entry", "entries");
    let mut lines = vec![
        format!(
            "{entries}, {}, {}",
            show::count(found.objects, "object", "objects"),
            show::count(found.length, "byte", "bytes")
        ),
        format!("bytes unchanged: {}", found.bytes),
        format!("order unchanged: {}{}", found.order, how_far(&found)),
        format!("signed by a trusted key: {} ({} of {entries})", found.identity, found.covered),
        format!("time stamped by a trusted authority: {}", stamped.answer),
    ];
    lines.extend(stamped.lines);
    output.say(
        &json!({"entries": found.entries, "root": found.root.map(|root| root.to_string()),
                "objects": found.objects, "length": found.length, "pending": found.pending,
                "covered": found.covered, "bytes": found.bytes.to_string(),
                "order": found.order.to_string(), "identity": found.identity.to_string(),
                "time": stamped.answer.to_string(), "stamps": stamped.each,
                "clock_steps_back": found.steps_back, "problems": problems}),
        &lines,
    )?;
    if found.pending > 0 {
        let objects = show::count(found.pending, "object is", "objects are");
        output.warn(&format!("{objects} in no entry yet: somebody adds"));
    }
    if found.covered > 0 && found.covered < found.entries {
        let newest = show::count(found.entries - found.covered, "entry is", "entries are");
        output.warn(&format!("the newest {newest} not signed yet"));
    }
    for problem in &problems {
        output.warn(problem);
    }
    Ok(if problems.is_empty() { Verdict::Holds } else { Verdict::Fails })
}

/// How many entries the answer about their order is about.
fn how_far(found: &Inspection) -> String {
    let entries = show::count(found.entries, "entry", "entries");
    match found.order {
        Answer::Yes => format!(", for {} of {entries}", found.covered),
        Answer::Unknown => ", as no trusted key has signed".to_owned(),
        Answer::No => String::new(),
    }
}

pub(crate) fn log(archive: &Path, as_of: Option<Moment>, output: &mut Output) -> Outcome {
    let ledger = Ledger::read(archive)?;
    let mut result = Ok(());
    ledger.entries(|entry| {
        // What comes after an entry was made after it, whatever time it says.
        if as_of.is_some_and(|time| entry.event.at.is_after(time)) {
            return ControlFlow::Break(());
        }
        result = output.say(
            &json!({"index": entry.index, "leaf": entry.leaf.to_string(), "event": entry.event}),
            &[format!("{}: {}", entry.index, show::event(&entry.event))],
        );
        if result.is_ok() && !output.is_closed() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    result?;
    match ledger.tail() {
        None => Ok(Verdict::Holds),
        Some(tail) => {
            let bytes = show::count(tail.length, "byte", "bytes");
            output.warn(&format!("{bytes} at the end are no whole entry"));
            Ok(Verdict::Fails)
        }
    }
}

pub(crate) fn check(archive: &Path, report: &Path, output: &mut Output) -> Outcome {
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
        output.say(&json!({"item": id, "archive": state}), &[format!("{id}: {state}")])?;
        let captures = registry.item(&item.id).map_or(&[][..], |record| &record.captures);
        let mut recaptures = Recaptures::default();
        for again in captures.iter().filter_map(|(index, next)| recaptures.next(*index, next)) {
            output.say(
                &json!({"item": id, "url": again.url, "earlier": again.earlier,
                        "later": again.later, "same_bytes": again.same_bytes,
                        "same_text": again.same_text}),
                &[format!("{id}: {} {again}", again.url)],
            )?;
        }
    }
    Ok(verdict)
}

fn proof(path: &Path, trust: &[VerifierKey], entry: Option<&Path>, output: &mut Output) -> Outcome {
    needs(trust)?;
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
            let what: Value = serde_json::from_str(&line).unwrap_or_default();
            output.give(
                &json!({"verified": true, "origin": checkpoint.origin, "size": checkpoint.size,
                        "entry": what}),
                &format!("in {} of {} entries: {line}", checkpoint.origin, checkpoint.size),
            )?;
            Ok(Verdict::Holds)
        }
        Err(error) => refuse(&error, output),
    }
}

/// A checkpoint by itself, such as one that somebody was sent.
fn checkpoint(path: &Path, trust: &[VerifierKey], output: &mut Output) -> Outcome {
    needs(trust)?;
    let verified = read_text(path)?.parse::<Note>().map_err(CheckpointError::from);
    let verified = verified.and_then(|note| {
        let checkpoint = Checkpoint::verified(&note, trust)?;
        let signed = note.verify(trust)?.into_iter().map(ToString::to_string);
        let (signed, all) = (signed.collect::<Vec<_>>(), note.signatures().len());
        Ok((checkpoint, signed, all))
    });
    match verified {
        Ok((Checkpoint { origin, size, root }, signed, all)) => {
            let entries = show::count(size, "entry", "entries");
            let mut lines = vec![format!("{origin}, {entries}"), format!("root: {root}")];
            lines.extend(signed.iter().map(|key| format!("signed by: {key}")));
            if let Some(more @ 1..) = all.checked_sub(signed.len()) {
                let more = show::count(more as u64, "signature", "signatures");
                lines.push(format!("and {more} by keys that were not named as trusted"));
            }
            output.say(
                &json!({"verified": true, "origin": origin, "size": size,
                        "root": root.to_string(), "signed_by": signed}),
                &lines,
            )?;
            Ok(Verdict::Holds)
        }
        Err(error) => refuse(&error, output),
    }
}

fn needs(trust: &[VerifierKey]) -> Result<(), Box<dyn Error>> {
    if trust.is_empty() { Err("name the public key to trust: --trust VKEY".into()) } else { Ok(()) }
}

fn refuse(error: &dyn Error, output: &mut Output) -> Outcome {
    let why = show::chain(error);
    output.say(&json!({"verified": false, "why": why}), &[format!("refused: {why}")])?;
    Ok(Verdict::Fails)
}

/// How much of a file is looked at to tell what it is.
const SHOWN: u64 = 64;
