//! The bytes of files in a backup: behind the rows, each with its digest, and a footer that says where they begin.
//!
//! File: 1 (u8), digest (32 bytes), size (u64), bytes. End: 2 (u8), number of files (u64). Footer: "PARLANCE-MEDIA\0\0", version
//! (u32), length of what stands before the files (u64). All little endian. A backup without the footer has rows only.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, ensure};
use parlance_blob::{Digest, Folder};
use sha2::{Digest as _, Sha256};

const MAGIC: [u8; 16] = *b"PARLANCE-MEDIA\0\0";
const VERSION: u32 = 1;
const FOOTER_BYTES: u64 = 16 + 4 + 8;
/// What a part of the section is.
const FILE: u8 = 1;
const END: u8 = 2;

/// A stream that several write to, one after the other, and that counts.
pub struct Counted<W>(Arc<Mutex<(W, u64)>>);

impl<W> Clone for Counted<W> {
    fn clone(&self) -> Counted<W> {
        Counted(Arc::clone(&self.0))
    }
}

impl<W> Counted<W> {
    /// Counts from here on.
    pub fn new(to: W) -> Counted<W> {
        Counted(Arc::new(Mutex::new((to, 0))))
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = inner.0.write(bytes)?;
        inner.1 += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.flush()
    }
}

/// Writes all that a folder keeps behind what was written before, and the footer; how many files and bytes. It blocks.
pub fn append(folder: &Folder, mut to: Counted<impl Write>) -> anyhow::Result<(u64, u64)> {
    let (before, mut count, mut bytes) = (to.bytes(), 0_u64, 0);
    for digest in folder.digests()? {
        let (file, size) = folder.kept(&digest)?;
        to.write_all(&[FILE])?;
        to.write_all(&digest.0)?;
        to.write_all(&size.to_le_bytes())?;
        let mut content = Proving { from: file.take(size), hasher: Sha256::new() };
        let written = std::io::copy(&mut content, &mut to)?;
        let is_right = written == size && content.hasher.finalize().as_slice() == digest.0;
        // Restoring would refuse all of the backup.
        ensure!(
            is_right,
            "the file {digest} of the blobs folder is damaged: put it back from an older backup, or remove it, and back up again"
        );
        count += 1;
        bytes += size;
    }
    to.write_all(&[END])?;
    to.write_all(&count.to_le_bytes())?;
    to.write_all(&MAGIC)?;
    to.write_all(&VERSION.to_le_bytes())?;
    to.write_all(&before.to_le_bytes())?;
    to.flush()?;
    Ok((count, bytes))
}

/// Where the files begin in a backup; none if it has rows only.
pub fn begins(backup: &mut File) -> anyhow::Result<Option<u64>> {
    let length = backup.metadata()?.len();
    if length < FOOTER_BYTES {
        return Ok(None);
    }
    backup.seek(SeekFrom::Start(length - FOOTER_BYTES))?;
    let magic = take::<16>(backup)?;
    let version = u32::from_le_bytes(take(backup)?);
    let before = u64::from_le_bytes(take(backup)?);
    if magic != MAGIC {
        return Ok(None);
    }
    ensure!(version == VERSION, "the backup was made by a newer Parlance: restore it with that program");
    ensure!(before <= length - FOOTER_BYTES, "the backup is damaged: its footer points beyond it");
    Ok(Some(before))
}

/// Reads the files of a backup, which begin there, to the end, and proves each by its digest. `each` gets one that is
/// wanted, if it answers true for its digest at first. It blocks.
pub fn read(
    backup: &mut File,
    begin: u64,
    mut each: impl FnMut(Digest, &mut dyn Read) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    backup.seek(SeekFrom::Start(begin))?;
    let mut from = BufReader::new(backup);
    let mut count = 0;
    loop {
        match take::<1>(&mut from)?[0] {
            FILE => {}
            END => {
                ensure!(
                    u64::from_le_bytes(take(&mut from)?) == count,
                    "the backup is damaged: files are missing"
                );
                return Ok(count);
            }
            _ => anyhow::bail!("the backup is damaged: there is no file where one should be"),
        }
        let digest = Digest(take(&mut from)?);
        let size = u64::from_le_bytes(take(&mut from)?);
        let mut content = Proving { from: (&mut from).take(size), hasher: Sha256::new() };
        each(digest, &mut content)?;
        std::io::copy(&mut content, &mut std::io::sink())?;
        let right = content.from.limit() == 0 && content.hasher.finalize().as_slice() == digest.0;
        ensure!(right, "the backup is damaged: the file {digest} is not what it was");
        count += 1;
    }
}

/// Hashes what is read through it.
struct Proving<R> {
    from: R,
    hasher: Sha256,
}

impl<R: Read> Read for Proving<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.hasher.update(&into[..count]);
        Ok(count)
    }
}

fn take<const N: usize>(from: &mut impl Read) -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).context("the backup is cut off")?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_and_damage_is_seen() {
        let own = tempfile::tempdir().unwrap();
        let folder = Folder::open(own.path().join("blobs")).unwrap();
        for content in [&b""[..], b"one", &vec![7; 100_000]] {
            folder.take_in(&Digest(Sha256::digest(content).into()), content).unwrap();
        }
        let path = own.path().join("backup");
        let mut to = Counted::new(File::create(&path).unwrap());
        to.write_all(b"rows").unwrap();
        assert_eq!(append(&folder, to).unwrap(), (3, 100_003));
        let written = std::fs::read(&path).unwrap();
        let read_back = |content: &[u8]| {
            std::fs::write(&path, content).unwrap();
            let mut backup = File::open(&path).unwrap();
            let Some(begin) = begins(&mut backup)? else { return Ok(None) };
            let mut sizes = Vec::new();
            let count = read(&mut backup, begin, |_, content| {
                sizes.push(std::io::copy(content, &mut std::io::sink())?);
                Ok(())
            })?;
            sizes.sort_unstable();
            anyhow::Ok(Some((begin, count, sizes)))
        };
        assert_eq!(read_back(&written).unwrap(), Some((4, 3, vec![0, 3, 100_000])));
        assert_eq!(read_back(b"rows").unwrap(), None);
        assert_eq!(read_back(&written[..written.len() - 1]).unwrap(), None);
        for at in [4, 60, 5_000, written.len() - 40] {
            let mut damaged = written.clone();
            damaged[at] ^= 1;
            assert!(read_back(&damaged).is_err(), "{at}");
        }
    }

    #[test]
    fn a_damaged_file_stops_the_backup() {
        let own = tempfile::tempdir().unwrap();
        let folder = Folder::open(own.path().join("blobs")).unwrap();
        let digest = Digest(Sha256::digest(b"one").into());
        folder.take_in(&digest, &b"one"[..]).unwrap();
        let name = digest.to_string();
        std::fs::write(own.path().join("blobs").join(&name[..2]).join(&name[2..]), "two").unwrap();
        let refused = append(&folder, Counted::new(std::io::sink())).unwrap_err().to_string();
        assert!(refused.contains("damaged"), "{refused}");
    }
}
