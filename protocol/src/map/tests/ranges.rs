//! The rules about single values: ranges, words, dates, types, sizes.

use super::super::{Confidence, Date};
use super::rules::{accepted, base, refused};
use serde_json::{Value, json};

#[test]
fn map_12_numbers_are_within_their_ranges() {
    for (field, least, most) in [
        ("gap", 0, 3),
        ("severity", 1, 5),
        ("impact", 1, 5),
        ("effort", 1, 5),
    ] {
        for good in least..=most {
            accepted(&format!("/cards/0/{field}"), json!(good));
        }
        for bad in [
            json!(least - 1),
            json!(most + 1),
            json!(1.5),
            json!("3"),
            json!(true),
            json!(1e300),
        ] {
            let expected = format!(
                "cards[0].{field}: must be a whole number from {least} to {most}, not {bad}"
            );
            refused(&format!("/cards/0/{field}"), bad, &expected);
        }
    }
    for good in [json!(-2), json!(-1.5), json!(0), json!(0.5), json!(2.0)] {
        assert_eq!(
            accepted("/cards/0/score", good.clone()).to_value()["cards"][0]["score"].as_f64(),
            good.as_f64()
        );
    }
    for bad in [json!(-2.5), json!(3), json!(0.25), json!("1")] {
        refused(
            "/cards/0/score",
            bad.clone(),
            &format!("cards[0].score: must be from -2 to 2 in halves, not {bad}"),
        );
    }
    // `value`: a grade in an opportunity lane, any figure elsewhere.
    accepted("/cards/1/value", json!(5));
    for bad in [json!(0), json!(6), json!(2.5), json!("3")] {
        refused(
            "/cards/1/value",
            bad.clone(),
            &format!("cards[1].value: must be a whole number from 1 to 5, not {bad}"),
        );
    }
    for good in [
        json!(0),
        json!(6),
        json!(2.5),
        json!("about 3"),
        json!(-1e9),
    ] {
        let map = accepted("/cards/2/value", good.clone());
        assert_eq!(map.to_value()["cards"][2]["value"].as_f64(), good.as_f64());
        accepted("/cards/2/target", good);
    }
    refused(
        "/cards/2/value",
        json!([1]),
        "cards[2].value: must be a number or a text, not an array",
    );
    refused(
        "/cards/2/target",
        json!(true),
        "cards[2].target: must be a number or a text, not true",
    );
    accepted("/review/everyDays", json!(36_500));
    for bad in [json!(0), json!(36_501), json!(1.5), json!("90")] {
        refused(
            "/review/everyDays",
            bad.clone(),
            &format!("review.everyDays: must be a whole number from 1 to 36500, not {bad}"),
        );
    }
}

#[test]
fn map_13_words_are_from_their_lists() {
    let kinds = "current-state, future-state, day-in-the-life, service-blueprint";
    refused(
        "/kind",
        json!("current"),
        &format!("kind: must be one of {kinds}, not \"current\""),
    );
    refused(
        "/lanes/0/kind",
        json!("Pain"),
        "lanes[0].kind: must be one of touchpoint, action, expectation, emotion, pain, opportunity, evidence, frontstage, backstage, support, note, metric, not \"Pain\"",
    );
    refused(
        "/cards/1/status",
        json!("open"),
        "cards[1].status: must be one of idea, planned, doing, done, dropped, not \"open\"",
    );
    refused(
        "/cards/1/confidence",
        json!(1),
        "cards[1].confidence: must be one of assumption, evidence, not 1",
    );
    refused(
        "/cards/2/sources/0/kind",
        json!("blog"),
        "cards[2].sources[0].kind: must be one of interview, support, analytics, survey, observation, other, not \"blog\"",
    );
    for kind in kinds.split(", ") {
        accepted("/kind", json!(kind));
    }
}

#[test]
fn map_14_dates_are_calendar_days() {
    let rule = "must be a calendar day as YYYY-MM-DD, not";
    refused(
        "/review/lastReviewed",
        json!("2026-02-29"),
        &format!("review.lastReviewed: {rule} \"2026-02-29\""),
    );
    refused(
        "/cards/1/due",
        json!("tomorrow"),
        &format!("cards[1].due: {rule} \"tomorrow\""),
    );
    refused(
        "/cards/1/due",
        json!(20_260_101),
        &format!("cards[1].due: {rule} 20260101"),
    );
    accepted("/cards/1/due", json!("2028-02-29"));
    refused(
        "/cards/0/lastTouched",
        json!("2026-10-02T09:00:00Z"),
        &format!("cards[0].lastTouched: {rule} \"2026-10-02T09:00:00Z\""),
    );
}

#[test]
fn map_38_a_card_keeps_the_day_it_was_last_touched() {
    let kept = accepted("/cards/0/lastTouched", json!("2026-11-27"));
    assert_eq!(kept.cards[0].last_touched, Date::parse("2026-11-27"));
    assert_eq!(
        kept.to_value()["cards"][0]["lastTouched"],
        json!("2026-11-27")
    );
    let none = accepted("/cards/0/lastTouched", Value::Null);
    assert_eq!(none.cards[0].last_touched, None, "null equals absent");
}

#[test]
fn map_15_moments_are_rfc_3339() {
    let rule = "must be an RFC 3339 date and time (2026-10-02T09:00:00Z), not";
    refused(
        "/cards/0/createdAt",
        json!("2026-10-02"),
        &format!("cards[0].createdAt: {rule} \"2026-10-02\""),
    );
    refused(
        "/comments/0/at",
        json!(0),
        &format!("comments[0].at: {rule} 0"),
    );
    let kept = accepted("/comments/0/at", json!("2026-10-02T11:00:00.50+02:00"));
    assert_eq!(
        kept.comments[0].at, "2026-10-02T11:00:00.50+02:00",
        "as written"
    );
}

