//! WARC files that nobody here wrote, damage of every kind, and another reader beside ours.
#![cfg(feature = "archive")]

mod common;

use std::fs;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::process::Command;

use common::shared::{python_has, shared};
use flate2::Compression;
use flate2::write::GzEncoder;
use probative::archive::import::{Imported, import_warc};
use probative::archive::store::{FolderStore, Store as _};
use probative::archive::text::{RULE, Text};
use probative::archive::warc::{
    Fault, Header, HttpHead, Limits, Record, Summary, Visitor, WarcError, scan,
};
use probative::digest::{Algorithm, Digest};
use proptest::prelude::*;

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
    let endless = encoder.finish().unwrap();
    assert!(matches!(read(&endless), Err(WarcError::NotWarc { .. })));

    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let head = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 314572800\r\n\r\n";
    encoder.write_all(head.as_bytes()).unwrap();
    for _ in 0..300 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
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
