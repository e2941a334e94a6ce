//! The rolling restart of all nodes under load: a new node first, then each old one is stopped by SIGTERM and started again.
//!
//! The balancer leads new connections to the nodes that were started last. So whoever is sent away goes where nobody is sent
//! away any more, and every client reconnects once.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::super::worker::Scene;
use super::crew::Crew;
use super::figures::{Times, took};
use super::ground::{Ground, NODES, SPARE};
use crate::checker::Line;

/// After the faults: until everybody has caught up.
const CALM: Duration = Duration::from_secs(4);
/// How long is measured before, and again after.
const CALM_MEASURED: Duration = Duration::from_secs(12);
/// Between two nodes: whoever was sent away comes back within this time.
const BACK: Duration = Duration::from_secs(5);

/// What came of it.
pub struct Rolled {
    /// What sends took in calm, before and after.
    pub calm: [Times; 2],
    pub during: Times,
    /// Reconnects of each client.
    pub reconnects: Vec<u64>,
    /// Refused for good, or never answered.
    pub failures: u64,
    pub took: Duration,
}

impl Rolled {
    /// The most that one client reconnected.
    pub fn most(&self) -> u64 {
        self.reconnects.iter().copied().max().unwrap_or(0)
    }
}

/// Restarts all nodes.
pub async fn roll(ground: &Ground, crew: &Crew, scene: &Scene) -> anyhow::Result<Rolled> {
    tokio::time::sleep(CALM).await;
    let calm_from = scene.recorder.now();
    tokio::time::sleep(CALM_MEASURED).await;
    let (began, from) = (Instant::now(), scene.recorder.now());
    let before = crew.connections();
    let failures = scene.failures.load(Ordering::Acquire);
    scene.recorder.line(Line::Fault { at: from, what: "rolling restart".into() });
    let mut fresh = vec![SPARE];
    ground.start_node(SPARE).await?;
    ground.balancer.prefer(&fresh);
    for node in 0..NODES {
        ground.nodes[node].program.lock().await.stop().await.with_context(|| format!("node {node}"))?;
        ground.start_node(node).await?;
        fresh.push(node);
        ground.balancer.prefer(&fresh);
        tokio::time::sleep(BACK).await;
    }
    let (rolling, to) = (began.elapsed(), scene.recorder.now());
    tokio::time::sleep(CALM_MEASURED).await;
    let answers = scene.recorder.answers();
    Ok(Rolled {
        calm: [took(&answers, calm_from, from), took(&answers, to, scene.recorder.now())],
        during: took(&answers, from, to),
        reconnects: crew.connections().iter().zip(before).map(|(now, before)| now - before).collect(),
        failures: scene.failures.load(Ordering::Acquire) - failures,
        took: rolling,
    })
}
