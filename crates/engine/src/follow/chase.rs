//! Chasing marks: what a node that is gone left unfinished, the others finish, without a restart.
//!
//! A mark goes with every commit of its node, so it stands still only when that node does. It is taken away only after all
//! up to the head is followed, while a mark of the chaser's own stands, and that one goes only if the log has not gone on
//! since: a node that lives after all and commits leaves a new mark, or is seen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use parlance_proto::ConversationId;
use parlance_store::{Durability, Level};
use tokio::time::Instant;

use super::sweep::{self, AT_ONCE, PAGE};
use crate::node::Node;
use crate::{Error, keys, owner, placement};

/// How often marks are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// A mark is left alone for so long after its owner should have taken it away.
const GRACE_MS: u64 = 1_000;
/// Whoever does not come first leaves it to the first for so long.
const AFTER_THE_FIRST: Duration = Duration::from_secs(2);
/// How often it is looked whether inboxes have caught up, and for how long at most.
const CAUGHT_UP: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(30);

/// A mark that this node's owners have not written.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Foreign {
    pub conversation: ConversationId,
    pub key: Bytes,
    /// Up to where its node had committed.
    pub value: Bytes,
}

/// The marks that stand still, since when.
#[derive(Default)]
struct Seen(BTreeMap<Bytes, (Bytes, Instant)>);

impl Seen {
    /// Takes in the marks of now; those that have stood still for too long, by conversation.
    fn still(
        &mut self,
        marks: Vec<Foreign>,
        patience: impl Fn(ConversationId) -> Duration,
    ) -> BTreeMap<ConversationId, Vec<Bytes>> {
        let now = Instant::now();
        let mut before = std::mem::take(&mut self.0);
        let mut still: BTreeMap<ConversationId, Vec<Bytes>> = BTreeMap::new();
        for mark in marks {
            let known = before.remove(&mark.key).filter(|(value, _)| *value == mark.value);
            let since = known.map_or(now, |(_, since)| since);
            if now - since >= patience(mark.conversation) {
                still.entry(mark.conversation).or_default().push(mark.key.clone());
            }
            self.0.insert(mark.key, (mark.value, since));
        }
        still
    }
}

/// The chaser's task, on a node that is one of several.
pub(super) async fn chase(node: &Arc<Node>) {
    let quiet = Duration::from_millis(node.options.tidy_ms + node.options.flush_ms + GRACE_MS);
    let patience = |conversation| {
        let is_first = node.comes_first(placement::shard(conversation));
        if is_first { quiet } else { quiet + AFTER_THE_FIRST }
    };
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    // Its own marks are another's than those of this node's owners: those come and go by themselves.
    let chaser = node.chance.next_u64();
    let mut seen = Seen::default();
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let round = async {
            let marks = sweep::foreign(node).await?;
            let still = seen.still(marks, patience);
            planted_foreign_mark_removed(node, &still).await?;
            finish(node, chaser, still.into_iter().collect()).await
        };
        if let Err(error) = round.await {
            tracing::debug!(%error, "marks of other nodes will be looked at again");
        }
    }
}

/// Follows up marked conversations and takes their marks away.
async fn finish(
    node: &Arc<Node>,
    chaser: u64,
    marked: Vec<(ConversationId, Vec<Bytes>)>,
) -> Result<(), Error> {
    for some in marked.chunks(PAGE) {
        let some = some.iter().cloned().map(|(conversation, keys)| try_follow(node, conversation, keys));
        let followed: Vec<_> = stream::iter(some).buffer_unordered(AT_ONCE).collect().await;
        let followed: Vec<Followed> = followed.into_iter().flatten().collect();
        let puts = followed.iter().map(|one| sweep::mark(one.conversation, chaser, 0)).collect();
        node.store.write(puts, Durability::Durable).await?;
        let own = chaser.to_be_bytes();
        let theirs = followed.iter().flat_map(|one| {
            let theirs = one.keys.iter().filter(|key| !key.ends_with(&own));
            theirs.map(|key| sweep::unmark(one.conversation, key.clone()))
        });
        node.store.write(theirs.collect(), Durability::Durable).await?;
        let mut done = Vec::new();
        for Followed { conversation, head, .. } in &followed {
            if owner::current(node, *conversation).await?.state().head.index == *head {
                done.push(sweep::unmark(*conversation, keys::mark(*conversation, chaser)));
            }
        }
        node.store.write(done, Durability::Derived).await?;
    }
    Ok(())
}

/// A conversation whose inboxes have all up to the head.
struct Followed {
    conversation: ConversationId,
    /// The marks that stood for it before.
    keys: Vec<Bytes>,
    head: u64,
}

/// Follows one up. One that fails has its turn again, and keeps no other from it.
async fn try_follow(node: &Arc<Node>, conversation: ConversationId, keys: Vec<Bytes>) -> Option<Followed> {
    match follow(node, conversation).await {
        Ok(head) => Some(Followed { conversation, keys, head }),
        Err(error) => {
            tracing::debug!(%conversation, %error, "not followed up yet");
            None
        }
    }
}

/// Waits until inboxes have all of a conversation; up to which index.
async fn follow(node: &Arc<Node>, conversation: ConversationId) -> Result<u64, Error> {
    let head = owner::followed_up(node, conversation).await?.state().head.index;
    let until = Instant::now() + PATIENCE;
    loop {
        let cursor = node.store.get(&keys::inbox_cursor(conversation), Level::Serial).await?;
        if cursor.map_or(0, |row| row.version) >= head {
            return Ok(head);
        }
        if Instant::now() >= until {
            return Err(Error::Busy);
        }
        tokio::time::sleep(CAUGHT_UP).await;
    }
}

#[cfg(feature = "planted")]
async fn planted_foreign_mark_removed(
    node: &Node,
    still: &BTreeMap<ConversationId, Vec<Bytes>>,
) -> Result<(), Error> {
    if node.options.planted == Some(crate::Planted::ForeignMarkRemoved) {
        let marks =
            still.iter().flat_map(|(id, keys)| keys.iter().map(|key| sweep::unmark(*id, key.clone())));
        node.store.write(marks.collect(), Durability::Durable).await?;
        return Err(Error::Busy);
    }
    Ok(())
}

#[cfg(not(feature = "planted"))]
#[allow(clippy::unused_async)] // the same call with and without planted bugs
async fn planted_foreign_mark_removed(
    _: &Node,
    _: &BTreeMap<ConversationId, Vec<Bytes>>,
) -> Result<(), Error> {
    Ok(())
}
