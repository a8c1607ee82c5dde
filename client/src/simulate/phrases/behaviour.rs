//! Touchpoints, actions, expectations.

use super::When::{self, Any, Early, Late, Middle};
use super::Written;
use serde_json::json;

/// Whose a touchpoint is.
const OURS: bool = true;
const THEIRS: bool = false;

#[rustfmt::skip]
const TOUCHPOINTS_TABLE: [(When, &str, &str, bool); 34] = [
    (Early, "Search results, we are third on the page", "web", THEIRS),
    (Early, "A friend's recommendation over lunch", "word of mouth", THEIRS),
    (Early, "Start page, read on the phone on the way home", "web", OURS),
    (Early, "Reviews on a comparison site", "web", THEIRS),
    (Early, "Flyer on the counter", "store", OURS),
    (Early, "Video someone shared in the family chat", "social", THEIRS),
    (Early, "First phone call to ask if it is possible at all", "phone", OURS),
    (Early, "The old provider's goodbye letter", "post", THEIRS),
    (Early, "Frequently asked questions, third entry from the top", "web", OURS),
    (Early, "Newspaper article pinned up in the kitchen", "post", THEIRS),
    (Middle, "Form with eleven required fields", "web", OURS),
    (Middle, "Confirmation email with an attachment", "email", OURS),
    (Middle, "Chat window in the lower right corner", "chat", OURS),
    (Middle, "Waiting loop of the hotline", "phone", OURS),
    (Middle, "Reminder by text message the evening before", "app", OURS),
    (Middle, "Conversation at the counter", "store", OURS),
    (Middle, "The colleague who did it last year", "word of mouth", THEIRS),
    (Middle, "Upload page for documents", "web", OURS),
    (Middle, "Appointment calendar", "app", OURS),
    (Middle, "Partner office that checks the papers", "partner", THEIRS),
    (Late, "Welcome package", "post", OURS),
    (Late, "First invoice", "email", OURS),
    (Late, "Settings page in the app", "app", OURS),
    (Late, "Call back from the service team", "phone", OURS),
    (Late, "Survey: how did we do?", "email", OURS),
    (Late, "Neighbourhood group where people compare notes", "social", THEIRS),
    (Late, "Letter about the yearly changes", "post", OURS),
    (Late, "Repair visit at home", "partner", THEIRS),
    (Any, "Short call with a person who knows the file", "phone", OURS),
    (Any, "Status page", "web", OURS),
    (Any, "Message in the app", "app", OURS),
    (Any, "Forum thread from two years ago", "web", THEIRS),
    (Any, "Notice at the entrance", "store", OURS),
    (Any, "Family group chat", "chat", THEIRS),
];

pub(super) fn touchpoints() -> Vec<Written> {
    TOUCHPOINTS_TABLE
        .map(|(when, text, channel, owned)| Written {
            when,
            text,
            second: None,
            fields: vec![("channel", json!(channel)), ("owned", json!(owned))],
        })
        .into()
}

pub(super) const TOUCHPOINT_ADDITIONS: &[&str] = &[
    "Mostly on the phone, in the evening",
    "Not ours, but it decides a lot",
    "Do we know how many come this way?",
    "Looks different on small screens",
    "Third contact within one week",
    "Only in the big cities",
    "Opening hours do not fit people who work",
];

#[rustfmt::skip]
const ACTIONS_TABLE: [(When, &str); 32] = [
    (Early, "Asks around who has done this before"),
    (Early, "Compares three offers side by side"),
    (Early, "Reads the reviews, the bad ones first"),
    (Early, "Writes a list of questions"),
    (Early, "Checks whether it is affordable at all"),
    (Early, "Saves the link and comes back two days later"),
    (Early, "Talks it over with the family"),
    (Early, "Calls to find out what is needed"),
    (Early, "Takes screenshots to look at later"),
    (Middle, "Collects the papers from three drawers"),
    (Middle, "Fills in the form on the phone, gives up, starts again on the laptop"),
    (Middle, "Photographs documents on the kitchen table"),
    (Middle, "Asks a colleague what a word in the form means"),
    (Middle, "Takes an hour off to call during office hours"),
    (Middle, "Signs, scans, sends, hopes"),
    (Middle, "Looks into the spam folder once a day"),
    (Middle, "Writes down the name of the person on the phone"),
    (Middle, "Moves the appointment to a day off"),
    (Late, "Tries everything out on the first evening"),
    (Late, "Reads the small print after the first bill"),
    (Late, "Sets a reminder for the end of the term"),
    (Late, "Tells a friend how it went"),
    (Late, "Reports the first problem"),
    (Late, "Puts the papers into a folder and forgets about them"),
    (Late, "Changes the settings that were never right"),
    (Late, "Writes a review after the second mail that asks for one"),
    (Any, "Waits, and checks the mail more often than usual"),
    (Any, "Asks in the group chat"),
    (Any, "Starts a note on the phone to keep track"),
    (Any, "Calls because it is faster than searching"),
    (Any, "Asks someone more patient to help"),
    (Any, "Does something else first, because it is not urgent yet"),
];

