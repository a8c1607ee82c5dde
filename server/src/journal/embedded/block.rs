//! A block: many records of one map in one value, each of which comes back byte for byte as it was hashed.
//!
//! A record as it is hashed is mostly what the records around it say as well: its number, nearly its time, the hash of the one
//! before it, its author, the Yjs client at work. A block leaves out what follows from the record before, puts like beside like, and
//! deflates the rest. Made by the writer, read by `reading`. Pure.
//!
//! What a damaged block says is never believed: each record rebuilt must have the first two bytes of the hash it had, and the last
//! one all of them; so the first bad record is named, and the chain holds over the others.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use cairn_protocol::record::{Actor, Body, Hash, Record};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use minicbor::{Decode, Encode};

use crate::journal::StoredRecord;

/// The codec's version, the first byte of every block.
const VERSION: u8 = 1;

/// The most that a block may unfold to. A record is at most about 16 MiB (WIRE-9), and a block is closed at a mebibyte.
const UNFOLDED_MAX: u64 = 64 * 1024 * 1024;

/// Bytes of each record's hash that a block keeps, so that the first bad record can be named. Two, because nothing rests on them but the name: a bad
/// record passes them once in 65,536 times, and then the one after it is named, or the block by the hash of its last.
const CHECK_BYTES: usize = 2;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Block {
    /// Number of the first record.
    #[n(0)]
    first: u64,
    /// What the first record follows.
    #[n(1)]
    prev: Hash,
    /// Hash of the last record.
    #[n(2)]
    end: Hash,
    /// [`CHECK_BYTES`] of each record's hash.
    #[cbor(n(3), with = "minicbor::bytes")]
    checks: Vec<u8>,
    /// How the records lie in `deflated`.
    #[n(4)]
    form: Form,
    #[cbor(n(5), with = "minicbor::bytes")]
    deflated: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
enum Form {
    /// [`Columns`].
    #[n(0)]
    Columns,
    /// A list of records as they are hashed: written by another Cairn, with something that this one would leave out.
    #[n(1)]
    Whole,
}

/// Records side by side: the first of each list is of the first record.
#[derive(Default, Encode, Decode)]
#[cbor(array)]
struct Columns {
    /// Time of the first, and then how much later than the one before.
    #[n(0)]
    times: Vec<u64>,
    /// Everybody who did something.
    #[n(1)]
    actors: Vec<Actor>,
    /// Which of them.
    #[n(2)]
    who: Vec<u32>,
    #[n(3)]
    requests: Vec<Option<String>>,
    /// Length of the update and 1; 0 for what is no edit.
    #[n(4)]
    lengths: Vec<u32>,
    /// What is no edit, in order.
    #[n(5)]
    others: Vec<Body>,
    /// The updates, author by author: what one types is like what they typed before.
    #[cbor(n(6), with = "minicbor::bytes")]
    updates: Vec<u8>,
}

/// A list of records as they are hashed.
#[derive(Encode, Decode)]
#[cbor(transparent)]
struct Whole(#[n(0)] Vec<minicbor::bytes::ByteVec>);

/// A block that does not give back what was put into it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Damaged {
    /// Nothing of it can be read.
    #[error("{0}")]
    Unreadable(String),
    /// These are whole; the next one is not what it was.
    #[error("record {} is not what was written", .0.len())]
    From(Vec<StoredRecord>),
}

/// Puts records that follow one another into a block. `None` when they are not that, or do not come back: then they stay as they are.
pub(super) fn pack(records: &[StoredRecord]) -> Option<Vec<u8>> {
    let (first, last) = (records.first()?, records.last()?);
    let hashes = records.iter().map(|stored| Hash::of(&stored.encoded));
    let checks = hashes.flat_map(|hash| check(&hash)).collect();
    let updates = records
        .iter()
        .filter_map(|stored| stored.record.body.update())
        .map(|update| update.len() as u64)
        .sum();
    let mut block = Block {
        first: first.record.seq,
        prev: first.record.prev,
        end: Hash::of(&last.encoded),
        checks,
        form: Form::Columns,
        deflated: deflated(&Columns::of(records)),
    };
    let packed = encoded(&block, updates);
    if gives_back(&packed, records) {
        return Some(packed);
    }
    let whole = records.iter().map(|stored| stored.encoded.to_vec().into());
    block.form = Form::Whole;
    block.deflated = deflated(&Whole(whole.collect()));
    let packed = encoded(&block, updates);
    gives_back(&packed, records).then_some(packed)
}

/// Every record of a block, in order.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<StoredRecord>, Damaged> {
    let block = decoded(packed)?;
    let records = match block.form {
        Form::Columns => inflated::<Columns>(&block)?.records(block.first, block.prev),
        Form::Whole => inflated::<Whole>(&block)?.records(),
    };
    let whole = how_many_hold(&block, &records);
    if whole == records.len() && block.checks.len() == whole * CHECK_BYTES {
        return Ok(records);
    }
    let mut records = records;
    records.truncate(whole);
    Err(Damaged::From(records))
}

