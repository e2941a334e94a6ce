//! Withdrawing a message: who may, what others and late comers see, and that no answer returns its content.
//! What was refused left everything as it was.

use serde_json::json;

use crate::place::{Place, code};

const CANARY: &str = "canary-7f3a";

#[tokio::test]
async fn a_recalled_message_is_gone_for_everybody_and_everywhere() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let mut line = bob.line().await;
    alice.post(&format!("{at}/messages"), &json!({ "client_message_id": "k", "text": CANARY })).await;
    assert_eq!(line.event("entry").await["entry"]["body"]["text"], CANARY);
    assert_eq!(code(&bob.delete(&format!("{at}/messages/2")).await), (403, "forbidden"));
    let (status, accepted) = alice.delete(&format!("{at}/messages/2")).await;
    assert_eq!((status, &accepted["index"]), (200, &json!(3)), "{accepted}");
    let heard = line.event("entry").await;
    assert_eq!(heard["entry"]["body"], json!({ "kind": "recalled", "target": 2 }));
    // A repeat is no second entry.
    assert_eq!(alice.delete(&format!("{at}/messages/2")).await.1["index"], 3);
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    for person in [&alice, &bob] {
        let gone = person.get(&format!("{at}/messages/2")).await.1;
        assert_eq!(gone["body"], json!({ "kind": "gone", "reason": "recalled" }));
        assert_eq!(person.get(&at).await.1["last_message"]["body"]["kind"], "gone");
    }
    assert_eq!(code(&carol.delete(&format!("{at}/messages/2")).await), (404, "not_found"));
    for person in [&alice, &bob, &carol] {
        for path in [&at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
            let answer = person.get(path).await.1.to_string();
            assert!(!answer.contains(CANARY), "{path}: {answer}");
        }
    }
    // The retry key still stands for the message that was.
    let again = json!({ "client_message_id": "k", "text": CANARY });
    assert_eq!(alice.post(&format!("{at}/messages"), &again).await.1["index"], 2);
}

#[tokio::test]
async fn what_cannot_be_recalled_is_refused_with_a_reason() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.limits.recall_window_minutes = 0;
    })
    .await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}/messages");
    alice.post(&at, &json!({ "client_message_id": "k", "text": "hello" })).await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    assert_eq!(code(&alice.delete(&format!("{at}/1")).await), (403, "too_late"));
    assert_eq!(code(&alice.delete(&format!("{at}/2")).await), (404, "not_found"));
    assert_eq!(code(&eve.delete(&format!("{at}/1")).await), (404, "not_found"));
    assert_eq!(alice.get(&format!("{at}/1")).await.1["body"]["text"], "hello");
}

#[tokio::test]
async fn a_reply_names_a_message_that_its_writer_may_see() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}/messages");
    alice.post(&at, &json!({ "client_message_id": "a", "text": "tea?" })).await;
    let reply = json!({ "client_message_id": "b", "text": "yes", "reply_to": 1 });
    assert_eq!(bob.post(&at, &reply).await.1["index"], 2);
    assert_eq!(alice.get(&format!("{at}/2")).await.1["details"], json!({ "reply_to": 1 }));
    let nowhere = json!({ "client_message_id": "c", "text": "yes", "reply_to": 9 });
    assert_eq!(code(&bob.post(&at, &nowhere).await), (404, "not_found"));
    let other = json!({ "client_message_id": "b", "text": "yes" });
    assert_eq!(code(&bob.post(&at, &other).await), (409, "retry_key_reused"));
}
