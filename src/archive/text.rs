//! The text of a page: what stays when only its furniture changes.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use flate2::bufread::{MultiGzDecoder, ZlibDecoder};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use icu_normalizer::ComposingNormalizerBorrowed;
use thiserror::Error;

use crate::digest::Digest;

/// The name of the rule by which [`Text`] is made. Digests of texts are comparable under one rule
/// alone; whatever changes the text of any page changes this name.
pub const RULE: &str = "probative-text/1";

/// The longest page that is read for its text, and the longest that it may decompress to: 16 MiB.
/// The longest articles have 1 MiB.
pub const LONGEST: usize = 16 << 20;

/// The text of an HTML page or of plain text, by the rule [`RULE`]:
///
/// 1. The encoding is that of the byte order mark, else that of the media type's `charset`, else
///    that of the first `<meta>` within 1,024 bytes that names one, all by the labels of the WHATWG
///    Encoding Standard. Where nothing names one, the bytes are UTF-8 or are not read. Bytes that
///    the encoding does not know become U+FFFD.
/// 2. Tags, comments and attributes go, and what stands in `script`, `style`, `template`,
///    `noscript`, `iframe` and `noembed`; character references are resolved. Tags separate words,
///    except those of text in a line, such as `<b>` and `<span>`.
/// 3. Runs of white space (Unicode's `White_Space`) become one space, at either end none.
/// 4. What is left is put into Unicode's normalisation form C.
///
/// Style sheets and scripts are not carried out: what they hide counts as text, what they write
/// does not. Neither do pictures, nor the texts of attributes. An advertisement that stands in the
/// page as text is text: rather one change too many is told than one too few.
///
/// ```
/// use probative::archive::text::Text;
///
/// let page = |head: &str, claim: &str| {
///     Text::of(format!("<head>{head}</head><p>{claim}").as_bytes(), "text/html")
/// };
/// let june = page("<script nonce=1>ad(1)</script>", "Wagner <b>left</b> Mali.")?;
/// let july = page("<script nonce=2>ad(2)</script>", "Wagner left&nbsp;Mali.")?;
/// assert_eq!(june.as_str(), "Wagner left Mali.");
/// assert_eq!(june.digest(), july.digest());
/// assert_ne!(june.digest(), page("", "Wagner entered Mali.")?.digest());
/// # Ok::<(), probative::archive::text::Unread>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The text of these bytes, which came as this media type, with its parameters.
    ///
    /// # Errors
    /// When there is none that could be told: see [`Unread`].
    pub fn of(bytes: &[u8], media_type: &str) -> Result<Self, Unread> {
        let kind =
            kind(media_type).ok_or_else(|| Unread::MediaType { found: media_type.into() })?;
        if bytes.len() > LONGEST {
            return Err(Unread::TooLong);
        }
        let page = decode(bytes, media_type, kind)?;
        let text = match kind {
            Kind::Plain => fold(&page),
            Kind::Html => fold(&shown(&page)?),
        };
        if text.is_empty() {
            return Err(Unread::Empty);
        }
        Ok(Self(ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned()))
    }

    /// The text of bytes that came in a content coding, such as `gzip`.
    ///
    /// # Errors
    /// As [`of`](Self::of), and when the coding is none of `gzip`, `deflate` and `identity`.
    pub fn of_coded(bytes: &[u8], media_type: &str, coding: &str) -> Result<Self, Unread> {
        let name = coding.trim().to_ascii_lowercase();
        let decoded = match name.as_str() {
            "" | "identity" => return Self::of(bytes, media_type),
            "gzip" | "x-gzip" => inflate(MultiGzDecoder::new(bytes)),
            "deflate" => inflate(ZlibDecoder::new(bytes)),
            _ => None,
        };
        let decoded = decoded.ok_or_else(|| Unread::Coding { found: coding.to_owned() })?;
        Self::of(&decoded, media_type)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The SHA-256 of the text in UTF-8. It says nothing without the name of the rule.
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

/// Whether bytes of this media type have a text that is read here: HTML and plain text have.
pub fn is_read(media_type: &str) -> bool {
    kind(media_type).is_some()
}

/// Why there is no text of some bytes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unread {
    /// They are neither HTML nor plain text.
    #[error("expected text/html or text/plain, found `{}`", found.escape_debug())]
    MediaType {
        /// The media type.
        found: String,
    },
    /// They are more than [`LONGEST`], as they are or decompressed.
    #[error("expected at most {LONGEST} bytes, found more")]
    TooLong,
    /// They are compressed in a way that is not read, or are damaged.
    #[error("expected gzip or deflate, found `{}` or damage", found.escape_debug())]
    Coding {
        /// The content coding.
        found: String,
    },
    /// They say an encoding that the web does not know.
    #[error("expected an encoding of the WHATWG standard, found `{}`", found.escape_debug())]
    Encoding {
        /// The encoding's name.
        found: String,
    },
    /// They say no encoding and are not UTF-8. None is guessed.
    #[error("expected UTF-8, as no encoding is named, found other bytes from {at} on")]
    Unnamed {
        /// Where they cease to be UTF-8, in bytes.
        at: usize,
    },
    /// A drawing holds markup whose end another reader would see elsewhere.
    #[error("expected HTML, found markup of another language in a drawing or formula")]
    Foreign,
    /// There is no text: a script writes the page, or there is nothing on it.
    #[error("there is no text on the page")]
    Empty,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Plain,
}

