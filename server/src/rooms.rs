//! All rooms: a map is opened once, kept while anybody uses it, and let go when idle. Called by sessions and HTTP handlers; the
//! only place that starts a room's loop.

mod forgetting;
mod handle;
mod judged;
mod making;
mod past;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cairn_protocol::id::MapId;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};

use handle::{Handle, MAILBOX_KIB};
pub use handle::{RoomError, RoomHandle};
pub(crate) use judged::{Answer, Judged};
pub(crate) use past::{Past, Told};

use crate::catalog::{Catalog, CatalogEntry};
use crate::clock::Clock;
use crate::journal::{Journal, JournalError, Opened};
use crate::load::LoadError;
use crate::room::{Event, House, Room, Spacing};
use crate::secrets::Secrets;
use crate::stats::{RoomStats, Stats};
use crate::webhook::Webhook;

/// Events waiting for one room. Sessions wait when it is full, each for itself.
const MAILBOX: usize = 1024;

/// What can be set about rooms.
#[derive(Clone, Debug)]
pub struct RoomSettings {
    /// A room that nobody uses is let go after about this long.
    pub idle: Duration,
    /// When snapshots are due.
    pub spacing: Spacing,
    /// Where the secrets of anonymous rounds are kept while those are open.
    pub secrets: Secrets,
    /// Who is told of versions.
    pub webhook: Webhook,
    /// Whether the journal is an archive: rooms take nothing, and in them no time passes.
    pub archive: bool,
}

impl Default for RoomSettings {
    fn default() -> Self {
        Self {
            idle: Duration::from_mins(1),
            spacing: Spacing::default(),
            secrets: Secrets::default(),
            webhook: Webhook::default(),
            archive: false,
        }
    }
}

/// All rooms of the server. Cloned into every handler.
#[derive(Clone)]
pub struct Rooms(Arc<Inner>);

struct Inner {
    journal: Arc<dyn Journal>,
    clock: Clock,
    settings: RoomSettings,
    rooms: Mutex<HashMap<MapId, Slot>>,
    catalog: Catalog,
    stats: Arc<Stats>,
    stopping: AtomicBool,
}

/// A map that is being opened, open, or on its way out. `done` changes when it is open and ends when the slot may be
/// used anew.
struct Slot {
    open: Option<Handle>,
    done: watch::Receiver<()>,
}

impl Rooms {
    /// Rooms over a journal. Blocks while the list of maps is read.
    pub fn new(
        journal: Arc<dyn Journal>,
        clock: Clock,
        settings: RoomSettings,
    ) -> Result<Self, JournalError> {
        let catalog = Catalog::read(journal.as_ref())?;
        let maps = journal.list()?;
        let maps = maps.iter().map(|entry| &entry.map);
        if let Err(error) = settings.secrets.destroy_but_of(maps) {
            tracing::error!(%error, "secrets of rounds of deleted maps may be left");
        }
        Ok(Self(Arc::new(Inner {
            journal,
            clock,
            settings,
            rooms: Mutex::default(),
            catalog,
            stats: Arc::default(),
            stopping: AtomicBool::new(false),
        })))
    }

    /// The journal, for reading history.
    pub fn journal(&self) -> &Arc<dyn Journal> {
        &self.0.journal
    }

    /// The server's clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Every map, for lists.
    pub fn catalog(&self) -> Vec<CatalogEntry> {
        self.0.catalog.all()
    }

    /// When a map changed last, as the list has it.
    pub fn touched(&self, map: &MapId) -> Option<u64> {
        self.0.catalog.touched(map)
    }

    /// The map an invite opens, for somebody who brings nothing else. The room still decides.
    pub fn map_by_invite(&self, token: &str) -> Option<MapId> {
        self.0.catalog.by_invite(token)
    }

    /// Counters.
    pub fn stats(&self) -> RoomStats {
        self.0.stats.read()
    }

    /// The room of a map, opened when needed.
    pub async fn room(&self, map: &MapId) -> Result<RoomHandle, RoomError> {
        loop {
            if let Some(room) = self.if_open(map).await {
                return Ok(room);
            }
            let open = {
                let (journal, map) = (self.0.journal.clone(), map.clone());
                move || journal.open(&map)
            };
            if let Some(room) = self.reserve_and_open(map, open).await? {
                return Ok(room);
            }
        }
    }

    fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }

    async fn if_open(&self, map: &MapId) -> Option<RoomHandle> {
        let rooms = self.0.rooms.lock().await;
        let handle = rooms
            .get(map)?
            .open
            .as_ref()
            .filter(|handle| !handle.sender.is_closed())?;
        Some(RoomHandle {
            map: map.clone(),
            handle: handle.clone(),
        })
    }

    /// Takes the map's slot and opens its journal. `None` when somebody else had the slot: they are waited for.
    async fn reserve_and_open(
        &self,
        map: &MapId,
        open: impl Fn() -> Result<Opened, JournalError> + Send + 'static,
    ) -> Result<Option<RoomHandle>, RoomError> {
        let (busy, done) = watch::channel(());
        let busy = Arc::new(busy);
        {
            let mut rooms = self.0.rooms.lock().await;
            if self.is_stopping() {
                return Err(RoomError::Stopping);
            }
            if let Some(slot) = rooms.get(map) {
                let open = slot
                    .open
                    .as_ref()
                    .is_some_and(|handle| !handle.sender.is_closed());
                let mut done = slot.done.clone();
                drop(rooms);
                if !open {
                    // Being opened or on its way out: either ends with a change, the latter with an error.
                    drop(done.changed().await);
                    self.forget_if_done(map).await;
                }
                return Ok(None);
            }
            rooms.insert(map.clone(), Slot { open: None, done });
        }
        let opened = self.open_room(map, open).await;
        let mut rooms = self.0.rooms.lock().await;
        match opened {
            Ok(room) => {
                let handle = self.start(room, Arc::clone(&busy));
                // The slot is gone when the server began to stop meanwhile: the room ends with its only handle.
                let slot = rooms.get_mut(map).ok_or(RoomError::Stopping)?;
                slot.open = Some(handle.clone());
                drop(rooms);
                busy.send_replace(());
                Ok(Some(RoomHandle {
                    map: map.clone(),
                    handle,
                }))
            }
            Err(error) => {
                rooms.remove(map);
                Err(error)
            }
        }
    }

    async fn open_room(
        &self,
        map: &MapId,
        open: impl Fn() -> Result<Opened, JournalError> + Send + 'static,
    ) -> Result<Room, RoomError> {
        let map = map.clone();
        let house = House {
            journal: self.0.journal.clone(),
            catalog: self.0.catalog.clone(),
            clock: self.0.clock.clone(),
            secrets: self.0.settings.secrets.clone(),
            webhook: self.0.settings.webhook.clone(),
            stats: self.0.stats.clone(),
            spacing: self.0.settings.spacing,
            archive: self.0.settings.archive,
        };
        let opening = tokio::task::spawn_blocking(move || {
            let opened = when_free(open).map_err(LoadError::from)?;
            Room::open(map, opened, house)
        });
        let opened = opening
            .await
            .map_err(|error| RoomError::Unavailable(error.to_string()))?;
        opened.map_err(|error| {
            if !matches!(
                error,
                LoadError::Journal(JournalError::NoSuchMap(_) | JournalError::Exists(_))
            ) {
                tracing::error!(%error, "a map cannot be opened");
            }
            error.into()
        })
    }

    fn start(&self, room: Room, busy: Arc<watch::Sender<()>>) -> Handle {
        let (sender, mailbox) = mpsc::channel(MAILBOX);
        let stats = self.0.stats.clone();
        tokio::spawn(async move {
            stats.room_opened();
            room.run(mailbox).await;
            stats.room_closed();
            // The journal's log is dropped with the room: the map may be opened anew.
            drop(busy);
        });
        Handle {
            sender,
            memory: Arc::new(Semaphore::new(MAILBOX_KIB)),
            judged: Arc::default(),
            past: Arc::default(),
        }
    }

    async fn forget_if_done(&self, map: &MapId) {
        let mut rooms = self.0.rooms.lock().await;
        if rooms
            .get(map)
            .is_some_and(|slot| slot.done.has_changed().is_err())
        {
            rooms.remove(map);
        }
    }

    /// Lets rooms go that nobody uses, until the server stops. Run once, beside the listener.
    pub async fn let_go_of_idle(&self) {
        let mut unused: Vec<MapId> = Vec::new();
        let mut sweep = tokio::time::interval(self.0.settings.idle / 2);
        while !self.is_stopping() {
            sweep.tick().await;
            let mut rooms = self.0.rooms.lock().await;
            let idle = |slot: &Slot| {
                // Only the slot's own sender is left: no session, no handler.
                slot.open
                    .as_ref()
                    .is_some_and(|handle| handle.sender.strong_count() == 1)
            };
            let now: Vec<MapId> = rooms
                .iter()
                .filter(|(_, slot)| idle(slot))
                .map(|(map, _)| map.clone())
                .collect();
            for map in now.iter().filter(|map| unused.contains(map)) {
                if let Some(slot) = rooms.get_mut(map) {
                    // With the last sender gone the room keeps a snapshot and ends; its slot waits for that.
                    slot.open = None;
                }
            }
            rooms.retain(|_, slot| slot.done.has_changed().is_ok());
            unused = now;
        }
    }

    /// Stops all rooms: sockets end with 1012; returns when everything is durable. No room opens after this.
    pub async fn close(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        self.end_rooms().await;
        let journal = self.0.journal.clone();
        match tokio::task::spawn_blocking(move || journal.close()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the journal did not close cleanly"),
            Err(error) => tracing::error!(%error, "closing the journal failed"),
        }
    }

    /// Ends every room that is open now and waits for it.
    pub(crate) async fn end_rooms(&self) {
        let slots: Vec<Slot> = self
            .0
            .rooms
            .lock()
            .await
            .drain()
            .map(|(_, slot)| slot)
            .collect();
        for slot in &slots {
            if let Some(handle) = &slot.open {
                // A room that is gone already needs no stopping.
                drop(handle.sender.send(Event::Stop).await);
            }
        }
        for mut slot in slots {
            drop(slot.open.take());
            while slot.done.changed().await.is_ok() {}
        }
    }
}

/// Opens a map whose last room has ended but whose last records are still being written: that takes one commit, so the
/// attempts are few; a map that stays in use is in use elsewhere. Blocks.
fn when_free<T>(open: impl Fn() -> Result<T, JournalError>) -> Result<T, JournalError> {
    const ATTEMPTS: u32 = 200;
    let mut attempt = 0;
    loop {
        match open() {
            Err(JournalError::InUse(_)) if attempt < ATTEMPTS => attempt += 1,
            opened => return opened,
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
