//! The command line: what `cairn` can be told, and one file for each command, with its flags.
//!
//! Parsed by `main`. A command prints what it found to standard output and everything else to standard error, and never
//! a secret that it was given.

pub mod archive;
pub mod at_rest;
pub mod calendar;
pub mod compare;
pub mod export;
pub mod file;
pub mod forget;
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
mod waiting;

use std::path::PathBuf;

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
    Serve(serve::ServeArgs),
    /// Make a map from a `cairn.map/1` file and print its invite links
    ///
    /// Writes into a data folder that no server has open, or through a running server with --url.
    Import(import::ImportArgs),
    /// Write a map to a file or standard output
    ///
    /// Reads a data folder that no server has open, or asks a running server with --url.
    Export(export::ExportArgs),
    /// Point out what is wrong with a map, as a good facilitator would: a `cairn.map/1` file, or a map of a server
    ///
    /// What makes a map mislead is a problem, what makes it weaker is advice. Exit code 0 when nothing or advice alone was
    /// found, 3 when problems stand, 1 when the map could not be read.
    Health(health::HealthArgs),
    /// Say what is different between two maps, or two moments of one
    ///
    /// Stages, lanes and cards added, removed, moved and reworded, and what that means: how it feels, which gaps closed,
    /// which pains are gone. As Markdown, or as JSON as `GET /api/maps/{id}/compare` answers it.
    Compare(compare::CompareArgs),
    /// Take a map away whole: its journal, chain and snapshots in one file, which any Cairn opens and verifies
    ///
    /// The archive is the journal itself: whoever has it reads what the data folder says, who wrote which unsigned card included.
    /// A map with an open round or a brainstorm under way is refused. Needs a data folder that no server has open.
    Archive(archive::ArchiveArgs),
    /// Serve an archive on this machine, to be read: the web client, the HTTP interface, exports and history
    ///
    /// Everything is checked first. Nothing in it can be changed, no data folder is made, and everyone on this machine may look.
    Open(open::OpenArgs),
    /// Check every record of the journal: that it can be read, follows the one before it, and folds; and count all votes again
    ///
    /// Every closed round is counted anew from its records alone; the first that does not add up is named.
    /// Prints each map with its last record's hash: two copies of a journal with the same hash hold the same records.
    /// Needs a data folder that no server has open. An archive is checked by its file's name; of a damaged one the first bad record is
    /// named.
    Verify(verify::VerifyArgs),
    /// Open a round of dot voting in a map of a running server, watch it, or close it and print its result
    ///
    /// With the join token of a facilitator, or the server's host key.
    Round(round::RoundArgs),
    /// Take a person's name and words out of a map of a running server, and out of its whole history
    ///
    /// The person is removed, and what they wrote is replaced by marks; the chain of records is made anew, and says so. What others wrote
    /// stays. It cannot be undone: without --yes it is only said who is meant. Archives and backups made before are not touched.
    Forget(forget::ForgetArgs),
    /// Delete a map of a running server, with everything of it
    ///
    /// It cannot be undone: without --yes nothing is deleted. Archives and backups made before are not touched.
    Delete(forget::DeleteArgs),
    /// Let simulated people join a map, work in it and leave, and report what it was like for them
    ///
    /// What they write stays in the map. Ctrl-C lets them finish and leave. Exit code 1 also when something went wrong for
    /// one of them or their copies of the map differ in the end.
    Simulate(simulate::SimulateArgs),
    /// Print the password of the calendar of due reviews, which a calendar subscribes to at /api/calendar.ics
    ///
    /// It is made from the host key, opens that calendar and nothing else, and changes with the key. Any user name goes with it.
    CalendarPassword(calendar::CalendarPasswordArgs),
    /// Ask a running server whether it is ready; for health checks
    Ping(ping::PingArgs),
}

/// Which data folder.
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
        let mut commands: Vec<_> = cli.get_subcommands().collect();
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands());
            for argument in command.get_arguments() {
                let secrets = ["host_key", "token", "webhook_url", "webhook_secret"];
                let secret = secrets.contains(&argument.get_id().as_str());
                let name = command.get_name();
                let hidden = argument.is_hide_env_values_set();
                assert_eq!(hidden, secret, "{name} --{}", argument.get_id());
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
