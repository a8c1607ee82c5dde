//! How large things are, and the names of stages and lanes within that. On screen a name takes what it needs; on paper one that would leave no
//! room for cards ends in an ellipsis. Pure.

use cairn_protocol::map::{JourneyMap, Lane, LaneKind, MapKind, Stage};

use super::super::words;
use super::font::Weight;
use super::pen::{Look, look};
use super::sheet::{BAND, PAD, STRIP};
use super::theme;

pub(super) const HEAD: Look = look(theme::M, Weight::Strong, theme::INK);
pub(super) const HINT: Look = look(theme::XS, Weight::Regular, theme::INK_3);

/// Lines of a stage's description.
const DESCRIPTION: usize = 3;

/// How large things are, in px.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// Width of the lanes' names.
    pub(super) lane: f32,
    /// Width of a stage.
    pub(super) column: f32,
    /// What a sheet holds; nothing where it is as high as it needs.
    pub(super) room: Option<Room>,
    /// Stages on one sheet.
    pub(super) columns: usize,
    /// Lines of the title of a stage or a lane.
    pub(super) titles: usize,
    /// Names of an emotion lane's lines.
    pub(super) legend: usize,
}

/// Heights of sheets between their heading and their footer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// The first says which map it is.
    pub(super) first: f32,
    pub(super) others: f32,
}

impl Measures {
    /// What a card may take so that some sheet holds it.
    pub(super) fn highest_card(&self, map: &JourneyMap) -> f32 {
        let lines = match map.kind {
            MapKind::ServiceBlueprint => 3.0 * STRIP,
            MapKind::CurrentState | MapKind::FutureState | MapKind::DayInTheLife => 0.0,
        };
        self.room.map_or(f32::INFINITY, |room| {
            room.others - heads(&map.stages, *self).height - lines - 2.0 * PAD
        })
    }
}

/// The names of stages on one sheet.
pub(super) struct Heads {
    pub(super) height: f32,
    pub(super) stages: Vec<Vec<String>>,
    pub(super) descriptions: Vec<Vec<String>>,
}

/// Names of stages, with what belongs into them.
pub(super) fn heads(stages: &[Stage], measures: Measures) -> Heads {
    let room = measures.column - 12.0 - 22.0 - 8.0 - 6.0;
    let titles = stages.iter().map(|stage| {
        let title = match stage.title.trim() {
            "" => "Unnamed stage",
            title => title,
        };
        HEAD.wrap_most(title, room, measures.titles)
    });
    let titles: Vec<_> = titles.collect();
    let described = stages
        .iter()
        .map(|stage| words::one_line(&stage.description));
    let descriptions: Vec<_> = described
        .map(|description| HINT.wrap_most(&description, room, DESCRIPTION))
        .collect();
    let high = |(title, description): (&Vec<String>, &Vec<String>)| {
        title.len() as f32 * 18.0 + description.len() as f32 * 16.5
    };
    let most = titles
        .iter()
        .zip(&descriptions)
        .map(high)
        .fold(0.0, f32::max);
    Heads {
        height: (most + 26.0).max(60.0),
        stages: titles,
        descriptions,
    }
}

/// Height of a lane's name, with the names of its curve's lines.
pub(super) fn lane_height(lane: &Lane, measures: Measures, legend: usize) -> f32 {
    let title = lane_title(lane, measures).len() as f32 * 18.0;
    if lane.kind == LaneKind::Emotion {
        let more = usize::from(legend > measures.legend);
        let names = legend.min(measures.legend) + more;
        return (title + 24.0 + names as f32 * 20.0).max(BAND);
    }
    let hint = HINT.wrap(words::hint(lane.kind), measures.lane - 24.0);
    title.max(26.0) + hint.len() as f32 * 16.5 + 28.0
}

/// Height of a lane's name where it goes on from another sheet.
pub(super) fn continued_height(lane: &Lane, measures: Measures) -> f32 {
    lane_title(lane, measures).len() as f32 * 18.0 + 34.0
}

pub(super) fn lane_title(lane: &Lane, measures: Measures) -> Vec<String> {
    let title = match lane.title.trim() {
        "" => words::lane_kind(lane.kind),
        title => title,
    };
    let scale = if lane.kind == LaneKind::Emotion {
        42.0
    } else {
        0.0
    };
    HEAD.wrap_most(
        title,
        measures.lane - 12.0 - 34.0 - 8.0 - scale,
        measures.titles,
    )
}
