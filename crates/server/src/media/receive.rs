//! Receiving bytes: from a request's body to the spool, durable piece by piece, and at the end a file.
//!
//! An offset is told to a client only when the bytes below it are synced and the books say so. A client that goes away
//! leaves what came of it to go on from.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use parlance_blob::Growing;
use parlance_engine::{Caller, NewUpload, Upload};
use parlance_proto::{DeleteFile, ErrorCode, FileId, FileInfo};
use sha1::Digest as _;
use tokio::sync::oneshot;

use super::{Media, refused};
use crate::error::ApiError;

/// Bytes written and synced at once.
const PIECE: usize = 1_024 * 1_024;
/// Bytes after which the books are told.
const NOTED: u64 = 16 * 1_024 * 1_024;

/// Most bytes that are read of what is refused, and for how long.
const READ_ON_BYTES: usize = 64 * 1_024 * 1_024;
const READ_ON: Duration = Duration::from_secs(5);

/// What the bytes of a body must add up to.
pub enum Checksum {
    /// A SHA-1.
    Sha1(Vec<u8>),
    /// A SHA-256.
    Sha256(Vec<u8>),
}

/// How a body ended.
pub enum Received {
    /// The upload has come so far.
    Upto(u64),
    /// It is complete.
    File(Box<FileInfo>),
    /// Somebody else is sending to it.
    Busy,
    /// It does not go on there, but at this place.
    Elsewhere(u64),
    /// The bytes do not add up; none was kept.
    Mismatch,
}

/// A body that goes on with an upload.
pub struct Sent {
    /// Which upload.
    pub file: FileId,
    /// From where.
    pub at: u64,
    /// The bytes.
    pub body: Body,
    /// What they must add up to.
    pub checksum: Option<Checksum>,
}

impl Media {
    /// Receives bytes of an upload, and makes its file when it is complete. It goes on when the asker goes away, as far
    /// as bytes came.
    pub async fn receive(self: &Arc<Media>, caller: Caller, mut sent: Sent) -> Result<Received, ApiError> {
        let media = Arc::clone(self);
        self.apart(async move {
            let received = media.take_in(caller, &mut sent).await;
            media.read_on(&received, sent.body).await;
            received
        })
        .await
    }

    /// Receives a file in one body. It ends with a file or with nothing, also when the asker goes away.
    pub async fn receive_once(
        self: &Arc<Media>,
        caller: Caller,
        new: NewUpload,
        body: Body,
    ) -> Result<FileInfo, ApiError> {
        let media = Arc::clone(self);
        self.apart(async move {
            let begun = media.engine.begin_upload(caller, new, media.limits).await;
            let file = begun.as_ref().map_or(FileId(0), |upload| upload.file_id);
            let mut sent = Sent { file, at: 0, body, checksum: None };
            let received = match begun {
                Ok(_) => media.take_in(caller, &mut sent).await,
                Err(error) => Err(error.into()),
            };
            media.read_on(&received, sent.body).await;
            if let Ok(Received::File(info)) = received {
                return Ok(*info);
            }
            // Whether it can be dropped now, and is there at all, changes nothing: it is collected after a day.
            _ = media.engine.delete_file(caller, DeleteFile { file_id: file }).await;
            received?;
            Err(ApiError::new(ErrorCode::BadFrame, "the body has fewer bytes than Content-Length says"))
        })
        .await
    }

    /// Does something to its end, whether or not somebody is left to hear of it.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (answer, done) = oneshot::channel();
        self.tasks.spawn(async move {
            _ = answer.send(work.await);
        });
        done.await.unwrap_or(Err(ApiError::Fault("receiving ended without an answer")))
    }

    /// Reads for a while what will not be kept: who is still sending would not hear why.
    async fn read_on(&self, received: &Result<Received, ApiError>, mut body: Body) {
        let has_ended = match received {
            Ok(Received::File(_) | Received::Upto(_) | Received::Mismatch) => true,
            Ok(Received::Busy | Received::Elsewhere(_)) => false,
            Err(error) => matches!(error, ApiError::Refused { code: ErrorCode::Stalled, .. }),
        };
        if has_ended || self.tasks.is_stopping() {
            return;
        }
        let read = async {
            let mut left = READ_ON_BYTES;
            while left > 0
                && let Some(Ok(frame)) = body.frame().await
            {
                left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            }
        };
        // Whoever sends more than that, or slower, sees the connection end.
        _ = tokio::time::timeout(READ_ON, read).await;
    }

    async fn take_in(&self, caller: Caller, sent: &mut Sent) -> Result<Received, ApiError> {
        let Some(_taken) = self.take(sent.file) else { return Ok(Received::Busy) };
        let upload = self.engine.upload(caller, sent.file).await?;
        if upload.offset != sent.at {
            return Ok(Received::Elsewhere(upload.offset));
        }
        if upload.offset < upload.length {
            self.check_room(upload.length - upload.offset)?;
            let mut tail = Tail::open(self, caller, &upload, sent.checksum.is_some()).await?;
            let ended = tail.fill(&mut sent.body, sent.checksum.as_ref()).await;
            if sent.checksum.is_some() && matches!(ended, Ok(false)) {
                return Ok(Received::Mismatch);
            }
            let offset = tail.close().await?;
            ended?;
            if offset < upload.length {
                return Ok(Received::Upto(offset));
            }
        }
        self.finish(caller, sent.file).await.map(|info| Received::File(Box::new(info)))
    }
}

