//! What files of other programs become (IMPORT).

mod kept;
mod outlines;

use std::collections::BTreeMap;

use cairn_protocol::id::MapId;
use cairn_protocol::map::{self, Card, Date, JourneyMap, LaneKind};

use super::*;
use crate::export::{self, Format, Taken};

fn given(columns: &[(&str, &str)]) -> Given {
    let columns = columns
        .iter()
        .map(|(name, title)| ((*name).to_owned(), (*title).into()));
    Given {
        columns: Some(columns.collect()),
        ..Given::default()
    }
}

fn read(text: &str, given: &Given) -> JourneyMap {
    table(text, given)
        .map
        .unwrap_or_else(|trouble| panic!("{trouble}"))
}

fn trouble(text: &str, given: &Given) -> String {
    match table(text, given).map {
        Ok(map) => panic!("it was read: {}", map.to_json()),
        Err(trouble) => trouble.to_string(),
    }
}

/// Each card with the titles of where it lies, however the ids are called.
fn lying(map: &JourneyMap) -> Vec<(String, String, LaneKind, &Card)> {
    let stage = |id: &str| map.stages.iter().find(|stage| stage.id == id).unwrap();
    let lane = |id: &str| map.lanes.iter().find(|lane| lane.id == id).unwrap();
    map.cards
        .iter()
        .map(|card| {
            let lane = lane(&card.lane);
            (
                stage(&card.stage).title.clone(),
                lane.title.clone(),
                lane.kind,
                card,
            )
        })
        .collect()
}

