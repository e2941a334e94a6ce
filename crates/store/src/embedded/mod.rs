//! The embedded engine: fjall in one folder, group commit of our own in front of it.
//!
//! What is acknowledged is synced; what is read is synced. One thread writes, readers read on their own tasks. Any
//! doubt about the disk ends the store for good until the folder is opened again.

mod copying;
#[cfg(feature = "faults")]
mod faults;
mod feed;
mod files;
mod health;
mod keeper;
mod open;
mod read;
mod rows;
mod slot;
mod tables;
mod tidy;
mod whole;
mod write;

pub use copying::Copying;
#[cfg(feature = "faults")]
pub use faults::Faults;
pub use whole::Tally;
pub use whole::backup::BackupReport;
pub use whole::check::{CheckReport, check};
pub use whole::restore::Restored;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::{mpsc, watch};

use self::feed::Feed;
use self::files::format::StoreId;
use self::files::manifest::Depth;
use self::health::Health;
use self::keeper::{Keeper, Pulse};
use self::slot::Slot;
use self::tables::Tables;
use self::tidy::compact::Compactor;
use self::tidy::remains::{Burier, Remains};
use self::tidy::steward::{Steward, Stop};
use self::write::ahead::Ahead;
use self::write::disk::Disk;
use self::write::prepare;
use self::write::queue::Queue;
use self::write::writer::Writer;
use crate::whole::{Giver, Taker, Whole};
use crate::{
    Capabilities, Clock, Commit, Compaction, Durability, Error, Level, Outcome, Range, Row, RowKey, Store,
    Write, limits,
};

/// Takes a folder for this program, as opening the store in it would; it is free again when the file is dropped.
pub fn lock(folder: &Path) -> Result<std::fs::File, Error> {
    files::format::lock(folder)
}

/// Memory for blocks read from disk, shared by all families. The system caches the files themselves.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
/// Writes are refused while less than this is free: what is in memory must still fit.
const FREE_FLOOR_BYTES: u64 = 64 * 1024 * 1024;

/// Rows that wait to be given to another store.
const GIVEN_WAITING: usize = 1_024;
/// Time between compactions, if there is something to erase.
const COMPACT_AFTER: Duration = Duration::from_secs(3600);

/// How to open an embedded store.
#[derive(Clone, Debug)]
pub struct EmbeddedOptions {
    /// Decides what has expired.
    pub clock: Clock,
    /// Bytes of memory for blocks read from disk.
    pub cache_bytes: u64,
    /// Writes answer `Full` while the disk has fewer bytes free.
    pub free_floor_bytes: u64,
    /// Something that was erased is gone from the files so long afterwards, about: then the store compacts itself.
    pub compact_after: Duration,
    /// Open a store that has lost acknowledged rows, with what is left of it.
    pub accept_loss: bool,
    /// Failures to inject.
    #[cfg(feature = "faults")]
    pub faults: Faults,
    /// A defect to switch on.
    #[cfg(feature = "planted")]
    pub planted: Option<crate::Planted>,
}

impl Default for EmbeddedOptions {
    fn default() -> EmbeddedOptions {
        EmbeddedOptions {
            clock: Clock::system(),
            cache_bytes: CACHE_BYTES,
            free_floor_bytes: FREE_FLOOR_BYTES,
            compact_after: COMPACT_AFTER,
            accept_loss: false,
            #[cfg(feature = "faults")]
            faults: Faults::default(),
            #[cfg(feature = "planted")]
            planted: None,
        }
    }
}

/// A store in a folder of this machine. Dropping it without `close` loses nothing acknowledged.
#[derive(Debug)]
pub struct Embedded {
    /// The store's name for itself, for ever.
    id: StoreId,
    slot: Arc<Slot>,
    queue: Arc<Queue>,
    /// What changes, for whoever copies the store.
    feed: Arc<Feed>,
    health: Arc<Health>,
    clock: Clock,
    /// The writer is to bring everything into tables before it ends.
    flush_at_end: Arc<AtomicBool>,
    /// How the writer ended, once it has.
    ended: watch::Receiver<Option<Result<(), Error>>>,
    writer: Option<thread::JoinHandle<()>>,
    _keeper: Keeper,
    _burier: Burier,
    compactor: Arc<Compactor>,
    _steward: Stop,
}

