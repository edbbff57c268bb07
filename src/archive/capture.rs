//! What was retrieved: from where, when, by what, and which bytes came.

use serde::{Deserialize, Serialize};
use url::Url;

use super::text::{RULE, Text};
use crate::digest::Digest;
use crate::moment::Moment;

/// One retrieval of one address.
///
/// The same bytes from two addresses, or twice from one, are one object and two captures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Capture {
    // In the order of their names, which is that of canonical JSON.
    /// The bytes that came, without transfer coding.
    pub digest: Digest,
    /// What was wrong with the record that it was imported from, one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
    /// The digest of the status line and header fields of the answer, as they came. They are an
    /// object of their own, unless they lie in the file that the capture was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Digest>,
    /// The report's item that cites the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// How many bytes came.
    pub length: u64,
    /// What the answer says they are, such as `text/html`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The digest of the WARC record's header, which holds address and time and which no digest
    /// of a WARC file covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Digest>,
    /// When they came.
    pub retrieved: Moment,
    /// The id of the WARC record that says that these bytes, retrieved before, came again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisit: Option<String>,
    /// The status of the answer, such as 200 or 404.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The digest of the text of the page, as whoever captured it extracted it: it stays when only
    /// the page's furniture changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Digest>,
    /// The name of the rule that the text was extracted by: digests are compared under one rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_rule: Option<String>,
    /// Why the bytes are not all, when they are not: `length`, `time`, `disconnect`...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncated: Option<String>,
    /// The address as it was asked for, to the letter.
    pub url: String,
    /// The file that it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
}

impl Capture {
    /// Bytes of a known digest and length, that came from this address at this time.
    pub fn new(url: impl Into<String>, retrieved: Moment, digest: Digest, length: u64) -> Self {
        Self {
            digest,
            faults: Vec::new(),
            head: None,
            item: None,
            length,
            media_type: None,
            record: None,
            retrieved,
            revisit: None,
            status: None,
            text: None,
            text_rule: None,
            truncated: None,
            url: url.into(),
            within: None,
        }
    }

    /// The same, whose bytes have this text.
    #[must_use]
    pub fn with_text(self, text: &Text) -> Self {
        Self { text: Some(text.digest()), text_rule: Some(RULE.to_owned()), ..self }
    }

    /// The address as a browser reads it (WHATWG URL), when it can be read.
    pub fn parsed_url(&self) -> Option<Url> {
        Url::parse(&self.url).ok()
    }

    /// The objects that the capture speaks of, which the store should hold.
    pub fn objects(&self) -> impl Iterator<Item = Digest> + use<> {
        let container = self.within.as_ref().map(|within| within.container);
        let head = if container.is_none() { self.head } else { None };
        [Some(self.digest), container, head].into_iter().flatten()
    }
}

/// Where in a container a capture was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// The container, such as a WARC or WACZ file, kept as an object.
    pub container: Digest,
    /// The path inside it, when it holds several files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where the record begins, in bytes of the file.
    pub offset: u64,
}
