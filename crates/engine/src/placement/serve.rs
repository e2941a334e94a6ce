//! Sends that other nodes ask of this one: put to the owner here, whatever this node's own view says.
//!
//! That is the one hop: nothing that came from another node goes on to a third. A node that hands over, or stops, says so
//! at once instead.

use std::sync::Arc;

use parlance_bus::Reply;
use parlance_proto::{Accepted, ConversationId};
use tokio::sync::oneshot;
use tracing::Instrument as _;

use super::carried::{Answers, Asks, Outcome, send_of};
use crate::hub::{Hint, Travelling};
use crate::node::Node;
use crate::owner::{self, Ask};
use crate::{Error, rows};

/// Messages of others that may be under way here; more are sent back.
pub(super) const AT_ONCE: usize = 4_096;

/// Somebody who waits for what became of a send.
type Waiting = Result<oneshot::Receiver<Result<Accepted, Error>>, Error>;

/// Answers another node.
pub(crate) fn serve(node: &Arc<Node>, hint: &Hint, reply: Reply<Hint>) {
    let Travelling::Asks(asks) = &hint.0 else { return };
    let room = Arc::clone(&node.lanes.serving).try_acquire_owned().ok();
    let Some(room) = room.filter(|_| node.roles().owner && !node.tasks.stopped()) else {
        return reply.send(answer(None));
    };
    let (serving, asks) = (Arc::clone(node), Arc::clone(asks));
    let span = tracing::debug_span!("forwarded", conversation = %asks.conversation, asks = asks.sends.len());
    let served = async move {
        let outcomes = perform(&serving, &asks).await;
        metrics::counter!("parlance_forwards_served_total").increment(outcomes.len() as u64);
        reply.send(answer(Some(outcomes)));
        drop(room);
    };
    node.tasks.spawn(served.instrument(span));
}

fn answer(outcomes: Option<Vec<Outcome>>) -> Hint {
    Hint(Travelling::Answers(Arc::new(Answers(outcomes))))
}

/// Puts all of it to the owner, in order, and waits for what becomes of it.
async fn perform(node: &Arc<Node>, asks: &Asks) -> Vec<Outcome> {
    let mut waiting = Vec::with_capacity(asks.sends.len());
    for row in &asks.sends {
        waiting.push(put(node, asks.conversation, row).await);
    }
    let mut outcomes = Vec::with_capacity(waiting.len());
    for one in waiting {
        outcomes.push(match one {
            Ok(answer) => Outcome::of(answer.await.unwrap_or(Err(Error::Unknown))),
            Err(_) => Outcome::Undone,
        });
    }
    outcomes
}

/// Puts one send to the owner. An error is one that came before anything was done.
async fn put(node: &Arc<Node>, conversation: ConversationId, row: &rows::LogRow) -> Waiting {
    let (caller, key, command) = send_of(row)?;
    let (answer, answered) = oneshot::channel();
    owner::ask(node, conversation, Ask { caller, key: Some(key), command, answer }).await?;
    Ok(answered)
}
