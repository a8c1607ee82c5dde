//! JSON → map → document → map → JSON changes nothing.

use super::super::{
    JourneyMap, SAMPLES, encode_state, fill, new_doc, read, read_noting, to_update,
};
use super::generated::maps;
use super::{parse, replica, without_nulls};
use proptest::prelude::*;
use yrs::Transact;

fn through_document(map: &JourneyMap) -> JourneyMap {
    let doc = replica(8, &to_update(map, 7));
    let txn = doc.transact();
    let (read, notes) = read_noting(&txn);
    assert_eq!(notes, [], "nothing may be left out");
    read
}

#[test]
fn map_30_every_sample_survives_the_document() {
    for (name, text) in SAMPLES {
        let map = parse(text);
        let original = without_nulls(serde_json::from_str(text).unwrap());
        assert_eq!(map.to_value(), original, "{name}: parsed and written");
        assert_eq!(
            through_document(&map).to_value(),
            original,
            "{name}: through the document"
        );
        assert_eq!(parse(&map.to_json()), map, "{name}: written and parsed");
    }
}

/// Every field of the format, in its order.
const FULL: &str = concat!(
    r##"{"format":"cairn.map/1","title":"T","kind":"future-state","scenario":"S","goal":"G","owner":"O","##,
    r##""review":{"everyDays":90,"lastReviewed":"2026-10-01","by":"Jo"},"currentState":"m","##,
    r##""personas":[{"id":"p","name":"N","role":"R","primary":true,"quote":"Q","goals":["g"],"##,
    r##""needs":["n"],"frustrations":["f"],"bio":"B","age":3}],"##,
    r##""stages":[{"id":"s","title":"T","description":"D","icon":"i"}],"##,
    r##""lanes":[{"id":"l","kind":"pain","title":"T","hidden":false,"height":2},"##,
    r##"{"id":"o","kind":"opportunity","title":""}],"##,
    r##""cards":[{"id":"c","lane":"o","stage":"s","text":"T","channel":"web","owned":false,"##,
    r##""momentOfTruth":true,"actual":"A","gap":0,"score":-1.5,"persona":"p","quote":"Q","##,
    r##""severity":1,"impact":2,"value":3,"effort":4,"status":"idea","owner":"O","due":"2027-01-31","##,
    r##""addresses":["d"],"actor":"A","failPoint":true,"unit":"U","target":"2 %","##,
    r##""confidence":"assumption","sources":[{"kind":"other","title":"T","url":"javascript:x","##,
    r##""quote":"Q","page":7}],"color":"#aAbB09","author":"P","createdAt":"2026-10-02T09:00:00Z","##,
    r##""lastTouched":"2026-11-27","votes":[1,{"by":null}]},{"id":"d","lane":"l","stage":"s","text":""}],"##,
    r##""comments":[{"id":"m","card":"c","author":"Jo","at":"2026-10-02T09:00:00Z","text":"T","##,
    r##""resolved":true,"likes":0}],"theme":{"dark":true}}"##,
);

#[test]
fn map_29_fields_are_written_in_the_formats_order() {
    assert_eq!(serde_json::to_string(&parse(FULL)).unwrap(), FULL);
    // Whatever order they came in: untyped JSON has them sorted by name.
    let sorted = serde_json::to_string(&parse(FULL).to_value()).unwrap();
    assert_ne!(sorted, FULL);
    assert_eq!(serde_json::to_string(&parse(&sorted)).unwrap(), FULL);
    assert_eq!(
        serde_json::to_string(&through_document(&parse(FULL))).unwrap(),
        FULL
    );
}

#[test]
fn map_31_the_same_map_gives_the_same_bytes() {
    for (name, text) in SAMPLES {
        let map = parse(text);
        let bytes = to_update(&map, 7);
        assert_eq!(bytes, to_update(&map, 7), "{name}");
        assert_ne!(
            bytes,
            to_update(&map, 8),
            "{name}: the client id is part of it"
        );
        // A replica that decoded the objects into new hash maps still writes the same bytes.
        assert_eq!(
            encode_state(&replica(9, &bytes).transact()),
            bytes,
            "{name}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn map_30_any_map_survives_the_document(map in maps()) {
        map.check().unwrap();
        prop_assert_eq!(&parse(&map.to_json()), &map);
        prop_assert_eq!(through_document(&map), map);
    }

    #[test]
    fn map_31_any_map_gives_the_same_bytes_everywhere(map in maps()) {
        let bytes = to_update(&map, 7);
        prop_assert_eq!(&to_update(&map, 7), &bytes);
        prop_assert_eq!(&encode_state(&replica(9, &bytes).transact()), &bytes);
        // Filling a document in steps with others reading in between changes nothing.
        let doc = new_doc(7);
        fill(&map, &mut doc.transact_mut());
        prop_assert_eq!(read(&doc.transact()), map);
    }
}
