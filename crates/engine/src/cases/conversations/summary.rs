//! Rows of the conversation list as clients see them, made from a list row or from the owner's state.
//!
//! Both ways give the same row. A message from before the reader joined is never its preview.

use parlance_domain::{Conversation, Progress, Rejection, farthest, unread};
use parlance_proto::{ConversationId, ConversationKind, ConversationSummary, Entry, FanOut, Role, UserId};
use parlance_store::Level;

use super::reading::progress;
use super::view::{self, view_of};
use crate::cases::personal::personal;
use crate::{Caller, Engine, Error, keys, rows};

/// What a summary is made from, apart from the read index and the last message's entry.
pub(in crate::cases) struct Facts {
    pub conversation: ConversationId,
    name: String,
    role: Role,
    member_count: u64,
    fan_out: FanOut,
    head: Progress,
    joined: Progress,
    visible_from: u64,
    own: Progress,
    last_message: u64,
    time_ms: i64,
}

impl Facts {
    /// From the owner's state; none if `user` is no member.
    pub(in crate::cases) fn from_state(state: &Conversation, user: UserId) -> Option<Facts> {
        let place = state.member(user)?;
        Some(Facts {
            conversation: state.id,
            name: state.name.clone(),
            role: place.role,
            member_count: state.members.len() as u64,
            fan_out: state.fan_out,
            head: state.head,
            joined: place.joined,
            visible_from: place.visible_from,
            own: place.own,
            last_message: state.last_message,
            time_ms: state.time_ms,
        })
    }

    /// From a row of the list.
    pub(in crate::cases) fn from_row(
        conversation: ConversationId,
        row: rows::ListRow,
    ) -> Result<Facts, Error> {
        Ok(Facts {
            conversation,
            name: row.name,
            role: rows::role(row.role)?,
            member_count: row.member_count,
            fan_out: FanOut::Write,
            head: Progress { index: row.index, ordinal: row.ordinal },
            joined: Progress { index: row.joined_index, ordinal: row.joined_ordinal },
            visible_from: rows::visible_from(row.visible_from, row.joined_index),
            own: Progress { index: row.own_index, ordinal: row.own_ordinal },
            last_message: row.last_message,
            time_ms: row.time_ms,
        })
    }

    /// The last message's index, if this reader may see it.
    fn visible_message(&self) -> Option<u64> {
        Some(self.last_message).filter(|index| *index > 0 && *index >= self.visible_from)
    }

    fn complete(
        self,
        read: Progress,
        own: (rows::ViewRow, Option<u32>),
        last_message: Option<Entry>,
    ) -> ConversationSummary {
        let (view, pinned) = own;
        let kind = match self.conversation {
            ConversationId::Direct(..) => ConversationKind::Direct,
            ConversationId::Group(_) => ConversationKind::Group,
        };
        ConversationSummary {
            conversation_id: self.conversation,
            kind,
            name: (kind == ConversationKind::Group).then_some(self.name),
            role: self.role,
            member_count: self.member_count,
            fan_out: self.fan_out,
            head: self.head.index,
            visible_from: self.visible_from,
            read_index: farthest(read, self.own, self.joined).index,
            unread: unread(self.head.ordinal, read, self.own, self.joined),
            marked_unread: view.marked_unread,
            personal: personal(&view, pinned),
            activity_ms: self.time_ms,
            last_message,
        }
    }
}

impl Engine {
    /// The summary of one conversation for the caller.
    pub(in crate::cases) async fn summary_of(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<ConversationSummary, Error> {
        let shared = self.member_of(caller, conversation).await?;
        let facts = Facts::from_state(&shared.state(), caller.user).ok_or(Rejection::NoConversation)?;
        self.complete(caller.user, vec![facts]).await?.pop().ok_or_else(|| Rejection::NoConversation.into())
    }

    /// Adds read indexes and last messages, for all at once.
    pub(in crate::cases) async fn complete(
        &self,
        user: UserId,
        facts: Vec<Facts>,
    ) -> Result<Vec<ConversationSummary>, Error> {
        let receipts: Vec<_> = facts.iter().map(|facts| keys::receipt(facts.conversation, user)).collect();
        let previews: Vec<(usize, u64)> = facts
            .iter()
            .enumerate()
            .filter_map(|(position, facts)| Some((position, facts.visible_message()?)))
            .collect();
        let messages: Vec<_> = previews
            .iter()
            .map(|(position, index)| keys::log_row(facts[*position].conversation, *index))
            .collect();
        let views: Vec<_> = facts.iter().map(|facts| view::key(user, facts.conversation)).collect();
        let receipts = self.0.store.multi_get(&receipts, Level::Serial).await?;
        let views = self.0.store.multi_get(&views, Level::Serial).await?;
        let pins = self.pins(user).await?;
        let messages = self.0.store.multi_get(&messages, Level::Serial).await?;
        let mut entries: Vec<Option<Entry>> = vec![None; facts.len()];
        for ((position, index), row) in previews.into_iter().zip(messages) {
            let row = row.ok_or_else(|| Error::corrupt("a list points to no entry"))?;
            entries[position] = Some(rows::entry(index, rows::decode(&row.value)?)?);
        }
        let rows = facts.into_iter().zip(receipts).zip(views).zip(entries);
        rows.map(|(((facts, receipt), view), entry)| {
            let read = receipt.map_or(Ok(Progress::default()), |row| progress(&row))?;
            let view = view_of(view.as_ref().map(|row| &row.value))?;
            let pinned = pins.iter().position(|pin| *pin == facts.conversation).map(|place| place as u32 + 1);
            Ok(facts.complete(read, (view, pinned), entry))
        })
        .collect()
    }
}
