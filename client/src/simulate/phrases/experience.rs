//! Emotions and pains.

use super::When::{self, Any, Early, Late, Middle};
use super::Written;
use serde_json::json;

#[rustfmt::skip]
const EMOTIONS_TABLE: [(When, &str, f64, &str); 31] = [
    (Early, "Curious", 1.0, "I thought: why did nobody tell me about this before?"),
    (Early, "Hopeful, with a little doubt", 0.5, "It sounded almost too simple."),
    (Early, "Overwhelmed by the choice", -1.0, "Eleven tabs open and no idea."),
    (Early, "Sceptical", -0.5, "I have been promised that before."),
    (Early, "Excited to begin", 1.5, "I told everybody that same evening."),
    (Early, "A bit lost", -0.5, "I did not even know what to search for."),
    (Early, "Reassured by a friend", 1.0, "If she managed it, so can I."),
    (Early, "Rushed", -1.0, "Everybody said I should have started months ago."),
    (Middle, "Annoyed", -1.0, "Why do they ask me that again?"),
    (Middle, "Relieved that someone answered", 1.0, "A person! With a name!"),
    (Middle, "Anxious to have forgotten something", -1.5, "I checked the envelope three times."),
    (Middle, "Impatient", -1.0, "I refreshed that page every morning."),
    (Middle, "Taken seriously", 1.5, "She had read my notes before she called."),
    (Middle, "Embarrassed to ask again", -1.0, "I felt like the only one who does not get it."),
    (Middle, "Helpless", -2.0, "There was nobody left to ask."),
    (Middle, "In control", 1.0, "I could see where it was. That was enough."),
    (Late, "Proud", 2.0, "I sent my mother a picture."),
    (Late, "Content, it simply works", 1.5, "I stopped thinking about it. That is a compliment."),
    (Late, "Disappointed by the small print", -1.5, "They might have said that earlier."),
    (Late, "At ease", 1.0, "I know whom to call now."),
    (Late, "Forgotten", -1.0, "Once I had signed, it went quiet."),
    (Late, "Grateful", 2.0, "He stayed until it worked."),
    (Late, "Suspicious of the bill", -1.0, "I went through it with a pencil."),
    (Late, "Loyal, for now", 0.5, "I would do it again. I would ask more, though."),
    (Any, "Neutral: it has to be done", 0.0, "It is like doing the taxes."),
    (Any, "Tired of waiting", -1.0, "The music. I hear it in my sleep."),
    (Any, "Pleasantly surprised", 1.5, "It took four minutes. I had planned the evening."),
    (Any, "Uncertain", -0.5, "Is that good or bad, \"in progress\"?"),
    (Any, "Confident", 1.0, "I knew what came next."),
    (Any, "Angry for a moment, then resigned", -1.5, "What else was I to do?"),
    (Any, "Amused", 0.5, "They had my name right and my town wrong."),
];

pub(super) fn emotions() -> Vec<Written> {
    EMOTIONS_TABLE
        .map(|(when, text, score, quote)| Written {
            when,
            text,
            second: Some(("quote", quote)),
            fields: vec![("score", json!(score))],
        })
        .into()
}

pub(super) const EMOTION_ADDITIONS: &[&str] = &[
    "Lasts until the next message",
    "More so the second time",
    "Depends on who picks up",
    "Those with children feel it more",
    "Heard it in nearly every interview",
    "Some laugh about it afterwards",
];

#[rustfmt::skip]
const PAINS_TABLE: [(When, &str, u8); 33] = [
    (Early, "Cannot tell the offers apart", 3),
    (Early, "The real price shows only at the end", 4),
    (Early, "Has to give an email address to see anything", 2),
    (Early, "Words that only insiders understand", 3),
    (Early, "No way to ask a simple question in the evening", 3),
    (Early, "Information on the site contradicts the brochure", 4),
    (Early, "Starts too late, because nobody says how long it takes", 4),
    (Early, "Conditions are found out by failing them", 4),
    (Middle, "Types the same details again and again", 3),
    (Middle, "The form forgets everything after a pause", 5),
    (Middle, "An error message that does not say what is wrong", 4),
    (Middle, "Missing documents are asked for one at a time", 4),
    (Middle, "Appointments only during working hours", 3),
    (Middle, "Every call begins with the whole story", 4),
    (Middle, "The confirmation ends up in the spam folder", 3),
    (Middle, "Attachment too large for the upload", 3),
    (Middle, "Nobody knows who is responsible", 5),
    (Middle, "Identity check fails in bad light", 3),
    (Late, "The first bill cannot be understood without help", 4),
    (Late, "A small change needs a form on paper", 3),
    (Late, "Support closes the case before it is solved", 5),
    (Late, "Old address still on the letters", 2),
    (Late, "Notice periods are hidden", 4),
    (Late, "Passwords for three different places", 2),
    (Late, "Feels like a number once the contract is signed", 3),
    (Late, "Nobody asks how it went", 2),
    (Any, "Silence: no idea whether anything is happening", 5),
    (Any, "Waits on hold and then drops out of the line", 4),
    (Any, "Too many messages, and the one that matters goes under", 3),
    (Any, "Two departments give two answers", 4),
    (Any, "Does not work with a screen reader", 5),
    (Any, "Only available in one language", 4),
    (Any, "Promised dates pass without a word", 4),
];

pub(super) fn pains() -> Vec<Written> {
    PAINS_TABLE
        .map(|(when, text, severity)| Written {
            when,
            text,
            second: None,
            fields: vec![("severity", json!(severity))],
        })
        .into()
}

pub(super) const PAIN_ADDITIONS: &[&str] = &[
    "Support hears this every day",
    "Three of five in the last test",
    "Worst on Mondays",
    "People give up here",
    "We have known this for two years",
    "Costs us calls as well",
    "Hits those hardest who need it most",
];
