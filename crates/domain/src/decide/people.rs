//! Keeping order: muting, banning, dissolving.
//!
//! Nobody acts upon somebody of the same or a higher role.

use parlance_proto::{Body, UserId, Who};

use crate::conversation::rights::check_who;
use crate::{Conversation, Rejection};

/// A member may not write until then; 0 ends it.
pub(super) fn mute(
    conversation: &Conversation,
    actor: UserId,
    user: UserId,
    until_ms: i64,
) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, Who::Admins)?;
    conversation.member(user).ok_or(Rejection::NoMember)?;
    outranks(conversation, actor, user)?;
    let until_ms = until_ms.max(0);
    let current = conversation.restraints.get(&user).map_or(0, |restraint| restraint.muted_until_ms);
    if current == until_ms {
        return Ok(Vec::new());
    }
    Ok(vec![Body::MemberMuted { member: user, until_ms }])
}

/// Somebody is out, and does not come in again.
pub(super) fn ban(conversation: &Conversation, actor: UserId, user: UserId) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, Who::Admins)?;
    outranks(conversation, actor, user)?;
    let mut bodies = Vec::new();
    if conversation.member(user).is_some() {
        bodies.push(Body::MemberRemoved { member: user });
    }
    if !conversation.is_banned(user) {
        bodies.push(Body::MemberBanned { member: user });
    }
    Ok(bodies)
}

/// Somebody may come in again.
pub(super) fn unban(
    conversation: &Conversation,
    actor: UserId,
    user: UserId,
) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, Who::Admins)?;
    if conversation.is_banned(user) {
        Ok(vec![Body::MemberUnbanned { member: user }])
    } else {
        Ok(Vec::new())
    }
}

/// The group ends.
pub(super) fn dissolve(conversation: &Conversation, actor: UserId) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, Who::Owner)?;
    Ok(vec![Body::Dissolved {}])
}

/// Refuses to act upon oneself, an equal or a superior. Who is no member ranks lowest.
fn outranks(conversation: &Conversation, actor: UserId, user: UserId) -> Result<(), Rejection> {
    let role = |user| conversation.member(user).map(|place| place.role);
    if user == actor || role(user) >= role(actor) { Err(Rejection::Outranked) } else { Ok(()) }
}
