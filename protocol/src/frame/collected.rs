//! Ranges of which nothing is left, as one where they touch. yrs joins them only when something beside them changes: whoever folded every
//! record has two where whoever began with a snapshot has one, and the states of both would differ by that alone (FOLD-1).

use bytes::Bytes;

use super::causality::Place;
use super::content::Budget;
use super::error::Malformed;
use super::reader::{Reader, put_varint};
use super::update::{GC, OWN, read_struct};
use crate::limits::{MAX_CLIENT_ID, MAX_CLOCK};

/// A document's own state with as few collected ranges as say the same. What cannot be read stays as it is.
pub(crate) fn collected_as_one(state: Bytes) -> Bytes {
    joined(&state).map_or(state, Bytes::from)
}

fn joined(state: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut reader = Reader::new(state);
    let mut out = Vec::with_capacity(state.len());
    let (mut budget, mut left) = (Budget::new(OWN.values), OWN.structs);
    let clients = reader.count("number of clients", OWN.clients, 5)?;
    put_varint(&mut out, clients as u64);
    for _ in 0..clients {
        let count = reader.count("number of structs", left, 2)?;
        left -= count;
        let client = reader.bounded("client id", MAX_CLIENT_ID)?;
        let start = reader.bounded("clock", MAX_CLOCK)?;
        let (mut section, mut clock) = (Structs::default(), start);
        for _ in 0..count {
            let from = reader.position();
            let (place, _, len) = read_struct(&mut reader, (client, clock), &mut budget, &mut ())?;
            clock += len;
            if matches!(place, Place::Collected) {
                section.collected += len;
            } else {
                section.put(state.get(from..reader.position()).unwrap_or_default());
            }
        }
        section.close();
        put_varint(&mut out, section.count);
        put_varint(&mut out, client);
        put_varint(&mut out, start);
        out.extend_from_slice(&section.bytes);
    }
    // What was deleted.
    out.extend_from_slice(state.get(reader.position()..).unwrap_or_default());
    Ok(out)
}

/// The structs of one client, as they are written.
#[derive(Default)]
struct Structs {
    count: u64,
    bytes: Vec<u8>,
    /// The length of the collected range that was read last and is not written yet.
    collected: u64,
}

impl Structs {
    fn put(&mut self, one: &[u8]) {
        self.close();
        self.count += 1;
        self.bytes.extend_from_slice(one);
    }

    fn close(&mut self) {
        if self.collected > 0 {
            self.count += 1;
            self.bytes.push(GC);
            put_varint(&mut self.bytes, self.collected);
            self.collected = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::CheckedUpdate;

    #[test]
    fn fold_1_collected_ranges_that_touch_are_one_and_all_else_stays() {
        // Of client 7 from clock 2 on: two ranges, a struct under the root `t`, a range, and no deletions.
        let apart = [
            &[1, 4, 7, 2, 0, 3, 0, 2][..],
            &[1, 1, 1, b't', 2],
            &[0, 200, 1],
            &[0],
        ]
        .concat();
        let one = [
            &[1, 3, 7, 2, 0, 5][..],
            &[1, 1, 1, b't', 2],
            &[0, 200, 1],
            &[0],
        ]
        .concat();
        let own = |bytes: &[u8]| CheckedUpdate::check_own(Bytes::copy_from_slice(bytes)).unwrap();
        assert_eq!(collected_as_one(own(&apart).into_bytes()), one);
        assert_eq!(own(&apart).shape().spans, own(&one).shape().spans);
        assert_eq!(
            collected_as_one(Bytes::from(one.clone())),
            one,
            "nothing to join"
        );
        assert_eq!(collected_as_one(Bytes::from_static(b"torn")), &b"torn"[..]);
    }
}
