//! Measures the embedded engine: commits a second and waiting times by number of callers, beside the bare disk.
//!
//! `cargo run --release -p parlance-store --example commits [folder] [seconds]`

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parlance_store::{Commit, Durability, Embedded, EmbeddedOptions, Error, Guard, Outcome, Put, Store};
use tokio::task::JoinSet;

const ROW_BYTES: usize = 150;
const CALLERS: [usize; 4] = [1, 16, 128, 1024];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let base = args.next().unwrap_or_else(|| ".".into());
    let seconds = args.next().map_or(Ok(5), |text| text.parse())?;
    let span = Duration::from_secs(seconds);
    let mut out = std::io::stdout().lock();
    let (rate, p50, p99) = bare_disk(Path::new(&base), span)?;
    writeln!(out, "bare append + fdatasync of 4 KiB: {rate:.0}/s, p50 {p50:?}, p99 {p99:?}")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for callers in CALLERS {
        let folder = Path::new(&base).join(format!("commits-{callers}.tmp"));
        let (rate, p50, p99) = runtime.block_on(measure(&folder, callers, span))?;
        std::fs::remove_dir_all(&folder)?;
        writeln!(out, "{callers:>5} callers: {rate:>8.0} commits/s, p50 {p50:?}, p99 {p99:?}")?;
    }
    Ok(())
}

/// Every caller owns a partition and appends to it, as the owner of a conversation does.
async fn measure(
    folder: &Path,
    callers: usize,
    span: Duration,
) -> Result<(f64, Duration, Duration), Box<dyn std::error::Error>> {
    let store = Arc::new(Embedded::open(folder, EmbeddedOptions::default())?);
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        tasks.spawn(append(store.clone(), caller, started + span));
    }
    let mut waits = Vec::new();
    while let Some(done) = tasks.join_next().await {
        waits.append(&mut done??);
    }
    let figures = figures(waits, started.elapsed());
    store.close().await?;
    Ok(figures)
}

async fn append(store: Arc<Embedded>, caller: usize, end: Instant) -> Result<Vec<Duration>, Error> {
    let partition = Bytes::from(format!("L/{caller:08}"));
    let value = Bytes::from(vec![b'v'; ROW_BYTES]);
    let mut waits = Vec::new();
    for index in 1_u64.. {
        let started = Instant::now();
        if started >= end {
            break;
        }
        let key = Bytes::copy_from_slice(&index.to_be_bytes());
        let commit = Commit {
            partition: partition.clone(),
            guard: Guard::Absent(key.clone()),
            puts: vec![Put::new(key, value.clone())],
            deletes: Vec::new(),
            token: [1; 16],
            along: Vec::new(),
            durability: Durability::Durable,
        };
        let outcome = store.commit(commit).await?;
        if outcome != Outcome::Applied {
            return Err(Error::Unavailable(format!("not applied: {outcome:?}")));
        }
        waits.push(started.elapsed());
    }
    Ok(waits)
}

fn bare_disk(base: &Path, span: Duration) -> std::io::Result<(f64, Duration, Duration)> {
    std::fs::create_dir_all(base)?;
    let path = base.join("bare.tmp");
    let mut file = File::create(&path)?;
    let mut waits = Vec::new();
    let start = Instant::now();
    while start.elapsed() < span {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        waits.push(started.elapsed());
    }
    let figures = figures(waits, start.elapsed());
    std::fs::remove_file(&path)?;
    Ok(figures)
}

/// Rate a second, p50, p99.
fn figures(mut waits: Vec<Duration>, elapsed: Duration) -> (f64, Duration, Duration) {
    waits.sort_unstable();
    let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).copied().unwrap_or_default();
    (waits.len() as f64 / elapsed.as_secs_f64(), at(0.50), at(0.99))
}
