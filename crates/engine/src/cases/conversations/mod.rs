//! Looking at a conversation and its members.
//!
//! Both answer from the owner's committed state, never from a derived row, and only to members.

mod draft;
mod list;
mod mentions;
pub(in crate::cases) mod reading;
mod summary;
mod sync;
pub(in crate::cases) mod view;

use std::ops::Bound;

use parlance_proto::{
    ConversationId, ConversationSummary, GetConversation, ListMembers, Member, Members, UserId,
};

use crate::cases::page_size;
use crate::{Caller, Engine, Error};

impl Engine {
    /// One conversation as its row in the list. A direct one is there before its first message.
    pub async fn get_conversation(
        &self,
        caller: Caller,
        input: GetConversation,
    ) -> Result<ConversationSummary, Error> {
        if let ConversationId::Direct(..) = input.conversation_id {
            self.check_peer(caller, input.conversation_id).await?;
        }
        self.summary_of(caller, input.conversation_id).await
    }

    /// A page of members, by id.
    pub async fn list_members(&self, caller: Caller, input: ListMembers) -> Result<Members, Error> {
        let limit = page_size(input.limit)?;
        let shared = self.member_of(caller, input.conversation_id).await?;
        let state = shared.state();
        state.check_list_members(caller.user)?;
        let now_ms = self.0.clock.now_ms();
        let after = input.after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut rest = state.members.range::<UserId, _>((after, Bound::Unbounded));
        let members = rest.by_ref().take(limit).map(|(user, place)| Member {
            user_id: *user,
            role: place.role,
            joined_index: place.joined.index,
            alias: state.aliases.get(user).cloned(),
            muted_until_ms: state.muted_until_ms(*user, now_ms),
        });
        let members = members.collect();
        Ok(Members { members, more: rest.next().is_some() })
    }
}
