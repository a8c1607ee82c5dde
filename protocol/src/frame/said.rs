//! What people may have written in an update: texts, JSON, bytes, each with its place in the update's bytes.
//!
//! The update walker shows it while it measures; erasing ([`crate::erase`]) writes an update anew with other words in the same
//! structure. Ids, clocks, keys and numbers are no part of it.

use std::ops::Range;

use bytes::Bytes;

use super::causality::Id;
use super::error::Malformed;
use super::reader::put_buffer;
use super::update::{self, CheckedUpdate};

/// One such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// Characters of a shared text. Each UTF-16 unit has a clock of its own, so what takes their place must have as many.
    Characters(&'a str),
    /// A text among plain values.
    Text(&'a str),
    /// An embed or the value of a format, as JSON.
    Json(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// One such thing with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The struct that holds it, as (client, clock).
    pub id: (u64, u64),
    /// In a plain object: the keys around it, from the outside in.
    pub keys: Vec<&'a str>,
    /// What it is.
    pub said: Said<'a>,
    /// Its length and its bytes, in the update.
    at: Range<usize>,
}

/// Who is shown what the walker comes by.
pub(super) trait Sink<'a> {
    /// A struct begins.
    fn begin(&mut self, id: Id);
    /// The value of this key follows.
    fn enter(&mut self, key: &'a str);
    /// The value of the last key ends.
    fn leave(&mut self);
    /// Something was said, at these bytes with its length before it.
    fn said(&mut self, at: Range<usize>, said: Said<'a>);
}

/// Nobody: what frames are measured for.
impl<'a> Sink<'a> for () {
    fn begin(&mut self, _: Id) {}
    fn enter(&mut self, _: &'a str) {}
    fn leave(&mut self) {}
    fn said(&mut self, _: Range<usize>, _: Said<'a>) {}
}

#[derive(Default)]
struct Pieces<'a> {
    id: Id,
    keys: Vec<&'a str>,
    all: Vec<Piece<'a>>,
}

impl<'a> Sink<'a> for Pieces<'a> {
    fn begin(&mut self, id: Id) {
        self.id = id;
    }

    fn enter(&mut self, key: &'a str) {
        self.keys.push(key);
    }

    fn leave(&mut self) {
        self.keys.pop();
    }

    fn said(&mut self, at: Range<usize>, said: Said<'a>) {
        let (id, keys) = (self.id, self.keys.clone());
        self.all.push(Piece { id, keys, said, at });
    }
}

impl CheckedUpdate {
    /// Everything that was said in it, in the order of its bytes.
    pub fn pieces(&self) -> Result<Vec<Piece<'_>>, Malformed> {
        let mut pieces = Pieces::default();
        update::show(self, &mut pieces)?;
        Ok(pieces.all)
    }

    /// The same update with other words: `instead` gives what takes a piece's place, or nothing to leave it. `None` when all of it is left.
    /// Whoever calls checks what comes out.
    pub fn reworded(
        &self,
        mut instead: impl FnMut(&Piece<'_>) -> Option<Vec<u8>>,
    ) -> Result<Option<Bytes>, Malformed> {
        let bytes = self.bytes();
        let mut out = Vec::with_capacity(bytes.len());
        let mut copied = 0;
        for piece in self.pieces()? {
            if let Some(words) = instead(&piece) {
                out.extend_from_slice(bytes.get(copied..piece.at.start).unwrap_or_default());
                put_buffer(&mut out, &words);
                copied = piece.at.end;
            }
        }
        if copied == 0 {
            return Ok(None);
        }
        out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
        Ok(Some(out.into()))
    }
}
