//! Sheets of paper (EXPORT-6): what stands on which, and that all of it stands on it.

use cairn_protocol::id::MapId;
use cairn_protocol::map::{Date, JourneyMap};
use resvg::usvg::{Group, Node, Rect, TextChunk};
use serde_json::{Value, json};

use super::super::{NotDrawn, Taken};
use super::paper::{A3, A4, Page, sheets};
use super::raster::parsed;
use super::{Drawing, pdf};
use crate::export::Paper;

fn taken(map: Value) -> Taken {
    let map = JourneyMap::from_value(map).unwrap();
    Taken {
        id: MapId::new("a-map").unwrap(),
        map,
        rounds: Vec::new(),
        feelings: Vec::new(),
        day: Date::parse("2026-12-01").unwrap(),
        since_review: None,
    }
}

/// A map of so many stages and lanes, of every kind in turn, with so many cards in each cell; the text of each is its own word.
fn grid(stages: usize, lanes: usize, cards: usize) -> Value {
    const KINDS: [&str; 6] = [
        "touchpoint",
        "action",
        "emotion",
        "pain",
        "opportunity",
        "expectation",
    ];
    let mut all = Vec::new();
    for (lane, stage, card) in (0..lanes)
        .flat_map(|lane| (0..stages).map(move |stage| (lane, stage)))
        .flat_map(|(lane, stage)| (0..cards).map(move |card| (lane, stage, card)))
    {
        let word = format!("c{lane}x{stage}x{card}");
        all.push(json!({
            "id": word, "text": word, "lane": format!("l{lane}"), "stage": format!("s{stage}"),
            "score": 1, "severity": 3, "channel": "web",
        }));
    }
    let stages =
        (0..stages).map(|at| json!({"id": format!("s{at}"), "title": format!("Stage-{at}")}));
    let lanes = (0..lanes).map(|at| {
        json!({"id": format!("l{at}"), "title": format!("Lane-{at}"), "kind": KINDS[at % KINDS.len()]})
    });
    json!({
        "format": "cairn.map/1", "title": "Large", "kind": "current-state",
        "stages": stages.collect::<Vec<_>>(), "lanes": lanes.collect::<Vec<_>>(), "cards": all,
    })
}

fn drawn(taken: &Taken, page: Page) -> Vec<Drawing> {
    let mut all = Vec::new();
    let write = |drawing: &Drawing| {
        all.push(Drawing {
            svg: drawing.svg.clone(),
            width: drawing.width,
            height: drawing.height,
        });
        Ok::<(), NotDrawn>(())
    };
    sheets(taken, page, write).unwrap();
    all
}

