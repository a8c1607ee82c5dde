//! The content of one struct: measured and bounded, not built.
//!
//! Called by the update walker. Mirrors `ItemContent::decode` of yrs and `readItemContent` of Yjs
//! where the two agree, and refuses where they do not.

use super::error::{Fault, Malformed};
use super::json;
use super::reader::Reader;
use super::said::{Said, Sink};
use crate::limits::{MAX_ANY_DEPTH, MAX_CLOCK, MAX_FRAME_BYTES, MAX_KEY_BYTES, MAX_SAFE_INTEGER};

/// What the walker must know of a struct's content beyond its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A shared text: other structs, characters too, may name it as their parent.
    Text,
    /// Another shared type: structs that are no characters may name it as their parent.
    Type,
    /// Deleted content: it may have been a shared type.
    Deleted,
    /// Characters, an embed or a format: never a parent, and nowhere but in a text.
    Characters,
    /// A plain value or bytes: never a parent.
    Value,
}

impl Holds {
    /// Whether this creates a shared type.
    pub(super) fn is_type(self) -> bool {
        matches!(self, Self::Text | Self::Type)
    }
}

/// What one update may still spend on things that are dear in memory and cheap on the wire.
#[derive(Debug)]
pub(super) struct Budget {
    values: usize,
    limit: usize,
}

impl Budget {
    pub(super) fn new(values: usize) -> Self {
        Self {
            values,
            limit: values,
        }
    }

    fn spend_values(&mut self, reader: &Reader<'_>, count: usize) -> Result<(), Malformed> {
        self.values = self
            .values
            .checked_sub(count)
            .ok_or(reader.fault(Fault::TooLarge {
                field: "number of plain values",
                value: (self.limit as u64).saturating_add(1),
                limit: self.limit as u64,
            }))?;
        Ok(())
    }
}

/// Reads the content of `kind` (the low bits of a struct's info byte). Returns what it holds and
/// its length in clocks: UTF-16 units for text, elements for values, 1 for the rest.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    kind: u8,
    budget: &mut Budget,
    sink: &mut impl Sink<'a>,
) -> Result<(Holds, u64), Malformed> {
    match kind {
        1 => Ok((Holds::Deleted, length(reader)?)),
        // Kind 2 (JSON, replaced in Yjs 13.0 by kind 8) is refused as unknown: yrs 0.28 reads one
        // string more than its count says, so what follows would reach it unchecked.
        3 => {
            bytes(reader, sink)?;
            Ok((Holds::Value, 1))
        }
        4 => {
            let start = reader.position();
            let text = reader.text("text length", MAX_FRAME_BYTES)?;
            sink.said(start..reader.position(), Said::Characters(text));
            let units = text.encode_utf16().count() as u64;
            if units == 0 {
                Err(reader.fault(Fault::Empty("text")))
            } else {
                Ok((Holds::Characters, units))
            }
        }
        5 => {
            json_value(reader, budget, sink)?;
            Ok((Holds::Characters, 1))
        }
        6 => {
            key(reader)?;
            json_value(reader, budget, sink)?;
            Ok((Holds::Characters, 1))
        }
        7 => {
            let holds = type_ref(reader)?;
            Ok((holds, 1))
        }
        8 => {
            let count = reader.count("number of values", usize::MAX, 1)?;
            if count == 0 {
                return Err(reader.fault(Fault::Empty("list of values")));
            }
            for _ in 0..count {
                any(reader, budget, 1, sink)?;
            }
            Ok((Holds::Value, count as u64))
        }
        // Kind 9 (subdocuments) is refused as unknown: yrs 0.28 reads freed memory when the type
        // that holds one is deleted, and never frees a document that held one.
        // 11 was Move; the rest never existed.
        _ => Err(reader.fault(Fault::Unknown {
            field: "content kind",
            value: kind,
        })),
    }
}

/// A length in clocks, at least 1.
pub(super) fn length(reader: &mut Reader<'_>) -> Result<u64, Malformed> {
    match reader.bounded("length", MAX_CLOCK)? {
        0 => Err(reader.fault(Fault::Empty("struct"))),
        len => Ok(len),
    }
}

