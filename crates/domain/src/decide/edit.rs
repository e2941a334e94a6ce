//! Changing what a message says, and the card of what it links.
//!
//! Only its sender may, and only for a while; what it said before is kept for the audit until the message is gone. The card
//! is the server's, and stays only with a text that links what it is about.

use parlance_proto::{Body, Details, PagePreview};

use super::messages::target;
use super::{Beside, Decision, Rewrite, Scene, mentions};
use crate::attachments::check_caption;
use crate::{Rejection, Styled, previewed_link};

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
    let link = previewed_link(&styled.spans);
    let preview = details.preview.clone().filter(|preview| link == Some(preview.url.as_str()));
    let details = Details { edited_ms: Some(scene.now_ms), spans: styled.spans.clone(), preview, ..details };
    Ok(Decision {
        bodies: vec![Body::Edited { target: target.index, text: None, spans: Vec::new() }],
        rewrite: Some(Rewrite { body, details: Some(Box::new(details)) }),
        beside,
        ..Decision::default()
    })
}

/// The server gives the target a card. Nothing to do if it does not link that any more, or has one.
pub(super) fn preview(scene: Scene<'_>, preview: &PagePreview) -> Result<Decision, Rejection> {
    let entry = &scene.target.ok_or(Rejection::NoMessage)?.entry;
    let details = entry.details.as_deref().cloned().unwrap_or_default();
    let expired = details.expires_ms.is_some_and(|expires_ms| expires_ms <= scene.now_ms);
    let wanted = matches!(entry.body, Body::Text { .. })
        && !expired
        && details.preview.is_none()
        && previewed_link(&details.spans) == Some(preview.url.as_str());
    if !wanted {
        return Ok(Decision::default());
    }
    let details = Details { preview: Some(Box::new(preview.clone())), ..details };
    Ok(Decision {
        bodies: vec![Body::Previewed { target: entry.index }],
        rewrite: Some(Rewrite { body: entry.body.clone(), details: Some(Box::new(details)) }),
        anonymous: true,
        ..Decision::default()
    })
}
