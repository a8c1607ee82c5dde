//! Files that are no text, read again by other programs' own readers and held against the map.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::*;

/// The pages of a PDF.
fn pages(bytes: &[u8]) -> (lopdf::Document, Vec<u32>) {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages = document.get_pages().into_keys().collect();
    (document, pages)
}

/// Everything a PDF says, without white space: where a line breaks is nobody's words.
pub(super) fn pdf_words(bytes: &[u8]) -> String {
    let (document, pages) = pages(bytes);
    bare(&document.extract_text(&pages).unwrap())
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn export_5_a_pdf_says_every_card_and_name_as_text_on_as_many_pages_as_it_has_sheets() {
    for (sample, paper) in [
        ("renting-a-flat.current", Paper::A4),
        ("library-card.blueprint", Paper::A3),
        ("renting-a-flat.current", Paper::Poster),
    ] {
        let taken = self::taken(sample);
        let bytes = picture::pdf(&taken, paper).unwrap();
        let (document, pages) = pages(&bytes);
        let words = pdf_words(&bytes);
        let count = pages.len();
        match paper {
            Paper::Poster => assert_eq!(count, 1),
            Paper::A4 | Paper::A3 => {
                for page in &pages {
                    let own = bare(&document.extract_text(&[*page]).unwrap());
                    let number = format!("{page}/{count}");
                    assert!(
                        own.contains(&number),
                        "{sample} {paper:?}: {number} in {own}"
                    );
                }
            }
        }
        let hidden = |lane: &str| {
            let lane = taken.map.lanes.iter().find(|one| one.id == lane);
            lane.is_some_and(|lane| lane.hidden == Some(true))
        };
        let cards = taken.map.cards.iter().filter(|card| !hidden(&card.lane));
        let cards = cards.map(|card| &card.text);
        let stages = taken.map.stages.iter().map(|stage| &stage.title);
        for text in cards.chain(stages).chain([&taken.map.title]) {
            assert!(words.contains(&bare(text)), "{sample} {paper:?}: {text}");
        }
    }
}

fn sheets(taken: Taken) -> BTreeMap<String, Vec<Vec<Data>>> {
    let bytes = file(taken, Format::Xlsx).unwrap().bytes;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheets()
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

/// A cell as the table means it: XLSX has numbers alone for numbers.
fn cell(data: &Data) -> table::Cell {
    match data {
        Data::Empty => table::Cell::Nothing,
        Data::Float(number) => table::Cell::number(*number),
        Data::String(text) => table::Cell::text(text.as_str()),
        other => panic!("a cell holds {other:?}"),
    }
}

#[test]
fn export_4_a_workbook_says_of_every_card_what_the_table_says() {
    let sheets = sheets(voted());
    let taken = voted();
    let (titles, rows) = table::table(&taken);
    let id = titles.iter().position(|title| title == "Id").unwrap();
    let mut found = BTreeSet::new();
    for (name, sheet) in &sheets {
        let heads: Vec<String> = sheet[0].iter().map(ToString::to_string).collect();
        let Some(own) = heads.iter().position(|head| head == "Id") else {
            continue;
        };
        for row in &sheet[1..] {
            let card = &row[own];
            let meant = rows.iter().find(|row| row[id] == cell(card)).unwrap();
            let of = taken
                .map
                .cards
                .iter()
                .find(|one| one.id == card.to_string())
                .unwrap();
            let lane = taken
                .map
                .lanes
                .iter()
                .find(|lane| lane.id == of.lane)
                .unwrap();
            assert_eq!(name, words::layer(lane.kind.layer()), "the sheet of {card}");
            for (head, data) in heads.iter().zip(row) {
                let at = titles.iter().position(|title| title == head).unwrap();
                assert_eq!(cell(data), meant[at], "{name}, {card}, {head}");
            }
            assert!(found.insert(card.to_string()), "{card} is on two sheets");
        }
    }
    let all: BTreeSet<_> = taken.map.cards.iter().map(|card| card.id.clone()).collect();
    assert_eq!(found, all);
}

#[test]
fn export_4_the_first_sheet_of_a_workbook_is_the_map_as_it_lies() {
    let taken = voted();
    let sheets = sheets(voted());
    let sheet = &sheets["Map"];
    assert_eq!(sheet[0][0], Data::String(taken.map.title.clone()));
    for (column, stage) in taken.map.stages.iter().enumerate() {
        let head = format!("{}. {}", column + 1, stage.title);
        assert_eq!(sheet[3][column + 1], Data::String(head));
        for (row, lane) in taken.map.lanes.iter().enumerate() {
            let said = sheet[row + 4][column + 1].to_string();
            let here = |card: &&map::Card| card.lane == lane.id && card.stage == stage.id;
            let cards: Vec<_> = taken.map.cards.iter().filter(here).collect();
            assert_eq!(said.lines().count(), cards.len(), "{said}");
            for card in cards {
                let text = words::one_line(&card.text);
                assert!(said.contains(&text), "{text} in {said}");
            }
        }
    }
}

#[test]
fn export_2_a_workbook_has_a_line_for_each_place_and_each_stage_that_was_felt() {
    let sheets = sheets(voted());
    let lines: Vec<String> = sheets["Rounds"]
        .iter()
        .map(|row| {
            row.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    let stages = voted().map.stages;
    for begins in [
        "1|What first?|2026-11-".to_owned(),
        "2|What first?|2026-11-".to_owned(),
        "3|How does it feel?|2026-11-".to_owned(),
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(&begins)),
            "{begins}: {lines:#?}"
        );
    }
    let felt = format!("{}|-0.5|1.6|4|−2, −1.5, +0.5, +2", stages[1].title);
    assert!(
        lines.iter().any(|line| line.contains(&felt)),
        "{felt}: {lines:#?}"
    );
}

#[test]
fn export_1_a_file_of_a_picture_is_the_same_when_it_is_made_twice() {
    for format in [
        Format::Svg,
        Format::Png,
        Format::Pdf(Paper::A4),
        Format::Xlsx,
    ] {
        let made = || file(voted(), format).unwrap().bytes;
        assert!(made() == made(), "{format:?}");
    }
}

#[test]
fn export_5_a_png_shows_what_the_drawing_does() {
    let bytes = file(voted(), Format::Png).unwrap().bytes;
    let picture = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    let drawing = picture::whole(&voted());
    #[expect(clippy::cast_sign_loss, reason = "a drawing has a size")]
    let side = |length: f32| (length * 2.0).ceil() as u32;
    assert_eq!(
        (picture.width(), picture.height()),
        (side(drawing.width), side(drawing.height))
    );
    // The ground, the ink of text, and the ground of each layer that has cards.
    for color in [
        "#f6f3ec", "#26221c", "#e1ecf7", "#ece5f6", "#fae5e0", "#f8ebcf",
    ] {
        let part = |at: usize| u8::from_str_radix(&color[at..at + 2], 16).unwrap();
        let color = [part(1), part(3), part(5), 255];
        let mut pixels = picture.data().chunks_exact(4);
        assert!(pixels.any(|pixel| pixel == color), "{color:?}");
    }
}

#[test]
fn export_1_a_map_with_nothing_in_it_is_a_file_in_every_format() {
    for map in [
        map::blank(map::MapKind::CurrentState),
        map::template(map::MapKind::ServiceBlueprint),
    ] {
        let made = |format| {
            let taken = Taken {
                id: MapId::new("a-map").unwrap(),
                map: map.clone(),
                rounds: Vec::new(),
                feelings: Vec::new(),
                day: Date::parse(DAY).unwrap(),
                since_review: None,
            };
            file(taken, format).unwrap().bytes
        };
        let text = |format| String::from_utf8(made(format)).unwrap();
        let json = JourneyMap::parse(&text(Format::Json)).unwrap();
        assert_eq!(json.stages.len(), map.stages.len());
        assert_eq!(text(Format::Csv).lines().count(), 1);
        let markdown = text(Format::Markdown);
        assert!(markdown.starts_with("# "), "{markdown}");
        assert!(roxmltree::Document::parse(&text(Format::Svg)).is_ok());
        assert!(resvg::tiny_skia::Pixmap::decode_png(&made(Format::Png)).is_ok());
        for paper in [Paper::A4, Paper::Poster] {
            let words = pdf_words(&made(Format::Pdf(paper)));
            for stage in &map.stages {
                assert!(
                    words.contains(&bare(&stage.title)),
                    "{paper:?}: {}",
                    stage.title
                );
            }
        }
        let book: Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(made(Format::Xlsx))).unwrap();
        assert_eq!(book.sheet_names(), ["Map"]);
    }
}
