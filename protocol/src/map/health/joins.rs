//! Whether a scenario joins several journeys: the judgement of SCOPE-2, explained in docs/health.md.
//!
//! One journey has many parts, and "and" joins parts. So only four things count: a whole population ("all segments"), an
//! addition of something that is a journey by itself ("as well as renewals"), a list of the organisation's processes
//! without a way through them, and ways that do not continue one another ("from A to B, and from C to D").

use super::words::{Word, Words};

/// "All", and what a map cannot be of all of.
const EVERY: &[&str] = &["all", "every", "any", "each"];
#[rustfmt::skip]
const OF_OUR: &[&str] = &[
    "of", "our", "the", "your", "their", "new", "existing", "different", "possible", "other",
];
#[rustfmt::skip]
const POPULATION: &[&str] = &[
    "segment", "journey", "product", "service", "market", "audience", "persona", "scenario",
    "region", "country", "brand", "offering", "department",
];

/// Other words for all of it.
const WHOLE: &[&str] = &[
    "customer lifecycle",
    "entire customer base",
    "whole customer base",
    "everything our customers",
    "everything our users",
    "everything customers",
    "everything users",
    "b2b and b2c",
];

/// Only in the plural: "each customer who …" is one of them.
const PEOPLE: &[&str] = &[
    "customers",
    "users",
    "clients",
    "types",
    "kinds",
    "groups",
    "cases",
    "people",
];

/// What adds one thing to another that was complete.
#[rustfmt::skip]
const ADDING: &[&str] = &[
    "and also", "as well as", "in addition to", "in addition", "additionally", "plus", "besides",
    "along with", "not to mention", "on top of",
];

/// What is a journey by itself.
#[rustfmt::skip]
const JOURNEY: &[&str] = &[
    "renewal", "renew~", "return", "refund", "complaint", "complain~", "claim", "onboarding",
    "offboarding", "support", "programme", "program", "hiring", "recruiting", "recruitment",
    "registration", "cancellation", "cancel~", "repair", "upgrade", "upgrading", "exchange",
    "billing", "switching", "training", "journey", "process", "subscription", "purchase", "buying",
    "selling", "renting", "applying", "opening", "filing", "leasing", "delivery", "warranty",
    "retention", "sales", "marketing", "payroll", "procurement", "application", "membership",
    "loyalty", "partnership", "invoicing", "service",
];

/// Words that an organisation's list of processes is made of.
#[rustfmt::skip]
const PROCESS: &[&str] = &[
    "onboarding", "support", "renewal", "billing", "return", "complaint", "claim", "sales",
    "marketing", "hiring", "recruitment", "cancellation", "upgrade", "refund", "training",
    "procurement", "retention", "loyalty", "offboarding", "invoicing", "warranty", "service",
    "delivery", "registration",
];

/// How far behind an addition its object reaches.
const REACH: usize = 5;

/// The words that join, as they are written, when the scenario joins several journeys.
pub(super) fn several_journeys(scenario: &str) -> Option<String> {
    let text = Words::of(scenario);
    population(&text)
        .or_else(|| addition(&text))
        .or_else(|| list(&text))
        .or_else(|| ways(&text))
}

/// "All our customers", "every segment", "the customer lifecycle".
fn population(text: &Words) -> Option<String> {
    if let Some(whole) = WHOLE.iter().find(|phrase| text.contains(phrase)) {
        return Some((*whole).to_owned());
    }
    let words = text.all();
    (0..words.len()).find_map(|start| {
        let tail = words.get(start..)?;
        let (first, rest) = tail.split_first()?;
        if !text.listed(first, EVERY) {
            return None;
        }
        let filled = rest
            .iter()
            .take_while(|word| text.listed(word, OF_OUR))
            .count();
        // "customer segments", "user types": one word may say of what.
        let named =
            rest.iter().skip(filled).take(2).position(|word| {
                text.listed(word, POPULATION) || PEOPLE.contains(&word.as_str())
            })?;
        let end = filled + named + 1;
        if is_one_of_them(text, rest.get(end)) {
            return None;
        }
        Some(joined(tail.get(..=end)?))
    })
}

/// "All customers who rent a flat": those alone.
fn is_one_of_them(text: &Words, next: Option<&Word>) -> bool {
    next.is_some_and(|word| text.listed(word, &["who", "that", "whose", "with", "in"]))
}

/// "…, as well as renewals". What is added to a person or a thing is no journey: "with her partner as well as the dog".
fn addition(text: &Words) -> Option<String> {
    let words = text.all();
    ADDING.iter().find_map(|phrase| {
        let length = phrase.split(' ').count();
        let place = words
            .windows(length)
            .position(|place| text.matches(place, phrase))?;
        let behind = words.get(place + length..)?;
        let object = behind.get(..behind.len().min(REACH))?;
        let last = object.iter().position(|word| text.listed(word, JOURNEY))?;
        let end = place + length + last;
        Some(joined(words.get(place..=end)?))
    })
}

/// Three processes or more, and no way that leads through them.
fn list(text: &Words) -> Option<String> {
    let leads = text
        .all()
        .iter()
        .any(|word| matches!(word.as_str(), "from" | "to" | "until" | "till"));
    let named: Vec<&Word> = text
        .all()
        .iter()
        .filter(|word| text.listed(word, PROCESS))
        .collect();
    (named.len() >= 3 && !leads).then(|| {
        let words: Vec<&str> = named.into_iter().map(Word::raw).collect();
        words.join(", ")
    })
}

