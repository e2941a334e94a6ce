//! Opening a store's folder: lock, format, watermark, journals, fjall; then the writer and the keeper start.
//!
//! The order matters: nothing is changed before the lock is held, fjall never sees a journal that was not checked,
//! and a store behind its watermark is refused before anybody can write to it.

use std::fs::{self, File};
use std::path::Path;

use super::EmbeddedOptions;
use super::files::format::{self, Format, Stage, StoreId};
use super::files::journal::{self, Expect};
use super::files::manifest::{self, Depth};
use super::files::scan::{MARK_KEY, Mark};
use super::files::watermark::Watermark;
use super::files::{DB_FOLDER, file_error, sync_folder};
use super::tables::{Lookup, Space, Tables};
use super::write::prepare::{ERASED_KEY, ERASING_KEY};
use crate::Error;

/// A folder that is open and proven, not yet served.
pub(crate) struct Opened {
    pub(crate) lock: File,
    pub(crate) id: StoreId,
    pub(crate) tables: Tables,
    pub(crate) watermark: Watermark,
    /// The number of the last group in the store.
    pub(crate) number: u64,
    /// Something is still to be erased.
    pub(crate) erased: bool,
}

/// True when the folder holds a store.
pub(crate) fn exists(folder: &Path) -> Result<bool, Error> {
    Ok(Format::read(folder)?.is_some())
}

/// Opens the folder, or makes a new store in it. The depth says how much of the tables is proven beforehand.
pub(crate) fn open(folder: &Path, options: &EmbeddedOptions, depth: Depth) -> Result<Opened, Error> {
    let lock = take(folder)?;
    match Format::read(folder)? {
        Some(format) if format.stage == Stage::Ready => {
            manifest::check(folder, depth)?;
            open_ready(folder, options, lock, format.id)
        }
        Some(format) if format.stage == Stage::Restoring => Err(Error::Corrupt(format!(
            "the restore into {} did not finish: delete the folder and restore again",
            folder.display()
        ))),
        former => {
            let opened = create(folder, options, lock, former)?;
            Format { id: opened.id, stage: Stage::Ready }.write(folder)?;
            Ok(opened)
        }
    }
}

/// Makes a store that does not open until `end_restore`.
pub(crate) fn begin_restore(folder: &Path, options: &EmbeddedOptions) -> Result<Opened, Error> {
    let lock = take(folder)?;
    let format = Format::fresh(Stage::Restoring);
    format.write(folder)?;
    create(folder, options, lock, Some(format))
}

/// Makes a restored folder a store.
pub(crate) fn end_restore(folder: &Path, id: StoreId) -> Result<(), Error> {
    Format { id, stage: Stage::Ready }.write(folder)
}

fn take(folder: &Path) -> Result<File, Error> {
    fs::create_dir_all(folder).map_err(|error| file_error("creating", folder, &error))?;
    format::lock(folder)
}

/// Makes the files of a new store. Whatever a former try left was never acknowledged.
fn create(
    folder: &Path,
    options: &EmbeddedOptions,
    lock: File,
    former: Option<Format>,
) -> Result<Opened, Error> {
    let db = folder.join(DB_FOLDER);
    let exists = db.try_exists().map_err(|error| file_error("reading", &db, &error))?;
    if exists && former.is_none() {
        return Err(Error::Corrupt(format!(
            "{} holds a database but no format file: restore a backup, or choose an empty folder",
            folder.display()
        )));
    }
    let format = former.unwrap_or_else(|| Format::fresh(Stage::Creating));
    format.write(folder)?;
    if exists {
        fs::remove_dir_all(&db).map_err(|error| file_error("clearing", &db, &error))?;
    }
    let watermark = Watermark::create(folder, format.id)?;
    let tables = Tables::open(folder, options)?;
    sync_folder(folder)?;
    Ok(Opened { lock, id: format.id, tables, watermark, number: 0, erased: false })
}

fn open_ready(folder: &Path, options: &EmbeddedOptions, lock: File, id: StoreId) -> Result<Opened, Error> {
    let mut watermark = match Watermark::open(folder, id) {
        Err(Error::Behind(cause)) if options.accept_loss => {
            tracing::warn!(cause, "going on without a watermark, as asked");
            Watermark::create(folder, id)?
        }
        other => other?,
    };
    #[cfg(feature = "planted")]
    let options = &EmbeddedOptions {
        accept_loss: options.accept_loss || options.planted == Some(crate::Planted::TornTailAccepted),
        ..options.clone()
    };
    let expect = Expect { id, watermark: watermark.number(), accept_loss: options.accept_loss };
    let in_journals = journal::check(folder, expect)?;
    let tables = Tables::open(folder, options)?;
    let in_tables = read_mark(&tables, id)?.unwrap_or(0);
    let number = in_journals.unwrap_or(in_tables);
    if number < watermark.number() {
        let behind = format!(
            "{} holds group {number}, but group {} was acknowledged: restore a backup, or start once with \
             --accept-loss to go on with what is left",
            folder.display(),
            watermark.number()
        );
        if !options.accept_loss {
            return Err(Error::Behind(behind));
        }
        tracing::warn!(behind, "going on with loss, as asked");
        watermark = Watermark::create(folder, id)?;
    }
    let number = number.max(in_tables);
    watermark.write(number)?;
    watermark.sync()?;
    let stands = |key| Ok(tables.stored(Space::Marks, key)?.is_some());
    let erased = stands(ERASED_KEY)? || stands(ERASING_KEY)?;
    Ok(Opened { lock, id, tables, watermark, number, erased })
}

fn read_mark(tables: &Tables, id: StoreId) -> Result<Option<u64>, Error> {
    let Some(stored) = tables.stored(Space::Marks, MARK_KEY)? else { return Ok(None) };
    let mark = Mark::parse(&stored, id)
        .ok_or_else(|| Error::Corrupt("the mark of the last group is of another store".into()))?;
    Ok(Some(mark.number))
}
