//! The font of drawings: Inter (SIL Open Font License, `fonts/OFL.txt`), as on screen. How wide text is, where its lines break, and the part
//! of the font that a drawing uses, to be put into it. Pure.
//!
//! Text that Inter does not cover (Chinese, Japanese, Korean, emoji, …) is shown in whatever font the viewer has; here only its width is
//! guessed, so that lines break about where they should.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use ttf_parser::Face;

/// What text is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Strong,
}

impl Weight {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::Strong];

    /// As CSS counts it.
    pub(crate) const fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Strong => 600,
        }
    }

    pub(crate) const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../fonts/Inter-Regular.ttf"),
            Self::Strong => include_bytes!("../fonts/Inter-SemiBold.ttf"),
        }
    }

    fn face(self) -> &'static Face<'static> {
        static REGULAR: LazyLock<Face<'static>> = LazyLock::new(|| parsed(Weight::Regular));
        static STRONG: LazyLock<Face<'static>> = LazyLock::new(|| parsed(Weight::Strong));
        match self {
            Self::Regular => &REGULAR,
            Self::Strong => &STRONG,
        }
    }
}

fn parsed(weight: Weight) -> Face<'static> {
    Face::parse(weight.file(), 0).expect("the font built into the program is one")
}

/// Whether the font has every letter of a text that shows anything.
pub(crate) fn covers(text: &str) -> bool {
    let face = Weight::Regular.face();
    text.chars()
        .all(|letter| letter.is_control() || face.glyph_index(letter).is_some())
}

/// The width of a text on one line, without kerning: with it, text is hardly ever wider.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let face = weight.face();
    let units = f32::from(face.units_per_em());
    let advance = |letter: char| match face.glyph_index(letter) {
        Some(glyph) => f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / units,
        None if joins(letter) => 0.0,
        // Ideographs and emoji are as wide as they are high; of other scripts this is more than most letters take.
        None if letter >= '\u{1100}' => 1.0,
        None => 0.65,
    };
    text.chars().map(advance).sum::<f32>() * size
}

/// Whether a letter belongs to the one before it: no line breaks between them.
fn joins(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The lines of a text within a width. A word that is wider breaks between letters.
pub(crate) fn wrap(text: &str, weight: Weight, size: f32, most: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().lines() {
        let mut line = String::new();
        let mut used = 0.0;
        let space = width(" ", weight, size);
        for word in paragraph.split_whitespace() {
            let wide = width(word, weight, size);
            let gap = if line.is_empty() { 0.0 } else { space };
            if used + gap + wide <= most {
                if gap > 0.0 {
                    line.push(' ');
                }
                line.push_str(word);
                used += gap + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            (line, used) = (String::new(), 0.0);
            for piece in pieces(word) {
                let wide = width(piece, weight, size);
                if used + wide > most && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push_str(piece);
                used += wide;
            }
        }
        lines.push(line);
    }
    lines
}

/// A word in letters, each with what belongs to it.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().peekable();
        let (_, mut before) = letters.next()?;
        let mut end = rest.len();
        for (at, letter) in letters {
            if !joins(letter) && before != '\u{200d}' {
                end = at;
                break;
            }
            before = letter;
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// A text that ends in an ellipsis where it does not fit on one line.
pub(crate) fn clipped(text: &str, weight: Weight, size: f32, most: f32) -> String {
    if width(text, weight, size) <= most {
        return text.to_owned();
    }
    let room = most - width("…", weight, size);
    let mut kept = String::new();
    let mut used = 0.0;
    for piece in pieces(text) {
        used += width(piece, weight, size);
        if used > room {
            break;
        }
        kept.push_str(piece);
    }
    format!("{}…", kept.trim_end())
}

/// The part of the font that draws these letters, as a TrueType file. Nothing should it not be possible: then the viewer's own font is used.
pub(crate) fn part(weight: Weight, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = weight.face();
    let mut glyphs: Vec<u16> = letters
        .iter()
        .filter_map(|letter| Some(face.glyph_index(*letter)?.0))
        .collect();
    // The glyph for what is missing comes first in every font.
    glyphs.push(0);
    glyphs.sort_unstable();
    glyphs.dedup();
    let file = ReadScope::new(weight.file()).read::<FontData<'_>>().ok()?;
    let provider = file.table_provider(0).ok()?;
    subset(
        &provider,
        &glyphs,
        &SubsetProfile::Minimal,
        CmapTarget::Unicode,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_long_words_between_letters() {
        let wrapped = |text: &str| wrap(text, Weight::Regular, 10.0, 60.0);
        assert_eq!(wrapped("one two three four"), ["one two", "three four"]);
        assert_eq!(wrapped("a\n\nb "), ["a", "", "b"]);
        assert_eq!(wrapped("  many   spaces "), ["many", "spaces"]);
        assert!(wrapped("").is_empty());
        for text in [
            "Donaudampfschifffahrt",
            "長い文章はどこでも折り返す",
            "👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒",
        ] {
            let lines = wrapped(text);
            assert!(lines.len() > 1, "{lines:?}");
            assert_eq!(lines.concat(), text);
            for line in lines {
                assert!(width(&line, Weight::Regular, 10.0) <= 60.0, "{line}");
                assert!(!line.starts_with(joins), "{line}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let short = clipped("Rather a long title", Weight::Strong, 10.0, 60.0);
        assert!(short.ends_with('…') && short.len() > 4, "{short}");
        assert!(width(&short, Weight::Strong, 10.0) <= 60.0);
        assert_eq!(clipped("Short", Weight::Strong, 10.0, 60.0), "Short");
    }

    #[test]
    fn export_5_a_part_of_the_font_draws_its_letters_as_the_whole_does() {
        let letters: BTreeSet<char> = "Ähnlich wie 1−2: „Größe“ Ωжй".chars().collect();
        for weight in Weight::ALL {
            let part = part(weight, &letters).unwrap();
            assert!(part.len() * 5 < weight.file().len(), "{} bytes", part.len());
            let (small, whole) = (Face::parse(&part, 0).unwrap(), weight.face());
            for letter in &letters {
                let advance = |face: &Face<'_>| {
                    let glyph = face.glyph_index(*letter).unwrap();
                    (
                        face.glyph_hor_advance(glyph),
                        face.glyph_bounding_box(glyph),
                    )
                };
                assert_eq!(advance(&small), advance(whole), "{letter}");
            }
        }
    }

    #[test]
    fn it_covers_european_scripts_and_says_what_it_does_not() {
        assert!(covers("Grüße, Łódź, Ελλάδα, Київ: “−2” → …"));
        assert!(!covers("東京"));
        assert!(!covers("👍"));
    }
}
