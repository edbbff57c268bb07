//! What must hold of any bytes that a stranger hands in, as one function for each reader. The
//! property tests and the fuzz targets call the same functions.
#![allow(unreachable_pub)] // each is a module of another package too

use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;

use probative::archive::event::Event;
use probative::archive::ledger::Ledger;
use probative::archive::note::Note;
use probative::archive::proof::Proof;
use probative::archive::text::Text;
use probative::archive::warc::{Fault, Header, HttpHead, Limits, Record, Visitor, scan};
use probative::digest::Digest;

/// As a whole ledger file, and as the event of a line whose chain agrees: random bytes would not
/// get past the chain.
pub fn ledger_line(bytes: &[u8]) {
    if let Some(event) = std::str::from_utf8(bytes).ok().map(Event::from_canonical) {
        let again = event.ok().map(|event| event.to_canonical().expect("was read"));
        assert!(again.is_none_or(|again| again.as_bytes() == bytes), "one spelling");
    }
    let chain = Digest::of(&[&[0; 32], bytes].concat()).hex();
    let line = [b"{\"chain\":\"", chain.as_bytes(), b"\",\"event\":", bytes, b"}\n"].concat();
    let place = tempfile::tempdir().expect("a temporary folder");
    for file in [bytes, &line] {
        fs::write(place.path().join("ledger.jsonl"), file).expect("a file");
        let Ok(ledger) = Ledger::read(place.path()) else { continue };
        let mut lines = Vec::new();
        ledger
            .entries(|entry| {
                lines.extend(entry.line.as_bytes());
                lines.push(b'\n');
                ControlFlow::Continue(())
            })
            .expect("was read");
        assert!(file.starts_with(&lines), "nothing is believed that does not stand there");
    }
}

/// As a signed note.
pub fn note(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(note) = text.parse::<Note>() {
        assert_eq!(note.to_string().parse::<Note>().expect("was read"), note);
    }
}

/// As a proof.
pub fn proof(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(proof) = text.parse::<Proof>() {
        assert_eq!(proof.to_string(), text, "one spelling");
        assert!(proof.verify_carried(&[]).is_err(), "nobody is trusted");
    }
}

/// As a WARC file.
pub fn warc_record(bytes: &[u8]) {
    #[derive(Default)]
    struct Seen {
        records: u64,
        faults: u64,
        from: u64,
    }
    impl Visitor for Seen {
        fn payload(
            &mut self,
            _: &Header,
            _: Option<&HttpHead>,
            payload: &mut dyn Read,
        ) -> io::Result<()> {
            io::copy(payload, &mut io::sink()).map(drop).or(Ok(()))
        }

        fn record(&mut self, record: Record) -> io::Result<()> {
            assert!(record.offset >= self.from, "records come in the order of the file");
            self.from = record.offset;
            self.records += 1;
            self.faults += record.faults.len() as u64;
            Ok(())
        }

        fn lost(&mut self, _: Fault) -> io::Result<()> {
            self.faults += 1;
            Ok(())
        }
    }
    let mut seen = Seen::default();
    if let Ok(summary) = scan(bytes, Limits::default(), &mut seen) {
        assert_eq!((summary.records, summary.faults), (seen.records, seen.faults));
    }
}

/// As a page, plain or compressed.
pub fn page(bytes: &[u8]) {
    for coding in ["", "gzip", "deflate"] {
        if let Ok(text) = Text::of_coded(bytes, "text/html", coding) {
            let again = Text::of(text.as_str().as_bytes(), "text/plain; charset=utf-8");
            assert_eq!(again.expect("a text"), text, "the text of a text is itself");
        }
    }
}
