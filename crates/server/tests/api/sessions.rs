//! Devices: a list, signing one out from another, signing oneself out, with a token and with the cookie.
//! A session that has ended is ended on its open sockets too.

use std::time::{Duration, Instant};

use crate::place::{Place, code};

#[tokio::test]
async fn devices_are_listed_and_one_signs_another_out() {
    let place = Place::start().await;
    let phone = place.person("alice").await;
    let laptop = place.log_in("alice").await;
    let line = laptop.line().await;
    let (_, answer) = phone.get("/api/v1/sessions").await;
    let sessions = answer["sessions"].as_array().unwrap();
    let states: Vec<_> = sessions
        .iter()
        .map(|one| (one["session_id"].as_str().unwrap(), one["current"] == true, one["online"] == true))
        .collect();
    assert_eq!(states, [(laptop.session.as_str(), false, true), (phone.session.as_str(), true, false)]);
    let began = Instant::now();
    assert_eq!(phone.delete(&format!("/api/v1/sessions/{}", laptop.session)).await.0, 200);
    let (close, frames) = line.close().await;
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!((close, &frames.last().unwrap()["data"]["reason"]), (4401, &"session_ended".into()));
    assert_eq!(code(&laptop.get("/api/v1/me").await), (401, "session_ended"));
    let stranger = place.person("bob").await;
    let foreign = stranger.delete(&format!("/api/v1/sessions/{}", phone.session)).await;
    assert_eq!(foreign, stranger.delete("/api/v1/sessions/s_0000000000001").await);
    assert_eq!(code(&foreign), (404, "not_found"));
    assert_eq!(phone.get("/api/v1/me").await.0, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_cookie() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let cookie = format!("parlance={}", alice.token);
    let get =
        |cookie: String| place.http.get(format!("{}/api/v1/me", place.url)).header("cookie", cookie).send();
    assert_eq!(get(cookie.clone()).await.unwrap().status(), 200);
    let out = alice.request(reqwest::Method::POST, "/api/v1/logout").send().await.unwrap();
    assert_eq!(out.status(), 200);
    assert!(out.headers()["set-cookie"].to_str().unwrap().starts_with("parlance=; Path=/; Max-Age=0"));
    assert_eq!(get(cookie).await.unwrap().status(), 401);
    assert_eq!(code(&place.get("/api/v1/me").await), (401, "not_signed_in"));
}

#[tokio::test]
async fn signing_out_on_a_socket_is_answered_before_it_closes() {
    let place = Place::start().await;
    let mut line = place.person("alice").await.line().await;
    let id = line.start("session.log_out", serde_json::json!({})).await;
    let (close, frames) = line.close().await;
    assert_eq!(close, 4401);
    assert!(frames.iter().any(|frame| frame["id"] == id && frame["out"].is_object()), "{frames:?}");
    assert_eq!(frames.last().unwrap()["event"], "goodbye");
}
