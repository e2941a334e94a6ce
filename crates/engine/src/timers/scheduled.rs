//! Messages that are due to be sent.
//!
//! Each version of a scheduled message has one retry key, so it is sent once whatever happens in between. What the rules
//! refuse stays with its user, with the reason.

use parlance_domain::Rejection;
use parlance_proto::{SendMessage, SessionId, UserId};

use crate::{Caller, Engine, Error, keys, rows};

/// Sends a user's scheduled message, if it is still due at `due_ms`.
pub(super) async fn send(engine: &Engine, user: UserId, id: &[u8], due_ms: i64) -> Result<(), Error> {
    let id = std::str::from_utf8(id).map_err(|_| Error::corrupt("a timer"))?;
    let Some(row) = engine.scheduled_row(user, id).await? else { return Ok(()) };
    // Another version has a timer of its own.
    if row.send_at_ms != due_ms || !row.refused.is_empty() {
        return Ok(());
    }
    match attempt(engine, user, &row).await {
        Ok(()) => engine.drop_scheduled(user, id, Some(&row.retry_key)).await,
        Err(Error::Rejected(reason)) => engine.refuse_scheduled(user, id, (&row.retry_key, &reason)).await,
        Err(error) => Err(error),
    }
}

async fn attempt(engine: &Engine, user: UserId, row: &rows::ScheduledRow) -> Result<(), Error> {
    let account = engine.account(user).await?.ok_or(Rejection::NoUser)?;
    if account.disabled_ms.is_some() {
        return Err(Rejection::Disabled.into());
    }
    let conversation = keys::parse_conversation(&row.conversation);
    let conversation = conversation.ok_or_else(|| Error::corrupt("a scheduled message"))?;
    let caller = Caller { user, session: SessionId(row.session) };
    let message = SendMessage {
        reply_to: Some(row.reply_to).filter(|index| *index != 0),
        ..SendMessage::text(conversation, row.retry_key.clone(), row.text.clone())
    };
    engine.send_message(caller, message).await?.await.map(|_| ())
}
