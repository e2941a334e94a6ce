//! PostgreSQL of the run's own: a primary and a standby that every commit waits for, in two folders that change roles.
//!
//! A fail-over kills the primary as a power cut would, promotes the standby, and makes a new standby in the folder of the
//! one that died. The next fail-over waits until that one holds everything.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::process::Command;

/// How long a server may take to be there, and a standby to have everything.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Whom the servers run as where this tool is root: they refuse to be root themselves.
const OWNER: &str = "postgres";
/// The database of the nodes.
pub const DATABASE: &str = "parlance";
/// How much later a standby is, in the planted bug in which commits do not wait for it.
const LAG: Duration = Duration::from_secs(2);

/// A primary and its standby.
pub struct Pair {
    folder: PathBuf,
    addresses: [SocketAddr; 2],
    servers: [Option<Child>; 2],
    primary: usize,
    /// Whether commits wait for the standby; not in a planted bug.
    synchronous: bool,
}

impl Pair {
    /// Starts both below a folder.
    pub async fn start(folder: &Path, synchronous: bool) -> anyhow::Result<Pair> {
        let folder = folder.join("postgres");
        std::fs::create_dir(&folder)?;
        if is_root() {
            done(Command::new("chown").arg(OWNER).arg(&folder)).await?;
        }
        // Both at the same time, or they could be the same.
        let listeners = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let addresses = [listeners[0].local_addr()?, listeners[1].local_addr()?];
        drop(listeners);
        let mut pair = Pair { folder, addresses, servers: [None, None], primary: 0, synchronous };
        let data = pair.data(0);
        let mut initdb = program("initdb")?;
        initdb.args(["--auth", "trust", "--username", "parlance", "--encoding", "UTF8", "--no-sync", "-D"]);
        done(initdb.arg(data)).await?;
        pair.run(0).await?;
        pair.sql("postgres", &format!("CREATE DATABASE {DATABASE}")).await?;
        pair.make_standby().await?;
        Ok(pair)
    }

    /// Where the servers are, whichever is the primary.
    pub fn addresses(&self) -> [SocketAddr; 2] {
        self.addresses
    }

    fn data(&self, place: usize) -> PathBuf {
        self.folder.join(format!("data{place}"))
    }

