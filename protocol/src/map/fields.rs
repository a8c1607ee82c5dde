//! One JSON object being taken apart, field by field, each against its rule.
//!
//! Called by `check` only. The same rules serve two readers: the strict one stops at the first
//! broken rule (import); the tolerant one notes it and reads the field as absent (a document any
//! client may have written into).

use super::bounds::{MAX_ID, MAX_LIST, MAX_NESTING, MAX_TEXT};
use super::date::{Date, is_rfc3339};
use super::kinds::Word;
use super::values::{Figure, Unknown, canonical, nests_within};
use super::violation::{At, Violation};
use crate::score::Score;
use serde_json::{Map, Value};

/// Notes kept by a tolerant reading. A hostile document must not fill memory with complaints.
const MAX_NOTES: usize = 100;

/// What a reader does with a broken rule.
pub(super) enum Reader {
    /// Refuse the document.
    Strict,
    /// Note it and go on without the field, item or entry.
    Tolerant(Vec<Violation>),
}

impl Reader {
    /// Reports a broken rule: an error for the strict reader, a note for the tolerant one.
    pub(super) fn broken(&mut self, at: &At, message: impl Into<String>) -> Result<(), Violation> {
        match self {
            Reader::Strict => Err(at.broken(message)),
            Reader::Tolerant(notes) => {
                if notes.len() < MAX_NOTES {
                    notes.push(at.broken(message));
                }
                Ok(())
            }
        }
    }
}

/// Whether this may be an id.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=MAX_ID).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The fields of one object that have not been read yet.
pub(super) struct Fields<'r, 'a> {
    pub(super) reader: &'r mut Reader,
    pub(super) at: &'a At<'a>,
    left: Map<String, Value>,
}

