//! Groups over HTTP: who is in, who may do what, and that outsiders cannot tell what exists.
//! The rules themselves are tested in `domain`; here it is that every route reaches them.

use serde_json::json;

use crate::place::{Place, code};

#[tokio::test]
async fn a_group_is_created_filled_renamed_handed_over_and_left() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g1", &[&bob]).await;
    assert_eq!(alice.group("g1", &[&bob]).await, group, "the retry key answers the same group");
    let at = format!("/api/v1/conversations/{group}");
    let members =
        || async { alice.get(&format!("{at}/members")).await.1["members"].as_array().unwrap().len() };
    assert_eq!(members().await, 2);
    let add = json!({ "user_ids": [carol.id] });
    assert_eq!(code(&bob.post(&format!("{at}/members"), &add).await), (403, "forbidden"));
    assert_eq!(alice.post(&format!("{at}/members"), &add).await.0, 200);
    let role = json!({ "user_id": bob.id, "role": "admin" });
    assert_eq!(alice.post(&format!("{at}/roles"), &role).await.0, 200);
    assert_eq!(bob.patch(&at, &json!({ "name": "Crew" })).await.0, 200);
    assert_eq!(carol.get(&at).await.1["name"], "Crew");
    assert_eq!(bob.delete(&format!("{at}/members/{}", carol.id)).await.0, 200);
    assert_eq!(members().await, 2);
    assert_eq!(alice.post(&format!("{at}/transfer"), &json!({ "user_id": bob.id })).await.0, 200);
    assert_eq!(bob.get(&at).await.1["role"], "owner");
    assert_eq!(alice.post(&format!("{at}/leave"), &json!({})).await.0, 200);
    assert_eq!(code(&alice.get(&at).await), (404, "not_found"));
    let (_, list) = bob.get("/api/v1/conversations").await;
    assert_eq!(list["conversations"][0]["conversation_id"], group.as_str());
}

#[tokio::test]
async fn what_is_not_yours_answers_as_what_is_not_there() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let group = alice.group("g1", &[&bob]).await;
    alice.say(&group, "k1", "secret").await;
    let missing = "g_0000000000001";
    let send = json!({ "client_message_id": "k", "text": "hi" });
    for (method, tail, input) in [
        ("GET", "", json!({})),
        ("GET", "/messages", json!({})),
        ("GET", "/messages/1", json!({})),
        ("GET", "/members", json!({})),
        ("POST", "/messages", send),
        ("POST", "/read", json!({ "index": 1 })),
        ("POST", "/leave", json!({})),
        ("POST", "/members", json!({ "user_ids": [eve.id] })),
        ("PATCH", "", json!({ "name": "Mine" })),
    ] {
        let ask = |conversation: &str| {
            let path = format!("/api/v1/conversations/{conversation}{tail}");
            let (eve, input) = (eve.clone(), input.clone());
            async move {
                match method {
                    "GET" => eve.get(&path).await,
                    "POST" => eve.post(&path, &input).await,
                    _ => eve.patch(&path, &input).await,
                }
            }
        };
        let foreign = ask(&group).await;
        assert_eq!(code(&foreign), (404, "not_found"), "{method} {tail}");
        assert_eq!(foreign, ask(missing).await, "{method} {tail}");
    }
    let theirs = alice.direct(&bob);
    assert_eq!(code(&eve.get(&format!("/api/v1/conversations/{theirs}/messages")).await), (404, "not_found"));
}
