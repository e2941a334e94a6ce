//! fjall's files, held open so that deleting them is cheap.
//!
//! fjall deletes a table while it holds the lock that every read and write needs, and a journal while it holds the
//! one of the journals. Giving back the blocks and the cached pages of 64 MiB takes a kernel some 70 ms. A file that
//! is open elsewhere loses its name only; its bytes go here, piece by piece. A file that has a name is never touched.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::embedded::files::DB_FOLDER;

/// Files held at once, the newest first: those are the next to be merged into others.
const HELD_MAX: usize = 512;
/// Smaller ones cost nothing to delete.
const HELD_MIN_BYTES: u64 = 1024 * 1024;
/// Bytes given back at once.
const PIECE_BYTES: u64 = 1024 * 1024;
/// Time left to others between two pieces.
const PIECE_REST: Duration = Duration::from_millis(1);

/// The files held.
#[derive(Debug)]
pub(crate) struct Held {
    /// fjall's folder.
    db: PathBuf,
    files: HashMap<PathBuf, File>,
}

impl Held {
    pub(crate) fn new(folder: &Path) -> Held {
        Held { db: folder.join(DB_FOLDER), files: HashMap::new() }
    }

    /// Takes hold of new files and gives back the bytes of those that were deleted. What cannot be held is deleted
    /// in fjall's way.
    pub(crate) fn turn(&mut self) {
        let gone: Vec<PathBuf> =
            self.files.iter().filter(|(_, file)| nameless(file)).map(|(p, _)| p.clone()).collect();
        for path in gone {
            if let Some(file) = self.files.remove(&path) {
                give_back(&file);
            }
        }
        let mut found = journals(&self.db);
        found.extend(tables(&self.db));
        found.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        found.truncate(HELD_MAX);
        let wanted: HashSet<&PathBuf> = found.iter().map(|(_, path)| path).collect();
        self.files.retain(|path, file| wanted.contains(path) || nameless(file));
        for (_, path) in found {
            if !self.files.contains_key(&path)
                && let Ok(file) = File::options().read(true).write(true).open(&path)
            {
                self.files.insert(path, file);
            }
        }
    }
}

/// The journals, before all tables.
fn journals(db: &Path) -> Vec<(u64, PathBuf)> {
    let journal = |path: &PathBuf| path.extension().is_some_and(|end| end == "jnl");
    entries(db).filter(journal).map(|path| (u64::MAX, path)).collect()
}

/// The tables large enough, with their ids.
fn tables(db: &Path) -> Vec<(u64, PathBuf)> {
    let keyspaces = entries(&db.join("keyspaces"));
    let tables = keyspaces.flat_map(|keyspace| entries(&keyspace.join("tables")));
    let large = |path: &PathBuf| fs::metadata(path).is_ok_and(|file| file.len() >= HELD_MIN_BYTES);
    let id = |path: &PathBuf| path.file_name()?.to_str()?.parse().ok();
    tables.filter(large).filter_map(|path| Some((id(&path)?, path))).collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
}

/// True when no name leads to the file any more, so that nobody can open it again.
#[cfg(unix)]
fn nameless(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|file| file.nlink() == 0)
}

#[cfg(not(unix))]
fn nameless(_: &File) -> bool {
    false
}

/// Shortens a deleted file to nothing.
fn give_back(file: &File) {
    let mut left = file.metadata().map_or(0, |file| file.len());
    while left > 0 && nameless(file) {
        left = left.saturating_sub(PIECE_BYTES);
        if file.set_len(left).is_err() {
            return;
        }
        std::thread::sleep(PIECE_REST);
    }
}
