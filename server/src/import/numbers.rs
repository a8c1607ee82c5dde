//! Numbers as people write them in a column. Whether a comma is a decimal mark or parts thousands differs from country to country and is
//! decided by what all values of the column allow; where that leaves two readings, nobody guesses. Pure.

/// The sign before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
}

/// What a column's values say of how its numbers are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// Nothing where both signs are possible, or neither for all: then each number is read by itself.
    mark: Option<Mark>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    Number(f64),
    /// No number.
    Words,
    /// `1.200`: the point is the decimal mark of every programming language and of Cairn's own files; in some countries it is 1200.
    Doubtful {
        read: f64,
        other: f64,
    },
    /// `1,200`, which is 1200 in one country and 1.2 in the next.
    Either {
        thousands: f64,
        decimals: f64,
    },
}

impl Numbers {
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let (mut point, mut comma) = (true, true);
        for value in values {
            let readings = (read(value, Mark::Point), read(value, Mark::Comma));
            if readings != (None, None) {
                point &= readings.0.is_some();
                comma &= readings.1.is_some();
            }
        }
        Self {
            mark: match (point, comma) {
                (true, false) => Some(Mark::Point),
                (false, true) => Some(Mark::Comma),
                (true, true) | (false, false) => None,
            },
        }
    }

    pub(super) fn read(self, text: &str) -> Reading {
        let number = |number: Option<f64>| number.map_or(Reading::Words, Reading::Number);
        if let Some(mark) = self.mark {
            return number(read(text, mark));
        }
        match (read(text, Mark::Point), read(text, Mark::Comma)) {
            (Some(point), Some(comma)) if point.total_cmp(&comma).is_ne() => {
                if text.contains('.') {
                    Reading::Doubtful {
                        read: point,
                        other: comma,
                    }
                } else {
                    Reading::Either {
                        thousands: point,
                        decimals: comma,
                    }
                }
            }
            (point, comma) => number(point.or(comma)),
        }
    }
}

/// A number with this decimal mark: with a true minus sign, a plus, thousands parted by the other mark, a space or an apostrophe.
fn read(text: &str, mark: Mark) -> Option<f64> {
    let plain = text.trim().replace('−', "-");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let (minus, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain), |digits| ("-", digits));
    let (group, decimal) = match mark {
        Mark::Point => (',', '.'),
        Mark::Comma => ('.', ','),
    };
    let (digits, power) = match digits.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once(decimal).unwrap_or((digits, ""));
    let whole = grouped(whole, group)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit())
        || (whole.is_empty() && fraction.is_empty())
    {
        return None;
    }
    let number: f64 = format!("{minus}{whole}.{fraction}e{power}").parse().ok()?;
    number.is_finite().then_some(number)
}

/// Digits without the signs that part their thousands; nothing where they part anything else.
fn grouped(whole: &str, group: char) -> Option<String> {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) {
        return Some(whole.to_owned());
    }
    let sign = whole.chars().find(|letter| !letter.is_ascii_digit())?;
    if sign != group && !" \u{a0}\u{202f}\u{2009}'’".contains(sign) {
        return None;
    }
    let parts: Vec<&str> = whole.split(sign).collect();
    let (first, rest) = parts.split_first()?;
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let fits = |part: &&str| part.len() == 3;
    (begins && rest.iter().all(fits) && parts.iter().all(|part| is_digits(part)))
        .then(|| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[&str]) -> Vec<Reading> {
        let numbers = Numbers::of(values.iter().copied());
        values.iter().map(|value| numbers.read(value)).collect()
    }

    #[test]
    fn import_7_a_number_is_read_as_its_whole_column_allows() {
        use Reading::{Doubtful, Either, Number, Words};
        for (values, read) in [
            (&["1,200", "3.5"][..], &[Number(1200.0), Number(3.5)][..]),
            (&["1,200", "3,5"], &[Number(1.2), Number(3.5)]),
            (&["1.200", "3,5"], &[Number(1200.0), Number(3.5)]),
            (&["1.200.000", "7"], &[Number(1_200_000.0), Number(7.0)]),
            (&["0,125"], &[Number(0.125)]),
            (&["1 200,5", "1’200"], &[Number(1200.5), Number(1200.0)]),
            (
                &["−1,5", "+2", "-0.5"],
                &[Number(-1.5), Number(2.0), Number(-0.5)],
            ),
            (&["about 40 %", "-20 %", "-", "1,2,3"], &[Words; 4]),
            (
                &["1.5e3", "1E+05", ".5", "5."],
                &[Number(1500.0), Number(100_000.0), Number(0.5), Number(5.0)],
            ),
            (
                &["1,200", "7"],
                &[
                    Either {
                        thousands: 1200.0,
                        decimals: 1.2,
                    },
                    Number(7.0),
                ],
            ),
            (
                &["1.200", "7"],
                &[
                    Doubtful {
                        read: 1.2,
                        other: 1200.0,
                    },
                    Number(7.0),
                ],
            ),
            (&["NaN", "inf", "1_000", "0x1f"], &[Words; 4]),
        ] {
            assert_eq!(column(values), read, "{values:?}");
        }
    }
}
