//! Likes and pins: who may, what others, late comers and other devices see, and that they go with the message.
//! Doing one again changes nothing.

use serde_json::json;

use crate::place::{Person, Place, code};

/// What a message is liked with, as this reader sees it.
async fn likes(reader: &Person, at: &str) -> serde_json::Value {
    reader.get(at).await.1["details"]["likes"].clone()
}

#[tokio::test]
async fn likes_show_who_and_how_many() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let message = format!("{at}/messages/2");
    alice.say(&group, "k", "hello").await;
    let laptop = place.log_in("bob").await;
    let (mut line, mut own) = (alice.line().await, laptop.line().await);
    let like = |emoji: &str| json!({ "emoji": emoji });
    let (status, accepted) = bob.post(&format!("{message}/likes"), &like("👍")).await;
    assert_eq!((status, &accepted["index"], &accepted["ordinal"]), (200, &json!(3), &json!(1)));
    assert_eq!(bob.post(&format!("{message}/likes"), &like("👍")).await.1["index"], 3);
    alice.post(&format!("{message}/likes"), &like("👍")).await;
    bob.post(&format!("{message}/likes"), &like("❤")).await;
    for line in [&mut line, &mut own] {
        let heard = line.event("entry").await;
        assert_eq!(heard["entry"]["body"], json!({ "kind": "liked", "target": 2, "emoji": "👍" }));
    }
    let seen = |mine: bool| {
        json!([{ "emoji": "👍", "count": 2, "first": [bob.id, alice.id], "mine": true },
               { "emoji": "❤️", "count": 1, "first": [bob.id], "mine": mine }])
    };
    assert_eq!(likes(&alice, &message).await, seen(false));
    assert_eq!(likes(&bob, &message).await, seen(true));
    assert_eq!(bob.get(&at).await.1["last_message"]["details"]["likes"], seen(true));
    assert_eq!(alice.get(&at).await.1["unread"], 0, "a like is no message");
    let page = alice.get(&format!("{at}/messages")).await.1;
    assert_eq!(page["entries"][1]["details"]["likes"], seen(false));
    assert!(page["entries"][0].get("details").is_none());
    let all = alice.get(&format!("{message}/likes?limit=2")).await.1;
    assert_eq!(all["likes"][0], json!({ "user_id": bob.id, "emoji": "👍", "index": 3 }));
    assert_eq!((&all["likes"][1]["user_id"], &all["next"]), (&json!(alice.id), &json!(4)));
    let rest = alice.get(&format!("{message}/likes?after=4")).await.1;
    assert_eq!((&rest["likes"][0]["emoji"], rest.get("next")), (&json!("❤️"), None));
    let hearts = alice.get(&format!("{message}/likes?emoji=%E2%9D%A4")).await.1;
    assert_eq!(hearts["likes"].as_array().unwrap().len(), 1);
    // A late comer sees neither the message nor its likes, and a stranger nothing at all.
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    assert_eq!(code(&carol.get(&format!("{message}/likes")).await), (404, "not_found"));
    assert_eq!(code(&carol.post(&format!("{message}/likes"), &like("👍")).await), (404, "not_found"));
    let eve = place.person("eve").await;
    assert_eq!(code(&eve.post(&format!("{message}/likes"), &like("👍")).await), (404, "not_found"));
    // Taken back, and gone with the message.
    assert_eq!(bob.delete(&format!("{message}/likes?emoji=%F0%9F%91%8D")).await.0, 200);
    assert_eq!(likes(&bob, &message).await[0]["first"], json!([alice.id]));
    alice.delete(&message).await;
    assert!(alice.get(&message).await.1.get("details").is_none());
    assert_eq!(code(&alice.get(&format!("{message}/likes")).await), (404, "not_found"));
}

#[tokio::test]
async fn a_summary_names_five_and_moves_up_when_one_goes() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let mut fans = Vec::new();
    for number in 0..7 {
        fans.push(place.person(&format!("fan{number}")).await);
    }
    let group = alice.group("g", &fans.iter().collect::<Vec<_>>()).await;
    let message = format!("/api/v1/conversations/{group}/messages/2");
    alice.say(&group, "k", "hello").await;
    for fan in &fans {
        assert_eq!(fan.post(&format!("{message}/likes"), &json!({ "emoji": "👍" })).await.0, 200);
    }
    let ids = |range: std::ops::Range<usize>| -> Vec<&str> {
        fans[range].iter().map(|fan| fan.id.as_str()).collect()
    };
    for (reader, mine) in [(&alice, false), (&fans[0], true), (&fans[6], true)] {
        let seen = json!([{ "emoji": "👍", "count": 7, "first": ids(0..5), "mine": mine }]);
        assert_eq!(likes(reader, &message).await, seen);
    }
    fans[1].delete(&format!("{message}/likes?emoji=%F0%9F%91%8D")).await;
    let now = likes(&fans[1], &message).await;
    let first: Vec<&str> = [ids(0..1), ids(2..6)].concat();
    assert_eq!(now, json!([{ "emoji": "👍", "count": 6, "first": first, "mine": false }]));
}

