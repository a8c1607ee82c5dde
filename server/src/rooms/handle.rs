//! A handle to a room in use: how sessions and HTTP handlers ask it things.

use std::sync::Arc;

use cairn_protocol::channel::ClientCommand;
use cairn_protocol::fold::Refusal;
use cairn_protocol::id::{MapId, ParticipantId, Role, TokenHash};
use cairn_protocol::record::{Actor, Join};
use cairn_protocol::report::{RoundReports, WorkshopReport};
use cairn_protocol::version::VersionList;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::{Judged, Past};
use crate::journal::JournalError;
use crate::load::LoadError;
use crate::room::{CommandDone, Event, Member, RoomState};

/// Frames waiting for one room hold at most this many KiB of memory, however many sockets send them.
pub(super) const MAILBOX_KIB: usize = 64 * 1024;

/// Why a room could not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RoomError {
    /// There is no such map.
    #[error("there is no map {0}")]
    NoSuchMap(MapId),
    /// There is one already.
    #[error("there is a map {0} already")]
    Exists(MapId),
    /// A rule refused it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody can be erased from the map, for good: which records stand in the way. Nothing was changed.
    #[error("nobody can be erased from the map: {0}")]
    NotErasable(String),
    /// The journal failed or the map cannot be read. Others are not affected.
    #[error("the map cannot be opened: {0}")]
    Unavailable(String),
    /// The server stops.
    #[error("the server is stopping")]
    Stopping,
}

impl From<LoadError> for RoomError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Journal(JournalError::NoSuchMap(map)) => RoomError::NoSuchMap(map),
            LoadError::Journal(JournalError::Exists(map)) => RoomError::Exists(map),
            error => RoomError::Unavailable(error.to_string()),
        }
    }
}

/// The ways into a room's loop.
#[derive(Clone)]
pub(super) struct Handle {
    pub(super) sender: mpsc::Sender<Event>,
    pub(super) memory: Arc<Semaphore>,
    pub(super) judged: Arc<Judged>,
    pub(super) past: Arc<Past>,
}

/// A room in use. While a handle lives, the room is not let go.
#[derive(Clone)]
pub struct RoomHandle {
    pub(super) map: MapId,
    pub(super) handle: Handle,
}

impl RoomHandle {
    /// The map's name.
    pub fn map(&self) -> &MapId {
        &self.map
    }

    /// Whose token this is.
    pub async fn who(&self, token: TokenHash) -> Result<Option<Member>, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::Who { token, reply }, answer).await
    }

    /// What an invite opens.
    pub async fn role_by_invite(&self, token: TokenHash) -> Result<Option<Role>, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::RoleByInvite { token, reply }, answer).await
    }

    /// Whether anyone may edit without joining: it was made so, on an open server.
    pub async fn is_open(&self) -> Result<bool, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::IsOpen { reply }, answer).await
    }

    /// Lets somebody in whose invite or key was checked. Answers when it is durable.
    pub async fn join(&self, by: Actor, join: Join) -> Result<Member, RoomError> {
        let (reply, answer) = oneshot::channel();
        Ok(self.ask(Event::Join { by, join, reply }, answer).await??)
    }

    /// Does something. Answers when it is durable.
    pub async fn command(
        &self,
        by: Actor,
        request: String,
        command: impl Into<ClientCommand>,
    ) -> Result<CommandDone, RoomError> {
        let (reply, answer) = oneshot::channel();
        Ok(self
            .ask(
                Event::Command {
                    by,
                    request,
                    command: command.into(),
                    reply,
                },
                answer,
            )
            .await??)
    }

    /// The whole document now.
    pub async fn state(&self) -> Result<RoomState, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::State { reply }, answer).await
    }

    /// Every round, with what may be seen of it now.
    pub async fn rounds(&self, to: Actor) -> Result<RoundReports, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::Rounds { to, reply }, answer).await
    }

    /// The workshop as this actor is shown it.
    pub async fn workshop(&self, to: Actor) -> Result<WorkshopReport, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::Workshop { to, reply }, answer).await
    }

    /// Versions and reviews.
    pub async fn versions(&self) -> Result<VersionList, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::Versions { reply }, answer).await
    }

    /// The record that last changed the document.
    pub async fn edited(&self) -> Result<u64, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Event::Edited { reply }, answer).await
    }

    /// Whether somebody may be erased now, and if so whether they were removed already.
    pub async fn may_erase(&self, who: ParticipantId) -> Result<bool, RoomError> {
        let (reply, answer) = oneshot::channel();
        Ok(self.ask(Event::MayErase { who, reply }, answer).await??)
    }

    /// What was judged of the map's health, for all who ask.
    pub(crate) fn judged(&self) -> &Judged {
        &self.handle.judged
    }

    /// What was told of the map's history, for all who ask.
    pub(crate) fn past(&self) -> &Past {
        &self.handle.past
    }

    pub(crate) async fn ask<T>(
        &self,
        event: Event,
        answer: oneshot::Receiver<T>,
    ) -> Result<T, RoomError> {
        let gone = || RoomError::Unavailable("its room closed; try again".to_owned());
        self.handle.sender.send(event).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())
    }

    /// Sends without waiting for an answer; `false` when the room has ended.
    pub(crate) async fn tell(&self, event: Event) -> bool {
        self.handle.sender.send(event).await.is_ok()
    }

    /// A share of the room's memory for a waiting frame of this many bytes.
    pub(crate) async fn share(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let kib = u32::try_from((bytes / 1024 + 1).min(MAILBOX_KIB)).unwrap_or(u32::MAX);
        self.handle
            .memory
            .clone()
            .acquire_many_owned(kib)
            .await
            .ok()
    }
}
