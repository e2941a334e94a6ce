//! The PostgreSQL engine: the same promises on a database that speaks PostgreSQL's protocol.
//!
//! Three tables, one for each family, and SQL that all such databases share. A few writers gather what waits, each into
//! one transaction; a write is answered after its COMMIT, and what became of a lost COMMIT is said to be unknown.

mod batch;
mod hosts;
mod keeper;
mod open;
mod read;
mod refused;
mod schema;
mod sql;
mod tls;
mod whole;
mod writer;

pub use open::PostgresOptions;
pub use schema::Plan;

use std::collections::HashMap;

use async_trait::async_trait;
use bytes::Bytes;
use deadpool_postgres::Pool;
use tokio::sync::oneshot;

use self::keeper::Keeper;
use self::refused::unavailable;
use self::writer::{Ask, Desk, Work};
use crate::whole::{Giver, Kept, Rows, Source, Whole};
use crate::{
    Capabilities, Clock, Commit, Compaction, Durability, Error, Family, Level, Outcome, Range, Row, RowKey,
    Store, Write, limits,
};

/// A store in a database.
pub struct Postgres {
    pool: Pool,
    /// Which database it is, in words.
    place: String,
    clock: Clock,
    writers: Vec<Desk>,
    keeper: Keeper,
}

impl Postgres {
    /// Asks the writer for what concerns a partition: always the same one, so that its commits keep their order.
    async fn ask(&self, partition: &[u8], work: Work) -> Result<Outcome, Error> {
        let place = xxhash_rust::xxh3::xxh3_64(partition) % self.writers.len() as u64;
        let (answer, answered) = oneshot::channel();
        self.writers[place as usize].push(Ask { work, answer }).await?;
        answered.await.unwrap_or_else(|_| Err(unavailable("it is closing")))
    }
}

#[async_trait]
impl Whole for Postgres {
    async fn give(&self, to: &mut Giver) -> Result<(), Error> {
        whole::give(&self.pool, self.clock.now_ms(), to).await
    }
}

#[async_trait]
impl Rows for Postgres {
    async fn page(&self, family: Family, after: Option<&RowKey>, now_ms: i64) -> Result<Vec<Kept>, Error> {
        whole::page(&self.pool, family, after, now_ms).await
    }

    async fn kept(&self, names: &[RowKey], now_ms: i64) -> Result<HashMap<RowKey, Kept>, Error> {
        whole::by_name(&self.pool, names, now_ms).await
    }
}

/// The lease keeps all others out, so nothing changes meanwhile.
#[async_trait]
impl Source for Postgres {
    fn name(&self) -> String {
        self.place.clone()
    }
}

#[async_trait]
impl Store for Postgres {
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        limits::check_commit(&commit)?;
        let partition = commit.partition.clone();
        self.ask(&partition, Work::Commit(commit)).await
    }

    async fn merge_max(&self, key: RowKey, n: u64, value: Bytes, _: Durability) -> Result<(), Error> {
        limits::check_register(&key, &value)?;
        let n = i64::try_from(n).map_err(|_| Error::TooLarge(format!("a register of {n}")))?;
        let partition = key.partition.clone();
        self.ask(&partition, Work::Register { key, n, value }).await.map(drop)
    }

    async fn write(&self, writes: Vec<Write>, _: Durability) -> Result<(), Error> {
        limits::check_writes(&writes)?;
        let partition = writes.iter().find_map(|write| match write {
            Write::Put { partition, .. } | Write::Delete { partition, .. } => Some(partition.clone()),
            Write::Erased => None,
        });
        let Some(partition) = partition else { return Ok(()) };
        self.ask(&partition, Work::Blind(writes)).await.map(drop)
    }

    async fn get(&self, key: &RowKey, level: Level) -> Result<Option<Row>, Error> {
        Ok(self.multi_get(std::slice::from_ref(key), level).await?.pop().flatten())
    }

    async fn range(&self, range: Range, _: Level) -> Result<Vec<Row>, Error> {
        read::range(&self.pool, &range, self.clock.now_ms()).await
    }

    async fn multi_get(&self, keys: &[RowKey], _: Level) -> Result<Vec<Option<Row>>, Error> {
        read::multi_get(&self.pool, keys, self.clock.now_ms()).await
    }

    async fn compact(&self) -> Result<Compaction, Error> {
        read::compact(&self.pool).await
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_commit_rows: limits::MAX_ROWS,
            max_commit_bytes: limits::MAX_BYTES,
            max_value_bytes: limits::MAX_BYTES,
            expiry: true,
            durability_proven: true,
        }
    }

    async fn failed(&self) -> Error {
        self.keeper.lost().await
    }

    async fn close(&self) -> Result<(), Error> {
        for desk in &self.writers {
            desk.close().await;
        }
        self.keeper.end(&self.pool).await;
        self.pool.close();
        Ok(())
    }
}
