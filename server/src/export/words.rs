//! What kinds, layers and figures are called in files people read: the words of the web client (`model/kinds.ts`), so that a file and
//! the screen say the same. `golden.rs` holds the two together. Called by every format but JSON.

use cairn_protocol::map::{Figure, LaneKind, Layer, MapKind, SourceKind, Status};

pub(crate) const fn map_kind(kind: MapKind) -> &'static str {
    match kind {
        MapKind::CurrentState => "Current state",
        MapKind::FutureState => "Future state",
        MapKind::DayInTheLife => "Day in the life",
        MapKind::ServiceBlueprint => "Service blueprint",
    }
}

/// The name of a lane kind, as in a menu.
pub(crate) const fn lane_kind(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => "Touchpoints",
        LaneKind::Action => "Actions",
        LaneKind::Expectation => "Expectations",
        LaneKind::Emotion => "Emotions",
        LaneKind::Pain => "Pains",
        LaneKind::Opportunity => "Opportunities",
        LaneKind::Evidence => "Evidence",
        LaneKind::Frontstage => "Frontstage",
        LaneKind::Backstage => "Backstage",
        LaneKind::Support => "Support",
        LaneKind::Metric => "Figures",
        LaneKind::Note => "Notes",
    }
}

/// What one card of a kind is.
pub(crate) const fn card(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => "touchpoint",
        LaneKind::Action => "action",
        LaneKind::Expectation => "expectation",
        LaneKind::Emotion => "feeling",
        LaneKind::Pain => "pain",
        LaneKind::Opportunity => "opportunity",
        LaneKind::Evidence => "piece of evidence",
        LaneKind::Frontstage => "frontstage step",
        LaneKind::Backstage => "backstage step",
        LaneKind::Support => "support process",
        LaneKind::Metric => "figure",
        LaneKind::Note => "note",
    }
}

/// One line that says what belongs in a lane.
pub(crate) const fn hint(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => "A moment of contact, and its channel",
        LaneKind::Action => "What the customer does",
        LaneKind::Expectation => "What they anticipate, against what happens",
        LaneKind::Emotion => "How they feel, from −2 to +2",
        LaneKind::Pain => "Where friction lives",
        LaneKind::Opportunity => "What could be better",
        LaneKind::Evidence => "What the customer sees and holds",
        LaneKind::Frontstage => "What staff do in sight",
        LaneKind::Backstage => "What staff do out of sight",
        LaneKind::Support => "Systems and partners behind",
        LaneKind::Metric => "A number, its unit and its target",
        LaneKind::Note => "Anything else worth keeping",
    }
}

/// The layers in the order of the map.
pub(crate) const LAYERS: [Layer; 6] = [
    Layer::Interactions,
    Layer::Behaviour,
    Layer::Experience,
    Layer::Strategy,
    Layer::Blueprint,
    Layer::Any,
];

pub(crate) const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Interactions => "Interactions",
        Layer::Behaviour => "Behaviour",
        Layer::Experience => "Experience",
        Layer::Strategy => "Strategy",
        Layer::Blueprint => "Blueprint",
        Layer::Any => "Notes and figures",
    }
}

pub(crate) const fn status(status: Status) -> &'static str {
    match status {
        Status::Idea => "Idea",
        Status::Planned => "Planned",
        Status::Doing => "Doing",
        Status::Done => "Done",
        Status::Dropped => "Dropped",
    }
}

pub(crate) const fn source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Interview => "Interview",
        SourceKind::Support => "Support",
        SourceKind::Analytics => "Analytics",
        SourceKind::Survey => "Survey",
        SourceKind::Observation => "Observation",
        SourceKind::Other => "Other",
    }
}

/// A gap, 0–3.
pub(crate) fn gap(gap: u8) -> &'static str {
    let labels = ["As expected", "Small gap", "Clear gap", "Wide gap"];
    labels.get(usize::from(gap)).unwrap_or(&labels[3])
}

/// A severity, 1–5.
pub(crate) fn severity(severity: u8) -> &'static str {
    let labels = ["Slight", "Minor", "Moderate", "Serious", "Severe"];
    labels
        .get(usize::from(severity).saturating_sub(1))
        .unwrap_or(&labels[4])
}

/// Words for a score; halves read as the nearer extreme.
pub(crate) fn score_label(score: f64) -> &'static str {
    match score {
        _ if score >= 1.5 => "Delighted",
        _ if score >= 0.5 => "Good",
        _ if score > -0.5 => "Neutral",
        _ if score > -1.5 => "Bad",
        _ => "Awful",
    }
}

/// A score as people write it: "+1.5", "0", "−2" (with a true minus sign).
pub(crate) fn score_text(score: f64) -> String {
    if score == 0.0 {
        "0".to_owned()
    } else if score > 0.0 {
        format!("+{score}")
    } else {
        format!("−{}", score.abs())
    }
}

/// A figure with its unit: "46 euros", or the words that stand for it.
pub(crate) fn figure(figure: Option<&Figure>, unit: &str) -> Option<String> {
    match figure? {
        Figure::Number(number) => Some(format!("{number} {unit}").trim_end().to_owned()),
        Figure::Text(text) => Some(text.clone()),
    }
}

/// "1 card", "2 cards".
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// A text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `renting-a-flat`, from a map's title: what every system takes as a file's name. Without a letter in it, the map's id.
pub(crate) fn file_title(title: &str, id: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.chars().count() >= 60 {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        id.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_")
    } else {
        name.to_owned()
    }
}
