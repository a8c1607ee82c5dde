//! The journey map: typed, as JSON, and as a shared document; and the ways between the three.
//!
//! ```text
//! text ──parse──▶ JourneyMap ──fill──▶ Y.Doc
//! text ◀─to_json─ JourneyMap ◀──read── Y.Doc ◀── write operations, any client
//! ```
//!
//! Called by import and export, by the room for titles, by the client and the simulation; [`health`] judges. Reads no
//! clock and draws no randomness: ids, client ids and dates are arguments.

pub mod bounds;
mod cell;
mod check;
pub mod compare;
mod date;
mod edit;
mod encode;
mod entries;
mod fields;
pub mod health;
mod journey;
mod json;
mod kinds;
mod mirror;
pub mod order;
mod places;
mod read;
mod samples;
pub mod schema;
mod structure;
mod templates;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod values;
mod violation;
mod write;

pub use cell::{Whereabouts, card_lies, comment_card, comment_lies};
pub use date::{Date, is_rfc3339};
pub use edit::{
    EditError, Place, add_card, add_comment, add_lane, add_persona, add_stage, last_order,
    move_card, move_entry, order_at, remove, set_field, set_list, set_map_field, set_map_text,
    set_text,
};
pub use encode::{encode_diff, encode_state};
pub(crate) use fields::is_id as is_entry_id;
pub use journey::{Card, Comment, JourneyMap, Lane, Persona, Review, Source, Stage};
pub use kinds::{Confidence, LaneKind, Layer, MapKind, SourceKind, Status};
pub(crate) use mirror::NOTHING;
pub use mirror::mirror;
pub use places::{Places, Row, places};
pub use read::{current_state, kind, last_reviewed, read, read_noting, review_due, title};
pub use samples::{SAMPLES, sample};
pub use schema::{Collection, new_doc};
pub use structure::{is_name, is_structure, may_be_name};
pub use templates::{blank, template};
pub(crate) use values::number;
pub use values::{Figure, Unknown};

pub use crate::score::Score;
pub use violation::Violation;
pub use write::{cards_to_update, fill, to_update};
