//! Addresses of files: uploads by tus and by a single POST, content with ranges. Everything else about files is
//! operations.
//!
//! What is answered here is never JSON of an operation, so these routes stand beside the table; their refusals are the
//! same problems.

mod content;
mod photos;
mod plain;
mod range;
mod tus;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use http::request::Parts;
use parlance_engine::Caller;

use crate::app::App;
use crate::error::ApiError;
use crate::listener::Peer;
use crate::signin::credential::{Credential, check_origin};

/// The routes.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/files", post(plain::upload))
        .route("/api/v1/files/{file_id}/content", get(content::own))
        .route(
            "/api/v1/conversations/{conversation_id}/messages/{index}/files/{file_id}",
            get(content::attached),
        )
        .route("/api/v1/stickers/{pack_id}/{file_id}", get(content::sticker))
        .route("/api/v1/admin/holds/{hold_id}/files/{file_id}", get(content::held))
        .route("/api/v1/emoji/{name}", get(content::emoji))
        .route("/api/v1/users/{user_id}/photo/{file_id}", get(photos::of_user))
        .route("/api/v1/conversations/{conversation_id}/photo/{file_id}", get(photos::of_group))
        .route("/api/v1/conversations/{conversation_id}/background/{file_id}", get(photos::background))
        .route("/api/v1/media/{conversation_id}/{index}/{file_id}", get(content::linked))
        .route("/api/v1/uploads", post(tus::create).options(tus::options))
        .route(
            "/api/v1/uploads/{file_id}",
            post(tus::overridden)
                .patch(tus::patch)
                .head(tus::head)
                .delete(tus::terminate)
                .options(tus::options),
        )
}

/// Who asks.
async fn caller(app: &App, parts: &Parts) -> Result<Caller, ApiError> {
    let credential = Credential::find(&parts.headers, &app.site);
    check_origin(parts, credential.as_ref(), &app.site)?;
    let caller = credential.ok_or_else(ApiError::not_signed_in)?.caller(&app.engine).await?;
    if let Some(peer) = parts.extensions.get::<Peer>() {
        peer.signed_in();
    }
    Ok(caller)
}
