//! Sets of struct clocks, kept as the fewest ranges per client.
//!
//! Used for the deletions of an update and by the fold, which remembers which deletions it has
//! already journaled. Ordered and normalised, so equal sets have equal bytes everywhere.

use std::collections::BTreeMap;
use std::ops::Range;

/// Clocks by client: ascending, non-empty ranges that neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdRanges(BTreeMap<u64, Vec<Range<u64>>>);

impl IdRanges {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the clocks `range` of `client`; an empty range adds nothing.
    pub fn insert(&mut self, client: u64, range: Range<u64>) {
        if range.is_empty() {
            return;
        }
        let ranges = self.0.entry(client).or_default();
        // Every range in first..last overlaps or touches the new one and melts into it.
        let first = ranges.partition_point(|r| r.end < range.start);
        let last = ranges.partition_point(|r| r.start <= range.end);
        let melted = ranges.get(first..last).unwrap_or_default();
        let start = melted
            .first()
            .map_or(range.start, |r| r.start.min(range.start));
        let end = melted.last().map_or(range.end, |r| r.end.max(range.end));
        ranges.splice(first..last, std::iter::once(start..end));
    }

    /// Adds every clock of `other`.
    pub fn extend(&mut self, other: &Self) {
        for (client, range) in other.iter() {
            self.insert(client, range.clone());
        }
    }

    /// Whether every clock of `range` of `client` is in the set; true for an empty range.
    pub fn contains_range(&self, client: u64, range: &Range<u64>) -> bool {
        if range.is_empty() {
            return true;
        }
        let ranges = self.0.get(&client).map(Vec::as_slice).unwrap_or_default();
        let at = ranges.partition_point(|r| r.end < range.end);
        ranges.get(at).is_some_and(|r| r.start <= range.start)
    }

    /// The clocks of `range` of `client` that are not in the set.
    pub fn missing(&self, client: u64, range: &Range<u64>) -> Vec<Range<u64>> {
        let ranges = self.0.get(&client).map(Vec::as_slice).unwrap_or_default();
        let after = ranges.partition_point(|r| r.end <= range.start);
        let within = ranges.iter().skip(after);
        let within = within.take_while(|r| r.start < range.end);
        let mut missing = Vec::new();
        let mut from = range.start;
        for known in within {
            missing.push(from..known.start);
            from = known.end;
        }
        missing.push(from..range.end);
        missing.retain(|gap| gap.start < gap.end);
        missing
    }

    /// Whether the clock of this (client, clock) is in the set.
    pub fn contains(&self, (client, clock): (u64, u64)) -> bool {
        self.contains_range(client, &(clock..clock + 1))
    }

    /// Whether the set holds every clock of `other`.
    pub fn is_superset(&self, other: &Self) -> bool {
        other
            .iter()
            .all(|(client, range)| self.contains_range(client, range))
    }

    /// All ranges, by client and clock ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Range<u64>)> {
        self.0
            .iter()
            .flat_map(|(client, ranges)| ranges.iter().map(|range| (*client, range)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn set(ranges: &[(u64, Range<u64>)]) -> IdRanges {
        let mut set = IdRanges::new();
        for (client, range) in ranges {
            set.insert(*client, range.clone());
        }
        set
    }

    #[test]
    fn ranges_that_touch_become_one() {
        assert_eq!(set(&[(1, 0..2), (1, 4..6), (1, 2..4)]), set(&[(1, 0..6)]));
        assert_eq!(set(&[(1, 3..3)]), IdRanges::new());
    }

    proptest! {
        #[test]
        fn ranges_agree_with_a_set_of_clocks(
            a in prop::collection::vec((0u64..3, 0u64..40, 0u64..9), 0..12),
            b in prop::collection::vec((0u64..3, 0u64..40, 0u64..9), 0..4),
        ) {
            let ranges = |v: &[(u64, u64, u64)]| {
                set(&v.iter().map(|(c, s, l)| (*c, *s..s + l)).collect::<Vec<_>>())
            };
            let clocks = |v: &[(u64, u64, u64)]| -> BTreeSet<(u64, u64)> {
                v.iter().flat_map(|(c, s, l)| (*s..s + l).map(|k| (*c, k))).collect()
            };
            let (ra, rb, ca, cb) = (ranges(&a), ranges(&b), clocks(&a), clocks(&b));
            let listed: BTreeSet<_> =
                ra.iter().flat_map(|(c, r)| r.clone().map(move |k| (c, k))).collect();
            prop_assert_eq!(&listed, &ca);
            prop_assert_eq!(ra.is_superset(&rb), ca.is_superset(&cb));
            let missing = rb.iter().flat_map(|(c, r)| {
                ra.missing(c, r).into_iter().flatten().map(move |k| (c, k))
            });
            prop_assert!(missing.eq(cb.difference(&ca).copied()));
            let mut reversed = a.clone();
            reversed.reverse();
            prop_assert_eq!(&ranges(&reversed), &ra, "the order of insertion must not show");
            let flat: Vec<_> = ra.iter().collect();
            for pair in flat.windows(2) {
                prop_assert!(pair[0].0 != pair[1].0 || pair[0].1.end < pair[1].1.start);
            }
        }
    }
}
