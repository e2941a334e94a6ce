//! The shape of a backup: a header, blocks of rows, an end. Every block has its length and its checksum.
//!
//! Header: "PARLANCE-BACKUP\0", version (u32). Block: kind (1 rows, 2 end), payload length (u32), payload, XXH3 of
//! kind and payload seeded with the checksum before it (u64), so that no block can go missing or change places.
//! Rows: keyspace (u8), key length (u16), value length (u32), key, value. End: the five counts of the tally (u64).
//! All little endian.

use std::io::{Read, Write};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Tally;
use crate::Error;

const MAGIC: [u8; 16] = *b"PARLANCE-BACKUP\0";
const VERSION: u32 = 1;
/// A block is closed when it holds so many bytes.
const BLOCK_BYTES: usize = 256 * 1024;
/// No block is longer: one row more than a full block.
const MAX_BLOCK_BYTES: usize = BLOCK_BYTES + 64 * 1024;

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rows = 1,
    End = 2,
}

/// Writes a backup.
pub(super) struct Out<W> {
    to: W,
    block: Vec<u8>,
    sum: u64,
    pub(super) bytes: u64,
}

impl<W: Write> Out<W> {
    pub(super) fn start(to: W) -> Result<Out<W>, Error> {
        let mut out = Out { to, block: Vec::with_capacity(MAX_BLOCK_BYTES), sum: 0, bytes: 0 };
        out.send(&MAGIC)?;
        out.send(&VERSION.to_le_bytes())?;
        Ok(out)
    }

    pub(super) fn row(&mut self, space: u8, key: &[u8], value: &[u8]) -> Result<(), Error> {
        self.block.push(space);
        self.block.extend_from_slice(&(key.len() as u16).to_le_bytes());
        self.block.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.block.extend_from_slice(key);
        self.block.extend_from_slice(value);
        if self.block.len() >= BLOCK_BYTES { self.close_block(Kind::Rows) } else { Ok(()) }
    }

    pub(super) fn end(mut self, tally: &Tally) -> Result<u64, Error> {
        if !self.block.is_empty() {
            self.close_block(Kind::Rows)?;
        }
        for count in counts(tally) {
            self.block.extend_from_slice(&count.to_le_bytes());
        }
        self.close_block(Kind::End)?;
        self.to.flush().map_err(|error| io_error(&error))?;
        Ok(self.bytes)
    }

    fn close_block(&mut self, kind: Kind) -> Result<(), Error> {
        let block = std::mem::take(&mut self.block);
        self.sum = chained(self.sum, kind as u8, &block);
        self.send(&[kind as u8])?;
        self.send(&(block.len() as u32).to_le_bytes())?;
        self.send(&block)?;
        self.send(&self.sum.to_le_bytes())?;
        self.block = block;
        self.block.clear();
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes += bytes.len() as u64;
        self.to.write_all(bytes).map_err(|error| io_error(&error))
    }
}

/// Reads a backup.
pub(super) struct In<R> {
    from: R,
    sum: u64,
    pub(super) bytes: u64,
}

impl<R: Read> In<R> {
    pub(super) fn start(from: R) -> Result<In<R>, Error> {
        let mut input = In { from, sum: 0, bytes: 0 };
        if input.take::<16>()? != MAGIC {
            return Err(Error::Corrupt("this is no backup of a Parlance store".into()));
        }
        let version = u32::from_le_bytes(input.take()?);
        if version > VERSION {
            return Err(Error::NewerVersion(format!(
                "the backup was made by a newer Parlance (format {version}, this program knows {VERSION}): \
                 restore it with that program"
            )));
        }
        Ok(input)
    }

    /// The next block, proven.
    pub(super) fn block(&mut self) -> Result<(Kind, Vec<u8>), Error> {
        let kind = match self.take::<1>()?[0] {
            1 => Kind::Rows,
            2 => Kind::End,
            _ => return Err(damaged()),
        };
        let len = u32::from_le_bytes(self.take()?) as usize;
        if len > MAX_BLOCK_BYTES {
            return Err(damaged());
        }
        let mut block = vec![0; len];
        self.from.read_exact(&mut block).map_err(|error| io_error(&error))?;
        self.bytes += len as u64;
        self.sum = chained(self.sum, kind as u8, &block);
        if u64::from_le_bytes(self.take()?) != self.sum {
            return Err(damaged());
        }
        Ok((kind, block))
    }

    /// Nothing may follow the end.
    pub(super) fn finish(mut self) -> Result<u64, Error> {
        match self.from.read(&mut [0]) {
            Ok(0) => Ok(self.bytes),
            Ok(_) => Err(damaged()),
            Err(error) => Err(io_error(&error)),
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes).map_err(|error| io_error(&error))?;
        self.bytes += N as u64;
        Ok(bytes)
    }
}

/// The next row of a block: keyspace, key, value.
pub(super) fn take_row<'a>(block: &mut &'a [u8]) -> Result<(u8, &'a [u8], &'a [u8]), Error> {
    let parse = |block: &mut &'a [u8]| {
        let ([space], rest) = block.split_first_chunk::<1>()?;
        let (key_len, rest) = rest.split_first_chunk::<2>()?;
        let (value_len, rest) = rest.split_first_chunk::<4>()?;
        let (key, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*key_len)))?;
        let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*value_len) as usize)?;
        *block = rest;
        Some((*space, key, value))
    };
    parse(block).ok_or_else(damaged)
}

/// True when the end block carries this tally.
pub(super) fn is_tally(block: &[u8], tally: &Tally) -> bool {
    let expected: Vec<u8> = counts(tally).into_iter().flat_map(u64::to_le_bytes).collect();
    block == expected
}

fn counts(tally: &Tally) -> [u64; 5] {
    [tally.fenced_rows, tally.register_rows, tally.blind_rows, tally.parts, tally.bytes]
}

fn chained(before: u64, kind: u8, block: &[u8]) -> u64 {
    xxh3_64_with_seed(block, before.rotate_left(8) ^ u64::from(kind))
}

pub(super) fn damaged() -> Error {
    Error::Corrupt("the backup is damaged: a block does not match its checksum".into())
}

fn io_error(error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        std::io::ErrorKind::UnexpectedEof => Error::Corrupt("the backup is cut off".into()),
        _ => Error::Unavailable(format!("the backup's stream failed: {error}")),
    }
}
