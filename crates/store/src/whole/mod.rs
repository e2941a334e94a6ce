//! All rows of a store on their way to another one, whatever the engines: what they carry, and how both are compared.
//!
//! A row arrives with its version, token and expiry, so that every guard holds there as it did here.

pub mod mover;
mod source;

pub(crate) use source::{PAGE_BYTES, PAGE_ROWS};
pub use source::{Rows, Source};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::mpsc;
use xxhash_rust::xxh3::xxh3_128;

use crate::{Error, Family, RowKey, Token};

/// Batches that wait for whoever takes them.
const WAITING: usize = 4;
/// A batch is given on when it has so many rows, or bytes.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1_024 * 1_024;

/// A row with all that an engine keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its full name.
    pub name: RowKey,
    /// What was written.
    pub value: Bytes,
    /// How often it was written under a guard; a register's number; else 0.
    pub version: u64,
    /// The token of the commit that last wrote it as its guard.
    pub token: Option<Token>,
    /// Wall-clock milliseconds since 1970 after which it counts as absent.
    pub expires_at_ms: Option<i64>,
}

/// A store that can tell all it keeps.
#[async_trait]
pub trait Whole: Send + Sync {
    /// Gives every row, each once, in any order. Nobody may write meanwhile.
    async fn give(&self, to: &mut Giver) -> Result<(), Error>;
}

/// Some rows, or the word that there are no more.
enum Batch {
    Rows(Vec<Kept>),
    End,
}

/// Gathers rows for whoever takes them.
pub struct Giver {
    to: mpsc::Sender<Batch>,
    batch: Vec<Kept>,
    bytes: usize,
}

impl Giver {
    /// Gives a row on, when enough have come together.
    pub async fn push(&mut self, row: Kept) -> Result<(), Error> {
        self.bytes += row.value.len() + row.name.key.len() + row.name.partition.len();
        self.batch.push(row);
        if self.batch.len() < BATCH_ROWS && self.bytes < BATCH_BYTES {
            return Ok(());
        }
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        self.send(Batch::Rows(batch)).await
    }

    async fn end(&mut self) -> Result<(), Error> {
        let batch = std::mem::take(&mut self.batch);
        self.send(Batch::Rows(batch)).await?;
        self.send(Batch::End).await
    }

    async fn send(&self, batch: Batch) -> Result<(), Error> {
        let gone = |_| Error::Unavailable("whoever takes the rows has given up".into());
        self.to.send(batch).await.map_err(gone)
    }
}

/// Takes the rows of a store, and counts them.
pub struct Taker {
    from: mpsc::Receiver<Batch>,
    contents: Contents,
}

impl Taker {
    /// The next rows; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Kept>>, Error> {
        let batch = self.from.recv().await;
        self.counted(batch)
    }

    /// The same where one may block.
    pub fn next_blocking(&mut self) -> Result<Option<Vec<Kept>>, Error> {
        let batch = self.from.blocking_recv();
        self.counted(batch)
    }

    /// What came so far.
    pub fn contents(&self) -> Contents {
        self.contents
    }

    fn counted(&mut self, batch: Option<Batch>) -> Result<Option<Vec<Kept>>, Error> {
        match batch {
            Some(Batch::Rows(rows)) => {
                rows.iter().for_each(|row| self.contents.add(row));
                Ok(Some(rows))
            }
            Some(Batch::End) => Ok(None),
            // Whoever fails says nothing more: without the word at the end there would be more to come.
            None => Err(Error::Unavailable("the rows ended before the last one".into())),
        }
    }
}

/// What a store holds, so that two can be compared whatever their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Rows.
    pub rows: u64,
    /// The sum of all rows' hashes.
    sum: u128,
    /// Rows that expire before this are left out: they may be gone when the other store is counted.
    steady_until_ms: i64,
}

impl Contents {
    fn add(&mut self, row: &Kept) {
        if row.expires_at_ms.is_some_and(|end| end < self.steady_until_ms) {
            return;
        }
        let family = match row.name.family {
            Family::Fenced => 0_u8,
            Family::Register => 1,
            Family::Blind => 2,
        };
        let mut bytes = vec![family];
        for part in [
            &row.name.partition[..],
            &row.name.key,
            &row.value,
            row.token.as_ref().map_or(&[], |token| &token[..]),
        ] {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        }
        bytes.extend_from_slice(&row.version.to_le_bytes());
        bytes.extend_from_slice(&row.expires_at_ms.unwrap_or(i64::MAX).to_le_bytes());
        self.rows += 1;
        self.sum = self.sum.wrapping_add(xxh3_128(&bytes));
    }
}

/// Has a store give all its rows to `take`, and answers what that answers. Rows that expire before `steady_until_ms` are
/// given but not counted.
pub async fn copy<T>(
    from: &dyn Whole,
    steady_until_ms: i64,
    take: impl AsyncFnOnce(Taker) -> Result<T, Error>,
) -> Result<T, Error> {
    let (to, rows) = mpsc::channel(WAITING);
    let mut giver = Giver { to, batch: Vec::new(), bytes: 0 };
    let taker = Taker { from: rows, contents: Contents { rows: 0, sum: 0, steady_until_ms } };
    let giving = async move {
        from.give(&mut giver).await?;
        giver.end().await
    };
    // Who fails first says why; the other only notices that nobody is left.
    let ((), taken) = tokio::try_join!(giving, take(taker))?;
    Ok(taken)
}

/// Counts all rows of a store.
pub async fn contents(of: &dyn Whole, steady_until_ms: i64) -> Result<Contents, Error> {
    copy(of, steady_until_ms, async |mut taker| {
        while taker.next().await?.is_some() {}
        Ok(taker.contents())
    })
    .await
}
