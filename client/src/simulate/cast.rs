//! Who takes part in a simulated workshop: names and colours. Pure.
//!
//! Called by the plan.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Shown to others; no two people of one workshop share it.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}

/// First names from many places, so that no workshop looks alike.
const NAMES: [&str; 72] = [
    "Ana", "Jonas", "Priya", "Mateo", "Yuki", "Fatima", "Lars", "Chidi", "Elif", "Sofia", "Tom",
    "Mei", "Amara", "Pavel", "Ingrid", "Rafael", "Noor", "Liam", "Zofia", "Kwame", "Hanna",
    "Diego", "Aisha", "Henrik", "Leila", "Marco", "Thandi", "Oskar", "Camille", "Arjun", "Freya",
    "Tariq", "Lucía", "Nils", "Olena", "Samuel", "Ji-woo", "Petra", "Malik", "Greta", "Andrei",
    "Rosa", "Kenji", "Maren", "Ibrahim", "Chloé", "Tomás", "Wanjiru", "Emil", "Daria", "Hugo",
    "Nadia", "Bao", "Solveig", "Ruben", "Anjali", "Felix", "Ximena", "Joris", "Salma", "Piet",
    "Irina", "Caleb", "Agnes", "Duc", "Miriam", "Vasco", "Linnea", "Omar", "Tess", "Goran", "Isla",
];

/// Initials that tell namesakes apart, as people do.
const INITIALS: [char; 16] = [
    'B', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'T', 'V', 'W',
];

/// Colours that can be told apart and read on white and on black.
const COLORS: [&str; 12] = [
    "#c2410c", "#a16207", "#4d7c0f", "#15803d", "#0f766e", "#0369a1", "#1d4ed8", "#6d28d9",
    "#a21caf", "#be185d", "#b91c1c", "#57534e",
];

/// `count` people, all of different names; colours repeat only when there are more people than
/// colours.
pub(crate) fn cast(count: usize, rng: &mut StdRng) -> Vec<Person> {
    let mut names = NAMES;
    names.shuffle(rng);
    let mut colors = COLORS;
    colors.shuffle(rng);
    let first = rng.random_range(0..INITIALS.len());
    (0..count)
        .map(|n| {
            let name = names[n % names.len()];
            let name = match n / names.len() {
                0 => name.to_owned(),
                round if round <= INITIALS.len() => {
                    format!("{name} {}.", INITIALS[(first + round) % INITIALS.len()])
                }
                round => format!("{name} {round}"),
            };
            Person {
                name,
                color: colors[n % colors.len()].to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_people_share_a_name_and_all_pass_the_servers_check() {
        let people = cast(2_000, &mut StdRng::seed_from_u64(7));
        let names: BTreeSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names.len(), people.len());
        for person in &people {
            assert!(
                cairn_protocol::fold::check_name(&person.name).is_ok(),
                "{}",
                person.name
            );
            assert!(
                cairn_protocol::fold::check_color(&person.color).is_ok(),
                "{}",
                person.color
            );
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let with = |seed| cast(30, &mut StdRng::seed_from_u64(seed));
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }
}
