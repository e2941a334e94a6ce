//! Forwarding: copies of messages that the caller may see, with where they come from.
//!
//! After the copies are durable the originals are looked at again, in the log itself: a copy of what was recalled meanwhile
//! is recalled too, before anybody is answered.

use parlance_domain::{Command, Draft, MessageRefusal, Rejection, check_client_message_id};
use parlance_proto::{
    Body, ConversationId, Details, Entry, ForwardMessages, Forwarded, ForwardedTo, GoneReason,
    LookUpMessages, Origin, Style, limits,
};
use parlance_store::Level;

use super::hash;
use crate::owner::RetryKey;
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Forwards messages to conversations. Repeating it with the same retry key sends nothing twice.
    pub async fn forward_messages(&self, caller: Caller, input: ForwardMessages) -> Result<Forwarded, Error> {
        check_client_message_id(&input.client_message_id)?;
        let fits = |count: usize| (1..=limits::FORWARD_MAX).contains(&count);
        if !fits(input.indexes.len()) || !fits(input.to.len()) {
            return Err(MessageRefusal::BadNumberToForward.into());
        }
        for target in &input.to {
            if let ConversationId::Direct(..) = target {
                self.check_peer(caller, *target).await?;
            }
            self.check_member(caller, *target).await?;
        }
        let originals = self.originals(caller, &input).await?;
        let mut forwarded = Vec::with_capacity(input.to.len());
        let mut failed = None;
        for target in &input.to {
            match self.copy(caller, &input, *target, &originals).await {
                Ok(indexes) => forwarded.push(ForwardedTo { conversation_id: *target, indexes }),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        self.recall_orphans(caller, &input, &originals, &forwarded).await?;
        failed.map_or(Ok(Forwarded { forwarded }), Err)
    }

    /// What is to be forwarded, as the caller sees it now.
    async fn originals(&self, caller: Caller, input: &ForwardMessages) -> Result<Vec<Entry>, Error> {
        let look_up =
            LookUpMessages { conversation_id: input.conversation_id, indexes: input.indexes.clone() };
        let originals = self.look_up_messages(caller, look_up).await?.entries;
        if originals.len() < input.indexes.len() {
            return Err(Rejection::NoMessage.into());
        }
        Ok(originals)
    }

    /// Copies messages to a conversation, in order; the indexes of the copies.
    async fn copy(
        &self,
        caller: Caller,
        input: &ForwardMessages,
        target: ConversationId,
        originals: &[Entry],
    ) -> Result<Vec<u64>, Error> {
        let mut pending = Vec::with_capacity(originals.len());
        for original in originals {
            let key = retry_key(input, original.index);
            pending.push(self.ask(caller, target, Some(key), Command::Send(draft(original)?)).await?);
        }
        let mut indexes = Vec::with_capacity(pending.len());
        for accepted in pending {
            indexes.push(accepted.await.map_err(not_forwardable)?.index);
        }
        Ok(indexes)
    }

    /// Recalls the copies of what has been recalled by now. What the caller hid from the own sight has not, and what was
    /// recalled has, whoever may still look.
    async fn recall_orphans(
        &self,
        caller: Caller,
        input: &ForwardMessages,
        originals: &[Entry],
        forwarded: &[ForwardedTo],
    ) -> Result<(), Error> {
        let wanted: Vec<_> =
            originals.iter().map(|entry| keys::log_row(input.conversation_id, entry.index)).collect();
        let now = self.0.store.multi_get(&wanted, Level::Serial).await?;
        for (at, (original, row)) in originals.iter().zip(now).enumerate() {
            let row = row.ok_or_else(|| Error::corrupt("a gap in a log"))?;
            let body = rows::entry(original.index, rows::decode(&row.value)?)?.body;
            if body != (Body::Gone { reason: GoneReason::Recalled }) {
                continue;
            }
            for to in forwarded {
                let Some(copy) = to.indexes.get(at) else { continue };
                let recall = self.ask(caller, to.conversation_id, None, Command::Recall(*copy)).await?;
                match recall.await {
                    // A copy of long ago is a message of its own by now; one that is gone is gone.
                    Ok(_) | Err(Error::Rejected(Rejection::TooLateToRecall(_) | Rejection::NoMessage)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }
}

fn not_forwardable(error: Error) -> Error {
    match error {
        Error::Rejected(Rejection::NotAMessage) => MessageRefusal::NotForwardable.into(),
        other => other,
    }
}

/// The retry key of a copy. What it stands for is the place of the original, whatever that says meanwhile.
fn retry_key(input: &ForwardMessages, index: u64) -> RetryKey {
    let mut payload = input.conversation_id.to_string().into_bytes();
    payload.extend(index.to_be_bytes());
    let payload_hash = hash(&payload);
    let id = hash(&[input.client_message_id.as_bytes(), &[0], &payload].concat());
    let id = id.iter().fold(String::from("f-"), |id, byte| format!("{id}{byte:02x}"));
    RetryKey { id, payload_hash }
}

/// A copy. Who was mentioned and what was answered stays behind: both belong to the other conversation.
fn draft(original: &Entry) -> Result<Draft, Error> {
    let body = match &original.body {
        body @ (Body::Text { .. } | Body::Location(_) | Body::Contact { .. } | Body::Cards(_)) => {
            body.clone()
        }
        // Nobody takes this as a message, but the retry key of a copy made before is known and leads to it.
        body @ Body::Gone { .. } => body.clone(),
        _ => return Err(MessageRefusal::NotForwardable.into()),
    };
    let details = original.details.as_deref().cloned().unwrap_or_default();
    let (attachments, mut spans) = (details.attachments, details.spans);
    spans.retain(|span| !matches!(span.style, Style::Mention { .. } | Style::MentionAll));
    let origin = Origin { sender: original.sender, time_ms: original.time_ms };
    let forwarded = Some(details.forwarded.unwrap_or(origin));
    Ok(Draft { body, details: Details { spans, forwarded, attachments, ..Details::default() } })
}
