//! The listener: connections in, the router over them, and a stop that loses nothing (HTTP-9).
//!
//! Called by `cli::serve` and by tests that need a socket. Knows no route.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt as _;

use super::App;
use super::limits::Peer;

/// A client that has not sent a request's headers by then is not going to; also how long an idle connection is kept.
const HEADER_TIME: Duration = Duration::from_secs(30);
/// Requests under way when the server stops are waited for this long.
const DRAIN: Duration = Duration::from_secs(2);
/// Rooms may take this long to end their sockets and make everything durable.
const ROOMS: Duration = Duration::from_secs(4);
/// After a failed accept (out of file descriptors): connections that end make room.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// How a stop went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Everything is durable, every socket was told.
    Clean,
    /// The rooms did not end in time. The journal was closed all the same: what was acknowledged is durable.
    Late,
    /// The journal could not be closed in time or at all. What was acknowledged is durable; the last edits may be with
    /// their authors only, who give them back when they reconnect.
    Failed,
}

/// Serves until `stop` ends, then stops: no new connections, requests under way are answered, sockets end with 1012,
/// everything is durable.
pub async fn serve(
    listener: TcpListener,
    app: App,
    router: Router,
    stop: impl Future<Output = ()>,
) -> Stopped {
    let (stopping, stopped) = watch::channel(());
    let (alive, mut all_gone) = tokio::sync::mpsc::channel::<Infallible>(1);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = connection(stream, app.clone(), router.clone(), stopped.clone());
                let alive = alive.clone();
                tokio::spawn(async move {
                    // Broken pipes and half requests are the client's doing.
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended badly");
                    }
                    drop(alive);
                });
            }
            // The client went away between connecting and being accepted.
            Err(error) if is_clients(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
    drop((listener, alive));
    // Every connection sees its sender gone.
    drop(stopping);
    tracing::info!("stopping");
    app.demos().end();
    let drained = async {
        // Upgraded sockets are no longer among them: they are the rooms' to end.
        if tokio::time::timeout(DRAIN, all_gone.recv()).await.is_err() {
            tracing::warn!("some requests were still under way");
        }
    };
    let ((), rooms) = tokio::join!(drained, tokio::time::timeout(ROOMS, app.rooms().close()));
    let journal = app.rooms().journal().clone();
    // Closes it if the rooms did not get that far; waits for it in any case.
    let closed = tokio::task::spawn_blocking(move || journal.close());
    let closed = tokio::time::timeout(Duration::from_millis(500), closed).await;
    match (rooms, closed) {
        (Ok(()), Ok(Ok(Ok(())))) => Stopped::Clean,
        (Err(_), Ok(Ok(Ok(())))) => Stopped::Late,
        (_, closed) => {
            if let Ok(Ok(Err(error))) = closed {
                tracing::error!(%error, "the journal did not close");
            }
            Stopped::Failed
        }
    }
}

async fn connection(
    stream: TcpStream,
    app: App,
    router: Router,
    mut stopped: watch::Receiver<()>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // Small frames are sent when they are ready, not when the peer has acknowledged the last (FIELD-NOTES).
    stream.set_nodelay(true)?;
    let from = stream.peer_addr()?;
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        let peer = Peer::of(from, request.headers(), &app.settings().trusted_proxies);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        ended = &mut connection => return Ok(ended?),
        // Ends with an error when the sender is gone, which is the sign.
        _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
    }
    Ok(connection.await?)
}

fn is_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
