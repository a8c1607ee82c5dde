//! Making a map with content and invites. Called by `http`, `cli::import` and `demo`; the only place where invite tokens of
//! new maps are made.

use cairn_protocol::frame::{CheckedUpdate, UpdateError};
use cairn_protocol::id::{MapId, Role};
use cairn_protocol::map::{self, JourneyMap};
use cairn_protocol::record::Actor;

use crate::auth::Secret;
use crate::room::Founding;
use crate::rooms::{RoomError, Rooms};
use crate::token;

/// A map within the importer's bounds that is past the wire's.
#[derive(Debug, thiserror::Error)]
#[error("the map is too large to be edited together: {0}")]
pub struct ContentError(#[from] UpdateError);

/// A map as the content of a new journal. Blocks for as long as a large map takes.
pub fn content(map: &JourneyMap) -> Result<CheckedUpdate, ContentError> {
    // From the 32 bits that Yjs draws from, so that it meets no editor's.
    let client = token::new_seed() >> 32;
    Ok(CheckedUpdate::check(map::to_update(map, client).into())?)
}

/// A map that was made: its name and what opens it.
pub struct Made {
    /// Its name.
    pub map: MapId,
    /// Invite tokens.
    pub invites: InviteTokens,
}

/// The invite token of each role.
pub struct InviteTokens {
    /// Opens the map for facilitators.
    pub facilitator: Secret,
    /// Opens the map for participants.
    pub participant: Secret,
    /// Opens the map for observers.
    pub observer: Secret,
}

impl InviteTokens {
    fn new() -> Self {
        let token = || Secret::new(token::new_token());
        Self {
            facilitator: token(),
            participant: token(),
            observer: token(),
        }
    }

    /// Those a server answered with.
    pub fn known(facilitator: &str, participant: &str, observer: &str) -> Self {
        Self {
            facilitator: Secret::new(facilitator),
            participant: Secret::new(participant),
            observer: Secret::new(observer),
        }
    }
}

/// Makes a map with this content and new invites. Answers when it is durable.
pub async fn found(rooms: &Rooms, by: Actor, content: CheckedUpdate) -> Result<Made, RoomError> {
    let map = token::new_map_id();
    let invites = InviteTokens::new();
    let founding = Founding {
        by,
        open: false,
        content: Some(content),
        invites: vec![
            (Role::Facilitator, invites.facilitator.hash(&map)),
            (Role::Participant, invites.participant.hash(&map)),
            (Role::Observer, invites.observer.hash(&map)),
        ],
    };
    rooms.create(map.clone(), founding).await?;
    Ok(Made { map, invites })
}
