//! What a group's settings say: their defaults, and who may do what by role and settings.
//!
//! Every rule asks here; no rule looks at a setting itself.

use parlance_proto::{
    Body, ConversationKind, Entry, HistoryPolicy, Joining, Role, SessionId, Settings, UserId, Who, limits,
};

use crate::{Change, Conversation, Rejection, Rules, changes};

/// What a conversation of this kind begins with.
pub fn default_settings(kind: ConversationKind) -> Settings {
    let (staff, all) = match kind {
        ConversationKind::Direct => (Who::Members, Who::Members),
        ConversationKind::Group => (Who::Admins, Who::Members),
        ConversationKind::Channel => (Who::Admins, Who::Admins),
    };
    Settings {
        description: String::new(),
        photo: String::new(),
        who_adds: staff,
        who_posts: all,
        who_mentions_all: all,
        who_edits_info: staff,
        who_pins: staff,
        joining: Joining::Link,
        history: match kind {
            ConversationKind::Channel => HistoryPolicy::All,
            ConversationKind::Direct | ConversationKind::Group => HistoryPolicy::SinceJoined,
        },
        slow_mode_s: 0,
        recall_window_s: -1,
        members_hidden: kind == ConversationKind::Channel,
        keep_s: 0,
    }
}

impl Conversation {
    /// Whether `user` may add people and make links.
    pub fn may_add(&self, user: UserId) -> bool {
        self.is_among(user, self.settings.who_adds)
    }

    /// Whether `user` may write messages, apart from being muted or too fast.
    pub fn may_post(&self, user: UserId) -> bool {
        self.is_among(user, self.settings.who_posts)
    }

    /// Whether `user` may mention everybody at once.
    pub fn may_mention_all(&self, user: UserId) -> bool {
        self.is_among(user, self.settings.who_mentions_all)
    }

    /// Whether `user` may change name, description and photo.
    pub fn may_edit_info(&self, user: UserId) -> bool {
        self.is_among(user, self.settings.who_edits_info)
    }

    /// Whether `user` may pin messages.
    pub fn may_pin(&self, user: UserId) -> bool {
        self.is_among(user, self.settings.who_pins)
    }

    /// Whether `user` may see who the members are.
    pub fn may_list_members(&self, user: UserId) -> bool {
        let who = if self.settings.members_hidden { Who::Admins } else { Who::Members };
        self.is_among(user, who)
    }

    /// Whether `user` may change the other settings, announce, mute, ban and decide who comes in.
    pub fn may_manage(&self, user: UserId) -> bool {
        self.is_among(user, Who::Admins)
    }

    /// Most members that a conversation of this kind can have.
    pub fn member_limit(&self) -> usize {
        match self.kind() {
            ConversationKind::Channel => limits::CHANNEL_MAX_MEMBERS,
            ConversationKind::Direct | ConversationKind::Group => limits::GROUP_MAX_MEMBERS,
        }
    }

    /// How long after sending a message may be recalled here, in milliseconds.
    pub fn recall_window_ms(&self, rules: &Rules) -> i64 {
        match self.settings.recall_window_s {
            window_s if window_s < 0 => rules.recall_window_ms,
            window_s => window_s.saturating_mul(1_000),
        }
    }

    /// For how long messages are kept here, in milliseconds; none for ever. A group never keeps them longer than the server.
    pub fn keep_ms(&self, rules: &Rules) -> Option<u64> {
        let own_ms = Some(u64::from(self.settings.keep_s) * 1_000).filter(|keep_ms| *keep_ms > 0);
        own_ms.into_iter().chain(rules.keep_ms).min()
    }

    /// Until when `user` may not write, if that is after `now_ms`.
    pub fn muted_until_ms(&self, user: UserId, now_ms: i64) -> Option<i64> {
        self.restraints.get(&user).map(|restraint| restraint.muted_until_ms).filter(|until| *until > now_ms)
    }

    /// Whether `user` may not come in.
    pub fn is_banned(&self, user: UserId) -> bool {
        self.restraints.get(&user).is_some_and(|restraint| restraint.banned.is_some())
    }

