//! What nodes stand on: a PostgreSQL and a NATS of the run's own, from the programs that are installed, in a temporary folder.
//! They listen on this machine only and end with the run.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use rustix::process::{Pid, Signal, geteuid, kill_process};

/// How long each may take to be there, and to end.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause between looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Whom PostgreSQL runs as where this program is root: it refuses to be root itself.
const OWNER: &str = "postgres";

/// A PostgreSQL with its own defaults, which sync every commit.
pub struct Database {
    child: Child,
    /// The process whose children serve connections.
    pub postmaster: u32,
    port: u16,
}

impl Database {
    /// Makes one in a folder and starts it.
    pub fn start(folder: &Path) -> anyhow::Result<Database> {
        let data = folder.join("postgres");
        std::fs::create_dir(&data)?;
        if geteuid().is_root() {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
            let owned = Command::new("chown").arg(OWNER).arg(&data).status()?;
            ensure!(owned.success(), "the folder cannot be given to {OWNER}");
        }
        let made = program("initdb")?
            .args(["--auth", "trust", "--username", "parlance", "--encoding", "UTF8", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        ensure!(made.success(), "initdb failed");
        let port = free_address()?.port();
        let child = program("postgres")?
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut database = Database { child, postmaster: 0, port };
        until("PostgreSQL", || {
            let asked =
                program("pg_isready")?.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).status()?;
            Ok(asked.success())
        })?;
        let told = std::fs::read_to_string(data.join("postmaster.pid"))?;
        database.postmaster = told.lines().next().context("no process id")?.trim().parse()?;
        Ok(database)
    }

    /// Makes a database in it; its URL.
    pub fn create(&self, name: &str) -> anyhow::Result<String> {
        let port = self.port.to_string();
        let made =
            program("createdb")?.args(["-h", "127.0.0.1", "-p", &port, "-U", "parlance", name]).status()?;
        ensure!(made.success(), "createdb failed");
        Ok(format!("postgres://parlance@127.0.0.1:{port}/{name}"))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // To PostgreSQL this is the word to end now and in order.
        let postmaster = i32::try_from(self.postmaster).ok().and_then(Pid::from_raw);
        match postmaster {
            Some(postmaster) => _ = kill_process(postmaster, Signal::INT),
            None => _ = self.child.kill(),
        }
        _ = self.child.wait();
    }
}

/// A NATS.
pub struct Nats {
    child: Child,
    address: SocketAddr,
}

impl Nats {
    /// Starts one.
    pub fn start() -> anyhow::Result<Nats> {
        const PLACES: [&str; 3] =
            ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"];
        let installed = PLACES.into_iter().find(|place| Path::new(place).exists());
        let installed =
            installed.with_context(|| format!("there is no nats-server in {PLACES:?}: install it"))?;
        let address = free_address()?;
        let child = Command::new(installed)
            .args(["--addr", "127.0.0.1", "--port", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let nats = Nats { child, address };
        until("NATS", || Ok(TcpStream::connect(address).is_ok()))?;
        Ok(nats)
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("nats://{}", self.address)
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn until(what: &str, mut is_there: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let began = Instant::now();
    while !is_there()? {
        ensure!(began.elapsed() < PATIENCE, "{what} does not start");
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// One of PostgreSQL's programs, run as somebody it accepts.
fn program(name: &str) -> anyhow::Result<Command> {
    let debian = Path::new("/usr/lib/postgresql");
    let versions = std::fs::read_dir(debian).into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = versions.map(|entry| entry.path()).collect();
    versions.sort();
    let mut found = versions.iter().rev().map(|version| version.join("bin").join(name));
    let path = found.find(|path| path.exists());
    let path = path.with_context(|| {
        format!("PostgreSQL's {name} is not below {}: install postgresql", debian.display())
    })?;
    if !geteuid().is_root() {
        return Ok(Command::new(path));
    }
    let mut command = Command::new("runuser");
    command.args(["-u", OWNER, "--"]).arg(path).current_dir("/");
    Ok(command)
}