#[test]
fn map_16_colors_are_rrggbb() {
    accepted("/cards/0/color", json!("#12aBcF"));
    for bad in ["#fff", "red", "#12345g", "123456", "#1234567", "#ä2345"] {
        refused(
            "/cards/0/color",
            json!(bad),
            &format!("cards[0].color: must be a color as #rrggbb, not \"{bad}\""),
        );
    }
}

#[test]
fn map_17_a_card_with_a_source_is_evidence_whatever_it_says() {
    let assumed = accepted("/cards/2/confidence", json!("assumption"));
    assert_eq!(
        assumed.cards[2].confidence,
        Some(Confidence::Assumption),
        "kept as written"
    );
    assert_eq!(
        assumed.cards[2].effective_confidence(),
        Confidence::Evidence
    );
    assert_eq!(
        assumed.cards[0].effective_confidence(),
        Confidence::Assumption,
        "the default"
    );
    let claimed = accepted("/cards/0/confidence", json!("evidence"));
    assert_eq!(
        claimed.cards[0].effective_confidence(),
        Confidence::Evidence
    );
}

#[test]
fn map_18_a_sources_url_may_be_any_text() {
    for url in [
        "https://a.example/",
        "javascript:alert(1)",
        "file 7, shelf 3",
    ] {
        assert_eq!(
            accepted("/cards/2/sources/0/url", json!(url)).cards[2].sources[0].url,
            url
        );
    }
    refused(
        "/cards/2/sources/0/url",
        json!(1),
        "cards[2].sources[0].url: must be a text, not 1",
    );
    refused(
        "/cards/2/sources",
        json!(["x"]),
        "cards[2].sources[0]: must be an object, not \"x\"",
    );
    refused(
        "/cards/2/sources",
        json!({}),
        "cards[2].sources: must be an array, not an object",
    );
}

#[test]
fn map_19_known_fields_have_their_types() {
    for field in [
        "text", "channel", "actual", "quote", "owner", "actor", "unit", "author",
    ] {
        refused(
            &format!("/cards/0/{field}"),
            json!(1),
            &format!("cards[0].{field}: must be a text, not 1"),
        );
    }
    for field in ["owned", "momentOfTruth", "failPoint"] {
        refused(
            &format!("/cards/0/{field}"),
            json!("yes"),
            &format!("cards[0].{field}: must be true or false, not \"yes\""),
        );
    }
    for field in ["role", "quote", "bio", "name"] {
        refused(
            &format!("/personas/0/{field}"),
            json!([]),
            &format!("personas[0].{field}: must be a text, not an array"),
        );
    }
    for field in ["goals", "needs", "frustrations"] {
        refused(
            &format!("/personas/0/{field}"),
            json!(["a", null]),
            &format!("personas[0].{field}[1]: must be a text, not null"),
        );
        refused(
            &format!("/personas/0/{field}"),
            json!("a"),
            &format!("personas[0].{field}: must be an array, not \"a\""),
        );
    }
    for (pointer, path) in [
        ("/personas/0/primary", "personas[0].primary"),
        ("/lanes/0/hidden", "lanes[0].hidden"),
        ("/comments/0/resolved", "comments[0].resolved"),
    ] {
        refused(
            pointer,
            json!(0),
            &format!("{path}: must be true or false, not 0"),
        );
    }
    for (pointer, path) in [
        ("/title", "title"),
        ("/scenario", "scenario"),
        ("/goal", "goal"),
        ("/owner", "owner"),
        ("/currentState", "currentState"),
        ("/stages/0/description", "stages[0].description"),
        ("/comments/0/author", "comments[0].author"),
    ] {
        refused(
            pointer,
            json!(false),
            &format!("{path}: must be a text, not false"),
        );
    }
    refused(
        "/review",
        json!("yearly"),
        "review: must be an object, not \"yearly\"",
    );
    for array in ["personas", "stages", "lanes", "cards", "comments"] {
        refused(
            &format!("/{array}"),
            json!({}),
            &format!("{array}: must be an array, not an object"),
        );
        refused(
            &format!("/{array}/-"),
            json!("x"),
            &format!(
                "{array}[{}]: must be an object, not \"x\"",
                base()[array].as_array().unwrap().len()
            ),
        );
    }
}

#[test]
fn map_20_sizes_are_bounded() {
    // Code points count, not bytes or code units.
    accepted("/cards/0/text", json!("😀".repeat(20_000)));
    refused(
        "/cards/0/text",
        json!("x".repeat(20_001)),
        "cards[0].text: is longer than 20000 code points",
    );
    refused(
        "/personas/0/goals",
        json!(["x".repeat(20_001)]),
        "personas[0].goals[0]: is longer than 20000 code points",
    );
    refused(
        "/personas/0/goals",
        json!(vec!["x"; 1001]),
        "personas[0].goals: has 1001 items; at most 1000 fit",
    );
    for array in ["personas", "stages", "lanes"] {
        refused(
            &format!("/{array}"),
            json!(vec![0; 201]),
            &format!("{array}: has 201 items; at most 200 fit"),
        );
    }
    for array in ["cards", "comments"] {
        refused(
            &format!("/{array}"),
            json!(vec![0; 20_001]),
            &format!("{array}: has 20001 items; at most 20000 fit"),
        );
    }
}
