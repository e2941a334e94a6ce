//! More than plain text: styles, mentions, places, cards, and forwarding them.
//! What is refused sends nothing; what one may not see cannot be forwarded.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};

async fn send(person: &Person, conversation: &str, key: &str, message: Value) -> (u16, Value) {
    let mut input = message;
    input["client_message_id"] = json!(key);
    person.post(&format!("/api/v1/conversations/{conversation}/messages"), &input).await
}

#[tokio::test]
async fn styles_are_read_found_and_kept_through_an_edit() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mut line = bob.line().await;
    let markdown = json!({ "text": "**hi** https://a.example", "format": "markdown" });
    let (status, sent) = send(&alice, &chat, "k", markdown.clone()).await;
    assert_eq!(status, 200, "{sent}");
    let heard = line.event("entry").await["entry"].clone();
    let link = json!({ "from": 3, "to": 20, "style": { "kind": "link", "url": "https://a.example" } });
    let bold = json!({ "from": 0, "to": 2, "style": { "kind": "bold" } });
    assert_eq!(heard["body"]["text"], "hi https://a.example");
    assert_eq!(heard["details"]["spans"], json!([bold, link]));
    assert_eq!(send(&alice, &chat, "k", markdown).await.1["index"], 1, "the same again");
    let plain = json!({ "text": "**hi** https://a.example" });
    assert_eq!(code(&send(&alice, &chat, "k", plain).await), (409, "retry_key_reused"));
    let at = format!("/api/v1/conversations/{chat}/messages/1");
    assert_eq!(bob.get(&at).await.1["details"]["spans"], json!([bold, link]));
    let edited = json!({ "text": "_so_", "format": "markdown" });
    assert_eq!(alice.patch(&at, &edited).await.1["index"], 2);
    let italic = json!([{ "from": 0, "to": 2, "style": { "kind": "italic" } }]);
    assert_eq!(bob.get(&at).await.1["details"]["spans"], italic);
    assert_eq!(line.event("entry").await["entry"]["body"]["spans"], italic);
    let back = json!({ "text": "so", "spans": [{ "from": 0, "to": 3, "style": { "kind": "bold" } }] });
    assert_eq!(code(&alice.patch(&at, &back).await), (422, "invalid_input"));
    let evil = json!({ "text": "so", "spans": [{ "from": 0, "to": 2, "style": { "kind": "link", "url": "javascript:x" } }] });
    assert_eq!(code(&send(&alice, &chat, "k2", evil).await), (422, "invalid_input"));
}

#[tokio::test]
async fn mentions_are_counted_until_read_and_go_with_the_message() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let eve = place.person("eve").await;
    let group = alice.group("g", &[&bob, &carol]).await;
    let at = format!("/api/v1/conversations/{group}");
    let named = |who: &Person| json!({ "text": format!("[@x]({}) hi", who.id), "format": "markdown" });
    assert_eq!(send(&alice, &group, "k1", named(&bob)).await.0, 200);
    assert_eq!(code(&send(&alice, &group, "k2", named(&eve)).await), (422, "invalid_input"));
    let all =
        json!({ "text": "@all tea", "spans": [{ "from": 0, "to": 4, "style": { "kind": "mention_all" } }] });
    assert_eq!(alice.patch(&at, &json!({ "who_mentions_all": "admins" })).await.0, 200);
    assert_eq!(code(&send(&bob, &group, "k1", all.clone()).await), (403, "forbidden"));
    assert_eq!(send(&alice, &group, "k3", all).await.1["index"], 4);
    let mentioned = |person: &Person| {
        let (person, at) = (person.clone(), at.clone());
        async move { person.get(&at).await.1["mentioned"].as_u64().unwrap_or(0) }
    };
    assert_eq!((mentioned(&bob).await, mentioned(&carol).await, mentioned(&alice).await), (2, 1, 0));
    let listed = bob.get("/api/v1/conversations").await.1;
    assert_eq!(listed["conversations"][0]["mentioned"], 2);
    bob.post(&format!("{at}/read"), &json!({ "index": 2 })).await;
    assert_eq!(mentioned(&bob).await, 1);
    alice.delete(&format!("{at}/messages/4")).await;
    assert_eq!((mentioned(&bob).await, mentioned(&carol).await), (0, 0));
    let now_carol = json!({ "text": format!("[@x]({})", carol.id), "format": "markdown" });
    alice.patch(&format!("{at}/messages/2"), &now_carol).await;
    assert_eq!(mentioned(&carol).await, 1);
}

