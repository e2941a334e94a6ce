//! What all members of a group share beside messages: settings, the announcement, names within the group.
//!
//! Who may change what is decided by the owner's commit; who has seen an announcement is read from read indexes.

use std::ops::Bound;

use parlance_domain::{Command, Conversation, Progress, Rejection};
use parlance_proto::{
    Accepted, AnnounceToGroup, AnnouncementSeen, ConversationId, ConversationKind, ConversationSettings,
    GetConversationSettings, GroupAnnouncement, Rights, Seen, SeenPage, SetAlias, UpdateConversation, UserId,
};
use parlance_store::Level;

use crate::cases::conversations::reading::progress;
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys};

impl Engine {
    /// Gives a group another name and other settings.
    pub async fn update_conversation(
        &self,
        caller: Caller,
        input: UpdateConversation,
    ) -> Result<Accepted, Error> {
        let conversation = input.conversation_id;
        let (name, changes) = input.split();
        if let Some(photo) = changes.photo.as_deref() {
            let stays = self.member_of(caller, conversation).await?.state().settings.photo == photo;
            if !stays {
                self.own_picture(caller, photo).await?;
            }
        }
        self.command(caller, conversation, Command::Update { name, changes: Box::new(changes) }).await
    }

    /// A group's settings, and what the caller may do there.
    pub async fn get_conversation_settings(
        &self,
        caller: Caller,
        input: GetConversationSettings,
    ) -> Result<ConversationSettings, Error> {
        let shared = self.member_of(caller, input.conversation_id).await?;
        let state = shared.state();
        if state.kind() == ConversationKind::Direct {
            return Err(Rejection::DirectConversation.into());
        }
        Ok(ConversationSettings {
            name: state.name.clone(),
            settings: (*state.settings).clone(),
            announcement: state.announcement.as_ref().map(|announcement| GroupAnnouncement {
                text: announcement.text.clone(),
                by: announcement.by,
                time_ms: announcement.time_ms,
                index: announcement.index,
            }),
            rights: rights(&state, caller.user),
            muted_until_ms: state.muted_until_ms(caller.user, self.0.clock.now_ms()),
        })
    }

    /// Puts up an announcement, or takes it down.
    pub async fn announce_to_group(&self, caller: Caller, input: AnnounceToGroup) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Announce(input.text)).await
    }

    /// A page of members, each with whether the announcement was seen.
    pub async fn announcement_seen(
        &self,
        caller: Caller,
        input: AnnouncementSeen,
    ) -> Result<SeenPage, Error> {
        let limit = page_size(input.limit)?;
        let conversation = input.conversation_id;
        let shared = self.member_of(caller, conversation).await?;
        let (index, members, more) = {
            let state = shared.state();
            state.check_list_members(caller.user)?;
            let Some(announcement) = state.announcement.as_ref() else {
                return Ok(SeenPage { index: 0, members: Vec::new(), more: false });
            };
            let after = input.after.map_or(Bound::Unbounded, Bound::Excluded);
            let mut rest = state.members.range::<UserId, _>((after, Bound::Unbounded));
            let members: Vec<(UserId, Progress)> =
                rest.by_ref().take(limit).map(|(user, place)| (*user, place.own)).collect();
            (announcement.index, members, rest.next().is_some())
        };
        let read = self.read_indexes(conversation, &members).await?;
        self.0.receipts.hiding().fill(&self.0).await?;
        let hiding = self.0.receipts.hiding().users();
        let unseen = hiding.contains(&caller.user);
        // Who came in later has not seen it by that: neither joining nor being told the head is reading.
        let members = members
            .into_iter()
            .zip(read)
            .map(|((user_id, own), read)| {
                // Of who does not show reading only what was written tells; who does not sees nobody else's.
                let hides = hiding.contains(&user_id) || (unseen && user_id != caller.user);
                let read = if hides { own } else { read.max(own) };
                Seen { user_id, seen: read.index >= index }
            })
            .collect();
        Ok(SeenPage { index, members, more })
    }

    async fn read_indexes(
        &self,
        conversation: ConversationId,
        members: &[(UserId, Progress)],
    ) -> Result<Vec<Progress>, Error> {
        let wanted: Vec<_> = members.iter().map(|(user, _)| keys::receipt(conversation, *user)).collect();
        let rows = self.0.store.multi_get(&wanted, Level::Serial).await?;
        rows.iter().map(|row| row.as_ref().map_or(Ok(Progress::default()), progress)).collect()
    }

    /// Gives a member another name within the group.
    pub async fn set_alias(&self, caller: Caller, input: SetAlias) -> Result<Accepted, Error> {
        let user = input.user_id.unwrap_or(caller.user);
        self.command(caller, input.conversation_id, Command::SetAlias(user, input.alias)).await
    }
}

fn rights(state: &Conversation, user: UserId) -> Rights {
    Rights {
        add: state.may_add(user),
        post: state.may_post(user),
        mention_all: state.may_mention_all(user),
        edit_info: state.may_edit_info(user),
        pin: state.may_pin(user),
        list_members: state.may_list_members(user),
        manage: state.may_manage(user),
    }
}
