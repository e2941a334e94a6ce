//! The store as a source that is copied while it works: what changes is named, and at the end it takes no writes.
//! Whoever drops this before the end has the store go on as if nothing had been.

use std::collections::HashMap;
use std::ops::Bound as Edge;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;

use super::Embedded;
use super::read::{self, Found};
use super::rows::envelope::Head;
use super::rows::keys;
use super::tables::{Space, View, table_error};
use super::write::prepare;
use crate::whole::{Kept, PAGE_BYTES, PAGE_ROWS, Rows, Source};
use crate::{Error, Family, RowKey};

/// A store while it is copied.
pub struct Copying {
    store: Arc<Embedded>,
    /// The store refuses writes on behalf of this one, until it is dropped.
    holds: AtomicBool,
}

impl Copying {
    /// Has the store name what changes. Refused while somebody else copies it.
    pub async fn begin(store: Arc<Embedded>) -> Result<Copying, Error> {
        store.feed.listen()?;
        let copying = Copying { store, holds: AtomicBool::new(false) };
        // A group that was under way when the listening began is readable behind this one.
        copying.store.ask(prepare::nudge()).await?;
        Ok(copying)
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        self.store.feed.forget();
        if self.holds.load(Ordering::Acquire) {
            self.store.queue.hold(false);
        }
    }
}

#[async_trait]
impl Rows for Copying {
    async fn page(&self, family: Family, after: Option<&RowKey>, now_ms: i64) -> Result<Vec<Kept>, Error> {
        let from = match after {
            Some(name) => Edge::Excluded(keys::row_key(&name.partition, &name.key)?),
            None => Edge::Unbounded,
        };
        self.store.read(|tables| {
            let view = tables.view();
            let (mut page, mut bytes) = (Vec::new(), 0);
            for item in view.range(Space::from(family), (from, Edge::Unbounded)) {
                let (row_key, stored) = item.into_inner().map_err(table_error)?;
                let (partition, key) = keys::split(&row_key)
                    .ok_or_else(|| Error::Corrupt(format!("{} is no row's key", row_key.escape_ascii())))?;
                let name = RowKey {
                    family,
                    partition: Bytes::copy_from_slice(partition),
                    key: Bytes::copy_from_slice(key),
                };
                let found = read::unseal(&view, family, &row_key, (name.key.clone(), &stored), now_ms)?;
                // What is stored of a value in parts is its head.
                bytes += found.as_ref().map_or(0, |found| found.row.value.len()).max(stored.len());
                page.extend(found.map(|found| kept(name, found)));
                if page.len() >= PAGE_ROWS || bytes >= PAGE_BYTES && !page.is_empty() {
                    break;
                }
            }
            Ok(page)
        })
    }

    async fn kept(&self, names: &[RowKey], now_ms: i64) -> Result<HashMap<RowKey, Kept>, Error> {
        self.store.read(|tables| {
            let view = tables.view();
            let one = |name: &RowKey| row(&view, name, now_ms).transpose();
            names.iter().filter_map(one).map(|kept| kept.map(|kept| (kept.name.clone(), kept))).collect()
        })
    }
}

fn row(view: &View<'_>, name: &RowKey, now_ms: i64) -> Result<Option<Kept>, Error> {
    let row_key = keys::row_key(&name.partition, &name.key)?;
    let found = read::live(view, name.family, &row_key, name.key.clone(), now_ms)?;
    Ok(found.map(|found| kept(name.clone(), found)))
}

fn kept(name: RowKey, found: Found) -> Kept {
    let Head { number, token, expires_at_ms, .. } = found.head;
    Kept { name, value: found.row.value, version: number, token, expires_at_ms }
}

#[async_trait]
impl Source for Copying {
    fn name(&self) -> String {
        let id = self.store.id.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        format!("the data folder with the store {id}")
    }

    fn changed(&self) -> Result<Vec<RowKey>, Error> {
        let names = self.store.feed.take()?;
        let name = |(family, row_key): &(Family, fjall::UserKey)| {
            let (partition, key) = keys::split(row_key)?;
            let [partition, key] = [partition, key].map(Bytes::copy_from_slice);
            Some(RowKey { family: *family, partition, key })
        };
        Ok(names.iter().filter_map(name).collect())
    }

    async fn hold(&self) -> Result<(), Error> {
        self.holds.store(true, Ordering::Release);
        self.store.queue.hold(true);
        self.store.queue.ask_behind(prepare::nudge()).await.map(drop)
    }

    fn leave_held(&self) {
        self.holds.store(false, Ordering::Release);
    }
}
