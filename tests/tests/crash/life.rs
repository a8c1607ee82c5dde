//! The life of one data folder: two maps, five typists, one kill after the other at moments drawn from a seed. Between
//! death and return the journal is looked at; after the return a newcomer looks first, then everybody comes back.

use std::fmt;
use std::ops::AddAssign;

use cairn_protocol::id::{MapId, Role};
use cairn_server::clock::Clock;
use cairn_server::journal::Journal;
use cairn_server::journal::embedded::EmbeddedJournal;
use cairn_server::journal::verify::verify;
use cairn_server::load::load_at;
use cairn_tests::api::{self, Guest};
use cairn_tests::gate::Gate;
use cairn_tests::patiently;
use cairn_tests::server::{Folder, Server};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use yrs::Transact;

use crate::model::{History, Seen};
use crate::typist::{Conductor, Progress, Typist};

/// Typists on each map.
const TYPISTS: [usize; 2] = [3, 2];

/// What a run came to.
#[derive(Default)]
pub(crate) struct Tally {
    kills: u32,
    edits: u64,
    answers: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.edits += other.edits;
        self.answers += other.answers;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kills,
            edits,
            answers,
        } = self;
        write!(
            f,
            "{kills} kills, {edits} edits, {answers} barriers answered, nothing lost"
        )
    }
}

/// One map with those who type in it, and somebody whose place a newcomer takes to look at it.
pub(crate) struct Table {
    pub(crate) map: MapId,
    pub(crate) typists: Vec<Typist>,
    witness: Guest,
}

impl Table {
    /// Makes a map and seats typists at it.
    pub(crate) async fn set(
        server: &Server,
        gate: &Gate,
        name: &str,
        typists: usize,
        conductor: &Conductor,
        rng: &mut StdRng,
    ) -> Self {
        let made = api::make_map(server, name).await.expect("a map is made");
        let mut table = Self {
            map: made.map.clone(),
            typists: Vec::new(),
            witness: api::join(server, &made, Role::Observer, "Witness")
                .await
                .expect("an invite lets in"),
        };
        for number in 0..typists {
            let name = format!("{name}{number}");
            let guest = api::join(server, &made, Role::Participant, &name)
                .await
                .expect("an invite lets in");
            table
                .typists
                .push(Typist::start(gate, &guest, name, rng.random(), conductor).await);
        }
        table
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.typists
            .iter()
            .map(|typist| typist.name.clone())
            .collect()
    }

    pub(crate) fn histories(&self) -> Vec<History> {
        self.typists.iter().map(Typist::history).collect()
    }

    /// What the journal in a folder holds of this map, its chain verified (CRASH-2).
    pub(crate) fn journaled(&self, journal: &dyn Journal) -> Seen {
        verify(journal, &self.map).unwrap_or_else(|error| panic!("CRASH-2: {error}"));
        let workshop =
            load_at(journal, &self.map, None).unwrap_or_else(|error| panic!("CRASH-3: {error}"));
        Seen::read(&workshop.doc().transact(), &self.names())
    }

    /// What a newcomer gets from the running server.
    pub(crate) async fn newcomer_sees(&self, server: &Server) -> Seen {
        let way = Gate::default();
        way.open(server.address());
        let options = way.options(&self.witness).expect("a guest has an address");
        let newcomer = patiently("the newcomer's connection", cairn_client::connect(options)).await;
        let newcomer = newcomer.expect("the server lets a newcomer in");
        let names = self.names();
        let seen = newcomer
            .read(move |txn| Seen::read(txn, &names))
            .await
            .expect("the connection is kept");
        newcomer.close().await;
        seen
    }

    /// With everybody back and settled: all copies are equal and hold everything ever typed, once (CRASH-4).
    pub(crate) async fn all_is_there(&self, server: &Server) {
        let seen = self.newcomer_sees(server).await;
        let (names, histories) = (self.names(), self.histories());
        seen.holds_what_was_acknowledged(&names, &histories, "after everybody came back");
        for (history, own) in histories.iter().zip(&seen.own) {
            assert_eq!(
                Some(own),
                history.states.last(),
                "CRASH-4: the newest state is not there"
            );
        }
        for typist in &self.typists {
            let equal = equal_to(typist, &names, &seen);
            patiently(
                &format!("CRASH-4: {}'s copy equal to the newcomer's", typist.name),
                equal,
            )
            .await;
        }
    }
}

