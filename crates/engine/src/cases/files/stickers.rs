//! Packs of stickers: made by administrators, sent by everybody.
//!
//! A sticker is a picture that its pack needs, as a message needs what it carries. A row beside the file says so, so that a
//! sticker taken away stays with the messages that carry it and goes with the last.

use parlance_domain::{FileRefusal, Rejection, normal_emoji, pack_name};
use parlance_proto::{
    AddSticker, AttachmentKind, CreateStickerPack, DeleteStickerPack, Done, FileId, ListStickers,
    PictureSize, RemoveSticker, SessionId, Sticker, StickerOf, StickerPack, StickerPackId, StickerPacks,
    Topic, limits,
};
use parlance_store::{Bound, Commit, Family, Guard, Level, Put, Range, Row, Write};

use super::content::{Stored, stored};
use super::{TRIES, no_file};
use crate::cases::administration::Administrator;
use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, files, keys, rows, world};

/// What becomes of a pack, and what goes along.
type Changed = (rows::StickerPackRow, Vec<Write>);

impl Engine {
    /// All packs with their stickers.
    pub async fn list_stickers(&self, _: Caller, _: ListStickers) -> Result<StickerPacks, Error> {
        let range = Range {
            family: Family::Fenced,
            partition: keys::STICKERS,
            from: Bound::Open,
            to: Bound::Open,
            limit: limits::STICKER_PACKS_MAX,
            reverse: false,
        };
        let mut packs = Vec::new();
        let take = |found: &Row| {
            if found.key == keys::TURN {
                return Ok(());
            }
            let id = keys::tail_number(&found.key).ok_or_else(|| Error::corrupt("a pack's key"))?;
            let row: rows::StickerPackRow = rows::decode(&found.value)?;
            if is_there(&row) {
                packs.push(pack_of(StickerPackId(id), &row)?);
            }
            Ok(())
        };
        self.0.each(range, take).await?;
        Ok(StickerPacks { packs })
    }

