//! Starting a chat with people one has picked, and accepting one that a stranger has started.
//!
//! One person is a direct conversation, several are a group; nobody comes into a group who does not let the caller.

use parlance_domain::{Rejection, check_client_message_id};
use parlance_proto::{
    AcceptConversation, ConversationId, ConversationSummary, Event, GetConversation, StartConversation,
    Started, Topic, UserId, limits,
};
use parlance_store::Put;

use super::relations::relation_in;
use crate::cases::groups::{NewGroup, payload};
use crate::cases::messages::hash;
use crate::follow::{OwnChange, Touched, change_own};
use crate::hub::{Live, To};
use crate::owner::{self, RetryKey};
use crate::{Caller, Engine, Error, keys, rows};

/// Sets the retry keys of picked people apart from those of groups that were made as such.
const STARTED: u8 = 2;

impl Engine {
    /// Opens a conversation with one or several people. Who cannot be added to a group is named.
    pub async fn start_conversation(
        &self,
        caller: Caller,
        input: StartConversation,
    ) -> Result<Started, Error> {
        let mut user_ids = input.user_ids;
        let is_notes = user_ids == [caller.user];
        user_ids.retain(|user| *user != caller.user);
        user_ids.sort_unstable();
        user_ids.dedup();
        if user_ids.len() > limits::MEMBERS_PER_REQUEST {
            return Err(Rejection::TooManyMembers(user_ids.len()).into());
        }
        let with = match &user_ids[..] {
            [] if is_notes => Some(caller.user),
            [] => return Err(Rejection::NobodyNamed.into()),
            [one] if input.name.is_none() => Some(*one),
            _ => None,
        };
        if let Some(other) = with {
            let conversation_id = ConversationId::direct(caller.user, other);
            let conversation = self.get_conversation(caller, GetConversation { conversation_id }).await?;
            return Ok(Started { conversation, not_added: Vec::new() });
        }
        check_client_message_id(&input.client_message_id)?;
        // By what was asked: who can be added and what people are called may be another the next time.
        let asked = payload(input.name.as_deref().unwrap_or_default(), &user_ids, Some(STARTED));
        let key = RetryKey { id: input.client_message_id, payload_hash: hash(&asked) };
        let conversation = match self.made_group(caller, &key).await? {
            Some(made) => made,
            None => self.start_group(caller, &key, user_ids.clone(), input.name).await?,
        };
        let shared = owner::current(&self.0, conversation.conversation_id).await?;
        user_ids.retain(|user| shared.state().member(*user).is_none());
        Ok(Started { conversation, not_added: user_ids })
    }

    /// Makes a group of those who can be added.
    async fn start_group(
        &self,
        caller: Caller,
        key: &RetryKey,
        mut user_ids: Vec<UserId>,
        name: Option<String>,
    ) -> Result<ConversationSummary, Error> {
        self.check_users(&user_ids).await?;
        let not_added = self.not_addable(caller, &user_ids).await?;
        user_ids.retain(|user| !not_added.contains(user));
        if user_ids.is_empty() {
            self.check_addable(caller, &not_added).await?;
        }
        let name = match name {
            Some(name) => name,
            None => self.named_after(caller, &user_ids).await?,
        };
        self.make_group(caller, key, NewGroup { name, members: user_ids, channel: false }).await
    }

    /// A group's name from its members' names.
    async fn named_after(&self, caller: Caller, others: &[UserId]) -> Result<String, Error> {
        let ids: Vec<UserId> = std::iter::once(caller.user).chain(others.iter().copied()).collect();
        let names: Vec<String> = self.users(&ids).await?.into_iter().map(|user| user.display_name).collect();
        Ok(names.join(", ").chars().take(limits::GROUP_NAME_MAX_CHARS).collect())
    }

    /// Takes a stranger's direct conversation into the list.
    pub async fn accept_conversation(
        &self,
        caller: Caller,
        input: AcceptConversation,
    ) -> Result<ConversationSummary, Error> {
        let conversation = input.conversation_id;
        self.check_member(caller, conversation).await?;
        let other = super::peers::peer(conversation, caller.user).ok_or(Rejection::NotDirect)?;
        self.other(caller, other).await?;
        let key = keys::relation(other);
        change_own(&self.0, caller.user, std::slice::from_ref(&key), |found| {
            let mut row = relation_in(found[0].as_ref())?;
            if row.accepted {
                return Ok((None, ()));
            }
            row.accepted = true;
            let touched = vec![Touched::Conversation(conversation), Touched::Topic(Topic::Contacts)];
            let puts = vec![Put::new(key.clone(), rows::encode(&row))];
            Ok((Some(OwnChange { puts, touched, ..OwnChange::default() }), ()))
        })
        .await?;
        let summary = self.summary_of(caller, conversation).await?;
        let event = Event::Summary(Box::new(summary.clone()));
        self.0.tell(To::Users([caller.user].into()), &Live::new(event));
        // What was read before may be known from now on.
        self.0.receipts.moved(conversation, caller.user);
        self.0.timers.moved(&owner::current(&self.0, conversation).await?.state());
        Ok(summary)
    }
}
