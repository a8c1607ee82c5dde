//! What a room has in memory is what its journal replays to, whatever people did in it (FOLD-1).

use std::collections::BTreeSet;

use cairn_protocol::channel::ClientCommand;
use cairn_protocol::map;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use yrs::Transact as _;

use super::restore::{prepared, rewords};
use super::rounds::told;
use super::*;
use crate::load::load_at;

/// One of the things that people ask for in a workshop.
fn act(rng: &mut StdRng) -> Value {
    let round = rng.random_range(1..=3);
    let setup = json!({
        "question": "What?", "targets": { "cards": ["c"] }, "dots": 3, "mostPerCard": 3, "visibility": "live", "anonymous": rng.random_bool(0.5),
    });
    let focus = json!({ "stages": ["s"] });
    let step = json!({ "title": "S", "minutes": 1, "mode": "open", "focus": focus, "lock": rng.random_bool(0.5) });
    let acts = [
        json!({ "setAgenda": { "steps": [step.clone(), step] } }),
        json!({ "startStep": { "id": rng.random_range(1..=4) } }),
        json!({ "nextStep": {} }),
        json!({ "pause": {} }),
        json!({ "resume": {} }),
        json!({ "finishAgenda": {} }),
        json!({ "setReady": { "ready": true } }),
        json!({ "raiseHand": { "raised": true } }),
        json!({ "park": { "text": "Later" } }),
        json!({ "spotlight": { "spot": { "stage": "s" } } }),
        json!({ "openRound": { "setup": setup } }),
        json!({ "vote": { "round": round, "card": "c", "dots": 2 } }),
        json!({ "closeRound": { "round": round } }),
        json!({ "openEmotionRound": { "setup": { "question": "How?" } } }),
        json!({ "feel": { "round": round, "stage": "s", "score": 1 } }),
        json!({ "startBrainstorm": { "setup": { "prompt": "Ideas?", "signed": true } } }),
        json!({ "writeDraft": { "draft": "d1", "lane": "l", "stage": "s", "text": "An idea" } }),
        json!({ "reveal": {} }),
        json!({ "discardDrafts": {} }),
        json!({ "saveVersion": { "name": "V" } }),
        json!({ "restore": { "seq": rng.random_range(4..=20) } }),
        json!({ "setRole": { "participant": "p2", "role": "observer" } }),
        json!({ "setRole": { "participant": "p2", "role": "participant" } }),
    ];
    acts[rng.random_range(0..acts.len())].clone()
}

/// The view as everybody sees it, without who is connected: that is not in the journal.
fn without_presence(shared: impl serde::Serialize) -> Value {
    let mut shared = serde_json::to_value(shared).unwrap();
    for person in shared["people"].as_array_mut().unwrap() {
        person.as_object_mut().unwrap().remove("online");
    }
    shared
}

#[tokio::test]
async fn fold_1_what_a_room_holds_and_shows_is_what_its_journal_replays_to() {
    let mut rng = StdRng::seed_from_u64(11);
    let table = Table::lay().await;
    let (ann, _ben) = prepared(&table).await;
    let (mut taken, mut refused) = (0, 0);
    for n in 0..240 {
        table.wait(rng.random_range(0..9_000)).await;
        if rng.random_bool(0.3) {
            rewords(&ann, &format!("Words {n}")).await;
        }
        let who = [
            Actor::Host,
            Actor::Participant(ParticipantId(1)),
            Actor::Participant(ParticipantId(2)),
        ];
        let who = who[rng.random_range(0..3)];
        let command: ClientCommand = serde_json::from_value(act(&mut rng)).unwrap();
        match table.room.command(who, format!("r{n}"), command).await {
            Ok(_) => taken += 1,
            Err(RoomError::Refused(_)) => refused += 1,
            Err(error) => panic!("{error}"),
        }
        if n % 20 != 19 {
            continue;
        }
        // Its answer says that everything before it is durable.
        let saved: ClientCommand =
            serde_json::from_value(json!({ "saveVersion": { "name": "V" } })).unwrap();
        table
            .room
            .command(Actor::Host, format!("v{n}"), saved)
            .await
            .unwrap();
        let live = table.room.state().await.unwrap();
        let journal = table.rooms.journal();
        let replayed = load_at(journal.as_ref(), &map_id(), Some(live.seq)).unwrap();
        let shown = map::new_doc(1);
        let update = yrs::Update::decode_v1(&live.update).unwrap();
        shown.transact_mut().apply_update(update).unwrap();
        let maps = [&shown, replayed.doc()].map(|doc| map::read(&doc.transact()).to_json());
        assert_eq!(maps[0], maps[1], "after {n}");
        assert_eq!((live.at, live.edited), (replayed.at(), replayed.edited()));
        let mut seat = Seat::take(&table.room, Actor::Host, 900 + n).await;
        seat.says(r#"{"hello":{}}"#).await;
        let shared = told(&mut seat, |message| match message {
            ServerMessage::Shared { shared } => Some(shared),
            _ => None,
        })
        .await;
        let as_replayed = replayed.shared(&BTreeSet::new(), shared.now);
        assert_eq!(
            without_presence(&shared),
            without_presence(&as_replayed),
            "after {n}"
        );
    }
    assert!(
        taken > 60 && refused > 20,
        "{taken} done, {refused} refused"
    );
}
