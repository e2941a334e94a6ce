//! Changing what a message says.
//!
//! Only its sender may, and only for a while; what it said before is kept for the audit until the message is gone.

use parlance_proto::{Body, Details};

use super::messages::target;
use super::{Beside, Decision, Rewrite, Scene, mentions};
use crate::attachments::check_caption;
use crate::{Rejection, Styled};

/// The actor gives the target another text. The same text again is nothing to do.
pub(super) fn edit(scene: Scene<'_>, styled: &Styled) -> Result<Decision, Rejection> {
    let target = &target(scene)?.entry;
    if target.sender != scene.actor {
        return Err(Rejection::NotYourMessage);
    }
    let before = match &target.body {
        Body::Text { text } => text,
        Body::Gone { .. } => return Err(Rejection::NoMessage),
        _ => return Err(Rejection::NotEditable),
    };
    let details = target.details.as_deref().cloned().unwrap_or_default();
    let body = Body::Text { text: styled.text.clone() };
    check_caption(&body, &details)?;
    if *before == styled.text && details.spans == styled.spans {
        return Ok(Decision::default());
    }
    let window_ms = scene.rules.edit_window_ms;
    if scene.now_ms.saturating_sub(target.time_ms) > window_ms {
        return Err(Rejection::TooLateToEdit(window_ms));
    }
    mentions::check(scene, &styled.spans)?;
    let mut beside = mentions::changed(scene, &details.spans, &styled.spans);
    beside.push(Beside::Version);
    let details = Details { edited_ms: Some(scene.now_ms), spans: styled.spans.clone(), ..details };
    Ok(Decision {
        bodies: vec![Body::Edited { target: target.index, text: None, spans: Vec::new() }],
        rewrite: Some(Rewrite { body, details: Some(Box::new(details)) }),
        beside,
        ..Decision::default()
    })
}
