//! What everybody will do in a simulated workshop, decided beforehand from a seed. Pure: the same
//! seed, map and numbers give the same plan.
//!
//! Called by the conductor; carried out by the walkers. Which card somebody takes up depends on
//! what is there by then: the plan only holds a number that picks one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use std::time::Duration;

use cairn_protocol::map::{JourneyMap, LaneKind};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::cast::Person;
use super::phrases::{COMMENTS, Deck, Phrase, pick};
use super::typing::typing;

/// A cell this full gets no further cards: more than eight are too many to act on (DETAIL-1).
const FULL: usize = 7;

/// Where cards can be written: a map's stages and visible lanes, in order on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Board {
    pub(crate) stages: Vec<String>,
    pub(crate) lanes: Vec<(String, LaneKind)>,
    pub(crate) personas: Vec<String>,
    /// Cards that are there already, by lane and stage.
    filled: BTreeMap<(usize, usize), usize>,
}

/// A cell, by the numbers of its lane and stage on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) lane: usize,
    pub(crate) stage: usize,
}

/// What one participant does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) person: Person,
    /// When they join, from the beginning.
    pub(crate) arrives: Duration,
    /// When they stop, from the beginning.
    pub(crate) stops: Duration,
    pub(crate) acts: Vec<Act>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// Look around: the pointer goes over a cell, rests, goes on.
    Look { cell: Cell, rests: Vec<Duration> },
    /// Write a card.
    Write {
        cell: Cell,
        phrase: Phrase,
        persona: Option<usize>,
        hand: u64,
    },
    /// Add a sentence to a card that is there. Which sentence depends on the card's lane.
    Amend { pick: u64, hand: u64 },
    /// Move a card to another stage of its lane.
    Move {
        pick: u64,
        stage: usize,
        drag: Duration,
    },
    /// Remark on a card.
    Comment {
        pick: u64,
        text: &'static str,
        hand: u64,
    },
}

/// How much and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) length: Duration,
    /// Over which the participants arrive.
    pub(crate) ramp: Duration,
    /// 1 for people; 10 for ten times as fast.
    pub(crate) pace: f64,
    pub(crate) seed: u64,
}

impl Board {
    pub(crate) fn of(map: &JourneyMap) -> Self {
        let stages: Vec<String> = map.stages.iter().map(|stage| stage.id.clone()).collect();
        let shown = map.lanes.iter().filter(|lane| lane.hidden != Some(true));
        let lanes: Vec<_> = shown.map(|lane| (lane.id.clone(), lane.kind)).collect();
        let mut filled = BTreeMap::new();
        for card in &map.cards {
            let lane = lanes.iter().position(|(id, _)| *id == card.lane);
            let stage = stages.iter().position(|id| *id == card.stage);
            if let (Some(lane), Some(stage)) = (lane, stage) {
                *filled.entry((lane, stage)).or_default() += 1;
            }
        }
        let personas = map
            .personas
            .iter()
            .map(|persona| persona.id.clone())
            .collect();
        Self {
            stages,
            lanes,
            personas,
            filled,
        }
    }

    /// Whether there is anything to write in.
    pub(crate) fn has_cells(&self) -> bool {
        !self.stages.is_empty() && !self.lanes.is_empty()
    }

    fn any_cell(&self, rng: &mut StdRng) -> Cell {
        Cell {
            lane: rng.random_range(0..self.lanes.len()),
            stage: rng.random_range(0..self.stages.len()),
        }
    }

    /// Of a few cells, the one with the most room.
    fn roomy_cell(&self, rng: &mut StdRng) -> Option<Cell> {
        let cell = (0..4).map(|_| self.any_cell(rng)).min_by_key(|cell| {
            self.filled
                .get(&(cell.lane, cell.stage))
                .copied()
                .unwrap_or(0)
        })?;
        let filled = self
            .filled
            .get(&(cell.lane, cell.stage))
            .copied()
            .unwrap_or(0);
        (filled < FULL).then_some(cell)
    }
}

