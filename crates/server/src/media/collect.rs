//! Collecting what nobody needs any more: files whose last message is gone, uploads that nobody finished.
//!
//! Bytes go only when no other file consists of them, and rows that lead to them go after them.

use std::sync::Arc;
use std::time::Duration;

use parlance_blob::Digest;
use parlance_engine::Due;

use super::{Media, refused};
use crate::error::ApiError;

/// Looks for such files this often, until the server stops.
pub async fn collect(media: Arc<Media>, pause: Duration) {
    loop {
        tokio::time::sleep(pause).await;
        if let Err(error) = media.round().await {
            tracing::debug!(%error, "files that nobody needs are looked at again later");
        }
    }
}

impl Media {
    async fn round(&self) -> Result<(), ApiError> {
        loop {
            let due = self.engine.due_files().await?;
            let mut collected = 0;
            for one in &due {
                collected += usize::from(self.collect_one(one).await?);
            }
            if due.is_empty() || collected < due.len() {
                return Ok(());
            }
        }
    }

    /// Does what is to be done about a file; false if somebody is at it.
    async fn collect_one(&self, due: &Due) -> Result<bool, ApiError> {
        // Whoever is at it will finish or fail; the next round finds what became of it.
        let Some(_taken) = self.take(due.file_id) else { return Ok(false) };
        for digest in self.engine.release(due).await? {
            let digest = Digest(digest);
            let _lock = self.lock(&digest).lock().await;
            if !self.engine.shares_bytes(due, &digest.0).await? {
                self.blobs.erase(&digest).await.map_err(refused)?;
            }
            self.engine.released(due, &digest.0).await?;
        }
        self.spool.drop(&due.file_id.to_string()).await.map_err(refused)?;
        self.engine.looked_at(due).await?;
        Ok(true)
    }
}
