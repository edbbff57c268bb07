//! A page that was captured again: what of it has changed?

use std::collections::HashMap;
use std::fmt;

use super::capture::Capture;
use crate::digest::Digest;

/// The captures of a ledger, in its order, each compared with the one before of the same address.
///
/// ```
/// use probative::archive::capture::Capture;
/// use probative::archive::recapture::Recaptures;
/// use probative::archive::text::Text;
/// use probative::digest::Digest;
///
/// let at = "2023-06-01".parse()?;
/// let capture = |page: &str| {
///     let text = Text::of(page.as_bytes(), "text/html")?;
///     let digest = Digest::of(page.as_bytes());
///     Ok::<_, Box<dyn std::error::Error>>(
///         Capture::new("https://e.org/", at, digest, page.len() as u64).with_text(&text),
///     )
/// };
/// let mut recaptures = Recaptures::default();
/// assert!(recaptures.next(1, &capture("<p class=a>They left.")?).is_none());
/// let again = recaptures.next(2, &capture("<p class=b>They left.")?).ok_or("captured again")?;
/// assert_eq!((again.same_bytes, again.same_text), (false, Some(true)));
/// assert_eq!(again.to_string(), "captured again since entry 1: bytes differ, text the same");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Recaptures {
    /// The last capture of each address. Addresses are long and many, so only their digests.
    latest: HashMap<Digest, Latest>,
}

#[derive(Clone, Debug)]
struct Latest {
    index: u64,
    bytes: Digest,
    text: Option<(Digest, String)>,
}

impl Recaptures {
    /// Takes in the next capture, which is the entry of this place in the ledger.
    pub fn next(&mut self, index: u64, capture: &Capture) -> Option<Recapture> {
        let text = capture.text.zip(capture.text_rule.clone());
        let now = Latest { index, bytes: capture.digest, text };
        let url = Digest::of(capture.url.as_bytes());
        let before = self.latest.insert(url, now.clone())?;
        let same_text = match (before.text, now.text) {
            (Some((before, its_rule)), Some((now, rule))) if its_rule == rule => {
                Some(before == now)
            }
            _ => None,
        };
        Some(Recapture {
            url: capture.url.clone(),
            earlier: before.index,
            later: index,
            same_bytes: before.bytes == now.bytes,
            same_text,
        })
    }
}

/// What has changed between two captures of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recapture {
    /// The address, to the letter.
    pub url: String,
    /// The place of the earlier capture in the ledger, from 0.
    pub earlier: u64,
    /// The place of the later one.
    pub later: u64,
    /// Whether the same bytes came.
    pub same_bytes: bool,
    /// Whether the page has the same text; `None` when not both texts are known, by one rule.
    pub same_text: Option<bool>,
}

impl fmt::Display for Recapture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.same_bytes, self.same_text) {
            (true, _) => "the same bytes",
            (false, Some(true)) => "bytes differ, text the same",
            (false, Some(false)) => "bytes differ, text differs",
            (false, None) => "bytes differ, text unknown",
        };
        write!(f, "captured again since entry {}: {what}", self.earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_under_one_rule_alone() {
        let mut recaptures = Recaptures::default();
        let mut next = |index, url: &str, bytes: &[u8], text: Option<(&[u8], &str)>| {
            let at = "2023-06-01".parse().unwrap();
            let mut capture = Capture::new(url, at, Digest::of(bytes), 1);
            capture.text = text.map(|(text, _)| Digest::of(text));
            capture.text_rule = text.map(|(_, rule)| rule.to_owned()).filter(|r| !r.is_empty());
            recaptures.next(index, &capture).map(|again| again.to_string())
        };
        let told = |earlier, what| Some(format!("captured again since entry {earlier}: {what}"));
        assert_eq!(next(1, "a", b"1", Some((b"t", "r/1"))), None);
        assert_eq!(next(2, "b", b"1", Some((b"t", "r/1"))), None);
        let same = told(1, "bytes differ, text the same");
        assert_eq!(next(3, "a", b"2", Some((b"t", "r/1"))), same);
        let differs = told(3, "bytes differ, text differs");
        assert_eq!(next(4, "a", b"3", Some((b"u", "r/1"))), differs);
        assert_eq!(next(5, "a", b"3", None), told(4, "the same bytes"));
        let unknown = |earlier| told(earlier, "bytes differ, text unknown");
        assert_eq!(next(6, "a", b"4", Some((b"u", "r/1"))), unknown(5));
        assert_eq!(next(7, "a", b"5", Some((b"u", "r/2"))), unknown(6));
        assert_eq!(next(8, "a", b"6", Some((b"u", ""))), unknown(7), "a rule without a name");
        assert_eq!(next(9, "a", b"7", Some((b"u", ""))), unknown(8));
    }
}
