//! FLOOR, SPOT: raised hands, the parking lot, the spotlight.

use super::agenda::does;
use super::*;
use crate::floor::{ParkedId, Spot};

fn olga_watches() -> (Script, Actor) {
    let mut script = Script::with_people();
    let olga = script.join(Role::Observer, "Olga", "o");
    (script, Actor::Participant(olga))
}

#[test]
fn floor_1_hands_stand_in_the_order_of_raising() {
    let (mut script, olga) = olga_watches();
    let raise = |raised| does(Command::RaiseHand { raised });
    script.ok(olga, raise(true));
    script.ok(ben(), raise(true));
    script.ok(ben(), raise(true));
    assert_eq!(script.workshop.hands(), [ParticipantId(3), BEN]);
    let lower = Command::LowerHand {
        participant: ParticipantId(3),
    };
    script.refused("ROLE-3", ben(), does(lower.clone()));
    script.ok(ann(), does(lower));
    assert_eq!(script.workshop.hands(), [BEN]);
    script.ok(ann(), does(Command::Remove { participant: BEN }));
    assert!(script.workshop.hands().is_empty());
    script.refused("FLOOR-1", Actor::Host, raise(true));
}

#[test]
fn floor_2_what_is_parked_is_taken_out_by_its_author_or_a_facilitator() {
    let (mut script, olga) = olga_watches();
    let cleo = Actor::Participant(script.join(Role::Participant, "Cleo", "c"));
    let park = |text: &str| {
        does(Command::Park {
            text: text.to_owned(),
        })
    };
    let unpark = |id| does(Command::Unpark { id: ParkedId(id) });
    script.refused("FLOOR-2", olga, park("me too"));
    for text in ["", "  ", &"x".repeat(501)] {
        script.refused("FLOOR-2", ben(), park(text));
    }
    script.ok(ben(), park("Who pays the deposit?"));
    script.ok(Actor::Host, park("The lift"));
    script.refused("ROLE-3", cleo, unpark(1));
    script.ok(ben(), unpark(1));
    script.refused("FLOOR-2", ben(), unpark(1));
    script.refused("ROLE-3", ben(), unpark(2));
    script.ok(ann(), unpark(2));
    for n in 0..limits::PARKED {
        script.ok(ben(), park(&n.to_string()));
    }
    script.refused("FLOOR-2", ben(), park("one more"));
    assert_eq!(script.workshop.parked()[0].id, ParkedId(3));
}

#[test]
fn spot_1_facilitators_bring_everyone_to_a_place_and_let_them_go() {
    let (mut script, _) = olga_watches();
    let at = |card: &str| Spot {
        card: Some(card.to_owned()),
        stage: None,
        lane: None,
    };
    let bring = |spot| does(Command::Spotlight { spot });
    script.refused("ROLE-3", ben(), bring(Some(at("c1"))));
    let nowhere = Spot {
        card: None,
        stage: None,
        lane: None,
    };
    for bad in [nowhere, at("no id"), at(&"x".repeat(65))] {
        script.refused("SPOT-1", ann(), bring(Some(bad)));
    }
    script.ok(ann(), bring(Some(at("c1"))));
    let first = script.workshop.spotlight().unwrap().clone();
    assert_eq!((first.by, &first.spot), (Some(ANN), &at("c1")));
    // Called once more to the same place: another call.
    script.ok(ann(), bring(Some(at("c1"))));
    assert_ne!(script.workshop.spotlight().unwrap().seq, first.seq);
    assert!(script.ok(ann(), bring(None)).shared);
    assert!(!script.ok(ann(), bring(None)).shared, "nobody is held");
    assert_eq!(script.workshop.spotlight(), None);
}
