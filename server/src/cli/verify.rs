//! `cairn verify`: every record of every map can be read, follows the one before it, and folds; every closed round adds up from its
//! records alone; and every snapshot says what the records do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::Path;

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
    /// .cairn is a file (./NAME for one of this folder), anything else a map
    #[arg(value_name = "MAP|FILE")]
    pub maps: Vec<String>,
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
    let (files, names): (Vec<_>, Vec<_>) = args.maps.iter().partition(|name| is_file(name));
    let ids = names
        .into_iter()
        .map(|name| MapId::new(&**name).map_err(|_| VerifyError::Name(name.clone())));
    let mut maps = ids.collect::<Result<Vec<_>, _>>()?;
    let mut outcome = Outcome::Done;
    for file in &files {
        let checked = Archive::read(Path::new(file)).map_err(|error| match error {
            ArchiveError::Damaged { fault, .. } => Damage::Archive(fault),
            error => Damage::File(error),
        });
        let checked = checked.and_then(|archive| check(&archive, archive.map()));
        outcome = outcome.and(told(file, checked)?);
    }
    if !files.is_empty() && maps.is_empty() {
        return Ok(outcome);
    }
    let journal = at_rest::existing(&args.data.data)?;
    if maps.is_empty() {
        maps = journal.list()?.into_iter().map(|entry| entry.map).collect();
    }
    for map in &maps {
        outcome = outcome.and(told(map.as_str(), check(journal.as_ref(), map))?);
    }
    Ok(outcome)
}

