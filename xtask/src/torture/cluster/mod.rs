//! Torture of a cluster: three nodes over PostgreSQL with a synchronous standby and NATS, struck by faults under load, then
//! restarted one after the other; the history checker judges all of it.
//!
//! Clients come through a balancer. With a planted bug the run passes only if the checker finds it.

mod crew;
mod deck;
mod door;
mod figures;
mod ground;
mod link;
mod nats;
mod postgres;
mod report;
mod rolling;
mod strike;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::task::JoinSet;

use super::all;
use super::audit::Audit;
use super::people::People;
use super::record::Recorder;
use super::worker::{Habits, Scene};
use crate::console::say;
use crew::Crew;
use door::Door;
use ground::Ground;
use report::Report;
use strike::Striker;

/// Pauses of everybody between two acts, in microseconds: the nodes, the databases and the clients share a small machine.
const PAUSE_US: std::ops::Range<u64> = 10_000..50_000;
/// How long somebody repeats a message.
const PATIENCE: Duration = Duration::from_secs(60);

/// How to torture a cluster.
#[derive(clap::Args)]
pub struct Faults {
    /// How many faults.
    #[arg(long, default_value_t = 40, requires = "cluster")]
    faults: u64,
    /// Has nodes and links stand still for up to a minute instead of six seconds.
    #[arg(long, requires = "cluster")]
    long: bool,
    /// Plants a bug, which the run has to find.
    #[arg(long, requires = "cluster")]
    planted: Option<Planted>,
}

/// Bugs that the run has to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Planted {
    /// Commits do not wait for the standby, and it is behind when it is promoted.
    Standby,
    /// Rivals overwrite each other's rows: the guard of a commit is not looked at.
    Guard,
}

/// Tortures a cluster.
pub async fn run(root: &Path, options: &super::Options, path: PathBuf) -> anyhow::Result<()> {
    let began = Instant::now();
    let seed = options.seed.unwrap_or_else(rand::random);
    let history = match &options.history {
        Some(path) => path.clone(),
        None => crate::cargo::target_folder(root).join("torture-cluster.jsonl"),
    };
    let planted = options.cluster_faults.planted;
    let ground = Arc::new(Ground::start(path, planted).await?);
    let http = Door::open(&ground.balancer).await?;
    let url = http.url.clone();
    let people = People::settle(&url, options.people as usize).await?;
    let crew = Arc::new(Crew::gather(&ground.balancer, &people, http).await?);
    let habits = Habits { pause_us: PAUSE_US, patience: Some(PATIENCE) };
    let scene = Arc::new(Scene::new(Recorder::create(&history)?, habits));
    say(format_args!(
        "torture: seed={seed} nodes={} people={} conversations={} history={} ready_s={}",
        ground::NODES,
        people.persons.len(),
        people.places.len(),
        history.display(),
        began.elapsed().as_secs(),
    ));
    let work = crew.begin(&people, &scene, seed).await?;
    let deck = deck::deck(options.cluster_faults.faults as usize, &mut SmallRng::seed_from_u64(seed));
    let striker = Striker {
        ground: Arc::clone(&ground),
        scene: Arc::clone(&scene),
        crew: Arc::clone(&crew),
        long: options.cluster_faults.long,
    };
    let struck = Arc::new(striker).strike_all(deck, seed).await?;
    let rolled = match planted {
        Some(_) => None,
        None => Some(rolling::roll(&ground, &crew, &scene).await?),
    };
    scene.stop.store(true, Ordering::Release);
    let audit = Audit::new(&people, &url);
    let ended = match planted {
        None => conclude(work, &scene, &audit).await,
        Some(_) => read_anew(work, (&ground, &scene), &audit).await,
    };
    let verdict = scene.recorder.finish()?.check();
    let (took, long) = (began.elapsed(), options.cluster_faults.long);
    Report { struck, rolled, scene: &scene, verdict, ended, took, long }.judge(planted)
}

/// Waits for everybody and reads what the cluster holds.
async fn conclude(work: crew::Work, scene: &Scene, audit: &Audit<'_>) -> anyhow::Result<()> {
    let followers: JoinSet<_> = work.followers;
    all(work.workers).await.context("a worker failed")?;
    let held = audit.logs(&scene.recorder).await?;
    work.heads.set(held.clone());
    all(followers).await.context("a subscriber failed")?;
    audit.shown(&scene.recorder, &held).await
}

/// After a planted bug: nodes that remember what the database has lost would refuse to read, so they start anew; and nobody
/// waits for followers, who may wait for what is gone.
async fn read_anew(work: crew::Work, at: (&Ground, &Scene), audit: &Audit<'_>) -> anyhow::Result<()> {
    let (ground, scene) = at;
    all(work.workers).await.context("a worker failed")?;
    drop(work.followers);
    for node in 0..ground::NODES {
        ground.nodes[node].program.lock().await.kill()?;
        ground.start_node(node).await?;
    }
    audit.logs(&scene.recorder).await.map(drop)
}
