//! A data folder that no server has open, for `import`, `export` and `verify`.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::journal::embedded::{EmbeddedJournal, FILE};
use crate::journal::{Journal, JournalError};

/// The journal of a folder that has one. A folder without one is not made: a typing mistake would look like an empty
/// server.
pub fn existing(folder: &Path) -> Result<Arc<dyn Journal>, AtRestError> {
    if !folder.join(FILE).is_file() {
        return Err(AtRestError::NoJournal(folder.display().to_string()));
    }
    existing_or_new(folder)
}

/// The journal of a folder, made when missing.
pub fn existing_or_new(folder: &Path) -> Result<Arc<dyn Journal>, AtRestError> {
    Ok(Arc::new(EmbeddedJournal::open(folder, Clock::system())?))
}

/// A data folder that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AtRestError {
    /// No journal there.
    #[error("there is no journal in {0}: name the data folder with --data")]
    NoJournal(String),
    /// It cannot be opened.
    #[error(transparent)]
    Journal(#[from] JournalError),
}
