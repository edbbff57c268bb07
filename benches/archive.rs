//! What the archive costs, beside what others cost on the same machine in the same run.
//!
//! `cargo bench --features archive --bench archive`; `docs/performance.md` has the table.
//! Programs that a machine lacks are left out.

use std::fs;
use std::hint::black_box;
use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use probative::archive::event::{Event, What};
use probative::archive::ledger::Ledger;
use probative::archive::merkle::{Hash, Tree, verify_inclusion};
use probative::archive::note::{Note, SigningKey};
use probative::archive::store::{FolderStore, Store as _};
use probative::archive::warc::{Limits, Record, Visitor, verify};
use probative::digest::{Algorithm, Digest};

fn main() {
    #[cfg(target_arch = "x86_64")]
    println!("SHA-NI: {}", std::arch::is_x86_feature_detected!("sha"));
    divan::main();
}

/// Files that the benches read: 256 MiB of pseudo-random bytes, and a WARC file of pages that
/// decompresses to 300 MB.
struct Files {
    _place: tempfile::TempDir,
    large: PathBuf,
    warc: PathBuf,
    warc_length: u64,
}

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let place = tempfile::tempdir().unwrap();
    let (large, warc) = (place.path().join("large"), place.path().join("pages.warc.gz"));
    let mut state = 1_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let bytes: Vec<u8> = (0..LARGE / 8).flat_map(|_| random().to_le_bytes()).collect();
    fs::write(&large, bytes).unwrap();

    let words = ["evidence", "page", "<p>", "</p>", "of", "the", "claim", "2026", "\n", "source"];
    let mut file = fs::File::create(&warc).unwrap();
    let mut warc_length = 0;
    while warc_length < 300_000_000 {
        let mut page = String::from("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while page.len() < 40_000 {
            let number = random();
            page.push_str(words[(number % 10) as usize]);
            page.push_str(&format!(" {:x} ", number >> 44));
        }
        let payload = page.split_once("\r\n\r\n").unwrap().1;
        let (block, payload) = (sha1(page.as_bytes()), sha1(payload.as_bytes()));
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.org/{warc_length}\r\n\
             WARC-Date: 2026-06-01T10:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n\
             WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{warc_length:012}>\r\n\
             WARC-Block-Digest: sha1:{block}\r\nWARC-Payload-Digest: sha1:{payload}\r\n\
             Content-Length: {}\r\n\r\n{page}\r\n\r\n",
            page.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(record.as_bytes()).unwrap();
        file.write_all(&member.finish().unwrap()).unwrap();
        warc_length += record.len() as u64;
    }
    Files { _place: place, large, warc, warc_length }
});

const LARGE: u64 = 256 << 20;

