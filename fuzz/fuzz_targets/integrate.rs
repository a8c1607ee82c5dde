//! A hostile participant: well-formed updates whose structs refer to each other and to what exists
//! as no Yjs would, one after another on one document. What the walker accepts and calls complete,
//! yrs integrates or refuses, without a panic and without leaving anything pending.
//!
//! The fuzzer's bytes are decisions, not the update's bytes: almost every input gets past the
//! walker's layout rules and into the integration.

#![no_main]

mod replica;

use bytes::Bytes;
use cairn_protocol::frame::CheckedUpdate;
use libfuzzer_sys::fuzz_target;
use replica::Replica;
use std::collections::BTreeMap;

fuzz_target!(|bytes: &[u8]| {
    let mut replica = Replica::new(9);
    let mut choices = Choices(bytes);
    while !choices.0.is_empty() {
        let update = update(&mut choices, &replica.known());
        let Ok(checked) = CheckedUpdate::check(Bytes::from(update)) else {
            continue;
        };
        if !replica.take(&checked) {
            // The room is loaded anew then; nothing more is asked of this document.
            return;
        }
    }
});

/// The fuzzer's bytes, read as small numbers; all zero when they run out.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn below(&mut self, limit: u8) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        first % limit
    }
}

/// One update in v1: structs of some clients and deletions, each field a choice.
fn update(choices: &mut Choices<'_>, clocks: &BTreeMap<u64, u64>) -> Vec<u8> {
    let sections = choices.below(4);
    let mut out = vec![sections];
    for section in 0..sections {
        let client = 1 + (section + choices.below(2)) % 4;
        let structs = 1 + choices.below(5);
        let known = clocks
            .get(&u64::from(client))
            .copied()
            .unwrap_or(0)
            .min(100) as u8;
        let back = if choices.below(4) == 0 {
            choices.below(4)
        } else {
            0
        };
        out.extend([structs, client, known.saturating_sub(back)]);
        for _ in 0..structs {
            item(choices, &mut out);
        }
    }
    let sections = choices.below(3);
    out.push(sections);
    for client in 0..sections {
        out.extend([1 + client, 1, choices.below(12), 1 + choices.below(4)]);
    }
    out
}

fn item(choices: &mut Choices<'_>, out: &mut Vec<u8>) {
    let id = |choices: &mut Choices<'_>| [1 + choices.below(4), choices.below(14)];
    let kind = [0, 10, 1, 3, 4, 5, 6, 7, 8, 8, 4, 7, 8, 4][choices.below(14) as usize];
    if kind == 0 || kind == 10 {
        return out.extend([kind, 1 + choices.below(3)]);
    }
    let flags = choices.below(8) << 5;
    out.push(kind | flags);
    if flags & 0x80 != 0 {
        out.extend(id(choices));
    }
    if flags & 0x40 != 0 {
        out.extend(id(choices));
    }
    if flags & 0xc0 == 0 {
        if choices.below(2) == 0 {
            out.push(0);
            out.extend(id(choices));
        } else {
            out.extend([1, 1, [b'm', b't'][choices.below(2) as usize]]);
        }
        if flags & 0x20 != 0 {
            out.extend([1, b'a' + choices.below(2)]);
        }
    }
    match kind {
        1 => out.push(1 + choices.below(3)),
        3 => out.extend([1, 7]),
        4 => {
            let text = ["a", "bc", "😀", "d😀e"][choices.below(4) as usize];
            out.push(text.len() as u8);
            out.extend(text.bytes());
        }
        5 => out.extend([4, b'n', b'u', b'l', b'l']),
        6 => out.extend([1, b'k', 4, b't', b'r', b'u', b'e']),
        7 => {
            let kind = [0, 1, 2, 3, 4, 6][choices.below(6) as usize];
            out.push(kind);
            if kind == 3 {
                out.extend([1, b'p']);
            }
        }
        8 => {
            let count = 1 + choices.below(3);
            out.push(count);
            for _ in 0..count {
                out.push([120, 126, 127][choices.below(3) as usize]);
            }
        }
        _ => unreachable!("no other kind is chosen"),
    }
}