    /// Whether slow mode concerns `user`.
    pub fn is_slow_for(&self, user: UserId) -> bool {
        self.settings.slow_mode_s > 0 && self.member(user).is_some_and(|place| place.role == Role::Member)
    }

    /// Refuses who may not add people and make links.
    pub fn check_add(&self, user: UserId) -> Result<(), Rejection> {
        check_who(self, user, self.settings.who_adds)
    }

    /// Refuses who may not see who the members are.
    pub fn check_list_members(&self, user: UserId) -> Result<(), Rejection> {
        if self.may_list_members(user) { Ok(()) } else { Err(Rejection::MembersHidden) }
    }

    /// Refuses who is neither owner nor admin.
    pub fn check_manage(&self, user: UserId) -> Result<(), Rejection> {
        check_who(self, user, Who::Admins)
    }

    /// Whether an entry is withheld from `reader`: where members are hidden, nobody is told who comes and goes, save those
    /// concerned.
    pub fn withholds(&self, entry: &Entry, reader: UserId) -> bool {
        self.settings.members_hidden && tells_of_people(entry) && !concerns(entry, reader)
    }

    /// Refuses who may not write now.
    pub fn check_post(&self, user: UserId, now_ms: i64) -> Result<(), Rejection> {
        check_who(self, user, self.settings.who_posts)?;
        if let Some(until_ms) = self.muted_until_ms(user, now_ms) {
            return Err(Rejection::Muted(until_ms - now_ms));
        }
        if !self.is_slow_for(user) {
            return Ok(());
        }
        let own_s = self.member(user).map_or(0, |place| place.own_s);
        let next_ms = (i64::from(own_s) + i64::from(self.settings.slow_mode_s)) * 1_000;
        if own_s == 0 || now_ms >= next_ms { Ok(()) } else { Err(Rejection::SlowMode(next_ms - now_ms)) }
    }

    fn is_among(&self, user: UserId, who: Who) -> bool {
        check_who(self, user, who).is_ok()
    }
}

/// Refuses who is not among those who may.
pub(crate) fn check_who(conversation: &Conversation, user: UserId, who: Who) -> Result<(), Rejection> {
    let role = conversation.member(user).ok_or(Rejection::NoConversation)?.role;
    match who {
        Who::Owner if role < Role::Owner => Err(Rejection::NeedsOwner),
        Who::Admins if role < Role::Admin => Err(Rejection::NeedsAdmin),
        Who::Owner | Who::Admins | Who::Members => Ok(()),
    }
}

fn tells_of_people(entry: &Entry) -> bool {
    matches!(
        entry.body,
        Body::Created { .. }
            | Body::MembersAdded { .. }
            | Body::MemberJoined { .. }
            | Body::MemberRemoved { .. }
            | Body::MemberLeft { .. }
            | Body::MemberMuted { .. }
            | Body::MemberBanned { .. }
            | Body::MemberUnbanned { .. }
            | Body::AliasChanged { .. }
    )
}

fn concerns(entry: &Entry, reader: UserId) -> bool {
    let named = match &entry.body {
        Body::MemberMuted { member, .. }
        | Body::MemberBanned { member }
        | Body::MemberUnbanned { member }
        | Body::AliasChanged { member, .. } => *member == reader,
        _ => false,
    };
    named
        || entry.sender == reader
        || changes(entry)
            .iter()
            .any(|change| matches!(change, Change::Joined(user) | Change::Left(user) if *user == reader))
}

/// What stands in the place of an entry that is withheld.
pub fn withheld(entry: &Entry) -> Entry {
    let (body, sender) = match &entry.body {
        // Who made it is no secret, only who is in it.
        Body::Created { name, channel, .. } => {
            (Body::Created { name: name.clone(), members: Vec::new(), channel: *channel }, entry.sender)
        }
        _ => (Body::Withheld {}, UserId::SERVER),
    };
    Entry { sender, session: SessionId(0), client_message_id: None, body, details: None, ..entry.clone() }
}
