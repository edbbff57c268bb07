//! Dates as people write them.

use std::ops::Range;

use chrono::{DateTime, NaiveDate};

use super::words::{Token, tokens};
use crate::moment::Moment;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) reading: Reading,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Sure(Moment),
    /// Day first, or month first.
    Either(Moment, Moment),
}

/// The first date in this stretch of text.
///
/// With full stops the day comes first (13.06.2023), as everywhere that writes dates so. With
/// slashes it depends on the country: where both readings are dates, both are given.
pub(super) fn first(text: &str, range: Range<usize>) -> Option<Found> {
    let words = tokens(text, range.clone());
    (0..words.len()).find_map(|at| {
        let here = words.get(at..)?;
        let (reading, end) = written_out(here)
            .or_else(|| time_group(here))
            .or_else(|| iso(text, here, range.end))
            .or_else(|| in_numbers(here))?;
        Some(Found { range: here.first()?.at..end, reading })
    })
}

/// 13 June 2023, 13th of June 2023, June 13, 2023, June 2023 is no date.
fn written_out(words: &[Token<'_>]) -> Option<(Reading, usize)> {
    let first = words.first()?;
    let (day, month, mut next) = if let Some(day) = ordinal(first.text) {
        let of = usize::from(words.get(1)?.is("of"));
        (day, month(words.get(1 + of)?.text)?, 2 + of)
    } else {
        let dot = usize::from(words.get(1)?.text == ".");
        (ordinal(words.get(1 + dot)?.text)?, month(first.text)?, 2 + dot)
    };
    while words.get(next).is_some_and(|t| matches!(t.text, "," | ".")) {
        next += 1;
    }
    let year = words.get(next)?;
    let date = day_of(full_year(year.text)?, month, day)?;
    Some((Reading::Sure(date), year.end()))
}

/// 131200ZJUN23, 131200Z JUN 2023: the date-time group of military messages.
fn time_group(words: &[Token<'_>]) -> Option<(Reading, usize)> {
    let first = words.first()?;
    let digits = first.text.get(..6)?;
    let zone = first.text.get(6..7)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !zone.eq_ignore_ascii_case("Z") {
        return None;
    }
    let (name, year, end) = match first.text.get(7..)? {
        "" => {
            let year = words.get(2)?;
            (words.get(1)?.text, year.text, year.end())
        }
        rest => (rest.get(..3)?, rest.get(3..)?, first.end()),
    };
    let date =
        NaiveDate::from_ymd_opt(full_year(year)?, month(name)?, digits.get(..2)?.parse().ok()?)?;
    let time =
        date.and_hms_opt(digits.get(2..4)?.parse().ok()?, digits.get(4..)?.parse().ok()?, 0)?;
    let instant: DateTime<chrono::FixedOffset> = time.and_utc().into();
    Some((Reading::Sure(Moment::instant(instant).ok()?), end))
}

/// 2023-06-13, with or without a time.
fn iso(text: &str, words: &[Token<'_>], most: usize) -> Option<(Reading, usize)> {
    const LONGEST: usize = 40;
    let first = words.first()?;
    if first.text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let stop = crate::draft::words::floor(text, (first.at + LONGEST).min(most));
    let written = text.get(first.at..stop)?.split_whitespace().next()?;
    let written = written.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let whole = written.parse().ok().map(|moment| (moment, written.len()));
    let (moment, length) = whole.or_else(|| Some((written.get(..10)?.parse().ok()?, 10)))?;
    Some((Reading::Sure(moment), first.at + length))
}

/// 13.06.2023, 13-06-2023, 13/06/2023.
fn in_numbers(words: &[Token<'_>]) -> Option<(Reading, usize)> {
    let first = words.first()?;
    let (parts, sign, end): (Vec<&str>, char, usize) = if first.text.contains('.') {
        (first.text.split('.').collect(), '.', first.end())
    } else if first.text.contains('-') {
        (first.text.split('-').collect(), '-', first.end())
    } else {
        let third = words.get(4)?;
        if words.get(1)?.text != "/" || words.get(3)?.text != "/" {
            return None;
        }
        (vec![first.text, words.get(2)?.text, third.text], '/', third.end())
    };
    let [a, b, year] = parts.as_slice() else { return None };
    let (a, b) = (small(a)?, small(b)?);
    let year = full_year(year)?;
    let (day_first, month_first) = (day_of(year, b, a), day_of(year, a, b));
    let reading = match (day_first, month_first) {
        (Some(day), _) if sign == '.' => Reading::Sure(day),
        (Some(day), Some(month)) if day != month => Reading::Either(day, month),
        (Some(sure), _) | (None, Some(sure)) if sign != '.' => Reading::Sure(sure),
        _ => return None,
    };
    Some((reading, end))
}

fn day_of(year: i32, month: u32, day: u32) -> Option<Moment> {
    Moment::day(NaiveDate::from_ymd_opt(year, month, day)?).ok()
}

fn small(text: &str) -> Option<u32> {
    (text.len() <= 2).then(|| text.parse().ok())?
}

/// 13, 13th; at most 31.
fn ordinal(text: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .unwrap_or(text);
    small(digits).filter(|day| (1..=31).contains(day))
}

/// Four digits, or two for this century: reports with a cut-off are no older.
fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn month(text: &str) -> Option<u32> {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = text.to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { &name };
    let found = MONTHS.iter().position(|one| *one == name || one.get(..3) == Some(name))?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        first(text, 0..text.len()).map(|found| match found.reading {
            Reading::Sure(moment) => moment.to_string(),
            Reading::Either(a, b) => format!("{a} or {b}"),
        })
    }

    #[test]
    fn dates_are_read_as_they_are_commonly_written() {
        for text in [
            "cut-off: 13.06.2023",
            "on 13 June 2023.",
            "June 13, 2023",
            "13th of June 2023",
            "Jun. 13 2023",
            "2023-06-13",
            "13/06/2023",
            "06/13/2023",
            "13-06-2023",
            "13.6.23",
            "(2023-06-13)",
            "13 JUN 23",
        ] {
            assert_eq!(read(text).as_deref(), Some("2023-06-13"), "{text}");
        }
        assert_eq!(read("131200ZJUN23").as_deref(), Some("2023-06-13T12:00:00Z"));
        assert_eq!(read("131200Z JUN 2023").as_deref(), Some("2023-06-13T12:00:00Z"));
        assert_eq!(read("2023-06-13T10:00:00Z").as_deref(), Some("2023-06-13T10:00:00Z"));
    }

    #[test]
    fn what_may_be_two_dates_is_not_decided() {
        assert_eq!(read("06/07/2023").as_deref(), Some("2023-07-06 or 2023-06-07"));
        assert_eq!(read("07/07/2023").as_deref(), Some("2023-07-07"));
        for text in ["June 2023", "31.02.2023", "06.13.2023", "section 3.5", "1/2", "may 2023"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
