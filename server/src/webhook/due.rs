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

/// Tells of reviews as they come due, for as long as it is polled.
pub async fn watch(rooms: Rooms, webhook: Webhook) {
    let mut told = BTreeSet::new();
    let mut hours = tokio::time::interval(EVERY);
    loop {
        hours.tick().await;
        let (today, now) = (rooms.clock().today().to_string(), rooms.clock().now_ms());
        for notice in come_due(&rooms.catalog(), &today, now, &mut told) {
            webhook.tell(notice);
        }
    }
}

/// What is due by today and was not told. A server that starts anew tells again under the same id: its receiver knows it.
pub(super) fn come_due(
    maps: &[CatalogEntry],
    today: &str,
    now: u64,
    told: &mut BTreeSet<(MapId, String)>,
) -> Vec<Notice> {
    let due = maps.iter().filter_map(|entry| {
        // Days written as YYYY-MM-DD are in order as texts are.
        let day = entry
            .listed
            .review_due
            .as_ref()
            .filter(|day| day.as_str() <= today)?;
        told.insert((entry.map.clone(), day.clone()))
            .then(|| Notice {
                id: id(&["review", entry.map.as_str(), day]),
                kind: "review.due",
                timestamp: rfc3339(now),
                data: json!({"map": entry.map, "title": entry.listed.title, "due": day}),
            })
    });
    due.collect()
}
