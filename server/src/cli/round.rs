//! `cairn round`: a round of dot voting from a terminal, through a running server: opened, watched until it is over, closed. For
//! whoever facilitates beside a shared screen, and for scripts.

#[cfg(test)]
mod tests;
mod told;

use std::io::{self, Write as _};
use std::time::Duration;

use cairn_protocol::channel::ClientCommand;
use cairn_protocol::command::Command;
use cairn_protocol::id::{MapId, Role};
use cairn_protocol::round::{RoundId, RoundSetup, Targets, Visibility, everyone_at_work};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::remote::{Remote, RemoteError};
use told::{TheRound, Told};

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
    /// Who may vote; may be repeated. Participants and facilitators unless told
    #[arg(long = "role", value_name = "ROLE")]
    pub roles: Vec<VoterRole>,
    /// Close by itself after so many seconds, 10 to 86400
    #[arg(long, value_name = "S")]
    pub seconds: Option<u32>,
    #[command(flatten)]
    pub at: RoundServerArgs,
}

/// Whoever has it may vote.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum VoterRole {
    /// Who only reads the map otherwise
    Observer,
    /// Who edits the map
    Participant,
    /// Who leads the workshop
    Facilitator,
}

impl From<VoterRole> for Role {
    fn from(role: VoterRole) -> Self {
        match role {
            VoterRole::Observer => Self::Observer,
            VoterRole::Participant => Self::Participant,
            VoterRole::Facilitator => Self::Facilitator,
        }
    }
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

/// How often the server is asked while a round is watched.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// No map's name.
    #[error("{0:?} is not a map's name: give the last part of its address, /map/NAME")]
    Name(String),
    /// The settings.
    #[error("{0}")]
    Setup(String),
    /// Nothing to watch or close.
    #[error("no round is open in this map; name one by its number to see its result")]
    NoneOpen,
    /// Not there.
    #[error("there is no round {0} in this map")]
    NoSuchRound(u32),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// Nobody reads it.
    #[error("the round cannot be printed")]
    Print(#[from] io::Error),
}

/// One map of a server.
struct There {
    server: Remote,
    map: MapId,
}

/// Opens, watches or closes a round, and prints what came of it.
pub fn run(args: &RoundArgs) -> Result<(), RoundError> {
    let RoundArgs { command } = args;
    match command {
        RoundCommand::Open(args) => open(args),
        RoundCommand::Watch(args) => watch(args),
        RoundCommand::Close(args) => close(args),
    }
}

fn open(args: &OpenRoundArgs) -> Result<(), RoundError> {
    let there = There::new(&args.map, &args.at)?;
    let setup = setup(args);
    if let Some(flaw) = setup.flaw() {
        return Err(RoundError::Setup(flaw));
    }
    there.does(&ClientCommand::OpenRound { setup })?;
    let told = there.told()?;
    let round = told.open().ok_or(RoundError::NoneOpen)?;
    print(&round, args.at.json, |out| {
        writeln!(out, "{}", round.opened())
    })
}

fn watch(args: &WhichRoundArgs) -> Result<(), RoundError> {
    let there = There::new(&args.map, &args.at)?;
    let number = there.told()?.number(args.round)?;
    let mut said = String::new();
    loop {
        let told = there.told()?;
        let round = told.round(number)?;
        if !round.is_open() {
            return print(&round, args.at.json, |out| {
                write!(out, "{}", round.result())
            });
        }
        let now = told.progress(&round);
        // Progress goes beside the result, so that a script reads the result alone.
        if now != said {
            eprintln!("{now}");
            said = now;
        }
        std::thread::sleep(ASK_EVERY);
    }
}

fn close(args: &WhichRoundArgs) -> Result<(), RoundError> {
    let there = There::new(&args.map, &args.at)?;
    let number = there.told()?.number(args.round)?;
    let round = RoundId(number);
    there.does(&Command::CloseRound { round }.into())?;
    let told = there.told()?;
    let round = told.round(number)?;
    print(&round, args.at.json, |out| {
        write!(out, "{}", round.result())
    })
}

fn setup(args: &OpenRoundArgs) -> RoundSetup {
    let listed = |list: &Vec<String>| (!list.is_empty()).then(|| list.clone());
    RoundSetup {
        question: args.question.clone(),
        targets: Targets {
            cards: listed(&args.cards),
            lanes: listed(&args.lanes),
            stages: listed(&args.stages),
        },
        dots: args.dots,
        most_per_card: args.most.unwrap_or(args.dots),
        visibility: if args.live {
            Visibility::Live
        } else {
            Visibility::Secret
        },
        anonymous: !args.named,
        seconds: args.seconds,
        roles: if args.roles.is_empty() {
            everyone_at_work()
        } else {
            args.roles.iter().copied().map(Role::from).collect()
        },
    }
}

impl There {
    fn new(map: &str, at: &RoundServerArgs) -> Result<Self, RoundError> {
        let id = MapId::new(map).map_err(|_| RoundError::Name(map.to_owned()))?;
        Ok(Self {
            server: Remote::new(&at.url, at.token.as_deref())?,
            map: id,
        })
    }

    fn told(&self) -> Result<Told, RoundError> {
        let answer = self
            .server
            .get(&["api", "maps", self.map.as_str(), "rounds"], &[])?;
        let told = serde_json::from_str(&answer);
        Ok(told.map_err(|error| RemoteError::Answer(error.to_string()))?)
    }

    fn does(&self, command: &ClientCommand) -> Result<Value, RoundError> {
        let path = ["api", "maps", self.map.as_str(), "commands"];
        let answer = self
            .server
            .post(&path, &json!({ "command": command }).to_string())?;
        let done = serde_json::from_str(&answer);
        Ok(done.map_err(|error| RemoteError::Answer(error.to_string()))?)
    }
}

fn print(
    round: &TheRound,
    as_json: bool,
    for_people: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), RoundError> {
    let mut out = io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, round.json()).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for_people(&mut out)?;
    }
    Ok(())
}
