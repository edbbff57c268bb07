//! WARC files that nobody here wrote, damage of every kind, and another reader beside ours.
#![cfg(feature = "archive")]

mod common;

use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::process::Command;

use common::shared::{python_has, shared};
use flate2::Compression;
use flate2::write::GzEncoder;
use probative::archive::capture::Capture;
use probative::archive::event::{Event, Subject, What};
use probative::archive::import::{Flaw, ImportError, Imported, import_warc};
use probative::archive::inspection::inspect;
use probative::archive::ledger::LedgerError;
use probative::archive::store::{FolderStore, Store as _};
use probative::archive::text::{RULE, Text};
use probative::archive::warc::{
    Fault, Header, HttpHead, Limits, Record, Summary, Visitor, WarcError, scan,
};
use probative::archive::{Archive, ArchiveError, Import};
use probative::digest::{Algorithm, Digest};
use proptest::prelude::*;

const NOW: &str = "2026-06-02T10:00:00Z";

#[derive(Default)]
struct Seen {
    records: Vec<Record>,
    payloads: Vec<Vec<u8>>,
    lost: Vec<Fault>,
}

impl Visitor for Seen {
    fn payload(
        &mut self,
        _: &Header,
        _: Option<&HttpHead>,
        payload: &mut dyn Read,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let read = payload.take(1 << 20).read_to_end(&mut bytes);
        self.payloads.push(bytes);
        read.map(|_| ())
    }

    fn record(&mut self, record: Record) -> io::Result<()> {
        self.records.push(record);
        Ok(())
    }

    fn lost(&mut self, fault: Fault) -> io::Result<()> {
        self.lost.push(fault);
        Ok(())
    }
}

impl Seen {
    fn faults(&self) -> Vec<&Fault> {
        self.records.iter().flat_map(|record| &record.faults).chain(&self.lost).collect()
    }
}

fn read(bytes: &[u8]) -> Result<(Seen, Summary), WarcError> {
    let mut seen = Seen::default();
    let summary = scan(bytes, Limits::default(), &mut seen)?;
    Ok((seen, summary))
}

fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Target-URI: https://e.org/\r\nWARC-Date: 2026-06-01T10:00:00Z\r\n\
         {fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A resource whose block carries its digest.
fn resource(block: &[u8]) -> Vec<u8> {
    let digest = Digest::of(block);
    record(&format!("WARC-Type: resource\r\nWARC-Block-Digest: {digest}\r\n"), block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_shared_file_gets_the_verdict_its_name_says() {
    let Some(folder) = shared("data/warc") else { return };
    let faults = |name: &str| {
        let (seen, summary) = read(&fs::read(folder.join(name)).unwrap()).unwrap();
        assert_eq!(summary.faults as usize, seen.faults().len());
        let faults: Vec<String> = seen.faults().iter().map(ToString::to_string).collect();
        (summary.records, faults.join("; "))
    };
    for (name, records) in [
        ("example.warc", 6),
        ("example.warc.gz", 6),
        ("example-iana.org-chunked.warc", 3),
        ("example-resource.warc.gz", 3),
        ("example-space-in-target-uri.warc.gz", 2),
        ("example-wget-bad-target-uri.warc.gz", 6),
        ("post-test.warc.gz", 6),
    ] {
        assert_eq!(faults(name), (records, String::new()), "{name}");
    }
    for (name, records, expected) in [
        ("example-bad-non-chunked.warc.gz", 6, "the compressed member goes on"),
        ("example-bad.warc.gz.bad", 1, "the compressed member goes on"),
        ("example-digest.warc", 4, "WARC-Payload-Digest cannot be compared: sha1:1112"),
        ("example-trunc.warc", 4, "not followed by two line ends"),
        ("example-trunc.warc", 4, "WARC-Block-Digest: expected sha1:DR5MBP7OD3OPA7RFKWJUD4CT"),
        ("example-wrong-chunks.warc.gz", 2, "WARC-Payload-Digest"),
    ] {
        let (found, faults) = faults(name);
        assert!(faults.contains(expected) && found >= records, "{name}: {found} records, {faults}");
    }
    for name in ["bad.arc", "example.arc", "example.arc.gz", "example-space-in-url.arc"] {
        let refused = read(&fs::read(folder.join(name)).unwrap());
        assert!(matches!(refused, Err(WarcError::NotWarc { .. })), "{name}");
    }
}

/// What warcio says of each record: offset, kind, address, whether the digests agree, and the
/// SHA-256 of the payload without transfer coding.
const WARCIO: &str = r"
import hashlib, json, sys
from warcio.archiveiterator import ArchiveIterator
with open(sys.argv[1], 'rb') as file:
    records = ArchiveIterator(file, check_digests=True, arc2warc=False)
    for record in records:
        stream = record.raw_stream
        if record.http_headers is not None:
            coding = record.http_headers.get_header('Transfer-Encoding', '')
            if coding.lower() == 'chunked':
                from warcio.bufferedreaders import ChunkedDataReader
                stream = ChunkedDataReader(stream, decomp_type=None)
        payload = hashlib.sha256(stream.read()).hexdigest()
        print(json.dumps([records.get_record_offset(), record.rec_type,
                          record.rec_headers.get_header('WARC-Target-URI'),
                          record.digest_checker.passed, payload]))
";

#[test]
fn warcio_sees_the_same_in_good_files() {
    if !python_has("warcio") {
        return;
    }
    let Some(folder) = shared("data/warc") else { return };
    for name in [
        "example.warc",
        "example.warc.gz",
        "example-iana.org-chunked.warc",
        "example-digest.warc",
        "example-resource.warc.gz",
        "post-test.warc.gz",
    ] {
        let path = folder.join(name);
        let output = Command::new("python3").args(["-c", WARCIO]).arg(&path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let theirs: Vec<serde_json::Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let (seen, _) = read(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(theirs.len(), seen.records.len(), "{name}");
        for ((theirs, record), payload) in theirs.iter().zip(&seen.records).zip(&seen.payloads) {
            let at = format!("{name} at {}", record.offset);
            assert_eq!(theirs[0], record.offset, "{at}");
            assert_eq!(theirs[1], record.header.kind(), "{at}");
            let url = record.header.get("WARC-Target-URI");
            assert_eq!(theirs[2].as_str(), url, "{at}");
            // warcio does not check the digests of revisits and of what it has no reader for.
            if let Some(passed) = theirs[3].as_bool() {
                assert_eq!(passed, record.faults.is_empty(), "{at}: {:?}", record.faults);
            }
            if record.header.kind() != "revisit" {
                assert_eq!(theirs[4], Digest::of(payload).hex(), "{at}");
            }
        }
    }
}

/// How warcio fares with one bit flipped at each byte, bit `at % 8` of byte `at`: how often it says
/// nothing, and how often of these it gives fewer records in silence.
const WARCIO_FLIPS: &str = r"
import io, sys
from warcio.archiveiterator import ArchiveIterator
def read(data):
    records = 0
    for record in ArchiveIterator(io.BytesIO(data), check_digests='raise'):
        record.raw_stream.read()
        records += 1
    return records
good = open(sys.argv[1], 'rb').read()
expected = read(good)
silent = fewer = 0
for at in range(len(good)):
    bad = bytearray(good)
    bad[at] ^= 1 << (at % 8)
    try:
        found = read(bad)
    except Exception:
        continue
    silent += 1
    fewer += found < expected
print(silent, fewer)
";

#[test]
fn of_flips_that_warcio_passes_over_none_is_without_a_trace() {
    let Some(folder) = shared("data/warc") else { return };
    // What is read of a file: its records' places, heads and payloads.
    let said = |bytes: &[u8]| {
        let (seen, summary) = read(bytes).ok()?;
        let heads = |record: &Record| {
            let http = record.http.as_ref().map(|http| http.raw.clone());
            (record.offset, record.header.raw.clone(), http)
        };
        let heads: Vec<_> = seen.records.iter().map(heads).collect();
        Some((summary.faults, heads, seen.payloads))
    };
    for name in ["example.warc", "example.warc.gz"] {
        let path = folder.join(name);
        let good = fs::read(&path).unwrap();
        let expected = said(&good).unwrap();
        assert_eq!(expected.0, 0);
        let (mut without_fault, mut without_trace) = (0_u64, Vec::new());
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            let found = said(&bad);
            if found.as_ref().is_none_or(|found| found.0 > 0) {
                continue;
            }
            without_fault += 1;
            if found.as_ref() == Some(&expected) {
                // The file's own digest, which each of its captures names, remains.
                assert_ne!(Digest::of(&bad), Digest::of(&good));
                without_trace.push(at);
            }
        }
        let length = good.len();
        println!(
            "{name}: of {length} flips, {without_fault} are no fault, {} of them change nothing \
             that is read",
            without_trace.len()
        );
        if path.extension().is_some_and(|extension| extension == "gz") {
            // Of a member's header, the flags that say nothing, the time and the system; of its last
            // byte before the CRC, the bits after the stream's end.
            let (seen, _) = read(&good).unwrap();
            let starts = seen.records.iter().map(|record| record.offset as usize);
            let ends = starts.clone().skip(1).chain([good.len()]).map(|end| end - 9);
            let unread: Vec<usize> =
                starts.flat_map(|start| start + 3..start + 10).chain(ends).collect();
            assert!(without_trace.iter().all(|at| unread.contains(at)), "{without_trace:?}");
        } else {
            assert_eq!(without_trace, [0; 0]);
        }

        if !python_has("warcio") {
            continue;
        }
        let output =
            Command::new("python3").args(["-c", WARCIO_FLIPS]).arg(&path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let theirs = String::from_utf8(output.stdout).unwrap();
        let mut theirs = theirs.split_whitespace().map(|number| number.parse::<u64>().unwrap());
        let (silent, fewer) = (theirs.next().unwrap(), theirs.next().unwrap());
        println!("{name}: warcio says nothing of {silent}, {fewer} of them with records missing");
        assert!(silent > 0);
    }
}

#[test]
fn a_file_is_imported_with_its_revisits_and_nothing_silent() {
    let Some(file) = shared("data/warc/example.warc.gz") else { return };
    let place = tempfile::tempdir().unwrap();
    let store = FolderStore::create(place.path()).unwrap();
    let container =
        store.put(Algorithm::Sha256, &mut fs::File::open(file).unwrap()).unwrap().digest;
    let mut imported: Vec<Imported> = Vec::new();
    import_warc(&store, container, Limits::default(), &mut |record| {
        imported.push(record);
        Ok(())
    })
    .unwrap();
    let captures: Vec<_> = imported.iter().filter_map(|record| record.capture.as_ref()).collect();
    assert_eq!(captures.len(), 2);
    let (page, again) = (captures[0], captures[1]);
    assert_eq!((page.url.as_str(), page.status), ("http://example.com/", Some(200)));
    assert_eq!(page.retrieved, "2017-03-06T04:02:06Z".parse().unwrap());
    assert_eq!((again.digest, again.revisit.is_some()), (page.digest, true));
    assert_eq!(again.retrieved, "2017-03-06T04:03:48Z".parse().unwrap());
    let bytes = store.get(page.digest, 1 << 20).unwrap();
    assert_eq!(bytes.len() as u64, page.length);
    assert!(page.objects().all(|digest| store.length(digest).unwrap().is_some()));
    // It came compressed; its text is that of the page, both times.
    let text = Text::of_coded(&bytes, page.media_type.as_ref().unwrap(), "gzip").unwrap();
    assert!(text.as_str().starts_with("Example Domain Example Domain This domain is"), "{text:?}");
    for capture in [page, again] {
        assert_eq!(capture.text, Some(text.digest()));
        assert_eq!(capture.text_rule.as_deref(), Some(RULE));
    }
}

#[test]
fn only_pages_and_plain_text_have_a_text() {
    let place = tempfile::tempdir().unwrap();
    let store = FolderStore::create(place.path()).unwrap();
    let text_of = |media_type: &str, coding: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Encoding: {coding}\r\n\r\n"
        );
        let file = record(
            "WARC-Type: response\r\nContent-Type: application/http\r\n\
             WARC-Target-URI: https://e.org/\r\nWARC-Date: 2026-06-01T10:00:00Z\r\n",
            &[head.as_bytes(), body].concat(),
        );
        let container = store.put(Algorithm::Sha256, &mut &file[..]).unwrap().digest;
        let mut found = None;
        import_warc(&store, container, Limits::default(), &mut |imported| {
            found = imported.capture;
            Ok(())
        })
        .unwrap();
        let capture = found.unwrap();
        assert_eq!(capture.digest, Digest::of(body), "the bytes are kept as they came");
        assert_eq!(capture.text.is_some(), capture.text_rule.is_some());
        capture.text
    };
    let claim = Some(Digest::of(b"the claim"));
    assert_eq!(text_of("text/html", "identity", b"<p>the <b>claim"), claim);
    assert_eq!(text_of("text/plain; charset=utf-8", "gzip", &gzip(b"the claim\n")), claim);
    let long = [b"the claim".to_vec(), vec![b' '; (16 << 20) - 9]].concat();
    assert_eq!(text_of("text/plain", "", &long), claim);
    assert_eq!(text_of("text/plain", "", &[long, b" ".to_vec()].concat()), None, "too long");
    assert_eq!(text_of("text/html", "br", b"the claim"), None);
    assert_eq!(text_of("application/json", "", b"the claim"), None);
}

#[test]
fn a_header_that_was_changed_has_another_digest_where_no_warc_digest_covers_it() {
    let place = tempfile::tempdir().unwrap();
    let store = FolderStore::create(place.path()).unwrap();
    let good = resource(b"the claim");
    let import = |bytes: &[u8]| {
        let container = store.put(Algorithm::Sha256, &mut &*bytes).unwrap().digest;
        let mut imported = Vec::new();
        let summary = import_warc(&store, container, Limits::default(), &mut |record| {
            imported.push(record.capture);
            Ok(())
        });
        summary.map(|summary| (summary.faults, imported))
    };
    let (faults, original) = import(&good).unwrap();
    assert_eq!(faults, 0);
    let redated = String::from_utf8(good.clone()).unwrap().replace("2026-06-01", "2025-06-01");
    let (faults, forged) = import(redated.as_bytes()).unwrap();
    let (original, forged) = (original[0].as_ref().unwrap(), forged[0].as_ref().unwrap());
    assert_eq!(faults, 0, "no WARC digest covers the date");
    assert_ne!(original.record, forged.record);
    assert_ne!(original.within, forged.within);
    // Every single bit of the file: either a fault, or another record or container digest.
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            if let Ok((faults, captures)) = import(&bad) {
                let same = captures.first().is_some_and(|capture| {
                    capture.as_ref().is_some_and(|found| found.within == original.within)
                });
                assert!(faults > 0 || !same, "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn after_damage_the_next_record_is_found_and_the_gap_is_told() {
    let blocks: Vec<Vec<u8>> =
        (0..5_u8).map(|n| (0..4000_u32).map(|i| ((i * 7919) >> 3) as u8 ^ n).collect()).collect();
    for compressed in [false, true] {
        let members: Vec<Vec<u8>> = blocks
            .iter()
            .map(|block| if compressed { gzip(&resource(block)) } else { resource(block) })
            .collect();
        let mut places: Vec<Range<usize>> = Vec::new();
        for member in &members {
            let start = places.last().map_or(0, |place| place.end);
            places.push(start..start + member.len());
        }
        let good = members.concat();
        let (seen, _) = read(&good).unwrap();
        assert_eq!((seen.records.len(), seen.faults().len()), (5, 0));

        for at in places[2].clone().step_by(13) {
            let mut bad = good.clone();
            bad[at] ^= 0xff;
            let (seen, _) = read(&bad).unwrap();
            let whole = seen.records.iter().filter(|record| record.faults.is_empty()).count();
            let others = [0, 1, 3, 4].iter().filter(|n| seen.payloads.contains(&blocks[**n]));
            assert_eq!(others.count(), 4, "compressed {compressed}, byte {at}");
            if seen.faults().is_empty() {
                // Nothing in a WARC file covers its headers: the capture's own digests do.
                assert!(!compressed && at < places[2].start + 250, "byte {at}");
            } else {
                assert!(whole >= 3, "compressed {compressed}, byte {at}: {:?}", seen.faults());
            }
        }
        for cut in (1..good.len()).step_by(101) {
            let seen = read(&good[..cut]);
            let clean = seen.as_ref().is_ok_and(|(seen, _)| seen.faults().is_empty());
            assert_eq!(clean, places.iter().any(|place| place.end == cut), "cut at {cut}");
        }
    }
}

#[test]
fn a_length_that_lies_is_told() {
    let long = String::from_utf8(resource(b"abc")).unwrap();
    for (from, to) in [("Length: 3", "Length: 2"), ("Length: 3", "Length: 4")] {
        let bad = [long.replace(from, to).into_bytes(), resource(b"next")].concat();
        let (seen, _) = read(&bad).unwrap();
        assert!(seen.faults().contains(&&Fault::NoLineEnds), "{:?}", seen.faults());
        assert!(seen.payloads.contains(&b"next".to_vec()), "{to}");
    }
    let beyond = long.replace("Length: 3", "Length: 18446744073709551615");
    let (seen, _) = read(beyond.as_bytes()).unwrap();
    assert!(matches!(seen.faults()[..], [Fault::Short { .. }, Fault::Digest { .. }]));
    for bad in ["Length: -1", "Length: 3 ", "Length: 0x3", "Length: 99999999999999999999", "X: 3"] {
        let bad = long.replace("Length: 3", bad);
        if bad.contains("Length: 3 ") {
            read(bad.as_bytes()).unwrap();
        } else {
            assert!(matches!(read(bad.as_bytes()), Err(WarcError::NotWarc { .. })), "{bad}");
        }
    }
}

#[test]
fn chunked_messages_are_kept_without_their_chunks() {
    let message = |body: &str| {
        let block =
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a\r\nX: b\r\n\r\n{body}");
        let sha = |text: &str| Digest::of(text.as_bytes());
        let fields = format!(
            "WARC-Type: response\r\nContent-Type: application/http\r\n\
             WARC-Payload-Digest: {}\r\n",
            if body.contains("raw") { sha(body) } else { sha("hello world") }
        );
        read(&record(&fields, block.as_bytes())).unwrap().0
    };
    for body in [
        "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
        "5;ext=1\r\nhello\r\n006\r\n world\r\n0\r\nTrailer: x\r\n\r\n",
    ] {
        let seen = message(body);
        assert_eq!(seen.payloads, [b"hello world"]);
        assert_eq!((seen.records[0].agreed, seen.faults().len()), (1, 0));
        let fields = &seen.records[0].http.as_ref().unwrap().fields;
        assert_eq!(fields.iter().filter(|(name, _)| name == "X").count(), 2);
    }
    // The digest may also be of the chunked form.
    assert_eq!(message("3\r\nraw\r\n0\r\n\r\n").records[0].agreed, 1);
    for (body, kept) in [
        ("raw, not chunked", "raw, not chunked"),
        ("3\r\nraw\r\nzz\r\n", "raw\r\nzz\r\n"),
        ("3\r\nrawX\r\n", "rawX\r\n"),
        ("9\r\nraw", "raw"),
    ] {
        let seen = message(body);
        assert_eq!(seen.records[0].faults, [Fault::Chunks], "{body}");
        assert_eq!(String::from_utf8_lossy(&seen.payloads[0]), kept);
    }
}

#[test]
fn compressed_or_not_every_digest_gets_the_same_verdict() {
    let mut plain = Vec::new();
    let mut compressed = Vec::new();
    let mut expected = Vec::new();
    for (at, length) in [0, 1, 8_191, 8_192, 65_535, 65_536, 65_537, 200_000, 3, 150_000, 9_000]
        .into_iter()
        .enumerate()
    {
        let body: Vec<u8> = (0..length).map(|n: usize| (n * 31 % 251) as u8).collect();
        // Some heads are longer than what is read at once.
        let filler = "x".repeat(if at % 3 == 0 { 70_000 } else { 10 });
        let head = format!("HTTP/1.1 200 OK\r\nX: {filler}\r\n\r\n");
        let block = [head.as_bytes(), &body].concat();
        let (good_block, good_payload) = (at % 4 != 1, at % 5 != 2);
        let digest = |good, of: &[u8]| if good { Digest::of(of) } else { Digest::of(b"other") };
        let fields = format!(
            "WARC-Type: response\r\nContent-Type: application/http\r\n\
             WARC-Block-Digest: {}\r\nWARC-Payload-Digest: {}\r\n",
            digest(good_block, &block),
            digest(good_payload, &body)
        );
        let record = record(&fields, &block);
        plain.extend(&record);
        compressed.extend(gzip(&record));
        expected.push(u8::from(good_block) + u8::from(good_payload));
    }
    let (plain, _) = read(&plain).unwrap();
    let (compressed, _) = read(&compressed).unwrap();
    for (at, (plain, compressed)) in plain.records.iter().zip(&compressed.records).enumerate() {
        assert_eq!(plain.agreed, expected[at], "{at}");
        assert_eq!(plain.faults.len(), usize::from(2 - expected[at]), "{at}");
        let said = |record: &Record| (record.agreed, record.faults.clone(), record.header.clone());
        assert_eq!(said(plain), said(compressed), "{at}");
    }
    assert_eq!((plain.records.len(), compressed.records.len()), (expected.len(), expected.len()));
    assert_eq!(plain.payloads, compressed.payloads);
}

#[test]
fn odd_headers_keep_their_bytes() {
    let bytes = b"WARC/1.0\nWARC-Type: resource\nX-Name: a\n  folded\nX-Name: \xff\n\
                  Content-Length: 1\n\nx\r\n\r\n";
    let (seen, _) = read(bytes).unwrap();
    let header = &seen.records[0].header;
    assert_eq!(header.get("x-name"), Some("a folded"));
    assert_eq!(header.fields.iter().filter(|(name, _)| name == "X-Name").count(), 2);
    assert!(bytes.starts_with(&header.raw));
    assert_eq!(seen.faults(), [&Fault::BareLineFeed]);
}

#[test]
fn what_decompresses_without_end_is_bounded() {
    // 300 MiB of zeros in 300 kB, and a header of a gigabyte without an end.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&resource(b"x")[..60]).unwrap();
    for _ in 0..300 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let header = encoder.finish().unwrap();
    assert!(matches!(read(&header), Err(WarcError::NotWarc { .. })));

    let bomb = endless();
    let mut ignored = Seen::default();
    let error = scan(&bomb[..], Limits::default(), &mut ignored).unwrap_err();
    assert!(matches!(error, WarcError::Limit { limit: 250, .. }), "{error}");
    let mut limits = Limits::default();
    limits.total = 1 << 20;
    let error = scan(&bomb[..], limits, &mut ignored).unwrap_err();
    assert!(matches!(error, WarcError::Limit { limit: 0x10_0000, .. }), "{error}");
    // Ten thousand members without a byte.
    let empty = [gzip(&resource(b"x")), gzip(b"").repeat(10_000)].concat();
    assert_eq!(read(&empty).unwrap().1.records, 1);
}

#[test]
fn a_gap_of_any_length_loses_nothing_but_itself() {
    let (first, second, third) = (resource(b"first"), resource(b"second"), resource(b"third"));
    for (compressed, length, filler) in [
        (false, 1, b'\n'),
        (false, 1, b'x'),
        (false, 12, b'W'),
        (false, 1000, 0),
        (false, 1000, b'\n'),
        (false, 262_143, b'x'),
        (false, 400_015, 0),
        (true, 1, 0),
        (true, 1000, 0),
        (true, 400_015, 0x1f),
    ] {
        let gap = vec![filler; length];
        let records = [&first, &second, &third];
        let records = records.map(|record| if compressed { gzip(record) } else { record.clone() });
        let [first, second, third] = &records;
        let file = [&first[..], &gap, second, third, &gap].concat();
        let (seen, _) = read(&file).unwrap();
        let at = format!("compressed {compressed}, {length} of {filler}");
        assert_eq!(seen.payloads, [&b"first"[..], b"second", b"third"], "{at}");
        let mut expected = Vec::new();
        for from in [first.len(), file.len() - length] {
            expected.push(Fault::Lost { from: from as u64, to: (from + length) as u64 });
        }
        let is_lost = |fault: &&Fault| matches!(fault, Fault::Lost { .. });
        let lost: Vec<Fault> = seen.faults().into_iter().filter(is_lost).cloned().collect();
        assert_eq!(lost, expected, "{at}");
        assert_eq!(seen.records[1].offset as usize, first.len() + length, "{at}");
        // What is found again is read as it stands, its first line too.
        let raw = &seen.records[1].header.raw;
        assert!(resource(b"second").starts_with(raw) && raw.ends_with(b"\r\n\r\n"), "{at}");
    }
}

#[test]
fn what_is_lost_at_the_end_is_told_with_its_place() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    let good = resource(b"the claim");
    let imported = import(&mut archive, &[&good[..], b"no record"].concat()).unwrap();
    let places: Vec<u64> = imported.flaws.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [good.len() as u64; 2], "{:?}", imported.flaws);
}

fn archive(path: &Path) -> Archive {
    Archive::create(path, "example.org/case-7", NOW.parse().unwrap(), "jd").unwrap()
}

fn captured(capture: Capture) -> Event {
    Event::new(NOW.parse().unwrap(), "jd", What::Captured(capture))
}

fn import(archive: &mut Archive, bytes: &[u8]) -> Result<Import, ArchiveError> {
    archive.import(Cursor::new(bytes), NOW.parse().unwrap(), &mut |capture| Ok(captured(capture)))
}

fn problems(archive: &Archive) -> Vec<String> {
    let threads = NonZeroUsize::new(1).unwrap();
    let found = inspect(archive.path(), &[], None, threads, &mut |_| {}).unwrap();
    found.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_record_too_long_for_the_ledger_takes_no_other_with_it() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    let records: Vec<Vec<u8>> = (0..5)
        .map(|n| {
            let block = format!("page {n}");
            let url = if n == 2 { "x".repeat(70_000) } else { n.to_string() };
            let record = String::from_utf8(resource(block.as_bytes())).unwrap();
            record.replace("https://e.org/", &format!("https://e.org/{url}")).into_bytes()
        })
        .collect();
    let imported = import(&mut archive, &records.concat()).unwrap();
    assert_eq!((imported.records, imported.captures), (5, 4));
    let offset = records[0].len() as u64 + records[1].len() as u64;
    let [(found_at, Flaw::TooLong { found, limit })] = imported.flaws[..] else {
        panic!("{:?}", imported.flaws);
    };
    assert_eq!(found_at, offset);
    assert!(found > 70_000 && limit < 65_535, "{found} {limit}");
    assert_eq!(archive.ledger().registry().captures, 4);
    assert_eq!(problems(&archive), [""; 0]);
    // The longest that has room is recorded.
    let longest = String::from_utf8(records[0].clone()).unwrap();
    let url = format!("https://e.org/{}", "x".repeat(64_900));
    let imported = import(&mut archive, longest.replace("https://e.org/0", &url).as_bytes());
    assert_eq!(imported.unwrap().captures, 1);
}

#[test]
fn what_was_read_before_an_error_is_recorded() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    let file: Vec<u8> = (0..5_u8).flat_map(|n| resource(&[n; 10])).collect();
    let mut asked = 0;
    let stopped = archive.import(Cursor::new(&file), NOW.parse().unwrap(), &mut |capture| {
        asked += 1;
        if asked == 3 { Err(io::Error::other("stopped")) } else { Ok(captured(capture)) }
    });
    assert!(matches!(stopped, Err(ArchiveError::Import(ImportError::Warc(WarcError::Visitor(_))))));
    assert_eq!(archive.ledger().registry().captures, 2);
    assert_eq!(problems(&archive), [""; 0]);

    let bomb = [gzip(&resource(b"a")), gzip(&resource(b"b")), endless()].concat();
    let refused = import(&mut archive, &bomb);
    let limit = matches!(
        refused,
        Err(ArchiveError::Import(ImportError::Warc(WarcError::Limit { limit: 250, .. })))
    );
    assert!(limit, "{refused:?}");
    assert_eq!(archive.ledger().registry().captures, 4);
    assert_eq!(problems(&archive), [""; 0]);

    // An entry that the ledger refuses ends the import, and takes nothing before it.
    let mut asked = 0;
    let nobody = archive.import(Cursor::new(&file), NOW.parse().unwrap(), &mut |capture| {
        asked += 1;
        let mut event = captured(capture);
        if asked == 2 {
            event.by.clear();
        }
        Ok(event)
    });
    assert!(matches!(nobody, Err(ArchiveError::Ledger(LedgerError::Event { .. }))), "{nobody:?}");
    assert_eq!(archive.ledger().registry().captures, 5);
    assert_eq!(problems(&archive), [""; 0]);
}

#[test]
fn an_import_that_records_nothing_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    // Kept before, by an entry and without one.
    import(&mut archive, &resource(b"the claim")).unwrap();
    let unnamed = archive.keep(&mut &b"GIF89a, kept before"[..]).unwrap().digest;
    let size = archive.ledger().size();
    let wacz = b"PK\x03\x04 and no more";
    for bad in
        [&wacz[..], b"GIF89a", b"GIF89a, kept before", b"filedesc://a.arc\n", b"", &endless()]
    {
        assert!(import(&mut archive, bad).is_err());
        assert_eq!(archive.ledger().size(), size);
        let expected = format!("{unnamed} is in no entry of the ledger");
        assert_eq!(
            problems(&archive),
            [expected],
            "{}",
            String::from_utf8_lossy(&bad[..6.min(bad.len())])
        );
    }
    // What was captured before is among what an import reads before it fails.
    let again = [gzip(&resource(b"the claim")), endless()].concat();
    let nothing = archive.import(Cursor::new(again), NOW.parse().unwrap(), &mut |_| {
        Err(io::Error::other("stopped"))
    });
    assert!(nothing.is_err());
    assert_eq!(problems(&archive).len(), 1);
    assert!(archive.store().length(Digest::of(b"the claim")).unwrap().is_some());
}

#[test]
fn a_file_with_nothing_to_capture_is_named_by_a_remark() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    let request = record("WARC-Type: request\r\n", b"GET / HTTP/1.1\r\n\r\n");
    let undated = String::from_utf8(resource(b"undated")).unwrap().replace("WARC-Date", "X-Date");
    for (n, file) in [&request[..], undated.as_bytes()].into_iter().enumerate() {
        let imported = import(&mut archive, file).unwrap();
        assert_eq!((imported.records, imported.captures), (1, 0));
        assert_eq!(imported.container, Digest::of(file));
        assert_eq!(archive.ledger().size(), n as u64 + 2);
        assert_eq!(problems(&archive), [""; 0]);
    }
    let mut last = None;
    archive
        .ledger()
        .entries(|entry| {
            last = Some(entry.event);
            ControlFlow::Continue(())
        })
        .unwrap();
    let last = last.unwrap();
    let What::Noted { about, text } = last.what else { panic!("{last:?}") };
    assert_eq!(last.by, "jd");
    assert_eq!(about, Some(Subject::Object(Digest::of(undated.as_bytes()))));
    assert_eq!(text, "imported; records: 1, captures: 0");
    // Its bytes can be withdrawn like any other's, and are missed when they are not.
    let digest = Digest::of(&request);
    assert!(archive.store().erase(digest).unwrap());
    assert_eq!(problems(&archive), [format!("{digest} is missing")]);
    let erased = What::Withdrawn { because: "b".into(), subject: Subject::Object(digest) };
    archive.record(&[Event::new(NOW.parse().unwrap(), "jd", erased)]).unwrap();
    assert_eq!(problems(&archive), [""; 0]);
}

