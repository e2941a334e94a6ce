//! The one task of a node that writes the audit log: what waits becomes one commit.
//!
//! The guard of the next index is the fence: a rival's record means that the end is read anew and the chain goes on
//! from there.

use std::sync::Arc;

use parlance_store::{Bound, Commit, Durability, Family, Guard, Level, Put, Range, Store};
use tokio::sync::{mpsc, oneshot};

use super::chain::Head;
use crate::node::Node;
use crate::owner::{Settled, settle};
use crate::{Error, keys, rows};

/// Records that may wait; further askers wait themselves.
const WAITING: usize = 256;
/// Records in one commit.
const BATCH: usize = 64;
/// Tries against rivals.
const TRIES: u32 = 16;

/// A record to write and who waits for it.
pub(crate) struct Record {
    pub record: rows::AuditRecord,
    pub answer: oneshot::Sender<Result<(), Error>>,
}

/// Where records come from.
pub(crate) type Asks = mpsc::Receiver<Record>;

/// The two ends of the queue.
pub(crate) fn open() -> (mpsc::Sender<Record>, Asks) {
    mpsc::channel(WAITING)
}

/// Writes records until the engine stops.
pub(crate) async fn keep(node: Arc<Node>, mut asks: Asks) {
    let mut stopping = std::pin::pin!(node.tasks.stopping());
    let mut head = None;
    let mut waiting = Vec::new();
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            count = asks.recv_many(&mut waiting, BATCH) => if count == 0 { return },
        }
        while !waiting.is_empty() {
            let (done, result) = append(&node, &mut head, &waiting).await;
            for record in waiting.drain(..done) {
                // Nobody may be listening any more.
                _ = record.answer.send(result.clone());
            }
        }
        if let Some(Head { index, hash }) = head {
            let hash = bytes::Bytes::copy_from_slice(&hash);
            let noted = node.store.merge_max(keys::audit_head(), index, hash, Durability::Derived).await;
            if let Err(error) = noted {
                tracing::debug!(%error, "the end of the audit log is noted later");
            }
        }
    }
}

/// Writes records from the front; tells how many were settled, and how.
async fn append(node: &Node, head: &mut Option<Head>, waiting: &[Record]) -> (usize, Result<(), Error>) {
    for _ in 0..TRIES {
        let from = match head.take() {
            Some(head) => head,
            None => match find_head(&*node.store).await {
                Ok(found) => found,
                Err(error) => return (waiting.len(), Err(error)),
            },
        };
        let (commit, to) = commit(node, from, waiting);
        match settle(&*node.store, &commit).await {
            Ok(Settled::Applied) => {
                *head = Some(to);
                return (commit.puts.len(), Ok(()));
            }
            Ok(Settled::Lost) => {}
            Err(error) => return (commit.puts.len(), Err(error)),
        }
    }
    (waiting.len(), Err(Error::Busy))
}

/// The commit of as many records as one bucket takes, and the end after it.
fn commit(node: &Node, from: Head, waiting: &[Record]) -> (Commit, Head) {
    let first = keys::audit(from.index + 1);
    let (mut to, mut puts) = (from, Vec::with_capacity(waiting.len()));
    for one in waiting {
        let key = keys::audit(to.index + 1);
        if key.partition != first.partition {
            break;
        }
        let (next, row) = to.follow(&one.record);
        puts.push(Put::new(key.key, rows::encode(&row)));
        to = next;
    }
    let commit = Commit {
        partition: first.partition,
        guard: Guard::Absent(first.key),
        puts,
        deletes: Vec::new(),
        token: node.token(),
        along: Vec::new(),
        durability: Durability::Durable,
    };
    (commit, to)
}

/// The end of the chain as stored: the last bucket with a record is found by doubling and halving.
pub(super) async fn find_head(store: &dyn Store) -> Result<Head, Error> {
    let Some(mut found) = last_of(store, 0).await? else { return Ok(Head::default()) };
    let (mut low, mut high) = (0, 1);
    while let Some(later) = last_of(store, high).await? {
        (found, low, high) = (later, high, high * 2);
    }
    while high - low > 1 {
        let middle = low.midpoint(high);
        match last_of(store, middle).await? {
            Some(later) => (found, low) = (later, middle),
            None => high = middle,
        }
    }
    Ok(found)
}

/// The last record of a bucket.
async fn last_of(store: &dyn Store, bucket: u64) -> Result<Option<Head>, Error> {
    let range = Range {
        family: Family::Fenced,
        partition: keys::audit_bucket(bucket),
        from: Bound::Open,
        to: Bound::Open,
        limit: 1,
        reverse: true,
    };
    let rows = store.range(range, Level::Serial).await?;
    let Some(last) = rows.first() else { return Ok(None) };
    let index = keys::tail_number(&last.key).ok_or_else(|| Error::corrupt("an audit record's key"))?;
    let row: rows::AuditRow = rows::decode(&last.value)?;
    let hash = row.hash.as_ref().try_into().map_err(|_| Error::corrupt("an audit record's hash"))?;
    Ok(Some(Head { index, hash }))
}
