//! Taking things out of one's own sight: what the own devices, others, late comers and strangers see of it.
//! Indexes stay consecutive on every path, and unread is exact.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};

const CANARY: &str = "canary-51c9";

fn gone(index: u64, entry: &Value) {
    assert_eq!(entry["index"], index, "{entry}");
    assert_eq!(entry["body"], json!({ "kind": "gone", "reason": "hidden" }), "{entry}");
    assert_eq!(entry["details"], Value::Null, "{entry}");
}

async fn hide(person: &Person, chat: &str, indexes: &[u64]) -> (u16, Value) {
    person.post(&format!("/api/v1/conversations/{chat}/messages/hide"), &json!({ "indexes": indexes })).await
}

#[tokio::test]
async fn a_hidden_message_is_hidden_on_every_path_of_one_user_only() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let tablet = place.log_in("bob").await;
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    alice.say(&group, "1", "one").await;
    alice.say(&group, "2", CANARY).await;
    bob.get("/api/v1/sync?since=0").await;
    let (mut away, mut other) = (tablet.line().await, alice.line().await);
    let before = bob.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let (status, summary) = hide(&bob, &group, &[3]).await;
    assert_eq!((status, &summary["unread"]), (200, &json!(1)), "{summary}");
    assert_eq!(summary["last_message"]["index"], 2);
    assert_eq!(summary["hidden"], json!([{ "from": 3, "to": 3 }]));
    let told = away.event("summary").await;
    assert_eq!((&told["hidden"], &told["unread"]), (&summary["hidden"], &json!(1)));
    let synced = tablet.get(&format!("/api/v1/sync?since={before}")).await.1;
    assert_eq!(synced["changed"][0]["hidden"], summary["hidden"]);
    for device in [&bob, &tablet] {
        gone(3, &device.get(&format!("{at}/messages/3")).await.1);
        gone(3, &device.get(&format!("{at}/messages")).await.1["entries"][2]);
        for path in [&at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
            let answer = device.get(path).await.1.to_string();
            assert!(!answer.contains(CANARY), "{path}: {answer}");
        }
    }
    assert_eq!(bob.post(&format!("{at}/read"), &json!({ "index": 2 })).await.1["unread"], 0);
    // Others notice nothing.
    assert_eq!(alice.get(&at).await.1["last_message"]["body"]["text"], CANARY);
    alice.say(&group, "3", "three").await;
    assert_eq!(other.event("entry").await["entry"]["index"], 4);
    // Doing it again changes nothing, and what touches is one stretch.
    assert_eq!(hide(&bob, &group, &[3]).await.1["hidden"], json!([{ "from": 3, "to": 3 }]));
    assert_eq!(hide(&bob, &group, &[4, 2]).await.1["hidden"], json!([{ "from": 2, "to": 4 }]));
    let summary = bob.get(&at).await.1;
    assert_eq!((&summary["unread"], &summary["last_message"]), (&json!(0), &Value::Null));
}

#[tokio::test]
async fn what_cannot_be_hidden_is_refused_and_hides_nothing() {
    let place = Place::start().await;
    let (alice, bob, carol, eve) = (
        place.person("alice").await,
        place.person("bob").await,
        place.person("carol").await,
        place.person("eve").await,
    );
    let group = alice.group("Team", &[&bob]).await;
    alice.say(&group, "1", "early").await;
    let members = format!("/api/v1/conversations/{group}/members");
    alice.post(&members, &json!({ "user_ids": [carol.id] })).await;
    alice.say(&group, "2", "late").await;
    for wrong in [&[1][..], &[2, 9], &[0], &[3]] {
        assert_eq!(code(&hide(&bob, &group, wrong).await), (404, "not_found"), "{wrong:?}");
    }
    assert_eq!(code(&hide(&carol, &group, &[2]).await), (404, "not_found"));
    assert_eq!(code(&hide(&eve, &group, &[2]).await), (404, "not_found"));
    assert_eq!(code(&hide(&bob, &group, &[]).await), (422, "invalid_input"));
    assert_eq!(code(&hide(&bob, &group, &[2; 101]).await), (422, "invalid_input"));
    assert_eq!(hide(&bob, &group, &[2; 100]).await.0, 200);
    assert_eq!(hide(&carol, &group, &[4]).await.1["unread"], 0);
}

#[tokio::test]
async fn a_cleared_history_begins_anew_for_one_user_on_all_devices() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let tablet = place.log_in("bob").await;
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}");
    alice.say(&chat, "1", CANARY).await;
    bob.get("/api/v1/conversations").await;
    let mut away = tablet.line().await;
    let (status, summary) = bob.post(&format!("{at}/clear"), &json!({})).await;
    assert_eq!((status, &summary["visible_from"], &summary["unread"]), (200, &json!(2), &json!(0)));
    assert_eq!(away.event("summary").await["visible_from"], 2);
    for path in [&at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
        let answer = tablet.get(path).await.1.to_string();
        assert!(!answer.contains(CANARY), "{path}: {answer}");
    }
    assert_eq!(code(&tablet.get(&format!("{at}/messages/1")).await), (404, "not_found"));
    assert_eq!(bob.get("/api/v1/conversations").await.1["conversations"][0]["conversation_id"], chat);
    alice.say(&chat, "2", "new").await;
    let page = tablet.get(&format!("{at}/messages")).await.1;
    assert_eq!((&page["from"], &page["visible_from"]), (&json!(2), &json!(2)));
    assert_eq!(tablet.get(&at).await.1["unread"], 1);
    assert_eq!(alice.get(&format!("{at}/messages")).await.1["entries"].as_array().unwrap().len(), 2);
    for verb in ["clear", ""] {
        let answer = match verb {
            "" => eve.delete(&at).await,
            verb => eve.post(&format!("{at}/{verb}"), &json!({})).await,
        };
        assert_eq!(code(&answer), (404, "not_found"));
    }
}

#[tokio::test]
async fn a_deleted_conversation_is_off_the_list_until_a_message_comes() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let tablet = place.log_in("bob").await;
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    alice.say(&group, "1", CANARY).await;
    let listed = |person: Person| async move {
        let list = person.get("/api/v1/conversations").await.1;
        assert!(!list.to_string().contains(CANARY));
        list["conversations"].as_array().unwrap().len()
    };
    assert_eq!(bob.get("/api/v1/conversations").await.1["conversations"].as_array().unwrap().len(), 1);
    let before = tablet.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let mut away = tablet.line().await;
    assert_eq!(bob.delete(&at).await.1["deleted"], true);
    assert_eq!(away.event("summary").await["deleted"], true);
    let synced = tablet.get(&format!("/api/v1/sync?since={before}")).await.1;
    assert_eq!((&synced["removed"], &synced["changed"]), (&json!([group]), &json!([])));
    assert_eq!((listed(bob.clone()).await, listed(tablet.clone()).await), (0, 0));
    // Still a member; what is no message does not bring it back.
    alice.patch(&at, &json!({ "name": "Crew" })).await;
    assert_eq!((bob.get(&at).await.1["name"].as_str(), listed(bob.clone()).await), (Some("Crew"), 0));
    alice.say(&group, "2", "hello again").await;
    assert_eq!(listed(bob.clone()).await, 1);
    let summary = tablet.get(&at).await.1;
    assert_eq!((&summary["unread"], &summary["deleted"]), (&json!(1), &Value::Null));
    // Clearing it now does not take it off again.
    bob.post(&format!("{at}/clear"), &json!({})).await;
    assert_eq!(listed(bob).await, 1);
    assert_eq!(alice.get(&at).await.1["last_message"]["body"]["text"], "hello again");
}
