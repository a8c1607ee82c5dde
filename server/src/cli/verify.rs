//! `cairn verify`: every record of every map can be read, follows the one before it, and folds; every closed round adds up from its
//! records alone; and every snapshot says what the records do.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use cairn_protocol::archive::Fault;
use cairn_protocol::fold::{Folded, Snapshot, Workshop};
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Actor, Body, Erased, Record};
use clap::Args;

use super::at_rest::{self, AtRestError};
use super::recount::{Miscount, Recount};
use super::{DataArgs, Outcome};
use crate::archive::{self, Archive, ArchiveError, EXTENSION};
use crate::journal::verify::{Verified, verify};
use crate::journal::{Journal, JournalError};
use crate::load::{self, LoadError, Witness};
use crate::when::rfc3339;

/// Flags of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Maps of the data folder to check, and archives by their files; all maps unless told. What has a slash in it or ends in
    /// .cairn is a file (./NAME for one of this folder), or a map if there is no such file; anything else is a map
    #[arg(value_name = "MAP|FILE")]
    pub names: Vec<String>,
    /// A map of the data folder, also where there is a file called like it; may be given several times
    #[arg(long = "map", value_name = "MAP")]
    pub maps: Vec<String>,
    /// An archive, whatever its file is called; may be given several times
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<String>,
    #[command(flatten)]
    pub data: DataArgs,
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// No map's name.
    #[error("{0:?} is not a map's name: give the last part of its address, /map/NAME")]
    Name(String),
    /// The data folder.
    #[error(transparent)]
    AtRest(#[from] AtRestError),
    /// The list of its maps.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Nobody reads the answer.
    #[error("the answer cannot be printed")]
    Print(#[from] io::Error),
}

/// What is wrong with a map.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Damage {
    #[error("{0}")]
    Archive(Fault),
    #[error("{0}")]
    File(ArchiveError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("record {seq} brings the fold down and was not voided")]
    Poison { seq: u64 },
    #[error("{0}")]
    Round(#[from] Miscount),
    #[error("the snapshot at record {seq} says something else than the records do")]
    Snapshot { seq: u64 },
}

/// Checks the maps named, or all. Goes on after a damaged one.
pub fn run(args: &VerifyArgs) -> Result<Outcome, VerifyError> {
    let Named {
        files,
        either,
        mut maps,
    } = Named::of(args)?;
    let is_all = args.names.is_empty() && args.maps.is_empty() && args.files.is_empty();
    let mut outcome = Outcome::Done;
    for file in files {
        outcome = outcome.and(told(file, check_file(file))?);
    }
    if !is_all && either.is_empty() && maps.is_empty() {
        return Ok(outcome);
    }
    let journal = match at_rest::existing(&args.data.data) {
        Err(AtRestError::NoJournal(_)) if !is_all && maps.is_empty() => None,
        journal => Some(journal?),
    };
    for (name, map) in either {
        let has_it = |journal: &Arc<dyn Journal>| !matches!(journal.entry(&map), Ok(None));
        if journal.as_ref().is_some_and(has_it) {
            maps.push(map);
        } else {
            outcome = outcome.and(told(name, check_file(name))?);
        }
    }
    let Some(journal) = journal else {
        return Ok(outcome);
    };
    if is_all {
        maps = journal.list()?.into_iter().map(|entry| entry.map).collect();
    }
    for map in &maps {
        outcome = outcome.and(told(map.as_str(), check(journal.as_ref(), map))?);
    }
    Ok(outcome)
}

/// What names mean.
#[derive(Debug, Default, PartialEq, Eq)]
struct Named<'a> {
    files: Vec<&'a str>,
    /// Called like a file that is not there: a map, if the data folder has it. Whoever makes one on an open server may call it so.
    either: Vec<(&'a str, MapId)>,
    maps: Vec<MapId>,
}

impl<'a> Named<'a> {
    fn of(args: &'a VerifyArgs) -> Result<Self, VerifyError> {
        let id = |name: &str| MapId::new(name).map_err(|_| VerifyError::Name(name.to_owned()));
        let mut named = Self {
            files: args.files.iter().map(String::as_str).collect(),
            ..Self::default()
        };
        for name in &args.names {
            match id(name) {
                map if !is_called_like_a_file(name) => named.maps.push(map?),
                Ok(map) if !Path::new(name).exists() => named.either.push((name, map)),
                _ => named.files.push(name),
            }
        }
        for name in &args.maps {
            named.maps.push(id(name)?);
        }
        Ok(named)
    }
}

/// Whether what is called so is a file, if it is there. What happens to lie in this folder under the name of a map is not meant.
fn is_called_like_a_file(name: &str) -> bool {
    let ends_so = Path::new(name)
        .extension()
        .is_some_and(|end| end == EXTENSION);
    ends_so || name.contains(std::path::is_separator)
}

fn check_file(file: &str) -> Result<Checked, Damage> {
    let archive = Archive::read(Path::new(file)).map_err(|error| match error {
        ArchiveError::Damaged { fault, .. } => Damage::Archive(fault),
        error => Damage::File(error),
    })?;
    check(&archive, archive.map())
}

/// One line about a map or an archive, and one about each erasure in it.
fn told(name: &str, checked: Result<Checked, Damage>) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    match checked {
        Ok(Checked {
            verified,
            rounds,
            erasures,
        }) => {
            let Verified { records, head } = verified;
            let counted = match rounds {
                0 => String::new(),
                1 => "  1 closed round counted".to_owned(),
                rounds => format!("  {rounds} closed rounds counted"),
            };
            writeln!(
                out,
                "ok       {name}  {records} records{counted}  {}",
                head.hash
            )?;
            for erasure in erasures {
                writeln!(out, "         {name}  {erasure}")?;
            }
            Ok(Outcome::Done)
        }
        Err(damage) => {
            writeln!(out, "DAMAGED  {name}  {damage}")?;
            Ok(Outcome::Failed)
        }
    }
}

