//! WARC and WACZ files: brought in, or checked where they are.

use std::error::Error;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::num::NonZeroUsize;
use std::path::Path;

use probative::archive::capture::Capture;
use probative::archive::event::{Event, What};
use probative::archive::import::ImportError;
use probative::archive::store::StoreError;
use probative::archive::wacz::Package;
use probative::archive::warc::{self, Fault, Limits, Record, Visitor};
use probative::archive::{Archive, ArchiveError, Import};
use probative::digest::{Algorithm, Digest};
use probative::moment::Moment;
use serde_json::json;

use crate::failure::at;
use crate::show::{self, Output};
use crate::{Outcome, Verdict, open};

/// Whether a file that begins so is a WARC or WACZ file, or is meant to be.
pub(crate) fn begins_one(first: &[u8]) -> bool {
    // ARC files, which came before, are refused as what they are.
    [&b"WARC/"[..], b"\x1f\x8b", b"PK", b"filedesc:"].iter().any(|magic| first.starts_with(magic))
}

pub(crate) fn import(
    archive: &mut Archive,
    path: &Path,
    now: Moment,
    event: &dyn Fn(What) -> Result<Event, Box<dyn Error>>,
    output: &mut Output,
) -> Outcome {
    let visible = io::stderr().is_terminal();
    let mut captures = 0_u64;
    let mut each = |capture: Capture| {
        // Without an address it is the file itself, which has nothing to capture.
        captures += u64::from(!capture.url.is_empty());
        if visible {
            eprint!("\r{captures} captures ");
        }
        event(What::Captured(capture)).map_err(|error| io::Error::other(error.to_string()))
    };
    let imported = archive.import(open(path)?, now, &mut each);
    if visible {
        eprintln!();
    }
    let imported = match imported {
        Ok(imported) => imported,
        Err(ArchiveError::Import(ImportError::Refused { problems })) => {
            let container = Digest::of_reader(Algorithm::Sha256, &mut open(path)?)?;
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            for problem in &problems {
                output.warn(problem);
            }
            output.say(
                &json!({"container": container, "imported": false, "problems": problems}),
                &["refused: nothing was recorded"],
            )?;
            return Ok(Verdict::Fails);
        }
        Err(error @ (ArchiveError::Import(_) | ArchiveError::Store(StoreError::Source(_)))) => {
            return Err(at(path, &error));
        }
        Err(error) => return Err(error.into()),
    };
    let Import { container, records, captures, signature, flaws, .. } = imported;
    let signature = signature.map(|signature| signature.to_string());
    let flaws: Vec<String> =
        flaws.iter().map(|(offset, flaw)| format!("record at byte {offset}: {flaw}")).collect();
    for flaw in &flaws {
        output.warn(flaw);
    }
    let mut lines = vec![format!(
        "{} out of {} of {container}",
        show::count(captures, "capture", "captures"),
        show::count(records, "record", "records")
    )];
    lines.extend(signature.clone());
    output.say(
        &json!({"container": container, "imported": true, "records": records,
                "captures": captures, "signature": signature, "problems": flaws}),
        &lines,
    )?;
    Ok(if flaws.is_empty() { Verdict::Holds } else { Verdict::Fails })
}

pub(crate) fn verify(
    path: &Path,
    threads: NonZeroUsize,
    now: Moment,
    output: &mut Output,
) -> Outcome {
    let (records, signature, problems) = if is_zip(path)? {
        match Package::open(open(path)?, Limits::default())
            .and_then(|mut package| package.verify(now))
        {
            Ok(report) => {
                let problems = report.problems.iter().map(ToString::to_string).collect();
                (report.records, Some(report.signature.to_string()), problems)
            }
            Err(error) => (0, None, vec![show::chain(&error)]),
        }
    } else {
        let mut faults = Faults::default();
        match warc::verify(|| File::open(path), Limits::default(), threads, &mut faults) {
            Ok(summary) => (summary.records, None, faults.0),
            Err(error) => (0, None, vec![show::chain(&error)]),
        }
    };
    output.say(
        &json!({"records": records, "signature": signature, "problems": problems}),
        &[format!(
            "{}, {}",
            show::count(records, "record", "records"),
            show::count(problems.len() as u64, "problem", "problems")
        )],
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
