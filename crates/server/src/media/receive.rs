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
use parlance_engine::{Caller, Upload};
use parlance_proto::{ErrorCode, FileId, FileInfo};
use sha1::Digest as _;
use tokio::sync::oneshot;

use super::{Media, refused};
use crate::error::ApiError;

/// Bytes written at once.
const PIECE: usize = 1_024 * 1_024;
/// Bytes after which they are made durable and noted.
const NOTED: u64 = 16 * 1_024 * 1_024;
/// A body that says nothing for so long has stalled.
const STALL: Duration = Duration::from_secs(30);

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
    pub async fn receive(self: &Arc<Media>, caller: Caller, sent: Sent) -> Result<Received, ApiError> {
        let (answer, received) = oneshot::channel();
        let media = Arc::clone(self);
        self.tasks.spawn(async move {
            // Nobody may be left to hear it.
            _ = answer.send(media.take_in(caller, sent).await);
        });
        received.await.unwrap_or(Err(ApiError::Fault("receiving ended without an answer")))
    }

    async fn take_in(&self, caller: Caller, sent: Sent) -> Result<Received, ApiError> {
        let Some(_taken) = self.take(sent.file) else { return Ok(Received::Busy) };
        let upload = self.engine.upload(caller, sent.file).await?;
        if upload.offset != sent.at {
            return Ok(Received::Elsewhere(upload.offset));
        }
        if upload.offset < upload.length {
            self.check_room(upload.length - upload.offset)?;
            let checksum = sent.checksum;
            let mut tail = Tail::open(self, caller, &upload, checksum.is_some()).await?;
            let ended = tail.fill(sent.body, checksum.as_ref()).await;
            if checksum.is_some() && matches!(ended, Ok(false)) {
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
    /// Bytes written, durable or not.
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
        let growing = media.spool.grow(&file.to_string(), offset).await.map_err(refused)?;
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
    async fn fill(&mut self, mut body: Body, checksum: Option<&Checksum>) -> Result<bool, ApiError> {
        let mut sum = Sum::of(checksum);
        loop {
            let next = tokio::select! {
                next = tokio::time::timeout(STALL, body.frame()) => next,
                () = self.media.tasks.stopped() => return Err(ApiError::busy()),
            };
            let frame = match next {
                Err(_) => {
                    let detail = "nothing came for 30 seconds; what came before is kept, go on from there";
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
        let note = !self.unchecked && self.written + self.held.len() as u64 - self.noted >= NOTED;
        self.write(note).await?;
        if note { self.note().await } else { Ok(()) }
    }

    async fn write(&mut self, sync: bool) -> Result<(), ApiError> {
        let Some(growing) = self.growing.take() else { return Ok(()) };
        let bytes = std::mem::take(&mut self.held);
        let count = bytes.len() as u64;
        self.growing = Some(growing.append(bytes, sync).await.map_err(refused)?);
        self.written += count;
        Ok(())
    }

    async fn note(&mut self) -> Result<(), ApiError> {
        self.media.engine.upload_reached(self.caller, self.file, self.written).await?;
        self.noted = self.written;
        Ok(())
    }

    /// Makes durable what came, and tells how far that is.
    async fn close(mut self) -> Result<u64, ApiError> {
        if !self.unchecked && self.growing.is_some() {
            self.write(true).await?;
            if self.written > self.noted {
                self.note().await?;
            }
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
