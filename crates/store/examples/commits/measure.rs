//! One engine under a load: every caller owns a partition and appends to it, as the owner of a conversation does.
//! Each commit is durable before the next of the same caller begins.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parlance_store::{Commit, Durability, Error, Guard, Outcome, Put, Store};
use tokio::task::JoinSet;

/// Bytes of a row's value.
pub const ROW_BYTES: usize = 150;

/// What came of a load.
pub struct Figures {
    /// Commits a second.
    pub commits: f64,
    p50: Duration,
    p99: Duration,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} commits/s, p50 {:?}, p99 {:?}", self.commits, self.p50, self.p99)
    }
}

/// Figures of commits that waited so long, in all.
pub fn figures(mut waits: Vec<Duration>, elapsed: Duration) -> Figures {
    waits.sort_unstable();
    let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).copied().unwrap_or_default();
    Figures { commits: waits.len() as f64 / elapsed.as_secs_f64(), p50: at(0.50), p99: at(0.99) }
}

/// Has so many callers commit so many rows each time, for a while.
pub async fn measure(
    store: Arc<dyn Store>,
    (callers, rows): (usize, u64),
    span: Duration,
) -> Result<Figures, Error> {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        tasks.spawn(append(Arc::clone(&store), (caller, rows), started + span));
    }
    let mut waits = Vec::new();
    while let Some(done) = tasks.join_next().await {
        waits.append(&mut done.unwrap()?);
    }
    Ok(figures(waits, started.elapsed()))
}

async fn append(
    store: Arc<dyn Store>,
    (caller, rows): (usize, u64),
    end: Instant,
) -> Result<Vec<Duration>, Error> {
    let partition = Bytes::from(format!("L/{caller:08}"));
    let value = Bytes::from(vec![b'v'; ROW_BYTES]);
    let mut waits = Vec::new();
    for first in (1_u64..).step_by(rows as usize) {
        let started = Instant::now();
        if started >= end {
            break;
        }
        let key = |index: u64| Bytes::copy_from_slice(&index.to_be_bytes());
        let commit = Commit {
            partition: partition.clone(),
            guard: Guard::Absent(key(first)),
            puts: (first..first + rows).map(|index| Put::new(key(index), value.clone())).collect(),
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
