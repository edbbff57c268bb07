//! WARC and WACZ files: brought in, or checked where they are.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal as _, Read as _, Seek as _};
use std::path::Path;

use probative::archive::event::{Event, What};
use probative::archive::import::{ImportError, Imported, import_wacz, import_warc};
use probative::archive::ledger::Ledger;
use probative::archive::store::{FolderStore, Store as _};
use probative::archive::wacz::Package;
use probative::archive::warc::{Fault, Limits, Record, Visitor, scan};
use probative::digest::Algorithm;
use probative::moment::Moment;
use serde_json::json;

use crate::show::{self, Output};
use crate::{Outcome, Verdict, open};

/// How many events are recorded at once.
const BATCH: usize = 1000;

/// Whether a file begins as a WARC or WACZ file does.
pub(crate) fn is_container(path: &Path) -> Result<bool, Box<dyn Error>> {
    let mut first = Vec::new();
    open(path)?.take(5).read_to_end(&mut first)?;
    Ok(first == b"WARC/" || first.starts_with(b"\x1f\x8b") || first.starts_with(b"PK"))
}

pub(crate) fn import(
    archive: &Path,
    path: &Path,
    now: Moment,
    event: &dyn Fn(What) -> Result<Event, Box<dyn Error>>,
    output: &mut Output,
) -> Outcome {
    let store = FolderStore::open(archive)?;
    let mut ledger = Ledger::open(archive)?;
    let mut file = open(path)?;
    let container = store.put(Algorithm::Sha256, &mut file)?.digest;
    file.rewind()?;

    let mut events = Vec::new();
    let mut faults = Vec::new();
    let mut captures = 0_u64;
    let visible = io::stderr().is_terminal();
    let mut each = |record: Imported| -> io::Result<()> {
        for fault in &record.faults {
            faults.push(format!("record at byte {}: {fault}", record.offset));
        }
        let Some(capture) = record.capture else { return Ok(()) };
        captures += 1;
        let event =
            event(What::Captured(capture)).map_err(|error| io::Error::other(error.to_string()))?;
        events.push(event);
        if events.len() == BATCH {
            ledger.append(&events).map_err(io::Error::other)?;
            events.clear();
        }
        if visible {
            eprint!("\r{captures} captures ");
        }
        Ok(())
    };
    let limits = Limits::default();
    let mut signature = None;
    let summary = if is_zip(path)? {
        import_wacz(&store, file, container, now, limits, &mut each).map(|(summary, report)| {
            signature = Some(report.signature.to_string());
            summary
        })
    } else {
        import_warc(&store, container, limits, &mut each)
    };
    if visible {
        eprintln!();
    }
    let summary = match summary {
        Ok(summary) => summary,
        Err(ImportError::Refused { problems }) => {
            for problem in &problems {
                output.warn(&problem.to_string());
            }
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            output.say(
                &json!({"container": container, "imported": false, "problems": problems}),
                "refused: nothing was recorded",
            )?;
            return Ok(Verdict::Fails);
        }
        Err(error) => return Err(error.into()),
    };
    ledger.append(&events)?;
    for fault in &faults {
        output.warn(fault);
    }
    output.say(
        &json!({"container": container, "imported": true, "records": summary.records,
                "captures": captures, "signature": signature, "problems": faults}),
        &format!(
            "{captures} captures out of {} records of {container}{}",
            summary.records,
            signature.map_or(String::new(), |signature| format!("\n{signature}"))
        ),
    )?;
    Ok(if faults.is_empty() { Verdict::Holds } else { Verdict::Fails })
}

pub(crate) fn verify(path: &Path, now: Moment, output: &mut Output) -> Outcome {
    let file = open(path)?;
    let (records, signature, problems) = if is_zip(path)? {
        match Package::open(file, Limits::default()).and_then(|mut package| package.verify(now)) {
            Ok(report) => {
                let problems = report.problems.iter().map(ToString::to_string).collect();
                (report.records, Some(report.signature.to_string()), problems)
            }
            Err(error) => (0, None, vec![show::chain(&error)]),
        }
    } else {
        let mut faults = Faults::default();
        let file = BufReader::with_capacity(1 << 16, file);
        match scan(file, Limits::default(), &mut faults) {
            Ok(summary) => (summary.records, None, faults.0),
            Err(error) => (0, None, vec![show::chain(&error)]),
        }
    };
    output.say(
        &json!({"records": records, "signature": signature, "problems": problems}),
        &format!("{records} records, {} problems", problems.len()),
    )?;
    for problem in &problems {
        output.warn(problem);
    }
    if let Some(signature) = signature {
        output.warn(&signature);
    }
    Ok(if problems.is_empty() { Verdict::Holds } else { Verdict::Fails })
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Visitor for Faults {
    fn record(&mut self, record: Record) -> io::Result<()> {
        for fault in record.faults {
            self.0.push(format!("record at byte {}: {fault}", record.offset));
        }
        Ok(())
    }

    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        self.0.push(fault.to_string());
        Ok(())
    }
}

fn is_zip(path: &Path) -> Result<bool, Box<dyn Error>> {
    let mut first = Vec::new();
    File::open(path)?.take(2).read_to_end(&mut first)?;
    Ok(first == b"PK")
}
