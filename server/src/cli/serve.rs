//! `cairn serve`: opens the journal, listens, and stops without losing anything.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;
use tokio::net::TcpListener;

use super::{DATA, Outcome};
use crate::auth::Secret;
use crate::clock::Clock;
use crate::config::{Asked, ConfigError, HostAccess, Network, Settings};
use crate::http::assets::WebClient;
use crate::http::limits::Budgets;
use crate::http::serve::{Stopped, serve};
use crate::http::{App, router};
use crate::journal::embedded::EmbeddedJournal;
use crate::journal::{Journal, JournalError};
use crate::retention::{self, Retention};
use crate::rooms::{RoomSettings, Rooms};
use crate::secrets::Secrets;
use crate::webhook::{self, Webhook};

/// Flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(
        long,
        env = "CAIRN_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: SocketAddr,
    /// Folder of the journal; made when missing
    #[arg(long, env = "CAIRN_DATA", default_value = DATA, value_name = "FOLDER")]
    pub data: PathBuf,
    /// Where people reach the server, such as `https://maps.example.org`: scheme, host and port only
    ///
    /// Needed behind a proxy. Pages of this origin are the server's own; with https, cookies are Secure and browsers are
    /// told to stay with https.
    #[arg(long, env = "CAIRN_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Key of the host, who may make maps and open all of them: at least 16 visible ASCII characters
    ///
    /// Needed unless the server can be reached from this machine only: on a loopback address with no other public URL
    /// and no trusted proxy. Other users of this machine see command lines: prefer `CAIRN_HOST_KEY` or --host-key-file.
    /// A good key comes from: openssl rand -hex 24
    #[arg(
        long,
        env = "CAIRN_HOST_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub host_key: Option<String>,
    /// File that holds the host key, such as a mounted secret
    #[arg(long, env = "CAIRN_HOST_KEY_FILE", value_name = "FILE")]
    pub host_key_file: Option<PathBuf>,
    /// Address that is told when a workshop ends, a version is made and a review is due: see docs/webhooks.md
    ///
    /// Needs a secret that both sides know, in `CAIRN_WEBHOOK_SECRET`.
    #[arg(
        long,
        env = "CAIRN_WEBHOOK_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub webhook_url: Option<String>,
    /// What is told is signed with: `whsec_` and 24 to 64 bytes in base64
    ///
    /// Other users of this machine see command lines: prefer the variable. A good one comes from: echo whsec_$(openssl rand -base64 32)
    #[arg(
        long,
        env = "CAIRN_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub webhook_secret: Option<String>,
    /// Delete maps in which nothing was recorded for so many days, with everything of them; kept for ever unless told
    ///
    /// Looked at when the server starts and every hour. Never a map that somebody has open. From a week before, the list of maps and the map
    /// itself say so. It cannot be undone: see docs/forgetting.md
    #[arg(long, env = "CAIRN_KEEP_DAYS", value_name = "DAYS")]
    pub keep_days: Option<u32>,
    /// Let anyone join any room name without a token, making the map on first use: a drop-in for y-websocket's server
    ///
    /// Rooms are at /sync/NAME and, as y-websocket's server has it, at /NAME. Maps made by the host keep their tokens.
    /// Whoever reaches the server can read and change every open room.
    #[arg(long, env = "CAIRN_OPEN", value_parser = FalseyValueParser::new())]
    pub open: bool,
    /// Networks of the proxies in front, such as 127.0.0.1,172.31.77.0/24: believed about X-Forwarded-For
    ///
    /// Rate limits count by the address a trusted proxy names, otherwise by the connection's own.
    #[arg(
        long,
        env = "CAIRN_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "NETWORK"
    )]
    pub trusted_proxies: Vec<Network>,
    /// Origin of another site whose pages may open sockets, such as `https://app.example.org`; may be repeated
    #[arg(
        long = "allow-origin",
        env = "CAIRN_ALLOW_ORIGIN",
        value_delimiter = ',',
        value_name = "ORIGIN"
    )]
    pub allow_origins: Vec<String>,
}

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Settings that may not be served with.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The journal cannot be opened.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose another with --listen")]
    Listen {
        /// Which one.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// No threads or signals.
    #[error("the system refuses what a server needs: {0}")]
    System(io::Error),
}

