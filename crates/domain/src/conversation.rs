//! A conversation as the fold of its log. Applying the same entries in the same order always gives the same state,
//! and applying an entry again does no harm: every entry carries absolute facts.

pub(crate) mod rights;

use std::collections::BTreeMap;

use parlance_proto::{Body, ConversationId, ConversationKind, Entry, FanOut, Role, Settings, UserId};

use crate::{Clocks, Notable, Progress, default_settings};

/// A member's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// As what.
    pub role: Role,
    /// When the member's own latest message was written, in seconds since 1970, rounded up; 0 if there is none.
    pub own_s: u32,
    /// Where the member came in; unread counts from there.
    pub joined: Progress,
    /// The first index that the member may read, fixed at joining; from 1.
    pub visible_from: u64,
    /// The member's own latest message.
    pub own: Progress,
}

/// What stands for all members to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// What it says.
    pub text: String,
    /// Who put it up.
    pub by: UserId,
    /// When.
    pub time_ms: i64,
    /// Its entry.
    pub index: u64,
}

/// What somebody may not do, a member or not. It outlives leaving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restraint {
    /// Until when the user may not write; 0 if never muted.
    pub muted_until_ms: i64,
    /// Whether the user may not come in.
    pub banned: Option<Banned>,
}

/// Who banned somebody, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banned {
    /// Who did it.
    pub by: UserId,
    /// When.
    pub time_ms: i64,
}

/// The folded state of one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// A group's name; empty for a direct conversation.
    pub name: String,
    /// Who is in it now.
    pub members: BTreeMap<UserId, Membership>,
    /// How its messages reach inboxes.
    pub fan_out: FanOut,
    /// The last entry's place; zero while the log is empty.
    pub head: Progress,
    /// The last message's index; zero before the first.
    pub last_message: u64,
    /// The last entry's time, milliseconds since 1970.
    pub time_ms: i64,
    /// When messages disappear.
    pub clocks: Clocks,
    /// What is on its messages.
    pub marks: Notable,
    /// Whether it is a channel.
    pub channel: bool,
    /// Whether it is over: nobody is a member any more, and its id is never used again.
    pub dissolved: bool,
    /// What all members share.
    pub settings: Box<Settings>,
    /// What is announced.
    pub announcement: Option<Box<Announcement>>,
    /// What members go by here; only those who set something.
    pub aliases: BTreeMap<UserId, String>,
    /// What people may not do; only those concerned.
    pub restraints: BTreeMap<UserId, Restraint>,
    /// How many came in by each link; only those used.
    pub links: BTreeMap<u64, u32>,
}

/// What an entry does to the membership; its followers need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This user is a member from this entry on.
    Joined(UserId),
    /// This user is no member after this entry.
    Left(UserId),
    /// All members are fanned out to in another way from here on.
    FanOut(FanOut),
    /// Nobody is a member after this entry.
    Dissolved,
}

/// What an entry does to the membership, in order.
pub fn changes(entry: &Entry) -> Vec<Change> {
    match &entry.body {
        Body::Text { .. }
        | Body::Location(_)
        | Body::Contact { .. }
        | Body::Cards(_)
        | Body::Poll(_)
        | Body::RoleChanged { .. }
        | Body::OwnerChanged { .. }
        | Body::Renamed { .. }
        | Body::Recalled { .. }
        | Body::Edited { .. }
        | Body::DisappearingChanged { .. }
        | Body::Expired { .. }
        | Body::ExpirySet { .. }
        | Body::Liked { .. }
        | Body::Unliked { .. }
        | Body::Pinned { .. }
        | Body::Unpinned { .. }
        | Body::Voted { .. }
        | Body::PollClosed { .. }
        | Body::Previewed { .. }
        | Body::SettingsChanged { .. }
        | Body::Announced { .. }
        | Body::AliasChanged { .. }
        | Body::MemberMuted { .. }
        | Body::MemberBanned { .. }
        | Body::MemberUnbanned { .. }
        | Body::Withheld {}
        | Body::Gone { .. } => Vec::new(),
        Body::Created { members, .. } => {
            std::iter::once(entry.sender).chain(members.iter().copied()).map(Change::Joined).collect()
        }
        Body::MembersAdded { members, .. } => members.iter().copied().map(Change::Joined).collect(),
        Body::MemberRemoved { member } => vec![Change::Left(*member)],
        Body::MemberLeft { .. } => vec![Change::Left(entry.sender)],
        Body::MemberJoined { .. } => vec![Change::Joined(entry.sender)],
        Body::Dissolved {} => vec![Change::Dissolved],
        Body::FanOutChanged { fan_out } => vec![Change::FanOut(*fan_out)],
    }
}