#[tokio::test]
async fn places_contacts_and_cards_are_messages() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let home = json!({ "kind": "location", "latitude_e7": 525_200_000, "longitude_e7": 134_050_000, "label": "Home" });
    let contact = json!({ "kind": "contact", "user_id": alice.id });
    let buttons = json!([{ "kind": "reply", "text": "Yes" }, { "kind": "link", "text": "Menu", "url": "https://a.example" }]);
    let cards =
        json!({ "kind": "cards", "cards": [{ "title": "Tea?", "buttons": buttons }], "replies": ["No"] });
    for (number, content) in [home, contact, cards].into_iter().enumerate() {
        let key = format!("k{number}");
        let (status, sent) = send(&alice, &chat, &key, json!({ "content": content })).await;
        assert_eq!(status, 200, "{sent}");
        assert_eq!(send(&alice, &chat, &key, json!({ "content": content })).await.1["index"], sent["index"]);
        let at = format!("/api/v1/conversations/{chat}/messages/{}", sent["index"]);
        assert_eq!(bob.get(&at).await.1["body"], content);
    }
    assert_eq!(bob.get(&format!("/api/v1/conversations/{chat}")).await.1["unread"], 3);
    for content in [
        json!({ "kind": "location", "latitude_e7": 900_000_001, "longitude_e7": 0 }),
        json!({ "kind": "cards", "cards": [] }),
        json!({ "kind": "gone", "reason": "recalled" }),
    ] {
        assert_eq!(
            code(&send(&alice, &chat, "bad", json!({ "content": content })).await),
            (422, "invalid_input")
        );
    }
    let nobody = json!({ "content": { "kind": "contact", "user_id": "u_0000000000001" } });
    assert_eq!(code(&send(&alice, &chat, "bad", nobody).await), (404, "not_found"));
    let both = json!({ "text": "x", "content": { "kind": "contact", "user_id": alice.id } });
    assert_eq!(code(&send(&alice, &chat, "bad", both).await), (422, "invalid_input"));
}

#[tokio::test]
async fn forwarded_messages_say_where_they_come_from() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let (chat, other) = (alice.direct(&bob), bob.direct(&carol));
    let at = format!("/api/v1/conversations/{chat}/messages");
    alice.say(&chat, "k1", "one").await;
    alice.say(&chat, "k2", "two").await;
    let first = bob.get(&format!("{at}/1")).await.1;
    let mut line = carol.line().await;
    let forward = json!({ "indexes": [2, 1], "to": [other], "client_message_id": "f" });
    let (status, done) = bob.post(&format!("{at}/forward"), &forward).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(done, json!({ "forwarded": [{ "conversation_id": other, "indexes": [1, 2] }] }));
    assert_eq!(bob.post(&format!("{at}/forward"), &forward).await.1, done, "a repeat sends nothing twice");
    let heard = line.event("entry").await["entry"].clone();
    assert_eq!((&heard["body"]["text"], &heard["sender"]), (&json!("two"), &json!(bob.id)));
    let copy = carol.get(&format!("/api/v1/conversations/{other}/messages/2")).await.1;
    let origin = json!({ "sender": alice.id, "time_ms": first["time_ms"] });
    assert_eq!(copy["details"]["forwarded"], origin);
    // Forwarded again, it still names the first.
    let dave = place.person("dave").await;
    let on = json!({ "indexes": [2], "to": [carol.direct(&dave)], "client_message_id": "f" });
    carol.post(&format!("/api/v1/conversations/{other}/messages/forward"), &on).await;
    let again = dave.get(&format!("/api/v1/conversations/{}/messages/1", carol.direct(&dave))).await.1;
    assert_eq!(again["details"]["forwarded"], origin);
    for (input, refusal) in [
        (json!({ "indexes": [9], "to": [other], "client_message_id": "g" }), (404, "not_found")),
        (json!({ "indexes": [], "to": [other], "client_message_id": "g" }), (413, "too_large")),
        (json!({ "indexes": vec![1; 21], "to": [other], "client_message_id": "g" }), (413, "too_large")),
        (
            json!({ "indexes": [1], "to": [alice.direct(&carol)], "client_message_id": "g" }),
            (404, "not_found"),
        ),
    ] {
        assert_eq!(code(&bob.post(&format!("{at}/forward"), &input).await), refusal, "{input}");
    }
    assert_eq!(code(&carol.post(&format!("{at}/forward"), &forward).await), (404, "not_found"));
    // What one has hidden from oneself is not recalled: a repeat leaves the copies.
    let hide = json!({ "indexes": [2] });
    assert_eq!(bob.post(&format!("{at}/hide"), &hide).await.0, 200);
    assert_eq!(bob.post(&format!("{at}/forward"), &forward).await.1, done);
    let copy = carol.get(&format!("/api/v1/conversations/{other}/messages/1")).await.1;
    assert_eq!(copy["body"]["text"], "two");
    alice.delete(&format!("{at}/1")).await;
    let gone = json!({ "indexes": [1], "to": [other], "client_message_id": "h" });
    assert_eq!(code(&bob.post(&format!("{at}/forward"), &gone).await), (409, "conflict"));
    // A repeat of the first forward finds its copy, and that the original is gone.
    assert_eq!(bob.post(&format!("{at}/forward"), &forward).await.1, done);
    let copy = carol.get(&format!("/api/v1/conversations/{other}/messages/2")).await.1;
    assert_eq!(copy["body"], json!({ "kind": "gone", "reason": "recalled" }));
}
