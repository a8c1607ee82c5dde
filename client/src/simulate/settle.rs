//! After the work: whether all copies became equal. Called by the conductor.

use std::time::Duration;

use cairn_protocol::map;
use futures_util::future::{join_all, select_all};
use tokio::time::{Instant, timeout, timeout_at};
use yrs::{ReadTxn, StateVector};

use super::measure::Convergence;
use crate::connection::Connection;
use crate::status::Closed;

/// For the last edits to reach everybody.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a copy holds: the clocks of every client, and the map as it reads.
#[derive(PartialEq)]
struct Content {
    clocks: StateVector,
    json: String,
}

/// Waits until all copies are equal, or says which are not. `copies` has at least one.
///
/// Others may edit the map at the same time: copies are compared whenever one changed, so a moment
/// of quiet is enough.
pub(crate) async fn converge(copies: &[(String, Connection)]) -> Convergence {
    let deadline = Instant::now() + PATIENCE;
    // What each typed last is on the server, and so on its way to all others.
    let barriers = copies
        .iter()
        .map(|(_, copy)| timeout(PATIENCE, copy.barrier()));
    join_all(barriers).await;
    let mut changes: Vec<_> = copies.iter().map(|(_, copy)| copy.changes()).collect();
    loop {
        for seen in &mut changes {
            seen.borrow_and_update();
        }
        let contents = join_all(copies.iter().map(|(_, copy)| content(copy))).await;
        let first = contents.first();
        let apart: Vec<String> = copies
            .iter()
            .zip(&contents)
            .filter(|(_, content)| content.is_err() || Some(*content) != first)
            .map(|((name, _), _)| name.clone())
            .collect();
        if apart.is_empty() {
            return Convergence::Equal {
                copies: copies.len(),
            };
        }
        let next = select_all(changes.iter_mut().map(|seen| Box::pin(seen.changed())));
        if timeout_at(deadline, next).await.is_err() {
            return Convergence::Apart { who: apart };
        }
    }
}

async fn content(copy: &Connection) -> Result<Content, Closed> {
    copy.read(|txn| Content {
        clocks: txn.state_vector(),
        json: map::read(txn).to_json(),
    })
    .await
}