impl Conversation {
    /// A conversation before its first entry. A direct one has its members from its id; a group has none yet.
    pub fn empty(id: ConversationId) -> Conversation {
        let mut members = BTreeMap::new();
        if let ConversationId::Direct(one, other) = id {
            let place = Membership {
                role: Role::Member,
                own_s: 0,
                joined: Progress::default(),
                visible_from: 1,
                own: Progress::default(),
            };
            members.insert(one, place);
            members.insert(other, place);
        }
        Conversation {
            id,
            name: String::new(),
            members,
            fan_out: FanOut::Write,
            head: Progress::default(),
            last_message: 0,
            time_ms: 0,
            clocks: Clocks::default(),
            marks: Notable::default(),
            channel: false,
            dissolved: false,
            settings: Box::new(default_settings(match id {
                ConversationId::Direct(..) => ConversationKind::Direct,
                ConversationId::Group(_) => ConversationKind::Group,
            })),
            announcement: None,
            aliases: BTreeMap::new(),
            restraints: BTreeMap::new(),
            links: BTreeMap::new(),
        }
    }

    /// Direct, group or channel.
    pub fn kind(&self) -> ConversationKind {
        match self.id {
            ConversationId::Direct(..) => ConversationKind::Direct,
            ConversationId::Group(_) if self.channel => ConversationKind::Channel,
            ConversationId::Group(_) => ConversationKind::Group,
        }
    }

    /// Whether it exists: a direct conversation always does, a group from its first entry until it is dissolved.
    pub fn exists(&self) -> bool {
        self.kind() == ConversationKind::Direct || (self.head.index > 0 && !self.dissolved)
    }

    /// The member's place, if `user` is one.
    pub fn member(&self, user: UserId) -> Option<&Membership> {
        self.members.get(&user).filter(|_| !self.dissolved)
    }

    /// How many came in by a link.
    pub fn link_uses(&self, link: u64) -> u32 {
        self.links.get(&link).copied().unwrap_or_default()
    }

    /// The other side's place in a direct conversation with somebody else.
    pub fn peer(&self, user: UserId) -> Option<&Membership> {
        self.id.peer_of(user).filter(|peer| *peer != user).and_then(|peer| self.member(peer))
    }

    /// The first index that `user` may read, if a member: every answer that shows entries asks here.
    pub fn visible_from(&self, user: UserId) -> Option<u64> {
        self.member(user).map(|place| place.visible_from)
    }

    /// Whether `user` may read what stands at `index`.
    pub fn may_see(&self, user: UserId, index: u64) -> bool {
        let from = self.visible_from(user);
        from.is_some_and(|from| index >= from && index <= self.head.index)
    }

    /// The owner of a group.
    pub fn owner(&self) -> Option<UserId> {
        self.members.iter().find(|(_, place)| place.role == Role::Owner).map(|(user, _)| *user)
    }

    /// Folds the next entry in.
    pub fn apply(&mut self, entry: &Entry) {
        self.head = Progress { index: entry.index, ordinal: entry.ordinal };
        self.time_ms = entry.time_ms;
        if entry.body.is_message() {
            self.last_message = entry.index;
            if let Some(place) = self.members.get_mut(&entry.sender) {
                place.own = self.head;
                // Rounded up, so that slow mode never lets a message through early.
                place.own_s = u32::try_from((entry.time_ms.max(0) + 999) / 1_000).unwrap_or(u32::MAX);
            }
        }
        self.clocks.apply(entry);
        self.marks.apply(entry);
        self.apply_body(entry);
    }

