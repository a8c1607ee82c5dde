//! A connection to one map: the handle callers hold, and how to open it.
//!
//! One task owns the document ([`crate::owner`]); a handle only sends it requests through a bounded
//! queue. Edits and reads are closures that run inside that task, so no transaction ever lives
//! across an await. Handles are cheap to clone; the connection closes when the last one goes.

use std::fmt;
use std::sync::Arc;

use cairn_protocol::channel::{ClientCommand, Personal, Shared};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use url::Url;
use yrs::{Transaction, TransactionMut};

use crate::owner::{self, Letter, Request};
use crate::presence::{Peer, Presence};
use crate::replica::Mark;
use crate::retry::Backoff;
use crate::socket::{Dial, Tcp};
use crate::status::{BarrierError, Closed, CommandError, Rejection, Status, Stop};
use crate::workshop::Done;

/// Requests on their way to the owner: a caller that is faster than the socket waits.
const REQUESTS: usize = 64;

/// What is spoken with the server beside the y-websocket protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Barriers and the workshop channel.
    #[default]
    Cairn,
    /// Nothing: for other y-websocket servers. A barrier is never answered by them.
    Stock,
}

/// Where and how to connect.
#[derive(Clone)]
pub struct ConnectOptions {
    /// `ws(s)://host/sync/{map}`, see [`crate::Server::socket`].
    pub url: Url,
    /// The participant's token. Secret.
    pub token: Option<String>,
    /// What is spoken.
    pub dialect: Dialect,
    /// When to come back after a loss.
    pub backoff: Backoff,
    /// What the WebSocket runs on.
    pub dial: Arc<dyn Dial>,
}

impl ConnectOptions {
    /// A Cairn server, over TCP, with patience.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            token: None,
            dialect: Dialect::default(),
            backoff: Backoff::default(),
            dial: Arc::new(Tcp),
        }
    }

    /// With a participant's token.
    #[must_use]
    pub fn with_token(self, token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..self
        }
    }
}

impl fmt::Debug for ConnectOptions {
    /// Leaves the token out, and the query, which may hold one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url.clone();
        url.set_query(None);
        f.debug_struct("ConnectOptions")
            .field("url", &url.as_str())
            .field("dialect", &self.dialect)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}

/// A connection to one map. See the module's page.
#[derive(Clone)]
pub struct Connection {
    letters: mpsc::Sender<Letter>,
    views: Views,
}

/// What the owner tells all handles.
#[derive(Clone)]
pub(crate) struct Views {
    pub(crate) status: watch::Receiver<Status>,
    pub(crate) syncs: watch::Receiver<u64>,
    pub(crate) changes: watch::Receiver<u64>,
    pub(crate) presence: watch::Receiver<u64>,
    pub(crate) shared: watch::Receiver<Option<Arc<Shared>>>,
    pub(crate) personal: watch::Receiver<Option<Personal>>,
    pub(crate) rejection: watch::Receiver<Option<Arc<Rejection>>>,
}

/// Connects and waits until both copies have given each other what they had. Fails only when the
/// connection stopped for good; drop the future to stop waiting.
pub async fn connect(options: ConnectOptions) -> Result<Connection, Stop> {
    let connection = Connection::open(options);
    connection.synced().await?;
    Ok(connection)
}

impl Connection {
    /// Begins to connect and returns at once: the copy here can be read and edited meanwhile.
    /// Must be called within a tokio runtime.
    pub fn open(options: ConnectOptions) -> Self {
        let (letters, inbox) = mpsc::channel(REQUESTS);
        let views = owner::spawn(options, inbox);
        Self { letters, views }
    }

