//! Operations about files that need more than the engine: the limits of the settings, the key of links.
//! A link is made only for what its asker may read now.

use parlance_engine::Caller;
use parlance_proto::{FileLink, FileUsage, LinkFile};

use crate::app::App;
use crate::error::ApiError;
use crate::media::SignedFor;
use crate::world::now_ms;

/// What the caller's files take up.
pub async fn usage(app: &App, caller: Caller) -> Result<FileUsage, ApiError> {
    let held = app.engine.files_held(caller).await?;
    let limits = app.media.limits;
    Ok(FileUsage {
        used_bytes: held.bytes,
        quota_bytes: limits.quota_bytes,
        file_max_bytes: limits.file_max_bytes,
        uploads: held.uploads,
    })
}

/// A link to a file of a message.
pub async fn link(app: &App, caller: Caller, input: LinkFile) -> Result<FileLink, ApiError> {
    let LinkFile { conversation_id: conversation, index, file_id: file, size } = input;
    app.engine.attached_content(caller, (conversation, index), file, size).await?;
    let expires_ms = app.media.links.expires_ms(now_ms());
    let to = SignedFor { user: caller.user, conversation, index, file, size, expires_ms };
    Ok(FileLink { path: app.media.links.path(&to), expires_ms })
}
