//! From the files that a sender names to what a message carries.
//!
//! A sender may name own files and stickers only: what others uploaded is forwarded with the message that carries it.

use parlance_domain::{FileRefusal, check_attachments};
use parlance_proto::{Attachment, AttachmentKind, FileId, NewAttachment, limits};

use super::no_file;
use super::uploads::{expires, not_complete};
use crate::{Caller, Engine, Error, rows};

impl Engine {
    /// What a message with these files carries.
    pub(in crate::cases) async fn attached(
        &self,
        caller: Caller,
        named: Vec<NewAttachment>,
    ) -> Result<Vec<Attachment>, Error> {
        if !(1..=limits::ATTACHMENTS_MAX).contains(&named.len()) {
            return Err(Error::Rejected(FileRefusal::BadNumber(named.len()).into()));
        }
        let mut attachments = Vec::with_capacity(named.len());
        for one in named {
            let sticker = self.sticker_of(one.file_id).await?.map(Box::new);
            let row = match &sticker {
                // Everybody may send it, whoever uploaded it.
                Some(_) => self.file_row(one.file_id).await?.ok_or_else(no_file)?,
                None => self.sendable(caller, one.file_id).await?,
            };
            if let Some(poster) = one.poster {
                let row = self.sendable(caller, poster).await?;
                if rows::attachment_kind(row.kind)? != AttachmentKind::Picture {
                    return Err(Error::Rejected(FileRefusal::BadPoster.into()));
                }
            }
            let attachment = attachment(one, &row)?;
            // What an administrator called the picture says nothing to those who send it.
            let name = attachment.name.filter(|_| sticker.is_none());
            attachments.push(Attachment { name, sticker, ..attachment });
        }
        check_attachments(&attachments)?;
        Ok(attachments)
    }

    /// An own file that is complete, and either not sent yet or carried by a message.
    pub(super) async fn sendable(&self, caller: Caller, file: FileId) -> Result<rows::FileRow, Error> {
        let Some(row) = self.file_row(file).await?.filter(|row| row.owner == caller.user.0) else {
            return Err(if self.upload(caller, file).await.is_ok() { not_complete() } else { no_file() });
        };
        if self.is_needed(file).await? {
            return Ok(row);
        }
        let expired = expires(row.created_ms) <= self.0.clock.now_ms();
        if expired || self.is_spent(file).await? { Err(no_file()) } else { Ok(row) }
    }
}

fn attachment(one: NewAttachment, row: &rows::FileRow) -> Result<Attachment, Error> {
    let kind = rows::attachment_kind(row.kind)?;
    // A picture's sides are what the server found.
    let known = |pixels: u32, said: Option<u32>| match kind {
        AttachmentKind::Picture => Some(pixels),
        _ => said,
    };
    Ok(Attachment {
        file_id: one.file_id,
        kind,
        name: rows::said(&row.name),
        media_type: row.whole.media_type.clone(),
        size: row.whole.size,
        width: known(row.width, one.width),
        height: known(row.height, one.height),
        animated: row.animated,
        duration_ms: one.duration_ms,
        waveform: one.waveform.unwrap_or_default(),
        placeholder: rows::said(&row.placeholder),
        poster: one.poster,
        sticker: None,
    })
}