    /// Runs an edit in the copy here, as one transaction; it goes to the server at once, or with the
    /// next connection. The closure should be short and must not panic: everything else waits.
    pub async fn edit<T, F>(&self, edit: F) -> Result<T, Closed>
    where
        T: Send + 'static,
        F: FnOnce(&mut TransactionMut<'_>) -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Edit(Box::new(move |replica| {
            let (result, change) = replica.edit(edit);
            let _ = answer.send(result);
            change
        })))
        .await?;
        answered.await.map_err(|_| Closed)
    }

    /// Reads the copy here. The closure should be short and must not panic.
    pub async fn read<T, F>(&self, read: F) -> Result<T, Closed>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Read(Box::new(move |replica| {
            let _ = answer.send(replica.read(read));
        })))
        .await?;
        answered.await.map_err(|_| Closed)
    }

    /// Where the edits made here stand: the client id of this copy, and how many clocks it used.
    pub async fn mark(&self) -> Result<Mark, Closed> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Read(Box::new(move |replica| {
            let _ = answer.send(replica.mark());
        })))
        .await?;
        answered.await.map_err(|_| Closed)
    }

    /// Begins to wait for an edit of another copy. When the outer future resolves the wait is in
    /// place; the inner one resolves with the time at which the copy here contained `mark`.
    pub async fn expect(&self, mark: Mark) -> Result<oneshot::Receiver<Instant>, Closed> {
        let (arrived, arrival) = oneshot::channel();
        self.ask(Request::Expect(mark, arrived)).await?;
        Ok(arrival)
    }

    /// Resolves once everything edited here before is durable on the server, whatever reconnections
    /// that takes.
    pub async fn barrier(&self) -> Result<(), BarrierError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Barrier(answer))
            .await
            .map_err(|Closed| Stop::Closed)?;
        answered.await.map_err(|_| Stop::Closed)?
    }

    /// Asks the server to do something; resolves when it is done and durable, or was refused. Sent
    /// again after a lost connection; the server counts it once.
    pub async fn command(&self, command: impl Into<ClientCommand>) -> Result<Done, CommandError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Command(command.into(), answer))
            .await
            .map_err(|Closed| Stop::Closed)?;
        answered.await.map_err(|_| Stop::Closed)?
    }

    /// Tells the others where this participant is; `None` takes it back.
    pub async fn set_presence(&self, presence: Option<&Presence>) -> Result<(), Closed> {
        let json = |presence| {
            serde_json::to_string(presence)
                .expect("a presence has string keys only")
                .into()
        };
        self.ask(Request::Presence(presence.map(json))).await
    }

    /// Everybody else who is here.
    pub async fn peers(&self) -> Result<Vec<Peer>, Closed> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Peers(answer)).await?;
        answered.await.map_err(|_| Closed)
    }

    /// Closes the connection and says goodbye. Await [`Self::barrier`] before, for what must not be
    /// lost. The copy goes with it.
    pub async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.letters.send(Letter::Close(answer)).await.is_ok() {
            // Gone already is closed, too.
            let _ = answered.await;
        }
    }

    /// Resolves once both copies have given each other what they had.
    pub async fn synced(&self) -> Result<(), Stop> {
        let mut status = self.views.status.clone();
        let settled = status
            .wait_for(|status| matches!(status, Status::Live | Status::Stopped(_)))
            .await
            .map_err(|_| Stop::Closed)?;
        match &*settled {
            Status::Stopped(stop) => Err(stop.clone()),
            _ => Ok(()),
        }
    }

    /// How the connection is doing.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.views.status.clone()
    }

    /// How often both copies have given each other everything: once for each connection that came to
    /// be.
    pub fn syncs(&self) -> u64 {
        *self.views.syncs.borrow()
    }

    /// Counts the changes of the copy here, whoever made them.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.views.changes.clone()
    }

    /// Counts the changes in who is here and where.
    pub fn presence_changes(&self) -> watch::Receiver<u64> {
        self.views.presence.clone()
    }

    /// The newest facilitation state that everybody sees.
    pub fn shared(&self) -> watch::Receiver<Option<Arc<Shared>>> {
        self.views.shared.clone()
    }

    /// The newest state that only this participant sees.
    pub fn personal(&self) -> watch::Receiver<Option<Personal>> {
        self.views.personal.clone()
    }

    /// The last edit that was not accepted. After one, the copy here is another, under another
    /// client id.
    pub fn rejection(&self) -> watch::Receiver<Option<Arc<Rejection>>> {
        self.views.rejection.clone()
    }

    async fn ask(&self, request: Request) -> Result<(), Closed> {
        self.letters
            .send(Letter::Ask(request))
            .await
            .map_err(|_| Closed)
    }
}
