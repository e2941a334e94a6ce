//! Files on their way in and out: bytes received and kept, pictures made anew, what nobody needs erased.
//!
//! Who may upload and read is the engine's to say; here are the bytes. No answer says that bytes were here before.

pub mod archive;
mod collect;
mod finish;
mod links;
mod open;
pub mod pictures;
mod receive;
mod sniff;
mod thumbnail;

pub use collect::collect;
pub use links::{Links, SignedFor};
pub use open::Shelf;
pub use receive::{Checksum, Received, Sent};

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use parlance_blob::{Blobs, Chunks, Digest, Error as BlobError, Spool};
use parlance_domain::FileLimits;
use parlance_engine::{Engine, Piece};
use parlance_proto::{ErrorCode, FileId};
use tokio::sync::Semaphore;

use self::pictures::Pictures;
use crate::error::ApiError;
use crate::tasks::Tasks;

/// Locks of bytes that are kept or erased, chosen by their digest.
const LOCKS: usize = 64;
/// Pieces of uploads written at once, each to its sync. More would not be faster, and texts wait for their own syncs
/// behind all that the disk was given before.
const WRITERS: usize = 1;
/// When a client whose upload found no room may try again, in milliseconds.
const FULL_MS: u64 = 10_000;

/// The room of files.
pub struct Media {
    engine: Engine,
    blobs: Arc<dyn Blobs>,
    /// Uploads under way.
    spool: Spool,
    /// What backups ask for.
    pub shelf: Shelf,
    pictures: Pictures,
    /// Signs links.
    pub links: Links,
    /// What uploads are measured against.
    pub limits: FileLimits,
    /// Uploads are refused while the disk has less room than this, in bytes.
    free_floor_bytes: u64,
    /// A body that says nothing for so long has stalled.
    stall: Duration,
    /// Files that are being received or made.
    busy: Arc<Mutex<HashSet<FileId>>>,
    /// Turns to write.
    writers: Semaphore,
    /// Keeping bytes and erasing the same bytes exclude each other. Held across awaits on purpose: each is a few
    /// operations on a disk.
    locks: [tokio::sync::Mutex<()>; LOCKS],
    tasks: Tasks,
}

impl Media {
    /// Bytes that somebody may read, from and to these places.
    pub async fn read(&self, piece: &Piece, range: std::ops::Range<u64>) -> Result<Chunks, ApiError> {
        self.blobs.read(&Digest(piece.digest), range).await.map_err(refused)
    }

    fn lock(&self, digest: &Digest) -> &tokio::sync::Mutex<()> {
        &self.locks[usize::from(digest.0[0]) % LOCKS]
    }

    /// Takes a file for receiving or making it; nobody else does meanwhile.
    fn take(&self, file: FileId) -> Option<Taken> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.insert(file).then(|| Taken { file, busy: Arc::clone(&self.busy) })
    }

    /// Refuses bytes for which the disk has no room beside what messages need.
    fn check_room(&self, bytes: u64) -> Result<(), ApiError> {
        // Unknown counts as room: the write itself will tell.
        let room = fs4::available_space(self.spool.folder())
            .map_or(true, |free| free >= self.free_floor_bytes.saturating_add(bytes));
        if room { Ok(()) } else { Err(full()) }
    }
}

/// A file that is being received or made.
struct Taken {
    file: FileId,
    busy: Arc<Mutex<HashSet<FileId>>>,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.file);
    }
}

fn full() -> ApiError {
    let detail = "the server's disk has no room for files now; what was sent so far is kept, go on later";
    ApiError::wait(ErrorCode::DiskFull, detail, FULL_MS)
}

/// What a client is told of bytes that could not be kept or read.
fn refused(error: BlobError) -> ApiError {
    match error {
        BlobError::Full => full(),
        error => {
            tracing::error!(%error, "bytes of a file");
            ApiError::Fault("bytes of a file could not be kept or read")
        }
    }
}
