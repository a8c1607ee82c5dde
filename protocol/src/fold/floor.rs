//! Raised hands, the parking lot and the spotlight (FLOOR, SPOT).

use minicbor::{Decode, Encode};

use super::{Effects, Refusal, Workshop};
use crate::floor::{ParkedId, Spot};
use crate::id::ParticipantId;
use crate::limits;
use crate::record::Actor;

/// What passes between people beside the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Floor {
    /// In the order of raising.
    #[n(0)]
    hands: Vec<ParticipantId>,
    #[n(1)]
    parked: Vec<Parked>,
    /// The highest number given to something parked.
    #[n(2)]
    numbered: u32,
    #[n(3)]
    spotlight: Option<Spotlight>,
}

/// Something put aside for later.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Parked {
    /// Its number.
    #[n(0)]
    pub id: ParkedId,
    /// 1 to 500 characters.
    #[n(1)]
    pub text: String,
    /// Who put it there; nobody in particular for the host.
    #[n(2)]
    pub by: Option<ParticipantId>,
}

/// Where everyone is brought to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Spotlight {
    /// The place.
    #[n(0)]
    pub spot: Spot,
    /// Who brings them; nobody in particular for the host.
    #[n(1)]
    pub by: Option<ParticipantId>,
    /// The record that did, so that a second call to the same place is news.
    #[n(2)]
    pub seq: u64,
}

impl Workshop {
    /// Whose hands are up, in the order of raising.
    pub fn hands(&self) -> &[ParticipantId] {
        &self.floor.hands
    }

    /// What is in the parking lot, in order.
    pub fn parked(&self) -> &[Parked] {
        &self.floor.parked
    }

    /// Where everyone is brought to, if anywhere.
    pub fn spotlight(&self) -> Option<&Spotlight> {
        self.floor.spotlight.as_ref()
    }

    pub(super) fn raise_hand(&mut self, actor: Actor, raised: bool) -> Result<Effects, Refusal> {
        let who = self.somebody(actor, "FLOOR-1")?;
        let up = self.floor.hands.contains(&who);
        if raised && !up {
            self.floor.hands.push(who);
        } else if !raised {
            self.floor.hands.retain(|one| *one != who);
        }
        Ok(Effects::for_everyone(raised != up))
    }

    pub(super) fn lower_hand(
        &mut self,
        actor: Actor,
        who: ParticipantId,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let up = self.floor.hands.contains(&who);
        self.floor.hands.retain(|one| *one != who);
        Ok(Effects::for_everyone(up))
    }

    pub(super) fn park(&mut self, actor: Actor, text: &str) -> Result<Effects, Refusal> {
        self.may_work(actor, "FLOOR-2")?;
        if self.floor.parked.len() >= limits::PARKED {
            let why = format!("the parking lot holds {}", limits::PARKED);
            return Err(Refusal::new("FLOOR-2", why));
        }
        self.floor.numbered += 1;
        self.floor.parked.push(Parked {
            id: ParkedId(self.floor.numbered),
            text: text.to_owned(),
            by: actor.participant(),
        });
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn unpark(&mut self, actor: Actor, id: ParkedId) -> Result<Effects, Refusal> {
        self.may_work(actor, "FLOOR-2")?;
        let Some(place) = self.floor.parked.iter().position(|one| one.id == id) else {
            return Err(Refusal::new("FLOOR-2", "it is not there any more"));
        };
        let own = actor.participant().is_some()
            && self.floor.parked.get(place).and_then(|one| one.by) == actor.participant();
        if !own {
            self.may_facilitate(actor)?;
        }
        self.floor.parked.remove(place);
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn set_spotlight(
        &mut self,
        actor: Actor,
        spot: Option<&Spot>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let was = self.floor.spotlight.is_some();
        self.floor.spotlight = spot.map(|spot| Spotlight {
            spot: spot.clone(),
            by: actor.participant(),
            seq: self.seq,
        });
        Ok(Effects::for_everyone(was || spot.is_some()))
    }

    /// Somebody removed has no hand up and brings nobody anywhere; what they parked stays.
    pub(super) fn clear_floor(&mut self, who: ParticipantId) {
        self.floor.hands.retain(|one| *one != who);
        let brings = |light: &Spotlight| light.by == Some(who);
        self.floor.spotlight.take_if(|light| brings(light));
    }
}
