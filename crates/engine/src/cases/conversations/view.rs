//! A user's own view of a conversation: what no other member is told.
//!
//! A change is one commit with its note in the user's inbox, so the user's other devices never miss it.

use parlance_proto::{ConversationId, ConversationSummary, Event, MarkUnread, UserId};
use parlance_store::{Family, Level, Put, RowKey, Write};

use crate::follow::{OwnChange, Touched, change_own};
use crate::hub::{Live, To};
use crate::keys::Holder;
use crate::{Caller, Engine, Error, files, keys, rows};

impl Engine {
    /// Marks a conversation as unread, or takes the mark away. Reading on takes it away too.
    pub async fn mark_unread(&self, caller: Caller, input: MarkUnread) -> Result<ConversationSummary, Error> {
        self.change_view(caller, input.conversation_id, |view| {
            view.marked_unread = input.unread;
            Ok(())
        })
        .await
    }

    /// Takes the mark away, if there is one, and a draft that was sent.
    pub(super) async fn unmark_unread(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<(), Error> {
        let row = self.0.store.get(&key(caller.user, conversation), Level::Serial).await?;
        let view = view_of(row.as_ref().map(|row| &row.value))?;
        let own_index = {
            let shared = self.member_of(caller, conversation).await?;
            let state = shared.state();
            state.member(caller.user).map_or(0, |place| place.own.index)
        };
        let is_sent =
            |view: &rows::ViewRow| view.draft.as_ref().is_some_and(|draft| draft.own_index < own_index);
        if view.marked_unread || is_sent(&view) {
            let change = |view: &mut rows::ViewRow| {
                view.marked_unread = false;
                view.draft.take_if(|draft| draft.own_index < own_index);
                Ok(())
            };
            self.change_view(caller, conversation, change).await?;
        }
        Ok(())
    }

    /// Changes the caller's view of a conversation and tells the caller's devices; answers the summary as it is then.
    pub(in crate::cases) async fn change_view(
        &self,
        caller: Caller,
        conversation: ConversationId,
        change: impl Fn(&mut rows::ViewRow) -> Result<(), Error>,
    ) -> Result<ConversationSummary, Error> {
        self.check_member(caller, conversation).await?;
        let key = keys::view(conversation);
        let changed = change_own(&self.0, caller.user, std::slice::from_ref(&key), |found| {
            let before = view_of(found[0].as_ref())?;
            let mut view = before.clone();
            change(&mut view)?;
            if view == before {
                return Ok((None, false));
            }
            let own = OwnChange {
                puts: vec![Put::new(key.clone(), rows::encode(&view))],
                touched: vec![Touched::Conversation(conversation)],
                along: self.beside_view((caller.user, conversation), &before, &view),
                ..OwnChange::default()
            };
            Ok((Some(own), true))
        })
        .await?;
        let summary = self.summary_of(caller, conversation).await?;
        if changed {
            let event = Event::Summary(Box::new(summary.clone()));
            self.0.tell(To::Users([caller.user].into()), &Live::new(event));
        }
        Ok(summary)
    }
}

impl Engine {
    /// What goes along with a change of a view.
    fn beside_view(
        &self,
        (user, conversation): (UserId, ConversationId),
        before: &rows::ViewRow,
        view: &rows::ViewRow,
    ) -> Vec<Write> {
        let due_ms = self.0.clock.now_ms().saturating_add(self.0.options.file_grace_ms);
        let [had, has] = [before, view].map(|view| view.background.parse().ok());
        let mut along = files::exchange(Holder::View(user, conversation), (had, user.0), has, due_ms);
        along.extend((before.draft.is_some() && before.draft != view.draft).then_some(Write::Erased));
        along
    }
}

/// The full name of a view's row.
pub(in crate::cases) fn key(user: UserId, conversation: ConversationId) -> RowKey {
    RowKey { family: Family::Fenced, partition: keys::user(user), key: keys::view(conversation) }
}

/// The view in a row; a fresh one if there is none.
pub(in crate::cases) fn view_of(value: Option<&bytes::Bytes>) -> Result<rows::ViewRow, Error> {
    value.map_or(Ok(rows::ViewRow::default()), |value| rows::decode(value))
}
