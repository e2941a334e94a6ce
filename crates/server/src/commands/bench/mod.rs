//! `parlance bench`: measures a server with real sockets, next to the limits of the same machine in the same run: the
//! disk's own sync, a bare WebSocket echo and a bare broadcast. Every figure is also a ratio to such a limit.
//!
//! The server under test is this very program, in a process of its own, with a temporary folder and rates off.

mod cluster;
mod fan_out;
mod files;
mod idle;
mod large;
mod limit;
mod people;
mod plan;
mod process;
mod report;
mod stored;
mod storm;
mod texts;
mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Args;

use super::say::say;
use people::People;
use plan::Plan;
use process::Process;
use report::Report;
use texts::{latency, sends};

/// A run that takes longer has stalled.
const RUN_LIMIT: Duration = Duration::from_secs(1_800);

/// The flags of `bench`.
#[derive(Args)]
pub struct Bench {
    /// A short run: under a minute, smaller numbers
    #[arg(long)]
    quick: bool,
    /// Measure this server instead of starting one; its rates must be off, and what needs its process is left out
    #[arg(long, value_name = "ADDRESS:PORT")]
    server: Option<SocketAddr>,
    /// Where the figures are written as JSON
    #[arg(long, value_name = "FILE", default_value = "target/bench.json")]
    out: PathBuf,
    /// Only these parts, in a list: sends, latency, files, fan_out, idle, stored, large, storm
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    only: Vec<String>,
    /// Three nodes next to one, and PostgreSQL next to the embedded store, and nothing else; needs PostgreSQL and nats-server
    #[arg(long, conflicts_with_all = ["server", "only"])]
    cluster: bool,
    /// Messages stored before reading is measured
    #[arg(long, value_name = "COUNT")]
    messages: Option<u64>,
    /// Serve the bare echo and broadcast; the bench starts itself with this
    #[arg(long, value_name = "ADDRESS:PORT", hide = true)]
    bare: Option<SocketAddr>,
}

impl Bench {
    /// Measures.
    pub async fn run(self) -> anyhow::Result<()> {
        if let Some(address) = self.bare {
            return limit::serve_bare(address).await;
        }
        process::raise_files();
        let mut plan = if self.quick { Plan::quick() } else { Plan::full() };
        plan.stored_messages = self.messages.unwrap_or(plan.stored_messages);
        let mut run = Run { plan, only: self.only, report: Report::default() };
        run.report.machine();
        let began = Instant::now();
        let measured = if self.cluster {
            let Run { plan, report, .. } = &mut run;
            tokio::time::timeout(RUN_LIMIT, cluster::figures(plan, report)).await
        } else {
            tokio::time::timeout(RUN_LIMIT, run.all(self.server)).await
        };
        measured.context("the run takes too long: something has stalled")??;
        run.report.seconds(began.elapsed());
        run.report.save(&self.out)?;
        say(format_args!("saved in {}", self.out.display()));
        Ok(())
    }
}

/// A run: what is to be measured and what was.
struct Run {
    plan: Plan,
    /// Empty for everything.
    only: Vec<String>,
    report: Report,
}

impl Run {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }

    async fn all(&mut self, server: Option<SocketAddr>) -> anyhow::Result<()> {
        if self.wants("large") && server.is_none() {
            let folder = tempfile::tempdir()?;
            large::groups(folder.path(), &self.plan, &mut self.report).await.context("large groups")?;
        }
        if self.wants("storm") && server.is_none() {
            storm::reconnects(&self.plan, &mut self.report).await.context("a reconnect storm")?;
        }
        if !self.only.is_empty() && self.only.iter().all(|part| part == "large" || part == "storm") {
            return Ok(());
        }
        self.limits().await.context("measuring the limits")?;
        match server {
            Some(address) => self.server(address).await,
            None => self.own_server().await,
        }
    }

    /// The limits of this machine: disk, echo, broadcast.
    async fn limits(&mut self) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        limit::disk(folder.path(), &self.plan, &mut self.report)?;
        let bare = Process::bare(folder.path()).await?;
        if self.wants("sends") || self.wants("latency") {
            limit::echo(bare.address(), &self.plan, &mut self.report).await?;
        }
        if self.wants("fan_out") {
            limit::broadcast(bare.address(), &self.plan, &mut self.report).await?;
        }
        Ok(())
    }

    async fn own_server(&mut self) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let mut server = Process::server(folder.path()).await?;
        self.report.bytes("idle_server_bytes", server.resident_bytes()?);
        self.server(server.address()).await?;
        if self.wants("stored") {
            server = stored::restart(server, folder.path(), &mut self.report).await?;
        }
        drop(server);
        if self.wants("idle") {
            idle::connections(&self.plan, &mut self.report).await?;
        }
        Ok(())
    }

    async fn server(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        let people = People::settle(address, &self.plan).await?;
        ensure!(people.count() > 1, "at least two people are needed");
        if self.wants("files") {
            let folder = tempfile::tempdir()?;
            let bare = Process::bare(folder.path()).await?;
            files::rates(bare.address(), &people, &self.plan, &mut self.report).await?;
        }
        if self.wants("sends") || self.wants("latency") || self.wants("files") {
            let saturated = sends::saturated(&people, &self.plan, &mut self.report).await?;
            if self.wants("latency") {
                latency::at_a_fifth(&people, &self.plan, saturated, &mut self.report).await?;
            }
            if self.wants("files") {
                files::beside_texts(&people, &self.plan, saturated, &mut self.report).await?;
            }
        }
        if self.wants("fan_out") {
            fan_out::group(&people, &self.plan, &mut self.report).await?;
        }
        if self.wants("stored") {
            stored::fill_and_read(&people, &self.plan, &mut self.report).await?;
        }
        Ok(())
    }
}