/// Every text of a drawing with where it stands.
fn texts(drawing: &Drawing) -> Vec<(String, Rect)> {
    fn walk(group: &Group, found: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => walk(group, found),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(TextChunk::text).collect();
                    found.push((words, text.abs_bounding_box()));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(parsed(drawing).unwrap().root(), &mut found);
    found
}

fn is_within(drawing: &Drawing) {
    for (text, at) in texts(drawing) {
        let inside = at.left() >= 0.0
            && at.top() >= 0.0
            && at.right() <= drawing.width
            && at.bottom() <= drawing.height;
        assert!(
            inside,
            "“{text}” at {at:?} of {} × {}",
            drawing.width, drawing.height
        );
    }
}

#[test]
fn export_6_every_card_is_on_one_sheet_with_its_stage_and_its_lane() {
    let map = taken(grid(12, 9, 2));
    for page in [A4, A3] {
        let sheets = drawn(&map, page);
        let words: Vec<Vec<String>> = sheets
            .iter()
            .map(|sheet| texts(sheet).into_iter().map(|(text, _)| text).collect())
            .collect();
        for card in &map.map.cards {
            let on: Vec<_> = words
                .iter()
                .filter(|words| words.contains(&card.text))
                .collect();
            assert_eq!(on.len(), 1, "{}", card.text);
            for name in [
                card.stage.replace('s', "Stage-"),
                card.lane.replace('l', "Lane-"),
            ] {
                assert!(on[0].contains(&name), "{} without {name}", card.text);
            }
        }
        let last = format!("{} / {}", sheets.len(), sheets.len());
        assert!(words.last().unwrap().contains(&last), "{:?}", words.last());
        sheets.iter().for_each(is_within);
    }
}

#[test]
fn export_6_nothing_runs_off_a_sheet_however_long_it_is() {
    let long = "Donaudampfschifffahrtsgesellschaft and more words ".repeat(60);
    let mut map = grid(2, 6, 1);
    map["title"] = json!(long);
    map["scenario"] = json!(long);
    map["goal"] = json!(long);
    map["owner"] = json!(long);
    let personas =
        (0..40).map(|at| json!({"id": format!("p{at}"), "name": format!("{at} {long}")}));
    map["personas"] = personas.collect();
    for (list, field) in [
        ("stages", "title"),
        ("stages", "description"),
        ("lanes", "title"),
    ] {
        for entry in map[list].as_array_mut().unwrap() {
            entry[field] = json!(long);
        }
    }
    for (at, card) in map["cards"].as_array_mut().unwrap().iter_mut().enumerate() {
        for field in [
            "text", "quote", "actual", "channel", "actor", "owner", "value", "unit",
        ] {
            card[field] = json!(long);
        }
        card["value"] = json!(5);
        card["persona"] = json!(format!("p{}", at % 40));
    }
    for kind in ["current-state", "service-blueprint"] {
        map["kind"] = json!(kind);
        for page in [A4, A3] {
            drawn(&taken(map.clone()), page).iter().for_each(is_within);
        }
    }
}

#[test]
fn export_6_seven_stages_share_a_sheet_of_a4_and_eight_one_of_a3() {
    for (stages, page, count) in [(7, A4, 1), (8, A4, 2), (8, A3, 1), (9, A3, 2)] {
        let sheets = drawn(&taken(grid(stages, 2, 1)), page);
        assert_eq!(sheets.len(), count, "{stages} stages on {page:?}");
    }
}

#[test]
fn export_6_a_stage_without_lanes_is_on_a_sheet_too() {
    let sheets = drawn(&taken(grid(12, 0, 0)), A4);
    let words: Vec<_> = sheets
        .iter()
        .flat_map(texts)
        .map(|(text, _)| text)
        .collect();
    for stage in 0..12 {
        assert!(
            words.contains(&format!("Stage-{stage}")),
            "{stage}: {words:?}"
        );
    }
}

#[test]
fn export_6_what_the_marks_mean_is_on_every_sheet_and_the_notes_are_on_one_however_full_it_is() {
    for cards in 2..5 {
        let mut map = grid(3, 4, cards);
        map["lanes"][3]["hidden"] = json!(true);
        let sheets = drawn(&taken(map), A4);
        let mut notes = 0;
        for sheet in &sheets {
            is_within(sheet);
            let words: Vec<_> = texts(sheet).into_iter().map(|(text, _)| text).collect();
            assert!(
                words
                    .iter()
                    .any(|text| text == "Assumption, not checked yet")
            );
            notes += words
                .iter()
                .filter(|text| *text == "1 hidden lane is left out.")
                .count();
        }
        assert_eq!(notes, 1, "{cards} cards a cell");
    }
}

#[test]
fn export_6_only_the_first_sheet_gives_room_to_its_heading() {
    let mut map = grid(1, 1, 40);
    let plain = drawn(&taken(map.clone()), A4);
    map["scenario"] = json!("What it is about. ".repeat(30));
    map["goal"] = json!("What it is for. ".repeat(30));
    let headed = drawn(&taken(map), A4);
    let cards = |sheet: &Drawing| {
        let words = texts(sheet).into_iter();
        words.filter(|(text, _)| text.starts_with("c0x")).count()
    };
    assert!(cards(&headed[0]) < cards(&plain[0]));
    assert!(
        cards(&headed[1]) >= cards(&plain[1]),
        "{} {}",
        cards(&headed[1]),
        cards(&plain[1])
    );
}

#[test]
fn export_7_a_poster_larger_than_a_sheet_can_be_is_refused() {
    let map = taken(grid(1, 1, 1_500));
    assert!(matches!(pdf(&map, Paper::Poster), Err(NotDrawn::NoPoster)));
}
