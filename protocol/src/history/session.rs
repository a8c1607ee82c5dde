//! Sessions (HIST-5): stretches of activity, how much went on in them when, and who did what.

use std::collections::{BTreeMap, BTreeSet};

use super::{Activity, By, Counted, SessionReport, Share, Touched, what};
use crate::id::ParticipantId;
use crate::map::{LaneKind, Layer};

/// Silence that ends a session.
const SILENCE: u64 = 30 * 60 * 1000;
/// The width of a bin as a session begins; when there would be too many, two become one.
const FIRST_WIDTH: u64 = 1000;
const MOST_BINS: u64 = 480;

/// All sessions up to a record.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    over: Vec<SessionReport>,
    current: Option<Session>,
}

/// The session that a record may still belong to.
#[derive(Debug)]
struct Session {
    first: u64,
    last: u64,
    began: u64,
    ended: u64,
    width: u64,
    bins: BTreeMap<u64, BTreeMap<By, u32>>,
    tallies: BTreeMap<(By, Layer), Tally>,
    there: Vec<ParticipantId>,
}

#[derive(Debug, Default)]
struct Tally {
    written: BTreeSet<String>,
    changed: BTreeSet<String>,
    commented: BTreeSet<String>,
    /// Cards that came with a reveal: each once.
    revealed: u32,
}

impl Sessions {
    /// Takes in a record that is told of.
    pub(super) fn note(
        &mut self,
        seq: u64,
        at: u64,
        who: By,
        touched: &Touched,
        signed: &[(ParticipantId, Option<LaneKind>)],
        there: impl Iterator<Item = ParticipantId>,
    ) {
        let is_over = |session: &Session| at > session.ended + SILENCE;
        if let Some(session) = self.current.take_if(|session| is_over(session)) {
            self.over.push(session.report());
        }
        let session = self.current.get_or_insert_with(|| Session::new(seq, at));
        session.last = seq;
        session.ended = at;
        session.there.clear();
        session.there.extend(there);
        session.count(at, who);
        session.tally(who, touched, signed);
    }

    pub(super) fn report(&self) -> Vec<SessionReport> {
        let current = self.current.as_ref().map(Session::report);
        self.over.iter().cloned().chain(current).collect()
    }
}

impl Session {
    fn new(seq: u64, at: u64) -> Self {
        Self {
            first: seq,
            last: seq,
            began: at,
            ended: at,
            width: FIRST_WIDTH,
            bins: BTreeMap::new(),
            tallies: BTreeMap::new(),
            there: Vec::new(),
        }
    }

    fn count(&mut self, at: u64, who: By) {
        while (at - self.began) / self.width >= MOST_BINS {
            self.width *= 2;
            let bins = std::mem::take(&mut self.bins);
            for (place, by) in bins {
                let bin = self.bins.entry(place / 2).or_default();
                for (who, records) in by {
                    *bin.entry(who).or_default() += records;
                }
            }
        }
        let place = (at - self.began) / self.width;
        let bin = self.bins.entry(place).or_default();
        *bin.entry(who).or_default() += 1;
    }

    fn tally(&mut self, who: By, touched: &Touched, signed: &[(ParticipantId, Option<LaneKind>)]) {
        let layer = |kind: Option<LaneKind>| kind.map_or(Layer::Any, LaneKind::layer);
        // Of cards with a name on them it is known who wrote them, and they are nobody else's.
        for (writer, kind) in signed {
            let key = (By::Participant(*writer), layer(*kind));
            self.tallies.entry(key).or_default().revealed += 1;
        }
        if !signed.is_empty() {
            return;
        }
        for touch in touched.0.iter().filter(|touch| !touch.card.is_empty()) {
            let tally = self.tallies.entry((who, layer(touch.kind))).or_default();
            let card = || touch.card.clone();
            if touch.what & what::ADDED != 0 {
                tally.written.insert(card());
            } else if touch.what & (what::CHANGED | what::MOVED | what::REMOVED) != 0 {
                tally.changed.insert(card());
            }
            if touch.what & what::COMMENTED != 0 {
                tally.commented.insert(card());
            }
        }
    }

    fn report(&self) -> SessionReport {
        let activity = self.bins.iter().map(|(&place, by)| Activity {
            place,
            by: by
                .iter()
                .map(|(&who, &records)| Counted { who, records })
                .collect(),
        });
        SessionReport {
            first: self.first,
            last: self.last,
            began: self.began,
            ended: self.ended,
            width: self.width,
            activity: activity.collect(),
            shares: self.shares(),
            there: self.there.clone(),
        }
    }

    /// A card somebody wrote is not also one they changed, whichever layer it went to.
    fn shares(&self) -> Vec<Share> {
        let own = |who: By, card: &String| {
            let mut tallies = self.tallies.iter().filter(|((one, _), _)| *one == who);
            tallies.any(|(_, tally)| tally.written.contains(card))
        };
        let shares = self.tallies.iter().map(|(&(who, layer), tally)| {
            let changed = tally.changed.iter().filter(|card| !own(who, card)).count();
            Share {
                who,
                layer,
                written: tally.written.len() as u32 + tally.revealed,
                changed: changed as u32,
                commented: tally.commented.len() as u32,
            }
        });
        let is_something = |one: &Share| one.written + one.changed + one.commented > 0;
        shares.filter(is_something).collect()
    }
}
