//! What somebody asks for and the fold decides on: one enum for the journal (CBOR, by number) and for the workshop channel (JSON, by
//! name), so that what is asked is what is recorded.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::agenda::{Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::emotion::Score;
use crate::floor::{ParkedId, Spot};
use crate::id::{ParticipantId, Role};
use crate::round::RoundId;
use crate::version::VersionId;

/// A command over the workshop channel or `POST /api/maps/{id}/commands`. Whoever may do what is said by the rule named with it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Command {
    /// Change one's own name and colour (ROLE-7).
    #[n(0)]
    Rename {
        /// 1 to 80 characters.
        #[n(0)]
        name: String,
        /// `#rrggbb`.
        #[n(1)]
        color: String,
    },
    /// Give somebody another role (facilitators, ROLE-3).
    #[n(1)]
    SetRole {
        /// Whom.
        #[n(0)]
        participant: ParticipantId,
        /// The new role.
        #[n(1)]
        role: Role,
    },
    /// Shut somebody out: all their tokens end (facilitators, ROLE-3).
    #[n(2)]
    Remove {
        /// Whom.
        #[n(0)]
        participant: ParticipantId,
    },
    /// Put a step into the agenda (facilitators, AGENDA-1).
    #[n(3)]
    AddStep {
        /// Its place, from 0; past the end is the end.
        #[n(0)]
        index: u32,
        /// What it is.
        #[n(1)]
        step: Step,
    },
    /// Say anew what a step is (facilitators, AGENDA-5).
    #[n(4)]
    ChangeStep {
        /// Which.
        #[n(0)]
        id: StepId,
        /// What it is from now on.
        #[n(1)]
        step: Step,
    },
    /// Put a step elsewhere in the agenda (facilitators, AGENDA-3).
    #[n(5)]
    MoveStep {
        /// Which.
        #[n(0)]
        id: StepId,
        /// Its place among the others, from 0.
        #[n(1)]
        index: u32,
    },
    /// Take a step out of the agenda (facilitators, AGENDA-5).
    #[n(6)]
    RemoveStep {
        /// Which.
        #[n(0)]
        id: StepId,
    },
    /// Put these steps in the place of the whole agenda (facilitators, AGENDA-7).
    #[n(7)]
    SetAgenda {
        /// In order.
        #[n(0)]
        steps: Vec<Step>,
    },
    /// Begin a step (facilitators, AGENDA-4).
    #[n(8)]
    StartStep {
        /// Which.
        #[n(0)]
        id: StepId,
    },
    /// Begin the step after the current one; after the last one the agenda is finished (facilitators, AGENDA-4).
    #[n(9)]
    NextStep {},
    /// Begin the step before the current one anew (facilitators, AGENDA-4).
    #[n(10)]
    PreviousStep {},
    /// Stop the clock of the current step (facilitators, TIME-3).
    #[n(11)]
    Pause {},
    /// Let the clock go on (facilitators, TIME-3).
    #[n(12)]
    Resume {},
    /// Give the current step more time, or less (facilitators, TIME-4).
    #[n(13)]
    Extend {
        /// −3600 to 3600.
        #[n(0)]
        seconds: i32,
    },
    /// End the current step; none is current then (facilitators, AGENDA-4).
    #[n(14)]
    FinishAgenda {},
    /// "I'm done" with the current step, or not yet (participants, AGENDA-6).
    #[n(15)]
    SetReady {
        /// Done or not.
        #[n(0)]
        ready: bool,
        /// The step it is said of: of another than the current one, it comes too late. Absent for whichever is current.
        #[n(1)]
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        step: Option<StepId>,
    },
    /// Raise or lower one's own hand (anyone who joined, FLOOR-1).
    #[n(16)]
    RaiseHand {
        /// Up or down.
        #[n(0)]
        raised: bool,
    },
    /// Lower somebody else's hand (facilitators, FLOOR-1).
    #[n(17)]
    LowerHand {
        /// Whose.
        #[n(0)]
        participant: ParticipantId,
    },
    /// Put something in the parking lot (participants, FLOOR-2).
    #[n(18)]
    Park {
        /// 1 to 500 characters.
        #[n(0)]
        text: String,
    },
    /// Take something out of the parking lot (who put it there, and facilitators; FLOOR-2).
    #[n(19)]
    Unpark {
        /// Which.
        #[n(0)]
        id: ParkedId,
    },
    /// Bring everyone to a place of the map, or let them go (facilitators, SPOT-1).
    #[n(20)]
    Spotlight {
        /// Where; absent to let everyone go.
        #[n(0)]
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        spot: Option<Spot>,
    },
    /// Say how many of one's dots are on a card now (VOTE-3).
    #[n(21)]
    Vote {
        /// In which round.
        #[n(0)]
        round: RoundId,
        /// The card's id.
        #[n(1)]
        card: String,
        /// 0 to take them all back.
        #[n(2)]
        dots: u8,
    },
    /// Close the round and show its result (facilitators, VOTE-9).
    #[n(22)]
    CloseRound {
        /// Which.
        #[n(0)]
        round: RoundId,
    },
    /// End the round without a result (facilitators, VOTE-9).
    #[n(23)]
    CancelRound {
        /// Which.
        #[n(0)]
        round: RoundId,
    },
    /// Say how a stage feels to oneself (EMO-2).
    #[n(24)]
    Feel {
        /// In which emotion round.
        #[n(0)]
        round: RoundId,
        /// The stage's id.
        #[n(1)]
        stage: String,
        /// Absent to take it back.
        #[n(2)]
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        score: Option<Score>,
    },
    /// Let everyone write cards for themselves until the reveal (facilitators, DRAFT-1).
    #[n(25)]
    StartBrainstorm {
        /// What is asked, where on the map, and whether cards will be signed.
        #[n(0)]
        setup: BrainstormSetup,
    },
    /// Write a card of one's own, or write it anew (participants, DRAFT-2).
    #[n(26)]
    WriteDraft {
        /// Its writer's name for it.
        #[n(0)]
        draft: DraftId,
        /// The lane's id.
        #[n(1)]
        lane: String,
        /// The stage's id.
        #[n(2)]
        stage: String,
        /// 1 to 2000 characters.
        #[n(3)]
        text: String,
    },
    /// Throw away a card of one's own (participants, DRAFT-2).
    #[n(27)]
    DropDraft {
        /// Which.
        #[n(0)]
        draft: DraftId,
    },
    /// End the brainstorm and throw away what nobody has seen (facilitators, DRAFT-6).
    #[n(28)]
    DiscardDrafts {},
    /// Give the map as it is now a name to come back to (facilitators, VERSION-1).
    #[n(29)]
    SaveVersion {
        /// 1 to 120 characters.
        #[n(0)]
        name: String,
    },
    /// Call a version something else, or give one a name that is there by itself (facilitators, VERSION-1).
    #[n(30)]
    RenameVersion {
        /// Which.
        #[n(0)]
        id: VersionId,
        /// 1 to 120 characters.
        #[n(1)]
        name: String,
    },
    /// Take a version off the list; its moment stays in the history (facilitators, VERSION-1).
    #[n(31)]
    DropVersion {
        /// Which.
        #[n(0)]
        id: VersionId,
    },
}