    fn apply_body(&mut self, entry: &Entry) {
        match &entry.body {
            Body::Text { .. }
            | Body::Location(_)
            | Body::Contact { .. }
            | Body::Cards(_)
            | Body::Poll(_)
            | Body::Recalled { .. }
            | Body::Edited { .. }
            | Body::DisappearingChanged { .. }
            | Body::Expired { .. }
            | Body::ExpirySet { .. }
            | Body::Liked { .. }
            | Body::Unliked { .. }
            | Body::Pinned { .. }
            | Body::Unpinned { .. }
            | Body::Voted { .. }
            | Body::PollClosed { .. }
            | Body::Previewed { .. }
            | Body::Gone { .. }
            | Body::Withheld {} => {}
            Body::Created { name, members, channel } => {
                self.channel = *channel;
                *self.settings = default_settings(self.kind());
                if self.channel {
                    self.fan_out = FanOut::Read;
                }
                self.name.clone_from(name);
                self.join(entry.sender, Role::Owner, None);
                self.join_all(members, None);
            }
            Body::MembersAdded { members, visible_from } => self.join_all(members, *visible_from),
            Body::MemberRemoved { member } => self.leave(*member),
            Body::MemberLeft { new_owner } => {
                self.leave(entry.sender);
                if let Some(owner) = new_owner {
                    self.set_role(*owner, Role::Owner);
                }
            }
            Body::RoleChanged { member, role } => self.set_role(*member, *role),
            Body::OwnerChanged { owner } => {
                self.set_role(entry.sender, Role::Admin);
                self.set_role(*owner, Role::Owner);
            }
            Body::Renamed { name } => self.name.clone_from(name),
            Body::FanOutChanged { fan_out } => self.fan_out = *fan_out,
            Body::MemberJoined { link_id, uses, visible_from } => {
                self.links.insert(*link_id, *uses);
                self.join(entry.sender, Role::Member, *visible_from);
            }
            Body::SettingsChanged { changes } => self.settings.apply(changes),
            Body::Announced { text } => {
                self.announcement = (!text.is_empty()).then(|| {
                    let (text, by, time_ms) = (text.clone(), entry.sender, entry.time_ms);
                    Box::new(Announcement { text, by, time_ms, index: entry.index })
                });
            }
            Body::AliasChanged { member, alias } => self.set_alias(*member, alias),
            Body::MemberMuted { member, until_ms } => {
                self.restrain(*member, |restraint| restraint.muted_until_ms = *until_ms);
            }
            Body::MemberBanned { member } => {
                let banned = Some(Banned { by: entry.sender, time_ms: entry.time_ms });
                self.restrain(*member, |restraint| restraint.banned = banned);
            }
            Body::MemberUnbanned { member } => self.restrain(*member, |restraint| restraint.banned = None),
            Body::Dissolved {} => self.dissolved = true,
        }
    }

    fn join(&mut self, user: UserId, role: Role, visible_from: Option<u64>) {
        // If nothing else is said, the newcomer sees the entry that let them in, and nothing before it.
        let visible_from = visible_from.unwrap_or(self.head.index);
        self.aliases.remove(&user);
        let place = Membership { role, own_s: 0, joined: self.head, visible_from, own: Progress::default() };
        self.members.insert(user, place);
    }

    fn join_all(&mut self, users: &[UserId], visible_from: Option<u64>) {
        for user in users {
            self.join(*user, Role::Member, visible_from);
        }
    }

    fn leave(&mut self, user: UserId) {
        self.members.remove(&user);
        self.aliases.remove(&user);
    }

    fn set_alias(&mut self, user: UserId, alias: &str) {
        if alias.is_empty() || !self.members.contains_key(&user) {
            self.aliases.remove(&user);
        } else {
            self.aliases.insert(user, alias.to_owned());
        }
    }

    fn restrain(&mut self, user: UserId, change: impl FnOnce(&mut Restraint)) {
        let mut restraint = self.restraints.remove(&user).unwrap_or_default();
        change(&mut restraint);
        if restraint != Restraint::default() {
            self.restraints.insert(user, restraint);
        }
    }

    fn set_role(&mut self, user: UserId, role: Role) {
        if let Some(place) = self.members.get_mut(&user) {
            place.role = role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With what a full map adds, a group of 100,000 stays under 6 MB while somebody needs it.
    #[test]
    fn a_member_of_a_large_group_costs_little() {
        assert!(size_of::<(UserId, Membership)>() <= 56);
    }
}
