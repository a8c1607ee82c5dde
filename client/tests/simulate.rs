//! Simulated workshops against a server in the same process.

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cairn_client::simulate::{
    Bell, Convergence, Door, Person, Phase, Progress, Seat, SimulateError, SimulateOptions,
    simulate,
};
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map::{Card, JourneyMap, LaneKind};
use futures_util::future::BoxFuture;
use support::FakeServer;
use support::http::Listening;

/// Lets everybody into the fake server.
struct OpenDoor {
    server: FakeServer,
    role: Role,
    entered: AtomicU32,
}

impl OpenDoor {
    fn to(server: &FakeServer) -> Arc<Self> {
        Self::with_role(server, Role::Participant)
    }

    fn with_role(server: &FakeServer, role: Role) -> Arc<Self> {
        Arc::new(Self {
            server: server.clone(),
            role,
            entered: AtomicU32::new(0),
        })
    }
}

impl Door for OpenDoor {
    fn enter<'a>(&'a self, _: &'a Person) -> BoxFuture<'a, Result<Seat, String>> {
        let participant = ParticipantId(self.entered.fetch_add(1, Ordering::Relaxed) + 1);
        let seat = Seat {
            connect: self.server.options(),
            participant,
            role: self.role,
        };
        Box::pin(async { Ok(seat) })
    }
}

fn six_for_half_a_minute(server: &FakeServer) -> SimulateOptions {
    SimulateOptions {
        participants: 6,
        length: Duration::from_secs(30),
        ..SimulateOptions::through(OpenDoor::to(server))
    }
}

fn unwatched(_: Progress) {}

/// Cards that were not there before, with their lane's kind.
fn new_cards(before: &JourneyMap, after: &JourneyMap) -> Vec<(LaneKind, Card)> {
    let old: BTreeSet<&str> = before.cards.iter().map(|card| card.id.as_str()).collect();
    let kind = |card: &Card| {
        after
            .lanes
            .iter()
            .find(|lane| lane.id == card.lane)
            .expect("a lane of the map")
            .kind
    };
    let new = after
        .cards
        .iter()
        .filter(|card| !old.contains(card.id.as_str()));
    new.map(|card| (kind(card), card.clone())).collect()
}

