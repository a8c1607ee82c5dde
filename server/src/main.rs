//! The `cairn` binary: reads the command line, runs the command, turns its end into an exit code (see `cairn --help`).

use std::process::ExitCode;

use anyhow::Context as _;
use cairn_server::cli::open::NotOpened;
use cairn_server::cli::serve::ServeError;
use cairn_server::cli::{self, Cli, Command, Outcome};
use clap::Parser as _;

/// The command line or the settings are not right.
const MISUSED: u8 = 2;
/// `health` found problems: not that it failed.
const PROBLEMS_STAND: u8 = 3;

fn main() -> ExitCode {
    let Cli {
        command,
        log_format,
        log,
    } = Cli::parse();
    if let Err(error) = cli::logs::start(log_format, &log) {
        eprintln!("cairn: {error}");
        return ExitCode::from(MISUSED);
    }
    match run(command) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Ok(Outcome::ProblemsStand) => ExitCode::from(PROBLEMS_STAND),
        Err(error) => {
            eprintln!("cairn: {error:#}");
            match error.downcast_ref() {
                Some(ServeError::Config(_)) => ExitCode::from(MISUSED),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn run(command: Command) -> anyhow::Result<Outcome> {
    Ok(match command {
        Command::Serve(args) => cli::serve::run(args)?,
        Command::Import(args) => {
            cli::import::run(&args).context("nothing was imported")?;
            Outcome::Done
        }
        Command::Export(args) => {
            cli::export::run(&args).context("nothing was exported")?;
            Outcome::Done
        }
        Command::Compare(args) => {
            cli::compare::run(&args).context("nothing was compared")?;
            Outcome::Done
        }
        Command::Health(args) => cli::health::run(&args).context("nothing was judged")?,
        Command::Round(args) => {
            cli::round::run(&args).context("the round")?;
            Outcome::Done
        }
        Command::Forget(args) => {
            cli::forget::forget(&args).context("the erasure")?;
            Outcome::Done
        }
        Command::Delete(args) => {
            cli::forget::delete(&args).context("the deletion")?;
            Outcome::Done
        }
        Command::Simulate(args) => cli::simulate::run(&args).context("nothing was simulated")?,
        Command::CalendarPassword(args) => {
            cli::calendar::run(args)?;
            Outcome::Done
        }
        Command::Ping(args) => {
            cli::ping::run(&args)?;
            Outcome::Done
        }
        Command::Archive(args) => {
            cli::archive::run(&args).context("nothing was archived")?;
            Outcome::Done
        }
        Command::Open(args) => match cli::open::run(&args) {
            Ok(outcome) => outcome,
            Err(NotOpened::Serve(error)) => return Err(error.into()),
            Err(error) => return Err(error).context("nothing was opened"),
        },
        Command::Verify(args) => cli::verify::run(&args).context("nothing was checked")?,
    })
}