    /// Starts a server and waits until it takes connections.
    async fn run(&mut self, place: usize) -> anyhow::Result<()> {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.join("log"))?;
        let mut server = program("postgres")?;
        server.arg("-D").arg(self.data(place)).arg("-k").arg(&self.folder);
        server.args(["-p", &self.addresses[place].port().to_string(), "-c", "listen_addresses=127.0.0.1"]);
        server
            .args(["-c", "shared_buffers=64MB", "-c", "wal_retrieve_retry_interval=200ms"])
            .stdout(Stdio::null())
            .stderr(log);
        self.servers[place] = Some(server.into_std().spawn()?);
        let began = Instant::now();
        let port = self.addresses[place].port().to_string();
        while done(program("pg_isready")?.args(["-q", "-h", "127.0.0.1", "-p", &port])).await.is_err() {
            ensure!(
                began.elapsed() < PATIENCE,
                "PostgreSQL does not start; its log is in {}",
                self.folder.display()
            );
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Makes the other server a standby, and has commits wait for it.
    pub async fn make_standby(&mut self) -> anyhow::Result<()> {
        let standby = 1 - self.primary;
        let data = self.data(standby);
        if data.exists() {
            tokio::fs::remove_dir_all(&data).await?;
        }
        let from = format!(
            "host=127.0.0.1 port={} user=parlance application_name=standby",
            self.addresses[self.primary].port()
        );
        let mut copy = program("pg_basebackup")?;
        copy.arg("-D").arg(&data).args(["-R", "-c", "fast", "--no-sync", "-d", &from]);
        done(&mut copy).await?;
        self.run(standby).await?;
        if !self.synchronous {
            return Ok(());
        }
        self.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby'").await?;
        self.sql("postgres", "SELECT pg_reload_conf()").await?;
        self.wait("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1").await?;
        // Whoever commits now waits; what was committed before has to arrive.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let end = self.sql("postgres", "SELECT pg_current_wal_flush_lsn()").await?;
        self.wait(&format!("SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= '{end}'"), "1").await
    }

    async fn wait(&self, query: &str, wanted: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        while self.sql("postgres", query).await? != wanted {
            ensure!(began.elapsed() < PATIENCE, "the standby does not have everything");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Kills the primary with all its processes and promotes the standby.
    pub async fn fail_over(&mut self) -> anyhow::Result<()> {
        let standby = 1 - self.primary;
        if !self.synchronous {
            self.hold_back(standby).await?;
        }
        let data = self.data(self.primary);
        kill(&mut self.servers[self.primary], &data)?;
        let data = self.data(standby);
        let mut promote = program("pg_ctl")?;
        promote.arg("promote").arg("-s").arg("-w").arg("-D").arg(data);
        done(&mut promote).await?;
        self.primary = standby;
        Ok(())
    }

    /// Has the standby fall behind: it is told of no primary any more.
    async fn hold_back(&self, standby: usize) -> anyhow::Result<()> {
        self.sql_at(standby, "postgres", "ALTER SYSTEM SET primary_conninfo = ''").await?;
        self.sql_at(standby, "postgres", "SELECT pg_reload_conf()").await?;
        let began = Instant::now();
        while self.sql_at(standby, "postgres", "SELECT count(*) FROM pg_stat_wal_receiver").await? != "0" {
            ensure!(began.elapsed() < PATIENCE, "the standby goes on receiving");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        tokio::time::sleep(LAG).await;
        Ok(())
    }

    /// Runs a statement at the primary; what it answers.
    pub async fn sql(&self, database: &str, statement: &str) -> anyhow::Result<String> {
        self.sql_at(self.primary, database, statement).await
    }

    async fn sql_at(&self, place: usize, database: &str, statement: &str) -> anyhow::Result<String> {
        let port = self.addresses[place].port().to_string();
        let asked = program("psql")?
            .args(["-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-U", "parlance", "-p", &port, "-d", database])
            .args(["-c", statement])
            .output()
            .await?;
        let said = String::from_utf8_lossy(&asked.stderr);
        ensure!(asked.status.success(), "{statement}: {said}");
        Ok(String::from_utf8(asked.stdout)?.trim().to_owned())
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        for place in 0..2 {
            let data = self.data(place);
            // Whatever is left of it is in a temporary folder.
            let _ = kill(&mut self.servers[place], &data);
        }
    }
}

/// A power cut: all processes of a server at once.
fn kill(server: &mut Option<Child>, data: &Path) -> anyhow::Result<()> {
    let Some(mut server) = server.take() else { return Ok(()) };
    let noted = std::fs::read_to_string(data.join("postmaster.pid")).context("postmaster.pid")?;
    let postmaster = noted.lines().next().unwrap_or_default().to_owned();
    // Not off the runtime: it must be over when this returns, also where nobody can wait for it.
    let children = std::process::Command::new("pgrep").args(["-P", &postmaster]).output()?.stdout;
    let children = String::from_utf8(children)?;
    // At once: a postmaster that outlives a child makes new ones. A child may have ended meanwhile.
    let mut kill = std::process::Command::new("kill");
    let _ = kill.arg("-KILL").arg(&postmaster).args(children.split_whitespace()).output();
    server.wait()?;
    Ok(())
}

/// Runs a command to its end.
async fn done(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().await.with_context(|| format!("{command:?}"))?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// One of PostgreSQL's programs, run as somebody it accepts.
fn program(name: &str) -> anyhow::Result<Command> {
    let debian = Path::new("/usr/lib/postgresql");
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir(debian).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    versions.sort();
    let mut found = versions.iter().rev().map(|version| version.join("bin").join(name));
    let path = found.find(|path| path.exists()).with_context(|| {
        format!("PostgreSQL's {name} is not below {}: install postgresql", debian.display())
    })?;
    if !is_root() {
        return Ok(Command::new(path));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", OWNER, "--regid", OWNER, "--clear-groups", "--"]).arg(path).current_dir("/");
    Ok(command)
}
