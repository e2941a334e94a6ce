//! What a client writes, before any conversation is asked: texts read, contents checked, payloads hashed.
//!
//! Whatever is the same input has the same payload, however it is read later.

use parlance_domain::{Rejection, Styled, compose};
use parlance_proto::{
    Attachment, AttachmentKind, Body, Content, ConversationId, Details, Format, NewAttachment, SendMessage,
    TextSpan,
};

use crate::{Caller, Engine, Error, owner, rows};

/// A text as a client sends it.
pub(super) struct Written {
    pub text: String,
    pub format: Option<Format>,
    pub spans: Option<Vec<TextSpan>>,
}

impl Engine {
    /// Reads a text as its sender means it.
    pub(super) async fn styled(
        &self,
        caller: Caller,
        conversation: ConversationId,
        written: Written,
    ) -> Result<Styled, Error> {
        let Written { text, format, spans } = written;
        // Only Markdown asks who may: a client that gives spans is refused by the rules instead.
        let may_mention_all = match format {
            Some(Format::Markdown) => {
                owner::shared(&self.0, conversation).await?.state().may_mention_all(caller.user)
            }
            _ => false,
        };
        Ok(compose(text, format, spans, may_mention_all)?)
    }

    /// The body of a message that is no text.
    pub(super) async fn content(&self, content: Content) -> Result<Body, Error> {
        Ok(match content {
            Content::Location(place) => Body::Location(place),
            Content::Contact { user_id } => {
                self.account(user_id).await?.ok_or(Rejection::NoUser)?;
                Body::Contact { user_id }
            }
            Content::Cards(cards) => Body::Cards(cards),
            Content::Poll(poll) => Body::Poll(poll),
        })
    }
}

/// What a retry key stands for.
pub(super) fn payload(input: &SendMessage) -> Vec<u8> {
    let mut payload = input.text.clone().into_bytes();
    if let Some(format) = input.format {
        payload.extend([2, u8::from(format == Format::Markdown)]);
    }
    if let Some(spans) = &input.spans {
        payload.push(3);
        let details = Details { spans: spans.clone(), ..Details::default() };
        payload.extend(rows::payload(None, Some(&details)));
    }
    if let Some(content) = &input.content {
        payload.push(4);
        let body = match content.clone() {
            Content::Location(place) => Body::Location(place),
            Content::Contact { user_id } => Body::Contact { user_id },
            Content::Cards(cards) => Body::Cards(cards),
            Content::Poll(poll) => Body::Poll(poll),
        };
        payload.extend(rows::payload(Some(&body), None));
    }
    if let Some(named) = &input.attachments {
        payload.push(5);
        let details = Details { attachments: named.iter().map(as_named).collect(), ..Details::default() };
        payload.extend(rows::payload(None, Some(&details)));
    }
    payload
}

/// What a client says of a file, and nothing of what the server knows.
fn as_named(named: &NewAttachment) -> Attachment {
    Attachment {
        file_id: named.file_id,
        kind: AttachmentKind::File,
        name: None,
        media_type: String::new(),
        size: 0,
        width: named.width,
        height: named.height,
        animated: false,
        duration_ms: named.duration_ms,
        waveform: named.waveform.clone().unwrap_or_default(),
        placeholder: None,
        poster: named.poster,
        sticker: None,
    }
}
