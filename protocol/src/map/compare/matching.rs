//! What is the same on both sides: entries of one id; and of what is left, those of one name, or cards of one text in the same place.
//! Two maps made apart from each other share no ids; two moments of one map share all of them.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::{Card, JourneyMap, Lane, Stage};

/// Entries of two lists, sorted by where they are.
pub(super) struct Pairs<'m, T> {
    /// On both sides, in the order of the later.
    pub(super) both: Vec<(&'m T, &'m T)>,
    /// Both lists' order of those on both sides, by their place in `both`.
    order_before: Vec<usize>,
    pub(super) added: Vec<&'m T>,
    pub(super) removed: Vec<&'m T>,
}

impl<'m, T> Pairs<'m, T> {
    /// The id on the later side of what has this id on the earlier.
    pub(super) fn counterpart(
        &self,
        id: &str,
        id_of: impl Fn(&'m T) -> &'m String,
    ) -> Option<&'m String> {
        let pair = self.both.iter().find(|(before, _)| id_of(before) == id);
        pair.map(|(_, after)| id_of(after))
    }
}

/// Matches two lists by id and then by what `like` gives: equal keys match in order.
fn pairs<'m, T, K: Ord>(
    before: &'m [T],
    after: &'m [T],
    id: impl Fn(&'m T) -> &'m str,
    like_before: impl Fn(&'m T) -> Option<K>,
    like_after: impl Fn(&'m T) -> Option<K>,
) -> Pairs<'m, T> {
    let by_id: BTreeMap<&str, usize> = before.iter().map(&id).zip(0..).collect();
    let mut partner: Vec<Option<usize>> = after
        .iter()
        .map(|one| by_id.get(id(one)).copied())
        .collect();
    let mut taken: BTreeSet<usize> = partner.iter().flatten().copied().collect();
    let mut by_likeness = BTreeMap::<K, Vec<usize>>::new();
    for (place, one) in before.iter().enumerate().rev() {
        if let Some(key) = like_before(one).filter(|_| !taken.contains(&place)) {
            by_likeness.entry(key).or_default().push(place);
        }
    }
    for (one, partner) in after.iter().zip(&mut partner) {
        if partner.is_none() {
            *partner = like_after(one).and_then(|key| by_likeness.get_mut(&key)?.pop());
            taken.extend(*partner);
        }
    }
    let matched: Vec<(usize, &T, &T)> = after
        .iter()
        .zip(&partner)
        .filter_map(|(one, partner)| {
            let place = (*partner)?;
            Some((place, before.get(place)?, one))
        })
        .collect();
    let mut order_before: Vec<usize> = (0..matched.len()).collect();
    order_before.sort_by_key(|at| matched.get(*at).map(|(place, _, _)| *place));
    Pairs {
        both: matched
            .into_iter()
            .map(|(_, before, after)| (before, after))
            .collect(),
        order_before,
        added: after
            .iter()
            .zip(&partner)
            .filter(|(_, partner)| partner.is_none())
            .map(|(one, _)| one)
            .collect(),
        removed: before
            .iter()
            .zip(0..)
            .filter(|(_, place)| !taken.contains(place))
            .map(|(one, _)| one)
            .collect(),
    }
}

/// Matches personas, stages or lanes; `kind` sets apart what is never the same however it is called.
pub(super) fn named<'m, T>(
    before: &'m [T],
    after: &'m [T],
    name: impl Fn(&'m T) -> (&'m String, &'m String) + Copy,
    kind: impl Fn(&'m T) -> &'static str + Copy,
) -> Pairs<'m, T> {
    let like = |one: &'m T| {
        let plain = plain(name(one).1);
        (!plain.is_empty()).then(|| (plain, kind(one)))
    };
    pairs(before, after, |one| name(one).0.as_str(), like, like)
}

/// Matches cards.
pub(super) fn cards<'m>(
    before: &'m JourneyMap,
    after: &'m JourneyMap,
    stages: &Pairs<'m, Stage>,
    lanes: &Pairs<'m, Lane>,
) -> Pairs<'m, Card> {
    let key = |card: &'m Card, stage: Option<&'m String>, lane: Option<&'m String>| {
        let text = plain(&card.text);
        (!text.is_empty()).then_some(())?;
        Some((stage?.as_str(), lane?.as_str(), text))
    };
    // A card of the earlier side, told by the ids of the later.
    let like_before = |card: &'m Card| {
        let stage = stages.counterpart(&card.stage, |stage| &stage.id);
        let lane = lanes.counterpart(&card.lane, |lane| &lane.id);
        key(card, stage, lane)
    };
    let like_after = |card: &'m Card| key(card, Some(&card.stage), Some(&card.lane));
    pairs(
        &before.cards,
        &after.cards,
        |card| card.id.as_str(),
        like_before,
        like_after,
    )
}

/// Letters and digits only, in small letters: what is left of a name when nobody looks closely.
fn plain(text: &str) -> String {
    let words = text
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Those on both sides that stand elsewhere in the order: the fewest that must move to get from one order to the other.
pub(super) fn moved<'m, T>(pairs: &Pairs<'m, T>) -> Vec<&'m T> {
    let after: Vec<usize> = (0..pairs.both.len()).collect();
    let operations = capture_diff_slices(Algorithm::Myers, &pairs.order_before, &after);
    let stays: BTreeSet<usize> = operations
        .iter()
        .filter_map(|operation| match operation {
            DiffOp::Equal { new_index, len, .. } => Some(*new_index..*new_index + *len),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => None,
        })
        .flatten()
        .collect();
    pairs
        .both
        .iter()
        .zip(0..)
        .filter(|(_, place)| !stays.contains(place))
        .map(|((_, after), _)| *after)
        .collect()
}
