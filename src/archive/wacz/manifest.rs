//! `datapackage.json`, and `datapackage-digest.json` that vouches for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use serde::Deserialize;
use serde_json::Value;

use super::container::{Container, MANIFEST, MANIFEST_DIGEST};
use super::{Problem, Signature, WaczError};
use crate::digest::Digest;
use crate::moment::Moment;

pub(super) struct Manifest {
    pub(super) resources: Vec<Resource>,
    pub(super) created: Option<Moment>,
    pub(super) signature: Signature,
    pub(super) signed: Option<Moment>,
}

pub(super) struct Resource {
    pub(super) path: String,
    /// `None` when what is listed proves nothing, which is a problem already.
    pub(super) digest: Option<Digest>,
    pub(super) length: u64,
}

impl Manifest {
    /// Reads the manifest, and what vouches for it; `None` when there is none that can be read.
    pub(super) fn read<R: Read + Seek>(
        container: &mut Container<R>,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, WaczError> {
        let wrong = |why: String| Problem::Manifest { path: MANIFEST, why };
        let Some(bytes) = container.small_file(MANIFEST)? else {
            problems.push(Problem::Absent { path: MANIFEST.to_owned() });
            return Ok(None);
        };
        let written: Written = match serde_json::from_slice(&bytes) {
            Ok(written) => written,
            Err(error) => {
                problems.push(wrong(error.to_string()));
                return Ok(None);
            }
        };
        if written.profile != "data-package" {
            problems.push(wrong(format!("expected a data-package, found `{}`", written.profile)));
        }
        if written.wacz_version.is_none() {
            problems.push(wrong("expected a wacz_version, found none".to_owned()));
        }
        let mut paths = BTreeSet::new();
        let mut resources = Vec::new();
        for entry in written.resources {
            if !paths.insert(entry.path.clone()) {
                problems.push(Problem::Twice { path: entry.path.clone() });
            }
            resources.push(entry.resource(problems));
        }
        let created = moment(written.created.as_deref(), problems);
        let mut manifest = Self { resources, created, signature: Signature::Absent, signed: None };
        if let Some(vouched) = container.small_file(MANIFEST_DIGEST)? {
            manifest.read_digest(&vouched, &bytes, problems);
        } else if written.wacz_version.is_some_and(|version| version != "1.0.0") {
            problems.push(Problem::Absent { path: MANIFEST_DIGEST.to_owned() });
        }
        Ok(Some(manifest))
    }

    fn read_digest(&mut self, vouched: &[u8], manifest: &[u8], problems: &mut Vec<Problem>) {
        let wrong = |why: String| Problem::Manifest { path: MANIFEST_DIGEST, why };
        let vouched: Vouched = match serde_json::from_slice(vouched) {
            Ok(vouched) => vouched,
            Err(error) => return problems.push(wrong(error.to_string())),
        };
        if vouched.path != MANIFEST {
            problems.push(wrong(format!("expected the digest of {MANIFEST}")));
        }
        let digest: Digest = match vouched.hash.parse() {
            Ok(digest) => digest,
            Err(error) => return problems.push(wrong(format!("{error}"))),
        };
        if Digest::of_with(digest.algorithm(), manifest) != digest {
            problems.push(Problem::Changed { path: MANIFEST.to_owned() });
        }
        let Some(signed) = vouched.signed_data else { return };
        let text = |name: &str| signed.get(name).and_then(Value::as_str).unwrap_or_default();
        // A signature taken from elsewhere is one over another manifest.
        if text("hash") != vouched.hash {
            problems.push(Problem::Signature("it is of another manifest".to_owned()));
        }
        let (shape, signature) = if signed.contains_key("publicKey") {
            let public_key = text("publicKey").to_owned();
            (ANONYMOUS, Signature::Anonymous { public_key })
        } else {
            (DOMAIN, Signature::Domain { domain: text("domain").to_owned() })
        };
        for name in shape.iter().filter(|name| text(name).is_empty()) {
            problems.push(Problem::Signature(format!("expected `{name}`, found none")));
        }
        for name in signed.keys() {
            if !shape.contains(&name.as_str()) && !MORE.contains(&name.as_str()) {
                let name = name.escape_debug();
                problems.push(Problem::Signature(format!("`{name}` is not part of one")));
            }
        }
        self.signed = moment(Some(text("created")), problems);
        self.signature = signature;
    }
}

/// What every signature of this kind has (wacz-auth 0.1.0).
const ANONYMOUS: &[&str] = &["hash", "created", "software", "signature", "publicKey"];
const DOMAIN: &[&str] = &[
    "hash",
    "created",
    "software",
    "signature",
    "domain",
    "domainCert",
    "timeSignature",
    "timestampCert",
];
/// What it may have besides.
const MORE: &[&str] = &["version", "crossSignedCert"];

#[derive(Deserialize)]
struct Written {
    profile: String,
    resources: Vec<Entry>,
    wacz_version: Option<String>,
    created: Option<String>,
}

/// A listed file, as 1.1 and later write it or as 1.0 did.
#[derive(Deserialize)]
struct Entry {
    path: String,
    hash: Option<String>,
    bytes: Option<u64>,
    stats: Option<Stats>,
    hashing: Option<String>,
}

#[derive(Deserialize)]
struct Stats {
    hash: String,
    bytes: u64,
}

impl Entry {
    fn resource(self, problems: &mut Vec<Problem>) -> Resource {
        let (hash, length) = match (self.hash, self.bytes, self.stats) {
            (Some(hash), Some(bytes), _) => (hash, Some(bytes)),
            (_, _, Some(stats)) => {
                let algorithm = self.hashing.unwrap_or_default();
                (format!("{algorithm}:{}", stats.hash), Some(stats.bytes))
            }
            (hash, bytes, None) => (hash.unwrap_or_default(), bytes),
        };
        let digest: Option<Digest> = hash.parse().ok();
        if digest.is_none() {
            problems.push(Problem::Algorithm { path: self.path.clone(), found: hash });
        }
        if length.is_none() {
            let why = format!("expected the length of {}, found none", self.path.escape_debug());
            problems.push(Problem::Manifest { path: MANIFEST, why });
        }
        Resource { path: self.path, digest, length: length.unwrap_or_default() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vouched {
    path: String,
    hash: String,
    #[serde(rename = "signedData")]
    signed_data: Option<BTreeMap<String, Value>>,
}

fn moment(text: Option<&str>, problems: &mut Vec<Problem>) -> Option<Moment> {
    let text = text?;
    let moment = text.parse().ok();
    if moment.is_none() {
        let why = format!("expected a time, found `{}`", text.escape_debug());
        problems.push(Problem::Manifest { path: MANIFEST, why });
    }
    moment
}