fn kind(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("text/html") {
        Some(Kind::Html)
    } else if essence.eq_ignore_ascii_case("text/plain") {
        Some(Kind::Plain)
    } else {
        None
    }
}

/// What is compressed, unless it is damaged; one byte more than is read when it is too long.
fn inflate(decoder: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.take(LONGEST as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The characters that the bytes stand for (WHATWG HTML, "determining the character encoding", as
/// far as it follows what is said and guesses nothing).
fn decode<'a>(bytes: &'a [u8], media_type: &str, kind: Kind) -> Result<Cow<'a, str>, Unread> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    let named = match charset(media_type) {
        Some(label) => Some(known(&label)?),
        None if kind == Kind::Html => declared(bytes).map(|label| known(&label)).transpose()?.map(
            // A page whose `<meta>` could be read is not in these.
            |encoding| match encoding {
                encoding if encoding == UTF_16BE || encoding == UTF_16LE => UTF_8,
                encoding if encoding == X_USER_DEFINED => WINDOWS_1252,
                encoding => encoding,
            },
        ),
        None => None,
    };
    match named {
        Some(encoding) => Ok(encoding.decode_without_bom_handling(bytes).0),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.into()),
            Err(error) => Err(Unread::Unnamed { at: error.valid_up_to() }),
        },
    }
}

fn known(label: &str) -> Result<&'static Encoding, Unread> {
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != REPLACEMENT)
        .ok_or_else(|| Unread::Encoding { found: label.to_owned() })
}

/// The `charset` of a media type.
fn charset(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The encoding that a page's `<meta>` names.
fn declared(bytes: &[u8]) -> Option<String> {
    const SEARCHED: usize = 1024;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SEARCHED)]);
    let mut attribute = Vec::new();
    // Those of the tag that is being read, and whether it says what the server would have said.
    let (mut named, mut content, mut is_type) = (None, None, false);
    let mut is_meta = false;
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<String> {
            match event {
                CallbackEvent::OpenStartTag { name } => {
                    is_meta = name == b"meta";
                    (named, content, is_type) = (None, None, false);
                }
                CallbackEvent::AttributeName { name } => attribute = name.to_vec(),
                CallbackEvent::AttributeValue { value } if is_meta => {
                    let value = String::from_utf8_lossy(value);
                    match attribute.as_slice() {
                        b"charset" => named = Some(value.into_owned()),
                        b"content" => content = charset(&value),
                        b"http-equiv" => is_type = value.eq_ignore_ascii_case("content-type"),
                        _ => {}
                    }
                }
                CallbackEvent::CloseStartTag { .. } if is_meta => {
                    return named.take().or(content.take().filter(|_| is_type));
                }
                _ => {}
            }
            None
        });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(&*start, emitter).flatten().next()
}

/// The characters of a page that a reader is shown, with spaces where tags separate words.
fn shown(page: &str) -> Result<String, Unread> {
    let mut text = String::new();
    let (mut tag, mut raw, mut templates, mut foreign) = (Vec::new(), false, 0_usize, 0_usize);
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Unread> {
            match event {
                CallbackEvent::OpenStartTag { name } => {
                    tag.clear();
                    tag.extend(name);
                    if separates(name) {
                        text.push(' ');
                    }
                }
                CallbackEvent::CloseStartTag { self_closing } => match tag.as_slice() {
                    // In a drawing this tag may have no end, and the tokenizer looks for one.
                    name if is_raw(name) && self_closing && foreign > 0 => {
                        return Some(Unread::Foreign);
                    }
                    name if is_hidden(name) => raw = true,
                    b"template" => templates += 1,
                    b"svg" | b"math" if !self_closing => foreign += 1,
                    _ => {}
                },
                CallbackEvent::EndTag { name } => {
                    match name {
                        // Nothing else ends what is read as it stands.
                        name if is_hidden(name) => raw = false,
                        b"template" => templates = templates.saturating_sub(1),
                        b"svg" | b"math" => foreign = foreign.saturating_sub(1),
                        _ => {}
                    }
                    if separates(name) {
                        text.push(' ');
                    }
                }
                // Of a drawing, this is text.
                CallbackEvent::Comment { value }
                    if foreign > 0 && value.starts_with(b"[CDATA[") =>
                {
                    return Some(Unread::Foreign);
                }
                CallbackEvent::String { value } if !raw && templates == 0 => {
                    text.push_str(&String::from_utf8_lossy(value));
                }
                _ => {}
            }
            None
        });
    emitter.naively_switch_states(true);
    let problem = Tokenizer::new_with_emitter(page, emitter).flatten().next();
    problem.map_or(Ok(text), Err)
}

