//! Time stamps of real authorities and of test ones, good and bad.
#![cfg(feature = "timestamp")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use common::program::run_example;
use common::shared::{program_runs, shared, skip};
use probative::archive::timestamp::{TimestampError, Token, Trust};
use proptest::prelude::*;

fn folder() -> Option<PathBuf> {
    shared("data/timestamps")
}

fn token(path: &str) -> Option<Result<Token, TimestampError>> {
    Some(Token::parse(&fs::read(folder()?.join(path)).unwrap()))
}

/// The chain that lies beside the tokens: PEM, or the one certificate itself.
fn trust(path: &str) -> Trust {
    let bytes = fs::read(folder().unwrap().join(path)).unwrap();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let der = base64::engine::general_purpose::STANDARD.encode(error.as_bytes());
        format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n")
    });
    let trust = Trust::from_pem(&text).unwrap();
    assert!(!trust.is_empty());
    trust
}

#[test]
fn every_shared_token_gets_the_verdict_its_name_says() {
    if folder().is_none() {
        return;
    }
    let test_tsa = trust("trailofbits/test_tsa/ts_chain.pem");
    let sigstage = trust("trailofbits/sigstage/ts_chain.pem");
    let identrust = trust("trailofbits/identrust/ts_chain.pem");
    let mock = trust("trailofbits/sigstore.mock/ts_chain.pem");
    let verify = |path: &str, message: &[u8], trust: &Trust| {
        token(&format!("trailofbits/{path}"))
            .unwrap()
            .and_then(|token| token.verify(message, trust))
    };
    for (path, trust, time) in [
        ("test_tsa/response.tsr", &test_tsa, "2024-10-08T15:40:32Z"),
        // What was put beside the signer's certificate is not believed, and takes nothing away.
        ("test_tsa/response-injected-certs.tsr", &test_tsa, "2024-10-08T15:40:32Z"),
        ("sigstage/response-sha256.tsr", &sigstage, "2025-05-09T11:58:55Z"),
        ("sigstage/response-sha384.tsr", &sigstage, "2025-05-09T11:58:55Z"),
        ("sigstage/response-sha512.tsr", &sigstage, "2025-05-09T11:58:56Z"),
        ("sigstage/response-no-embedded-cert.tsr", &sigstage, "2025-06-18T08:13:02Z"),
        ("identrust/issue-104.tsr", &identrust, "2025-03-11T08:52:08Z"),
    ] {
        assert_eq!(verify(path, b"hello", trust), Ok(time.parse().unwrap()), "{path}");
        assert_eq!(verify(path, b"hallo", trust), Err(TimestampError::Message), "{path}");
        let nobody = verify(path, b"hello", &Trust::new());
        assert!(nobody.is_err(), "{path}: {nobody:?}");
        let other = if trust == &mock { &sigstage } else { &mock };
        assert!(verify(path, b"hello", other).is_err(), "{path} under another root");
    }
    let bad = verify("sigstage/response-invalid-signature.tsr", b"hello", &sigstage);
    assert!(matches!(bad, Err(TimestampError::Signature { .. })), "{bad:?}");
    // At the time that it says, its certificate was valid: it is expired only now.
    let payload = fs::read(folder().unwrap().join("trailofbits/sigstore.mock/payload")).unwrap();
    let then = verify("sigstore.mock/response-expired.tsr", &payload, &mock);
    assert_eq!(then, Ok("2023-02-01T00:00:00Z".parse().unwrap()));
    // The same authority with another certificate, which is in the token and was issued by a
    // key that the root has not signed.
    let other = verify("test_tsa/other_response.tsr", b"hello", &test_tsa);
    assert!(matches!(other, Err(TimestampError::Chain { .. })), "{other:?}");
}

#[test]
fn an_answer_carries_the_nonce_of_its_request() {
    let Some(token) = token("trailofbits/test_tsa/response.tsr") else { return };
    let (token, trust) = (token.unwrap(), trust("trailofbits/test_tsa/ts_chain.pem"));
    let nonce = 0x36A4_4F9F_4A39_1FD3_u64.to_be_bytes();
    assert!(token.verify_answer(b"hello", &nonce, &trust).is_ok());
    assert_eq!(token.verify_answer(b"hello", &[1], &trust), Err(TimestampError::Nonce));
}

#[test]
fn real_authorities_are_verified_under_the_roots_that_a_machine_trusts() {
    let bundle = "/etc/ssl/certs/ca-certificates.crt";
    let Ok(roots) = fs::read_to_string(bundle) else {
        skip("the machine has no bundle of roots");
        return;
    };
    if folder().is_none() {
        return;
    }
    let roots = Trust::from_pem(&roots).unwrap();
    for (path, good) in [
        ("digicert.tsr", true),
        ("valid_timestamp.tsr", true),
        ("timestamp_token_http-timestamp-identrust-com", true),
        ("rfc3161-client-issue-104.tsr", true),
        ("self_signed.tsr", false),
    ] {
        let verdict = token(path).unwrap().and_then(|token| token.verify_signature(&roots));
        assert_eq!(verdict.is_ok(), good, "{path}: {verdict:?}");
    }
}

