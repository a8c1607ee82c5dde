//! Bounds and checks JSON text without building it.
//!
//! Used for presence states, workshop messages, embeds and formats. The nesting is bounded by a
//! scan first, so that no recursive parser ever sees deep text.

use super::error::Fault;
use serde::de::IgnoredAny;

/// Fails when arrays and objects nest deeper than `limit`. Returns how many values the text has at
/// most. Knows strings and brackets only: the text may still not be JSON.
pub(super) fn bound(text: &str, limit: usize) -> Result<usize, Fault> {
    let mut depth = 0usize;
    let mut values = 1usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in text.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                values += 1;
                if depth > limit {
                    return Err(Fault::Depth(limit));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
    }
    Ok(values)
}

/// Fails unless the text is one JSON object that nests at most `limit` deep. Every JSON reader,
/// `JSON.parse` included, then accepts it.
pub(super) fn object(text: &str, limit: usize) -> Result<(), Fault> {
    bound(text, limit)?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|_| Fault::Json)?;
    let blank = [' ', '\t', '\n', '\r'];
    if text.trim_start_matches(blank).starts_with('{') {
        Ok(())
    } else {
        Err(Fault::NotAnObject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_10_brackets_inside_strings_do_not_nest() {
        assert_eq!(bound(r#"{"a":"[[[[\"[[\\"}"#, 1), Ok(2));
        assert_eq!(bound("[[]]", 1), Err(Fault::Depth(1)));
        assert_eq!(bound("[[],[],{}]", 2), Ok(7));
    }

    #[test]
    fn wire_10_only_objects_that_parse_pass() {
        assert_eq!(
            object(r#" {"a":"\ud800"}"#, 2),
            Ok(()),
            "JSON.stringify writes lone surrogates"
        );
        assert_eq!(object("[]", 2), Err(Fault::NotAnObject));
        for text in [
            "",
            "{",
            "{}{}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":1,}",
            "nul",
        ] {
            assert_eq!(object(text, 2), Err(Fault::Json), "{text:?}");
        }
    }
}
