//! The books of files: who uploaded what, who may read what, and what nobody needs any more. Bytes are kept elsewhere.
//!
//! A file is found by whoever uploaded it until it is sent, by whoever is shown a message that carries it, and as a photo or
//! background by whoever may see what it stands for. Not there and not yours are the same answer.

mod attach;
mod collect;
mod content;
mod photos;
mod space;
mod stickers;
mod uploads;

pub use collect::{Due, has_bytes};
pub use content::{Piece, Stored};
pub use uploads::{Made, NewUpload, Upload};

use parlance_domain::{FileRefusal, Rejection};
use parlance_proto::FileId;
use parlance_store::{Level, RowKey};
use prost::Message;

use crate::{Engine, Error, keys, rows};

/// Tries to change a row against a rival.
const TRIES: u32 = 8;

fn no_file() -> Error {
    Error::Rejected(Rejection::File(FileRefusal::NoFile))
}

impl Engine {
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
