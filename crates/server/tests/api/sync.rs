//! Catching up: differences, resets, and waiting for a change over plain HTTP.
//! A long poll ends with the change, with its time, or with the server.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::place::Place;

#[tokio::test]
async fn without_a_cursor_it_is_a_reset_and_then_a_difference() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (_, first) = bob.get("/api/v1/sync").await;
    assert_eq!(first["reset"], true);
    let since = first["user_index"].as_u64().unwrap();
    alice.say(&alice.direct(&bob), "k1", "hello").await;
    let (_, changes) = bob.get(&format!("/api/v1/sync?since={since}&wait_ms=5000")).await;
    assert_eq!((&changes["reset"], &changes["more"]), (&json!(false), &json!(false)));
    assert_eq!(changes["changed"][0]["conversation_id"], alice.direct(&bob).as_str());
    assert_eq!(changes["changed"][0]["unread"], 1);
    let (_, ahead) = bob.get("/api/v1/sync?since=1000000").await;
    assert_eq!(ahead["reset"], true, "a cursor from another life");
}

#[tokio::test]
async fn a_long_poll_ends_with_the_change_or_its_time() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let since = bob.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let began = Instant::now();
    let (_, nothing) = bob.get(&format!("/api/v1/sync?since={since}&wait_ms=300")).await;
    assert!(began.elapsed() >= Duration::from_millis(290));
    assert_eq!(nothing["changed"], json!([]));
    let waiting = tokio::spawn({
        let bob = bob.clone();
        async move { bob.get(&format!("/api/v1/sync?since={since}&wait_ms=20000")).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    alice.say(&alice.direct(&bob), "k1", "hello").await;
    let (_, changes) = waiting.await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(changes["changed"].as_array().unwrap().len(), 1);
}