#[tokio::test(start_paused = true)]
async fn participants_write_into_the_maps_own_cells_and_end_equal() {
    for name in [
        "renting-a-flat.current",
        "library-card.blueprint",
        "nurse-night-shift.day",
    ] {
        let server = FakeServer::with_sample(name);
        let before = server.map();
        let report = simulate(six_for_half_a_minute(&server), unwatched)
            .await
            .unwrap();
        assert_eq!(
            report.converged,
            Convergence::Equal { copies: 6 },
            "{name}: {report}"
        );
        assert_eq!((report.joined, report.errors), (6, 0), "{name}: {report}");
        assert!(report.cards >= 6, "{name}: {report}");
        assert!(
            report.propagation.count > 0 && report.barrier.count > 0,
            "{name}: {report}"
        );
        let after = server.map();
        after
            .check()
            .unwrap_or_else(|violation| panic!("{name}: {violation}"));
        let written = new_cards(&before, &after);
        assert_eq!(written.len() as u64, report.cards, "{name}");
        for (kind, card) in written {
            assert!(
                !card.text.is_empty() && !card.author.is_empty(),
                "{name}: {card:?}"
            );
            let typed = match kind {
                LaneKind::Touchpoint => !card.channel.is_empty() && card.owned.is_some(),
                LaneKind::Expectation => !card.actual.is_empty() && card.gap.is_some(),
                LaneKind::Emotion => card.score.is_some() && !card.quote.is_empty(),
                LaneKind::Pain => card.severity.is_some(),
                LaneKind::Opportunity => card.impact.is_some() && card.effort.is_some(),
                LaneKind::Frontstage | LaneKind::Backstage | LaneKind::Support => {
                    !card.actor.is_empty()
                }
                LaneKind::Metric => card.value.is_some() && !card.unit.is_empty(),
                LaneKind::Action | LaneKind::Evidence | LaneKind::Note => true,
            };
            assert!(typed, "{name}: a {kind} without its fields: {card:?}");
        }
        assert_eq!(server.connections(), 0, "{name}: everybody left");
        assert!(server.present().is_empty(), "{name}: and said goodbye");
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_writes_the_same_workshop() {
    // Which card somebody takes up depends on ids, which are random; what they write does not.
    let written = |seed| async move {
        let server = FakeServer::with_sample("renting-a-flat.current");
        let before = server.map();
        let options = SimulateOptions {
            seed,
            ..six_for_half_a_minute(&server)
        };
        simulate(options, unwatched).await.unwrap();
        let cards = new_cards(&before, &server.map()).into_iter();
        let mut written: Vec<_> = cards.map(|(kind, card)| (card.author, kind)).collect();
        written.sort();
        written
    };
    assert_eq!(written(3).await, written(3).await);
    assert_ne!(written(3).await, written(4).await);
}

#[tokio::test(start_paused = true)]
async fn lost_connections_lose_no_card() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    let before = server.map();
    let simulated = simulate(six_for_half_a_minute(&server), unwatched);
    let interrupt = async {
        for edits in [200, 500, 800] {
            server.received("update", edits).await;
            server.drop_all();
        }
    };
    let (report, ()) = tokio::join!(simulated, interrupt);
    let report = report.unwrap();
    assert_eq!(
        report.converged,
        Convergence::Equal { copies: 6 },
        "{report}"
    );
    assert!(report.reconnects >= 6, "{report}");
    assert_eq!(report.errors, 0, "{report}");
    assert_eq!(
        new_cards(&before, &server.map()).len() as u64,
        report.cards,
        "{report}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_bell_ends_it_with_nothing_half_written() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    let before = server.map();
    let (bell, halt) = Bell::new();
    let length = Duration::from_mins(10);
    let options = SimulateOptions {
        length,
        halt,
        ..six_for_half_a_minute(&server)
    };
    let ring = async {
        server.received("update", 300).await;
        bell.ring();
    };
    let (report, ()) = tokio::join!(simulate(options, unwatched), ring);
    let report = report.unwrap();
    assert!(
        report.stopped_early && report.lasted < length / 2,
        "{report}"
    );
    assert!(
        matches!(report.converged, Convergence::Equal { .. }),
        "{report}"
    );
    assert_eq!(
        new_cards(&before, &server.map()).len() as u64,
        report.cards,
        "{report}"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test(start_paused = true)]
async fn progress_goes_through_its_phases_and_only_rises() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    let mut told = Vec::new();
    simulate(six_for_half_a_minute(&server), |progress| {
        told.push(progress);
    })
    .await
    .unwrap();
    let mut phases: Vec<Phase> = told.iter().map(|progress| progress.phase).collect();
    phases.dedup();
    assert_eq!(
        phases,
        [
            Phase::Joining,
            Phase::Working,
            Phase::Settling,
            Phase::Leaving
        ]
    );
    assert!(
        told.is_sorted_by_key(|progress| (progress.elapsed, progress.edits)),
        "{told:?}"
    );
    let last = told.last().map(|progress| progress.present);
    assert_eq!(last, Some(6), "all stay until the copies were compared");
}

#[tokio::test(start_paused = true)]
async fn copies_that_differ_are_reported() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    // Half way through, the server stops passing edits on.
    let deafen = async {
        server.received("update", 200).await;
        server.behave(|behaviour| behaviour.deaf = true);
    };
    let simulated = simulate(six_for_half_a_minute(&server), unwatched);
    let (report, ()) = tokio::join!(simulated, deafen);
    let report = report.unwrap();
    assert!(
        matches!(report.converged, Convergence::Apart { .. }),
        "{report}"
    );
    assert!(report.to_string().contains("NOT EQUAL"), "{report}");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_simulated_is_refused_at_once() {
    let blank = FakeServer::default();
    let refused = simulate(six_for_half_a_minute(&blank), unwatched).await;
    assert!(
        matches!(refused, Err(SimulateError::NoCells)),
        "{refused:?}"
    );
    let watching = OpenDoor::with_role(&blank, Role::Observer);
    let refused = simulate(SimulateOptions::through(watching), unwatched).await;
    assert!(
        matches!(refused, Err(SimulateError::Observers)),
        "{refused:?}"
    );
    for (participants, seconds, pace) in [
        (0, 10, 1.0),
        (2_001, 10, 1.0),
        (1, 0, 1.0),
        (2_000, 86_400, 1.0),
        (1, 10, 0.0),
    ] {
        let length = Duration::from_secs(seconds);
        let options = SimulateOptions::through(OpenDoor::to(&blank));
        let options = SimulateOptions {
            participants,
            length,
            pace,
            ..options
        };
        let refused = simulate(options, unwatched).await;
        assert!(
            matches!(refused, Err(SimulateError::Options(_))),
            "{participants} for {seconds} s at {pace}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn an_invite_link_is_all_it_takes() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    let joined = r#"{"map":"m1","participant":"p1","role":"participant","token":"t0ken"}"#;
    // The first is told to come back later, as by a rate limit.
    let answers = vec![(429, "{}".to_owned()), (200, joined.to_owned())];
    let listening = Listening::new(server.clone(), answers).await;
    let options = SimulateOptions {
        participants: 3,
        length: Duration::from_secs(2),
        pace: 20.0,
        ..SimulateOptions::new(&listening.invite()).unwrap()
    };
    let report = simulate(options, unwatched).await.unwrap();
    assert_eq!(
        report.converged,
        Convergence::Equal { copies: 3 },
        "{report}"
    );
    assert_eq!(report.errors, 0, "{report}");
    assert!(report.edits > 0, "{report}");
    let names: BTreeSet<String> = listening
        .posted()
        .iter()
        .map(|posted| posted.body["name"].to_string())
        .collect();
    assert_eq!((listening.posted().len(), names.len()), (4, 3), "{names:?}");
}
