//! Content of files. Who may read is asked on every request; what may be shown in place is only what the server made or
//! recognised, and everything else is saved.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use parlance_domain::{FileRefusal, Rejection};
use parlance_engine::{Caller, Stored};
use parlance_proto::{AttachmentKind, ConversationId, ErrorCode, FileId, PictureSize, UserId};

use super::caller;
use super::range::{Wanted, wanted};
use crate::app::App;
use crate::error::ApiError;
use crate::http::problem;
use crate::media::SignedFor;
use crate::world::now_ms;

/// A browser may keep it but asks each time: what was recalled is shown no more, and nobody else who signs in there sees it.
const KEPT: &str = "private, no-cache";
/// The same for what a link leads to, which shared caches may keep too.
const KEPT_BY_ALL: &str = "public, no-cache";
/// Nothing in it runs, loads or is framed, whatever it is.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub(super) type Fields = Query<HashMap<String, String>>;

/// A file of a message, for whoever is shown the message.
pub async fn attached(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| {
        let (message, file) = place(&path)?;
        Ok(app.engine.attached_content(caller, message, file, size).await?)
    };
    to_caller(&app, &fields, request, find).await
}

/// An own upload that is not sent yet.
pub async fn own(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| Ok(app.engine.own_content(caller, read(&file)?, size).await?);
    to_caller(&app, &fields, request, find).await
}

/// A sticker of a pack, for everybody who is signed in.
pub async fn sticker(
    State(app): State<Arc<App>>,
    Path((pack, file)): Path<(String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| {
        Ok(app.engine.sticker_content(caller, (read(&pack)?, read(&file)?), size).await?)
    };
    to_caller(&app, &fields, request, find).await
}

/// A custom emoji, for everybody who is signed in.
pub async fn emoji(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| Ok(app.engine.emoji_content(caller, &name, size).await?);
    to_caller(&app, &fields, request, find).await
}

/// A file that a legal hold keeps, for administrators who say why.
pub async fn held(
    State(app): State<Arc<App>>,
    Path((hold, file)): Path<(String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let reason = fields.get("reason").map(String::as_str).unwrap_or_default();
    let find = async |caller, size| {
        let by = app.engine.administrator(caller).await?;
        Ok(app.engine.held_content(&by, (read(&hold)?, read(&file)?), reason, size).await?)
    };
    to_caller(&app, &fields, request, find).await
}

/// A file of a message, for whoever has a link that is good.
pub async fn linked(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let now_ms = now_ms();
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let expires_ms = field("expires_ms").parse().unwrap_or_default();
    let found = async {
        let ((conversation, index), file) = place(&path)?;
        let user: UserId = read(field("user_id"))?;
        let to = SignedFor { user, conversation, index, file, size: size(&fields)?, expires_ms };
        let caller = app.media.links.check(&to, field("signature"), now_ms).ok_or_else(no_file)?;
        let account = app.engine.account(user).await?;
        account.filter(|account| account.disabled_ms.is_none()).ok_or_else(no_file)?;
        Ok(app.engine.attached_content(caller, (conversation, index), file, to.size).await?)
    };
    answer(&app, found.await, &parts.headers, &fields, KEPT_BY_ALL).await
}

fn no_file() -> ApiError {
    parlance_engine::Error::Rejected(Rejection::File(FileRefusal::NoFile)).into()
}

/// A part of an address. What is no id is no file's.
pub(super) fn read<T: FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| no_file())
}

fn place(
    (conversation, index, file): &(String, String, String),
) -> Result<((ConversationId, u64), FileId), ApiError> {
    Ok(((read(conversation)?, read(index)?), read(file)?))
}

fn size(fields: &HashMap<String, String>) -> Result<Option<PictureSize>, ApiError> {
    match fields.get("size").map(String::as_str) {
        None => Ok(None),
        Some("small") => Ok(Some(PictureSize::Small)),
        Some("large") => Ok(Some(PictureSize::Large)),
        Some(_) => Err(ApiError::new(ErrorCode::InvalidInput, "size: small or large")),
    }
}

