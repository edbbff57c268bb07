//! Time stamps by others (RFC 3161): that some bytes existed at a time, on the word of an
//! authority that the reader trusts.

mod stamps;

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use cms::cert::CertificateChoices;
use cms::cert::x509::Certificate;
use cms::cert::x509::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use rustls_pki_types::{CertificateDer, UnixTime};
use sha2::Digest as _;
use thiserror::Error;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_tsp::{TimeStampResp, TstInfo};

use crate::digest::{Algorithm, Digest};
use crate::moment::Moment;
pub use stamps::{Stamp, Stamped, Verdict, stamps};

use cms::cert::x509::der::asn1::{ObjectIdentifier, OctetString};
use cms::cert::x509::der::{Decode as _, Encode as _};

/// A time-stamp token, or a response that holds one.
///
/// What it says is not to be believed before [`verify`](Self::verify).
pub struct Token {
    signed: SignedData,
    info: TstInfo,
    content: Vec<u8>,
    time: Moment,
}

impl Token {
    /// Reads a response (`.tsr`) or a bare token, in DER.
    ///
    /// # Errors
    /// When it is neither, when the authority refused, or when it has not exactly one signer.
    pub fn parse(bytes: &[u8]) -> Result<Self, TimestampError> {
        if bytes.len() > LONGEST {
            return Err(TimestampError::Shape { why: format!("{} bytes", bytes.len()) });
        }
        let outer = match TimeStampResp::from_der(bytes) {
            Ok(response) => {
                let status = response.status.status as u32;
                // Granted, or granted with changes (RFC 3161, section 2.4.2).
                if status > 1 {
                    return Err(TimestampError::Refused { status });
                }
                response.time_stamp_token.ok_or_else(|| shape("a response without a token"))?
            }
            Err(_) => ContentInfo::from_der(bytes).map_err(shape)?,
        };
        if outer.content_type != ID_SIGNED_DATA {
            return Err(shape("no signed data"));
        }
        let signed: SignedData = outer.content.decode_as().map_err(shape)?;
        if signed.encap_content_info.econtent_type != ID_TST_INFO {
            return Err(shape("signed data that is no time stamp"));
        }
        let content = signed.encap_content_info.econtent.as_ref();
        let content: OctetString =
            content.ok_or_else(|| shape("no content"))?.decode_as().map_err(shape)?;
        let content = content.into_bytes();
        let info = TstInfo::from_der(&content).map_err(shape)?;
        if signed.signer_infos.0.len() != 1 {
            // RFC 3161, section 2.4.2: the authority alone signs.
            return Err(TimestampError::Signers { found: signed.signer_infos.0.len() });
        }
        let since = info.gen_time.to_unix_duration();
        let time = i64::try_from(since.as_secs())
            .ok()
            .and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0))
            .and_then(|time| Moment::instant(time.fixed_offset()).ok())
            .ok_or_else(|| shape("a time out of range"))?;
        Ok(Self { signed, info, content, time })
    }

    /// The time that it says.
    pub fn time(&self) -> Moment {
        self.time
    }

    /// The number that was sent with the request, if one was; big-endian.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.info.nonce.as_ref().map(big_endian)
    }

    /// Whether these bytes existed at the token's time, which is returned, if one of the trusted
    /// roots can be believed.
    ///
    /// # Errors
    /// When the token is of other bytes, its signature is not of its content, or its signer's
    /// certificate was not then one for time stamps under a trusted root.
    pub fn verify(&self, message: &[u8], trust: &Trust) -> Result<Moment, TimestampError> {
        self.is_of(message)?;
        self.verify_signature(trust)
    }

    /// Whether the token is of these bytes, whoever made it.
    ///
    /// # Errors
    /// When it is of others, or names them by an algorithm that proves nothing.
    pub fn is_of(&self, message: &[u8]) -> Result<(), TimestampError> {
        let imprint = &self.info.message_imprint;
        let found = digest(imprint.hash_algorithm.oid, message)?;
        if found == imprint.hashed_message.as_bytes() {
            Ok(())
        } else {
            Err(TimestampError::Message)
        }
    }

    /// Whether the token is of the bytes of this digest, which it names by the same algorithm.
    ///
    /// # Errors
    /// When it is of others, or names them by another algorithm.
    pub fn is_of_digest(&self, digest: Digest) -> Result<(), TimestampError> {
        let imprint = &self.info.message_imprint;
        let expected = match digest.algorithm() {
            Algorithm::Sha256 => ID_SHA_256,
            Algorithm::Sha512 => ID_SHA_512,
        };
        if imprint.hash_algorithm.oid != expected {
            let (expected, found) = (digest.algorithm(), imprint.hash_algorithm.oid.to_string());
            return Err(TimestampError::Imprint { expected, found });
        }
        if imprint.hashed_message.as_bytes() == digest.as_bytes() {
            Ok(())
        } else {
            Err(TimestampError::Message)
        }
    }

    /// The same, for an answer to a request that sent this nonce.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), and when the nonce is another.
    pub fn verify_answer(
        &self,
        message: &[u8],
        nonce: &[u8],
        trust: &Trust,
    ) -> Result<Moment, TimestampError> {
        let trimmed = |bytes: &[u8]| -> Vec<u8> {
            bytes.iter().copied().skip_while(|byte| *byte == 0).collect()
        };
        if self.nonce().map(trimmed) != Some(trimmed(nonce)) {
            return Err(TimestampError::Nonce);
        }
        self.verify(message, trust)
    }

    /// Whether the token is signed by an authority under a trusted root, whatever it is of.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), but for the message.
    pub fn verify_signature(&self, trust: &Trust) -> Result<Moment, TimestampError> {
        let signer =
            self.signed.signer_infos.0.get(0).ok_or(TimestampError::Signers { found: 0 })?;
        let attributes = signer.signed_attrs.as_ref().ok_or_else(|| bad("no signed attributes"))?;
        let attribute = |oid: ObjectIdentifier| {
            let mut named = attributes.iter().filter(|attribute| attribute.oid == oid);
            match (named.next(), named.next()) {
                (Some(attribute), None) if attribute.values.len() == 1 => attribute.values.get(0),
                _ => None,
            }
        };
        let kind = attribute(ID_CONTENT_TYPE).and_then(|value| value.decode_as().ok());
        if kind != Some(ID_TST_INFO) {
            return Err(bad("the signed kind of content is another"));
        }
        let said = attribute(ID_MESSAGE_DIGEST)
            .and_then(|value| value.decode_as::<OctetString>().ok())
            .ok_or_else(|| bad("no digest of the content"))?;
        if digest(signer.digest_alg.oid, &self.content)? != said.as_bytes() {
            return Err(bad("the digest of the content is another"));
        }
        // Signed is the set of attributes under its own tag (RFC 5652, section 5.4).
        let message = attributes.to_der().map_err(shape)?;
        let mut last = TimestampError::NoCertificate;
        for certificate in self.candidates(signer, trust) {
            match self.verify_with(&certificate, &message, signer, trust) {
                Ok(()) => return Ok(self.time),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// The certificates, in the token or given, that the signer says are its own.
    fn candidates(&self, signer: &SignerInfo, trust: &Trust) -> Vec<Certificate> {
        let embedded = self.signed.certificates.iter().flat_map(|set| set.0.iter());
        let embedded = embedded.filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
            CertificateChoices::Other(_) => None,
        });
        let given = trust.certificates.iter();
        let given = given.filter_map(|der| Certificate::from_der(der).ok());
        embedded
            .chain(given)
            .filter(|certificate| {
                let tbs = &certificate.tbs_certificate;
                match &signer.sid {
                    SignerIdentifier::IssuerAndSerialNumber(sid) => {
                        tbs.issuer == sid.issuer && tbs.serial_number == sid.serial_number
                    }
                    SignerIdentifier::SubjectKeyIdentifier(sid) => {
                        let own = tbs.get::<SubjectKeyIdentifier>();
                        own.is_ok_and(|own| own.is_some_and(|(_, own)| own == *sid))
                    }
                }
            })
            .collect()
    }

    fn verify_with(
        &self,
        certificate: &Certificate,
        message: &[u8],
        signer: &SignerInfo,
        trust: &Trust,
    ) -> Result<(), TimestampError> {
        // RFC 3161, section 2.3: the key is for time stamps alone, and that is critical.
        let usage = certificate.tbs_certificate.get::<ExtendedKeyUsage>().map_err(shape)?;
        match usage {
            Some((true, ExtendedKeyUsage(usage))) if usage[..] == [ID_KP_TIME_STAMPING] => {}
            _ => return Err(TimestampError::Usage),
        }
        let der = CertificateDer::from(certificate.to_der().map_err(shape)?);
        let certificate = EndEntityCert::try_from(&der).map_err(chain)?;
        let signature = signer.signature.as_bytes();
        let holds = webpki::ALL_VERIFICATION_ALGS
            .iter()
            .any(|algorithm| certificate.verify_signature(*algorithm, message, signature).is_ok());
        if !holds {
            return Err(bad("it is not of these attributes by this certificate"));
        }
        let given: Vec<CertificateDer<'_>> =
            trust.certificates.iter().map(|der| CertificateDer::from(&der[..])).collect();
        let (roots, more): (Vec<_>, Vec<_>) = given.into_iter().partition(is_self_issued);
        let anchors: Vec<_> =
            roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
        let embedded = self.signed.certificates.iter().flat_map(|set| set.0.iter());
        let more: Vec<CertificateDer<'_>> = embedded
            .filter_map(|choice| choice.to_der().ok())
            .map(CertificateDer::from)
            .chain(more)
            .collect();
        let time = UnixTime::since_unix_epoch(Duration::from_secs(
            self.info.gen_time.to_unix_duration().as_secs(),
        ));
        let usage = KeyUsage::required(ID_KP_TIME_STAMPING.as_bytes());
        let algorithms = webpki::ALL_VERIFICATION_ALGS;
        certificate
            .verify_for_usage(algorithms, &anchors, &more, time, usage, None, None)
            .map(|_| ())
            .map_err(chain)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("time", &self.time).finish_non_exhaustive()
    }
}

