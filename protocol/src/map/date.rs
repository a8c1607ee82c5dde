//! Calendar days and moments as the JSON form writes them.
//!
//! Reads no clock: today is always an argument.

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A real day of the Gregorian calendar, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day with these numbers, if the calendar has it. `year` is 0–9999, the others from 1.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        if year > 9999 || day == 0 || day > days_in(year, month) {
            return None;
        }
        Some(Date { year, month, day })
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let (year, rest) = number(text, 4)?;
        let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
        let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
        if !rest.is_empty() {
            return None;
        }
        Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day `days` later, if its year still has four digits.
    pub fn plus_days(self, days: u32) -> Option<Date> {
        Date::from_day_number(self.day_number().checked_add(days)?)
    }

    /// Days since 0000-01-01.
    fn day_number(self) -> u32 {
        let year = u32::from(self.year);
        // Leap days of the years before this one; year 0 is a leap year.
        let leaps = if year == 0 {
            0
        } else {
            (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1
        };
        let months: u32 = (1..self.month)
            .map(|month| u32::from(days_in(self.year, month)))
            .sum();
        year * 365 + leaps + months + u32::from(self.day) - 1
    }

    fn from_day_number(number: u32) -> Option<Date> {
        // 366 days a year gives a year at or before the right one, at most 7 too early.
        let mut year = u16::try_from(number / 366).ok()?;
        while year < 9999
            && (Date {
                year: year + 1,
                month: 1,
                day: 1,
            })
            .day_number()
                <= number
        {
            year += 1;
        }
        let mut left = number
            - (Date {
                year,
                month: 1,
                day: 1,
            })
            .day_number();
        for month in 1..=12 {
            let days = u32::from(days_in(year, month));
            if left < days {
                return Date::new(year, month, left as u8 + 1);
            }
            left -= days;
        }
        None
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| de::Error::custom("not a calendar day, YYYY-MM-DD"))
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

/// A number of exactly `digits` ASCII digits, and what follows it.
fn number(text: &str, digits: usize) -> Option<(u16, &str)> {
    let (head, rest) = text.split_at_checked(digits)?;
    if !head.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((head.parse().ok()?, rest))
}

/// Whether this is an RFC 3339 date and time with its offset: `2026-10-02T09:00:00Z`,
/// `2026-10-02T11:00:00.5+02:00`. Seconds are 00–59: browsers cannot read a leap second.
pub fn is_rfc3339(text: &str) -> bool {
    rfc3339_rest(text).is_some_and(str::is_empty)
}

fn rfc3339_rest(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    Date::parse(day)?;
    let rest = within(rest.strip_prefix(['T', 't'])?, 23)?;
    let rest = within(rest.strip_prefix(':')?, 59)?;
    let mut rest = within(rest.strip_prefix(':')?, 59)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() == fraction.len() {
            return None;
        }
        rest = after;
    }
    if let Some(rest) = rest.strip_prefix(['Z', 'z']) {
        return Some(rest);
    }
    let rest = within(rest.strip_prefix(['+', '-'])?, 23)?;
    within(rest.strip_prefix(':')?, 59)
}

fn within(text: &str, most: u16) -> Option<&str> {
    let (value, rest) = number(text, 2)?;
    (value <= most).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_14_a_date_is_a_real_calendar_day() {
        for good in [
            "2026-11-16",
            "2024-02-29",
            "2000-02-29",
            "0000-01-01",
            "9999-12-31",
        ] {
            assert_eq!(
                Date::parse(good).map(|d| d.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-01",
            "2026-01-00",
            "26-01-01",
            "2026-01-01T00:00:00Z",
            " 2026-01-01",
            "2026-01-01 ",
            "２026-01-01",
            "2026/01/01",
            "",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_added_across_months_and_leap_years() {
        let plus = |from: &str, days| {
            Date::parse(from)
                .unwrap()
                .plus_days(days)
                .map(|d| d.to_string())
        };
        assert_eq!(plus("2026-11-16", 90).as_deref(), Some("2027-02-14"));
        assert_eq!(plus("2024-02-28", 1).as_deref(), Some("2024-02-29"));
        assert_eq!(plus("2024-02-28", 366).as_deref(), Some("2025-02-28"));
        assert_eq!(plus("0000-01-01", 0).as_deref(), Some("0000-01-01"));
        assert_eq!(plus("9999-12-31", 1), None);
        assert_eq!(plus("2026-01-01", u32::MAX), None);
    }

    #[test]
    fn day_numbers_count_every_day_of_the_calendar() {
        let mut number = 0;
        for year in 0..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in(year, month) {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!(date.day_number(), number, "{date}");
                    if day == 1 {
                        assert_eq!(Date::from_day_number(number), Some(date));
                    }
                    number += 1;
                }
            }
        }
        assert_eq!(Date::from_day_number(number), None);
    }

    #[test]
    fn map_15_a_moment_is_rfc_3339() {
        for good in [
            "2026-10-02T09:00:00Z",
            "2026-10-02t09:00:00z",
            "2026-10-02T09:00:00.123456789Z",
            "2026-10-02T23:59:59+02:00",
            "2026-10-02T00:00:00-11:30",
        ] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "2026-10-02",
            "2026-10-02T09:00Z",
            "2026-10-02 09:00:00Z",
            "2026-10-02T24:00:00Z",
            "2026-10-02T09:60:00Z",
            "2026-10-02T09:00:60Z",
            "2026-10-02T09:00:00",
            "",
            "2026-10-02T09:00:00.Z",
            "2026-10-02T09:00:00+2:00",
            "2026-02-30T09:00:00Z",
            "2026-10-02T09:00:00Zz",
            "2026-10-02T09:00:00+24:00",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}
