//! `cairn simulate`: people who join a map, move about, write plausible cards and leave; with what it was like for them.

use std::io::{self, Write as _};
use std::time::Duration;

use cairn_client::AddressError;
use cairn_client::simulate::{
    Bell, Convergence, Halt, Phase, Progress, Report, SimulateError, SimulateOptions, simulate,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use url::Url;

use super::Outcome;

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

/// Why nothing was simulated.
#[derive(Debug, thiserror::Error)]
pub enum SimulateFailure {
    /// Not an address.
    #[error("--url is not an invite link such as https://maps.example.org/join/MAP#TOKEN: {0}")]
    Url(#[from] url::ParseError),
    /// Not an invite.
    #[error("--url: {0}")]
    Address(#[from] AddressError),
    /// Nobody got in, or the numbers are out of bounds.
    #[error(transparent)]
    Simulate(#[from] SimulateError),
    /// No threads or signals.
    #[error("the system refuses what a simulation needs: {0}")]
    System(io::Error),
    /// Nobody reads the report.
    #[error("the report cannot be printed")]
    Print(#[source] io::Error),
}

/// Simulates, and prints the report. Failed when something went wrong for somebody or the copies differ in the end.
pub fn run(args: &SimulateArgs) -> Result<Outcome, SimulateFailure> {
    let (bell, halt) = Bell::new();
    let options = SimulateOptions {
        participants: args.participants,
        length: Duration::from_secs(args.seconds),
        seed: args.seed,
        pace: args.pace,
        halt,
        ..SimulateOptions::new(&Url::parse(&args.url)?)?
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(SimulateFailure::System)?;
    let report = runtime.block_on(watched(options, bell, args.seconds))?;
    print(&report, args.json).map_err(SimulateFailure::Print)?;
    let is_equal = matches!(report.converged, Convergence::Equal { .. });
    Ok(if is_equal && report.errors == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// Runs with a line of progress on the terminal. Ctrl-C rings the bell: people finish what they write and leave.
async fn watched(
    options: SimulateOptions,
    bell: Bell,
    seconds: u64,
) -> Result<Report, SimulateFailure> {
    let interrupted = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            bell.ring();
        }
        // Held until then: a bell that is gone never rings.
        std::future::pending::<Halt>().await
    });
    let bar = ProgressBar::new(seconds);
    let style = ProgressStyle::with_template("{spinner} {elapsed:>4} {bar:24} {msg}");
    bar.set_style(style.expect("the template is well formed"));
    let report = simulate(options, |progress| {
        bar.set_position(progress.elapsed.as_secs().min(seconds));
        bar.set_message(line(&progress));
    });
    let report = report.await;
    bar.finish_and_clear();
    interrupted.abort();
    Ok(report?)
}

fn line(progress: &Progress) -> String {
    let phase = match progress.phase {
        Phase::Joining => "joining",
        Phase::Working => "working",
        Phase::Settling => "settling",
        Phase::Leaving => "leaving",
    };
    let Progress {
        present,
        participants,
        edits,
        cards,
        errors,
        ..
    } = progress;
    format!(
        "{phase}: {present}/{participants} people, {edits} edits, {cards} cards, {errors} errors"
    )
}

fn print(report: &Report, as_json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, report)?;
        return writeln!(out);
    }
    writeln!(out, "{}", report.to_string().trim_end())
}
