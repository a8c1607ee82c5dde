//! Voting: five hundred people place five dots each, within a minute and then all at once. Every dot is counted in the end.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use cairn_client::http::Api;
use cairn_client::{Connection, Invite, connect};
use cairn_protocol::channel::{ClientCommand, RoundStateView, RoundView};
use cairn_protocol::command::Command;
use cairn_protocol::id::Role;
use cairn_protocol::round::{RoundId, RoundSetup, Targets, Visibility};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use yrs::{Map as _, WriteTxn as _};

use crate::rival::Rivals;
use crate::table::{Pairs, heading, lone_row, percentile, row};

const VOTERS: usize = 500;
const DOTS: u8 = 5;
const CARDS: usize = 40;
const MINUTE: Duration = Duration::from_mins(1);

/// Somebody in the map.
struct Voter(Connection);

/// Five hundred voters, at the pace of people and as fast as they can.
pub(crate) async fn voting(rivals: &Rivals) -> anyhow::Result<()> {
    let (facilitator, voters) = gather(rivals).await?;
    let alone = round_trips(&facilitator, 300).await?;
    heading(
        &format!(
            "Voting: {VOTERS} people place {DOTS} dots each on {CARDS} cards; from the click to the answer that the dot is on disk"
        ),
        "here the third column is one client's edit and barrier while nobody votes, with the same people connected",
    );
    for (name, anonymous, within) in [
        ("within a minute", false, MINUTE),
        ("within a minute, anonymous", true, MINUTE),
        ("all at once", false, Duration::ZERO),
        ("all at once, anonymous", true, Duration::ZERO),
    ] {
        let round = open(&facilitator, anonymous).await?;
        let begun = Instant::now();
        let placed = try_join_all(
            voters
                .iter()
                .zip(0..)
                .map(|(voter, seed)| voter.votes(round, within, seed)),
        )
        .await?;
        let took = begun.elapsed().as_secs_f64();
        let delays: Vec<f64> = placed.iter().flat_map(|one| &one.delays).copied().collect();
        let counted = close(&facilitator, round).await?;
        let mut expected = BTreeMap::<String, u32>::new();
        for (card, dots) in placed.iter().flat_map(|one| &one.dots) {
            *expected.entry(card.clone()).or_default() += u32::from(*dots);
        }
        ensure!(counted == expected, "not every dot was counted");
        let all: u32 = counted.values().sum();
        ensure!(all as usize == VOTERS * usize::from(DOTS), "{all} dots");
        for (share, of) in [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (1.0, "longest")] {
            let pairs = Pairs {
                cairn: vec![percentile(&delays, share)],
                relay: vec![percentile(&alone, share)],
            };
            row(&format!("{name}, {of}"), "ms", &pairs);
        }
        lone_row(
            &format!("{name}: dots counted in a second"),
            "1/s",
            &[f64::from(all) / took],
        );
    }
    println!(
        "  Each of the {} dots of each round was counted, on the card it was placed on.",
        VOTERS * usize::from(DOTS)
    );
    Ok(())
}

/// What one voter did, and how long each dot took.
struct Placed {
    dots: BTreeMap<String, u8>,
    delays: Vec<f64>,
}

