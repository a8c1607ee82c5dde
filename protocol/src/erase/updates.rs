//! The updates in a journal, each in the structure it had: edits by whose each struct is, what the server made by what it was made from.

use bytes::Bytes;

use super::copies::Copies;
use super::words::{Ink, erased_words};
use super::{EraseError, Eraser, cards};
use crate::fold::Folded;
use crate::frame::{CheckedUpdate, Piece};
use crate::id::ParticipantId;
use crate::map::NOTHING;
use crate::record::{Hash, Record, Restore, Reveal};

impl Eraser {
    /// An edit keeps its structure; one that came to nothing keeps nothing.
    pub(super) fn edit(
        &mut self,
        record: &Record,
        folded: &Folded,
        update: &Bytes,
    ) -> Result<Bytes, EraseError> {
        let by_them = self.is_by_them(record);
        if !folded.effects.edited {
            let holds_theirs = by_them || self.holds_theirs(update);
            return Ok(if holds_theirs {
                Bytes::from_static(NOTHING)
            } else {
                update.clone()
            });
        }
        let checked = checked(record.seq, update)?;
        self.learn(&checked, by_them.then_some(self.who));
        let writers = &self.writers;
        self.write(record.seq, &checked, |path, piece, ink| {
            let theirs = writers.get(&piece.id.0) == Some(&Some(self.who));
            theirs
                .then(|| erased_words(path, &piece.said, ink))
                .flatten()
        })
    }

    /// Of the cards that a reveal shows, theirs go. It names the drafts by their words, so that name is made anew.
    pub(super) fn reveal(
        &mut self,
        seq: u64,
        folded: &Folded,
        reveal: &mut Reveal,
        drafts: &[String],
    ) -> Result<(), EraseError> {
        if folded.effects.edited {
            let checked = checked(seq, &reveal.update)?;
            self.learn(&checked, None);
            let name = self
                .before
                .person(self.who)
                .map_or("", |person| &person.name);
            let cards = cards::of_writer(&checked, name, drafts);
            reveal.update = self.write(seq, &checked, |path, piece, ink| {
                let theirs = matches!(path, ["cards", id, ..] if cards.contains(*id));
                theirs
                    .then(|| erased_words(path, &piece.said, ink))
                    .flatten()
            })?;
        } else if !drafts.is_empty() {
            reveal.update = Bytes::from_static(NOTHING);
        }
        if folded.outcome.is_ok() {
            reveal.drafts = self.after.drafts_hash();
        } else if !drafts.is_empty() {
            reveal.drafts = Hash::of(&[]);
        }
        Ok(())
    }

    /// Of what a restore brought back, what was theirs at that moment goes.
    pub(super) fn restore(
        &mut self,
        seq: u64,
        folded: &Folded,
        restore: &mut Restore,
    ) -> Result<(), EraseError> {
        if !folded.effects.edited {
            if self.brings_back_theirs(restore) {
                restore.update = Bytes::from_static(NOTHING);
            }
            return Ok(());
        }
        let checked = checked(seq, &restore.update)?;
        self.learn(&checked, None);
        let nothing = Copies::default();
        let copies = self.moments.get(&restore.to).unwrap_or(&nothing);
        restore.update = self.write(seq, &checked, |path, piece, ink| {
            copies.instead(path, &piece.said, ink)
        })?;
        Ok(())
    }

    /// Whether a moment had anything of theirs.
    pub(super) fn brings_back_theirs(&self, restore: &Restore) -> bool {
        let copies = self.moments.get(&restore.to);
        copies.is_some_and(|copies| !copies.is_empty())
    }

    /// Takes in whose an update is that was integrated, and where what it brings lies.
    fn learn(&mut self, update: &CheckedUpdate, by: Option<ParticipantId>) {
        self.paths.learn(update);
        for client in update.shape().spans.keys() {
            self.writers.entry(*client).or_insert(by);
        }
    }

    /// Whether anything in an update is of a client of theirs, or nobody can tell.
    pub(super) fn holds_theirs(&self, update: &Bytes) -> bool {
        let theirs = |client: &u64| self.writers.get(client) == Some(&Some(self.who));
        let update = CheckedUpdate::check(update.clone());
        update.is_ok_and(|update| update.shape().spans.keys().any(theirs))
    }

    /// Writes an update anew with other words in the same structure.
    fn write(
        &self,
        seq: u64,
        update: &CheckedUpdate,
        instead: impl Fn(&[&str], &Piece<'_>, Ink) -> Option<Vec<u8>>,
    ) -> Result<Bytes, EraseError> {
        // What was too long for the first ink is not for the second.
        for ink in [Ink::Block, Ink::Dash] {
            let reworded = update.reworded(|piece| {
                let mut path = self.paths.of(piece.id);
                path.extend(&piece.keys);
                instead(&path, piece, ink)
            });
            let Some(bytes) = reworded.map_err(|_| EraseError::Update(seq))? else {
                return Ok(update.bytes().clone());
            };
            let anew = CheckedUpdate::check(bytes);
            if let Some(anew) = anew.ok().filter(|anew| anew.shape() == update.shape()) {
                return Ok(anew.into_bytes());
            }
        }
        Err(EraseError::Update(seq))
    }
}

fn checked(seq: u64, update: &Bytes) -> Result<CheckedUpdate, EraseError> {
    CheckedUpdate::check(update.clone()).map_err(|_| EraseError::Update(seq))
}
