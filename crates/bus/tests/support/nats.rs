//! A NATS of one's own: Debian's program on a free port with a temporary folder, stopped with the test.
//! It listens on this machine only.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long it may take to be there.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server.
pub struct NatsServer {
    folder: TempDir,
    port: u16,
    arguments: Vec<String>,
    server: Option<Child>,
}

impl NatsServer {
    /// A fresh server.
    pub fn start() -> NatsServer {
        NatsServer::start_in(TempDir::new().unwrap(), &[])
    }

    /// The same with these arguments, in a folder that holds what they name.
    pub fn start_in(folder: TempDir, arguments: &[&str]) -> NatsServer {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let mut nats = NatsServer { folder, port, arguments, server: None };
        nats.run();
        nats
    }

    /// Starts it again after `kill`.
    pub fn run(&mut self) {
        let mut server = Command::new(installed());
        server.args(["--addr", "127.0.0.1", "--port", &self.port.to_string()]);
        server
            .args(&self.arguments)
            .current_dir(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.server = Some(server.spawn().unwrap());
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "nats-server is not there after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("nats://{}", self.address())
    }

    /// Its host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            _ = server.kill();
            _ = server.wait();
        }
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn installed() -> &'static str {
    const PLACES: [&str; 3] = ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"];
    let found = PLACES.into_iter().find(|place| Path::new(place).exists());
    found.unwrap_or_else(|| panic!("there is no nats-server in {PLACES:?}: install nats-server"))
}
