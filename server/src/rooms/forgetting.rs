//! What is done to a map while nobody is in it: somebody is erased from its journal, or all of it goes (ERASE, DELETE). Its room ends first,
//! and whoever comes meanwhile waits.

use std::sync::Arc;

use cairn_protocol::command::Command;
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::Actor;
use tokio::sync::watch;

use super::{RoomError, Rooms, Slot, when_free};
use crate::erase::{self, Erasure, NotErased};
use crate::fanout::Close;
use crate::journal::JournalError;
use crate::load::LoadError;
use crate::room::Event;
use crate::token::new_seed;

impl Rooms {
    /// Takes somebody's name and words out of a map's journal, for the host. Once it is known that it can be done, it goes on to its end
    /// whether or not anybody waits for it.
    pub async fn erase(&self, map: &MapId, who: ParticipantId) -> Result<Erasure, RoomError> {
        let room = self.room(map).await?;
        let is_removed = room.may_erase(who).await?;
        // Nobody is removed and nobody's socket is closed for what cannot be done, or is.
        let would = self.rehearse(map, who).await?;
        if is_removed && would.records == 0 {
            return Ok(would);
        }
        let (rooms, map) = (self.clone(), map.clone());
        // From here on to its end: nobody is to be removed and left in the history because whoever asked went away.
        let task = tokio::spawn(async move {
            if !is_removed {
                let request = format!("{:016x}", new_seed());
                let remove = Command::Remove { participant: who };
                room.command(Actor::Host, request, remove).await?;
            }
            drop(room);
            rooms.erase_removed(&map, who).await
        });
        task.await
            .unwrap_or_else(|panic| Err(RoomError::Unavailable(panic.to_string())))
    }

    async fn erase_removed(&self, map: &MapId, who: ParticipantId) -> Result<Erasure, RoomError> {
        let (rooms, of) = (self.clone(), map.clone());
        let erased = self.alone(map, Some(Close::Erased), move || {
            // Free: what its room appended is in the journal by now.
            when_free(|| rooms.0.journal.is_free(&of)).map_err(LoadError::from)?;
            let (now, spacing) = (rooms.0.clock.now_ms(), rooms.0.settings.spacing);
            let journal = rooms.0.journal.as_ref();
            let (done, listed) = erase::erase(journal, &of, who, now, spacing)?;
            if let Some(listed) = listed {
                rooms.0.catalog.put(listed);
            }
            Ok(done)
        });
        Ok(erased.await?.expect("whoever had it open was told"))
    }

    /// What erasing somebody would do, or why it cannot be done.
    async fn rehearse(&self, map: &MapId, who: ParticipantId) -> Result<Erasure, RoomError> {
        let (journal, map) = (self.0.journal.clone(), map.clone());
        let rehearsing =
            tokio::task::spawn_blocking(move || erase::rehearse(journal.as_ref(), &map, who));
        let rehearsed = rehearsing
            .await
            .map_err(|panic| RoomError::Unavailable(panic.to_string()))?;
        Ok(rehearsed?)
    }

    /// Takes a map away with everything of it, for the host. Goes on to its end whether or not anybody waits for it.
    pub async fn delete(&self, map: &MapId) -> Result<(), RoomError> {
        let (rooms, of) = (self.clone(), map.clone());
        let deleted = self.alone(map, Some(Close::Deleted), move || rooms.take_away(&of));
        deleted.await?;
        Ok(())
    }

    /// Takes a map away that nobody has open and whose last record is old enough (KEEP-1). Says whether it did.
    pub(crate) async fn expire(
        &self,
        map: &MapId,
        is_over: impl Fn(u64) -> bool + Send + 'static,
    ) -> Result<bool, RoomError> {
        let (rooms, of) = (self.clone(), map.clone());
        let expired = self.alone(map, None, move || {
            let entry = rooms.0.journal.entry(&of).map_err(LoadError::from)?;
            let is_over = entry.is_some_and(|entry| is_over(entry.head.at));
            if is_over {
                rooms.take_away(&of)?;
            }
            Ok(is_over)
        });
        Ok(expired.await?.unwrap_or(false))
    }

