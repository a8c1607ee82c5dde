//! Each rule both ways, on a small map that does well; the samples; what holds for any map; the web client's types.

mod always;
mod cards;
mod form;
mod samples;
mod scope;
mod stages;

use super::super::{Date, JourneyMap};
use super::{Finding, Rule, Severity, health};
use serde_json::{Value, json};

/// The day the tests are on.
const TODAY: Date = Date::new(2026, 11, 16).unwrap();

/// A map of four stages that does well: every test spoils one thing in it.
fn sound() -> Value {
    json!({
        "format": "cairn.map/1", "title": "Getting a bicycle mended", "kind": "current-state",
        "scenario": "From a broken chain to the first ride", "goal": "Find what takes so long",
        "owner": "Ana", "review": {"everyDays": 90, "lastReviewed": "2026-10-01"},
        "personas": [{"id": "mira", "name": "Mira", "primary": true}],
        "stages": [
            {"id": "breaks", "title": "It breaks"}, {"id": "asks", "title": "Asking around"},
            {"id": "waits", "title": "Waiting"}, {"id": "rides", "title": "Riding again"},
        ],
        "lanes": [
            {"id": "t", "kind": "touchpoint", "title": "Touchpoints"}, {"id": "a", "kind": "action", "title": "Actions"},
            {"id": "x", "kind": "expectation", "title": "Expectations"}, {"id": "e", "kind": "emotion", "title": "Feelings"},
            {"id": "p", "kind": "pain", "title": "Pains"}, {"id": "o", "kind": "opportunity", "title": "Openings"},
        ],
        "cards": [
            {"id": "t1", "lane": "t", "stage": "breaks", "text": "The road", "channel": "in person", "owned": false},
            {"id": "t2", "lane": "t", "stage": "asks", "text": "The shop's page", "channel": "web", "owned": true,
             "sources": [{"kind": "analytics", "title": "Page views"}]},
            {"id": "t3", "lane": "t", "stage": "waits", "text": "A text message", "channel": "phone", "owned": true},
            {"id": "t4", "lane": "t", "stage": "rides", "text": "The counter", "channel": "store", "owned": true},
            {"id": "a1", "lane": "a", "stage": "breaks", "text": "Pushes it home",
             "sources": [{"kind": "interview", "title": "Interview 1"}]},
            {"id": "x1", "lane": "x", "stage": "breaks", "text": "It is a small thing", "actual": "It is", "gap": 0},
            {"id": "e1", "lane": "e", "stage": "breaks", "text": "Annoyed", "score": -0.5},
            {"id": "e2", "lane": "e", "stage": "asks", "text": "Calm", "score": 0},
            {"id": "e3", "lane": "e", "stage": "waits", "text": "Stuck", "score": -1.5},
            {"id": "e4", "lane": "e", "stage": "rides", "text": "Free", "score": 2,
             "sources": [{"kind": "interview", "title": "Interview 1"}]},
            {"id": "p3", "lane": "p", "stage": "waits", "text": "No word for nine days", "severity": 4},
            {"id": "o3", "lane": "o", "stage": "waits", "text": "Say when it will be ready", "impact": 4, "effort": 1,
             "status": "planned", "owner": "Ana", "addresses": ["p3"],
             "sources": [{"kind": "survey", "title": "Survey 2026"}]},
        ],
    })
}

/// The sound map with something changed.
fn changed(change: impl FnOnce(&mut Value)) -> JourneyMap {
    let mut map = sound();
    change(&mut map);
    JourneyMap::from_value(map).unwrap()
}

/// The sound map with some of its places set to other values, by JSON pointer.
fn with(values: &[(&str, Value)]) -> JourneyMap {
    changed(|map| {
        for (pointer, value) in values {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            match map.pointer_mut(parent).unwrap() {
                Value::Object(fields) => drop(fields.insert(name.to_owned(), value.clone())),
                Value::Array(items) => items.push(value.clone()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    panic!("{pointer} is in nothing")
                }
            }
        }
    })
}

/// The sound map without the cards of these ids.
fn without(ids: &[&str]) -> JourneyMap {
    changed(|map| remove_cards(map, ids))
}

fn remove_cards(map: &mut Value, ids: &[&str]) {
    let cards = map["cards"].as_array_mut().unwrap();
    cards.retain(|card| !ids.contains(&card["id"].as_str().unwrap()));
    for card in cards {
        if let Some(Value::Array(addresses)) = card.get_mut("addresses") {
            addresses.retain(|id| !ids.contains(&id.as_str().unwrap()));
        }
    }
}

/// The findings of a rule.
fn of(map: &JourneyMap, rule: Rule) -> Vec<Finding> {
    let mut findings = health(map, TODAY);
    findings.retain(|finding| finding.rule == rule);
    findings
}

/// Where a rule finds something.
fn at(map: &JourneyMap, rule: Rule) -> Vec<Vec<String>> {
    of(map, rule)
        .into_iter()
        .map(|finding| finding.at)
        .collect()
}

/// The act that each finding of a rule offers.
fn acts(map: &JourneyMap, rule: Rule) -> Vec<Value> {
    let act = |finding: Finding| serde_json::to_value(finding.fix.unwrap().act).unwrap();
    of(map, rule).into_iter().map(act).collect()
}

/// Asserts that a rule finds nothing in the sound map, and in the spoilt one exactly at these places.
#[track_caller]
fn finds(rule: Rule, spoilt: &JourneyMap, places: &[&[&str]]) {
    assert_eq!(
        at(&changed(|_| ()), rule),
        Vec::<Vec<String>>::new(),
        "{rule} in the sound map"
    );
    assert_eq!(at(spoilt, rule), places, "{rule}");
}

#[track_caller]
fn finds_nothing(rule: Rule, map: &JourneyMap) {
    assert_eq!(of(map, rule), [], "{rule}");
}

#[test]
fn health_the_small_map_does_well() {
    assert_eq!(health(&changed(|_| ()), TODAY), []);
}
