//! The watermark: the number of the last acknowledged group, kept apart from the journal.
//!
//! It is written after each group is durable and before it is answered, so it survives a kill of the process; it is
//! synced at most once a second and on close, so a power loss may find it older, never newer. A store behind it has
//! lost something acknowledged.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use super::file_error;
use super::format::StoreId;
use crate::Error;

const FILE: &str = "watermark";
/// Two slots in two sectors, written in turn, so that a torn write leaves the older one.
const SLOT_DISTANCE: u64 = 4096;
/// Number (8), store id (16), checksum (8).
const SLOT_BYTES: usize = 32;

/// The open watermark file.
#[derive(Debug)]
pub(crate) struct Watermark {
    path: PathBuf,
    id: StoreId,
    file: Mutex<File>,
    /// The number last written.
    written: AtomicU64,
    /// The number known to survive a power loss.
    synced: AtomicU64,
}

impl Watermark {
    /// Makes the file of a new store, at zero.
    pub(crate) fn create(folder: &Path, id: StoreId) -> Result<Watermark, Error> {
        let path = folder.join(FILE);
        let file = File::options()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|error| file_error("creating", &path, &error))?;
        let mark = Watermark { path, id, file: Mutex::new(file), written: 0.into(), synced: u64::MAX.into() };
        mark.write(0)?;
        mark.sync()?;
        Ok(mark)
    }

    /// Opens the file of a store and reads the highest valid slot.
    pub(crate) fn open(folder: &Path, id: StoreId) -> Result<Watermark, Error> {
        let path = folder.join(FILE);
        let mut file = File::options()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|error| missing(&format!("{} cannot be opened: {error}", path.display())))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| file_error("reading", &path, &error))?;
        let slots = [bytes.get(..), bytes.get(SLOT_DISTANCE as usize..)];
        let highest = slots.into_iter().flatten().filter_map(|slot| read_slot(slot, id)).max();
        let number = highest.ok_or_else(|| missing(&format!("{} holds no valid number", path.display())))?;
        Ok(Watermark { path, id, file: Mutex::new(file), written: number.into(), synced: number.into() })
    }

    /// The number of the last acknowledged group, as far as this file knows.
    pub(crate) fn number(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Notes that group `number` is durable.
    pub(crate) fn write(&self, number: u64) -> Result<(), Error> {
        let mut slot = [0; SLOT_BYTES];
        slot[..8].copy_from_slice(&number.to_le_bytes());
        slot[8..24].copy_from_slice(&self.id);
        let sum = xxh3_64(&slot[..24]);
        slot[24..].copy_from_slice(&sum.to_le_bytes());
        let mut file = self.file.lock().expect("no holder of the watermark panics");
        file.seek(SeekFrom::Start((number % 2) * SLOT_DISTANCE))
            .and_then(|_| file.write_all(&slot))
            .map_err(|error| file_error("writing", &self.path, &error))?;
        self.written.store(number, Ordering::Release);
        Ok(())
    }

    /// Makes the last number safe from a power loss; nothing to do when it is.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        let number = self.number();
        if self.synced.load(Ordering::Acquire) == number {
            return Ok(());
        }
        let file = self.file.lock().expect("no holder of the watermark panics").try_clone();
        file.and_then(|file| file.sync_data()).map_err(|error| file_error("syncing", &self.path, &error))?;
        self.synced.store(number, Ordering::Release);
        Ok(())
    }
}

fn read_slot(slot: &[u8], id: StoreId) -> Option<u64> {
    let (number, rest) = slot.split_first_chunk::<8>()?;
    let (slot_id, rest) = rest.split_first_chunk::<16>()?;
    let (sum, _) = rest.split_first_chunk::<8>()?;
    let valid = *slot_id == id && u64::from_le_bytes(*sum) == xxh3_64(&slot[..24]);
    valid.then_some(u64::from_le_bytes(*number))
}

fn missing(what: &str) -> Error {
    Error::Behind(format!(
        "{what}, so nothing proves that every acknowledged message is here: restore a backup, or start once with \
         --accept-loss to go on with what is left"
    ))
}
