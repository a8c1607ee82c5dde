//! A `cairn.map/1` file, for `import`, `health` and `compare`.

use std::io::{self, Read as _};
use std::path::Path;

use cairn_protocol::map::{JourneyMap, Violation};

/// A file that gives no map.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// Which file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It breaks a rule of the format.
    #[error("{path} is not a cairn.map/1 document: {source}")]
    Map {
        /// Which file.
        path: String,
        /// Which field, and why.
        source: Violation,
    },
}

/// Whether a file is meant: one that is there, standard input, or what is called like one and is missing.
pub fn is_meant(path: &Path) -> bool {
    path == Path::new("-") || path.is_file() || path.extension().is_some_and(|end| end == "json")
}

/// The bytes of a file, `-` for standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|source| FileError::Read {
        path: path.display().to_string(),
        source,
    })
}

/// Reads a file, `-` for standard input: its text, and the map it holds.
pub fn read(path: &Path) -> Result<(String, JourneyMap), FileError> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let path = || path.display().to_string();
    let text = text.map_err(|source| FileError::Read {
        path: path(),
        source,
    })?;
    let map = JourneyMap::parse(&text).map_err(|source| FileError::Map {
        path: path(),
        source,
    })?;
    Ok((text, map))
}
