//! The small values a card carries: a figure, a field nobody here knows. A feeling is a [`Score`](crate::score::Score).
//!
//! Numbers are IEEE doubles, as in JavaScript; an integral one is written without a fraction.

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// Fields this version does not know, kept for the round trip. Sorted by name: a Y.Map has no
/// order, so the original one cannot survive the document.
pub type Unknown = BTreeMap<String, Value>;

/// A number, or what stands for one ("about 40 %").
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A finite double.
    Number(f64),
    /// Never empty.
    Text(String),
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Number(value) => number(*value).serialize(serializer),
            Figure::Text(text) => text.serialize(serializer),
        }
    }
}

/// The JSON of a double: an integer where it is one (and −0 is 0), null where JSON has no number.
pub(crate) fn number(value: f64) -> Value {
    // Both bounds are exact doubles; within them every integral double is exactly its integer.
    const I64_MIN: f64 = -9_223_372_036_854_775_808.0;
    const U64_END: f64 = 18_446_744_073_709_551_616.0;
    if value.fract() == 0.0 && (I64_MIN..0.0).contains(&value) {
        return Value::Number(Number::from(value as i64));
    }
    if value.fract() == 0.0 && (0.0..U64_END).contains(&value) {
        #[expect(clippy::cast_sign_loss, reason = "the range begins at zero")]
        return Value::Number(Number::from(value as u64));
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// A JSON value whose numbers are all as a double has them.
pub(super) fn canonical(value: Value) -> Value {
    match value {
        Value::Number(n) => number(n.as_f64().unwrap_or(f64::NAN)),
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name, canonical(value)))
                .collect(),
        ),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// Whether a value nests at most `levels` deep: a plain value 0, `[1]` 1.
pub(super) fn nests_within(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(items) => {
            levels > 0 && items.iter().all(|item| nests_within(item, levels - 1))
        }
        Value::Object(fields) => {
            levels > 0 && fields.values().all(|field| nests_within(field, levels - 1))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_6_an_integral_number_is_written_without_a_fraction() {
        let written = |n: f64| number(n).to_string();
        assert_eq!(written(2.0), "2");
        assert_eq!(written(-0.0), "0");
        assert_eq!(written(0.5), "0.5");
        assert_eq!(written(-9_007_199_254_740_993.0), "-9007199254740992");
        assert_eq!(written(9_223_372_036_854_775_808.0), "9223372036854775808");
        assert_eq!(
            written(18_446_744_073_709_551_616.0),
            "1.8446744073709552e+19"
        );
        assert_eq!(written(f64::NAN), "null");
        assert_eq!(
            canonical(serde_json::json!([1.0, {"a": -3.0}])).to_string(),
            r#"[1,{"a":-3}]"#
        );
    }
}
