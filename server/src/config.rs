//! Settings of `cairn serve`, checked: who may act as the host, under which address people reach the server.
//!
//! Made by `cli` from flags and environment, read by everything that serves. Never holds a setting that was not checked
//! (CONF-1 … CONF-4), and never shows the host key.

mod network;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use url::{Host, Url};

use crate::auth::{HostKey, Secret};
use crate::retention::Retention;
use crate::webhook::{BadSecret, SigningSecret, Target};
pub use network::{Network, NotANetwork};

/// Shortest host key: 16 characters of a random key are beyond guessing, and no word is that long.
pub const HOST_KEY_CHARS: usize = 16;

/// What `serve` was told, unchecked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Address and port to listen on.
    pub listen: Option<SocketAddr>,
    /// Folder of the journal.
    pub data: PathBuf,
    /// Where people reach the server.
    pub public_url: Option<String>,
    /// The host key itself.
    pub host_key: Option<Secret>,
    /// A file that holds it.
    pub host_key_file: Option<PathBuf>,
    /// Any room name may be joined without a token.
    pub open: bool,
    /// Networks of proxies in front, which name the client's address.
    pub trusted_proxies: Vec<Network>,
    /// Other origins whose pages may open sockets.
    pub allow_origins: Vec<String>,
    /// Who is told of what happens. Its path often is the secret.
    pub webhook_url: Option<Secret>,
    /// What that is signed with.
    pub webhook_secret: Option<Secret>,
    /// Days that a map is kept in which nothing happens.
    pub keep_days: Option<u32>,
}

/// Settings that may be served with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address and port to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Folder of the journal.
    pub data: PathBuf,
    /// Scheme, host and port under which people reach the server, when it was given.
    pub public_url: Option<Url>,
    /// Who is the host.
    pub host: HostAccess,
    /// Any room name may be joined without a token, and comes to be on first use.
    pub open: bool,
    /// Who is believed about `X-Forwarded-For`.
    pub trusted_proxies: Vec<Network>,
    /// Other origins whose pages may open sockets, as `scheme://host[:port]`.
    pub allow_origins: Vec<String>,
    /// Who is told of workshops, versions and due reviews.
    pub webhook: Option<Target>,
    /// How long a map is kept in which nothing is recorded; for ever unless told.
    pub keep: Option<Retention>,
    /// What is served is an archive: everyone on this machine reads it, nobody changes it (ARCHIVE-5).
    pub archive: bool,
}

/// Who is the host (ROLE-8).
#[derive(Clone, Debug)]
pub enum HostAccess {
    /// Whoever presents this key.
    Key(HostKey),
    /// Anyone: the server is reachable from this machine only.
    Anyone,
}

/// Settings that may not be served with. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// CONF-1.
    #[error(
        "{where_} can be reached from other machines, so only the holder of a host key may create maps there: \
         set --host-key, CAIRN_HOST_KEY or CAIRN_HOST_KEY_FILE. A good one comes from: openssl rand -hex 24"
    )]
    KeyNeeded {
        /// What makes it public.
        where_: String,
    },
    /// CONF-2.
    #[error(
        "the host key has {found} characters and needs at least {HOST_KEY_CHARS}. A good one comes from: openssl rand -hex 24"
    )]
    KeyTooShort {
        /// Its length.
        found: usize,
    },
    /// CONF-2.
    #[error(
        "the host key may hold only visible ASCII characters, and spaces between them: it travels in an HTTP header"
    )]
    KeyNotAscii,
    /// ARCHIVE-5.
    #[error(
        "{listen} can be reached from other machines, and an archive shows itself to everyone who asks: \
         listen on a loopback address, such as 127.0.0.1:8090"
    )]
    ArchiveInPublic {
        /// The address.
        listen: SocketAddr,
    },
    /// Two sources.
    #[error("--host-key and --host-key-file were both given: give one")]
    TwoKeys,
    /// The file of the key.
    #[error("the host key file {path} cannot be read: {source}")]
    KeyFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// CONF-3.
    #[error(
        "--public-url {found:?} is not the address of a server: give scheme, host and port only, such as https://maps.example.org"
    )]
    PublicUrl {
        /// As given.
        found: String,
    },
    /// CONF-5.
    #[error(
        "the webhook needs both an address and a secret: set --webhook-url and CAIRN_WEBHOOK_SECRET, or neither"
    )]
    HalfWebhook,
    /// CONF-5. The address is not repeated: it may hold a secret.
    #[error("--webhook-url is not an address: give one such as https://hooks.example.org/cairn")]
    WebhookUrl,
    /// CONF-5.
    #[error(transparent)]
    WebhookSecret(#[from] BadSecret),
    /// KEEP-1.
    #[error(
        "--keep-days takes 1 to {} days; leave it out to keep maps for ever",
        Retention::MOST_DAYS
    )]
    KeepDays,
    /// CONF-3.
    #[error(
        "--allow-origin {found:?} is not an origin: give scheme, host and port only, such as https://app.example.org"
    )]
    AllowOrigin {
        /// As given.
        found: String,
    },
}

/// Where the server listens unless told.
pub fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

