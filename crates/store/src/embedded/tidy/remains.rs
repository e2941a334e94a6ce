//! What fjall lets go of, taken apart on a thread that nobody waits for.
//!
//! fjall drops the last handle of a full memtable, and deletes files, while it holds locks that reads and writes
//! need. Somebody else holding on makes both cheap for it; the real work is done here, later.

use std::any::Any;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use fjall::AbstractTree as _;

use super::files::Held;
use crate::Error;
use crate::embedded::tables::{Space, Tables};

/// Time between two turns.
const TICK: Duration = Duration::from_millis(200);
/// The keyspaces whose memtables are large enough to matter.
const LARGE: [Space; 4] = [Space::Fenced, Space::Register, Space::Blind, Space::Parts];

type Memtable = Arc<dyn Any + Send + Sync>;

/// Memtables that somebody has to drop; the last few are still being written.
#[derive(Default)]
pub(crate) struct Remains(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    memtables: Vec<Memtable>,
    /// Something was written since the last turn.
    news: bool,
}

impl std::fmt::Debug for Remains {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remains")
    }
}

impl Remains {
    /// Takes a handle of the memtables written to, before fjall can be done with them. To be called for each group.
    pub(crate) fn note(&self, tables: &Tables) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.news = true;
        for space in LARGE {
            let memtable: Memtable = tables.space(space).tree.active_memtable();
            if !seen.memtables.iter().rev().any(|other| Arc::ptr_eq(other, &memtable)) {
                seen.memtables.push(memtable);
            }
        }
    }

    /// Those that nobody else holds any more, and whether anything was written since.
    fn take(&self) -> (Vec<Memtable>, bool) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let dead = seen.memtables.extract_if(.., |memtable| Arc::strong_count(memtable) == 1).collect();
        (dead, std::mem::take(&mut seen.news))
    }
}

/// The running thread; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Burier {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Burier {
    pub(crate) fn start(folder: &Path, remains: Arc<Remains>) -> Result<Burier, Error> {
        let (stop, stopped) = mpsc::channel();
        let mut held = Held::new(folder);
        let thread = thread::Builder::new()
            .name("store-remains".into())
            .spawn(move || {
                let mut busy = true;
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    let (dead, news) = remains.take();
                    // Once more after the last write: fjall may only now be done with something.
                    if news || busy || !dead.is_empty() {
                        held.turn();
                    }
                    busy = news;
                    drop(dead);
                }
            })
            .map_err(|error| Error::Unavailable(format!("starting a thread: {error}")))?;
        Ok(Burier { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Burier {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
