//! What `GET /api/maps/{id}/history` and `…/history/authors` answer (HIST-1, HIST-6). The web client's types are written from these.

use serde::Serialize;

use super::By;
use crate::fold::Workshop;
use crate::id::{ParticipantId, Role};
use crate::map::Layer;

/// A map's history at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HistoryReport {
    /// The last record that is told of: others may have come after it, which show in nothing.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// Its time, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// Everyone who ever joined, by number.
    pub people: Vec<PersonReport>,
    /// Stretches of activity with less than half an hour of silence in them, oldest first.
    pub sessions: Vec<SessionReport>,
    /// What stands out, oldest first.
    pub moments: Vec<Moment>,
}

/// Somebody who joined, as they were called last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PersonReport {
    /// Such as `p12`.
    #[cfg_attr(test, ts(type = "string"))]
    pub id: ParticipantId,
    /// Shown to others.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// What they may do.
    pub role: Role,
    /// They were shut out.
    pub removed: bool,
}

/// A stretch of activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SessionReport {
    /// Its first record.
    #[cfg_attr(test, ts(type = "number"))]
    pub first: u64,
    /// Its last record.
    #[cfg_attr(test, ts(type = "number"))]
    pub last: u64,
    /// When it began, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub began: u64,
    /// When it ended.
    #[cfg_attr(test, ts(type = "number"))]
    pub ended: u64,
    /// How many milliseconds one item of `activity` stands for.
    #[cfg_attr(test, ts(type = "number"))]
    pub width: u64,
    /// Changes over time; stretches without any are left out.
    pub activity: Vec<Activity>,
    /// Who did how much of what, by layer.
    pub shares: Vec<Share>,
    /// Participants and facilitators who were in the map as it ended.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub there: Vec<ParticipantId>,
}

/// The changes of a stretch of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Activity {
    /// Which stretch: counted from the session's beginning in its `width`.
    #[cfg_attr(test, ts(type = "number"))]
    pub place: u64,
    /// Records that changed something, by who did it.
    pub by: Vec<Counted>,
}

/// How often somebody changed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Counted {
    /// Such as `p12`; `host`, `anyone`, `room` (a reveal) or `nobody` in particular.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "p2"))]
    #[cfg_attr(test, ts(type = "string"))]
    pub who: By,
    /// How many records.
    pub records: u32,
}

/// What somebody did in one layer of the map during a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Share {
    /// As in [`Counted`].
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "p2"))]
    #[cfg_attr(test, ts(type = "string"))]
    pub who: By,
    /// Which layer.
    pub layer: Layer,
    /// Cards they added.
    pub written: u32,
    /// Other cards they changed, moved or deleted.
    pub changed: u32,
    /// Cards they commented on.
    pub commented: u32,
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Moment {
    /// The record it came with.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// When, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// What.
    pub kind: MomentKind,
    /// Who did it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "p2"))]
    #[cfg_attr(test, ts(type = "string"))]
    pub who: By,
    /// What it is about: a step's title, a question, a name. Empty where the kind says it all.
    pub words: String,
}

/// What stands out. A reader passes over the name of a kind it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MomentKind {
    /// The map came to be.
    Created,
    /// Somebody came in for the first time.
    Joined,
    /// Somebody was taken out.
    Removed,
    /// A step began.
    StepBegan,
    /// The last step was finished.
    AgendaFinished,
    /// A round of dots opened, be it again.
    RoundOpened,
    /// Its result shows.
    RoundClosed,
    /// It has none.
    RoundCancelled,
    /// An emotion round opened, be it again.
    FeelingsOpened,
    /// Its result shows.
    FeelingsClosed,
    /// It has none.
    FeelingsCancelled,
    /// Everyone writes for themselves.
    BrainstormBegan,
    /// What was written shows.
    Revealed,
    /// What was written is thrown away.
    Discarded,
    /// Somebody gave the map as it was then a name.
    VersionSaved,
    /// The map became what it was at an earlier record.
    Restored,
    /// Somebody said that the map was looked through.
    Reviewed,
}

/// Who wrote what of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AuthorsReport {
    /// The last record that is told of.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// Every Yjs client that content of the document is from, or was.
    pub clients: Vec<ClientReport>,
}

/// One Yjs client: one visit of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClientReport {
    /// Its Yjs client id.
    #[cfg_attr(test, ts(type = "number"))]
    pub client: u64,
    /// As in [`Counted`].
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "p2"))]
    #[cfg_attr(test, ts(type = "string"))]
    pub who: By,
    /// Clocks and times by turns: what has the first clock or a later one was written at that time, in milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "Array<number>"))]
    pub runs: Vec<u64>,
}

pub(super) fn people(workshop: &Workshop) -> Vec<PersonReport> {
    let people = workshop.people();
    people
        .map(|(id, person)| PersonReport {
            id,
            name: person.name.clone(),
            color: person.color.clone(),
            role: person.role,
            removed: person.removed,
        })
        .collect()
}

impl PersonReport {
    /// Whether they are in the map to do something.
    pub(super) fn is_at_work(&self) -> bool {
        !self.removed && self.role.may_edit()
    }
}
