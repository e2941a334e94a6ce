//! Refusals over HTTP: one form, stable codes, advice, and the headers that go with them.
//! What cannot be read is told apart from what does not fit.

use serde_json::json;

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
async fn the_head_of_a_request_has_its_limits() {
    let place = Place::start().await;
    let many = (0..70).fold(place.http.get(format!("{}/healthz", place.url)), |request, number| {
        request.header(format!("x-{number}"), "1")
    });
    assert_eq!(many.send().await.unwrap().status(), 431);
    let long = place.http.get(format!("{}/healthz", place.url)).header("x-long", "y".repeat(20 * 1_024));
    assert_eq!(long.send().await.unwrap().status(), 431);
}
