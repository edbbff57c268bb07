//! What holds in every store, whatever lies behind it.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::thread;

use super::{Entry, Fault, Progress, Store, StoreError, Stored, verify};
use crate::archive::import::import_warc;
use crate::archive::registry::Registry;
use crate::archive::standing::states;
use crate::archive::warc::Limits;
use crate::digest::{Algorithm, Digest};
use crate::report::{ArchiveState, Report};

/// A store, and hands on what lies behind it.
pub(super) trait Bench {
    fn store(&self) -> &dyn Store;

    /// Lays these bytes at this path, whatever was there.
    fn lay(&self, path: &str, bytes: &[u8]);

    /// How many things lie there that are not objects yet.
    fn unfinished(&self) -> usize;
}

/// Every law, each on an empty store.
pub(super) fn hold<B: Bench>(mut empty: impl FnMut() -> B) {
    what_is_put_is_got(&empty());
    the_same_bytes_are_one_object(&empty());
    other_bytes_are_neither_given_nor_overwritten(&empty());
    what_is_not_there_is_missing(&empty());
    what_is_erased_is_gone(&empty());
    an_audit_names_every_fault(&empty());
    a_reader_that_fails_leaves_nothing(&empty());
    writers_at_once_make_one_object(&empty());
    a_file_is_imported_and_a_report_checked(&empty());
}

/// Around the lengths of a buffer and of a part that is sent at once, and several parts.
const LENGTHS: [usize; 8] =
    [0, 1, (1 << 16) + 1, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, 16 << 20, (17 << 20) + 5];
const LONG: usize = (8 << 20) + 1;

fn what_is_put_is_got(bench: &impl Bench) {
    let store = bench.store();
    for (algorithm, length) in [Algorithm::Sha256, Algorithm::Sha512]
        .into_iter()
        .flat_map(|algorithm| LENGTHS.map(|length| (algorithm, length)))
    {
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let kept = store.put(algorithm, &mut &bytes[..]).unwrap();
        let digest = Digest::of_with(algorithm, &bytes);
        assert_eq!(kept, Stored { digest, length: length as u64, new: true });
        assert_eq!(store.length(digest).unwrap(), Some(length as u64));
        assert!(store.get(digest, 1 << 30).unwrap() == bytes);
    }
    assert_eq!(bench.unfinished(), 0);
}

fn the_same_bytes_are_one_object(bench: &impl Bench) {
    for bytes in [vec![1; 9], vec![1; LONG]] {
        let first = bench.store().put(Algorithm::Sha256, &mut &bytes[..]).unwrap();
        let again = bench.store().put(Algorithm::Sha256, &mut &bytes[..]).unwrap();
        assert_eq!(again, Stored { new: false, ..first });
    }
    assert_eq!(entries(bench.store()).len(), 2);
    assert_eq!(bench.unfinished(), 0);
}

fn other_bytes_are_neither_given_nor_overwritten(bench: &impl Bench) {
    let store = bench.store();
    for bytes in [vec![1; 9], vec![1; LONG]] {
        let digest = Digest::of(&bytes);
        bench.lay(&place(digest), b"other");
        assert!(matches!(store.get(digest, 9), Err(StoreError::Mismatch { .. })));
        let put = store.put(Algorithm::Sha256, &mut &bytes[..]);
        assert!(matches!(put, Err(StoreError::Occupied { .. })), "{put:?}");
        let mut there = Vec::new();
        store.fetch(digest).unwrap().read_to_end(&mut there).unwrap();
        assert_eq!(there, b"other");
    }
    assert_eq!(bench.unfinished(), 0);
}

fn what_is_not_there_is_missing(bench: &impl Bench) {
    let (store, digest) = (bench.store(), Digest::of(b"never"));
    assert!(matches!(store.get(digest, 9), Err(StoreError::Missing { .. })));
    assert_eq!(store.length(digest).unwrap(), None);
    assert!(!store.erase(digest).unwrap());
    assert_eq!(entries(store), []);
}

fn what_is_erased_is_gone(bench: &impl Bench) {
    let store = bench.store();
    let [kept, erased] =
        [b"a", b"b"].map(|bytes| store.put(Algorithm::Sha256, &mut &bytes[..]).unwrap().digest);
    assert!(store.erase(erased).unwrap());
    assert!(matches!(store.open(erased), Err(StoreError::Missing { .. })));
    assert_eq!(entries(store), [Entry::Object(kept)]);
}

