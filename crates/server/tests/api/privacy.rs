//! What people let others see, and who may add whom to groups; starting a chat with those one has picked.
//! What may not be seen looks the same for everybody who may not see it.

use serde_json::json;

use crate::place::{Place, befriend, block, code, text};

#[tokio::test]
async fn a_status_is_seen_by_its_audience() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    befriend(&alice, &bob).await;
    alice.patch("/api/v1/me", &json!({ "status_text": "at sea" })).await;
    let at = format!("/api/v1/users/{}", alice.id);
    assert_eq!(carol.get(&at).await.1["status_text"], "at sea");
    let mut other = place.log_in("alice").await.line().await;
    let (status, privacy) = alice.patch("/api/v1/me/privacy", &json!({ "status": "contacts" })).await;
    assert_eq!(
        (status, &privacy["status"], &privacy["online"]),
        (200, &json!("contacts"), &json!("everybody"))
    );
    assert_eq!(other.event("topic").await["topic"], "privacy");
    assert_eq!(carol.get(&at).await.1["status_text"], "");
    assert_eq!(carol.get("/api/v1/users?username=alice").await.1["status_text"], "");
    let several = json!({ "user_ids": [alice.id] });
    assert_eq!(carol.post("/api/v1/users/look_up", &several).await.1["users"][0]["status_text"], "");
    assert_eq!(bob.get(&at).await.1["status_text"], "at sea");
    assert_eq!(alice.get(&at).await.1["status_text"], "at sea", "one's own");
    alice.patch("/api/v1/me/privacy", &json!({ "status": "everybody" })).await;
    block(&alice, &carol).await;
    assert_eq!(carol.get(&at).await.1["status_text"], "");
    let bad = json!({ "status": "friends" });
    assert_eq!(code(&alice.patch("/api/v1/me/privacy", &bad).await), (422, "invalid_input"));
}

#[tokio::test]
async fn who_may_be_added_to_groups_is_ones_own_choice() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    befriend(&alice, &bob).await;
    bob.patch("/api/v1/me/privacy", &json!({ "groups": "contacts" })).await;
    let group = alice.group("mine", &[&bob]).await;
    let create = |key: &str| json!({ "name": "T", "member_ids": [bob.id], "client_message_id": key });
    let refused = carol.post("/api/v1/conversations", &create("c1")).await;
    assert_eq!(code(&refused), (403, "forbidden"));
    assert!(text(&refused.1["detail"]).contains("bob"), "{}", refused.1);
    let hers = carol.group("hers", &[]).await;
    let add = json!({ "user_ids": [bob.id] });
    assert_eq!(
        code(&carol.post(&format!("/api/v1/conversations/{hers}/members"), &add).await),
        (403, "forbidden")
    );
    // Blocked is not addable either, with the same answer.
    bob.patch("/api/v1/me/privacy", &json!({ "groups": "everybody" })).await;
    block(&bob, &carol).await;
    assert_eq!(carol.post("/api/v1/conversations", &create("c2")).await.1, refused.1);
    assert_eq!(bob.get(&format!("/api/v1/conversations/{group}")).await.0, 200);
}

#[tokio::test]
async fn a_chat_is_started_with_one_or_several() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let start = |ids: &[&str], key: &str| json!({ "user_ids": ids, "client_message_id": key });
    let at = "/api/v1/conversations/start";
    let direct = alice.post(at, &start(&[&bob.id], "k1")).await;
    assert_eq!((direct.0, &direct.1["conversation"]["conversation_id"]), (200, &json!(alice.direct(&bob))));
    let notes = alice.post(at, &start(&[&alice.id], "k2")).await.1;
    assert_eq!(notes["conversation"]["conversation_id"], alice.direct(&alice).as_str());
    let both = start(&[&bob.id, &carol.id, &bob.id], "k3");
    let group = alice.post(at, &both).await.1["conversation"].clone();
    let name = text(&group["name"]);
    assert!(["alice", "bob", "carol"].iter().all(|part| name.contains(part)), "{name}");
    assert_eq!(group["member_count"], 3);
    assert_eq!(alice.post(at, &both).await.1["conversation"]["conversation_id"], group["conversation_id"]);
    bob.patch("/api/v1/me/privacy", &json!({ "groups": "contacts" })).await;
    let (status, started) = alice.post(at, &start(&[&bob.id, &carol.id], "k4")).await;
    assert_eq!((status, &started["not_added"]), (200, &json!([bob.id])), "{started}");
    assert_eq!(started["conversation"]["member_count"], 2);
    let named = json!({ "user_ids": [carol.id], "name": "Two", "client_message_id": "k5" });
    assert_eq!(alice.post(at, &named).await.1["conversation"]["name"], "Two");
    let only = json!({ "user_ids": [bob.id], "name": "Two", "client_message_id": "k6" });
    assert_eq!(code(&alice.post(at, &only).await), (403, "forbidden"));
    assert_eq!(code(&alice.post(at, &start(&[], "k7")).await), (422, "invalid_input"));
    assert_eq!(code(&alice.post(at, &start(&["u_0000000000001"], "k8")).await), (404, "not_found"));
    let many: Vec<String> = (1..=101).map(|number| format!("u_00000000000{:02}", number % 90 + 10)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(alice.post(at, &start(&many, "k9")).await.0, 404);
}
