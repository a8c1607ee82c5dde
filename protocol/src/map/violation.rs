//! A broken rule of the JSON form: where it is and what is wrong with it.
//!
//! Made by the checks; shown to people by import, and sent as `path` in problem documents.

use std::fmt;

/// One broken rule, displayed like `cards[12].stage: no stage "s9"`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Violation {
    /// The offending field (`cards[12].stage`), `map` for the document as a whole, or
    /// `line 3, column 7` where the text is not JSON at all.
    pub path: String,
    /// What is wrong and, where it is not obvious, what would be right.
    pub message: String,
}

/// A place in the document, kept as links to the places around it: no text is built until a rule
/// is broken.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Map,
    Field(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    pub(super) const MAP: At<'static> = At {
        up: None,
        step: Step::Map,
    };

    pub(super) fn field(&'a self, name: &'a str) -> At<'a> {
        At {
            up: Some(self),
            step: Step::Field(name),
        }
    }

    pub(super) fn item(&'a self, index: usize) -> At<'a> {
        At {
            up: Some(self),
            step: Step::Item(index),
        }
    }

    pub(super) fn broken(&self, message: impl Into<String>) -> Violation {
        Violation {
            path: self.to_string(),
            message: message.into(),
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outer = self.up.filter(|up| !matches!(up.step, Step::Map));
        if let Some(outer) = outer {
            outer.fmt(f)?;
        }
        match self.step {
            Step::Map => f.write_str("map"),
            Step::Field(name) if outer.is_some() => write!(f, ".{name}"),
            Step::Field(name) => f.write_str(name),
            Step::Item(index) => write!(f, "[{index}]"),
        }
    }
}