/// Bytes of the updates in a block, as their authors sent them; of a block, or its first piece. Nothing but how many snapshots are kept
/// stands on it.
pub(super) fn update_bytes(packed: &[u8]) -> u64 {
    let length = packed.get(1..).and_then(|rest| rest.first_chunk());
    length.map_or(0, |length| u64::from_be_bytes(*length))
}

/// How many records from the first on are what was written.
fn how_many_hold(block: &Block, records: &[StoredRecord]) -> usize {
    let (mut seq, mut prev) = (block.first, block.prev);
    let mut checks = block.checks.chunks(CHECK_BYTES);
    let last = records.len().wrapping_sub(1);
    for (n, StoredRecord { record, encoded }) in records.iter().enumerate() {
        let hash = Hash::of(encoded);
        let follows = record.seq == seq && record.prev == prev;
        let kept = checks.next() == Some(check(&hash).as_slice());
        if !follows || !kept || (n == last && hash != block.end) {
            return n;
        }
        (seq, prev) = (seq.wrapping_add(1), hash);
    }
    records.len()
}

fn check(hash: &Hash) -> [u8; CHECK_BYTES] {
    let [a, b, ..] = *hash.as_bytes();
    [a, b]
}

fn gives_back(packed: &[u8], records: &[StoredRecord]) -> bool {
    unpack(packed).is_ok_and(|back| {
        let encoded = |stored: &StoredRecord| stored.encoded.clone();
        back.iter().map(encoded).eq(records.iter().map(encoded))
    })
}

impl Columns {
    fn of(records: &[StoredRecord]) -> Self {
        let mut columns = Self::default();
        let mut typed: Vec<Vec<&Bytes>> = Vec::new();
        let mut before = 0;
        for StoredRecord { record, .. } in records {
            columns.times.push(record.at.wrapping_sub(before));
            before = record.at;
            let known = columns
                .actors
                .iter()
                .position(|actor| *actor == record.actor);
            let who = known.unwrap_or_else(|| {
                columns.actors.push(record.actor);
                typed.push(Vec::new());
                columns.actors.len() - 1
            });
            columns.who.push(who as u32);
            columns.requests.push(record.request.clone());
            if let Body::Edit(update) = &record.body {
                columns.lengths.push(update.len() as u32 + 1);
                typed[who].push(update);
            } else {
                columns.lengths.push(0);
                columns.others.push(record.body.clone());
            }
        }
        let updates = typed.into_iter().flatten();
        columns.updates = updates.flat_map(|update| update.iter().copied()).collect();
        columns
    }

