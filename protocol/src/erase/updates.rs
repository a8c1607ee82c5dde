//! The updates in a journal, each in the structure it had: edits by whose each struct is, what the server made by what it was made from.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::again::{Docs, Entry, Texts};
use super::brought::{Brought, Looking};
use super::words::{Ink, NAME, blank, erased_words};
use super::{EraseError, Eraser, cards};
use crate::fold::Folded;
use crate::frame::{CheckedUpdate, Paths, Piece, Said};
use crate::id::ParticipantId;
use crate::map::{NOTHING, may_be_name};
use crate::record::{Body, Hash, Record, Restore, Reveal};

/// An edit that the fold has not looked at yet.
pub(super) struct Coming {
    update: CheckedUpdate,
    /// The entries it would delete, with what they say.
    ending: BTreeMap<Entry, Texts>,
}

impl Eraser {
    /// What must be known of an edit before the fold takes it in; nothing where it cannot be read.
    pub(super) fn edit_to_come(&self, record: &Record) -> Option<Coming> {
        let Body::Edit(update) = &record.body else {
            return None;
        };
        let update = CheckedUpdate::check(update.clone()).ok()?;
        let ending = self.again.ending(&update, &self.paths, self.docs());
        Some(Coming { update, ending })
    }

    fn docs(&self) -> Docs<'_> {
        Docs {
            before: self.before.doc(),
            after: self.after.doc(),
        }
    }

    /// An edit keeps its structure; one that came to nothing keeps nothing.
    pub(super) fn edit(
        &mut self,
        record: &Record,
        folded: Option<&Folded>,
        coming: Option<Coming>,
        update: &Bytes,
    ) -> Result<Bytes, EraseError> {
        if !edited(folded) {
            let holds_theirs = self.is_by_them(record) || self.holds_theirs(update);
            return Ok(if holds_theirs {
                Bytes::from_static(NOTHING)
            } else {
                update.clone()
            });
        }
        let Coming { update, ending } = coming.ok_or(EraseError::Update(record.seq))?;
        self.take_in(&update, record.actor.participant());
        self.again.took(record.actor, &update, &self.paths, ending);
        let said = said(record.seq, &self.paths, &update)?;
        let others: Vec<(Vec<&str>, Piece<'_>)> = said
            .iter()
            .filter(|(_, piece)| !self.is_theirs(piece))
            .cloned()
            .collect();
        let brought = self.brought(record, &others);
        let anew = write(record.seq, &update, &said, |path, piece, ink| {
            if self.is_theirs(piece) {
                return erased_words(path, &piece.said, ink);
            }
            let name = self.instead_of_name(path, piece, ink);
            name.or_else(|| self.again.instead(&brought, path, piece, ink))
        })?;
        self.again.learn(&said, &pieces(record.seq, &anew)?);
        Ok(anew.into_bytes())
    }

    /// What others' structs in an edit bring again of theirs.
    fn brought(&self, record: &Record, others: &[(Vec<&str>, Piece<'_>)]) -> Brought {
        let parked = self.before.parked().iter();
        let parked = parked.filter(|note| note.by == Some(self.who));
        let parked: Vec<&str> = parked.map(|note| note.text.as_str()).collect();
        let looking = Looking {
            again: &self.again,
            docs: self.docs(),
            actor: record.actor,
            said: others,
            parked: &parked,
        };
        looking.brought()
    }

    fn is_theirs(&self, piece: &Piece<'_>) -> bool {
        self.writers.get(&piece.id.0) == Some(&Some(self.who))
    }

    /// What takes the place of their name, whoever wrote it.
    fn instead_of_name(&self, path: &[&str], piece: &Piece<'_>, ink: Ink) -> Option<Vec<u8>> {
        let Said::Text(text) = piece.said else {
            return None;
        };
        let by = self.writers.get(&piece.id.0).copied().flatten();
        let is_theirs = may_be_name(path) && self.called.names(text, self.who, by);
        is_theirs.then(|| match ink {
            Ink::Block => NAME.into(),
            Ink::Dash => blank(text).into(),
        })
    }

    /// Of the cards that a reveal shows, theirs go. It names the drafts by their words, so that name is made anew.
    pub(super) fn reveal(
        &mut self,
        seq: u64,
        folded: Option<&Folded>,
        reveal: &mut Reveal,
        drafts: &[String],
    ) -> Result<(), EraseError> {
        if edited(folded) {
            let checked = checked(seq, &reveal.update)?;
            let name = self
                .before
                .person(self.who)
                .map_or("", |person| &person.name);
            let cards = cards::of_writer(&checked, name, drafts);
            reveal.update = self.write_own(seq, &checked, |path, piece, ink| {
                let theirs = matches!(path, ["cards", id, ..] if cards.contains(*id));
                theirs
                    .then(|| erased_words(path, &piece.said, ink))
                    .flatten()
            })?;
        } else if !drafts.is_empty() {
            reveal.update = Bytes::from_static(NOTHING);
        }
        if folded.is_some_and(|folded| folded.outcome.is_ok()) {
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
        folded: Option<&Folded>,
        restore: &mut Restore,
    ) -> Result<(), EraseError> {
        if !edited(folded) {
            if self.brings_back_theirs(restore) {
                restore.update = Bytes::from_static(NOTHING);
            }
            return Ok(());
        }
        let checked = checked(seq, &restore.update)?;
        let copies = self.moments.remove(&restore.to).unwrap_or_default();
        restore.update = self.write_own(seq, &checked, |path, piece, ink| {
            copies.instead(path, &piece.said, ink)
        })?;
        // It may be restored again.
        self.moments.insert(restore.to, copies);
        Ok(())
    }

    /// Whether a moment had anything of theirs.
    fn brings_back_theirs(&self, restore: &Restore) -> bool {
        let copies = self.moments.get(&restore.to);
        copies.is_some_and(|copies| !copies.is_empty())
    }

    /// Takes in whose an update is that was integrated, and where what it brings lies.
    fn take_in(&mut self, update: &CheckedUpdate, by: Option<ParticipantId>) {
        self.paths.learn(update);
        for client in update.shape().spans.keys() {
            self.writers.entry(*client).or_insert(by);
        }
    }

    /// Whether an update that came to nothing says anything of theirs, or nobody can tell.
    fn holds_theirs(&self, update: &Bytes) -> bool {
        let Ok(update) = CheckedUpdate::check(update.clone()) else {
            return true;
        };
        let theirs = |client: &u64| self.writers.get(client) == Some(&Some(self.who));
        if update.shape().spans.keys().any(theirs) {
            return true;
        }
        let says_theirs = |piece: &Piece<'_>| match piece.said {
            Said::Text(text) if self.called.names(text, self.who, None) => true,
            said @ (Said::Characters(_) | Said::Text(_) | Said::Json(_) | Said::Bytes(_)) => {
                self.again.may_be(&said)
            }
        };
        update
            .pieces()
            .map_or(true, |pieces| pieces.iter().any(says_theirs))
    }

    /// Writes an update anew that the server made and that was integrated.
    fn write_own(
        &mut self,
        seq: u64,
        update: &CheckedUpdate,
        instead: impl Fn(&[&str], &Piece<'_>, Ink) -> Option<Vec<u8>>,
    ) -> Result<Bytes, EraseError> {
        self.take_in(update, None);
        let said = said(seq, &self.paths, update)?;
        let anew = write(seq, update, &said, instead)?;
        self.again.learn(&said, &pieces(seq, &anew)?);
        Ok(anew.into_bytes())
    }
}

/// Whether the fold took an update in.
fn edited(folded: Option<&Folded>) -> bool {
    folded.is_some_and(|folded| folded.effects.edited)
}

fn checked(seq: u64, update: &Bytes) -> Result<CheckedUpdate, EraseError> {
    CheckedUpdate::check(update.clone()).map_err(|_| EraseError::Update(seq))
}

fn pieces(seq: u64, update: &CheckedUpdate) -> Result<Vec<Piece<'_>>, EraseError> {
    update.pieces().map_err(|_| EraseError::Update(seq))
}

/// What an update says, each with its path: keys around it included.
fn said<'a>(
    seq: u64,
    paths: &'a Paths,
    update: &'a CheckedUpdate,
) -> Result<Vec<(Vec<&'a str>, Piece<'a>)>, EraseError> {
    let with_path = |piece: Piece<'a>| {
        let mut path = paths.of(piece.id);
        path.extend(&piece.keys);
        (path, piece)
    };
    Ok(pieces(seq, update)?.into_iter().map(with_path).collect())
}

/// Writes an update that says this anew, with other words in the same structure.
pub(super) fn write(
    seq: u64,
    update: &CheckedUpdate,
    said: &[(Vec<&str>, Piece<'_>)],
    instead: impl Fn(&[&str], &Piece<'_>, Ink) -> Option<Vec<u8>>,
) -> Result<CheckedUpdate, EraseError> {
    // What was too long for the first ink is not for the second.
    for ink in [Ink::Block, Ink::Dash] {
        let mut paths = said.iter();
        let reworded = update.reworded(|piece| {
            let (path, _) = paths.next()?;
            instead(path, piece, ink)
        });
        let Some(bytes) = reworded.map_err(|_| EraseError::Update(seq))? else {
            return Ok(update.clone());
        };
        let anew = CheckedUpdate::check(bytes);
        if let Some(anew) = anew.ok().filter(|anew| anew.shape() == update.shape()) {
            return Ok(anew);
        }
    }
    Err(EraseError::Update(seq))
}
