//! Rounds: VOTE in `dots`, EMO in `emotions`, both together in `anything`.

pub(super) mod anything;
mod dots;
mod emotions;

use std::collections::BTreeSet;

use super::agenda::does;
use super::*;
use crate::channel::{EmotionRoundView, Personal, RoundView, Shared};
use crate::emotion::{EmotionSetup, Score};
use crate::map::{JourneyMap, schema::Collection};
use crate::record::Opening;
use crate::round::{Commitment, RoundId, RoundSecret, RoundSetup, Targets, Visibility, Voter};

const FIRST: RoundId = RoundId(1);
const CLEO: ParticipantId = ParticipantId(3);
const OLGA: ParticipantId = ParticipantId(4);

fn setup() -> RoundSetup {
    RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets::default(),
        dots: 3,
        most_per_card: 2,
        visibility: Visibility::Secret,
        anonymous: false,
        seconds: None,
        roles: vec![Role::Participant, Role::Facilitator],
    }
}

fn feelings() -> EmotionSetup {
    EmotionSetup {
        question: "How does it feel?".to_owned(),
        stages: None,
        seconds: None,
        roles: vec![Role::Participant, Role::Facilitator],
    }
}

fn secret(n: u8) -> RoundSecret {
    RoundSecret::new([n; 32])
}

/// Four opportunities `o1` … `o4` in the stages `s1` and `s2`, a pain `p1`, an empty stage `s3`; Ann facilitates, Ben and Cleo
/// participate, Olga observes.
pub(super) struct Gathering {
    pub(super) script: Script,
    ann_at_home: Peer,
}

impl Gathering {
    fn prepared() -> Self {
        let mut script = Script::with_people();
        script.join(Role::Participant, "Cleo", "c");
        script.join(Role::Observer, "Olga", "o");
        let card = |id: &str, lane: &str, stage: &str| serde_json::json!({"id": id, "lane": lane, "stage": stage, "text": format!("Card {id}")});
        let map = serde_json::json!({
            "format": "cairn.map/1", "title": "Votes", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}, {"id": "s3", "title": "Three"}],
            "lanes": [{"id": "lo", "kind": "opportunity", "title": "O"}, {"id": "lp", "kind": "pain", "title": "P"}],
            "cards": [card("o1", "lo", "s1"), card("o2", "lo", "s1"), card("o3", "lo", "s2"), card("o4", "lo", "s2"),
                card("p1", "lp", "s1")],
        });
        let map = JourneyMap::parse(&map.to_string()).unwrap();
        let update: Bytes = map::to_update(&map, 77).into();
        script.ok(ann(), Body::Edit(update.clone()));
        let ann_at_home = Peer::new(78);
        ann_at_home.hears(&update);
        Self {
            script,
            ann_at_home,
        }
    }

    fn opens(&mut self, opening: Opening, secret: Option<&RoundSecret>) {
        let commitment = secret.map(RoundSecret::commitment);
        self.script.ok(ann(), Body::Round(opening, commitment));
    }

    fn deletes(&mut self, card: &str) -> Effects {
        self.deletes_from(Collection::Cards, card)
    }

    fn deletes_from(&mut self, collection: Collection, id: &str) -> Effects {
        let update: Bytes = {
            let mut txn = self.ann_at_home.0.transact_mut();
            map::remove(&mut txn, collection, id).unwrap();
            txn.encode_update_v1().into()
        };
        // Ann may have become an observer.
        self.script.ok(Actor::Host, Body::Edit(update))
    }

    fn closes(&mut self) {
        self.script
            .ok(ann(), does(Command::CloseRound { round: FIRST }));
    }

    fn round(&self) -> &Round {
        self.script.workshop.rounds().last().unwrap()
    }

    pub(super) fn shared(&self) -> Shared {
        self.script.workshop.shared(&BTreeSet::new(), 0)
    }

    fn personal(&self, who: ParticipantId, secret: &RoundSecret) -> Personal {
        self.script.workshop.personal(who, Some(secret)).unwrap()
    }
}

#[track_caller]
fn refused(outcome: Result<Effects, Refusal>, rule: &str) {
    assert_eq!(outcome.expect_err("this should be refused").rule, rule);
}