#[tokio::test]
async fn what_is_no_like_is_refused_and_there_is_a_most() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}/messages/1/likes");
    alice.say(&chat, "k", "hello").await;
    for text in ["", "ok", "👍👍", "1"] {
        assert_eq!(code(&bob.post(&at, &json!({ "emoji": text })).await), (422, "invalid_input"), "{text}");
    }
    for number in 0..20_u32 {
        let emoji = char::from_u32(0x1f600 + number).unwrap();
        assert_eq!(bob.post(&at, &json!({ "emoji": emoji })).await.0, 200, "{emoji}");
    }
    assert_eq!(code(&bob.post(&at, &json!({ "emoji": "👍" })).await), (413, "too_large"));
    assert_eq!(alice.post(&at, &json!({ "emoji": "👍" })).await.0, 200);
}

#[tokio::test]
async fn likes_come_at_a_pace() {
    let place = Place::start_with(|config| config.limits.likes_burst = 2).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    alice.say(&chat, "k", "hello").await;
    let at = format!("/api/v1/conversations/{chat}/messages/1/likes");
    let mut codes = Vec::new();
    for emoji in ["👍", "🎉", "😀"] {
        codes.push(bob.post(&at, &json!({ "emoji": emoji })).await.0);
    }
    assert_eq!(codes, [200, 200, 429]);
}

#[tokio::test]
async fn pins_are_for_everybody_and_by_right() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let group = alice.group("g", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let mut line = bob.line().await;
    for (key, text) in [("k1", "one"), ("k2", "two")] {
        alice.say(&group, key, text).await;
        line.event("entry").await;
    }
    let pin = |index: u64| format!("{at}/messages/{index}/pin");
    assert_eq!(code(&bob.post(&pin(2), &json!({})).await), (403, "forbidden"));
    assert_eq!(code(&eve.post(&pin(2), &json!({})).await), (404, "not_found"));
    assert_eq!(alice.post(&pin(2), &json!({})).await.1["index"], 4);
    assert_eq!(alice.post(&pin(2), &json!({})).await.1["index"], 4, "again is nothing to do");
    assert_eq!(alice.post(&pin(3), &json!({})).await.1["index"], 5);
    assert_eq!(line.event("entry").await["entry"]["body"], json!({ "kind": "pinned", "target": 2 }));
    let pinned = bob.get(&format!("{at}/pinned")).await.1;
    let texts: Vec<&str> = pinned["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["body"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["two", "one"]);
    assert_eq!(code(&eve.get(&format!("{at}/pinned")).await), (404, "not_found"));
    let carol = place.person("carol").await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    assert_eq!(carol.get(&format!("{at}/pinned")).await.1["entries"], json!([]), "from before carol came");
    assert_eq!(alice.delete(&pin(3)).await.0, 200);
    alice.delete(&format!("{at}/messages/2")).await;
    assert_eq!(bob.get(&format!("{at}/pinned")).await.1["entries"], json!([]));
}

#[tokio::test]
async fn several_messages_are_read_at_once() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}/messages/look_up");
    for (key, text) in [("k1", "one"), ("k2", "two"), ("k3", "three")] {
        alice.say(&chat, key, text).await;
    }
    let (status, found) = bob.post(&at, &json!({ "indexes": [3, 1, 9, 3] })).await;
    let indexes: Vec<&serde_json::Value> =
        found["entries"].as_array().unwrap().iter().map(|entry| &entry["index"]).collect();
    assert_eq!((status, indexes), (200, vec![&json!(3), &json!(1)]));
    let many: Vec<u64> = (1..=101).collect();
    assert_eq!(code(&bob.post(&at, &json!({ "indexes": many })).await), (413, "too_large"));
    assert_eq!(bob.post(&at, &json!({ "indexes": many[..100] })).await.0, 200);
    assert_eq!(code(&bob.post(&at, &json!({ "indexes": [] })).await), (413, "too_large"));
    assert_eq!(code(&eve.post(&at, &json!({ "indexes": [1] })).await), (404, "not_found"));
}
