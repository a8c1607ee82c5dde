//! The JSON form in both directions: text to a checked map, a map to text.
//!
//! Called by import, export and the samples. Text is refused, not repaired.

use super::check;
use super::fields::Reader;
use super::journey::JourneyMap;
use super::violation::Violation;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

impl JourneyMap {
    /// Reads a `cairn.map/1` document from its text. A field given twice in one object is refused
    /// (MAP-3): readers that keep the first and readers that keep the last would see two maps.
    pub fn parse(text: &str) -> Result<JourneyMap, Violation> {
        JourneyMap::from_value(once(text).map_err(|error| not_json(&error))?)
    }

    /// Reads a `cairn.map/1` document from untyped JSON.
    pub fn from_value(value: Value) -> Result<JourneyMap, Violation> {
        check::journey(&mut Reader::Strict, value)
    }

    /// The document as untyped JSON. Loses the order of fields, nothing else.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("every key of a map is a string")
    }

    /// The document as indented JSON text, fields in map-format's order, with a final line break.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("every key of a map is a string");
        text.push('\n');
        text
    }

    /// Checks a map that was put together by hand against every rule.
    pub fn check(&self) -> Result<(), Violation> {
        JourneyMap::from_value(self.to_value()).map(|_| ())
    }
}

impl<'de> de::Deserialize<'de> for JourneyMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JourneyMap, D::Error> {
        let value = Once.deserialize(deserializer)?;
        JourneyMap::from_value(value).map_err(de::Error::custom)
    }
}

fn not_json(error: &serde_json::Error) -> Violation {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    Violation {
        path: format!("line {}, column {}", error.line(), error.column()),
        message: format!(
            "not JSON: {}",
            message.strip_suffix(&place).unwrap_or(&message)
        ),
    }
}

fn once(text: &str) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Once.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Any JSON value, each object giving each field once.
struct Once;

impl<'de> DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Once)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(de::Error::custom(format_args!(
                    "field {name:?} is given twice"
                )));
            }
            let value = fields.next_value_seed(Once)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
