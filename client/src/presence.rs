//! Who is where: this client's presence and that of the others. Pure: the time is an argument.
//!
//! Owned by the owner task. Presence is shown and forgotten: it is never written into the document.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::frame::{AwarenessUpdate, PresenceEntry, encode_awareness};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

/// After this long without news a peer counts as gone, as in every stock client.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// What a Cairn client tells the others about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// Who.
    pub user: User,
    /// Where their attention is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub focus: Option<Focus>,
    /// Where their pointer is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<Cursor>,
    /// The card they drag, and over which cell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub drag: Option<Drag>,
}

/// Who a presence belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Such as `p12`.
    pub id: String,
    /// Shown at their cursor.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}

/// Where somebody's attention is: a card (and a field of it), or a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// A card's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub card: Option<String>,
    /// The field they write in, such as `text`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
    /// A lane's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lane: Option<String>,
    /// A stage's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<String>,
}

/// A pointer, in fractions of the map's canvas (0 to 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A card on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drag {
    /// The card's id.
    pub card: String,
    /// The lane it is over.
    pub lane: String,
    /// The stage it is over.
    pub stage: String,
}

/// Somebody else who is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The Yjs client id of their copy.
    pub client: u64,
    /// Their state as they sent it, a JSON object.
    pub state: Box<str>,
}

impl Peer {
    /// The state as Cairn clients write it; `None` if it is something else.
    pub fn presence(&self) -> Option<Presence> {
        serde_json::from_str(&self.state).ok()
    }
}

/// This client's own state and what is known of the others.
#[derive(Default)]
pub(crate) struct Presences {
    own: Option<Box<str>>,
    /// Of the last state sent. Never falls, whatever the connection does: an equal or lower clock is
    /// ignored by the others.
    clock: u64,
    peers: BTreeMap<u64, Known>,
}

struct Known {
    clock: u64,
    state: Option<Box<str>>,
    heard: Instant,
}

impl Presences {
    /// Says something new about this client, or takes it back (`None`).
    pub(crate) fn set(&mut self, client: u64, state: Option<Box<str>>) -> Bytes {
        self.own = state;
        self.say(client)
    }

    /// Says again what was said: proof of life, and the greeting of a new connection.
    pub(crate) fn renew(&mut self, client: u64) -> Option<Bytes> {
        self.own.is_some().then(|| self.say(client))
    }

    fn say(&mut self, client: u64) -> Bytes {
        // Begins at 1: stock clients ignore a first state with clock 0.
        self.clock += 1;
        let entry = PresenceEntry {
            client,
            clock: self.clock,
            state: self.own.clone(),
        };
        encode_awareness(std::iter::once(&entry))
    }

    /// Takes news of the others. Returns whether anything changed, and what to answer if somebody
    /// said that this client were gone.
    pub(crate) fn take(
        &mut self,
        client: u64,
        update: AwarenessUpdate,
        now: Instant,
    ) -> (bool, Option<Bytes>) {
        let (mut changed, mut contradict) = (false, false);
        for PresenceEntry {
            client: of,
            clock,
            state,
        } in update.entries
        {
            if of == client {
                if state.is_none() && self.own.is_some() && clock >= self.clock {
                    self.clock = clock;
                    contradict = true;
                }
                continue;
            }
            let known = self.peers.get(&of);
            let news = known.is_none_or(|known| {
                clock > known.clock
                    // Gone is believed at an equal clock, as stock clients do.
                    || (clock == known.clock && state.is_none() && known.state.is_some())
            });
            if news {
                changed |= known.and_then(|known| known.state.as_ref()) != state.as_ref();
                self.peers.insert(
                    of,
                    Known {
                        clock,
                        state,
                        heard: now,
                    },
                );
            }
        }
        (changed, if contradict { self.renew(client) } else { None })
    }

    /// Forgets who has not been heard of for long. Returns whether anybody was shown until now.
    pub(crate) fn expire(&mut self, now: Instant) -> bool {
        let mut changed = false;
        self.peers.retain(|_, known| {
            let keep = now.duration_since(known.heard) < FORGOTTEN;
            changed |= !keep && known.state.is_some();
            keep
        });
        changed
    }

    /// The connection is gone: nobody is known to be here. Returns whether anybody was.
    pub(crate) fn lost(&mut self) -> bool {
        let anybody = self.peers.values().any(|known| known.state.is_some());
        self.peers.clear();
        anybody
    }

    /// Everybody else who is here, by client id.
    pub(crate) fn peers(&self) -> Vec<Peer> {
        let shown = |(client, known): (&u64, &Known)| {
            Some(Peer {
                client: *client,
                state: known.state.clone()?,
            })
        };
        self.peers.iter().filter_map(shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_protocol::frame::Frame;

    fn news(client: u64, clock: u64, state: Option<&str>) -> AwarenessUpdate {
        let entry = PresenceEntry {
            client,
            clock,
            state: state.map(Into::into),
        };
        AwarenessUpdate {
            entries: vec![entry],
        }
    }

    fn said(frame: &Bytes) -> Vec<PresenceEntry> {
        match Frame::decode(frame) {
            Ok(Frame::Awareness(update)) => update.entries,
            other => panic!("not a presence frame: {other:?}"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_is_known_until_it_leaves_or_falls_silent() {
        let mut here = Presences::default();
        let start = Instant::now();
        assert_eq!(here.take(1, news(2, 1, Some("{}")), start), (true, None));
        assert_eq!(
            here.take(1, news(2, 1, Some("{\"x\":1}")), start),
            (false, None),
            "old clock"
        );
        assert_eq!(
            here.take(1, news(2, 1, None), start),
            (true, None),
            "gone at an equal clock"
        );
        assert!(here.peers().is_empty());
        here.take(1, news(3, 1, Some("{}")), start);
        assert!(!here.expire(start + FORGOTTEN - Duration::from_millis(1)));
        assert!(here.expire(start + FORGOTTEN));
        assert!(here.peers().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_said_to_be_gone_says_otherwise() {
        let mut here = Presences::default();
        here.set(1, Some("{}".into()));
        let (changed, answer) = here.take(1, news(1, 5, None), Instant::now());
        assert!(!changed);
        let entries = said(&answer.expect("an answer"));
        assert_eq!(entries, news(1, 6, Some("{}")).entries);
        // Somebody who said nothing has nothing to contradict.
        let mut silent = Presences::default();
        assert_eq!(
            silent.take(1, news(1, 5, None), Instant::now()),
            (false, None)
        );
    }

    #[test]
    fn a_presence_leaves_out_what_is_not_set() {
        let user = User {
            id: "p1".into(),
            name: "Ana".into(),
            color: "#336699".into(),
        };
        let presence = Presence {
            user,
            cursor: Some(Cursor { x: 0.5, y: 1.0 }),
            ..Presence::default()
        };
        assert_eq!(
            serde_json::to_string(&presence).unwrap(),
            r##"{"user":{"id":"p1","name":"Ana","color":"#336699"},"cursor":{"x":0.5,"y":1.0}}"##
        );
    }
}