/// The certificates that a reader trusts: self-issued ones as roots, others as links of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    certificates: Vec<Vec<u8>>,
}

impl Trust {
    /// Nobody is trusted.
    pub fn new() -> Self {
        Self::default()
    }

    /// The certificates in this PEM text (RFC 7468); what stands between them is passed over.
    ///
    /// # Errors
    /// When one of them is not base64.
    pub fn from_pem(text: &str) -> Result<Self, TimestampError> {
        let mut certificates = Vec::new();
        for part in text.split("-----BEGIN CERTIFICATE-----").skip(1) {
            let end = part.find("-----END CERTIFICATE-----");
            let part = end.map(|end| &part[..end]).ok_or_else(|| shape("PEM without an end"))?;
            let base64: String = part.split_ascii_whitespace().collect();
            certificates.push(BASE64.decode(base64).map_err(shape)?);
        }
        Ok(Self { certificates })
    }

    /// How many certificates there are.
    pub fn len(&self) -> usize {
        self.certificates.len()
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }
}

/// A time stamp that shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// It is none.
    #[error("expected an RFC 3161 token in DER, found: {why}")]
    Shape {
        /// What was found.
        why: String,
    },
    /// The authority refused.
    #[error("the authority refused, with status {status}")]
    Refused {
        /// The status (RFC 3161, section 2.4.2).
        status: u32,
    },
    /// It has not exactly one signer.
    #[error("expected one signer, found {found}")]
    Signers {
        /// How many it has.
        found: usize,
    },
    /// A digest is by an algorithm that proves nothing, or is not known.
    #[error("expected SHA-256, SHA-384 or SHA-512, found the algorithm {found}")]
    Algorithm {
        /// The algorithm's object identifier.
        found: String,
    },
    /// It names its bytes by another algorithm than the digest that it is compared with.
    #[error("expected that it names its bytes by {expected}, found the algorithm {found}")]
    Imprint {
        /// The digest's algorithm.
        expected: Algorithm,
        /// The token's algorithm's object identifier.
        found: String,
    },
    /// It is of other bytes.
    #[error("it is of other bytes")]
    Message,
    /// It answers another request.
    #[error("it answers another request")]
    Nonce,
    /// Its signature does not hold.
    #[error("its signature does not hold: {why}")]
    Signature {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The signer's certificate is neither in it nor given.
    #[error("the signer's certificate is neither in it nor given")]
    NoCertificate,
    /// The signer's certificate is not for time stamps alone.
    #[error("the signer's certificate is not, or not critically, for time stamps alone")]
    Usage,
    /// The signer's certificate was not valid then under a trusted root.
    #[error("no trusted root vouches for the signer at that time: {why}")]
    Chain {
        /// What is wrong with the chain.
        why: String,
    },
}

