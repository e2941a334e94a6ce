//! Pictures that stand for something: a user's photo, a group's photo, a background of one's own.
//!
//! Each is read only as what it stands for now: who may not see that, and who asks for one that was replaced, finds nothing.
//! Their names stay with their uploaders.

use parlance_domain::FileRefusal;
use parlance_proto::{AttachmentKind, ConversationId, FileId, PictureSize, PreviewLink, UserId};
use parlance_store::Level;

use super::content::{Stored, stored};
use super::no_file;
use crate::cases::conversations::view::{self, view_of};
use crate::{Caller, Engine, Error, rows};

impl Engine {
    /// The picture that the caller wants to stand for something; none for an empty text.
    pub(in crate::cases) async fn own_picture(
        &self,
        caller: Caller,
        named: &str,
    ) -> Result<Option<FileId>, Error> {
        if named.is_empty() {
            return Ok(None);
        }
        let file = named.parse().map_err(|_| bad_photo())?;
        let row = self.sendable(caller, file).await?;
        let is_picture = rows::attachment_kind(row.kind)? == AttachmentKind::Picture;
        if is_picture { Ok(Some(file)) } else { Err(bad_photo()) }
    }

    /// A user's photo, for whoever may see it.
    pub async fn user_photo(
        &self,
        caller: Caller,
        user: UserId,
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let shown = self.seen_users(caller, &[user]).await?.pop().and_then(|user| user.photo);
        self.standing(shown, file, size).await
    }

    /// A group's photo, for its members.
    pub async fn group_photo(
        &self,
        caller: Caller,
        conversation: ConversationId,
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let shown = match self.member_of(caller, conversation).await {
            Ok(shared) => shared.state().settings.photo.parse().ok(),
            Err(Error::Rejected(_)) => None,
            Err(error) => return Err(error),
        };
        self.standing(shown, file, size).await
    }

    /// A group's photo, for whoever has a link into it that works now.
    pub async fn linked_group_photo(
        &self,
        caller: Caller,
        (conversation, code): (ConversationId, &str),
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let shown = match self.preview_link(caller, PreviewLink { code: code.to_owned() }).await {
            Ok(group) if group.conversation_id == conversation => group.photo.parse().ok(),
            Ok(_) | Err(Error::Rejected(_)) => None,
            Err(error) => return Err(error),
        };
        self.standing(shown, file, size).await
    }

    /// The background that the caller has chosen for a conversation.
    pub async fn background(
        &self,
        caller: Caller,
        conversation: ConversationId,
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let row = self.0.store.get(&view::key(caller.user, conversation), Level::Serial).await?;
        let view = view_of(row.as_ref().map(|row| &row.value))?;
        self.standing(view.background.parse().ok(), file, size).await
    }

    async fn standing(
        &self,
        shown: Option<FileId>,
        file: FileId,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        if shown != Some(file) {
            return Err(no_file());
        }
        let row = self.file_row(file).await?.ok_or_else(no_file)?;
        Ok(stored(file, &row, size)?.nameless())
    }
}

fn bad_photo() -> Error {
    Error::Rejected(FileRefusal::BadPhoto.into())
}
