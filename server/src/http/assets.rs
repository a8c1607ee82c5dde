//! The web client: files built by `client/web` and embedded into the binary (HTTP-8).
//!
//! Called for every path that is no route. A debug build reads the files from disk, so that a new build of the client
//! shows without one of the server. A build without the client compiles and says how to build it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use data_encoding::BASE64URL_NOPAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;

use super::App;
use super::problem::{Kind, Problem};
use super::sync;

/// The page that is the whole client.
const INDEX: &str = "index.html";
/// Files below this carry a hash of their content in their name and never change.
const HASHED: &str = "assets/";
/// Smaller files gain nothing from compression.
const WORTH_COMPRESSING: usize = 1024;

#[derive(RustEmbed)]
#[folder = "../client/web/dist"]
#[allow_missing = true]
struct Dist;

/// One file of the client.
#[derive(Clone)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: String,
    /// A name of its content.
    pub version: [u8; 32],
}

type Find = dyn Fn(&str) -> Option<Asset> + Send + Sync;

/// The files of the client, by path.
#[derive(Clone)]
pub struct WebClient {
    find: Arc<Find>,
    /// Compressed once for everybody, by the content's name.
    compressed: Arc<Mutex<HashMap<[u8; 32], Bytes>>>,
}

impl WebClient {
    /// The files embedded into this binary.
    pub fn embedded() -> Self {
        Self::from_files(|path| {
            let file = Dist::get(path)?;
            let media_type = file.metadata.mimetype().to_owned();
            Some(Asset {
                version: file.metadata.sha256_hash(),
                bytes: file.data,
                media_type,
            })
        })
    }

    /// Files from elsewhere, for tests.
    pub fn from_files(find: impl Fn(&str) -> Option<Asset> + Send + Sync + 'static) -> Self {
        Self {
            find: Arc::new(find),
            compressed: Arc::default(),
        }
    }

    fn gzip(&self, asset: &Asset) -> Option<Bytes> {
        if asset.bytes.len() < WORTH_COMPRESSING || !is_text(&asset.media_type) {
            return None;
        }
        let lock = || {
            self.compressed
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(kept) = lock().get(&asset.version) {
            return Some(kept.clone());
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&asset.bytes).ok()?;
        let bytes = Bytes::from(encoder.finish().ok()?);
        lock().insert(asset.version, bytes.clone());
        Some(bytes)
    }
}

fn is_text(media_type: &str) -> bool {
    [
        "text/",
        "application/json",
        "application/javascript",
        "application/manifest",
        "image/svg",
    ]
    .iter()
    .any(|start| media_type.starts_with(start))
}

/// A page or file of the web client; on an open server also a socket at the root. Everything else is nothing.
pub(super) async fn page_or_room(State(app): State<App>, request: Request) -> Response {
    if sync::is_root_socket(&app, &request) {
        return sync::sync_at_root(app, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(Kind::NoSuchPage).into_response();
    }
    let path = request.uri().path();
    let headers = request.headers();
    if is_page(path) {
        return page(app.web(), headers);
    }
    match (app.web().find)(path.trim_start_matches('/')) {
        // The page itself has one address.
        Some(asset) if path != "/index.html" => file(app.web(), path, &asset, headers),
        // A person with a mangled link gets the client's own page for it; a program gets the problem.
        _ if wants_a_page(headers) && !path.starts_with("/api/") => {
            (StatusCode::NOT_FOUND, page(app.web(), headers)).into_response()
        }
        _ => Problem::new(Kind::NoSuchPage).into_response(),
    }
}

/// Browsers name HTML when a person opens an address, and not when a page fetches one.
fn wants_a_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The addresses the client itself makes sense of.
fn is_page(path: &str) -> bool {
    let below = |prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest: &str| !rest.is_empty())
    };
    path == "/" || below("/join/") || below("/map/")
}

fn page(web: &WebClient, headers: &HeaderMap) -> Response {
    match (web.find)(INDEX) {
        // It names the hashed files: an old copy would ask for files that are gone.
        Some(index) => body(web, &index, headers, "no-store"),
        None => not_built(),
    }
}

fn file(web: &WebClient, path: &str, asset: &Asset, headers: &HeaderMap) -> Response {
    if path.trim_start_matches('/').starts_with(HASHED) {
        return body(web, asset, headers, "public, max-age=31536000, immutable");
    }
    let tag = format!("W/\"{}\"", BASE64URL_NOPAD.encode(&asset.version));
    let mut response = if is_known(headers, &tag) {
        (StatusCode::NOT_MODIFIED, [(CACHE_CONTROL, "no-cache")]).into_response()
    } else {
        body(web, asset, headers, "no-cache")
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// Whether whoever asks has the version of this tag already. Tags are compared weakly, as `If-None-Match` does.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let own = tag.trim_start_matches("W/");
    let known = headers.get_all(IF_NONE_MATCH).into_iter();
    let mut known = known.filter_map(|value| value.to_str().ok());
    known.any(|tags| {
        tags.split(',')
            .any(|one| matches!(one.trim(), "*") || one.trim().trim_start_matches("W/") == own)
    })
}

fn body(web: &WebClient, asset: &Asset, headers: &HeaderMap, cache: &'static str) -> Response {
    let kind = match asset.media_type.as_str() {
        text if text.starts_with("text/") && !text.contains("charset") => {
            format!("{text}; charset=utf-8")
        }
        other => other.to_owned(),
    };
    let common = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, cache.to_owned()),
        (VARY, "accept-encoding".to_owned()),
    ];
    let gzip = if takes_gzip(headers) {
        web.gzip(asset)
    } else {
        None
    };
    if let Some(bytes) = gzip {
        return (common, [(CONTENT_ENCODING, "gzip")], bytes).into_response();
    }
    let bytes = match &asset.bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::copy_from_slice(bytes),
    };
    (common, bytes).into_response()
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("gzip") && weight.replace(' ', "") != "q=0"
    })
}

/// Without the client the interface still works: the page says what is missing.
fn not_built() -> Response {
    let kind = Kind::NotBuilt;
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Cairn</title>\
         <h1>{}</h1><p>{}</p><p>The interface works: <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>\n",
        kind.title(),
        kind.advice().replace('&', "&amp;"),
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    (kind.status(), headers, html).into_response()
}
