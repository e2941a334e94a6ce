//! Keeping order in a group: muting, banning, dissolving.
//!
//! Who may is decided by the owner's commit alone.

use std::ops::Bound;

use parlance_domain::Command;
use parlance_proto::{
    Accepted, Ban, BanMember, Bans, DissolveGroup, ListBans, MuteMember, UnbanMember, UserId,
};

use crate::cases::page_size;
use crate::{Caller, Engine, Error};

impl Engine {
    /// Lets a member not write for a while, or again.
    pub async fn mute_member(&self, caller: Caller, input: MuteMember) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Mute(input.user_id, input.until_ms)).await
    }

    /// Puts somebody out who may not come in again. It need not be a member.
    pub async fn ban_member(&self, caller: Caller, input: BanMember) -> Result<Accepted, Error> {
        self.check_member(caller, input.conversation_id).await?;
        self.check_users(&[input.user_id]).await?;
        self.command(caller, input.conversation_id, Command::Ban(input.user_id)).await
    }

    /// Lets somebody come in again.
    pub async fn unban_member(&self, caller: Caller, input: UnbanMember) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Unban(input.user_id)).await
    }

    /// A page of those who may not come in.
    pub async fn list_bans(&self, caller: Caller, input: ListBans) -> Result<Bans, Error> {
        let limit = page_size(input.limit)?;
        let shared = self.member_of(caller, input.conversation_id).await?;
        let state = shared.state();
        state.check_manage(caller.user)?;
        let after = input.after.map_or(Bound::Unbounded, Bound::Excluded);
        let restraints = state.restraints.range::<UserId, _>((after, Bound::Unbounded));
        let mut banned = restraints.filter_map(|(user, restraint)| Some((*user, restraint.banned?)));
        let page = banned.by_ref().take(limit);
        let bans = page.map(|(user_id, banned)| Ban { user_id, by: banned.by, time_ms: banned.time_ms });
        let bans = bans.collect();
        Ok(Bans { bans, more: banned.next().is_some() })
    }

    /// Ends a group for everybody.
    pub async fn dissolve_group(&self, caller: Caller, input: DissolveGroup) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Dissolve).await
    }
}
