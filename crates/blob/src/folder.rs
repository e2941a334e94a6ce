//! Bytes in a folder of this machine: a file a digest, in one of 256 folders by its first byte.
//!
//! A file under its final name is whole and synced: it is made elsewhere, synced, linked into place, and the folder is
//! synced before anybody is answered.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};

use crate::bulk::in_bulk;
use crate::{Blobs, Chunks, Digest, Error, blocking, digest_of};

/// Bytes of a piece.
const PIECE: usize = 256 * 1_024;
/// Pieces of a file in memory: one is read while the one before it is sent.
const AT_ONCE: usize = 2;
const OWNER_ONLY: u32 = 0o700;

/// A folder of bytes.
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Bytes in this folder, which is made if it is not there; then only its owner can enter it.
    pub fn open(root: PathBuf) -> Result<Folder, Error> {
        fs::DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(&root)?;
        Ok(Folder { root })
    }

    /// The digests of all that is kept, in order. It blocks.
    pub fn digests(&self) -> Result<Vec<Digest>, Error> {
        let mut found = Vec::new();
        for shelf in fs::read_dir(&self.root)? {
            let shelf = shelf?;
            for file in fs::read_dir(shelf.path())? {
                let name =
                    [shelf.file_name(), file?.file_name()].map(|part| part.to_string_lossy().into_owned());
                // Anything else is half of something.
                found.extend(Digest::parse(&name.concat()));
            }
        }
        found.sort_unstable_by_key(|digest| digest.0);
        Ok(found)
    }

    /// What is kept under a digest, and its size. It blocks.
    pub fn kept(&self, digest: &Digest) -> Result<(File, u64), Error> {
        let file = File::open(self.place(digest))?;
        let size = file.metadata()?.len();
        Ok((file, size))
    }

    /// Keeps bytes that are read from somewhere, if they have this digest. It blocks.
    pub fn take_in(&self, digest: &Digest, mut from: impl Read) -> Result<(), Error> {
        let place = self.place(digest);
        let folder = place.parent().unwrap_or(&self.root);
        if !folder.exists() {
            fs::create_dir_all(folder)?;
            sync_folder(&self.root)?;
        }
        let half = place.with_extension("half");
        let written = (|| {
            let mut file = File::create(&half)?;
            std::io::copy(&mut from, &mut file)?;
            file.sync_all()?;
            if digest_of(&half)?.0 != *digest {
                return Err(Error::Failed(format!("what is to be {digest} is something else")));
            }
            Ok(fs::rename(&half, &place)?)
        })();
        if written.is_err() {
            // What is left of it is overwritten by the next try.
            _ = fs::remove_file(&half);
        }
        written?;
        sync_folder(folder)
    }

    fn place(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.root.join(&name[..2]).join(&name[2..])
    }
}

#[async_trait]
impl Blobs for Folder {
    async fn keep(&self, digest: &Digest, file: &Path) -> Result<(), Error> {
        let (root, place, file) = (self.root.clone(), self.place(digest), file.to_path_buf());
        in_bulk(move || link(&root, &place, &file)).await
    }

    async fn read(&self, digest: &Digest, range: Range<u64>) -> Result<Chunks, Error> {
        let place = self.place(digest);
        let file = Arc::new(blocking(move || Ok(File::open(place)?)).await?);
        let starts = stream::iter(range.clone().step_by(PIECE));
        let pieces = starts.map(move |from| {
            let (file, to) = (Arc::clone(&file), range.end.min(from + PIECE as u64));
            blocking(move || piece_of(&file, from..to))
        });
        let pieces = pieces.buffered(AT_ONCE);
        Ok(pieces.boxed())
    }

    async fn erase(&self, digest: &Digest) -> Result<(), Error> {
        let place = self.place(digest);
        blocking(move || match fs::remove_file(&place) {
            Ok(()) => sync_folder(place.parent().unwrap_or(&place)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        })
        .await
    }
}

/// A piece of a file. A file that ends too early is damaged.
fn piece_of(file: &File, range: Range<u64>) -> Result<Bytes, Error> {
    let mut piece = vec![0; (range.end - range.start) as usize];
    file.read_exact_at(&mut piece, range.start)?;
    Ok(piece.into())
}

fn link(root: &Path, place: &Path, file: &Path) -> Result<(), Error> {
    let folder = place.parent().unwrap_or(root);
    // First, also if the bytes are there: how long it takes must not tell that somebody had them.
    File::open(file)?.sync_all()?;
    // Whoever put it there may not have come to syncing the folder.
    if place.exists() {
        return sync_folder(folder);
    }
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        sync_folder(root)?;
    }
    match fs::hard_link(file, place) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        // Another file system, or one without links.
        Err(_) => copy(place, file)?,
    }
    sync_folder(folder)
}

fn copy(place: &Path, file: &Path) -> Result<(), Error> {
    let half = place.with_extension("half");
    let copied = fs::copy(file, &half).and_then(|_| File::open(&half)?.sync_all());
    if let Err(error) = copied.and_then(|()| fs::rename(&half, place)) {
        // What is left of it is overwritten by the next try.
        _ = fs::remove_file(&half);
        return Err(error.into());
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> Result<(), Error> {
    Ok(File::open(folder)?.sync_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt as _;

    async fn all(folder: &Folder, digest: &Digest, range: Range<u64>) -> Result<Vec<u8>, Error> {
        let chunks: Vec<Bytes> = folder.read(digest, range).await?.try_collect().await?;
        Ok(chunks.concat())
    }

    #[tokio::test]
    async fn bytes_are_kept_once_read_in_ranges_and_erased() {
        let own = tempfile::tempdir().unwrap();
        let folder = Folder::open(own.path().join("blobs")).unwrap();
        let content: Vec<u8> = (0..600_000u32).map(|number| number as u8).collect();
        let mut digest = None;
        for name in ["one", "two"] {
            let file = own.path().join(name);
            fs::write(&file, &content).unwrap();
            let (of, size) = digest_of(&file).unwrap();
            assert_eq!(size, 600_000);
            folder.keep(&of, &file).await.unwrap();
            assert!(file.exists());
            digest = Some(of);
        }
        let digest = digest.unwrap();
        assert_eq!(all(&folder, &digest, 0..600_000).await.unwrap(), content);
        assert_eq!(all(&folder, &digest, 5..9).await.unwrap(), [5, 6, 7, 8]);
        assert!(all(&folder, &digest, 0..600_001).await.is_err());
        fs::write(folder.place(&digest).with_extension("half"), b"of something").unwrap();
        assert_eq!(folder.digests().unwrap(), [digest]);
        let other = Folder::open(own.path().join("other")).unwrap();
        assert_eq!(folder.kept(&digest).unwrap().1, 600_000);
        assert!(other.take_in(&digest, &content[1..]).is_err());
        assert!(other.digests().unwrap().is_empty());
        other.take_in(&digest, folder.kept(&digest).unwrap().0).unwrap();
        assert_eq!(all(&other, &digest, 0..600_000).await.unwrap(), content);
        folder.erase(&digest).await.unwrap();
        folder.erase(&digest).await.unwrap();
        assert!(matches!(all(&folder, &digest, 0..1).await, Err(Error::Missing)));
    }
}
