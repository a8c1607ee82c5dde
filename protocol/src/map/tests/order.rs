//! Order keys against values the npm package made (3.4.0 and 4.0.0 agree on all of them).

use super::super::order::{MAX_KEY, OrderError, is_key, key_between, key_near, n_keys_between};
use proptest::prelude::*;
use serde_json::Value;

fn fixture(part: &str) -> Vec<Vec<Value>> {
    let all: Value =
        serde_json::from_str(include_str!("fixtures/fractional-indexing.json")).unwrap();
    serde_json::from_value(all[part].clone()).unwrap()
}

#[test]
fn map_27_single_keys_are_those_of_fractional_indexing() {
    let cases = fixture("between");
    assert!(cases.len() > 500);
    for case in cases {
        let [a, b, expected] = [0, 1, 2].map(|n| case[n].as_str());
        assert_eq!(
            key_between(a, b).ok().as_deref(),
            expected,
            "between {a:?} and {b:?}"
        );
    }
}

#[test]
fn map_27_runs_of_keys_are_those_of_fractional_indexing() {
    for case in fixture("many") {
        let [a, b] = [0, 1].map(|n| case[n].as_str());
        let expected: Vec<String> = serde_json::from_value(case[2].clone()).unwrap();
        assert_eq!(
            n_keys_between(a, b, expected.len()).unwrap(),
            expected,
            "between {a:?} and {b:?}"
        );
    }
}

#[test]
fn map_27_what_is_no_key_is_refused_by_name() {
    for bad in [
        "",
        "0",
        "a",
        "a00",
        "b0",
        "a0!",
        "ä0",
        "a0ä",
        "A00000000000000000000000000",
        "~~",
    ] {
        assert!(!is_key(bad), "{bad}");
        assert_eq!(
            key_between(Some(bad), None),
            Err(OrderError::Invalid(bad.to_owned()))
        );
        assert_eq!(
            key_between(None, Some(bad)),
            Err(OrderError::Invalid(bad.to_owned()))
        );
    }
    assert_eq!(
        key_between(Some("a0"), Some("a0")),
        Err(OrderError::Equal("a0".to_owned()))
    );
}

#[test]
fn map_28_a_hostile_key_never_blocks_an_insertion() {
    // Long keys are computed with (a loop each, no recursion) or set aside, never fatal.
    let long = format!("a0{}V", "z".repeat(1_000_000));
    assert!(!is_key(&long));
    assert!(key_between(Some(&long), None).is_ok());
    assert!(key_between(Some(&long), Some("a1")).unwrap() > long);
    assert_eq!(key_near(Some(&long), None), "a0");
    assert_eq!(key_near(Some("a1"), Some("a1")), "a2");
    assert_eq!(key_near(Some("a2"), Some("a1")), "a3");
    assert_eq!(key_near(Some("nonsense!"), Some("a1")), "a0");
    // Nothing but the smallest integer, itself no key, is before this one.
    let first = "A00000000000000000000000001";
    let before = key_near(None, Some(first));
    assert!(is_key(&before) && before.as_str() < first, "{before}");
}

#[test]
fn map_27_a_thousand_insertions_at_one_spot_stay_usable() {
    let mut low = "a0".to_owned();
    let mut high = "a1".to_owned();
    for round in 0..1000 {
        let middle = key_between(Some(&low), Some(&high)).unwrap();
        assert!(low < middle && middle < high, "{low} {middle} {high}");
        // Towards both ends in turn is the worst that one spot can see.
        if round % 2 == 0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    assert!(low.len() < MAX_KEY, "{}", low.len());
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][0-9A-Za-z]{1,6}",
        "a[0-9A-Za-z]{1,4}",
        any::<String>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn map_28_a_key_near_anything_is_usable_and_sorts_if_it_can(a in key(), b in key()) {
        let near = key_near(Some(&a), Some(&b));
        prop_assert!(is_key(&near), "{near}");
        if is_key(&a) {
            prop_assert!(a < near, "{a} {near}");
        }
        if is_key(&b) && (!is_key(&a) || a < b) {
            prop_assert!(near < b, "{near} {b}");
        }
    }

    #[test]
    fn map_27_a_key_between_two_keys_is_a_key_and_between(a in key(), b in key()) {
        if let Ok(middle) = key_between(Some(&a), Some(&b)) {
            prop_assert!(is_key(&middle));
            prop_assert!(a.clone().min(b.clone()) < middle && middle < a.max(b));
        }
    }
}
