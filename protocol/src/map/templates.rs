//! The four templates: a map to start from, with stages in the customer's words.
//!
//! Called when a map is created. Holds no cards and no persona: those are what the workshop is
//! for. Ids are fixed, so that the same template is the same document everywhere.

use super::journey::{JourneyMap, Lane, Review, Stage};
use super::kinds::{LaneKind, MapKind};
use super::values::Unknown;

/// A map of this kind with stages, lanes and guidance in the stages' descriptions.
pub fn template(kind: MapKind) -> JourneyMap {
    let (stages, lanes) = match kind {
        MapKind::CurrentState => (CURRENT_STAGES, CURRENT_LANES),
        MapKind::FutureState => (FUTURE_STAGES, FUTURE_LANES),
        MapKind::DayInTheLife => (DAY_STAGES, DAY_LANES),
        MapKind::ServiceBlueprint => (BLUEPRINT_STAGES, BLUEPRINT_LANES),
    };
    let mut map = blank(kind);
    map.stages = stages
        .iter()
        .map(|(id, title, description)| stage(id, title, description))
        .collect();
    map.lanes = lanes
        .iter()
        .map(|(id, kind, title)| lane(id, *kind, title))
        .collect();
    map
}

/// A map of this kind with nothing in it but a title and a quarterly review.
pub fn blank(kind: MapKind) -> JourneyMap {
    let title = match kind {
        MapKind::CurrentState => "The journey as it is",
        MapKind::FutureState => "The journey as it should be",
        MapKind::DayInTheLife => "A day in their life",
        MapKind::ServiceBlueprint => "The service, front to back",
    };
    let review = Review {
        every_days: Some(90),
        ..Review::default()
    };
    JourneyMap {
        review: Some(review),
        ..JourneyMap::new(kind, title)
    }
}

fn stage(id: &str, title: &str, description: &str) -> Stage {
    Stage {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        extra: Unknown::new(),
    }
}

fn lane(id: &str, kind: LaneKind, title: &str) -> Lane {
    Lane {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        hidden: None,
        extra: Unknown::new(),
    }
}

/// Id, title, guidance.
type Stages = &'static [(&'static str, &'static str, &'static str)];
/// Id, kind, title.
type Lanes = &'static [(&'static str, LaneKind, &'static str)];

const CURRENT_STAGES: Stages = &[
    (
        "need",
        "Noticing the need",
        "What happens in their life that starts this, before they think of you?",
    ),
    (
        "look",
        "Looking around",
        "Whom do they ask, where do they search, what else do they consider, including doing nothing?",
    ),
    (
        "choose",
        "Choosing",
        "What tips the balance? Who else has a say? What still worries them when they say yes?",
    ),
    (
        "start",
        "Getting started",
        "From yes to the first time it works for them: paying, waiting, setting up, learning.",
    ),
    (
        "use",
        "Living with it",
        "An ordinary day with it. What do they come back for, what do they work around?",
    ),
    (
        "help",
        "Getting help",
        "What goes wrong, where do they turn first, and how does it end?",
    ),
    (
        "next",
        "Staying or moving on",
        "Why do they stay, drift off or leave, and what do they tell others about it?",
    ),
];

const CURRENT_LANES: Lanes = &[
    (
        "touchpoints",
        LaneKind::Touchpoint,
        "Touchpoints, yours and others'",
    ),
    ("actions", LaneKind::Action, "What they do"),
    ("expectations", LaneKind::Expectation, "What they expect"),
    ("emotions", LaneKind::Emotion, "How it feels"),
    ("pains", LaneKind::Pain, "Pains"),
    ("opportunities", LaneKind::Opportunity, "Opportunities"),
];

const FUTURE_STAGES: Stages = &[
    (
        "need",
        "Noticing the need",
        "What do they know about you by then, and from whom?",
    ),
    (
        "choose",
        "Choosing with confidence",
        "What answers their last worry before they have to ask?",
    ),
    (
        "start",
        "Off to a good start",
        "How soon does it work for them, and what do they no longer have to do?",
    ),
    (
        "use",
        "Part of everyday life",
        "What has become so easy that they stop noticing it?",
    ),
    (
        "help",
        "Help that helps",
        "When it goes wrong all the same: who notices first, and what happens then?",
    ),
    (
        "next",
        "Glad to stay",
        "What keeps it worth having, and what do they tell others?",
    ),
];

const FUTURE_LANES: Lanes = &[
    ("touchpoints", LaneKind::Touchpoint, "Touchpoints"),
    ("actions", LaneKind::Action, "What they will do"),
    (
        "expectations",
        LaneKind::Expectation,
        "What they can count on",
    ),
    ("emotions", LaneKind::Emotion, "How it should feel"),
    ("pains", LaneKind::Pain, "Pains to resolve"),
    (
        "opportunities",
        LaneKind::Opportunity,
        "What we change to get there",
    ),
    ("measures", LaneKind::Metric, "How we will know"),
];

