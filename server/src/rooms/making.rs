//! How a map comes to be: its first record, then who may come in and what is in it.

use cairn_protocol::id::MapId;
use cairn_protocol::record::{Actor, Body, Created, Draft};
use tokio::sync::oneshot;

use super::{RoomError, RoomHandle, Rooms};
use crate::journal::{JournalError, Opened, Tail};
use crate::room::{Event, Founding};

impl Rooms {
    /// Makes a map. Answers when it is durable.
    pub async fn create(&self, map: MapId, founding: Founding) -> Result<RoomHandle, RoomError> {
        let rooms = self.clone();
        // A task of its own: whoever asked may go away, and a map that was only begun could be entered by nobody.
        tokio::spawn(async move { rooms.make(map, founding).await })
            .await
            .unwrap_or_else(|panic| Err(RoomError::Unavailable(panic.to_string())))
    }

    async fn make(&self, map: MapId, founding: Founding) -> Result<RoomHandle, RoomError> {
        let created = Created {
            map: map.clone(),
            open: founding.open,
        };
        let first = Draft::new(founding.by, Body::Created(created));
        let open = {
            let (journal, map) = (self.0.journal.clone(), map.clone());
            move || durable_from_the_start(journal.create(&map, first.clone())?)
        };
        let room = self.reserve_and_open(&map, open).await?;
        let Some(room) = room else {
            return Err(RoomError::Exists(map));
        };
        let (reply, answer) = oneshot::channel();
        room.ask(Event::Found { founding, reply }, answer).await??;
        Ok(room)
    }

    /// The room of an open server's map, made on first use.
    pub async fn room_or_create_open(&self, map: MapId) -> Result<RoomHandle, RoomError> {
        loop {
            match self.room(&map).await {
                Err(RoomError::NoSuchMap(_)) => {}
                found => return found,
            }
            let founding = Founding {
                by: Actor::Server,
                open: true,
                content: None,
                invites: Vec::new(),
            };
            match self.create(map.clone(), founding).await {
                // Somebody else was first.
                Err(RoomError::Exists(_)) => {}
                made => return made,
            }
        }
    }
}

/// A map is nobody's before its first record is durable: others would ask the journal for it, and not find it.
fn durable_from_the_start(mut opened: Opened) -> Result<Opened, JournalError> {
    while let Some(tail) = opened.tail.blocking_recv() {
        match tail {
            Tail::Sequenced(record) => opened.records.push(*record),
            Tail::Durable(_) => return Ok(opened),
            Tail::Failed(error) => return Err(JournalError::Stopped(error.to_string())),
        }
    }
    Err(JournalError::Stopped("the map's log ended".to_owned()))
}
