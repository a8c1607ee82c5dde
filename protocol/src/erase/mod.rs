//! Taking a person's name and words out of a map's journal (ERASE), record by record.
//!
//! Called by the server with every record in order; what it gives back is a journal of as many records with the same numbers, times and
//! outcomes, and one more that says what was done. Two folds run along: of the journal as it was, which says whose each thing is, and of
//! the new one, which must decide everything alike. Pure, and without a trace of what was taken out.

mod again;
mod brought;
mod called;
mod cards;
mod copies;
mod letters;
mod taken;
mod updates;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use crate::fold::{self, Folded, Workshop};
use crate::frame::Paths;
use crate::id::{MapId, ParticipantId, TokenHash};
use crate::record::{Actor, Body, ChainError, Draft, Erased, Head, Join, Record};
use again::Again;
use called::Called;
use copies::Copies;
use updates::Coming;
pub use words::NAME;
use words::{blank_command, blank_opening};

/// What must be known of a journal before its first record is written anew.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Records that every fold passes over (REC-6).
    voided: BTreeSet<u64>,
    /// Records whose moments are restored later.
    restored: BTreeSet<u64>,
}

impl Survey {
    /// Looks at a record.
    pub fn sees(&mut self, record: &Record) {
        self.voided.extend(record.voids());
        if let Body::Restore(restore) = &record.body {
            self.restored.insert(restore.to);
        }
    }
}

/// Why a person cannot be erased. Nothing is changed then.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EraseError {
    /// The journal does not hold.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// Without the words, the fold would decide otherwise about what somebody did.
    #[error("record {0} would come out otherwise without the words")]
    Outcome(u64),
    /// An update that cannot be written with other words in the same structure.
    #[error("the update in record {0} cannot be written anew")]
    Update(u64),
}

/// A person being erased from a journal.
pub struct Eraser {
    who: ParticipantId,
    survey: Survey,
    /// The workshop as it was, and as it is without the words.
    before: Workshop,
    after: Workshop,
    old: Head,
    new: Head,
    /// What of those moments is not what it was, for when it comes back.
    moments: BTreeMap<u64, Copies>,
    paths: Paths,
    /// Whose each Yjs client is: of who brought the first of it (HIST-6).
    writers: BTreeMap<u64, Option<ParticipantId>>,
    /// What others may bring again of theirs.
    again: Again,
    called: Called,
    /// The first record that changed, and how many did.
    first: Option<u64>,
    records: u64,
}

/// A journal without the words.
pub struct Done {
    /// The last record: what was done.
    pub record: Record,
    /// Its bytes.
    pub encoded: Vec<u8>,
    /// The end of the journal with it.
    pub head: Head,
    /// The workshop after it.
    pub workshop: Workshop,
    /// What it says.
    pub erased: Erased,
}

impl Eraser {
    /// Begins with the journal's first record still to come.
    pub fn new(map: &MapId, who: ParticipantId, survey: Survey) -> Self {
        Self {
            who,
            survey,
            before: Workshop::new(map.clone()),
            after: Workshop::new(map.clone()),
            old: Head::genesis(map),
            new: Head::genesis(map),
            moments: BTreeMap::new(),
            paths: Paths::default(),
            writers: BTreeMap::new(),
            again: Again::default(),
            called: Called::default(),
            first: None,
            records: 0,
        }
    }

    /// The end of the journal as it was, up to the last record taken.
    pub fn old_head(&self) -> Head {
        self.old
    }

    /// The workshop as it was, after the last record taken.
    pub fn workshop(&self) -> &Workshop {
        &self.before
    }

    /// The workshop as it is without the words, after the last record taken.
    pub fn anew(&self) -> &Workshop {
        &self.after
    }

