//! Presence: who is where, for one room. Never journaled, bound to the connection that owns the client id, and the first thing to give
//! way under load (PRES-1 … PRES-5, DESIGN §3.5). The room passes the time in; nothing here reads a clock.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::frame::{AwarenessUpdate, PresenceEntry, encode_awareness};
use cairn_protocol::record::Actor;
use tokio::time::Instant;

use crate::room::ConnId;

/// How long a state outlives its connection: a reload or a short drop shows no leaving (PRES-3).
pub const GRACE: Duration = Duration::from_secs(5);
/// A state not renewed for this long is taken back: stock clients renew every 15 s and drop others' after 30 s (PRES-4).
pub const EXPIRY: Duration = Duration::from_secs(45);

/// All states of a room.
#[derive(Default)]
pub struct Presence {
    states: BTreeMap<u64, State>,
    /// Client ids whose state changed since the last frame.
    changed: BTreeSet<u64>,
    /// All present states as one frame, until something changes.
    whole: Option<Bytes>,
}

struct State {
    entry: PresenceEntry,
    owner: Owner,
    renewed: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Connection(ConnId, Actor),
    /// The connection ended at this moment.
    Left(Instant),
}

impl Presence {
    /// Takes a connection's awareness frame. Entries of ids that are not its own are passed over without a word: stock
    /// clients repeat what they hear (PRES-2).
    pub fn update(&mut self, conn: ConnId, actor: Actor, update: AwarenessUpdate, now: Instant) {
        for entry in update.entries {
            if self.may_speak_for(conn, actor, entry.client, entry.state.is_some()) {
                self.set(conn, actor, entry, now);
            }
        }
    }

    fn may_speak_for(&self, conn: ConnId, actor: Actor, client: u64, present: bool) -> bool {
        match self.states.get(&client).map(|state| state.owner) {
            Some(Owner::Connection(owner, _)) if owner == conn => true,
            // Another tab or an older socket of the same person: the newer one may take over, but only as its one id.
            Some(Owner::Connection(_, theirs)) => {
                present && theirs == actor && actor != Actor::Anonymous && self.owns_none(conn)
            }
            Some(Owner::Left(_)) | None => present && self.owns_none(conn),
        }
    }

    fn owns_none(&self, conn: ConnId) -> bool {
        !self.states.values().any(|state| state.owner_is(conn))
    }

    fn set(&mut self, conn: ConnId, actor: Actor, entry: PresenceEntry, now: Instant) {
        let client = entry.client;
        let owner = Owner::Connection(conn, actor);
        let state = match self.states.get_mut(&client) {
            // A repeat of something older changes nothing. At an equal clock only leaving counts, as in y-protocols,
            // and a returning owner, whose clock goes on where it was.
            Some(old) if entry.clock < old.entry.clock => return,
            Some(old)
                if entry.clock == old.entry.clock
                    && entry.state.is_some()
                    && old.owner == owner =>
            {
                old.renewed = now;
                return;
            }
            Some(old) => {
                let same = old.entry == entry;
                *old = State {
                    entry,
                    owner,
                    renewed: now,
                };
                if same {
                    return;
                }
                old
            }
            None => self.states.entry(client).or_insert(State {
                entry,
                owner,
                renewed: now,
            }),
        };
        let _ = state;
        self.changed.insert(client);
        self.whole = None;
    }

    /// The connection ended; its states stay for [`GRACE`].
    pub fn leave(&mut self, conn: ConnId, now: Instant) {
        for state in self
            .states
            .values_mut()
            .filter(|state| state.owner_is(conn))
        {
            state.owner = Owner::Left(now);
        }
    }

    /// Takes back what nobody owns or renews any more.
    pub fn expire(&mut self, now: Instant) {
        for (client, state) in &mut self.states {
            if state.entry.state.is_some() && state.ends() <= now {
                // At an equal clock: a bumped one would hide the same client when it returns.
                state.entry.state = None;
                self.changed.insert(*client);
                self.whole = None;
            }
        }
    }

    /// When [`Presence::expire`] next has something to do.
    pub fn next_expiry(&self) -> Option<Instant> {
        self.states
            .values()
            .filter(|s| s.entry.state.is_some())
            .map(State::ends)
            .min()
    }

    /// Whether [`Presence::take_changes`] has something to give.
    pub fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// What changed since the last call, as one frame.
    pub fn take_changes(&mut self) -> Option<Bytes> {
        let changed = std::mem::take(&mut self.changed);
        let entries: Vec<_> = changed
            .iter()
            .filter_map(|client| self.states.get(client))
            .map(|s| &s.entry)
            .collect();
        let frame = (!entries.is_empty()).then(|| encode_awareness(entries.iter().copied()));
        // Those who left and were announced are forgotten: a room must not grow with all who ever came.
        self.states.retain(|_, state| {
            state.entry.state.is_some() || matches!(state.owner, Owner::Connection(..))
        });
        frame
    }

    /// Everyone present, as one frame; `None` when nobody is.
    pub fn whole(&mut self) -> Option<Bytes> {
        if self.whole.is_none() {
            let present: Vec<_> = self
                .states
                .values()
                .map(|s| &s.entry)
                .filter(|e| e.state.is_some())
                .collect();
            self.whole = (!present.is_empty()).then(|| encode_awareness(present.iter().copied()));
        }
        self.whole.clone()
    }
}