/// Elements whose content the tokenizer takes as it stands, to their end tag.
fn is_raw(name: &[u8]) -> bool {
    is_hidden(name) || matches!(name, b"title" | b"textarea" | b"xmp" | b"plaintext")
}

/// Of those, the elements whose content nobody is shown.
fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"noscript" | b"iframe" | b"noembed")
}

/// Whether a tag separates words: all do but those that mark text within a line (WHATWG HTML,
/// "text-level semantics", "edits", and their forerunners) and those that nobody is shown.
fn separates(name: &[u8]) -> bool {
    const WITHIN: &str = " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd \
        mark nobr q s samp small span strike strong sub sup template time tt u var wbr ";
    let within = WITHIN.split_ascii_whitespace().any(|tag| tag.as_bytes() == name);
    !within && !is_hidden(name)
}

/// Each run of white space as one space, and none at the ends.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn html(page: &str) -> Result<String, Unread> {
        Text::of(page.as_bytes(), "text/html").map(|text| text.as_str().to_owned())
    }

    #[test]
    fn what_a_reader_is_not_shown_does_not_count() {
        let claim = "<p>The column left Ansongo.</p>";
        for furniture in [
            "<script nonce=a1>document.write('<p>x')</script>",
            "<STYLE>.a{}</STYLE>",
            "<noscript><img src=counter?9></noscript>",
            "<template><p>not shown<template></template>x</template>",
            "<iframe src=ad>old browsers</iframe>",
            "<!-- 10:31:07 -->",
            "<div class=a1 data-token=77 onclick='x()'></div>",
            "<a href=/new></a>",
            "\r\n\t  \u{a0}",
            "</script></template></svg>",
        ] {
            for page in [
                format!("{furniture}{claim}"),
                format!("{claim}{furniture}"),
                claim.replace("col", &format!("{furniture}col")),
            ] {
                assert_eq!(html(&page).as_deref(), Ok("The column left Ansongo."), "{page}");
            }
        }
    }

    #[test]
    fn every_word_counts() {
        let page = "<title>Mali</title><p>The <b>col</b>umn left<br>Ansongo.<ul><li>A<li>B</ul>\
            <textarea>C</textarea><aside>D</aside><svg><text>E</text></svg>";
        let text = html(page).unwrap();
        assert_eq!(text, "Mali The column left Ansongo. A B C D E");
        for (from, to) in [("left", "lef t"), ("Mali", "Niger"), ("A<", "<"), (">D<", ">d<")] {
            assert_ne!(html(&page.replace(from, to)).unwrap(), text, "{from}");
        }
    }

    #[test]
    fn spellings_of_the_same_text_are_one() {
        for page in
            ["caf\u{e9} &amp;", "cafe\u{301} &#38;", "caf&eacute;\n\u{3000}&amp", "caf&#xe9; &"]
        {
            assert_eq!(html(page).as_deref(), Ok("caf\u{e9} &"), "{page}");
        }
        let plain = |bytes| Text::of(bytes, "Text/Plain").map(|text| text.as_str().to_owned());
        assert_eq!(plain(b"a <b>  c\n").as_deref(), Ok("a <b> c"));
    }

    #[test]
    fn the_encoding_is_what_is_said_and_never_guessed() {
        let of = |bytes: &[u8], media_type: &str| {
            Text::of(bytes, media_type).map(|text| text.as_str().to_owned())
        };
        let mali = b"\xcc\xe0\xeb\xe8"; // in windows-1251
        assert_eq!(of(mali, "text/html; charset=\"Windows-1251\"").as_deref(), Ok("Мали"));
        let page = |head: &[u8]| [head, mali].concat();
        for head in [
            "<meta charset=cp1251>",
            "<META content='text/html; charset=windows-1251' http-equiv=Content-Type>",
            "<!-- <meta charset=utf-8> --><meta name=x content='charset=utf-8'><meta charset='cp1251'/>",
        ] {
            assert_eq!(of(&page(head.as_bytes()), "text/html").as_deref(), Ok("Мали"), "{head}");
        }
        let utf16: Vec<u8> = "\u{feff}Мали".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            of(&utf16, "text/html;charset=cp1251").as_deref(),
            Ok("Мали"),
            "the mark counts"
        );
        assert_eq!(of("Мали".as_bytes(), "text/plain").as_deref(), Ok("Мали"));
        assert_eq!(of(mali, "text/plain"), Err(Unread::Unnamed { at: 0 }));
        assert_eq!(of(&page(b"<p>"), "text/html"), Err(Unread::Unnamed { at: 3 }));
        let late = [&[b' '; 1024][..], b"<meta charset=cp1251>", mali].concat();
        assert_eq!(of(&late, "text/html"), Err(Unread::Unnamed { at: 1045 }));
        for unknown in ["utf-7", "iso-2022-kr"] {
            let result = of(b"x", &format!("text/html;charset={unknown}"));
            assert_eq!(result, Err(Unread::Encoding { found: unknown.to_owned() }));
        }
    }

    #[test]
    fn what_has_no_text_says_why() {
        assert!(matches!(Text::of(b"x", "image/png"), Err(Unread::MediaType { .. })));
        assert!(matches!(Text::of(b"x", ""), Err(Unread::MediaType { .. })));
        assert_eq!(html("<div id=app></div><script>render()</script>"), Err(Unread::Empty));
        assert_eq!(html("<svg><style/></svg><p>claim"), Err(Unread::Foreign));
        assert_eq!(html("<math><mtext><![CDATA[claim]]></mtext></math>x"), Err(Unread::Foreign));
        assert_eq!(html("<svg/><script src=x /></script>claim").as_deref(), Ok("claim"));
        let long = vec![b'a'; LONGEST + 1];
        assert_eq!(Text::of(&long, "text/plain"), Err(Unread::TooLong));
    }

    #[test]
    fn compressed_bytes_are_read_within_bounds() {
        let gzip = |bytes: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"<p>claim").unwrap();
        let zlib = zlib.finish().unwrap();
        let of = |bytes: &[u8], coding| {
            Text::of_coded(bytes, "text/html", coding).map(|text| text.as_str().to_owned())
        };
        for (bytes, coding) in
            [(gzip(b"<p>claim"), "GZIP"), (zlib, "deflate"), (b"<p>claim".to_vec(), "identity")]
        {
            assert_eq!(of(&bytes, coding).as_deref(), Ok("claim"), "{coding}");
        }
        assert!(matches!(of(b"<p>claim", "br"), Err(Unread::Coding { .. })));
        assert!(matches!(of(b"<p>claim", "gzip"), Err(Unread::Coding { .. })));
        assert_eq!(of(&gzip(&vec![b'a'; LONGEST + 1]), "gzip"), Err(Unread::TooLong));
    }

    /// Twice the nesting takes about twice the time: a growth, and not a clock.
    #[test]
    fn deep_nesting_costs_no_more_than_its_length() {
        let time = |depth: usize| {
            let page = format!("{}claim{}", "<div><b>".repeat(depth), "</b></div>".repeat(depth));
            let once = || {
                let start = std::time::Instant::now();
                assert_eq!(html(&page).as_deref(), Ok("claim"));
                start.elapsed()
            };
            (0..3).map(|_| once()).min().unwrap_or_default()
        };
        let (few, many) = (time(12_500), time(100_000));
        assert!(many < few * 32, "8 times the depth took from {few:?} to {many:?}");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, kind in "text/(html|plain)(; charset=[a-z0-9-]{1,12})?") {
            for coding in ["", "gzip", "deflate"] {
                let _ = Text::of_coded(&bytes, &kind, coding);
            }
        }

        #[test]
        fn no_markup_panics_and_the_text_of_a_text_is_itself(
            page in "(<(/?(p|b|svg|script|style|title|template|meta charset=x)|!--|/) ?/?>?|&(amp;|#x[0-9a-f]{1,6};?)|[a-z ]|e\u{301}|\\PC){0,40}"
        ) {
            if let Ok(text) = html(&page) {
                let again = Text::of(text.as_bytes(), "text/plain").unwrap();
                prop_assert_eq!(again.as_str(), text);
            }
        }
    }
}