const DAY_STAGES: Stages = &[
    (
        "waking",
        "Getting up",
        "How does the day begin, who else is there, what is already on their mind?",
    ),
    (
        "morning",
        "Morning",
        "Where are they, what has to be done first, what interrupts them?",
    ),
    (
        "midday",
        "Midday",
        "When do they pause, with whom, and what do they catch up on?",
    ),
    (
        "afternoon",
        "Afternoon",
        "What runs late, what gets dropped, when does energy go?",
    ),
    (
        "evening",
        "Evening",
        "Who needs them now? What do they look forward to, what is left over?",
    ),
    (
        "night",
        "Winding down",
        "What do they go to bed with, and what do they put off until tomorrow?",
    ),
];

const DAY_LANES: Lanes = &[
    ("actions", LaneKind::Action, "What they do"),
    (
        "touchpoints",
        LaneKind::Touchpoint,
        "People, places and things they turn to",
    ),
    ("expectations", LaneKind::Expectation, "What they count on"),
    ("emotions", LaneKind::Emotion, "How it feels"),
    ("pains", LaneKind::Pain, "What gets in the way"),
    (
        "opportunities",
        LaneKind::Opportunity,
        "Where we could help, or keep out",
    ),
    ("notes", LaneKind::Note, "What we wonder about"),
];

const BLUEPRINT_STAGES: Stages = &[
    (
        "hear",
        "Finding out",
        "How do they learn that the service exists, and what do they believe it is?",
    ),
    (
        "arrange",
        "Arranging it",
        "Asking, booking, signing up: what must they bring, know or decide?",
    ),
    (
        "arrive",
        "Arriving",
        "The first minutes: how do they know they are in the right place?",
    ),
    (
        "receive",
        "Being served",
        "The heart of it, step by step, as they live through it.",
    ),
    (
        "repair",
        "When it goes wrong",
        "The likeliest failure: who notices, who acts, what do they see of it?",
    ),
    (
        "after",
        "Afterwards",
        "What do they take home, what is still open, what brings them back?",
    ),
];

// In this order the lines of interaction, visibility and internal interaction fall between
// actions, frontstage, backstage and support.
const BLUEPRINT_LANES: Lanes = &[
    ("evidence", LaneKind::Evidence, "What they see and hold"),
    ("actions", LaneKind::Action, "What they do"),
    (
        "frontstage",
        LaneKind::Frontstage,
        "What we do before their eyes",
    ),
    ("backstage", LaneKind::Backstage, "What we do out of sight"),
    (
        "support",
        LaneKind::Support,
        "Systems and partners behind it",
    ),
    ("emotions", LaneKind::Emotion, "How it feels"),
    ("pains", LaneKind::Pain, "Pains and fail points"),
    ("opportunities", LaneKind::Opportunity, "Opportunities"),
];

#[cfg(test)]
mod tests {
    use super::super::{Layer, read, to_update};
    use super::*;
    use yrs::Transact;

    #[test]
    fn map_35_every_template_keeps_the_rules_and_survives_the_document() {
        for kind in MapKind::ALL {
            for map in [template(*kind), blank(*kind)] {
                assert_eq!(map.kind, *kind);
                assert_eq!(map.check(), Ok(()), "{kind}");
                let doc = super::super::tests::replica(8, &to_update(&map, 7));
                assert_eq!(read(&doc.transact()), map, "{kind}");
            }
        }
    }

    #[test]
    fn map_35_a_template_has_four_to_seven_stages_with_guidance_and_its_layers() {
        for kind in MapKind::ALL {
            let map = template(*kind);
            assert!((4..=7).contains(&map.stages.len()), "{kind}");
            assert!(
                map.stages
                    .iter()
                    .all(|s| !s.title.is_empty() && !s.description.is_empty()),
                "{kind}"
            );
            let has = |layer| map.lanes.iter().any(|lane| lane.kind.layer() == layer);
            let contact = if *kind == MapKind::ServiceBlueprint {
                Layer::Blueprint
            } else {
                Layer::Interactions
            };
            for layer in [
                contact,
                Layer::Behaviour,
                Layer::Experience,
                Layer::Strategy,
            ] {
                assert!(has(layer), "{kind} lacks {layer:?}");
            }
            assert!(
                map.cards.is_empty() && map.personas.is_empty(),
                "{kind}: no invented facts"
            );
        }
    }

    #[test]
    fn map_35_a_blueprints_lanes_are_in_the_order_of_its_lines() {
        let lanes = template(MapKind::ServiceBlueprint).lanes;
        let at = |kind| lanes.iter().position(|lane| lane.kind == kind).unwrap();
        let order = [
            LaneKind::Action,
            LaneKind::Frontstage,
            LaneKind::Backstage,
            LaneKind::Support,
        ]
        .map(at);
        assert!(order.is_sorted(), "{order:?}");
    }
}
