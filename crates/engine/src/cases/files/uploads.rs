//! Uploads: room is taken when one begins, and given back when it ends without a file.
//!
//! What a user's files take up is one row, changed in the same commit as what it counts, so it is always exact.

use bytes::Bytes;
use parlance_domain::{FileLimits, FileRefusal, FilesHeld, check_upload, file_name};
use parlance_proto::{AttachmentKind, FileId, FileInfo, UserId, limits};
use parlance_store::{Commit, Durability, Guard, Level, Put, RowKey, Write};

use super::{Piece, TRIES, no_file};
use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, files, keys, rows};

/// An upload to begin.
#[derive(Clone, Debug, Default)]
pub struct NewUpload {
    /// Its length, in bytes.
    pub length: u64,
    /// What its file is called, as given.
    pub name: String,
    /// What it is to be; whatever it turns out to be if not given.
    pub wanted: Option<AttachmentKind>,
    /// How the client describes it, to be given back to it.
    pub described: String,
}

/// An upload.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file that it becomes.
    pub file_id: FileId,
    /// Its length, in bytes.
    pub length: u64,
    /// Bytes that are durable.
    pub offset: u64,
    /// What it is to be.
    pub wanted: Option<AttachmentKind>,
    /// How the client describes it.
    pub described: String,
    /// When it ends by itself, milliseconds since 1970.
    pub expires_ms: i64,
    /// Whether it has become a file.
    pub done: bool,
}

/// What became of an upload that is complete.
#[derive(Clone, Debug)]
pub struct Made {
    /// What it is.
    pub kind: AttachmentKind,
    /// Its bytes; of a picture those that were made anew.
    pub whole: Piece,
    /// A picture's thumbnails, unless it is as small itself.
    pub small: Option<Piece>,
    /// See `small`.
    pub large: Option<Piece>,
    /// A picture's width and height.
    pub sides: Option<(u32, u32)>,
    /// Whether it moves.
    pub animated: bool,
    /// A picture's ThumbHash in base64.
    pub placeholder: Option<String>,
}

impl Engine {
    /// Begins an upload, if there is room for it.
    pub async fn begin_upload(
        &self,
        caller: Caller,
        new: NewUpload,
        limits: FileLimits,
    ) -> Result<Upload, Error> {
        let chance = || u128::from(self.0.chance.next_u64());
        let file = FileId((chance() << 64) | chance());
        let created_ms = self.0.clock.now_ms();
        let row = rows::UploadRow {
            length: new.length,
            offset: 0,
            created_ms,
            name: file_name(&new.name).unwrap_or_default(),
            wanted: new.wanted.map_or(0, rows::kind_number),
            described: new.described,
        };
        self.change_tally(caller.user, None, |tally| {
            let held = FilesHeld { bytes: tally.bytes, uploads: tally.uploads };
            check_upload(new.length, held, limits)?;
            tally.bytes += new.length;
            tally.uploads += 1;
            let put = Put::new(keys::upload(caller.user, file).key, rows::encode(&row));
            let due_ms = expires(created_ms).saturating_add(self.0.options.file_grace_ms);
            Ok(Beside {
                puts: vec![put],
                along: vec![files::due(due_ms, file, caller.user.0)],
                ..Beside::default()
            })
        })
        .await?;
        upload(file, &row)
    }

    /// One of the caller's uploads, under way or done and not sent yet.
    pub async fn upload(&self, caller: Caller, file: FileId) -> Result<Upload, Error> {
        let Some((row, _)) = self.upload_row(caller.user, file).await? else {
            let row = self.unsent(caller, file).await?;
            let (length, expires_ms) = (row.uploaded, expires(row.created_ms));
            let described = String::new();
            return Ok(Upload {
                file_id: file,
                length,
                offset: length,
                wanted: None,
                described,
                expires_ms,
                done: true,
            });
        };
        let upload = upload(file, &row)?;
        if upload.expires_ms <= self.0.clock.now_ms() { Err(no_file()) } else { Ok(upload) }
    }

