//! Who may read a file: through a message that one is shown now, or as its uploader until it is sent.
//!
//! Every way to bytes leads through here, on every request: what was recalled, hidden, expired or is from before one came
//! is not there.

use bytes::Bytes;
use parlance_proto::{AttachmentKind, ConversationId, FileId, FileInfo, GetFile, GetMessage, PictureSize};
use parlance_store::{Commit, Durability, Family, Guard, Level, Put, Range};

use super::uploads::{info, not_complete};
use super::{TRIES, no_file};
use crate::owner::settle;
use crate::{Caller, Engine, Error, keys, rows};

/// Bytes that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Their SHA-256, by which they are found.
    pub digest: [u8; 32],
    /// How many.
    pub size: u64,
    /// What they are.
    pub media_type: String,
}

impl Piece {
    pub(super) fn row(&self) -> rows::BytesRow {
        rows::BytesRow {
            digest: Bytes::copy_from_slice(&self.digest),
            size: self.size,
            media_type: self.media_type.clone(),
        }
    }

    fn of(row: &rows::BytesRow) -> Result<Piece, Error> {
        let digest = row.digest.as_ref().try_into();
        let digest = digest.map_err(|_| Error::corrupt("a digest of a wrong length"))?;
        Ok(Piece { digest, size: row.size, media_type: row.media_type.clone() })
    }
}

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which.
    pub file_id: FileId,
    /// What it is to people.
    pub kind: AttachmentKind,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The bytes asked for.
    pub piece: Piece,
}

impl Stored {
    /// Without what its uploader called it.
    pub(super) fn nameless(self) -> Stored {
        Stored { name: None, ..self }
    }
}

impl Engine {
    /// A file of a message that the caller is shown.
    pub async fn attached_content(
        &self,
        caller: Caller,
        (conversation_id, index): (ConversationId, u64),
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let message = self.get_message(caller, GetMessage { conversation_id, index }).await;
        let entry =
            message.map_err(|error| if let Error::Rejected(_) = error { no_file() } else { error })?;
        let details = entry.details.unwrap_or_default();
        let carries = |one: &parlance_proto::Attachment| one.file_id == file || one.poster == Some(file);
        let card = details.preview.and_then(|preview| preview.picture).map(|picture| picture.file_id);
        if !details.attachments.iter().any(carries) && card != Some(file) {
            return Err(no_file());
        }
        let row = self.file_row(file).await?.ok_or_else(no_file)?;
        let sticker = details.attachments.iter().any(|one| one.sticker.is_some());
        let stored = stored(file, &row, size)?;
        Ok(if sticker { stored.nameless() } else { stored })
    }

    /// An own upload that is complete and not sent yet.
    pub async fn own_content(
        &self,
        caller: Caller,
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let row = self.unsent(caller, file).await?;
        stored(file, &row, size)
    }

    /// What an own upload has become that is complete and not sent yet.
    pub async fn get_file(&self, caller: Caller, input: GetFile) -> Result<FileInfo, Error> {
        if self.upload(caller, input.file_id).await?.done {
            info(input.file_id, &self.unsent(caller, input.file_id).await?)
        } else {
            Err(not_complete())
        }
    }

    /// The key with which links to files are signed, made once.
    pub async fn link_key(&self) -> Result<[u8; 32], Error> {
        let key = keys::link_key();
        for _ in 0..TRIES {
            if let Some(found) = self.0.store.get(&key, Level::Serial).await? {
                return found
                    .value
                    .as_ref()
                    .try_into()
                    .map_err(|_| Error::corrupt("a key of a wrong length"));
            }
            let fresh: Vec<u8> = (0..4).flat_map(|_| self.0.chance.next_u64().to_be_bytes()).collect();
            let commit = Commit {
                partition: key.partition.clone(),
                guard: Guard::Absent(key.key.clone()),
                puts: vec![Put::new(key.key.clone(), fresh)],
                deletes: Vec::new(),
                token: self.0.token(),
                along: Vec::new(),
                durability: Durability::Durable,
            };
            settle(&*self.0.store, &commit).await?;
        }
        Err(Error::Busy)
    }

    /// An own file that no message carries or ever carried.
    pub(super) async fn unsent(&self, caller: Caller, file: FileId) -> Result<rows::FileRow, Error> {
        let row = self.file_row(file).await?.filter(|row| row.owner == caller.user.0).ok_or_else(no_file)?;
        let expired = super::uploads::expires(row.created_ms) <= self.0.clock.now_ms();
        if expired || self.is_needed(file).await? || self.is_spent(file).await? {
            return Err(no_file());
        }
        Ok(row)
    }

    /// Whether a message carries a file.
    pub(super) async fn is_needed(&self, file: FileId) -> Result<bool, Error> {
        let range = Range::prefix(Family::Blind, keys::file(file), keys::FILE_NEEDED, 1);
        Ok(!self.0.store.range(range, Level::Serial).await?.is_empty())
    }

    /// Whether a message that carried a file is gone.
    pub(super) async fn is_spent(&self, file: FileId) -> Result<bool, Error> {
        Ok(self.0.store.get(&keys::file_spent(file), Level::Serial).await?.is_some())
    }
}

pub(in crate::cases) fn stored(
    file: FileId,
    row: &rows::FileRow,
    size: Option<PictureSize>,
) -> Result<Stored, Error> {
    let smaller = match size {
        Some(PictureSize::Small) => row.small.as_ref().or(row.large.as_ref()),
        Some(PictureSize::Large) => row.large.as_ref(),
        None => None,
    };
    Ok(Stored {
        file_id: file,
        kind: rows::attachment_kind(row.kind)?,
        name: rows::said(&row.name),
        piece: Piece::of(smaller.unwrap_or(&row.whole))?,
    })
}
