//! The processes that are measured: this program again, as a server or as the bare echo, on a free port.
//! Each is ended by its own id when it is dropped; nothing is left behind.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long a process may take to serve, and to end.
const LIMIT: Duration = Duration::from_secs(60);
/// How long after its start a process has given back what only its start needed.
const SETTLE: Duration = Duration::from_secs(13);
/// Pause between looks.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// A process that listens.
pub struct Process {
    child: Child,
    address: SocketAddr,
    /// From its start until it served.
    pub started_in: Duration,
}

impl Process {
    /// A server with its data in a folder.
    pub async fn server(folder: &Path) -> anyhow::Result<Process> {
        Process::server_with(folder, &[]).await
    }

    /// The same with these settings of the environment.
    pub async fn server_with(folder: &Path, settings: &[(&str, String)]) -> anyhow::Result<Process> {
        let data = folder.join("data").to_string_lossy().into_owned();
        let flags = |address: &str| {
            let flags = ["serve", "--rates", "off", "--log", "warn", "--listen", address, "--data", &data];
            flags.map(str::to_owned).to_vec()
        };
        Process::start(folder, settings, flags).await
    }

    /// The bare echo and broadcast.
    pub async fn bare(folder: &Path) -> anyhow::Result<Process> {
        Process::start(folder, &[], |address| ["bench", "--bare", address].map(str::to_owned).to_vec()).await
    }

    async fn start(
        folder: &Path,
        settings: &[(&str, String)],
        flags: impl Fn(&str) -> Vec<String>,
    ) -> anyhow::Result<Process> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = File::options().create(true).append(true).open(folder.join("log"))?;
        let began = Instant::now();
        let child = Command::new(std::env::current_exe()?)
            .args(flags(&address.to_string()))
            // Files are measured with larger ones than a server takes by default.
            .envs([("PARLANCE_MEDIA_FILE_MAX_MIB", "1024"), ("PARLANCE_MEDIA_QUOTA_MIB", "65536")])
            .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("this program does not start itself")?;
        let mut process = Process { child, address, started_in: Duration::ZERO };
        while !is_ready(address).await {
            if let Some(status) = process.child.try_wait()? {
                let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
                bail!("the server ended by itself ({status}): {log}");
            }
            ensure!(began.elapsed() < LIMIT, "the server does not serve");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        process.started_in = began.elapsed();
        Ok(process)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its resident memory.
    pub fn resident_bytes(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        let kib: u64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib * 1_024)
    }

    /// Its resident memory at rest: what starting up needed goes back to the system some seconds later.
    pub async fn settled_bytes(&self) -> anyhow::Result<u64> {
        tokio::time::sleep(SETTLE).await;
        self.resident_bytes()
    }

    /// Ends it where it stands.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = Pid::from_raw(i32::try_from(self.child.id())?).context("no process id")?;
        kill_process(id, Signal::TERM)?;
        let began = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(began.elapsed() < LIMIT, "the server does not stop");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether `/readyz` says yes. Listening alone says little: the system takes connections before the program does.
async fn is_ready(address: SocketAddr) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    asked.await.is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 200"))
}

/// A socket is a file: takes as many as the system allows this process; answers how many.
pub fn raise_files() -> u64 {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // If it is refused, fewer connections are opened.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}
