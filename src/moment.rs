//! When something was: a day, or an instant with its offset.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A point in time as sources give it: a calendar day, or an RFC 3339 time with its offset.
///
/// - Years run from 1 to 9999, as RFC 3339 can write them.
/// - The offset is kept: `parse(display(m)) == m`.
/// - There is no total order: a day and an instant within it come neither before nor after each
///   other. Ask [`is_after`](Self::is_after).
///
/// ```
/// use probative::moment::Moment;
///
/// let cut_off: Moment = "2023-06-13".parse()?;
/// let that_evening: Moment = "2023-06-13T22:00:00+02:00".parse()?;
/// let next_day: Moment = "2023-06-14".parse()?;
/// assert!(!that_evening.is_after(cut_off) && next_day.is_after(cut_off));
/// assert!("13.06.2023".parse::<Moment>().is_err());
/// # Ok::<(), probative::moment::MomentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(Precision);

impl Moment {
    /// A whole day.
    ///
    /// # Errors
    /// When the year is not between 1 and 9999.
    pub fn day(date: NaiveDate) -> Result<Self, MomentError> {
        if (1..=9999).contains(&date.year()) {
            Ok(Self(Precision::Day(date)))
        } else {
            Err(MomentError { found: date.to_string() })
        }
    }

    /// An instant.
    ///
    /// # Errors
    /// When the year, at its offset or in UTC, is not between 1 and 9999.
    pub fn instant(time: DateTime<FixedOffset>) -> Result<Self, MomentError> {
        let utc = time.naive_utc().year();
        if (1..=9999).contains(&time.year()) && (1..=9999).contains(&utc) {
            Ok(Self(Precision::Instant(time)))
        } else {
            Err(MomentError { found: time.to_string() })
        }
    }

    /// The calendar day: of an instant, the day at its own offset.
    pub fn date(self) -> NaiveDate {
        match self.0 {
            Precision::Day(date) => date,
            Precision::Instant(time) => time.date_naive(),
        }
    }

    /// The instant, unless only the day is known.
    pub fn time(self) -> Option<DateTime<FixedOffset>> {
        match self.0 {
            Precision::Day(_) => None,
            Precision::Instant(time) => Some(time),
        }
    }

    /// Whether it is surely later: two instants are compared as instants; as soon as one is a
    /// day, the days are compared, so that nothing within a day is after that day.
    pub fn is_after(self, other: Self) -> bool {
        match (self.0, other.0) {
            (Precision::Instant(a), Precision::Instant(b)) => a > b,
            _ => self.date() > other.date(),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Precision::Day(date) => write!(f, "{date}"),
            Precision::Instant(time) => {
                f.write_str(&time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
            }
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let error = || MomentError { found: text.to_owned() };
        // chrono reads `+12023-1-1` too; RFC 3339 has four digits, two and two.
        let shaped = text.len() >= 10
            && text.bytes().take(10).enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(error());
        }
        if text.len() == 10 {
            return text.parse().map_err(|_| error()).and_then(Self::day).map_err(|_| error());
        }
        DateTime::parse_from_rfc3339(text).map_err(|_| error()).and_then(Self::instant)
    }
}

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Self, MomentError> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

/// A text or time that is no [`Moment`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected a date (2023-06-13) or an RFC 3339 time (2023-06-13T10:00:00Z), found `{found}`")]
pub struct MomentError {
    /// What stands there.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Precision {
    Day(NaiveDate),
    Instant(DateTime<FixedOffset>),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            day in -800_000_i64..3_700_000, second in 0_i64..86_400, nanos in 0_u32..1_000_000_000,
            offset in -1439..1440_i32, whole: bool,
        ) {
            let time = DateTime::from_timestamp(day * 86_400 + second, nanos).unwrap()
                .with_timezone(&FixedOffset::east_opt(offset * 60).unwrap());
            let moment = if whole { Moment::day(time.date_naive()) } else { Moment::instant(time) };
            if let Ok(moment) = moment {
                prop_assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
            }
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = text.parse::<Moment>();
        }
    }

    #[test]
    fn only_the_written_forms_are_read() {
        for text in
            ["2023-02-29", "2023-6-1", "+2023-06-13", "2023-06-13T", "0000-01-01", "2023-06-13 "]
        {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
