//! The program under torture: started, killed, started again on the same folder and port.
//!
//! It is always killed by its own process id, and at the latest when this is dropped.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long a start may take before the run is given up.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long one look may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// Pause between looks whether it serves.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The program, running or not.
pub struct Program {
    path: PathBuf,
    /// Holds the data folder and what the program says on standard error.
    folder: PathBuf,
    address: SocketAddr,
    /// Settings beside those of every run.
    settings: Vec<(&'static str, String)>,
    child: Option<Child>,
}

impl Program {
    /// A program that is not started yet, on a port that was free a moment ago.
    pub fn new(path: PathBuf, folder: &Path) -> anyhow::Result<Program> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        Ok(Program { path, folder: folder.to_owned(), address, settings: Vec::new(), child: None })
    }

    /// The same with settings, as variables of its environment.
    pub fn with(mut self, settings: Vec<(&'static str, String)>) -> Program {
        self.settings = settings;
        self
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address for clients.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts it without waiting.
    pub fn start(&mut self) -> anyhow::Result<()> {
        let log = File::options().create(true).append(true).open(self.log())?;
        let child = Command::new(&self.path)
            .args(["serve", "--listen", &self.address.to_string(), "--data"])
            .arg(self.folder.join("data"))
            .env_clear()
            // Settings of whoever runs this are none of the program's.
            .envs(std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("PARLANCE_")))
            .env("PARLANCE_LIMITS_RATES", "false")
            .env("PARLANCE_LOG_LEVEL", "warn")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", self.path.display()))?;
        self.child = Some(child);
        Ok(())
    }

    /// Waits until it serves; answers how long that took.
    pub async fn serves(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        loop {
            if is_ready(self.address).await {
                return Ok(began.elapsed());
            }
            if let Some(child) = &mut self.child
                && let Some(status) = child.try_wait()?
            {
                bail!("the program ended by itself ({status}):\n{}", self.last_words());
            }
            ensure!(began.elapsed() < START_LIMIT, "the program does not serve:\n{}", self.last_words());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// SIGKILL, and waits until nothing is left of it. Fails if it had ended by itself before.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        if let Some(status) = child.try_wait()? {
            bail!("the program had ended by itself ({status}):\n{}", self.last_words());
        }
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// SIGSTOP: it stands still, with its sockets open.
    pub fn freeze(&self) -> anyhow::Result<()> {
        self.signal(Signal::STOP)
    }

    /// SIGCONT: it goes on where it stood.
    pub fn thaw(&self) -> anyhow::Result<()> {
        self.signal(Signal::CONT)
    }

    /// SIGTERM, and waits until it has ended in order.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        self.signal(Signal::TERM)?;
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let began = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                ensure!(
                    status.success(),
                    "the program did not stop in order ({status}):\n{}",
                    self.last_words()
                );
                return Ok(());
            }
            if began.elapsed() > START_LIMIT {
                child.kill()?;
                child.wait()?;
                bail!("the program did not stop:\n{}", self.last_words());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        let child = self.child.as_ref().context("the program is not running")?;
        let id = Pid::from_raw(child.id().try_into()?).context("a process id")?;
        Ok(kill_process(id, signal)?)
    }

    fn log(&self) -> PathBuf {
        self.folder.join("program.log")
    }

    /// The end of what it said on standard error.
    fn last_words(&self) -> String {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

/// Whether `/readyz` says yes. Listening alone says little: the system takes connections before the program does.
pub async fn is_ready(address: SocketAddr) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(ANSWER_LIMIT, asked).await;
    answer.is_ok_and(|answer| answer.is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 200")))
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended; then there is nothing to do.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
