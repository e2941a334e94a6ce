//! The HTTP door: routes made from the operation table, health and figures, the web client, the documentation.
//! A route here only reads its input and writes its answer; what is done is in `operations`.

mod answer;
mod headers;
mod health;
mod input;
mod media;
mod operation;
mod web;

pub use answer::problem;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawPathParams, Request};
use axum::middleware::map_response;
use axum::routing::{MethodFilter, get, on};
use parlance_proto::{ErrorCode, Method, OPERATIONS, Problem};

use crate::app::App;
use crate::{openapi, socket};

/// Every route of the server; the web client comes from `web_folder` if that is not empty. A node that takes no clients has
/// only what other programs ask about it.
pub fn router(app: Arc<App>, web_folder: &Path) -> Router {
    let secure = app.site.is_secure();
    let router = if app.takes_clients { doors(app, web_folder) } else { health_only(app) };
    router
        .method_not_allowed_fallback(|| async { problem(wrong_method()) })
        .layer(map_response(move |response| async move { headers::secure(response, secure) }))
}

/// What is asked about the server.
fn health() -> Router<Arc<App>> {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::figures))
}

fn health_only(app: Arc<App>) -> Router {
    health().fallback(|| async { problem(health::no_gateway()) }).with_state(app)
}

fn doors(app: Arc<App>, web_folder: &Path) -> Router {
    let mut router = Router::new();
    for row in OPERATIONS.iter().filter(|row| !row.path.is_empty()) {
        let app = Arc::clone(&app);
        let handler = move |path: RawPathParams, request: Request| operation::call(app, row, path, request);
        router = router.route(row.path, on(filter(row.method), handler));
    }
    let router = router
        .route("/api/v1/ws", get(socket::upgrade))
        .merge(health())
        .merge(media::router())
        .with_state(app)
        .merge(openapi::router());
    if web_folder.as_os_str().is_empty() {
        router.fallback(web::serve)
    } else {
        router.fallback_service(web::folder(web_folder))
    }
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

fn wrong_method() -> Problem {
    const METHOD_NOT_ALLOWED: u16 = 405;
    let detail = "this address takes other methods, see `Allow`; /docs lists what there is";
    Problem { status: METHOD_NOT_ALLOWED, ..Problem::new(ErrorCode::UnknownOperation, detail) }
}
