//! The use cases: one method of `Engine` an operation, `(caller, input) -> output`, a folder a noun.
//!
//! Each checks that the caller may see the conversation; not there and not yours are the same answer.

pub(crate) mod accounts;
pub(crate) mod administration;
mod conversations;
pub(crate) mod files;
mod groups;
pub(crate) mod messages;
pub(crate) mod people;
mod personal;

use std::sync::Arc;

use parlance_domain::Rejection;
use parlance_proto::{ConversationId, UserId, limits};

use crate::owner::{self, Shared};
use crate::{Caller, Engine, Error};

impl Engine {
    /// The conversation, if the caller is in it.
    async fn member_of(&self, caller: Caller, conversation: ConversationId) -> Result<Arc<Shared>, Error> {
        // A stranger's direct conversation must not even be loaded.
        if let ConversationId::Direct(one, other) = conversation
            && caller.user != one
            && caller.user != other
        {
            return Err(Rejection::NoConversation.into());
        }
        let shared = owner::current(&self.0, conversation).await?;
        if has(&shared, caller.user) { Ok(shared) } else { Err(Rejection::NoConversation.into()) }
    }

    /// Refuses a caller who is not in the conversation.
    pub(crate) async fn check_member(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<(), Error> {
        self.member_of(caller, conversation).await.map(|_| ())
    }

    /// Lets through who is in the conversation as far as this node remembers: the owner decides, and its commit's guard sees
    /// to it that it knew. Who is not is looked for where other nodes write too.
    async fn check_asker(&self, caller: Caller, conversation: ConversationId) -> Result<(), Error> {
        let is_group = matches!(conversation, ConversationId::Group(_));
        if (is_group || conversation.peer_of(caller.user).is_some())
            && has(&*owner::shared(&self.0, conversation).await?, caller.user)
        {
            return Ok(());
        }
        self.check_member(caller, conversation).await
    }
}

/// Whether somebody is in a conversation.
fn has(shared: &Shared, user: UserId) -> bool {
    let state = shared.state();
    state.exists() && state.member(user).is_some()
}

/// The number of rows on a page.
fn page_size(limit: Option<u32>) -> Result<usize, Error> {
    match limit {
        None => Ok(limits::PAGE_DEFAULT as usize),
        Some(limit) if (1..=limits::PAGE_MAX).contains(&limit) => Ok(limit as usize),
        Some(_) => Err(Rejection::BadLimit.into()),
    }
}
