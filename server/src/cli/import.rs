//! `cairn import`: a map from a file, into a data folder or through a running server; prints its invite links.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use cairn_protocol::id::MapId;
use cairn_protocol::map::{JourneyMap, MapKind};
use cairn_protocol::record::Actor;
use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::DataArgs;
use super::at_rest::{self, AtRestError};
use super::file::{self, FileError};
use super::remote::{Remote, RemoteError};
use super::waiting;
use crate::clock::Clock;
use crate::founding::{self, ContentError, InviteTokens, Made};
use crate::import::{self, Given, Shape, Trouble};
use crate::journal::JournalError;
use crate::rooms::{RoomError, RoomSettings, Rooms};

/// Flags of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// A `cairn.map/1` file, a table (.csv) or an outline in Markdown (.md); `-` reads standard input
    pub file: PathBuf,
    /// What the file is; judged by its name unless told, JSON where that says nothing
    #[arg(long, value_enum)]
    pub format: Option<ImportFormat>,
    /// Of a table or an outline: the map's name
    #[arg(long)]
    pub title: Option<String>,
    /// Of a table or an outline: current-state, future-state, day-in-the-life or service-blueprint
    #[arg(long, value_parser = map_kind)]
    pub kind: Option<MapKind>,
    /// Of a table: which column is which field, such as `stage=Phase`; may be given several times
    ///
    /// Guessed from the titles of the columns when none is given. The fields are those of an export: stage, lane, kind, card, channel,
    /// actual, gap, feeling, persona, quote, severity, impact, value, effort, status, owner, due, and so on. Once one is given, columns that
    /// are not named are left out.
    #[arg(long = "column", value_name = "FIELD=TITLE")]
    pub columns: Vec<String>,
    /// Of a table: how it lies; judged by its titles unless told
    #[arg(long, value_enum)]
    pub shape: Option<TableShape>,
    #[command(flatten)]
    pub data: DataArgs,
    /// Go through the server at this address instead of a data folder
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The server's host key, with --url
    // Not `requires = "url"`: the environment of a server has it set for everything that runs there.
    #[arg(
        long,
        env = "CAIRN_HOST_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub host_key: Option<String>,
    /// Where people reach the server, for the printed links; with --url that address itself unless told
    #[arg(long, env = "CAIRN_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}

/// What a file to import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// A `cairn.map/1` document
    Json,
    /// A table: one row a card, or stages across and lanes down
    Csv,
    /// An outline: # title, ## stages, ### lanes, and lists of cards
    Md,
}

/// How a table lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableShape {
    /// One row a card
    Cards,
    /// Stages across, lanes down
    Grid,
}

fn map_kind(word: &str) -> Result<MapKind, String> {
    MapKind::from_word(word).ok_or_else(|| {
        let words: Vec<_> = MapKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("give one of {}", words.join(", "))
    })
}

/// Where links lead unless told: the address `serve` listens on unless told.
const LOCAL: &str = "http://127.0.0.1:8080";

