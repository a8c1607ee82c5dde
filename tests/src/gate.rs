//! A way to the server that a test can shut and move: clients dial it as always, and reach whatever server stands
//! behind it now.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use cairn_client::{Backoff, ByteStream, ConnectOptions, Dial, Server as Address, Tcp};
use futures_util::future::BoxFuture;
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

use crate::api::Guest;

/// The gate. Shut at first; clones are the same gate.
#[derive(Clone)]
pub struct Gate(Arc<watch::Sender<Option<SocketAddr>>>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Gate {
    /// Whoever dials reaches this server from now on.
    pub fn open(&self, to: SocketAddr) {
        self.0.send_replace(Some(to));
    }

    /// Whoever dials waits.
    pub fn shut(&self) {
        self.0.send_replace(None);
    }

    /// How a guest connects through the gate; comes back at once when it opens.
    pub fn options(&self, guest: &Guest) -> anyhow::Result<ConnectOptions> {
        // The host is a name only: the gate decides where the way leads.
        let address: Address = "http://127.0.0.1:9".parse()?;
        let url = address.socket(&guest.map)?;
        let backoff = Backoff {
            first: Duration::from_millis(5),
            most: Duration::from_millis(40),
            attempts: None,
        };
        Ok(ConnectOptions {
            dial: Arc::new(self.clone()),
            backoff,
            ..ConnectOptions::new(url)
        }
        .with_token(&guest.token))
    }
}

impl Dial for Gate {
    fn dial<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(async move {
            let mut gate = self.0.subscribe();
            let gone = |_| io::Error::other("the gate is gone");
            let to = *gate.wait_for(Option::is_some).await.map_err(gone)?;
            let mut url = url.clone();
            let port = to.ok_or_else(|| io::Error::other("shut again"))?.port();
            url.set_port(Some(port))
                .map_err(|()| io::Error::other("an address without a port"))?;
            Tcp.dial(&url).await
        })
    }
}
