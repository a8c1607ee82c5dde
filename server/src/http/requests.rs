//! Every request noted: one line in the log, one count in the metrics. The outermost layer.
//!
//! The line names the route's pattern, never the path, query or headers: those may hold tokens, names and room names
//! (HTTP-7).

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use super::App;

/// Requests answered, by the first digit of their status.
#[derive(Debug, Default)]
pub(super) struct Requests([AtomicU64; 5]);

impl Requests {
    fn count(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100);
        if let Some(count) = class.checked_sub(1).and_then(|class| self.0.get(class)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// In Prometheus' text format.
    pub(super) fn write(&self, text: &mut String) {
        let name = "cairn_http_requests_total";
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "# HELP {name} Requests answered.\n# TYPE {name} counter\n"
        );
        for (class, count) in (1..).zip(&self.0) {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "{name}{{status=\"{class}xx\"}} {count}");
        }
    }
}

/// Notes a request once it is answered.
pub(super) async fn note(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    app.requests().count(status);
    let route = route.as_ref().map_or("(page)", MatchedPath::as_str);
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    if status.is_server_error() {
        tracing::warn!(%method, route, status = status.as_u16(), micros, "request");
    } else if matches!(route, "/healthz" | "/readyz" | "/metrics" | "(page)") {
        // Asked every few seconds, or many at once for one page.
        tracing::debug!(%method, route, status = status.as_u16(), micros, "request");
    } else {
        tracing::info!(%method, route, status = status.as_u16(), micros, "request");
    }
    response
}
