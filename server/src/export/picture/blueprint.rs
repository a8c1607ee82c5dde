//! The lines of a service blueprint, and above which lanes they run. Pure.

use cairn_protocol::map::{Lane, LaneKind, MapKind};

/// The three lines of a service blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlueprintLine {
    Interaction,
    Visibility,
    Internal,
}

impl BlueprintLine {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Interaction => "Line of interaction",
            Self::Visibility => "Line of visibility",
            Self::Internal => "Line of internal interaction",
        }
    }
}

/// Which lines run above which lane, whatever the order of lanes: each once, where the two sides it separates meet, or, where they meet
/// nowhere, where the lanes first cross from one side to the other (`model/kinds.ts`).
pub(super) fn blueprint_lines(kind: MapKind, lanes: &[&Lane]) -> Vec<Vec<BlueprintLine>> {
    let mut above = vec![Vec::new(); lanes.len()];
    if kind != MapKind::ServiceBlueprint {
        return above;
    }
    let depth = |kind: LaneKind| match kind {
        LaneKind::Evidence | LaneKind::Touchpoint | LaneKind::Action => Some(0),
        LaneKind::Frontstage => Some(1),
        LaneKind::Backstage => Some(2),
        LaneKind::Support => Some(3),
        LaneKind::Expectation
        | LaneKind::Emotion
        | LaneKind::Pain
        | LaneKind::Opportunity
        | LaneKind::Metric
        | LaneKind::Note => None,
    };
    let placed: Vec<(usize, i32)> = lanes
        .iter()
        .enumerate()
        .filter_map(|(at, lane)| Some((at, depth(lane.kind)?)))
        .collect();
    let steps: Vec<_> = placed
        .windows(2)
        .filter_map(|pair| match pair {
            [(_, before), (at, own)] => Some((*at, (*before).min(*own), (*before).max(*own))),
            _ => None,
        })
        .collect();
    for (line, deep, needed) in [
        (BlueprintLine::Interaction, 1, LaneKind::Frontstage),
        (BlueprintLine::Visibility, 2, LaneKind::Backstage),
        (BlueprintLine::Internal, 3, LaneKind::Support),
    ] {
        if !lanes.iter().any(|lane| lane.kind == needed) {
            continue;
        }
        let meets = steps
            .iter()
            .find(|(_, low, high)| *low == deep - 1 && *high == deep);
        let crosses = || {
            steps
                .iter()
                .find(|(_, low, high)| *low < deep && deep <= *high)
        };
        if let Some((at, ..)) = meets.or_else(crosses)
            && let Some(lines) = above.get_mut(*at)
        {
            lines.push(line);
        }
    }
    above
}
