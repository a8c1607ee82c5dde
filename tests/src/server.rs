//! A server under test: the real binary in a process of its own, on a folder of its own.
//!
//! Started by tests and benches, killed or stopped by them, started again on the same folder. What it logs goes to a file,
//! whose end is shown when a test fails.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;

use crate::PATIENCE;

/// Between two looks at whether the server is ready or gone.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// Lines of the log shown when a test fails.
const LOG_LINES: usize = 40;

/// A folder for a server's data and log. Removed when dropped, kept when a test fails.
pub struct Folder(Option<TempDir>);

impl Folder {
    /// A new, empty one.
    pub fn new() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("cairn-test-").tempdir()?;
        Ok(Self(Some(folder)))
    }

    fn path(&self) -> &Path {
        self.0.as_ref().expect("taken only when dropped").path()
    }

    /// Where the journal is.
    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// What the server said.
    pub fn log(&self) -> PathBuf {
        self.path().join("server.log")
    }

    /// A copy of the data as it lies there, for a look that must not touch the original.
    pub fn copy_of_data(&self) -> anyhow::Result<TempDir> {
        let copy = tempfile::Builder::new().prefix("cairn-copy-").tempdir()?;
        for file in fs::read_dir(self.data())? {
            let file = file?;
            fs::copy(file.path(), copy.path().join(file.file_name()))?;
        }
        Ok(copy)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !thread::panicking() {
            return;
        }
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let end = &lines[lines.len().saturating_sub(LOG_LINES)..];
        eprintln!("--- end of the server's log ---\n{}\n---", end.join("\n"));
        if let Some(folder) = self.0.take() {
            eprintln!("data and log are kept in {}", folder.keep().display());
        }
    }
}

/// A running server. Killed when dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

/// The program under test: `CAIRN_BIN`, or `cairn` in the target folder of this executable.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("CAIRN_BIN") {
        return Ok(path.into());
    }
    let here = std::env::current_exe()?;
    // target/debug/deps/crash-…, or target/release/bench.
    let found = here
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("cairn"))
        .find(|path| path.is_file());
    found.with_context(|| {
        format!(
            "no cairn beside {}: run `cargo build -p cairn-server --bin cairn`, or set CAIRN_BIN",
            here.display()
        )
    })
}

impl Server {
    /// Starts `cairn serve` on a free port and waits until it is ready.
    pub async fn start(folder: &Folder, flags: &[&str]) -> anyhow::Result<Self> {
        let server = Self::spawn(folder, flags)?;
        server.ready().await
    }

    /// Starts `cairn serve` on a free port and does not wait.
    pub fn spawn(folder: &Folder, flags: &[&str]) -> anyhow::Result<Self> {
        let address = free_address()?;
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.log())?;
        let mut command = Command::new(binary()?);
        command
            .arg("serve")
            .arg("--listen")
            .arg(address.to_string())
            .arg("--data")
            .arg(folder.data());
        // Nothing of the surroundings may change what is tested.
        let settings = std::env::vars_os().map(|(name, _)| name);
        for name in settings.filter(|name| name.to_string_lossy().starts_with("CAIRN_")) {
            command.env_remove(name);
        }
        let child = command
            .args(flags)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the server could not be started")?;
        Ok(Self { child, address })
    }

    /// Waits until the server says that it is ready.
    pub async fn ready(mut self) -> anyhow::Result<Self> {
        tokio::task::spawn_blocking(move || {
            let begin = Instant::now();
            let agent = crate::api::agent();
            let url = format!("http://{}/readyz", self.address);
            loop {
                if let Some(status) = self.child.try_wait()? {
                    bail!("the server ended before it was ready: {status}");
                }
                if agent
                    .get(&url)
                    .call()
                    .is_ok_and(|answer| answer.status() == 200)
                {
                    return Ok(self);
                }
                ensure!(
                    begin.elapsed() < PATIENCE,
                    "the server did not become ready"
                );
                thread::sleep(LOOK_EVERY);
            }
        })
        .await?
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// An address of its HTTP interface.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Ends the process as a power cut does: SIGKILL, without a word.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        let status = self.child.wait()?;
        ensure!(
            status.signal() == Some(9),
            "the server had ended by itself: {status}"
        );
        Ok(())
    }

    /// Asks the process to stop (SIGTERM).
    pub fn terminate(&self) -> anyhow::Result<()> {
        let status = Command::new("kill")
            .arg("-TERM")
            .arg(self.pid().to_string())
            .status()?;
        ensure!(status.success(), "no signal could be sent: {status}");
        Ok(())
    }

    /// Waits for the process to end by itself; says how, and how long that took from now on.
    pub async fn ended(mut self) -> anyhow::Result<(ExitStatus, Duration)> {
        tokio::task::spawn_blocking(move || {
            let begin = Instant::now();
            loop {
                if let Some(status) = self.child.try_wait()? {
                    return Ok((status, begin.elapsed()));
                }
                ensure!(begin.elapsed() < PATIENCE, "the server did not end");
                thread::sleep(LOOK_EVERY);
            }
        })
        .await?
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_address() -> anyhow::Result<SocketAddr> {
    let probe = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(probe.local_addr()?)
}
