//! What other programs ask a server about itself: whether it lives, whether it takes requests, its figures.
//! Figures are for this machine, or for whoever has the configured token.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use parlance_proto::{ErrorCode, Problem};

use super::problem;
use crate::app::App;
use crate::error::ApiError;
use crate::listener::Peer;
use crate::signin::credential::bearer;

/// What Prometheus calls its text format.
const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The answer of a node that takes no clients.
pub fn no_gateway() -> Problem {
    let detail = "this node takes no clients (its role \"gateway\" is off); ask another node, or the balancer in front";
    ApiError::new(ErrorCode::Unavailable, detail).problem()
}

/// The store answers, the server takes clients and is not stopping.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    if app.tasks.is_stopping() {
        return problem(ApiError::busy().problem());
    }
    if !app.takes_clients {
        return problem(no_gateway());
    }
    match app.engine.has_users().await {
        Ok(_) if app.engine.hears_others() => "ready\n".into_response(),
        // It takes requests all the same: other nodes would do no better.
        Ok(_) => "ready, but NATS is away: what other nodes do is seen late\n".into_response(),
        Err(error) => {
            let problem_there = ApiError::from(error).problem();
            problem(Problem { status: StatusCode::SERVICE_UNAVAILABLE.as_u16(), ..problem_there })
        }
    }
}

/// The figures.
pub async fn figures(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
    let knows =
        !app.metrics_token.is_empty() && token.is_some_and(|token| app.metrics_token.is(token.expose()));
    let local = app.metrics_local && peer.address().is_loopback();
    if !knows && !local {
        return problem(Problem::new(
            ErrorCode::NotFound,
            "there is no such thing, or it is not yours to see",
        ));
    }
    ([(CONTENT_TYPE, PROMETHEUS_TEXT)], app.figures.render()).into_response()
}
