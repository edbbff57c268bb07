//! From bytes to text: what can be drafted from at all, and a clear answer where it cannot.

use thiserror::Error;

/// The most that is read of a text: 20 MiB, a hundred times a long book.
pub const MAX_TEXT: usize = 20 << 20;

/// Why no report can be drafted from an input.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DraftError {
    /// It is longer than [`MAX_TEXT`].
    #[error("expected at most {MAX_TEXT} bytes of text, found {found}")]
    TooLarge {
        /// Its length in bytes.
        found: usize,
    },
    /// It is a file of another kind.
    #[error("expected text, Markdown, wikitext or HTML, found {found}; save or export it as text")]
    NotText {
        /// What it is, with its article.
        found: &'static str,
    },
    /// It is text, but not UTF-8.
    #[error("expected UTF-8, found {found} at byte {at}; save it as UTF-8")]
    Encoding {
        /// What stands there.
        found: String,
        /// Where, from 0.
        at: usize,
    },
    /// There is nothing in it.
    #[error("expected an assessment in prose, found no text")]
    Empty,
    /// No sentence of it concludes anything.
    #[error(
        "expected at least one judgement (\"Key Judgement 1: ...\", \"KJ-1: ...\", a list headed \
         \"Key judgements\", or a sentence such as \"We assess that ...\"), found none"
    )]
    NoJudgement,
}

/// The text of these bytes.
pub(super) fn read(bytes: &[u8]) -> Result<&str, DraftError> {
    if let Some(&(_, found)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(DraftError::NotText { found });
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(DraftError::Encoding { found: "UTF-16".to_owned(), at: 0 });
    }
    if bytes.len() > MAX_TEXT {
        return Err(DraftError::TooLarge { found: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let found = format!("the byte 0x{:02X}", bytes.get(at).copied().unwrap_or_default());
        DraftError::Encoding { found, at }
    })?;
    // UTF-16 without a mark is valid UTF-8 as long as it is Latin: every second byte is zero.
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        let found = if looks_wide(bytes) { "UTF-16" } else { "the byte 0x00" };
        return Err(DraftError::Encoding { found: found.to_owned(), at });
    }
    Ok(text)
}

fn looks_wide(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 64;
    let zeros = bytes.iter().take(SAMPLE).filter(|byte| **byte == 0).count();
    zeros * 3 >= bytes.len().min(SAMPLE)
}

/// How the files that people pass by mistake begin.
const SIGNATURES: [(&[u8], &str); 7] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, perhaps a Word or OpenDocument file"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_named() {
        let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(message(b"%PDF-1.7 ...").contains("a PDF"));
        assert!(message(b"\xFF\xFEK\0J\0").contains("UTF-16"));
        assert!(message(b"K\0J\0-\0\x31\0").contains("UTF-16"));
        assert!(message(b"KJ-1: \xE9").contains("0xE9 at byte 6"));
        assert!(message(&vec![b' '; MAX_TEXT + 1]).contains("at most"));
        assert_eq!(read("KJ-1: é\r\n".as_bytes()), Ok("KJ-1: é\r\n"));
    }
}
