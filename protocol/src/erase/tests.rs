//! Why nobody is erased, where no journal that anybody wrote comes to it. All else is in `fold/tests/erase`.

use bytes::Bytes;
use yrs::{GetString as _, Text as _, Transact as _};

use super::updates::write;
use super::*;
use crate::frame::CheckedUpdate;
use crate::map::new_doc;
use crate::record::Created;

fn map_id() -> MapId {
    MapId::new("m1").unwrap()
}

#[test]
fn erase_4_a_record_that_would_come_out_otherwise_is_named_and_nobody_is_erased() {
    let mut head = Head::genesis(&map_id());
    let created = Created {
        map: map_id(),
        open: true,
    };
    let mut eraser = Eraser::new(&map_id(), ParticipantId(1), Survey::default());
    let (record, encoded) = head.seal(1, Draft::new(Actor::Server, Body::Created(created)));
    drop(eraser.take(&record, &encoded.into()).unwrap());
    // As if something before had been decided by its words.
    eraser.after = Workshop::new(map_id());
    let edit = Body::Edit(update("by anybody"));
    let (record, encoded) = head.seal(2, Draft::new(Actor::Anonymous, edit));
    let taken = eraser.take(&record, &encoded.into());
    assert_eq!(taken, Err(EraseError::Outcome(2)));
}

fn update(words: &str) -> Bytes {
    let doc = new_doc(9);
    let text = doc.get_or_insert_text("t");
    let mut txn = doc.transact_mut();
    text.push(&mut txn, words);
    assert_eq!(text.get_string(&txn), words);
    txn.encode_update_v1().into()
}

#[test]
fn erase_4_an_update_that_cannot_keep_its_structure_is_named_and_nobody_is_erased() {
    let update = CheckedUpdate::check(update("three")).unwrap();
    let said = [(vec!["t"], update.pieces().unwrap().remove(0))];
    let shorter = write(7, &update, &said, |_, _, _| Some(b"two".to_vec()));
    assert_eq!(shorter.err(), Some(EraseError::Update(7)));
    let alike = write(7, &update, &said, |_, _, _| Some(b"seven".to_vec()));
    assert!(alike.is_ok());
}
