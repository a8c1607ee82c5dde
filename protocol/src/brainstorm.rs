//! What a brainstorm is made of: what is asked and where (DRAFT-1), and the name of a draft. The drafts themselves are the fold's.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::agenda::Focus;
use crate::limits;

/// A draft, named by its writer: the form of an entry id, unique among the writer's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftId(#[n(0)] pub String);

/// What everyone is asked to write about. Nothing changes it before the reveal: who writes knows how it will be shown.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BrainstormSetup {
    /// 1 to 200 characters.
    #[n(0)]
    pub prompt: String,
    /// Where on the map cards can be written.
    #[n(1)]
    #[serde(default)]
    pub focus: Focus,
    /// Whether the revealed cards say who wrote them; told to everyone while they write.
    #[n(2)]
    #[serde(default)]
    pub signed: bool,
}

impl BrainstormSetup {
    /// What is wrong with it, if anything (DRAFT-1).
    pub fn flaw(&self) -> Option<String> {
        let chars = self.prompt.chars().count();
        if self.prompt.trim().is_empty() || chars > limits::QUESTION_CHARS {
            let most = limits::QUESTION_CHARS;
            return Some(format!(
                "a brainstorm's question has 1 to {most} characters"
            ));
        }
        self.focus.flaw()
    }
}
