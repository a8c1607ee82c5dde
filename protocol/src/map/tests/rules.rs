//! Every rule of the JSON form, broken once or more: the exact path, and what the error says.

use super::super::{JourneyMap, SAMPLES, Violation, sample};
use super::parse;
use serde_json::{Value, json};

/// A small valid map with one of everything.
pub(super) fn base() -> Value {
    json!({
        "format": "cairn.map/1", "title": "T", "kind": "current-state",
        "review": {"everyDays": 90, "lastReviewed": "2026-10-01"},
        "personas": [{"id": "p1", "name": "Mira"}],
        "stages": [{"id": "s1", "title": "Search"}],
        "lanes": [
            {"id": "pain", "kind": "pain", "title": "Pains"},
            {"id": "opp", "kind": "opportunity", "title": "Opportunities"},
            {"id": "fig", "kind": "metric", "title": "Figures"},
        ],
        "cards": [
            {"id": "c0", "lane": "pain", "stage": "s1", "text": ""},
            {"id": "c1", "lane": "opp", "stage": "s1", "text": "", "addresses": ["c0"]},
            {"id": "c2", "lane": "fig", "stage": "s1", "text": "", "value": "40 %",
             "sources": [{"kind": "survey", "title": "S"}]},
        ],
        "comments": [{"id": "m0", "card": "c0", "text": "?"}],
    })
}

/// The base map with the value at a JSON pointer put in (or, for null, taken out).
pub(super) fn with(pointer: &str, value: Value) -> Result<JourneyMap, Violation> {
    let mut map = base();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match map.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
        Value::Array(items) if name == "-" => items.push(value),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            panic!("{parent} is {plain}")
        }
    }
    JourneyMap::from_value(map)
}

/// Asserts that the change is refused exactly so.
pub(super) fn refused(pointer: &str, value: Value, expected: &str) {
    let shown = value.to_string();
    match with(pointer, value) {
        Err(violation) => assert_eq!(violation.to_string(), expected),
        Ok(_) => panic!("{pointer} = {shown} was accepted, not refused with: {expected}"),
    }
}

pub(super) fn accepted(pointer: &str, value: Value) -> JourneyMap {
    let shown = value.to_string();
    with(pointer, value).unwrap_or_else(|violation| panic!("{pointer} = {shown}: {violation}"))
}

#[test]
fn map_1_the_format_tag_comes_with_every_map() {
    refused(
        "/format",
        Value::Null,
        "format: is required: \"cairn.map/1\"",
    );
    refused(
        "/format",
        json!("cairn.map/2"),
        "format: must be \"cairn.map/1\", not \"cairn.map/2\"",
    );
    refused(
        "/format",
        json!(1),
        "format: must be \"cairn.map/1\", not 1",
    );
    let not_an_object = JourneyMap::from_value(json!([])).unwrap_err();
    assert_eq!(
        not_an_object.to_string(),
        "map: must be an object, not an array"
    );
}

