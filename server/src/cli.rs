//! The command line: what `cairn` can be told, and one file for each command.
//!
//! Parsed by `main`. A command prints what it found to standard output and everything else to standard error, and never
//! a secret that it was given.

pub mod archive;
pub mod at_rest;
pub mod calendar;
pub mod compare;
pub mod export;
pub mod file;
pub mod health;
pub mod import;
pub mod logs;
pub mod open;
pub mod ping;
mod recount;
pub mod remote;
pub mod round;
pub mod serve;
pub mod simulate;
pub mod verify;

use std::path::PathBuf;

use cairn_protocol::map::{Date, MapKind};
use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Exit codes, as shown by `--help`.
const EXIT_CODES: &str = "\
Exit codes:
  0  done; for `serve`, stopped with everything durable
  1  failed: what and why is on standard error; for `verify`, a record is damaged or a round does not add up
  2  the command line or the settings are not right; nothing was touched
  3  for `health`: the map was read, and problems stand";

/// The folder of the journal unless told.
const DATA: &str = "./cairn-data";

/// Cairn: live customer-journey-mapping workshops, self-hosted.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How log lines look (standard error)
    #[arg(long, global = true, env = "CAIRN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Which log lines are written: off, error, warn, info, debug or trace, or directives such as
    /// `info,cairn_server=debug`
    #[arg(
        long,
        global = true,
        env = "CAIRN_LOG",
        default_value = "info",
        value_name = "LEVEL"
    )]
    pub log: String,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve workshops: the web client, the HTTP interface and y-websocket clients
    ///
    /// Stops on SIGTERM or SIGINT: open sockets are told to come again, everything is made durable, and the process ends
    /// within 5 seconds.
    Serve(ServeArgs),
    /// Make a map from a `cairn.map/1` file and print its invite links
    ///
    /// Writes into a data folder that no server has open, or through a running server with --url.
    Import(ImportArgs),
    /// Write a map to a file or standard output
    ///
    /// Reads a data folder that no server has open, or asks a running server with --url.
    Export(ExportArgs),
    /// Point out what is wrong with a map, as a good facilitator would: a `cairn.map/1` file, or a map of a server
    ///
    /// What makes a map mislead is a problem, what makes it weaker is advice. Exit code 0 when nothing or advice alone was
    /// found, 3 when problems stand, 1 when the map could not be read.
    Health(HealthArgs),
    /// Say what is different between two maps, or two moments of one
    ///
    /// Stages, lanes and cards added, removed, moved and reworded, and what that means: how it feels, which gaps closed,
    /// which pains are gone. As Markdown, or as JSON as `GET /api/maps/{id}/compare` answers it.
    Compare(CompareArgs),
    /// Take a map away whole: its journal, chain and snapshots in one file, which any Cairn opens and verifies
    ///
    /// The archive is the journal itself: whoever has it reads what the data folder says, who wrote which unsigned card included.
    /// A map with an open round or a brainstorm under way is refused. Needs a data folder that no server has open.
    Archive(ArchiveArgs),
    /// Serve an archive on this machine, to be read: the web client, the HTTP interface, exports and history
    ///
    /// Everything is checked first. Nothing in it can be changed, no data folder is made, and everyone on this machine may look.
    Open(OpenArgs),
    /// Check every record of the journal: that it can be read, follows the one before it, and folds; and count all votes again
    ///
    /// Every closed round is counted anew from its records alone; the first that does not add up is named.
    /// Prints each map with its last record's hash: two copies of a journal with the same hash hold the same records.
    /// Needs a data folder that no server has open. An archive is checked by its file's name; of a damaged one the first bad record is
    /// named.
    Verify(VerifyArgs),
    /// Open a round of dot voting in a map of a running server, watch it, or close it and print its result
    ///
    /// With the join token of a facilitator, or the server's host key.
    Round(RoundArgs),
    /// Let simulated people join a map, work in it and leave, and report what it was like for them
    ///
    /// What they write stays in the map. Ctrl-C lets them finish and leave. Exit code 1 also when something went wrong for
    /// one of them or their copies of the map differ in the end.
    Simulate(SimulateArgs),
    /// Print the password of the calendar of due reviews, which a calendar subscribes to at /api/calendar.ics
    ///
    /// It is made from the host key, opens that calendar and nothing else, and changes with the key. Any user name goes with it.
    CalendarPassword(CalendarPasswordArgs),
    /// Ask a running server whether it is ready; for health checks
    Ping(PingArgs),
}

/// Flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(
        long,
        env = "CAIRN_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: std::net::SocketAddr,
    /// Folder of the journal; made when missing
    #[arg(long, env = "CAIRN_DATA", default_value = DATA, value_name = "FOLDER")]
    pub data: PathBuf,
    /// Where people reach the server, such as `https://maps.example.org`: scheme, host and port only
    ///
    /// Needed behind a proxy. Pages of this origin are the server's own; with https, cookies are Secure and browsers are
    /// told to stay with https.
    #[arg(long, env = "CAIRN_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Key of the host, who may make maps and open all of them: at least 16 visible ASCII characters
    ///
    /// Needed unless the server can be reached from this machine only: on a loopback address with no other public URL
    /// and no trusted proxy. Other users of this machine see command lines: prefer `CAIRN_HOST_KEY` or --host-key-file.
    /// A good key comes from: openssl rand -hex 24
    #[arg(
        long,
        env = "CAIRN_HOST_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub host_key: Option<String>,
    /// File that holds the host key, such as a mounted secret
    #[arg(long, env = "CAIRN_HOST_KEY_FILE", value_name = "FILE")]
    pub host_key_file: Option<PathBuf>,
    /// Address that is told when a workshop ends, a version is made and a review is due: see docs/webhooks.md
    ///
    /// Needs a secret that both sides know, in `CAIRN_WEBHOOK_SECRET`.
    #[arg(
        long,
        env = "CAIRN_WEBHOOK_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub webhook_url: Option<String>,
    /// What is told is signed with: `whsec_` and 24 to 64 bytes in base64
    ///
    /// Other users of this machine see command lines: prefer the variable. A good one comes from: echo whsec_$(openssl rand -base64 32)
    #[arg(
        long,
        env = "CAIRN_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub webhook_secret: Option<String>,
    /// Let anyone join any room name without a token, making the map on first use: a drop-in for y-websocket's server
    ///
    /// Rooms are at /sync/NAME and, as y-websocket's server has it, at /NAME. Maps made by the host keep their tokens.
    /// Whoever reaches the server can read and change every open room.
    #[arg(long, env = "CAIRN_OPEN", value_parser = FalseyValueParser::new())]
    pub open: bool,
    /// Networks of the proxies in front, such as 127.0.0.1,172.31.77.0/24: believed about X-Forwarded-For
    ///
    /// Rate limits count by the address a trusted proxy names, otherwise by the connection's own.
    #[arg(
        long,
        env = "CAIRN_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "NETWORK"
    )]
    pub trusted_proxies: Vec<crate::config::Network>,
    /// Origin of another site whose pages may open sockets, such as `https://app.example.org`; may be repeated
    #[arg(
        long = "allow-origin",
        env = "CAIRN_ALLOW_ORIGIN",
        value_delimiter = ',',
        value_name = "ORIGIN"
    )]
    pub allow_origins: Vec<String>,
}

/// Where a map is: in a data folder, or behind a running server.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// Folder of the journal, which no server has open
    #[arg(long, env = "CAIRN_DATA", default_value = DATA, value_name = "FOLDER")]
    pub data: PathBuf,
}

/// Which server to ask instead of a data folder, and as whom.
#[derive(Debug, Args)]
pub struct ServerArgs {
    /// Ask the server at this address instead of a data folder
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// A join token of the map, or the server's host key, with --url
    // Not `requires = "url"`: a pipeline has the variable set for all of its steps, files among them.
    #[arg(
        long,
        env = "CAIRN_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub token: Option<String>,
}

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
    /// actual, gap, feeling, persona, quote, severity, impact, value, effort, status, owner, due, and so on.
    #[arg(long = "column", value_name = "FIELD=TITLE")]
    pub columns: Vec<String>,
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

fn map_kind(word: &str) -> Result<MapKind, String> {
    MapKind::from_word(word).ok_or_else(|| {
        let words: Vec<_> = MapKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("give one of {}", words.join(", "))
    })
}

/// Which file to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A `cairn.map/1` document, with the rounds that were closed
    Json,
    /// A table, one row a card, safe to open in a spreadsheet
    Csv,
    /// The report, then the whole map and every closed round as tables
    Md,
    /// The map as the screen lays it out, with its font
    Svg,
    /// The same in pixels
    Png,
    /// The same on paper
    Pdf,
    /// A workbook with a sheet for each layer
    Xlsx,
}

impl ExportFormat {
    fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Md => "md",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What a PDF is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportPaper {
    /// Sheets of A4, landscape
    A4,
    /// Sheets of A3, landscape
    A3,
    /// One sheet, as large as the map
    Poster,
}

impl ExportPaper {
    fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Poster => "poster",
        }
    }
}

/// Flags of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The map's name, as in its address
    pub map: String,
    /// Which file to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Number of the record to take the map after; the last one unless told
    #[arg(long, value_name = "SEQ")]
    pub at: Option<u64>,
    /// Of a PDF: what it is printed on; A4 unless told
    #[arg(long, value_enum)]
    pub paper: Option<ExportPaper>,
    /// File to write; standard output unless told
    #[arg(long, short, visible_alias = "to", value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub server: ServerArgs,
}

/// Flags of `health`.
#[derive(Debug, Args)]
pub struct HealthArgs {
    /// A `cairn.map/1` file, `-` for standard input, or a map's name as in its address
    ///
    /// What is a file here is read as one; with --url it is always a map's name.
    #[arg(value_name = "FILE|MAP")]
    pub map: String,
    /// Print the findings as JSON, as `GET /api/maps/{id}/health` answers them
    #[arg(long)]
    pub json: bool,
    /// The day to judge on, YYYY-MM-DD; today in UTC unless told
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub server: ServerArgs,
}

