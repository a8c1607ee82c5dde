//! What is wrong with a record's content whatever the workshop holds: texts, lists, numbers and ids out of bounds (REC-7).
//!
//! Looked at twice: by the room, so that nothing out of bounds is kept for ever, and by the fold, whose verdict counts. The bounds
//! themselves are in `limits` and with the types they are bounds of.

use super::{Refusal, check_color, check_name};
use crate::agenda::Step;
use crate::floor::Spot;
use crate::limits;
use crate::map::is_entry_id;
use crate::record::{Body, Command, Join, Opening};
use crate::version;

type Sound = Result<(), Refusal>;

impl Body {
    /// Why it is refused wherever it comes, if it is.
    pub fn check(&self) -> Sound {
        match self {
            Body::Join(join) => join.check(),
            Body::Command(command) => command.check(),
            Body::Round(opening, _) => opening.check(),
            // An update has bounds of its own (WIRE-9), looked at with the document.
            Body::Edit(_)
            | Body::Reveal(_)
            | Body::Restore(_)
            | Body::Created(_)
            | Body::Invite(..)
            | Body::Void(_)
            | Body::Tick
            | Body::Erased(_) => Ok(()),
        }
    }
}

impl Join {
    /// Why it is refused wherever it comes, if it is (ROLE-7).
    pub fn check(&self) -> Sound {
        check_name(&self.name)?;
        check_color(&self.color)
    }
}

impl Opening {
    /// Why it is refused wherever it comes, if it is (VOTE-11, EMO-1).
    pub fn check(&self) -> Sound {
        match self {
            Opening::New(setup) => no(setup.flaw(), "VOTE-11"),
            Opening::Emotion(setup) => no(setup.flaw(), "EMO-1"),
            Opening::RunOff(..) | Opening::Again(_) => Ok(()),
        }
    }
}

impl Command {
    /// Why it is refused wherever it comes, if it is.
    pub fn check(&self) -> Sound {
        match self {
            Command::Rename { name, color } => {
                check_name(name)?;
                check_color(color)
            }
            Command::AddStep { step, .. } | Command::ChangeStep { step, .. } => check_step(step),
            Command::SetAgenda { steps } => check_agenda(steps),
            Command::Extend { seconds } => check_extension(*seconds),
            Command::Park { text } => {
                let why = || format!("it has 1 to {} characters", limits::PARKED_CHARS);
                no((!says(text, limits::PARKED_CHARS)).then(why), "FLOOR-2")
            }
            Command::Spotlight { spot } => no(spot.as_ref().and_then(Spot::flaw), "SPOT-1"),
            Command::Vote { card, dots, .. } => {
                no(not_an_id(card, "a card"), "VOTE-1")?;
                let why = || format!("a voter has at most {} dots", limits::DOTS);
                no((*dots > limits::DOTS).then(why), "VOTE-3")
            }
            Command::Feel { stage, .. } => no(not_an_id(stage, "a stage"), "EMO-3"),
            Command::StartBrainstorm { setup } => no(setup.flaw(), "DRAFT-1"),
            Command::WriteDraft {
                draft,
                lane,
                stage,
                text,
            } => {
                no(not_an_id(&draft.0, "a card"), "DRAFT-2")?;
                no(not_an_id(lane, "a lane"), "DRAFT-2")?;
                no(not_an_id(stage, "a stage"), "DRAFT-2")?;
                let why = || format!("a card has 1 to {} characters", limits::DRAFT_CHARS);
                no((!says(text, limits::DRAFT_CHARS)).then(why), "DRAFT-2")
            }
            Command::DropDraft { draft } => no(not_an_id(&draft.0, "a card"), "DRAFT-2"),
            Command::SaveVersion { name } | Command::RenameVersion { name, .. } => {
                no(version::flaw(name), "VERSION-3")
            }
            // Numbers and words of lists, which are what they are.
            Command::SetRole { .. }
            | Command::Remove { .. }
            | Command::MoveStep { .. }
            | Command::RemoveStep { .. }
            | Command::StartStep { .. }
            | Command::NextStep {}
            | Command::PreviousStep {}
            | Command::Pause {}
            | Command::Resume {}
            | Command::FinishAgenda {}
            | Command::SetReady { .. }
            | Command::RaiseHand { .. }
            | Command::LowerHand { .. }
            | Command::Unpark { .. }
            | Command::CloseRound { .. }
            | Command::CancelRound { .. }
            | Command::DropVersion { .. }
            | Command::DiscardDrafts {} => Ok(()),
        }
    }
}

fn no(flaw: Option<impl Into<String>>, rule: &str) -> Sound {
    flaw.map_or(Ok(()), |why| Err(Refusal::new(rule, why)))
}

/// Not blank, and no longer than this.
fn says(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

fn not_an_id(id: &str, what: &str) -> Option<String> {
    (!is_entry_id(id)).then(|| format!("{what} is named by its id"))
}

fn check_step(step: &Step) -> Sound {
    no(step.flaw(), "AGENDA-2")
}

/// The room for steps in an agenda, and each of them.
fn check_agenda(steps: &[Step]) -> Sound {
    if steps.len() > limits::STEPS {
        return Err(too_many_steps());
    }
    steps.iter().try_for_each(check_step)
}

pub(super) fn too_many_steps() -> Refusal {
    let why = format!("an agenda has at most {} steps", limits::STEPS);
    Refusal::new("AGENDA-2", why)
}

fn check_extension(seconds: i32) -> Sound {
    let sound = seconds != 0 && seconds.unsigned_abs() <= limits::EXTEND_SECONDS;
    let why = || {
        format!(
            "a clock is set on or back by 1 to {} seconds",
            limits::EXTEND_SECONDS
        )
    };
    no((!sound).then(why), "TIME-4")
}
