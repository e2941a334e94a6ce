//! The two-call API on top of the same use cases: `rtm.send` and `rtm.receive`.
//! A position is an index; entries that are no messages are stepped over, so positions may have gaps.

use parlance_engine::Caller;
use parlance_proto::{
    Body, ConversationId, Entry, ErrorCode, GetHistory, RtmMessage, RtmReceive, RtmReceived, RtmSend,
    RtmSent, SendMessage, UserId, limits,
};

use crate::app::App;
use crate::error::ApiError;
use crate::signin::token;

/// Sends a text to a user or a conversation.
pub async fn send(app: &App, caller: Caller, input: RtmSend) -> Result<RtmSent, ApiError> {
    let conversation_id = target(caller, input.source_id, &input.target_id)?;
    if input.encoded_media.is_some() {
        let detail = "encodedMedia: media come in a later version of this server; send a text";
        return Err(ApiError::new(ErrorCode::InvalidInput, detail));
    }
    let text =
        input.text.ok_or_else(|| ApiError::new(ErrorCode::InvalidInput, "text: what to send is missing"))?;
    let client_message_id = input.client_message_id.unwrap_or_else(token::retry_key);
    app.rates.send(caller, conversation_id)?;
    let message = SendMessage::text(conversation_id, client_message_id, text);
    let accepted = app.engine.send_message(caller, message).await?.await?;
    Ok(RtmSent { conversation_id, pos: accepted.index, time_ms: accepted.time_ms })
}

/// The texts after a position.
pub async fn receive(app: &App, caller: Caller, input: RtmReceive) -> Result<RtmReceived, ApiError> {
    let conversation_id = target(caller, input.source_id, &input.target_id)?;
    let after = input.last_pos.unwrap_or(0);
    let page =
        GetHistory { conversation_id, after: Some(after), before: None, limit: Some(limits::PAGE_MAX) };
    let history = app.engine.get_history(caller, page).await?;
    let last_pos = history.to.max(after);
    let messages = history.entries.into_iter().filter_map(message).collect();
    Ok(RtmReceived { messages, last_pos, more: last_pos < history.head })
}

/// The conversation that is meant; only the signed-in user may be the source.
fn target(caller: Caller, source: UserId, target: &str) -> Result<ConversationId, ApiError> {
    if source != caller.user {
        let detail = format!("sourceID must be the signed-in user, {}", caller.user);
        return Err(ApiError::new(ErrorCode::Forbidden, detail));
    }
    let user = target.parse().map(|user| ConversationId::direct(caller.user, user));
    user.or_else(|_| target.parse()).map_err(|_| {
        ApiError::new(
            ErrorCode::InvalidInput,
            "targetID must be a user id (u_…) or a conversation id (d_…, g_…)",
        )
    })
}

fn message(entry: Entry) -> Option<RtmMessage> {
    let Entry { index, time_ms, sender, body, .. } = entry;
    match body {
        Body::Text { text } => Some(RtmMessage { pos: index, source_id: sender, text, time_ms }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::SessionId;

    const CALLER: Caller = Caller { user: UserId(7), session: SessionId(1) };

    #[test]
    fn a_target_is_a_user_or_a_conversation() {
        let direct = ConversationId::direct(UserId(7), UserId(3));
        assert_eq!(target(CALLER, UserId(7), &UserId(3).to_string()).unwrap(), direct);
        assert_eq!(target(CALLER, UserId(7), &direct.to_string()).unwrap(), direct);
        let refused = target(CALLER, UserId(7), "bob").unwrap_err().problem();
        assert_eq!(refused.code, ErrorCode::InvalidInput);
    }

    #[test]
    fn the_source_is_whoever_is_signed_in() {
        let refused = target(CALLER, UserId(3), &UserId(7).to_string()).unwrap_err().problem();
        assert_eq!((refused.code, refused.status), (ErrorCode::Forbidden, 403));
    }
}
