//! Proofs: of a log that others run, by others' code, and for others' eyes.
#![cfg(feature = "archive")]

mod common;

use std::fs;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use common::shared::{program_runs, python_has, shared};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{HashableLeaf, RootHash};
use probative::archive::checkpoint::Checkpoint;
use probative::archive::merkle::{Hash, ProofError, Tree, verify_consistency, verify_inclusion};
use probative::archive::note::{Note, SigningKey};
use probative::archive::proof::Proof;
use probative::digest::{Algorithm, Digest};
use serde_json::Value;

#[test]
fn proofs_of_a_log_of_961_984_011_entries_hold_and_altered_ones_do_not() {
    let Some(folder) = shared("data/tlog/http_get") else { return };
    let read = |start: &str| -> Value {
        let file = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start))
            .unwrap();
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    };
    let hashes = |proof: &Value| -> Vec<Hash> {
        let hashes = proof.as_array().unwrap().iter();
        hashes.map(|hash| hash.as_str().unwrap().parse().unwrap()).collect()
    };
    let head: Value = serde_json::from_slice(&fs::read(folder.join("get-sth")).unwrap()).unwrap();
    let size = head["tree_size"].as_u64().unwrap();
    assert_eq!(size, 961_984_011);
    let root: Hash = head["sha256_root_hash"].as_str().unwrap().parse().unwrap();

    let entry = read("get-entries");
    let entry = BASE64.decode(entry["entries"][0]["leaf_input"].as_str().unwrap()).unwrap();
    let leaf = Hash::of_leaf(&entry);
    let proof = read("get-proof-by-hash");
    let (index, path) = (proof["leaf_index"].as_u64().unwrap(), hashes(&proof["audit_path"]));
    verify_inclusion(leaf, index, size, root, &path).unwrap();
    assert!(verify_inclusion(leaf, index + 1, size, root, &path).is_err());
    // (A proof does not fix the size alone: the left edge looks alike in trees of similar size.)
    assert!(verify_inclusion(leaf, index, size / 2, root, &path).is_err());
    assert!(verify_inclusion(Hash::of_leaf(&entry[1..]), index, size, root, &path).is_err());
    alter(&path, |path| verify_inclusion(leaf, index, size, root, path));

    let path = hashes(&read("get-sth-consistency")["consistency"]);
    let (old, old_root) = (3_654_490, root);
    // The old root is not among the data; the proof leads to it, and from it to the new one.
    let Err(ProofError::Root { found: old_root, .. }) =
        verify_consistency(old, old_root, size, root, &path)
    else {
        panic!("the proof does not lead anywhere");
    };
    verify_consistency(old, old_root, size, root, &path).unwrap();
    assert!(verify_consistency(old, old_root, size, old_root, &path).is_err());
    alter(&path, |path| verify_consistency(old, old_root, size, root, path));
}

fn alter(proof: &[Hash], verify: impl Fn(&[Hash]) -> Result<(), ProofError>) {
    for at in 0..proof.len() {
        for bit in 0..256 {
            let mut bytes = *proof[at].as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let mut altered = proof.to_vec();
            altered[at] = Hash::from_bytes(bytes);
            assert!(verify(&altered).is_err());
        }
        let mut shorter = proof.to_vec();
        shorter.remove(at);
        assert!(verify(&shorter).is_err());
        let mut longer = proof.to_vec();
        longer.insert(at, proof[at]);
        assert!(verify(&longer).is_err());
    }
}

struct Leaf(u64);

impl HashableLeaf for Leaf {
    fn hash<H: ct_merkle::digest::Update>(&self, hasher: &mut H) {
        hasher.update(&self.0.to_be_bytes());
    }
}

#[test]
fn another_implementation_makes_the_same_roots_and_proofs() {
    let mut ours = Tree::new();
    let mut theirs = MemoryBackedTree::<sha2::Sha256, Leaf>::new();
    let mut olds = Vec::new();
    for size in 1..=300_u64 {
        ours.push(Hash::of_leaf(&(size - 1).to_be_bytes()));
        theirs.push(Leaf(size - 1));
        let root: RootHash<sha2::Sha256> = theirs.root();
        assert_eq!(ours.root().as_bytes()[..], root.as_bytes()[..]);
        let joined = |hashes: Vec<Hash>| -> Vec<u8> {
            hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
        };
        for index in [0, size / 3, size / 2, size - 1] {
            let proof = theirs.prove_inclusion(index as usize);
            assert_eq!(joined(ours.inclusion(index, size).unwrap()), proof.as_bytes());
        }
        olds.push(root);
        for old in [1, size / 3 + 1, size / 2 + 1, size] {
            if old < size {
                let proof = theirs.prove_consistency((size - old) as usize);
                assert_eq!(joined(ours.consistency(old, size).unwrap()), proof.as_bytes());
            }
        }
    }
}

#[test]
fn another_implementation_makes_the_same_roots_of_trees_of_any_size() {
    // Drawn once: next to powers of two and far from them, to a million.
    let sizes = [
        301_u64, 4_095, 4_097, 37_446, 65_536, 131_073, 209_869, 333_333, 524_287, 737_021,
        999_983, 1_000_000,
    ];
    let mut ours = Tree::new();
    let mut theirs = MemoryBackedTree::<sha2::Sha256, Leaf>::new();
    let mut size = 0;
    for next in sizes {
        while size < next {
            ours.push(Hash::of_leaf(&size.to_be_bytes()));
            theirs.push(Leaf(size));
            size += 1;
        }
        let root: RootHash<sha2::Sha256> = theirs.root();
        assert_eq!(ours.root().as_bytes()[..], root.as_bytes()[..], "{size}");
    }
}

