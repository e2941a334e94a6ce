//! From a complete upload to a file: looked at, made anew if it is a picture, kept under its digest, entered in the books.
//!
//! Each step can be done again: an upload that a crash left complete becomes its file with the next question about it.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use parlance_blob::{Digest, Error as BlobError, digest_in_bulk};
use parlance_domain::FileRefusal;
use parlance_engine::{Caller, Error as EngineError, Made, Piece, Upload};
use parlance_proto::{AttachmentKind, ErrorCode, FileId, FileInfo, GetFile};

use super::pictures::{Making, Trouble};
use super::sniff::{self, OCTETS};
use super::{Media, Sent, full, refused};
use crate::error::ApiError;

/// How many times as large as an upload may be a picture may become by being made anew.
const GROWN: u64 = 2;

impl Media {
    /// An upload as it stands now. One that is complete becomes a file, if nobody is at it.
    pub async fn look(self: &Arc<Media>, caller: Caller, file: FileId) -> Result<Upload, ApiError> {
        let upload = self.engine.upload(caller, file).await?;
        if upload.done || upload.offset < upload.length {
            return Ok(upload);
        }
        let nothing = Sent { file, at: upload.offset, body: Body::empty(), checksum: None };
        self.receive(caller, nothing).await?;
        Ok(self.engine.upload(caller, file).await?)
    }

    /// Makes the file of a complete upload that the caller has taken. What cannot be made into what it was to be is
    /// refused, and the upload ends.
    pub(super) async fn finish(&self, caller: Caller, file: FileId) -> Result<FileInfo, ApiError> {
        let upload = self.engine.upload(caller, file).await?;
        if upload.done {
            return Ok(self.engine.get_file(caller, GetFile { file_id: file }).await?);
        }
        let name = file.to_string();
        let whole = match self.spool.end(&name, upload.length).await {
            Ok(whole) => whole,
            Err(error) => return Err(self.unspooled(caller, file, error).await),
        };
        let info = match self.make(caller, &upload, &whole).await {
            Ok(info) => info,
            Err(error) => {
                if matches!(error, ApiError::Refused { code: ErrorCode::InvalidInput, .. }) {
                    self.engine.end_upload(caller.user, file).await?;
                    self.drop_spooled(&name).await;
                }
                return Err(error);
            }
        };
        self.drop_spooled(&name).await;
        Ok(info)
    }

    /// What a client is told of an upload whose bytes cannot be gone on with. One that lost some, as by restoring a backup,
    /// ends: its client begins anew.
    pub(super) async fn unspooled(&self, caller: Caller, file: FileId, error: BlobError) -> ApiError {
        if !matches!(error, BlobError::Missing) {
            return refused(error);
        }
        tracing::error!(%file, "an upload ends: bytes of it that were acknowledged are gone");
        if let Err(error) = self.engine.end_upload(caller.user, file).await {
            return error.into();
        }
        self.drop_spooled(&file.to_string()).await;
        EngineError::Rejected(FileRefusal::NoFile.into()).into()
    }

    /// Drops what was received, which is kept elsewhere or refused by now: a failure changes nothing about that. What stays
    /// is dropped when the file is collected.
    async fn drop_spooled(&self, name: &str) {
        if let Err(error) = self.spool.drop(name).await {
            tracing::warn!(%error, "what was received of a file stays for now");
        }
    }

    async fn make(&self, caller: Caller, upload: &Upload, whole: &Path) -> Result<FileInfo, ApiError> {
        let place = whole.to_path_buf();
        let start = blocking(move || sniff::beginning(&place).map_err(|error| refused(error.into()))).await?;
        let format = sniff::picture(&start);
        let made = match (upload.wanted, format) {
            (Some(AttachmentKind::Picture) | None, Some(_)) => self.picture(upload.file_id, whole).await?,
            (Some(AttachmentKind::Picture), None) => {
                return Err(not_that(
                    "a picture is a PNG, JPEG, WebP or GIF; send other formats with kind=file",
                ));
            }
            (Some(AttachmentKind::File) | None, _) => {
                self.as_it_is(upload.file_id, AttachmentKind::File, OCTETS, whole).await?
            }
            (Some(kind), _) => {
                let found = sniff::played(kind, &start);
                let media_type = found.ok_or_else(|| {
                    not_that("a video is MP4, WebM, Ogg or QuickTime, a voice message MP4, WebM, Ogg, MP3, AAC, FLAC or WAV; send others with kind=file")
                })?;
                self.as_it_is(upload.file_id, kind, media_type, whole).await?
            }
        };
        Ok(self.engine.finish_upload(caller, upload.file_id, made).await?)
    }