impl Settings {
    /// Checks what was asked for. Reads the host key's file; touches nothing else.
    pub fn check(asked: Asked) -> Result<Self, ConfigError> {
        let listen = asked.listen.unwrap_or_else(default_listen);
        let public_url = asked.public_url.as_deref().map(public_url).transpose()?;
        let key = host_key(asked.host_key, asked.host_key_file.as_deref())?;
        let host = match key {
            Some(key) => HostAccess::Key(key),
            None => match public_by(listen, public_url.as_ref(), &asked.trusted_proxies) {
                Some(where_) => return Err(ConfigError::KeyNeeded { where_ }),
                None => HostAccess::Anyone,
            },
        };
        let webhook = webhook(asked.webhook_url, asked.webhook_secret, public_url.as_ref())?;
        let allow_origins = asked
            .allow_origins
            .iter()
            .map(|origin| allow_origin(origin));
        Ok(Self {
            listen,
            data: asked.data,
            public_url,
            host,
            open: asked.open,
            trusted_proxies: asked.trusted_proxies,
            allow_origins: allow_origins.collect::<Result<_, _>>()?,
            webhook,
            keep: asked.keep_days.map(keep).transpose()?,
            archive: false,
        })
    }

    /// To serve an archive: on this machine alone, because who is asked for nothing reads all of it.
    pub fn of_archive(listen: SocketAddr) -> Result<Self, ConfigError> {
        if !listen.ip().is_loopback() {
            return Err(ConfigError::ArchiveInPublic { listen });
        }
        let asked = Asked {
            listen: Some(listen),
            ..Asked::default()
        };
        Ok(Self {
            archive: true,
            ..Self::check(asked)?
        })
    }

    /// Whether people come by https: cookies are `Secure` then.
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https")
    }
}

/// What makes the server reachable from other machines, if anything does (CONF-1).
fn public_by(
    listen: SocketAddr,
    public_url: Option<&Url>,
    trusted_proxies: &[Network],
) -> Option<String> {
    if !listen.ip().is_loopback() {
        return Some(listen.to_string());
    }
    match public_url {
        Some(url) if !is_loopback_host(url) => Some(url.origin().ascii_serialization()),
        Some(_) => None,
        None if trusted_proxies.is_empty() => None,
        None => Some("a server behind a proxy (--trusted-proxies)".to_owned()),
    }
}

/// A listener as this machine itself reaches it, such as `http://127.0.0.1:8080`.
pub fn reached_at(listen: SocketAddr) -> String {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, listen.port()))
}

/// Whether a URL names this machine.
pub fn is_loopback_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_loopback_name(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether a host name, or an address as in a URL, always means this machine (RFC 6761 §6.3 for `localhost`).
pub fn is_loopback_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || name.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn bare_origin(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    bare.then_some(url)
}

fn public_url(text: &str) -> Result<Url, ConfigError> {
    bare_origin(text).ok_or_else(|| ConfigError::PublicUrl {
        found: text.to_owned(),
    })
}

fn allow_origin(text: &str) -> Result<String, ConfigError> {
    let url = bare_origin(text).ok_or_else(|| ConfigError::AllowOrigin {
        found: text.to_owned(),
    })?;
    Ok(url.origin().ascii_serialization())
}

fn keep(days: u32) -> Result<Retention, ConfigError> {
    Retention::of_days(days).ok_or(ConfigError::KeepDays)
}

fn webhook(
    url: Option<Secret>,
    secret: Option<Secret>,
    public_url: Option<&Url>,
) -> Result<Option<Target>, ConfigError> {
    // An empty variable in a compose or unit file means "not set".
    let url = url.filter(|url| !url.reveal().is_empty());
    let secret = secret.filter(|secret| !secret.reveal().is_empty());
    let (url, secret) = match (url, secret) {
        (None, None) => return Ok(None),
        (Some(url), Some(secret)) => (url, secret),
        (Some(_), None) | (None, Some(_)) => return Err(ConfigError::HalfWebhook),
    };
    let url = Url::parse(url.reveal()).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    Ok(Some(Target {
        url: url.ok_or(ConfigError::WebhookUrl)?,
        secret: SigningSecret::parse(secret.reveal())?,
        public_url: public_url.cloned(),
    }))
}

/// The host key from whichever of its sources was given (CONF-2).
pub fn host_key(
    given: Option<Secret>,
    file: Option<&Path>,
) -> Result<Option<HostKey>, ConfigError> {
    // An empty variable in a compose or unit file means "not set".
    let given = given
        .map(|secret| secret.reveal().to_owned())
        .filter(|key| !key.is_empty());
    let key = match (given, file) {
        (Some(_), Some(_)) => return Err(ConfigError::TwoKeys),
        (Some(key), None) => key,
        (None, Some(path)) => {
            let read = std::fs::read_to_string(path);
            let text = read.map_err(|source| ConfigError::KeyFile {
                path: path.to_owned(),
                source,
            })?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        (None, None) => return Ok(None),
    };
    if key.trim() != key
        || !key
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
    {
        return Err(ConfigError::KeyNotAscii);
    }
    if key.len() < HOST_KEY_CHARS {
        return Err(ConfigError::KeyTooShort { found: key.len() });
    }
    Ok(Some(HostKey::new(&key)))
}
