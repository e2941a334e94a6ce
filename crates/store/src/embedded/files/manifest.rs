//! Checks fjall's list of tables before fjall reads it.
//!
//! fjall 3.1 writes the checksum of each keyspace's list (`v<number>`) beside its number in `current`, but does not
//! look at it: a flipped byte in the list would lose tables without a word. Here it is looked at. `current`: number
//! (u64), XXH3-128 of the list (u128), kind of checksum (0); little endian.

use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use super::{DB_FOLDER, file_error};
use crate::Error;

/// Proves the table list of every keyspace in the store's folder.
pub(crate) fn check(folder: &Path) -> Result<(), Error> {
    let keyspaces = folder.join(DB_FOLDER).join("keyspaces");
    let entries = fs::read_dir(&keyspaces).map_err(|error| file_error("reading", &keyspaces, &error))?;
    for entry in entries {
        let keyspace = entry.map_err(|error| file_error("reading", &keyspaces, &error))?.path();
        if keyspace.is_dir() {
            check_keyspace(&keyspace)?;
        }
    }
    Ok(())
}

fn check_keyspace(keyspace: &Path) -> Result<(), Error> {
    let path = keyspace.join("current");
    let current = fs::read(&path).map_err(|error| file_error("reading", &path, &error))?;
    let damaged = || {
        Error::Corrupt(format!("the list of tables in {} does not match its checksum", keyspace.display()))
    };
    let (number, rest) = current.split_first_chunk::<8>().ok_or_else(damaged)?;
    let (sum, kind) = rest.split_first_chunk::<16>().ok_or_else(damaged)?;
    let list = fs::read(keyspace.join(format!("v{}", u64::from_le_bytes(*number)))).map_err(|_| damaged())?;
    if kind != [0] || u128::from_le_bytes(*sum) != xxh3_128(&list) {
        return Err(damaged());
    }
    Ok(())
}
