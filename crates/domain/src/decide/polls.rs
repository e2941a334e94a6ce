//! Polls: who votes in them, and who closes them.
//!
//! Everybody has one ballot at most; the same ballot again is nothing to do. Whoever may not see the poll learns nothing
//! about it, and nobody votes after it is closed.

use parlance_proto::{Body, ConversationKind, Poll, limits};

use super::likes::present;
use super::{Beside, Decision, Rewrite, Scene, Target};
use crate::{MessageRefusal, Rejection};

/// Refuses a poll that cannot be asked here and now.
pub(super) fn check(scene: Scene<'_>, body: &Body) -> Result<(), Rejection> {
    let Body::Poll(poll) = body else { return Ok(()) };
    if let Some(closes_ms) = poll.closes_ms {
        let ahead_ms = closes_ms.saturating_sub(scene.now_ms);
        if !(1..=limits::POLL_CLOSES_AHEAD_MS).contains(&ahead_ms) {
            return Err(MessageRefusal::BadClosingTime.into());
        }
    }
    if scene.conversation.settings.members_hidden && !poll.anonymous {
        return Err(MessageRefusal::MustBeAnonymous.into());
    }
    Ok(())
}

/// The actor votes in the target, or takes the vote back.
pub(super) fn vote(scene: Scene<'_>, options: &[u32]) -> Result<Decision, Rejection> {
    let (target, poll) = poll(scene)?;
    let mut chosen = options.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.last().is_some_and(|option| *option as usize >= poll.options.len()) {
        return Err(MessageRefusal::NoSuchOption(poll.options.len() - 1).into());
    }
    if chosen.len() > 1 && !poll.multiple {
        return Err(MessageRefusal::OneChoice.into());
    }
    // Asked first: who repeats a vote that was counted is told so, also after the poll was closed.
    if chosen == target.ballot {
        return Ok(Decision::default());
    }
    if is_closed(scene, target, poll) {
        return Err(MessageRefusal::PollClosed.into());
    }
    Ok(Decision {
        bodies: vec![Body::Voted { target: target.entry.index }],
        beside: vec![Beside::Ballot(chosen)],
        anonymous: poll.anonymous,
        ..Decision::default()
    })
}

/// The actor closes the target. Closing it again is nothing to do.
pub(super) fn close(scene: Scene<'_>) -> Result<Decision, Rejection> {
    let (target, poll) = poll(scene)?;
    let Scene { conversation, actor, now_ms, .. } = scene;
    let manages = conversation.kind() != ConversationKind::Direct && conversation.may_manage(actor);
    if target.entry.sender != actor && !manages {
        return Err(MessageRefusal::MayNotClosePoll.into());
    }
    if is_closed(scene, target, poll) {
        return Ok(Decision::default());
    }
    let mut details = target.entry.details.clone().unwrap_or_default();
    details.closed_ms = Some(now_ms);
    Ok(Decision {
        bodies: vec![Body::PollClosed { target: target.entry.index }],
        rewrite: Some(Rewrite { body: target.entry.body.clone(), details: Some(details) }),
        ..Decision::default()
    })
}

/// The target as a poll.
fn poll(scene: Scene<'_>) -> Result<(&Target, &Poll), Rejection> {
    let target = present(scene)?;
    match &target.entry.body {
        Body::Poll(poll) => Ok((target, poll)),
        _ => Err(MessageRefusal::NotAPoll.into()),
    }
}

fn is_closed(scene: Scene<'_>, target: &Target, poll: &Poll) -> bool {
    let by_hand = target.entry.details.as_ref().is_some_and(|details| details.closed_ms.is_some());
    by_hand || poll.closes_ms.is_some_and(|closes_ms| closes_ms <= scene.now_ms)
}
