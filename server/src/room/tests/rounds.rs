//! VOTE in a room: what everyone, each voter and the facilitators are told, and what an anonymous round leaves behind.

use std::collections::BTreeMap;

use cairn_protocol::channel::{
    BallotView, FeelingsView, Personal, RoundStateView, RoundView, ServerMessage, Shared,
};
use cairn_protocol::fold::Workshop;
use cairn_protocol::map::JourneyMap;
use cairn_protocol::record::Body;

use super::*;

const CARDS: usize = 3;

/// Ann facilitates, Ben participates; three opportunities `o0` … `o2`.
async fn workshop() -> (Table, Seat, Seat) {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    let cards: Vec<_> = (0..CARDS)
        .map(|n| serde_json::json!({"id": format!("o{n}"), "lane": "l", "stage": "s", "text": format!("Card {n}")}))
        .collect();
    let document = serde_json::json!({
        "format": "cairn.map/1", "title": "Votes", "kind": "current-state", "cards": cards,
        "stages": [{"id": "s", "title": "One"}], "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
    });
    let document = JourneyMap::parse(&document.to_string()).unwrap();
    let update = map::to_update(&document, 77).into();
    ann.send(Frame::Update(CheckedUpdate::check(update).unwrap()))
        .await;
    let message = ann.barrier(1).await;
    ann.heard_barrier(&message).await;
    for seat in [&mut ann, &mut ben] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    (table, ann, ben)
}

