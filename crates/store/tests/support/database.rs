//! A PostgreSQL of one's own: Debian's program on a free port with a temporary folder, stopped with the test.
//! It listens on this machine only.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long it may take to be there.
const PATIENCE: Duration = Duration::from_secs(30);
/// Whom the program runs as where the test is root: it refuses to be root itself.
const OWNER: &str = "postgres";

/// A running server.
pub struct Database {
    folder: TempDir,
    port: u16,
    settings: Vec<String>,
    server: Option<Child>,
}

impl Database {
    /// A fresh server with these settings beside the defaults.
    pub fn start(settings: &[&str]) -> Database {
        Database::start_in(TempDir::new().unwrap(), settings)
    }

    /// The same in a folder that holds what the settings name; all of it becomes the server's.
    pub fn start_in(folder: TempDir, settings: &[&str]) -> Database {
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        if is_root() {
            let owned = Command::new("chown").args(["-R", OWNER]).arg(folder.path()).status().unwrap();
            assert!(owned.success(), "the folder could not be given to {OWNER}");
        }
        let made = program("initdb")
            .args(["--auth", "trust", "--username", "parlance", "--encoding", "UTF8", "--no-sync", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.unwrap().success(), "initdb failed");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut database = Database { folder, port, settings, server: None };
        database.run();
        database
    }

    /// Starts it again after `kill`.
    pub fn run(&mut self) {
        let mut server = program("postgres");
        server.arg("-D").arg(self.folder.path().join("data")).arg("-k").arg(self.folder.path());
        server.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
        for setting in &self.settings {
            server.args(["-c", setting]);
        }
        self.server = Some(server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let until = Instant::now() + PATIENCE;
        while !self.is_ready() {
            assert!(Instant::now() < until, "PostgreSQL is not there after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The URL of a database in it.
    pub fn url(&self, name: &str) -> String {
        format!("postgres://parlance@127.0.0.1:{}/{name}", self.port)
    }

    /// A power cut: all its processes at once.
    pub fn kill(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let postmaster = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let pid = postmaster.lines().next().unwrap();
        let children = Command::new("pgrep").args(["-P", pid]).output().unwrap().stdout;
        let children = String::from_utf8(children).unwrap();
        // At once: a postmaster that outlives a child makes new ones.
        let _ = Command::new("kill").arg("-KILL").arg(pid).args(children.split_whitespace()).status();
        // Whoever started it takes its end note of it; a dead process that nobody did would count as running.
        let _ = server.wait();
        while self.is_ready() {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn is_ready(&self) -> bool {
        program("pg_isready")
            .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
            .status()
            .is_ok_and(|status| status.success())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.kill();
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// One of PostgreSQL's programs, run as somebody it accepts.
pub fn program(name: &str) -> Command {
    let path = installed(name);
    if !is_root() {
        return Command::new(path);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", OWNER, "--"]).arg(path).current_dir("/");
    command
}

fn installed(name: &str) -> PathBuf {
    let debian = Path::new("/usr/lib/postgresql");
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir(debian).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    versions.sort();
    let found =
        versions.iter().rev().map(|version| version.join("bin").join(name)).find(|path| path.exists());
    found.unwrap_or_else(|| {
        panic!("PostgreSQL's {name} is not below {}: install postgresql", debian.display())
    })
}