#[test]
fn map_2_text_that_is_not_json_is_refused_with_its_place() {
    let refused = |text: &str| JourneyMap::parse(text).unwrap_err();
    let violation = refused("{\n  \"title\": \"T\",\n  oops\n}");
    assert_eq!(violation.path, "line 3, column 3");
    assert!(
        violation
            .message
            .starts_with("not JSON: key must be a string"),
        "{violation}"
    );
    assert_eq!(refused("").path, "line 1, column 0");
    assert!(refused("{} {}").message.contains("trailing characters"));
    assert!(
        refused(r#"{"title":"\ud800"}"#)
            .message
            .contains("hex escape")
    );
    assert!(
        refused(r#"{"title":1e999}"#)
            .message
            .contains("number out of range")
    );
    // Nesting far past any rule costs no stack.
    assert!(
        refused(&"[".repeat(1_000_000))
            .message
            .contains("recursion limit")
    );
}

#[test]
fn map_3_a_field_given_twice_is_refused() {
    let violation = JourneyMap::parse("{\"title\":\"a\",\n\"title\":\"b\"}").unwrap_err();
    assert_eq!(
        violation.to_string(),
        "line 2, column 7: not JSON: field \"title\" is given twice"
    );
    let deep = JourneyMap::parse(r#"{"x":[{"a":1,"a":1}]}"#).unwrap_err();
    assert!(deep.message.contains("\"a\" is given twice"), "{deep}");
}

#[test]
fn map_4_unknown_fields_are_kept_at_every_level() {
    for pointer in [
        "",
        "/review",
        "/personas/0",
        "/stages/0",
        "/lanes/0",
        "/cards/2",
        "/cards/2/sources/0",
        "/comments/0",
    ] {
        let map = accepted(
            &format!("{pointer}/novel"),
            json!({"deep": [1, null, {"x": "y"}]}),
        );
        let kept = map.to_value().pointer(&format!("{pointer}/novel")).cloned();
        assert_eq!(
            kept,
            Some(json!({"deep": [1, null, {"x": "y"}]})),
            "{pointer}"
        );
    }
}

#[test]
fn map_5_unknown_fields_nest_at_most_32_deep() {
    let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
    let objects = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!({"in": inner}));
    for (pointer, path) in [
        ("/x", "x"),
        ("/review/x", "review.x"),
        ("/personas/0/x", "personas[0].x"),
        ("/cards/2/x", "cards[2].x"),
        ("/cards/2/sources/0/x", "cards[2].sources[0].x"),
    ] {
        accepted(pointer, nested(32));
        accepted(pointer, objects(32));
        refused(
            pointer,
            nested(33),
            &format!("{path}: nests deeper than 32"),
        );
        refused(
            pointer,
            objects(33),
            &format!("{path}: nests deeper than 32"),
        );
    }
}

#[test]
fn map_6_numbers_are_doubles() {
    let map = accepted("/x", json!([1.0, 9_007_199_254_740_993_u64, -0.0, 0.1]));
    assert_eq!(
        map.to_value()["x"].to_string(),
        "[1,9007199254740992,0,0.1]"
    );
    assert_eq!(
        accepted("/cards/0/severity", json!(3.0)).cards[0].severity,
        Some(3)
    );
}

#[test]
fn map_7_null_equals_absent() {
    for pointer in [
        "/review",
        "/personas",
        "/comments",
        "/owner",
        "/cards/2/sources",
        "/cards/2/value",
        "/x",
        "/cards/0/score",
        "/lanes/0/hidden",
        "/cards/2/sources/0/url",
        "/review/everyDays",
    ] {
        let map = accepted(pointer, Value::Null);
        let mut absent = base();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        absent
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(name);
        assert_eq!(JourneyMap::from_value(absent), Ok(map), "{pointer}");
    }
}

#[test]
fn map_8_an_empty_optional_text_or_list_equals_an_absent_one() {
    for (pointer, empty) in [
        ("/scenario", json!("")),
        ("/owner", json!("")),
        ("/currentState", json!("")),
        ("/personas/0/role", json!("")),
        ("/personas/0/goals", json!([])),
        ("/cards/0/sources", json!([])),
        ("/cards/0/persona", json!("")),
        ("/cards/0/color", json!("")),
        ("/cards/0/createdAt", json!("")),
        ("/cards/0/target", json!("")),
        ("/comments/0/at", json!("")),
    ] {
        assert_eq!(
            accepted(pointer, empty).to_value(),
            accepted(pointer, Value::Null).to_value(),
            "{pointer}"
        );
    }
    let written = parse(r#"{"format":"cairn.map/1","title":"","kind":"current-state"}"#);
    assert_eq!(
        serde_json::to_string(&written).unwrap(),
        r#"{"format":"cairn.map/1","title":"","kind":"current-state","personas":[],"stages":[],"lanes":[],"cards":[],"comments":[]}"#,
    );
}

#[test]
fn map_9_required_fields_are_required() {
    for (pointer, path) in [
        ("/title", "title"),
        ("/kind", "kind"),
        ("/personas/0/id", "personas[0].id"),
        ("/personas/0/name", "personas[0].name"),
        ("/stages/0/id", "stages[0].id"),
        ("/stages/0/title", "stages[0].title"),
        ("/lanes/1/id", "lanes[1].id"),
        ("/lanes/1/kind", "lanes[1].kind"),
        ("/lanes/1/title", "lanes[1].title"),
        ("/cards/1/id", "cards[1].id"),
        ("/cards/1/lane", "cards[1].lane"),
        ("/cards/1/stage", "cards[1].stage"),
        ("/cards/1/text", "cards[1].text"),
        ("/comments/0/id", "comments[0].id"),
        ("/comments/0/card", "comments[0].card"),
        ("/comments/0/text", "comments[0].text"),
        ("/cards/2/sources/0/kind", "cards[2].sources[0].kind"),
        ("/cards/2/sources/0/title", "cards[2].sources[0].title"),
    ] {
        refused(pointer, Value::Null, &format!("{path}: is required"));
    }
    refused("/cards/1/lane", json!(""), "cards[1].lane: is required");
}

#[test]
fn map_10_ids_have_their_syntax_and_are_unique_in_their_array() {
    let rule = "must be 1 to 64 characters of A-Z a-z 0-9 _ -, not";
    accepted("/stages/-", json!({"id": "-".repeat(64), "title": ""}));
    refused(
        "/stages/-",
        json!({"id": "x".repeat(65), "title": ""}),
        &format!("stages[1].id: {rule} a longer text"),
    );
    for bad in ["", "a b", "ä", "a.b", "a/b"] {
        refused(
            "/personas/0/id",
            json!(bad),
            &format!("personas[0].id: {rule} \"{bad}\""),
        );
    }
    refused("/lanes/0/id", json!(7), &format!("lanes[0].id: {rule} 7"));
    for (array, entry, index) in [
        ("personas", json!({"id": "p1", "name": ""}), 1),
        ("stages", json!({"id": "s1", "title": ""}), 1),
        (
            "lanes",
            json!({"id": "opp", "title": "", "kind": "note"}),
            3,
        ),
        (
            "cards",
            json!({"id": "c1", "lane": "opp", "stage": "s1", "text": ""}),
            3,
        ),
        ("comments", json!({"id": "m0", "card": "c0", "text": ""}), 1),
    ] {
        let id = entry["id"].clone();
        refused(
            &format!("/{array}/-"),
            entry,
            &format!("{array}[{index}].id: {id} is already used in {array}"),
        );
    }
    // The same id in two arrays is no clash.
    accepted("/stages/-", json!({"id": "c1", "title": ""}));
    refused(
        "/stages/0/order",
        json!("a0"),
        "stages[0].order: is reserved: the order of the array is the order on screen",
    );
}

#[test]
fn map_11_references_name_what_exists() {
    refused(
        "/cards/1/stage",
        json!("s9"),
        "cards[1].stage: no stage \"s9\"",
    );
    refused(
        "/cards/0/lane",
        json!("l9"),
        "cards[0].lane: no lane \"l9\"",
    );
    refused(
        "/cards/0/persona",
        json!("p9"),
        "cards[0].persona: no persona \"p9\"",
    );
    refused(
        "/cards/0/lane",
        json!(1),
        "cards[0].lane: must be the id of a lane, not 1",
    );
    refused(
        "/comments/0/card",
        json!("c9"),
        "comments[0].card: no card \"c9\"",
    );
    refused(
        "/cards/1/addresses",
        json!(["c0", "c9"]),
        "cards[1].addresses[1]: no card \"c9\"",
    );
    refused(
        "/cards/1/addresses",
        json!(["c2"]),
        "cards[1].addresses[0]: \"c2\" is in a lane of kind metric, not pain or expectation",
    );
    refused(
        "/cards/1/addresses",
        json!([7]),
        "cards[1].addresses[0]: must be a text, not 7",
    );
    refused(
        "/cards/1/addresses",
        json!("c0"),
        "cards[1].addresses: must be an array, not \"c0\"",
    );
    accepted("/lanes/0/kind", json!("expectation"));
    // A card may address one further down.
    let mut map = base();
    map["cards"].as_array_mut().unwrap().reverse();
    JourneyMap::from_value(map).unwrap();
}

#[test]
fn samples_are_found_by_name_and_keep_the_rules() {
    for (name, text) in SAMPLES {
        assert_eq!(sample(name), Some(*text));
        parse(text);
    }
    assert_eq!(sample("no such"), None);
    let by_serde: JourneyMap = serde_json::from_str(SAMPLES[0].1).unwrap();
    assert_eq!(by_serde, parse(SAMPLES[0].1));
    let error = serde_json::from_str::<JourneyMap>("{}")
        .unwrap_err()
        .to_string();
    assert!(error.contains("format: is required"), "{error}");
}
