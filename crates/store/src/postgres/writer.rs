//! The writers: each gathers what waits for it and puts it into one transaction of two round trips.
//!
//! The first decides the guards, the second writes what the winners bring and commits. A batch that lost a rivalry is tried again;
//! one whose COMMIT got no answer is unknown to its commits and repeated for the rest, which is idempotent.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use deadpool_postgres::{Client, Pool};
use futures_util::future::{try_join, try_join_all, try_join5};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_postgres::Statement;

use super::batch::{Names, Puts, absent_guards, blind, fenced, guarded, joins, registers};
use super::{read, refused, sql};
use crate::{Clock, Commit, Error, Family, Guard, Outcome, Row, RowKey, Write};

/// Asks that may wait for a writer.
const WAITING: usize = 1_024;
/// Asks in one transaction.
const BATCH: usize = 256;
/// Tries of a batch against rivals, or of what is idempotent after a lost COMMIT.
const TRIES: u32 = 8;
/// Why nothing is written for a while.
const SILENT: &str = "a COMMIT is not answered";
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);
/// A COMMIT that is not answered within this waits for a standby that is gone.
const ANSWER: Duration = Duration::from_secs(5);

/// Something to write.
pub(super) enum Work {
    Commit(Commit),
    Register { key: RowKey, n: i64, value: Bytes },
    Blind(Vec<Write>),
}

/// Somebody who waits for it.
pub(super) struct Ask {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Outcome, Error>>,
}

