//! The two-call API: send and receive, by people and by conversations.
//! The source is whoever is signed in; positions only rise.

use serde_json::json;

use crate::place::{Place, code, text};

#[tokio::test]
async fn two_calls_are_enough_to_talk() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    for word in ["one", "two"] {
        let input = json!({ "sourceID": alice.id, "targetID": bob.id, "text": word });
        let (status, sent) = alice.post("/api/v1/rtm.send", &input).await;
        assert_eq!((status, &sent["conversationID"]), (200, &json!(alice.direct(&bob))));
    }
    let receive = |last: &str| format!("/api/v1/rtm.receive?sourceID={}&targetID={}{last}", bob.id, alice.id);
    let (_, all) = bob.get(&receive("")).await;
    let texts: Vec<_> = all["messages"].as_array().unwrap().iter().map(|one| text(&one["text"])).collect();
    assert_eq!(
        (texts, &all["lastPos"], &all["more"]),
        (vec!["one".into(), "two".into()], &json!(2), &json!(false))
    );
    assert_eq!(all["messages"][0]["sourceID"], alice.id.as_str());
    let (_, rest) = bob.get(&receive("&lastPos=1")).await;
    assert_eq!(rest["messages"][0]["text"], "two");
    let (_, none) = bob.get(&receive("&lastPos=2")).await;
    assert_eq!((&none["messages"], &none["lastPos"]), (&json!([]), &json!(2)));
}

#[tokio::test]
async fn groups_are_targets_too_and_only_texts_are_received() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("g1", &[&bob]).await;
    let input = json!({ "sourceID": bob.id, "targetID": group, "text": "hi all", "client_message_id": "k1" });
    assert_eq!(bob.post("/api/v1/rtm.send", &input).await.1["pos"], 2);
    assert_eq!(bob.post("/api/v1/rtm.send", &input).await.1["pos"], 2, "the retry key holds here too");
    let path = format!("/api/v1/rtm.receive?sourceID={}&targetID={group}&lastPos=0", alice.id);
    let (_, received) = alice.get(&path).await;
    assert_eq!((received["messages"].as_array().unwrap().len(), &received["lastPos"]), (1, &json!(2)));
}

#[tokio::test]
async fn media_and_other_sources_are_refused() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    for (source, target, field, refusal) in [
        (&bob.id, bob.id.as_str(), "text", (403, "forbidden")),
        (&alice.id, bob.id.as_str(), "encodedMedia", (422, "invalid_input")),
        (&alice.id, "bob", "text", (422, "invalid_input")),
        (&alice.id, "u_0000000000001", "text", (404, "not_found")),
        (&alice.id, "g_0000000000001", "text", (404, "not_found")),
    ] {
        let input = json!({ "sourceID": source, "targetID": target, field: "x" });
        assert_eq!(code(&alice.post("/api/v1/rtm.send", &input).await), refusal, "{input}");
    }
    let path = format!("/api/v1/rtm.receive?sourceID={}&targetID={}", bob.id, alice.id);
    assert_eq!(code(&alice.get(&path).await), (403, "forbidden"));
}
