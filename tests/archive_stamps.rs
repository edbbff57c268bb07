//! Proofs of time over objects and over notes of one size, by an authority of our own.
#![cfg(feature = "timestamp")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::program::run_example;
use common::shared::program_runs;
use serde_json::Value;

/// The root's certificate, made by `openssl`; `None` where there is none.
fn authority(folder: &Path) -> Option<PathBuf> {
    let script = r#"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 2 \
            -subj "/CN=Root for tests" -addext basicConstraints=critical,CA:TRUE
        openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj "/CN=TSA for tests"
        printf 'extendedKeyUsage=critical,timeStamping\n' > usage
        openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 \
            -extfile usage -out tsa.pem
        printf '%s\n' '[tsa]' 'default_tsa = t' '[t]' 'serial = serial' 'signer_digest = sha256' \
            'default_policy = 1.2.3.4' 'digests = sha256, sha384' 'ess_cert_id_alg = sha256' > ts.cnf
        printf 01 > serial
    "#;
    program_runs("openssl", &["version"]).then(|| {
        shell(folder, script, &[]);
        folder.join("root.pem")
    })
}

/// A token over this file.
fn token(folder: &Path, file: &str, algorithm: &str) -> String {
    let script = r#"
        openssl ts -query -data "$1" "-$2" -cert -out request.tsq
        openssl ts -reply -config ts.cnf -queryfile request.tsq -signer tsa.pem -inkey tsa.key \
            -out token.tsr
    "#;
    shell(folder, script, &[file, algorithm]);
    folder.join("token.tsr").to_str().unwrap().to_owned()
}

fn shell(folder: &Path, script: &str, arguments: &[&str]) {
    let mut shell = Command::new("bash");
    shell.args(["-euc", script, "bash"]).args(arguments).current_dir(folder);
    let made = shell.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn archive(arguments: &[&str]) -> (i32, Value, String) {
    let by = ["--by", "jd", "--json"];
    let (status, out, err) = run_example("archive", &[arguments, &by].concat());
    (status, serde_json::from_str(&out).unwrap_or_default(), err)
}

#[test]
fn a_stamp_over_an_object_is_kept_by_its_digest_and_verified_with_the_archive() {
    let place = tempfile::tempdir().unwrap();
    let Some(root) = authority(place.path()) else { return };
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let (dir, root) = (path("archive"), root.to_str().unwrap());
    archive(&["init", &dir, "--origin", "e.org/c", "--key", &path("key")]);
    let page = path("page");
    fs::write(&page, "the claim").unwrap();
    let (_, added, _) = archive(&["add", &dir, &page, "--url", "u", "--at", "2026-06-01"]);
    let object = added["event"]["what"]["captured"]["digest"].as_str().unwrap();
    assert_eq!(archive(&["verify", &dir, "--tsa", root]).0, 1, "nothing is stamped yet");

    let sound = token(place.path(), &page, "sha256");
    for _ in 0..2 {
        let (status, kept, err) = archive(&["stamp", &dir, object, &sound]);
        assert_eq!(status, 0, "{err}");
        let kept = kept["attached"][0].as_str().unwrap().to_owned();
        assert!(kept.contains(&format!("archive/stamps/{}.", object.replace(':', "/"))), "{kept}");
    }
    let (status, found, err) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (0, &"yes".into()), "{found}{err}");
    assert_eq!(found["stamps"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["stamps"][0]["object"], object);
    assert!(found["stamps"][0]["says"].as_str().unwrap().contains("was there on 20"), "{found}");

    // Over other bytes, by another algorithm than the digest's, and over what is not here.
    let (key, other) = (path("key"), token(place.path(), &path("key"), "sha256"));
    let (status, _, err) = archive(&["stamp", &dir, object, &other]);
    assert!(status == 1 && err.contains("other bytes"), "{err}");
    let long = token(place.path(), &page, "sha384");
    let (status, _, err) = archive(&["stamp", &dir, object, &long]);
    assert!(status == 1 && err.contains("by sha256"), "{err}");
    let lost = probative::digest::Digest::of(b"lost").to_string();
    assert_eq!(archive(&["stamp", &dir, &lost, &sound]).0, 1);
    assert_eq!(archive(&["stamp", &dir, object, &key]).0, 2);

    // What lies under another object's name, or under none.
    let folder = format!("{dir}/stamps/sha256");
    let kept = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let moved = format!("{folder}/{}.0123456789abcdef.tsr", &lost[7..]);
    fs::copy(&kept, &moved).unwrap();
    let (status, found, err) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (1, &"no".into()), "{found}");
    assert!(err.contains("other bytes"), "{err}");
    fs::rename(&moved, format!("{folder}/a\nb.tsr")).unwrap();
    let (status, _, err) = archive(&["verify", &dir, "--tsa", root]);
    assert!(status == 1 && err.contains("a\\nb.tsr is no part of an archive"), "{err}");
}

#[test]
fn a_token_lies_beside_the_note_that_it_is_over() {
    let place = tempfile::tempdir().unwrap();
    let Some(root) = authority(place.path()) else { return };
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let (dir, key, root) = (path("archive"), path("key"), root.to_str().unwrap());
    archive(&["init", &dir, "--origin", "e.org/c", "--key", &key]);
    archive(&["checkpoint", &dir, "--key", &key]);
    let note = path("archive/checkpoints/00000000000000000001.note");
    let first = token(place.path(), &note, "sha256");
    let second = probative::archive::note::SigningKey::generate("e.org/c").unwrap();
    second.write_new(Path::new(&path("second"))).unwrap();
    archive(&["checkpoint", &dir, "--key", &path("second")]);
    let (status, attached, err) = archive(&["checkpoint", &dir, "--attach", &first]);
    assert_eq!(status, 0, "{err}");
    let attached = attached["attached"][0].as_str().unwrap().to_owned();
    assert!(attached.contains("/00000000000000000001."), "{attached}");
    let other = token(place.path(), &note.replace(".note", "-2.note"), "sha256");
    let (_, attached, _) = archive(&["checkpoint", &dir, "--attach", &other]);
    let attached = attached["attached"][0].as_str().unwrap().to_owned();
    assert!(attached.contains("/00000000000000000001-2."), "{attached}");
    let (status, found, err) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (0, &"yes".into()), "{found}{err}");
    let (status, _, err) =
        archive(&["checkpoint", &dir, "--attach", &token(place.path(), &key, "sha256")]);
    assert!(status == 1 && err.contains("other bytes"), "{err}");
}