/// "From A to B … from C to D", where the second way is a journey by itself (not "from the station to the hotel") and does not
/// start where the first one ended.
fn ways(text: &Words) -> Option<String> {
    let words = text.all();
    let starts: Vec<usize> = (0..words.len())
        .filter(|place| {
            words
                .get(*place)
                .is_some_and(|word| word.as_str() == "from")
        })
        .filter(|place| leads_on(words, *place))
        .collect();
    let [first, second, ..] = starts.as_slice() else {
        return None;
    };
    let way = words.get(*first..*second)?;
    let end = way.iter().rposition(is_end)?;
    let goal: Vec<&str> = way.get(end + 1..)?.iter().map(Word::as_str).collect();
    let next = words.get(*second + 1..)?;
    let continues = next
        .iter()
        .take_while(|word| !is_end(word))
        .any(|word| word.as_str().chars().count() > 3 && goal.contains(&word.as_str()))
        || next
            .first()
            .is_some_and(|word| matches!(word.as_str(), "there" | "then"));
    let is_journey = next.iter().any(|word| text.listed(word, JOURNEY));
    (is_journey && !continues)
        .then(|| joined(next))
        .map(|rest| format!("from {rest}"))
}

fn is_end(word: &Word) -> bool {
    matches!(word.as_str(), "to" | "until" | "till")
}

/// Whether the way that starts here has an end before another starts.
fn leads_on(words: &[Word], start: usize) -> bool {
    let mut way = words
        .iter()
        .skip(start + 1)
        .take_while(|word| word.as_str() != "from");
    way.any(is_end)
}

fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(Word::raw).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_2_finds_a_scenario_that_joins_several_journeys() {
        for (scenario, words) in [
            (
                "New customers in all segments, and also the partner programme, as well as renewals and hiring",
                "all segments",
            ),
            (
                "From first visit to purchase, and also renewals",
                "and also renewals",
            ),
            (
                "Buying a car as well as selling the old one",
                "as well as selling",
            ),
            (
                "Onboarding, support, renewal and billing",
                "onboarding, support, renewal, billing",
            ),
            ("All our customers", "all our customers"),
            ("The experience of all customer types", "all customer types"),
            ("Every journey on the web site", "every journey"),
            ("All products and services", "all products"),
            (
                "From search to purchase and from complaint to refund",
                "from complaint to refund",
            ),
            (
                "Moving in, plus the cancellation of the old contract",
                "plus the cancellation",
            ),
            (
                "Claims; complaints; renewals",
                "claims, complaints, renewals",
            ),
            ("Sales, onboarding, support", "sales, onboarding, support"),
            (
                "From sign-up to first project in addition to the upgrade",
                "in addition to the upgrade",
            ),
            ("All existing users", "all existing users"),
            ("The complete customer lifecycle", "customer lifecycle"),
            (
                "Everything our customers do with us",
                "everything our customers",
            ),
            ("Patients in all departments", "all departments"),
            (
                "Opening an account, plus applying for a mortgage",
                "plus applying",
            ),
            (
                "From ordering to delivery; from return to refund",
                "from return to refund",
            ),
            (
                "Buying insurance as well as filing a claim",
                "as well as filing",
            ),
            ("Different personas in all markets", "all markets"),
            (
                "Applying for a card, along with registration at the town hall",
                "along with registration",
            ),
        ] {
            let said = several_journeys(scenario).map(|said| said.to_lowercase());
            assert_eq!(said.as_deref(), Some(words), "{scenario}");
        }
    }

    #[test]
    fn scope_2_does_not_accuse_one_journey_of_many_parts() {
        for scenario in [
            "From first search to the first month in the flat",
            "From waking in the afternoon to falling asleep the next morning",
            "From hearing about the library to returning the first book",
            "Search, compare and buy a bicycle",
            "Buying and installing a heat pump",
            "Moves with her partner as well as the dog",
            "A family, plus grandmother, goes on holiday",
            "From the flat to the office and back",
            "From first search to signing, and from signing to the first month",
            "From home to the clinic, and from there to the pharmacy",
            "Returning a parcel and getting the refund",
            "Every customer who waits longer than a week",
            "All day at the hospital, from admission to discharge",
            "One order, from basket to doorstep, with all that can go wrong",
            "Onboarding and support in the first month",
            "From onboarding through support to renewal and billing",
            "She buys online as well as in the shop",
            "First visit to a new dentist, including the form and the bill",
            "All the way home",
            "From Berlin to Rome by train, and from the station to the hotel",
            "From booking the flight to collecting the baggage at home, plus jet lag",
            "A parent registers a child at school, including the forms and the waiting",
            "From the accident to the repaired car, as well as the rental car in between",
            "Students find a flat, sign and move in, and also get furniture",
            "Cancelling a subscription, with the return of the device and the refund",
            "Getting all vaccinations before a trip",
            "The nurse hands over each patient",
            "",
        ] {
            assert_eq!(several_journeys(scenario), None, "{scenario}");
        }
    }
}
