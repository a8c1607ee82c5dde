//! `cairn export`: a map as a file, now or at a moment of its history.

use std::io::{self, Write as _};
use std::path::PathBuf;

use cairn_protocol::id::MapId;
use cairn_protocol::map;
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::remote::{Remote, RemoteError};
use super::{ExportArgs, ExportFormat};
use crate::export;
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
    let ExportFormat::Json = args.format;
    let map = MapId::new(&*args.map).map_err(|_| ExportError::Name(args.map.clone()))?;
    if args.at == Some(0) {
        return Err(ExportError::AtZero);
    }
    let text = match &args.server.url {
        Some(url) => from_server(url, args, &map)?,
        None => from_folder(args, &map)?,
    };
    write(args.output.as_ref(), &text)
}

fn from_server(url: &str, args: &ExportArgs, map: &MapId) -> Result<String, ExportError> {
    let server = Remote::new(url, args.server.token.as_deref())?;
    let mut query = vec![("format", "json".to_owned())];
    query.extend(args.at.map(|at| ("at", at.to_string())));
    Ok(server.get(&["api", "maps", map.as_str(), "export"], &query)?)
}

fn from_folder(args: &ExportArgs, map: &MapId) -> Result<String, ExportError> {
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
    Ok(export::json(map, &workshop))
}

fn write(output: Option<&PathBuf>, text: &str) -> Result<(), ExportError> {
    let (path, written) = match output {
        Some(path) => (path.display().to_string(), std::fs::write(path, text)),
        None => (
            "standard output".to_owned(),
            io::stdout().write_all(text.as_bytes()),
        ),
    };
    written.map_err(|source| ExportError::Write { path, source })
}
