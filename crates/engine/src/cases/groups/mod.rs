//! Groups and their members.
//!
//! Who may do what is decided by the owner's commit alone; that the users named exist is looked up before it.

mod links;
mod people;
mod requests;
mod settings;

use bytes::Bytes;
use parlance_domain::{Command, Rejection, check_client_message_id};
use parlance_proto::{
    Accepted, AddMembers, ConversationId, ConversationKind, ConversationSummary, CreateGroup, GroupId,
    LeaveConversation, RemoveMember, RenameGroup, SetRole, TransferOwnership, limits,
};
use parlance_store::{Family, Guard, Level, RowKey};

use crate::cases::messages::hash;
use crate::owner::{RetryKey, Settled, settle};
use crate::{Caller, Engine, Error, keys, world};

/// Ids drawn for one group before giving up.
const DRAWS: u32 = 8;

/// The group in the claim of a retry key.
fn claimed(claim: &[u8], key: &RetryKey) -> Result<ConversationId, Error> {
    let (group, payload_hash) =
        claim.split_first_chunk::<8>().ok_or_else(|| Error::corrupt("the claim of a group"))?;
    if payload_hash != key.payload_hash {
        return Err(Rejection::RetryKeyReused.into());
    }
    Ok(ConversationId::Group(GroupId(u64::from_be_bytes(*group))))
}

impl Engine {
    /// Makes a group. The same retry key answers the same group.
    pub async fn create_group(
        &self,
        caller: Caller,
        input: CreateGroup,
    ) -> Result<ConversationSummary, Error> {
        check_client_message_id(&input.client_message_id)?;
        if input.member_ids.len() > limits::MEMBERS_PER_REQUEST {
            return Err(Rejection::TooManyMembers(input.member_ids.len()).into());
        }
        self.check_users(&input.member_ids).await?;
        self.check_addable(caller, &input.member_ids).await?;
        let size = input.member_ids.len() + 1;
        let channel = match input.kind {
            None | Some(ConversationKind::Group) => false,
            Some(ConversationKind::Channel) => true,
            Some(ConversationKind::Direct) => {
                return Err(Rejection::BadGroupSetting(
                    "kind is group or channel; a direct conversation needs no making",
                )
                .into());
            }
        };
        let mut payload = input.name.clone().into_bytes();
        input.member_ids.iter().for_each(|user| payload.extend(user.0.to_be_bytes()));
        if !channel {
            self.check_group_size(size)?;
        }
        if channel {
            payload.push(1);
        }
        let key = RetryKey { id: input.client_message_id, payload_hash: hash(&payload) };
        let group = self.claim_group(caller, &key).await?;
        let command = Command::Create { name: input.name, members: input.member_ids, channel };
        self.ask(caller, group, None, command).await?.await?;
        self.summary_of(caller, group).await
    }

    /// The group that this retry key stands for, now or since an earlier try.
    async fn claim_group(&self, caller: Caller, key: &RetryKey) -> Result<ConversationId, Error> {
        let row = RowKey {
            family: Family::Fenced,
            partition: keys::made_groups(caller.user),
            key: Bytes::copy_from_slice(key.id.as_bytes()),
        };
        if let Some(made) = self.0.store.get(&row, Level::Serial).await? {
            return claimed(&made.value, key);
        }
        let fresh = self.fresh_group(caller).await?;
        let claim = [&fresh.0.to_be_bytes()[..], &key.payload_hash].concat();
        let commit = self.commit_one(&row, Guard::Absent(row.key.clone()), claim.into());
        if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
            return Ok(ConversationId::Group(fresh));
        }
        let made = self.0.store.get(&row, Level::Serial).await?.ok_or(Error::Busy)?;
        claimed(&made.value, key)
    }

    /// A group id that no other group has or will have.
    async fn fresh_group(&self, caller: Caller) -> Result<GroupId, Error> {
        for _ in 0..DRAWS {
            let fresh = GroupId(world::fresh_id(&*self.0.clock, &*self.0.chance));
            let row = keys::group_claim(fresh);
            let commit = self.commit_one(&row, Guard::Absent(row.key.clone()), keys::index(caller.user.0));
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(fresh);
            }
        }
        Err(Error::Busy)
    }

    /// Brings people into a group.
    pub async fn add_members(&self, caller: Caller, input: AddMembers) -> Result<Accepted, Error> {
        let shared = self.member_of(caller, input.conversation_id).await?;
        let size = {
            let state = shared.state();
            let new = input.user_ids.iter().filter(|user| state.member(**user).is_none()).count();
            if new == 0 || state.kind() == ConversationKind::Channel { 0 } else { state.members.len() + new }
        };
        self.check_group_size(size)?;
        if input.user_ids.len() <= limits::MEMBERS_PER_REQUEST {
            self.check_users(&input.user_ids).await?;
            self.check_addable(caller, &input.user_ids).await?;
        }
        self.command(caller, input.conversation_id, Command::AddMembers(input.user_ids)).await
    }

    /// Removes a member.
    pub async fn remove_member(&self, caller: Caller, input: RemoveMember) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::RemoveMember(input.user_id)).await
    }

    /// Leaves a group.
    pub async fn leave_conversation(
        &self,
        caller: Caller,
        input: LeaveConversation,
    ) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Leave).await
    }

    /// Gives a role.
    pub async fn set_role(&self, caller: Caller, input: SetRole) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::SetRole(input.user_id, input.role)).await
    }

    /// Hands a group over.
    pub async fn transfer_ownership(
        &self,
        caller: Caller,
        input: TransferOwnership,
    ) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::TransferOwnership(input.user_id)).await
    }

    /// Gives a group another name.
    pub async fn rename_group(&self, caller: Caller, input: RenameGroup) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Rename(input.name)).await
    }

    /// A command without a retry key: repeating it changes nothing more.
    async fn command(
        &self,
        caller: Caller,
        conversation: ConversationId,
        command: Command,
    ) -> Result<Accepted, Error> {
        self.check_member(caller, conversation).await?;
        self.ask(caller, conversation, None, command).await?.await
    }
}
