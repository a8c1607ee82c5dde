//! Snapshots in the file: each sealed to the record it stands after, packed ([`super::difference`]), in pieces; and how many are kept. Used by
//! the writer and by `reading`; nothing else knows how they lie.
//!
//! What a history takes on disk is bounded by what its people wrote: old snapshots give way ([`budget`]), records never.

use std::collections::BTreeSet;
use std::io::Read as _;

use bytes::Bytes;
use cairn_protocol::fold::{Snapshot, SnapshotError};
use cairn_protocol::id::MapId;
use cairn_protocol::record::Record;
use flate2::read::DeflateDecoder;
use redb::{ReadableTable, Table};

use super::block;
use super::difference::{self, Base, Unpacked};
use super::tables::{PiecePlace, Place, SEAL_BYTES, snapshot_seal, store_error};
use crate::journal::JournalError;

/// A snapshot whose two neighbours stand within this many records is dropped: reading so many takes next to no time, and a map that
/// is opened daily for a few edits does not keep a copy of itself for each day. The newest two always stay.
pub(super) const SPACING: u64 = 256;

/// So many bytes of a deflated snapshot take as long to read as one record takes to fold, about.
const BYTES_A_RECORD: u64 = 170;

/// The row of a snapshot: its seal first, then how it was packed.
pub(super) fn sealed(snapshot: &Snapshot, packed: &[u8], under: &[u8]) -> Vec<u8> {
    let mut row = snapshot_seal(under, &snapshot.bytes).to_vec();
    row.extend_from_slice(packed);
    row
}

/// The number of the record under the newest snapshot at or before `until`.
pub(super) fn newest(
    first: &impl ReadableTable<Place, &'static [u8]>,
    kept: Option<&impl ReadableTable<PiecePlace, &'static [u8]>>,
    map: &MapId,
    until: u64,
) -> Result<Option<u64>, JournalError> {
    let places = (map.as_str(), 0)..=(map.as_str(), until);
    let mut newest = None;
    if let Some(row) = first.range(places).map_err(store_error)?.next_back() {
        newest = Some(row.map_err(store_error)?.0.value().1);
    }
    if let Some(kept) = kept {
        let places = (map.as_str(), 0, 0)..=(map.as_str(), until, u32::MAX);
        if let Some(row) = kept.range(places).map_err(store_error)?.next_back() {
            newest = newest.max(Some(row.map_err(store_error)?.0.value().1));
        }
    }
    Ok(newest)
}

/// Whether the snapshot after a record is of another version of the fold. Its first byte says so: no more of it is unfolded.
pub(super) fn is_of_another_version(
    first: &impl ReadableTable<Place, &'static [u8]>,
    kept: Option<&impl ReadableTable<PiecePlace, &'static [u8]>>,
    map: &MapId,
    seq: u64,
) -> Result<bool, JournalError> {
    if let Some(kept) = kept
        && let Some(piece) = kept.get((map.as_str(), seq, 0)).map_err(store_error)?
    {
        return Ok(is_another(&unfolded_beginning(piece.value())));
    }
    let row = first.get((map.as_str(), seq)).map_err(store_error)?;
    Ok(row.is_some_and(|row| is_another(beginning(row.value()))))
}

/// Of one that cannot be read so far nothing is known.
fn is_another(beginning: &[u8]) -> bool {
    let of = Snapshot {
        seq: 0,
        bytes: Bytes::copy_from_slice(beginning),
    };
    matches!(of.is_of_this_version(), Err(SnapshotError::Version(_)))
}

/// The first byte of a snapshot, by its row as the first format has it.
fn beginning(row: &[u8]) -> &[u8] {
    row.get(SEAL_BYTES..=SEAL_BYTES).unwrap_or_default()
}

/// The first byte of a snapshot, by the first piece of its row.
fn unfolded_beginning(piece: &[u8]) -> Vec<u8> {
    let mut byte = Vec::new();
    let deflated = piece.get(SEAL_BYTES..).unwrap_or_default();
    if let Some((base, _)) = Base::read(deflated) {
        return vec![base.version];
    }
    // The rest is in other pieces: an error behind the byte is none.
    let _ = DeflateDecoder::new(deflated).take(1).read_to_end(&mut byte);
    byte
}

/// The snapshot after a record, if it is there and belongs to the record's bytes.
pub(super) fn open(
    first: &impl ReadableTable<Place, &'static [u8]>,
    kept: Option<&impl ReadableTable<PiecePlace, &'static [u8]>>,
    map: &MapId,
    seq: u64,
    under: &[u8],
) -> Result<Option<Snapshot>, JournalError> {
    let sealed = |seal: &[u8], bytes: Vec<u8>| {
        let fits = seal == snapshot_seal(under, &bytes);
        fits.then(|| Snapshot {
            seq,
            bytes: Bytes::from(bytes),
        })
    };
    if let Some(kept) = kept {
        match difference::unpacked(kept, map, seq)? {
            Unpacked::Missing => {}
            Unpacked::Unreadable => return Ok(None),
            Unpacked::Read(seal, bytes) => return Ok(sealed(&seal, bytes)),
        }
    }
    let row = first.get((map.as_str(), seq)).map_err(store_error)?;
    Ok(row.and_then(|row| {
        let (seal, bytes) = row.value().split_at_checked(SEAL_BYTES)?;
        sealed(seal, bytes.to_vec())
    }))
}

