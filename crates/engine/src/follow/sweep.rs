//! The sweeper: after a start it looks for dirty marks of earlier incarnations and finishes what they stand for.
//!
//! First it loads every marked conversation, which notes what inboxes lack; only then may inboxes be read. A mark goes
//! only after every inbox it stands for is durable; this incarnation's own marks are never touched. Where several nodes
//! work on the store, the marks may be of nodes that live: `chase` sees to them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use parlance_proto::ConversationId;
use parlance_store::{Durability, Error as StoreError, Family, Put, Range, Write};

use super::chase::{self, Foreign};
use crate::node::Node;
use crate::{Error, keys, owner};

/// Marks read or removed at once.
pub(super) const PAGE: usize = 500;
/// Conversations loaded at the same time.
pub(super) const AT_ONCE: usize = 64;
/// Shards read at the same time.
const SHARDS_AT_ONCE: usize = 16;
/// The pause before the store is asked again after it refused.
const PAUSE_MS: u64 = 200;
/// How often it is looked whether inboxes have caught up.
const LOOK_MS: u64 = 20;

/// A dirty mark of an incarnation: it may have to follow what it committed up to `index`.
pub(crate) fn mark(conversation: ConversationId, incarnation: u64, index: u64) -> Write {
    let put = Put::new(keys::mark(conversation, incarnation), index.to_be_bytes().to_vec());
    Write::Put { partition: keys::marks(keys::shard(conversation)), put }
}

/// Takes a mark away.
pub(super) fn unmark(conversation: ConversationId, key: Bytes) -> Write {
    Write::Delete { partition: keys::marks(keys::shard(conversation)), key }
}

/// The sweeper's task.
pub(crate) async fn sweep(node: Arc<Node>) {
    let Some(marks) = persist(&node, || note(&node)).await else { return };
    node.inbox.set_resumed();
    if !marks.is_empty() {
        tracing::info!(conversations = marks.len(), "following up what an earlier run left unfinished");
    }
    if !node.options.alone {
        if node.roles().worker {
            chase::chase(&node).await;
        }
        return;
    }
    for some in marks.chunks(PAGE) {
        persist(&node, || finish(&node, some)).await;
    }
}

/// Tries again until it is done; none if the engine stops before that.
async fn persist<T, F: Future<Output = Result<T, Error>>>(node: &Node, work: impl Fn() -> F) -> Option<T> {
    loop {
        match work().await {
            Ok(done) => return Some(done),
            Err(_) if node.tasks.stopped() => return None,
            Err(error) => tracing::warn!(%error, "dirty marks could not be followed up; trying again"),
        }
        tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
    }
}

/// Loads every marked conversation.
async fn note(node: &Arc<Node>) -> Result<Vec<Foreign>, Error> {
    let mut marks = foreign(node).await?;
    let conversations: BTreeSet<ConversationId> = marks.iter().map(|mark| mark.conversation).collect();
    let loads = conversations.into_iter().map(|conversation| load(node, conversation));
    let damaged: Vec<Option<ConversationId>> =
        stream::iter(loads).buffer_unordered(AT_ONCE).try_collect().await?;
    marks.retain(|mark| !damaged.contains(&Some(mark.conversation)));
    Ok(marks)
}

/// Loads a conversation; answers it if its rows cannot be read. Its mark stays, and nobody else has to wait for it.
async fn load(node: &Arc<Node>, conversation: ConversationId) -> Result<Option<ConversationId>, Error> {
    match owner::shared(node, conversation).await {
        Ok(_) => Ok(None),
        Err(error @ Error::Store(StoreError::Corrupt(_))) => {
            tracing::error!(%conversation, ?error, "a conversation cannot be read; run `parlance check`");
            Ok(Some(conversation))
        }
        Err(error) => Err(error),
    }
}

/// The marks that this incarnation has not written.
pub(super) async fn foreign(node: &Node) -> Result<Vec<Foreign>, Error> {
    let shards = (0..keys::SHARDS).map(|shard| read_marks(node, shard));
    let marks: Vec<Vec<Foreign>> = stream::iter(shards).buffered(SHARDS_AT_ONCE).try_collect().await?;
    Ok(marks.into_iter().flatten().collect())
}

async fn read_marks(node: &Node, shard: u8) -> Result<Vec<Foreign>, Error> {
    let range = Range::prefix(Family::Blind, keys::marks(shard), b"", PAGE);
    let mut marks = Vec::new();
    node.each(range, |row| {
        let conversation = keys::marked(&row.key).ok_or_else(|| Error::corrupt("a dirty mark's key"))?;
        if !row.key.ends_with(&node.incarnation.to_be_bytes()) {
            marks.push(Foreign { conversation, key: row.key.clone(), value: row.value.clone() });
        }
        Ok(())
    })
    .await?;
    Ok(marks)
}

/// Waits until inboxes have what the marks stand for, and removes them.
async fn finish(node: &Arc<Node>, marks: &[Foreign]) -> Result<(), Error> {
    for mark in marks {
        let head = owner::shared(node, mark.conversation).await?.state().head.index;
        while owner::shared(node, mark.conversation).await?.followed() < head {
            tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        }
    }
    let unmark = marks.iter().map(|mark| unmark(mark.conversation, mark.key.clone()));
    Ok(node.store.write(unmark.collect(), Durability::Derived).await?)
}
