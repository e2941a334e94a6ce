//! Changing a message: who may, what others and other devices see, and that nothing of it outlives a recall.
//! What was refused left the message as it was.

use serde_json::json;

use crate::place::{Place, code};

const CANARY: &str = "canary-51c9";

#[tokio::test]
async fn an_edited_message_says_the_new_text_everywhere() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let laptop = place.log_in("alice").await;
    let (mut line, mut own) = (bob.line().await, laptop.line().await);
    alice.say(&group, "k", "helo").await;
    let (status, accepted) = alice.patch(&format!("{at}/messages/2"), &json!({ "text": "hello" })).await;
    assert_eq!((status, &accepted["index"], &accepted["ordinal"]), (200, &json!(3), &json!(1)));
    for line in [&mut line, &mut own] {
        assert_eq!(line.event("entry").await["entry"]["body"]["text"], "helo");
        let heard = line.event("entry").await;
        assert_eq!(heard["entry"]["body"], json!({ "kind": "edited", "target": 2, "text": "hello" }));
    }
    // The same text again is no second change.
    assert_eq!(alice.patch(&format!("{at}/messages/2"), &json!({ "text": "hello" })).await.1["index"], 3);
    for person in [&alice, &bob] {
        let now = person.get(&format!("{at}/messages/2")).await.1;
        assert_eq!(now["body"]["text"], "hello");
        assert_eq!(now["details"]["edited_ms"], accepted["time_ms"]);
        assert_eq!(person.get(&at).await.1["last_message"]["body"]["text"], "hello");
        assert_eq!(person.get(&format!("{at}/messages/3")).await.1["body"]["text"], "hello");
    }
    assert_eq!(bob.get(&at).await.1["unread"], 1);
    // Who comes later sees that something was edited, and not what.
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    alice.patch(&format!("{at}/messages/2"), &json!({ "text": "hello you" })).await;
    let late = carol.get(&format!("{at}/messages")).await.1;
    assert_eq!(late["entries"][1]["body"], json!({ "kind": "edited", "target": 2 }), "{late}");
    assert_eq!(code(&carol.patch(&format!("{at}/messages/2"), &json!({ "text": "x" })).await).0, 404);
}

#[tokio::test]
async fn a_recall_leaves_nothing_of_any_version() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let at = format!("/api/v1/conversations/{}", alice.direct(&bob));
    alice.say(&alice.direct(&bob), "k", CANARY).await;
    for text in ["second canary-51c9", "third canary-51c9"] {
        assert_eq!(alice.patch(&format!("{at}/messages/1"), &json!({ "text": text })).await.0, 200);
    }
    assert_eq!(alice.delete(&format!("{at}/messages/1")).await.0, 200);
    for person in [&alice, &bob] {
        for path in [&at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
            let answer = person.get(path).await.1.to_string();
            assert!(!answer.contains(CANARY), "{path}: {answer}");
        }
        let edited = person.get(&format!("{at}/messages/2")).await.1;
        assert_eq!(edited["body"], json!({ "kind": "edited", "target": 1 }));
    }
    let again = alice.patch(&format!("{at}/messages/1"), &json!({ "text": "back" })).await;
    assert_eq!(code(&again), (404, "not_found"));
}

#[tokio::test]
async fn what_cannot_be_edited_is_refused_with_a_reason() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.limits.edit_window_minutes = 0;
    })
    .await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}/messages/1");
    alice.say(&chat, "k", "hello").await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    for (person, text, refusal) in [
        (&alice, "late".to_owned(), (403, "too_late")),
        (&alice, " ".to_owned(), (422, "invalid_input")),
        (&alice, "x".repeat(8_001), (413, "too_large")),
        (&bob, "mine".to_owned(), (403, "forbidden")),
        (&eve, "mine".to_owned(), (404, "not_found")),
    ] {
        assert_eq!(code(&person.patch(&at, &json!({ "text": text })).await), refusal, "{text:.20}");
    }
    assert_eq!(alice.get(&at).await.1["body"]["text"], "hello");
}