impl Embedded {
    /// Opens the store in `folder`, or makes a new one there. Blocks while journals are replayed.
    pub fn open(folder: impl AsRef<Path>, options: EmbeddedOptions) -> Result<Embedded, Error> {
        let folder = folder.as_ref();
        let opened = open::open(folder, &options, Depth::Ends)?;
        let queue = Arc::new(Queue::new());
        let health = Arc::new(Health::new());
        let pulse = Arc::new(Pulse::new());
        let watermark = Arc::new(opened.watermark);
        let keeper = Keeper::start(watermark.clone(), health.clone(), pulse.clone())?;
        let remains = Arc::new(Remains::default());
        let burier = Burier::start(folder, remains.clone())?;
        let slot = Arc::new(Slot::new(opened.tables));
        let erased = Arc::new(AtomicBool::new(opened.erased));
        let in_use = Arc::new(Mutex::default());
        let compactor = Arc::new(Compactor {
            folder: folder.to_path_buf(),
            slot: slot.clone(),
            queue: queue.clone(),
            health: health.clone(),
            erased: erased.clone(),
            alone: Mutex::default(),
            in_use: in_use.clone(),
            free_floor_bytes: options.free_floor_bytes,
        });
        let steward = Steward {
            compactor: compactor.clone(),
            watermark: watermark.clone(),
            erased: erased.clone(),
            pace: options.compact_after,
        };
        let (id, feed) = (opened.id, Arc::new(Feed::default()));
        let disk = Disk {
            folder: folder.to_path_buf(),
            options: options.clone(),
            slot: slot.clone(),
            watermark: watermark.clone(),
            id,
            number: opened.number,
            was_full: false,
            remains,
            erased: erased.clone(),
            in_use: in_use.clone(),
            ahead: Ahead::new(folder),
            feed: feed.clone(),
        };
        let writer = Writer {
            queue: queue.clone(),
            disk,
            health: health.clone(),
            pulse,
            clock: options.clock.clone(),
            lock: opened.lock,
            #[cfg(feature = "planted")]
            planted: options.planted,
        };
        let Started { thread, flush_at_end, ended } = start_writer(writer)?;
        let steward = steward.start()?;
        Ok(Embedded {
            id,
            slot,
            queue,
            feed,
            health,
            clock: options.clock,
            flush_at_end,
            ended,
            writer: Some(thread),
            _keeper: keeper,
            _burier: burier,
            compactor,
            _steward: steward,
        })
    }

    /// Writes everything durable at this instant to one stream while the store goes on working. Blocks until done.
    /// A close meanwhile leaves the folder locked until the backup ends.
    pub fn backup(&self, writer: impl std::io::Write) -> Result<BackupReport, Error> {
        let tables = self.slot.share()?;
        self.health.note(whole::backup::backup(&tables, writer))
    }

    /// Reads a backup into a new, empty folder, proves all of it and makes it durable; the folder opens once that is
    /// said to be [ready](Restored::ready). If it fails or is interrupted, the folder does not open and may be deleted.
    pub fn restore(
        reader: impl std::io::Read,
        folder: impl AsRef<Path>,
    ) -> Result<(Restored, BackupReport), Error> {
        whole::restore::restore(reader, folder.as_ref())
    }

    /// Fills a new, empty folder with the rows of another store, and makes it durable; the folder opens once that is said to
    /// be [ready](Restored::ready). Blocks until done.
    pub fn fill(folder: impl AsRef<Path>, rows: &mut Taker) -> Result<Restored, Error> {
        whole::rows::fill(folder.as_ref(), rows)
    }

    /// Runs a read on the open tables; damage it meets ends the store.
    fn read<T>(&self, read: impl FnOnce(&Tables) -> Result<T, Error>) -> Result<T, Error> {
        let started = Instant::now();
        let result = self.health.note(self.slot.read(read));
        metrics::histogram!("store_read_seconds").record(started.elapsed().as_secs_f64());
        result
    }