pub(super) fn actions() -> Vec<Written> {
    plain(ACTIONS_TABLE)
}

pub(super) const ACTION_ADDITIONS: &[&str] = &[
    "Usually after work",
    "Takes about twenty minutes",
    "Some never get past this point",
    "With a child on the arm",
    "We saw this in most of the visits",
    "Twice, because the first time got lost",
    "Nobody told them to",
];

#[rustfmt::skip]
const EXPECTATIONS_TABLE: [(When, &str, &str, u8); 26] = [
    (Early, "To see the price before giving an address", "The price comes on page four", 2),
    (Early, "A plain answer whether it fits", "A list of conditions in legal language", 2),
    (Early, "To find a phone number", "It is there, at the bottom of the page", 1),
    (Early, "That what is offered is still available", "Half of it was gone weeks ago", 3),
    (Early, "To look around without an account", "They can, except for the details", 1),
    (Early, "An honest opinion from someone who knows", "Advice that sounds like a brochure", 2),
    (Early, "To be done within an evening", "It takes most of a week", 2),
    (Middle, "To enter everything once", "The same details in three places", 3),
    (Middle, "To stop and go on later", "After an hour everything is empty", 3),
    (Middle, "A confirmation at once", "It comes within minutes", 0),
    (Middle, "That someone looks at it today", "Nobody does before Thursday", 2),
    (Middle, "To send a photo instead of a copy", "Photos are taken, if they are small", 1),
    (Middle, "To be called back as promised", "Calls come, but at work", 2),
    (Middle, "One person who knows the case", "Someone new each time, who starts from zero", 3),
    (Late, "That it works on the first day", "It does, after a call", 1),
    (Late, "A bill like the offer", "Two items nobody mentioned", 2),
    (Late, "To change a detail without a form", "A form, by post", 3),
    (Late, "To hear it first when something changes", "The letter came after the change", 2),
    (Late, "To get out as easily as in", "In with a click, out by registered letter", 3),
    (Late, "A thank you, and nothing to fill in", "A survey with fourteen questions", 1),
    (Any, "To know what happens next, and when", "A sentence that says: shortly", 3),
    (Any, "To be spoken to like an adult", "Friendly people, stiff letters", 1),
    (Any, "An answer on the same day", "Two working days, as a rule", 1),
    (Any, "That nobody asks for what they know already", "The number is asked for every time", 2),
    (Any, "To do it from the phone", "It works, apart from one page", 1),
    (Any, "That a question costs nothing", "Twenty minutes of waiting music", 2),
];

pub(super) fn expectations() -> Vec<Written> {
    EXPECTATIONS_TABLE
        .map(|(when, text, actual, gap)| Written {
            when,
            text,
            second: Some(("actual", actual)),
            fields: vec![("gap", json!(gap))],
        })
        .into()
}

pub(super) const EXPECTATION_ADDITIONS: &[&str] = &[
    "Like at the bank, where it works",
    "Older people more than younger ones",
    "They told us without being asked",
    "Because the start page says so",
    "Nobody promised it, but everyone assumes it",
    "From experience with the competition",
];

pub(super) fn plain<const N: usize>(table: [(When, &'static str); N]) -> Vec<Written> {
    table
        .map(|(when, text)| Written {
            when,
            text,
            second: None,
            fields: Vec::new(),
        })
        .into()
}
