//! Resumable uploads by the tus protocol, version 1.0 (tus.io): creation, creation-with-upload, termination, expiration
//! and checksum.
//!
//! An upload's address ends in the id of the file it becomes. Statuses are those of the protocol; bodies of refusals are
//! problems.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use parlance_domain::{FileRefusal, Rejection};
use parlance_engine::{Caller, NewUpload, Upload};
use parlance_proto::{DeleteFile, ErrorCode, FileId, Problem};

use super::{caller, plain};
use crate::app::App;
use crate::error::ApiError;
use crate::http::problem;
use crate::media::{Checksum, Received, Sent};

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const CHECKSUMS: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The one version there is.
const ONE: &str = "1.0.0";
/// What a body of an upload says it is.
const PIECE: &str = "application/offset+octet-stream";
/// Most bytes of an upload's metadata.
const METADATA_MAX: usize = 4 * 1_024;
/// Statuses of the protocol that no code of ours has.
const PRECONDITION_FAILED: u16 = 412;
const UNSUPPORTED_MEDIA_TYPE: u16 = 415;
const LOCKED: u16 = 423;
const CHECKSUM_MISMATCH: u16 = 460;

/// What the server can do.
pub async fn options(State(app): State<Arc<App>>) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    set(&mut response, VERSION, ONE);
    set(&mut response, EXTENSION, "creation,creation-with-upload,termination,expiration,checksum");
    set(&mut response, MAX_SIZE, &app.media.limits.file_max_bytes.to_string());
    set(&mut response, CHECKSUMS, "sha1,sha256");
    response
}

/// Begins an upload; its first bytes may come along.
pub async fn create(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    ended(begin(&app, &parts, body).await)
}

async fn begin(app: &App, parts: &Parts, body: Body) -> Result<Response, Problem> {
    let caller = enter(app, parts).await?;
    let headers = &parts.headers;
    let length =
        number(headers, &LENGTH).ok_or_else(|| invalid("Upload-Length: the length of the file in bytes"))?;
    let described = text(headers, &METADATA).unwrap_or_default();
    let metadata = read_metadata(described)?;
    let name = ["filename", "name"].iter().find_map(|key| metadata.get(*key)).cloned();
    let wanted = plain::kind(metadata.get("kind").map(String::as_str)).map_err(ApiError::problem)?;
    let described = described.to_owned();
    let new = NewUpload { length, name: name.unwrap_or_default(), wanted, described };
    app.rates.upload(caller).map_err(ApiError::problem)?;
    let upload = app.engine.begin_upload(caller, new, app.media.limits).await.map_err(refusal)?;
    let mut at = 0;
    if text(headers, &CONTENT_TYPE) == Some(PIECE) || length == 0 {
        at = offset(app, caller, &upload, sent(upload.file_id, 0, headers, body)?).await?;
    }
    let mut response = empty(StatusCode::CREATED);
    set(&mut response, LOCATION, &format!("/api/v1/uploads/{}", upload.file_id));
    set(&mut response, OFFSET, &at.to_string());
    set(&mut response, EXPIRES, &date(upload.expires_ms));
    Ok(response)
}

/// How far an upload is.
pub async fn head(State(app): State<Arc<App>>, Path(file): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let looked = async {
        let caller = enter(&app, &parts).await?;
        let upload = app.media.look(caller, read(&file)?).await.map_err(ApiError::problem)?;
        let mut response = empty(StatusCode::OK);
        set(&mut response, OFFSET, &upload.offset.to_string());
        set(&mut response, LENGTH, &upload.length.to_string());
        if !upload.described.is_empty() {
            set(&mut response, METADATA, &upload.described);
        }
        set(&mut response, EXPIRES, &date(upload.expires_ms));
        Ok(response)
    };
    ended(looked.await)
}

/// Goes on with an upload.
pub async fn patch(State(app): State<Arc<App>>, Path(file): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    ended(go_on(&app, &file, &parts, body).await)
}

/// The same for clients that cannot send PATCH or DELETE.
pub async fn overridden(state: State<Arc<App>>, file: Path<String>, request: Request) -> Response {
    match text(request.headers(), &OVERRIDE) {
        Some("PATCH") => patch(state, file, request).await,
        Some("DELETE") => terminate(state, file, request).await,
        _ => ended(Err(invalid("send PATCH, or X-HTTP-Method-Override: PATCH"))),
    }
}

