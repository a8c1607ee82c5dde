//! `cairn health`: what a good facilitator would point out about a map, for people at a terminal and for scripts that
//! watch maps kept in git.

use std::io;
use std::path::Path;

use cairn_protocol::id::MapId;
use cairn_protocol::map::health::{self, Finding, Health, Severity};
use cairn_protocol::map::{self, Date, JourneyMap};
use clap::Args;
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::file::{self, FileError};
use super::remote::{Remote, RemoteError};
use super::{DataArgs, Outcome, ServerArgs};
use crate::clock::Clock;
use crate::load::{self, LoadError};

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

/// Why no map was judged.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// Neither a file nor a map's name.
    #[error("{0:?} is neither a file nor a map's name, the last part of its address, /map/NAME")]
    Name(String),
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// No file of this name, and no data folder where a map could be.
    #[error("there is no file {name}, and {source}")]
    Neither {
        /// What was named.
        name: String,
        /// What is wrong with the data folder.
        source: AtRestError,
    },
    /// The map.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// Nobody reads the findings.
    #[error("the findings cannot be printed")]
    Print(#[source] io::Error),
}

/// Judges a map and prints the findings.
pub fn run(args: &HealthArgs) -> Result<Outcome, HealthError> {
    let path = Path::new(&args.map);
    let (name, health) = match &args.server.url {
        Some(url) => (args.map.clone(), from_server(url, args)?),
        None if file::is_meant(path) => {
            let (_, map) = file::read(path)?;
            (named(&map), judged(&map, args.today, None))
        }
        None => from_folder(args)?,
    };
    let print = if args.json { as_json } else { for_people };
    print(&mut io::stdout().lock(), &name, &health).map_err(HealthError::Print)?;
    Ok(if health.has_problems() {
        Outcome::ProblemsStand
    } else {
        Outcome::Done
    })
}

fn named(map: &JourneyMap) -> String {
    health::quoted(&map.title, "A map without a title")
}

fn judged(map: &JourneyMap, today: Option<Date>, seq: Option<u64>) -> Health {
    let today = today.unwrap_or_else(|| Clock::system().today());
    let findings = health::health(map, today);
    Health {
        today,
        seq,
        findings,
    }
}

fn map_id(args: &HealthArgs) -> Result<MapId, HealthError> {
    MapId::new(&*args.map).map_err(|_| HealthError::Name(args.map.clone()))
}

fn from_server(url: &str, args: &HealthArgs) -> Result<Health, HealthError> {
    let map = map_id(args)?;
    let server = Remote::new(url, args.server.token.as_deref())?;
    let today = args.today.map(|day| ("today", day.to_string()));
    let query: Vec<_> = today.into_iter().collect();
    let answer = server.get(&["api", "maps", map.as_str(), "health"], &query)?;
    let health = serde_json::from_str(&answer);
    Ok(health.map_err(|error| RemoteError::Answer(error.to_string()))?)
}

fn from_folder(args: &HealthArgs) -> Result<(String, Health), HealthError> {
    let id = map_id(args)?;
    let journal = at_rest::existing(&args.data.data).map_err(|source| HealthError::Neither {
        name: args.map.clone(),
        source,
    })?;
    let workshop = load::load_at(journal.as_ref(), &id, None)?;
    let map = map::read(&workshop.doc().transact());
    let health = judged(&map, args.today, Some(workshop.seq()));
    Ok((named(&map), health))
}

fn as_json(out: &mut dyn io::Write, _: &str, health: &Health) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, health)?;
    writeln!(out)
}

fn for_people(out: &mut dyn io::Write, name: &str, health: &Health) -> io::Result<()> {
    let of = |severity| {
        let findings = health.findings.iter();
        findings.filter(move |finding| finding.severity == severity)
    };
    let groups = [
        (Severity::Problem, "problem"),
        (Severity::Advice, "piece of advice"),
    ];
    write!(out, "{name} on {}: ", health.today)?;
    if health.findings.is_empty() {
        return writeln!(out, "nothing to point out.");
    }
    let counts = groups.map(|(severity, one)| count(of(severity).count(), one));
    writeln!(out, "{}, {}.", counts[0], counts[1])?;
    for ((severity, _), heading) in groups.into_iter().zip(["Problems", "Advice"]) {
        let findings: Vec<&Finding> = of(severity).collect();
        if !findings.is_empty() {
            writeln!(out, "\n{heading}")?;
        }
        for same in findings.chunk_by(|a, b| (a.rule, &a.why) == (b.rule, &b.why)) {
            for (place, finding) in same.iter().enumerate() {
                let rule = if place == 0 {
                    finding.rule.as_str()
                } else {
                    ""
                };
                writeln!(out, "  {rule:<11} {}", finding.message)?;
            }
            // The reason once, however many places it is about.
            if let Some(first) = same.first() {
                writeln!(out, "  {:<11}   {}", "", first.why)?;
            }
        }
    }
    Ok(())
}

fn count(number: usize, one: &str) -> String {
    match (number, one) {
        (0, "problem") => "no problems".to_owned(),
        (0, _) => "no advice".to_owned(),
        (1, one) => format!("1 {one}"),
        (many, "problem") => format!("{many} problems"),
        (many, _) => format!("{many} pieces of advice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(sample: &str, today: &str) -> String {
        let map = JourneyMap::parse(map::sample(sample).unwrap()).unwrap();
        let health = judged(&map, Date::parse(today), None);
        let mut out = Vec::new();
        for_people(&mut out, &named(&map), &health).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cli_3_people_read_problems_first_and_each_reason_once() {
        let text = printed("crm-funnel.flawed", "2026-11-16");
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("“Customer Journey FINAL v3” on 2026-11-16: "),
            "{text}"
        );
        let (problems, advice) = text.split_once("\nAdvice\n").unwrap();
        assert!(problems.contains("\nProblems\n  PERSONA-1   The map has no persona.\n"));
        assert!(problems.contains("STAGES-2    “MQL” is named for the sales pipeline"));
        assert!(advice.contains("DETAIL-1    “Our touchpoints” in “MQL” has 9 cards.\n"));
        let reason = "A touchpoint without its channel";
        assert_eq!(advice.matches(reason).count(), 1, "{advice}");
        assert_eq!(advice.matches("has no channel.").count(), 4, "{advice}");
    }

    #[test]
    fn cli_3_a_healthy_map_is_said_to_be_one() {
        assert_eq!(
            printed("nurse-night-shift.day", "2026-11-16"),
            "“A night shift, and the day around it” on 2026-11-16: nothing to point out.\n"
        );
    }
}