    /// Notes how far an upload has come; so many bytes are durable.
    pub async fn upload_reached(&self, caller: Caller, file: FileId, offset: u64) -> Result<(), Error> {
        let key = keys::upload(caller.user, file);
        for _ in 0..TRIES {
            let (row, version) = self.upload_row(caller.user, file).await?.ok_or_else(no_file)?;
            let row = rows::UploadRow { offset, ..row };
            let commit = Commit {
                partition: key.partition.clone(),
                guard: Guard::Version(key.key.clone(), version),
                puts: vec![Put::new(key.key.clone(), rows::encode(&row))],
                deletes: Vec::new(),
                token: self.0.token(),
                along: Vec::new(),
                durability: Durability::Durable,
            };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// Ends an upload without a file. One that is not there has ended.
    pub async fn end_upload(&self, user: UserId, file: FileId) -> Result<(), Error> {
        let key = keys::upload(user, file);
        let Some((row, _)) = self.upload_row(user, file).await? else { return Ok(()) };
        let ended = self.change_tally(user, Some(&key), |tally| {
            tally.bytes = tally.bytes.saturating_sub(row.length);
            tally.uploads = tally.uploads.saturating_sub(1);
            Ok(Beside { deletes: vec![key.key.clone()], ..Beside::default() })
        });
        ended.await.map(|_| ())
    }

    /// Notes that a file is about to consist of these bytes, before they are kept: so they are found again and erased
    /// whatever becomes of it.
    pub async fn claim_bytes(&self, file: FileId, digest: &[u8; 32]) -> Result<(), Error> {
        let put = |partition, key| Write::Put { partition, put: Put::new(key, Bytes::new()) };
        let writes = vec![
            put(keys::bytes_of(digest), keys::bytes_file(file)),
            put(keys::file(file), keys::file_bytes(digest)),
        ];
        self.0.write(writes).await?;
        self.wait_for_erasing(digest).await
    }

    /// Makes a file of a complete upload, whose bytes are kept.
    pub async fn finish_upload(&self, caller: Caller, file: FileId, made: Made) -> Result<FileInfo, Error> {
        let user = caller.user;
        let (upload, _) = self.upload_row(user, file).await?.ok_or_else(no_file)?;
        let row = file_row(user, &upload, &made);
        let bytes = [Some(&made.whole), made.small.as_ref(), made.large.as_ref()];
        let bytes: u64 = bytes.into_iter().flatten().map(|piece| piece.size).sum();
        let kept = rows::OwnFileRow { bytes, created_ms: upload.created_ms };
        let began = keys::upload(user, file);
        let made = self.change_tally(user, Some(&began), |tally| {
            tally.bytes = tally.bytes.saturating_sub(upload.length).saturating_add(bytes);
            tally.uploads = tally.uploads.saturating_sub(1);
            let key = keys::file_row(file);
            Ok(Beside {
                puts: vec![Put::new(keys::kept(user, file).key, rows::encode(&kept))],
                deletes: vec![began.key.clone()],
                along: vec![Write::Put {
                    partition: key.partition,
                    put: Put::new(key.key, rows::encode(&row)),
                }],
            })
        });
        if made.await? { info(file, &row) } else { Err(no_file()) }
    }

    /// What a user's files take up: bytes, and uploads under way.
    pub async fn files_held(&self, caller: Caller) -> Result<FilesHeld, Error> {
        let found = self.row::<rows::UsageRow>(&keys::usage(caller.user)).await?;
        let tally = found.map(|(row, _)| row).unwrap_or_default();
        Ok(FilesHeld { bytes: tally.bytes, uploads: tally.uploads })
    }

    async fn upload_row(&self, user: UserId, file: FileId) -> Result<Option<(rows::UploadRow, u64)>, Error> {
        self.row(&keys::upload(user, file)).await
    }

    /// Changes what a user's files take up, together with what is counted. False if the counted row that it is about is
    /// not there: none comes or goes but with the tally.
    pub(super) async fn change_tally(
        &self,
        user: UserId,
        about: Option<&RowKey>,
        change: impl Fn(&mut rows::UsageRow) -> Result<Beside, Error>,
    ) -> Result<bool, Error> {
        let RowKey { partition, key, .. } = keys::usage(user);
        for _ in 0..TRIES {
            let found = self.row::<rows::UsageRow>(&keys::usage(user)).await?;
            if let Some(about) = about
                && self.0.store.get(about, Level::Serial).await?.is_none()
            {
                return Ok(false);
            }
            let (mut tally, guard) = match found {
                Some((row, version)) => (row, Guard::Version(key.clone(), version)),
                None => (rows::UsageRow::default(), Guard::Absent(key.clone())),
            };
            let Beside { mut puts, deletes, along } = change(&mut tally)?;
            puts.push(Put::new(key.clone(), rows::encode(&tally)));
            let token = self.0.token();
            let partition = partition.clone();
            let durability = Durability::Durable;
            let commit = Commit { partition, guard, puts, deletes, token, along, durability };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(true);
            }
        }
        Err(Error::Busy)
    }
}

/// What changes together with a tally.
#[derive(Default)]
pub(super) struct Beside {
    pub puts: Vec<Put>,
    pub deletes: Vec<Bytes>,
    pub along: Vec<Write>,
}

/// When an upload ends, and a file that was not sent.
pub(super) fn expires(created_ms: i64) -> i64 {
    created_ms.saturating_add(limits::UPLOAD_MS)
}

fn upload(file: FileId, row: &rows::UploadRow) -> Result<Upload, Error> {
    let wanted = Some(row.wanted).filter(|wanted| *wanted != 0);
    Ok(Upload {
        file_id: file,
        length: row.length,
        offset: row.offset,
        wanted: wanted.map(rows::attachment_kind).transpose()?,
        described: row.described.clone(),
        expires_ms: expires(row.created_ms),
        done: false,
    })
}

fn file_row(user: UserId, upload: &rows::UploadRow, made: &Made) -> rows::FileRow {
    let (width, height) = made.sides.unwrap_or_default();
    rows::FileRow {
        owner: user.0,
        kind: rows::kind_number(made.kind),
        name: upload.name.clone(),
        whole: made.whole.row(),
        small: made.small.as_ref().map(Piece::row),
        large: made.large.as_ref().map(Piece::row),
        width,
        height,
        animated: made.animated,
        placeholder: made.placeholder.clone().unwrap_or_default(),
        created_ms: upload.created_ms,
        uploaded: upload.length,
    }
}

/// A file as its uploader is shown it.
pub(super) fn info(file: FileId, row: &rows::FileRow) -> Result<FileInfo, Error> {
    Ok(FileInfo {
        file_id: file,
        kind: rows::attachment_kind(row.kind)?,
        name: rows::said(&row.name),
        media_type: row.whole.media_type.clone(),
        size: row.whole.size,
        width: Some(row.width).filter(|pixels| *pixels != 0),
        height: Some(row.height).filter(|pixels| *pixels != 0),
        animated: row.animated,
        placeholder: rows::said(&row.placeholder),
        expires_ms: expires(row.created_ms),
    })
}

/// The refusal of an upload that lacks bytes.
pub(super) fn not_complete() -> Error {
    Error::Rejected(FileRefusal::NotComplete.into())
}