fn is_self_issued(certificate: &CertificateDer<'_>) -> bool {
    Certificate::from_der(certificate).is_ok_and(|certificate| {
        certificate.tbs_certificate.issuer == certificate.tbs_certificate.subject
    })
}

fn digest(algorithm: ObjectIdentifier, bytes: &[u8]) -> Result<Vec<u8>, TimestampError> {
    match algorithm {
        ID_SHA_256 => Ok(sha2::Sha256::digest(bytes).to_vec()),
        ID_SHA_384 => Ok(sha2::Sha384::digest(bytes).to_vec()),
        ID_SHA_512 => Ok(sha2::Sha512::digest(bytes).to_vec()),
        other => Err(TimestampError::Algorithm { found: other.to_string() }),
    }
}

fn big_endian(number: &cms::cert::x509::der::asn1::Int) -> &[u8] {
    number.as_bytes()
}

fn shape(why: impl fmt::Display) -> TimestampError {
    TimestampError::Shape { why: why.to_string() }
}

fn bad(why: &'static str) -> TimestampError {
    TimestampError::Signature { why }
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` gives it
fn chain(error: webpki::Error) -> TimestampError {
    TimestampError::Chain { why: error.to_string() }
}

const LONGEST: usize = 1 << 20;
const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const ID_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const ID_CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const ID_MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const ID_KP_TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const ID_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const ID_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const ID_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
