//! Bytes in an S3-compatible object store: an object a digest, under a prefix.
//!
//! An object is visible only when it is whole, so what can be read is what was kept.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use object_store::{
    Error as StoreError, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutPayload, WriteMultipart,
};
use tokio::io::AsyncReadExt as _;

use crate::{Blobs, Chunks, Digest, Error};

/// Files above this go up in parts of this size; S3 wants parts of at least 5 MiB.
const PART: usize = 8 * 1_024 * 1_024;
/// Parts on their way at once.
const PARTS_AT_ONCE: usize = 4;

/// Where an object store is and how to enter it.
#[derive(Clone, Default)]
pub struct Place {
    /// The bucket.
    pub bucket: String,
    /// The region; "us-east-1" for most that are not Amazon's.
    pub region: String,
    /// The address; empty for Amazon's own.
    pub endpoint: String,
    /// The id of the key.
    pub key_id: String,
    /// The key.
    pub secret: String,
    /// What the names of objects start with.
    pub prefix: String,
}

/// An object store of bytes.
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Key,
}

impl Objects {
    /// The bucket at this place. Plain HTTP is taken if the endpoint says so.
    pub fn s3(place: &Place) -> Result<Objects, Error> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&place.bucket)
            .with_region(&place.region)
            .with_access_key_id(&place.key_id)
            .with_secret_access_key(&place.secret);
        if !place.endpoint.is_empty() {
            builder =
                builder.with_endpoint(&place.endpoint).with_allow_http(place.endpoint.starts_with("http://"));
        }
        let store = builder.build().map_err(failed)?;
        Ok(Objects::new(Arc::new(store), &place.prefix))
    }

    /// Any store that the library speaks to.
    pub fn new(store: Arc<dyn ObjectStore>, prefix: &str) -> Objects {
        Objects { store, prefix: Key::from(prefix) }
    }

    fn key(&self, digest: &Digest) -> Key {
        self.prefix.clone().join(digest.to_string())
    }
}

#[async_trait]
impl Blobs for Objects {
    async fn keep(&self, digest: &Digest, file: &Path) -> Result<(), Error> {
        // Also what is there already: how long it takes must not tell that somebody had the same bytes.
        self.put(&self.key(digest), file).await
    }

    async fn read(&self, digest: &Digest, range: Range<u64>) -> Result<Chunks, Error> {
        if range.is_empty() {
            return Ok(futures_util::stream::empty().boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let found = self.store.get_opts(&self.key(digest), options).await.map_err(failed)?;
        Ok(found.into_stream().map_err(failed).boxed())
    }

    async fn erase(&self, digest: &Digest) -> Result<(), Error> {
        match self.store.delete(&self.key(digest)).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

impl Objects {
    async fn put(&self, key: &Key, file: &Path) -> Result<(), Error> {
        let mut file = tokio::fs::File::open(file).await?;
        if file.metadata().await?.len() <= PART as u64 {
            let mut content = Vec::new();
            file.read_to_end(&mut content).await?;
            return self.store.put(key, PutPayload::from(content)).await.map(drop).map_err(failed);
        }
        let upload = self.store.put_multipart(key).await.map_err(failed)?;
        let mut parts = WriteMultipart::new_with_chunk_size(upload, PART);
        let written = async {
            loop {
                let mut piece = vec![0; PART];
                let count = file.read(&mut piece).await?;
                if count == 0 {
                    return Ok(());
                }
                piece.truncate(count);
                parts.wait_for_capacity(PARTS_AT_ONCE).await.map_err(failed)?;
                parts.put(Bytes::from(piece));
            }
        }
        .await;
        match written {
            Ok(()) => parts.finish().await.map(drop).map_err(failed),
            Err(error) => {
                // Parts of what is not finished cost room: whether they could be dropped changes nothing here.
                _ = parts.abort().await;
                Err(error)
            }
        }
    }
}

fn failed(error: StoreError) -> Error {
    match error {
        StoreError::NotFound { .. } => Error::Missing,
        error => Error::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest_of;
    use object_store::memory::InMemory;

    #[tokio::test]
    async fn large_and_small_files_come_back_as_they_went() {
        let objects = Objects::new(Arc::new(InMemory::new()), "media");
        let own = tempfile::tempdir().unwrap();
        for size in [0, 3, PART, PART + 5, 2 * PART + 1] {
            let content: Vec<u8> = (0..size).map(|number| (number % 251) as u8).collect();
            let file = own.path().join("file");
            std::fs::write(&file, &content).unwrap();
            let (digest, of) = digest_of(&file).unwrap();
            objects.keep(&digest, &file).await.unwrap();
            let whole: Vec<Bytes> = objects.read(&digest, 0..of).await.unwrap().try_collect().await.unwrap();
            assert!(whole.concat() == content, "{size}");
            objects.erase(&digest).await.unwrap();
            objects.erase(&digest).await.unwrap();
            assert!(matches!(objects.read(&digest, 0..1).await, Err(Error::Missing)));
        }
    }
}
