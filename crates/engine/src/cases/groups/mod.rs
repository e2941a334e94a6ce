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
    LeaveConversation, RemoveMember, RenameGroup, SetRole, TransferOwnership, UserId, limits,
};
use parlance_store::{Family, Guard, Level, RowKey};

use crate::cases::messages::hash;
use crate::owner::{self, RetryKey, Settled, settle};
use crate::{Caller, Engine, Error, keys, world};

/// Ids drawn for one group before giving up.
const DRAWS: u32 = 8;

/// A group to be made.
pub(in crate::cases) struct NewGroup {
    /// Its name.
    pub name: String,
    /// Its members beside who makes it.
    pub members: Vec<UserId>,
    /// Whether it is a channel.
    pub channel: bool,
}

/// What a retry key of making a group stands for.
pub(in crate::cases) fn payload(name: &str, members: &[UserId], kind: Option<u8>) -> Vec<u8> {
    let mut payload = name.as_bytes().to_vec();
    members.iter().for_each(|user| payload.extend(user.0.to_be_bytes()));
    payload.extend(kind);
    payload
}

/// Where a retry key is claimed.
fn claim_row(caller: Caller, key: &RetryKey) -> RowKey {
    RowKey {
        family: Family::Fenced,
        partition: keys::made_groups(caller.user),
        key: Bytes::copy_from_slice(key.id.as_bytes()),
    }
}

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
        let payload = payload(&input.name, &input.member_ids, channel.then_some(1));
        let key = RetryKey { id: input.client_message_id, payload_hash: hash(&payload) };
        if let Some(made) = self.made_group(caller, &key).await? {
            return Ok(made);
        }
        self.check_users(&input.member_ids).await?;
        self.check_addable(caller, &input.member_ids).await?;
        self.make_group(caller, &key, NewGroup { name: input.name, members: input.member_ids, channel }).await
    }

    /// What a repeat is answered: the group that this retry key made, whoever may be added to one by now.
    pub(in crate::cases) async fn made_group(
        &self,
        caller: Caller,
        key: &RetryKey,
    ) -> Result<Option<ConversationSummary>, Error> {
        let Some(claim) = self.0.store.get(&claim_row(caller, key), Level::Serial).await? else {
            return Ok(None);
        };
        let group = claimed(&claim.value, key)?;
        let exists = owner::current(&self.0, group).await?.state().exists();
        if exists { self.summary_of(caller, group).await.map(Some) } else { Ok(None) }
    }

    /// Makes the group of a retry key.
    pub(in crate::cases) async fn make_group(
        &self,
        caller: Caller,
        key: &RetryKey,
        new: NewGroup,
    ) -> Result<ConversationSummary, Error> {
        if !new.channel {
            self.check_group_size(new.members.len() + 1)?;
        }
        let group = self.claim_group(caller, key).await?;
        let command = Command::Create { name: new.name, members: new.members, channel: new.channel };
        self.ask(caller, group, None, command).await?.await?;
        self.summary_of(caller, group).await
    }

    /// The group that this retry key stands for, now or since an earlier try.
    async fn claim_group(&self, caller: Caller, key: &RetryKey) -> Result<ConversationId, Error> {
        let row = claim_row(caller, key);
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
}
