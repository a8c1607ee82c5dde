//! What is seen, done in sight, done out of sight, and behind it.

use super::When::{self, Any, Early, Late, Middle};
use super::Written;
use super::behaviour::plain;
use serde_json::json;

#[rustfmt::skip]
const EVIDENCE_TABLE: [(When, &str); 20] = [
    (Early, "Poster at the entrance"),
    (Early, "Sign with the opening hours"),
    (Early, "Leaflet with a map on the back"),
    (Early, "First page of the site"),
    (Middle, "Ticket with a number on it"),
    (Middle, "Printed form with a dotted line"),
    (Middle, "Screen turned around so that both can read it"),
    (Middle, "Stamp on the copy"),
    (Late, "Card that fits the wallet"),
    (Late, "Letter with two signatures"),
    (Late, "Receipt"),
    (Late, "Folder with all papers"),
    (Any, "Confirmation on the screen"),
    (Any, "Name badge"),
    (Any, "Waiting area with too few chairs"),
    (Any, "Email with the house's colours"),
    (Any, "Handwritten note on a yellow sticker"),
    (Any, "Text message with a link"),
    (Any, "The queue itself"),
    (Any, "Form letter with the wrong first name"),
];

pub(super) fn evidence() -> Vec<Written> {
    plain(EVIDENCE_TABLE)
}

pub(super) fn frontstage() -> Vec<Written> {
    acted([
        (Early, "Greets and asks what it is about", "front desk"),
        (
            Early,
            "Explains in two sentences what is needed",
            "front desk",
        ),
        (Early, "Answers the phone and opens a case", "service team"),
        (Early, "Hands out the checklist", "front desk"),
        (
            Middle,
            "Goes through the form together with them",
            "adviser",
        ),
        (Middle, "Checks the papers and makes copies", "adviser"),
        (Middle, "Asks for the missing document", "service team"),
        (Middle, "Says when they will hear from us", "adviser"),
        (Late, "Hands it over and shows how it works", "adviser"),
        (
            Late,
            "Calls to ask whether everything is fine",
            "service team",
        ),
        (Late, "Takes the complaint and apologises", "service team"),
        (Late, "Says goodbye at the door", "front desk"),
        (Any, "Looks up where the case is", "service team"),
        (Any, "Transfers the call", "service team"),
        (Any, "Writes a friendly reminder", "service team"),
        (Any, "Asks a colleague and comes back", "front desk"),
        (Any, "Explains the letter on the phone", "service team"),
    ])
}

pub(super) fn backstage() -> Vec<Written> {
    acted([
        (Early, "Sorts requests by hand every morning", "back office"),
        (
            Early,
            "Updates the list of what is available",
            "back office",
        ),
        (Early, "Assigns the case to a team", "coordination"),
        (Early, "Prepares the room and the forms", "front desk"),
        (
            Middle,
            "Types the form into the second system",
            "back office",
        ),
        (
            Middle,
            "Checks the identity against the register",
            "back office",
        ),
        (
            Middle,
            "Two people approve it, one after the other",
            "approvals",
        ),
        (
            Middle,
            "Calls the partner office about the delay",
            "coordination",
        ),
        (Late, "Prints, folds and sends the letters", "post room"),
        (Late, "Closes the case and files the copies", "back office"),
        (Late, "Corrects the bill", "accounting"),
        (
            Late,
            "Passes complaints on to the weekly round",
            "coordination",
        ),
        (
            Any,
            "Keeps a private list of difficult cases",
            "back office",
        ),
        (
            Any,
            "Answers questions of the front desk by chat",
            "back office",
        ),
        (Any, "Waits for the nightly run", "back office"),
        (Any, "Looks for the file of a namesake", "back office"),
        (Any, "Covers for a colleague who is ill", "coordination"),
    ])
}

pub(super) fn support() -> Vec<Written> {
    acted([
        (Early, "Content system of the site", "communication"),
        (Early, "Telephone system with a routing menu", "IT"),
        (Early, "Appointment calendar", "IT"),
        (
            Early,
            "Training for new colleagues, twice a year",
            "human resources",
        ),
        (Middle, "Case system, twelve years old", "IT"),
        (Middle, "Register of the authorities", "outside"),
        (Middle, "Scanner and text recognition", "IT"),
        (Middle, "Rules for approvals", "legal"),
        (Late, "Accounting system", "IT"),
        (Late, "Print service", "outside"),
        (Late, "Archive with its retention periods", "legal"),
        (Late, "Survey tool", "communication"),
        (Any, "Shared mailbox without owner", "IT"),
        (Any, "Spreadsheet on the team drive", "back office"),
        (Any, "Identity provider", "outside"),
        (Any, "Data protection agreement", "legal"),
        (Any, "Stock of forms in the cellar", "post room"),
    ])
}

pub(super) const ADDITIONS: &[&str] = &[
    "Takes ten minutes on a good day",
    "Only two people know how",
    "Breaks when somebody is on holiday",
    "To be replaced next year",
    "Not documented anywhere",
    "Works well, leave it alone",
];

fn acted<const N: usize>(table: [(When, &'static str, &'static str); N]) -> Vec<Written> {
    table
        .map(|(when, text, actor)| Written {
            when,
            text,
            second: None,
            fields: vec![("actor", json!(actor))],
        })
        .into()
}
