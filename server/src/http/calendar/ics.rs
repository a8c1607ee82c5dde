//! Lines of a calendar (RFC 5545, 3.1 and 3.3.11). Our own, because the `icalendar` crate looks for white space by letters where it counts
//! bytes: on a title of emojis and blanks its folding goes round for ever, and it lets a carriage return through, which begins a line.

/// Bytes of a line, its end apart.
const LINE: usize = 75;

/// Letters of a text that people wrote.
const TEXT: usize = 200;

/// A calendar being written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value is ours: it has no letter that means something in a calendar.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut room = LINE;
        for letter in line.chars().filter(|letter| !letter.is_control()) {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// A line whose value people wrote: on one line, and cut.
    pub(super) fn put_text(&mut self, name: &str, value: &str) {
        self.put_whole(name, &shortened(value));
    }

    /// A line whose value is not ours, and tells one thing from another: nothing is cut off.
    pub(super) fn put_whole(&mut self, name: &str, value: &str) {
        let mut escaped = String::new();
        for letter in value.chars() {
            if ['\\', ';', ','].contains(&letter) {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
        self.put(name, &escaped);
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Without control characters and with one blank for any white space, and of [`TEXT`] letters at the most.
fn shortened(text: &str) -> String {
    let blank = |letter: char| if letter.is_control() { ' ' } else { letter };
    // Of a text of any length no more is looked at than can be told.
    let looked_at: String = text.chars().take(TEXT * 4).map(blank).collect();
    let words: Vec<_> = looked_at.split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= TEXT {
        return whole;
    }
    let cut: String = whole.chars().take(TEXT - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut lines = Lines::default();
        lines.put_text("SUMMARY", text);
        lines.finish()
    }

    #[test]
    fn upkeep_3_a_title_of_emojis_and_blanks_is_folded() {
        // Enough of them that the blanks stand, counted in letters, where the lines end, counted in bytes.
        let title = format!("{} {}", "😀".repeat(60), "a ".repeat(400));
        let calendar = written(&title);
        assert!(
            calendar.lines().all(|line| line.len() <= LINE),
            "{calendar}"
        );
        let unfolded = calendar.replace("\r\n ", "");
        assert!(unfolded.starts_with(&format!("SUMMARY:{} a a", "😀".repeat(60))));
        assert!(unfolded.ends_with("a…\r\n"), "{unfolded}");
        assert_eq!(
            unfolded.trim_end().chars().count(),
            "SUMMARY:".len() + TEXT - 1
        );
    }

    #[test]
    fn upkeep_3_no_title_begins_a_line_of_its_own() {
        for end in ["\r", "\n", "\r\n", "\u{b}", "\u{85}"] {
            let calendar = written(&format!("One{end}ATTACH:file:///etc/passwd"));
            assert_eq!(calendar, "SUMMARY:One ATTACH:file:///etc/passwd\r\n");
        }
        assert_eq!(written(r"a\b;c,d"), "SUMMARY:a\\\\b\\;c\\,d\r\n");
    }

    proptest! {
        #[test]
        fn upkeep_3_whatever_a_title_is_there_is_one_line_of_it(title in "(\\PC|[ \r\n\t😀é老]){0,600}") {
            let calendar = written(&title);
            prop_assert!(calendar.split_terminator("\r\n").all(|line| line.len() <= LINE));
            let unfolded = calendar.replace("\r\n ", "");
            prop_assert_eq!(unfolded.matches(char::is_control).count(), 2);
        }
    }
}
