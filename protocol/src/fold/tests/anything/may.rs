//! Who may do what, said once more and apart from the fold. Neither match has a wildcard: a new kind of record or command has to be
//! placed here before anything compiles.

use std::collections::BTreeSet;

use super::books::People;
use super::*;
use crate::record::Opening;

/// Whom a record is taken from.
#[derive(Clone, Copy, Debug)]
enum Whom {
    /// Facilitators and the host (ROLE-3).
    Facilitators,
    /// Participants and facilitators, as themselves.
    Working,
    /// Those, and the host (ROLE-2, FLOOR-2).
    WorkingOrHost,
    /// Whoever joined, observers included.
    Joined,
    /// Participants and facilitators, as themselves or behind a pseudonym (VOTE-2, EMO-2).
    Voters,
    Server,
}

fn whom(body: &Body) -> Whom {
    match body {
        Body::Created(_) | Body::Join(_) | Body::Void(_) | Body::Tick | Body::Erased(_) => {
            Whom::Server
        }
        Body::Edit(_) => Whom::WorkingOrHost,
        Body::Invite(..) | Body::Round(..) | Body::Reveal(_) | Body::Restore(_) => {
            Whom::Facilitators
        }
        Body::Command(command) => match command {
            Command::SetRole { .. }
            | Command::Remove { .. }
            | Command::AddStep { .. }
            | Command::ChangeStep { .. }
            | Command::MoveStep { .. }
            | Command::RemoveStep { .. }
            | Command::SetAgenda { .. }
            | Command::StartStep { .. }
            | Command::NextStep {}
            | Command::PreviousStep {}
            | Command::Pause {}
            | Command::Resume {}
            | Command::Extend { .. }
            | Command::FinishAgenda {}
            | Command::LowerHand { .. }
            | Command::Spotlight { .. }
            | Command::CloseRound { .. }
            | Command::CancelRound { .. }
            | Command::StartBrainstorm { .. }
            | Command::DiscardDrafts {}
            | Command::SaveVersion { .. }
            | Command::RenameVersion { .. }
            | Command::DropVersion { .. } => Whom::Facilitators,
            Command::SetReady { .. } | Command::WriteDraft { .. } => Whom::Working,
            Command::Park { .. } | Command::Unpark { .. } => Whom::WorkingOrHost,
            Command::Rename { .. } | Command::RaiseHand { .. } | Command::DropDraft { .. } => {
                Whom::Joined
            }
            Command::Vote { .. } | Command::Feel { .. } => Whom::Voters,
        },
    }
}

/// Whether it could be taken from this actor.
pub(super) fn may(people: &People, actor: Actor, body: &Body) -> bool {
    let role = match actor {
        Actor::Participant(who) => match people.get(&who) {
            Some(person) if !person.removed => Some(person.role),
            _ => return false,
        },
        Actor::Host | Actor::Server | Actor::Anonymous | Actor::Pseudonym(_) => None,
    };
    let host = matches!(actor, Actor::Host);
    match whom(body) {
        Whom::Facilitators => host || role == Some(Role::Facilitator),
        Whom::Working => role.is_some_and(|role| role != Role::Observer),
        Whom::WorkingOrHost => host || role.is_some_and(|role| role != Role::Observer),
        Whom::Joined => role.is_some(),
        // A round may be open to observers, too (VOTE-11).
        Whom::Voters => role.is_some() || matches!(actor, Actor::Pseudonym(_)),
        Whom::Server => host || matches!(actor, Actor::Server),
    }
}

/// What kind of record it is; of a command its name on the wire.
pub(super) fn kind(body: &Body) -> String {
    let name = match body {
        Body::Command(command) => {
            let json = serde_json::to_value(command).unwrap();
            return json.as_object().unwrap().keys().next().unwrap().clone();
        }
        Body::Round(Opening::New(_), _) => "openRound",
        Body::Round(Opening::RunOff(..), _) => "runOff",
        Body::Round(Opening::Again(_), _) => "reopenRound",
        Body::Round(Opening::Emotion(_), _) => "openEmotionRound",
        Body::Invite(..) => "rotateInvite",
        Body::Reveal(_) => "reveal",
        Body::Restore(_) => "restore",
        Body::Edit(_) => "edit",
        Body::Join(_) => "join",
        Body::Created(_) | Body::Void(_) | Body::Tick | Body::Erased(_) => "by itself",
    };
    name.to_owned()
}

/// The kinds that somebody asks for. The names of commands are those that their type knows: a new one is among them by itself.
pub(super) fn kinds() -> BTreeSet<String> {
    let unknown = serde_json::from_str::<Command>(r#"{"no such command":{}}"#).unwrap_err();
    let said = unknown.to_string();
    let (_, list) = said.split_once("expected one of ").unwrap();
    let commands = list.split('`').skip(1).step_by(2).map(str::to_owned);
    let made = [
        "openRound",
        "runOff",
        "reopenRound",
        "openEmotionRound",
        "rotateInvite",
        "reveal",
        "restore",
        "edit",
    ];
    commands.chain(made.map(str::to_owned)).collect()
}
