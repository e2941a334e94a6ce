//! Writing messages and taking them back.
//!
//! Whoever may not see a message learns nothing about it: not there and not yours are the same refusal.

use parlance_proto::{Body, Details, GoneReason};

use super::{Decision, Draft, Rewrite, Scene, Target, disappearing, mentions, polls};
use crate::attachments::check_caption;
use crate::text::check_content;
use crate::{Rejection, check_attachments};

/// A message by the actor.
pub(super) fn send(scene: Scene<'_>, draft: &Draft) -> Result<Decision, Rejection> {
    scene.conversation.check_post(scene.actor, scene.now_ms)?;
    check_content(&draft.body)?;
    polls::check(scene, &draft.body)?;
    check_caption(&draft.body, &draft.details)?;
    check_attachments(&draft.details.attachments)?;
    mentions::check(scene, &draft.details.spans)?;
    let beside = mentions::changed(scene, &[], &draft.details.spans);
    if let Some(index) = draft.details.reply_to {
        check_visible(scene, index)?;
    }
    let mut details = draft.details.clone();
    disappearing::stamp(scene, &mut details);
    let details = (details != Details::default()).then(|| Box::new(details));
    Ok(Decision { bodies: vec![draft.body.clone()], details, beside, ..Decision::default() })
}

/// The actor withdraws the target for all.
pub(super) fn recall(scene: Scene<'_>) -> Result<Decision, Rejection> {
    let target = &target(scene)?.entry;
    if target.sender != scene.actor {
        return Err(Rejection::NotYourMessage);
    }
    match target.body {
        Body::Gone { reason: GoneReason::Recalled } => return Ok(Decision::default()),
        Body::Gone { .. } => return Err(Rejection::NoMessage),
        _ => {}
    }
    let window_ms = scene.conversation.recall_window_ms(scene.rules);
    if scene.now_ms.saturating_sub(target.time_ms) > window_ms {
        return Err(Rejection::TooLateToRecall(window_ms));
    }
    let spans = target.details.as_ref().map_or(&[][..], |details| &details.spans);
    Ok(Decision {
        beside: mentions::changed(scene, spans, &[]),
        bodies: vec![Body::Recalled { target: target.index }],
        rewrite: Some(Rewrite { body: Body::Gone { reason: GoneReason::Recalled }, details: None }),
        ..Decision::default()
    })
}

/// The message acted upon, if it is one and the actor may see it.
pub(super) fn target(scene: Scene<'_>) -> Result<&Target, Rejection> {
    let target = scene.target.ok_or(Rejection::NoMessage)?;
    check_visible(scene, target.entry.index)?;
    // A message whose time is up is not there, even before its content is overwritten.
    let expires_ms = target.entry.details.as_ref().and_then(|details| details.expires_ms);
    let expired = expires_ms.is_some_and(|expires_ms| expires_ms <= scene.now_ms);
    if target.entry.body.is_message() && !expired { Ok(target) } else { Err(Rejection::NoMessage) }
}

/// Refuses an index that the actor may not see.
fn check_visible(scene: Scene<'_>, index: u64) -> Result<(), Rejection> {
    if scene.conversation.may_see(scene.actor, index) { Ok(()) } else { Err(Rejection::NoMessage) }
}
