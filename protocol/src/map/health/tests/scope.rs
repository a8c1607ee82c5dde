//! Persona, scope, upkeep and kind.

use super::super::super::Date;
use super::*;

#[test]
fn persona_1_finds_a_map_without_a_persona() {
    let none = with(&[("/personas", json!([]))]);
    finds(Rule::Persona1, &none, &[&[]]);
    assert_eq!(acts(&none, Rule::Persona1), [json!({"do": "addPersona"})]);
}

#[test]
fn persona_1_finds_personas_of_whom_none_is_primary() {
    let pair = |primary: Value| {
        with(&[(
            "/personas",
            json!([
                {"id": "mira", "name": "Mira"}, {"id": "tom", "name": "Tom", "primary": primary},
            ]),
        )])
    };
    finds(Rule::Persona1, &pair(json!(false)), &[&[]]);
    assert_eq!(
        acts(&pair(json!(false)), Rule::Persona1),
        [json!({"do": "makePrimary", "persona": "mira"})]
    );
    finds_nothing(Rule::Persona1, &pair(json!(true)));
}

#[test]
fn scope_1_finds_a_missing_scenario_and_a_missing_goal_each() {
    let goal = json!({"do": "editMap", "field": "goal"});
    let scenario = json!({"do": "editMap", "field": "scenario"});
    let neither = with(&[("/scenario", json!(" ")), ("/goal", Value::Null)]);
    finds(Rule::Scope1, &neither, &[&[], &[]]);
    assert_eq!(acts(&neither, Rule::Scope1), [scenario, goal.clone()]);
    assert_eq!(acts(&with(&[("/goal", json!(""))]), Rule::Scope1), [goal]);
}

#[test]
fn scope_2_finds_more_than_one_primary_persona() {
    let two = with(&[(
        "/personas/-",
        json!({"id": "tom", "name": "Tom", "primary": true}),
    )]);
    finds(Rule::Scope2, &two, &[&[]]);
    let said = &of(&two, Rule::Scope2)[0].message;
    assert!(said.contains("“Mira”") && said.contains("“Tom”"), "{said}");
    assert_eq!(
        acts(&two, Rule::Scope2),
        [json!({"do": "editMap", "field": "personas"})]
    );
    finds_nothing(
        Rule::Scope2,
        &with(&[("/personas/-", json!({"id": "tom", "name": "Tom"}))]),
    );
}

#[test]
fn scope_2_finds_a_scenario_that_joins_journeys_beside_two_primary_personas() {
    let scenario = json!("From the first visit to the purchase, as well as renewals");
    let joint = with(&[("/scenario", scenario)]);
    finds(Rule::Scope2, &joint, &[&[]]);
    let both = changed(|map| {
        map["scenario"] = json!("All customers");
        let tom = json!({"id": "tom", "name": "Tom", "primary": true});
        map["personas"].as_array_mut().unwrap().push(tom);
    });
    assert_eq!(of(&both, Rule::Scope2).len(), 2);
}

#[test]
fn review_1_finds_a_map_that_was_never_reviewed() {
    for never in [Value::Null, json!({"everyDays": 90})] {
        let map = with(&[("/review", never)]);
        finds(Rule::Review1, &map, &[&[]]);
        assert_eq!(of(&map, Rule::Review1)[0].severity, Severity::Advice);
        assert_eq!(acts(&map, Rule::Review1), [json!({"do": "markReviewed"})]);
    }
}

#[test]
fn review_1_finds_a_map_from_the_day_after_its_review_was_due() {
    let map = with(&[(
        "/review",
        json!({"everyDays": 30, "lastReviewed": "2026-10-17"}),
    )]);
    let on = |day: u8| {
        let mut findings = health(&map, Date::new(2026, 11, day).unwrap());
        findings.retain(|finding| finding.rule == Rule::Review1);
        findings
    };
    assert_eq!(on(16), []);
    let [overdue] = on(17).try_into().unwrap();
    assert_eq!(overdue.severity, Severity::Problem);
    assert!(
        overdue.message.contains("2026-11-16"),
        "{}",
        overdue.message
    );
}

#[test]
fn review_1_does_not_find_a_map_without_a_cadence_that_was_reviewed() {
    finds_nothing(
        Rule::Review1,
        &with(&[("/review", json!({"lastReviewed": "1999-01-01"}))]),
    );
}

#[test]
fn review_2_finds_a_map_that_nobody_owns() {
    let nobodys = with(&[("/owner", json!("  "))]);
    finds(Rule::Review2, &nobodys, &[&[]]);
    assert_eq!(
        acts(&nobodys, Rule::Review2),
        [json!({"do": "editMap", "field": "owner"})]
    );
}

#[test]
fn kind_1_finds_a_blueprint_without_backstage_and_without_support() {
    let lanes = |kinds: &[&str]| {
        changed(|map| {
            map["kind"] = json!("service-blueprint");
            for kind in kinds {
                let lane = json!({"id": kind, "kind": kind, "title": ""});
                map["lanes"].as_array_mut().unwrap().push(lane);
            }
        })
    };
    finds(Rule::Kind1, &lanes(&[]), &[&[], &[]]);
    assert_eq!(
        acts(&lanes(&["backstage"]), Rule::Kind1),
        [
            json!({"do": "addCard", "lane": "backstage", "stage": "breaks"}),
            json!({"do": "addLane", "kind": "support"}),
        ]
    );
    assert_eq!(
        at(&lanes(&["backstage", "support"]), Rule::Kind1),
        [["backstage"], ["support"]]
    );
    let full = changed(|map| {
        map["kind"] = json!("service-blueprint");
        for kind in ["backstage", "support"] {
            let lane = json!({"id": kind, "kind": kind, "title": ""});
            map["lanes"].as_array_mut().unwrap().push(lane);
            let card = json!({"id": kind, "lane": kind, "stage": "asks", "text": ""});
            map["cards"].as_array_mut().unwrap().push(card);
        }
    });
    finds_nothing(Rule::Kind1, &full);
}

#[test]
fn kind_2_finds_a_future_state_without_its_current_state() {
    let future = |current: &str| {
        with(&[
            ("/kind", json!("future-state")),
            ("/currentState", json!(current)),
        ])
    };
    finds(Rule::Kind2, &future(""), &[&[]]);
    assert_eq!(
        acts(&future(""), Rule::Kind2),
        [json!({"do": "editMap", "field": "currentState"})]
    );
    finds_nothing(Rule::Kind2, &future("mending-today"));
}

#[test]
fn kind_3_finds_a_day_in_the_life_with_owned_touchpoints_only() {
    let day = |owned: bool| {
        with(&[
            ("/kind", json!("day-in-the-life")),
            ("/cards/0/owned", json!(owned)),
        ])
    };
    finds(Rule::Kind3, &day(true), &[&[]]);
    finds_nothing(Rule::Kind3, &day(false));
    finds_nothing(Rule::Kind3, &with(&[("/cards/0/owned", json!(true))]));
}
