//! `cairn open`: an archive on this machine, to be read.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::Outcome;
use super::serve::{ServeError, serve_until_stopped};
use super::verify::{Damage, check};
use crate::archive::{Archive, ArchiveError};
use crate::config::Settings;
use crate::rooms::RoomSettings;

/// Flags of `open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// An archive, as `cairn archive` writes it
    pub file: PathBuf,
    /// Loopback address and port to listen on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

/// Why an archive is not served.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The file.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// What is in it: whoever made it anew made it so that it says something else here than there.
    #[error("{0} is damaged: {1}")]
    Damaged(PathBuf, String),
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
}

/// Reads an archive, checking all of it as `verify` does, and serves it until SIGTERM or SIGINT.
pub fn run(args: &OpenArgs) -> Result<Outcome, NotOpened> {
    let settings = Settings::of_archive(args.listen).map_err(ServeError::from)?;
    let archive = Archive::read(&args.file)?;
    let name = archive.map().clone();
    match check(&archive, &name) {
        // It is passed over, as in the data folder, where it would be voided.
        Ok(_) | Err(Damage::Poison { .. }) => {}
        Err(damage) => return Err(NotOpened::Damaged(args.file.clone(), damage.to_string())),
    }
    Ok(serve_until_stopped(settings, |_, _| {
        let room_settings = RoomSettings {
            archive: true,
            ..RoomSettings::default()
        };
        Ok((Arc::new(archive), room_settings))
    })?)
}
