//! Log lines: to standard error, for people or as JSON. Set up once, by `main`.
//!
//! No line may hold a token, a name or a card's text: whoever writes one names ids, numbers and patterns only.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

use super::LogFormat;

/// What went wrong with logging.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level or directives cannot be read.
    #[error(
        "--log {found:?} is no log level: give off, error, warn, info, debug, trace, or directives"
    )]
    Filter {
        /// As given.
        found: String,
    },
    /// Set up twice.
    #[error(transparent)]
    Init(#[from] TryInitError),
}

/// Starts logging.
pub fn start(format: LogFormat, filter: &str) -> Result<(), LogError> {
    let parsed = EnvFilter::try_new(filter);
    let filter = parsed.map_err(|_| LogError::Filter {
        found: filter.to_owned(),
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            lines
                .with_ansi(colours)
                .with_target(false)
                .finish()
                .try_init()?;
        }
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init()?,
    }
    Ok(())
}
