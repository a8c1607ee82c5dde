//! `cairn export`: a map as a file, now or at a moment of its history.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use cairn_protocol::id::MapId;
use cairn_protocol::map;
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::remote::{Remote, RemoteError};
use super::{ExportArgs, ExportFormat, ExportPaper};
use crate::clock::{Clock, day_of};
use crate::export::{self, Format, NotDrawn, Paper, Taken};
use crate::load::{self, LoadError};

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
    let bytes = match &args.server.url {
        Some(url) => from_server(url, args, &map)?,
        None => from_folder(args, &map)?,
    };
    write(args.output.as_ref(), &bytes)
}

fn from_server(url: &str, args: &ExportArgs, map: &MapId) -> Result<Vec<u8>, ExportError> {
    let server = Remote::new(url, args.server.token.as_deref())?;
    let mut query = vec![("format", args.format.as_str().to_owned())];
    query.extend(args.at.map(|at| ("at", at.to_string())));
    query.extend(args.paper.map(|paper| ("paper", paper.as_str().to_owned())));
    Ok(server.get_bytes(&["api", "maps", map.as_str(), "export"], &query)?)
}

fn from_folder(args: &ExportArgs, map: &MapId) -> Result<Vec<u8>, ExportError> {
    let journal = at_rest::existing(&args.data.data)?;
    let workshop = load::load_at(journal.as_ref(), map, args.at)?;
    let (map, left_out) = map::read_noting(&workshop.doc().transact());
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
    Ok(export::file(Taken::of(map, &workshop, day), format(args))?.bytes)
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
