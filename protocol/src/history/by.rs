//! Who did something, as far as history tells (HIST-3).

use std::fmt;

use serde::{Serialize, Serializer};

use super::tape;
use crate::fold::{Effects, Folded};
use crate::id::ParticipantId;
use crate::record::{Actor, Body, Command, Record};

/// Somebody, or why it is nobody in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The server, the time, or somebody whose act is not told with a name: a vote, a feeling, a draft.
    Nobody,
    /// Whoever holds the server's key.
    Host,
    /// A connection of an open server.
    Anyone,
    /// Everybody together: the cards of a brainstorm.
    Room,
    /// Somebody who joined.
    Participant(ParticipantId),
}

impl By {
    /// Whose a record is. Of what is secret while it is open, the act has no name even afterwards: its place among others would give
    /// away the answer.
    pub fn of(record: &Record, effects: &Effects) -> Self {
        if let Some(joined) = effects.joined {
            return Self::Participant(joined);
        }
        match &record.body {
            Body::Reveal(_) => Self::Room,
            Body::Tick
            | Body::Void(_)
            | Body::Command(
                Command::Vote { .. }
                | Command::Feel { .. }
                | Command::WriteDraft { .. }
                | Command::DropDraft { .. },
            ) => Self::Nobody,
            Body::Created(_)
            | Body::Edit(_)
            | Body::Invite(..)
            | Body::Join(_)
            | Body::Command(_)
            | Body::Round(..)
            | Body::Restore(_)
            | Body::Erased(_) => match record.actor {
                Actor::Server | Actor::Pseudonym(_) => Self::Nobody,
                Actor::Host => Self::Host,
                Actor::Anonymous => Self::Anyone,
                Actor::Participant(who) => Self::Participant(who),
            },
        }
    }

    /// Whose what everyone sees of a record is: nobody's where the time that passed with it brought that about.
    pub(super) fn shown(record: &Record, folded: &Folded) -> Self {
        let effects = &folded.effects;
        if effects.through.is_record() || tape::saves_a_version(record, folded) {
            Self::of(record, effects)
        } else {
            Self::Nobody
        }
    }

    /// Its number on a tape: 0 to 3, and from 5 on participants by theirs and 4.
    pub fn code(self) -> u64 {
        match self {
            Self::Nobody => 0,
            Self::Host => 1,
            Self::Anyone => 2,
            Self::Room => 3,
            Self::Participant(who) => 4 + u64::from(who.0),
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Host => f.write_str("host"),
            Self::Anyone => f.write_str("anyone"),
            Self::Room => f.write_str("room"),
            Self::Participant(who) => write!(f, "{who}"),
        }
    }
}

impl Serialize for By {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
