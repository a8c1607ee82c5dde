//! `cairn calendar-password`: what a calendar subscribes to the reviews with (UPKEEP-3).

use std::path::PathBuf;

use clap::Args;

use crate::auth::Secret;
use crate::config::{ConfigError, host_key};

/// Flags of `calendar-password`.
#[derive(Debug, Args)]
pub struct CalendarPasswordArgs {
    /// The server's host key; other users of this machine see command lines: prefer `CAIRN_HOST_KEY` or --host-key-file
    #[arg(
        long,
        env = "CAIRN_HOST_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub host_key: Option<String>,
    /// File that holds the host key
    #[arg(long, env = "CAIRN_HOST_KEY_FILE", value_name = "FILE")]
    pub host_key_file: Option<PathBuf>,
}

/// Nothing to make a password from.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] ConfigError),
    /// A server without a key lets whoever is on its machine read the calendar.
    #[error(
        "the password is made from the host key: set CAIRN_HOST_KEY or CAIRN_HOST_KEY_FILE as for `cairn serve`"
    )]
    NoKey,
}

/// Prints it.
pub fn run(args: CalendarPasswordArgs) -> Result<(), CalendarError> {
    let file = args
        .host_key_file
        .filter(|path| !path.as_os_str().is_empty());
    let key = host_key(args.host_key.map(Secret::new), file.as_deref())?;
    let password = key.ok_or(CalendarError::NoKey)?.calendar_password();
    println!("{}", password.reveal());
    Ok(())
}
