//! Who is said to say a sentence, and by what channel it came.

mod lexicon;
mod phrase;
mod speaker;
mod verbs;

use std::ops::Range;

pub(super) use self::phrase::subject;
pub(super) use self::speaker::Speaker;
use super::words::Token;

/// Who a sentence is attributed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attribution {
    /// To somebody, named or described.
    Speaker(Speaker),
    /// To whoever was last spoken of: "the post claimed", "he added".
    Back(Speaker),
}

/// Who the words of a sentence are attributed to, if anybody: a speaker before rumour, the first
/// before the others.
pub(super) fn attribute(words: &[Token<'_>]) -> Option<Attribution> {
    let mut rumour = None;
    for at in 0..words.len() {
        let Some(phrase) = spoken_by(words, at) else { continue };
        let Some(found) = speaker::classify(words, &phrase) else { continue };
        let speaker = match &found {
            Attribution::Speaker(speaker) | Attribution::Back(speaker) => speaker,
        };
        if !speaker.vague {
            return Some(found);
        }
        rumour.get_or_insert(found);
    }
    rumour
}

/// A phrase that names a speaker, and what is known from the words around it.
#[derive(Clone, Debug)]
struct Spoken {
    /// Its words.
    phrase: Range<usize>,
    /// A name that stands beside it: "the minister, Anna Low, said".
    name: Option<Range<usize>>,
    /// Where the verb is.
    verb: usize,
    /// Whether any subject of the verb is a speaker, or only one that is known to speak.
    strong: bool,
}

fn spoken_by(words: &[Token<'_>], at: usize) -> Option<Spoken> {
    let word = words.get(at)?;
    let next = words.get(at + 1);
    if word.is("according") && next.is_some_and(|t| t.is("to")) {
        let phrase = phrase::after(words, at + 2)?;
        return Some(Spoken { phrase, name: None, verb: at, strong: true });
    }
    if word.one_of(&["reportedly", "allegedly", "purportedly", "supposedly"]) {
        return Some(Spoken { phrase: at..at + 1, name: None, verb: at, strong: true });
    }
    let passive = phrase::is_passive(words, at);
    if verbs::is_participle(word) && next.is_some_and(|t| t.is("by")) {
        let phrase = phrase::after(words, at + 2)?;
        return Some(Spoken { phrase, name: None, verb: at, strong: false });
    }
    if passive {
        let rumour = next.is_some_and(|t| t.one_of(&["to", "that"])) && verbs::is_strong(words, at);
        return rumour.then(|| Spoken { phrase: at..at + 1, name: None, verb: at, strong: true });
    }
    let strong = verbs::is_strong(words, at);
    if !strong && !verbs::is_weak(words, at) {
        return None;
    }
    let (phrase, name) = phrase::subject_and_name(words, at)?;
    Some(Spoken { phrase, name, verb: at, strong })
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;
    use crate::report::{Channel, SourceKind};

    fn said(text: &str) -> Option<(String, SourceKind, Channel, bool, bool)> {
        match attribute(&tokens(text, 0..text.len()))? {
            Attribution::Speaker(one) => {
                Some((one.name, one.kind, one.channel, one.named, one.vague))
            }
            Attribution::Back(one) => {
                Some((format!("<{}>", one.name), one.kind, one.channel, false, false))
            }
        }
    }

    #[test]
    #[allow(clippy::too_many_lines)] // a table
    fn speakers_are_told_apart_by_what_they_are() {
        use Channel as C;
        use SourceKind as K;
        for (text, name, kind, channel, named) in [
            (
                "In May 2021, the OSCE released a report after its visit",
                "OSCE",
                K::Intergovernmental,
                C::Research,
                true,
            ),
            (
                "The OSCE report found that shells fell",
                "OSCE",
                K::Intergovernmental,
                C::Research,
                true,
            ),
            (
                "The UN estimated that 40 died",
                "UN",
                K::Intergovernmental,
                C::OfficialStatement,
                true,
            ),
            (
                "A freelance reporter posted a video on Telegram of the convoy",
                "freelance reporter",
                K::Anonymous,
                C::SocialMedia,
                false,
            ),
            (
                "Some Telegram users have reported looting",
                "Telegram users",
                K::Anonymous,
                C::SocialMedia,
                false,
            ),
            (
                "Residents of Port Ada say that the pier burned",
                "Residents of Port Ada",
                K::Anonymous,
                C::HumanSource,
                false,
            ),
            (
                "On 3 May 2021, the Finance Ministry stated that funds moved",
                "Finance Ministry",
                K::Government,
                C::OfficialStatement,
                true,
            ),
            (
                "A French intelligence report, released in May, found that ships left",
                "French intelligence",
                K::Government,
                C::OfficialStatement,
                true,
            ),
            (
                "Leaked emails on the site ‘Paste’ state that the bank knew",
                "Leaked emails on the site ‘Paste’",
                K::Anonymous,
                C::Leak,
                false,
            ),
            (
                "There is none, as stated by Naval Analyst Ada Low.",
                "Ada Low",
                K::Individual,
                C::ExpertComment,
                true,
            ),
            (
                "Naval analyst Ada Low has confirmed that it sails",
                "Ada Low",
                K::Individual,
                C::ExpertComment,
                true,
            ),
            (
                "In March, Norway’s foreign minister, Per Dahl, promised aid",
                "Per Dahl",
                K::Individual,
                C::OfficialStatement,
                true,
            ),
            (
                "This is supported by a naval analyst who acknowledged that it is old",
                "naval analyst",
                K::Anonymous,
                C::ExpertComment,
                false,
            ),
            (
                "According to Amnesty International, ten were held",
                "Amnesty International",
                K::Ngo,
                C::Research,
                true,
            ),
            (
                "A news report confirms the video and states that it is real",
                "news report",
                K::NewsOutlet,
                C::News,
                false,
            ),
            ("“We saw it,” Eva Strand said.", "Eva Strand", K::Other, C::Unattributed, true),
        ] {
            let found = said(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.0.as_str(), found.1, found.2, found.3),
                (name, kind, channel, named),
                "{text}"
            );
        }
    }

    #[test]
    fn rumour_is_rumour() {
        for text in [
            "Recent reports have shown that the port closed",
            "Reports further suggest that nobody was hurt",
            "The ships reportedly turned back",
            "The mayor is said to have fled",
        ] {
            let found = said(text).unwrap_or_else(|| panic!("{text}"));
            assert!(found.4 && found.2 == Channel::Unattributed, "{text}: {found:?}");
        }
    }

    #[test]
    fn later_mentions_point_back() {
        assert_eq!(said("The post claimed that ten came").unwrap().0, "<post>");
        assert_eq!(said("The document also shows that they met").unwrap().0, "<document>");
        assert_eq!(said("He added that it was over").unwrap().0, "<he>");
    }

    #[test]
    fn who_only_does_something_says_nothing() {
        for text in [
            "The port reopened in May",
            "We assess that it is likely",
            "The state has not acknowledged the ships",
            "President Low suspended the talks",
            "The withdrawal of the fleet contributed to this trend",
            "Ties have worsened over the past two years",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
