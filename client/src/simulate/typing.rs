//! How people type: key by key, in bursts, with slips. Pure.
//!
//! Called by the plan, to know how long it takes, and by walkers, who do it.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stroke {
    /// Before it is struck.
    pub(crate) pause: Duration,
    pub(crate) key: Key,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    /// Takes the last character back.
    Back,
}

/// How a person types this: in bursts, slower at the beginning of a word, with a slip now and then
/// that is seen and taken back. `hand` makes each time its own.
pub(crate) fn typing(text: &str, hand: u64, pace: f64) -> Vec<Stroke> {
    let mut rng = StdRng::seed_from_u64(hand);
    let mut strokes = Vec::with_capacity(text.len() + 8);
    let mut strike = |pause: u64, key| {
        let pause = Duration::from_millis(pause).div_f64(pace);
        strokes.push(Stroke { pause, key });
    };
    let mut before = ' ';
    for character in text.chars() {
        let slips = character.is_ascii_lowercase() && before != ' ' && rng.random_bool(0.015);
        if slips {
            let wrong = char::from(rng.random_range(b'a'..=b'z'));
            strike(rng.random_range(70..160), Key::Char(wrong));
            strike(rng.random_range(250..500), Key::Back);
        }
        let pause = match before {
            ' ' => rng.random_range(120..320),
            ',' | '.' | ':' | '?' => rng.random_range(250..600),
            _ => rng.random_range(60..180),
        };
        strike(pause, Key::Char(character));
        before = character;
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_reads_as_meant_slips_and_all() {
        let text = "Fills in the form on the phone, gives up, starts again on the laptop";
        let mut slips = 0;
        for hand in 0..50 {
            let mut typed = String::new();
            for stroke in typing(text, hand, 1.0) {
                match stroke.key {
                    Key::Char(character) => typed.push(character),
                    Key::Back => {
                        slips += 1;
                        typed.pop();
                    }
                }
            }
            assert_eq!(typed, text, "hand {hand}");
        }
        assert!(slips > 0, "nobody ever slips");
    }
}
