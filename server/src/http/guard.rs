//! Guards around every route: where a request may come from, how long it may take, which headers an answer carries
//! (HTTP-3, HTTP-4, HTTP-5).

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use url::Url;

use super::App;
use super::limits::Peer;
use super::problem::{Kind, Problem};
use crate::config::{Settings, is_loopback_host};

/// Longest time from the first byte of a request to its answer: a 16 MiB import over a slow line.
const REQUEST_TIME: Duration = Duration::from_mins(1);

/// Only the server's own scripts run, nothing frames it, nothing is sent elsewhere. Styles may be inline: a drag moves
/// a card by its style attribute.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
);

/// A request that changes something and says from which page it comes must come from this server's own (HTTP-3).
pub(super) async fn same_origin(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes && !is_own_origin(request.headers(), app.settings()) {
        return Err(Problem::new(Kind::ForeignOrigin));
    }
    Ok(next.run(request).await)
}

/// An archive is read (ARCHIVE-5): whatever would change something is refused before anything looks at it.
pub(super) async fn archive_is_read(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if app.settings().archive && !reads {
        return Err(Problem::new(Kind::Archive));
    }
    Ok(next.run(request).await)
}

/// Whether a request comes from no page at all, or from a page of this server: of the public URL, or of the very host
/// the request was sent to.
pub(super) fn is_own_origin(headers: &HeaderMap, settings: &Settings) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Some(origin) = origin
        .to_str()
        .ok()
        .and_then(|origin| Url::parse(origin).ok())
    else {
        return false;
    };
    let public = settings.public_url.as_ref();
    public.is_some_and(|url| url.origin() == origin.origin()) || is_host_of(headers, &origin)
}

/// As [`is_own_origin`], and pages that may open sockets besides: those of `--allow-origin`, and on an open server that
/// only this machine reaches those of other local servers, where the page under development is.
pub(super) fn may_open_socket(headers: &HeaderMap, settings: &Settings) -> bool {
    if is_own_origin(headers, settings) {
        return true;
    }
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let Some(origin) = origin.and_then(|origin| Url::parse(origin).ok()) else {
        return false;
    };
    let listed = origin.origin().ascii_serialization();
    let local = settings.open && settings.listen.ip().is_loopback() && is_loopback_host(&origin);
    local || settings.allow_origins.contains(&listed)
}

/// Whether the page's host and port are those the request was sent to. The scheme is not compared: behind a proxy the
/// server does not see it.
fn is_host_of(headers: &HeaderMap, origin: &Url) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    // Parsed with the page's scheme, so that a port left out means the same on both sides.
    let Ok(own) = Url::parse(&format!("{}://{host}", origin.scheme())) else {
        return false;
    };
    own.host().is_some()
        && own.host() == origin.host()
        && own.port_or_known_default() == origin.port_or_known_default()
}

/// Charges the address that asks (HTTP-6).
pub(super) async fn within_budget(
    State(app): State<App>,
    peer: Peer,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    app.limits().request(peer)?;
    Ok(next.run(request).await)
}

/// Ends a request whose body trickles or whose work hangs (HTTP-5).
pub(super) async fn in_time(request: Request, next: Next) -> Result<Response, Problem> {
    let answered = tokio::time::timeout(REQUEST_TIME, next.run(request)).await;
    answered.map_err(|_| Problem::new(Kind::TooSlow))
}

/// Gives every answer the headers that bind a browser (HTTP-4).
pub(super) async fn secure_headers(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.insert(name, value);
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if app.settings().is_https() {
        // A year, for this host only: what else the domain serves is not ours to bind.
        set(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}

/// A route that is there, by a method it does not take. The router adds `Allow`.
pub(super) async fn wrong_method() -> Problem {
    Problem::new(Kind::WrongMethod)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Asked;

    fn settings(change: impl FnOnce(&mut Asked)) -> Settings {
        let mut asked = Asked::default();
        change(&mut asked);
        Settings::check(asked).unwrap()
    }

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn http_3_own_means_the_host_asked_or_the_public_url() {
        let settings = settings(|asked| {
            asked.public_url = Some("https://maps.example.org".to_owned());
            asked.host_key = Some(crate::auth::Secret::new("0123456789abcdef"));
        });
        for (host, origin) in [
            ("a.example", None),
            ("a.example", Some("http://a.example")),
            ("a.example", Some("https://a.example")),
            ("a.example:443", Some("https://a.example")),
            ("a.example:8080", Some("http://a.example:8080")),
            ("[::1]:8080", Some("http://[::1]:8080")),
            ("A.Example", Some("http://a.example")),
            ("10.0.0.1:3000", Some("https://maps.example.org")),
        ] {
            assert!(
                is_own_origin(&headers(host, origin), &settings),
                "{host} {origin:?}"
            );
        }
        for (host, origin) in [
            ("a.example", "http://b.example"),
            ("a.example", "http://a.example:81"),
            ("a.example:8080", "http://a.example"),
            ("a.example", "http://a.example.evil"),
            ("a.example", "null"),
            ("a.example", ""),
            ("maps.example.org", "http://maps.example.org:8080"),
            ("127.0.0.1:8080", "http://127.0.0.1:3000"),
        ] {
            assert!(
                !is_own_origin(&headers(host, Some(origin)), &settings),
                "{host} {origin}"
            );
            assert!(
                !may_open_socket(&headers(host, Some(origin)), &settings),
                "{host} {origin}"
            );
        }
    }

    #[test]
    fn http_3_sockets_open_from_listed_origins_and_locally_on_an_open_server() {
        let listed = settings(|asked| asked.allow_origins = vec!["https://app.example".to_owned()]);
        assert!(may_open_socket(
            &headers("a.b", Some("https://app.example")),
            &listed
        ));
        assert!(!is_own_origin(
            &headers("a.b", Some("https://app.example")),
            &listed
        ));
        assert!(!may_open_socket(
            &headers("a.b", Some("http://app.example")),
            &listed
        ));
        let page = headers("localhost:1234", Some("http://localhost:3000"));
        assert!(!may_open_socket(&page, &settings(|_| ())));
        let open = settings(|asked| asked.open = true);
        assert!(may_open_socket(&page, &open));
        let evil = headers("localhost:1234", Some("https://evil.example"));
        assert!(!may_open_socket(&evil, &open));
    }
}
