//! Fractional order keys, format of npm `fractional-indexing` (3.x and 4.x, base-62 digits).
//!
//! A key is a head letter that says how long its integer part is (`a0` … `az`, `b00` …; `Zz`,
//! `Zy` … below), then that many digits, then an optional fraction that never ends in `0`. Keys
//! compare by code unit. Called by the write operations. A port of the CC0 original
//! (<https://github.com/rocicorp/fractional-indexing>), with loops where it recurses: keys come
//! from other people's clients and may be long.

/// Longest key an order is computed from; longer ones count as unusable. Three thousand insertions
/// at one spot stay below it.
pub const MAX_KEY: usize = 512;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Why no key lies between two keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Not a key of this format.
    #[error("\"{0}\" is not an order key; give the entry a new one")]
    Invalid(String),
    /// Nothing lies between a key and itself.
    #[error("both neighbours have the order key \"{0}\"; give one of them a new one")]
    Equal(String),
}

/// Whether this is a key that others may be computed from (format and [`MAX_KEY`]).
pub fn is_key(key: &str) -> bool {
    key.len() <= MAX_KEY && parts(key).is_some()
}

/// A key between two keys; `None` is the start or the end. Bounds in the wrong order are swapped,
/// as in the original.
pub fn key_between(a: Option<&str>, b: Option<&str>) -> Result<String, OrderError> {
    let a = a
        .map(|key| parts(key).ok_or_else(|| OrderError::Invalid(key.to_owned())))
        .transpose()?;
    let b = b
        .map(|key| parts(key).ok_or_else(|| OrderError::Invalid(key.to_owned())))
        .transpose()?;
    let bytes = match (a, b) {
        (None, None) => b"a0".to_vec(),
        (None, Some(b)) => before(b),
        (Some(a), None) => after(a),
        (Some(a), Some(b)) if a == b => {
            return Err(OrderError::Equal(
                a.0.iter()
                    .chain(a.1)
                    .map(|byte| char::from(*byte))
                    .collect(),
            ));
        }
        // Comparing integer part, then fraction, compares the keys: the head fixes the length.
        (Some(a), Some(b)) if a < b => between(a, b),
        (Some(a), Some(b)) => between(b, a),
    };
    Ok(bytes.into_iter().map(char::from).collect())
}

/// `n` keys between two keys, in order: the same ones the original makes.
pub fn n_keys_between(
    a: Option<&str>,
    b: Option<&str>,
    n: usize,
) -> Result<Vec<String>, OrderError> {
    let mut keys = Vec::with_capacity(n);
    match (a, b) {
        (_, None) => {
            for _ in 0..n {
                keys.push(key_between(keys.last().map(String::as_str).or(a), None)?);
            }
        }
        (None, Some(_)) => {
            for _ in 0..n {
                keys.push(key_between(None, keys.last().map(String::as_str).or(b))?);
            }
            keys.reverse();
        }
        (Some(_), Some(_)) if n > 0 => {
            let middle = key_between(a, b)?;
            keys = n_keys_between(a, Some(&middle), n / 2)?;
            let rest = n_keys_between(Some(&middle), b, n - n / 2 - 1)?;
            keys.push(middle);
            keys.extend(rest);
        }
        (Some(_), Some(_)) => {}
    }
    Ok(keys)
}

/// A usable key that sorts as well as it can between two keys of unknown origin. A bound that is
/// no key counts as absent; where the bounds are equal or the wrong way round, the upper one does.
pub fn key_near(a: Option<&str>, b: Option<&str>) -> String {
    let a = a.filter(|key| is_key(key));
    let b = b
        .filter(|key| is_key(key))
        .filter(|b| a.is_none_or(|a| a < *b));
    let mut key = key_between(a, b).expect("both bounds are keys and in order");
    if parts(&key).is_none() {
        // The original hands out the smallest integer, which it then refuses; a fraction of it
        // still sorts before everything else.
        key.push('V');
    }
    key
}

/// A key's integer part (head letter included) and fraction.
type Parts<'a> = (&'a [u8], &'a [u8]);

