//! Putting messages out of one's own sight: one by one, a whole history, or a conversation.
//!
//! Only the user's own view changes, on all own devices; nobody else can tell. Doing it again changes nothing.

use parlance_domain::{Progress, Rejection};
use parlance_proto::{
    ClearConversation, ConversationId, ConversationSummary, DeleteConversation, HideMessages, limits,
};
use parlance_store::Level;

use super::shown::{own_view, set_own_view};
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Hides messages for the caller: all of them, or none if one of them is not there for the caller.
    pub async fn hide_messages(
        &self,
        caller: Caller,
        input: HideMessages,
    ) -> Result<ConversationSummary, Error> {
        let conversation = input.conversation_id;
        if !(1..=limits::HIDE_PER_REQUEST).contains(&input.indexes.len()) {
            return Err(Rejection::BadNumberToHide(input.indexes.len()).into());
        }
        let places = self.messages_at(caller, conversation, &input.indexes).await?;
        self.change_view(caller, conversation, |row| {
            let mut view = own_view(row);
            for place in &places {
                view.hide(*place)?;
            }
            set_own_view(row, &view);
            Ok(())
        })
        .await
    }

    /// Clears the history up to now for the caller.
    pub async fn clear_conversation(
        &self,
        caller: Caller,
        input: ClearConversation,
    ) -> Result<ConversationSummary, Error> {
        self.clear(caller, input.conversation_id, false).await
    }

    /// Clears the history for the caller and takes the conversation off the caller's list.
    pub async fn delete_conversation(
        &self,
        caller: Caller,
        input: DeleteConversation,
    ) -> Result<ConversationSummary, Error> {
        self.clear(caller, input.conversation_id, true).await
    }

    async fn clear(
        &self,
        caller: Caller,
        conversation: ConversationId,
        deleted: bool,
    ) -> Result<ConversationSummary, Error> {
        let (head, last_message) = {
            let shared = self.member_of(caller, conversation).await?;
            let state = shared.state();
            (state.head, state.last_message)
        };
        self.change_view(caller, conversation, |row| {
            let mut view = own_view(row);
            // A message since has put the conversation back on the list.
            row.deleted = deleted || (row.deleted && last_message <= view.cleared.index);
            view.clear(head);
            set_own_view(row, &view);
            row.marked_unread &= !deleted;
            Ok(())
        })
        .await
    }

    /// The places of messages that the caller may see.
    async fn messages_at(
        &self,
        caller: Caller,
        conversation: ConversationId,
        indexes: &[u64],
    ) -> Result<Vec<Progress>, Error> {
        let window = self.window(caller, conversation).await?;
        if indexes.iter().any(|index| !window.contains(*index)) {
            return Err(Rejection::NoMessage.into());
        }
        let wanted: Vec<_> = indexes.iter().map(|index| keys::log_row(conversation, *index)).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let places = indexes.iter().zip(found).map(|(index, row)| {
            let row = row.ok_or_else(|| Error::corrupt("a gap in a log"))?;
            let entry = rows::entry(*index, rows::decode(&row.value)?)?;
            if !entry.body.is_message() {
                return Err(Rejection::NoMessage.into());
            }
            Ok(Progress { index: *index, ordinal: entry.ordinal })
        });
        places.collect()
    }
}
