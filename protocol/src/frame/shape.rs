//! What an update holds, for deciding what to do with it before any document is touched.
//!
//! Made by the update walker; asked by the guard and the fold, each with the clocks its document
//! has. State vectors here are plain maps from client to the number of clocks known of it.

use super::ids::IdRanges;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The structs an update brings, what they rest on, and what it deletes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateShape {
    /// Clocks of the structs contained, by client: from the first to past the last. Gaps inside
    /// are in [`Self::skips`].
    pub spans: BTreeMap<u64, Range<u64>>,
    /// How many clocks of a client must exist, outside or inside this update, before all of it
    /// can be integrated: past every origin, right origin and parent of another client, and up to
    /// the start of each span.
    pub needs: BTreeMap<u64, u64>,
    /// Clocks this update deletes.
    pub deletes: IdRanges,
    /// Gaps: clocks that the update leaves out of a span.
    pub skips: IdRanges,
    /// Whether the update was sent with gap structs, inside a span or not.
    pub has_skip: bool,
    /// The shared types it creates.
    pub types: TypeNesting,
    /// Structs outside the update that its characters, embeds and formats sit in or beside: what
    /// holds them must be a text.
    pub characters: Neighbours,
    /// Which of its structs are map entries.
    pub entries: Entries,
}

/// How deep the shared types of an update nest, and what they hang from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeNesting {
    /// Longest chain of types nested in each other within the update; 0 if it creates none.
    pub deepest: u32,
    /// Structs outside the update that a created type, or something above it, is in or beside.
    pub hangs_from: Neighbours,
}

/// Structs outside an update, as (client, clock), next to which its own are placed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Named as the parent.
    pub inside: BTreeSet<(u64, u64)>,
    /// Named as a left or right origin: the parent is the same as theirs.
    pub beside: BTreeSet<(u64, u64)>,
}

/// Which structs are entries of a map, each under its key. All others are children, in a row. (XML elements and texts have both.)
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// Clocks of those that the update shows to be entries.
    pub certain: IdRanges,
    /// Those that are what a struct outside the update is: entries, if it is one.
    pub alike: Vec<Alike>,
    /// Structs outside the update, as (client, clock), that must be no entries, because its own are put between them.
    pub children: BTreeSet<(u64, u64)>,
}

/// Structs that were put after another, and so are of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The structs' client.
    pub client: u64,
    /// Their clocks.
    pub clocks: Range<u64>,
    /// What they were put after, as (client, clock).
    pub like: (u64, u64),
}

impl Entries {
    /// The clocks that are entries, given those of the document.
    pub(super) fn given(&self, document: &IdRanges) -> IdRanges {
        let mut entries = self.certain.clone();
        for alike in &self.alike {
            if document.contains(alike.like) {
                entries.insert(alike.client, alike.clocks.clone());
            }
        }
        entries
    }
}

impl UpdateShape {
    /// Whether the update brings nothing at all: no struct, no deletion. Stock clients send such
    /// updates in answer to a first sync.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.deletes.is_empty()
    }

    /// How many clocks of `client` are known once this update is integrated on top of `known`.
    fn reach(&self, known: &BTreeMap<u64, u64>, client: u64) -> u64 {
        let have = known.get(&client).copied().unwrap_or(0);
        self.spans.get(&client).map_or(have, |span| {
            if span.start <= have {
                have.max(span.end)
            } else {
                have
            }
        })
    }

    /// Whether a document that knows `known` can integrate all of it: nothing would wait for
    /// structs that are not there, nothing would leave a gap, no deletion reaches past what exists.
    ///
    /// Stricter than yrs, which fills a gap before a struct that rests on nothing with a
    /// placeholder where Yjs waits: replicas must not differ in that.
    pub fn is_complete_for(&self, known: &BTreeMap<u64, u64>) -> bool {
        let have = |client| known.get(&client).copied().unwrap_or(0);
        self.needs
            .iter()
            .all(|(client, clock)| *clock <= self.reach(known, *client))
            && self
                .skips
                .iter()
                .all(|(client, gap)| gap.end <= have(client))
            && self
                .deletes
                .iter()
                .all(|(client, range)| range.end <= self.reach(known, client))
    }

    /// Whether the update holds a struct that a document knowing `known` lacks.
    pub fn brings_structs(&self, known: &BTreeMap<u64, u64>) -> bool {
        self.spans
            .iter()
            .any(|(client, span)| span.end > known.get(client).copied().unwrap_or(0))
    }
}