    async fn as_it_is(
        &self,
        file: FileId,
        kind: AttachmentKind,
        media_type: &str,
        whole: &Path,
    ) -> Result<Made, ApiError> {
        let whole = self.keep(file, whole, media_type).await?;
        let (small, large, sides, placeholder) = (None, None, None, None);
        Ok(Made { kind, whole, small, large, sides, animated: false, placeholder })
    }

    async fn picture(&self, file: FileId, whole: &Path) -> Result<Made, ApiError> {
        let making = self.pictures.make(&file.to_string(), whole).await.map_err(|trouble| match trouble {
            Trouble::TooLarge(detail) => {
                not_that(&format!("{detail}; make it smaller, or send it with kind=file"))
            }
            Trouble::Broken => {
                not_that("the picture cannot be read; save it anew, or send it with kind=file")
            }
            Trouble::Busy => ApiError::busy(),
            Trouble::Full => full(),
            Trouble::Fault(cause) => {
                tracing::error!(cause, "a picture could not be made");
                ApiError::Fault("a picture could not be made")
            }
        })?;
        let made = self.keep_picture(file, &making).await;
        self.pictures.drop(making).await;
        made
    }

    async fn keep_picture(&self, file: FileId, making: &Making) -> Result<Made, ApiError> {
        let made = &making.made;
        let place = |name: &str| making.folder.join(name);
        self.check_made(making).await?;
        let whole = self.keep(file, &place(&made.whole.name), &made.whole.media_type).await?;
        let small = match &made.small {
            Some(small) => Some(self.keep(file, &place(&small.name), &small.media_type).await?),
            None => None,
        };
        let large = match &made.large {
            Some(large) => Some(self.keep(file, &place(&large.name), &large.media_type).await?),
            None => None,
        };
        Ok(Made {
            kind: AttachmentKind::Picture,
            whole,
            small,
            large,
            sides: Some((made.width, made.height)),
            animated: made.animated,
            placeholder: Some(made.placeholder.clone()),
        })
    }

    /// Refuses a picture that became too large by being made anew, or for which there is no room now.
    async fn check_made(&self, making: &Making) -> Result<(), ApiError> {
        let made = &making.made;
        let mut bytes = 0;
        for output in [Some(&made.whole), made.small.as_ref(), made.large.as_ref()].into_iter().flatten() {
            let found = tokio::fs::metadata(making.folder.join(&output.name)).await;
            let size = found.map_err(|error| refused(error.into()))?.len();
            let most = self.limits.file_max_bytes.saturating_mul(GROWN);
            if size > most {
                return Err(not_that(&format!(
                    "made anew the picture takes {size} bytes, and {most} is the most; save it as a JPEG, make it smaller, or send it with kind=file"
                )));
            }
            bytes += size;
        }
        self.check_room(bytes)
    }

    /// Keeps bytes that a file consists of, which is noted first: what a crash leaves is found and erased.
    async fn keep(&self, file: FileId, place: &Path, media_type: &str) -> Result<Piece, ApiError> {
        let (digest, size) = digest_in_bulk(place.to_path_buf()).await.map_err(refused)?;
        let _lock = self.lock(&digest).lock().await;
        self.engine.claim_bytes(file, &digest.0).await?;
        self.blobs.keep(&digest, place).await.map_err(refused)?;
        let Digest(digest) = digest;
        Ok(Piece { digest, size, media_type: media_type.to_owned() })
    }
}

fn not_that(detail: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, detail.to_owned())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or(Err(ApiError::Fault("work on a file ended early")))
}