fn an_audit_names_every_fault(bench: &impl Bench) {
    let store = bench.store();
    let put = |bytes: &[u8]| store.put(Algorithm::Sha256, &mut &*bytes).unwrap().digest;
    let (sound, changed, unknown) = (put(b"sound"), put(b"changed"), put(b"unknown"));
    let lost = Digest::of(b"lost");
    bench.lay(&place(changed), b"chanted");
    let strays = ["objects/note.txt", "objects/sha256/ab/short", "objects/md5/ab/cdef"];
    for path in strays {
        bench.lay(path, b"");
    }

    let mut told = Vec::new();
    let expected = BTreeSet::from([sound, changed, lost]);
    let audit = verify(store, &expected, 3.try_into().unwrap(), &mut |at| told.push(at)).unwrap();
    assert_eq!((audit.objects, audit.bytes), (3, 19));
    assert_eq!(told.last(), Some(&Progress { objects: 3, of: 3, bytes: 19 }));
    for fault in [
        Fault::Mismatch { expected: changed, found: Digest::of(b"chanted") },
        Fault::Missing(lost),
        Fault::Unexpected(unknown),
    ] {
        assert!(audit.faults.contains(&fault), "{fault} not in {:?}", audit.faults);
    }
    // A folder names the hall that is no algorithm's, a bucket what lies in it.
    let found = audit.faults.iter().filter(|fault| matches!(fault, Fault::Stray(_))).count();
    assert_eq!((found, audit.faults.len()), (3, 6), "{:?}", audit.faults);

    let mut seen = 0;
    let stop = &mut |_| {
        seen += 1;
        seen < 2
    };
    store.entries(stop).unwrap();
    assert_eq!(seen, 2, "the listing ends when it is told to");
}

fn a_reader_that_fails_leaves_nothing(bench: &impl Bench) {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
    }
    for length in [4, LONG] {
        let bytes = io::repeat(7).take(length as u64);
        let put = bench.store().put(Algorithm::Sha256, &mut bytes.chain(Broken));
        assert!(matches!(put, Err(StoreError::Source(_))), "{put:?}");
    }
    assert_eq!(entries(bench.store()), []);
    assert_eq!(bench.unfinished(), 0);
}

fn writers_at_once_make_one_object(bench: &impl Bench) {
    for bytes in [vec![3; 9], vec![3; LONG]] {
        let store = bench.store();
        let put = || store.put(Algorithm::Sha256, &mut &bytes[..]).unwrap();
        let kept: Vec<Stored> = thread::scope(|scope| {
            let writers: Vec<_> = (0..8).map(|_| scope.spawn(put)).collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(kept.iter().filter(|kept| kept.new).count(), 1);
    }
    assert_eq!(entries(bench.store()).len(), 2);
    assert_eq!(bench.unfinished(), 0);
}

fn a_file_is_imported_and_a_report_checked(bench: &impl Bench) {
    let store = bench.store();
    let file = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/\r\n\
        WARC-Date: 2023-06-01T10:00:00Z\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
    let container = store.put(Algorithm::Sha256, &mut &file[..]).unwrap().digest;
    let mut captures = Vec::new();
    import_warc(store, container, Limits::default(), &mut |record| {
        captures.extend(record.capture);
        Ok(())
    })
    .unwrap();
    let digest = captures[0].digest;
    assert_eq!(digest, Digest::of(b"abc"));
    let report = Report::from_toml(&format!(
        "format = \"probative/1\"\ntitle = \"t\"\n[[sources]]\nid = \"s\"\nname = \"S\"\n\
         [[items]]\nid = \"i\"\nsource = \"s\"\nclaim = \"c\"\ncaptures = [{{ digest = \"{digest}\" }}]\n"
    ))
    .unwrap();
    let state = || states(&report, &Registry::default(), store).unwrap()[0];
    assert_eq!(state(), ArchiveState::Verified);
    bench.lay(&place(digest), b"abd");
    assert_eq!(state(), ArchiveState::Changed);
    store.erase(digest).unwrap();
    assert_eq!(state(), ArchiveState::Missing);
}

fn entries(store: &dyn Store) -> Vec<Entry> {
    let mut entries = Vec::new();
    store
        .entries(&mut |entry| {
            entries.push(entry);
            true
        })
        .unwrap();
    entries
}

/// The layout as the documentation has it.
fn place(digest: Digest) -> String {
    let hex = digest.hex();
    format!("objects/{}/{}/{}", digest.algorithm(), &hex[..2], &hex[2..])
}