/// Serves until SIGTERM or SIGINT.
pub fn run(args: ServeArgs) -> Result<Outcome, ServeError> {
    // An empty variable in a compose or unit file means "not set".
    let settings = Settings::check(Asked {
        listen: Some(args.listen),
        data: args.data,
        public_url: args.public_url.filter(|url| !url.is_empty()),
        host_key: args.host_key.map(Secret::new),
        host_key_file: args
            .host_key_file
            .filter(|path| !path.as_os_str().is_empty()),
        open: args.open,
        trusted_proxies: args.trusted_proxies,
        allow_origins: args
            .allow_origins
            .into_iter()
            .filter(|origin| !origin.is_empty())
            .collect(),
        webhook_url: args.webhook_url.map(Secret::new),
        webhook_secret: args.webhook_secret.map(Secret::new),
        keep_days: args.keep_days,
    })?;
    serve_until_stopped(settings, |settings, clock| {
        let journal = EmbeddedJournal::open_to_serve(&settings.data, clock.clone())?;
        let room_settings = RoomSettings {
            secrets: Secrets::beside(&settings.data),
            ..RoomSettings::default()
        };
        Ok((Arc::new(journal), room_settings))
    })
}

/// Serves what is opened with these settings until SIGTERM or SIGINT.
pub(super) fn serve_until_stopped(
    settings: Settings,
    open: impl FnOnce(&Settings, &Clock) -> Result<(Arc<dyn Journal>, RoomSettings), JournalError>,
) -> Result<Outcome, ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(ServeError::System)?;
    let outcome = runtime.block_on(until_stopped(settings, open));
    // Drops what tasks still hold, so that the data file is closed properly; a thread that reads for a request nobody
    // waits for must not hold the process for long.
    runtime.shutdown_timeout(Duration::from_millis(500));
    outcome
}

async fn until_stopped(
    mut settings: Settings,
    open: impl FnOnce(&Settings, &Clock) -> Result<(Arc<dyn Journal>, RoomSettings), JournalError>,
) -> Result<Outcome, ServeError> {
    // Signals first: one that comes while the journal opens is not lost.
    let stop = stop_signal().map_err(ServeError::System)?;
    let clock = Clock::system();
    let (journal, room_settings) = open(&settings, &clock)?;
    let webhook = settings
        .webhook
        .clone()
        .map_or_else(Webhook::default, |target| {
            Webhook::to(target, clock.clone())
        });
    let room_settings = RoomSettings {
        webhook: webhook.clone(),
        ..room_settings
    };
    let rooms = Rooms::new(journal, clock.clone(), room_settings)?;
    if !settings.archive {
        let touched = rooms.catalog().into_iter().map(|entry| entry.touched);
        let now = touched.chain([clock.now_ms()]).max().unwrap_or_default();
        settings.keep = held_to(&settings, now).map_err(ServeError::System)?;
    }
    let address = settings.listen;
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
    let bound = listener.local_addr().map_err(ServeError::System)?;
    let app = App::new(
        rooms.clone(),
        settings,
        WebClient::embedded(),
        Budgets::default(),
    );
    app.listens_at(bound);
    announce(app.settings(), bound);
    let watch = webhook
        .is_on()
        .then(|| tokio::spawn(webhook::watch(rooms.clone(), webhook.clone())));
    let keep = app.settings().keep;
    let keeper = keep.map(|keep| tokio::spawn(retention::watch(rooms.clone(), keep)));
    let sweeper = tokio::spawn(async move { rooms.let_go_of_idle().await });
    let stopped = serve(listener, app.clone(), router(app), stop).await;
    sweeper.abort();
    for task in watch.into_iter().chain(keeper) {
        task.abort();
    }
    match stopped {
        Stopped::Clean => tracing::info!("stopped; everything is durable"),
        Stopped::Late => tracing::warn!("stopped in haste; everything acknowledged is durable"),
        Stopped::Failed => tracing::error!("stopped without closing the journal"),
    }
    Ok(match stopped {
        Stopped::Clean | Stopped::Late => Outcome::Done,
        Stopped::Failed => Outcome::Failed,
    })
}

/// For how long maps are kept, and since when that holds.
fn held_to(settings: &Settings, now: u64) -> io::Result<Option<Retention>> {
    match settings.keep {
        Some(keep) => keep.in_folder(&settings.data, now).map(Some),
        None => Retention::forget(&settings.data).map(|()| None),
    }
}

fn announce(settings: &Settings, bound: SocketAddr) {
    let url = settings.public_url.as_ref().map_or_else(
        || format!("http://{bound}"),
        |url| url.as_str().trim_end_matches('/').to_owned(),
    );
    if settings.archive {
        tracing::info!(%url, listen = %bound, "serving an archive: it can be read, and nothing in it changes");
        return;
    }
    tracing::info!(%url, listen = %bound, data = %settings.data.display(), "serving");
    if matches!(settings.host, HostAccess::Anyone) {
        tracing::info!("no host key: anyone on this machine may make maps");
    }
    if settings.open {
        tracing::warn!("open: whoever reaches this server may join and change any open room");
    }
}

/// Ends on SIGTERM or SIGINT.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
