//! Coming into a group: being added, by a link, or let in after asking.
//!
//! Whoever is banned comes in by no way, and a link with n uses lets n in, whoever is faster.

use std::collections::BTreeSet;

use parlance_proto::{Body, ConversationKind, HistoryPolicy, Joining, UserId, Who, limits};

use super::Scene;
use crate::conversation::rights::check_who;
use crate::{Conversation, Rejection};

/// A link as its rows know it; how often it was used is in the conversation's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrance {
    /// The link.
    pub link: u64,
    /// How many it lets in; none for any number.
    pub max_uses: Option<u32>,
    /// The log's last index when it was made.
    pub made_at: u64,
}

pub(super) fn add_members(scene: Scene<'_>, users: &[UserId]) -> Result<Vec<Body>, Rejection> {
    let conversation = scene.conversation;
    check_who(conversation, scene.actor, conversation.settings.who_adds)?;
    check_number(users)?;
    let new: BTreeSet<UserId> =
        users.iter().copied().filter(|user| conversation.member(*user).is_none()).collect();
    if new.iter().any(|user| conversation.is_banned(*user)) {
        return Err(Rejection::BannedUser);
    }
    come_in(scene, new, None)
}

/// The owner or an admin lets somebody in who asked when the log ended at `asked_at`.
pub(super) fn admit(scene: Scene<'_>, user: UserId, asked_at: u64) -> Result<Vec<Body>, Rejection> {
    check_who(scene.conversation, scene.actor, Who::Admins)?;
    if scene.conversation.is_banned(user) {
        return Err(Rejection::BannedUser);
    }
    let new = Some(user).filter(|user| scene.conversation.member(*user).is_none());
    come_in(scene, new.into_iter().collect(), Some(asked_at))
}

fn come_in(
    scene: Scene<'_>,
    users: BTreeSet<UserId>,
    invited_at: Option<u64>,
) -> Result<Vec<Body>, Rejection> {
    check_room(scene, users.len())?;
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let visible_from = floor(scene, invited_at);
    Ok(vec![Body::MembersAdded { members: users.into_iter().collect(), visible_from }])
}

/// The actor comes in by a link.
pub(super) fn join(scene: Scene<'_>, entrance: &Entrance) -> Result<Vec<Body>, Rejection> {
    let conversation = scene.conversation;
    // A group that everybody left has nobody who could own it.
    let empty = conversation.members.is_empty();
    if conversation.kind() == ConversationKind::Direct || !conversation.exists() || empty {
        return Err(Rejection::NoLink);
    }
    if conversation.member(scene.actor).is_some() {
        return Ok(Vec::new());
    }
    if conversation.is_banned(scene.actor) {
        return Err(Rejection::Banned);
    }
    let uses = conversation.link_uses(entrance.link);
    if conversation.settings.joining != Joining::Link || entrance.max_uses.is_some_and(|max| uses >= max) {
        return Err(Rejection::NoLink);
    }
    check_room(scene, 1)?;
    let visible_from = floor(scene, Some(entrance.made_at));
    Ok(vec![Body::MemberJoined { link_id: entrance.link, uses: uses.saturating_add(1), visible_from }])
}

/// Refuses newcomers for whom a group has no room: what any group can have, and what the server allows.
fn check_room(scene: Scene<'_>, newcomers: usize) -> Result<(), Rejection> {
    let conversation = scene.conversation;
    let (size, most) = (conversation.members.len() + newcomers, conversation.member_limit());
    let here = scene.rules.group_max_members.filter(|_| conversation.kind() == ConversationKind::Group);
    match here {
        _ if newcomers == 0 => Ok(()),
        _ if size > most => Err(Rejection::GroupFull(most)),
        Some(here) if size > here as usize => Err(Rejection::GroupFullHere(here)),
        _ => Ok(()),
    }
}

/// From where newcomers may read; none for the entry that lets them in.
fn floor(scene: Scene<'_>, invited_at: Option<u64>) -> Option<u64> {
    let entry = scene.conversation.head.index + 1;
    match scene.conversation.settings.history {
        HistoryPolicy::All => Some(1),
        HistoryPolicy::SinceJoined => None,
        HistoryPolicy::SinceInvited => invited_at.map(|head| head.saturating_add(1).min(entry)),
        HistoryPolicy::LastN { .. } => scene.last_from.map(|from| from.clamp(1, entry)),
        HistoryPolicy::None => Some(entry + 1),
    }
}

impl Conversation {
    /// How many of the last messages newcomers may read, where the group counts them: the place of the first one must be in
    /// the scene of whoever comes in.
    pub fn shows_last(&self) -> Option<u64> {
        match self.settings.history {
            HistoryPolicy::LastN { count } => Some(u64::from(count)),
            _ => None,
        }
    }
}

pub(super) fn check_number(users: &[UserId]) -> Result<(), Rejection> {
    if users.len() > limits::MEMBERS_PER_REQUEST {
        Err(Rejection::TooManyMembers(users.len()))
    } else {
        Ok(())
    }
}
