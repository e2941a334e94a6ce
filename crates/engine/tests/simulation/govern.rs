//! What a device does with groups and with its own view of them: settings, mutes, bans, aliases, links, hiding.
//! The group's keeper is never shut out and hides nothing, so that somebody can read the whole log in the end.

use parlance_proto::{
    BanMember, ClearConversation, ConversationId, CreateLink, DeleteConversation, HideMessages,
    HistoryPolicy, JoinConversation, MuteMember, PinMessage, SetAlias, UnbanMember, UnpinMessage,
    UpdateConversation, Who,
};

use crate::device::{Device, outcome_of};
use crate::world::World;

impl Device {
    /// Governs a group, as far as the rules let this user.
    pub(crate) async fn govern(&self) {
        let groups = self.world.groups();
        let Some(group) = self.world.dice.pick(&groups).copied() else { return };
        match self.world.dice.below(8) {
            0 => self.change_settings(group).await,
            1 | 2 => self.restrain(group).await,
            3 => self.link(group).await,
            4 => self.pin(group).await,
            5 => self.rename_oneself(group).await,
            _ => self.put_away(group).await,
        }
    }

    async fn change_settings(&self, group: ConversationId) {
        let dice = &self.world.dice;
        let mut input = UpdateConversation::of(group);
        match dice.below(4) {
            0 => input.who_posts = Some(if dice.per_mille(700) { Who::Members } else { Who::Admins }),
            1 => input.slow_mode_s = Some(dice.below(3) as u32),
            2 => input.who_adds = Some(if dice.per_mille(500) { Who::Members } else { Who::Admins }),
            _ => {
                input.history = Some(match dice.below(3) {
                    0 => HistoryPolicy::All,
                    1 => HistoryPolicy::SinceJoined,
                    _ => HistoryPolicy::LastN { count: dice.between(1, 5) as u32 },
                });
            }
        }
        let done = self.engine().0.update_conversation(self.me(), input).await;
        self.note("settings", done.map(|_| ()));
    }

    async fn restrain(&self, group: ConversationId) {
        let dice = &self.world.dice;
        let Some(user_id) = dice.pick(&self.world.users).copied() else { return };
        let (engine, me) = (self.engine().0, self.me());
        if self.world.keeper(group) == Some(user_id) {
            return;
        }
        let done = match dice.below(4) {
            0 => engine.ban_member(me, BanMember { conversation_id: group, user_id }).await,
            1 => engine.unban_member(me, UnbanMember { conversation_id: group, user_id }).await,
            _ => {
                let until_ms =
                    if dice.per_mille(600) { self.world.now_ms() + dice.below(5_000) as i64 } else { 0 };
                engine.mute_member(me, MuteMember { conversation_id: group, user_id, until_ms }).await
            }
        };
        self.note("restrain", done.map(|_| ()));
    }

    /// Makes a link into a group, or comes in by one that somebody made.
    async fn link(&self, group: ConversationId) {
        let dice = &self.world.dice;
        let engine = self.engine().0;
        let links = self.world.links();
        if let Some(code) = dice.pick(&links).filter(|_| dice.per_mille(600)) {
            let input = JoinConversation { code: code.clone(), note: None };
            let done = engine.join_conversation(self.me(), input).await;
            return self.note("join", done.map(|_| ()));
        }
        let input = CreateLink {
            conversation_id: group,
            max_uses: Some(dice.between(1, 3) as u32),
            expires_in_s: None,
            approval: None,
        };
        let made = engine.create_link(self.me(), input).await;
        if let Ok(link) = &made {
            self.world.add_link(link.code.clone().unwrap_or_default());
        }
        self.note("link", made.map(|_| ()));
    }

    async fn pin(&self, conversation_id: ConversationId) {
        let (engine, dice) = (self.engine().0, &self.world.dice);
        let index = dice.between(1, 30);
        let done = if dice.per_mille(600) {
            engine.pin_message(self.me(), PinMessage { conversation_id, index }).await
        } else {
            engine.unpin_message(self.me(), UnpinMessage { conversation_id, index }).await
        };
        self.note("pin", done.map(|_| ()));
    }

    async fn rename_oneself(&self, conversation_id: ConversationId) {
        let alias = format!("alias {}", self.world.dice.below(10));
        let input = SetAlias { conversation_id, user_id: None, alias };
        let done = self.engine().0.set_alias(self.me(), input).await;
        self.note("alias", done.map(|_| ()));
    }

    /// Hides a message of a group for oneself, clears its history, or takes it off the own list.
    async fn put_away(&self, conversation_id: ConversationId) {
        let me = self.me();
        if self.world.keeper(conversation_id) == Some(me.user) {
            return;
        }
        let (engine, dice) = (self.engine().0, &self.world.dice);
        if dice.per_mille(100) {
            let done = engine.clear_conversation(me, ClearConversation { conversation_id }).await;
            return self.note("clear", done.map(|_| ()));
        }
        if dice.per_mille(100) {
            // Noted first: a crash may keep the answer back.
            self.world.lock_deleted().insert((me.user, conversation_id));
            let done = engine.delete_conversation(me, DeleteConversation { conversation_id }).await;
            return self.note("delete", done.map(|_| ()));
        }
        let index = dice.between(1, 30);
        let done = engine.hide_messages(me, HideMessages { conversation_id, indexes: vec![index] }).await;
        if let Ok(row) = &done
            && !is_away(row.visible_from, &row.hidden, index)
        {
            self.world
                .history
                .violation(format!("hidden, and there all the same: {index} of {conversation_id}"));
        }
        self.note("hide", done.map(|_| ()));
    }

    fn note(&self, what: &str, done: Result<(), parlance_engine::Error>) {
        self.world.history.note(&format!("{what} {:?}", done.map_err(|error| outcome_of(&error))));
    }
}

/// Whether a reader with this view does not see an index.
pub fn is_away(visible_from: u64, hidden: &[parlance_proto::Span], index: u64) -> bool {
    index < visible_from || hidden.iter().any(|span| (span.from..=span.to).contains(&index))
}

impl World {
    /// The codes of links into groups.
    pub fn links(&self) -> Vec<String> {
        self.lock_links().clone()
    }

    pub fn add_link(&self, code: String) {
        self.lock_links().push(code);
    }
}
