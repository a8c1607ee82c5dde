//! The sample maps, as they are in `samples/`: real input for first visits, demos and tests.

/// Every sample: its name and its `cairn.map/1` text.
pub const SAMPLES: &[(&str, &str)] = &[
    (
        "renting-a-flat.current",
        include_str!("../../samples/renting-a-flat.current.json"),
    ),
    (
        "renting-a-flat.future",
        include_str!("../../samples/renting-a-flat.future.json"),
    ),
    (
        "nurse-night-shift.day",
        include_str!("../../samples/nurse-night-shift.day.json"),
    ),
    (
        "library-card.blueprint",
        include_str!("../../samples/library-card.blueprint.json"),
    ),
    (
        "crm-funnel.flawed",
        include_str!("../../samples/crm-funnel.flawed.json"),
    ),
];

/// The text of the sample of this name.
pub fn sample(name: &str) -> Option<&'static str> {
    SAMPLES
        .iter()
        .find(|(own, _)| *own == name)
        .map(|(_, text)| *text)
}
