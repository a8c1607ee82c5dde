//! What files hold (EXPORT), on the samples.

mod read_back;

use std::path::PathBuf;

use cairn_protocol::channel::{EmotionRoundView, RoundView};
use cairn_protocol::id::MapId;
use cairn_protocol::map::{self, Date, JourneyMap, LaneKind};
use resvg::usvg::roxmltree;
use serde_json::json;

use super::*;

/// The day files are judged on here.
const DAY: &str = "2026-12-01";

fn taken(sample: &str) -> Taken {
    let map = JourneyMap::parse(map::sample(sample).unwrap()).unwrap();
    Taken {
        id: MapId::new("a-map").unwrap(),
        map,
        rounds: Vec::new(),
        feelings: Vec::new(),
        day: Date::parse(DAY).unwrap(),
        since_review: None,
    }
}

/// The current state with a vote, its run-off, and what the room felt.
fn voted() -> Taken {
    let mut taken = taken("renting-a-flat.current");
    let lane = |kind: LaneKind| {
        let lane = taken
            .map
            .lanes
            .iter()
            .find(|lane| lane.kind == kind)
            .unwrap();
        let cards = taken.map.cards.iter().filter(|card| card.lane == lane.id);
        cards
            .map(|card| (card.id.clone(), card.text.clone()))
            .collect::<Vec<_>>()
    };
    let ideas = lane(LaneKind::Opportunity);
    let target =
        |(card, text): &(String, String)| json!({"card": card, "text": text, "withdrawn": false});
    let setup = json!({
        "question": "What first?", "targets": {}, "dots": 3, "mostPerCard": 2, "visibility": "secret", "anonymous": true,
    });
    let result = |places: &[(usize, u32, u32, u32)]| {
        let place = |(idea, dots, voters, rank): &(usize, u32, u32, u32)| json!({"card": ideas[*idea].0, "dots": dots, "voters": voters, "rank": rank});
        places.iter().map(place).collect::<Vec<_>>()
    };
    let first = json!({
        "id": 1, "setup": setup, "state": "closed", "opened": 1_795_000_000_000_u64, "ended": 1_795_000_240_000_u64, "voters": 4,
        "targets": ideas.iter().map(target).collect::<Vec<_>>(),
        "result": result(&[(1, 5, 3, 1), (0, 3, 2, 2), (2, 3, 3, 2)]),
    });
    let second = json!({
        "id": 2, "setup": setup, "state": "closed", "opened": 1_795_000_300_000_u64, "ended": 1_795_000_400_000_u64, "voters": 4,
        "runOffOf": 1, "targets": [target(&ideas[0]), target(&ideas[2])],
        "result": result(&[(2, 4, 4, 1), (0, 2, 2, 2)]),
    });
    let stages = &taken.map.stages;
    let felt = json!({
        "id": 3, "setup": {"question": "How does it feel?"}, "state": "closed", "opened": 1_795_000_500_000_u64,
        "stages": stages.iter().map(|stage| json!({"stage": stage.id, "title": stage.title, "withdrawn": false})).collect::<Vec<_>>(),
        "result": [
            {"stage": stages[1].id, "median": -0.5, "spread": 1.6, "points": [-2.0, -1.5, 0.5, 2.0]},
            {"stage": stages[0].id, "median": 0.0, "spread": 0.5, "points": [-0.5, 0.0, 0.5]},
        ],
    });
    taken.rounds = [first, second]
        .map(|round| serde_json::from_value::<RoundView>(round).unwrap())
        .to_vec();
    taken.feelings = vec![serde_json::from_value::<EmotionRoundView>(felt).unwrap()];
    taken
}

fn text(taken: Taken, format: Format) -> String {
    String::from_utf8(file(taken, format).unwrap().bytes).unwrap()
}

/// A golden file; `CAIRN_GOLDEN=write` writes it anew.
fn is_golden(name: &str, made: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(name);
    if std::env::var("CAIRN_GOLDEN").is_ok_and(|how| how == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (golden, made)) in golden.lines().zip(made.lines()).enumerate() {
        assert_eq!(golden, made, "{name}, line {}", number + 1);
    }
    assert_eq!(
        golden.len(),
        made.len(),
        "{name}: CAIRN_GOLDEN=write writes it anew"
    );
}

