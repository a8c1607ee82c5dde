//! Texts letter by letter: what they said, and which of their letters are gone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::words::Ink;

/// A text and what is gone of it, by UTF-16 units, as shared texts count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    was: Vec<u16>,
    gone: Vec<bool>,
}

impl Letters {
    /// What differs between two texts of one length.
    pub(super) fn between(was: &str, is: &str) -> Self {
        let was: Vec<u16> = was.encode_utf16().collect();
        let is = is.encode_utf16().map(Some).chain(std::iter::repeat(None));
        let gone = was.iter().zip(is).map(|(was, is)| Some(*was) != is);
        let gone = gone.collect();
        Self { was, gone }
    }

    /// A text of which all is gone.
    pub(super) fn all_gone(text: &str) -> Self {
        let was: Vec<u16> = text.encode_utf16().collect();
        let gone = vec![true; was.len()];
        Self { was, gone }
    }

    /// A text of which nothing is.
    pub(super) fn whole(text: &str) -> Self {
        let was: Vec<u16> = text.encode_utf16().collect();
        let gone = vec![false; was.len()];
        Self { was, gone }
    }

    pub(super) fn len(&self) -> usize {
        self.was.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.was.is_empty()
    }

    pub(super) fn units(&self) -> &[u16] {
        &self.was
    }

    /// Whether anything is gone.
    pub(super) fn lacks_any(&self) -> bool {
        self.gone.contains(&true)
    }

    /// Whether more than half of it is.
    pub(super) fn lacks_most(&self) -> bool {
        let gone = self.gone.iter().filter(|gone| **gone).count();
        gone * 2 > self.gone.len()
    }

    pub(super) fn part(&self, range: Range<usize>) -> Option<Self> {
        let was = self.was.get(range.clone())?.to_vec();
        let gone = self.gone.get(range)?.to_vec();
        Some(Self { was, gone })
    }

    pub(super) fn push(&mut self, more: &Self) {
        self.was.extend_from_slice(&more.was);
        self.gone.extend_from_slice(&more.gone);
    }

    /// What is gone of another text is gone of this one's letters from `at` on.
    pub(super) fn lose(&mut self, at: usize, other: &Self) {
        let from = self.gone.iter_mut().skip(at);
        for (gone, theirs) in from.zip(&other.gone) {
            *gone |= theirs;
        }
    }

    /// All of it is gone.
    pub(super) fn lose_all(&mut self) {
        self.gone.fill(true);
    }

    /// Every place where another text stands in this one.
    pub(super) fn occurrences<'a>(&'a self, of: &'a Self) -> impl Iterator<Item = Self> + 'a {
        let windows = self.was.windows(of.len().max(1)).enumerate();
        let found = windows.filter(move |(_, window)| *window == of.was.as_slice());
        found.filter_map(|(at, window)| self.part(at..at + window.len()))
    }

    /// The text with marks for what is gone; nothing where nothing is.
    pub(super) fn marked(&self, ink: Ink) -> Option<String> {
        if !self.lacks_any() {
            return None;
        }
        let mark = ink.char() as u16;
        let left = self.was.iter().zip(&self.gone);
        let left = left.map(|(unit, gone)| if *gone { mark } else { *unit });
        // A pair of surrogates goes as one: it was one character of one person.
        Some(String::from_utf16_lossy(&left.collect::<Vec<_>>()))
    }
}

/// A struct's id: client and clock.
type Id = (u64, u64);
/// Letters with the id of their first.
pub(super) type WithId = (Id, Letters);

/// The letters of which some are gone, by the clocks they have.
#[derive(Debug, Default)]
pub(super) struct ByClock(BTreeMap<u64, BTreeMap<u64, Letters>>);

impl ByClock {
    /// Takes in letters whose first has this id.
    pub(super) fn learn(&mut self, (client, clock): Id, letters: &Letters) {
        let runs = self.0.entry(client).or_default();
        let Some((start, last)) = runs.iter_mut().next_back() else {
            runs.insert(clock, letters.clone());
            return;
        };
        let known = start + last.len() as u64;
        if clock > known {
            runs.insert(clock, letters.clone());
        } else if let Some(fresh) = letters.part((known - clock) as usize..letters.len()) {
            // What was heard before is known.
            last.push(&fresh);
        }
    }

    /// Those among these clocks.
    pub(super) fn among(&self, client: u64, clocks: &Range<u64>) -> Vec<WithId> {
        let Some(runs) = self.0.get(&client) else {
            return Vec::new();
        };
        let first = runs.range(..=clocks.start).next_back();
        let rest = runs.range(clocks.start.saturating_add(1)..clocks.end.max(clocks.start + 1));
        let within = first
            .into_iter()
            .chain(rest)
            .filter_map(|(start, letters)| {
                let from = clocks.start.max(*start);
                let to = clocks.end.min(start + letters.len() as u64);
                let part = letters
                    .part((from - start) as usize..to.max(from).saturating_sub(*start) as usize)?;
                (!part.is_empty()).then_some(((client, from), part))
            });
        within.collect()
    }
}
