//! A server under test: the real binary in a process of its own, on a folder of its own.
//!
//! Started by tests and benches, killed or stopped by them, started again on the same folder. What it logs goes to a file,
//! whose end is shown when a test fails.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::net::SocketAddr;
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
        copy_files(&self.data(), copy.path())?;
        Ok(copy)
    }
}

fn copy_files(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in fs::read_dir(from)? {
        let file = file?;
        let copy = to.join(file.file_name());
        if file.file_type()?.is_dir() {
            fs::create_dir(&copy)?;
            copy_files(&file.path(), &copy)?;
        } else {
            fs::copy(file.path(), copy)?;
        }
    }
    Ok(())
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

/// The process of a server. Killed when dropped.
struct Process(Child);

/// A server that was started and has not yet been seen to be ready. Killed when dropped.
pub struct Starting {
    process: Process,
    log: PathBuf,
    /// Where in the log this process began to write.
    log_from: u64,
}

/// A running server. Killed when dropped.
pub struct Server {
    process: Process,
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

impl Process {
    fn kill(mut self) -> anyhow::Result<()> {
        self.0.kill()?;
        let status = self.0.wait()?;
        ensure!(
            status.signal() == Some(9),
            "the server had ended by itself: {status}"
        );
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Starting {
    /// Where it listens, once it says so. The server chooses the port: one that was found free beforehand could be
    /// taken by another test's server before this one binds it, and the two tests would then talk to one server.
    pub fn address(&self) -> anyhow::Result<Option<SocketAddr>> {
        let mut log = File::open(&self.log)?;
        log.seek(SeekFrom::Start(self.log_from))?;
        let mut said = String::new();
        log.read_to_string(&mut said)?;
        let address = said.split_once(" listen=").and_then(|(_, rest)| {
            let (address, _) = rest.split_once(' ')?;
            Some(address.parse())
        });
        Ok(address.transpose()?)
    }

    /// Waits until the server says that it is ready.
    pub async fn ready(mut self) -> anyhow::Result<Server> {
        tokio::task::spawn_blocking(move || {
            let begin = Instant::now();
            let agent = crate::api::agent();
            loop {
                if let Some(status) = self.process.0.try_wait()? {
                    bail!("the server ended before it was ready: {status}");
                }
                if let Some(address) = self.address()? {
                    let answer = agent.get(&format!("http://{address}/readyz")).call();
                    if answer.is_ok_and(|answer| answer.status() == 200) {
                        let process = self.process;
                        return Ok(Server { process, address });
                    }
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

    /// Ends the process as a power cut does: SIGKILL, without a word.
    pub fn kill(self) -> anyhow::Result<()> {
        self.process.kill()
    }
}

impl Server {
    /// Starts `cairn serve` on a free port and waits until it is ready.
    pub async fn start(folder: &Folder, flags: &[&str]) -> anyhow::Result<Self> {
        Self::spawn(folder, flags)?.ready().await
    }

    /// Starts `cairn serve` on a free port and does not wait.
    pub fn spawn(folder: &Folder, flags: &[&str]) -> anyhow::Result<Starting> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.log())?;
        let log_from = log.metadata()?.len();
        let mut command = Command::new(binary()?);
        command
            .arg("serve")
            .arg("--listen")
            .arg("127.0.0.1:0")
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
        Ok(Starting {
            process: Process(child),
            log: folder.log(),
            log_from,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.0.id()
    }

    /// An address of its HTTP interface.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Ends the process as a power cut does: SIGKILL, without a word.
    pub fn kill(self) -> anyhow::Result<()> {
        self.process.kill()
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
                if let Some(status) = self.process.0.try_wait()? {
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
        Ok(self.process.0.try_wait()?.is_none())
    }
}