#[test]
fn export_1_the_report_is_the_one_the_web_client_writes() {
    // `model/golden.test.ts` holds the web client to the same files.
    is_golden("current.report.md", &markdown::report_alone(&voted()));
    is_golden(
        "flawed.report.md",
        &markdown::report_alone(&taken("crm-funnel.flawed")),
    );
    is_golden(
        "blueprint.report.md",
        &markdown::report_alone(&taken("library-card.blueprint")),
    );
    // The future, as if the present had become it since the review.
    let mut future = taken("renting-a-flat.future");
    let changes = compare(&taken("renting-a-flat.current").map, &future.map);
    is_golden(
        "future.changes.json",
        &(serde_json::to_string_pretty(&changes).unwrap() + "\n"),
    );
    future.since_review = Some(changes);
    is_golden("future.report.md", &markdown::report_alone(&future));
    // And this to the same rounds.
    let rounds = json!({"rounds": voted().rounds, "feelings": voted().feelings});
    is_golden(
        "current.rounds.json",
        &(serde_json::to_string_pretty(&rounds).unwrap() + "\n"),
    );
}

#[test]
fn export_2_markdown_has_the_whole_map_and_every_closed_round() {
    let made = text(voted(), Format::Markdown);
    is_golden("current.md", &made);
    for card in &voted().map.cards {
        assert!(
            made.contains(&markdown::as_text(&card.text)),
            "{}",
            card.text
        );
    }
    for line in [
        "### Round 1: What first?",
        "### Round 2: What first?",
        "### Round 3: How does it feel?",
    ] {
        assert!(made.lines().any(|one| one == line), "{line}");
    }
}

#[test]
fn export_4_markdown_counts_what_lies_in_hidden_lanes_and_does_not_tell_it() {
    let mut taken = voted();
    let ideas = |lane: &&mut map::Lane| lane.kind == LaneKind::Opportunity;
    let lane = taken.map.lanes.iter_mut().find(ideas).unwrap();
    lane.hidden = Some(true);
    let lane = lane.id.clone();
    let hidden = taken.map.cards.iter().filter(|card| card.lane == lane);
    let hidden: Vec<_> = hidden.map(|card| markdown::as_text(&card.text)).collect();
    let made = text(taken, Format::Markdown);
    for text in hidden {
        assert!(!made.contains(&text), "{text}");
    }
    let counted = made.matches("Besides: 3 in hidden lanes.").count();
    assert_eq!(counted, 2, "once in the report, once below the first round");
    assert!(made.contains("Besides: 2 in hidden lanes."), "the run-off");
    assert!(made.contains("1 hidden lane is left out."));
}

#[test]
fn export_4_csv_has_a_row_for_each_card_with_its_votes() {
    let made = text(voted(), Format::Csv);
    is_golden("current.csv", &made);
    let mut reader = ::csv::Reader::from_reader(made.trim_start_matches('\u{feff}').as_bytes());
    let titles = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), voted().map.cards.len());
    let at = |title: &str| titles.iter().position(|one| one == title).unwrap();
    let (id, votes, rank) = (at("Id"), at("Votes"), at("Rank by votes"));
    let first = rows
        .iter()
        .filter(|row| row[rank] == *"1")
        .collect::<Vec<_>>();
    assert_eq!(first.len(), 1);
    assert_eq!(&first[0][votes], "5");
    assert_eq!(&first[0][at("Dots, round 1: What first?")], "5");
    assert_eq!(&first[0][at("Dots, round 2: What first?")], "");
    let ids: std::collections::BTreeSet<_> = rows.iter().map(|row| row[id].to_owned()).collect();
    assert_eq!(ids.len(), rows.len());
}

