//! Restores a backup into a new folder, and what every filling of a new folder goes by.
//!
//! Until the last byte is proven and synced, and whoever restores says that all is there, the folder does not open; a
//! folder with anything in it is refused.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use fjall::{OwnedWriteBatch, PersistMode, UserKey, UserValue};

use super::backup::BackupReport;
use super::stream::{self, In, Kind};
use super::{HELD, Tally};
use crate::Error;
use crate::embedded::EmbeddedOptions;
use crate::embedded::files::file_error;
use crate::embedded::files::format::StoreId;
use crate::embedded::files::scan::{MARK_KEY, Mark};
use crate::embedded::open::{self, Opened};
use crate::embedded::rows::envelope;
use crate::embedded::tables::{Space, table_error};

const OWNER_ONLY: u32 = 0o700;

/// A folder with all its rows, which does not open yet.
#[must_use]
pub struct Restored {
    folder: PathBuf,
    id: StoreId,
    /// Nobody else takes the folder meanwhile.
    _lock: File,
}

impl Restored {
    /// Lets the folder open: what belongs to the rows, if anything does, is there too.
    pub fn ready(self) -> Result<(), Error> {
        open::end_restore(&self.folder, self.id)
    }
}

/// Reads a whole backup into `folder`, which must be empty or absent.
pub(crate) fn restore(reader: impl Read, folder: &Path) -> Result<(Restored, BackupReport), Error> {
    let mut opened = begin(folder)?;
    let mut input = In::start(reader)?;
    let mut tally = Tally::default();
    loop {
        let (kind, block) = input.block()?;
        match kind {
            // One block is one group.
            Kind::Rows => write_group(&mut opened, rows_of(&block, &mut tally)?)?,
            Kind::End if stream::is_tally(&block, &tally) => break,
            Kind::End => return Err(stream::damaged()),
        }
    }
    let stream_bytes = input.finish()?;
    Ok((finish(folder, opened)?, BackupReport { tally, stream_bytes }))
}

/// Makes a store that does not open, in a folder that is empty or absent.
pub(super) fn begin(folder: &Path) -> Result<Opened, Error> {
    // Only its owner can enter it, as every data folder.
    let made = fs::DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(folder);
    made.map_err(|error| file_error("creating", folder, &error))?;
    let mut entries = fs::read_dir(folder).map_err(|error| file_error("reading", folder, &error))?;
    if entries.next().is_some() {
        return Err(Error::Unavailable(format!(
            "{} is not empty: only a new folder is filled",
            folder.display()
        )));
    }
    open::begin_restore(folder, &EmbeddedOptions::default())
}

/// A row as it is stored.
type Stored = (Space, UserKey, UserValue);

/// The rows of a block, proven and counted.
fn rows_of(block: &[u8], tally: &mut Tally) -> Result<Vec<Stored>, Error> {
    let (mut rows, mut rest) = (Vec::new(), block);
    while !rest.is_empty() {
        let (space, key, value) = stream::take_row(&mut rest)?;
        let space = *HELD.get(usize::from(space)).ok_or_else(stream::damaged)?;
        envelope::open(key, value)?;
        tally.count(space, key, value);
        rows.push((space, key.into(), value.into()));
    }
    Ok(rows)
}

pub(super) fn write_group(opened: &mut Opened, rows: Vec<Stored>) -> Result<(), Error> {
    let tables = &opened.tables;
    opened.number += 1;
    let sequence_floor = tables.db.snapshot().seqno();
    let mark = Mark { id: opened.id, number: opened.number, sequence_floor };
    let mut batch =
        OwnedWriteBatch::with_capacity(tables.db.clone(), 1024).durability(Some(PersistMode::Buffer));
    batch.insert(tables.space(Space::Marks), MARK_KEY, mark.bytes());
    for (space, key, value) in rows {
        batch.insert(tables.space(space), key, value);
    }
    batch.commit().map_err(table_error)
}

/// Makes all rows durable. The folder does not open yet.
pub(super) fn finish(folder: &Path, opened: Opened) -> Result<Restored, Error> {
    let Opened { tables, watermark, id, number, lock, .. } = opened;
    tables.db.persist(PersistMode::SyncAll).map_err(table_error)?;
    tables.flush()?;
    watermark.write(number)?;
    watermark.sync()?;
    drop(tables);
    Ok(Restored { folder: folder.to_owned(), id, _lock: lock })
}