/// The way to a writer.
pub(super) struct Desk {
    asks: Mutex<Option<mpsc::Sender<Ask>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Desk {
    /// A writer at work.
    pub(super) fn open(pool: Pool, clock: Clock) -> Desk {
        let (asks, waiting) = mpsc::channel(WAITING);
        let task = tokio::spawn(Writer { pool, clock, silent: None }.run(waiting));
        Desk { asks: Mutex::new(Some(asks)), task: Mutex::new(Some(task)) }
    }

    pub(super) async fn push(&self, ask: Ask) -> Result<(), Error> {
        let asks = locked(&self.asks).clone().ok_or_else(|| refused::unavailable("it is closed"))?;
        asks.send(ask).await.map_err(|_| refused::unavailable("it is closed"))
    }

    /// Ends the writer once it has done what waits.
    pub(super) async fn close(&self) {
        locked(&self.asks).take();
        let task = locked(&self.task).take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

fn locked<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// How a transaction ended that did not end well.
enum Ended {
    /// Nothing of it stands.
    Undone(tokio_postgres::Error),
    /// The COMMIT was sent and never answered.
    Unknown(tokio_postgres::Error),
    /// The COMMIT was sent and is still waited for.
    Silent(JoinHandle<()>),
    /// There was no connection to begin with.
    Away(Error),
}

struct Writer {
    pool: Pool,
    clock: Clock,
    /// A COMMIT that was given up and may still be answered. Until it is, nothing is written: the next would wait as well, and
    /// each takes a connection of the database's.
    silent: Option<JoinHandle<()>>,
}

impl Writer {
    async fn run(mut self, mut waiting: mpsc::Receiver<Ask>) {
        let mut asks = VecDeque::new();
        loop {
            if asks.is_empty() {
                let mut taken = Vec::new();
                if waiting.recv_many(&mut taken, BATCH).await == 0 {
                    return;
                }
                asks.extend(taken);
            } else {
                while asks.len() < BATCH
                    && let Ok(ask) = waiting.try_recv()
                {
                    asks.push_back(ask);
                }
            }
            let mut touched = BTreeSet::new();
            let (batch, later): (Vec<Ask>, Vec<Ask>) =
                asks.drain(..).partition(|ask| joins(&mut touched, &ask.work));
            asks.extend(later);
            self.write(batch).await;
        }
    }

    /// Writes a batch and answers everybody in it.
    async fn write(&mut self, mut batch: Vec<Ask>) {
        if self.silent.as_ref().is_some_and(|commit| !commit.is_finished()) {
            return fail(batch, &refused::unavailable(SILENT));
        }
        self.silent = None;
        for _ in 0..TRIES {
            let ended = match self.transact(&batch).await {
                Ok(outcomes) => {
                    for (ask, outcome) in batch.into_iter().zip(outcomes) {
                        let _ = ask.answer.send(Ok(outcome));
                    }
                    return;
                }
                Err(ended) => ended,
            };
            match ended {
                Ended::Undone(error) if refused::is_rivalry(&error) => {}
                Ended::Undone(error) => return fail(batch, &refused::of(&error)),
                Ended::Away(error) => return fail(batch, &error),
                Ended::Silent(commit) => {
                    tracing::warn!("{SILENT}; a standby that it waits for may be gone");
                    self.silent = Some(commit);
                    let rest = unknown(batch);
                    return fail(rest, &refused::unavailable(SILENT));
                }
                Ended::Unknown(error) => {
                    tracing::warn!(error = refused::told(&error), "the answer to a COMMIT was lost");
                    batch = unknown(batch);
                    if batch.is_empty() {
                        return;
                    }
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        fail(batch, &refused::unavailable("others were always first; try again"));
    }

    /// One transaction; the outcome of each ask.
    async fn transact(&self, batch: &[Ask]) -> Result<Vec<Outcome>, Ended> {
        let client = self.pool.get().await.map_err(|error| Ended::Away(refused::away(&error)))?;
        let commits: Vec<&Commit> = batch.iter().filter_map(|ask| commit_of(&ask.work)).collect();
        let undone = async |error| {
            // A connection that is gone has rolled back too, or never begun.
            let _ = client.batch_execute("ROLLBACK").await;
            Ended::Undone(error)
        };
        let winners = match self.decide(&client, &commits).await {
            Ok(winners) => winners,
            Err(error) => return Err(undone(error).await),
        };
        let won = |commit: &&Commit| winners.contains(&commit.partition);
        let brings = Brings::new(batch, won);
        if let Err(error) = brings.write(&client).await {
            return Err(undone(error).await);
        }
        let lost: Vec<RowKey> =
            commits.iter().copied().filter(|commit| !won(commit)).map(guard_name).collect();
        let standing = match read::rows(&client, &lost, self.clock.now_ms()).await {
            Ok(standing) => standing,
            Err(error) => return Err(undone(error).await),
        };
        // With the connection: nobody else may use it before the answer is there.
        let mut commit = Box::pin(async move {
            let done = client.batch_execute("COMMIT").await;
            if done.as_ref().is_err_and(refused::is_certain) {
                let _ = client.batch_execute("ROLLBACK").await;
            }
            done
        });
        match tokio::time::timeout(ANSWER, &mut commit).await {
            Ok(Ok(())) => Ok(outcomes(batch, &winners, standing)),
            Ok(Err(error)) if refused::is_certain(&error) => Err(Ended::Undone(error)),
            Ok(Err(error)) => Err(Ended::Unknown(error)),
            Err(_) => Err(Ended::Silent(tokio::spawn(async move { drop(commit.await) }))),
        }
    }

    /// Begins, and takes the guards: the partitions of the commits whose guards hold.
    async fn decide(
        &self,
        client: &Client,
        commits: &[&Commit],
    ) -> Result<BTreeSet<Bytes>, tokio_postgres::Error> {
        let now_ms = self.clock.now_ms();
        let absent = absent_guards(commits.iter().copied());
        let insert = client.prepare_cached(sql::GUARD_ABSENT).await?;
        let update = client.prepare_cached(sql::GUARD_VERSION).await?;
        let mut versioned: Vec<&Commit> =
            commits.iter().copied().filter(|commit| matches!(commit.guard, Guard::Version(..))).collect();
        versioned.sort_by(|one, other| one.partition.cmp(&other.partition));
        // Sent in this order and in one go.
        let begun = client.batch_execute("BEGIN");
        let inserted = async {
            if absent.is_empty() {
                return Ok(Vec::new());
            }
            let Puts { partitions, keys, values, tokens, expiries } = &absent;
            client.query(&insert, &[partitions, keys, values, tokens, expiries, &now_ms]).await
        };
        let updated =
            try_join_all(versioned.iter().map(|commit| take_version(client, &update, commit, now_ms)));
        let (((), inserted), updated) = try_join(try_join(begun, inserted), updated).await?;
        let mut winners: BTreeSet<Bytes> =
            inserted.iter().map(|row| Bytes::from(row.get::<_, Vec<u8>>(0))).collect();
        let held = versioned.iter().zip(updated).filter(|(_, held)| *held);
        winners.extend(held.map(|(commit, _)| commit.partition.clone()));
        Ok(winners)
    }
}

/// Takes a guard that wants a version; whether it held.
async fn take_version(
    client: &Client,
    update: &Statement,
    commit: &Commit,
    now_ms: i64,
) -> Result<bool, tokio_postgres::Error> {
    let (Guard::Version(key, version), Some(put)) = (&commit.guard, guarded(commit)) else {
        return Ok(false);
    };
    let Ok(version) = i64::try_from(*version) else { return Ok(false) };
    let (partition, key, value) = (&commit.partition[..], &key[..], &put.value[..]);
    let token = &commit.token[..];
    let changed = client
        .execute(update, &[&partition, &key, &value, &token, &put.expires_at_ms, &version, &now_ms])
        .await?;
    Ok(changed == 1)
}

/// What a batch writes beside its guards.
struct Brings {
    fenced: (Puts, Names),
    blind: (Puts, Names),
    registers: (Puts, Vec<i64>),
}

impl Brings {
    fn new(batch: &[Ask], won: impl Fn(&&Commit) -> bool) -> Brings {
        let winners = || batch.iter().filter_map(|ask| commit_of(&ask.work)).filter(|commit| won(commit));
        let writes = batch.iter().flat_map(|ask| match &ask.work {
            Work::Commit(commit) if won(&commit) => &commit.along[..],
            Work::Blind(writes) => &writes[..],
            Work::Commit(_) | Work::Register { .. } => &[],
        });
        let raised = batch.iter().filter_map(|ask| match &ask.work {
            Work::Register { key, n, value } => Some((key, *n, value)),
            _ => None,
        });
        Brings { fenced: fenced(winners()), blind: blind(writes), registers: registers(raised) }
    }

    async fn write(&self, client: &Client) -> Result<(), tokio_postgres::Error> {
        let (registers, numbers) = &self.registers;
        try_join5(
            put(client, sql::PUT_FENCED, &self.fenced.0),
            delete(client, sql::DELETE_FENCED, &self.fenced.1),
            put(client, sql::PUT_BLIND, &self.blind.0),
            delete(client, sql::DELETE_BLIND, &self.blind.1),
            raise(client, registers, numbers),
        )
        .await?;
        Ok(())
    }
}

async fn put(client: &Client, statement: &str, puts: &Puts) -> Result<(), tokio_postgres::Error> {
    if puts.is_empty() {
        return Ok(());
    }
    let statement = client.prepare_cached(statement).await?;
    client.execute(&statement, &[&puts.partitions, &puts.keys, &puts.values, &puts.expiries]).await.map(drop)
}

async fn delete(client: &Client, statement: &str, names: &Names) -> Result<(), tokio_postgres::Error> {
    if names.is_empty() {
        return Ok(());
    }
    let statement = client.prepare_cached(statement).await?;
    client.execute(&statement, &[&names.partitions, &names.keys]).await.map(drop)
}

async fn raise(client: &Client, puts: &Puts, numbers: &[i64]) -> Result<(), tokio_postgres::Error> {
    if puts.is_empty() {
        return Ok(());
    }
    let statement = client.prepare_cached(sql::RAISE).await?;
    client.execute(&statement, &[&puts.partitions, &puts.keys, &puts.values, &numbers]).await.map(drop)
}

/// Tells all commits that nobody knows; what is idempotent remains.
fn unknown(batch: Vec<Ask>) -> Vec<Ask> {
    let (commits, rest): (Vec<Ask>, Vec<Ask>) =
        batch.into_iter().partition(|ask| matches!(ask.work, Work::Commit(_)));
    for ask in commits {
        let _ = ask.answer.send(Ok(Outcome::Unknown));
    }
    rest
}

fn commit_of(work: &Work) -> Option<&Commit> {
    match work {
        Work::Commit(commit) => Some(commit),
        Work::Register { .. } | Work::Blind(_) => None,
    }
}

fn guard_name(commit: &Commit) -> RowKey {
    RowKey { family: Family::Fenced, partition: commit.partition.clone(), key: commit.guard.key().clone() }
}

/// The outcome of each ask; `standing` are the rows under the guards that did not hold, in order.
fn outcomes(batch: &[Ask], winners: &BTreeSet<Bytes>, standing: Vec<Option<Row>>) -> Vec<Outcome> {
    let mut standing = standing.into_iter();
    let outcome = |ask: &Ask| match &ask.work {
        Work::Commit(commit) if !winners.contains(&commit.partition) => {
            Outcome::Conflict(standing.next().flatten())
        }
        _ => Outcome::Applied,
    };
    batch.iter().map(outcome).collect()
}

fn fail(batch: Vec<Ask>, error: &Error) {
    for ask in batch {
        let _ = ask.answer.send(Err(error.clone()));
    }
}