#[test]
fn export_5_svg_is_a_whole_document_with_every_card_the_curve_and_its_font() {
    for sample in [
        "renting-a-flat.current",
        "library-card.blueprint",
        "nurse-night-shift.day",
        "crm-funnel.flawed",
    ] {
        let taken = self::taken(sample);
        let map = taken.map.clone();
        let made = text(taken, Format::Svg);
        let tree = roxmltree::Document::parse(&made).unwrap();
        let words: String = tree
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .filter_map(|node| node.text())
            .collect::<Vec<_>>()
            .join(" ");
        let hidden: Vec<_> = map
            .lanes
            .iter()
            .filter(|lane| lane.hidden == Some(true))
            .map(|lane| &lane.id)
            .collect();
        for card in map
            .cards
            .iter()
            .filter(|card| !hidden.contains(&&card.lane))
        {
            // Lines break anywhere between words.
            let text = words::one_line(&card.text);
            assert!(words.contains(&text), "{sample}: {text}");
        }
        for stage in &map.stages {
            assert!(
                words.contains(&words::one_line(&stage.title)),
                "{sample}: {}",
                stage.title
            );
        }
        assert_eq!(made.matches("@font-face").count(), 2, "{sample}");
        let curves = tree
            .descendants()
            .filter(|node| node.attribute("class") == Some("curve"))
            .count();
        let feels = map.lanes.iter().any(|lane| lane.kind == LaneKind::Emotion);
        assert_eq!(curves > 0, feels, "{sample}");
        let lines = [
            "Line of interaction",
            "Line of visibility",
            "Line of internal interaction",
        ];
        for line in lines {
            assert_eq!(
                words.contains(line),
                sample == "library-card.blueprint",
                "{sample}: {line}"
            );
        }
    }
}

/// A line for each element, and instead of each font's bytes that there are some.
fn drawing(svg: &str) -> String {
    let mut made = String::new();
    let mut rest = svg;
    while let Some((before, font)) = rest.split_once("base64,") {
        made.push_str(before);
        let (bytes, after) = font.split_once(')').unwrap();
        assert!(bytes.len() > 1_000, "a font of {} letters", bytes.len());
        made.push_str("FONT)");
        rest = after;
    }
    (made + rest).replace("><", ">\n<")
}

#[test]
fn export_5_svg_is_drawn_as_it_was() {
    // `make exports` shows them, to be looked at before they are written anew.
    is_golden("current.svg", &drawing(&text(voted(), Format::Svg)));
    let blueprint = taken("library-card.blueprint");
    is_golden("blueprint.svg", &drawing(&text(blueprint, Format::Svg)));
}

#[test]
fn export_5_what_people_wrote_is_text_and_never_a_mark() {
    let mut taken = taken("renting-a-flat.current");
    let hostile = "</text><script>alert(1)</script>&amp;\u{0}\u{202e}\u{fffe}\"'<![CDATA[";
    taken.map.title = hostile.to_owned();
    taken.map.stages[0].title = hostile.to_owned();
    taken.map.personas[0].name = hostile.to_owned();
    taken.map.cards[0].text = hostile.to_owned();
    taken.map.cards[1].text = "長い文章 👩‍🚒 مرحبا ".repeat(30);
    taken.map.cards[2].text = "x".repeat(20_000);
    let made = picture::svg(&taken);
    let tree = roxmltree::Document::parse(&made).unwrap();
    assert!(tree.descendants().all(|node| !node.has_tag_name("script")));
    let known = [
        "svg", "title", "style", "defs", "pattern", "path", "g", "text", "rect", "circle",
        "clipPath",
    ];
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            known.contains(&node.tag_name().name()),
            "{:?}",
            node.tag_name()
        );
    }
    // A card of 20,000 letters is cut on a sheet and whole on a poster.
    let poster = read_back::pdf_words(&picture::pdf(&taken, Paper::Poster).unwrap());
    let sheets = read_back::pdf_words(&picture::pdf(&taken, Paper::A4).unwrap());
    let letters = |words: &str| words.matches('x').count();
    assert!(letters(&poster) >= 20_000, "{}", letters(&poster));
    assert!(
        (100..20_000).contains(&letters(&sheets)),
        "{}",
        letters(&sheets)
    );
}

#[test]
fn export_7_a_picture_nobody_could_read_is_refused() {
    let mut taken = taken("renting-a-flat.current");
    let card = taken.map.cards[0].clone();
    taken
        .map
        .cards
        .extend((0..3_000).map(|number| cairn_protocol::map::Card {
            id: format!("more-{number}"),
            ..card.clone()
        }));
    assert!(matches!(picture::png(&taken), Err(NotDrawn::TooLarge)));
}
