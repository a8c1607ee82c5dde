//! Nothing of a table is dropped: it is kept, or refused with its place, or said to be left out (IMPORT-6, IMPORT-7, IMPORT-8).

use cairn_protocol::map::bounds::{MAX_AXIS, MAX_CARDS};

use super::*;

/// Stage, lane, kind and text of each card.
fn cards(text: &str, given: &Given) -> Vec<String> {
    let map = read(text, given);
    let cards = lying(&map).into_iter();
    cards
        .map(|(stage, lane, kind, card)| format!("{stage}/{lane}/{kind}/{}", card.text))
        .collect()
}

fn notes(text: &str, given: &Given) -> Vec<String> {
    let read = table(text, given);
    read.notes.iter().map(ToString::to_string).collect()
}

fn shaped(shape: Shape) -> Given {
    Given {
        shape: Some(shape),
        ..Given::default()
    }
}

#[test]
fn import_4_merged_cells_of_a_list_are_the_stage_lane_and_kind_above() {
    let text = "Stage no.,Stage,Lane no.,Lane,Kind,Card\n1,Search,1,What hurts us,pain,A\n,,,,,B\n1,,1,,,C\n,Search,,What hurts us,,D\n2,Move,,,,E\n";
    assert_eq!(
        cards(text, &Given::default()),
        [
            "Search/What hurts us/pain/A",
            "Search/What hurts us/pain/B",
            "Search/What hurts us/pain/C",
            "Search/What hurts us/pain/D",
            "Move/What hurts us/pain/E",
        ]
    );
    let map = read(text, &Given::default());
    assert_eq!((map.stages.len(), map.lanes.len()), (2, 1));
    // Without a column of lanes, the kind above goes on.
    let text = "Stage,Kind,Card\nS,pain,A\n,,B\n,action,C\n";
    assert_eq!(
        cards(text, &Given::default()),
        ["S/Pains/pain/A", "S/Pains/pain/B", "S/Actions/action/C"]
    );
}

#[test]
fn import_4_merged_cells_of_a_grid_go_on() {
    let text = ",Search,,Move\nPains,A,B,C\n,D,,-20 % deposit\nIdeas,- E,* F,• G\n";
    assert_eq!(
        cards(text, &Given::default()),
        [
            "Search/Pains/pain/A",
            "Search/Pains/pain/B",
            "Move/Pains/pain/C",
            "Search/Pains/pain/D",
            "Move/Pains/pain/-20 % deposit",
            "Search/Ideas/opportunity/E",
            "Search/Ideas/opportunity/F",
            "Move/Ideas/opportunity/G",
        ]
    );
    let untitled = trouble(",,Move\nPains,A,B\n", &Given::default());
    assert!(
        untitled.starts_with("row 2, column 2: has text, but the first row names no stage"),
        "{untitled}"
    );
}

#[test]
fn import_4_a_word_in_the_corner_of_a_grid_makes_no_list_of_it() {
    let text = "Phase,Search,Move\nActions,A,B\nPains,C,D\n";
    let read = table(text, &Given::default());
    assert_eq!(read.shape, Some(Shape::Grid));
    assert_eq!(read.map.unwrap().cards.len(), 4);
    // Stages that repeat, or that no lane is called by, are no lanes.
    for text in [
        "Phase,What happens\nSearch,A\nSearch,B\n",
        "Phase,What happens\nSearch,A\nMove,B\n",
        "Stage,Card\nActions,A\nPains,B\n",
    ] {
        assert_eq!(
            table(text, &Given::default()).shape,
            Some(Shape::Cards),
            "{text}"
        );
    }
    // And who knows better says so.
    let forced = table("Stage,Card\nActions,A\n", &shaped(Shape::Grid));
    assert_eq!(forced.map.unwrap().stages[0].title, "Card");
}

#[test]
fn import_6_surplus_cells_and_open_quotes_are_refused_with_their_row() {
    for (rows, begins) in [
        (
            "S,A\nS,slow, really\n",
            "row 3: has text in column 3, but the first row has 2 columns",
        ),
        (
            "S,A\n\nS,\"open\nS,B\n",
            "row 4: opens a quotation mark that is never closed",
        ),
        (
            "S,\"say \"hi\" now\"\n",
            "row 2: has text behind a closing quotation mark",
        ),
    ] {
        let trouble = trouble(&format!("Stage,Card\n{rows}"), &Given::default());
        assert!(trouble.starts_with(begins), "{trouble}");
    }
    // Empty cells beyond, doubled quotes, and blanks behind a quote are nothing wrong.
    let fine = "Stage,Card\r\nS,\"say \"\"hi\"\"\" ,,\r\n";
    assert_eq!(cards(fine, &Given::default()), ["S/Notes/note/say \"hi\""]);
}

#[test]
fn import_6_columns_that_nothing_is_made_of_are_named() {
    let text = "Stage,Card,Budget,,Card\nS,A,12,x,again\nS,B,,,\n";
    assert_eq!(
        notes(text, &Given::default()),
        [
            "column “Budget”: 1 cell left out; no field is named for it",
            "column 4: 1 cell left out; no field is named for it",
            "column “Card”: 1 cell left out; no field is named for it",
        ]
    );
    // Once columns are named, those that are not are left out, and said to be.
    let named = given(&[("stage", "Stage"), ("card", "Budget")]);
    assert_eq!(notes(text, &named).len(), 3);
    assert_eq!(
        notes("Map of ours,S\nPains,A\n", &Given::default()).len(),
        1
    );
}

