//! Pictures that come from elsewhere than a user: only what is small of them is kept, made anew like any other.
//!
//! They take the same way as an upload, so that the books and the limits of their user hold for them.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use parlance_engine::{Caller, NewUpload};
use parlance_proto::{AttachmentKind, DeleteFile, FileInfo};

use super::{Media, Received, Sent};
use crate::error::ApiError;

impl Media {
    /// A file of a user's that is a picture in its small size, to be sent or given back.
    pub async fn thumbnail(self: &Arc<Media>, caller: Caller, picture: Bytes) -> Result<FileInfo, ApiError> {
        let small = self.small(picture).await?;
        let new = NewUpload {
            length: small.len() as u64,
            wanted: Some(AttachmentKind::Picture),
            ..NewUpload::default()
        };
        let file_id = self.engine.begin_upload(caller, new, self.limits).await?.file_id;
        let sent = Sent { file: file_id, at: 0, body: Body::from(small), checksum: None };
        match self.receive(caller, sent).await {
            Ok(Received::File(info)) => Ok(*info),
            other => {
                // Whether it can be dropped now changes nothing: it is collected after a day.
                _ = self.engine.delete_file(caller, DeleteFile { file_id }).await;
                Err(other.err().unwrap_or(ApiError::Fault("a thumbnail was not received whole")))
            }
        }
    }

    /// The bytes of a picture's small size.
    async fn small(&self, picture: Bytes) -> Result<Bytes, ApiError> {
        let place = tempfile::NamedTempFile::new_in(self.pictures.folder())
            .map_err(|_| ApiError::Fault("no room for a thumbnail"))?;
        let fault = |_| ApiError::Fault("a thumbnail could not be written or read");
        tokio::fs::write(place.path(), &picture).await.map_err(fault)?;
        let name = place.path().file_name().unwrap_or_default().to_string_lossy();
        let making = self.pictures.make(&format!("small{name}"), place.path()).await;
        let making = making.map_err(|_| ApiError::Fault("a picture could not be made small"))?;
        let small = making.made.small.as_ref().unwrap_or(&making.made.whole);
        let bytes = tokio::fs::read(making.folder.join(&small.name)).await.map_err(fault);
        self.pictures.drop(making).await;
        Ok(bytes?.into())
    }
}
