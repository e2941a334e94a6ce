//! Torture: the release program under load from real clients, killed at random moments and started again on the same
//! folder, and the history checker over everything that was asked and answered.
//!
//! A kill does not lose what the kernel holds: this run shows torn writes, lost memory and broken recovery, not a
//! missing sync. That is for the simulated power loss (`cargo xtask simulate`, the store's crash tests).

mod audit;
mod cluster;
mod follow;
mod people;
mod program;
mod record;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use parlance_proto::Encoding;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use tokio::task::JoinSet;

use crate::checker::{Promise, Verdict};
use crate::console::say;
use audit::Audit;
use follow::Heads;
use people::People;
use program::Program;
use record::Recorder;
use worker::{Habits, Scene, Way, Worker};

/// Shortest and longest time between a start and a kill, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 40..700;
/// A kill during start-up comes at most so long after the start, in milliseconds.
const START_UP_MS: u64 = 120;
/// Pauses of everybody between two acts, in microseconds.
const PAUSE_US: std::ops::Range<u64> = 0..6_000;
/// Every fifth kill is followed by one during start-up.
const KILLS_DURING_START_UP: f64 = 0.2;

/// How to torture.
#[derive(clap::Args)]
pub struct Options {
    /// How many times to kill.
    #[arg(long, default_value_t = 200)]
    kills: u64,
    /// Where chance begins; the same seed makes the same choices, though not the same timing.
    #[arg(long)]
    seed: Option<u64>,
    /// Ends the killing after so many seconds, whatever the count.
    #[arg(long)]
    seconds_limit: Option<u64>,
    /// People at work.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u64).range(3..=50))]
    people: u64,
    /// The program; built if not given.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Where the history is kept; in the target folder if not given.
    #[arg(long)]
    history: Option<PathBuf>,
    /// Tortures three nodes over PostgreSQL with a standby and NATS instead of one server.
    #[arg(long)]
    cluster: bool,
    #[command(flatten)]
    cluster_faults: cluster::Faults,
}

/// What the killing came to.
#[derive(Default)]
struct Killing {
    kills: u64,
    during_start_up: u64,
    /// How long each start took until the program served, in milliseconds.
    starts_ms: Vec<u64>,
    /// The quick check that failed.
    finding: Option<String>,
}

/// Tortures the program.
pub fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let program = match &options.program {
        Some(path) => path.canonicalize().with_context(|| path.display().to_string())?,
        None => crate::cargo::release_program(root)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if options.cluster {
        return runtime.block_on(cluster::run(root, options, program));
    }
    runtime.block_on(torture(root, options, program))
}

async fn torture(root: &Path, options: &Options, path: PathBuf) -> anyhow::Result<()> {
    let began = Instant::now();
    let seed = options.seed.unwrap_or_else(rand::random);
    let folder = tempfile::Builder::new().prefix("parlance-torture-").tempdir()?;
    let history = match &options.history {
        Some(path) => path.clone(),
        None => crate::cargo::target_folder(root).join("torture.jsonl"),
    };
    let mut program = Program::new(path, folder.path())?;
    program.start()?;
    program.serves().await?;
    let people = People::settle(&program.url(), options.people as usize).await?;
    let way = Way { socket: program.url(), http: program.url() };
    let habits = Habits { pause_us: PAUSE_US, patience: None };
    let scene = Arc::new(Scene::new(Recorder::create(&history)?, habits));
    say(format_args!(
        "torture: seed={seed} people={} conversations={} history={}",
        people.persons.len(),
        people.places.len(),
        history.display()
    ));
    let (mut workers, mut followers, heads) = (JoinSet::new(), JoinSet::new(), Heads::default());
    for (number, person) in people.persons.iter().enumerate() {
        let worker = Worker::start(Arc::clone(&scene), person.clone(), &way, seed).await?;
        workers.spawn(worker.work());
        let encoding = if number % 2 == 0 { Encoding::Json } else { Encoding::Msgpack };
        let who = (person.clone(), way.socket.clone());
        followers.spawn(follow::follow(Arc::clone(&scene), who, encoding, heads.clone()));
    }
    let mut audit = Audit::new(&people, &way.http);
    let killing = kill_often(options, seed, &mut program, &mut audit, &scene).await?;
    scene.stop.store(true, Ordering::Release);
    all(workers).await.context("a worker failed")?;
    let held = audit.logs(&scene.recorder).await?;
    heads.set(held.clone());
    all(followers).await.context("a subscriber failed")?;
    audit.shown(&scene.recorder, &held).await?;
    program.kill()?;
    let verdict = scene.recorder.finish()?.check();
    report(&killing, &scene, &verdict, began.elapsed())
}

