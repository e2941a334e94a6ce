//! Collecting what nobody needs any more: files whose last message is gone, uploads that nobody finished.
//!
//! Bytes go only when no other file consists of them, and rows that lead to them go after them.

use std::sync::Arc;
use std::time::Duration;

use parlance_blob::{Digest, Error as BlobError};
use parlance_engine::Due;

use super::{Media, refused};
use crate::error::ApiError;

/// Erasing must not take longer: other nodes that keep the same bytes anew wait for it.
const ERASING: Duration = Duration::from_secs(30);

/// Looks for such files this often, until the server stops. It ends between two files, never within one: bytes that are
/// being erased must not be kept anew meanwhile.
pub async fn collect(media: Arc<Media>, pause: Duration) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = media.tasks.stopped() => return,
        }
        if let Err(error) = media.round().await {
            tracing::debug!(%error, "files that nobody needs are looked at again later");
        }
    }
}

impl Media {
    async fn round(&self) -> Result<(), ApiError> {
        let mut after: Option<Due> = None;
        loop {
            let due = self.engine.due_files(after.as_ref()).await?;
            for one in &due {
                if self.tasks.is_stopping() {
                    return Ok(());
                }
                // One that cannot be collected now does not keep the others.
                if let Err(error) = self.collect_one(one).await {
                    tracing::warn!(%error, file = %one.file_id, "a file that nobody needs stays for now");
                }
            }
            let Some(last) = due.into_iter().next_back() else { return Ok(()) };
            after = Some(last);
        }
    }

    async fn collect_one(&self, due: &Due) -> Result<(), ApiError> {
        // Whoever is at it will finish or fail; the next round finds what became of it.
        let Some(_taken) = self.take(due.file_id) else { return Ok(()) };
        // A backup that began holds what it is to contain.
        let Ok(_erasing) = self.shelf.erasing.try_write() else { return Ok(()) };
        for digest in self.engine.release(due).await? {
            let digest = Digest(digest);
            let _lock = self.lock(&digest).lock().await;
            if self.engine.begin_erasing(due, &digest.0).await? {
                let erased = tokio::time::timeout(ERASING, self.blobs.erase(&digest)).await;
                let late = || Err(BlobError::Failed("erasing takes too long".into()));
                erased.unwrap_or_else(|_| late()).map_err(refused)?;
                self.engine.end_erasing(&digest.0).await?;
            }
            self.engine.released(due, &digest.0).await?;
        }
        self.spool.drop(&due.file_id.to_string()).await.map_err(refused)?;
        Ok(self.engine.looked_at(due).await?)
    }
}