#[test]
fn coreutils_and_the_standard_make_the_same_digests() {
    // FIPS 180-4, by the examples that NIST publishes with it.
    let million = "a".repeat(1_000_000);
    for (text, sha256, sha512) in [
        (
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
        (
            &million,
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb\
             de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
        ),
    ] {
        let digest = |algorithm| Digest::of_with(algorithm, text.as_bytes()).hex();
        assert_eq!(digest(Algorithm::Sha256), sha256);
        assert_eq!(digest(Algorithm::Sha512), sha512);
    }

    if !program_runs("sha256sum", &["--version"]) || !program_runs("sha512sum", &["--version"]) {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let lengths: Vec<usize> =
        (0..=300).chain([65_535, 65_536, 65_537, 65_599, 65_600, 1 << 20]).collect();
    let bytes: Vec<u8> =
        (0..1_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for length in &lengths {
        fs::write(place.path().join(format!("{length:07}")), &bytes[..*length]).unwrap();
    }
    // Past the length whose number of bits has 32 binary digits; zeros, so that it is a hole.
    let long = (1 << 29) + 1;
    fs::File::create(place.path().join("long")).unwrap().set_len(long).unwrap();
    let mut names: Vec<String> = lengths.iter().map(|length| format!("{length:07}")).collect();
    names.push("long".to_owned());
    // Both work while ours is computed.
    let programs = [("sha256sum", Algorithm::Sha256), ("sha512sum", Algorithm::Sha512)];
    let running = programs.map(|(program, algorithm)| {
        let mut sums = Command::new(program);
        sums.args(&names).current_dir(place.path()).stdout(Stdio::piped());
        (algorithm, sums.spawn().unwrap())
    });
    for (algorithm, running) in running {
        let ours: Vec<String> = names
            .iter()
            .map(|name| {
                let mut file = fs::File::open(place.path().join(name)).unwrap();
                let digest = Digest::of_reader(algorithm, &mut file).unwrap();
                format!("{}  {name}", digest.hex())
            })
            .collect();
        let output = running.wait_with_output().unwrap();
        assert!(output.status.success());
        let theirs = String::from_utf8(output.stdout).unwrap();
        assert!(theirs.lines().eq(&ours), "{algorithm}");
    }
}

/// A verifier by the specifications alone (C2SP tlog-proof, tlog-checkpoint, signed-note; RFC 9162,
/// section 2.1.3.2; RFC 8032). Only Ed25519 itself is taken from a library.
const VERIFIER: &str = r#"
import base64, hashlib, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def sha(data): return hashlib.sha256(data).digest()
def unb64(text): return base64.b64decode(text, validate=True)

proof, vkey = open(sys.argv[1], encoding="utf-8", newline="").read(), sys.argv[2]
name, key_id, key = vkey.split("+", 2)
key = unb64(key)
assert key[0] == 1 and sha(name.encode() + b"\n" + key)[:4].hex() == key_id

head, note = proof.split("\n\n", 1)
first, extra, index, *path = head.split("\n")
assert first == "c2sp.org/tlog-proof@v1"
leaf = unb64(extra.removeprefix("extra "))
index = int(index.removeprefix("index "))

text, signatures = note.rsplit("\n\n", 1)
text += "\n"
signed = False
for line in signatures.splitlines():
    dash, signer, signature = line.split(" ")
    signature = unb64(signature)
    if dash == "\u2014" and signer == name and signature[:4].hex() == key_id:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], text.encode())
        signed = True
assert signed
origin, size, root = text.splitlines()[:3]
assert origin == name and index < int(size)

node, last, value = index, int(size) - 1, sha(b"\0" + leaf)
for step in map(unb64, path):
    assert last > 0
    if node % 2 == 1 or node == last:
        value = sha(b"\1" + step + value)
        while node % 2 == 0 and node:
            node, last = node >> 1, last >> 1
    else:
        value = sha(b"\1" + value + step)
    node, last = node >> 1, last >> 1
assert last == 0 and value == unb64(root)
sys.stdout.write(leaf.decode())
"#;

#[test]
fn a_third_party_can_verify_with_forty_lines_of_python() {
    if !python_has("cryptography") {
        return;
    }
    let key = SigningKey::from_seed("example.org/case-7", [5; 32]).unwrap();
    let mut tree = Tree::new();
    let entry = |n: u64| format!("{{\"entry\":{n}}}");
    (0..100).for_each(|n| tree.push(Hash::of_leaf(entry(n).as_bytes())));
    let checkpoint =
        Checkpoint { origin: "example.org/case-7".to_owned(), size: 100, root: tree.root() };
    let note = Note::sign(checkpoint.to_string(), &key).unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("entry.tlog-proof");
    let python = |proof: &Proof| {
        fs::write(&path, proof.to_string()).unwrap();
        let mut python = Command::new("python3");
        python.args(["-c", VERIFIER]).arg(&path).arg(key.verifier().to_string()).output().unwrap()
    };
    for index in [0, 1, 63, 64, 97, 99] {
        let hashes = tree.inclusion(index, 100).unwrap();
        let proof = Proof::new(index, hashes, note.clone()).carrying(entry(index));
        let output = python(&proof);
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{err}");
        assert_eq!(output.stdout, entry(index).as_bytes());
        let forged = proof.carrying(entry(index + 1));
        assert!(!python(&forged).status.success());
    }
}