    async fn ask(&self, prepared: prepare::Prepared) -> Result<Outcome, Error> {
        self.health.check()?;
        self.queue.ask(prepared).await
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// A writer at work, and what it shares with the handle.
struct Started {
    thread: thread::JoinHandle<()>,
    flush_at_end: Arc<AtomicBool>,
    ended: watch::Receiver<Option<Result<(), Error>>>,
}

fn start_writer(mut writer: Writer) -> Result<Started, Error> {
    let flush_at_end = Arc::new(AtomicBool::new(false));
    let flush = flush_at_end.clone();
    let (ending, ended) = watch::channel(None);
    let work = move || {
        let fall = Fall { queue: writer.queue.clone(), health: writer.health.clone() };
        writer.run();
        drop(fall);
        let Writer { disk, health, lock, .. } = writer;
        let result = end(&disk, &health, flush.load(Ordering::Acquire));
        drop(lock);
        ending.send_replace(Some(result));
    };
    let thread = thread::Builder::new()
        .name("store-writer".into())
        .spawn(work)
        .map_err(|error| Error::Unavailable(format!("starting a thread: {error}")))?;
    Ok(Started { thread, flush_at_end, ended })
}

/// Tells everybody when the writer panics, which it must not; nobody would be answered any more.
struct Fall {
    queue: Arc<Queue>,
    health: Arc<Health>,
}

impl Drop for Fall {
    fn drop(&mut self) {
        if thread::panicking() {
            self.health.fail(&Error::Poisoned("the writer panicked".into()));
            self.queue.abandon();
        }
    }
}

/// Closes the tables. With `flush`, the folder then opens quickly.
fn end(disk: &Disk, health: &Health, flush: bool) -> Result<(), Error> {
    let tables = disk.slot.take();
    health.check()?;
    if let Some(tables) = tables.filter(|_| flush) {
        tables.flush()?;
    }
    disk.watermark.sync()
}

#[async_trait]
impl Whole for Embedded {
    async fn give(&self, to: &mut Giver) -> Result<(), Error> {
        let (tables, now_ms) = (self.slot.share()?, self.clock.now_ms());
        let (out, mut rows) = mpsc::channel(GIVEN_WAITING);
        let gone = |_| Error::Unavailable("whoever takes the rows has given up".into());
        let visit = move |row| out.blocking_send(row).map_err(gone);
        let reading = tokio::task::spawn_blocking(move || whole::rows::each(&tables, now_ms, visit));
        while let Some(row) = rows.recv().await {
            to.push(row).await?;
        }
        reading.await.map_err(|error| Error::Unavailable(format!("reading ended: {error}")))?
    }
}

#[async_trait]
impl Store for Embedded {
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        self.ask(prepare::commit(&commit)?).await
    }

    async fn merge_max(
        &self,
        key: RowKey,
        n: u64,
        value: Bytes,
        durability: Durability,
    ) -> Result<(), Error> {
        self.ask(prepare::register(&key, n, value, durability)?).await.map(drop)
    }

    async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error> {
        self.ask(prepare::blind(&writes, durability)?).await.map(drop)
    }

    async fn get(&self, key: &RowKey, _: Level) -> Result<Option<Row>, Error> {
        self.read(|tables| read::get(tables, key, self.clock.now_ms()))
    }

    async fn range(&self, range: Range, _: Level) -> Result<Vec<Row>, Error> {
        self.read(|tables| read::range(tables, &range, self.clock.now_ms()))
    }

    async fn multi_get(&self, keys: &[RowKey], _: Level) -> Result<Vec<Option<Row>>, Error> {
        let now_ms = self.clock.now_ms();
        self.read(|tables| {
            let view = tables.view();
            keys.iter().map(|key| read::get_at(&view, key, now_ms)).collect()
        })
    }

    async fn compact(&self) -> Result<Compaction, Error> {
        let compactor = self.compactor.clone();
        let done = tokio::task::spawn_blocking(move || compactor.run()).await;
        done.unwrap_or_else(|error| {
            Err(Error::Unavailable(format!("the compaction was broken off: {error}")))
        })
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_commit_rows: limits::MAX_ROWS,
            max_commit_bytes: limits::MAX_BYTES,
            max_value_bytes: limits::MAX_BYTES,
            expiry: true,
            durability_proven: true,
        }
    }

    async fn failed(&self) -> Error {
        self.health.failed().await
    }

    async fn close(&self) -> Result<(), Error> {
        self.flush_at_end.store(true, Ordering::Release);
        self.queue.close();
        let mut ended = self.ended.clone();
        let result = ended.wait_for(Option::is_some).await;
        result.ok().and_then(|result| result.clone()).unwrap_or(Ok(()))
    }
}
