//! COMPARE: what is different between two maps.

use super::*;
use crate::map::{MapKind, SAMPLES, sample, template};

fn parse(json: &serde_json::Value) -> JourneyMap {
    JourneyMap::parse(&json.to_string()).unwrap()
}

fn small(change: impl FnOnce(&mut serde_json::Value)) -> JourneyMap {
    let mut json = serde_json::json!({
        "format": "cairn.map/1", "title": "Small", "kind": "current-state",
        "stages": [{"id": "a", "title": "Ask"}, {"id": "b", "title": "Buy"}, {"id": "c", "title": "Collect"}, {"id": "d", "title": "Discard"}],
        "lanes": [{"id": "x", "kind": "expectation", "title": "X"}, {"id": "p", "kind": "pain", "title": "Pains"},
            {"id": "e", "kind": "emotion", "title": "Feels"}],
        "cards": [
            {"id": "x1", "lane": "x", "stage": "a", "text": "An answer today", "gap": 2},
            {"id": "p1", "lane": "p", "stage": "a", "text": "Nobody answers the phone", "severity": 4},
            {"id": "p2", "lane": "p", "stage": "b", "text": "The form is long", "severity": 2},
            {"id": "e1", "lane": "e", "stage": "a", "text": "Lost", "score": -1.5},
            {"id": "e2", "lane": "e", "stage": "a", "text": "Hopeful", "score": 0.5}],
    });
    change(&mut json);
    parse(&json)
}

fn ids<'a>(list: impl IntoIterator<Item = &'a Named>) -> Vec<&'a str> {
    list.into_iter().map(|one| one.id.as_str()).collect()
}

#[test]
fn compare_1_a_map_does_not_differ_from_itself() {
    let kinds = [
        MapKind::CurrentState,
        MapKind::FutureState,
        MapKind::DayInTheLife,
        MapKind::ServiceBlueprint,
    ];
    let templates = kinds.into_iter().map(template);
    let samples = SAMPLES
        .iter()
        .map(|(_, text)| JourneyMap::parse(text).unwrap());
    for map in templates.chain(samples) {
        let comparison = compare(&map, &map);
        assert!(comparison.is_empty(), "{comparison:?}");
        assert!(
            comparison.curve.is_empty()
                && comparison.gaps.is_empty()
                && comparison.pains.is_empty()
        );
        assert!(comparison.to_markdown().contains("Nothing is different."));
    }
}

#[test]
fn compare_2_entries_are_the_same_by_id_whatever_they_are_called() {
    let after = small(|json| json["stages"][1]["title"] = "Buy a ticket".into());
    let comparison = compare(&small(|_| {}), &after);
    let [reworded] = comparison.stages.reworded.as_slice() else {
        panic!("{comparison:?}")
    };
    assert_eq!(reworded.id, "b");
    let added: String = reworded
        .words
        .iter()
        .filter(|word| word.kind == WordKind::Added)
        .map(|word| word.text.as_str())
        .collect();
    assert_eq!(added.trim(), "a ticket");
    assert!(comparison.stages.added.is_empty() && comparison.cards.moved.is_empty());
}

#[test]
fn compare_2_without_a_common_id_a_name_or_a_text_in_its_place_will_do() {
    let renamed = |text: String| {
        text.replace("\"id\":\"", "\"id\":\"other-")
            .replace("\"stage\":\"", "\"stage\":\"other-")
            .replace("\"lane\":\"", "\"lane\":\"other-")
    };
    let other =
        JourneyMap::parse(&renamed(small(|_| {}).to_json().replace("\": \"", "\":\""))).unwrap();
    assert!(other.cards.iter().all(|card| card.id.starts_with("other-")));
    let comparison = compare(&small(|_| {}), &other);
    assert!(comparison.is_empty(), "{comparison:?}");
    let louder = JourneyMap::parse(
        &other
            .to_json()
            .replace("The form is long", "The FORM is long!"),
    )
    .unwrap();
    let comparison = compare(&small(|_| {}), &louder);
    assert_eq!(
        comparison.cards.reworded.len(),
        1,
        "the same card, other words"
    );
    assert!(comparison.cards.added.is_empty());
}

