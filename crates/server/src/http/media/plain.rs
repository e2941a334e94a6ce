//! Uploading with one POST: the body is the file. For scripts, and for clients that need no resuming.
//!
//! It ends with a file or with nothing: what breaks off is dropped at once.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::response::Response;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use parlance_engine::{Caller, NewUpload};
use parlance_proto::{AttachmentKind, ErrorCode, FileInfo};

use super::caller;
use crate::app::App;
use crate::error::ApiError;
use crate::http::{answer, problem};
use crate::telemetry::count_request;

/// What it is called in the figures.
const NAME: &str = "file.upload";

/// Uploads a file.
pub async fn upload(
    State(app): State<Arc<App>>,
    Query(fields): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let done = async {
        let caller = caller(&app, &parts).await?;
        let new = NewUpload {
            length: length(&parts)?,
            name: fields.get("name").cloned().unwrap_or_default(),
            wanted: kind(fields.get("kind").map(String::as_str))?,
            described: String::new(),
        };
        take(&app, caller, new, body).await
    };
    match done.await {
        Ok(info) => {
            count_request(NAME, "ok");
            answer::json(&info)
        }
        Err(error) => {
            let refusal = error.problem();
            count_request(NAME, refusal.code.as_str());
            problem(refusal)
        }
    }
}

async fn take(
    app: &App,
    caller: Caller,
    new: NewUpload,
    body: axum::body::Body,
) -> Result<FileInfo, ApiError> {
    app.rates.upload(caller)?;
    app.media.receive_once(caller, new, body).await
}

fn length(parts: &Parts) -> Result<u64, ApiError> {
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    length.ok_or_else(|| {
        ApiError::new(ErrorCode::InvalidInput, "send the file's size as Content-Length, or upload by tus")
    })
}

/// What an upload is to be.
pub fn kind(named: Option<&str>) -> Result<Option<AttachmentKind>, ApiError> {
    match named {
        None | Some("") => Ok(None),
        Some("picture") => Ok(Some(AttachmentKind::Picture)),
        Some("video") => Ok(Some(AttachmentKind::Video)),
        Some("voice") => Ok(Some(AttachmentKind::Voice)),
        Some("file") => Ok(Some(AttachmentKind::File)),
        Some(_) => Err(ApiError::new(ErrorCode::InvalidInput, "kind: picture, video, voice or file")),
    }
}
