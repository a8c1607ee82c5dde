//! `cairn compare`: what is different between two maps, or two moments of one, for people at a terminal and for scripts.

use std::io::{self, Write as _};
use std::path::Path;

use cairn_protocol::id::MapId;
use cairn_protocol::map::compare::compare;
use cairn_protocol::map::{self, JourneyMap};
use clap::Args;
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::file::{self, FileError};
use super::remote::{Remote, RemoteError};
use super::{DataArgs, ServerArgs};
use crate::load::{self, LoadError};

/// Flags of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// What is compared: a `cairn.map/1` file, `-` for standard input, or a map's name as in its address, with
    /// `@RECORD` for a moment of it
    #[arg(value_name = "BEFORE")]
    pub before: String,
    /// What it is compared to, named in the same ways
    #[arg(value_name = "AFTER")]
    pub after: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub server: ServerArgs,
}

/// Why nothing was compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// Neither a file nor a map.
    #[error("{0:?} is neither a file nor a map, NAME or NAME@RECORD as in its address /map/NAME")]
    Name(String),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The data folder.
    #[error(transparent)]
    AtRest(#[from] AtRestError),
    /// A map.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// What the server said is no map.
    #[error("the server's answer is not a map: {0}")]
    Answer(map::Violation),
    /// Nobody reads it.
    #[error("the differences cannot be printed")]
    Print(#[source] io::Error),
}

/// Compares two maps and prints what is different, as Markdown or JSON.
pub fn run(args: &CompareArgs) -> Result<(), CompareError> {
    let (before, after) = (read(&args.before, args)?, read(&args.after, args)?);
    let comparison = compare(&before, &after);
    let text = if args.json {
        let json = serde_json::to_string_pretty(&comparison);
        json.map_err(|error| CompareError::Print(error.into()))? + "\n"
    } else {
        comparison.to_markdown()
    };
    io::stdout()
        .write_all(text.as_bytes())
        .map_err(CompareError::Print)
}

fn read(named: &str, args: &CompareArgs) -> Result<JourneyMap, CompareError> {
    let path = Path::new(named);
    if file::is_meant(path) {
        return Ok(file::read(path)?.1);
    }
    let (map, at) = moment(named).ok_or_else(|| CompareError::Name(named.to_owned()))?;
    if let Some(url) = &args.server.url {
        let server = Remote::new(url, args.server.token.as_deref())?;
        let query: Vec<_> = at.map(|at| ("at", at.to_string())).into_iter().collect();
        let json = server.get(&["api", "maps", map.as_str()], &query)?;
        return JourneyMap::parse(&json).map_err(CompareError::Answer);
    }
    let journal = at_rest::existing(&args.data.data)?;
    let workshop = load::load_at(journal.as_ref(), &map, at)?;
    Ok(map::read(&workshop.doc().transact()))
}

/// `NAME` or `NAME@RECORD`.
fn moment(named: &str) -> Option<(MapId, Option<u64>)> {
    let (name, at) = match named.rsplit_once('@') {
        Some((name, at)) => (name, Some(at.parse().ok().filter(|at| *at > 0)?)),
        None => (named, None),
    };
    Some((MapId::new(name).ok()?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cli_4_a_map_is_named_with_or_without_a_moment() {
        let named = |text| moment(text).map(|(map, at)| (map.to_string(), at));
        assert_eq!(named("renting"), Some(("renting".to_owned(), None)));
        assert_eq!(named("renting@17"), Some(("renting".to_owned(), Some(17))));
        assert_eq!(named("renting@0"), None);
        assert_eq!(named("renting@last"), None);
        assert_eq!(named(""), None);
    }
}
