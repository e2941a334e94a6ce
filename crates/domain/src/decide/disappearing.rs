//! Messages that disappear: who sets it for a conversation, and what it puts on each new message.
//!
//! The setting is about messages to come; what was sent before stays as it was sent.

use parlance_proto::{Body, ConversationKind, Details, DisappearAfter, Disappearing, FanOut, Role};

use super::needs_admin;
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

/// What the setting puts on a message sent now.
pub(super) fn stamp(conversation: &Conversation, now_ms: i64, details: &mut Details) {
    let Some(Disappearing { after, ms }) = conversation.clocks.setting else { return };
    // Nobody can wait for all of so many readers.
    if after == DisappearAfter::Sending || conversation.fan_out == FanOut::Read {
        details.expires_ms = Some(now_ms.saturating_add_unsigned(ms));
    } else {
        details.expires_after_ms = Some(ms);
    }
}
