//! The web client inside the program, or the page that says how to build it.
//! Files with a hash in their name may be kept for ever; everything else is asked for each time.

use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use parlance_proto::{ErrorCode, Problem};
use tower_http::services::{ServeDir, ServeFile};

use super::problem;

/// A file of the web client.
struct File {
    /// Its path on the server.
    address: &'static str,
    /// Its media type.
    kind: &'static str,
    /// Changes with its content.
    tag: &'static str,
    /// Its bytes.
    plain: &'static [u8],
    /// Its bytes in brotli, if that is shorter.
    packed: Option<&'static [u8]>,
}

/// Every file, made by the build script.
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// The page that every address of the client's own loads.
const INDEX: &str = "/index.html";
/// The addresses of the client's own: its page stands at each of them and below.
const OWN: &[&str] = &["/c", "/settings", "/contacts", "/new", "/admin", "/join"];
/// Where the build puts files with a hash in their name.
const HASHED: &str = "/assets/";

/// A web client of somebody's own, as it lies in `path`; addresses that are no file load its page.
pub fn folder(path: &Path) -> ServeDir<ServeFile> {
    ServeDir::new(path).fallback(ServeFile::new(path.join(INDEX.trim_start_matches('/'))))
}

/// A file of the client, or that there is nothing at this address.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    let address = if path == "/" || is_own(path) { INDEX } else { path };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match FILES.iter().find(|file| file.address == address) {
        Some(file) if reads => answer(file, request.headers()),
        _ => problem(Problem::new(
            ErrorCode::UnknownOperation,
            "there is nothing at this address; /docs lists what there is",
        )),
    }
}

fn is_own(path: &str) -> bool {
    let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
    OWN.iter().any(|own| path.strip_prefix(own).is_some_and(below))
}

fn answer(file: &File, asked: &HeaderMap) -> Response {
    let kept = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let unchanged = kept.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == file.tag));
    let packed = file.packed.filter(|_| takes_brotli(asked));
    let mut response = if unchanged {
        let mut empty = Response::new(Body::empty());
        *empty.status_mut() = StatusCode::NOT_MODIFIED;
        empty
    } else {
        Response::new(Body::from(packed.unwrap_or(file.plain)))
    };
    let keep =
        if file.address.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    set(CONTENT_TYPE, file.kind);
    set(ETAG, file.tag);
    set(CACHE_CONTROL, keep);
    set(VARY, "accept-encoding");
    if packed.is_some() && !unchanged {
        set(CONTENT_ENCODING, "br");
    }
    response
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    let offers = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    offers.flat_map(|list| list.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        parts.next() == Some("br") && parts.next() != Some("q=0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(path: &str, header: Option<(HeaderName, &str)>) -> Response {
        let mut request = http::Request::builder().uri(path);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        serve(request.body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn addresses_of_the_client_load_its_page_and_no_others() {
        for path in [
            "/",
            "/index.html",
            "/c/g_0000000000001",
            "/c/g_0000000000001/42",
            "/settings",
            "/settings/privacy",
            "/contacts",
            "/new",
            "/admin/users",
            "/join/abc",
        ] {
            let response = get(path, None).await;
            assert_eq!(response.status(), 200, "{path}");
            assert_eq!(response.headers()[CACHE_CONTROL], "no-cache");
        }
        assert_eq!(get("/nothing", None).await.status(), 404);
        assert_eq!(get("/newer", None).await.status(), 404);
        assert_eq!(get("/../Cargo.toml", None).await.status(), 404);
    }

    #[tokio::test]
    async fn a_folder_is_served_instead_as_it_is() {
        let own = tempfile::tempdir().unwrap();
        std::fs::write(own.path().join("index.html"), "own page").unwrap();
        std::fs::write(own.path().join("own.js"), "own script").unwrap();
        for (path, wanted) in [("/", "own page"), ("/c/g_1", "own page"), ("/own.js", "own script")] {
            let request = http::Request::builder().uri(path).body(Body::empty()).unwrap();
            let response = tower::ServiceExt::oneshot(folder(own.path()), request).await.unwrap();
            let body = axum::body::to_bytes(Body::new(response.into_body()), 100).await.unwrap();
            assert_eq!(body, wanted, "{path}");
        }
    }

    #[tokio::test]
    async fn an_unchanged_page_is_not_sent_again() {
        let first = get("/", None).await;
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        assert_eq!(get("/", Some((IF_NONE_MATCH, &tag))).await.status(), 304);
        assert_eq!(get("/", Some((IF_NONE_MATCH, "\"other\""))).await.status(), 200);
    }

    #[tokio::test]
    async fn whoever_takes_brotli_gets_it() {
        let response = get("/", Some((ACCEPT_ENCODING, "gzip, br"))).await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        let response = get("/", Some((ACCEPT_ENCODING, "gzip, br;q=0"))).await;
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
    }
}