    /// Deletes a map that nobody can open. Blocks.
    fn take_away(&self, map: &MapId) -> Result<(), RoomError> {
        when_free(|| self.0.journal.delete(map)).map_err(LoadError::from)?;
        self.0.catalog.remove(map);
        self.0.settings.webhook.withdraw(map);
        if let Err(error) = self.0.settings.secrets.destroy_others(map, None) {
            tracing::error!(%map, %error, "secrets of a deleted map's rounds are left");
        }
        Ok(())
    }

    /// Ends a map's room with this word to its sockets, and does something that blocks while nobody can open it. Without a word, only if
    /// nobody has it open; `None` if somebody has.
    async fn alone<T: Send + 'static>(
        &self,
        map: &MapId,
        told: Option<Close>,
        work: impl FnOnce() -> Result<T, RoomError> + Send + 'static,
    ) -> Result<Option<T>, RoomError> {
        let (rooms, map) = (self.clone(), map.clone());
        // A task of its own: whoever asked may go away, and what was begun must not be left half way.
        let task = tokio::spawn(async move {
            let Some(busy) = rooms.take_slot(&map, told).await? else {
                return Ok(None);
            };
            let done = tokio::task::spawn_blocking(work).await;
            rooms.0.rooms.lock().await.remove(&map);
            drop(busy);
            let done = done.unwrap_or_else(|panic| Err(RoomError::Unavailable(panic.to_string())));
            done.map(Some)
        });
        task.await
            .unwrap_or_else(|panic| Err(RoomError::Unavailable(panic.to_string())))
    }

    /// Holds a map's slot once its room has ended. Whoever wants the map waits until what is given back is dropped.
    async fn take_slot(
        &self,
        map: &MapId,
        told: Option<Close>,
    ) -> Result<Option<Arc<watch::Sender<()>>>, RoomError> {
        let (busy, done) = watch::channel(());
        loop {
            let mut rooms = self.0.rooms.lock().await;
            if self.is_stopping() {
                return Err(RoomError::Stopping);
            }
            let slot = Slot {
                open: None,
                done: done.clone(),
            };
            let Some(theirs) = rooms.get(map) else {
                rooms.insert(map.clone(), slot);
                return Ok(Some(Arc::new(busy)));
            };
            let Some(told) = &told else {
                return Ok(None);
            };
            let mut ended = theirs.done.clone();
            if let Some(handle) = theirs.open.clone() {
                // In one step: nobody opens the map in between.
                rooms.insert(map.clone(), slot);
                drop(rooms);
                // A room that is gone already needs no word.
                drop(handle.sender.send(Event::End(told.clone())).await);
                drop(handle);
                while ended.changed().await.is_ok() {}
                return Ok(Some(Arc::new(busy)));
            }
            // Being opened or on its way out: either ends with a change.
            drop(rooms);
            drop(ended.changed().await);
            self.forget_if_done(map).await;
        }
    }
}

impl From<NotErased> for RoomError {
    fn from(error: NotErased) -> Self {
        let why = match error {
            NotErased::Refused(refusal) => return Self::Refused(refusal),
            NotErased::Erase(error) => error.to_string(),
            NotErased::Load(LoadError::Journal(error)) => match damaged(&error) {
                Some(why) => why,
                None => return LoadError::Journal(error).into(),
            },
            NotErased::Load(error) => return error.into(),
        };
        tracing::error!(why, "somebody cannot be erased");
        Self::NotErasable(why)
    }
}

/// Which records of a journal stand in the way for good. Other failures pass.
fn damaged(error: &JournalError) -> Option<String> {
    match error {
        JournalError::Record { seq, .. } => Some(format!("record {seq} cannot be read")),
        JournalError::Block { first, last, .. } => {
            Some(format!("records {first} to {last} cannot be read"))
        }
        JournalError::Chain { source, .. } => Some(source.to_string()),
        JournalError::NoSuchMap(_)
        | JournalError::Exists(_)
        | JournalError::InUse(_)
        | JournalError::Moved(_)
        | JournalError::Locked(_)
        | JournalError::Store(_)
        | JournalError::Stopped(_) => None,
    }
}
