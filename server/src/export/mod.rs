//! Maps as files to take away (EXPORT). Called by the HTTP export and by `cairn export`. Pure: a file is a function of what was taken and the
//! day it is judged on; pictures also of the machine's fonts, where a map has text that Inter lacks. It is given closed rounds only, and
//! never a ballot (VOTE-13).

pub(crate) mod csv;
mod json;
mod markdown;
mod picture;
mod report;
mod result;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod votes;
pub(crate) mod words;
mod xlsx;

use cairn_protocol::channel::{EmotionRoundView, RoundView};
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::map::compare::{Comparison, compare};
use cairn_protocol::map::{Date, JourneyMap};

/// What is taken away.
pub(crate) struct Taken {
    pub(crate) id: MapId,
    pub(crate) map: JourneyMap,
    /// Closed rounds of dots, oldest first.
    pub(crate) rounds: Vec<RoundView>,
    /// Closed emotion rounds, oldest first.
    pub(crate) feelings: Vec<EmotionRoundView>,
    /// What due days are measured against.
    pub(crate) day: Date,
    /// What changed since the last review, where the history tells and the file says so.
    pub(crate) since_review: Option<Comparison>,
}

impl Taken {
    /// The map with what was closed in its workshop.
    pub(crate) fn of(map: JourneyMap, workshop: &Workshop, day: Date) -> Self {
        Self {
            id: workshop.map().clone(),
            map,
            rounds: workshop.closed_rounds(),
            feelings: workshop.closed_emotion_rounds(),
            day,
            since_review: None,
        }
    }

    /// With what changed since the last review, for a file that tells of it (UPKEEP-4). Left out where the review is not in the history:
    /// it was done elsewhere, or came back with a restore.
    pub(crate) fn with_changes<E>(
        mut self,
        workshop: &Workshop,
        format: Format,
        map_at: impl FnOnce(u64) -> Result<JourneyMap, E>,
    ) -> Result<Self, E> {
        let said = self.map.review.as_ref().and_then(|one| one.last_reviewed);
        let last = workshop.reviews().last();
        if let (Format::Markdown, Some(said), Some(last)) = (format, said, last)
            && last.day == said.to_string()
        {
            self.since_review = Some(compare(&map_at(last.seq)?, &self.map));
        }
        Ok(self)
    }

    /// The emotion round that a report tells of.
    fn felt_last(&self) -> Option<&EmotionRoundView> {
        self.feelings.last()
    }
}

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Csv,
    Markdown,
    Svg,
    Png,
    Pdf(Paper),
    Xlsx,
}

/// What a PDF is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paper {
    #[default]
    A4,
    A3,
    /// One sheet, as large as the map.
    Poster,
}

/// A file.
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    pub(crate) name: String,
    pub(crate) media: &'static str,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// The picture would have too many pixels.
    #[error("the map is too large for one picture that could be read; take it as PDF or SVG")]
    TooLarge,
    /// One sheet cannot be as large as the map.
    #[error(
        "the map is larger than one sheet can be; take it as PDF on A4 or A3, which are as many sheets as it needs, or as SVG"
    )]
    NoPoster,
    /// A library failed.
    #[error("the file could not be made: {0}")]
    Failed(String),
}

impl Format {
    const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf(_) => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Json => "cairn.json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf(_) => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Makes the file. Blocks for as long as a large map takes.
pub(crate) fn file(taken: Taken, format: Format) -> Result<File, NotDrawn> {
    let title = words::file_title(&taken.map.title, taken.id.as_str());
    let bytes = match format {
        Format::Json => json::file(taken).into_bytes(),
        Format::Csv => csv::file(&taken).into_bytes(),
        Format::Markdown => markdown::file(&taken).into_bytes(),
        Format::Svg => picture::svg(&taken).into_bytes(),
        Format::Png => picture::png(&taken)?,
        Format::Pdf(paper) => picture::pdf(&taken, paper)?,
        Format::Xlsx => xlsx::file(&taken).map_err(|error| NotDrawn::Failed(error.to_string()))?,
    };
    Ok(File {
        bytes,
        name: format!("{title}.{}", format.ending()),
        media: format.media(),
    })
}
