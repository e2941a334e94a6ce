//! What was delivered, who has read what: two registers a member, and lists for every message made from them.
//!
//! A mark is moved by its owner only, never down and never past the head. Lists are exact: they are made from the
//! members and their marks when asked for.

use futures_util::{StreamExt, TryStreamExt, stream};
use parlance_domain::{Marks, Membership, Reached, Rejection, Standing, standings};
use parlance_proto::{
    ConversationId, ConversationProgress, DeliveredMark, Done, FanOut, GetProgress, ListReaders,
    MarkDelivered, ReaderState, Readers, UserId, limits,
};
use parlance_store::Level;

use super::peers::peer;
use crate::cases::page_size;
use crate::receipts::member_progress;
use crate::{Caller, Engine, Error, keys, rows};

/// Conversations marked at the same time.
const AT_ONCE: usize = 16;

impl Engine {
    /// Notes what the caller's device holds. Conversations the caller is not in are passed over.
    pub async fn mark_delivered(&self, caller: Caller, input: MarkDelivered) -> Result<Done, Error> {
        if input.marks.len() > limits::MARKS_PER_REQUEST {
            return Err(Rejection::TooManyConversations(input.marks.len()).into());
        }
        let marks = input.marks.into_iter().map(|mark| self.deliver(caller, mark));
        stream::iter(marks).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        Ok(Done {})
    }

    async fn deliver(&self, caller: Caller, mark: DeliveredMark) -> Result<(), Error> {
        let conversation = mark.conversation_id;
        let shared = match self.member_of(caller, conversation).await {
            Ok(shared) => shared,
            Err(Error::Rejected(Rejection::NoConversation)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let shown = self.shown_to(caller.user, conversation).await?;
        let (index, own) = {
            let state = shared.state();
            let own = state.member(caller.user).map_or(0, |place| place.own.index.max(place.joined.index));
            (mark.index.min(shown.head(state.head).index), own)
        };
        let registers =
            [keys::delivered(conversation, caller.user), keys::receipt(conversation, caller.user)];
        let rows = self.0.store.multi_get(&registers, Level::Serial).await?;
        let known = rows.iter().flatten().map(|row| row.version).max().unwrap_or(0).max(own);
        if index <= known {
            return Ok(());
        }
        let [register, _] = registers;
        self.0.raise(register, index, bytes::Bytes::new()).await?;
        self.0.receipts.note(conversation, caller.user, Marks { read: 0, delivered: index });
        self.0.receipts.moved(conversation, caller.user);
        Ok(())
    }

    /// How far the other members of a conversation are.
    pub async fn get_progress(
        &self,
        caller: Caller,
        input: GetProgress,
    ) -> Result<ConversationProgress, Error> {
        let conversation = input.conversation_id;
        let shared = self.member_of(caller, conversation).await?;
        shared.state().check_list_members(caller.user)?;
        if shared.state().fan_out == FanOut::Read {
            return Err(Rejection::TooManyReaders.into());
        }
        let table = self.0.receipts.table(&self.0, conversation).await?;
        self.0.receipts.hiding().fill(&self.0).await?;
        let peer = self.peer_reached(caller, conversation).await?;
        let (state, marks, hiding) = (shared.state(), table.marks(), self.0.receipts.hiding().users());
        let unseen = hiding.contains(&caller.user);
        let others = state.members.iter().filter(|(user, _)| **user != caller.user);
        let members = others.map(|(user, place)| {
            let stored = marks.get(user).copied().unwrap_or_default();
            let reached = peer.unwrap_or_else(|| stored.shown(place, unseen || hiding.contains(user)));
            member_progress(*user, reached)
        });
        Ok(ConversationProgress { members: members.collect() })
    }

    /// Who has read a message and who has not.
    pub async fn list_readers(&self, caller: Caller, input: ListReaders) -> Result<Readers, Error> {
        let limit = page_size(input.limit)?;
        let conversation = input.conversation_id;
        let shared = self.member_of(caller, conversation).await?;
        if !self.window(caller, conversation).await?.contains(input.index) {
            return Err(Rejection::NoMessage.into());
        }
        shared.state().check_list_members(caller.user)?;
        let sender = self.sender_of(conversation, input.index).await?;
        let table = self.0.receipts.table(&self.0, conversation).await?;
        self.0.receipts.hiding().fill(&self.0).await?;
        let peer = self.peer_reached(caller, conversation).await?;
        let (state, marks, hiding) = (shared.state(), table.marks(), self.0.receipts.hiding().users());
        let unseen = hiding.contains(&caller.user);
        let reached = |user: UserId, place: &Membership| -> Reached {
            let stored = marks.get(&user).copied().unwrap_or_default();
            let own = || stored.shown(place, unseen || hiding.contains(&user));
            peer.filter(|_| user != caller.user).unwrap_or_else(own)
        };
        let wanted = input.state.unwrap_or(ReaderState::Read);
        let mut page = Page { wanted, after: input.after, limit, ..Page::default() };
        standings(&state, input.index, sender, reached).for_each(|(user, standing)| page.add(user, standing));
        Ok(page.finish(unseen))
    }

    /// How far the other side of a direct conversation is in the caller's eyes, by the rule of the list's row: to who is
    /// blocked the marks stand still, and who is not welcome sees none. None for other conversations.
    async fn peer_reached(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<Option<Reached>, Error> {
        let Some(other) = peer(conversation, caller.user) else { return Ok(None) };
        if self.relation(caller.user, other).await?.blocked_ms != 0 {
            return Ok(Some(Reached { read: None, delivered: 0 }));
        }
        let (read, delivered) = self.marks_shown_to(caller.user, other, conversation).await?;
        Ok(Some(Reached { read, delivered: delivered.unwrap_or_default() }))
    }

    /// The sender of a message; what is no message has no readers.
    async fn sender_of(&self, conversation: ConversationId, index: u64) -> Result<UserId, Error> {
        let row = self.0.store.get(&keys::log_row(conversation, index), Level::AtLeast(index)).await?;
        let row = row.ok_or_else(|| Error::corrupt("a log entry is missing"))?;
        let entry = rows::entry(index, rows::decode(&row.value)?)?;
        if entry.body.is_message() { Ok(entry.sender) } else { Err(Rejection::NoMessage.into()) }
    }
}

/// A page of readers in the making, and the counts over all of them.
#[derive(Default)]
struct Page {
    wanted: ReaderState,
    after: Option<UserId>,
    limit: usize,
    read_by: u64,
    delivered_to: u64,
    of: u64,
    user_ids: Vec<UserId>,
    more: bool,
}

impl Page {
    fn add(&mut self, user: UserId, standing: Standing) {
        self.of += 1;
        self.read_by += u64::from(standing == Standing::Read);
        self.delivered_to += u64::from(standing >= Standing::Delivered);
        let fits = match self.wanted {
            ReaderState::Read => standing == Standing::Read,
            ReaderState::Unread => standing != Standing::Read,
            ReaderState::Delivered => standing == Standing::Delivered,
        };
        if fits && self.after.is_none_or(|after| user > after) {
            self.more = self.user_ids.len() == self.limit;
            if !self.more {
                self.user_ids.push(user);
            }
        }
    }

    fn finish(self, unseen: bool) -> Readers {
        Readers {
            read_by: (!unseen).then_some(self.read_by),
            delivered_to: self.delivered_to,
            of: self.of,
            user_ids: self.user_ids,
            more: self.more,
        }
    }
}
