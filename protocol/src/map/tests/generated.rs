//! Generated maps: every field, odd text, unknown fields, all valid.

use super::super::{
    Card, Comment, Confidence, Date, Figure, JourneyMap, Lane, LaneKind, MapKind, Persona, Review,
    Score, Source, SourceKind, Stage, Status, Unknown,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

#[expect(
    clippy::too_many_lines,
    reason = "one strategy that ties ids and references together"
)]
pub(in crate::map) fn maps() -> impl Strategy<Value = JourneyMap> {
    let head = (
        text(),
        select(MapKind::ALL),
        text(),
        text(),
        text(),
        option::of(review()),
        text(),
    );
    let ids = || btree_set("[A-Za-z0-9_-]{1,64}", 0..5);
    (
        head,
        vec(persona(), 5),
        vec(stage(), 5),
        vec(lane(), 5),
        vec((card(), any::<[Index; 5]>()), 0..12),
        (
            vec((comment(), any::<Index>()), 0..4),
            unknown(),
            [ids(), ids(), ids()],
        ),
    )
        .prop_map(
            |(head, personas, stages, lanes, cards, (comments, extra, [p, s, l]))| {
                let (title, kind, scenario, goal, owner, review, current_state) = head;
                let mut map = JourneyMap {
                    title,
                    kind,
                    scenario,
                    goal,
                    owner,
                    review,
                    current_state,
                    ..JourneyMap::new(kind, "")
                };
                map.extra = extra;
                map.personas = p
                    .into_iter()
                    .zip(personas)
                    .map(|(id, x)| Persona { id, ..x })
                    .collect();
                map.stages = s
                    .into_iter()
                    .zip(stages)
                    .map(|(id, x)| Stage { id, ..x })
                    .collect();
                map.lanes = l
                    .into_iter()
                    .zip(lanes)
                    .map(|(id, x)| Lane { id, ..x })
                    .collect();
                if map.lanes.is_empty() || map.stages.is_empty() {
                    return map;
                }
                for (n, (card, pick)) in cards.iter().enumerate() {
                    let lane = pick[0].get(&map.lanes);
                    let mut card = Card {
                        id: format!("c{n}"),
                        lane: lane.id.clone(),
                        stage: pick[1].get(&map.stages).id.clone(),
                        ..card.clone()
                    };
                    if lane.kind == LaneKind::Opportunity {
                        card.value = card.value.map(|_| Figure::Number(4.0));
                    }
                    if !map.personas.is_empty() && pick[2].index(3) > 0 {
                        card.persona = Some(pick[2].get(&map.personas).id.clone());
                    }
                    map.cards.push(card);
                }
                let addressable: Vec<String> = map
                    .cards
                    .iter()
                    .filter(|card| {
                        map.lanes
                            .iter()
                            .any(|lane| lane.id == card.lane && lane.kind.is_addressable())
                    })
                    .map(|card| card.id.clone())
                    .collect();
                if !addressable.is_empty() {
                    for (card, (_, pick)) in map.cards.iter_mut().zip(&cards) {
                        card.addresses = pick[3..]
                            .iter()
                            .map(|p| p.get(&addressable).clone())
                            .collect();
                    }
                }
                if !map.cards.is_empty() {
                    map.comments = comments
                        .into_iter()
                        .enumerate()
                        .map(|(n, (comment, pick))| Comment {
                            id: format!("m{n}"),
                            card: pick.get(&map.cards).id.clone(),
                            ..comment
                        })
                        .collect();
                }
                map
            },
        )
}

/// Text as people and machines write it: empty, astral, combining, right to left, control.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => "[a-z ]{1,12}",
        2 => "\\PC{0,12}",
        1 => any::<String>(),
        1 => select(vec!["👩‍👩‍👧", "e\u{301}", "שלום", "\u{0}", "\u{fffd}", "𝒳😀", "\"\\\n\t", "null", "#fff"])
            .prop_map(str::to_owned),
    ]
}

fn double() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(1e300),
        Just(-2.5),
        Just(9_007_199_254_740_993.0),
        Just(1.8e19),
        Just(5e-324),
        any::<i32>().prop_map(f64::from),
        proptest::num::f64::NORMAL,
    ]
}

/// Any JSON value, numbers as the JSON form writes them.
pub(super) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        text().prop_map(Value::from),
        double().prop_map(super::super::values::number),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
}

