//! Sending, and every other command to a conversation: one ask to its owner.
//!
//! Asks of one caller keep their order from the first await on. `Ok` means durable; no answer means unknown.

mod export;
mod filled;
mod forward;
mod hide;
mod history;
pub(in crate::cases) mod likes;
mod polls;
mod scheduled;
pub(in crate::cases) mod shown;
mod written;

use std::pin::Pin;
use std::task::{Context, Poll};

use parlance_domain::{
    Command, Draft, FileRefusal, MessageRefusal, Rejection, Styled, check_client_message_id,
    check_time_to_live,
};
use parlance_proto::{
    Accepted, Body, ConversationId, Details, EditMessage, GoneReason, RecallMessage, SendMessage,
    SetDisappearing,
};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use self::written::{Written, payload};
use crate::owner::{self, Ask, RetryKey};
use crate::{Caller, Engine, Error, placement};

/// A command that has its place in the order and waits to be durable. Dropping it does not take the command back.
pub struct Pending(oneshot::Receiver<Result<Accepted, Error>>);

impl Future for Pending {
    type Output = Result<Accepted, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // An owner that ends without an answer may have committed: the outcome is not known.
        Pin::new(&mut self.0).poll(context).map(|answer| answer.unwrap_or(Err(Error::Unknown)))
    }
}

impl Engine {
    /// Queues a text message. It returns when the message has its place behind those sent before; what it returns
    /// resolves when the message is durable.
    pub async fn send_message(&self, caller: Caller, input: SendMessage) -> Result<Pending, Error> {
        check_client_message_id(&input.client_message_id)?;
        if let ConversationId::Direct(..) = input.conversation_id {
            self.check_peer(caller, input.conversation_id).await?;
        }
        let mut payload = payload(&input);
        if let Some(index) = input.reply_to {
            payload.push(0);
            payload.extend(index.to_be_bytes());
        }
        if let Some(within_ms) = input.deliver_within_ms {
            check_time_to_live(within_ms)?;
            payload.push(1);
            payload.extend(within_ms.to_be_bytes());
        }
        let deliver_by_ms =
            input.deliver_within_ms.map(|within_ms| self.0.clock.now_ms().saturating_add_unsigned(within_ms));
        let key = RetryKey { payload_hash: hash(&payload), id: input.client_message_id };
        let conversation = input.conversation_id;
        let reply_to = input.reply_to;
        let attachments = match input.attachments {
            Some(_) if input.content.is_some() => {
                return Err(Error::Rejected(FileRefusal::ContentAndAttachments.into()));
            }
            Some(named) => match self.attached(caller, named).await {
                Ok(attachments) => attachments,
                Err(error) => return self.repeated(caller, conversation, key, error).await,
            },
            None => Vec::new(),
        };
        let (body, spans) = match input.content {
            Some(_) if !input.text.is_empty() => return Err(MessageRefusal::TextAndContent.into()),
            Some(content) => (self.content(content).await?, Vec::new()),
            None if !attachments.is_empty() && input.text.trim().is_empty() => {
                (Body::Text { text: String::new() }, Vec::new())
            }
            None => {
                let written = Written { text: input.text, format: input.format, spans: input.spans };
                let styled = self.styled(caller, conversation, written).await?;
                (Body::Text { text: styled.text }, styled.spans)
            }
        };
        let details = Details { reply_to, deliver_by_ms, spans, attachments, ..Details::default() };
        self.ask(caller, conversation, Some(key), Command::Send(Draft { body, details })).await
    }

    /// The answer to a message that cannot be sent, or not any more: where its retry key leads, if it was sent before.
    async fn repeated(
        &self,
        caller: Caller,
        conversation: ConversationId,
        key: RetryKey,
        error: Error,
    ) -> Result<Pending, Error> {
        // Nobody takes this as a message, but a known retry key is answered before anything is decided.
        let body = Body::Gone { reason: GoneReason::Recalled };
        let draft = Draft { body, details: Details::default() };
        match self.ask(caller, conversation, Some(key), Command::Send(draft)).await?.await {
            Ok(accepted) => {
                let (answer, pending) = oneshot::channel();
                // It is read right here.
                _ = answer.send(Ok(accepted));
                Ok(Pending(pending))
            }
            Err(Error::Rejected(Rejection::NotAMessage)) => Err(error),
            Err(other) => Err(other),
        }
    }

    /// Withdraws one of the caller's messages for all. Repeating it changes nothing.
    pub async fn recall_message(&self, caller: Caller, input: RecallMessage) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Recall(input.index)).await
    }

    /// Gives one of the caller's messages another text. The same text again changes nothing.
    pub async fn edit_message(&self, caller: Caller, input: EditMessage) -> Result<Accepted, Error> {
        self.check_member(caller, input.conversation_id).await?;
        // Whether nothing may be said depends on what the message carries.
        let styled = if input.text.trim().is_empty() {
            Styled::default()
        } else {
            let written = Written { text: input.text, format: input.format, spans: input.spans };
            self.styled(caller, input.conversation_id, written).await?
        };
        let command = Command::Edit { target: input.index, styled };
        self.ask(caller, input.conversation_id, None, command).await?.await
    }

    /// Has messages sent from now on disappear, or no longer.
    pub async fn set_disappearing(&self, caller: Caller, input: SetDisappearing) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::SetDisappearing(input.disappearing)).await
    }

    /// Puts a command to a conversation's owner, here or at the node that comes first.
    pub(crate) async fn ask(
        &self,
        caller: Caller,
        conversation: ConversationId,
        key: Option<RetryKey>,
        command: Command,
    ) -> Result<Pending, Error> {
        let (answer, pending) = oneshot::channel();
        placement::ask(&self.0, conversation, Ask { caller, key, command, answer }).await?;
        Ok(Pending(pending))
    }

    /// A member's command without a retry key: repeating it changes nothing more.
    pub(in crate::cases) async fn command(
        &self,
        caller: Caller,
        conversation: ConversationId,
        command: Command,
    ) -> Result<Accepted, Error> {
        self.check_asker(caller, conversation).await?;
        self.ask(caller, conversation, None, command).await?.await
    }

    /// Refuses a direct conversation that is not the caller's, or whose other side does not exist. Only one that has
    /// no entry yet needs the look, once.
    pub(in crate::cases) async fn check_peer(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<(), Error> {
        let peer = conversation.peer_of(caller.user).ok_or(Rejection::NoConversation)?;
        let shared = owner::shared(&self.0, conversation).await?;
        if shared.has_peer() {
            return Ok(());
        }
        // No such user, no such conversation: the answer is the same as for somebody else's.
        self.account(peer)
            .await?
            .filter(|account| !account.user.disabled)
            .ok_or(Rejection::NoConversation)?;
        shared.find_peer();
        Ok(())
    }
}

/// SHA-256, cut to 16 bytes.
pub(in crate::cases) fn hash(payload: &[u8]) -> [u8; 16] {
    let digest = Sha256::digest(payload);
    let mut hash = [0; 16];
    hash.copy_from_slice(&digest[..16]);
    hash
}
