//! Custom emoji: made by administrators, named between colons in everybody's texts and likes.
//!
//! A text is left as it is; clients draw what has a name. All changes go through one guard, so that names are taken once and
//! there are never more than the server may have.

use parlance_domain::{FileRefusal, MessageRefusal, check_emoji_name, custom_emoji};
use parlance_proto::{
    AddEmoji, AttachmentKind, CustomEmoji, CustomEmojiList, Done, FileId, ListEmoji, PictureSize,
    RemoveEmoji, SessionId, Topic, limits,
};
use parlance_store::{Commit, Family, Put, Range, Row, Write};

use super::content::{Stored, stored};
use super::{TRIES, no_file};
use crate::cases::administration::Administrator;
use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, files, keys, rows};

/// Custom emoji read at a time.
const PAGE: usize = 256;

impl Engine {
    /// All custom emoji, by name.
    pub async fn list_emoji(&self, _: Caller, _: ListEmoji) -> Result<CustomEmojiList, Error> {
        Ok(CustomEmojiList { emoji: self.all_emoji().await? })
    }

    /// Makes an own picture a custom emoji. Repeating it changes nothing.
    pub async fn add_emoji(&self, by: &Administrator, input: AddEmoji) -> Result<CustomEmoji, Error> {
        let AddEmoji { name, file_id } = input;
        check_emoji_name(&name)?;
        if let Some(there) =
            self.emoji_row(&name).await?.filter(|row| row.file == rows::file_id_bytes(file_id))
        {
            return emoji_of(name, &there);
        }
        let row = self.new_emoji(by, file_id).await?;
        let key = keys::emoji(&name);
        let mut audited = false;
        for _ in 0..TRIES {
            let turn = self.turn(keys::emoji_turn()).await?;
            let all = self.all_emoji().await?;
            match all.iter().find(|one| one.name == name) {
                Some(there) if there.file_id == file_id => return Ok(there.clone()),
                Some(_) => return Err(Error::Rejected(FileRefusal::EmojiNameTaken.into())),
                None if all.len() >= limits::CUSTOM_EMOJI_MAX => {
                    return Err(Error::Rejected(FileRefusal::TooManyEmoji.into()));
                }
                None => {}
            }
            if !std::mem::replace(&mut audited, true) {
                self.audit(by.actor, "emoji.add", &name, file_id.to_string()).await?;
            }
            let needed = Put::new(keys::as_emoji(&name), Vec::new());
            let commit = Commit {
                puts: vec![turn.put, Put::new(key.key.clone(), rows::encode(&row))],
                along: vec![Write::Put { partition: keys::file(file_id), put: needed }],
                ..self.commit_of(turn.partition, turn.guard)
            };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.everybody.tell(Topic::Emoji);
                return emoji_of(name, &row);
            }
        }
        Err(Error::Busy)
    }

    /// Takes a custom emoji away. Repeating it changes nothing.
    pub async fn remove_emoji(&self, by: &Administrator, input: RemoveEmoji) -> Result<Done, Error> {
        let name = input.name;
        check_emoji_name(&name)?;
        let mut audited = false;
        for _ in 0..TRIES {
            let turn = self.turn(keys::emoji_turn()).await?;
            let Some(row) = self.emoji_row(&name).await? else { return Ok(Done {}) };
            let file = rows::file_id(&row.file)?;
            if !std::mem::replace(&mut audited, true) {
                self.audit(by.actor, "emoji.remove", &name, file.to_string()).await?;
            }
            let commit = Commit {
                puts: vec![turn.put],
                deletes: vec![keys::emoji(&name).key],
                along: files::no_emoji(&self.0, &name, file),
                ..self.commit_of(turn.partition, turn.guard)
            };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.everybody.tell(Topic::Emoji);
                return Ok(Done {});
            }
        }
        Err(Error::Busy)
    }

    /// A custom emoji's picture, for everybody who is signed in.
    pub async fn emoji_content(
        &self,
        _: Caller,
        name: &str,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        check_emoji_name(name).map_err(|_| no_file())?;
        let emoji = self.emoji_row(name).await?.ok_or_else(no_file)?;
        let file = rows::file_id(&emoji.file)?;
        let row = self.file_row(file).await?.ok_or_else(no_file)?;
        let size = if row.whole.size > limits::EMOJI_MAX_BYTES { Some(PictureSize::Small) } else { size };
        Ok(stored(file, &row, size)?.nameless())
    }

    /// Refuses a like with a custom emoji that the server has not.
    pub(in crate::cases) async fn check_like(&self, emoji: &str) -> Result<(), Error> {
        let Some(name) = custom_emoji(emoji) else { return Ok(()) };
        match self.emoji_row(name).await? {
            Some(_) => Ok(()),
            None => Err(MessageRefusal::NoEmoji.into()),
        }
    }

    async fn all_emoji(&self) -> Result<Vec<CustomEmoji>, Error> {
        let range = Range::prefix(Family::Fenced, keys::EMOJI, keys::EMOJI_NAMED, PAGE);
        let mut all = Vec::new();
        let take = |found: &Row| {
            let name =
                found.key.get(keys::EMOJI_NAMED.len()..).and_then(|name| std::str::from_utf8(name).ok());
            let name = name.ok_or_else(|| Error::corrupt("the key of an emoji"))?;
            all.push(emoji_of(name.to_owned(), &rows::decode(&found.value)?)?);
            Ok(())
        };
        self.0.each(range, take).await?;
        Ok(all)
    }

    /// A custom emoji of an own upload.
    async fn new_emoji(&self, by: &Administrator, file: FileId) -> Result<rows::CustomEmojiRow, Error> {
        let user = by.actor.user().ok_or_else(no_file)?;
        let row = self.sendable(Caller { user, session: SessionId(0) }, file).await?;
        if rows::attachment_kind(row.kind)? != AttachmentKind::Picture {
            return Err(Error::Rejected(FileRefusal::NoEmojiPicture.into()));
        }
        // What stands still is shown in its small size.
        if row.whole.size > limits::EMOJI_MAX_BYTES && (row.animated || row.small.is_none()) {
            return Err(Error::Rejected(FileRefusal::EmojiTooLarge.into()));
        }
        Ok(rows::CustomEmojiRow {
            file: rows::file_id_bytes(file),
            width: row.width,
            height: row.height,
            animated: row.animated,
        })
    }

    async fn emoji_row(&self, name: &str) -> Result<Option<rows::CustomEmojiRow>, Error> {
        Ok(self.row::<rows::CustomEmojiRow>(&keys::emoji(name)).await?.map(|(row, _)| row))
    }
}

fn emoji_of(name: String, row: &rows::CustomEmojiRow) -> Result<CustomEmoji, Error> {
    Ok(CustomEmoji {
        name,
        file_id: rows::file_id(&row.file)?,
        width: row.width,
        height: row.height,
        animated: row.animated,
    })
}