/// What a map's snapshots may take together: with the records as they lie on disk no more than what its people wrote. Half as much again
/// is left for keys, pages that are not full or not used, and the newest records, which are in no block yet.
pub(super) fn budget(
    singles: &impl ReadableTable<Place, &'static [u8]>,
    blocks: &impl ReadableTable<PiecePlace, &'static [u8]>,
    map: &MapId,
) -> Result<u64, JournalError> {
    let (mut written, mut taken) = (0, 0);
    let places = (map.as_str(), 0, 0)..=(map.as_str(), u64::MAX, u32::MAX);
    for row in blocks.range(places).map_err(store_error)? {
        let (place, piece) = row.map_err(store_error)?;
        if place.value().2 == 0 {
            written += block::update_bytes(piece.value());
        }
        taken += piece.value().len() as u64;
    }
    let places = (map.as_str(), 0)..=(map.as_str(), u64::MAX);
    for row in singles.range(places).map_err(store_error)? {
        let (_, encoded) = row.map_err(store_error)?;
        // As a block counts it. What cannot be read was written by nobody.
        let record = Record::decode(encoded.value());
        let update = record
            .ok()
            .and_then(|record| Some(record.body.update()?.len() as u64));
        let update = update.unwrap_or_default();
        written += update;
        // As they will be in a block.
        taken += update / 2;
    }
    Ok(written.saturating_sub(taken))
}

/// One snapshot as far as thinning goes: the record under it, and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) seq: u64,
    pub(super) bytes: u64,
    /// The one it is the difference to: that one cannot go before it.
    pub(super) base: Option<u64>,
}

/// Which snapshots to drop, of a list in order: those whose neighbours stand close together, and then, as long as all take more than
/// their budget, the one without which the moments behind it are open soonest: their time is that of reading the snapshot before and of folding the
/// records up to the one behind. The newest two stay, and what others are the difference to. Pure.
pub(super) fn superfluous(mut kept: Vec<Kept>, budget: u64) -> Vec<u64> {
    let mut dropped = Vec::new();
    loop {
        let taken: u64 = kept.iter().map(|one| one.bytes).sum();
        let bases: BTreeSet<u64> = kept.iter().filter_map(|one| one.base).collect();
        let older = 0..kept.len().saturating_sub(2);
        let costs = older.filter_map(|n| {
            let before = n.checked_sub(1).map(|before| kept[before]);
            let gap = kept[n + 1].seq - before.map_or(0, |before| before.seq);
            let reading = before.map_or(0, |before| read_for(&kept, before) / BYTES_A_RECORD);
            // The first one of a history has nothing before it that would do for it, and gives way to the budget alone.
            let gives_way = taken > budget || (gap <= SPACING && before.is_some());
            (gives_way && !bases.contains(&kept[n].seq)).then_some((gap + reading, n))
        });
        let Some((_, n)) = costs.min() else {
            return dropped;
        };
        dropped.push(kept.remove(n).seq);
    }
}

/// The bytes that are read to open a snapshot: its own and those of all it builds on.
fn read_for(kept: &[Kept], one: Kept) -> u64 {
    let base = one.base.and_then(|base| {
        let at = kept.binary_search_by_key(&base, |one| one.seq).ok()?;
        // What does not go back is damaged, and nobody's way.
        (base < one.seq).then(|| read_for(kept, kept[at]))
    });
    one.bytes + base.unwrap_or(0)
}

