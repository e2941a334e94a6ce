//! How large bytes survive: files named by the digest of their content, in a folder or in an object store.
//!
//! It knows no users and no messages: who may read what, and what nobody needs any more, is decided elsewhere. Whatever
//! `keep` answers with `Ok` is durable.

mod bulk;
mod digest;
mod folder;
mod objects;
mod spool;

pub use digest::{Digest, digest_in_bulk, digest_of};
pub use folder::Folder;
pub use objects::{Objects, Place};
pub use spool::{Growing, Spool};

use std::ops::Range;
use std::path::Path;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

/// Bytes as they are read, in order.
pub type Chunks = BoxStream<'static, Result<Bytes, Error>>;

/// The seam between what the server knows of files and what keeps their bytes.
#[async_trait]
pub trait Blobs: Send + Sync + 'static {
    /// Keeps the content of a file of this machine, which has this digest; the same bytes are kept once. The file stays,
    /// and must not change from then on.
    async fn keep(&self, digest: &Digest, file: &Path) -> Result<(), Error>;

    /// The bytes of a range, which lies within what is kept.
    async fn read(&self, digest: &Digest, range: Range<u64>) -> Result<Chunks, Error>;

    /// Erases the bytes; what is not there is erased already.
    async fn erase(&self, digest: &Digest) -> Result<(), Error>;
}

/// Why bytes were not kept or not found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk has no room. Nothing was kept.
    #[error("the disk is full")]
    Full,
    /// No bytes with this digest.
    #[error("there are no bytes with this digest")]
    Missing,
    /// The file system or the object store failed.
    #[error("keeping bytes failed: {0}")]
    Failed(String),
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::Full,
            std::io::ErrorKind::NotFound => Error::Missing,
            _ => Error::Failed(error.to_string()),
        }
    }
}

/// Runs what blocks where it may.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Error::Failed(error.to_string())))
}
