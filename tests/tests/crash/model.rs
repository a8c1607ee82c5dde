//! What one participant typed, as the test remembers it: the states their own part of the map went through, how far
//! the server acknowledged them, and the tokens they put into the text that all share.

use std::collections::BTreeSet;

use cairn_protocol::map::{self, Collection};
use serde_json::{Value, json};
use yrs::{GetString, Map, MapRef, Out, ReadTxn, TextRef};

/// A participant's own part of the map: one card that nobody else touches, and comments on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// The card's text; `None` before it was made.
    pub(crate) text: Option<String>,
    /// A plain field of the card.
    pub(crate) count: u64,
    /// Ids of the comments.
    pub(crate) comments: BTreeSet<String>,
}

/// The field that holds [`Own::count`].
pub(crate) const COUNT: &str = "x-count";

impl Own {
    /// Reads the part of participant `who` from a document.
    #[expect(clippy::cast_sign_loss, reason = "the typist counts up from 0")]
    pub(crate) fn read<T: ReadTxn>(txn: &T, who: &str) -> Self {
        let root = |collection: Collection| txn.get_map(collection.root());
        let card = root(Collection::Cards)
            .and_then(|cards| cards.get(txn, &card_id(who))?.cast::<MapRef>().ok());
        let text = card
            .as_ref()
            .and_then(|card| card.get(txn, "text")?.cast::<TextRef>().ok());
        let count = match card.as_ref().and_then(|card| card.get(txn, COUNT)) {
            Some(Out::Any(any)) => serde_json::to_value(any)
                .ok()
                .and_then(|value| value.as_f64())
                .unwrap_or(0.0),
            _ => 0.0,
        };
        let prefix = comment_prefix(who);
        let comments = root(Collection::Comments).map(|comments| {
            comments
                .keys(txn)
                .filter(|id| id.starts_with(&prefix))
                .map(str::to_owned)
                .collect()
        });
        Self {
            text: text.map(|text| text.get_string(txn)),
            count: count as u64,
            comments: comments.unwrap_or_default(),
        }
    }
}

/// The card of participant `who`.
pub(crate) fn card_id(who: &str) -> String {
    format!("card-{who}")
}

/// What the ids of their comments begin with.
pub(crate) fn comment_prefix(who: &str) -> String {
    format!("comment-{who}-")
}

/// The text that all share, as its tokens in order. Panics when it holds anything but whole tokens.
pub(crate) fn shared_tokens<T: ReadTxn>(txn: &T) -> Vec<String> {
    let text = shared_text(txn)
        .map(|text| text.get_string(txn))
        .unwrap_or_default();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(inner) = rest.strip_prefix('⟨') {
        let Some((token, after)) = inner.split_once('⟩') else {
            break;
        };
        tokens.push(token.to_owned());
        rest = after;
    }
    assert!(rest.is_empty(), "the shared text is torn at {rest:?}");
    tokens
}

/// The text that all share: the map's scenario.
pub(crate) fn shared_text<T: ReadTxn>(txn: &T) -> Option<TextRef> {
    txn.get_map(map::schema::META)?
        .get(txn, "scenario")?
        .cast::<TextRef>()
        .ok()
}

/// What a participant did so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// After each of their edits, the newest last. The first is before any.
    pub(crate) states: Vec<Own>,
    /// Tokens put into the shared text, with the number of the edit that did.
    pub(crate) tokens: Vec<(usize, String)>,
    /// Everything up to this edit is acknowledged.
    pub(crate) acknowledged: usize,
}

impl History {
    pub(crate) fn new() -> Self {
        Self {
            states: vec![Own::default()],
            ..Self::default()
        }
    }

    /// The number of the last edit.
    pub(crate) fn last(&self) -> usize {
        self.states.len() - 1
    }
}

/// What a document holds of everyone's, taken in one look.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// Own parts, in the order of participants.
    pub(crate) own: Vec<Own>,
    /// The shared text's tokens.
    pub(crate) tokens: Vec<String>,
    /// The whole map in its JSON form.
    pub(crate) whole: Value,
}

impl Seen {
    pub(crate) fn read<T: ReadTxn>(txn: &T, names: &[String]) -> Self {
        Self {
            own: names.iter().map(|who| Own::read(txn, who)).collect(),
            tokens: shared_tokens(txn),
            whole: serde_json::to_value(map::read(txn))
                .unwrap_or_else(|error| json!(error.to_string())),
        }
    }

    /// Panics unless everything acknowledged is here, and nothing that was never typed.
    pub(crate) fn holds_what_was_acknowledged(
        &self,
        names: &[String],
        histories: &[History],
        place: &str,
    ) {
        for ((who, own), history) in names.iter().zip(&self.own).zip(histories) {
            let acknowledged = history.acknowledged;
            let found = history.states[acknowledged..]
                .iter()
                .any(|state| state == own);
            assert!(
                found,
                "CRASH-1, {place}: {who}'s part is in none of the states from edit {acknowledged} (acknowledged) to {} (last).\n  \
                 found {own:?}\n  acknowledged {:?}",
                history.last(),
                history.states[acknowledged]
            );
            for (edit, token) in &history.tokens {
                let times = self.tokens.iter().filter(|seen| *seen == token).count();
                let fewest = usize::from(*edit <= acknowledged);
                assert!(
                    (fewest..=1).contains(&times),
                    "CRASH-1, {place}: {who}'s token {token} of edit {edit} (acknowledged up to {acknowledged}) is there {times} times"
                );
            }
        }
        let typed: BTreeSet<&str> = histories
            .iter()
            .flat_map(|history| &history.tokens)
            .map(|(_, token)| token.as_str())
            .collect();
        let foreign: Vec<_> = self
            .tokens
            .iter()
            .filter(|token| !typed.contains(token.as_str()))
            .collect();
        assert!(
            foreign.is_empty(),
            "CRASH-1, {place}: nobody typed {foreign:?}"
        );
    }
}
