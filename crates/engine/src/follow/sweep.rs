//! The sweeper: after a start it looks for dirty marks of earlier incarnations and finishes what they stand for.
//!
//! A mark goes only after every inbox it stands for is durable; this incarnation's own marks are never
//! touched.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parlance_proto::ConversationId;
use parlance_store::{Bound, Durability, Family, Level, Range, Write};

use crate::node::Node;
use crate::{Error, keys, owner};

/// Marks read at once.
const PAGE: usize = 500;
/// Conversations of one shard that are caught up at the same time.
const AT_ONCE: usize = 64;
/// The pause before the store is asked again after it refused.
const PAUSE_MS: u64 = 1_000;
/// How often it is looked whether inboxes have caught up.
const LOOK_MS: u64 = 20;

/// The sweeper's task: once over all shards.
pub(crate) async fn sweep(node: Arc<Node>) {
    for shard in 0..keys::SHARDS {
        while let Err(error) = sweep_shard(&node, shard).await {
            if node.tasks.stopped() {
                return;
            }
            tracing::warn!(shard, %error, "dirty marks could not be followed up; trying again");
            tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
        }
    }
}

async fn sweep_shard(node: &Arc<Node>, shard: u8) -> Result<(), Error> {
    let mut from = Bound::Open;
    loop {
        let range = Range {
            family: Family::Blind,
            partition: keys::marks(shard),
            from,
            to: Bound::Open,
            limit: PAGE,
            reverse: false,
        };
        let page = node.store.range(range, Level::Serial).await?;
        let Some(last) = page.last() else { return Ok(()) };
        from = Bound::Excluded(last.key.clone());
        let mut marked: BTreeMap<ConversationId, Vec<Bytes>> = BTreeMap::new();
        for row in page {
            let conversation = keys::marked(&row.key).ok_or_else(|| Error::corrupt("a dirty mark's key"))?;
            // This incarnation's own marks are its owners' matter.
            if !row.key.ends_with(&node.incarnation.to_be_bytes()) {
                marked.entry(conversation).or_default().push(row.key);
            }
        }
        let marked: Vec<_> = marked.into_iter().collect();
        for some in marked.chunks(AT_ONCE) {
            catch_up(node, shard, some).await?;
        }
    }
}

/// Loads conversations, which notes what their inboxes lack, waits until it is durable and removes the marks.
async fn catch_up(node: &Arc<Node>, shard: u8, marked: &[(ConversationId, Vec<Bytes>)]) -> Result<(), Error> {
    for (conversation, _) in marked {
        let head = owner::shared(node, *conversation).await?.state().head.index;
        while owner::shared(node, *conversation).await?.followed() < head {
            tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        }
    }
    let partition = keys::marks(shard);
    let marks = marked.iter().flat_map(|(_, marks)| marks);
    let unmark = marks.map(|key| Write::Delete { partition: partition.clone(), key: key.clone() });
    Ok(node.store.write(unmark.collect(), Durability::Derived).await?)
}