fn parts(key: &str) -> Option<Parts<'_>> {
    let key = key.as_bytes();
    let (integer, fraction) = key.split_at_checked(integer_length(*key.first()?)?)?;
    let digits = key.iter().all(u8::is_ascii_alphanumeric);
    // The smallest integer by itself is no key: nothing could ever be put before it.
    let smallest = fraction.is_empty() && is_smallest(integer);
    (digits && fraction.last() != Some(&b'0') && !smallest).then_some((integer, fraction))
}

fn integer_length(head: u8) -> Option<usize> {
    match head {
        b'a'..=b'z' => Some(usize::from(head - b'a') + 2),
        b'A'..=b'Z' => Some(usize::from(b'Z' - head) + 2),
        _ => None,
    }
}

fn is_smallest(integer: &[u8]) -> bool {
    integer
        .split_first()
        .is_some_and(|(head, digits)| *head == b'A' && digits.iter().all(|d| *d == b'0'))
}

fn before((integer, fraction): Parts) -> Vec<u8> {
    if is_smallest(integer) {
        return [integer, &midpoint(b"", Some(fraction))].concat();
    }
    if !fraction.is_empty() {
        return integer.to_vec();
    }
    decrement(integer).expect("only the smallest integer has none before it")
}

fn after((integer, fraction): Parts) -> Vec<u8> {
    increment(integer).unwrap_or_else(|| [integer, &midpoint(fraction, None)].concat())
}

fn between(a: Parts, b: Parts) -> Vec<u8> {
    if a.0 == b.0 {
        return [a.0, &midpoint(a.1, Some(b.1))].concat();
    }
    match increment(a.0) {
        Some(next) if (next.as_slice(), b"".as_slice()) < b => next,
        _ => [a.0, &midpoint(a.1, None)].concat(),
    }
}

/// The shortest fraction between two; `b` of `None` is the end of all fractions.
fn midpoint(a: &[u8], b: Option<&[u8]>) -> Vec<u8> {
    let mut middle = Vec::new();
    let mut a = a.iter().copied();
    let mut b = b.map(|b| b.iter().copied().peekable());
    loop {
        let low = a.next().unwrap_or(b'0');
        let high = b.as_mut().and_then(Iterator::next);
        if high == Some(low) {
            middle.push(low);
            continue;
        }
        let (low_at, high_at) = (digit(low), high.map_or(DIGITS.len(), digit));
        if high_at - low_at > 1 {
            middle.extend(DIGITS.get((low_at + high_at).div_ceil(2)));
            return middle;
        }
        if let (Some(high), Some(true)) = (high, b.as_mut().map(|b| b.peek().is_some())) {
            middle.push(high);
            return middle;
        }
        middle.push(low);
        b = None;
    }
}

/// The value of a digit.
fn digit(byte: u8) -> usize {
    DIGITS.binary_search(&byte).expect("a key has only digits")
}

fn increment(integer: &[u8]) -> Option<Vec<u8>> {
    let mut next = integer.to_vec();
    let (head, digits) = next.split_first_mut()?;
    for byte in digits.iter_mut().rev() {
        match DIGITS.get(digit(*byte) + 1) {
            Some(up) => {
                *byte = *up;
                return Some(next);
            }
            None => *byte = b'0',
        }
    }
    match *head {
        b'z' => return None,
        b'Z' => return Some(b"a0".to_vec()),
        _ => *head += 1,
    }
    if *head > b'a' {
        next.push(b'0');
    } else {
        next.truncate(next.len() - 1);
    }
    Some(next)
}

fn decrement(integer: &[u8]) -> Option<Vec<u8>> {
    let mut next = integer.to_vec();
    let (head, digits) = next.split_first_mut()?;
    for byte in digits.iter_mut().rev() {
        match digit(*byte)
            .checked_sub(1)
            .and_then(|down| DIGITS.get(down))
        {
            Some(down) => {
                *byte = *down;
                return Some(next);
            }
            None => *byte = b'z',
        }
    }
    match *head {
        b'A' => return None,
        b'a' => return Some(b"Zz".to_vec()),
        _ => *head -= 1,
    }
    if *head < b'Z' {
        next.push(b'z');
    } else {
        next.truncate(next.len() - 1);
    }
    Some(next)
}