pub(super) async fn asks(seat: &Seat, command: &str, request: &str) {
    seat.says(&format!(r#"{{"command":{command},"request":"{request}"}}"#))
        .await;
}

async fn opens(ann: &Seat, anonymous: bool) {
    let setup = format!(
        r#"{{"question":"What first?","dots":2,"mostPerCard":2,"visibility":"secret","anonymous":{anonymous}}}"#
    );
    asks(
        ann,
        &format!(r#"{{"openRound":{{"setup":{setup}}}}}"#),
        "open",
    )
    .await;
}

async fn votes(seat: &Seat, card: &str, dots: u8, request: &str) {
    let vote = format!(r#"{{"vote":{{"round":1,"card":"{card}","dots":{dots}}}}}"#);
    asks(seat, &vote, request).await;
}

/// Messages until one of these fits.
pub(super) async fn told<T>(
    seat: &mut Seat,
    mut fits: impl FnMut(ServerMessage) -> Option<T>,
) -> T {
    loop {
        let message = seat.told().await;
        if let Some(found) = fits(message) {
            return found;
        }
    }
}

async fn round(seat: &mut Seat, state: RoundStateView) -> RoundView {
    let latest = |shared: Shared| shared.rounds.last().cloned();
    told(seat, |message| match message {
        ServerMessage::Shared { shared } => latest(shared).filter(|round| round.state == state),
        _ => None,
    })
    .await
}

async fn ballot(seat: &mut Seat, left: u8) -> BallotView {
    let fits = |personal: Personal| personal.ballot.filter(|ballot| ballot.left == left);
    told(seat, |message| match message {
        ServerMessage::Personal { personal } => fits(personal),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn vote_3_a_voter_sees_the_own_dots_and_nobody_a_total_before_the_round_is_closed() {
    let (_table, mut ann, mut ben) = workshop().await;
    opens(&ann, false).await;
    let open = round(&mut ben, RoundStateView::Open).await;
    assert_eq!((open.targets.len(), open.result), (CARDS, None));
    assert_eq!((open.voters, open.ended), (None, None));
    votes(&ben, "o1", 2, "v1").await;
    let own = ballot(&mut ben, 0).await;
    assert_eq!(own.dots, BTreeMap::from([("o1".to_owned(), 2)]));
    // The facilitator hears that he is done, never with what.
    let progress = told(&mut ann, |message| match message {
        ServerMessage::Personal { personal } => personal
            .progress
            .filter(|progress| !progress.done.is_empty()),
        ServerMessage::Shared { shared } => {
            assert!(shared.rounds.iter().all(|round| round.result.is_none()));
            None
        }
        _ => None,
    })
    .await;
    assert_eq!((progress.done, progress.begun), (vec![ParticipantId(2)], 1));
    asks(&ann, r#"{"closeRound":{"round":1}}"#, "close").await;
    let closed = round(&mut ben, RoundStateView::Closed).await;
    assert_eq!((closed.voters, closed.ended.is_some()), (Some(1), true));
    let result = closed.result.unwrap();
    assert_eq!(
        (result[0].card.as_str(), result[0].dots, result.len()),
        ("o1", 2, 1)
    );
}

#[tokio::test]
async fn vote_10_an_anonymous_vote_survives_a_restart_and_its_journal_names_nobody() {
    let (mut table, ann, mut ben) = workshop().await;
    opens(&ann, true).await;
    votes(&ben, "o2", 1, "v1").await;
    // Not open yet when he asked: he hears so and asks again.
    let refused = told(&mut ben, |message| match message {
        ServerMessage::Refused { refused, .. } => Some(Some(refused)),
        ServerMessage::Done { .. } => Some(None),
        _ => None,
    })
    .await;
    if refused.is_some() {
        round(&mut ben, RoundStateView::Open).await;
        votes(&ben, "o2", 1, "v2").await;
    }
    let before = ballot(&mut ben, 1).await;
    assert!(before.pseudonym.is_some());
    table.reopen().await;
    let actor = Actor::Participant(ParticipantId(2));
    let mut ben = Seat::take(&table.room, actor, 22).await;
    ben.says(r#"{"hello":{}}"#).await;
    let after = ballot(&mut ben, 1).await;
    assert_eq!(after, before, "the same ballot under the same pseudonym");
    votes(&ben, "o2", 2, "v3").await;
    ballot(&mut ben, 0).await;
    let ann = Seat::take(&table.room, Actor::Participant(ParticipantId(1)), 21).await;
    asks(&ann, r#"{"closeRound":{"round":1}}"#, "close").await;
    let closed = round(&mut ben, RoundStateView::Closed).await;
    assert_eq!(closed.result.unwrap()[0].dots, 2);

    let records = table
        .rooms
        .journal()
        .records(&map_id(), 1..=u64::MAX, 1000)
        .unwrap();
    let votes: Vec<_> = records
        .iter()
        .map(|stored| &stored.record)
        .filter(|record| matches!(&record.body, Body::Command(Command::Vote { .. })))
        .collect();
    let taken = votes
        .iter()
        .filter(|record| matches!(record.actor, Actor::Pseudonym(_)))
        .count();
    assert_eq!(taken, 2, "{votes:?}");
    for record in votes {
        if matches!(record.actor, Actor::Pseudonym(_)) {
            let request = record.request.as_deref().unwrap_or_default();
            assert!(!["v1", "v2", "v3"].contains(&request), "{request}");
        }
    }
    // The secret is gone: nothing leads from a pseudonym to a person any more.
    let commitment = records.iter().find_map(|stored| match &stored.record.body {
        Body::Round(_, commitment) => *commitment,
        _ => None,
    });
    let gone = || {
        table
            .secrets
            .of(&map_id(), commitment.unwrap())
            .unwrap()
            .is_none()
    };
    while !gone() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn vote_2_who_may_not_open_a_round_costs_no_secret() {
    let (_table, _ann, mut ben) = workshop().await;
    opens(&ben, true).await;
    let rule = told(&mut ben, |message| match message {
        ServerMessage::Refused { rule, .. } => Some(rule),
        _ => None,
    })
    .await;
    assert_eq!(rule, "ROLE-3");
}

#[tokio::test]
async fn vote_10_a_round_opened_while_another_closes_keeps_its_secret() {
    let (mut table, ann, mut ben) = workshop().await;
    opens(&ann, true).await;
    round(&mut ben, RoundStateView::Open).await;
    // The end of the first and the opening of the second are on their way at once.
    table.disk.hold(true);
    asks(&ann, r#"{"closeRound":{"round":1}}"#, "close").await;
    opens_again(&ann).await;
    table.disk.hold(false);
    let second = loop {
        let open = round(&mut ben, RoundStateView::Open).await;
        if open.id.0 == 2 {
            break open;
        }
    };
    let vote = format!(
        r#"{{"vote":{{"round":{},"card":"o0","dots":1}}}}"#,
        second.id.0
    );
    asks(&ben, &vote, "v").await;
    let before = ballot(&mut ben, 1).await;
    table.reopen().await;
    let mut ben = Seat::take(&table.room, Actor::Participant(ParticipantId(2)), 22).await;
    ben.says(r#"{"hello":{}}"#).await;
    assert_eq!(ballot(&mut ben, 1).await, before);
}

#[tokio::test]
async fn vote_10_the_secret_of_an_opening_that_was_refused_is_destroyed() {
    let (table, mut ann, mut ben) = workshop().await;
    opens(&ann, true).await;
    round(&mut ben, RoundStateView::Open).await;
    opens_again(&ann).await;
    let rule = told(&mut ann, |message| match message {
        ServerMessage::Refused { rule, .. } => Some(rule),
        _ => None,
    })
    .await;
    assert_eq!(rule, "VOTE-11");
    let message = ann.barrier(2).await;
    ann.heard_barrier(&message).await;
    let records = table.rooms.journal().records(&map_id(), 1..=u64::MAX, 1000);
    let commitments: Vec<_> = records
        .unwrap()
        .iter()
        .filter_map(|stored| match &stored.record.body {
            Body::Round(_, commitment) => *commitment,
            _ => None,
        })
        .collect();
    let kept = |n: usize| {
        table
            .secrets
            .of(&map_id(), commitments[n])
            .unwrap()
            .is_some()
    };
    while kept(1) {
        tokio::task::yield_now().await;
    }
    assert!(kept(0), "that of the open round stays");
}

/// What a seat is told of its request: nothing, or the rule that refuses it.
async fn answer_to(seat: &mut Seat, request: &str) -> Option<String> {
    told(seat, |message| match message {
        ServerMessage::Done { done, .. } if done == request => Some(None),
        ServerMessage::Refused { refused, rule, .. } if refused == request => Some(Some(rule)),
        _ => None,
    })
    .await
}

async fn feels(seat: &Seat, halves: f64, request: &str) {
    let feel = format!(
        r#"{{"feel":{{"round":1,"stage":"s","score":{}}}}}"#,
        halves / 2.0
    );
    asks(seat, &feel, request).await;
}

async fn own_feelings(seat: &mut Seat) -> FeelingsView {
    told(seat, |message| match message {
        ServerMessage::Personal { personal } => personal
            .feelings
            .filter(|feelings| !feelings.scores.is_empty()),
        _ => None,
    })
    .await
}

/// Votes and feelings in the journal, with who says so.
fn answers_kept(table: &Table) -> Vec<(Actor, Command)> {
    let records = table.rooms.journal().records(&map_id(), 1..=u64::MAX, 1000);
    let records = records.unwrap().into_iter().map(|stored| stored.record);
    let answers = records.filter_map(|record| match record.body {
        Body::Command(command @ (Command::Vote { .. } | Command::Feel { .. })) => {
            Some((record.actor, command))
        }
        _ => None,
    });
    answers.collect()
}

#[tokio::test]
async fn emo_2_a_feeling_is_journaled_under_a_pseudonym_and_survives_a_restart() {
    let (mut table, mut ann, mut ben) = workshop().await;
    // Before there is a round, a feeling goes nowhere: it would have Ben's name on it.
    feels(&ben, 3.0, "early").await;
    assert_eq!(
        answer_to(&mut ben, "early").await.as_deref(),
        Some("VOTE-11")
    );
    let open = r#"{"openEmotionRound":{"setup":{"question":"How is it?"}}}"#;
    asks(&ann, open, "open").await;
    assert_eq!(answer_to(&mut ann, "open").await, None);
    feels(&ben, -3.0, "f1").await;
    let before = own_feelings(&mut ben).await;
    assert!(before.pseudonym.is_some());
    table.reopen().await;
    let mut ann = Seat::take(&table.room, Actor::Participant(ParticipantId(1)), 21).await;
    let mut ben = Seat::take(&table.room, Actor::Participant(ParticipantId(2)), 22).await;
    ben.says(r#"{"hello":{}}"#).await;
    assert_eq!(own_feelings(&mut ben).await, before);
    asks(&ann, r#"{"closeRound":{"round":1}}"#, "close").await;
    assert_eq!(answer_to(&mut ann, "close").await, None);
    let result = told(&mut ben, |message| match message {
        ServerMessage::Shared { shared } => shared.emotion_rounds[0].result.clone(),
        _ => None,
    });
    assert_eq!(result.await[0].median.0, -150);
    // Nor too late.
    feels(&ben, 2.0, "late").await;
    assert_eq!(answer_to(&mut ben, "late").await.as_deref(), Some("VOTE-7"));
    let kept = answers_kept(&table);
    let [(Actor::Pseudonym(pseudonym), Command::Feel { .. })] = kept[..] else {
        panic!("{kept:?}");
    };
    assert_eq!(Some(pseudonym.to_string()), before.pseudonym);
}

#[tokio::test]
async fn vote_10_an_anonymous_vote_that_comes_too_early_or_too_late_is_not_journaled() {
    let (table, mut ann, mut ben) = workshop().await;
    votes(&ben, "o1", 1, "early").await;
    assert_eq!(
        answer_to(&mut ben, "early").await.as_deref(),
        Some("VOTE-11")
    );
    opens(&ann, true).await;
    assert_eq!(answer_to(&mut ann, "open").await, None);
    asks(&ann, r#"{"closeRound":{"round":1}}"#, "close").await;
    assert_eq!(answer_to(&mut ann, "close").await, None);
    votes(&ben, "o1", 1, "late").await;
    assert_eq!(answer_to(&mut ben, "late").await.as_deref(), Some("VOTE-7"));
    assert_eq!(answers_kept(&table), []);
}

#[tokio::test]
async fn fold_3_a_ballot_comes_back_from_the_journal_and_stands_in_no_snapshot() {
    let (mut table, mut ann, mut ben) = workshop().await;
    opens(&ann, false).await;
    assert_eq!(answer_to(&mut ann, "open").await, None);
    votes(&ben, "o1", 1, "v1").await;
    // Far apart: other things happen between.
    for n in 0..100 {
        asks(&ann, r#"{"raiseHand":{"raised":true}}"#, &format!("h{n}")).await;
    }
    votes(&ben, "o2", 1, "v2").await;
    assert_eq!(answer_to(&mut ben, "v2").await, None);
    table.reopen().await;
    let journal = table.rooms.journal();
    let snapshot = journal.snapshot_before(&map_id(), u64::MAX).unwrap();
    let restored = Workshop::restore(&map_id(), &snapshot.unwrap().bytes).unwrap();
    let needs: Vec<_> = restored.needs().iter().copied().collect();
    let votes = journal.records(&map_id(), 1..=u64::MAX, 1000).unwrap();
    let votes = votes
        .iter()
        .map(|stored| &stored.record)
        .filter(|record| matches!(&record.body, Body::Command(Command::Vote { .. })));
    assert_eq!(needs, votes.map(|record| record.seq).collect::<Vec<_>>());
    assert_eq!(needs.len(), 2);
    let mut ben = Seat::take(&table.room, Actor::Participant(ParticipantId(2)), 22).await;
    ben.says(r#"{"hello":{}}"#).await;
    let own = ballot(&mut ben, 0).await;
    let dots = |card: &str| (card.to_owned(), 1);
    assert_eq!(own.dots, BTreeMap::from([dots("o1"), dots("o2")]));
}

#[tokio::test]
async fn rec_7_what_is_out_of_bounds_never_reaches_the_journal() {
    let (table, mut ann, _ben) = workshop().await;
    let kept = || {
        let entry = table.rooms.journal().entry(&map_id()).unwrap().unwrap();
        entry.head.seq
    };
    let before = kept();
    let much = "x".repeat(1_000_000);
    let setup = |question: &str| {
        format!(
            r#"{{"question":"{question}","dots":1,"mostPerCard":1,"visibility":"secret","anonymous":true}}"#
        )
    };
    let asked = [
        (format!(r#"{{"park":{{"text":"{much}"}}}}"#), "FLOOR-2"),
        (
            format!(r##"{{"rename":{{"name":"{much}","color":"#123456"}}}}"##),
            "ROLE-7",
        ),
        (
            format!(r#"{{"vote":{{"round":1,"card":"{much}","dots":1}}}}"#),
            "VOTE-1",
        ),
        (
            format!(r#"{{"feel":{{"round":1,"stage":"{much}"}}}}"#),
            "EMO-3",
        ),
        (
            format!(r#"{{"openRound":{{"setup":{}}}}}"#, setup(&much)),
            "VOTE-11",
        ),
        (
            format!(r#"{{"openEmotionRound":{{"setup":{{"question":"{much}"}}}}}}"#),
            "EMO-1",
        ),
        (
            format!(r#"{{"writeDraft":{{"draft":"d","lane":"l","stage":"s","text":"{much}"}}}}"#),
            "DRAFT-2",
        ),
    ];
    for (n, (command, rule)) in asked.iter().enumerate() {
        asks(&ann, command, &format!("r{n}")).await;
        assert_eq!(
            answer_to(&mut ann, &format!("r{n}")).await.as_deref(),
            Some(*rule)
        );
    }
    let join = Join {
        known_as: None,
        role: Role::Participant,
        name: much,
        color: "#123456".to_owned(),
        tokens: Vec::new(),
    };
    let refused = table.room.join(Actor::Server, join).await;
    assert!(matches!(refused, Err(RoomError::Refused(_))), "{refused:?}");
    let message = ann.barrier(3).await;
    ann.heard_barrier(&message).await;
    assert_eq!(kept(), before);
}

#[tokio::test]
async fn emo_2_a_feeling_in_a_round_with_names_is_not_journaled() {
    let (table, mut ann, mut ben) = workshop().await;
    opens(&ann, false).await;
    assert_eq!(answer_to(&mut ann, "open").await, None);
    feels(&ben, 1.0, "f").await;
    assert_eq!(answer_to(&mut ben, "f").await.as_deref(), Some("EMO-2"));
    assert_eq!(answers_kept(&table), []);
}

async fn opens_again(ann: &Seat) {
    let setup = r#"{"question":"And then?","dots":2,"mostPerCard":2,"visibility":"secret","anonymous":true}"#;
    asks(
        ann,
        &format!(r#"{{"openRound":{{"setup":{setup}}}}}"#),
        "again",
    )
    .await;
}