#[test]
fn import_3_an_exported_table_is_read_as_the_map_it_was() {
    for (name, text) in map::SAMPLES {
        let before = JourneyMap::parse(text).unwrap();
        let taken = Taken {
            id: MapId::new("a-map").unwrap(),
            map: before.clone(),
            rounds: Vec::new(),
            feelings: Vec::new(),
            day: Date::parse("2026-12-01").unwrap(),
            since_review: None,
        };
        let file = export::file(taken, Format::Csv).unwrap();
        let csv = super::text(file.bytes).unwrap();
        let after = read(&csv, &Given::default());
        let names: BTreeMap<_, _> = before
            .personas
            .iter()
            .map(|one| (one.id.clone(), one.name.clone()))
            .collect();
        let again: BTreeMap<_, _> = after
            .personas
            .iter()
            .map(|one| (one.id.clone(), one.name.clone()))
            .collect();
        let plain = |map: &JourneyMap, names: &BTreeMap<String, String>| {
            let mut cards: Vec<_> = lying(map)
                .into_iter()
                .map(|(stage, lane, kind, card)| {
                    let mut card = card.clone();
                    // Ids of stages, lanes and personas are drawn anew; confidence is said of every card.
                    card.persona = card.persona.map(|id| names[&id].clone());
                    card.confidence = Some(card.effective_confidence());
                    (card.lane, card.stage) = (String::new(), String::new());
                    for source in &mut card.sources {
                        source.title = source.title.trim().to_owned();
                    }
                    (stage, lane, kind, card)
                })
                .collect();
            cards.sort_by(|a, b| a.3.id.cmp(&b.3.id));
            cards
        };
        for (old, new) in plain(&before, &names).iter().zip(plain(&after, &again)) {
            assert_eq!(old, &new, "{name}");
        }
        assert_eq!(before.cards.len(), after.cards.len(), "{name}");
        let used = |map: &JourneyMap| {
            let stages = map
                .stages
                .iter()
                .filter(|stage| map.cards.iter().any(|card| card.stage == stage.id));
            let lanes = map
                .lanes
                .iter()
                .filter(|lane| map.cards.iter().any(|card| card.lane == lane.id));
            let stages: Vec<_> = stages.map(|stage| stage.title.clone()).collect();
            (
                stages,
                lanes
                    .map(|lane| (lane.title.clone(), lane.hidden == Some(true)))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(used(&before), used(&after), "{name}");
    }
}

#[test]
fn import_4_a_spreadsheet_is_read_by_the_columns_one_names() {
    let text = "Phase;Was passiert;Art;Wie schlimm\r\nSuche;\"Vergleicht; alles\";Actions;\r\n;Zu langsam;Pains;4\r\n\r\nEinzug;Freut sich;Emotions;\r\n";
    let columns = given(&[
        ("stage", "Phase"),
        ("card", "Was passiert"),
        ("lane", "Art"),
        ("severity", "Wie schlimm"),
    ]);
    let map = read(text, &columns);
    let cards: Vec<_> = lying(&map)
        .into_iter()
        .map(|(stage, lane, kind, card)| (stage, lane, kind, card.text.clone(), card.severity))
        .collect();
    let card = |stage: &str, lane: &str, kind, text: &str, severity| {
        (
            stage.to_owned(),
            lane.to_owned(),
            kind,
            text.to_owned(),
            severity,
        )
    };
    assert_eq!(
        cards,
        [
            card(
                "Suche",
                "Actions",
                LaneKind::Action,
                "Vergleicht; alles",
                None
            ),
            // A merged cell says its text once.
            card("Suche", "Pains", LaneKind::Pain, "Zu langsam", Some(4)),
            card("Einzug", "Emotions", LaneKind::Emotion, "Freut sich", None),
        ]
    );
}

#[test]
fn import_4_columns_are_guessed_by_their_titles_and_shown_before_anything_is_made() {
    let text = "\"Journey stage\",Swimlane,\"Sticky note\",Mood\nSearch,Pains,Slow,\nSearch,Feelings,Proud,+1.5\n";
    let preview = table(text, &Given::default()).preview();
    let fields: Vec<_> = preview
        .columns
        .iter()
        .map(|column| column.field.unwrap_or(""))
        .collect();
    assert_eq!(fields, ["stage", "lane", "card", "feeling"]);
    assert_eq!(preview.columns[2].samples, ["Slow", "Proud"]);
    assert_eq!(
        (preview.cards, preview.stages.as_slice()),
        (2, &["Search".to_owned()][..])
    );
    let lanes: Vec<_> = preview
        .lanes
        .iter()
        .map(|lane| (lane.title.as_str(), lane.kind, lane.cards))
        .collect();
    assert_eq!(lanes, [("Pains", "pain", 1), ("Feelings", "emotion", 1)]);
    assert!(preview.problem.is_none());
    // What is named replaces every guess.
    let preview = table(
        text,
        &given(&[("card", "Mood"), ("stage", "Journey stage")]),
    )
    .preview();
    let fields: Vec<_> = preview
        .columns
        .iter()
        .map(|column| column.field.unwrap_or(""))
        .collect();
    assert_eq!(fields, ["stage", "", "", "card"]);
}

#[test]
fn import_4_a_grid_has_stages_across_and_lanes_down() {
    let text =
        "\u{feff},Search,Apply\nActions,\"Compares\n• Saves\",Fills in a form\nPains,,Too long\n";
    let map = read(text.trim_start_matches('\u{feff}'), &Given::default());
    let cards: Vec<_> = lying(&map)
        .into_iter()
        .map(|(stage, lane, kind, card)| format!("{stage}/{lane}/{kind}/{}", card.text))
        .collect();
    assert_eq!(
        cards,
        [
            "Search/Actions/action/Compares",
            "Search/Actions/action/Saves",
            "Apply/Actions/action/Fills in a form",
            "Apply/Pains/pain/Too long"
        ]
    );
}

#[test]
fn import_2_what_is_wrong_is_told_by_its_row_and_column_and_nothing_is_read() {
    let columns = given(&[
        ("stage", "Phase"),
        ("card", "Note"),
        ("kind", "Kind"),
        ("severity", "Pain"),
        ("due", "By"),
        ("id", "Id"),
    ]);
    let head = "Phase,Note,Kind,Pain,By,Id\n";
    let wrong = |rows: &str| trouble(&format!("{head}{rows}"), &columns);
    assert_eq!(
        wrong(",A,note,,,\n"),
        "row 2, column “Phase”: is empty; every card lies in a stage"
    );
    assert_eq!(
        wrong("S,\"A\n\n\",note,,,\n\nS,B,pain,high,,\n"),
        "row 4, column “Pain”: must be a whole number from 1 to 5, not \"high\""
    );
    assert_eq!(
        wrong("S,A,opportunity,,4/12/2026,\n"),
        "row 2, column “By”: must be a calendar day as YYYY-MM-DD, not \"4/12/2026\""
    );
    assert!(
        wrong("S,A,dream,,,\n").starts_with("row 2, column “Kind”: must be one of touchpoint, ")
    );
    assert!(wrong("S,A,note,,,x\nS,B,note,,,x\n").starts_with("row 3, column “Id”: "));
    assert!(wrong("S,A,note,,,a b\n").starts_with("row 2, column “Id”: "));
    assert!(trouble("", &Given::default()).starts_with("row 1: the table is empty"));
    assert!(
        trouble("Phase,B\n1,2\n", &given(&[("stage", "Phase")]))
            .starts_with("columns: no column is the card")
    );
    assert!(trouble(head, &given(&[("card", "Nope")])).contains("the table has no column “Nope”"));
    assert!(trouble(head, &given(&[("cards", "Note")])).contains("there is no field \"cards\""));
    let latin = super::text(b"Phase\nS\xfcche".to_vec())
        .unwrap_err()
        .to_string();
    assert!(latin.starts_with("line 2: is not UTF-8"), "{latin}");
}