    /// Makes a pack. One of the name is answered again.
    pub async fn create_sticker_pack(
        &self,
        by: &Administrator,
        input: CreateStickerPack,
    ) -> Result<StickerPack, Error> {
        let name = pack_name(&input.name)?;
        let row = rows::StickerPackRow { name, ..rows::StickerPackRow::default() };
        let id = StickerPackId(world::fresh_id(&*self.0.clock, &*self.0.chance));
        let mut audited = false;
        for _ in 0..TRIES {
            let turn = self.turn(keys::sticker_turn()).await?;
            let packs = self.all_packs().await?;
            if let Some(there) = packs.iter().find(|pack| pack.name == row.name) {
                return Ok(there.clone());
            }
            if packs.len() >= limits::STICKER_PACKS_MAX {
                return Err(Error::Rejected(FileRefusal::TooManyPacks.into()));
            }
            if !std::mem::replace(&mut audited, true) {
                self.audit(by.actor, "sticker.create_pack", id, row.name.clone()).await?;
            }
            let put = Put::new(keys::sticker_pack(id).key, rows::encode(&row));
            let commit = Commit { puts: vec![turn.put, put], ..self.commit_of(turn.partition, turn.guard) };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.everybody.tell(Topic::Stickers);
                return pack_of(id, &row);
            }
        }
        Err(Error::Busy)
    }

    /// Takes a pack away. Repeating it changes nothing.
    pub async fn delete_sticker_pack(
        &self,
        by: &Administrator,
        input: DeleteStickerPack,
    ) -> Result<Done, Error> {
        let pack = input.pack_id;
        let Some((row, _)) = self.pack_row(pack).await? else { return Ok(Done {}) };
        self.audit(by.actor, "sticker.delete_pack", pack, row.name).await?;
        self.change_pack(pack, |row| {
            let files = row.stickers.iter().map(|sticker| rows::file_id(&sticker.file));
            let files = files.collect::<Result<Vec<FileId>, Error>>()?;
            // A row that a commit is guarded by stays; without a name it is no pack.
            let nothing = rows::StickerPackRow::default();
            Ok((nothing, files.into_iter().flat_map(|file| files::no_sticker(&self.0, pack, file)).collect()))
        })
        .await?;
        Ok(Done {})
    }

    /// Puts an own picture into a pack.
    pub async fn add_sticker(&self, by: &Administrator, input: AddSticker) -> Result<StickerPack, Error> {
        let AddSticker { pack_id, file_id, emoji } = input;
        let emoji = normal_emoji(&emoji)?;
        let (before, _) = self.pack_row(pack_id).await?.ok_or_else(no_pack)?;
        let known = before.stickers.iter().any(|one| rows::file_id(&one.file).ok() == Some(file_id));
        let sticker = if known { None } else { Some(self.new_sticker(by, file_id).await?) };
        self.audit(by.actor, "sticker.add", pack_id, file_id.to_string()).await?;
        let row = self
            .change_pack(pack_id, |mut row| {
                let file = rows::file_id_bytes(file_id);
                match (row.stickers.iter().position(|one| one.file == file), &sticker) {
                    (Some(there), _) => row.stickers[there].emoji.clone_from(&emoji),
                    // It was taken out in between.
                    (None, None) => return Err(no_file()),
                    (None, Some(_)) if row.stickers.len() >= limits::STICKERS_PER_PACK => {
                        return Err(Error::Rejected(FileRefusal::TooManyStickers.into()));
                    }
                    (None, Some(new)) => {
                        row.stickers.push(rows::StickerRow { emoji: emoji.clone(), ..new.clone() });
                    }
                }
                let needed = Put::new(keys::in_pack(pack_id), Vec::new());
                Ok((row, vec![Write::Put { partition: keys::file(file_id), put: needed }]))
            })
            .await?;
        pack_of(pack_id, &row)
    }

    /// Takes a sticker out of its pack. Repeating it changes nothing.
    pub async fn remove_sticker(
        &self,
        by: &Administrator,
        input: RemoveSticker,
    ) -> Result<StickerPack, Error> {
        let RemoveSticker { pack_id, file_id } = input;
        self.pack_row(pack_id).await?.ok_or_else(no_pack)?;
        self.audit(by.actor, "sticker.remove", pack_id, file_id.to_string()).await?;
        let row = self
            .change_pack(pack_id, |mut row| {
                let before = row.stickers.len();
                row.stickers.retain(|one| one.file != rows::file_id_bytes(file_id));
                let gone = row.stickers.len() < before;
                let along = if gone { files::no_sticker(&self.0, pack_id, file_id) } else { Vec::new() };
                Ok((row, along))
            })
            .await?;
        pack_of(pack_id, &row)
    }

    /// A sticker's picture, for everybody who is signed in.
    pub async fn sticker_content(
        &self,
        _: Caller,
        (pack, file): (StickerPackId, FileId),
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let (row, _) = self.pack_row(pack).await?.ok_or_else(no_file)?;
        if !row.stickers.iter().any(|one| one.file == rows::file_id_bytes(file)) {
            return Err(no_file());
        }
        Ok(stored(file, &self.file_row(file).await?.ok_or_else(no_file)?, size)?.nameless())
    }

    /// Which sticker a file is, if it is one.
    pub(super) async fn sticker_of(&self, file: FileId) -> Result<Option<StickerOf>, Error> {
        let range = Range::prefix(Family::Blind, keys::file(file), keys::IN_PACK, 1);
        let Some(found) = self.0.store.range(range, Level::Serial).await?.pop() else { return Ok(None) };
        let pack = keys::tail_number(&found.key).ok_or_else(|| Error::corrupt("a sticker's pack"))?;
        let pack_id = StickerPackId(pack);
        let Some((row, _)) = self.pack_row(pack_id).await? else { return Ok(None) };
        let one = row.stickers.into_iter().find(|one| one.file == rows::file_id_bytes(file));
        Ok(one.map(|one| StickerOf { pack_id, emoji: one.emoji }))
    }

    async fn all_packs(&self) -> Result<Vec<StickerPack>, Error> {
        let nobody = Caller { user: parlance_proto::UserId::SERVER, session: SessionId(0) };
        Ok(self.list_stickers(nobody, ListStickers {}).await?.packs)
    }

    /// A sticker of an own upload.
    async fn new_sticker(&self, by: &Administrator, file: FileId) -> Result<rows::StickerRow, Error> {
        let user = by.actor.user().ok_or_else(no_file)?;
        let row = self.sendable(Caller { user, session: SessionId(0) }, file).await?;
        if rows::attachment_kind(row.kind)? != AttachmentKind::Picture {
            return Err(Error::Rejected(FileRefusal::NoPicture.into()));
        }
        Ok(rows::StickerRow {
            file: rows::file_id_bytes(file),
            emoji: String::new(),
            width: row.width,
            height: row.height,
            animated: row.animated,
            placeholder: row.placeholder,
        })
    }

    async fn pack_row(&self, pack: StickerPackId) -> Result<Option<(rows::StickerPackRow, u64)>, Error> {
        let found = self.row::<rows::StickerPackRow>(&keys::sticker_pack(pack)).await?;
        Ok(found.filter(|(row, _)| is_there(row)))
    }

    /// Changes a pack, against rivals if need be, and answers what it is now.
    async fn change_pack(
        &self,
        pack: StickerPackId,
        change: impl Fn(rows::StickerPackRow) -> Result<Changed, Error>,
    ) -> Result<rows::StickerPackRow, Error> {
        let key = keys::sticker_pack(pack);
        for _ in 0..TRIES {
            let (before, version) = self.pack_row(pack).await?.ok_or_else(no_pack)?;
            let (now, along) = change(before.clone())?;
            if now == before {
                return Ok(now);
            }
            let guard = Guard::Version(key.key.clone(), version);
            let commit = Commit { along, ..self.commit_one(&key, guard, rows::encode(&now)) };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.everybody.tell(Topic::Stickers);
                return Ok(now);
            }
        }
        Err(Error::Busy)
    }
}

/// Whether a pack was not deleted.
fn is_there(row: &rows::StickerPackRow) -> bool {
    !row.name.is_empty()
}

fn no_pack() -> Error {
    Error::Rejected(Rejection::from(FileRefusal::NoPack))
}

fn pack_of(pack_id: StickerPackId, row: &rows::StickerPackRow) -> Result<StickerPack, Error> {
    let sticker = |one: &rows::StickerRow| {
        Ok(Sticker {
            file_id: rows::file_id(&one.file)?,
            emoji: one.emoji.clone(),
            width: one.width,
            height: one.height,
            animated: one.animated,
            placeholder: one.placeholder.clone(),
        })
    };
    let stickers = row.stickers.iter().map(sticker).collect::<Result<_, Error>>()?;
    Ok(StickerPack { pack_id, name: row.name.clone(), stickers })
}
