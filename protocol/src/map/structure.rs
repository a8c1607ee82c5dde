//! Which texts of a document are its structure: ids, orders, words of closed lists, days, moments, colours. Everything else that is a text
//! was written by somebody.
//!
//! Asked when somebody's words are taken out of a map's history: structure stays, so that what others did in it still fits.

use super::date::{Date, is_rfc3339};
use super::fields::{is_color, is_id};
use super::kinds::{Confidence, LaneKind, MapKind, SourceKind, Status};
use super::order;
use super::schema::{Collection, META, ORDER};

/// Whether the text at this path (root, id of the entry, field, further keys; of the map's own fields without an id) is structure. Text that
/// does not have the form of what belongs there is not.
pub fn is_structure(path: &[&str], text: &str) -> bool {
    match path {
        [META, "kind"] => MapKind::from_word(text).is_some(),
        [META, "currentState"] => is_id(text),
        [META, "review", "lastReviewed"] => Date::parse(text).is_some(),
        [root, _, field @ ..] if Collection::ALL.iter().any(|one| one.root() == *root) => {
            is_structure_of(root, field, text)
        }
        _ => false,
    }
}

fn is_structure_of(root: &str, field: &[&str], text: &str) -> bool {
    match (root, field) {
        (_, [ORDER]) => order::is_key(text),
        ("lanes", ["kind"]) => LaneKind::from_word(text).is_some(),
        ("cards", ["lane" | "stage" | "persona" | "addresses"]) | ("comments", ["card"]) => {
            is_id(text)
        }
        ("cards", ["status"]) => Status::from_word(text).is_some(),
        ("cards", ["confidence"]) => Confidence::from_word(text).is_some(),
        ("cards", ["sources", "kind"]) => SourceKind::from_word(text).is_some(),
        ("cards", ["due" | "lastTouched"]) => Date::parse(text).is_some(),
        ("cards", ["createdAt"]) | ("comments", ["at"]) => is_rfc3339(text),
        ("cards", ["color"]) => is_color(text),
        _ => false,
    }
}

/// Whether the text at this path is a person's name.
pub fn is_name(path: &[&str]) -> bool {
    matches!(
        path,
        ["cards" | "comments", _, "author"] | [META, "review", "by"]
    )
}

/// Whether a text at this path may be a person's name: there, and where people are named who answer for something.
pub fn may_be_name(path: &[&str]) -> bool {
    is_name(path) || matches!(path, ["cards", _, "owner"] | [META, "owner"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erase_2_what_has_the_form_of_structure_where_structure_belongs_is_structure() {
        for (path, text) in [
            (&["meta", "kind"][..], "current-state"),
            (&["meta", "review", "lastReviewed"], "2026-10-01"),
            (&["lanes", "l1", "kind"], "pain"),
            (&["cards", "c1", "lane"], "l1"),
            (&["cards", "c1", "order"], "a0V"),
            (&["cards", "c1", "addresses"], "c2"),
            (&["cards", "c1", "sources", "kind"], "interview"),
            (&["cards", "c1", "createdAt"], "2026-10-02T09:00:00Z"),
            (&["cards", "c1", "color"], "#aabbcc"),
            (&["comments", "m1", "card"], "c1"),
        ] {
            assert!(is_structure(path, text), "{path:?} {text}");
            assert!(!is_structure(path, "what Ana said"), "{path:?}");
        }
    }

    #[test]
    fn erase_2_everything_else_is_somebodys() {
        for path in [
            &["meta", "title"][..],
            &["meta", "owner"],
            &["meta", "lane"],
            &["cards", "c1", "owner"],
            &["cards", "c1", "sources", "title"],
            &["cards", "c1", "lane", "pain"],
            &["notes", "c1", "lane"],
            &["cards"],
            &[],
        ] {
            assert!(!is_structure(path, "l1"), "{path:?}");
        }
    }
}
