//! What voting has come to: the round that was closed last, or, if that was a run-off, the one whose tie it settles, with every card in
//! its final place. The same as the web client's `model/outcome.ts`, for files. Pure; it is given closed rounds only.

use std::collections::BTreeMap;

use cairn_protocol::channel::{ResultView, RoundView};

/// A card's place once run-offs have settled what they could; dots and voters are those of the round itself.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) card: &'a str,
    /// What it said when the round opened.
    pub(crate) text: &'a str,
    pub(crate) dots: u32,
    pub(crate) voters: u32,
    pub(crate) rank: u32,
    pub(crate) tied: bool,
    /// The last run-off that it was in.
    pub(crate) run_off: Option<RunOff>,
}

/// What came of a card in a run-off; nothing where it got no dot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunOff(pub(crate) Option<Standing>);

/// A place in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) dots: u32,
    pub(crate) rank: u32,
    pub(crate) tied: bool,
}

/// The outcome of the vote that counts.
pub(crate) struct Outcome<'a> {
    pub(crate) round: &'a RoundView,
    /// Best first. Cards without a dot are in no place.
    pub(crate) places: Vec<Place<'a>>,
}

impl<'a> Outcome<'a> {
    pub(crate) fn of(&self, card: &str) -> Option<&Place<'a>> {
        self.places.iter().find(|place| place.card == card)
    }
}

/// Nothing before a first round is closed.
pub(crate) fn outcome(closed: &[RoundView]) -> Option<Outcome<'_>> {
    let latest = closed.iter().max_by_key(|round| round.ended.unwrap_or(0))?;
    let round = first_of(closed, latest);
    let run_offs: Vec<_> = closed
        .iter()
        .filter(|one| descends(closed, one, round))
        .collect();
    Some(Outcome {
        round,
        places: settled(round, &run_offs),
    })
}

fn before<'a>(closed: &'a [RoundView], round: &RoundView) -> Option<&'a RoundView> {
    // A run-off is opened after its round: following them back ends.
    let first = round.run_off_of.filter(|first| *first < round.id)?;
    closed.iter().find(|one| one.id == first)
}

fn first_of<'a>(closed: &'a [RoundView], round: &'a RoundView) -> &'a RoundView {
    before(closed, round).map_or(round, |first| first_of(closed, first))
}

fn descends(closed: &[RoundView], round: &RoundView, first: &RoundView) -> bool {
    round.run_off_of == Some(first.id)
        || before(closed, round).is_some_and(|one| descends(closed, one, first))
}

/// Those with dots, most first.
pub(crate) fn with_dots(round: &RoundView) -> impl Iterator<Item = &ResultView> {
    round.result.iter().flatten().filter(|one| one.dots > 0)
}

fn standings(round: &RoundView) -> BTreeMap<&str, Standing> {
    let mut shared = BTreeMap::new();
    for one in with_dots(round) {
        *shared.entry(one.rank).or_insert(0) += 1;
    }
    with_dots(round)
        .map(|one| {
            let standing = Standing {
                dots: one.dots,
                rank: one.rank,
                tied: shared[&one.rank] > 1,
            };
            (one.card.as_str(), standing)
        })
        .collect()
}

/// What a card of a round said when it opened.
pub(crate) fn text_of<'a>(round: &'a RoundView, card: &str) -> &'a str {
    let target = round.targets.iter().find(|target| target.card == card);
    target.map_or("", |target| target.text.as_str())
}

fn settled<'a>(round: &'a RoundView, run_offs: &[&'a RoundView]) -> Vec<Place<'a>> {
    let held: Vec<_> = run_offs.iter().map(|one| standings(one)).collect();
    // Its rank in the round and in each run-off, one after the other: what comes first in that order comes first.
    let ranks = |one: &ResultView| -> Vec<u32> {
        let later = held.iter().map(|of| of.get(one.card.as_str()));
        std::iter::once(one.rank)
            .chain(later.map(|place| place.map_or(u32::MAX, |place| place.rank)))
            .collect()
    };
    let mut ordered: Vec<_> = with_dots(round).map(|one| (ranks(one), one)).collect();
    ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
    let run_off = |one: &ResultView| -> Option<RunOff> {
        let own = held
            .iter()
            .rposition(|of| of.contains_key(one.card.as_str()));
        // A run-off that is over names only cards with dots: that of a card it was tied with was its own, too.
        let at = own.or_else(|| {
            let mates: Vec<_> = with_dots(round)
                .filter(|mate| mate.rank == one.rank)
                .collect();
            held.iter()
                .position(|of| mates.iter().any(|mate| of.contains_key(mate.card.as_str())))
        })?;
        Some(RunOff(held.get(at)?.get(one.card.as_str()).copied()))
    };
    let mut places = Vec::with_capacity(ordered.len());
    for alike in ordered.chunk_by(|(a, _), (b, _)| a == b) {
        let rank = places.len() as u32 + 1;
        places.extend(alike.iter().map(|(_, one)| Place {
            card: &one.card,
            text: text_of(round, &one.card),
            dots: one.dots,
            voters: one.voters,
            rank,
            tied: alike.len() > 1,
            run_off: run_off(one),
        }));
    }
    places
}

/// "1", or "2=" for a place that is shared.
pub(crate) fn place_text(rank: u32, tied: bool) -> String {
    format!("{rank}{}", if tied { "=" } else { "" })
}

/// "1 dot", "3 dots".
pub(crate) fn dots(dots: u32) -> String {
    super::words::count(dots as usize, "dot")
}
