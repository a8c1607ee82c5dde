//! For whoever runs the server: is it alive, is it ready, what does it do.

use std::fmt::Write as _;
use std::net::IpAddr;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::App;
use super::extract::Shown;
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};

/// The process answers. Restart it when it does not.
#[utoipa::path(get, path = "/healthz", tag = "server", operation_id = "alive", security(()),
    responses((status = 200, body = String, content_type = "text/plain"), OnProblem))]
pub(super) async fn alive() -> Response {
    plain("ok\n".to_owned())
}

/// The journal takes records. A proxy should send nobody here while it does not.
#[utoipa::path(get, path = "/readyz", tag = "server", operation_id = "ready", security(()),
    responses((status = 200, body = String, content_type = "text/plain"), OnProblem))]
pub(super) async fn ready(State(app): State<App>) -> Result<Response, Problem> {
    match app.rooms().journal().health() {
        Ok(()) => Ok(plain("ready\n".to_owned())),
        Err(error) => {
            tracing::error!(%error, "not ready");
            Err(Problem::new(Kind::NotReady))
        }
    }
}

/// Counters in Prometheus' text format. Read without a key from the server's own machine, with the host key from
/// anywhere else.
#[utoipa::path(get, path = "/metrics", tag = "server", operation_id = "metrics", security((), ("host" = [])),
    responses((status = 200, body = String, content_type = "text/plain"), OnProblem))]
pub(super) async fn metrics(State(app): State<App>, shown: Shown) -> Result<Response, Problem> {
    if !(is_beside(&shown) || shown.is_host(&app)?) {
        return Err(match shown.presented.bearer {
            Some(_) => app.limits().failure(shown.peer, Kind::HostOnly),
            None => Problem::new(Kind::HostOnly),
        });
    }
    let mut text = String::new();
    let mut metric = |name: &str, kind: &str, help: &str, value: u64| {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n"
        );
    };
    let rooms = app.rooms().stats();
    metric("cairn_rooms_open", "gauge", "Rooms in memory.", rooms.rooms);
    metric(
        "cairn_connections",
        "gauge",
        "Sockets open.",
        rooms.connections,
    );
    metric(
        "cairn_records_total",
        "counter",
        "Records appended to journals.",
        rooms.records,
    );
    metric(
        "cairn_edit_frames_total",
        "counter",
        "Frames with edits queued to sockets.",
        rooms.edit_frames,
    );
    metric(
        "cairn_diffs_total",
        "counter",
        "State diffs sent to readers who had fallen behind.",
        rooms.diffs,
    );
    metric(
        "cairn_demos_running",
        "gauge",
        "Demonstrations running.",
        app.demos().running(),
    );
    let healthy = app.rooms().journal().health().is_ok();
    metric(
        "cairn_journal_healthy",
        "gauge",
        "1 while the journal takes records.",
        healthy.into(),
    );
    app.requests().write(&mut text);
    Ok(plain_versioned(text))
}

/// A scraper on the same machine, not through a proxy.
fn is_beside(shown: &Shown) -> bool {
    let is_loopback = match shown.peer.0 {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.to_canonical().is_loopback(),
    };
    is_loopback && shown.presented.local
}

/// What a kind of problem means and what to do about it: the page its `type` names.
#[utoipa::path(get, path = "/problems/{kind}", tag = "server", operation_id = "problem", security(()),
    params(("kind" = String, Path, description = "The last part of a problem's `type`")),
    responses((status = 200, body = String, content_type = "text/plain"), OnProblem))]
pub(super) async fn problem(
    kind: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Response, Problem> {
    let found = kind
        .ok()
        .and_then(|Path(slug)| Kind::ALL.iter().find(|kind| kind.slug() == slug));
    let kind = found.ok_or_else(|| Problem::new(Kind::NoSuchPage))?;
    Ok(plain(format!(
        "{} (HTTP {})\n\n{}\n",
        kind.title(),
        kind.status().as_u16(),
        kind.advice()
    )))
}

fn plain(text: String) -> Response {
    (
        [
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

/// The version tells Prometheus which text format this is.
fn plain_versioned(text: String) -> Response {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], text).into_response()
}
