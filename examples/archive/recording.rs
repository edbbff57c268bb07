//! What adds to an archive: kept files, and what somebody says of them.

use std::error::Error;
use std::io::{self, Read as _};
use std::path::Path;

use probative::archive::capture::Capture;
use probative::archive::event::{Event, Subject, What};
use probative::archive::store::{StoreError, Stored};
use probative::archive::{Archive, ArchiveError};
use probative::digest::Digest;
use probative::moment::Moment;
use serde_json::json;

use crate::arguments::{Add, Of};
use crate::failure::at;
use crate::show::{self, Output};
use crate::{Outcome, Verdict, open};

/// The archive, to be added to.
pub(crate) fn opened(archive: &Path, output: &mut Output) -> Result<Archive, Box<dyn Error>> {
    use probative::archive::ledger::Recovery;

    let archive = Archive::open(archive)?;
    if let Some(tail) = archive.ledger().tail() {
        let what = match &tail.recovered {
            Some(Recovery::Completed) => "its newline was written".to_owned(),
            Some(Recovery::PutAside { file }) => format!("put aside in {}", file.display()),
            _ => "left as they are".to_owned(),
        };
        let bytes = show::count(tail.length, "byte", "bytes");
        output.warn(&format!("the ledger's end was torn: {bytes} from {}: {what}", tail.offset));
    }
    Ok(archive)
}

/// Keeps a file and records its capture. Nothing stays of it when that cannot be recorded.
pub(crate) fn add(
    asked: Add,
    now: Moment,
    event: &dyn Fn(What) -> Result<Event, Box<dyn Error>>,
    output: &mut Output,
) -> Outcome {
    let Add { archive, file, url, at: retrieved, item, media_type, status, head } = asked;
    let capture = |kept: Digest, length| {
        let mut capture = Capture::new(&*url, retrieved, kept, length);
        capture.item.clone_from(&item);
        capture.media_type.clone_from(&media_type);
        capture.status = status;
        capture
    };
    // Before anything is kept: can it be said at all?
    let canonical = event(What::Captured(capture(Digest::of(b""), 0)))?.to_canonical()?;
    if canonical.len() > LONGEST {
        let found = canonical.len();
        return Err(format!("expected an entry of at most {LONGEST} bytes, found {found}").into());
    }
    if retrieved.is_after(now) {
        output.warn(&format!("--at {retrieved} is later than now, {now}"));
    }
    if media_type.is_none() && is_perhaps_text(&file) {
        output.warn("no --media-type: the page's text, which may be compared later, is not read");
    }

    let mut archive = opened(&archive, output)?;
    let mut kept = vec![if file == Path::new("-") {
        archive.keep(&mut io::stdin().lock())?
    } else {
        keep(&archive, &file, u64::MAX)?
    }];
    let recorded = (|| {
        let mut capture = archive.with_text(capture(kept[0].digest, kept[0].length))?;
        if let Some(head) = &head {
            kept.push(keep(&archive, head, LONGEST_HEAD)?);
            capture.head = kept.last().map(|head| head.digest);
        }
        record(&mut archive, event(What::Captured(capture))?, output)
    })();
    if recorded.is_err() {
        for kept in kept {
            // The first error is the one to tell.
            let _ = archive.discard(kept);
        }
    }
    recorded
}

fn keep(archive: &Archive, file: &Path, limit: u64) -> Result<Stored, Box<dyn Error>> {
    let source = open(file)?;
    let length = source.metadata().map_err(|error| at(file, &error))?.len();
    if length > limit {
        let path = file.display();
        return Err(format!("{path}: expected at most {limit} bytes, found {length}").into());
    }
    archive.keep(&mut source.take(limit)).map_err(|error| match error {
        ArchiveError::Store(StoreError::Source(error)) => at(file, &error),
        error => error.into(),
    })
}

fn is_perhaps_text(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    file == Path::new("-") || ["html", "htm", "txt"].iter().any(|text| extension == *text)
}

/// Records one event, and says it.
pub(crate) fn record(archive: &mut Archive, event: Event, output: &mut Output) -> Outcome {
    let event = [event];
    for (index, event) in archive.record(&event)?.zip(&event) {
        output.say(
            &json!({"index": index, "event": event}),
            &[format!("{index}: {}", show::event(event))],
        )?;
    }
    Ok(Verdict::Holds)
}

/// Records a withdrawal, and says when it is of nothing that is known.
pub(crate) fn withdraw(
    archive: &mut Archive,
    because: String,
    subject: Subject,
    event: &dyn Fn(What) -> Result<Event, Box<dyn Error>>,
    output: &mut Output,
) -> Outcome {
    let registry = archive.ledger().registry();
    let known = match &subject {
        Subject::Item(id) => registry.items.contains_key(id),
        Subject::Source(id) => registry.sources.contains_key(id),
        Subject::Object(digest) => registry.objects.contains_key(digest),
    };
    if !known {
        output.warn(&format!("nothing in the ledger bears the name {}", show::subject(&subject)));
    }
    record(archive, event(What::Withdrawn { because, subject })?, output)
}

pub(crate) fn subject(of: Of) -> Result<Subject, Box<dyn Error>> {
    match (of.item, of.source, of.object) {
        (Some(item), None, None) => Ok(Subject::Item(item)),
        (None, Some(source), None) => Ok(Subject::Source(source)),
        (None, None, Some(object)) => Ok(Subject::Object(object)),
        _ => Err("say which: one of --item, --source, --object".into()),
    }
}

/// Of an event: a line of the ledger has 65,535 bytes, and room is left in it for the chain, the
/// length and the digests of head and text.
const LONGEST: usize = 65_000;
/// Of an answer's head; browsers and servers stop long before.
const LONGEST_HEAD: u64 = 1 << 18;