/// Answers with what is found for whoever is signed in.
pub(super) async fn to_caller(
    app: &App,
    fields: &HashMap<String, String>,
    request: Request,
    find: impl AsyncFnOnce(Caller, Option<PictureSize>) -> Result<Stored, ApiError>,
) -> Response {
    let (parts, _) = request.into_parts();
    let found = async { find(caller(app, &parts).await?, size(fields)?).await };
    answer(app, found.await, &parts.headers, fields, KEPT).await
}

/// Answers with content, as much of it as is asked for.
async fn answer(
    app: &App,
    found: Result<Stored, ApiError>,
    asked: &HeaderMap,
    fields: &HashMap<String, String>,
    kept: &str,
) -> Response {
    let stored = match found {
        Ok(stored) => stored,
        Err(error) => return problem(error.problem()),
    };
    let piece = &stored.piece;
    // The id and the size name the bytes; a digest would tell more.
    let tag = format!("\"{}-{:x}\"", stored.file_id, piece.size);
    let wanted = wanted(asked, &tag, piece.size);
    let (status, range) = match &wanted {
        Wanted::Whole => (StatusCode::OK, 0..piece.size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range.clone()),
        Wanted::Unchanged => (StatusCode::NOT_MODIFIED, 0..0),
        Wanted::Nowhere => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    };
    let body = if range.is_empty() {
        Body::empty()
    } else {
        match app.media.read(piece, range.clone()).await {
            Ok(chunks) => Body::from_stream(chunks),
            Err(error) => return problem(error.problem()),
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    match wanted {
        Wanted::Part(part) => {
            set(CONTENT_RANGE, format!("bytes {}-{}/{}", part.start, part.end - 1, piece.size));
        }
        Wanted::Nowhere => set(CONTENT_RANGE, format!("bytes */{}", piece.size)),
        Wanted::Whole | Wanted::Unchanged => {}
    }
    if status != StatusCode::NOT_MODIFIED {
        set(CONTENT_LENGTH, (range.end - range.start).to_string());
        set(CONTENT_TYPE, piece.media_type.clone());
        set(CONTENT_DISPOSITION, disposition(&stored, fields.contains_key("download")));
    }
    set(ETAG, tag);
    set(ACCEPT_RANGES, "bytes".to_owned());
    set(CACHE_CONTROL, kept.to_owned());
    set(CONTENT_SECURITY_POLICY, POLICY.to_owned());
    response
}

/// How a browser treats it: shown in place only if it is no mere file.
fn disposition(stored: &Stored, download: bool) -> String {
    let shown = stored.kind != AttachmentKind::File && !download;
    let way = if shown { "inline" } else { "attachment" };
    let Some(name) = &stored.name else { return way.to_owned() };
    // RFC 6266 and RFC 8187: a name in plain letters for old clients, and the real one.
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '"' | '\\' | '%' => '_',
            letter if letter.is_ascii_graphic() || letter == ' ' => letter,
            _ => '_',
        })
        .collect();
    let exact = name.bytes().fold(String::new(), |exact, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            exact + char::from(byte).encode_utf8(&mut [0])
        } else {
            format!("{exact}%{byte:02X}")
        }
    });
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_engine::Piece;

    #[test]
    fn names_reach_the_browser_whole_and_cannot_break_out() {
        let stored = |kind, name: &str| Stored {
            file_id: FileId(1),
            kind,
            name: Some(name.to_owned()),
            piece: Piece { digest: [0; 32], size: 1, media_type: String::new() },
        };
        assert_eq!(
            disposition(&stored(AttachmentKind::File, "für \"x\".pdf"), false),
            "attachment; filename=\"f_r _x_.pdf\"; filename*=UTF-8''f%C3%BCr%20%22x%22.pdf"
        );
        assert!(disposition(&stored(AttachmentKind::Picture, "a.png"), false).starts_with("inline;"));
        assert!(disposition(&stored(AttachmentKind::Picture, "a.png"), true).starts_with("attachment;"));
    }
}
