//! HTTP: routes, guards and the embedded web client (DESIGN §5).
//!
//! `cli::serve` builds an [`App`] and hands [`router`] to `serve`. Handlers read the request, ask the room, and answer:
//! no rule of the workshop is decided here, and nothing blocks the runtime (parsing, folding and writing of whole maps
//! goes through `spawn_blocking`).

pub mod assets;
mod calendar;
mod commands;
mod compare;
pub(crate) mod content;
mod examples;
mod export;
pub(crate) mod extract;
mod forget;
mod guard;
mod health;
mod history;
mod join;
pub mod limits;
mod maps;
pub(crate) mod openapi;
mod ops;
pub mod problem;
mod requests;
mod rounds;
#[cfg(test)]
pub(crate) use rounds::example as rounds_example;
pub mod serve;
mod sync;
#[cfg(test)]
mod tests;
mod versions;
mod workshop;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth;
use crate::config::{self, Settings};
use crate::demo::{self, Demos};
use crate::rooms::Rooms;
use crate::when::rfc3339;
use assets::WebClient;
use limits::{Budgets, Limits};
use requests::Requests;

/// Longest body of a request: no command or new map comes near it.
pub const BODY_BYTES: usize = 2 * 1024 * 1024;
/// Longest map to import: some 20,000 cards, the most a map may have.
pub const IMPORT_BYTES: usize = 16 * 1024 * 1024;

/// What every handler works with.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    rooms: Rooms,
    settings: Settings,
    limits: Limits,
    web: WebClient,
    requests: Requests,
    joining: join::Turns,
    demos: Demos,
    /// Where the listener is, once it listens.
    address: OnceLock<SocketAddr>,
}

impl App {
    /// Handlers over these rooms.
    pub fn new(rooms: Rooms, settings: Settings, web: WebClient, budgets: Budgets) -> Self {
        Self(Arc::new(Inner {
            rooms,
            settings,
            limits: Limits::new(budgets),
            web,
            requests: Requests::default(),
            joining: join::Turns::default(),
            demos: Demos::default(),
            address: OnceLock::new(),
        }))
    }

    /// The rooms behind it.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The settings it serves with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// When a map goes whose last record is of this time, if that is to be said now (KEEP-2).
    fn deleted_on(&self, touched: u64) -> Option<String> {
        let now = self.rooms().clock().now_ms();
        let ends = self.settings().keep?.notice(touched, now)?;
        Some(rfc3339(ends))
    }

    pub(crate) fn demos(&self) -> &Demos {
        &self.0.demos
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    fn web(&self) -> &WebClient {
        &self.0.web
    }

    fn requests(&self) -> &Requests {
        &self.0.requests
    }

    fn joining(&self) -> &join::Turns {
        &self.0.joining
    }

    fn cookie_name(&self) -> &'static str {
        auth::cookie_name(self.settings().is_https())
    }

    /// Says where the listener is. Only the first call counts.
    pub fn listens_at(&self, address: SocketAddr) {
        self.0.address.get_or_init(|| address);
    }

    /// The listener as this process itself reaches it, such as `http://127.0.0.1:8080`; `None` before it listens.
    pub(crate) fn own_address(&self) -> Option<String> {
        self.0
            .address
            .get()
            .map(|address| config::reached_at(*address))
    }
}

/// Every documented route, with its document. The only way to add a route: what is routed is documented.
fn documented() -> OpenApiRouter<App> {
    let large = OpenApiRouter::new()
        .routes(routes!(maps::import))
        .routes(routes!(maps::preview))
        .layer(DefaultBodyLimit::max(IMPORT_BYTES));
    // Only what holds no secret is compressed: a token beside text a stranger chose could be guessed by its size.
    let whole_maps = OpenApiRouter::new()
        .routes(routes!(maps::read))
        .routes(routes!(export::export))
        .routes(routes!(export::state_at))
        .routes(routes!(health::health))
        .routes(routes!(compare::compared))
        .routes(routes!(rounds::rounds))
        .routes(routes!(history::history))
        .routes(routes!(history::records))
        .routes(routes!(history::authors))
        .routes(routes!(versions::versions))
        .routes(routes!(openapi::document))
        .layer(CompressionLayer::new());
    OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(maps::list, maps::create))
        .routes(routes!(calendar::calendar))
        .routes(routes!(join::join))
        .routes(routes!(join::invite))
        .routes(routes!(join::me))
        .routes(routes!(commands::command))
        .routes(routes!(workshop::workshop))
        .routes(routes!(forget::delete))
        .routes(routes!(forget::erase))
        .routes(routes!(demo::start))
        .routes(routes!(sync::sync))
        .routes(routes!(ops::alive))
        .routes(routes!(ops::ready))
        .routes(routes!(ops::metrics))
        .routes(routes!(ops::problem))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .merge(large)
        .merge(whole_maps)
}

/// The whole HTTP side: routes inside, guards around them.
pub fn router(app: App) -> Router {
    let (routes, _) = documented().split_for_parts();
    routes
        // Rooms of an open server may have slashes in their names.
        .route("/sync/{map}/{*rest}", axum::routing::get(sync::sync))
        .fallback(assets::page_or_room)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(from_fn_with_state(app.clone(), guard::archive_is_read))
        .layer(from_fn_with_state(app.clone(), guard::same_origin))
        .layer(from_fn_with_state(app.clone(), guard::within_budget))
        .layer(from_fn(guard::in_time))
        .layer(from_fn_with_state(app.clone(), guard::secure_headers))
        .layer(from_fn_with_state(app.clone(), requests::note))
        .with_state(app)
}
