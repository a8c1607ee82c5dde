//! What a room tells the webhook (HOOK-1): versions that were made, once the records behind them are durable.

use cairn_protocol::fold::Workshop;
use cairn_protocol::map;
use cairn_protocol::version::VersionId;
use yrs::Transact as _;

use crate::webhook::{Notice, Webhook};

/// Notices of one room.
pub(super) struct Notices {
    webhook: Webhook,
    /// The last version that was looked at.
    seen: VersionId,
    /// With the record that each waits for, in order.
    waiting: Vec<(u64, Notice)>,
}

impl Notices {
    /// What is in the map already is no news.
    pub(super) fn new(webhook: Webhook, workshop: &Workshop) -> Self {
        Self {
            webhook,
            seen: workshop.versions_made(),
            waiting: Vec::new(),
        }
    }

    pub(super) fn folded(&mut self, workshop: &Workshop) {
        let made = workshop.versions_made();
        if made == self.seen {
            return;
        }
        if self.webhook.is_on() {
            let title = map::title(&workshop.doc().transact());
            let new = workshop.versions().iter().filter(|one| one.id > self.seen);
            let notice = |version| Notice::of_version(workshop.map(), &title, version);
            let new = new.map(|version| (workshop.seq(), notice(version)));
            self.waiting.extend(new);
        }
        self.seen = made;
    }

    pub(super) fn durable(&mut self, seq: u64) {
        for (_, notice) in self.waiting.extract_if(.., |(until, _)| *until <= seq) {
            // One that has no place is dropped with a warning (HOOK-5): the list of versions has it.
            let _ = self.webhook.tell(notice);
        }
    }
}