    /// As many records as the lists are good for.
    fn records(self, first: u64, prev: Hash) -> Vec<StoredRecord> {
        let updates = Bytes::from(self.updates);
        // Where each author's next update begins.
        let mut places = vec![0_usize; self.actors.len()];
        for (who, length) in self.who.iter().zip(&self.lengths) {
            if let Some(next) = places.get_mut(*who as usize + 1) {
                *next = next.saturating_add(length.saturating_sub(1) as usize);
            }
        }
        let mut sum = 0_usize;
        for place in &mut places {
            sum = sum.saturating_add(*place);
            *place = sum;
        }
        let mut others = self.others.into_iter();
        let lists = self.times.into_iter().zip(self.who).zip(self.requests);
        let mut records = Vec::with_capacity(self.lengths.len());
        let (mut seq, mut at, mut prev) = (first, 0_u64, prev);
        for (((step, who), request), length) in lists.zip(self.lengths) {
            at = at.wrapping_add(step);
            let who = who as usize;
            let Some(actor) = self.actors.get(who).copied() else {
                break;
            };
            let body = match length.checked_sub(1) {
                None => others.next(),
                Some(length) => {
                    let begin = places[who];
                    let end = begin.saturating_add(length as usize);
                    places[who] = end;
                    (end <= updates.len()).then(|| Body::Edit(updates.slice(begin..end)))
                }
            };
            let Some(body) = body else {
                break;
            };
            let record = Record {
                seq,
                at,
                prev,
                actor,
                request,
                body,
            };
            let encoded = Bytes::from(record.encode());
            (seq, prev) = (seq.wrapping_add(1), Hash::of(&encoded));
            records.push(StoredRecord { record, encoded });
        }
        records
    }
}

impl Whole {
    fn records(self) -> Vec<StoredRecord> {
        let stored = self.0.into_iter().map_while(|encoded| {
            let encoded = Bytes::from(Vec::from(encoded));
            let record = Record::decode(&encoded).ok()?;
            Some(StoredRecord { record, encoded })
        });
        stored.collect()
    }
}

fn encoded(block: &Block, updates: u64) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(&updates.to_be_bytes());
    minicbor::encode(block, &mut bytes).expect("writing to a Vec cannot fail");
    bytes
}

fn decoded(packed: &[u8]) -> Result<Block, Damaged> {
    match packed.split_first() {
        Some((&VERSION, rest)) => {
            let block = rest.get(size_of::<u64>()..).unwrap_or_default();
            minicbor::decode(block).map_err(|error| Damaged::Unreadable(error.to_string()))
        }
        Some((version, _)) => Err(Damaged::Unreadable(format!(
            "a block of version {version}; this Cairn reads version {VERSION}"
        ))),
        None => Err(Damaged::Unreadable("an empty block".to_owned())),
    }
}

fn deflated(what: &impl Encode<()>) -> Vec<u8> {
    let bytes = minicbor::to_vec(what).expect("writing to a Vec cannot fail");
    deflate(&bytes)
}

fn inflated<T: for<'a> Decode<'a, ()>>(block: &Block) -> Result<T, Damaged> {
    let unreadable = |error: String| Damaged::Unreadable(error);
    let bytes = inflate(&block.deflated).map_err(|error| unreadable(error.to_string()))?;
    minicbor::decode(&bytes).map_err(|error| unreadable(error.to_string()))
}

/// Deflates, for snapshots too.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing to a Vec cannot fail")
}

