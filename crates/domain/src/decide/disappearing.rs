//! Messages that disappear: who sets it for a conversation, and what it puts on each new message.
//!
//! The setting is about messages to come; what was sent before stays as it was sent.

use parlance_proto::{Body, ConversationKind, Details, DisappearAfter, Disappearing, FanOut, Role};

use super::{Scene, needs_admin};
use crate::{Conversation, Rejection, check_time_to_live};

/// Sets it, or ends it.
pub(super) fn set(
    conversation: &Conversation,
    role: Role,
    wanted: Option<Disappearing>,
) -> Result<Vec<Body>, Rejection> {
    if conversation.kind() != ConversationKind::Direct {
        needs_admin(role)?;
    }
    if let Some(wanted) = wanted {
        check_time_to_live(wanted.ms)?;
        if wanted.after == DisappearAfter::Reading && conversation.fan_out == FanOut::Read {
            return Err(Rejection::CrowdOfReaders);
        }
    }
    if conversation.clocks.setting == wanted {
        return Ok(Vec::new());
    }
    Ok(vec![Body::DisappearingChanged { disappearing: wanted }])
}

/// What the conversation's setting, and how long the server keeps messages, put on a message sent now.
pub(super) fn stamp(scene: Scene<'_>, details: &mut Details) {
    let Scene { conversation, now_ms, rules, .. } = scene;
    let after = |ms: u64| now_ms.saturating_add_unsigned(ms);
    details.expires_ms = conversation.keep_ms(rules).map(after);
    let Some(Disappearing { after: from, ms }) = conversation.clocks.setting else { return };
    // Nobody can wait for all of so many readers.
    if from == DisappearAfter::Sending || conversation.fan_out == FanOut::Read {
        details.expires_ms = Some(details.expires_ms.map_or(after(ms), |kept| kept.min(after(ms))));
    } else {
        details.expires_after_ms = Some(ms);
    }
}
