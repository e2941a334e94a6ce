//! Restores a backup into a new folder.
//!
//! Until the last byte is proven and synced, and whoever restores says that all is there, the folder does not open; a
//! folder with anything in it is refused.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use fjall::{OwnedWriteBatch, PersistMode};

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

/// A folder with all rows of a backup, which does not open yet.
#[must_use]
pub struct Restored {
    folder: PathBuf,
    id: StoreId,
    report: BackupReport,
    /// Nobody else takes the folder meanwhile.
    _lock: File,
}

impl Restored {
    /// Lets the folder open: what belongs to the rows, if anything does, is there too. What was restored.
    pub fn ready(self) -> Result<BackupReport, Error> {
        open::end_restore(&self.folder, self.id)?;
        Ok(self.report)
    }
}

/// Reads a whole backup into `folder`, which must be empty or absent.
pub(crate) fn restore(reader: impl Read, folder: &Path) -> Result<Restored, Error> {
    fs::create_dir_all(folder).map_err(|error| file_error("creating", folder, &error))?;
    let mut entries = fs::read_dir(folder).map_err(|error| file_error("reading", folder, &error))?;
    if entries.next().is_some() {
        return Err(Error::Unavailable(format!(
            "{} is not empty: a backup is restored into a new folder only",
            folder.display()
        )));
    }
    let mut opened = open::begin_restore(folder, &EmbeddedOptions::default())?;
    let mut input = In::start(reader)?;
    let mut tally = Tally::default();
    loop {
        let (kind, block) = input.block()?;
        match kind {
            Kind::Rows => write_block(&mut opened, &block, &mut tally)?,
            Kind::End if stream::is_tally(&block, &tally) => break,
            Kind::End => return Err(stream::damaged()),
        }
    }
    let report = BackupReport { tally, stream_bytes: input.finish()? };
    let id = opened.id;
    let lock = finish(opened)?;
    Ok(Restored { folder: folder.to_owned(), id, report, _lock: lock })
}

/// One block is one group.
fn write_block(opened: &mut Opened, block: &[u8], tally: &mut Tally) -> Result<(), Error> {
    let tables = &opened.tables;
    opened.number += 1;
    let sequence_floor = tables.db.snapshot().seqno();
    let mark = Mark { id: opened.id, number: opened.number, sequence_floor };
    let mut batch =
        OwnedWriteBatch::with_capacity(tables.db.clone(), 1024).durability(Some(PersistMode::Buffer));
    batch.insert(tables.space(Space::Marks), MARK_KEY, mark.bytes());
    let mut rest = block;
    while !rest.is_empty() {
        let (space, key, value) = stream::take_row(&mut rest)?;
        let space = *HELD.get(usize::from(space)).ok_or_else(stream::damaged)?;
        envelope::open(key, value)?;
        tally.count(space, key, value);
        batch.insert(tables.space(space), key, value);
    }
    batch.commit().map_err(table_error)
}

/// Makes all rows durable; the lock goes on.
fn finish(opened: Opened) -> Result<File, Error> {
    let Opened { tables, watermark, number, lock, .. } = opened;
    tables.db.persist(PersistMode::SyncAll).map_err(table_error)?;
    tables.flush()?;
    watermark.write(number)?;
    watermark.sync()?;
    drop(tables);
    Ok(lock)
}
