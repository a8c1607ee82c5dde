//! Stages and layers.

use super::*;

#[test]
fn stages_1_finds_fewer_than_4_and_more_than_7_stages() {
    let stages = |count: usize| {
        changed(|map| {
            let stage = |n| json!({"id": format!("s{n}"), "title": "Step"});
            map["stages"] = (0..count).map(stage).collect();
            map["cards"] = json!([]);
        })
    };
    let ids = |count: usize| -> Vec<String> { (0..count).map(|n| format!("s{n}")).collect() };
    for count in [0, 1, 3, 8, 12] {
        assert_eq!(at(&stages(count), Rule::Stages1), [ids(count)], "{count}");
    }
    for count in 4..=7 {
        finds_nothing(Rule::Stages1, &stages(count));
    }
}

#[test]
fn stages_2_finds_each_stage_named_for_the_process() {
    let map = with(&[
        ("/stages/0/title", json!("MQL")),
        ("/stages/2/title", json!("Closed won")),
    ]);
    finds(Rule::Stages2, &map, &[&["breaks"], &["waits"]]);
    assert_eq!(
        acts(&map, Rule::Stages2),
        [
            json!({"do": "editStage", "stage": "breaks"}),
            json!({"do": "editStage", "stage": "waits"}),
        ]
    );
}

#[test]
fn stages_3_finds_a_map_that_ends_with_the_purchase() {
    let buying = |kind: &str| {
        with(&[
            ("/stages/3/title", json!("Buying it")),
            ("/kind", json!(kind)),
        ])
    };
    finds(Rule::Stages3, &buying("current-state"), &[&["rides"]]);
    assert_eq!(at(&buying("future-state"), Rule::Stages3), [["rides"]]);
    finds_nothing(Rule::Stages3, &buying("day-in-the-life"));
    finds_nothing(Rule::Stages3, &buying("service-blueprint"));
    finds_nothing(
        Rule::Stages3,
        &with(&[("/stages/2/title", json!("Buying it"))]),
    );
}

#[test]
fn stages_4_finds_each_stage_without_a_card() {
    let map = without(&["t2", "e2"]);
    finds(Rule::Stages4, &map, &[&["asks"]]);
    assert_eq!(
        acts(&map, Rule::Stages4),
        [json!({"do": "addCard", "lane": "t", "stage": "asks"})]
    );
    finds_nothing(Rule::Stages4, &without(&["t2"]));
}

#[test]
fn layer_1_finds_each_layer_without_a_card_and_says_what_is_lost() {
    for (cards, lanes, lost) in [
        (&["t1", "t2", "t3", "t4"][..], &["t"][..], "meets you"),
        (&["a1", "x1"], &["a", "x"], "count on"),
        (
            &["e1", "e2", "e3", "e4", "p3"],
            &["e", "p"],
            "process diagram",
        ),
        (&["o3"], &["o"], "poster"),
    ] {
        let map = without(cards);
        finds(Rule::Layer1, &map, &[lanes]);
        let why = &of(&map, Rule::Layer1)[0].why;
        assert!(why.contains(lost), "{why}");
        let act = json!({"do": "addCard", "lane": lanes[0], "stage": "breaks"});
        assert_eq!(acts(&map, Rule::Layer1), [act]);
    }
    // One half of a layer is enough.
    finds_nothing(Rule::Layer1, &without(&["x1"]));
    finds_nothing(Rule::Layer1, &without(&["p3"]));
}

#[test]
fn layer_1_offers_the_lane_where_the_layer_has_none() {
    let map = changed(|map| {
        remove_cards(map, &["o3"]);
        map["lanes"].as_array_mut().unwrap().pop();
    });
    finds(Rule::Layer1, &map, &[&[]]);
    assert_eq!(
        acts(&map, Rule::Layer1),
        [json!({"do": "addLane", "kind": "opportunity"})]
    );
}

#[test]
fn layer_1_counts_a_blueprints_evidence_and_frontstage_as_interactions() {
    for kind in ["evidence", "frontstage"] {
        let shown =
            |map_kind: &str| with(&[("/kind", json!(map_kind)), ("/lanes/0/kind", json!(kind))]);
        finds_nothing(Rule::Layer1, &shown("service-blueprint"));
        assert_eq!(at(&shown("current-state"), Rule::Layer1), [[""; 0]]);
    }
}

#[test]
fn layer_2_finds_a_complaint_log() {
    let map = without(&["o3"]);
    finds(Rule::Layer2, &map, &[&[]]);
    assert_eq!(
        acts(&map, Rule::Layer2),
        [json!({"do": "addCard", "lane": "o", "stage": "waits"})]
    );
    assert_eq!(of(&without(&["o3", "p3"]), Rule::Layer2).len(), 1);
    finds_nothing(
        Rule::Layer2,
        &without(&["o3", "p3", "e1", "e2", "e3", "e4"]),
    );
}
