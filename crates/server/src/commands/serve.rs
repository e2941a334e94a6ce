//! `parlance serve`: runs the server until it is told to stop or its store fails.
//! SIGTERM and SIGINT stop it gracefully; a second one ends it at once. SIGHUP has it read its certificate anew.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::place::Place;
use crate::config::{Config, Registration};
use crate::engines::moving::Target;
use crate::server::Server;
use crate::telemetry::start_log;

/// The flags of the server.
#[derive(Args, Default)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The address at which browsers reach this server, if something in front of it ends TLS
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Certificate chain for TLS, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key for TLS, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Who may register: open, invite, closed or auto
    #[arg(long)]
    registration: Option<String>,
    /// Limits on how fast users may act; off for load tests
    #[arg(long)]
    rates: Option<Switch>,
    /// What is logged, such as info or debug
    #[arg(long, value_name = "LEVEL")]
    log: Option<String>,
    /// Open a store that has lost acknowledged data, with what is left of it
    #[arg(long)]
    accept_loss: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Serve {
    /// Serves.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut config = self.place.settings(self.flags())?;
        if config.media.picture_program.as_os_str().is_empty() {
            config.media.picture_program = std::env::current_exe().context("where this program is")?;
        }
        start_log(&config.log).map_err(anyhow::Error::msg)?;
        let mut told = Told::listen()?;
        raise_files();
        hint(&config);
        let server = Server::start(config).await?;
        tracing::info!("Parlance {} is at {}", env!("CARGO_PKG_VERSION"), server.url());
        let failure = loop {
            tokio::select! {
                stop = told.stop_or_reload() => {
                    if stop {
                        break None;
                    }
                    server.reload_certificates();
                }
                error = server.failed() => break Some(error),
                target = server.moved() => {
                    tracing::warn!("everything is in the database now: starting anew over it. Set store.url before the next start");
                    if let Err(error) = server.leave().await {
                        // All rows are in the database, also what the folder could not put down any more.
                        tracing::warn!(error = format!("{error:#}"), "the data folder did not close well, and is not needed");
                    }
                    return start_over(&target);
                }
            }
        };
        if let Some(error) = failure {
            // What was not acknowledged may or may not survive; going on could acknowledge what does not.
            bail!("the store has failed, so the server ends: {error}");
        }
        tracing::info!("stopping");
        tokio::select! {
            stopped = server.stop() => stopped,
            () = told.stop() => bail!("told twice to stop: ended at once"),
        }
    }

    fn flags(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
        let rates = self.rates.map(|switch| matches!(switch, Switch::On).to_string());
        let flags = [
            ("listen", self.listen.clone()),
            ("public_url", self.public_url.clone()),
            ("tls.cert", path(&self.tls_cert)),
            ("tls.key", path(&self.tls_key)),
            ("registration", self.registration.clone()),
            ("limits.rates", rates),
            ("log.level", self.log.clone()),
            ("store.accept_loss", self.accept_loss.then(|| true.to_string())),
        ];
        flags.into_iter().filter_map(|(key, value)| value.map(|value| (key, value))).collect()
    }
}

/// This program again in this process, with the database that has the rows now.
fn start_over(target: &Target) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("where this program is")?;
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1)).env("PARLANCE_STORE_URL", &target.url);
    if !target.authorities.as_os_str().is_empty() {
        again.env("PARLANCE_STORE_AUTHORITIES", &target.authorities);
    }
    let error = again.exec();
    Err(error).context("everything is in the database now: set store.url and start the server")
}

/// The signals that the server hears.
struct Told {
    terminate: Signal,
    interrupt: Signal,
    /// Not to stop, but to read the certificate anew.
    hang_up: Signal,
}

impl Told {
    fn listen() -> anyhow::Result<Told> {
        let listen = |kind| signal(kind).context("cannot listen for signals");
        Ok(Told {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
            hang_up: listen(SignalKind::hangup())?,
        })
    }

    /// True to stop, false to read the certificate anew.
    async fn stop_or_reload(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => true,
            _ = self.hang_up.recv() => false,
        }
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// A socket is a file: takes as many as the system allows this process.
fn raise_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_err() {
        tracing::warn!(?current, "cannot raise the number of open files; it bounds the connections");
    }
}

fn hint(config: &Config) {
    let reachable = !config.listen.ip().is_loopback();
    if config.registration == Registration::Auto && config.is_public() {
        tracing::info!(
            "registration is by invite, since others reach this server: make an account with `parlance user add NAME` or \
             an invite with `parlance user invite`, or open it with --registration open"
        );
    }
    if reachable && !config.tls.is_on() && config.public_url.is_empty() {
        tracing::warn!(
            "others reach this server without TLS: set tls.cert and tls.key, or public_url behind a proxy"
        );
    }
}