#[test]
fn a_time_that_has_not_come_is_told_and_the_capture_kept() {
    let place = tempfile::tempdir().unwrap();
    let mut archive = archive(place.path());
    let later =
        String::from_utf8(resource(b"the claim")).unwrap().replace("2026-06-01", "2099-01-01");
    let file = [&resource(b"before")[..], later.as_bytes()].concat();
    let imported = import(&mut archive, &file).unwrap();
    assert_eq!(imported.captures, 2);
    let [(_, flaw @ Flaw::Later { .. })] = &imported.flaws[..] else {
        panic!("{:?}", imported.flaws);
    };
    let said = flaw.to_string();
    assert!(said.contains("2099-01-01T10:00:00Z") && said.contains(NOW), "{said}");
    let mut faults = Vec::new();
    archive
        .ledger()
        .entries(|entry| {
            if let What::Captured(capture) = entry.event.what {
                faults.push(capture.faults);
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(faults, [vec![], vec![said]]);
}

#[test]
fn a_field_that_must_stand_once_is_told_when_it_stands_twice() {
    let good = String::from_utf8(resource(b"abc")).unwrap();
    for (line, field, other) in [
        ("WARC-Target-URI: https://f.org/\r\n", "WARC-Target-URI", "https://f.org/"),
        ("warc-date: 2026-06-01T10:00:00Z\r\n", "WARC-Date", "2026-06-01T10:00:00Z"),
        ("WARC-Type: response\r\n", "WARC-Type", "response"),
        ("Content-Length: 4\r\n", "Content-Length", "4"),
        ("Content-Length: 3\r\n", "Content-Length", "3"),
        ("WARC-Block-Digest: sha1:AAAA\r\n", "WARC-Block-Digest", "sha1:AAAA"),
    ] {
        let twice = good.replace("\r\n\r\nabc", &format!("\r\n{line}\r\nabc"));
        let (seen, _) = read(twice.as_bytes()).unwrap();
        let [Fault::Repeated { field: found, other: value, .. }] = seen.faults()[..] else {
            panic!("{line}: {:?}", seen.faults());
        };
        assert_eq!((*found, value.as_str()), (field, other));
        assert!(seen.faults()[0].to_string().contains(&format!("expected {field} once")));
        assert_eq!(seen.payloads, [b"abc"]);
    }
    let ids = good.replace("WARC-Type", "WARC-Record-ID: <a>\r\nWARC-Record-ID: <b>\r\nWARC-Type");
    assert!(matches!(read(ids.as_bytes()).unwrap().0.faults()[..], [Fault::Repeated { .. }]));
    let several = good
        .replace("WARC-Type", "WARC-Concurrent-To: <a>\r\nWARC-Concurrent-To: <b>\r\nWARC-Type");
    assert_eq!(read(several.as_bytes()).unwrap().0.faults(), [&Fault::BareLineFeed; 0]);
}

/// A record of 300 MiB of zeros in 300 kB.
fn endless() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let head = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 314572800\r\n\r\n";
    encoder.write_all(head.as_bytes()).unwrap();
    for _ in 0..300 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_bytes_panic(
        mut bytes: Vec<u8>, flips in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..6),
        compressed: bool,
    ) {
        let mut file = resource(b"abc");
        file.extend(record("WARC-Type: response\r\nContent-Type: application/http\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
        if compressed {
            file = [gzip(&file), gzip(&resource(b"next"))].concat();
        }
        file.append(&mut bytes);
        for (at, value) in flips {
            let at = at % file.len();
            file[at] = value;
        }
        let _ = read(&file);
        let _ = read(&bytes);
    }

    #[test]
    fn what_is_written_is_read(blocks: Vec<Vec<u8>>, compressed: bool) {
        prop_assume!(!blocks.is_empty());
        let members = blocks.iter().map(|block| resource(block));
        let file: Vec<u8> = members.flat_map(|m| if compressed { gzip(&m) } else { m }).collect();
        let (seen, summary) = read(&file).unwrap();
        prop_assert_eq!(seen.faults().len(), 0);
        prop_assert_eq!(summary.records as usize, blocks.len());
        prop_assert_eq!(seen.payloads, blocks);
    }
}
