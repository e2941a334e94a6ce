//! Groups and the whole server as administrators see them: measures, never content.
//! A group whose making was cut off in the middle is none.

use parlance_domain::Rejection;
use parlance_proto::{
    ConversationId, GetOverview, GroupDetails, GroupId, GroupPage, InspectGroup, ListGroups, Overview, Role,
};

use super::Administrator;
use crate::cases::page_size;
use crate::{Engine, Error, keys, owner};

/// Groups looked at for one page of a search; the next page goes on from there.
const LOOKED_AT: usize = 200;

impl Engine {
    /// A page of groups, newest first. Ids that led to no group are left out, and of a search, groups that do not fit:
    /// a page may be short although there are more.
    pub async fn list_groups(&self, _: &Administrator, input: ListGroups) -> Result<GroupPage, Error> {
        let limit = page_size(input.limit)?;
        let after = match input.after {
            None => None,
            Some(ConversationId::Group(group)) => Some(group.0),
            Some(_) => return Err(Rejection::BadPage.into()),
        };
        let query = input.query.map(|query| query.trim().to_lowercase()).unwrap_or_default();
        // A search looks through many to find few.
        let looked_at = if query.is_empty() { limit } else { LOOKED_AT };
        let ids = self.index_page(keys::Indexed::Groups, after, looked_at + 1).await?;
        let (mut groups, mut next) = (Vec::new(), None);
        for (place, id) in ids.iter().enumerate() {
            if groups.len() == limit || place == looked_at {
                next = Some(ConversationId::Group(GroupId(ids[place - 1])));
                break;
            }
            let group = self.details_of(ConversationId::Group(GroupId(*id))).await?;
            groups.extend(group.filter(|group| group.name.to_lowercase().contains(&query)));
        }
        Ok(GroupPage { groups, next })
    }

    /// One group.
    pub async fn inspect_group(&self, _: &Administrator, input: InspectGroup) -> Result<GroupDetails, Error> {
        let group = matches!(input.conversation_id, ConversationId::Group(_));
        let found = if group { self.details_of(input.conversation_id).await? } else { None };
        found.ok_or_else(|| Rejection::NoConversation.into())
    }

    /// How the server is doing; the door adds what it knows of itself.
    pub async fn get_overview(&self, _: &Administrator, _: GetOverview) -> Result<Overview, Error> {
        Ok(Overview {
            version: String::new(),
            started_ms: 0,
            time_ms: self.0.clock.now_ms(),
            users: self.index_count(keys::Indexed::Users).await?,
            groups: self.index_count(keys::Indexed::Groups).await?,
            online_users: self.0.online().len() as u64,
            open_reports: self.open_reports().await?,
            audit_index: self.audit_index().await?,
        })
    }

    async fn details_of(&self, conversation_id: ConversationId) -> Result<Option<GroupDetails>, Error> {
        let shared = owner::current(&self.0, conversation_id).await?;
        let state = shared.state();
        if !state.exists() {
            return Ok(None);
        }
        let owner = state.members.iter().find(|(_, place)| place.role == Role::Owner);
        Ok(Some(GroupDetails {
            conversation_id,
            name: state.name.clone(),
            owner: owner.map(|(user, _)| *user),
            member_count: state.members.len() as u64,
            fan_out: state.fan_out,
            head: state.head.index,
            messages: state.head.ordinal,
            activity_ms: state.time_ms,
        }))
    }
}
