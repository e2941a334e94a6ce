//! Refusals over HTTP: one form, stable codes, advice, and the headers that go with them.
//! What cannot be read is told apart from what does not fit.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::place::{Place, answer, code, text};

#[tokio::test]
async fn a_refusal_is_a_problem_with_a_stable_code() {
    let place = Place::start().await;
    let response = place.http.get(format!("{}/api/v1/me", place.url)).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let problem: serde_json::Value = response.json().await.unwrap();
    assert_eq!(problem["type"], "urn:parlance:error:not_signed_in");
    assert_eq!((&problem["status"], &problem["code"]), (&json!(401), &json!("not_signed_in")));
    assert!(text(&problem["detail"]).contains("session.log_in"));
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let place = Place::start().await;
    assert_eq!(code(&place.get("/api/v1/nothing").await), (404, "unknown_operation"));
    let put = place.http.put(format!("{}/api/v1/me", place.url)).send().await.unwrap();
    assert_eq!(put.status(), 405);
    assert!(put.headers()["allow"].to_str().unwrap().contains("PATCH"));
    assert_eq!(put.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn what_cannot_be_read_and_what_does_not_fit_differ() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let post = |body: String| {
        let request = alice.request(reqwest::Method::POST, "/api/v1/users/look_up");
        answer(request.header("content-type", "application/json; charset=utf-8").body(body))
    };
    assert_eq!(code(&post("{".to_owned()).await), (400, "bad_frame"));
    assert_eq!(code(&post("[".repeat(5_000)).await), (400, "bad_frame"));
    assert_eq!(code(&post("{}".to_owned()).await), (422, "invalid_input"));
    assert_eq!(code(&post("{\"user_ids\":[\"bob\"]}".to_owned()).await), (422, "invalid_input"));
    assert_eq!(
        code(&post(format!("{{\"user_ids\":[\"{}\"]}}", "x".repeat(130_000))).await),
        (422, "invalid_input")
    );
    assert_eq!(code(&post("x".repeat(128 * 1_024 + 1)).await), (413, "too_large"));
    assert_eq!(code(&alice.get("/api/v1/users/alice").await), (422, "invalid_input"));
    assert_eq!(code(&alice.get("/api/v1/sync?since=yesterday").await), (422, "invalid_input"));
    assert_eq!(code(&alice.get("/api/v1/sync?sinse=1").await), (422, "invalid_input"));
    assert_eq!(code(&alice.get("/api/v1/sync?since=1&since=2").await), (422, "invalid_input"));
}

#[tokio::test]
async fn a_request_that_can_be_read_in_two_ways_is_refused_and_the_socket_closed() {
    let place = Place::start().await;
    let address = place.url.strip_prefix("http://").unwrap();
    let post = "POST /api/v1/login HTTP/1.1\r\nHost: x\r\n";
    for bad in [
        format!("{post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345"),
        format!("{post}Content-Length: 5, 6\r\n\r\n12345"),
        format!("{post}Content-Length: +5\r\n\r\n12345"),
        format!("{post}Transfer-Encoding: identity, x\r\n\r\n12345"),
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: one\rtwo\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: x\r\n folded: b\r\n\r\n".to_owned(),
        "GET /health\0z HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
    ] {
        let answer = two_requests(address, &bad).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{bad:?}: {answer}");
    }
    // Chunks win over a length, as the standard has it, and the socket ends with it all the same.
    let both = format!("{post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n");
    assert!(two_requests(address, &both).await.starts_with("HTTP/1.1 422"));
}

/// What comes back for a request and a second one behind it, which must never be heard: the socket is closed.
async fn two_requests(address: &str, first: &str) -> String {
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let both = format!("{first}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    socket.write_all(both.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "not closed: {first:?}");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{first:?}: {answer}");
    answer
}

#[tokio::test]
async fn the_head_of_a_request_has_its_limits() {
    let place = Place::start().await;
    let many = (0..70).fold(place.http.get(format!("{}/healthz", place.url)), |request, number| {
        request.header(format!("x-{number}"), "1")
    });
    assert_eq!(many.send().await.unwrap().status(), 431);
    let long = place.http.get(format!("{}/healthz", place.url)).header("x-long", "y".repeat(20 * 1_024));
    assert_eq!(long.send().await.unwrap().status(), 431);
}
