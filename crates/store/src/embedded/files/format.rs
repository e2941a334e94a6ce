//! The lock and the format file: one program at a time, and never one that is too old for the bytes.
//!
//! The format file is a few lines of text with a checksum, replaced whole. While it says `creating`, nothing was
//! ever acknowledged and the folder may be made afresh.

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{ErrorKind, Write};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::{file_error, sync_folder};
use crate::Error;

/// The format this program writes.
pub(crate) const VERSION: u32 = 1;
const FILE: &str = "format";
const LOCK: &str = "lock";

/// Sixteen random bytes that name one store; every group in its journal carries them.
pub(crate) type StoreId = [u8; 16];

/// How far a folder has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A new store is being made; nothing was acknowledged.
    Creating,
    /// A backup is being read; without its end the folder is worth nothing.
    Restoring,
    /// A store.
    Ready,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Creating => "creating",
            Stage::Restoring => "restoring",
            Stage::Ready => "ready",
        }
    }
}

/// What the format file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) id: StoreId,
    pub(crate) stage: Stage,
}

impl Format {
    /// A store with a name of its own.
    pub(crate) fn fresh(stage: Stage) -> Format {
        let random = || RandomState::new().hash_one(std::time::SystemTime::now()).to_le_bytes();
        let mut id = [0; 16];
        id[..8].copy_from_slice(&random());
        id[8..].copy_from_slice(&random());
        Format { id, stage }
    }

    /// Reads the format file; `None` when there is none.
    pub(crate) fn read(folder: &Path) -> Result<Option<Format>, Error> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => parse(&text, folder).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(damaged(folder)),
            Err(error) => Err(file_error("reading", &path, &error)),
        }
    }

    /// Replaces the format file, durably.
    pub(crate) fn write(self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(FILE);
        let fresh = folder.join("format.new");
        let write = || {
            let mut file = File::create(&fresh)?;
            file.write_all(self.text().as_bytes())?;
            file.sync_all()?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|error| file_error("writing", &path, &error))?;
        sync_folder(folder)
    }

    fn text(self) -> String {
        let id = self.id.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let stage = self.stage.name();
        let body = format!("parlance store\nversion {VERSION}\nid {id}\nstage {stage}\n");
        format!("{body}sum {:016x}\n", xxh3_64(body.as_bytes()))
    }
}

fn parse(text: &str, folder: &Path) -> Result<Format, Error> {
    let damage = || damaged(folder);
    let (body, sum) = text.rsplit_once("sum ").ok_or_else(damage)?;
    if sum.strip_suffix('\n') != Some(format!("{:016x}", xxh3_64(body.as_bytes())).as_str()) {
        return Err(damage());
    }
    let mut lines = body.lines();
    let mut field = |name: &str| lines.next().and_then(|line| line.strip_prefix(name)).ok_or_else(damage);
    field("parlance store")?;
    let version: u32 = field("version ")?.parse().map_err(|_| damage())?;
    if version > VERSION {
        return Err(Error::NewerVersion(format!(
            "{} was written by a newer Parlance (store format {version}, this program knows {VERSION}): \
             run the newer program, or restore a backup made with this one into another folder",
            folder.display()
        )));
    }
    let id = parse_id(field("id ")?).ok_or_else(damage)?;
    let stage = field("stage ")?;
    let stages = [Stage::Creating, Stage::Restoring, Stage::Ready];
    let stage = stages.into_iter().find(|known| known.name() == stage).ok_or_else(damage)?;
    Ok(Format { id, stage })
}

fn parse_id(hex: &str) -> Option<StoreId> {
    let mut id = [0; 16];
    if hex.len() != 32 {
        return None;
    }
    for (place, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(id)
}

fn damaged(folder: &Path) -> Error {
    Error::Corrupt(format!("the file {} does not match its checksum", folder.join(FILE).display()))
}

/// Takes the folder for this program; the lock ends when the file is dropped.
pub(crate) fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| file_error("opening", &path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(folder.display().to_string())),
        Err(TryLockError::Error(error)) => Err(file_error("locking", &path, &error)),
    }
}
