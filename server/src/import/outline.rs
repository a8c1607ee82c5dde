//! An outline in Markdown as a map (IMPORT-5): the title, its stages, their lanes, and lists of cards. Pure.
//!
//! ```markdown
//! # Renting a flat
//! From first search to the first month in the flat
//! ## Search
//! ### Actions
//! - Compares listings
//! - Pain: the same flat is listed three times
//! ```
//!
//! Here the file's blocks are read one after the other; what they become is decided in `making.rs`.

mod making;

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::notes::Notes;
use super::{Given, Read, Trouble};
use crate::export::words::one_line;
use making::Making;

/// Reads an outline.
pub(crate) fn outline(text: &str, given: &Given) -> Read {
    let mut reader = Reader::of(text);
    let options = Options::ENABLE_TASKLISTS
        | Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if let Err(trouble) = reader.take(event, &range) {
            return Read::of(Err(trouble));
        }
    }
    Read {
        title: reader.making.title(),
        notes: reader.notes.told(),
        ..Read::of(reader.making.whole(given))
    }
}

struct Reader {
    /// Where each line begins.
    starts: Vec<usize>,
    /// What was read since the block began.
    words: String,
    /// Links that are open: where they lead, and where their text begins.
    links: Vec<(String, usize)>,
    /// How deep in lists.
    depth: usize,
    /// The outermost item with its line: whatever stands within it is a line of its card.
    item: Option<(usize, Vec<String>)>,
    /// Within what is left out.
    is_aside: bool,
    making: Making,
    notes: Notes,
}

impl Reader {
    fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(ends).collect(),
            words: String::new(),
            links: Vec::new(),
            depth: 0,
            item: None,
            is_aside: false,
            making: Making::default(),
            notes: Notes::default(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: &Range<usize>) -> Result<(), Trouble> {
        let line = self.starts.partition_point(|start| *start <= range.start);
        match event {
            Event::Start(tag) => self.begin(tag, line),
            Event::End(tag) => self.end(tag, line),
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => {
                if !self.is_aside {
                    self.words.push_str(&part);
                }
                Ok(())
            }
            Event::SoftBreak | Event::HardBreak => {
                self.words.push(' ');
                Ok(())
            }
            Event::TaskListMarker(true) => {
                self.note(line, "the tick is left out");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, tag: Tag<'_>, line: usize) -> Result<(), Trouble> {
        match tag {
            Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_) => self.flush(),
            Tag::Item => {
                self.flush();
                self.depth += 1;
                self.item.get_or_insert((line, Vec::new()));
            }
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            } => {
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!(" “{title}”")
                };
                let leads = format!("{dest_url}{title}");
                self.links.push((leads, self.words.len()));
            }
            Tag::HtmlBlock => {
                self.note(line, "HTML is left out");
                self.is_aside = true;
            }
            Tag::MetadataBlock(_) => {
                self.note(line, "what describes the file itself is left out");
                self.is_aside = true;
            }
            Tag::Table(_) => {
                let why =
                    "is a table; an outline holds headings and lists. Tables are imported as CSV";
                return Err(Trouble::at(format!("line {line}"), why));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, line: usize) -> Result<(), Trouble> {
        match tag {
            TagEnd::Heading(level) if self.depth == 0 => {
                let text = one_line(&std::mem::take(&mut self.words));
                self.making.heading(level, text, line)
            }
            TagEnd::Paragraph | TagEnd::CodeBlock if self.depth == 0 => {
                let words = std::mem::take(&mut self.words);
                let text = if tag == TagEnd::Paragraph {
                    one_line(&words)
                } else {
                    words.trim_end().to_owned()
                };
                self.making.paragraph(text, line)
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock => {
                self.flush();
                Ok(())
            }
            TagEnd::Item => {
                self.flush();
                self.depth = self.depth.saturating_sub(1);
                match self.item.take_if(|_| self.depth == 0) {
                    Some((line, lines)) => self.making.card(&lines, line),
                    None => Ok(()),
                }
            }
            TagEnd::Link | TagEnd::Image => {
                self.linked();
                Ok(())
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.is_aside = false;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What was read within an item is a line of its card.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if let Some((_, lines)) = &mut self.item {
            lines.extend(words.lines().map(one_line).filter(|line| !line.is_empty()));
        }
    }

    /// A link's address stands behind its text, unless it is its text.
    fn linked(&mut self) {
        let Some((leads, from)) = self.links.pop() else {
            return;
        };
        let text = self.words.get(from..).unwrap_or_default();
        if leads != text && leads != format!("mailto:{text}") {
            let _ = write!(self.words, " ({leads})");
        }
    }

    fn note(&mut self, line: usize, what: &str) {
        self.notes.say(format!("line {line}"), what);
    }
}