    /// Takes the next record and gives back the bytes that take its place.
    pub fn take(&mut self, record: &Record, encoded: &Bytes) -> Result<Bytes, EraseError> {
        self.old.follow(record, encoded)?;
        let seq = record.seq;
        // Before the fold forgets them.
        let drafts = self.own_drafts(&record.body);
        let edit = self.edit_to_come(record);
        let was = if self.survey.voided.contains(&seq) {
            fold::skip(&mut self.before, record);
            None
        } else {
            let folded = fold::apply(&mut self.before, record);
            self.called.sees(&self.before, record, &folded);
            Some(folded)
        };
        let body = self.reworded(record, was.as_ref(), edit, &drafts)?;
        let changed = body != record.body;
        if changed {
            self.first.get_or_insert(seq);
            self.records += 1;
        }
        let anew = Record {
            prev: self.new.hash,
            body,
            ..record.clone()
        };
        let bytes = if self.first.is_some() {
            anew.encode().into()
        } else {
            encoded.clone()
        };
        self.new.follow(&anew, &bytes)?;
        match was {
            None => fold::skip(&mut self.after, &anew),
            Some(was) => {
                let is = fold::apply(&mut self.after, &anew);
                if !comes_out_alike(&was, &is, &anew.body) {
                    return Err(EraseError::Outcome(seq));
                }
            }
        }
        if self.survey.restored.contains(&seq) {
            let copies = Copies::between(self.before.doc(), self.after.doc());
            self.moments.insert(seq, copies);
        }
        Ok(bytes)
    }

    /// Ends the journal with the record that says what was done, by the host at this time; `None` when nothing had to be.
    pub fn seal(mut self, now: u64) -> Option<Done> {
        let erased = Erased {
            participant: self.who,
            first: self.first?,
            records: self.records,
            before: self.old.hash,
        };
        let draft = Draft::new(Actor::Host, Body::Erased(erased.clone()));
        let (record, encoded) = self.new.seal(now, draft);
        fold::apply(&mut self.after, &record);
        Some(Done {
            record,
            encoded,
            head: self.new,
            workshop: self.after,
            erased,
        })
    }

    fn is_by_them(&self, record: &Record) -> bool {
        record.actor == Actor::Participant(self.who)
    }

    /// What takes a record's place. Without an outcome no fold looks at it: then nothing of it stays that could be theirs.
    fn reworded(
        &mut self,
        record: &Record,
        folded: Option<&Folded>,
        edit: Option<Coming>,
        drafts: &[String],
    ) -> Result<Body, EraseError> {
        let mut body = record.body.clone();
        match &mut body {
            Body::Join(join) => {
                let joined = folded.and_then(|folded| folded.effects.joined);
                if joined == Some(self.who) || join.known_as == Some(self.who) {
                    nobody(join);
                }
            }
            Body::Edit(update) => *update = self.edit(record, folded, edit, update)?,
            Body::Reveal(reveal) => self.reveal(record.seq, folded, reveal, drafts)?,
            Body::Restore(restore) => self.restore(record.seq, folded, restore)?,
            Body::Command(command) if self.is_by_them(record) => blank_command(command),
            Body::Round(opening, _) if self.is_by_them(record) => blank_opening(opening),
            Body::Command(_)
            | Body::Round(..)
            | Body::Created(_)
            | Body::Invite(..)
            | Body::Void(_)
            | Body::Tick
            | Body::Erased(_) => {}
        }
        Ok(body)
    }

    /// The words of their drafts, if this is the record that shows them.
    fn own_drafts(&self, body: &Body) -> Vec<String> {
        let brainstorm = self.before.brainstorm();
        let Some(brainstorm) = brainstorm.filter(|_| matches!(body, Body::Reveal(_))) else {
            return Vec::new();
        };
        let drafts = brainstorm.drafts_of(self.who).iter();
        drafts.map(|draft| draft.text.clone()).collect()
    }
}

/// Somebody whose name is gone, and whose tokens open nothing.
fn nobody(join: &mut Join) {
    NAME.clone_into(&mut join.name);
    join.tokens.fill(TokenHash::NOBODYS);
}

/// Whether a record did the same to both workshops. An edit that came to nothing says nothing anybody remembers (EDIT-3).
fn comes_out_alike(was: &Folded, is: &Folded, body: &Body) -> bool {
    let rule = |folded: &Folded| folded.outcome.as_ref().err().map(|why| why.rule.clone());
    let came_to_nothing = matches!(body, Body::Edit(_)) && !was.effects.edited;
    was.effects.edited == is.effects.edited
        && was.effects.joined == is.effects.joined
        && (came_to_nothing || rule(was) == rule(is))
}

#[cfg(test)]
mod tests;