/// A name: map key, root name, format key, XML node name.
pub(super) fn key<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Malformed> {
    reader.text("key length", MAX_KEY_BYTES)
}

/// Bytes that mean something to whoever wrote them.
fn bytes<'a>(reader: &mut Reader<'a>, sink: &mut impl Sink<'a>) -> Result<(), Malformed> {
    let start = reader.position();
    let bytes = reader.buffer("binary length", MAX_FRAME_BYTES)?;
    sink.said(start..reader.position(), Said::Bytes(bytes));
    Ok(())
}

/// The kind of a shared type. XML hooks (5) are refused: Yjs writes their name, yrs does not read
/// it, so the bytes after it would reach yrs unchecked. Weak links (7) need a feature not built.
fn type_ref(reader: &mut Reader<'_>) -> Result<Holds, Malformed> {
    match reader.u8()? {
        // Text, XML text.
        2 | 6 => Ok(Holds::Text),
        // Array, map, XML fragment.
        0 | 1 | 4 => Ok(Holds::Type),
        // XML element.
        3 => key(reader).map(|_| Holds::Type),
        value => Err(reader.fault(Fault::Unknown {
            field: "shared type",
            value,
        })),
    }
}

/// JSON text, as embeds and formats carry it in v1. Checked with yrs's own parser, after its
/// nesting was bounded, because that parser refuses more than the grammar does.
fn json_value<'a>(
    reader: &mut Reader<'a>,
    budget: &mut Budget,
    sink: &mut impl Sink<'a>,
) -> Result<(), Malformed> {
    let start = reader.position();
    let text = reader.text("JSON length", MAX_FRAME_BYTES)?;
    let values = json::bound(text, MAX_ANY_DEPTH).map_err(|fault| reader.fault(fault))?;
    budget.spend_values(reader, values)?;
    sink.said(start..reader.position(), Said::Json(text));
    yrs::Any::from_json(text)
        .map(drop)
        .map_err(|_| reader.fault(Fault::Json))
}

/// One plain value in lib0's `any` encoding; `depth` is that of an array or object here, from 1.
/// Recursion is bounded by [`MAX_ANY_DEPTH`].
fn any<'a>(
    reader: &mut Reader<'a>,
    budget: &mut Budget,
    depth: usize,
    sink: &mut impl Sink<'a>,
) -> Result<(), Malformed> {
    budget.spend_values(reader, 1)?;
    let tag = reader.u8()?;
    if matches!(tag, 117 | 118) && depth > MAX_ANY_DEPTH {
        return Err(reader.fault(Fault::Depth(MAX_ANY_DEPTH)));
    }
    match tag {
        // undefined, null, false, true
        127 | 126 | 121 | 120 => Ok(()),
        125 => {
            let value = reader.signed_magnitude()?;
            if value > MAX_SAFE_INTEGER {
                let field = "integer";
                return Err(reader.fault(Fault::TooLarge {
                    field,
                    value,
                    limit: MAX_SAFE_INTEGER,
                }));
            }
            Ok(())
        }
        // float32; float64, bigint
        124 => reader.take(4).map(drop),
        123 | 122 => reader.take(8).map(drop),
        119 => {
            let start = reader.position();
            let text = reader.text("text length", MAX_FRAME_BYTES)?;
            sink.said(start..reader.position(), Said::Text(text));
            Ok(())
        }
        118 => {
            let count = reader.count("number of members", usize::MAX, 2)?;
            for _ in 0..count {
                sink.enter(key(reader)?);
                any(reader, budget, depth + 1, sink)?;
                sink.leave();
            }
            Ok(())
        }
        117 => {
            let count = reader.count("number of elements", usize::MAX, 1)?;
            for _ in 0..count {
                any(reader, budget, depth + 1, sink)?;
            }
            Ok(())
        }
        116 => bytes(reader, sink),
        value => Err(reader.fault(Fault::Unknown {
            field: "value kind",
            value,
        })),
    }
}
