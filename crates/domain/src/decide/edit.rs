//! Changing what a message says.
//!
//! Only its sender may, and only for a while; what it said before is kept for the audit until the message is gone.

use parlance_proto::{Body, Details};

use super::messages::target;
use super::{Beside, Decision, Rewrite, Scene};
use crate::{Rejection, check_text};

/// The actor gives the target another text. The same text again is nothing to do.
pub(super) fn edit(scene: Scene<'_>, text: &str) -> Result<Decision, Rejection> {
    let target = &target(scene)?.entry;
    if target.sender != scene.actor {
        return Err(Rejection::NotYourMessage);
    }
    let before = match &target.body {
        Body::Text { text } => text,
        Body::Gone { .. } => return Err(Rejection::NoMessage),
        _ => return Err(Rejection::NotEditable),
    };
    check_text(text)?;
    if before == text {
        return Ok(Decision::default());
    }
    let window_ms = scene.rules.edit_window_ms;
    if scene.now_ms.saturating_sub(target.time_ms) > window_ms {
        return Err(Rejection::TooLateToEdit(window_ms));
    }
    let details = target.details.as_deref().cloned().unwrap_or_default();
    let details = Details { edited_ms: Some(scene.now_ms), ..details };
    let body = Body::Text { text: text.to_owned() };
    Ok(Decision {
        bodies: vec![Body::Edited { target: target.index, text: None }],
        rewrite: Some(Rewrite { body, details: Some(Box::new(details)) }),
        beside: vec![Beside::Version],
        ..Decision::default()
    })
}
