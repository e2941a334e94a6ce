//! What is a user's own: told to the user's other devices, live and by `sync`, and to nobody else.
//! Whoever is not in the conversation can change nothing of it.

use serde_json::json;

use crate::place::{Place, code};

#[tokio::test]
async fn a_mark_shows_on_the_other_device_and_goes_with_reading() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (laptop, chat) = (place.log_in("bob").await, alice.direct(&bob));
    let at = format!("/api/v1/conversations/{chat}");
    alice.post(&format!("{at}/messages"), &json!({ "client_message_id": "k", "text": "hello" })).await;
    bob.post(&format!("{at}/read"), &json!({ "index": 1 })).await;
    let since = bob.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let (mut line, mut others) = (laptop.line().await, alice.line().await);
    let (status, row) = bob.post(&format!("{at}/unread"), &json!({ "unread": true })).await;
    assert_eq!((status, &row["marked_unread"], &row["unread"]), (200, &json!(true), &json!(0)));
    assert_eq!(line.event("summary").await["marked_unread"], true);
    let changes = laptop.get(&format!("/api/v1/sync?since={since}")).await.1;
    assert_eq!(changes["changed"][0]["marked_unread"], true, "{changes}");
    assert!(alice.get(&at).await.1.get("marked_unread").is_none());
    bob.post(&format!("{at}/read"), &json!({ "index": 1 })).await;
    assert!(line.event("summary").await.get("marked_unread").is_none());
    assert!(others.is_quiet("summary").await);
    let eve = place.person("eve").await;
    assert_eq!(
        code(&eve.post(&format!("{at}/unread"), &json!({ "unread": true })).await),
        (404, "not_found")
    );
}

#[tokio::test]
async fn a_changed_profile_is_a_topic_for_the_other_devices() {
    let place = Place::start().await;
    let phone = place.person("alice").await;
    let laptop = place.log_in("alice").await;
    let since = laptop.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let mut line = laptop.line().await;
    phone.patch("/api/v1/me", &json!({ "display_name": "Alice B" })).await;
    assert_eq!(line.event("topic").await["topic"], "profile");
    let changes = laptop.get(&format!("/api/v1/sync?since={since}")).await.1;
    assert_eq!((&changes["topics"], &changes["reset"]), (&json!(["profile"]), &json!(false)));
}
