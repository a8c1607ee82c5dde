//! Touchpoints, gaps, curve, pains, opportunities, evidence and detail.

use super::*;

#[test]
fn touch_1_finds_each_stage_without_a_touchpoint() {
    let map = without(&["t1", "t4"]);
    finds(Rule::Touch1, &map, &[&["breaks"], &["rides"]]);
    let act = |stage: &str| json!({"do": "addCard", "lane": "t", "stage": stage});
    assert_eq!(acts(&map, Rule::Touch1), [act("breaks"), act("rides")]);
}

#[test]
fn touch_1_takes_a_blueprints_evidence_and_frontstage_for_touchpoints() {
    for kind in ["evidence", "frontstage"] {
        let shown =
            |map_kind: &str| with(&[("/kind", json!(map_kind)), ("/lanes/0/kind", json!(kind))]);
        finds_nothing(Rule::Touch1, &shown("service-blueprint"));
        assert_eq!(of(&shown("current-state"), Rule::Touch1).len(), 4);
    }
}

#[test]
fn touch_2_finds_each_touchpoint_without_a_channel() {
    let map = with(&[
        ("/cards/1/channel", json!(" ")),
        ("/cards/3/channel", Value::Null),
    ]);
    finds(Rule::Touch2, &map, &[&["t2"], &["t4"]]);
    assert_eq!(
        acts(&map, Rule::Touch2)[0],
        json!({"do": "editCard", "card": "t2", "field": "channel"})
    );
}

#[test]
fn touch_3_finds_a_map_whose_touchpoints_are_all_owned() {
    for owned in [json!(true), Value::Null] {
        finds(Rule::Touch3, &with(&[("/cards/0/owned", owned)]), &[&[]]);
    }
    // Without touchpoints there is nothing to say about whose they are.
    finds_nothing(Rule::Touch3, &without(&["t1", "t2", "t3", "t4"]));
}

#[test]
fn gap_1_finds_each_stage_with_actions_and_no_expectation() {
    let act = json!({"id": "a2", "lane": "a", "stage": "waits", "text": "Calls twice"});
    let map = with(&[("/cards/-", act)]);
    finds(Rule::Gap1, &map, &[&["waits"]]);
    assert_eq!(
        acts(&map, Rule::Gap1),
        [json!({"do": "addCard", "lane": "x", "stage": "waits"})]
    );
}

#[test]
fn gap_1_asks_a_blueprint_only_where_there_is_an_expectation_lane() {
    let blueprint = |lanes: fn(&mut Vec<Value>)| {
        changed(|map| {
            map["kind"] = json!("service-blueprint");
            remove_cards(map, &["x1"]);
            lanes(map["lanes"].as_array_mut().unwrap());
        })
    };
    assert_eq!(at(&blueprint(|_| ()), Rule::Gap1), [["breaks"]]);
    finds_nothing(Rule::Gap1, &blueprint(|lanes| drop(lanes.remove(2))));
    let elsewhere = changed(|map| {
        remove_cards(map, &["x1"]);
        map["lanes"].as_array_mut().unwrap().remove(2);
    });
    assert_eq!(
        acts(&elsewhere, Rule::Gap1),
        [json!({"do": "addLane", "kind": "expectation"})]
    );
}

#[test]
fn gap_2_finds_an_expectation_without_what_happens() {
    let map = with(&[("/cards/5/actual", json!(""))]);
    finds(Rule::Gap2, &map, &[&["x1"]]);
    assert_eq!(
        acts(&map, Rule::Gap2),
        [json!({"do": "editCard", "card": "x1", "field": "actual"})]
    );
    // It is a field of expectations; a note may have none.
    finds_nothing(
        Rule::Gap2,
        &with(&[
            ("/cards/5/actual", json!("")),
            ("/lanes/2/kind", json!("note")),
        ]),
    );
}

#[test]
fn emotion_1_finds_each_stage_without_an_emotion() {
    let map = without(&["e1"]);
    finds(Rule::Emotion1, &map, &[&["breaks"]]);
    assert_eq!(
        acts(&map, Rule::Emotion1),
        [json!({"do": "addCard", "lane": "e", "stage": "breaks"})]
    );
}

/// The sound map with these scores in its four stages.
fn curve(scores: [f64; 4]) -> JourneyMap {
    changed(|map| {
        for (place, score) in scores.into_iter().enumerate() {
            map["cards"][6 + place]["score"] = json!(score);
        }
    })
}

