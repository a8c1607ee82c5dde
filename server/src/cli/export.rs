//! `cairn export`: a map as a file, now or at a moment of its history.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use cairn_protocol::id::MapId;
use cairn_protocol::map;
use clap::{Args, ValueEnum};
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::remote::{Remote, RemoteError};
use super::{DataArgs, ServerArgs, waiting};
use crate::clock::{Clock, day_of};
use crate::export::{self, Format, NotDrawn, Paper, Taken};
use crate::load::{self, LoadError};

/// Which file to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A `cairn.map/1` document, with the rounds that were closed
    Json,
    /// A table, one row a card, safe to open in a spreadsheet
    Csv,
    /// The report, then the whole map and every closed round as tables
    Md,
    /// The map as the screen lays it out, with its font
    Svg,
    /// The same in pixels
    Png,
    /// The same on paper
    Pdf,
    /// A workbook with a sheet for each layer
    Xlsx,
}

/// What a PDF is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportPaper {
    /// Sheets of A4, landscape
    A4,
    /// Sheets of A3, landscape
    A3,
    /// One sheet, as large as the map
    Poster,
}

/// As the flag has it, and the interface.
fn word(value: &impl ValueEnum) -> String {
    let named = value.to_possible_value();
    named.expect("every format is shown").get_name().to_owned()
}

/// Flags of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The map's name, as in its address
    pub map: String,
    /// Which file to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Number of the record to take the map after; the last one unless told
    #[arg(long, value_name = "SEQ")]
    pub at: Option<u64>,
    /// Of a PDF: what it is printed on; A4 unless told
    #[arg(long, value_enum)]
    pub paper: Option<ExportPaper>,
    /// File to write; standard output unless told
    #[arg(long, short, visible_alias = "to", value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub server: ServerArgs,
}

/// Why a map was not exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No map's name.
    #[error("{0:?} is not a map's name: give the last part of its address, /map/NAME")]
    Name(String),
    /// Records are numbered from 1.
    #[error("--at 0: records are numbered from 1")]
    AtZero,
    /// The data folder.
    #[error(transparent)]
    AtRest(#[from] AtRestError),
    /// Only a PDF has paper.
    #[error("--paper is for --format pdf alone")]
    Paper,
    /// A terminal shows no pictures.
    #[error("this format is no text: name a file with --output, or send it on")]
    Terminal,
    /// The file cannot be made.
    #[error(transparent)]
    Made(#[from] NotDrawn),
    /// The map.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The file.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// Which file.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// Exports a map.
pub fn run(args: &ExportArgs) -> Result<(), ExportError> {
    let map = MapId::new(&*args.map).map_err(|_| ExportError::Name(args.map.clone()))?;
    if args.at == Some(0) {
        return Err(ExportError::AtZero);
    }
    if args.paper.is_some() && args.format != ExportFormat::Pdf {
        return Err(ExportError::Paper);
    }
    let is_text = match args.format {
        ExportFormat::Json | ExportFormat::Csv | ExportFormat::Md | ExportFormat::Svg => true,
        ExportFormat::Png | ExportFormat::Pdf | ExportFormat::Xlsx => false,
    };
    if !is_text && args.output.is_none() && io::stdout().is_terminal() {
        return Err(ExportError::Terminal);
    }
    let what = format!("Making {}", word(&args.format).to_uppercase());
    let bytes = waiting::shown(what, || match &args.server.url {
        Some(url) => from_server(url, args, &map),
        None => from_folder(args, &map),
    })?;
    write(args.output.as_ref(), &bytes)
}

fn from_server(url: &str, args: &ExportArgs, map: &MapId) -> Result<Vec<u8>, ExportError> {
    let server = Remote::new(url, args.server.token.as_deref())?;
    let mut query = vec![("format", word(&args.format))];
    query.extend(args.at.map(|at| ("at", at.to_string())));
    query.extend(args.paper.map(|paper| ("paper", word(&paper))));
    Ok(server.get_bytes(&["api", "maps", map.as_str(), "export"], &query)?)
}

fn from_folder(args: &ExportArgs, map: &MapId) -> Result<Vec<u8>, ExportError> {
    let journal = at_rest::existing(&args.data.data)?;
    let workshop = load::load_at(journal.as_ref(), map, args.at)?;
    let (content, left_out) = map::read_noting(&workshop.doc().transact());
    if !left_out.is_empty() {
        // Their paths, not their content: cards stay out of the log.
        let places: Vec<_> = left_out
            .iter()
            .map(|violation| violation.path.as_str())
            .collect();
        tracing::warn!(?places, "left out, because the JSON form does not allow it");
    }
    let day = match args.at {
        None => Clock::system().today(),
        Some(_) => day_of(workshop.at()),
    };
    let format = format(args);
    let taken = Taken::of(content, &workshop, day);
    let taken = taken.with_changes(&workshop, format, |seq| {
        let then = load::load_at(journal.as_ref(), map, Some(seq))?;
        Ok::<_, LoadError>(map::read(&then.doc().transact()))
    })?;
    Ok(export::file(taken, format)?.bytes)
}

fn format(args: &ExportArgs) -> Format {
    match args.format {
        ExportFormat::Json => Format::Json,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Md => Format::Markdown,
        ExportFormat::Svg => Format::Svg,
        ExportFormat::Png => Format::Png,
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Pdf => Format::Pdf(match args.paper {
            None | Some(ExportPaper::A4) => Paper::A4,
            Some(ExportPaper::A3) => Paper::A3,
            Some(ExportPaper::Poster) => Paper::Poster,
        }),
    }
}

fn write(output: Option<&PathBuf>, bytes: &[u8]) -> Result<(), ExportError> {
    let (path, written) = match output {
        Some(path) => (path.display().to_string(), std::fs::write(path, bytes)),
        None => ("standard output".to_owned(), io::stdout().write_all(bytes)),
    };
    written.map_err(|source| ExportError::Write { path, source })
}