impl<'r, 'a> Fields<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader, at: &'a At<'a>, left: Map<String, Value>) -> Self {
        Fields { reader, at, left }
    }

    /// Reports a broken rule of the field `name`.
    pub(super) fn broken(
        &mut self,
        name: &str,
        message: impl Into<String>,
    ) -> Result<(), Violation> {
        self.reader.broken(&self.at.field(name), message)
    }

    /// The field's value; null equals absent (MAP-7).
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name).filter(|value| !value.is_null())
    }

    fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Value) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>, Violation> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let read = read(&value);
        if read.is_none() {
            self.broken(name, format!("must be {expected}, not {}", shown(&value)))?;
        }
        Ok(read)
    }

    /// An optional text; empty when absent.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Violation> {
        match self.take(name) {
            None => Ok(String::new()),
            Some(value) => Ok(text(self.reader, &self.at.field(name), value)?.unwrap_or_default()),
        }
    }

    /// A text that must be there, though it may be empty.
    pub(super) fn required_text(&mut self, name: &str) -> Result<String, Violation> {
        if self.left.get(name).is_none_or(Value::is_null) {
            self.broken(name, "is required")?;
        }
        self.text(name)
    }

    /// An optional list of texts.
    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, Violation> {
        let at = self.at.field(name);
        let mut texts = Vec::new();
        for (index, item) in self.list(name, MAX_LIST)?.into_iter().enumerate() {
            texts.extend(text(self.reader, &at.item(index), item)?);
        }
        Ok(texts)
    }

    /// An optional list of at most `most` items; empty when absent.
    pub(super) fn list(&mut self, name: &str, most: usize) -> Result<Vec<Value>, Violation> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(mut items)) => {
                if items.len() > most {
                    self.broken(
                        name,
                        format!("has {} items; at most {most} fit", items.len()),
                    )?;
                    items.truncate(most);
                }
                Ok(items)
            }
            Some(value) => {
                self.broken(name, format!("must be an array, not {}", shown(&value)))?;
                Ok(Vec::new())
            }
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Violation> {
        self.read(name, Value::as_bool, "true or false")
    }

    /// A whole number from `least` to `most`.
    pub(super) fn whole(
        &mut self,
        name: &str,
        least: u32,
        most: u32,
    ) -> Result<Option<u32>, Violation> {
        self.read(
            name,
            |value| whole(value).filter(|n| (least..=most).contains(n)),
            &format!("a whole number from {least} to {most}"),
        )
    }

    /// A whole number on a short scale.
    pub(super) fn grade(
        &mut self,
        name: &str,
        least: u8,
        most: u8,
    ) -> Result<Option<u8>, Violation> {
        Ok(self
            .whole(name, least.into(), most.into())?
            .and_then(|n| u8::try_from(n).ok()))
    }

    pub(super) fn score(&mut self) -> Result<Option<Score>, Violation> {
        self.read(
            "score",
            |v| v.as_f64().and_then(Score::from_f64),
            "from -2 to 2 in halves",
        )
    }

    /// A number or a text; an empty text is none.
    pub(super) fn figure(&mut self, name: &str) -> Result<Option<Figure>, Violation> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        if let Some(number) = value.as_f64() {
            return Ok(Some(Figure::Number(number)));
        }
        if !value.is_string() {
            self.broken(
                name,
                format!("must be a number or a text, not {}", shown(&value)),
            )?;
            return Ok(None);
        }
        let text = text(self.reader, &self.at.field(name), value)?.unwrap_or_default();
        Ok((!text.is_empty()).then_some(Figure::Text(text)))
    }

    /// One word of a closed vocabulary.
    pub(super) fn word<W: Word>(&mut self, name: &str) -> Result<Option<W>, Violation> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let word = value
            .as_str()
            .and_then(|text| W::ALL.iter().copied().find(|word| word.as_str() == text));
        if word.is_none() {
            let words: Vec<&str> = W::ALL.iter().map(|word| word.as_str()).collect();
            self.broken(
                name,
                format!("must be one of {}, not {}", words.join(", "), shown(&value)),
            )?;
        }
        Ok(word)
    }

    /// One word of a closed vocabulary that must be there; the tolerant reader takes `otherwise`.
    pub(super) fn required_word<W: Word>(
        &mut self,
        name: &str,
        otherwise: W,
    ) -> Result<W, Violation> {
        if self.left.get(name).is_none_or(Value::is_null) {
            self.broken(name, "is required")?;
        }
        Ok(self.word(name)?.unwrap_or(otherwise))
    }

    pub(super) fn date(&mut self, name: &str) -> Result<Option<Date>, Violation> {
        self.read(
            name,
            |v| v.as_str().and_then(Date::parse),
            "a calendar day as YYYY-MM-DD",
        )
    }

    /// An RFC 3339 date and time; empty when absent.
    pub(super) fn moment(&mut self, name: &str) -> Result<String, Violation> {
        let good = |text: &&str| text.is_empty() || is_rfc3339(text);
        let expected = "an RFC 3339 date and time (2026-10-02T09:00:00Z)";
        let moment = self.read(
            name,
            |v| v.as_str().filter(good).map(str::to_owned),
            expected,
        )?;
        Ok(moment.unwrap_or_default())
    }

    /// `#rrggbb`; empty when absent.
    pub(super) fn color(&mut self) -> Result<String, Violation> {
        let good = |text: &&str| text.is_empty() || is_color(text);
        let color = self.read(
            "color",
            |v| v.as_str().filter(good).map(str::to_owned),
            "a color as #rrggbb",
        )?;
        Ok(color.unwrap_or_default())
    }

    /// All fields nobody asked for, canonical and nested within bounds (MAP-5).
    pub(super) fn unknown(self) -> Result<Unknown, Violation> {
        let mut unknown = Unknown::new();
        for (name, value) in self.left {
            if value.is_null() {
                continue;
            }
            if nests_within(&value, MAX_NESTING) {
                unknown.insert(name, canonical(value));
            } else {
                let message = format!("nests deeper than {MAX_NESTING}");
                self.reader.broken(&self.at.field(&name), message)?;
            }
        }
        Ok(unknown)
    }
}

/// A text of bounded length. The tolerant reader cuts a longer one at a code point.
pub(super) fn text(
    reader: &mut Reader,
    at: &At,
    value: Value,
) -> Result<Option<String>, Violation> {
    let Value::String(mut text) = value else {
        reader.broken(at, format!("must be a text, not {}", shown(&value)))?;
        return Ok(None);
    };
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        reader.broken(at, format!("is longer than {MAX_TEXT} code points"))?;
        text.truncate(end);
    }
    Ok(Some(text))
}

/// A value as an error shows it: short values themselves, else what they are.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 40 => value.to_string(),
        Value::String(_) => "a longer text".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn whole(value: &Value) -> Option<u32> {
    let number = value
        .as_f64()
        .filter(|n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(n))?;
    #[expect(
        clippy::cast_sign_loss,
        reason = "checked to lie between 0 and u32::MAX"
    )]
    Some(number as u32)
}

pub(super) fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}
