//! How large a map in its JSON form may be: every bound in one place, each with its reason.
//!
//! Called by the checks of the JSON form and by the write operations. The size of a whole request
//! body is the server's bound, not this module's.

/// Longest id, in characters (map-format).
pub const MAX_ID: usize = 64;

/// Longest text of a known field, in code points: some ten printed pages, far beyond any card.
pub const MAX_TEXT: usize = 20_000;

/// Deepest nesting of an unknown field (map-format). A plain value has depth 0, `[1]` has depth 1.
pub const MAX_NESTING: usize = 32;

/// Most cards in a map: what the document benches are measured with.
pub const MAX_CARDS: usize = 20_000;

/// Most comments in a map: one a card at the largest.
pub const MAX_COMMENTS: usize = 20_000;

/// Most stages, most lanes and most personas: a grid beyond this cannot be drawn usefully.
pub const MAX_AXIS: usize = 200;

/// Most items in a list field (`goals`, `needs`, `frustrations`, `sources`, `addresses`).
pub const MAX_LIST: usize = 1_000;

/// Longest review cadence in days (a century).
pub const MAX_REVIEW_DAYS: u32 = 36_500;
