//! Compaction: until nothing that was overwritten or deleted before is left in any file.
//!
//! An old value is in a journal, in a table, or in both. The journal is filled until fjall begins another and deletes
//! it; every table is merged anew; and it is done only when no file of before is left. Writes go on all the time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use fjall::AbstractTree as _;

use crate::embedded::files::DB_FOLDER;
use crate::embedded::health::Health;
use crate::embedded::slot::Slot;
use crate::embedded::tables::{Space, TABLE_BYTES, Tables, table_error};
use crate::embedded::write::prepare::{self, ERASED_KEY, ERASING_KEY};
use crate::embedded::write::queue::Queue;
use crate::{Compaction, Error};

/// More than a journal holds: fjall begins another after 64 MB.
const FILLERS_MAX: usize = 40;
/// Memtables of a calm store are flushed if they hold more together.
const CALM_BYTES: u64 = 1024 * 1024;
/// How long readers of the past, a backup above all, are waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);
/// All keyspaces.
const SPACES: [Space; 5] = [Space::Fenced, Space::Register, Space::Blind, Space::Parts, Space::Marks];

/// Compacts, one at a time.
#[derive(Debug)]
pub(crate) struct Compactor {
    pub(crate) folder: PathBuf,
    pub(crate) slot: Arc<Slot>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) health: Arc<Health>,
    /// Something is to be erased.
    pub(crate) erased: Arc<AtomicBool>,
    /// Held by who compacts or flushes.
    pub(crate) alone: Mutex<()>,
    /// Held while the tables are in use here.
    pub(crate) in_use: Arc<Mutex<()>>,
    /// Kept free on the disk.
    pub(crate) free_floor_bytes: u64,
}

impl Compactor {
    /// Compacts. Blocks until done.
    pub(crate) fn run(&self) -> Result<Compaction, Error> {
        let _alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes_before = size(&self.db());
        self.check_room(bytes_before)?;
        self.erased.store(false, Ordering::Release);
        let done = self.erase();
        if done.is_err() {
            self.erased.store(true, Ordering::Release);
        }
        self.health.note(done)?;
        metrics::counter!("store_compactions_total").increment(1);
        Ok(Compaction { bytes_before, bytes_after: size(&self.db()) })
    }

    /// Brings what is in memory into tables, and frees it, if it is much.
    pub(crate) fn flush(&self) -> Result<(), Error> {
        let _alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        let size = |tables: &Tables, space| tables.space(space).tree.active_memtable().size();
        let held = self.on(|tables| Ok(SPACES.iter().map(|space| size(tables, *space)).sum::<u64>()))?;
        if held < CALM_BYTES {
            return Ok(());
        }
        self.check_room(held)?;
        self.on(Tables::flush)?;
        self.let_go()
    }

    /// Does a step on the tables. The writer may have to reopen them, and waits for the step: no step may wait for
    /// the writer.
    fn on<T>(&self, step: impl FnOnce(&Tables) -> Result<T, Error>) -> Result<T, Error> {
        let _in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        let tables = self.slot.share()?;
        step(&tables)
    }

    fn db(&self) -> PathBuf {
        self.folder.join(DB_FOLDER)
    }

    /// Merging everything anew takes as much room as there is.
    fn check_room(&self, bytes: u64) -> Result<(), Error> {
        let free = fs4::available_space(&self.folder).unwrap_or(u64::MAX);
        if free < self.free_floor_bytes.saturating_add(bytes) {
            return Err(Error::Unavailable(format!(
                "compacting needs {bytes} bytes of free space beside the {} that are kept free: make room first",
                self.free_floor_bytes
            )));
        }
        Ok(())
    }

    fn erase(&self) -> Result<(), Error> {
        // The hint becomes the mark of a compaction under way, so that neither a crash nor a newer hint is missed.
        self.queue.ask_blocking(prepare::marks(&[(ERASING_KEY, true), (ERASED_KEY, false)]))?;
        let from = self.on(|tables| Ok(tables.db.visible_seqno()))?;
        self.leave_journals()?;
        let old: BTreeSet<PathBuf> = table_files(&self.db()).collect();
        let patient = |tables: &Tables| safe(tables) > from;
        self.until("somebody reads what was erased, maybe a backup", patient)?;
        for space in SPACES {
            self.on(|tables| merge(tables, space))?;
        }
        self.until("old tables are still in use", |_| old.iter().all(|path| !path.exists()))?;
        self.queue.ask_blocking(prepare::filler(false))?;
        self.queue.ask_blocking(prepare::marks(&[(ERASING_KEY, false)])).map(drop)
    }

    /// Has fjall begin another journal and delete those that there are.
    fn leave_journals(&self) -> Result<(), Error> {
        let last = journals(&self.db()).last().copied().unwrap_or(0);
        for _ in 0..FILLERS_MAX {
            self.on(Tables::flush)?;
            if journals(&self.db()).first().is_some_and(|first| *first > last) {
                return Ok(());
            }
            let begun = journals(&self.db()).last().is_some_and(|newest| *newest > last);
            self.queue.ask_blocking(if begun { prepare::nudge() } else { prepare::filler(true) })?;
        }
        Err(Error::Unavailable("an old journal is still in use".into()))
    }

    /// Waits for fjall to let go of something.
    fn until(&self, otherwise: &str, done: impl Fn(&Tables) -> bool) -> Result<(), Error> {
        let end = Instant::now() + PATIENCE;
        while !self.on(|tables| Ok(done(tables)))? {
            if Instant::now() > end {
                return Err(Error::Unavailable(otherwise.into()));
            }
            self.let_go()?;
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// fjall forgets versions of the past when a memtable is sealed, if something was written since.
    fn let_go(&self) -> Result<(), Error> {
        self.queue.ask_blocking(prepare::nudge())?;
        self.on(|tables| tables.space(Space::Marks).rotate_memtable().map_err(table_error).map(drop))
    }
}

/// What was overwritten before this sequence number, fjall may drop.
fn safe(tables: &Tables) -> u64 {
    tables.db.supervisor.snapshot_tracker.get_seqno_safe_to_gc()
}

/// Writes all tables of a keyspace anew, without what was overwritten.
fn merge(tables: &Tables, space: Space) -> Result<(), Error> {
    let tree = &tables.space(space).tree;
    if tree.table_count() == 0 {
        return Ok(());
    }
    tree.major_compact(TABLE_BYTES, safe(tables)).map_err(|error| table_error(error.into()))
}

/// The numbers of the journals, in order.
fn journals(db: &Path) -> Vec<u64> {
    let number = |path: PathBuf| path.file_name()?.to_str()?.strip_suffix(".jnl")?.parse().ok();
    let mut numbers: Vec<u64> = entries(db).filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

fn table_files(db: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    // fjall keeps its list of keyspaces in keyspace 0; nothing of ours is there.
    let ours = |path: &PathBuf| path.file_name().is_some_and(|name| name != "0");
    entries(&db.join("keyspaces")).filter(ours).flat_map(|keyspace| entries(&keyspace.join("tables")))
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
}

/// Bytes of all files under a folder.
fn size(folder: &Path) -> u64 {
    let file = |path: PathBuf| {
        if path.is_dir() { size(&path) } else { fs::metadata(&path).map_or(0, |file| file.len()) }
    };
    entries(folder).map(file).sum()
}
