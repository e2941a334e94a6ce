//! Messages over both doors: order, retries, history, unread counts, live events, and who hears what.
//! A member who was removed neither writes nor hears anything more.

use std::time::Duration;

use serde_json::json;

use crate::place::{Place, code, text};

#[tokio::test]
async fn what_one_sends_the_other_hears_and_finds() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let (mut from, mut to) = (alice.line().await, bob.line().await);
    let input = json!({ "conversation_id": chat, "client_message_id": "k1", "text": "grüß dich ☀" });
    let sent = from.does("message.send", input).await;
    assert_eq!((&sent["index"], &sent["ordinal"]), (&json!(1), &json!(1)));
    let heard = to.event("entry").await;
    assert_eq!(
        (&heard["conversation_id"], &heard["entry"]["body"]["text"]),
        (&json!(chat), &json!("grüß dich ☀"))
    );
    assert_eq!(heard["entry"]["sender"], alice.id.as_str());
    assert!(to.event("cursor").await["user_index"].as_u64().unwrap() >= 1);
    let at = format!("/api/v1/conversations/{chat}");
    assert_eq!(bob.get(&at).await.1["unread"], 1);
    assert_eq!(bob.get(&format!("{at}/messages/1")).await.1["body"]["text"], "grüß dich ☀");
    assert_eq!(
        bob.post(&format!("{at}/read"), &json!({ "index": 9 })).await.1,
        json!({ "read_index": 1, "unread": 0 })
    );
    assert_eq!(to.event("read").await["read_index"], 1);
    assert_eq!(bob.get(&at).await.1["unread"], 0);
}

#[tokio::test]
async fn history_is_read_both_ways() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mut line = alice.line().await;
    for number in 1..=30 {
        let input =
            json!({ "conversation_id": chat, "client_message_id": format!("k{number}"), "text": "x" });
        line.start("message.send", input).await;
    }
    for id in 1..=30 {
        assert_eq!(line.answer(id).await["out"]["index"], id, "one connection's sends keep their order");
    }
    let page = |query: &'static str| {
        let (bob, chat) = (bob.clone(), chat.clone());
        async move {
            let (status, page) = bob.get(&format!("/api/v1/conversations/{chat}/messages?{query}")).await;
            assert_eq!(status, 200, "{page}");
            let indexes: Vec<u64> = page["entries"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["index"].as_u64().unwrap())
                .collect();
            (indexes, page["head"].as_u64().unwrap())
        }
    };
    assert_eq!(page("limit=2").await, (vec![29, 30], 30));
    assert_eq!(page("after=3&limit=2").await, (vec![4, 5], 30));
    assert_eq!(page("before=3&limit=2").await, (vec![1, 2], 30));
    assert_eq!(page("after=10&before=13").await, (vec![11, 12], 30));
    assert_eq!(page("after=30").await, (vec![], 30));
    let (status, problem) = bob.get(&format!("/api/v1/conversations/{chat}/messages?limit=201")).await;
    assert_eq!((status, text(&problem["code"]).as_str()), (422, "invalid_input"));
}

#[tokio::test]
async fn a_repeat_answers_the_first_index_over_any_door() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    assert_eq!(alice.say(&chat, "k1", "once").await, 1);
    assert_eq!(alice.say(&chat, "k1", "once").await, 1);
    let mut line = alice.line().await;
    let again = json!({ "conversation_id": chat, "client_message_id": "k1", "text": "once" });
    assert_eq!(line.does("message.send", again).await["index"], 1);
    let other = json!({ "conversation_id": chat, "client_message_id": "k1", "text": "twice" });
    assert_eq!(line.refused("message.send", other.clone()).await, "retry_key_reused");
    assert_eq!(code(&alice.post(&format!("/api/v1/conversations/{chat}/messages"), &other).await).0, 409);
    assert_eq!(bob.say(&chat, "k1", "another's key").await, 2);
}

#[tokio::test]
async fn what_cannot_be_a_message_is_refused_with_advice() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let at = format!("/api/v1/conversations/{}/messages", alice.direct(&bob));
    for (input, refusal) in [
        (json!({ "client_message_id": "k", "text": " " }), (422, "invalid_input")),
        (json!({ "client_message_id": "k", "text": "x".repeat(8_001) }), (413, "too_large")),
        (json!({ "client_message_id": "a b", "text": "x" }), (422, "invalid_input")),
        (json!({ "text": "x" }), (422, "invalid_input")),
        (json!({ "client_message_id": "k", "text": "x", "sender": bob.id }), (422, "invalid_input")),
        (json!({ "client_message_id": "k", "text": "x", "index": 7 }), (422, "invalid_input")),
    ] {
        let answer = alice.post(&at, &input).await;
        assert_eq!(code(&answer), refusal, "{input}");
        assert!(!text(&answer.1["detail"]).is_empty());
    }
    let nobody = "d_0000000000001_0000000000002";
    let input = json!({ "client_message_id": "k", "text": "x" });
    assert_eq!(
        code(&alice.post(&format!("/api/v1/conversations/{nobody}/messages"), &input).await),
        (404, "not_found")
    );
}

#[tokio::test]
async fn whoever_was_removed_neither_writes_nor_hears() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("g1", &[&bob]).await;
    let mut line = bob.line().await;
    alice.say(&group, "k1", "with bob").await;
    line.event("entry").await;
    assert_eq!(alice.delete(&format!("/api/v1/conversations/{group}/members/{}", bob.id)).await.0, 200);
    let input = json!({ "conversation_id": group, "client_message_id": "b1", "text": "still here?" });
    assert_eq!(line.refused("message.send", input).await, "not_found");
    line.within(Duration::from_millis(500)).await;
    let after = alice.say(&group, "k2", "a canary without bob").await;
    assert_eq!(after, 4, "created, said, removed, said: the refused message took no index");
    let heard = line.within(Duration::from_millis(1_500)).await;
    assert!(heard.iter().all(|frame| !frame.to_string().contains("canary")), "{heard:?}");
    assert_eq!(line.refused("message.history", json!({ "conversation_id": group })).await, "not_found");
}
