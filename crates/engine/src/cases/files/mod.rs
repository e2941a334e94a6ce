//! The books of files: who uploaded what, who may read what, and what nobody needs any more. Bytes are kept elsewhere.
//!
//! A file is found by whoever uploaded it until it is sent, by whoever is shown a message that carries it, and as a photo or
//! background by whoever may see what it stands for. Not there and not yours are the same answer.

mod attach;
mod collect;
mod content;
mod emoji;
mod erasing;
mod photos;
mod space;
mod stickers;
mod uploads;

pub use collect::{Due, has_bytes};
pub(in crate::cases) use content::stored;
pub use content::{Piece, Stored};
pub use uploads::{Made, NewUpload, Upload};

use bytes::Bytes;
use parlance_domain::{FileRefusal, Rejection};
use parlance_proto::FileId;
use parlance_store::{Commit, Durability, Guard, Level, Put, RowKey};
use prost::Message;

use crate::{Engine, Error, keys, rows};

/// Tries to change a row against a rival.
const TRIES: u32 = 8;

pub(in crate::cases) fn no_file() -> Error {
    Error::Rejected(Rejection::File(FileRefusal::NoFile))
}

/// One change of a set of the server's. If somebody else changes the set after this was read, the commit loses.
struct Turn {
    partition: Bytes,
    guard: Guard,
    put: Put,
}

impl Engine {
    /// Begins a change of a set; what the change depends on is read after it.
    async fn turn(&self, key: RowKey) -> Result<Turn, Error> {
        let (changes, guard) = match self.row::<rows::TurnRow>(&key).await? {
            Some((row, version)) => (row.changes, Guard::Version(key.key.clone(), version)),
            None => (0, Guard::Absent(key.key.clone())),
        };
        let put = Put::new(key.key, rows::encode(&rows::TurnRow { changes: changes + 1 }));
        Ok(Turn { partition: key.partition, guard, put })
    }

    /// A commit of nothing yet.
    fn commit_of(&self, partition: Bytes, guard: Guard) -> Commit {
        Commit {
            partition,
            guard,
            puts: Vec::new(),
            deletes: Vec::new(),
            token: self.0.token(),
            along: Vec::new(),
            durability: Durability::Durable,
        }
    }

    /// What is known of a file.
    async fn file_row(&self, file: FileId) -> Result<Option<rows::FileRow>, Error> {
        Ok(self.row::<rows::FileRow>(&keys::file_row(file)).await?.map(|(row, _)| row))
    }

    /// A row with its version.
    async fn row<R: Message + Default>(&self, key: &RowKey) -> Result<Option<(R, u64)>, Error> {
        let found = self.0.store.get(key, Level::Serial).await?;
        found.map(|found| Ok((rows::decode(&found.value)?, found.version))).transpose()
    }
}
