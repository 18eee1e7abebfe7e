//! Dates as facts write them: a day, or a day and a time.

use jiff::civil::{Date, DateTime, Time};

/// The first of all minutes.
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Whether `text` has the form of a date, of the calendar or not.
pub(super) fn looks_like(text: &str) -> bool {
    let form = |form: &str| {
        form.len() == text.len()
            && form.bytes().zip(text.bytes()).all(|(expected, byte)| match expected {
                b'0' => byte.is_ascii_digit(),
                _ => byte == expected,
            })
    };
    form("0000-00-00") || form("0000-00-00T00:00")
}

/// The minutes since 1970 of a text that looks like a date, if there is such a day and time.
pub(super) fn parse(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let small = |range| i8::try_from(number(range)?).ok();
    let day = Date::new(number(0..4)?, small(5..7)?, small(8..10)?).ok()?;
    let time = match text.len() {
        10 => Time::midnight(),
        _ => Time::new(small(11..13)?, small(14..16)?, 0, 0).ok()?,
    };
    Some(day.to_datetime(time).duration_since(EPOCH).as_mins())
}
