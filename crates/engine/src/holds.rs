//! Legal holds, all of them in memory: every change of a message asks whether one is on it.
//!
//! A hold counts from when it is durable and before it is answered; a released one keeps nothing more. Where other nodes
//! make them too, they are read each time: there are few.

use std::sync::{Arc, PoisonError, RwLock};

use parlance_domain::Conversation;
use parlance_proto::{ConversationId, HoldId, UserId};
use parlance_store::{Bound, Family, Range};
use tokio::sync::OnceCell;

use crate::node::Node;
use crate::turns::Turns;
use crate::{Error, keys, rows};

/// Rows read at once.
const PAGE: usize = 200;

/// What a hold is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeldBy {
    /// What the user wrote, and what is in conversations the user is in.
    User(UserId),
    /// What is in the conversation.
    Conversation(ConversationId),
}

/// The holds of a server.
#[derive(Default)]
pub(crate) struct Holds {
    /// Those that hold now.
    active: RwLock<Arc<Vec<(HoldId, HeldBy)>>>,
    /// Those released whose copies may not all be erased.
    ended: RwLock<Vec<HoldId>>,
    /// Set when the rows have been read.
    filled: OnceCell<()>,
    /// Reads them anew.
    turns: Turns<()>,
}

impl Holds {
    /// Reads the rows, the first time; where other nodes write them too, each time.
    pub(crate) async fn fill(&self, node: &Node) -> Result<(), Error> {
        if !node.options.alone {
            return self.turns.next(|| self.read(node)).await;
        }
        self.filled.get_or_try_init(|| self.read(node)).await.copied()
    }

    /// Those that hold now.
    pub(crate) fn active(&self) -> Arc<Vec<(HoldId, HeldBy)>> {
        Arc::clone(&self.active.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The holds on what `sender` wrote in a conversation.
    pub(crate) fn on(&self, conversation: &Conversation, sender: UserId) -> Vec<HoldId> {
        let is_on = |held: &HeldBy| match held {
            HeldBy::Conversation(id) => *id == conversation.id,
            HeldBy::User(user) => *user == sender || conversation.members.contains_key(user),
        };
        self.active().iter().filter(|(_, held)| is_on(held)).map(|(hold, _)| *hold).collect()
    }

    /// Notes a durable hold.
    pub(crate) fn begin(&self, hold: HoldId, on: HeldBy) {
        let mut active = self.active.write().unwrap_or_else(PoisonError::into_inner);
        if active.iter().all(|(other, _)| *other != hold) {
            Arc::make_mut(&mut active).push((hold, on));
        }
    }

    /// Notes a durable release.
    pub(crate) fn end(&self, hold: HoldId) {
        self.forget(hold);
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        if !ended.contains(&hold) {
            ended.push(hold);
        }
    }

    fn forget(&self, hold: HoldId) {
        let mut active = self.active.write().unwrap_or_else(PoisonError::into_inner);
        if active.iter().any(|(other, _)| *other == hold) {
            Arc::make_mut(&mut active).retain(|(other, _)| *other != hold);
        }
    }

    /// Takes those whose copies are to be erased for good.
    pub(crate) fn take_ended(&self) -> Vec<HoldId> {
        std::mem::take(&mut *self.ended.write().unwrap_or_else(PoisonError::into_inner))
    }

    async fn read(&self, node: &Node) -> Result<(), Error> {
        let range = Range {
            family: Family::Fenced,
            partition: keys::HOLDS,
            from: Bound::Open,
            to: Bound::Open,
            limit: PAGE,
            reverse: false,
        };
        node.each(range, |row| {
            let id = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a hold's key"))?;
            let row: rows::HoldRow = rows::decode(&row.value)?;
            if row.released_ms == 0 {
                self.begin(HoldId(id), held_by(&row)?);
            } else if row.erased {
                self.forget(HoldId(id));
            } else {
                self.end(HoldId(id));
            }
            Ok(())
        })
        .await
    }
}

/// What a hold's row is on.
pub(crate) fn held_by(row: &rows::HoldRow) -> Result<HeldBy, Error> {
    if row.user != 0 {
        return Ok(HeldBy::User(UserId(row.user)));
    }
    let conversation = keys::parse_conversation(&row.conversation);
    conversation.map(HeldBy::Conversation).ok_or_else(|| Error::corrupt("what a hold is on"))
}