#[test]
fn compare_2_a_lane_of_another_kind_is_another_lane() {
    let after = small(|json| {
        json["lanes"][1] = serde_json::json!({"id": "q", "kind": "note", "title": "Pains"});
        json["cards"][1]["lane"] = "q".into();
        json["cards"][2]["lane"] = "q".into();
    });
    let comparison = compare(&small(|_| {}), &after);
    assert_eq!(ids(&comparison.lanes.added), ["q"]);
    assert_eq!(ids(&comparison.lanes.removed), ["p"]);
    assert_eq!(
        comparison
            .pains
            .iter()
            .filter(|pain| pain.became == PainFate::Resolved)
            .count(),
        2
    );
}

#[test]
fn compare_3_the_fewest_stages_have_moved() {
    let after = small(|json| {
        let last = json["stages"].as_array_mut().unwrap().pop().unwrap();
        json["stages"].as_array_mut().unwrap().insert(0, last);
    });
    let comparison = compare(&small(|_| {}), &after);
    assert_eq!(ids(&comparison.stages.moved), ["d"]);
    let fewer = small(|json| {
        json["stages"].as_array_mut().unwrap().remove(1);
        json["cards"].as_array_mut().unwrap().remove(2);
    });
    let comparison = compare(&small(|_| {}), &fewer);
    assert_eq!(
        (
            ids(&comparison.stages.removed),
            ids(&comparison.stages.moved)
        ),
        (vec!["b"], vec![])
    );
}

#[test]
fn compare_4_cards_are_added_removed_moved_reworded_and_changed() {
    let after = small(|json| {
        let cards = json["cards"].as_array_mut().unwrap();
        cards[0]["text"] = "An answer this week".into();
        cards[1]["stage"] = "b".into();
        cards[2]["severity"] = 3.into();
        cards.remove(4);
        cards.push(serde_json::json!({"id": "p3", "lane": "p", "stage": "c", "text": "Rain", "severity": 1}));
    });
    let Comparison { cards, pains, .. } = compare(&small(|_| {}), &after);
    assert_eq!(
        cards
            .reworded
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>(),
        ["x1"]
    );
    let [moved] = cards.moved.as_slice() else {
        panic!("{cards:?}")
    };
    assert_eq!(
        (
            moved.from.stage.as_str(),
            moved.to.stage.as_str(),
            moved.to.lane.as_str()
        ),
        ("Ask", "Buy", "Pains")
    );
    let [changed] = cards.changed.as_slice() else {
        panic!("{cards:?}")
    };
    let field = FieldChange {
        field: "severity".into(),
        before: 2.into(),
        after: 3.into(),
    };
    assert_eq!((changed.id.as_str(), &changed.fields), ("p2", &vec![field]));
    assert_eq!(
        cards
            .removed
            .iter()
            .map(|card| card.id.as_str())
            .collect::<Vec<_>>(),
        ["e2"]
    );
    assert_eq!(
        cards
            .added
            .iter()
            .map(|card| card.id.as_str())
            .collect::<Vec<_>>(),
        ["p3"]
    );
    let fates: Vec<_> = pains
        .iter()
        .map(|pain| (pain.id.as_str(), pain.became))
        .collect();
    assert_eq!(fates, [("p2", PainFate::Worsened), ("p3", PainFate::New)]);
}

#[test]
fn compare_5_the_curve_shifts_by_the_mean_of_each_stage() {
    let after = small(|json| json["cards"][3]["score"] = 1.into());
    let comparison = compare(&small(|_| {}), &after);
    let shift = CurveShift {
        stage: "Ask".into(),
        before: Some(-0.5),
        after: Some(0.75),
    };
    assert_eq!(comparison.curve, [shift]);
}

