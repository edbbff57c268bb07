//! Time stamps of real authorities and of test ones, good and bad.
#![cfg(feature = "timestamp")]

mod common;

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use common::shared::{shared, skip};
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

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text: String) {
        let _ = Token::parse(&bytes);
        let _ = Trust::from_pem(&format!("-----BEGIN CERTIFICATE-----{text}-----END CERTIFICATE-----"));
    }
}
