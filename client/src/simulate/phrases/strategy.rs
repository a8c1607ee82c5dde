//! Opportunities, notes, metrics, and remarks.

use super::When::{self, Any, Early, Late, Middle};
use super::Written;
use super::behaviour::plain;
use serde_json::{Value, json};

#[rustfmt::skip]
const OPPORTUNITIES_TABLE: [(When, &str, u8, u8, u8); 31] = [
    (Early, "Show the full price on the first page", 4, 3, 2),
    (Early, "A two minute check: is this for me?", 4, 4, 3),
    (Early, "One page that says what is needed and how long it takes", 4, 3, 1),
    (Early, "Let people look around without an account", 3, 3, 2),
    (Early, "Rewrite the start page in the words people use", 3, 3, 1),
    (Early, "Answer questions in the evening, by chat, with people", 4, 3, 4),
    (Early, "Show three real examples with numbers", 3, 2, 1),
    (Early, "Offer a call instead of a form", 3, 3, 2),
    (Middle, "Save the form at each step", 5, 4, 2),
    (Middle, "Take over what we know already", 4, 4, 3),
    (Middle, "Ask for all documents at once, with examples", 4, 3, 1),
    (Middle, "Say at once what is wrong with an upload", 4, 3, 2),
    (Middle, "One contact person from start to end", 5, 3, 4),
    (Middle, "Evening and Saturday appointments", 4, 2, 3),
    (Middle, "Pass notes on, so that nobody repeats the story", 4, 4, 3),
    (Middle, "Sign on the phone", 3, 3, 3),
    (Late, "Explain the first bill line by line", 4, 3, 2),
    (Late, "A call after two weeks: does everything work?", 4, 3, 2),
    (Late, "Change an address in one place, everywhere", 4, 3, 4),
    (Late, "Leave as easily as you came", 3, 1, 2),
    (Late, "Tell people about changes before they happen", 4, 3, 1),
    (Late, "Two questions instead of a survey", 2, 3, 1),
    (Late, "Invite experienced customers to help new ones", 3, 4, 3),
    (Late, "A page with everything you have with us", 3, 3, 4),
    (Any, "A status page that always names the next date", 5, 4, 3),
    (Any, "Call back instead of waiting on the line", 4, 3, 2),
    (Any, "Write letters that a twelve year old understands", 3, 2, 2),
    (Any, "One message a week that bundles the others", 2, 2, 2),
    (Any, "Make it work with a screen reader, and test it with people", 5, 3, 3),
    (Any, "Put the five most asked questions where they are asked", 3, 3, 1),
    (Any, "Let the team decide small cases at once", 4, 3, 2),
];

pub(super) fn opportunities() -> Vec<Written> {
    OPPORTUNITIES_TABLE
        .map(|(when, text, impact, value, effort)| {
            let status: Value = json!("idea");
            let fields = vec![
                ("impact", json!(impact)),
                ("value", json!(value)),
                ("effort", json!(effort)),
                ("status", status),
            ];
            Written {
                when,
                text,
                second: None,
                fields,
            }
        })
        .into()
}

pub(super) const OPPORTUNITY_ADDITIONS: &[&str] = &[
    "Could be tried with one team first",
    "The pilot last spring went well",
    "Needs someone from legal",
    "Cheap, and people would notice",
    "Start with the phone version",
    "Let us ask support what they think",
    "Would save calls, too",
];

#[rustfmt::skip]
const NOTES_TABLE: [(When, &str); 16] = [
    (Any, "Who owns this part? Ask in the steering round"),
    (Any, "Check with the numbers of last quarter"),
    (Any, "We only have two interviews for this stage"),
    (Any, "Different for people who come back"),
    (Any, "Parking lot: what about business customers?"),
    (Any, "Seasonal: twice as many in September"),
    (Any, "Ask support for the top ten reasons to call"),
    (Any, "Is this one stage or two?"),
    (Any, "Legal says this text has to stay"),
    (Any, "Nobody in the room has done this in the last year"),
    (Early, "Half of them come from a recommendation, says marketing"),
    (Early, "Many start months before we hear of them"),
    (Middle, "This is where most of the calls come from"),
    (Middle, "The system behind this is replaced next year"),
    (Late, "We never look at this part, why?"),
    (Late, "After this point we only see complaints"),
];

pub(super) fn notes() -> Vec<Written> {
    plain(NOTES_TABLE)
}

pub(super) const NOTE_ADDITIONS: &[&str] = &[
    "Let us take it up after the break",
    "I can find out by Friday",
    "Not for today",
    "Worth a map of its own",
    "Agreed, and it matters",
];

#[rustfmt::skip]
const METRICS_TABLE: [(When, &str, f64, &str, f64); 18] = [
    (Any, "Contacts per case", 3.4, "calls", 2.0),
    (Any, "Waiting time on the phone", 11.0, "min", 3.0),
    (Any, "Answered on the same day", 38.0, "%", 80.0),
    (Any, "Done on the phone", 61.0, "%", 75.0),
    (Any, "Cases that were opened twice", 17.0, "%", 5.0),
    (Any, "Satisfaction with this step", 3.1, "of 5", 4.2),
    (Any, "Complaints", 24.0, "a month", 10.0),
    (Any, "Understood at first reading", 46.0, "%", 80.0),
    (Early, "Visits that end on the first page", 54.0, "%", 35.0),
    (Early, "Come by recommendation", 48.0, "%", 55.0),
    (Early, "From first look to first step", 9.0, "days", 4.0),
    (Middle, "Forms begun and finished", 57.0, "%", 80.0),
    (Middle, "Time to fill in the form", 23.0, "min", 8.0),
    (Middle, "Documents sent back", 31.0, "%", 10.0),
    (Middle, "Days until a decision", 8.5, "days", 2.0),
    (Late, "Still here after a year", 82.0, "%", 90.0),
    (Late, "Calls in the first month", 1.8, "calls", 0.5),
    (Late, "Would recommend us", 22.0, "NPS", 40.0),
];

pub(super) fn metrics() -> Vec<Written> {
    METRICS_TABLE
        .map(|(when, text, value, unit, target)| Written {
            when,
            text,
            second: None,
            fields: vec![
                ("value", json!(value)),
                ("unit", json!(unit)),
                ("target", json!(target)),
            ],
        })
        .into()
}

pub(super) const METRIC_ADDITIONS: &[&str] = &[
    "Last quarter",
    "Measured by hand, to be checked",
    "Rising since spring",
    "Without weekends",
    "From the support tool",
];

pub(super) const COMMENTS: &[&str] = &[
    "Do we have a source for this?",
    "I heard the same in two interviews.",
    "Is that still so since the spring release?",
    "Yes! This is the one that hurts.",
    "Could we split this into two cards?",
    "I would put this one stage earlier.",
    "Support can confirm that, I asked this morning.",
    "Not sure. Only for people who do it the first time?",
    "Who could look into this?",
    "That surprises me. Let us check the numbers.",
    "Same for our colleagues in the field.",
    "Maybe combine it with the card next to it?",
    "I have a recording of somebody saying exactly that.",
    "How many people does this concern?",
    "Agreed.",
    "This was different two years ago.",
];
