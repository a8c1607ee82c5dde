//! What outlines become, and that nothing of them is dropped (IMPORT-5, IMPORT-6).

use cairn_protocol::map::bounds::{MAX_AXIS, MAX_CARDS};

use super::*;

#[test]
fn import_5_an_outline_is_a_map() {
    let text = "# Renting *a* flat\n\nFrom search\nto keys\n\n## Search\n\nLooking around\n\n### Actions\n\n- Compares listings\n  - on two portals\n- Pain: the same flat three times\n\n### How it feels\n\n1. Hopeful (+1.5)\n2. Tired (−1)\n\n## Apply\n\n- Fills in a form\n";
    let map = outline(text, &Given::default()).map.unwrap();
    assert_eq!(
        (map.title.as_str(), map.scenario.as_str()),
        ("Renting a flat", "From search to keys")
    );
    assert_eq!(map.stages[0].description, "Looking around");
    let cards: Vec<_> = lying(&map)
        .into_iter()
        .map(|(stage, lane, kind, card)| {
            let score = card
                .score
                .map(|score| score.as_f64().to_string())
                .unwrap_or_default();
            format!(
                "{stage}/{lane}/{kind}/{}/{score}",
                card.text.replace('\n', "|")
            )
        })
        .collect();
    assert_eq!(
        cards,
        [
            "Search/Actions/action/Compares listings|on two portals/",
            "Search/Pains/pain/the same flat three times/",
            "Search/How it feels/emotion/Hopeful/1.5",
            "Search/How it feels/emotion/Tired/-1",
            "Apply/Notes/note/Fills in a form/",
        ]
    );
    assert_eq!(map.check(), Ok(()));
}

#[test]
fn import_5_what_is_wrong_with_an_outline_is_told_by_its_line() {
    for (text, begins) in [
        ("", "line 1: the outline has no stage"),
        (
            "# A\n\n- card\n",
            "line 3: is a card before the first stage",
        ),
        (
            "# A\n### Lane\n",
            "line 2: is a lane before the first stage",
        ),
        ("# A\n## S\n# B\n", "line 3: is a second title"),
        (
            "# A\n## S\n### Feelings\n- Bad (-7)\n",
            "line 4: must be from -2 to 2 in halves",
        ),
        (
            "# A\n## S\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            "line 4: is a table",
        ),
    ] {
        let trouble = outline(text, &Given::default())
            .map
            .unwrap_err()
            .to_string();
        assert!(trouble.starts_with(begins), "{trouble}");
    }
}

fn texts(text: &str) -> Vec<String> {
    let map = outline(text, &Given::default()).map;
    let map = map.unwrap_or_else(|trouble| panic!("{trouble}"));
    let cards = lying(&map).into_iter();
    cards
        .map(|(stage, lane, _, card)| format!("{stage}/{lane}/{}", card.text))
        .collect()
}

#[test]
fn import_6_every_paragraph_of_an_outline_is_kept() {
    let text = "# T\n\nOne\n\nTwo\n\n## S\n\nFirst\n\n> Second\n\n### Actions\n\nPlain words\n\n- item\n\n  its second paragraph\n\n  ```\n  code\n  ```\n\nPain: slow\n";
    let map = outline(text, &Given::default()).map.unwrap();
    assert_eq!(map.scenario, "One\n\nTwo");
    assert_eq!(map.stages[0].description, "First\n\nSecond");
    assert_eq!(
        texts(text),
        [
            "S/Actions/Plain words",
            "S/Actions/item\nits second paragraph\ncode",
            "S/Pains/slow",
        ]
    );
}

#[test]
fn import_6_links_keep_their_addresses_and_what_is_left_out_of_an_outline_is_said() {
    let text = "---\nkey: value\n---\n# T\n## S\n- see [the site](https://a.example/ \"Home\") and <https://b.example>\n- ![alt](p.png)\n- [x] done\n\n<!-- aside -->\n";
    assert_eq!(
        texts(text),
        [
            "S/Notes/see the site (https://a.example/ “Home”) and https://b.example",
            "S/Notes/alt (p.png)",
            "S/Notes/done"
        ]
    );
    let read = outline(text, &Given::default());
    let notes: Vec<_> = read.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 1: what describes the file itself is left out",
            "line 8: the tick is left out",
            "line 10: HTML is left out"
        ]
    );
}

#[test]
fn import_8_an_outline_beyond_a_map_is_refused_at_the_line_that_is_too_much() {
    let refused = |text: &str| outline(text, &Given::default()).map.unwrap_err();
    let cards = format!("# T\n## S\n{}", "- c\n".repeat(MAX_CARDS + 5));
    let trouble = refused(&cards);
    assert_eq!(trouble.path, format!("line {}", MAX_CARDS + 3), "{trouble}");
    let stages = "## S\n".repeat(MAX_AXIS + 5);
    let trouble = refused(&stages);
    assert_eq!(trouble.path, format!("line {}", MAX_AXIS + 1), "{trouble}");
    let lanes: Vec<_> = (0..MAX_AXIS + 5)
        .map(|lane| format!("### L{lane}\n"))
        .collect();
    let lanes = lanes.concat();
    let trouble = refused(&format!("## S\n{lanes}"));
    assert_eq!(trouble.path, format!("line {}", MAX_AXIS + 2), "{trouble}");
}

#[test]
fn import_2_a_broken_stage_or_lane_of_an_outline_is_told_by_its_line() {
    let long = "x".repeat(20_001);
    for (text, path) in [
        (format!("# {long}\n## S\n"), "line 1"),
        (format!("# T\n\n{long}\n\n## S\n"), "line 3"),
        (format!("# T\n## S\n## {long}\n"), "line 3"),
        (format!("# T\n## S\n\na\n\n{long}\n"), "line 4"),
        (format!("# T\n## S\n### {long}\n"), "line 3"),
    ] {
        let trouble = outline(&text, &Given::default()).map.unwrap_err();
        assert_eq!(trouble.path, path, "{trouble}");
    }
}

#[test]
fn import_5_an_outline_says_its_own_title_beside_the_one_that_was_asked_for() {
    let asked = Given {
        title: Some("Asked".to_owned()),
        ..Given::default()
    };
    let preview = outline("# Own\n## S\n", &asked).preview();
    assert_eq!(
        (preview.title.as_str(), preview.own_title.as_deref()),
        ("Asked", Some("Own"))
    );
    let preview = outline("## S\n", &Given::default()).preview();
    assert_eq!(preview.own_title, None);
}