impl State {
    fn owner_is(&self, conn: ConnId) -> bool {
        matches!(self.owner, Owner::Connection(owner, _) if owner == conn)
    }

    fn ends(&self) -> Instant {
        match self.owner {
            Owner::Connection(..) => self.renewed + EXPIRY,
            Owner::Left(at) => at + GRACE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_protocol::id::ParticipantId;

    const ANN: Actor = Actor::Participant(ParticipantId(1));
    const BEN: Actor = Actor::Participant(ParticipantId(2));

    fn says(client: u64, clock: u64, state: Option<&str>) -> AwarenessUpdate {
        AwarenessUpdate {
            entries: vec![PresenceEntry {
                client,
                clock,
                state: state.map(Into::into),
            }],
        }
    }

    fn shown(presence: &mut Presence) -> Vec<(u64, u64, Option<String>)> {
        let Some(frame) = presence.take_changes() else {
            return Vec::new();
        };
        let Ok(cairn_protocol::frame::Frame::Awareness(update)) =
            cairn_protocol::frame::Frame::decode(&frame)
        else {
            panic!("presence must make awareness frames");
        };
        let plain = |e: PresenceEntry| (e.client, e.clock, e.state.map(Into::into));
        update.entries.into_iter().map(plain).collect()
    }

    #[test]
    fn pres_1_a_connection_speaks_for_its_own_client_only() {
        let (mut presence, now) = (Presence::default(), Instant::now());
        presence.update(ConnId(1), ANN, says(10, 1, Some("{}")), now);
        presence.update(ConnId(2), BEN, says(20, 1, Some("{}")), now);
        shown(&mut presence);
        presence.update(
            ConnId(2),
            BEN,
            says(10, 9, Some("{\"user\":\"fake\"}")),
            now,
        );
        presence.update(ConnId(2), BEN, says(10, 9, None), now);
        presence.update(ConnId(2), BEN, says(30, 1, Some("{}")), now);
        assert_eq!(shown(&mut presence), vec![]);
    }

    #[test]
    fn pres_2_a_repeated_state_changes_nothing() {
        let (mut presence, now) = (Presence::default(), Instant::now());
        presence.update(ConnId(1), ANN, says(10, 2, Some("{}")), now);
        assert_eq!(shown(&mut presence), vec![(10, 2, Some("{}".into()))]);
        presence.update(ConnId(1), ANN, says(10, 2, Some("{}")), now);
        presence.update(ConnId(1), ANN, says(10, 1, Some("{\"a\":1}")), now);
        assert_eq!(shown(&mut presence), vec![]);
    }

    #[test]
    fn pres_3_a_drop_shows_only_after_the_grace_and_at_the_same_clock() {
        let (mut presence, now) = (Presence::default(), Instant::now());
        presence.update(ConnId(1), ANN, says(10, 5, Some("{}")), now);
        shown(&mut presence);
        presence.leave(ConnId(1), now);
        presence.expire(now + GRACE / 2);
        assert_eq!(shown(&mut presence), vec![]);
        // Back in time, with the same id and the clock it had.
        presence.update(ConnId(2), ANN, says(10, 5, Some("{}")), now + GRACE / 2);
        presence.expire(now + GRACE * 2);
        assert_eq!(shown(&mut presence), vec![]);
        presence.leave(ConnId(2), now + GRACE * 2);
        presence.expire(now + GRACE * 3);
        assert_eq!(shown(&mut presence), vec![(10, 5, None)]);
        assert_eq!(presence.whole(), None);
        // And later once more: visible at once.
        presence.update(ConnId(3), ANN, says(10, 5, Some("{}")), now + GRACE * 4);
        assert_eq!(shown(&mut presence), vec![(10, 5, Some("{}".into()))]);
    }

    #[test]
    fn pres_4_a_state_nobody_renews_is_taken_back() {
        let (mut presence, now) = (Presence::default(), Instant::now());
        presence.update(ConnId(1), ANN, says(10, 1, Some("{}")), now);
        shown(&mut presence);
        assert_eq!(presence.next_expiry(), Some(now + EXPIRY));
        presence.update(ConnId(1), ANN, says(10, 2, Some("{}")), now + EXPIRY / 2);
        presence.expire(now + EXPIRY);
        assert_eq!(shown(&mut presence), vec![(10, 2, Some("{}".into()))]);
        presence.expire(now + EXPIRY / 2 + EXPIRY);
        assert_eq!(shown(&mut presence), vec![(10, 2, None)]);
    }

    #[test]
    fn pres_5_a_second_socket_of_the_same_person_takes_its_client_over() {
        let (mut presence, now) = (Presence::default(), Instant::now());
        presence.update(ConnId(1), ANN, says(10, 1, Some("{}")), now);
        presence.update(ConnId(2), ANN, says(10, 2, Some("{\"a\":1}")), now);
        // The late end of the old socket takes nothing from its successor.
        presence.leave(ConnId(1), now);
        presence.expire(now + GRACE);
        assert_eq!(
            shown(&mut presence),
            vec![(10, 2, Some("{\"a\":1}".into()))]
        );
    }
}