fn unknown() -> impl Strategy<Value = Unknown> {
    // "x…" is no field of map-format; single letters and odd names come from the second branch.
    let name = prop_oneof![
        "x[A-Z]{1,3}",
        Just("__proto__".to_owned()),
        Just("ключ 🗝".to_owned()),
        Just(String::new())
    ];
    btree_map(
        name,
        json_value().prop_filter("null equals absent", |v| !v.is_null()),
        0..3,
    )
}

fn date() -> impl Strategy<Value = Date> {
    (0..=9999_u16, 1..=12_u8, 1..=31_u8)
        .prop_filter_map("a real day", |(y, m, d)| Date::new(y, m, d))
}

fn moment() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        date().prop_map(|date| format!("{date}T23:59:00.25+02:00"))
    ]
}

fn review() -> impl Strategy<Value = Review> {
    (option::of(1..=36_500_u32), option::of(date()), unknown()).prop_map(
        |(every_days, last_reviewed, extra)| Review {
            every_days,
            last_reviewed,
            extra,
        },
    )
}

fn flag() -> impl Strategy<Value = Option<bool>> {
    any::<Option<bool>>()
}

fn persona() -> impl Strategy<Value = Persona> {
    let lists = [vec(text(), 0..3), vec(text(), 0..3), vec(text(), 0..3)];
    ([text(), text(), text(), text()], flag(), lists, unknown()).prop_map(
        |([name, role, quote, bio], primary, [goals, needs, frustrations], extra)| Persona {
            id: String::new(),
            name,
            role,
            primary,
            quote,
            goals,
            needs,
            frustrations,
            bio,
            extra,
        },
    )
}

fn stage() -> impl Strategy<Value = Stage> {
    (text(), text(), unknown()).prop_map(|(title, description, extra)| Stage {
        id: String::new(),
        title,
        description,
        extra,
    })
}

fn lane() -> impl Strategy<Value = Lane> {
    (select(LaneKind::ALL), text(), flag(), unknown()).prop_map(|(kind, title, hidden, extra)| {
        Lane {
            id: String::new(),
            kind,
            title,
            hidden,
            extra,
        }
    })
}

fn source() -> impl Strategy<Value = Source> {
    (select(SourceKind::ALL), text(), text(), text(), unknown()).prop_map(
        |(kind, title, url, quote, extra)| Source {
            kind,
            title,
            url,
            quote,
            extra,
        },
    )
}

fn figure() -> impl Strategy<Value = Option<Figure>> {
    option::of(prop_oneof![
        double().prop_map(Figure::Number),
        "[a-z%]{1,6}".prop_map(Figure::Text)
    ])
}

fn card() -> impl Strategy<Value = Card> {
    let grade = |least: u8, most: u8| option::of(least..=most);
    let score =
        option::of((-4..=4_i8).prop_filter_map("a score", |n| Score::from_f64(f64::from(n) / 2.0)));
    (
        vec(text(), 8),
        [flag(), flag(), flag()],
        (grade(0, 3), score, grade(1, 5), grade(1, 5), grade(1, 5)),
        (
            figure(),
            figure(),
            option::of(select(Status::ALL)),
            option::of(select(Confidence::ALL)),
            option::of(date()),
        ),
        (
            vec(source(), 0..3),
            prop_oneof![Just(String::new()), "#[0-9a-fA-F]{6}"],
            moment(),
            option::of(date()),
            unknown(),
        ),
    )
        .prop_map(|(texts, flags, grades, words, rest)| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap();
            Card {
                text: next(),
                channel: next(),
                actual: next(),
                quote: next(),
                owner: next(),
                actor: next(),
                unit: next(),
                author: next(),
                owned: flags[0],
                moment_of_truth: flags[1],
                fail_point: flags[2],
                gap: grades.0,
                score: grades.1,
                severity: grades.2,
                impact: grades.3,
                effort: grades.4,
                value: words.0,
                target: words.1,
                status: words.2,
                confidence: words.3,
                due: words.4,
                sources: rest.0,
                color: rest.1,
                created_at: rest.2,
                last_touched: rest.3,
                extra: rest.4,
                ..Card::default()
            }
        })
}

fn comment() -> impl Strategy<Value = Comment> {
    (text(), moment(), text(), flag(), unknown()).prop_map(|(author, at, text, resolved, extra)| {
        Comment {
            author,
            at,
            text,
            resolved,
            extra,
            ..Comment::default()
        }
    })
}
