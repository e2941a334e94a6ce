//! Answers over HTTP: JSON, and refusals as `application/problem+json` with the headers that go with them.
//! Nothing that the API answers may be kept by a cache.

use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use parlance_proto::{Problem, codec};
use serde::Serialize;

/// An answer.
pub fn json(output: &impl Serialize) -> Response {
    with_json(StatusCode::OK, "application/json", output)
}

/// A refusal.
pub fn problem(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = with_json(status, "application/problem+json", &problem);
    let headers = response.headers_mut();
    if let Some(wait_ms) = problem.retry_after_ms {
        headers.insert(RETRY_AFTER, HeaderValue::from(wait_ms.div_ceil(1_000)));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn with_json(status: StatusCode, kind: &'static str, content: &impl Serialize) -> Response {
    let mut text = Vec::with_capacity(512);
    codec::write_json(content, &mut text);
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::ErrorCode;

    #[test]
    fn a_refusal_says_when_to_come_back_and_how_to_sign_in() {
        let late = problem(Problem::new(ErrorCode::RateLimited, "slow down").retry_after_ms(1_200));
        assert_eq!(late.status(), 429);
        assert_eq!(late.headers()[RETRY_AFTER], "2");
        assert_eq!(late.headers()[CONTENT_TYPE], "application/problem+json");
        let stranger = problem(Problem::new(ErrorCode::NotSignedIn, "sign in"));
        assert_eq!(
            (stranger.status(), &stranger.headers()[WWW_AUTHENTICATE] == "Bearer"),
            (StatusCode::UNAUTHORIZED, true)
        );
    }
}
