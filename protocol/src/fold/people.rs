//! People: who joined, what they may do, which tokens and invites open the map (ROLE-1 … ROLE-7).

use minicbor::{Decode, Encode};

use super::{Concerned, Effects, Refusal, Workshop};
use crate::id::{ParticipantId, Role, TokenHash};
use crate::limits;
use crate::record::{Actor, Join};

/// Somebody who joined. Kept after removal, so that what they wrote still has a name.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Participant {
    /// Shown to others.
    #[n(0)]
    pub name: String,
    /// `#rrggbb`.
    #[n(1)]
    pub color: String,
    /// What they may do.
    #[n(2)]
    pub role: Role,
    /// Shut out by a facilitator (ROLE-6).
    #[n(3)]
    pub removed: bool,
    /// Hashes of the tokens they come back with, oldest first.
    #[n(4)]
    pub(super) tokens: Vec<TokenHash>,
}

/// A name has 1 to [`limits::NAME_CHARS`] code points, is not blank and has no control characters (ROLE-7).
pub fn check_name(name: &str) -> Result<(), Refusal> {
    let chars = name.chars().count();
    if name.trim().is_empty() || chars > limits::NAME_CHARS || name.chars().any(char::is_control) {
        let why = format!("a name has 1 to {} characters", limits::NAME_CHARS);
        return Err(Refusal::new("ROLE-7", why));
    }
    Ok(())
}

/// A colour is `#` and six hexadecimal digits (ROLE-7).
pub fn check_color(color: &str) -> Result<(), Refusal> {
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(())
    } else {
        Err(Refusal::new("ROLE-7", "a colour is written #rrggbb"))
    }
}

fn unknown(who: ParticipantId) -> Refusal {
    Refusal::new("ROLE-6", format!("nobody here is {who}"))
}

impl Workshop {
    /// Everyone who ever joined, by number.
    pub fn people(&self) -> impl Iterator<Item = (ParticipantId, &Participant)> {
        self.people
            .iter()
            .map(|(&id, participant)| (id, participant))
    }

    /// Somebody who joined and was not removed.
    pub fn participant(&self, who: ParticipantId) -> Option<&Participant> {
        self.people
            .get(&who)
            .filter(|participant| !participant.removed)
    }

    /// Somebody who ever joined.
    pub(crate) fn person(&self, who: ParticipantId) -> Option<&Participant> {
        self.people.get(&who)
    }

    /// Whose token this is, unless they were removed (ROLE-5).
    pub fn participant_by_token(&self, token: TokenHash) -> Option<ParticipantId> {
        self.people()
            .find(|(_, person)| !person.removed && person.tokens.contains(&token))
            .map(|(id, _)| id)
    }

    /// What an invite opens, if it still opens anything (ROLE-4).
    pub fn role_by_invite(&self, token: TokenHash) -> Option<Role> {
        self.invites
            .iter()
            .find(|(_, invite)| **invite == token)
            .map(|(role, _)| *role)
    }

    /// The hash of each role's invite, for an index outside the fold.
    pub fn invites(&self) -> impl Iterator<Item = (Role, TokenHash)> {
        self.invites.iter().map(|(role, invite)| (*role, *invite))
    }

    /// The hashes of every token that opens the map now, with whom it belongs to: for an index outside the fold.
    pub fn tokens(&self) -> impl Iterator<Item = (TokenHash, ParticipantId)> {
        self.people()
            .filter(|(_, person)| !person.removed)
            .flat_map(|(id, person)| person.tokens.iter().map(move |token| (*token, id)))
    }

    /// Whether updates from this actor are accepted now (ROLE-2).
    pub fn may_edit(&self, actor: Actor) -> Result<(), Refusal> {
        match actor {
            Actor::Server | Actor::Host => Ok(()),
            Actor::Anonymous if self.open => Ok(()),
            Actor::Anonymous | Actor::Pseudonym(_) => {
                Err(Refusal::new("ROLE-2", "join the map to edit it"))
            }
            Actor::Participant(who) => match self.participant(who) {
                Some(person) if person.role.may_edit() => Ok(()),
                Some(_) => Err(Refusal::new("ROLE-2", "observers cannot change the map")),
                None => Err(unknown(who)),
            },
        }
    }

    /// Whether this actor runs the workshop (ROLE-3).
    pub fn may_facilitate(&self, actor: Actor) -> Result<(), Refusal> {
        let allowed = match actor {
            Actor::Server | Actor::Host => true,
            Actor::Anonymous | Actor::Pseudonym(_) => false,
            Actor::Participant(who) => self
                .participant(who)
                .is_some_and(|person| person.role.may_facilitate()),
        };
        let why = "only a facilitator may do this";
        if allowed {
            Ok(())
        } else {
            Err(Refusal::new("ROLE-3", why))
        }
    }

    /// Somebody who joined and is still here.
    pub(super) fn somebody(&self, actor: Actor, rule: &str) -> Result<ParticipantId, Refusal> {
        match actor {
            Actor::Participant(who) if self.participant(who).is_some() => Ok(who),
            Actor::Participant(_)
            | Actor::Server
            | Actor::Host
            | Actor::Anonymous
            | Actor::Pseudonym(_) => {
                Err(Refusal::new(rule, "only somebody who joined can do this"))
            }
        }
    }

    /// Somebody who joined and takes part, be it as a facilitator.
    pub(super) fn somebody_at_work(
        &self,
        actor: Actor,
        rule: &str,
    ) -> Result<ParticipantId, Refusal> {
        let who = self.somebody(actor, rule)?;
        self.may_work(actor, rule)?;
        Ok(who)
    }

