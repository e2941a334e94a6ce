//! Who comes into a group, who goes, and as what.
//!
//! Every decision leaves exactly one owner, and a group of nobody has none.

use std::collections::BTreeSet;

use parlance_proto::{Body, ConversationKind, FanOut, Role, UserId, limits};

use super::joining::check_number;
use super::{needs_admin, needs_owner};
use crate::limits::check_group_name;
use crate::{Conversation, Rejection};

pub(super) fn create(
    conversation: &Conversation,
    actor: UserId,
    name: &str,
    members: &[UserId],
    channel: bool,
) -> Result<Vec<Body>, Rejection> {
    // One that was dissolved is not made again.
    if conversation.head.index > 0 {
        return Ok(Vec::new());
    }
    check_group_name(name)?;
    check_number(members)?;
    let members: BTreeSet<UserId> = members.iter().copied().filter(|user| *user != actor).collect();
    Ok(vec![Body::Created { name: name.trim().to_owned(), members: members.into_iter().collect(), channel }])
}

pub(super) fn remove_member(
    conversation: &Conversation,
    role: Role,
    user: UserId,
) -> Result<Vec<Body>, Rejection> {
    needs_admin(role)?;
    match conversation.member(user) {
        None => Err(Rejection::NoMember),
        Some(place) if place.role >= role => Err(Rejection::Outranked),
        Some(_) => Ok(vec![Body::MemberRemoved { member: user }]),
    }
}

/// Who owns the group after `leaver`: the oldest admin, else the oldest member; nobody changes if a mere member leaves.
pub(super) fn successor(conversation: &Conversation, leaver: UserId) -> Option<UserId> {
    // Not by looking for the owner: a large group must not pay for each member who leaves.
    if conversation.member(leaver).is_none_or(|place| place.role != Role::Owner) {
        return None;
    }
    let others = conversation.members.iter().filter(|(user, _)| **user != leaver);
    others
        .min_by_key(|(user, place)| (std::cmp::Reverse(place.role), place.joined.index, **user))
        .map(|(user, _)| *user)
}

pub(super) fn set_role(
    conversation: &Conversation,
    role: Role,
    user: UserId,
    to: Role,
) -> Result<Vec<Body>, Rejection> {
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

pub(super) fn transfer(
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

/// Adds the switch of fan-out when the bodies take the group past a threshold. Two thresholds, so that a group whose
/// size moves around one of them does not switch with each change.
pub(super) fn with_fan_out(conversation: &Conversation, mut bodies: Vec<Body>) -> Vec<Body> {
    // A channel is always fanned out to on reading.
    if conversation.kind() == ConversationKind::Channel {
        return bodies;
    }
    let mut members = conversation.members.len();
    for body in &bodies {
        match body {
            Body::MembersAdded { members: new, .. } => members += new.len(),
            Body::MemberJoined { .. } => members += 1,
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