/// Kills and restarts until the count or the time is reached, or a quick check finds something.
async fn kill_often(
    options: &Options,
    seed: u64,
    program: &mut Program,
    audit: &mut Audit<'_>,
    scene: &Scene,
) -> anyhow::Result<Killing> {
    let began = Instant::now();
    let mut chance = SmallRng::seed_from_u64(seed);
    let mut killing = Killing::default();
    let over = |began: Instant| {
        options.seconds_limit.is_some_and(|limit| began.elapsed() >= Duration::from_secs(limit))
    };
    while killing.kills < options.kills && !over(began) && killing.finding.is_none() {
        tokio::time::sleep(Duration::from_millis(chance.random_range(LIFE_MS))).await;
        program.kill()?;
        scene.recorder.line(crate::checker::Line::Killed { at: scene.recorder.now() });
        killing.kills += 1;
        if killing.kills < options.kills && chance.random_bool(KILLS_DURING_START_UP) {
            program.start()?;
            tokio::time::sleep(Duration::from_millis(chance.random_range(0..START_UP_MS))).await;
            program.kill()?;
            killing.kills += 1;
            killing.during_start_up += 1;
        }
        program.start()?;
        killing.starts_ms.push(program.serves().await?.as_millis() as u64);
        // Taken before the logs are read, so that nothing newer is looked for in them.
        let acked = scene.recorder.take_acked();
        let kills = killing.kills;
        killing.finding =
            audit.quick(&acked).await.err().map(|error| format!("after kill {kills}: {error:#}"));
    }
    Ok(killing)
}

async fn all(mut tasks: JoinSet<anyhow::Result<()>>) -> anyhow::Result<()> {
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    Ok(())
}

fn report(killing: &Killing, scene: &Scene, verdict: &Verdict, took: Duration) -> anyhow::Result<()> {
    for finding in verdict.words().iter().chain(&killing.finding) {
        say(format_args!("torture: {finding}"));
    }
    let mut starts_ms = killing.starts_ms.clone();
    starts_ms.sort_unstable();
    let (attempts, unknown) = scene.recorder.attempts();
    say(format_args!(
        "torture: seconds={} attempts={attempts} unknown={unknown} stored={} during_start_up={} start_ms_p50={} start_ms_max={}",
        took.as_secs(),
        verdict.stored,
        killing.during_start_up,
        starts_ms.get(starts_ms.len() / 2).copied().unwrap_or(0),
        starts_ms.last().copied().unwrap_or(0),
    ));
    let wrong_answers = scene.wrong_answers.load(Ordering::Acquire);
    say(format_args!("torture: kills={} {verdict} wrong_answers={wrong_answers}", killing.kills));
    let promises = Promise::ALL.iter().filter(|promise| verdict.count(**promise) > 0).count();
    let failed = promises + usize::from(killing.finding.is_some()) + usize::from(wrong_answers > 0);
    let checks = killing.starts_ms.len() + Promise::ALL.len() + 1;
    say(format_args!("{} passed, {failed} failed", checks - failed));
    ensure!(failed == 0, "the program broke its promises");
    Ok(())
}