fn day(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).ok_or("not a day of the calendar, such as 2026-11-16")
}

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

/// Flags of `open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// An archive, as `cairn archive` writes it
    pub file: PathBuf,
    /// Loopback address and port to listen on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS:PORT")]
    pub listen: std::net::SocketAddr,
}

/// Flags of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Maps of the data folder to check, and archives by their files; all maps unless told
    #[arg(value_name = "MAP|FILE")]
    pub maps: Vec<String>,
    #[command(flatten)]
    pub data: DataArgs,
}

/// Flags of `round`.
#[derive(Debug, Args)]
pub struct RoundArgs {
    /// What to do
    #[command(subcommand)]
    pub command: RoundCommand,
}

/// What to do with a round.
#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// Open a round: opportunities unless told what else
    Open(OpenRoundArgs),
    /// Say how far a round is (standard error) until it is over, then print its result
    Watch(WhichRoundArgs),
    /// Close the open round and print its result
    Close(WhichRoundArgs),
}

/// Which server, and as whom.
#[derive(Debug, Args)]
pub struct RoundServerArgs {
    /// Address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// Join token of a facilitator of the map, or the server's host key
    #[arg(
        long,
        env = "CAIRN_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub token: Option<String>,
    /// Print the round as JSON, as `GET /api/maps/{id}/rounds` has it
    #[arg(long)]
    pub json: bool,
}

/// Flags of `round open`.
#[derive(Debug, Args)]
pub struct OpenRoundArgs {
    /// The map's name, as in its address
    pub map: String,
    /// What is asked, 1 to 200 characters
    #[arg(long)]
    pub question: String,
    /// Dots of each voter, 1 to 99
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub dots: u8,
    /// Most dots of one voter on one card; all of them unless told
    #[arg(long, value_name = "N")]
    pub most: Option<u8>,
    /// Id of a lane to vote on; may be repeated
    #[arg(long = "lane", value_name = "ID")]
    pub lanes: Vec<String>,
    /// Id of a stage to vote on; may be repeated
    #[arg(long = "stage", value_name = "ID")]
    pub stages: Vec<String>,
    /// Id of a card to vote on; may be repeated
    #[arg(long = "card", value_name = "ID", conflicts_with_all = ["lanes", "stages"])]
    pub cards: Vec<String>,
    /// Show totals while the round is open
    #[arg(long)]
    pub live: bool,
    /// Show who placed what once the round is closed; anonymous unless told
    #[arg(long)]
    pub named: bool,
    /// Close by itself after so many seconds, 10 to 86400
    #[arg(long, value_name = "S")]
    pub seconds: Option<u32>,
    #[command(flatten)]
    pub at: RoundServerArgs,
}

/// Flags of `round watch` and `round close`.
#[derive(Debug, Args)]
pub struct WhichRoundArgs {
    /// The map's name, as in its address
    pub map: String,
    /// Number of the round; the open one unless told
    pub round: Option<u32>,
    #[command(flatten)]
    pub at: RoundServerArgs,
}

/// Flags of `simulate`.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// An invite link that lets people write: `https://HOST/join/MAP#TOKEN` (quote it for the shell)
    #[arg(long, value_name = "INVITE")]
    pub url: String,
    /// How many people, 1 to 2000
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub participants: usize,
    /// How long they work
    #[arg(long, value_name = "S", default_value_t = 60)]
    pub seconds: u64,
    /// How fast they are: 1 for people, 10 for ten times as fast
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    pub pace: f64,
    /// The same seed and map give the same plan
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
}

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

/// Flags of `ping`.
#[derive(Debug, Args)]
pub struct PingArgs {
    /// Address the server listens on; for 0.0.0.0 and [::], this machine is asked
    #[arg(
        long,
        env = "CAIRN_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: std::net::SocketAddr,
}

/// How a command ended, when nothing failed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1; everything was said already.
    Failed,
    /// Exit code 3; the map was read, and problems stand.
    ProblemsStand,
}

impl Outcome {
    /// Of two parts of a command: how the whole of it ended.
    fn and(self, other: Self) -> Self {
        if self == Self::Done { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_names_the_exit_codes_and_never_a_key_from_the_environment() {
        let mut cli = Cli::command();
        assert!(cli.render_long_help().to_string().contains("Exit codes:"));
        for command in cli.get_subcommands_mut() {
            for argument in command.get_arguments() {
                let secrets = ["host_key", "token", "webhook_url", "webhook_secret"];
                let secret = secrets.contains(&argument.get_id().as_str());
                assert_eq!(
                    argument.is_hide_env_values_set(),
                    secret,
                    "{}",
                    argument.get_id()
                );
            }
        }
    }

    #[test]
    fn every_flag_of_serve_is_also_in_the_environment() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").unwrap();
        for argument in serve.get_arguments() {
            let id = argument.get_id().as_str();
            if id == "help" {
                continue;
            }
            let env = argument
                .get_env()
                .and_then(|env| env.to_str())
                .unwrap_or_default();
            assert!(env.starts_with("CAIRN_"), "--{id} has no variable");
        }
    }
}
