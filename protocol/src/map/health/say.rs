//! How findings name things: short, on one line, harmless to print.
//!
//! Called by every rule. What people wrote goes into messages only through [`quoted`].

use super::super::kinds::LaneKind;

/// Longest name in a message, in code points: a card's first words are enough to know it by.
const LONGEST: usize = 48;

/// A title or text in quotation marks, shortened at a word; `unnamed` where there is none. Line breaks, control
/// characters and marks that turn the writing direction are left out: messages go to terminals too.
pub fn quoted(text: &str, unnamed: &str) -> String {
    let harmless = text.split(|c: char| c.is_whitespace() || is_unprintable(c));
    let mut words = harmless.filter(|word| !word.is_empty());
    let mut short = String::new();
    let mut length = 0;
    for word in words.by_ref() {
        let own = word.chars().count();
        let joined = length + usize::from(length > 0) + own;
        if joined <= LONGEST {
            if length > 0 {
                short.push(' ');
            }
            short.push_str(word);
            length = joined;
            continue;
        }
        if length == 0 {
            // One word longer than a name may be: its beginning.
            short.extend(word.chars().take(LONGEST - 1));
        }
        short.push('…');
        break;
    }
    if short.is_empty() {
        return unnamed.to_owned();
    }
    format!("“{short}”")
}

fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A stage by its title.
pub(super) fn stage(title: &str) -> String {
    quoted(title, "A stage without a title")
}

/// A number of things: `1 card`, `9 cards`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// One card of a kind, with its article.
pub(super) const fn card_of(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => "a touchpoint",
        LaneKind::Action => "an action",
        LaneKind::Expectation => "an expectation",
        LaneKind::Emotion => "a feeling",
        LaneKind::Pain => "a pain",
        LaneKind::Opportunity => "an opportunity",
        LaneKind::Evidence => "a piece of evidence",
        LaneKind::Frontstage => "a frontstage step",
        LaneKind::Backstage => "a backstage step",
        LaneKind::Support => "a support process",
        LaneKind::Note => "a note",
        LaneKind::Metric => "a figure",
    }
}

/// Cards of a kind.
pub(super) const fn cards_of(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => "touchpoints",
        LaneKind::Action => "actions",
        LaneKind::Expectation => "expectations",
        LaneKind::Emotion => "feelings",
        LaneKind::Pain => "pains",
        LaneKind::Opportunity => "opportunities",
        LaneKind::Evidence => "evidence",
        LaneKind::Frontstage => "frontstage steps",
        LaneKind::Backstage => "backstage steps",
        LaneKind::Support => "support processes",
        LaneKind::Note => "notes",
        LaneKind::Metric => "figures",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_4_a_long_text_is_shortened_at_a_word() {
        let text = "The customer attends the demo together with two or three colleagues";
        assert_eq!(
            quoted(text, "-"),
            "“The customer attends the demo together with two…”"
        );
        assert_eq!(quoted("Short", "-"), "“Short”");
        let word = "x".repeat(60);
        assert_eq!(quoted(&word, "-").chars().count(), 2 + LONGEST);
        assert_eq!(quoted(" \n\t", "A card"), "A card");
    }

    #[test]
    fn health_4_a_message_cannot_steer_a_terminal_or_turn_the_line_around() {
        assert_eq!(
            quoted("a\u{1b}[31mb\u{202e}c\r\nd\u{9b}e", "-"),
            "“a [31mb c d e”"
        );
    }
}