    /// Whether this actor takes part at all: observers look on.
    pub(super) fn may_work(&self, actor: Actor, rule: &str) -> Result<(), Refusal> {
        let works = match actor {
            Actor::Server | Actor::Host => true,
            Actor::Anonymous | Actor::Pseudonym(_) => false,
            Actor::Participant(who) => self.participant(who).is_some_and(|p| p.role.may_edit()),
        };
        if works {
            Ok(())
        } else {
            Err(Refusal::new(rule, "observers look on and take no part"))
        }
    }

    pub(super) fn invite(
        &mut self,
        actor: Actor,
        role: Role,
        token: TokenHash,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.invites.insert(role, token);
        Ok(Effects::default())
    }

    /// The room has checked the invite or the host's key; the token itself is not in the journal.
    pub(super) fn join(&mut self, actor: Actor, join: &Join) -> Result<Effects, Refusal> {
        if !matches!(actor, Actor::Server | Actor::Host) {
            return Err(Refusal::new("ROLE-4", "only the server lets people in"));
        }
        let id = match join.known_as {
            Some(id) => {
                let person = self
                    .people
                    .get_mut(&id)
                    .filter(|p| !p.removed)
                    .ok_or_else(|| unknown(id))?;
                person.role = person.role.max(join.role);
                person.name.clone_from(&join.name);
                person.color.clone_from(&join.color);
                id
            }
            None => self.newcomer(join)?,
        };
        if let Some(person) = self.people.get_mut(&id) {
            for token in &join.tokens {
                if !person.tokens.contains(token) {
                    person.tokens.push(*token);
                }
            }
            let surplus = person
                .tokens
                .len()
                .saturating_sub(limits::TOKENS_PER_PERSON);
            person.tokens.drain(..surplus);
        }
        Ok(Effects {
            shared: true,
            people: true,
            personal: Concerned::One(id),
            joined: Some(id),
            ..Effects::default()
        })
    }

    fn newcomer(&mut self, join: &Join) -> Result<ParticipantId, Refusal> {
        if self.people.len() >= limits::PEOPLE {
            let why = format!("this map has had its {} people", limits::PEOPLE);
            return Err(Refusal::new("ROLE-4", why));
        }
        let last = self.people.last_key_value().map_or(0, |(id, _)| id.0);
        let id = ParticipantId(last + 1);
        let person = Participant {
            name: join.name.clone(),
            color: join.color.clone(),
            role: join.role,
            removed: false,
            tokens: Vec::new(),
        };
        self.people.insert(id, person);
        Ok(id)
    }

    pub(super) fn rename(
        &mut self,
        actor: Actor,
        name: &str,
        color: &str,
    ) -> Result<Effects, Refusal> {
        let Actor::Participant(who) = actor else {
            return Err(Refusal::new(
                "ROLE-7",
                "only somebody who joined has a name to change",
            ));
        };
        let person = self
            .people
            .get_mut(&who)
            .filter(|p| !p.removed)
            .ok_or_else(|| unknown(who))?;
        name.clone_into(&mut person.name);
        color.clone_into(&mut person.color);
        Ok(Effects {
            shared: true,
            people: true,
            ..Effects::default()
        })
    }

    pub(super) fn set_role(
        &mut self,
        actor: Actor,
        who: ParticipantId,
        role: Role,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.keep_a_facilitator(who, role.may_facilitate())?;
        let person = self
            .people
            .get_mut(&who)
            .filter(|p| !p.removed)
            .ok_or_else(|| unknown(who))?;
        person.role = role;
        Ok(Effects {
            shared: true,
            people: true,
            personal: Concerned::One(who),
            ..Effects::default()
        })
    }

    pub(super) fn remove(&mut self, actor: Actor, who: ParticipantId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.keep_a_facilitator(who, false)?;
        let person = self
            .people
            .get_mut(&who)
            .filter(|p| !p.removed)
            .ok_or_else(|| unknown(who))?;
        person.removed = true;
        person.tokens.clear();
        self.forget_ready(who);
        self.clear_floor(who);
        self.forget_drafts(who);
        Ok(Effects {
            shared: true,
            people: true,
            removed: vec![who],
            ..Effects::default()
        })
    }

    /// What it says was done before it came: the records before it have none of it any more.
    pub(super) fn take_erased(&mut self, actor: Actor) -> Result<Effects, Refusal> {
        match actor {
            Actor::Server | Actor::Host => {
                self.erased = Some(self.seq);
                // The map says something else than it did: whoever knows it as of an earlier record does not know it.
                if self.edited > 0 {
                    self.edited = self.seq;
                }
                Ok(Effects::for_everyone(true))
            }
            Actor::Participant(_) | Actor::Anonymous | Actor::Pseudonym(_) => {
                Err(Refusal::new("ERASE-4", "only the host erases somebody"))
            }
        }
    }

    /// The last facilitator can neither step down nor be removed: nobody could let a new one in (ROLE-3).
    fn keep_a_facilitator(&self, who: ParticipantId, stays_one: bool) -> Result<(), Refusal> {
        let facilitates = |person: &Participant| !person.removed && person.role.may_facilitate();
        let others = self
            .people()
            .any(|(id, person)| id != who && facilitates(person));
        let is_one = self.people.get(&who).is_some_and(facilitates);
        if is_one && !stays_one && !others {
            return Err(Refusal::new(
                "ROLE-3",
                "a map keeps at least one facilitator",
            ));
        }
        Ok(())
    }
}
