//! A title or sentence as words, and whether a word is one of a list: the ground of STAGES-2, STAGES-3 and SCOPE-2.
//!
//! Words are compared whole, never by their letters inside others ("leaded" is not "lead"). A pattern of a list is
//! - `ticket`: the word and its plural, in any case;
//! - `nurture~`: a verb with its endings (nurtures, nurtured, nurturing);
//! - `SAL`: an abbreviation, only in capitals.

/// A word of a text.
#[derive(Debug)]
pub(super) struct Word {
    /// As written, without an ending behind an apostrophe.
    raw: String,
    lower: String,
}

/// How much of a title and of any other text is looked at, in words. What is longer is neither; and a map of the longest
/// texts must not cost more than one of real ones.
const MOST_OF_A_TITLE: usize = 24;
const MOST: usize = 100;

/// A text as words, in parts as its punctuation divides it.
#[derive(Debug, Default)]
pub(super) struct Words {
    all: Vec<Word>,
    /// Where each part ends.
    ends: Vec<usize>,
    /// Everything is in capitals: they tell nothing.
    shouts: bool,
}

impl Words {
    /// A sentence or two.
    pub(super) fn of(text: &str) -> Words {
        Words::first(text, MOST)
    }

    /// What something is called.
    pub(super) fn of_title(text: &str) -> Words {
        Words::first(text, MOST_OF_A_TITLE)
    }

    fn first(text: &str, most: usize) -> Words {
        let mut words = Words::default();
        let mut word = String::new();
        let mut chars = text.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            if c.is_alphanumeric() {
                word.push(c);
            } else if matches!(c, '\'' | '’') && !word.is_empty() {
                // What follows is an ending: "customer's", "I'm".
                while chars.next_if(|c| c.is_alphanumeric()).is_some() {}
            } else {
                words.end_word(&mut word);
                let spaced = before == ' ' && chars.peek() == Some(&' ');
                let divides = match c {
                    '-' => spaced || chars.peek() == Some(&'>'),
                    '\n' => true,
                    _ => !c.is_whitespace() && !matches!(c, '_' | '.' | '"' | '“' | '”'),
                };
                if divides {
                    words.ends.push(words.all.len());
                }
                if words.all.len() == most {
                    break;
                }
            }
            before = c;
        }
        words.end_word(&mut word);
        words.ends.push(words.all.len());
        let has_long_word = words.all.iter().any(|word| word.raw.chars().count() > 4);
        words.shouts = has_long_word && text.chars().all(|c| !c.is_lowercase());
        words
    }

    fn end_word(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.all.push(Word {
                lower: word.to_lowercase(),
                raw: std::mem::take(word),
            });
        }
    }

    /// The words between punctuation.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[Word]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let parts = starts
            .zip(&self.ends)
            .filter_map(|(start, end)| self.all.get(start..*end));
        parts.filter(|part| !part.is_empty())
    }

    pub(super) fn all(&self) -> &[Word] {
        &self.all
    }

    /// Whether one of the words is of the list.
    pub(super) fn has(&self, list: &[&str]) -> bool {
        self.all.iter().any(|word| self.listed(word, list))
    }

    pub(super) fn listed(&self, word: &Word, list: &[&str]) -> bool {
        list.iter().any(|pattern| self.is(word, pattern))
    }

    /// Whether the words of the phrase stand in the text one after the other.
    pub(super) fn contains(&self, phrase: &str) -> bool {
        let mut places = self.all.windows(phrase.split(' ').count());
        places.any(|place| self.matches(place, phrase))
    }

    /// Whether these words are exactly the phrase.
    pub(super) fn matches<'a>(
        &self,
        words: impl IntoIterator<Item = &'a Word>,
        phrase: &str,
    ) -> bool {
        let mut words = words.into_iter();
        let each = phrase
            .split(' ')
            .all(|pattern| words.next().is_some_and(|word| self.is(word, pattern)));
        each && words.next().is_none()
    }

    fn is(&self, word: &Word, pattern: &str) -> bool {
        let first = pattern.as_bytes().first();
        if first.is_some_and(u8::is_ascii_uppercase) {
            let raw = word.raw.strip_suffix('s').unwrap_or(&word.raw);
            return (raw == pattern || word.raw == pattern) && !self.shouts;
        }
        // No ending changes how a word begins: most comparisons end here.
        if word.lower.as_bytes().first() != first {
            return false;
        }
        match pattern.strip_suffix('~') {
            Some(verb) => is_form_of(&word.lower, verb),
            None => word.lower == pattern || is_plural_of(&word.lower, pattern),
        }
    }
}

impl Word {
    /// In small letters.
    pub(super) fn as_str(&self) -> &str {
        &self.lower
    }

    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    pub(super) fn is_number(&self) -> bool {
        self.raw.chars().all(char::is_numeric)
    }
}

fn is_plural_of(word: &str, one: &str) -> bool {
    match one.strip_suffix('y') {
        Some(stem) if word.strip_prefix(stem) == Some("ies") => true,
        _ => matches!(word.strip_prefix(one), Some("s" | "es")),
    }
}

fn is_form_of(word: &str, verb: &str) -> bool {
    if word == verb || is_plural_of(word, verb) {
        return true;
    }
    let ends = |stem: &str| matches!(word.strip_prefix(stem), Some("ed" | "ing"));
    if let Some(stem) = verb.strip_suffix('e') {
        return ends(stem);
    }
    if let Some(stem) = verb.strip_suffix('y')
        && word.strip_prefix(stem) == Some("ied")
    {
        return true;
    }
    let doubled = || {
        verb.chars()
            .last()
            .is_some_and(|last| ends(&format!("{verb}{last}")))
    };
    ends(verb) || doubled()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let words = Words::of(text);
        let join = |part: &[Word]| {
            let raw: Vec<&str> = part.iter().map(|word| word.raw.as_str()).collect();
            raw.join(" ")
        };
        words.parts().map(join).collect()
    }

    #[test]
    fn a_text_is_divided_at_punctuation_and_not_at_hyphens() {
        assert_eq!(parts("Hand-off / Closed-won"), ["Hand off", "Closed won"]);
        assert_eq!(parts("MQL -> SQL - won"), ["MQL", "SQL", "won"]);
        assert_eq!(
            parts("The customer's “first” week"),
            ["The customer first week"]
        );
        assert_eq!(
            parts("I’m in; you’re out\nThey"),
            ["I in", "you out", "They"]
        );
        assert_eq!(parts(" … "), [""; 0]);
    }

    #[test]
    fn of_a_long_text_the_beginning_is_read() {
        let text = Words::of(&"word ".repeat(20_000));
        assert_eq!(text.all().len(), MOST);
        let title = Words::of_title(&"word ".repeat(20_000));
        assert_eq!(title.all().len(), MOST_OF_A_TITLE);
    }

    #[test]
    fn a_word_is_whole_with_its_endings() {
        let is = |word: &str, pattern: &str| Words::of(word).contains(pattern);
        for (word, pattern) in [
            ("Tickets", "ticket"),
            ("stories", "story"),
            ("nurturing", "nurture~"),
            ("qualified", "qualify~"),
            ("upselling", "upsell~"),
            ("planned", "plan~"),
            ("closed-won", "closed won"),
            ("ARRs", "ARR"),
        ] {
            assert!(is(word, pattern), "{word} is {pattern}");
        }
        for (word, pattern) in [
            ("ticketing", "ticket"),
            ("leaded", "lead"),
            ("arr", "ARR"),
            ("won closed", "closed won"),
            ("story", "stories"),
        ] {
            assert!(!is(word, pattern), "{word} is not {pattern}");
        }
    }
}
