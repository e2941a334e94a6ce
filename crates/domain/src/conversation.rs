//! A conversation as the fold of its log. Applying the same entries in the same order always gives the same state,
//! and applying an entry again does no harm: every entry carries absolute facts.

use std::collections::BTreeMap;

use parlance_proto::{Body, ConversationId, ConversationKind, Entry, FanOut, Role, UserId};

use crate::Progress;

/// A member's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// As what.
    pub role: Role,
    /// Where the member came in; history is visible from there, by index inclusive.
    pub joined: Progress,
    /// The member's own latest message.
    pub own: Progress,
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
}

/// What an entry did to the membership; its followers need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This user is a member from this entry on.
    Joined(UserId),
    /// This user is no member after this entry.
    Left(UserId),
    /// All members are fanned out to in another way from here on.
    FanOut(FanOut),
}

impl Conversation {
    /// A conversation before its first entry. A direct one has its members from its id; a group has none yet.
    pub fn empty(id: ConversationId) -> Conversation {
        let mut members = BTreeMap::new();
        if let ConversationId::Direct(one, other) = id {
            let place =
                Membership { role: Role::Member, joined: Progress::default(), own: Progress::default() };
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
        }
    }

    /// Direct or group.
    pub fn kind(&self) -> ConversationKind {
        match self.id {
            ConversationId::Direct(..) => ConversationKind::Direct,
            ConversationId::Group(_) => ConversationKind::Group,
        }
    }

    /// Whether it exists: a direct conversation always does, a group from its first entry.
    pub fn exists(&self) -> bool {
        self.kind() == ConversationKind::Direct || self.head.index > 0
    }

    /// The member's place, if `user` is one.
    pub fn member(&self, user: UserId) -> Option<&Membership> {
        self.members.get(&user)
    }

    /// The owner of a group.
    pub fn owner(&self) -> Option<UserId> {
        self.members.iter().find(|(_, place)| place.role == Role::Owner).map(|(user, _)| *user)
    }

    /// Folds the next entry in and tells what it did to the membership.
    pub fn apply(&mut self, entry: &Entry) -> Vec<Change> {
        self.head = Progress { index: entry.index, ordinal: entry.ordinal };
        self.time_ms = entry.time_ms;
        if entry.body.is_message() {
            self.last_message = entry.index;
            if let Some(place) = self.members.get_mut(&entry.sender) {
                place.own = self.head;
            }
        }
        self.apply_body(entry)
    }

    fn apply_body(&mut self, entry: &Entry) -> Vec<Change> {
        match &entry.body {
            Body::Text { .. } => Vec::new(),
            Body::Created { name, members } => {
                self.name.clone_from(name);
                let mut changes = vec![self.join(entry.sender, Role::Owner)];
                changes.extend(members.iter().map(|user| self.join(*user, Role::Member)));
                changes
            }
            Body::MembersAdded { members } => {
                members.iter().map(|user| self.join(*user, Role::Member)).collect()
            }
            Body::MemberRemoved { member } => vec![self.leave(*member)],
            Body::MemberLeft { new_owner } => {
                let left = self.leave(entry.sender);
                if let Some(owner) = new_owner {
                    self.set_role(*owner, Role::Owner);
                }
                vec![left]
            }
            Body::RoleChanged { member, role } => {
                self.set_role(*member, *role);
                Vec::new()
            }
            Body::OwnerChanged { owner } => {
                self.set_role(entry.sender, Role::Admin);
                self.set_role(*owner, Role::Owner);
                Vec::new()
            }
            Body::Renamed { name } => {
                self.name.clone_from(name);
                Vec::new()
            }
            Body::FanOutChanged { fan_out } => {
                self.fan_out = *fan_out;
                vec![Change::FanOut(*fan_out)]
            }
        }
    }

    fn join(&mut self, user: UserId, role: Role) -> Change {
        // The newcomer sees the entry that let them in, and nothing before it.
        self.members.insert(user, Membership { role, joined: self.head, own: Progress::default() });
        Change::Joined(user)
    }

    fn leave(&mut self, user: UserId) -> Change {
        self.members.remove(&user);
        Change::Left(user)
    }

    fn set_role(&mut self, user: UserId, role: Role) {
        if let Some(place) = self.members.get_mut(&user) {
            place.role = role;
        }
    }
}
