//! Taking away a map of 300 cards as each kind of file: how long it takes, and how much longer than its JSON form in the same run.

use std::time::Instant;

use anyhow::ensure;
use cairn_protocol::map::{self, Card, JourneyMap, LaneKind, MapKind};
use cairn_tests::api;
use cairn_tests::server::{Folder, Server};
use serde_json::Value;

use crate::table::median;

const CARDS: usize = 300;
const REPEATS: usize = 7;

/// What is asked for; each is measured beside the first.
const FILES: [(&str, &str); 9] = [
    ("JSON", "json"),
    ("CSV", "csv"),
    ("Markdown", "md"),
    ("XLSX", "xlsx"),
    ("SVG", "svg"),
    ("PNG", "png"),
    ("PDF, A4", "pdf&paper=a4"),
    ("PDF, A3", "pdf&paper=a3"),
    ("PDF, one sheet", "pdf&paper=poster"),
];

/// Seven stages and the template's lanes, with cards of a sentence each.
fn grown() -> JourneyMap {
    let mut grown = map::template(MapKind::CurrentState);
    for number in 0..CARDS {
        let lane = &grown.lanes[number % grown.lanes.len()];
        let stage = &grown.stages[number / grown.lanes.len() % grown.stages.len()];
        let is_feeling = lane.kind == LaneKind::Emotion;
        grown.cards.push(Card {
            id: format!("card{number}"),
            lane: lane.id.clone(),
            stage: stage.id.clone(),
            text: format!("Card {number}: she compares what the portal says with what the agent told her on the phone"),
            score: is_feeling.then(|| map::Score::from_f64((number % 9) as f64 / 2.0 - 2.0)).flatten(),
            ..Card::default()
        });
    }
    grown
}

async fn timed(url: String) -> anyhow::Result<(f64, usize)> {
    tokio::task::spawn_blocking(move || {
        let asked = Instant::now();
        let mut answer = api::agent().get(&url).call()?;
        let length = answer
            .body_mut()
            .with_config()
            .limit(1 << 28)
            .read_to_vec()?
            .len();
        ensure!(
            answer.status().is_success(),
            "{url} answers {}",
            answer.status()
        );
        Ok((asked.elapsed().as_secs_f64() * 1e3, length))
    })
    .await?
}

/// Exports of each format.
pub(crate) async fn exports() -> anyhow::Result<()> {
    let folder = Folder::new()?;
    let server = Server::start(&folder, &[]).await?;
    let url = server.url("/api/maps/import");
    let document = grown().to_json();
    let made: Value = tokio::task::spawn_blocking(move || {
        let request = api::agent()
            .post(&url)
            .header("Content-Type", "application/json");
        let text = request
            .send(document.as_str())?
            .body_mut()
            .read_to_string()?;
        anyhow::Ok(serde_json::from_str(&text)?)
    })
    .await??;
    let id = made["id"].as_str().unwrap_or_default();
    let mut took = vec![Vec::new(); FILES.len()];
    let mut sizes = vec![0; FILES.len()];
    // In turn, so that what else the machine does falls on all alike; the first round reads fonts and warms caches.
    for round in 0..=REPEATS {
        for (at, (_, query)) in FILES.iter().enumerate() {
            let url = server.url(&format!("/api/maps/{id}/export?format={query}"));
            let (ms, length) = timed(url).await?;
            sizes[at] = length;
            if round > 0 {
                took[at].push(ms);
            }
        }
    }
    println!(
        "\nExports of a map of {CARDS} cards\n  medians of {REPEATS}, over HTTP; ratio = beside JSON in the same run"
    );
    println!("  {:<24} {:>10} {:>10} {:>10}", "", "ms", "kB", "ratio");
    let json = median(&took[0]);
    for (at, (name, _)) in FILES.iter().enumerate() {
        let ms = median(&took[at]);
        println!(
            "  {name:<24} {ms:>10.1} {:>10} {:>10.1}",
            sizes[at] / 1000,
            ms / json
        );
    }
    server.terminate()?;
    server.ended().await?;
    Ok(())
}
