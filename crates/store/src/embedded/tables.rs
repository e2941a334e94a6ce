//! fjall as this engine uses it: five keyspaces, their settings, and its errors in our words.
//!
//! One keyspace a family, one for the parts of large values, one for the marks of the groups. Nothing here is
//! written except by the writer's batches.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fjall::compaction::Leveled;
use fjall::{
    CompressionType, Database, Iter, Keyspace, KeyspaceCreateOptions, PersistMode, Readable, UserValue,
};

use super::rows::expiry::ExpiryFactory;
use super::rows::keys::Edges;
use super::tidy::priority;
use super::{EmbeddedOptions, files};
use crate::{Error, Family};

/// Journals beyond this are flushed away; it bounds the time to open. fjall takes no less than 64 MiB.
const MAX_JOURNAL_BYTES: u64 = 128 * 1024 * 1024;
/// Rows of a family gathered in memory before they become a table.
const MEMTABLE_BYTES: u64 = 32 * 1024 * 1024;
/// The same for the marks: one small row a group.
const MARKS_MEMTABLE_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes of a table. fjall ends the last table of a merge while it holds a lock that all reads and writes need.
pub(crate) const TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// How often closing looks whether the flushes are done.
const FLUSH_POLL: std::time::Duration = std::time::Duration::from_millis(2);

/// A keyspace of this engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Space {
    Fenced,
    Register,
    Blind,
    /// Parts of values too large for one row.
    Parts,
    /// The mark of the last group.
    Marks,
}

impl Space {
    fn name(self) -> &'static str {
        match self {
            Space::Fenced => "fenced",
            Space::Register => "register",
            Space::Blind => "blind",
            Space::Parts => "parts",
            Space::Marks => "marks",
        }
    }

    /// Whose rows are here, where they are rows that callers wrote.
    pub(crate) fn family(self) -> Option<Family> {
        match self {
            Space::Fenced => Some(Family::Fenced),
            Space::Register => Some(Family::Register),
            Space::Blind => Some(Family::Blind),
            Space::Parts | Space::Marks => None,
        }
    }
}

impl From<Family> for Space {
    fn from(family: Family) -> Space {
        match family {
            Family::Fenced => Space::Fenced,
            Family::Register => Space::Register,
            Family::Blind => Space::Blind,
        }
    }
}

/// The open database. Clones share it; fjall ends when the last one goes.
#[derive(Clone)]
pub(crate) struct Tables {
    pub(crate) db: Database,
    spaces: [Keyspace; 5],
    /// False while no value ever lay in parts, which spares every write a look for stale ones.
    parted: Arc<AtomicBool>,
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tables")
    }
}

impl Tables {
    /// Opens or creates the database in `folder`; the journals must have been checked.
    pub(crate) fn open(folder: &Path, options: &EmbeddedOptions) -> Result<Tables, Error> {
        let clock = options.clock.clone();
        let db = Database::builder(folder.join(files::DB_FOLDER))
            .cache_size(options.cache_bytes)
            .max_journaling_size(MAX_JOURNAL_BYTES)
            .journal_compression(CompressionType::None)
            .with_compaction_filter_factories(Arc::new(move |name| {
                (name != Space::Marks.name()).then(|| ExpiryFactory::shared(clock.clone()))
            }))
            .open()
            .map_err(|error| open_error(folder, error))?;
        let open = |space: Space| {
            let memtable = if space == Space::Marks { MARKS_MEMTABLE_BYTES } else { MEMTABLE_BYTES };
            let merging = Leveled::default().with_table_target_size(TABLE_BYTES);
            let options = || {
                let options = KeyspaceCreateOptions::default().max_memtable_size(memtable);
                options.compaction_strategy(Arc::new(merging))
            };
            db.keyspace(space.name(), options).map_err(|error| open_error(folder, error))
        };
        let spaces = [
            open(Space::Fenced)?,
            open(Space::Register)?,
            open(Space::Blind)?,
            open(Space::Parts)?,
            open(Space::Marks)?,
        ];
        priority::lower();
        let parted = !spaces[Space::Parts as usize].is_empty().map_err(|error| open_error(folder, error))?;
        Ok(Tables { db, spaces, parted: Arc::new(parted.into()) })
    }

    pub(crate) fn space(&self, space: Space) -> &Keyspace {
        &self.spaces[space as usize]
    }

    /// A view of one instant.
    pub(crate) fn view(&self) -> View<'_> {
        View { tables: self, snapshot: self.db.snapshot() }
    }

    /// Brings everything in memory into tables, so that the next opening has little to replay. Fails when the
    /// engine's own threads have given up, instead of waiting for them.
    pub(crate) fn flush(&self) -> Result<(), Error> {
        for keyspace in &self.spaces {
            keyspace.rotate_memtable().map_err(table_error)?;
        }
        while self.spaces.iter().any(|keyspace| keyspace.sealed_memtable_count() > 0) {
            self.db.persist(PersistMode::SyncData).map_err(table_error)?;
            std::thread::sleep(FLUSH_POLL);
        }
        Ok(())
    }

    /// True once any value lies in parts.
    pub(crate) fn parted(&self) -> bool {
        self.parted.load(Ordering::Relaxed)
    }

    /// To be called before the first value is stored in parts.
    pub(crate) fn note_parted(&self) {
        self.parted.store(true, Ordering::Relaxed);
    }
}

/// A consistent view of all keyspaces.
pub(crate) struct View<'t> {
    tables: &'t Tables,
    snapshot: fjall::Snapshot,
}

impl View<'_> {
    pub(crate) fn range(&self, space: Space, edges: Edges) -> Iter {
        self.snapshot.range(self.tables.space(space), edges)
    }

    pub(crate) fn all(&self, space: Space) -> Iter {
        self.snapshot.iter(self.tables.space(space))
    }
}

/// Whatever can look a stored row up: the tables as they are now, a view, or a group not yet written.
pub(crate) trait Lookup {
    /// The stored bytes under a whole key.
    fn stored(&self, space: Space, key: &[u8]) -> Result<Option<UserValue>, Error>;
}

impl Lookup for View<'_> {
    fn stored(&self, space: Space, key: &[u8]) -> Result<Option<UserValue>, Error> {
        self.snapshot.get(self.tables.space(space), key).map_err(table_error)
    }
}

impl Lookup for Tables {
    fn stored(&self, space: Space, key: &[u8]) -> Result<Option<UserValue>, Error> {
        self.space(space).get(key).map_err(table_error)
    }
}

/// An error of fjall while running: the disk failed, or its bytes are wrong.
pub(crate) fn table_error(error: fjall::Error) -> Error {
    match error {
        fjall::Error::Io(cause) | fjall::Error::Storage(fjall::LsmError::Io(cause)) => {
            if matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
                Error::Full
            } else if matches!(cause.kind(), ErrorKind::UnexpectedEof | ErrorKind::InvalidData) {
                Error::Corrupt(cause.to_string())
            } else {
                Error::Poisoned(cause.to_string())
            }
        }
        fjall::Error::Poisoned => {
            Error::Poisoned("the engine gave up after a failed flush or compaction".into())
        }
        fjall::Error::Locked => Error::Locked("the folder".into()),
        other => Error::Corrupt(other.to_string()),
    }
}

fn open_error(folder: &Path, error: fjall::Error) -> Error {
    match table_error(error) {
        Error::Locked(_) => Error::Locked(folder.display().to_string()),
        Error::Poisoned(cause) => Error::Unavailable(cause),
        other => other,
    }
}
