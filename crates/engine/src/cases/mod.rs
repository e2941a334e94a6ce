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
use parlance_proto::{ConversationId, limits};

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
        let shared = owner::shared(&self.0, conversation).await?;
        let is_member = {
            let state = shared.state();
            state.exists() && state.member(caller.user).is_some()
        };
        if is_member { Ok(shared) } else { Err(Rejection::NoConversation.into()) }
    }

    /// Refuses a caller who is not in the conversation.
    pub(crate) async fn check_member(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<(), Error> {
        self.member_of(caller, conversation).await.map(|_| ())
    }
}

/// The number of rows on a page.
fn page_size(limit: Option<u32>) -> Result<usize, Error> {
    match limit {
        None => Ok(limits::PAGE_DEFAULT as usize),
        Some(limit) if (1..=limits::PAGE_MAX).contains(&limit) => Ok(limit as usize),
        Some(_) => Err(Rejection::BadLimit.into()),
    }
}
