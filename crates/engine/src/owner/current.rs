//! A fresh look at a conversation where other nodes write to the same store.
//!
//! What is cached is shown only after the log was asked whether it goes on behind it; if it does, the owner's task reads
//! on. Nobody but the task changes what is shown: retry keys, rows to write and the checkpoint belong to the same state.

use std::sync::Arc;

use parlance_proto::ConversationId;
use parlance_store::Level;
use tokio::sync::oneshot;

use super::{Letter, Owner, Shared, Stage, shared};
use crate::node::Node;
use crate::{Error, keys};

/// The readable side of a conversation with everything that was committed before the call, on whichever node.
pub(crate) async fn current(node: &Arc<Node>, conversation: ConversationId) -> Result<Arc<Shared>, Error> {
    if node.options.alone || planted_stale_read(node) {
        return shared(node, conversation).await;
    }
    look(node, conversation, false).await
}

/// The same, and what inboxes still lack of it is noted on this node, whoever committed it.
pub(crate) async fn followed_up(
    node: &Arc<Node>,
    conversation: ConversationId,
) -> Result<Arc<Shared>, Error> {
    look(node, conversation, true).await
}

async fn look(node: &Arc<Node>, conversation: ConversationId, follow: bool) -> Result<Arc<Shared>, Error> {
    loop {
        if node.tasks.stopped() {
            return Err(Error::Busy);
        }
        let (owner, started) = node.owners.of(node, conversation);
        match owner.board.loaded().await {
            // It was loaded for this call, and loading notes what inboxes lack.
            Stage::Ready(shared) if started => return Ok(shared),
            Stage::Ready(_) => {
                let is_there = if follow {
                    renew(&owner, None).await?
                } else {
                    owner.looks.next(|| check(node, conversation, &owner)).await?
                };
                match owner.board.stage() {
                    Stage::Ready(shared) if is_there => return Ok(shared),
                    _ => owner.board.over().await,
                }
            }
            Stage::Over(Error::Busy) | Stage::Loading => {}
            Stage::Over(error) => return Err(error),
        }
        node.owners.forget(conversation, |other| other.mailbox.is_closed());
    }
}

/// Has the owner read on if the log does. False if the owner has ended meanwhile.
async fn check(node: &Node, conversation: ConversationId, owner: &Owner) -> Result<bool, Error> {
    let Stage::Ready(shared) = owner.board.stage() else { return Ok(false) };
    let next = shared.state().head.index + 1;
    if node.store.get(&keys::log_row(conversation, next), Level::Serial).await?.is_none() {
        return Ok(true);
    }
    renew(owner, Some(next)).await
}

/// Has the owner read what the log holds up to `seen` at least; none has inboxes follow too. False if it has ended.
async fn renew(owner: &Owner, seen: Option<u64>) -> Result<bool, Error> {
    let (answer, done) = oneshot::channel();
    if owner.mailbox.send(Letter::Renew { seen, answer }).await.is_err() {
        return Ok(false);
    }
    match done.await {
        Ok(result) => result.map(|()| true),
        Err(_) => Ok(false),
    }
}

#[cfg(feature = "planted")]
fn planted_stale_read(node: &Node) -> bool {
    node.options.planted == Some(crate::Planted::StaleRead)
}

#[cfg(not(feature = "planted"))]
fn planted_stale_read(_: &Node) -> bool {
    false
}
