//! Dates on the command line, as minutes since 1970-01-01T00:00.

use jiff::civil::{Date, DateTime};

/// The minutes from 1970-01-01T00:00 to `moment`.
pub(super) fn minutes(moment: DateTime) -> i64 {
    let days = days_from_civil(moment.date());
    days * 24 * 60 + i64::from(moment.hour()) * 60 + i64::from(moment.minute())
}

/// The moment that `text` names as a policy would: `2024-05-02` or `2024-05-02T14:30`.
pub(super) fn parse(text: &str) -> Option<i64> {
    let moment = match text.len() {
        10 => DateTime::from(Date::strptime("%Y-%m-%d", text).ok()?),
        16 => DateTime::strptime("%Y-%m-%dT%H:%M", text).ok()?,
        _ => return None,
    };
    Some(minutes(moment))
}

/// Days from 1970-01-01 to `date`. Both lie within jiff's range, and so does their distance.
fn days_from_civil(date: Date) -> i64 {
    let span = date - Date::constant(1970, 1, 1);
    i64::from(span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_minutes() {
        assert_eq!(parse("1970-01-01"), Some(0));
        assert_eq!(parse("1970-01-02T00:01"), Some(1441));
        assert_eq!(parse("1969-12-31"), Some(-1440));
        assert_eq!(parse("2024-05-02"), Some(19845 * 1440));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "today",
            "2024-02-30",
            "2024-5-2",
            "2024-05-02T24:00",
            "02/05/2024",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
