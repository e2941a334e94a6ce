//! Likes and pins: what members put on messages.
//!
//! A like is a set element (user, message, emoji); doing or undoing it again is nothing to do.

use parlance_proto::{Body, limits};

use super::messages::target;
use super::{Beside, Decision, Scene, Target};
use crate::{MessageRefusal, Rejection, normal_like};

/// The actor likes the target with an emoji.
pub(super) fn like(scene: Scene<'_>, emoji: &str) -> Result<Decision, Rejection> {
    let emoji = normal_like(emoji)?;
    let target = present(scene)?;
    let likes = &target.likes;
    if likes.own.contains(&emoji) {
        return Ok(Decision::default());
    }
    if likes.own.len() >= limits::LIKES_PER_USER {
        return Err(MessageRefusal::TooManyOwnLikes.into());
    }
    if !likes.kinds.contains(&emoji) && likes.kinds.len() >= limits::LIKE_KINDS {
        return Err(MessageRefusal::TooManyKindsOfLikes.into());
    }
    Ok(Decision {
        bodies: vec![Body::Liked { target: target.entry.index, emoji: emoji.clone() }],
        beside: vec![Beside::Like(emoji)],
        ..Decision::default()
    })
}

/// The actor takes a like back.
pub(super) fn unlike(scene: Scene<'_>, emoji: &str) -> Result<Decision, Rejection> {
    let emoji = normal_like(emoji)?;
    let target = present(scene)?;
    if !target.likes.own.contains(&emoji) {
        return Ok(Decision::default());
    }
    Ok(Decision {
        bodies: vec![Body::Unliked { target: target.entry.index, emoji: emoji.clone() }],
        beside: vec![Beside::Unlike(emoji)],
        ..Decision::default()
    })
}

/// The actor pins the target for all.
pub(super) fn pin(scene: Scene<'_>) -> Result<Decision, Rejection> {
    let target = present(scene)?.entry.index;
    may_pin(scene)?;
    let pinned = &scene.conversation.marks.pinned;
    if pinned.contains_key(&target) {
        return Ok(Decision::default());
    }
    if pinned.len() >= limits::PINNED_MESSAGES_MAX {
        return Err(MessageRefusal::TooManyPinned.into());
    }
    Ok(vec![Body::Pinned { target }].into())
}

/// The actor takes a pin away, also one whose message is gone.
pub(super) fn unpin(scene: Scene<'_>) -> Result<Decision, Rejection> {
    let target = target(scene)?.entry.index;
    may_pin(scene)?;
    if !scene.conversation.marks.pinned.contains_key(&target) {
        return Ok(Decision::default());
    }
    Ok(vec![Body::Unpinned { target }].into())
}

fn may_pin(scene: Scene<'_>) -> Result<(), Rejection> {
    let may = scene.conversation.may_pin(scene.actor);
    if may { Ok(()) } else { Err(MessageRefusal::MayNotPin.into()) }
}

/// The target, while it has content.
pub(super) fn present(scene: Scene<'_>) -> Result<&Target, Rejection> {
    let target = target(scene)?;
    match target.entry.body {
        Body::Gone { .. } => Err(Rejection::NoMessage),
        _ => Ok(target),
    }
}
