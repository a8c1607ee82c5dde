//! The catalog: what the list of maps shows, kept in memory and, as each map's summary, in the journal. Derived from the fold;
//! never the truth about who may open a map (the room is).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::{MapId, ParticipantId, Role, TokenHash};
use cairn_protocol::limits::MAP_ID_BYTES;
use cairn_protocol::map;
use minicbor::{Decode, Encode};
use yrs::Transact;

use crate::journal::{Entry, Journal};
use crate::load;

/// One map in the list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CatalogEntry {
    /// Its name.
    #[n(0)]
    pub map: MapId,
    /// The record it was derived from.
    #[n(1)]
    pub seq: u64,
    /// What its content gives. (A summary of an earlier version has a title here: it does not decode, and the map is
    /// folded anew.)
    #[n(2)]
    pub listed: Listed,
    /// Time of the last record, milliseconds since 1970 UTC.
    #[n(4)]
    pub touched: u64,
    /// Who may open it.
    #[n(6)]
    pub tokens: Vec<(TokenHash, ParticipantId, Role)>,
    /// A room of an open server.
    #[n(7)]
    pub open: bool,
    /// What lets people in now.
    #[n(8)]
    pub invites: Vec<TokenHash>,
}

/// What the list shows of a map's content.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Listed {
    /// The map's title, as its editors left it.
    #[n(0)]
    pub title: String,
    /// `current-state` and so on.
    #[n(1)]
    pub kind: String,
    /// When the next review is due, `YYYY-MM-DD`.
    #[n(2)]
    pub review_due: Option<String>,
    /// What it says it improves on; empty when that could be no map's name.
    #[n(3)]
    pub current_state: String,
}

impl Listed {
    /// Reads a few fields of the map and nothing else.
    pub fn of(workshop: &Workshop) -> Self {
        let txn = workshop.doc().transact();
        Self {
            title: map::title(&txn),
            kind: map::kind(&txn).as_str().to_owned(),
            review_due: map::review_due(&txn).map(|date| date.to_string()),
            current_state: Some(map::current_state(&txn))
                .filter(|name| name.len() <= MAP_ID_BYTES)
                .unwrap_or_default(),
        }
    }
}

impl CatalogEntry {
    /// What the list shows of a workshop.
    pub fn of(workshop: &Workshop) -> Self {
        let role = |id| {
            workshop
                .participant(id)
                .map_or(Role::Observer, |person| person.role)
        };
        Self {
            map: workshop.map().clone(),
            seq: workshop.seq(),
            listed: Listed::of(workshop),
            touched: workshop.at(),
            tokens: workshop
                .tokens()
                .map(|(token, id)| (token, id, role(id)))
                .collect(),
            open: workshop.is_open(),
            invites: workshop.invites().map(|(_, invite)| invite).collect(),
        }
    }

    pub(crate) fn encode(&self) -> Bytes {
        minicbor::to_vec(self)
            .expect("writing to a Vec cannot fail")
            .into()
    }
}

/// All maps of the server. Cloned between rooms and handlers.
#[derive(Clone, Default)]
pub struct Catalog(Arc<Mutex<BTreeMap<MapId, CatalogEntry>>>);

impl Catalog {
    /// Reads the list. A map whose summary is older than its journal (the process was killed) is folded anew; one that
    /// cannot be read is left out here and refused when it is opened.
    pub fn read(journal: &dyn Journal) -> Result<Self, crate::journal::JournalError> {
        let catalog = Self::default();
        for entry in journal.list()? {
            match Self::entry(journal, &entry) {
                Ok(listed) => catalog.put(listed),
                Err(error) => tracing::error!(map = %entry.map, %error, "a map cannot be read"),
            }
        }
        Ok(catalog)
    }

    fn entry(journal: &dyn Journal, entry: &Entry) -> Result<CatalogEntry, load::LoadError> {
        let kept = entry
            .summary
            .as_ref()
            .and_then(|bytes| minicbor::decode(bytes).ok());
        match kept {
            Some(kept) if CatalogEntry::seq(&kept) == entry.head.seq => Ok(kept),
            _ => load::load_at(journal, &entry.map, None).map(|w| CatalogEntry::of(&w)),
        }
    }

    /// Replaces a map's entry.
    pub fn put(&self, entry: CatalogEntry) {
        self.lock().insert(entry.map.clone(), entry);
    }

    /// Time of a map's last record, as the list has it.
    pub fn touched(&self, map: &MapId) -> Option<u64> {
        self.lock().get(map).map(|entry| entry.touched)
    }

    /// Something was recorded in a map.
    pub fn touch(&self, map: &MapId, at: u64) {
        if let Some(entry) = self.lock().get_mut(map) {
            entry.touched = at;
        }
    }

    /// Takes a map off the list.
    pub fn remove(&self, map: &MapId) {
        self.lock().remove(map);
    }

    /// Every map, in the order of names.
    pub fn all(&self) -> Vec<CatalogEntry> {
        self.lock().values().cloned().collect()
    }

    /// The map an invite opens. Hashes the token once a map: 1,000 maps take well under a millisecond.
    pub fn by_invite(&self, token: &str) -> Option<MapId> {
        let maps = self.lock();
        let opens = |entry: &&CatalogEntry| {
            !entry.invites.is_empty() && entry.invites.contains(&TokenHash::of(&entry.map, token))
        };
        maps.values().find(opens).map(|entry| entry.map.clone())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<MapId, CatalogEntry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CatalogEntry {
    fn seq(&self) -> u64 {
        self.seq
    }
}
