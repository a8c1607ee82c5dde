//! `cairn archive`: a map of a data folder as one file.

use std::path::PathBuf;

use cairn_protocol::id::MapId;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::DataArgs;
use super::at_rest::{self, AtRestError};
use crate::archive::{self, ArchiveError, EXTENSION};

/// Flags of `archive`.
#[derive(Debug, Args)]
pub struct ArchiveArgs {
    /// The map's name, as in its address
    pub map: String,
    /// File to write; MAP.cairn in this folder unless told. One that is there is never written over
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    #[command(flatten)]
    pub data: DataArgs,
}

/// Why a map was not archived.
#[derive(Debug, thiserror::Error)]
pub enum NotArchived {
    /// No map's name.
    #[error("{0:?} is not a map's name: give the last part of its address, /map/NAME")]
    Name(String),
    /// The data folder.
    #[error(transparent)]
    AtRest(#[from] AtRestError),
    /// The map, or the file.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// Archives a map.
pub fn run(args: &ArchiveArgs) -> Result<(), NotArchived> {
    let map = MapId::new(&*args.map).map_err(|_| NotArchived::Name(args.map.clone()))?;
    let journal = at_rest::existing(&args.data.data)?;
    let path = args.to.clone().unwrap_or_else(|| file_of(&map));
    let bar = ProgressBar::no_length().with_style(
        ProgressStyle::with_template("{pos} of {len} records").expect("the template is right"),
    );
    let manifest = archive::write(journal.as_ref(), &map, &path, |written, all| {
        bar.set_length(all);
        bar.set_position(written);
    })?;
    bar.finish_and_clear();
    println!(
        "{}  {} records  {}",
        path.display(),
        manifest.head.seq,
        manifest.head.hash
    );
    Ok(())
}

/// A room of an open server has a name of its users' choosing; a file has one every system takes.
fn file_of(map: &MapId) -> PathBuf {
    let name = map
        .as_str()
        .replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_");
    PathBuf::from(format!("{name}.{EXTENSION}"))
}
