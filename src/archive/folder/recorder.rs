//! What an import has read, on its way into the ledger.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{ArchiveError, Import};
use crate::archive::capture::Capture;
use crate::archive::event::{Event, Subject, What};
use crate::archive::import::{Flaw, ImportError, Imported, import_wacz, import_warc_before};
use crate::archive::ledger::{LONGEST_EVENT, Ledger, LedgerError};
use crate::archive::store::{Entry, Store, StoreError, Stored};
use crate::archive::warc::{Limits, WarcError};
use crate::digest::{Algorithm, Digest};
use crate::moment::Moment;

/// Records the captures of a file that is imported, in batches.
pub(super) struct Recorder<'a> {
    ledger: &'a mut Ledger,
    store: &'a Fresh<'a>,
    now: Moment,
    event: &'a mut dyn FnMut(Capture) -> io::Result<Event>,
    events: Vec<Event>,
    captures: u64,
    flaws: Vec<(u64, Flaw)>,
    /// What the ledger refused.
    failure: Option<LedgerError>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(
        ledger: &'a mut Ledger,
        store: &'a Fresh<'a>,
        now: Moment,
        event: &'a mut dyn FnMut(Capture) -> io::Result<Event>,
    ) -> Self {
        let (events, flaws) = Default::default();
        Self { ledger, store, now, event, events, captures: 0, flaws, failure: None }
    }

    pub(super) fn import<R: Read + Seek>(&mut self, mut file: R) -> Result<Import, ArchiveError> {
        let unreadable = |error| ArchiveError::Store(StoreError::Source(error));
        let kept = self.store.put(Algorithm::Sha256, &mut file)?;
        let container = kept.digest;
        let mut first = Vec::new();
        file.rewind().map_err(unreadable)?;
        file.by_ref().take(2).read_to_end(&mut first).map_err(unreadable)?;

        let (store, now, limits) = (self.store, self.now, Limits::default());
        let mut each = |record| self.take(record);
        let read = if first == b"PK" {
            import_wacz(store, file, container, now, limits, &mut each)
                .map(|(summary, report)| (summary, Some(report.signature)))
        } else {
            import_warc_before(store, container, Some(now), limits, &mut each)
                .map(|summary| (summary, None))
        };
        if let (Ok((summary, _)), 0) = (&read, self.captures) {
            let captured = Capture::new("", now, container, kept.length);
            let event = (self.event)(captured).map_err(WarcError::Visitor);
            let mut event = event.map_err(ImportError::Warc)?;
            event.what = What::Noted {
                about: Some(Subject::Object(container)),
                text: format!("imported; records: {}, captures: 0", summary.records),
            };
            self.events.push(event);
        }
        // Also when something failed: what was read before that is recorded.
        let recorded = self.flush();
        if let Some(failure) = self.failure.take() {
            return Err(failure.into());
        }
        let (summary, signature) = read?;
        recorded?;
        let (captures, flaws) = (self.captures, std::mem::take(&mut self.flaws));
        Ok(Import { container, records: summary.records, captures, signature, flaws })
    }

    fn take(&mut self, record: Imported) -> io::Result<()> {
        self.flaws.extend(record.faults.into_iter().map(|flaw| (record.offset, flaw)));
        let Some(capture) = record.capture else { return Ok(()) };
        let event = (self.event)(capture)?;
        // One entry that cannot be recorded would take its whole batch with it.
        match event.to_canonical().map(|text| text.len()) {
            Ok(found) if found > LONGEST_EVENT => {
                self.flaws.push((record.offset, Flaw::TooLong { found, limit: LONGEST_EVENT }));
                return Ok(());
            }
            Ok(_) => {}
            Err(source) => {
                return self.fail(LedgerError::Event { at: self.events.len(), source });
            }
        }
        self.captures += 1;
        self.events.push(event);
        if self.events.len() == BATCH {
            return self.flush().or_else(|error| self.fail(error));
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), LedgerError> {
        let events = std::mem::take(&mut self.events);
        self.ledger.append(&events)?;
        for event in &events {
            match &event.what {
                What::Captured(capture) => {
                    capture.objects().for_each(|digest| self.store.keep(digest));
                }
                What::Noted { about: Some(Subject::Object(digest)), .. } => {
                    self.store.keep(*digest);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Stops reading, for this reason.
    fn fail(&mut self, failure: LedgerError) -> io::Result<()> {
        let error = io::Error::other(failure.to_string());
        self.failure = Some(failure);
        Err(error)
    }
}

/// A store that remembers what was not in it before, so that this can be taken back.
pub(super) struct Fresh<'a> {
    store: &'a dyn Store,
    unnamed: Mutex<BTreeSet<Digest>>,
}

impl<'a> Fresh<'a> {
    pub(super) fn of(store: &'a dyn Store) -> Self {
        Self { store, unnamed: Mutex::default() }
    }

    /// An entry names this object now: it stays.
    fn keep(&self, digest: Digest) {
        self.unnamed().remove(&digest);
    }

    /// What is new and stays only if somebody names it.
    pub(super) fn into_unnamed(self) -> BTreeSet<Digest> {
        self.unnamed.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn unnamed(&self) -> MutexGuard<'_, BTreeSet<Digest>> {
        self.unnamed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Fresh<'_> {
    fn put(&self, algorithm: Algorithm, bytes: &mut dyn Read) -> Result<Stored, StoreError> {
        let stored = self.store.put(algorithm, bytes)?;
        if stored.new {
            self.unnamed().insert(stored.digest);
        }
        Ok(stored)
    }

    fn fetch(&self, digest: Digest) -> Result<Box<dyn Read + Send + '_>, StoreError> {
        self.store.fetch(digest)
    }

    fn length(&self, digest: Digest) -> Result<Option<u64>, StoreError> {
        self.store.length(digest)
    }

    fn entries(&self, each: &mut dyn FnMut(Entry) -> bool) -> Result<(), StoreError> {
        self.store.entries(each)
    }

    fn erase(&self, digest: Digest) -> Result<bool, StoreError> {
        self.store.erase(digest)
    }
}

/// How many captures are recorded at once.
const BATCH: usize = 1000;
