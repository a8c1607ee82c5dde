//! How a text was reworded, word by word.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// Some words of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Word {
    /// On which side they are.
    pub kind: WordKind,
    /// With the spaces around them.
    pub text: String,
}

/// On which side words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum WordKind {
    /// On both.
    Same,
    /// On the earlier only.
    Removed,
    /// On the later only.
    Added,
}

/// All words of both texts in order; neighbours of one kind are one.
pub(super) fn between(before: &str, after: &str) -> Vec<Word> {
    let difference = TextDiff::from_words(before, after);
    let mut words = Vec::<Word>::new();
    for change in difference.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => WordKind::Same,
            ChangeTag::Delete => WordKind::Removed,
            ChangeTag::Insert => WordKind::Added,
        };
        match words.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.text.push_str(change.value()),
            None => words.push(Word {
                kind,
                text: change.value().to_owned(),
            }),
        }
    }
    words
}
