//! Two honest participants of one map, who show that it still works: each edits, the other receives it, and both hear
//! that it is on disk.

use cairn_client::{Connection, Status};
use cairn_protocol::id::Role;
use yrs::{GetString, ReadTxn, Text, WriteTxn};

use crate::api::{self, Guest, Made};
use crate::gate::Gate;
use crate::patiently;
use crate::server::Server;

/// A root type that nobody else writes to.
const ROOT: &str = "honest";

/// The two.
pub struct Pair {
    ann: Connection,
    ben: Connection,
    exchanged: u32,
}

impl Pair {
    /// Joins both and connects them.
    pub async fn join(server: &Server, made: &Made) -> anyhow::Result<Self> {
        let gate = Gate::default();
        gate.open(server.address());
        let ann = connect(
            &gate,
            &api::join(server, made, Role::Facilitator, "Ann").await?,
        )
        .await?;
        let ben = connect(
            &gate,
            &api::join(server, made, Role::Participant, "Ben").await?,
        )
        .await?;
        Ok(Self {
            ann,
            ben,
            exchanged: 0,
        })
    }

    /// Each edits, each receives the other's edit, both edits become durable, and both copies are equal. Panics if
    /// anything of that fails; `after` says after what.
    pub async fn exchange(&mut self, after: &str) {
        self.exchanged += 1;
        let (ann, ben, turn) = (self.ann.clone(), self.ben.clone(), self.exchanged);
        let exchange = async move {
            say(&ann, &ben, &format!("a{turn} ")).await;
            say(&ben, &ann, &format!("b{turn} ")).await;
            let (anns, bens) = (text(&ann).await, text(&ben).await);
            assert_eq!(anns, bens, "after {after} the copies differ");
            assert!(
                anns.contains(&format!("a{turn} b{turn} ")),
                "after {after}: {anns}"
            );
        };
        patiently(&format!("the honest exchange after {after}"), exchange).await;
        for connection in [&self.ann, &self.ben] {
            let status = connection.status().borrow().clone();
            assert_eq!(
                status,
                Status::Live,
                "after {after} an honest socket was lost"
            );
        }
    }

    /// The first of the two.
    pub fn ann(&self) -> &Connection {
        &self.ann
    }

    /// The second.
    pub fn ben(&self) -> &Connection {
        &self.ben
    }
}

async fn connect(gate: &Gate, guest: &Guest) -> anyhow::Result<Connection> {
    Ok(patiently("a connection", cairn_client::connect(gate.options(guest)?)).await?)
}

async fn say(from: &Connection, to: &Connection, words: &str) {
    let words = words.to_owned();
    let edited = from
        .edit(move |txn| {
            let text = txn.get_or_insert_text(ROOT);
            let end = text.len(txn);
            text.insert(txn, end, &words);
        })
        .await;
    edited.expect("an honest connection is open");
    let mark = from.mark().await.expect("an honest connection is open");
    let arrival = to.expect(mark).await.expect("an honest connection is open");
    arrival.await.expect("the edit arrives");
    from.barrier().await.expect("the edit becomes durable");
}

async fn text(of: &Connection) -> String {
    let read = of.read(|txn| txn.get_text(ROOT).map(|text| text.get_string(txn)));
    read.await
        .expect("an honest connection is open")
        .unwrap_or_default()
}
