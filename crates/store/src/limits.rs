//! What every engine here accepts: sizes of keys, rows and commits.
//!
//! A request over a limit is refused whole, before anything is written.

use crate::{Commit, Error, RowKey, Write};

/// Most rows in one commit, puts and deletes together; the same again for the rows along, and for a write.
pub(crate) const MAX_ROWS: usize = 512;
/// Most bytes of keys and values in one commit; the same again for the rows along, and for a write.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// Most bytes in a partition's name, and in a key.
const MAX_NAME_BYTES: usize = 255;

/// Refuses a commit that is too large or whose guard is not among its puts.
pub(crate) fn check_commit(commit: &Commit) -> Result<(), Error> {
    check_name("partition", &commit.partition)?;
    let mut bytes = 0;
    for put in &commit.puts {
        check_name("key", &put.key)?;
        bytes += put.key.len() + put.value.len();
    }
    for key in &commit.deletes {
        check_name("key", key)?;
        bytes += key.len();
    }
    check_sums("commit", commit.puts.len() + commit.deletes.len(), bytes)?;
    let guard = commit.guard.key();
    if !commit.puts.iter().any(|put| put.key == *guard) || commit.deletes.contains(guard) {
        return Err(Error::TooLarge("the guard's row must be among the rows put, and not deleted".into()));
    }
    check_writes(&commit.along)
}

/// Refuses blind rows that are too many or too large together.
pub(crate) fn check_writes(writes: &[Write]) -> Result<(), Error> {
    let mut bytes = 0;
    for write in writes {
        let (partition, key, value_len) = match write {
            Write::Put { partition, put } => (partition, &put.key, put.value.len()),
            Write::Delete { partition, key } => (partition, key, 0),
            Write::Erased => continue,
        };
        check_name("partition", partition)?;
        check_name("key", key)?;
        bytes += key.len() + value_len;
    }
    check_sums("write", writes.len(), bytes)
}

/// Refuses a register whose name or value is too large.
pub(crate) fn check_register(key: &RowKey, value: &[u8]) -> Result<(), Error> {
    check_name("partition", &key.partition)?;
    check_name("key", &key.key)?;
    check_sums("register", 1, key.key.len() + value.len())
}

fn check_name(what: &str, name: &[u8]) -> Result<(), Error> {
    if name.len() > MAX_NAME_BYTES {
        return Err(Error::TooLarge(format!("a {what} has {} bytes, at most {MAX_NAME_BYTES}", name.len())));
    }
    Ok(())
}

fn check_sums(what: &str, rows: usize, bytes: usize) -> Result<(), Error> {
    if rows > MAX_ROWS || bytes > MAX_BYTES {
        return Err(Error::TooLarge(format!(
            "a {what} of {rows} rows and {bytes} bytes, at most {MAX_ROWS} rows and {MAX_BYTES} bytes"
        )));
    }
    Ok(())
}
