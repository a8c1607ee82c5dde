//! Tests of the archive's format. What is not as it was written is named, whatever byte it is.

use super::*;
use crate::record::{Actor, Body, Created, Draft};

fn map() -> MapId {
    MapId::new("m").unwrap()
}

/// A small archive: where each part begins, what it is, and the bytes of all.
fn small() -> (Vec<(usize, Place)>, Vec<u8>) {
    let mut head = Head::genesis(&map());
    let created = Created {
        map: map(),
        open: true,
    };
    let mut records = vec![
        head.seal(5, Draft::new(Actor::Host, Body::Created(created)))
            .1,
    ];
    for mark in 1_u8..=4 {
        let edit = Body::Edit(Bytes::from(vec![mark; 30]));
        records.push(
            head.seal(u64::from(mark), Draft::new(Actor::Anonymous, edit))
                .1,
        );
    }
    let snapshots = vec![2, 5];
    let manifest = Manifest {
        map: map(),
        head,
        snapshots: snapshots.clone(),
    };
    let (mut writer, mut bytes) = Writer::begin(&manifest);
    let mut places = vec![(0, Place::Beginning), (MAGIC.len(), Place::Manifest)];
    for (seq, encoded) in (1..).zip(&records) {
        places.push((bytes.len(), Place::Record(seq)));
        bytes.extend(writer.record(encoded));
        if snapshots.contains(&seq) {
            places.push((bytes.len(), Place::Snapshot(seq)));
            let picture = Bytes::from(format!("the map after record {seq}"));
            bytes.extend(writer.snapshot(&Snapshot {
                seq,
                bytes: picture,
            }));
        }
    }
    places.push((bytes.len(), Place::End));
    bytes.extend(writer.end());
    (places, bytes)
}

/// Takes bytes apart, as the server does with a file.
fn read(bytes: &[u8]) -> Result<Vec<Part>, Fault> {
    let mut rest = bytes;
    let mut take = |length: u64, place: Place| {
        let length = usize::try_from(length).unwrap();
        let (taken, left) = rest.split_at_checked(length).ok_or(Fault::short(place))?;
        rest = left;
        Ok(Bytes::copy_from_slice(taken))
    };
    let mut reader = Reader::begin(&take(MAGIC.len() as u64, Place::Beginning)?)?;
    let mut parts = Vec::new();
    while reader.place() != Place::After {
        let place = reader.place();
        let header = take(HEADER_BYTES as u64, place)?;
        let begun = reader.header(header.as_ref().try_into().unwrap())?;
        let body = take(begun.rest(), place)?;
        parts.push(reader.body(&begun, &body)?);
    }
    if rest.is_empty() {
        Ok(parts)
    } else {
        Err(Fault::new(Place::After, "nothing belongs there"))
    }
}

fn place_of(places: &[(usize, Place)], byte: usize) -> Place {
    let before = places.iter().take_while(|(begin, _)| *begin <= byte);
    before.last().unwrap().1
}

#[test]
fn archive_1_what_was_written_is_read() {
    let parts = read(&small().1).unwrap();
    let seqs = parts.iter().map(|part| match part {
        Part::Manifest(manifest) => manifest.head.seq,
        Part::Record(record, encoded) => {
            assert_eq!(Record::encode(record), encoded.as_ref());
            record.seq
        }
        Part::Snapshot(snapshot) => 100 + snapshot.seq,
        Part::End => 0,
    });
    assert_eq!(seqs.collect::<Vec<_>>(), [5, 1, 2, 102, 3, 4, 5, 105, 0]);
}

#[test]
fn archive_3_whatever_byte_is_changed_its_place_is_named() {
    let (places, bytes) = small();
    for byte in 0..bytes.len() {
        for change in [0x01, 0x80, 0xff, b'R' ^ b'S', b'M' ^ b'E'] {
            let mut changed = bytes.clone();
            changed[byte] ^= change;
            let fault = read(&changed).expect_err("a changed byte is seen");
            assert_eq!(fault.place, place_of(&places, byte), "byte {byte}: {fault}");
        }
    }
}

#[test]
fn archive_3_wherever_it_is_cut_the_place_is_named() {
    let (places, bytes) = small();
    for length in 0..bytes.len() {
        let fault = read(&bytes[..length]).expect_err("a cut is seen");
        assert_eq!(
            fault,
            Fault::short(place_of(&places, length)),
            "cut at {length}"
        );
    }
    let mut longer = bytes;
    longer.push(b'R');
    assert_eq!(read(&longer).unwrap_err().place, Place::After);
}

#[test]
fn archive_3_parts_left_out_doubled_or_exchanged_are_named() {
    let (places, bytes) = small();
    let part = |n: usize| {
        let end = places.get(n + 1).map_or(bytes.len(), |(begin, _)| *begin);
        &bytes[places[n].0..end]
    };
    let joined = |order: &[usize]| {
        order
            .iter()
            .flat_map(|n| part(*n))
            .copied()
            .collect::<Vec<_>>()
    };
    let whole: Vec<usize> = (0..places.len()).collect();
    assert!(read(&joined(&whole)).is_ok());
    for n in 1..places.len() {
        let mut without = whole.clone();
        without.remove(n);
        assert_eq!(
            read(&joined(&without)).unwrap_err().place,
            places[n].1,
            "without {n}"
        );
        let mut twice = whole.clone();
        twice.insert(n, n);
        let next = places.get(n + 1).map_or(Place::After, |(_, place)| *place);
        assert_eq!(read(&joined(&twice)).unwrap_err().place, next, "{n} twice");
    }
    for (n, (_, place)) in places.iter().enumerate().take(places.len() - 1).skip(1) {
        let mut exchanged = whole.clone();
        exchanged.swap(n, n + 1);
        assert_eq!(
            read(&joined(&exchanged)).unwrap_err().place,
            *place,
            "{n} exchanged"
        );
    }
}

#[test]
fn archive_3_a_record_made_anew_with_a_right_check_breaks_the_chain() {
    let (places, bytes) = small();
    let at = places
        .iter()
        .position(|(_, place)| *place == Place::Record(3))
        .unwrap();
    let (begin, end) = (places[at].0, places[at + 1].0);
    let body = &bytes[begin + HEADER_BYTES..end - CHECK_BYTES];
    let mut record = Record::decode(body).unwrap();
    record.body = Body::Edit(Bytes::from_static(
        b"something else, of the length it had..",
    ));
    let mut header = vec![b'R'];
    let forged = record.encode();
    header.extend((forged.len() as u32).to_be_bytes());
    let check = check(&header, &forged);
    let parts = [&bytes[..begin], &header, &forged, &check, &bytes[end..]].concat();
    assert_eq!(read(&parts).unwrap_err().place, Place::Record(4));
}

#[test]
fn archive_3_a_manifest_names_a_map_that_could_be() {
    // What a decoder takes as a text may be no name.
    let map: MapId = minicbor::decode(&minicbor::to_vec("../ etc").unwrap()).unwrap();
    let manifest = Manifest {
        head: Head::genesis(&map),
        snapshots: Vec::new(),
        map,
    };
    let (writer, mut bytes) = Writer::begin(&manifest);
    bytes.extend(writer.end());
    assert_eq!(read(&bytes).unwrap_err().place, Place::Manifest);
}