/// The parts of these people. The board must have cells.
pub(crate) fn plan(mut board: Board, people: Vec<Person>, scale: &Scale) -> Vec<Part> {
    let mut rng = StdRng::seed_from_u64(scale.seed);
    let count = people.len().max(1) as u32;
    let mut parts: Vec<Part> = people
        .into_iter()
        .zip(0u32..)
        .map(|(person, n)| Part {
            person,
            arrives: scale.ramp * n / count,
            // People stop one after the other, not all at the stroke of the bell.
            stops: scale.length.mul_f64(1.0 - rng.random_range(0.0..0.08)),
            acts: Vec::new(),
        })
        .collect();
    // In the order of time, so that the deck and the cells fill as they will in the room.
    let mut deck = Deck::new();
    let mut next: BinaryHeap<Reverse<(Duration, usize)>> = parts
        .iter()
        .enumerate()
        .map(|(n, part)| Reverse((part.arrives, n)))
        .collect();
    while let Some(Reverse((now, n))) = next.pop() {
        let left = parts[n].stops.saturating_sub(now).mul_f64(scale.pace);
        let is_new = parts[n].acts.is_empty();
        let Some((act, takes)) = next_act(&mut board, &mut deck, left, is_new, &mut rng) else {
            continue;
        };
        parts[n].acts.push(act.paced(scale.pace));
        next.push(Reverse((now + takes.div_f64(scale.pace), n)));
    }
    parts
}

/// What somebody does with the time left, and how long it takes at the pace of people. `None` when
/// nothing fits any more.
fn next_act(
    board: &mut Board,
    deck: &mut Deck,
    left: Duration,
    is_new: bool,
    rng: &mut StdRng,
) -> Option<(Act, Duration)> {
    let hand = rng.random();
    let act = match rng.random_range(0..100) {
        // Whoever comes in looks around first, not for long.
        _ if is_new => look(board, 1..3, rng),
        0..20 => look(board, 2..5, rng),
        20..80 => match board.roomy_cell(rng) {
            Some(cell) => {
                let (_, kind) = &board.lanes[cell.lane];
                let phrase = deck.deal(*kind, cell.stage, board.stages.len(), rng);
                let personas = board.personas.len();
                let persona = (*kind == LaneKind::Emotion && personas > 0)
                    .then(|| rng.random_range(0..personas));
                *board.filled.entry((cell.lane, cell.stage)).or_default() += 1;
                Act::Write {
                    cell,
                    phrase,
                    persona,
                    hand,
                }
            }
            None => look(board, 2..5, rng),
        },
        80..86 => Act::Amend {
            pick: rng.random(),
            hand,
        },
        86..92 => Act::Move {
            pick: rng.random(),
            stage: rng.random_range(0..board.stages.len()),
            drag: millis(700..1_800, rng),
        },
        _ => Act::Comment {
            pick: rng.random(),
            text: pick(COMMENTS, rng),
            hand,
        },
    };
    let takes = act.takes();
    if takes <= left {
        return Some((act, takes));
    }
    // The last seconds are for looking.
    let rests = vec![millis(600..1_500, rng)];
    let act = Act::Look {
        cell: board.any_cell(rng),
        rests,
    };
    let takes = act.takes();
    (takes <= left).then_some((act, takes))
}

/// Over one cell, with this many rests.
fn look(board: &Board, count: Range<u64>, rng: &mut StdRng) -> Act {
    let rests = (0..rng.random_range(count))
        .map(|_| millis(300..1_400, rng))
        .collect();
    Act::Look {
        cell: board.any_cell(rng),
        rests,
    }
}

fn millis(range: Range<u64>, rng: &mut StdRng) -> Duration {
    Duration::from_millis(rng.random_range(range))
}

