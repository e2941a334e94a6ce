//! For how long single conversations are kept, whatever holds for their kind.
//!
//! The choice stands in the settings' row, and its commit sets the timer that goes through what is there already.

use parlance_domain::{Rejection, check_keep};
use parlance_proto::{ConversationId, KeptConversation, ListRetention, Retention, SetRetention, limits};

use super::Administrator;
use crate::keys::Timer;
use crate::{Engine, Error, keys, owner, rows, timers};

impl Engine {
    /// Sets for how long a conversation is kept. Setting it again changes nothing.
    pub async fn set_retention(&self, by: &Administrator, input: SetRetention) -> Result<Retention, Error> {
        let id = input.conversation_id;
        input.keep_s.map_or(Ok(()), check_keep)?;
        if owner::current(&self.0, id).await?.state().head.index == 0 {
            return Err(Rejection::NoConversation.into());
        }
        let detail = match input.keep_s {
            Some(keep_s) => format!("{keep_s} s"),
            None => "as its kind".to_owned(),
        };
        self.audit(by.actor, "retention.set", id, detail).await?;
        let due = timers::set(&self.0, self.0.clock.now_ms(), &Timer::Retain(id));
        let conversation = keys::conversation(id);
        self.write_settings(vec![due], |row| {
            row.kept.retain(|kept| kept.conversation != conversation);
            if let Some(keep_s) = input.keep_s {
                if row.kept.len() >= limits::KEPT_MAX {
                    let most = "1000 conversations are kept for a time of their own, which is the most; free one first";
                    return Err(Rejection::TooMany(most).into());
                }
                row.kept.push(rows::KeptRow { conversation: conversation.clone(), keep_s });
            }
            Ok(())
        })
        .await?;
        Ok(self.retention())
    }

    /// The conversations that are kept for a time of their own.
    pub async fn list_retention(&self, _: &Administrator, _: ListRetention) -> Result<Retention, Error> {
        self.refresh_settings().await?;
        Ok(self.retention())
    }

    fn retention(&self) -> Retention {
        let kept = |(id, keep_s): (&ConversationId, &u32)| KeptConversation {
            conversation_id: *id,
            keep_s: *keep_s,
        };
        Retention { conversations: self.settings().kept.iter().map(kept).collect() }
    }
}