impl Voter {
    /// Places dot after dot on cards of their choice, at moments of their choice.
    async fn votes(&self, round: RoundId, within: Duration, seed: u64) -> anyhow::Result<Placed> {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut moments: Vec<Duration> =
            (0..DOTS).map(|_| within.mul_f64(chance.random())).collect();
        moments.sort();
        let begun = tokio::time::Instant::now();
        let mut placed = Placed {
            dots: BTreeMap::new(),
            delays: Vec::new(),
        };
        for moment in moments {
            tokio::time::sleep_until(begun + moment).await;
            let card = format!("c{}", chance.random_range(0..CARDS));
            let dots = placed.dots.entry(card.clone()).or_default();
            *dots += 1;
            let vote = Command::Vote {
                round,
                card,
                dots: *dots,
            };
            let asked = Instant::now();
            self.0.command(vote).await?;
            placed.delays.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        Ok(placed)
    }
}

/// A map of opportunities with everyone in it.
async fn gather(rivals: &Rivals) -> anyhow::Result<(Connection, Vec<Voter>)> {
    let cards: Vec<_> = (0..CARDS)
        .map(|n| json!({"id": format!("c{n}"), "lane": "l", "stage": "s", "text": format!("Opportunity {n}")}))
        .collect();
    let map = json!({
        "format": "cairn.map/1", "title": "A vote", "kind": "current-state",
        "stages": [{"id": "s", "title": "Stage"}],
        "lanes": [{"id": "l", "kind": "opportunity", "title": "Opportunities"}],
        "cards": cards,
    });
    let api = Api::new(format!("http://{}", rivals.cairn.address()).parse()?);
    let asked = api.clone();
    let made = tokio::task::spawn_blocking(move || asked.import(&map.to_string())).await??;
    let invite = |token: &str| api.invite(&made.id, token);
    let facilitator = join(&api, &invite(&made.invites.facilitator), "Facilitator").await?;
    let mut voters = Vec::with_capacity(VOTERS);
    let invited = invite(&made.invites.participant);
    while voters.len() < VOTERS {
        // Some at once, not all: a listener's backlog is short.
        let more = (VOTERS - voters.len()).min(25);
        let names: Vec<_> = (0..more)
            .map(|n| format!("Voter {}", voters.len() + n))
            .collect();
        let joined = try_join_all(names.iter().map(|name| join(&api, &invited, name))).await?;
        voters.extend(joined.into_iter().map(Voter));
    }
    Ok((facilitator, voters))
}

async fn join(api: &Api, invite: &Invite, name: &str) -> anyhow::Result<Connection> {
    let (asked, invite, name) = (api.clone(), invite.clone(), name.to_owned());
    let joined = tokio::task::spawn_blocking(move || asked.join(&invite, &name, None)).await??;
    Ok(connect(api.connect_options(&joined)?).await?)
}

async fn open(facilitator: &Connection, anonymous: bool) -> anyhow::Result<RoundId> {
    let setup = RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets::default(),
        dots: DOTS,
        most_per_card: DOTS,
        visibility: Visibility::Secret,
        anonymous,
        seconds: None,
        roles: vec![Role::Participant],
    };
    facilitator
        .command(ClientCommand::OpenRound { setup })
        .await?;
    let round = seen(facilitator, |round| round.state == RoundStateView::Open).await?;
    ensure!(
        round.targets.len() == CARDS,
        "the round is about {} cards",
        round.targets.len()
    );
    Ok(round.id)
}

/// Closes the round; gives what was counted on each card.
async fn close(facilitator: &Connection, round: RoundId) -> anyhow::Result<BTreeMap<String, u32>> {
    facilitator.command(Command::CloseRound { round }).await?;
    let closed = seen(facilitator, |one| {
        one.id == round && one.state == RoundStateView::Closed
    })
    .await?;
    let result = closed.result.context("a closed round has a result")?;
    Ok(result.into_iter().map(|one| (one.card, one.dots)).collect())
}

/// The latest round, once it is as wanted in the facilitator's view.
async fn seen(
    facilitator: &Connection,
    wanted: impl Fn(&RoundView) -> bool,
) -> anyhow::Result<RoundView> {
    let mut shared = facilitator.shared();
    let latest = |view: &RoundView| wanted(view).then(|| view.clone());
    let view = shared
        .wait_for(|shared| {
            shared
                .as_ref()
                .is_some_and(|shared| shared.rounds.last().is_some_and(&wanted))
        })
        .await?;
    let round = view
        .as_ref()
        .and_then(|shared| shared.rounds.last())
        .and_then(latest);
    round.context("the round is gone")
}

/// One client's edits, each with the answer that it is on disk.
async fn round_trips(one: &Connection, count: i64) -> anyhow::Result<Vec<f64>> {
    let mut delays = Vec::new();
    for number in 0..count {
        let asked = Instant::now();
        one.edit(move |txn| {
            let meta = txn.get_or_insert_map("meta");
            meta.insert(txn, "bench", number);
        })
        .await?;
        one.barrier().await?;
        delays.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    Ok(delays)
}
