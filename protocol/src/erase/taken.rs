//! The letters that somebody took out of a field, in the order in which an undo brings them again: that of the clocks they had.

use std::cell::OnceCell;
use std::collections::{BTreeMap, VecDeque};

use super::letters::{Letters, WithId};

/// So many UTF-16 units in a row are no coincidence.
pub(super) const LEAST: usize = 8;

/// Of so many units an undo may bring some again, and of the last that were taken at once. It takes back the latest first, and what is
/// looked through for every edit must have an end.
const RECENT: usize = 10_000;

/// Places where a run of letters is looked for, at the most: of a text that says one thing over and over any place is as good.
const PLACES: usize = 32;

/// A struct's id: client and clock.
type Id = (u64, u64);

#[derive(Debug, Default)]
pub(super) struct Taken {
    runs: BTreeMap<Id, Letters>,
    /// As they were taken.
    order: VecDeque<Id>,
    units: usize,
    /// All of it in order, until more is taken.
    row: OnceCell<Row>,
}

/// Letters in a row, and where each run of [`LEAST`] stands in it.
#[derive(Debug)]
struct Row {
    letters: Letters,
    places: BTreeMap<[u16; LEAST], Vec<usize>>,
}

impl Taken {
    /// Letters that are taken at once.
    pub(super) fn take(&mut self, runs: impl Iterator<Item = WithId>) {
        let before = self.order.len();
        for (id, letters) in runs {
            self.units += letters.len();
            self.order.push_back(id);
            self.runs.insert(id, letters);
        }
        for _ in 0..before {
            if self.units <= RECENT {
                break;
            }
            let oldest = self.order.pop_front();
            let oldest = oldest.and_then(|id| self.runs.remove(&id));
            self.units -= oldest.map_or(0, |letters| letters.len());
        }
        self.row = OnceCell::new();
    }

    /// Whether a text says any of it again.
    pub(super) fn says_again(&self, text: &Letters) -> bool {
        let mut text = text.clone();
        self.lose_again(&mut text);
        text.lacks_any()
    }

    /// Of a text goes what is gone of these letters, wherever both say the same for long enough.
    pub(super) fn lose_again(&self, text: &mut Letters) {
        if text.len() < LEAST {
            return;
        }
        let row = self.row.get_or_init(|| Row::of(self.runs.values()));
        let mut at = 0;
        while let Some(rest) = text.units().get(at..).filter(|rest| rest.len() >= LEAST) {
            let Some((length, place)) = row.longest(rest) else {
                at += 1;
                continue;
            };
            if let Some(part) = row.letters.part(place..place + length) {
                text.lose(at, &part);
            }
            at += length;
        }
    }
}

impl Row {
    fn of<'a>(runs: impl Iterator<Item = &'a Letters>) -> Self {
        let mut letters = Letters::default();
        for run in runs {
            letters.push(run);
        }
        let mut places: BTreeMap<[u16; LEAST], Vec<usize>> = BTreeMap::new();
        for (at, window) in letters.units().windows(LEAST).enumerate() {
            if let Ok(window) = window.try_into() {
                let places = places.entry(window).or_default();
                if places.len() < PLACES {
                    places.push(at);
                }
            }
        }
        Self { letters, places }
    }

    /// How far a text says what stands here, where it does so longest.
    fn longest(&self, text: &[u16]) -> Option<(usize, usize)> {
        let places = self.places.get(text.first_chunk::<LEAST>()?)?;
        let alike = |&place: &usize| {
            let there = self.letters.units().iter().skip(place);
            let alike = text.iter().zip(there).take_while(|(a, b)| a == b);
            (alike.count(), place)
        };
        places.iter().map(alike).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(taken: &mut Taken, clock: u64, text: &str) {
        taken.take(std::iter::once(((7, clock), Letters::all_gone(text))));
    }

    #[test]
    fn erase_7_letters_are_known_in_the_order_of_their_clocks_however_they_were_taken() {
        let mut taken = Taken::default();
        // As the key that takes the letter before the caret does.
        for (at, letter) in "the checkout".char_indices().rev() {
            takes(&mut taken, at as u64, &letter.to_string());
        }
        let mut text = Letters::whole("so the checkout!");
        taken.lose_again(&mut text);
        let marked = text.marked(super::super::words::Ink::Dash);
        assert_eq!(marked.as_deref(), Some("so ------------!"));
        assert!(
            !taken.says_again(&Letters::whole("the chest")),
            "seven of them"
        );
    }

    #[test]
    fn erase_7_of_much_the_latest_is_known_and_what_was_taken_at_once_is_known_whole() {
        let mut taken = Taken::default();
        takes(&mut taken, 0, "what went first");
        let much = "0123456789".repeat(RECENT / 10);
        takes(&mut taken, 100, &format!("{much} and its end"));
        assert!(!taken.says_again(&Letters::whole("what went first")));
        assert!(taken.says_again(&Letters::whole("and its end")));
        takes(&mut taken, 20_000, "what went last");
        assert!(!taken.says_again(&Letters::whole("and its end")));
        assert!(taken.says_again(&Letters::whole("what went last")));
    }
}
