//! Messages that disappear, through the public door: who may set it, what all members hear, and what a late comer gets.
//! The shortest time is five seconds, so one test waits for it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::{Place, code};

const CANARY: &str = "canary-d15a";

#[tokio::test]
async fn a_message_disappears_for_everybody_on_every_path() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let tablet = place.log_in("bob").await;
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let mut line = tablet.line().await;
    let setting = json!({ "disappearing": { "after": "sending", "ms": 5_000 } });
    let (status, accepted) = alice.post(&format!("{at}/disappearing"), &setting).await;
    assert_eq!((status, &accepted["index"]), (200, &json!(2)), "{accepted}");
    let told = line.event("entry").await;
    let expected = json!({ "kind": "disappearing_changed", "disappearing": setting["disappearing"] });
    assert_eq!(told["entry"]["body"], expected);
    assert_eq!(bob.get(&at).await.1["disappearing"], setting["disappearing"]);
    assert_eq!(
        bob.get("/api/v1/conversations").await.1["conversations"][0]["disappearing"],
        setting["disappearing"]
    );
    let sent = Instant::now();
    let message = json!({ "client_message_id": "k", "text": CANARY });
    alice.post(&format!("{at}/messages"), &message).await;
    let told = line.event("entry").await["entry"].clone();
    let lives_ms = told["details"]["expires_ms"].as_i64().unwrap() - told["time_ms"].as_i64().unwrap();
    assert_eq!(lives_ms, 5_000);
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    line.event("entry").await;
    tokio::time::sleep(Duration::from_millis(5_020).saturating_sub(sent.elapsed())).await;
    for person in [&alice, &bob, &tablet, &carol] {
        for path in [&at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
            let answer = person.get(path).await.1.to_string();
            assert!(!answer.contains(CANARY), "{path}: {answer}");
        }
    }
    let gone = json!({ "kind": "gone", "reason": "expired" });
    assert_eq!(bob.get(&format!("{at}/messages/3")).await.1["body"], gone);
    let told = line.event("entry").await["entry"].clone();
    assert_eq!(told["body"], json!({ "kind": "expired", "targets": [3] }));
    // The retry key still stands for the message that was, and a recall finds nothing.
    assert_eq!(alice.post(&format!("{at}/messages"), &message).await.1["index"], 3);
    assert_eq!(code(&alice.delete(&format!("{at}/messages/3")).await), (404, "not_found"));
}

#[tokio::test]
async fn who_may_not_set_it_is_told_so() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let group = alice.group("Team", &[&bob]).await;
    let chat = alice.direct(&bob);
    let at = |id: &str| format!("/api/v1/conversations/{id}/disappearing");
    let wish = |ms: u64| json!({ "disappearing": { "after": "reading", "ms": ms } });
    assert_eq!(code(&bob.post(&at(&group), &wish(5_000)).await), (403, "forbidden"));
    assert_eq!(code(&eve.post(&at(&group), &wish(5_000)).await), (404, "not_found"));
    assert_eq!(code(&eve.post(&at(&chat), &wish(5_000)).await), (404, "not_found"));
    assert_eq!(code(&alice.post(&at(&group), &wish(4_999)).await), (422, "invalid_input"));
    assert_eq!(code(&alice.post(&at(&group), &wish(31_536_000_001)).await), (422, "invalid_input"));
    let first = bob.post(&at(&chat), &wish(5_000)).await.1["index"].clone();
    assert_eq!(first, 1);
    assert_eq!(bob.post(&at(&chat), &wish(5_000)).await.1["index"], first, "a repeat is no second entry");
    assert_eq!(alice.post(&at(&chat), &json!({})).await.1["index"], 2);
    assert_eq!(alice.get(&format!("/api/v1/conversations/{chat}")).await.1["disappearing"], Value::Null);
    let soon = json!({ "client_message_id": "k", "text": "x", "deliver_within_ms": 4_999 });
    let messages = format!("/api/v1/conversations/{chat}/messages");
    assert_eq!(code(&alice.post(&messages, &soon).await), (422, "invalid_input"));
    let soon = json!({ "client_message_id": "k", "text": "x", "deliver_within_ms": 5_000 });
    assert_eq!(alice.post(&messages, &soon).await.0, 200);
    let other = json!({ "client_message_id": "k", "text": "x", "deliver_within_ms": 6_000 });
    assert_eq!(code(&alice.post(&messages, &other).await), (409, "retry_key_reused"));
}
