//! NATS of the run's own: one server that keeps nothing, so that starting it anew is starting an empty one.
//!
//! It listens on this machine only and ends with this.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// How long it may take to be there.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Where the program may be.
const PLACES: [&str; 3] = ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"];

/// A server.
pub struct Nats {
    address: SocketAddr,
    server: Option<Child>,
}

impl Nats {
    /// Starts one.
    pub async fn start() -> anyhow::Result<Nats> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut nats = Nats { address, server: None };
        nats.run().await?;
        Ok(nats)
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts it again after `kill`.
    pub async fn run(&mut self) -> anyhow::Result<()> {
        let path = PLACES.into_iter().find(|place| Path::new(place).exists());
        let path =
            path.with_context(|| format!("there is no nats-server in {PLACES:?}: install nats-server"))?;
        let (host, port) = (self.address.ip().to_string(), self.address.port().to_string());
        let mut command = Command::new(path);
        command.args(["--addr", &host, "--port", &port]).stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(command.spawn()?);
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            ensure!(began.elapsed() < PATIENCE, "nats-server does not start");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            // It may have ended by itself.
            _ = server.kill();
            _ = server.wait();
        }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}