#[test]
fn a_bit_flipped_where_anything_is_signed_shows() {
    let Some(folder) = folder() else { return };
    let good = fs::read(folder.join("trailofbits/sigstage/response-no-embedded-cert.tsr")).unwrap();
    let trust = trust("trailofbits/sigstage/ts_chain.pem");
    let time = Token::parse(&good).unwrap().verify(b"hello", &trust).unwrap();
    let mut accepted = Vec::new();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        if let Ok(found) = Token::parse(&bad).and_then(|token| token.verify(b"hello", &trust)) {
            // What no signature covers is the envelope: it cannot change what is said.
            assert_eq!(found, time, "byte {at}");
            accepted.push(at);
        }
    }
    println!("bytes that may differ: {accepted:?} of {}", good.len());
    assert!(accepted.len() < 40, "{}", accepted.len());
}

/// An authority of our own, by `openssl ts`: its root's certificate and a token over this file.
fn stamp(folder: &Path, file: &Path) -> Option<(PathBuf, PathBuf)> {
    if !program_runs("openssl", &["version"]) {
        return None;
    }
    let script = r#"
        set -eu
        cd "$0"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 2 \
            -subj "/CN=Root for tests" -addext basicConstraints=critical,CA:TRUE
        openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj "/CN=TSA for tests"
        printf 'extendedKeyUsage=critical,timeStamping\n' > usage
        openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 \
            -extfile usage -out tsa.pem
        printf '%s\n' '[tsa]' 'default_tsa = t' '[t]' 'serial = serial' 'signer_digest = sha256' \
            'default_policy = 1.2.3.4' 'digests = sha256' 'ess_cert_id_alg = sha256' > ts.cnf
        printf 01 > serial
        openssl ts -query -data "$1" -sha256 -cert -out request.tsq
        openssl ts -reply -config ts.cnf -queryfile request.tsq -signer tsa.pem -inkey tsa.key \
            -out token.tsr
    "#;
    let made = Command::new("bash").args(["-c", script]).arg(folder).arg(file).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some((folder.join("root.pem"), folder.join("token.tsr")))
}

/// Tokens over the file of which `stamp` has made one in this folder, each wrong in one way.
fn forge(folder: &Path, file: &Path) {
    let script = r#"
        set -eu
        cd "$0"
        openssl ts -reply -in token.tsr -token_out -out token.der
        openssl cms -verify -noverify -inform DER -binary -in token.der -out said.der
        # The same, said in the year 2040 and in 2019.
        sed 's/20[0-9][0-9]\([01][0-9][0-3][0-9][0-9]*Z\)/2040\1/' said.der > late.der
        sed 's/20[0-9][0-9]\([01][0-9][0-3][0-9][0-9]*Z\)/2019\1/' said.der > early.der
        for usage in none other casual; do
            openssl req -newkey rsa:2048 -nodes -keyout $usage.key -out $usage.csr \
                -subj "/CN=$usage"
        done
        printf 'keyUsage=digitalSignature\n' > none.usage
        printf 'extendedKeyUsage=critical,codeSigning\n' > other.usage
        printf 'extendedKeyUsage=timeStamping\n' > casual.usage
        for usage in none other casual; do
            openssl x509 -req -in $usage.csr -CA root.pem -CAkey root.key -CAcreateserial \
                -days 2 -extfile $usage.usage -out $usage.pem
        done
        sign() {
            name=$1 said=$2; shift 2
            openssl cms -sign -binary -nodetach -nosmimecap -md sha256 -outform DER \
                -econtent_type 1.2.840.113549.1.9.16.1.4 -in $said.der -out $name.p7 "$@"
        }
        tsa="-signer tsa.pem -inkey tsa.key"
        sign good said $tsa
        sign late late $tsa
        sign early early $tsa
        sign two said $tsa -signer casual.pem -inkey casual.key
        for usage in none other casual; do
            sign $usage said -signer $usage.pem -inkey $usage.key
        done
        sed -i 's/^digests = .*/digests = sha1, sha3-256/' ts.cnf
        for digest in sha1 sha3-256; do
            openssl ts -query -data "$1" -$digest -cert -out $digest.tsq
            openssl ts -reply -config ts.cnf -queryfile $digest.tsq -signer tsa.pem \
                -inkey tsa.key -out $digest.tsr
        done
    "#;
    let made = Command::new("bash").args(["-c", script]).arg(folder).arg(file).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

#[test]
fn tokens_that_no_honest_authority_gives_get_their_verdicts() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "hello").unwrap();
    let Some((root, token)) = stamp(place.path(), &file) else { return };
    forge(place.path(), &file);
    let trust = Trust::from_pem(&fs::read_to_string(root).unwrap()).unwrap();
    let verify = |name: &str| {
        let bytes = fs::read(place.path().join(name)).unwrap();
        Token::parse(&bytes).and_then(|token| token.verify(b"hello", &trust))
    };
    let time = Token::parse(&fs::read(token).unwrap()).unwrap().time();
    // What is made here by other means than `openssl ts` is good when nothing is wrong with it.
    assert_eq!(verify("token.tsr"), Ok(time));
    assert_eq!(verify("good.p7"), Ok(time));
    for usage in ["none.p7", "other.p7", "casual.p7"] {
        assert_eq!(verify(usage), Err(TimestampError::Usage), "{usage}");
    }
    for (name, expected) in [("late.p7", "CertExpired"), ("early.p7", "CertNotValidYet")] {
        let verdict = verify(name);
        let Err(TimestampError::Chain { why }) = verdict else { panic!("{name}: {verdict:?}") };
        assert!(why.contains(expected), "{name}: {why}");
    }
    assert_eq!(verify("two.p7"), Err(TimestampError::Signers { found: 2 }));
    for (name, oid) in [("sha1.tsr", "1.3.14.3.2.26"), ("sha3-256.tsr", "2.16.840.1.101.3.4.2.8")] {
        let found = oid.to_owned();
        assert_eq!(verify(name), Err(TimestampError::Algorithm { found }), "{name}");
    }
}