#[test]
fn compare_6_gaps_close_narrow_widen_and_open() {
    let fate = |before: Option<u8>, after: Option<u8>| {
        let with = |gap: Option<u8>| {
            small(|json| json["cards"][0]["gap"] = gap.map_or(Value::Null, Value::from))
        };
        let gaps = compare(&with(before), &with(after)).gaps;
        gaps.first().map(|gap| gap.became)
    };
    assert_eq!(fate(Some(2), Some(0)), Some(GapFate::Closed));
    assert_eq!(fate(Some(3), Some(1)), Some(GapFate::Narrowed));
    assert_eq!(fate(Some(1), Some(2)), Some(GapFate::Widened));
    assert_eq!(fate(None, Some(2)), Some(GapFate::Opened));
    assert_eq!(fate(Some(2), Some(2)), None);
    assert_eq!(fate(Some(2), None), None, "nothing is said of it any more");
}

/// The worked example: renting a flat today, and as it is meant to be.
#[test]
fn compare_the_flat_of_today_and_the_one_to_come() {
    let map = |name| JourneyMap::parse(sample(name).unwrap()).unwrap();
    let comparison = compare(
        &map("renting-a-flat.current"),
        &map("renting-a-flat.future"),
    );
    assert_eq!(ids(&comparison.stages.removed), ["waiting"]);
    assert_eq!(
        comparison.stages.reworded.len(),
        1,
        "signing became getting the keys"
    );
    let answer = comparison
        .gaps
        .iter()
        .find(|gap| gap.id == "x-answer")
        .unwrap();
    assert_eq!(
        (answer.became, answer.before, answer.after),
        (GapFate::Closed, Some(3), Some(0))
    );
    let upload = comparison
        .pains
        .iter()
        .find(|pain| pain.id == "p-upload")
        .unwrap();
    assert_eq!(upload.became, PainFate::Eased);
    let answer = comparison
        .cards
        .moved
        .iter()
        .find(|card| card.id == "x-answer")
        .unwrap();
    assert_eq!(
        (answer.from.stage.as_str(), answer.to.stage.as_str()),
        ("Waiting for an answer", "Applying")
    );
    let backwards = compare(
        &map("renting-a-flat.future"),
        &map("renting-a-flat.current"),
    );
    assert_eq!(comparison.cards.added.len(), backwards.cards.removed.len());
    assert_eq!(comparison.cards.moved.len(), backwards.cards.moved.len());
}

#[test]
fn compare_7_markdown_is_one_line_an_item_and_nothing_in_it_is_a_mark() {
    let after = small(|json| {
        json["cards"][0]["text"] = "An *answer*\n# today | <b>".into();
        json["title"] = "A [link](http://example.com)".into();
    });
    let text = compare(&small(|_| {}), &after).to_markdown();
    assert!(
        text.starts_with("# Small → A \\[link\\](http://example.com)\n"),
        "{text}"
    );
    let reworded = "- An ~~answer~~ **\\*answer\\* \\#** today **\\| \\<b\\>**\n";
    assert!(text.contains(reworded), "{text}");
}

#[test]
fn compare_1_the_web_clients_types_are_those_of_the_comparison() {
    use ts_rs::{Config, TS};
    let config = Config::default();
    let declarations = [
        WordKind::decl(&config),
        Word::decl(&config),
        Side::decl(&config),
        FieldChange::decl(&config),
        Named::decl(&config),
        Reworded::decl(&config),
        Changed::decl(&config),
        EntryChanges::decl(&config),
        CardPlace::decl(&config),
        PlacedCard::decl(&config),
        MovedCard::decl(&config),
        CardChanges::decl(&config),
        CurveShift::decl(&config),
        GapFate::decl(&config),
        GapChange::decl(&config),
        PainFate::decl(&config),
        PainChange::decl(&config),
        Comparison::decl(&config),
    ];
    let head = "What `GET /api/maps/{id}/compare` answers. Written from protocol/src/map/compare/{parts,words}.rs";
    crate::typescript::assert_current("compare.ts", head, "compare_1", &declarations);
}
