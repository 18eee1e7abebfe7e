//! Dates as policies write them: from text to minutes and back.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};

use super::ast::Date;

/// The origin of [`Date::minutes`].
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

impl Date {
    /// Reads `2016-05-11` or `2016-05-11T14:30`; `None` if it is not a day of the calendar or
    /// not a time of day.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let mut parts = day.splitn(3, '-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        let day = jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?);
        let clock = match time {
            Some(time) => {
                let (hour, minute) = time.split_once(':')?;
                let hour = digits(hour, 2)?.try_into().ok()?;
                let minute = digits(minute, 2)?.try_into().ok()?;
                Time::new(hour, minute, 0, 0).ok()?
            }
            None => Time::midnight(),
        };
        let since = day.ok()?.to_datetime(clock).duration_since(EPOCH);
        Some(Self {
            minutes: since.as_mins(),
            timed: time.is_some(),
        })
    }
}

/// The number that exactly `count` ASCII digits write.
fn digits(text: &str, count: usize) -> Option<i16> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// As policies write it. A day outside the years 0 to 9999, which arithmetic can reach, is
/// written as its distance from 1970.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = SignedDuration::try_from_mins(self.minutes)
            .and_then(|since| EPOCH.checked_add(since).ok())
            .filter(|at| at.year() >= 0);
        match at {
            Some(at) if self.timed => write!(
                f,
                "{:04}-{:02}-{:02}T{:02}:{:02}",
                at.year(),
                at.month(),
                at.day(),
                at.hour(),
                at.minute()
            ),
            Some(at) => write!(f, "{:04}-{:02}-{:02}", at.year(), at.month(), at.day()),
            None => write!(f, "1970-01-01T00:00 {:+} minutes", self.minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_calendar_alone() {
        for (text, minutes) in [
            ("1970-01-02", Some(1440)),
            ("1969-12-31", Some(-1440)),
            ("2024-02-29", Some(28_486_080)),
            ("1970-01-01T14:30", Some(870)),
            ("2023-02-29", None),
            ("2024-13-01", None),
            ("2024-01-01T24:00", None),
            ("24-01-01", None),
            ("+024-01-01", None),
            ("2024-01-01T1:00", None),
        ] {
            assert_eq!(
                Date::parse(text).map(|date| date.minutes),
                minutes,
                "{text}"
            );
        }
    }

    #[test]
    fn written_as_read() {
        for text in [
            "0000-01-01",
            "2016-05-11",
            "2016-05-11T00:00",
            "9999-12-31T23:59",
        ] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
        let far = Date {
            minutes: i64::MAX,
            timed: false,
        };
        assert_eq!(
            far.to_string(),
            "1970-01-01T00:00 +9223372036854775807 minutes"
        );
    }
}