async fn equal_to(typist: &Typist, names: &[String], expected: &Seen) {
    let mut changes = typist.connection.changes();
    loop {
        changes.borrow_and_update();
        let names = names.to_vec();
        let seen = typist
            .connection
            .read(move |txn| Seen::read(txn, &names))
            .await;
        if seen.expect("the connection is kept") == *expected {
            return;
        }
        changes.changed().await.expect("the connection is kept");
    }
}

/// When to kill.
#[derive(Debug)]
enum Moment {
    /// Once all together made so many more edits.
    Edits(u64),
    /// Once so many more barriers were answered.
    Answers(u64),
    /// As soon as the server is ready, while everybody comes back.
    Return,
}

impl Moment {
    fn draw(rng: &mut StdRng, first: bool) -> Self {
        match rng.random_range(0..10) {
            0..5 => Moment::Edits(rng.random_range(1..250)),
            5..9 => Moment::Answers(rng.random_range(1..50)),
            _ if first => Moment::Edits(1),
            _ => Moment::Return,
        }
    }

    async fn come(&self, conductor: &Conductor, from: Progress) {
        match *self {
            Moment::Edits(more) => {
                let reached = |now: &Progress| now.edits >= from.edits + more;
                conductor.reached(reached).await;
            }
            Moment::Answers(more) => {
                let reached = |now: &Progress| now.answers >= from.answers + more;
                conductor.reached(reached).await;
            }
            Moment::Return => {}
        }
    }
}

/// Lives one life of so many kills. Panics when anything acknowledged is missing; the seed is printed before.
pub(crate) async fn live(seed: u64, kills: u32) -> Tally {
    // Shown only when the test fails.
    eprintln!("to play this life again: CAIRN_SEED={seed} CAIRN_CRASH_ROUNDS={kills}");
    let mut rng = StdRng::seed_from_u64(seed);
    let folder = Folder::new().expect("a temporary folder");
    let (gate, conductor) = (Gate::default(), Conductor::new());
    let mut server = Server::start(&folder, &[]).await.expect("a server");
    gate.open(server.address());
    let mut tables = Vec::new();
    for (name, typists) in ["A", "B"].into_iter().zip(TYPISTS) {
        tables.push(Table::set(&server, &gate, name, typists, &conductor, &mut rng).await);
    }
    for round in 0..kills {
        let moment = Moment::draw(&mut rng, round == 0);
        eprintln!("kill {round} at {moment:?}");
        let from = conductor.progress();
        conductor.let_type(true);
        moment.come(&conductor, from).await;
        server.kill().expect("the server runs until it is killed");
        gate.shut();
        let journaled = look(&folder, &tables).await;
        server = Server::start(&folder, &[])
            .await
            .unwrap_or_else(|error| panic!("CRASH-3: {error:#}"));
        for (table, journaled) in tables.iter().zip(journaled) {
            let shown = table.newcomer_sees(&server).await;
            assert_eq!(
                shown, journaled,
                "CRASH-3: the server shows something else than its journal holds"
            );
        }
        gate.open(server.address());
        // Now and then the next blow falls before everybody is back.
        if round + 1 == kills || rng.random_range(0..4) > 0 {
            settle(&conductor, &tables).await;
            for table in &tables {
                table.all_is_there(&server).await;
            }
        }
    }
    let Progress { edits, answers } = conductor.progress();
    for typist in tables.into_iter().flat_map(|table| table.typists) {
        typist.end().await;
    }
    Tally {
        kills,
        edits,
        answers,
    }
}

/// What the journals of a dead server hold, which must be everything acknowledged.
pub(crate) async fn look(folder: &Folder, tables: &[Table]) -> Vec<Seen> {
    for typist in tables.iter().flat_map(|table| &table.typists) {
        typist.noticed().await;
    }
    // In a copy: what the server does to its own file when it opens it after a crash is part of what is tested.
    let copy = folder.copy_of_data().expect("the data can be copied");
    let journal = EmbeddedJournal::open(copy.path(), Clock::system())
        .unwrap_or_else(|error| panic!("CRASH-3: {error}"));
    let look = |table: &Table| {
        let seen = table.journaled(&journal);
        seen.holds_what_was_acknowledged(
            &table.names(),
            &table.histories(),
            "in the dead server's journal",
        );
        seen
    };
    tables.iter().map(look).collect()
}

/// Nobody types any more, and everything typed is acknowledged.
pub(crate) async fn settle(conductor: &Conductor, tables: &[Table]) {
    conductor.let_type(false);
    for typist in tables.iter().flat_map(|table| &table.typists) {
        typist.settle().await;
    }
}
