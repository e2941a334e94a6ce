//! The description of the API for programs and for people, made from the operation table.
//! Both are served without a session: they tell nothing but what the source tells.

mod document;
mod files;
mod page;

use std::sync::Arc;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const STYLE: &str = include_str!("page.css");

/// The routes of the description.
pub fn router() -> Router {
    let document = document::document();
    let page: Bytes = page::page(&document).into();
    let text: Bytes = format!("{document:#}\n").into();
    Router::new()
        .route("/openapi.json", file(JSON, text))
        .route("/docs", file(HTML, page))
        .route("/docs.css", file(CSS, Bytes::from_static(STYLE.as_bytes())))
}

fn file(kind: &'static str, content: Bytes) -> axum::routing::MethodRouter {
    let content = Arc::new(content);
    get(move || {
        let content = Bytes::clone(&content);
        async move { ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], content).into_response() }
    })
}