async fn go_on(app: &App, file: &str, parts: &Parts, body: Body) -> Result<Response, Problem> {
    let caller = enter(app, parts).await?;
    let headers = &parts.headers;
    if text(headers, &CONTENT_TYPE) != Some(PIECE) {
        let detail = format!("send the bytes with `Content-Type: {PIECE}`");
        return Err(Problem {
            status: UNSUPPORTED_MEDIA_TYPE,
            ..Problem::new(ErrorCode::InvalidInput, detail)
        });
    }
    let at = number(headers, &OFFSET).ok_or_else(|| invalid("Upload-Offset: where the bytes belong"))?;
    let file = read(file)?;
    let upload = app.engine.upload(caller, file).await.map_err(refusal)?;
    let at = offset(app, caller, &upload, sent(file, at, headers, body)?).await?;
    let mut response = empty(StatusCode::NO_CONTENT);
    set(&mut response, OFFSET, &at.to_string());
    set(&mut response, EXPIRES, &date(upload.expires_ms));
    Ok(response)
}

/// Ends an upload that is not sent.
pub async fn terminate(State(app): State<Arc<App>>, Path(file): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let ended_by = async {
        let caller = enter(&app, &parts).await?;
        app.engine.delete_file(caller, DeleteFile { file_id: read(&file)? }).await.map_err(refusal)?;
        Ok(empty(StatusCode::NO_CONTENT))
    };
    ended(ended_by.await)
}

/// Receives bytes; how far the upload is then.
async fn offset(app: &App, caller: Caller, upload: &Upload, sent: Sent) -> Result<u64, Problem> {
    match app.media.receive(caller, sent).await.map_err(ApiError::problem)? {
        Received::Upto(offset) => Ok(offset),
        Received::File(_) => Ok(upload.length),
        Received::Elsewhere(offset) => {
            let detail = format!("the upload goes on at {offset}; ask with HEAD and send from there");
            Err(Problem::new(ErrorCode::Conflict, detail))
        }
        Received::Busy => {
            let detail = "another request is sending to this upload; wait for its end";
            Err(Problem { status: LOCKED, ..Problem::new(ErrorCode::Conflict, detail) })
        }
        Received::Mismatch => {
            let detail = "the bytes do not have this checksum, and none was kept; send them again";
            Err(Problem { status: CHECKSUM_MISMATCH, ..Problem::new(ErrorCode::InvalidInput, detail) })
        }
    }
}

fn sent(file: FileId, at: u64, headers: &HeaderMap, body: Body) -> Result<Sent, Problem> {
    let checksum = text(headers, &CHECKSUM).map(|given| {
        let (algorithm, sum) = given.split_once(' ').ok_or_else(bad_checksum)?;
        let sum = STANDARD.decode(sum.trim()).map_err(|_| bad_checksum())?;
        match algorithm {
            "sha1" => Ok(Checksum::Sha1(sum)),
            "sha256" => Ok(Checksum::Sha256(sum)),
            _ => Err(bad_checksum()),
        }
    });
    Ok(Sent { file, at, body, checksum: checksum.transpose()? })
}

fn bad_checksum() -> Problem {
    let detail = "Upload-Checksum: sha1 or sha256, a space, and the sum in base64";
    Problem { status: StatusCode::BAD_REQUEST.as_u16(), ..Problem::new(ErrorCode::InvalidInput, detail) }
}

/// Who asks, in this version of the protocol.
async fn enter(app: &App, parts: &Parts) -> Result<Caller, Problem> {
    if text(&parts.headers, &RESUMABLE) != Some(ONE) {
        let detail = "this server speaks tus 1.0.0: send `Tus-Resumable: 1.0.0`";
        return Err(Problem { status: PRECONDITION_FAILED, ..Problem::new(ErrorCode::InvalidInput, detail) });
    }
    caller(app, parts).await.map_err(ApiError::problem)
}

/// `key value, key value`, the values in base64.
fn read_metadata(given: &str) -> Result<HashMap<String, String>, Problem> {
    let bad = || invalid("Upload-Metadata: keys with values in base64, at most 4096 bytes");
    if given.len() > METADATA_MAX {
        return Err(bad());
    }
    let mut metadata = HashMap::new();
    for pair in given.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim()).map_err(|_| bad())?;
        metadata.insert(key.to_owned(), String::from_utf8_lossy(&value).into_owned());
    }
    Ok(metadata)
}

fn invalid(detail: &'static str) -> Problem {
    Problem::new(ErrorCode::InvalidInput, detail)
}

fn refusal(error: parlance_engine::Error) -> Problem {
    ApiError::from(error).problem()
}

fn read(file: &str) -> Result<FileId, Problem> {
    file.parse().map_err(|_| refusal(parlance_engine::Error::Rejected(Rejection::File(FileRefusal::NoFile))))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// A time as HTTP writes it.
fn date(ms: i64) -> String {
    let since = std::time::Duration::from_millis(ms.max(0) as u64);
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
}

fn ended(done: Result<Response, Problem>) -> Response {
    let mut response = done.unwrap_or_else(|refused| {
        let version = refused.status == PRECONDITION_FAILED;
        let mut response = problem(refused);
        if version {
            set(&mut response, VERSION, ONE);
        }
        response
    });
    set(&mut response, RESUMABLE, ONE);
    set(&mut response, CACHE_CONTROL, "no-store");
    response
}
