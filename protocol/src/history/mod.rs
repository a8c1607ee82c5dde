//! What happened, for whoever looks back (HIST): a fold beside the workshop's own.
//!
//! Whoever walks a journal ([`Watch`] on the workshop's document, then for each record [`History::before`], `fold::apply`,
//! [`Watch::touched`], [`History::take`]) gets the sessions, moments, activity and authors of a map as a [`HistoryReport`]; a [`Tape`] is given the
//! same and writes the records that a page plays. Pure, like the fold; holds no document and nothing that is secret before its time.

mod by;
mod moments;
mod report;
mod session;
mod tape;
#[cfg(test)]
mod tests;
mod touched;

use std::collections::BTreeMap;

pub use by::By;
pub use report::{
    Activity, AuthorsReport, ClientReport, Counted, HistoryReport, Moment, MomentKind,
    PersonReport, SessionReport, Share,
};
pub use tape::Tape;
pub use touched::{Touch, Touched, Watch, what};

use crate::fold::{Folded, Workshop};
use crate::frame::CheckedUpdate;
use crate::id::ParticipantId;
use crate::map::LaneKind;
use crate::record::{Body, Record};
use moments::{Deed, Outline};
use session::Sessions;

/// What is told of a map's history up to a record.
#[derive(Debug, Default)]
pub struct History {
    /// The last record taken.
    seq: u64,
    /// Number and time of the last record that is told of. When others came is not told: they may be ballots.
    told: (u64, u64),
    outline: Outline,
    moments: Vec<Moment>,
    sessions: Sessions,
    people: Vec<PersonReport>,
    clients: BTreeMap<u64, Client>,
    /// Cards that a signed brainstorm is about to reveal, by writer and lane.
    signed: Vec<(ParticipantId, Option<LaneKind>)>,
}

/// One Yjs client: one visit of one person.
#[derive(Debug)]
struct Client {
    who: By,
    /// The first clock not seen yet.
    end: u64,
    /// Since which clock the client wrote at which time.
    runs: Vec<(u64, u64)>,
}

/// What a client wrote within so many milliseconds counts as written at once.
const AT_ONCE: u64 = 60_000;

impl History {
    /// The last record taken.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Looks at a workshop before a record is folded: a reveal leaves nothing of who wrote its cards.
    pub fn before(&mut self, workshop: &Workshop, record: &Record) {
        self.signed.clear();
        let brainstorm = workshop.brainstorm().filter(|one| one.setup.signed);
        if let (Body::Reveal(_), Some(brainstorm)) = (&record.body, brainstorm) {
            for writer in brainstorm.writers() {
                let drafts = brainstorm.drafts_of(writer).iter();
                let kinds = drafts.map(|draft| brainstorm.kind_of(&draft.lane));
                self.signed.extend(kinds.map(|kind| (writer, kind)));
            }
        }
    }

    /// Takes a record in that was folded into `workshop`.
    pub fn take(
        &mut self,
        workshop: &Workshop,
        record: &Record,
        folded: &Folded,
        touched: &Touched,
    ) {
        self.seq = record.seq;
        let (at, effects) = (workshop.at(), &folded.effects);
        let deed = Deed::of(record, folded);
        let mut said = moments::by_itself(workshop, record, &deed);
        if effects.people {
            let now = report::people(workshop);
            said.extend(moments::of_people(&self.people, &now, &deed));
            self.people = now;
        }
        if effects.shared || effects.people {
            let now = Outline::of(workshop);
            said.extend(moments::between(&self.outline, &now, workshop, &deed));
            self.outline = now;
        }
        if !said.is_empty() {
            self.told = (record.seq, at);
        }
        let moments = said.into_iter().map(|said| said.at(record.seq, at));
        self.moments.extend(moments);
        if !tape::is_told(record, folded) {
            return;
        }
        self.told = (record.seq, at);
        let who = By::shown(record, folded);
        // A deadline that passes hours later is no sign of anybody's being there.
        if !matches!(record.body, Body::Tick) {
            let there = self.people.iter().filter(|one| one.is_at_work());
            let there = there.map(|one| one.id);
            let signed = deed.body().map_or(&[][..], |_| &self.signed);
            self.sessions
                .note(record.seq, at, who, touched, signed, there);
        }
        if let Some(update) = record.body.update().filter(|_| effects.edited) {
            self.note_clients(at, who, update);
        }
    }

    /// Takes the place of a record that is passed over (REC-6).
    pub fn pass(&mut self, record: &Record) {
        self.seq = record.seq;
    }

    /// What a client wrote is its author's, whoever gives it back later (HIST-6).
    fn note_clients(&mut self, at: u64, who: By, update: &bytes::Bytes) {
        let Ok(update) = CheckedUpdate::check(update.clone()) else {
            return;
        };
        for (&client, span) in &update.shape().spans {
            let known = self.clients.entry(client).or_insert_with(|| Client {
                who,
                end: 0,
                runs: Vec::new(),
            });
            if span.end <= known.end {
                continue;
            }
            let is_later = |(_, since): &(u64, u64)| at > since + AT_ONCE;
            if known.runs.last().is_none_or(is_later) {
                known.runs.push((known.end, at));
            }
            known.end = span.end;
        }
    }

    /// What is told of it.
    pub fn report(&self) -> HistoryReport {
        let (seq, at) = self.told;
        HistoryReport {
            seq,
            at,
            people: self.people.clone(),
            sessions: self.sessions.report(),
            moments: self.moments.clone(),
        }
    }

    /// Who wrote what, by the clients of the document.
    pub fn authors(&self) -> AuthorsReport {
        let clients = self.clients.iter().map(|(&client, known)| ClientReport {
            client,
            who: known.who,
            runs: known
                .runs
                .iter()
                .flat_map(|&(clock, at)| [clock, at])
                .collect(),
        });
        AuthorsReport {
            seq: self.told.0,
            clients: clients.collect(),
        }
    }
}
