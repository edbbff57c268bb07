//! WACZ files: good ones, forged ones, and another tool beside this one.
#![cfg(feature = "archive")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Command;

use common::shared::{python_has, shared};
use md5::Digest as _;
use probative::archive::import::{ImportError, import_wacz};
use probative::archive::store::{FolderStore, Store as _};
use probative::archive::wacz::{Package, Problem, Report, Signature, WaczError};
use probative::archive::warc::Limits;
use probative::digest::{Algorithm, Digest};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const NOW: &str = "2026-06-01T10:00:00Z";

fn verify(bytes: &[u8]) -> Result<Report, WaczError> {
    Package::open(Cursor::new(bytes), Limits::default())?.verify(NOW.parse().unwrap())
}

fn problems(bytes: &[u8]) -> Vec<String> {
    match verify(bytes) {
        Ok(report) => report.problems.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// The files of a package, which can be changed and written anew.
#[derive(Clone)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// A package of one page, as the specification has it.
    fn new() -> Self {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>the claim</p>";
        let (block, payload) = (Digest::of(page), Digest::of(b"<p>the claim</p>"));
        let warc = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.org/\r\n\
             WARC-Date: 2026-05-01T10:00:00Z\r\nContent-Type: application/http\r\n\
             WARC-Block-Digest: {block}\r\nWARC-Payload-Digest: {payload}\r\n\
             Content-Length: {}\r\n\r\n{}\r\n\r\n",
            page.len(),
            std::str::from_utf8(page).unwrap()
        );
        let line = json!({"url": "https://e.org/", "filename": "data.warc", "offset": "0",
            "length": warc.len().to_string(), "digest": payload.to_string(),
            "recordDigest": Digest::of(warc.as_bytes()).to_string()});
        let mut files = Self(BTreeMap::new());
        files.set("archive/data.warc", warc);
        files.set("indexes/index.cdx", format!("org,e)/ 20260501100000 {line}\n"));
        files.set("pages/pages.jsonl", "{\"format\": \"json-pages-1.0\"}\n");
        files.list("sha256");
        files.vouch();
        files
    }

    fn set(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), bytes.into());
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap()
    }

    fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path}: {text}");
        self.set(path, text.replacen(from, to, 1));
    }

    /// Lists every file in the manifest.
    fn list(&mut self, algorithm: &str) {
        let listed = |(path, bytes): (&String, &Vec<u8>)| {
            let hash = match algorithm {
                "sha256" => Digest::of(bytes).to_string(),
                other => format!("{other}:{}", md5(bytes)),
            };
            json!({"name": path.rsplit('/').next(), "path": path, "hash": hash,
                   "bytes": bytes.len()})
        };
        let is_resource = |path: &str| !path.starts_with("datapackage");
        let resources: Vec<Value> =
            self.0.iter().filter(|(path, _)| is_resource(path)).map(listed).collect();
        let manifest = json!({"profile": "data-package", "wacz_version": "1.1.1",
            "created": "2026-05-01T10:00:00Z", "resources": resources});
        self.set("datapackage.json", manifest.to_string());
    }

    /// Declares the manifest's digest.
    fn vouch(&mut self) {
        self.vouch_with(Digest::of(&self.0["datapackage.json"]).to_string());
    }

    fn vouch_with(&mut self, hash: String) {
        let vouched = json!({"path": "datapackage.json", "hash": hash});
        self.set("datapackage-digest.json", vouched.to_string());
    }

    fn sign(&mut self, more: Value) {
        let mut vouched: Value =
            serde_json::from_slice(&self.0["datapackage-digest.json"]).unwrap();
        let mut signed = json!({"hash": vouched["hash"], "created": "2026-05-01T10:00:00Z",
            "software": "x", "signature": "MEUCIQ==", "publicKey": "MHYw"});
        for (name, value) in more.as_object().unwrap() {
            signed[name] = value.clone();
        }
        vouched["signedData"] = signed;
        self.set("datapackage-digest.json", vouched.to_string());
    }

    fn relist(&mut self) {
        self.list("sha256");
        self.vouch();
    }

    fn write(&self) -> Vec<u8> {
        let mut zip = Writer::new();
        for (path, bytes) in &self.0 {
            zip.add(path, bytes, SimpleFileOptions::default());
        }
        zip.finish()
    }
}