/// Why a map was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A table or an outline breaks a rule.
    #[error("{path}, {trouble}")]
    Broken {
        /// Which file.
        path: String,
        /// Where, and what would be right.
        trouble: Trouble,
    },
    /// Not a field and a title.
    #[error("--column {0:?} is not FIELD=TITLE, such as stage=Phase")]
    Column(String),
    /// What a document says itself.
    #[error(
        "--title, --kind, --column and --shape are for tables and outlines; a cairn.map/1 document says all of it itself"
    )]
    SaysItself,
    /// Only a table has columns and a shape.
    #[error("--column and --shape are for tables; an outline says by its headings what is what")]
    NoTable,
    /// The map is too large.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The data folder.
    #[error(transparent)]
    AtRest(#[from] AtRestError),
    /// The list of its maps.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Making the map.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// No runtime.
    #[error("the system gives no threads: {0}")]
    Runtime(io::Error),
    /// Nobody reads the links.
    #[error("what came of it cannot be printed")]
    Print(#[source] io::Error),
}

/// Imports a map and prints its links.
pub fn run(args: &ImportArgs) -> Result<(), ImportError> {
    // Checked here even when a server checks it again: the answer is quicker and the same. A table or an outline is read here, so a
    // server is sent the map it makes.
    let (text, map, notes) = read(args)?;
    say(&notes).map_err(ImportError::Print)?;
    let what = format!("Making a map of {} cards", map.cards.len());
    let (base, made) = waiting::shown(what, || match &args.url {
        Some(url) => {
            let server = Remote::new(url, args.host_key.as_deref())?;
            Ok::<_, ImportError>((server.address(), through_server(&server, &text)?))
        }
        None => Ok((LOCAL.to_owned(), into_folder(&args.data.data, &map)?)),
    })?;
    let base = args
        .public_url
        .as_deref()
        .unwrap_or(&base)
        .trim_end_matches('/');
    print(base, &map.title, &made).map_err(ImportError::Print)
}

/// The map as JSON and as it is, and what of the file is not in it.
fn read(args: &ImportArgs) -> Result<(String, JourneyMap, Vec<Trouble>), ImportError> {
    let format = args.format.unwrap_or_else(|| named(&args.file));
    let of_table = !args.columns.is_empty() || args.shape.is_some();
    if format == ImportFormat::Json {
        if of_table || args.title.is_some() || args.kind.is_some() {
            return Err(ImportError::SaysItself);
        }
        let (text, map) = file::read(&args.file)?;
        return Ok((text, map, Vec::new()));
    }
    if of_table && format == ImportFormat::Md {
        return Err(ImportError::NoTable);
    }
    let path = args.file.display().to_string();
    let broken = |trouble: Trouble| ImportError::Broken {
        path: path.clone(),
        trouble,
    };
    let text = import::text(file::bytes(&args.file)?).map_err(broken)?;
    let given = given(args)?;
    let read = match format {
        ImportFormat::Md => import::outline(&text, &given),
        ImportFormat::Csv | ImportFormat::Json => import::table(&text, &given),
    };
    let (map, notes) = read.into_map().map_err(broken)?;
    Ok((map.to_json(), map, notes))
}

/// What a file is, by its name.
fn named(file: &Path) -> ImportFormat {
    let end = file
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default();
    match end.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => ImportFormat::Csv,
        "md" | "markdown" => ImportFormat::Md,
        _ => ImportFormat::Json,
    }
}

fn given(args: &ImportArgs) -> Result<Given, ImportError> {
    let mut columns = serde_json::Map::new();
    for column in &args.columns {
        let Some((field, title)) = column.split_once('=') else {
            return Err(ImportError::Column(column.clone()));
        };
        columns.insert(field.trim().to_owned(), title.trim().into());
    }
    Ok(Given {
        title: args.title.clone(),
        kind: args.kind,
        columns: (!columns.is_empty()).then_some(columns),
        shape: args.shape.map(|shape| match shape {
            TableShape::Cards => Shape::Cards,
            TableShape::Grid => Shape::Grid,
        }),
    })
}

fn through_server(server: &Remote, text: &str) -> Result<Made, ImportError> {
    #[derive(Deserialize)]
    struct Answer {
        id: String,
        invites: Invites,
    }
    #[derive(Deserialize)]
    struct Invites {
        facilitator: String,
        participant: String,
        observer: String,
    }
    let foreign = |error: &dyn std::fmt::Display| RemoteError::Answer(error.to_string());
    let answer = server.post(&["api", "maps", "import"], text)?;
    let answer: Answer = serde_json::from_str(&answer).map_err(|error| foreign(&error))?;
    let Invites {
        facilitator,
        participant,
        observer,
    } = &answer.invites;
    let invites = InviteTokens::known(facilitator, participant, observer);
    Ok(Made {
        map: MapId::new(answer.id).map_err(|error| foreign(&error))?,
        invites,
    })
}

fn into_folder(folder: &Path, map: &JourneyMap) -> Result<Made, ImportError> {
    let content = founding::content(map)?;
    let journal = at_rest::existing_or_new(folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.map_err(ImportError::Runtime)?.block_on(async {
        let rooms = Rooms::new(journal, Clock::system(), RoomSettings::default())?;
        let made = founding::found(&rooms, Actor::Host, content).await?;
        rooms.close().await;
        Ok(made)
    })
}

fn print(base: &str, title: &str, made: &Made) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{title}\n  map          {base}/map/{}", made.map)?;
    let invites = &made.invites;
    for (role, token) in [
        ("facilitator", &invites.facilitator),
        ("participant", &invites.participant),
        ("observer", &invites.observer),
    ] {
        writeln!(
            out,
            "  {role:<12} {base}/join/{}#{}",
            made.map,
            token.reveal()
        )?;
    }
    Ok(())
}

/// What of the file is not in the map, beside the links: those alone are for programs to read.
fn say(notes: &[Trouble]) -> io::Result<()> {
    let mut out = io::stderr().lock();
    notes
        .iter()
        .try_for_each(|note| writeln!(out, "note: {note}"))
}
