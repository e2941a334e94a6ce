//! Erasing bytes and keeping the same bytes anew exclude each other, also on different nodes: whoever erases leaves a mark
//! before looking who needs them, whoever keeps notes the need before looking for marks. One of the two sees the other.
//!
//! A node that is alone has a lock for it and leaves no marks.

use std::time::Duration;

use parlance_store::{Durability, Family, Level, Put, Range, Write};
use tokio::time::Instant;

use super::Due;
use crate::{Engine, Error, keys};

/// Nodes that may erase the same bytes.
const NODES: usize = 64;
/// Erasing takes less; who takes longer is gone, and so is the mark then.
const PATIENCE: Duration = Duration::from_secs(60);
/// Whoever waits looks this often.
const LOOK: Duration = Duration::from_millis(100);

impl Engine {
    /// Whether nobody but this file needs these bytes, so that they may be erased now. Then `end_erasing` must follow
    /// within a minute.
    pub async fn begin_erasing(&self, due: &Due, digest: &[u8; 32]) -> Result<bool, Error> {
        if !self.0.options.alone {
            let (partition, key) = (keys::erasing(digest), keys::index(self.0.incarnation));
            let put = Write::Put { partition, put: Put::new(key, bytes::Bytes::new()) };
            self.0.store.write(vec![put], Durability::Durable).await?;
        }
        if self.shares_bytes(due, digest).await? {
            self.end_erasing(digest).await?;
            return Ok(false);
        }
        Ok(true)
    }

    /// The bytes are erased, or are not to be.
    pub async fn end_erasing(&self, digest: &[u8; 32]) -> Result<(), Error> {
        if self.0.options.alone {
            return Ok(());
        }
        let (partition, key) = (keys::erasing(digest), keys::index(self.0.incarnation));
        Ok(self.0.store.write(vec![Write::Delete { partition, key }], Durability::Durable).await?)
    }

    /// Waits until nobody erases these bytes, of which the need was noted before.
    pub(super) async fn wait_for_erasing(&self, digest: &[u8; 32]) -> Result<(), Error> {
        if self.0.options.alone {
            return Ok(());
        }
        let until = Instant::now() + PATIENCE;
        loop {
            let range = Range::prefix(Family::Blind, keys::erasing(digest), &[], NODES);
            let marks = self.0.store.range(range, Level::Serial).await?;
            if marks.is_empty() {
                return Ok(());
            }
            if Instant::now() >= until {
                let gone = marks
                    .into_iter()
                    .map(|mark| Write::Delete { partition: keys::erasing(digest), key: mark.key });
                self.0.store.write(gone.collect(), Durability::Durable).await?;
                return Ok(());
            }
            if self.0.tasks.stopped() {
                return Err(Error::Busy);
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