#[test]
fn emotion_2_finds_a_curve_whose_stages_lie_less_than_1_apart() {
    for flat in [[0.0; 4], [0.5, 0.0, 0.0, 0.5], [-2.0, -1.5, -2.0, -2.0]] {
        finds(Rule::Emotion2, &curve(flat), &[&["e"]]);
    }
    for alive in [[0.0, 0.0, 1.0, 0.0], [-2.0, -1.5, -1.0, -2.0]] {
        finds_nothing(Rule::Emotion2, &curve(alive));
    }
}

#[test]
fn emotion_2_compares_means_and_not_cards() {
    // −1 and 2 in one stage are 0.5; the others are 0 to 0.5.
    let more = |lane, stage, score: f64| json!({"id": "e9", "lane": lane, "stage": stage, "text": "", "score": score});
    let mut flat = sound();
    for (place, score) in [0.5, 0.0, -1.0, 0.0].into_iter().enumerate() {
        flat["cards"][6 + place]["score"] = json!(score);
    }
    flat["cards"]
        .as_array_mut()
        .unwrap()
        .push(more("e", "waits", 2.0));
    let flat = JourneyMap::from_value(flat).unwrap();
    assert_eq!(at(&flat, Rule::Emotion2), [["e"]]);
    // One stage alone, or cards without a score, are no curve.
    finds_nothing(Rule::Emotion2, &without(&["e1", "e2", "e3"]));
}

#[test]
fn emotion_2_does_not_take_personas_who_feel_opposite_things_for_a_flat_curve() {
    let opposite = changed(|map| {
        let personas = map["personas"].as_array_mut().unwrap();
        personas.push(json!({"id": "tom", "name": "Tom"}));
        for (place, score) in [1.0, 0.0, -1.0, 0.0].into_iter().enumerate() {
            map["cards"][6 + place]["score"] = json!(score);
            map["cards"][6 + place]["persona"] = json!("mira");
            let mut other = map["cards"][6 + place].clone();
            other["id"] = json!(format!("tom{place}"));
            other["score"] = json!(-score);
            other["persona"] = json!("tom");
            map["cards"].as_array_mut().unwrap().push(other);
        }
    });
    finds_nothing(Rule::Emotion2, &opposite);
}

#[test]
fn pain_1_finds_each_pain_that_no_opportunity_addresses() {
    let map = with(&[("/cards/11/addresses", json!([]))]);
    finds(Rule::Pain1, &map, &[&["p3"]]);
    assert_eq!(
        acts(&map, Rule::Pain1),
        [json!({"do": "addOpportunity", "lane": "o", "stage": "waits", "addresses": ["p3"]})]
    );
    // What was dropped answers nothing; a card that was moved out of the lane is no opportunity.
    assert_eq!(
        at(
            &with(&[("/cards/11/status", json!("dropped"))]),
            Rule::Pain1
        ),
        [["p3"]]
    );
    assert_eq!(
        at(&with(&[("/cards/11/lane", json!("a"))]), Rule::Pain1),
        [["p3"]]
    );
}

#[test]
fn pain_1_offers_the_lane_where_there_is_none_for_opportunities() {
    let map = changed(|map| {
        remove_cards(map, &["o3"]);
        map["lanes"].as_array_mut().unwrap().pop();
    });
    assert_eq!(
        acts(&map, Rule::Pain1),
        [json!({"do": "addLane", "kind": "opportunity"})]
    );
}

#[test]
fn pain_2_finds_the_lowest_point_without_a_pain() {
    let map = without(&["p3"]);
    finds(Rule::Pain2, &map, &[&["waits"]]);
    assert_eq!(
        acts(&map, Rule::Pain2),
        [json!({"do": "addCard", "lane": "p", "stage": "waits"})]
    );
    finds_nothing(Rule::Pain2, &curve([-1.0, 0.0, -1.5, 2.0]));
}

#[test]
fn pain_2_finds_each_of_several_lowest_points_and_none_where_all_are_alike() {
    let low = curve([-1.5, 0.0, -1.5, -1.5]);
    assert_eq!(at(&low, Rule::Pain2), [["breaks"], ["rides"]]);
    finds_nothing(Rule::Pain2, &curve([-1.0; 4]));
    finds_nothing(Rule::Pain2, &without(&["e1", "e2", "e3", "e4"]));
}

