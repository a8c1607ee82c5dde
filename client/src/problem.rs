//! What a server says when it refuses: a problem document (RFC 9457), over HTTP and at a socket's
//! upgrade alike.

use std::fmt;

use serde::Deserialize;

/// A problem document. Members a server leaves out are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Names the kind of problem.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The kind, in a few words.
    #[serde(default)]
    pub title: String,
    /// What happened this time, and what to do.
    #[serde(default)]
    pub detail: String,
    /// The field of the request that broke a rule, such as `cards[12].stage`.
    #[serde(default)]
    pub path: Option<String>,
    /// The rule of SPEC.md.
    #[serde(default)]
    pub rule: Option<String>,
}

/// An HTTP answer that is a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The problem document, if the answer held one.
    pub problem: Option<Box<Problem>>,
}

impl Refusal {
    /// Reads the body of a refusal; whatever is not a problem document is left out.
    pub(crate) fn new(status: u16, body: &[u8]) -> Self {
        Self {
            status,
            problem: serde_json::from_slice(body).ok(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        let Some(problem) = &self.problem else {
            return f.write_str(match self.status {
                401 => ": the token opens nothing; ask for a new invite",
                403 => ": not allowed",
                404 => ": there is nothing at this address",
                429 => ": too many requests, try again later",
                _ => "",
            });
        };
        let said = if problem.detail.is_empty() {
            &problem.title
        } else {
            &problem.detail
        };
        match &problem.path {
            Some(path) => write!(f, ": {path}: {said}"),
            None => write!(f, ": {said}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_the_problem_document_says() {
        let body = br#"{"type":"about:blank","title":"Unprocessable","status":422,
            "detail":"no stage \"s9\"","path":"cards[12].stage","rule":"MAP-4"}"#;
        let refusal = Refusal::new(422, body);
        assert_eq!(
            refusal.to_string(),
            "HTTP 422: cards[12].stage: no stage \"s9\""
        );
        assert_eq!(
            refusal.problem.and_then(|problem| problem.rule).as_deref(),
            Some("MAP-4")
        );
    }

    #[test]
    fn a_refusal_without_a_document_still_says_what_to_do() {
        let refusal = Refusal::new(401, b"<html>");
        assert_eq!(refusal.problem, None);
        assert!(
            refusal.to_string().contains("ask for a new invite"),
            "{refusal}"
        );
    }
}
