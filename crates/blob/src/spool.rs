//! Bytes on their way: files that grow at their end until they are whole.
//!
//! What `append` answers with `Ok` survives a loss of power. Whatever lies beyond the place that is appended
//! at was never acknowledged and is cut off.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::bulk::in_bulk;
use crate::{Error, blocking};

/// A folder of growing files.
pub struct Spool {
    folder: PathBuf,
}

/// A growing file.
#[derive(Debug)]
pub struct Growing {
    file: File,
}

impl Spool {
    /// Growing files in this folder, which is made if it is not there.
    pub fn open(folder: PathBuf) -> Result<Spool, Error> {
        fs::create_dir_all(&folder)?;
        Ok(Spool { folder })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file lies.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Goes on with a file at this place; what lies beyond is cut off. A file begins at 0. `Missing` if acknowledged bytes
    /// are not there.
    pub async fn grow(&self, name: &str, at: u64) -> Result<Growing, Error> {
        let (place, folder) = (self.place(name), self.folder.clone());
        blocking(move || {
            let new = !place.exists();
            let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&place)?;
            if new {
                File::open(folder)?.sync_all()?;
            }
            if file.metadata()?.len() < at {
                return Err(Error::Missing);
            }
            file.set_len(at)?;
            file.seek(SeekFrom::Start(at))?;
            Ok(Growing { file })
        })
        .await
    }

    /// Ends the growing of a file of this length: it lies at another place from now on, which is answered, and cannot grow
    /// any more. `Missing` if it is not as long as that.
    pub async fn end(&self, name: &str, length: u64) -> Result<PathBuf, Error> {
        let (growing, whole) = (self.place(name), self.place(&whole(name)));
        blocking(move || {
            match fs::rename(growing, &whole) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
            if length == 0 && !whole.exists() {
                File::create(&whole)?;
            }
            if fs::metadata(&whole)?.len() != length {
                return Err(Error::Missing);
            }
            Ok(whole)
        })
        .await
    }

    /// Drops a file, if it is there.
    pub async fn drop(&self, name: &str) -> Result<(), Error> {
        let places = [self.place(name), self.place(&whole(name))];
        blocking(move || {
            for place in places {
                match fs::remove_file(place) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
            Ok(())
        })
        .await
    }
}

/// The name of a file that has ended to grow.
fn whole(name: &str) -> String {
    format!("{name}.whole")
}

impl Growing {
    /// Appends bytes; they are durable when answered. After an error what was appended before is still there.
    pub async fn append(mut self, bytes: Vec<u8>) -> Result<Growing, Error> {
        in_bulk(move || {
            self.file.write_all(&bytes)?;
            self.file.sync_data()?;
            Ok(self)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_not_acknowledged_is_cut_off() {
        let own = tempfile::tempdir().unwrap();
        let spool = Spool::open(own.path().join("uploads")).unwrap();
        let growing = spool.grow("f", 0).await.unwrap();
        let growing = growing.append(b"hello".to_vec()).await.unwrap();
        drop(growing.append(b" lost".to_vec()).await.unwrap());
        let growing = spool.grow("f", 5).await.unwrap();
        growing.append(b" world".to_vec()).await.unwrap();
        assert_eq!(fs::read(spool.place("f")).unwrap(), b"hello world");
        assert!(spool.grow("f", 12).await.is_err());
        for _ in 0..2 {
            assert!(spool.end("f", 12).await.is_err());
            let whole = spool.end("f", 11).await.unwrap();
            assert_eq!(fs::read(whole).unwrap(), b"hello world");
            assert!(!spool.place("f").exists());
        }
        spool.drop("f").await.unwrap();
        spool.drop("f").await.unwrap();
        assert_eq!(fs::read_dir(spool.folder()).unwrap().count(), 0);
        assert!(spool.end("lost", 3).await.is_err());
        assert_eq!(fs::read(spool.end("empty", 0).await.unwrap()).unwrap(), b"");
    }
}