#[test]
fn action_1_finds_each_opportunity_without_impact_or_effort() {
    for (missing, field) in [
        (&["impact"][..], "impact"),
        (&["effort"], "effort"),
        (&["impact", "effort"], "impact"),
    ] {
        let values: Vec<_> = missing
            .iter()
            .map(|field| (format!("/cards/11/{field}"), Value::Null))
            .collect();
        let values: Vec<_> = values
            .iter()
            .map(|(p, v)| (p.as_str(), v.clone()))
            .collect();
        let map = with(&values);
        finds(Rule::Action1, &map, &[&["o3"]]);
        assert_eq!(
            acts(&map, Rule::Action1),
            [json!({"do": "editCard", "card": "o3", "field": field})]
        );
    }
    for settled in ["done", "dropped"] {
        let map = with(&[
            ("/cards/11/impact", Value::Null),
            ("/cards/11/status", json!(settled)),
        ]);
        finds_nothing(Rule::Action1, &map);
    }
}

#[test]
fn action_2_finds_what_is_planned_or_under_way_and_nobodys() {
    for status in ["planned", "doing"] {
        let map = with(&[
            ("/cards/11/owner", json!(" ")),
            ("/cards/11/status", json!(status)),
        ]);
        finds(Rule::Action2, &map, &[&["o3"]]);
        assert_eq!(
            acts(&map, Rule::Action2),
            [json!({"do": "editCard", "card": "o3", "field": "owner"})]
        );
    }
    for status in [json!("idea"), json!("done"), json!("dropped"), Value::Null] {
        finds_nothing(
            Rule::Action2,
            &with(&[("/cards/11/owner", json!("")), ("/cards/11/status", status)]),
        );
    }
}

#[test]
fn evidence_1_finds_each_layer_resting_on_assumptions_alone_with_the_share_for_the_map() {
    let map = with(&[
        ("/cards/1/sources", json!([])),
        ("/cards/4/sources", json!([])),
    ]);
    finds(Rule::Evidence1, &map, &[&["t"], &["a", "x"]]);
    let said = &of(&map, Rule::Evidence1)[0].message;
    assert!(
        said.contains("interactions") && said.contains("17 % of all 12 cards"),
        "{said}"
    );
    assert_eq!(
        acts(&map, Rule::Evidence1)[1],
        json!({"do": "editCard", "card": "a1", "field": "sources"})
    );
}

#[test]
fn evidence_1_takes_the_word_of_a_card_that_says_evidence() {
    let map = with(&[
        ("/cards/1/sources", json!([])),
        ("/cards/1/confidence", json!("evidence")),
    ]);
    finds_nothing(Rule::Evidence1, &map);
    // A layer without a card is LAYER-1's.
    finds_nothing(Rule::Evidence1, &without(&["t1", "t2", "t3", "t4"]));
}

#[test]
fn evidence_1_asks_a_blueprints_backstage_too_and_no_notes() {
    let lane = |kind: &str| {
        with(&[
            ("/kind", json!("service-blueprint")),
            ("/lanes/-", json!({"id": "b", "kind": kind, "title": ""})),
            (
                "/cards/-",
                json!({"id": "b1", "lane": "b", "stage": "asks", "text": "Sorts by hand"}),
            ),
        ])
    };
    for kind in ["backstage", "support"] {
        assert_eq!(at(&lane(kind), Rule::Evidence1), [["b"]], "{kind}");
    }
    for kind in ["note", "metric", "frontstage"] {
        finds_nothing(Rule::Evidence1, &lane(kind));
    }
}

#[test]
fn detail_1_finds_a_cell_of_more_than_8_cards() {
    let cell = |more: usize| {
        changed(|map| {
            let card = |n| json!({"id": format!("a1{n}"), "lane": "a", "stage": "breaks", "text": "Looks"});
            map["cards"]
                .as_array_mut()
                .unwrap()
                .extend((0..more).map(card));
        })
    };
    finds(Rule::Detail1, &cell(8), &[&["a", "breaks"]]);
    let said = &of(&cell(8), Rule::Detail1)[0].message;
    assert_eq!(said, "“Actions” in “It breaks” has 9 cards.");
    finds_nothing(Rule::Detail1, &cell(7));
}

#[test]
fn detail_2_finds_a_card_of_more_than_280_code_points() {
    let long = |length: usize| with(&[("/cards/4/text", json!("ä".repeat(length)))]);
    finds(Rule::Detail2, &long(281), &[&["a1"]]);
    assert_eq!(
        acts(&long(281), Rule::Detail2),
        [json!({"do": "editCard", "card": "a1", "field": "text"})]
    );
    finds_nothing(Rule::Detail2, &long(280));
}