fn sha1(bytes: &[u8]) -> String {
    use sha1::Digest as _;
    sha1::Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

mod hash {
    use super::*;

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn ours(bencher: Bencher) {
        let path = &FILES.large;
        bencher.counter(BytesCount::new(LARGE)).bench(|| {
            let mut file = fs::File::open(path).unwrap();
            Digest::of_reader(Algorithm::Sha256, &mut file).unwrap()
        });
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn openssl(bencher: Bencher) {
        let path = &FILES.large;
        bencher
            .counter(BytesCount::new(LARGE))
            .bench(|| run("openssl", &["dgst", "-sha256"], path));
    }
}

mod add {
    use super::*;

    #[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
    fn large_files_on_threads(bencher: Bencher, threads: u64) {
        bencher
            .counter(BytesCount::new(LARGE * threads))
            .with_inputs(|| {
                let place = tempfile::tempdir().unwrap();
                let store = FolderStore::create(place.path()).unwrap();
                (place, store)
            })
            .bench_refs(|(_, store)| {
                on_threads(threads, |bytes, _| {
                    store.put(Algorithm::Sha256, bytes).unwrap();
                });
            });
    }

    /// What the disk can do: the same bytes written and synced, without a digest.
    #[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
    fn bare_write_and_sync_on_threads(bencher: Bencher, threads: u64) {
        bencher
            .counter(BytesCount::new(LARGE * threads))
            .with_inputs(|| tempfile::tempdir().unwrap())
            .bench_refs(|place| {
                on_threads(threads, |bytes, n| {
                    let mut file = fs::File::create(place.path().join(n.to_string())).unwrap();
                    std::io::copy(bytes, &mut file).unwrap();
                    file.sync_all().unwrap();
                });
            });
    }

    /// The large file, on each thread with another first byte.
    fn on_threads(threads: u64, each: impl Fn(&mut dyn Read, u8) + Sync) {
        let (path, each) = (&FILES.large, &each);
        std::thread::scope(|scope| {
            for n in 0..threads as u8 {
                scope.spawn(move || each(&mut (&[n][..]).chain(fs::File::open(path).unwrap()), n));
            }
        });
    }
}

mod warc {
    use super::*;

    struct Faultless;

    impl Visitor for Faultless {
        fn record(&mut self, record: Record) -> std::io::Result<()> {
            assert!(record.faults.is_empty() && record.agreed == 2, "{:?}", record.faults);
            Ok(())
        }
    }

    #[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
    fn ours_on_threads(bencher: Bencher, threads: usize) {
        let (files, threads) = (&*FILES, threads.try_into().unwrap());
        let open = || fs::File::open(&files.warc);
        bencher
            .counter(BytesCount::new(files.warc_length))
            .bench(|| verify(open, Limits::default(), threads, &mut Faultless).unwrap());
    }

    /// The least that verifying can cost: inflating, and one digest for each that is declared.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn bare_inflate_and_digests(bencher: Bencher) {
        use sha1::Digest as _;
        let files = &*FILES;
        bencher.counter(BytesCount::new(files.warc_length)).bench(|| {
            let file = BufReader::with_capacity(1 << 16, fs::File::open(&files.warc).unwrap());
            let mut inflated = MultiGzDecoder::new(file);
            let (mut block, mut payload) = (sha1::Sha1::new(), sha1::Sha1::new());
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = inflated.read(&mut buffer).unwrap();
                if read == 0 {
                    break;
                }
                block.update(&buffer[..read]);
                payload.update(&buffer[..read]);
            }
            (block.finalize(), payload.finalize())
        });
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn warcio(bencher: Bencher) {
        let files = &*FILES;
        bencher
            .counter(BytesCount::new(files.warc_length))
            .bench(|| run("python3", &["-m", "warcio.cli", "check"], &files.warc));
    }
}

mod ledger {
    use super::{Bencher, Event, ItemsCount, Ledger, What, Write as _, fs};

    fn note(number: u64) -> Event {
        let text = format!("the source said the same on {number} occasions, and once otherwise");
        Event::new("2026-06-01T10:00:00Z".parse().unwrap(), "jd", What::Noted { about: None, text })
    }

    fn begin() -> (tempfile::TempDir, Ledger) {
        let place = tempfile::tempdir().unwrap();
        let at = "2026-06-01".parse().unwrap();
        let ledger = Ledger::create(place.path(), "example.org/case", at, "jd").unwrap();
        (place, ledger)
    }

    #[divan::bench(sample_count = 200, sample_size = 1)]
    fn append_one_durably(bencher: Bencher) {
        let (_place, mut ledger) = begin();
        let event = [note(1)];
        bencher.counter(ItemsCount::new(1_u32)).bench_local(|| ledger.append(&event).unwrap());
    }

    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn append_a_thousand_durably(bencher: Bencher) {
        let (_place, mut ledger) = begin();
        let events: Vec<Event> = (0..1000).map(note).collect();
        bencher.counter(ItemsCount::new(1000_u32)).bench_local(|| ledger.append(&events).unwrap());
    }

    /// What the disk can do: as many bytes as such an append writes, and a sync.
    #[divan::bench(args = [1, 1000], sample_count = 100, sample_size = 1)]
    fn bare_write_and_sync(bencher: Bencher, events: u32) {
        let (place, mut ledger) = begin();
        let path = place.path().join("ledger.jsonl");
        let before = fs::metadata(&path).unwrap().len();
        ledger.append(&[note(1)]).unwrap();
        let line = vec![b'x'; (fs::metadata(&path).unwrap().len() - before) as usize];
        let bytes = line.repeat(events as usize);
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        bencher.counter(ItemsCount::new(events)).bench_local(|| {
            file.write_all(&bytes).unwrap();
            file.sync_data().unwrap();
        });
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn replay_a_million(bencher: Bencher) {
        let (place, mut ledger) = begin();
        for batch in 0..1000 {
            let events: Vec<Event> = (0..1000).map(|n| note(batch * 1000 + n)).collect();
            ledger.append(&events).unwrap();
        }
        bencher
            .counter(ItemsCount::new(1_000_000_u32))
            .bench_local(|| Ledger::read(place.path()).unwrap());
    }
}

mod proof {
    use super::{Bencher, Hash, LazyLock, Note, SigningKey, Tree, black_box, verify_inclusion};

    const SIZE: u64 = 1_000_000;

    static TREE: LazyLock<Tree> = LazyLock::new(|| {
        let mut tree = Tree::new();
        (0..SIZE).for_each(|n| tree.push(Hash::of_leaf(&n.to_le_bytes())));
        tree
    });

    #[divan::bench]
    fn make_inclusion(bencher: Bencher) {
        let tree = &*TREE;
        bencher.bench(|| tree.inclusion(black_box(777_777), SIZE).unwrap());
    }

    #[divan::bench]
    fn verify(bencher: Bencher) {
        let tree = &*TREE;
        let (leaf, root) = (tree.leaf(777_777).unwrap(), tree.root());
        let proof = tree.inclusion(777_777, SIZE).unwrap();
        bencher.bench(|| verify_inclusion(leaf, black_box(777_777), SIZE, root, &proof));
    }

    #[divan::bench]
    fn make_consistency(bencher: Bencher) {
        let tree = &*TREE;
        bencher.bench(|| tree.consistency(black_box(777_777), SIZE).unwrap());
    }

    #[divan::bench]
    fn verify_a_signature(bencher: Bencher) {
        let key = SigningKey::from_seed("example.org/case", [1; 32]).unwrap();
        let note = Note::sign("a checkpoint\n", &key).unwrap();
        let keys = [key.verifier()];
        bencher.bench(|| note.verify(black_box(&keys)).unwrap().len());
    }
}

fn run(program: &str, arguments: &[&str], path: &PathBuf) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).arg(path).stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.stderr(Stdio::null()).status();
    let ran = status.is_ok_and(|status| status.success());
    if !ran {
        eprintln!("{program} does not run: its figure means nothing");
    }
    ran
}
