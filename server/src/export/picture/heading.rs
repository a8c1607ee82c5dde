//! What stands above the map: on the first sheet which map it is, on the others which part. Pure.

use super::super::Taken;
use super::super::words;
use super::font::Weight;
use super::pen::{Look, Pen, at, look};
use super::theme;

const SMALL: Look = look(theme::S, Weight::Regular, theme::INK_2);

/// What a reader of the picture alone must know: which map, whose, how current. Gives the y below it.
pub(super) fn whole(pen: &mut Pen, taken: &Taken, width: f32) -> f32 {
    let map = &taken.map;
    let title = look(theme::TITLE, Weight::Strong, theme::INK);
    let name = words::one_line(&map.title);
    let name = if name.is_empty() {
        "Untitled map"
    } else {
        &name
    };
    let lines = title.wrap_most(name, width, 2);
    let mut y = pen.lines(0.0, 0.0, 34.0, title, &lines) + 4.0;
    let scope = look(theme::M, Weight::Regular, theme::INK);
    let room = width.min(920.0);
    for text in [&map.scenario, &map.goal] {
        let lines = scope.wrap_most(&words::one_line(text), room, 2);
        y = pen.lines(0.0, y, 20.0, scope, &lines);
    }
    let personas: Vec<_> = map
        .personas
        .iter()
        .map(|one| [one.name.trim(), one.role.trim()].map(words::one_line))
        .map(|[name, role]| {
            if role.is_empty() {
                name
            } else {
                format!("{name}, {role}")
            }
        })
        .collect();
    let reviewed = map.review.as_ref().and_then(|review| review.last_reviewed);
    let facts = [
        words::map_kind(map.kind).to_owned(),
        personas.join("; "),
        if map.owner.trim().is_empty() {
            String::new()
        } else {
            format!("Owner: {}", words::one_line(&map.owner))
        },
        reviewed.map_or("Never reviewed".to_owned(), |day| format!("Reviewed {day}")),
        format!("As of {}", taken.day),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let lines = SMALL.wrap_most(&facts.join("  ·  "), width, 3);
    pen.lines(0.0, y + 2.0, 18.0, SMALL, &lines) + 14.0
}

/// On the sheets after the first. Gives the y below it.
pub(super) fn running(pen: &mut Pen, taken: &Taken, part: &str, width: f32) -> f32 {
    let strong = look(theme::S, Weight::Strong, theme::INK);
    let room = width - SMALL.width(part) - 24.0;
    let title = match words::one_line(&taken.map.title) {
        title if title.is_empty() => "Untitled map".to_owned(),
        title => title,
    };
    pen.text(at(0.0, 16.0), strong, &strong.clipped(&title, room));
    pen.text_end(at(width, 16.0), SMALL, part);
    28.0
}
