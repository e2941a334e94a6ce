//! Registration, passwords and what guards them: rules for names and passwords, equal answers, limits on guessing.
//! Whoever is signed in stays so, whatever others try.

use std::time::Instant;

use parlance_server::config::Registration;
use serde_json::json;

use crate::place::{PASSWORD, Place, code};

#[tokio::test]
async fn the_first_user_administers_and_the_second_does_not() {
    let place = Place::start().await;
    assert_eq!(place.get("/api/v1/server").await.1["empty"], true);
    let alice = place.person("alice").await;
    assert_eq!(place.get("/api/v1/server").await.1["empty"], false, "at once");
    let bob = place.person("Bob").await;
    assert_eq!(place.get("/api/v1/server").await.1["empty"], false);
    let (status, me) = alice.get("/api/v1/me").await;
    assert_eq!((status, &me["admin"], &me["user"]["username"]), (200, &json!(true), &json!("alice")));
    let (_, me) = bob.get("/api/v1/me").await;
    assert_eq!((&me["admin"], &me["user"]["username"]), (&json!(false), &json!("bob")));
    assert!(alice.token.starts_with("ps_") && alice.token != bob.token);
}

#[tokio::test]
async fn names_and_passwords_that_do_not_do_are_refused() {
    let place = Place::start().await;
    place.person("alice").await;
    for (name, password, refusal) in [
        ("alice", PASSWORD, (409, "name_taken")),
        ("ALICE", PASSWORD, (409, "name_taken")),
        ("al", PASSWORD, (422, "invalid_input")),
        ("bob", "too short", (422, "weak_password")),
        ("bob", "1234567890", (422, "weak_password")),
        ("bob", &"long".repeat(33), (422, "weak_password")),
        ("bobthebuilder", "BobTheBuilder", (422, "weak_password")),
    ] {
        let input = json!({ "username": name, "password": password });
        assert_eq!(code(&place.post("/api/v1/register", &input).await), refusal, "{name} {password}");
    }
    assert_eq!(place.log_in_with("bob", "1234567890").await.0, 401);
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_answer_alike() {
    let place = Place::start().await;
    place.person("alice").await;
    let wrong = place.log_in_with("alice", "not this password").await;
    assert_eq!(code(&wrong), (401, "wrong_credentials"));
    assert_eq!(place.log_in_with("nobody", "not this password").await, wrong);
    assert_eq!(place.log_in_with("not a name", "not this password").await, wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_name_and_a_wrong_password_take_the_same_time() {
    const ROUNDS: usize = 15;
    let place = Place::start_with(|config| config.limits.tries_per_account = 1_000).await;
    place.person("alice").await;
    let time = async |name: &str| {
        let began = Instant::now();
        assert_eq!(place.log_in_with(name, "not this password").await.0, 401);
        began.elapsed()
    };
    time("alice").await;
    let mut medians = Vec::new();
    // A hash takes tens of milliseconds and its absence next to nothing. A busy machine can spoil a series, not all.
    for _ in 0..5 {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            known.push(time("alice").await);
            unknown.push(time(&format!("nobody{round}")).await);
        }
        known.sort();
        unknown.sort();
        let (known, unknown) = (known[ROUNDS / 2].as_secs_f64(), unknown[ROUNDS / 2].as_secs_f64());
        if known / unknown < 1.3 && unknown / known < 1.3 {
            return;
        }
        medians.push((known, unknown));
    }
    panic!("the medians tell them apart: {medians:?}");
}

#[tokio::test]
async fn forwarded_addresses_are_believed_from_trusted_proxies_only() {
    for (trusted, believed) in [("", false), ("127.0.0.1", true)] {
        let place = Place::start_with(|config| {
            config.trusted_proxies = trusted.parse().unwrap();
            config.limits.registrations_per_hour = 1;
        })
        .await;
        let register = async |name: &str, address: &str| {
            let input = json!({ "username": name, "password": PASSWORD });
            let request = place.http.post(format!("{}/api/v1/register", place.url)).json(&input);
            request.header("x-forwarded-for", address).send().await.unwrap().status().as_u16()
        };
        assert_eq!(register("alice", "198.51.100.7").await, 200);
        // This machine's own address has hardly a limit; the client's has one.
        let second = if believed { 429 } else { 200 };
        assert_eq!(register("bob", "203.0.113.9, 198.51.100.7").await, second, "{trusted:?}");
        assert_eq!(register("carol", "198.51.100.8").await, 200);
    }
}

#[tokio::test]
async fn the_sixth_wrong_password_waits_while_signed_in_devices_go_on() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    for _ in 0..5 {
        assert_eq!(place.log_in_with("alice", "not this password").await.0, 401);
    }
    let refused = place.log_in_with("alice", PASSWORD).await;
    assert_eq!(code(&refused), (429, "rate_limited"));
    assert!(refused.1["retry_after_ms"].as_u64().is_some_and(|wait_ms| wait_ms > 600_000));
    assert_eq!(alice.get("/api/v1/me").await.0, 200);
    alice.line().await;
}

#[tokio::test]
async fn another_password_ends_the_other_devices_only() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let other = place.log_in("alice").await;
    let mut line = other.line().await;
    let wrong = json!({ "password": "not this password", "new_password": "another good one" });
    assert_eq!(code(&alice.post("/api/v1/me/password", &wrong).await), (401, "wrong_credentials"));
    let right = json!({ "password": PASSWORD, "new_password": "another good one" });
    assert_eq!(alice.post("/api/v1/me/password", &right).await.0, 200);
    assert_eq!(line.event("goodbye").await["reason"], "session_ended");
    assert_eq!(line.close().await.0, 4401);
    assert_eq!(code(&other.get("/api/v1/me").await), (401, "session_ended"));
    assert_eq!(alice.get("/api/v1/me").await.0, 200);
    assert_eq!(place.log_in_with("alice", PASSWORD).await.0, 401);
    assert_eq!(place.log_in_with("alice", "another good one").await.0, 200);
}

#[tokio::test]
async fn a_closed_server_takes_no_registrations() {
    let place = Place::start_with(|config| config.registration = Registration::Closed).await;
    let input = json!({ "username": "alice", "password": PASSWORD });
    assert_eq!(code(&place.post("/api/v1/register", &input).await), (403, "registration_closed"));
}

#[tokio::test]
async fn profiles_are_changed_by_their_owner_and_seen_by_others() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let change = json!({ "display_name": "Alice A.", "status_text": "at sea" });
    assert_eq!(alice.patch("/api/v1/me", &change).await.1["display_name"], "Alice A.");
    let (_, seen) = bob.get(&format!("/api/v1/users/{}", alice.id)).await;
    assert_eq!((&seen["display_name"], &seen["status_text"]), (&json!("Alice A."), &json!("at sea")));
    assert_eq!(bob.get("/api/v1/users?username=ALICE").await.1["user_id"], alice.id.as_str());
    assert_eq!(code(&bob.get("/api/v1/users?username=nobody").await), (404, "not_found"));
    let ids = json!({ "user_ids": [alice.id, bob.id, "u_0000000000001"] });
    assert_eq!(bob.post("/api/v1/users/look_up", &ids).await.1["users"].as_array().unwrap().len(), 2);
    assert_eq!(code(&alice.patch("/api/v1/me", &json!({ "display_name": " " })).await).0, 422);
    assert_eq!(code(&alice.patch("/api/v1/me", &json!({ "admin": true })).await), (422, "invalid_input"));
}