/// Drops what is superfluous of a map's snapshots, and those of another version, which nobody reads. So once the fold has a new version, the
/// moments before a map's next snapshot are folded from its first record, for good: whoever walks a history puts none, since the journal
/// may have been written anew meanwhile (ERASE-5), and only the one log of an open map knows that it was not.
pub(super) fn thin(
    first: &mut Table<'_, Place, &'static [u8]>,
    kept: &mut Table<'_, PiecePlace, &'static [u8]>,
    map: &MapId,
    budget: u64,
) -> Result<(), JournalError> {
    let (mut all, mut dropped): (Vec<Kept>, BTreeSet<u64>) = (Vec::new(), BTreeSet::new());
    let places = (map.as_str(), 0, 0)..=(map.as_str(), u64::MAX, u32::MAX);
    for row in kept.range(places).map_err(store_error)? {
        let (place, piece) = row.map_err(store_error)?;
        let (seq, bytes) = (place.value().1, piece.value().len() as u64);
        if place.value().2 == 0 && is_another(&unfolded_beginning(piece.value())) {
            dropped.insert(seq);
        }
        match all.last_mut() {
            Some(last) if last.seq == seq => last.bytes += bytes,
            _ => all.push(Kept {
                seq,
                bytes,
                base: Base::of_row(piece.value()).map(|base| base.seq),
            }),
        }
    }
    let places = (map.as_str(), 0)..=(map.as_str(), u64::MAX);
    for row in first.range(places).map_err(store_error)? {
        let (place, row) = row.map_err(store_error)?;
        let (seq, bytes) = (place.value().1, row.value().len() as u64);
        if is_another(beginning(row.value())) {
            dropped.insert(seq);
        }
        all.push(Kept {
            seq,
            bytes,
            base: None,
        });
    }
    all.retain(|one| !dropped.contains(&one.seq));
    all.sort_by_key(|one| one.seq);
    dropped.extend(superfluous(all, budget));
    for seq in dropped {
        first.remove((map.as_str(), seq)).map_err(store_error)?;
        let places = (map.as_str(), seq, 0)..=(map.as_str(), seq, u32::MAX);
        kept.retain_in(places, |_, _| false).map_err(store_error)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(all: &[(u64, u64)], budget: u64) -> Vec<u64> {
        let kept = |&(seq, bytes): &(u64, u64)| Kept {
            seq,
            bytes,
            base: None,
        };
        still_there(all.iter().map(kept).collect(), budget)
    }

    fn still_there(all: Vec<Kept>, budget: u64) -> Vec<u64> {
        let seqs: Vec<u64> = all.iter().map(|one| one.seq).collect();
        let dropped = superfluous(all, budget);
        let seqs = seqs.into_iter();
        seqs.filter(|seq| !dropped.contains(seq)).collect()
    }

    #[test]
    fn journal_6_what_others_are_the_difference_to_gives_way_after_them() {
        // Groups of eight: a whole one, and seven that build on it as a reader of the numbers in binary does.
        let all = (0..40_u64).map(|n| Kept {
            seq: 2_000 * (n + 1),
            bytes: if n % 8 == 0 { 1_000 } else { 50 },
            base: (n % 8 > 0).then(|| 2_000 * ((n & (n - 1)) + 1)),
        });
        let all: Vec<Kept> = all.collect();
        for budget in (0..7_000).step_by(500) {
            let kept = still_there(all.clone(), budget);
            for one in all.iter().filter(|one| kept.contains(&one.seq)) {
                let stands = one.base.is_none_or(|base| kept.contains(&base));
                assert!(stands, "{one:?} of {kept:?}");
            }
            let gaps = kept.windows(2).map(|pair| pair[1] - pair[0]);
            let widest = gaps.max().unwrap();
            let most = match budget {
                6_500.. => 4_000,
                6_000.. => 8_000,
                5_000.. => 16_000,
                _ => 80_000,
            };
            assert!(widest <= most, "{widest} with {budget}: {kept:?}");
        }
    }

    #[test]
    fn journal_6_the_newest_two_stay_whatever_they_take() {
        assert_eq!(
            left(&[(10, 900), (5_000, 900), (9_000, 900)], 0),
            [5_000, 9_000]
        );
        assert_eq!(left(&[(5_000, 900), (5_001, 900)], 0), [5_000, 5_001]);
        assert_eq!(left(&[(7, 900)], 0), [7]);
        assert_eq!(left(&[], 0), [0; 0]);
    }

    #[test]
    fn journal_6_those_close_together_are_dropped_though_there_is_room() {
        let daily: Vec<_> = (1..=80).map(|day| (day * 10, 1)).collect();
        let kept = left(&daily, u64::MAX);
        assert!(
            kept.starts_with(&[10]) && kept.ends_with(&[790, 800]),
            "{kept:?}"
        );
        assert!(kept.len() <= 9, "{kept:?}");
        let close = kept.windows(2).all(|pair| pair[1] - pair[0] <= SPACING);
        assert!(close, "too far to read from one: {kept:?}");
    }

    #[test]
    fn journal_6_beyond_their_budget_old_ones_give_way_and_no_gap_is_much_wider_than_another() {
        let growing: Vec<_> = (1..=40).map(|n| (n * 4_000, n * 10)).collect();
        let kept = left(&growing, 4_000);
        let taken: u64 = kept.iter().map(|seq| seq / 400).sum();
        assert!(
            (3_000..=4_000).contains(&taken),
            "{taken} of 4000: {kept:?}"
        );
        let gaps = kept.windows(2).map(|pair| pair[1] - pair[0]);
        assert!(
            gaps.clone().all(|gap| gap <= 16_000),
            "four times the least at most: {kept:?}"
        );
        assert!(kept.ends_with(&[156_000, 160_000]), "{kept:?}");
    }

    #[test]
    fn journal_6_a_large_snapshot_has_its_next_one_closer_than_a_small_one() {
        // One after each 1000 records; the later ones take as long to read as 3000 records.
        let growing = (1..=40).map(|n| (n * 1_000, if n < 20 { 170 } else { 170 * 3_000 }));
        let kept = left(&growing.collect::<Vec<_>>(), 170 * 3_000 * 12);
        let widest = |from: u64, to: u64| {
            let inside = kept
                .windows(2)
                .filter(|pair| pair[0] >= from && pair[1] <= to);
            inside.map(|pair| pair[1] - pair[0]).max()
        };
        assert!(widest(0, 20_000) > widest(20_000, 40_000), "{kept:?}");
    }
}
