//! Reviews that are due: looked for when the server starts and once an hour, told once for each map and day.

use std::collections::BTreeSet;
use std::time::Duration;

use cairn_protocol::id::MapId;
use serde_json::json;

use super::{Notice, Webhook, id};
use crate::catalog::CatalogEntry;
use crate::rooms::Rooms;
use crate::when::rfc3339;

/// Days are what reviews are due by: an hour is soon enough.
const EVERY: Duration = Duration::from_hours(1);

/// A review, by its map and the day it is due.
type Review = (MapId, String);

/// Tells of reviews as they come due, for as long as it is polled.
pub async fn watch(rooms: Rooms, webhook: Webhook) {
    let mut told = BTreeSet::new();
    let mut hours = tokio::time::interval(EVERY);
    loop {
        hours.tick().await;
        let (today, now) = (rooms.clock().today().to_string(), rooms.clock().now_ms());
        tell(&webhook, &rooms.catalog(), &today, now, &mut told);
    }
}

/// Tells of what is due by today and was not told. What the webhook has no place for is told the next time. A server that starts anew
/// tells again under the same id: its receiver knows it.
pub(super) fn tell(
    webhook: &Webhook,
    maps: &[CatalogEntry],
    today: &str,
    now: u64,
    told: &mut BTreeSet<Review>,
) {
    for (review, notice) in come_due(maps, today, now, told) {
        // One warning says it, and nobody takes more than wait already.
        if !webhook.tell(notice) {
            return;
        }
        told.insert(review);
    }
}

/// What is due by today and was not told.
pub(super) fn come_due(
    maps: &[CatalogEntry],
    today: &str,
    now: u64,
    told: &BTreeSet<Review>,
) -> Vec<(Review, Notice)> {
    let due = maps.iter().filter_map(|entry| {
        // Days written as YYYY-MM-DD are in order as texts are.
        let day = entry.listed.review_due.as_ref();
        let day = day.filter(|day| day.as_str() <= today)?;
        let review = (entry.map.clone(), day.clone());
        let notice = Notice {
            id: id(&["review", entry.map.as_str(), day]),
            kind: "review.due",
            map: entry.map.clone(),
            timestamp: rfc3339(now),
            data: json!({"map": entry.map, "title": entry.listed.title, "due": day}),
        };
        (!told.contains(&review)).then_some((review, notice))
    });
    due.collect()
}