/// Takes back what [`deflate`] did, up to a bound.
fn inflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut inflated = Vec::new();
    DeflateDecoder::new(bytes)
        .take(UNFOLDED_MAX)
        .read_to_end(&mut inflated)?;
    Ok(inflated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_protocol::command::Command;
    use cairn_protocol::id::{MapId, ParticipantId};
    use cairn_protocol::record::{Draft, Head};
    use proptest::prelude::*;

    fn chained(drafts: impl IntoIterator<Item = (u64, Draft)>) -> Vec<StoredRecord> {
        let mut head = Head::genesis(&MapId::new("m").unwrap());
        let sealed = drafts.into_iter().map(|(at, draft)| {
            let (record, encoded) = head.seal(at, draft);
            let encoded = Bytes::from(encoded);
            StoredRecord { record, encoded }
        });
        sealed.collect()
    }

    fn draft() -> impl Strategy<Value = Draft> {
        let actor = prop_oneof![
            Just(Actor::Server),
            Just(Actor::Host),
            Just(Actor::Anonymous),
            (1_u32..5).prop_map(|id| Actor::Participant(ParticipantId(id))),
        ];
        let body = prop_oneof![
            4 => prop::collection::vec(any::<u8>(), 0..40).prop_map(|update| Body::Edit(update.into())),
            1 => Just(Body::Tick),
            1 => any::<u64>().prop_map(Body::Void),
            1 => any::<bool>().prop_map(|ready| Body::Command(Command::SetReady { ready, step: None })),
            1 => ".{0,20}".prop_map(|text| Body::Command(Command::Park { text })),
        ];
        let request = prop::option::of("[a-z0-9]{1,12}");
        (actor, request, body).prop_map(|(actor, request, body)| Draft {
            actor,
            request,
            body,
        })
    }

    proptest! {
        #[test]
        fn journal_14_any_records_come_back_byte_for_byte(
            drafts in prop::collection::vec((any::<u32>(), draft()), 1..60),
            from in 0_usize..60,
        ) {
            let records = chained(drafts.into_iter().map(|(at, draft)| (u64::from(at), draft)));
            let records = &records[from.min(records.len() - 1)..];
            let packed = pack(records).expect("records that follow one another");
            let back = unpack(&packed).expect("nothing was changed");
            prop_assert_eq!(back.len(), records.len());
            for (one, other) in back.iter().zip(records) {
                prop_assert_eq!(&one.record, &other.record);
                prop_assert_eq!(&one.encoded, &other.encoded);
            }
            let updates = records.iter().filter_map(|stored| stored.record.body.update());
            let written: usize = updates.map(Bytes::len).sum();
            prop_assert_eq!(update_bytes(&packed), written as u64);
        }

        #[test]
        fn journal_14_bytes_of_any_kind_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut block = vec![VERSION];
            block.extend(bytes);
            drop(unpack(&block));
        }
    }

    #[test]
    fn journal_14_a_record_with_something_this_cairn_does_not_know_comes_back_with_it() {
        let mut records = chained((1..=3).map(|at| (at, Draft::new(Actor::Host, Body::Tick))));
        let last = records.last_mut().unwrap();
        // A map of one field more, whose key a later version may give a meaning.
        let mut encoded = last.encoded.to_vec();
        encoded[1] += 1;
        encoded.extend([0x18, 99, 0x01]);
        last.encoded = encoded.into();
        assert_eq!(
            Record::decode(&last.encoded).unwrap(),
            last.record,
            "it is passed over"
        );
        let back = unpack(&pack(&records).unwrap()).unwrap();
        assert_eq!(
            back.last().unwrap().encoded,
            records.last().unwrap().encoded
        );
    }

    #[test]
    fn journal_14_what_people_type_takes_less_than_half_of_its_updates() {
        let typed = (0..1024_u64).map(|key| {
            let person = ParticipantId(key as u32 % 5);
            let client = [0x80 + person.0 as u8, 0x91, 0xa2, 0xb3, 0x04];
            let clock = [0x80 | (key & 0x7f) as u8, (key >> 7) as u8];
            let char = b"etaoin shrdlu"[(key * 7 % 13) as usize];
            let parts: [&[u8]; 7] = [
                &[1, 1],
                &client,
                &clock,
                &[0x84],
                &client,
                &clock,
                &[1, char, 0],
            ];
            let body = Body::Edit(parts.concat().into());
            (key * 40, Draft::new(Actor::Participant(person), body))
        });
        let records = chained(typed);
        let packed = pack(&records).unwrap();
        assert!(
            packed.len() as u64 * 2 < update_bytes(&packed),
            "{}",
            packed.len()
        );
    }
}