impl Act {
    /// How long it takes at the pace of people.
    fn takes(&self) -> Duration {
        let types = |text: &str, hand| -> Duration {
            typing(text, hand, 1.0)
                .iter()
                .map(|stroke| stroke.pause)
                .sum()
        };
        match self {
            Act::Look { rests, .. } => rests.iter().sum(),
            Act::Write { phrase, hand, .. } => {
                let second = phrase
                    .second
                    .map_or(Duration::ZERO, |(_, text)| types(text, *hand));
                types(&phrase.text, *hand) + second
            }
            // A sentence of middle length.
            Act::Amend { .. } => Duration::from_secs(5),
            Act::Move { drag, .. } => *drag,
            Act::Comment { text, hand, .. } => types(text, *hand),
        }
    }

    fn paced(self, pace: f64) -> Self {
        match self {
            Act::Look { cell, rests } => Act::Look {
                cell,
                rests: rests.iter().map(|rest| rest.div_f64(pace)).collect(),
            },
            Act::Move { pick, stage, drag } => Act::Move {
                pick,
                stage,
                drag: drag.div_f64(pace),
            },
            // Their pace is the typist's.
            act @ (Act::Write { .. } | Act::Amend { .. } | Act::Comment { .. }) => act,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_protocol::map::{SAMPLES, sample};

    fn people() -> Vec<Person> {
        super::super::cast::cast(12, &mut StdRng::seed_from_u64(1))
    }

    fn board(name: &str) -> Board {
        Board::of(&JourneyMap::parse(sample(name).expect("a sample")).unwrap())
    }

    fn scale(seed: u64) -> Scale {
        let length = Duration::from_mins(2);
        Scale {
            length,
            ramp: Duration::from_secs(10),
            pace: 1.0,
            seed,
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_plan() {
        let plan = |seed| plan(board("renting-a-flat.current"), people(), &scale(seed));
        assert_eq!(plan(5), plan(5));
        assert_ne!(plan(5), plan(6));
    }

    #[test]
    fn everybody_arrives_in_turn_works_and_stops_in_time() {
        for (name, _) in SAMPLES {
            let scale = scale(9);
            let parts = plan(board(name), people(), &scale);
            assert_eq!(parts.len(), people().len());
            for part in &parts {
                let busy: Duration = part.acts.iter().map(Act::takes).sum();
                assert!(part.arrives < scale.ramp, "{name}: {:?}", part.arrives);
                assert!(
                    part.arrives + busy <= part.stops,
                    "{name}: {busy:?} of {:?}",
                    part.stops
                );
                assert!(
                    part.acts.len() >= 5,
                    "{name}: {} did nothing",
                    part.person.name
                );
            }
            let writes = parts.iter().flat_map(|part| &part.acts);
            assert!(
                writes
                    .filter(|act| matches!(act, Act::Write { .. }))
                    .count()
                    >= 12,
                "{name}"
            );
        }
    }

    #[test]
    fn no_cell_is_filled_beyond_what_can_be_acted_on() {
        let mut board = board("renting-a-flat.current");
        let long = Scale {
            length: Duration::from_hours(1),
            ..scale(2)
        };
        for part in plan(board.clone(), people(), &long) {
            for act in part.acts {
                if let Act::Write { cell, .. } = act {
                    *board.filled.entry((cell.lane, cell.stage)).or_default() += 1;
                }
            }
        }
        let fullest = board.filled.values().max().copied().unwrap_or(0);
        assert!(fullest <= FULL, "{fullest} cards in one cell");
    }

    #[test]
    fn a_faster_pace_fits_more_into_the_same_time() {
        let acts = |pace| -> usize {
            let scale = Scale { pace, ..scale(4) };
            plan(board("renting-a-flat.current"), people(), &scale)
                .iter()
                .map(|part| part.acts.len())
                .sum()
        };
        assert!(
            acts(4.0) > 2 * acts(1.0),
            "{} against {}",
            acts(4.0),
            acts(1.0)
        );
    }
}