/// A map that holds.
#[derive(Debug)]
pub(crate) struct Checked {
    verified: Verified,
    /// Closed rounds that were counted again.
    rounds: usize,
    /// What was erased, in words.
    erasures: Vec<String>,
}

/// The chain first, then the fold from the first record with every round counted beside it, and every snapshot against it.
pub(crate) fn check(journal: &dyn Journal, map: &MapId) -> Result<Checked, Damage> {
    let verified = verify(journal, map)?;
    let records = load::read_all(journal, map, 0, verified.head.seq)?;
    let kept = archive::snapshots(journal, map, verified.head.seq)?;
    let call = || Checks::of(journal, map, &kept);
    let (whole, checks) = load::fold_before(journal, map, None, &records, call)?;
    let Checks {
        recount,
        unseen,
        found,
        ..
    } = checks;
    found?;
    for seq in unseen {
        let snapshot = archive::snapshot_at(journal, map, seq)?;
        follows_from(journal, map, &snapshot, &records, &whole.workshop)?;
    }
    if let Some(&seq) = whole.poisoned.first() {
        return Err(Damage::Poison { seq });
    }
    let rounds = recount.against(&whole.workshop)?;
    let erasures = records.iter().filter_map(erasure).collect();
    Ok(Checked {
        verified,
        rounds,
        erasures,
    })
}

/// What a record says of somebody erased, if the host wrote it.
fn erasure(record: &Record) -> Option<String> {
    let (Body::Erased(erased), Actor::Host) = (&record.body, record.actor) else {
        return None;
    };
    let Erased {
        participant,
        first,
        records,
        before,
    } = erased;
    let at = rfc3339(record.at);
    Some(format!(
        "{participant} was erased {at}: {records} records from {first} on say something else; it ended at {before} before"
    ))
}

/// What is looked at while every record is folded.
struct Checks<'a> {
    journal: &'a dyn Journal,
    map: &'a MapId,
    recount: Recount,
    /// The records under snapshots. Each may be as large as the map: it is read when its record is folded, and let go.
    kept: &'a BTreeSet<u64>,
    /// Those that were not folded yet.
    unseen: BTreeSet<u64>,
    /// The first snapshot that does not hold.
    found: Result<(), Damage>,
}

impl<'a> Checks<'a> {
    fn of(journal: &'a dyn Journal, map: &'a MapId, kept: &'a BTreeSet<u64>) -> Self {
        Self {
            journal,
            map,
            recount: Recount::default(),
            kept,
            unseen: kept.clone(),
            found: Ok(()),
        }
    }

    /// Holds a snapshot against what was folded.
    fn says_the_same(&self, as_folded: &Snapshot) -> Result<(), Damage> {
        let kept = archive::snapshot_at(self.journal, self.map, as_folded.seq)?;
        // The same may be written in two ways by two Cairns.
        let anew = |snapshot| load::written_anew(self.journal, self.map, snapshot);
        let is_same = kept == *as_folded
            || anew(&kept).is_ok_and(|one| anew(as_folded).is_ok_and(|other| one == other));
        if is_same {
            return Ok(());
        }
        Err(Damage::Snapshot { seq: kept.seq })
    }
}

impl Witness for Checks<'_> {
    fn sees(&mut self, workshop: &Workshop, record: &Record, folded: &Folded) {
        self.recount.sees(workshop, record, folded);
        if self.kept.contains(&record.seq) {
            self.unseen.remove(&record.seq);
            if self.found.is_ok() {
                self.found = self.says_the_same(&workshop.snapshot());
            }
        }
    }
}

/// A snapshot after a record that is passed over is judged by where it leads.
fn follows_from(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: &Snapshot,
    records: &[Record],
    whole: &Workshop,
) -> Result<(), Damage> {
    let behind = usize::try_from(snapshot.seq).unwrap_or(usize::MAX);
    let after = records.get(behind..).unwrap_or_default();
    let short = load::fold_records(journal, map, Some(snapshot), after)?;
    if short.workshop.snapshot() == whole.snapshot() {
        return Ok(());
    }
    Err(Damage::Snapshot { seq: snapshot.seq })
}

#[cfg(test)]
mod tests;
