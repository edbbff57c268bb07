//! Foreign text that can do no harm where it is shown.

use std::borrow::Cow;

/// The text with what could steer a terminal or reorder a line made visible: control characters
/// and the Unicode controls of writing direction become escapes such as `\u{202e}`; line breaks
/// and tabs become spaces.
///
/// ```
/// use probative::render::inert;
///
/// assert_eq!(inert("plain"), "plain");
/// assert_eq!(inert("a\x1b[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb c\\u{202e}d");
/// ```
pub fn inert(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_active) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => safe.push(' '),
            c if is_active(c) => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
