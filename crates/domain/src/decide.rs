//! The rules: from a command to the bodies of the entries it leaves, or to a rejection.
//!
//! A refusal leaves nothing behind. It sees committed state only, and the state it leaves has exactly one
//! owner.

use std::collections::BTreeSet;

use parlance_proto::{Body, ConversationKind, FanOut, Role, UserId, limits};

use crate::limits::check_group_name;
use crate::{Conversation, Rejection, check_text};

/// What somebody wants to happen in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write a text message.
    SendText(String),
    /// Make the group, with these first members.
    Create {
        /// The group's name.
        name: String,
        /// Who is in it beside the maker.
        members: Vec<UserId>,
    },
    /// Bring people in.
    AddMembers(Vec<UserId>),
    /// Remove a member.
    RemoveMember(UserId),
    /// Leave.
    Leave,
    /// Give a role.
    SetRole(UserId, Role),
    /// Hand the group over.
    TransferOwnership(UserId),
    /// Give the group another name.
    Rename(String),
}

/// Decides `command` by `actor`: the bodies of the entries to write, in order. None means that things already are as
/// the command wants them.
pub fn decide(conversation: &Conversation, actor: UserId, command: &Command) -> Result<Vec<Body>, Rejection> {
    if let Command::Create { name, members } = command {
        return create(conversation, actor, name, members);
    }
    let role = conversation.member(actor).ok_or(Rejection::NoConversation)?.role;
    if let Command::SendText(text) = command {
        check_text(text)?;
        return Ok(vec![Body::Text { text: text.clone() }]);
    }
    if conversation.kind() == ConversationKind::Direct {
        return Err(Rejection::DirectConversation);
    }
    let bodies = match command {
        Command::SendText(_) | Command::Create { .. } => Vec::new(),
        Command::AddMembers(users) => add_members(conversation, role, users)?,
        Command::RemoveMember(user) => remove_member(conversation, role, *user)?,
        Command::Leave => vec![Body::MemberLeft { new_owner: successor(conversation, actor) }],
        Command::SetRole(user, to) => set_role(conversation, role, *user, *to)?,
        Command::TransferOwnership(user) => transfer(conversation, actor, role, *user)?,
        Command::Rename(name) => rename(conversation, role, name)?,
    };
    Ok(with_fan_out(conversation, bodies))
}

fn create(
    conversation: &Conversation,
    actor: UserId,
    name: &str,
    members: &[UserId],
) -> Result<Vec<Body>, Rejection> {
    if conversation.exists() {
        return Ok(Vec::new());
    }
    check_group_name(name)?;
    check_number(members)?;
    let members: BTreeSet<UserId> = members.iter().copied().filter(|user| *user != actor).collect();
    Ok(vec![Body::Created { name: name.trim().to_owned(), members: members.into_iter().collect() }])
}

fn add_members(conversation: &Conversation, role: Role, users: &[UserId]) -> Result<Vec<Body>, Rejection> {
    needs_admin(role)?;
    check_number(users)?;
    let new: BTreeSet<UserId> =
        users.iter().copied().filter(|user| conversation.member(*user).is_none()).collect();
    if conversation.members.len() + new.len() > limits::GROUP_MAX_MEMBERS {
        return Err(Rejection::GroupFull);
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Body::MembersAdded { members: new.into_iter().collect() }])
}

fn remove_member(conversation: &Conversation, role: Role, user: UserId) -> Result<Vec<Body>, Rejection> {
    needs_admin(role)?;
    match conversation.member(user) {
        None => Err(Rejection::NoMember),
        Some(place) if place.role >= role => Err(Rejection::Outranked),
        Some(_) => Ok(vec![Body::MemberRemoved { member: user }]),
    }
}

/// Who owns the group after `leaver`: the oldest admin, else the oldest member; nobody changes if a mere member leaves.
fn successor(conversation: &Conversation, leaver: UserId) -> Option<UserId> {
    if conversation.owner() != Some(leaver) {
        return None;
    }
    let others = conversation.members.iter().filter(|(user, _)| **user != leaver);
    others
        .min_by_key(|(user, place)| (std::cmp::Reverse(place.role), place.joined.index, **user))
        .map(|(user, _)| *user)
}

fn set_role(conversation: &Conversation, role: Role, user: UserId, to: Role) -> Result<Vec<Body>, Rejection> {
    needs_owner(role)?;
    let place = conversation.member(user).ok_or(Rejection::NoMember)?;
    if to == Role::Owner || place.role == Role::Owner {
        return Err(Rejection::BadRole);
    }
    if place.role == to {
        return Ok(Vec::new());
    }
    Ok(vec![Body::RoleChanged { member: user, role: to }])
}

fn transfer(
    conversation: &Conversation,
    actor: UserId,
    role: Role,
    user: UserId,
) -> Result<Vec<Body>, Rejection> {
    needs_owner(role)?;
    conversation.member(user).ok_or(Rejection::NoMember)?;
    if user == actor {
        return Ok(Vec::new());
    }
    Ok(vec![Body::OwnerChanged { owner: user }])
}

fn rename(conversation: &Conversation, role: Role, name: &str) -> Result<Vec<Body>, Rejection> {
    needs_admin(role)?;
    check_group_name(name)?;
    let name = name.trim();
    if conversation.name == name {
        return Ok(Vec::new());
    }
    Ok(vec![Body::Renamed { name: name.to_owned() }])
}

/// Adds the switch of fan-out when the bodies take the group past a threshold. Two thresholds, so that a group whose
/// size moves around one of them does not switch with each change.
fn with_fan_out(conversation: &Conversation, mut bodies: Vec<Body>) -> Vec<Body> {
    let mut members = conversation.members.len();
    for body in &bodies {
        match body {
            Body::MembersAdded { members: new } => members += new.len(),
            Body::MemberRemoved { .. } | Body::MemberLeft { .. } => members -= 1,
            _ => {}
        }
    }
    let switched = match conversation.fan_out {
        FanOut::Write if members > limits::WRITE_FAN_OUT_MAX_MEMBERS => Some(FanOut::Read),
        FanOut::Read if members < limits::READ_FAN_OUT_MIN_MEMBERS => Some(FanOut::Write),
        _ => None,
    };
    bodies.extend(switched.map(|fan_out| Body::FanOutChanged { fan_out }));
    bodies
}

fn needs_admin(role: Role) -> Result<(), Rejection> {
    if role >= Role::Admin { Ok(()) } else { Err(Rejection::NeedsAdmin) }
}

fn needs_owner(role: Role) -> Result<(), Rejection> {
    if role == Role::Owner { Ok(()) } else { Err(Rejection::NeedsOwner) }
}

fn check_number(users: &[UserId]) -> Result<(), Rejection> {
    if users.len() > limits::MEMBERS_PER_REQUEST {
        Err(Rejection::TooManyMembers(users.len()))
    } else {
        Ok(())
    }
}
