//! Upkeep: the reviews of a map (UPKEEP). A review is an edit of the map's own field `review`, by whatever client; the fold sees that it
//! was one, and remembers when, by whom and at which record, so that what changed since can be asked for.

use bytes::Bytes;
use minicbor::{Decode, Encode};
use yrs::Transact as _;

use super::{Effects, Refusal, Workshop};
use crate::id::ParticipantId;
use crate::limits;
use crate::map;
use crate::record::Actor;

/// The reviews of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Upkeep {
    /// Oldest first.
    #[n(0)]
    reviews: Vec<Reviewed>,
    /// What the map says of its last review.
    #[n(1)]
    last: Option<String>,
}

/// Somebody said that the map was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reviewed {
    /// The record that said so.
    #[n(0)]
    pub seq: u64,
    /// When that was, milliseconds since 1970 UTC.
    #[n(1)]
    pub at: u64,
    /// The day it names, YYYY-MM-DD: such days are in order as texts are.
    #[n(2)]
    pub day: String,
    /// Who said so; nobody in particular for the host.
    #[n(3)]
    pub by: Option<ParticipantId>,
}

impl Workshop {
    /// Reviews of the map, oldest first.
    pub fn reviews(&self) -> &[Reviewed] {
        &self.upkeep.reviews
    }

    /// An edit by somebody: it may be a review (UPKEEP-1).
    pub(super) fn edit(&mut self, actor: Actor, update: &Bytes) -> Result<Effects, Refusal> {
        // What a map begins with tells of reviews elsewhere.
        let is_first = self.edited == 0;
        let effects = self.apply_edit(actor, update)?;
        if !effects.edited {
            return Ok(effects);
        }
        let (said, says) = self.read_again();
        if is_first || said == says {
            return Ok(effects);
        }
        let reviews = &mut self.upkeep.reviews;
        if says > said {
            reviews.extend(says.map(|day| Reviewed {
                seq: self.seq,
                at: self.at,
                day,
                by: actor.participant(),
            }));
            if reviews.len() > limits::REVIEWS {
                reviews.remove(0);
            }
        } else {
            // Taken back: as an undo does.
            reviews.retain(|review| says.as_ref().is_some_and(|says| review.day <= *says));
        }
        Ok(effects)
    }

    /// An edit that brings back what was: what it says of reviews is no news (UPKEEP-2).
    pub(super) fn edit_silently(
        &mut self,
        actor: Actor,
        update: &Bytes,
    ) -> Result<Effects, Refusal> {
        let effects = self.apply_edit(actor, update)?;
        if effects.edited {
            self.read_again();
        }
        Ok(effects)
    }

    /// The day of the last review as the map said it before, and as it says it now.
    fn read_again(&mut self) -> (Option<String>, Option<String>) {
        let says = map::last_reviewed(&self.doc().transact()).map(|day| day.to_string());
        let said = std::mem::replace(&mut self.upkeep.last, says.clone());
        (said, says)
    }
}
