//! Zeros written ahead into the journal, so that a sync has no new blocks to make durable.
//!
//! fjall makes a journal of holes; a sync of a write into a hole waits for the file system's own journal, and so for
//! whatever other programs write. Only the writer's thread comes here, between two groups, and it writes zeros only
//! where it just read zeros: what the journal holds never changes. All of it may fail or not happen.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::embedded::files::DB_FOLDER;

/// Written at once, in a quiet moment.
const PIECE_BYTES: usize = 512 * 1024;
/// Zeros kept ahead of what is written.
const AHEAD_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes that a row takes in the journal beside its key and value, and a group beside its rows, at most.
const ROW_BYTES: u64 = 32;

/// How far the newest journal is written, and how far its blocks exist.
#[derive(Debug)]
pub(crate) struct Ahead {
    db: PathBuf,
    journal: Option<(PathBuf, File)>,
    /// Where the zeros end.
    end: u64,
    /// Where the groups end, about.
    written: u64,
    /// A piece as read, and as written.
    piece: Vec<u8>,
}

impl Ahead {
    pub(crate) fn new(folder: &Path) -> Ahead {
        Ahead { db: folder.join(DB_FOLDER), journal: None, end: 0, written: 0, piece: Vec::new() }
    }

    /// Counts a group of so many rows and bytes.
    pub(crate) fn count(&mut self, rows: usize, bytes: usize) {
        self.written += bytes as u64 + (rows as u64 + 2) * ROW_BYTES;
    }

    /// Writes the next piece if one is due. The caller must be the one who writes to the journal.
    pub(crate) fn turn(&mut self) {
        if self.end > self.written + AHEAD_BYTES {
            return;
        }
        if self.piece().is_none() {
            // The journal is full or another has followed it: its beginning may be written already.
            self.find();
        }
    }

    /// True when a piece was written, or found to be.
    fn piece(&mut self) -> Option<()> {
        let (_, file) = self.journal.as_ref()?;
        let left = file.metadata().ok()?.len().checked_sub(self.end).filter(|left| *left > 0)?;
        self.piece.resize(PIECE_BYTES.min(usize::try_from(left).ok()?), 0);
        read_at(file, &mut self.piece, self.end)?;
        if self.piece.iter().all(|byte| *byte == 0) {
            write_at(file, &self.piece, self.end)?;
            file.sync_data().ok()?;
        }
        self.end += self.piece.len() as u64;
        Some(())
    }

    fn find(&mut self) {
        let newest = fs::read_dir(&self.db).into_iter().flatten().filter_map(|entry| {
            let path = entry.ok()?.path();
            let number: u64 = path.file_name()?.to_str()?.strip_suffix(".jnl")?.parse().ok()?;
            Some((number, path))
        });
        let Some((_, path)) = newest.max() else { return };
        if self.journal.as_ref().is_some_and(|(known, _)| *known == path) {
            return;
        }
        let file = File::options().read(true).write(true).open(&path);
        self.journal = file.ok().map(|file| (path, file));
        (self.end, self.written) = (0, 0);
    }
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> Option<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, at).ok()
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> Option<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at).ok()
}

#[cfg(not(unix))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> Option<()> {
    None
}

#[cfg(not(unix))]
fn write_at(_: &File, _: &[u8], _: u64) -> Option<()> {
    None
}
