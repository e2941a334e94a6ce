//! Read indexes: a register per member that only rises, never above the head.
//!
//! A reader moves nobody's index but the own one, and unread is computed when asked for, never stored.

use parlance_domain::{Marks, Progress, Rejection, farthest};
use parlance_proto::{ConversationId, Event, MarkRead, ReadState, UserId};
use parlance_store::Level;

use crate::hub::{Live, To};
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Moves the caller's read index up.
    pub async fn mark_read(&self, caller: Caller, input: MarkRead) -> Result<ReadState, Error> {
        let conversation = input.conversation_id;
        let shared = self.member_of(caller, conversation).await?;
        let shown = self.shown_to(caller.user, conversation).await?;
        let head = shown.head(shared.state().head);
        let index = input.index.min(head.index);
        let before = self.read_progress(caller.user, conversation).await?;
        if self.planted_cursor_back() {
            return Ok(ReadState { read_index: index, unread: 0 });
        }
        if index > before.index {
            let ordinal =
                if index == head.index { head.ordinal } else { self.ordinal(conversation, index).await? };
            let key = keys::receipt(conversation, caller.user);
            let value = rows::encode(&rows::ReadRow { ordinal });
            self.0.raise(key, index, value).await?;
            self.sweep_mentions(caller.user, conversation, index).await?;
            self.0.inbox.note_read(caller.user, conversation);
            self.0.receipts.note(conversation, caller.user, Marks { read: index, delivered: 0 });
            if self.is_news(caller.user, conversation, index).await? {
                self.0.receipts.moved(conversation, caller.user);
            }
            self.0.timers.moved(&shared.state());
        }
        self.unmark_unread(caller, conversation).await?;
        let state = self.read_state(caller, conversation).await?;
        if index > before.index {
            let event = Event::Read {
                conversation_id: conversation,
                read_index: state.read_index,
                unread: state.unread,
            };
            self.0.tell(To::Users([caller.user].into()), &Live::new(event));
        }
        Ok(state)
    }

    /// Whether others may be told at once. Where reading is not shown only a delivery is news: the moment would tell.
    async fn is_news(&self, user: UserId, conversation: ConversationId, index: u64) -> Result<bool, Error> {
        self.0.receipts.hiding().fill(&self.0).await?;
        let held = self.0.store.get(&keys::delivered(conversation, user), Level::Serial).await?;
        let hiding = self.0.receipts.hiding().users();
        let unseen =
            hiding.contains(&user) || conversation.peer_of(user).is_some_and(|peer| hiding.contains(&peer));
        Ok(!unseen || held.map_or(0, |row| row.version) < index)
    }

    /// How far the caller has read, own messages included.
    async fn read_state(&self, caller: Caller, conversation: ConversationId) -> Result<ReadState, Error> {
        let shared = self.member_of(caller, conversation).await?;
        let read = self.read_progress(caller.user, conversation).await?;
        let shown = self.shown_to(caller.user, conversation).await?;
        let state = shared.state();
        let place = state.member(caller.user).ok_or(Rejection::NoConversation)?;
        let read = farthest(read, place.own, place.joined);
        Ok(ReadState {
            read_index: read.max(shown.view.cleared).index.min(shown.end()),
            unread: shown.view.unread(state.head.ordinal, read),
        })
    }

    /// What stands in the user's read register.
    pub(in crate::cases) async fn read_progress(
        &self,
        user: UserId,
        conversation: ConversationId,
    ) -> Result<Progress, Error> {
        let row = self.0.store.get(&keys::receipt(conversation, user), Level::Serial).await?;
        row.map_or(Ok(Progress::default()), |row| progress(&row))
    }

    /// The ordinal at an index.
    async fn ordinal(&self, conversation: ConversationId, index: u64) -> Result<u64, Error> {
        if index == 0 {
            return Ok(0);
        }
        let row = self.0.store.get(&keys::log_row(conversation, index), Level::AtLeast(index)).await?;
        let row = row.ok_or_else(|| Error::corrupt("a gap in a log"))?;
        Ok(rows::decode::<rows::LogRow>(&row.value)?.ordinal)
    }

    #[cfg(feature = "planted")]
    fn planted_cursor_back(&self) -> bool {
        self.0.options.planted == Some(crate::Planted::CursorBack)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_cursor_back(&self) -> bool {
        false
    }
}

/// The place that a read register's row stands for.
pub(in crate::cases) fn progress(row: &parlance_store::Row) -> Result<Progress, Error> {
    Ok(Progress { index: row.version, ordinal: rows::decode::<rows::ReadRow>(&row.value)?.ordinal })
}
