//! Checks fjall's lists of tables, and the ends of the tables themselves, before fjall reads them.
//!
//! fjall 3.1 writes the checksum of each keyspace's list (`v<number>`) beside its number in `current`, but does not
//! look at it: a flipped byte in the list would lose tables without a word. It also trusts the length of a table's
//! own contents before it proves it. A table that is in no list is left alone: a crash may leave half of one.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::{DB_FOLDER, file_error};
use crate::Error;

/// Bytes of the end of an archive (list and table alike): "SFA!", 1, 0, XXH3-128 of its contents (u128), their
/// position (u64) and length (u64). Contents: "TOC!", count (u32), then for each section position (u64), length
/// (u64), name length (u16), name. All little endian.
const END_BYTES: u64 = 38;
/// No archive of fjall has contents nearly as long.
const MAX_CONTENTS_BYTES: u64 = 64 * 1024;

/// How much of each table is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Its contents only, as for every opening.
    Ends,
    /// All of it.
    Whole,
}

/// Proves the list and the tables of every keyspace in the store's folder.
pub(crate) fn check(folder: &Path, depth: Depth) -> Result<(), Error> {
    let keyspaces = folder.join(DB_FOLDER).join("keyspaces");
    let entries = fs::read_dir(&keyspaces).map_err(|error| file_error("reading", &keyspaces, &error))?;
    for entry in entries {
        let keyspace = entry.map_err(|error| file_error("reading", &keyspaces, &error))?.path();
        if keyspace.is_dir() {
            check_keyspace(&keyspace, depth)?;
        }
    }
    Ok(())
}

/// `current` holds the number of the list (u64), its XXH3-128 (u128), and a zero.
fn check_keyspace(keyspace: &Path, depth: Depth) -> Result<(), Error> {
    let path = keyspace.join("current");
    let current = fs::read(&path).map_err(|error| file_error("reading", &path, &error))?;
    let (number, rest) = current.split_first_chunk::<8>().ok_or_else(|| damaged(&path))?;
    let (sum, kind) = rest.split_first_chunk::<16>().ok_or_else(|| damaged(&path))?;
    let path = keyspace.join(format!("v{}", u64::from_le_bytes(*number)));
    let list = fs::read(&path).map_err(|_| damaged(&path))?;
    if kind != [0] || u128::from_le_bytes(*sum) != xxh3_128(&list) {
        return Err(damaged(&path));
    }
    for (id, sum) in listed_tables(&list).ok_or_else(|| damaged(&path))? {
        let path = keyspace.join("tables").join(id.to_string());
        let right = match depth {
            Depth::Ends => contents_are_whole(&path),
            Depth::Whole => sum_of(&path).map(|found| found == sum),
        };
        if !right.map_err(|error| file_error("reading", &path, &error))? {
            return Err(damaged(&path));
        }
    }
    Ok(())
}

/// Number and checksum of every table in a list. Section `tables`: level count u8; for each, run count u8; for
/// each, table count u32; for each, number u64, 0, checksum u128, sequence u64.
fn listed_tables(list: &[u8]) -> Option<Vec<(u64, u128)>> {
    let end = list.last_chunk::<{ END_BYTES as usize }>()?;
    let contents = usize::try_from(u64::from_le_bytes(*end[22..].first_chunk()?)).ok()?;
    let mut contents = list.get(contents..)?.strip_prefix(b"TOC!")?;
    let mut section = None;
    for _ in 0..u32::from_le_bytes(take(&mut contents)?) {
        let from = u64::from_le_bytes(take(&mut contents)?) as usize;
        let len = u64::from_le_bytes(take(&mut contents)?) as usize;
        let name_len = u16::from_le_bytes(take(&mut contents)?);
        let (name, rest) = contents.split_at_checked(usize::from(name_len))?;
        contents = rest;
        if name == b"tables" {
            section = list.get(from..from.checked_add(len)?);
        }
    }
    let mut section = section?;
    let mut tables = Vec::new();
    for _ in 0..take::<1>(&mut section)?[0] {
        for _ in 0..take::<1>(&mut section)?[0] {
            for _ in 0..u32::from_le_bytes(take(&mut section)?) {
                let number = u64::from_le_bytes(take(&mut section)?);
                let _kind: [u8; 1] = take(&mut section)?;
                let sum = u128::from_le_bytes(take(&mut section)?);
                let _sequence: [u8; 8] = take(&mut section)?;
                tables.push((number, sum));
            }
        }
    }
    Some(tables)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// True when an archive's contents match the checksum in its end.
fn contents_are_whole(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    if len < END_BYTES {
        return Ok(false);
    }
    let mut end = [0; END_BYTES as usize];
    file.seek(SeekFrom::Start(len - END_BYTES))?;
    file.read_exact(&mut end)?;
    let mut fields = &end[6..];
    let (Some(sum), Some(from)) = (take::<16>(&mut fields), take::<8>(&mut fields)) else { return Ok(false) };
    let from = u64::from_le_bytes(from);
    let contents_len = (len - END_BYTES).checked_sub(from).filter(|len| *len <= MAX_CONTENTS_BYTES);
    let Some(contents_len) = contents_len else { return Ok(false) };
    let mut contents = vec![0; contents_len as usize];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut contents)?;
    Ok(end.starts_with(b"SFA!\x01\x00") && xxh3_128(&contents) == u128::from_le_bytes(sum))
}

fn sum_of(path: &Path) -> std::io::Result<u128> {
    let mut file = File::open(path)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.digest128()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

fn damaged(path: &Path) -> Error {
    Error::Corrupt(format!("{} does not match its checksum: restore a backup", path.display()))
}