fn md5(bytes: &[u8]) -> String {
    md5::Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Writer(ZipWriter<Cursor<Vec<u8>>>);

impl Writer {
    fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn add(&mut self, path: &str, bytes: &[u8], options: SimpleFileOptions) {
        let method = if path.starts_with("archive/") {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        self.0.start_file(path, options.compression_method(method)).unwrap();
        self.0.write_all(bytes).unwrap();
    }

    fn finish(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

/// Gives a file another name of the same length, everywhere in the ZIP file.
fn rename(zip: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = zip.to_vec();
    let mut found = 0;
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
            found += 1;
        }
    }
    assert_eq!(found, 2, "in its own header and in the directory");
    bytes
}

/// What must be refused, by name. The first sixteen are those asked of other tools.
fn forgeries() -> Vec<(&'static str, Vec<u8>)> {
    let good = Files::new();
    let bytes = good.write();
    let with = |change: &dyn Fn(&mut Files)| {
        let mut files = good.clone();
        change(&mut files);
        files.write()
    };
    let twice = {
        let mut zip = Writer::new();
        zip.add("pages/pages.jsonX", b"forged", SimpleFileOptions::default());
        for (path, bytes) in &good.0 {
            zip.add(path, bytes, SimpleFileOptions::default());
        }
        rename(&zip.finish(), "pages/pages.jsonX", "pages/pages.jsonl")
    };
    let link = {
        let mut zip = Writer::new();
        for (path, bytes) in &good.0 {
            zip.add(path, bytes, SimpleFileOptions::default());
        }
        zip.0.add_symlink("archive/l", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        zip.finish()
    };
    let upwards = {
        let mut files = good.clone();
        files.set("aa/aa/aa/aa/x", "x");
        rename(&files.write(), "aa/aa/aa/aa/x", "../../../../x")
    };
    vec![
        ("an unlisted file without a dot", with(&|files| files.set("pages/extra", "x"))),
        (
            "an unlisted manifest among the WARC files",
            with(&|files| {
                files.set("archive/datapackage.json", "{}");
            }),
        ),
        (
            "every digest as MD5",
            with(&|files| {
                files.list("md5");
                files.vouch_with(format!("md5:{}", md5(&files.0["datapackage.json"])));
            }),
        ),
        ("a name twice, the forged file first", twice),
        (
            "a made-up signature over another digest",
            with(&|files| {
                files.sign(json!({"hash": Digest::of(b"another").to_string()}));
            }),
        ),
        (
            "a WARC file whose own digests are wrong",
            with(&|files| {
                files.replace("archive/data.warc", "the claim", "the slaim");
                files.relist();
            }),
        ),
        (
            "an emptied index",
            with(&|files| {
                files.set("indexes/index.cdx", "");
                files.relist();
            }),
        ),
        ("a path upwards", upwards),
        ("bytes before it", [b"#!/bin/sh\n", &bytes[..]].concat()),
        ("bytes after it", [&bytes[..], b"more"].concat()),
        ("a changed page list", with(&|files| files.set("pages/pages.jsonl", "{}"))),
        (
            "a changed WARC file",
            with(&|files| {
                files.replace("archive/data.warc", "2026-05", "2025-05");
            }),
        ),
        (
            "a changed manifest",
            with(&|files| {
                files.replace("datapackage.json", "2026-05-01", "2026-05-02");
            }),
        ),
        (
            "a listed file that is not there",
            with(&|files| {
                files.0.remove("pages/pages.jsonl");
            }),
        ),
        (
            "a wrong length",
            with(&|files| {
                files.replace("datapackage.json", "\"bytes\":29", "\"bytes\":28");
                files.vouch();
            }),
        ),
        (
            "a manifest without a list",
            with(&|files| {
                files.set("datapackage.json", "{\"profile\": \"data-package\"}");
                files.vouch();
            }),
        ),
        (
            "no manifest",
            with(&|files| {
                files.0.remove("datapackage.json");
            }),
        ),
        (
            "the manifest's digest taken away",
            with(&|files| {
                files.0.remove("datapackage-digest.json");
            }),
        ),
        (
            "made in 2099",
            with(&|files| {
                files.replace("datapackage.json", "2026-05-01", "2099-05-01");
                files.vouch();
            }),
        ),
        ("signed in 2099", with(&|files| files.sign(json!({"created": "2099-01-01T00:00:00Z"})))),
        ("a signature with something besides", with(&|files| files.sign(json!({"x": "y"})))),
        ("a signature of both kinds", with(&|files| files.sign(json!({"domain": "e.org"})))),
        ("a symbolic link", link),
        (
            "an absolute path",
            rename(
                &with(&|files| {
                    files.set("tmp/evil", "x");
                    files.relist();
                }),
                "tmp/evil",
                "/mp/evil",
            ),
        ),
        (
            "a backward slash",
            with(&|files| {
                files.set("a\\b", "x");
                files.relist();
            }),
        ),
        (
            "a name that differs in case alone",
            with(&|files| {
                files.set("pages/Pages.jsonl", "x");
                files.relist();
            }),
        ),
        (
            "a name that differs in its Unicode form alone",
            with(&|files| {
                files.set("pages/\u{e9}.jsonl", "x");
                files.set("pages/e\u{301}.jsonl", "x");
                files.relist();
            }),
        ),
        (
            "a device's name",
            with(&|files| {
                files.set("archive/NUL.txt", "x");
                files.relist();
            }),
        ),
        (
            "an index that leads to another page",
            with(&|files| {
                files.replace("indexes/index.cdx", "https://e.org/", "https://f.org/");
                files.relist();
            }),
        ),
        (
            "an index with another record digest",
            with(&|files| {
                let said = Digest::of(&files.0["archive/data.warc"]).to_string();
                files.replace("indexes/index.cdx", &said, &Digest::of(b"x").to_string());
                files.relist();
            }),
        ),
        (
            "an index that leads nowhere",
            with(&|files| {
                let line = files.text("indexes/index.cdx");
                let more = line.replace("\"offset\":\"0\"", "\"offset\":\"7\"");
                files.set("indexes/index.cdx", format!("{line}{more}"));
                files.relist();
            }),
        ),
        (
            "a WARC file that is none",
            with(&|files| {
                files.set("archive/more.warc", "GIF89a");
                files.relist();
            }),
        ),
        (
            "a manifest nested without end",
            with(&|files| {
                let deep = "[".repeat(100_000);
                files.set("datapackage.json", format!("{{\"profile\": {deep}"));
                files.vouch();
            }),
        ),
        ("nothing", Vec::new()),
        ("half of it", bytes[..bytes.len() / 2].to_vec()),
    ]
}

#[test]
fn a_good_package_is_accepted_and_every_forgery_refused_by_its_reason() {
    let good = Files::new();
    assert_eq!(problems(&good.write()), [""; 0]);
    let mut signed = good.clone();
    signed.sign(json!({}));
    let report = verify(&signed.write()).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.signature, Signature::Anonymous { public_key: "MHYw".to_owned() });
    assert_eq!(verify(&good.write()).unwrap().signature, Signature::Absent);

    let forgeries = forgeries();
    assert!(forgeries.len() > 30);
    for (name, bytes) in forgeries {
        let found = problems(&bytes);
        assert!(!found.is_empty(), "{name} is accepted");
        println!("{name}: {}", found.join("; "));
    }
}

/// Which of the files py-wacz accepts, all asked of one process.
const PY_WACZ: &str = r"
import contextlib, io, json, sys
from wacz.main import main
def accepts(path):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return main(['validate', '-f', path]) == 0
    except (Exception, SystemExit):
        return False
print(json.dumps([accepts(path) for path in sys.argv[1:]]))
";

/// `None` when there is no py-wacz.
fn py_wacz_accepts(packages: &[Vec<u8>]) -> Option<Vec<bool>> {
    if !python_has("wacz") {
        return None;
    }
    let place = tempfile::tempdir().unwrap();
    let mut python = Command::new("python3");
    python.args(["-c", PY_WACZ]);
    for (at, bytes) in packages.iter().enumerate() {
        let path = place.path().join(format!("{at}.wacz"));
        fs::write(&path, bytes).unwrap();
        python.arg(path);
    }
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let accepted: Vec<bool> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(accepted.len(), packages.len());
    Some(accepted)
}

#[test]
fn py_wacz_accepts_some_of_the_sixteen() {
    let (names, mut packages): (Vec<_>, Vec<_>) = forgeries().into_iter().take(16).unzip();
    packages.push(Files::new().write());
    let Some(mut theirs) = py_wacz_accepts(&packages) else { return };
    assert_eq!(theirs.pop(), Some(true), "the good one");
    for (name, theirs) in names.iter().zip(&theirs) {
        println!("| {name} | {} | refused |", if *theirs { "accepted" } else { "refused" });
    }
    // A newer version may do better; that it does worse would be a mistake here.
    let accepted = theirs.iter().filter(|accepted| **accepted).count();
    assert!((1..=10).contains(&accepted), "{accepted}");
}

/// Where py-wacz and this archive differ over the shared packages: whether each accepts.
const DIFFERENT: [(&str, bool, bool); 1] = [
    // Its digests stand where the first versions had them, and py-wacz 0.6.0 does not look there.
    ("valid_example_1.wacz", false, true),
];

#[test]
fn py_wacz_and_this_archive_differ_over_shared_packages_where_it_is_known() {
    let Some(folder) = shared("data/wacz") else { return };
    let names = [
        "invalid_example_1.wacz",
        // Its signature leads to a root for tests, which neither looks at unasked.
        "invalid_signed_example_1.wacz",
        "valid_example_1.wacz",
        "valid_example_2.wacz",
        "valid_signed_example_1.wacz",
    ];
    let packages = names.map(|name| fs::read(folder.join(name)).unwrap());
    let Some(theirs) = py_wacz_accepts(&packages) else { return };
    let ours = packages.iter().map(|bytes| problems(bytes).is_empty());
    let verdicts: Vec<_> = names
        .into_iter()
        .zip(theirs)
        .zip(ours)
        .map(|((name, theirs), ours)| (name, theirs, ours))
        .collect();
    println!("{verdicts:?}");
    let mut different = verdicts.clone();
    different.retain(|(_, theirs, ours)| theirs != ours);
    assert_eq!(different, DIFFERENT);
    assert!(verdicts.contains(&("invalid_signed_example_1.wacz", true, true)));
}

#[test]
fn of_three_hundred_flips_those_accepted_are_where_a_bit_means_nothing() {
    let Some(folder) = shared("data/wacz") else { return };
    let good = fs::read(folder.join("valid_example_2.wacz")).unwrap();
    let uncovered = uncovered(&good);
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let flips: Vec<(usize, usize)> = (0..300).map(|_| (draw(good.len()), draw(8))).collect();
    let mut packages: Vec<Vec<u8>> = flips
        .iter()
        .map(|(at, bit)| {
            let mut bad = good.clone();
            bad[*at] ^= 1 << bit;
            bad
        })
        .collect();
    let mut accepted = 0;
    for ((at, bit), bad) in flips.iter().zip(&packages) {
        if problems(bad).is_empty() {
            assert!(uncovered.contains(at), "bit {bit} of byte {at} of {}", good.len());
            assert_eq!(verify(bad).unwrap().files, verify(&good).unwrap().files);
            // Once imported, the file's own digest covers it.
            assert_ne!(Digest::of(bad), Digest::of(&good));
            accepted += 1;
        }
    }
    println!("of 300 flips, {accepted} are accepted here");
    packages.push(good);
    let Some(mut theirs) = py_wacz_accepts(&packages) else { return };
    assert_eq!(theirs.pop(), Some(true), "the good one");
    let theirs = theirs.iter().filter(|accepted| **accepted).count();
    println!("of 300 flips, py-wacz accepts {theirs}");
    assert!(theirs > accepted, "{theirs}");
}

#[test]
fn shared_packages_get_the_verdict_their_names_say() {
    let Some(folder) = shared("data/wacz") else { return };
    let verify = |name: &str| verify(&fs::read(folder.join(name)).unwrap()).unwrap();
    for (name, records, signed) in [
        ("valid_example_1.wacz", 4, false),
        ("valid_example_2.wacz", 4, false),
        ("valid_signed_example_1.wacz", 4, true),
    ] {
        let report = verify(name);
        assert_eq!(report.problems, [], "{name}");
        assert_eq!(report.records, records, "{name}");
        assert_eq!(report.signature != Signature::Absent, signed, "{name}");
    }
    let report = verify("invalid_example_1.wacz");
    let algorithm = |problem: &Problem| matches!(problem, Problem::Algorithm { .. });
    assert!(report.problems.iter().any(algorithm), "{:?}", report.problems);
    // Its files are as they were signed. What is wrong is that the certificate leads to a root
    // for tests, which nobody trusts; as no root is given here, the signature counts for nothing.
    let report = verify("invalid_signed_example_1.wacz");
    assert!(report.signature.to_string().ends_with("not verified"), "{}", report.signature);
}

#[test]
fn a_package_is_imported_whole_or_not_at_all() {
    let place = tempfile::tempdir().unwrap();
    let store = FolderStore::create(place.path()).unwrap();
    let import = |bytes: &[u8]| {
        let container = store.put(Algorithm::Sha256, &mut &*bytes).unwrap().digest;
        let mut captures = Vec::new();
        let now = NOW.parse().unwrap();
        let each = &mut |record: probative::archive::import::Imported| {
            captures.extend(record.capture);
            Ok(())
        };
        let file = Cursor::new(bytes);
        import_wacz(&store, file, container, now, Limits::default(), each).map(|_| captures)
    };
    let captures = import(&Files::new().write()).unwrap();
    assert_eq!(captures.len(), 1);
    assert_eq!(store.get(captures[0].digest, 100).unwrap(), b"<p>the claim</p>");
    let within = captures[0].within.as_ref().unwrap();
    assert_eq!((within.file.as_deref(), within.offset), (Some("archive/data.warc"), 0));
    for (name, forged) in forgeries() {
        match import(&forged) {
            Err(ImportError::Refused { .. } | ImportError::Wacz(_)) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    // The file is another than the one that was kept.
    let (kept, given) = (Files::new().write(), [1, 2, 3]);
    let container = store.put(Algorithm::Sha256, &mut &kept[..]).unwrap().digest;
    let now = NOW.parse().unwrap();
    let swapped =
        import_wacz(&store, Cursor::new(given), container, now, Limits::default(), &mut |_| Ok(()));
    assert!(matches!(swapped, Err(ImportError::Store(_))));
}

/// Fields of a ZIP file that neither the package's digests nor its own check cover: a change
/// there changes no file, name or length.
fn uncovered(bytes: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).unwrap();
        let (local, central) =
            (entry.header_start() as usize, entry.central_header_start() as usize);
        // Local header: version, flags, and the time, which also stand in the directory.
        places.extend(local + 4..local + 14);
        // Directory: versions, flags, time; attributes, and the disk that is always the first.
        places.extend(central + 4..central + 16);
        places.extend(central + 36..central + 42);
        // A deflate stream ends within its last byte; the bits after its end say nothing.
        if entry.compression() == CompressionMethod::Deflated {
            let end = entry.data_start().unwrap() + entry.compressed_size();
            places.push(end as usize - 1);
        }
    }
    // The end: the directory's length, which is also seen from where it ends.
    places.extend(bytes.len() - 10..bytes.len() - 6);
    places
}

#[test]
fn a_flip_of_any_bit_is_refused_where_a_bit_means_anything() {
    let good = Files::new().write();
    let uncovered = uncovered(&good);
    let mut accepted = BTreeMap::<usize, u32>::new();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            if problems(&bad).is_empty() {
                assert!(uncovered.contains(&at), "bit {bit} of byte {at} of {}", good.len());
                // What is accepted gives the same files all the same.
                let files = |bytes: &[u8]| verify(bytes).unwrap().files;
                assert_eq!(files(&bad), files(&good));
                *accepted.entry(at).or_default() += 1;
            }
        }
    }
    println!("{} bits of {} mean nothing", accepted.values().sum::<u32>(), good.len() * 8);
    for cut in 0..good.len() {
        assert!(!problems(&good[..cut]).is_empty(), "cut at {cut}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut zip = Writer::new();
    for n in 0..3 {
        let path = format!("pages/{n}");
        zip.0.start_file(path, SimpleFileOptions::default().compression_level(Some(9))).unwrap();
        for _ in 0..100 {
            zip.0.write_all(&vec![0; 1 << 20]).unwrap();
        }
    }
    let bomb = zip.finish();
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(verify(&bomb), Err(WaczError::Limit { limit: 250, .. })));
    let mut limits = Limits::default();
    limits.total = 100;
    let bytes = Files::new().write();
    let refused = Package::open(Cursor::new(&bytes), limits);
    assert!(matches!(refused, Err(WaczError::Limit { limit: 100, .. })));
}

#[test]
fn the_files_of_a_package_can_be_read_one_by_one() {
    let bytes = Files::new().write();
    let mut package = Package::open(Cursor::new(&bytes), Limits::default()).unwrap();
    assert_eq!(package.warcs(), ["archive/data.warc"]);
    let mut text = String::new();
    package.file("pages/pages.jsonl").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("json-pages"));
    assert!(package.file("pages/none").is_err());
}