#[test]
fn a_stamp_beside_a_checkpoint_is_verified_with_the_archive() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let archive = |arguments: &[&str]| -> (i32, serde_json::Value, String) {
        let (status, out, err) = run_example("archive", &[arguments, &["--json"]].concat());
        (status, serde_json::from_str(&out).unwrap_or_default(), err)
    };
    let (dir, key) = (path("archive"), path("key"));
    archive(&["init", &dir, "--origin", "e.org/c", "--key", &key, "--by", "jd"]);
    archive(&["checkpoint", &dir, "--key", &key]);
    let note = place.path().join("archive/checkpoints/00000000000000000001.note");
    let Some((root, token)) = stamp(place.path(), &note) else { return };
    let (root, token) = (root.to_str().unwrap(), token.to_str().unwrap());
    fs::write(path("x.ots"), "a proof of another kind").unwrap();
    let (status, attached, err) =
        archive(&["checkpoint", &dir, "--attach", token, "--attach", &path("x.ots")]);
    assert_eq!(status, 0, "{err}");

    let (status, found, err) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (0, &"yes".into()), "{found}{err}");
    assert_eq!(found["stamps"].as_array().unwrap().len(), 2, "{found}");
    let says = |found: &serde_json::Value| found["stamps"].to_string();
    assert!(says(&found).contains("was there on 20") && says(&found).contains("another kind"));
    let (status, found, _) = archive(&["verify", &dir]);
    assert_eq!((status, &found["time"]), (0, &"unknown".into()), "{found}");
    assert!(says(&found).contains("nobody has named as trusted"), "{found}");
    let (status, _, err) = archive(&["verify", &dir, "--tsa", &key]);
    assert_eq!(status, 2);
    assert!(err.contains("expected certificates in PEM"), "{err}");

    // A token of another file, and one beside a checkpoint that is not there.
    let kept = attached["attached"][0].as_str().unwrap().to_owned();
    let other = path("archive/checkpoints/00000000000000000002.0123456789abcdef.tsr");
    fs::copy(&kept, &other).unwrap();
    let (status, found, _) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (1, &"no".into()), "{found}");
    assert!(says(&found).contains("does not exist"), "{found}");
    archive(&["grade", &dir, "3", "--item", "3a", "--because", "b", "--by", "jd"]);
    archive(&["checkpoint", &dir, "--key", &key]);
    let (status, found, err) = archive(&["verify", &dir, "--tsa", root]);
    assert_eq!((status, &found["time"]), (1, &"no".into()), "{found}");
    assert!(err.contains("it is of other bytes"), "{err}");
    fs::remove_file(&other).unwrap();
    assert_eq!(archive(&["verify", &dir, "--tsa", root]).0, 0);

    // One bit of the token.
    let mut bytes = fs::read(&kept).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&kept, bytes).unwrap();
    assert_eq!(archive(&["verify", &dir, "--tsa", root]).0, 1);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text: String) {
        let _ = Token::parse(&bytes);
        let _ = Trust::from_pem(&format!("-----BEGIN CERTIFICATE-----{text}-----END CERTIFICATE-----"));
    }
}
