//! What runs beside the writers: holding the lease that keeps other programs out, and sweeping away expired rows.
//!
//! The lease goes by the database's clock. Who has lost it has company in the database: the program must end. Nodes of one
//! cluster hold one lease together; each of them renews it for all.

use std::time::Duration;

use deadpool_postgres::{Pool, PoolError};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::{PostgresOptions, refused, sql};
use crate::{Clock, Error};

/// Where this engine keeps what is its own, in the registers. No partition of the program begins with a zero byte.
pub(super) const OWN: &[u8] = b"\0parlance";
const LEASE: &[u8] = b"lease";
/// A lease is good for so long, and renewed this often.
const LEASE_MS: i64 = 15_000;
const RENEWAL: Duration = Duration::from_secs(4);
/// Who holds the lease that the nodes of a cluster share.
const TOGETHER: [u8; 16] = *b"nodes together\0\0";
/// Who waits for a lease to end looks this often.
const LOOK: Duration = Duration::from_millis(500);
/// A start waits so long for the lease: another's may have to run out first.
const TAKEN: Duration = Duration::from_secs(25);
/// An end waits so long until it is given back.
const GIVEN_BACK: Duration = Duration::from_secs(5);
/// Expired rows swept away at a time.
const SWEPT: i64 = 1_000;

/// The task, and what it says.
pub(super) struct Keeper {
    who: [u8; 16],
    over: watch::Sender<bool>,
    lost: watch::Receiver<bool>,
    task: std::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Keeper {
    /// Takes the lease and goes on holding it.
    pub(super) async fn start(pool: Pool, options: &PostgresOptions, name: &str) -> Result<Keeper, Error> {
        let who: [u8; 16] = if options.shared { TOGETHER } else { rand::random() };
        let Ok(taken) = timeout(TAKEN, wait_for_lease(&pool, who)).await else {
            return Err(refused::unavailable(
                "taking the lease is not answered; a standby that every commit waits for may be gone",
            ));
        };
        if !taken.map_err(|error| refused::away(&error))? {
            return Err(Error::Locked(format!("the database {name}")));
        }
        let (over, is_over) = watch::channel(false);
        let (losing, lost) = watch::channel(false);
        let lease = Lease { pool, who };
        let task = tokio::spawn(keep(lease, options.clock.clone(), options.sweep, is_over, losing));
        Ok(Keeper { who, over, lost, task: std::sync::Mutex::new(Some(task)) })
    }

    /// Resolves when another program has the lease.
    pub(super) async fn lost(&self) -> Error {
        let mut lost = self.lost.clone();
        // The keeper ends without losing it when the store is closed.
        if lost.wait_for(|lost| *lost).await.is_err() {
            std::future::pending::<()>().await;
        }
        Error::Poisoned("another Parlance works on the same database".into())
    }

    /// Ends the task and gives the lease back.
    pub(super) async fn end(&self, pool: &Pool) {
        let _ = self.over.send(true);
        let task = self.task.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(mut task) = task
            && timeout(LOOK, &mut task).await.is_err()
        {
            // It waits for the database, which may wait for a standby that is gone.
            task.abort();
        }
        // The others need it; after the last of them it runs out.
        if self.who == TOGETHER {
            return;
        }
        match timeout(GIVEN_BACK, renew(pool, self.who, 0)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::debug!(error = refused::told(&error), "the lease runs out by itself"),
            Err(_) => tracing::debug!("giving the lease back is not answered; it runs out by itself"),
        }
    }
}

/// What is held, and by whom.
struct Lease {
    pool: Pool,
    who: [u8; 16],
}

async fn keep(
    Lease { pool, who }: Lease,
    clock: Clock,
    sweep_every: Duration,
    mut over: watch::Receiver<bool>,
    losing: watch::Sender<bool>,
) {
    let mut ticks = interval(RENEWAL.min(sweep_every));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sweep_at = Instant::now() + sweep_every;
    loop {
        tokio::select! {
            biased;
            _ = over.wait_for(|over| *over) => return,
            _ = ticks.tick() => {}
        }
        match renew(&pool, who, LEASE_MS).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = losing.send(true);
                return;
            }
            // Without the database nothing can be written either; whether somebody came in between shows at the next renewal.
            Err(error) => {
                tracing::warn!(error = refused::told(&error), "the lease could not be renewed");
                continue;
            }
        }
        if Instant::now() >= sweep_at {
            match sweep(&pool, clock.now_ms()).await {
                // There may be more, and more may come in a second than one sweep takes.
                Ok(swept) if swept >= SWEPT.unsigned_abs() => ticks.reset_immediately(),
                Ok(_) => sweep_at = Instant::now() + sweep_every,
                Err(error) => {
                    tracing::debug!(error = refused::told(&error), "expired rows will be swept away later");
                }
            }
        }
    }
}

/// Takes the lease, and waits for the end of one that nobody renews any more. False if somebody does.
async fn wait_for_lease(pool: &Pool, who: [u8; 16]) -> Result<bool, PoolError> {
    let client = pool.get().await?;
    let mut first = None;
    loop {
        if take(pool, who).await? {
            return Ok(true);
        }
        let held = client.query_one(sql::NUMBER, &[&OWN, &LEASE]).await?;
        let until: i64 = held.get(0);
        if until > *first.get_or_insert(until) {
            return Ok(false);
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn take(pool: &Pool, who: [u8; 16]) -> Result<bool, PoolError> {
    if who == TOGETHER && renew(pool, who, LEASE_MS).await? {
        return Ok(true);
    }
    let client = pool.get().await?;
    Ok(client.execute(sql::TAKE_LEASE, &[&OWN, &LEASE, &&who[..], &LEASE_MS]).await? == 1)
}

async fn renew(pool: &Pool, who: [u8; 16], for_ms: i64) -> Result<bool, PoolError> {
    let client = pool.get().await?;
    Ok(client.execute(sql::KEEP_LEASE, &[&OWN, &LEASE, &&who[..], &for_ms]).await? == 1)
}

async fn sweep(pool: &Pool, now_ms: i64) -> Result<u64, PoolError> {
    let client = pool.get().await?;
    let mut most = 0;
    for statement in sql::EXPIRED {
        most = most.max(client.execute(statement, &[&now_ms, &SWEPT]).await?);
    }
    Ok(most)
}
