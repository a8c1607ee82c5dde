//! `cairn verify`: every record of every map can be read, follows the one before it, and folds; and the newest snapshot
//! leads to the same map as the records do.

use std::collections::BTreeSet;
use std::io::{self, Write as _};

use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::map;
use cairn_protocol::record::Record;
use yrs::Transact as _;

use super::at_rest::{self, AtRestError};
use super::{Outcome, VerifyArgs};
use crate::journal::verify::{Verified, verify};
use crate::journal::{Journal, JournalError};
use crate::load::{self, LoadError};

/// Records read at a time.
const CHUNK: usize = 10_000;

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
    #[error("the answer cannot be printed: {0}")]
    Print(#[from] io::Error),
}

/// What is wrong with a map.
#[derive(Debug, thiserror::Error)]
enum Damage {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("record {seq} brings the fold down and was not voided")]
    Poison { seq: u64 },
    #[error("the snapshot at record {seq} leads to another map than the records do")]
    Snapshot { seq: u64 },
}

/// Checks the maps named, or all. Goes on after a damaged one.
pub fn run(args: &VerifyArgs) -> Result<Outcome, VerifyError> {
    let named = args
        .maps
        .iter()
        .map(|name| MapId::new(&**name).map_err(|_| VerifyError::Name(name.clone())));
    let mut maps = named.collect::<Result<Vec<_>, _>>()?;
    let journal = at_rest::existing(&args.data.data)?;
    if maps.is_empty() {
        maps = journal.list()?.into_iter().map(|entry| entry.map).collect();
    }
    let mut out = io::stdout().lock();
    let mut outcome = Outcome::Done;
    for map in &maps {
        match check(journal.as_ref(), map) {
            Ok(Verified { records, head }) => {
                writeln!(out, "ok       {map}  {records} records  {}", head.hash)?;
            }
            Err(damage) => {
                outcome = Outcome::Failed;
                writeln!(out, "DAMAGED  {map}  {damage}")?;
            }
        }
    }
    Ok(outcome)
}

/// The chain first, then the fold from the first record, then the newest snapshot against it.
fn check(journal: &dyn Journal, map: &MapId) -> Result<Verified, Damage> {
    let verified = verify(journal, map)?;
    let records = read(journal, map, verified.head.seq)?;
    let whole = load::fold_records(journal, map, None, &records)?;
    if let Some(&seq) = whole.poisoned.first() {
        return Err(Damage::Poison { seq });
    }
    if let Some(snapshot) = journal.snapshot_before(map, verified.head.seq)? {
        let after: Vec<Record> = records
            .into_iter()
            .filter(|record| record.seq > snapshot.seq)
            .collect();
        let short = load::fold_records(journal, map, Some(&snapshot), &after)?;
        if !same(&short.workshop, &whole.workshop) {
            return Err(Damage::Snapshot { seq: snapshot.seq });
        }
    }
    Ok(verified)
}

fn read(journal: &dyn Journal, map: &MapId, last: u64) -> Result<Vec<Record>, JournalError> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let next = records.last().map_or(1, |record| record.seq + 1);
        if next > last {
            return Ok(records);
        }
        let chunk = journal.records(map, next..=last, CHUNK)?;
        records.extend(chunk.into_iter().map(|stored| stored.record));
    }
}

/// The same to everybody who looks: content, what the document has seen, people, tokens, rounds with every ballot.
fn same(one: &Workshop, other: &Workshop) -> bool {
    let nobody = BTreeSet::new();
    let tokens = |workshop: &Workshop| workshop.tokens().collect::<BTreeSet<_>>();
    one.known() == other.known()
        && one.shared(&nobody, 0) == other.shared(&nobody, 0)
        && one.rounds() == other.rounds()
        && tokens(one) == tokens(other)
        && map::read(&one.doc().transact()) == map::read(&other.doc().transact())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::journal::embedded::EmbeddedJournal;
    use crate::journal::{Opened, Tail};
    use cairn_protocol::id::Role;
    use cairn_protocol::record::{Actor, Body, Created, Draft, Join};

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

    /// A journal of three records whose snapshot stands after the second, of a map where somebody of this name joined.
    fn journal_with_snapshot_of(map: &MapId, name: &str) -> EmbeddedJournal {
        let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
        let created = Created {
            map: map.clone(),
            open: false,
        };
        let created = Draft::new(Actor::Host, Body::Created(created));
        let mut head = cairn_protocol::record::Head::genesis(map);
        let mut workshop = Workshop::new(map.clone());
        for draft in [created.clone(), join(name)] {
            let (record, _) = head.seal(1, draft);
            load::apply(&mut workshop, &record).unwrap();
        }
        let Opened {
            mut log, mut tail, ..
        } = journal.create(map, created).unwrap();
        log.append(join("Ana")).unwrap();
        log.put_snapshot(workshop.snapshot()).unwrap();
        log.append(join("Ben")).unwrap();
        while !matches!(tail.blocking_recv(), Some(Tail::Durable(3))) {}
        drop(log);
        journal.close().unwrap();
        journal
    }

    #[test]
    fn cli_1_a_snapshot_that_leads_elsewhere_is_damage() {
        let map = MapId::new("m").unwrap();
        let sound = check(&journal_with_snapshot_of(&map, "Ana"), &map);
        assert!(
            matches!(sound, Ok(Verified { records: 3, .. })),
            "{sound:?}"
        );
        let damaged = check(&journal_with_snapshot_of(&map, "Eve"), &map);
        assert!(
            matches!(damaged, Err(Damage::Snapshot { seq: 2 })),
            "{damaged:?}"
        );
    }
}