/// Whether an archive is meant. What it says decides, not what happens to lie in this folder: a map's name always means the map.
fn is_file(name: &str) -> bool {
    let is_called_so = Path::new(name)
        .extension()
        .is_some_and(|end| end == EXTENSION);
    is_called_so || name.contains(std::path::is_separator)
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
    let mut kept = archive::snapshots(journal, map, verified.head.seq)?;
    // Of another version: whoever opens the map passes over them (FOLD-2).
    kept.retain(|_, snapshot| snapshot.is_of_this_version().is_ok());
    let call = || Checks::of(&kept);
    let (whole, checks) = load::fold_before(journal, map, None, &records, call)?;
    let Checks {
        recount,
        mut unseen,
        unlike,
        ..
    } = checks;
    for (seq, as_folded) in unlike {
        unseen.remove(&seq);
        // The same may be written in two ways by two Cairns.
        let (one, other) = (&kept[&seq], &as_folded);
        let anew = |snapshot| load::written_anew(journal, map, snapshot);
        if !anew(one).is_ok_and(|one| anew(other).is_ok_and(|other| one == other)) {
            return Err(Damage::Snapshot { seq });
        }
    }
    for seq in unseen {
        follows_from(journal, map, &kept[&seq], &records, &whole.workshop)?;
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
    recount: Recount,
    kept: &'a BTreeMap<u64, Snapshot>,
    /// Snapshots after records that were not folded yet.
    unseen: BTreeSet<u64>,
    /// What was folded where a snapshot says something else.
    unlike: Vec<(u64, Snapshot)>,
}

impl<'a> Checks<'a> {
    fn of(kept: &'a BTreeMap<u64, Snapshot>) -> Self {
        Self {
            recount: Recount::default(),
            kept,
            unseen: kept.keys().copied().collect(),
            unlike: Vec::new(),
        }
    }
}

impl Witness for Checks<'_> {
    fn sees(&mut self, workshop: &Workshop, record: &Record, folded: &Folded) {
        self.recount.sees(workshop, record, folded);
        if let Some(kept) = self.kept.get(&record.seq) {
            self.unseen.remove(&record.seq);
            let as_folded = workshop.snapshot();
            if as_folded != *kept {
                self.unlike.push((record.seq, as_folded));
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
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::journal::embedded::EmbeddedJournal;
    use crate::journal::{Opened, Tail};
    use cairn_protocol::id::{ParticipantId, Role};
    use cairn_protocol::map::{self, JourneyMap};
    use cairn_protocol::record::{Command, Created, Draft, Hash, Join, Opening};
    use cairn_protocol::round::RoundId;

    fn join(name: &str) -> Draft {
        let join = Join {
            known_as: None,
            role: Role::Participant,
            name: name.to_owned(),
            color: "#112233".to_owned(),
            tokens: Vec::new(),
        };
        Draft::new(Actor::Server, Body::Join(join))
    }

    fn created(map: &MapId) -> Draft {
        let created = Created {
            map: map.clone(),
            open: false,
        };
        Draft::new(Actor::Host, Body::Created(created))
    }

    /// A journal of these records, with a snapshot that stands after so many of others.
    fn journal_of(map: &MapId, drafts: &[Draft], others: &[Draft]) -> EmbeddedJournal {
        let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
        let mut head = cairn_protocol::record::Head::genesis(map);
        let mut workshop = Workshop::new(map.clone());
        for draft in others {
            let (record, _) = head.seal(1, draft.clone());
            load::apply(&mut workshop, &record).unwrap();
        }
        let Opened {
            mut log, mut tail, ..
        } = journal.create(map, drafts[0].clone()).unwrap();
        for (n, draft) in (2..).zip(&drafts[1..]) {
            log.append(draft.clone()).unwrap();
            if n == workshop.seq() {
                log.put_snapshot(workshop.snapshot()).unwrap();
            }
        }
        let last = drafts.len() as u64;
        while !matches!(tail.blocking_recv(), Some(Tail::Durable(seq)) if seq == last) {}
        drop(log);
        journal.close().unwrap();
        journal
    }

    /// A journal of three records whose snapshot stands after the second, of a map where somebody of this name joined.
    fn journal_with_snapshot_of(map: &MapId, name: &str) -> EmbeddedJournal {
        let drafts = [created(map), join("Ana"), join("Ben")];
        journal_of(map, &drafts, &[created(map), join(name)])
    }

    /// A round in which Ana placed so many dots, and its end.
    fn round(map: &MapId, dots: u8) -> Vec<Draft> {
        let content = serde_json::json!({
            "format": "cairn.map/1", "title": "Votes", "kind": "current-state", "stages": [{"id": "s", "title": "S"}],
            "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
            "cards": [{"id": "o", "lane": "l", "stage": "s", "text": "O"}],
        });
        let content = JourneyMap::parse(&content.to_string()).unwrap();
        let setup = serde_json::json!({
            "question": "What?", "dots": 3, "mostPerCard": 3, "visibility": "secret", "anonymous": false,
        });
        let (setup, round) = (serde_json::from_value(setup).unwrap(), RoundId(1));
        let card = "o".to_owned();
        let host = |body| Draft::new(Actor::Host, body);
        let vote = Body::Command(Command::Vote { round, card, dots });
        vec![
            created(map),
            join("Ana"),
            host(Body::Edit(map::to_update(&content, 7).into())),
            host(Body::Round(Opening::New(setup), None)),
            Draft::new(Actor::Participant(ParticipantId(1)), vote),
            host(Body::Command(Command::CloseRound { round })),
        ]
    }

    #[test]
    fn cli_1_rounds_are_counted_and_held_against_snapshots_open_or_closed() {
        let map = MapId::new("m").unwrap();
        let (drafts, otherwise) = (round(&map, 2), round(&map, 1));
        for until in 5..=6 {
            let sound = check(&journal_of(&map, &drafts, &drafts[..until]), &map);
            assert!(matches!(sound, Ok(Checked { rounds: 1, .. })), "{sound:?}");
        }
        // Of an open round a snapshot holds no ballot that could be false; of a closed one it does.
        let sound = check(&journal_of(&map, &drafts, &otherwise[..5]), &map);
        assert!(matches!(sound, Ok(Checked { rounds: 1, .. })), "{sound:?}");
        let damaged = check(&journal_of(&map, &drafts, &otherwise), &map);
        assert!(
            matches!(damaged, Err(Damage::Snapshot { seq: 6 })),
            "{damaged:?}"
        );
    }

    #[test]
    fn fold_2_a_snapshot_of_another_version_is_no_damage() {
        let map = MapId::new("m").unwrap();
        let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
        let Opened {
            mut log, mut tail, ..
        } = journal.create(&map, created(&map)).unwrap();
        log.append(join("Ana")).unwrap();
        let bytes = vec![2, 0xa0].into();
        log.put_snapshot(Snapshot { seq: 2, bytes }).unwrap();
        drop(log);
        while tail.blocking_recv().is_some() {}
        assert!(journal.snapshot_before(&map, 2).unwrap().is_some());
        let checked = check(&journal, &map);
        assert!(checked.is_ok(), "{checked:?}");
    }

    #[test]
    fn cli_1_a_name_says_whether_it_is_a_map_or_a_file() {
        for (name, means_file) in [
            ("m", false),
            ("Cargo.toml", false),
            ("./m", true),
            ("folder/m", true),
            ("m.cairn", true),
        ] {
            assert_eq!(is_file(name), means_file, "{name}");
        }
    }

    #[test]
    fn cli_1_a_snapshot_that_leads_elsewhere_is_damage() {
        let map = MapId::new("m").unwrap();
        let sound = check(&journal_with_snapshot_of(&map, "Ana"), &map);
        assert!(
            matches!(&sound, Ok(Checked { verified, rounds: 0, .. }) if verified.records == 3),
            "{sound:?}"
        );
        let damaged = check(&journal_with_snapshot_of(&map, "Eve"), &map);
        assert!(
            matches!(damaged, Err(Damage::Snapshot { seq: 2 })),
            "{damaged:?}"
        );
    }

    #[test]
    fn cli_1_each_erasure_is_told() {
        let map = MapId::new("m").unwrap();
        let erased = Erased {
            participant: ParticipantId(1),
            first: 2,
            records: 1,
            before: Hash::of(b"before"),
        };
        let by = |actor| Draft::new(actor, Body::Erased(erased.clone()));
        // Of somebody else it is a record like any other.
        let ana = Actor::Participant(ParticipantId(1));
        let drafts = [
            created(&map),
            join("Erased person"),
            by(Actor::Host),
            by(ana),
        ];
        let checked = check(&journal_of(&map, &drafts, &drafts[..2]), &map).unwrap();
        let before = Hash::of(b"before");
        assert_eq!(
            checked.erasures,
            [format!(
                "p1 was erased 1970-01-01T00:00:00Z: 1 records from 2 on say something else; it ended at {before} before"
            )]
        );
    }
}