#[test]
fn import_6_a_column_is_passed_over_unsaid_in_an_exported_table_alone() {
    let notes = notes("Stage,Card,Score\nSearch,Compares,3\n", &Given::default());
    assert_eq!(
        notes,
        ["column “Score”: 1 cell left out; no field is named for it"]
    );
}

#[test]
fn import_6_what_an_exported_table_does_not_carry_is_said() {
    let csv = include_str!("../../../golden/current.csv");
    let notes = notes(csv.trim_start_matches('\u{feff}'), &Given::default());
    for begins in [
        "the file: an exported table holds no scope",
        "column “Comments”: ",
        "column “Votes”: ",
        "column “Dots, round 2: What first?”: ",
    ] {
        assert!(
            notes.iter().any(|note| note.starts_with(begins)),
            "{begins}: {notes:?}"
        );
    }
    assert!(
        !notes
            .iter()
            .any(|note| note.contains("“Score”") || note.contains("“Addresses”"))
    );
}

#[test]
fn import_7_a_number_with_two_readings_is_refused_or_said() {
    let head = "Stage,Kind,Card,Value\n";
    let value = |rows: &str| {
        let map = read(&format!("{head}{rows}"), &Given::default());
        let value = map.cards[0].value.clone().unwrap();
        serde_json::to_value(value).unwrap()
    };
    assert_eq!(value("S,metric,A,\"1,200\"\nS,metric,B,3.5\n"), 1200.0);
    assert_eq!(value("S,metric,A,\"1,200\"\nS,metric,B,\"3,5\"\n"), 1.2);
    assert_eq!(value("S,metric,A,about 40 %\n"), "about 40 %");
    let either = trouble(
        &format!("{head}S,metric,A,7\nS,metric,B,\"1,200\"\n"),
        &Given::default(),
    );
    assert_eq!(
        either,
        "row 3, column “Value”: “1,200” is 1200 or 1.2; write it without a comma"
    );
    let doubtful = notes(&format!("{head}S,metric,A,1.200\n"), &Given::default());
    assert_eq!(
        doubtful,
        ["row 2, column “Value”: “1.200” is read as 1.2, not as 1200"]
    );
}

#[test]
fn import_8_a_table_beyond_a_map_is_refused_at_the_row_that_is_too_much() {
    let rows = "S,A\n".repeat(MAX_CARDS + 5);
    let many = table(&format!("Stage,Card\n{rows}"), &Given::default());
    assert_eq!(many.map.unwrap_err().path, format!("row {}", MAX_CARDS + 2));
    let rows: Vec<_> = (0..MAX_AXIS + 5)
        .map(|stage| format!("S{stage},A\n"))
        .collect();
    let rows = rows.concat();
    let many = table(&format!("Stage,Card\n{rows}"), &Given::default());
    let trouble = many.map.unwrap_err();
    assert_eq!(
        trouble.path,
        format!("row {}, column “Stage”", MAX_AXIS + 2)
    );
    let rows: Vec<_> = (0..MAX_AXIS + 5)
        .map(|lane| format!("L{lane},A\n"))
        .collect();
    let rows = rows.concat();
    let many = table(&format!(",S\n{rows}"), &Given::default());
    assert_eq!(
        many.map.unwrap_err().path,
        format!("row {}, column 1", MAX_AXIS + 2)
    );
    let cell = "A\n".repeat(MAX_CARDS + 1);
    let many = table(&format!(",S\nPains,\"{cell}\"\n"), &Given::default());
    assert_eq!(many.map.unwrap_err().path, "row 2, column “S”");
}

#[test]
fn import_2_a_broken_stage_or_lane_of_a_table_is_told_by_its_row() {
    let long = "x".repeat(20_001);
    for (text, path) in [
        (
            format!("Stage,Lane,Card\nS,L,A\n{long},L,A\n"),
            "row 3, column “Stage”",
        ),
        (
            format!("Stage,Lane,Card\nS,L,A\nS,{long},A\n"),
            "row 3, column “Lane”",
        ),
        (
            format!("Stage,Card,Persona\nS,A,{long}\n"),
            "row 2, column “Persona”",
        ),
        (format!(",S\n{long},A\n"), "row 2, column 1"),
    ] {
        let trouble = table(&text, &Given::default()).map.unwrap_err();
        assert_eq!(trouble.path, path, "{trouble}");
    }
    let hidden = trouble("Stage,Card,Lane hidden\nS,A,maybe\n", &Given::default());
    assert!(
        hidden.starts_with("row 2, column “Lane hidden”: must be yes or no"),
        "{hidden}"
    );
}

#[test]
fn import_1_an_id_that_is_made_up_is_none_that_the_file_gives() {
    let text = "Stage,Card,Id\nS,A,\nS,B,card-2\nS,C,card-2-2\n";
    let map = read(text, &Given::default());
    let ids: Vec<_> = map.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["card-2-3", "card-2", "card-2-2"]);
}
