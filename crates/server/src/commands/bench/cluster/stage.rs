//! Everything that runs while a cluster is measured: a server with a store of its own, one node on PostgreSQL, three nodes on
//! another database of it with NATS between them; what they cost and what they count.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use super::super::process::Process;
use super::cpu;
use super::stand::{Database, Nats};

/// Nodes of the cluster.
const NODES: usize = 3;

/// Servers over one store.
struct Stand {
    nodes: Vec<Process>,
    on_database: bool,
    on_bus: bool,
}

/// All of it. What stands on others ends before them.
pub struct Stage {
    stands: Vec<Stand>,
    nats: Nats,
    database: Database,
}

/// The processors' time of servers, of PostgreSQL and of NATS, as far as the servers stand on them.
#[derive(Clone, Copy)]
pub struct Cost {
    pub nodes: Duration,
    pub database: Duration,
    pub bus: Duration,
}

impl Cost {
    /// What came since.
    pub fn since(self, before: Cost) -> Cost {
        Cost {
            nodes: self.nodes.saturating_sub(before.nodes),
            database: self.database.saturating_sub(before.database),
            bus: self.bus.saturating_sub(before.bus),
        }
    }

    /// As much of it.
    pub fn times(self, share: f64) -> Cost {
        Cost {
            nodes: self.nodes.mul_f64(share),
            database: self.database.mul_f64(share),
            bus: self.bus.mul_f64(share),
        }
    }
}

impl Stage {
    /// Starts everything.
    pub async fn set(folder: &Path) -> anyhow::Result<Stage> {
        let (database, nats) = (Database::start(folder)?, Nats::start()?);
        let place = |name: &str| -> anyhow::Result<_> {
            let place = folder.join(name);
            std::fs::create_dir(&place)?;
            Ok(place)
        };
        let embedded = Process::server(&place("embedded")?).await?;
        let store = |url: &str| ("PARLANCE_STORE_URL", url.to_owned());
        let one = database.create("one")?;
        let one = Process::server_with(&place("one")?, &[store(&one)]).await?;
        let shared = database.create("shared")?;
        let mut nodes = Vec::new();
        for number in 0..NODES {
            let name = format!("node{number}");
            let settings =
                [store(&shared), ("PARLANCE_BUS_URL", nats.url()), ("PARLANCE_BUS_NODE", name.clone())];
            nodes.push(Process::server_with(&place(&name)?, &settings).await?);
        }
        let stands = vec![
            Stand { nodes: vec![embedded], on_database: false, on_bus: false },
            Stand { nodes: vec![one], on_database: true, on_bus: false },
            Stand { nodes, on_database: true, on_bus: true },
        ];
        Ok(Stage { stands, nats, database })
    }

    /// Where the servers of a stand are.
    pub fn addresses(&self, stand: usize) -> Vec<SocketAddr> {
        self.stands[stand].nodes.iter().map(Process::address).collect()
    }

    /// The time used until now.
    pub fn cost(&self, stand: usize) -> anyhow::Result<Cost> {
        let Stand { nodes, on_database, on_bus } = &self.stands[stand];
        let nodes = nodes.iter().map(|node| cpu::of(node.id())).sum::<anyhow::Result<Duration>>()?;
        let database = if *on_database { cpu::of_family(self.database.postmaster)? } else { Duration::ZERO };
        let bus = if *on_bus { cpu::of(self.nats.id())? } else { Duration::ZERO };
        Ok(Cost { nodes, database, bus })
    }

    /// Messages that the servers of a stand have acknowledged.
    pub async fn sent(&self, stand: usize) -> anyhow::Result<u64> {
        let mut sent = 0.0;
        for address in self.addresses(stand) {
            let is_send = |labels: &str| labels.contains("\"message.send\"") && labels.contains("\"ok\"");
            sent += counted(address, "parlance_requests_total", is_send).await?;
        }
        Ok(sent as u64)
    }
}

/// The sum of those lines of a server's counter whose labels are wanted.
pub async fn counted(address: SocketAddr, name: &str, wanted: impl Fn(&str) -> bool) -> anyhow::Result<f64> {
    let text = reqwest::get(format!("http://{address}/metrics")).await?.error_for_status()?.text().await?;
    let mut sum = 0.0;
    for line in text.lines() {
        let Some(rest) = line.strip_prefix(name).filter(|rest| rest.starts_with(['{', ' '])) else {
            continue;
        };
        let (labels, value) = rest.rsplit_once(' ').context("a line without a value")?;
        if wanted(labels) {
            sum += value.parse::<f64>()?;
        }
    }
    Ok(sum)
}
