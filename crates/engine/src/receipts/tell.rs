//! Telling others how far members got: gathered, so that however many read, a conversation is told twice a second.
//!
//! Sessions that have the conversation open hear it; of a direct one also the other's, for the marks in the list.
//! Groups above the size of fan-out on writing are not told; whoever looks at a message there asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use parlance_domain::{Marks, Reached};
use parlance_proto::{ConversationId, Event, FanOut, MemberProgress, UserId};

use crate::hub::{Live, To};
use crate::node::Node;
use crate::{Engine, Error, owner};

/// The least time between two events of a conversation.
const PACE: Duration = Duration::from_millis(500);
/// Idle tables are looked for this often.
const TIDY: Duration = Duration::from_secs(60);

/// The task that tells, and drops tables nobody needs.
pub(crate) async fn keep(node: Arc<Node>) {
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let mut tidy = std::pin::pin!(tokio::time::sleep(TIDY));
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = &mut tidy => {
                node.receipts.drop_idle();
                tidy.as_mut().reset(tokio::time::Instant::now() + TIDY);
                continue;
            }
            () = node.receipts.bell.notified() => {}
        }
        tell_all(&node, node.receipts.take_moved()).await;
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(PACE) => {}
        }
    }
}

async fn tell_all(node: &Arc<Node>, moved: BTreeMap<ConversationId, BTreeSet<UserId>>) {
    for (conversation, users) in moved {
        let told = match conversation {
            ConversationId::Direct(..) => tell_peers(node, conversation, &users).await,
            ConversationId::Group(_) => tell_open(node, conversation, &users).await,
        };
        // It is a hint: whoever missed it asks.
        if let Err(error) = told {
            tracing::debug!(%conversation, %error, "progress could not be told");
        }
    }
}

/// Tells each side of a direct conversation how far the other is.
async fn tell_peers(
    node: &Arc<Node>,
    conversation: ConversationId,
    users: &BTreeSet<UserId>,
) -> Result<(), Error> {
    for user in users {
        let Some(peer) = conversation.peer_of(*user).filter(|peer| peer != user && node.may_hear(*peer))
        else {
            continue;
        };
        // Whoever is blocked or waits to be accepted is told nothing.
        if !Engine(Arc::clone(node)).on_terms(*user, conversation).await? {
            continue;
        }
        let Some(reached) = reached(node, conversation, &[*user], &[peer]).await?.pop() else { continue };
        let live = Live::new(Event::Progress { conversation_id: conversation, moved: vec![reached] });
        node.tell(To::Users([peer].into()), &live);
    }
    Ok(())
}

/// Tells the sessions that have a group open. Who hides the own reading is not told of others'.
async fn tell_open(
    node: &Arc<Node>,
    conversation: ConversationId,
    users: &BTreeSet<UserId>,
) -> Result<(), Error> {
    // Only this node's own are known.
    if node.hub.openers(conversation).is_empty() && !node.fellows.any() {
        return Ok(());
    }
    let shared = owner::shared(node, conversation).await?;
    // Where members are hidden, who reads is too; those who may see them ask.
    if shared.state().fan_out == FanOut::Read || shared.state().settings.members_hidden {
        return Ok(());
    }
    let users: Vec<UserId> = users.iter().copied().collect();
    let moved = reached(node, conversation, &users, &[]).await?;
    let but: Vec<UserId> = {
        let hiding = node.receipts.hiding().users();
        shared.state().members.keys().copied().filter(|user| hiding.contains(user)).collect()
    };
    let live = Live::new(Event::Progress { conversation_id: conversation, moved });
    node.tell(To::OpenBut(conversation, but.into()), &live);
    Ok(())
}

/// How far members are, for readers of whom none hides the own reading if the reads are in it.
async fn reached(
    node: &Arc<Node>,
    conversation: ConversationId,
    users: &[UserId],
    readers: &[UserId],
) -> Result<Vec<MemberProgress>, Error> {
    let table = node.receipts.table(node, conversation).await?;
    node.receipts.hiding().fill(node).await?;
    let shared = owner::shared(node, conversation).await?;
    let (state, marks, hiding) = (shared.state(), table.marks(), node.receipts.hiding().users());
    let unseen = readers.iter().any(|reader| hiding.contains(reader));
    let members = users.iter().filter_map(|user| Some((*user, state.member(*user)?)));
    let told = members.map(|(user, place)| {
        let stored: Marks = marks.get(&user).copied().unwrap_or_default();
        member_progress(user, stored.shown(place, unseen || hiding.contains(&user)))
    });
    Ok(told.collect())
}

/// How far a member is, as the wire says it.
pub(crate) fn member_progress(user_id: UserId, reached: Reached) -> MemberProgress {
    MemberProgress { user_id, read_index: reached.read, delivered_index: reached.delivered }
}
