//! The Y.Doc of a map: its roots, and which fields are shared texts and lists.
//!
//! The web client follows the same table. Called by whoever builds a document; must never draw a
//! random number: two processes that build the same document get the same bytes.

use super::kinds::LaneKind;
use yrs::{ClientID, Doc, OffsetKind, Options};

/// The value of `format` in the JSON form.
pub const FORMAT: &str = "cairn.map/1";

/// Root with the map's own fields.
pub const META: &str = "meta";

/// The key of the fractional index in every entry (see [`super::order`]). Not part of the JSON form.
pub const ORDER: &str = "order";

/// Fields of `meta` that are a Y.Text, created with the document.
pub const META_TEXTS: &[&str] = &["title", "scenario", "goal"];

/// The five root collections. Each is a Y.Map of entries by id; each entry is a Y.Map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Collection {
    /// Whose journey it is.
    Personas,
    /// The columns.
    Stages,
    /// The rows.
    Lanes,
    /// All cards of the map.
    Cards,
    /// Remarks on cards.
    Comments,
}

impl Collection {
    /// All five, in the JSON form's order.
    pub const ALL: [Collection; 5] = [
        Collection::Personas,
        Collection::Stages,
        Collection::Lanes,
        Collection::Cards,
        Collection::Comments,
    ];

    /// The name of the root type, which is the name of the JSON array.
    pub const fn root(self) -> &'static str {
        match self {
            Collection::Personas => "personas",
            Collection::Stages => "stages",
            Collection::Lanes => "lanes",
            Collection::Cards => "cards",
            Collection::Comments => "comments",
        }
    }

    /// What one entry is called in errors.
    pub const fn entry(self) -> &'static str {
        match self {
            Collection::Personas => "persona",
            Collection::Stages => "stage",
            Collection::Lanes => "lane",
            Collection::Cards => "card",
            Collection::Comments => "comment",
        }
    }

    /// Fields that are a Y.Text wherever they occur.
    pub const fn texts(self) -> &'static [&'static str] {
        match self {
            Collection::Personas => &["name", "role", "quote", "bio"],
            Collection::Stages => &["title", "description"],
            Collection::Lanes => &["title"],
            Collection::Cards => &["text", "actual", "quote"],
            Collection::Comments => &["text"],
        }
    }

    /// Fields that are a Y.Array of plain JSON values wherever they occur.
    pub const fn lists(self) -> &'static [&'static str] {
        match self {
            Collection::Personas => &["goals", "needs", "frustrations"],
            Collection::Cards => &["sources", "addresses"],
            Collection::Stages | Collection::Lanes | Collection::Comments => &[],
        }
    }

    /// Whether a text or list field is created with its entry, even when empty, so that two people
    /// who start typing at once share it. For cards it depends on the lane they are in.
    pub fn starts_with(self, field: &str, lane: Option<LaneKind>) -> bool {
        match (self, field) {
            (Collection::Cards, "actual") => lane == Some(LaneKind::Expectation),
            (Collection::Cards, "quote") => lane == Some(LaneKind::Emotion),
            (Collection::Cards, "addresses") => lane == Some(LaneKind::Opportunity),
            _ => self.texts().contains(&field) || self.lists().contains(&field),
        }
    }
}

/// An empty document with its six roots. `client_id` must be unused in every replica the document
/// will ever meet, and fit 53 bits (a JavaScript number); higher bits are dropped.
pub fn new_doc(client_id: u64) -> Doc {
    let doc = bare_doc(client_id);
    doc.get_or_insert_map(META);
    for collection in Collection::ALL {
        doc.get_or_insert_map(collection.root());
    }
    doc
}

/// The same without roots: for who gives them another kind. A root has none on the wire.
pub(crate) fn bare_doc(client_id: u64) -> Doc {
    const JS_SAFE: u64 = (1 << 53) - 1;
    // A fixed guid: it is never sent, and a random one would be the only randomness here.
    let mut options =
        Options::with_guid_and_client_id("cairn.map".into(), ClientID::new(client_id & JS_SAFE));
    // Yjs counts UTF-16 code units.
    options.offset_kind = OffsetKind::Utf16;
    // Deleted content is collected; history comes from the journal.
    options.skip_gc = false;
    Doc::with_options(options)
}
