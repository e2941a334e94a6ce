//! Carrying the faults out: one node at a time at most, NATS beside it, a fail-over of the database alone.
//!
//! Every fault is over before the run goes on to the rolling restart, and what it was and when is noted for the figures.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::super::worker::Scene;
use super::crew::Crew;
use super::deck::Kind;
use super::ground::{Ground, NODES};
use super::link::Flow;
use super::postgres::Pair;
use crate::checker::Line;

/// Between the beginnings of two faults at least, in milliseconds.
const PAUSE_MS: Range<u64> = 400..1_400;
/// How long a node stays dead.
const DEAD_MS: Range<u64> = 100..1_500;
/// How long NATS stays dead.
const WITHOUT_BUS_MS: Range<u64> = 200..2_500;
/// How long a connection stays broken.
const CUT_MS: Range<u64> = 300..3_000;
/// What a slow link adds to each piece.
const SLOW_MS: Range<u64> = 10..60;
/// How long something stands still or is silent, in a short run and in a long one.
const STILL_MS: [Range<u64>; 2] = [1_000..6_000, 1_000..60_000];

/// A fault that was carried out. Times are of the recorder.
#[derive(Clone, Debug)]
pub struct Struck {
    pub kind: Kind,
    pub at: u64,
    /// When the standby was the primary, of a fail-over.
    pub promoted: Option<u64>,
    /// Who has to go on: those whose connection went to the node, or everybody.
    pub whom: Vec<String>,
}

/// What a fault needs for itself.
#[derive(Clone, Default)]
struct Lanes {
    nodes: Arc<Mutex<()>>,
    bus: Arc<Mutex<()>>,
}

type Held = Vec<OwnedMutexGuard<()>>;

impl Lanes {
    async fn take(&self, kind: Kind) -> Held {
        let mut held = Vec::new();
        if kind != Kind::WipeBus {
            held.push(Arc::clone(&self.nodes).lock_owned().await);
        }
        if matches!(kind, Kind::WipeBus | Kind::FailOver) {
            held.push(Arc::clone(&self.bus).lock_owned().await);
        }
        held
    }
}

/// Strikes a ground.
pub struct Striker {
    pub ground: Arc<Ground>,
    pub scene: Arc<Scene>,
    pub crew: Arc<Crew>,
    /// Whether things stand still for up to a minute.
    pub long: bool,
}

impl Striker {
    /// Carries out a deck; answers when all is well again.
    pub async fn strike_all(self: Arc<Self>, deck: Vec<Kind>, seed: u64) -> anyhow::Result<Vec<Struck>> {
        let mut chance = SmallRng::seed_from_u64(seed);
        let (lanes, mut under_way, mut struck) = (Lanes::default(), JoinSet::new(), Vec::new());
        for kind in deck {
            sleep(drawn(&mut chance, &PAUSE_MS)).await;
            let held = lanes.take(kind).await;
            let chance = SmallRng::seed_from_u64(chance.random());
            under_way.spawn(Arc::clone(&self).strike(kind, chance, held));
            while let Some(ended) = under_way.try_join_next() {
                struck.push(ended??);
            }
        }
        while let Some(ended) = under_way.join_next().await {
            struck.push(ended??);
        }
        Ok(struck)
    }

    async fn strike(self: Arc<Self>, kind: Kind, mut chance: SmallRng, held: Held) -> anyhow::Result<Struck> {
        // Of two nodes the one with more people: restarted ones are empty at first, and nothing could be seen there.
        let two = [chance.random_range(0..NODES), chance.random_range(0..NODES)];
        let node = if self.crew.at(two[1]).len() > self.crew.at(two[0]).len() { two[1] } else { two[0] };
        let at = self.scene.recorder.now();
        let whom = if kind.is_of_a_node() { self.crew.at(node) } else { self.crew.everybody() };
        self.scene.recorder.line(Line::Fault { at, what: format!("{} {node}", kind.name()).into() });
        let mut struck = Struck { kind, at, promoted: None, whom };
        match kind {
            Kind::WipeBus => self.wipe_bus(&mut chance).await?,
            Kind::FailOver => {
                let mut postgres = Arc::clone(&self.ground.postgres).lock_owned().await;
                struck.promoted = Some(self.fail_over(&mut postgres).await.context("a fail-over")?);
                drop(held);
                // Others may go on meanwhile; the next fail-over waits for the lock.
                postgres.make_standby().await.context("a new standby")?;
            }
            _ => self.strike_node(kind, node, &mut chance).await.with_context(|| kind.name())?,
        }
        Ok(struck)
    }

    async fn strike_node(&self, kind: Kind, node: usize, chance: &mut SmallRng) -> anyhow::Result<()> {
        let it = &self.ground.nodes[node];
        let still = drawn(chance, &STILL_MS[usize::from(self.long)]);
        let cut = drawn(chance, &CUT_MS);
        match kind {
            Kind::Kill => {
                it.program.lock().await.kill()?;
                sleep(drawn(chance, &DEAD_MS)).await;
                return self.ground.start_node(node).await;
            }
            Kind::Freeze => {
                it.program.lock().await.freeze()?;
                sleep(still).await;
                it.program.lock().await.thaw()?;
            }
            Kind::CutStore => {
                it.store(Flow::Cut);
                sleep(cut).await;
            }
            Kind::SilenceStore => {
                it.store(Flow::Silent);
                sleep(still).await;
            }
            Kind::SlowStore => {
                it.store(Flow::Slow(drawn(chance, &SLOW_MS)));
                sleep(cut).await;
            }
            Kind::CutBus => {
                it.bus(Flow::Cut);
                sleep(cut).await;
            }
            Kind::SilenceBus => {
                it.bus(Flow::Silent);
                sleep(still).await;
            }
            Kind::WipeBus | Kind::FailOver => {}
        }
        it.store(Flow::Open);
        it.bus(Flow::Open);
        // It must have lived through it.
        it.program.lock().await.serves().await?;
        self.ground.balancer.is_up(node).await;
        Ok(())
    }

    async fn wipe_bus(&self, chance: &mut SmallRng) -> anyhow::Result<()> {
        let mut nats = self.ground.nats.lock().await;
        nats.kill();
        sleep(drawn(chance, &WITHOUT_BUS_MS)).await;
        nats.run().await
    }

    /// Answers when the standby was the primary, once all nodes work with it.
    async fn fail_over(&self, postgres: &mut Pair) -> anyhow::Result<u64> {
        postgres.fail_over().await?;
        let promoted = self.scene.recorder.now();
        for node in 0..NODES {
            self.ground.nodes[node].program.lock().await.serves().await?;
            self.ground.balancer.is_up(node).await;
        }
        Ok(promoted)
    }
}

fn drawn(chance: &mut SmallRng, range: &Range<u64>) -> Duration {
    Duration::from_millis(chance.random_range(range.clone()))
}