/// The growing end of an upload.
struct Tail<'a> {
    media: &'a Media,
    caller: Caller,
    file: FileId,
    length: u64,
    /// The file; none after a failed write.
    growing: Option<Growing>,
    /// What is not written yet.
    held: Vec<u8>,
    /// Bytes written and durable.
    written: u64,
    /// Bytes noted in the books.
    noted: u64,
    /// Whether nothing counts before all has been checked.
    unchecked: bool,
}

impl<'a> Tail<'a> {
    async fn open(
        media: &'a Media,
        caller: Caller,
        upload: &Upload,
        unchecked: bool,
    ) -> Result<Tail<'a>, ApiError> {
        let (file, offset) = (upload.file_id, upload.offset);
        let growing = match media.spool.grow(&file.to_string(), offset).await {
            Ok(growing) => growing,
            Err(error) => return Err(media.unspooled(caller, file, error).await),
        };
        Ok(Tail {
            media,
            caller,
            file,
            length: upload.length,
            growing: Some(growing),
            held: Vec::new(),
            written: offset,
            noted: offset,
            unchecked,
        })
    }

    /// Takes the whole body in. False if it does not add up; then nothing of it counts.
    async fn fill(&mut self, body: &mut Body, checksum: Option<&Checksum>) -> Result<bool, ApiError> {
        let (mut sum, stall) = (Sum::of(checksum), self.media.stall);
        loop {
            let next = tokio::select! {
                next = tokio::time::timeout(stall, body.frame()) => next,
                () = self.media.tasks.stopped() => return Err(ApiError::busy()),
            };
            let frame = match next {
                Err(_) => {
                    let seconds = stall.as_secs();
                    let detail = format!(
                        "nothing came for {seconds} seconds; what came before is kept, go on from there"
                    );
                    return Err(ApiError::new(ErrorCode::Stalled, detail));
                }
                Ok(None) => break,
                Ok(Some(Err(_))) => return Err(ApiError::new(ErrorCode::BadFrame, "the body ended early")),
                Ok(Some(Ok(frame))) => frame,
            };
            if let Ok(bytes) = frame.into_data() {
                sum.update(&bytes);
                self.push(bytes).await?;
            }
        }
        let right = sum.is(checksum);
        self.unchecked &= !right;
        Ok(right)
    }

    async fn push(&mut self, bytes: Bytes) -> Result<(), ApiError> {
        if self.written + (self.held.len() + bytes.len()) as u64 > self.length {
            let detail = "more bytes than the declared length; begin a new upload with the right one";
            return Err(ApiError::new(ErrorCode::TooLarge, detail));
        }
        self.held.extend_from_slice(&bytes);
        if self.held.len() < PIECE {
            return Ok(());
        }
        self.write().await?;
        if !self.unchecked && self.written - self.noted >= NOTED { self.note().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), ApiError> {
        let Some(growing) = self.growing.take() else { return Ok(()) };
        let bytes = std::mem::take(&mut self.held);
        let count = bytes.len() as u64;
        let appended = {
            let _turn = self.media.writers.acquire().await.map_err(|_| ApiError::busy())?;
            growing.append(bytes).await
        };
        self.growing = Some(appended.map_err(refused)?);
        self.written += count;
        Ok(())
    }

    async fn note(&mut self) -> Result<(), ApiError> {
        self.media.engine.upload_reached(self.caller, self.file, self.written).await?;
        self.noted = self.written;
        Ok(())
    }

    /// Writes the rest of what came, and tells how far that is.
    async fn close(mut self) -> Result<u64, ApiError> {
        if !self.unchecked {
            // After a write that failed, as on a full disk, there is no rest; what was written before it is kept.
            let rest = self.write().await;
            if self.written > self.noted {
                self.note().await?;
            }
            rest?;
        }
        Ok(self.noted)
    }
}

/// A checksum in the making.
enum Sum {
    None,
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
}

impl Sum {
    fn of(checksum: Option<&Checksum>) -> Sum {
        match checksum {
            None => Sum::None,
            Some(Checksum::Sha1(_)) => Sum::Sha1(sha1::Sha1::new()),
            Some(Checksum::Sha256(_)) => Sum::Sha256(sha2::Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Sum::None => {}
            Sum::Sha1(sum) => sum.update(bytes),
            Sum::Sha256(sum) => sum.update(bytes),
        }
    }

    fn is(self, checksum: Option<&Checksum>) -> bool {
        match (self, checksum) {
            (Sum::Sha1(sum), Some(Checksum::Sha1(expected))) => sum.finalize().as_slice() == expected,
            (Sum::Sha256(sum), Some(Checksum::Sha256(expected))) => sum.finalize().as_slice() == expected,
            _ => true,
        }
    }
}
