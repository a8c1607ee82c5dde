//! Log lines: to standard error, for people or as JSON. Set up once, by `main`.
//!
//! No line may hold a token, a name or a card's text: whoever writes one names ids, numbers and patterns only. Libraries are not
//! asked: at their most talkative some write down every byte they carry, so that level of theirs is never written.

use std::io::IsTerminal as _;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};
use tracing_subscriber::{EnvFilter, fmt, registry};

use super::LogFormat;

/// What went wrong with logging.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level or directives cannot be read.
    #[error(
        "--log {found:?} is no log level: give off, error, warn, info, debug, trace, or directives"
    )]
    Filter {
        /// As given.
        found: String,
    },
    /// Set up twice.
    #[error(transparent)]
    Init(#[from] TryInitError),
}

/// Starts logging.
pub fn start(format: LogFormat, filter: &str) -> Result<(), LogError> {
    let parsed = EnvFilter::try_new(filter);
    let filter = parsed.map_err(|_| LogError::Filter {
        found: filter.to_owned(),
    })?;
    let filter = filter.and(filter_fn(holds_no_content));
    let lines = fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let lines = lines.with_ansi(colours).with_target(false);
            registry().with(lines.with_filter(filter)).try_init()?;
        }
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true);
            registry().with(lines.with_filter(filter)).try_init()?;
        }
    }
    Ok(())
}

/// The WebSocket library, for one, writes each frame down at `trace`, ballots and tokens with it; what draws names each letter that no font has;
/// what sends notices names the whole address at `debug` once `trace` is on.
fn holds_no_content(line: &Metadata<'_>) -> bool {
    const DRAWING: [&str; 4] = ["usvg", "resvg", "krilla", "fontdb"];
    let library = line.target().split("::").next().unwrap_or_default();
    let draws = DRAWING.contains(&library);
    let names_addresses = library.starts_with("ureq") && *line.level() > Level::WARN;
    !draws && !names_addresses && (*line.level() != Level::TRACE || library.starts_with("cairn"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn hook_5_what_sends_notices_names_no_address_at_any_level() {
        let written = Written::default();
        let to = written.clone();
        let lines = fmt::layer()
            .with_ansi(false)
            .with_writer(move || to.clone());
        let filter = EnvFilter::new("trace").and(filter_fn(holds_no_content));
        let subscriber = registry().with(lines.with_filter(filter));
        tracing::subscriber::with_default(subscriber, || {
            tracing::trace!(target: "ureq::run", "https://hooks.example.org/hidden");
            tracing::debug!(target: "ureq_proto::client", "https://hooks.example.org/hidden");
            tracing::info!(target: "cairn_server::webhook", "taken");
        });
        let lines = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(
            lines.contains("taken") && !lines.contains("hidden"),
            "{lines}"
        );
    }
}
