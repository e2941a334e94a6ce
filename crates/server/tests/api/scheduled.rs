//! Scheduled messages and drafts through the public door: own devices see them, others and strangers do not.
//! Times are of the real clock, so what is due is due soon.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::place::{Place, code};

fn in_ms(ms: i64) -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64 + ms
}

#[tokio::test]
async fn a_message_is_sent_at_its_time_and_own_devices_are_told() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let tablet = place.log_in("alice").await;
    let chat = alice.direct(&bob);
    let (mut away, mut other) = (tablet.line().await, bob.line().await);
    let wish =
        json!({ "scheduled_id": "a", "send_at_ms": in_ms(800), "conversation_id": chat, "text": "hi" });
    let (status, scheduled) = alice.post("/api/v1/scheduled", &wish).await;
    assert_eq!((status, &scheduled), (200, &wish));
    assert_eq!(away.event("topic").await["topic"], "scheduled");
    assert_eq!(tablet.get("/api/v1/scheduled").await.1, json!({ "messages": [wish] }));
    assert_eq!(bob.get("/api/v1/scheduled").await.1, json!({ "messages": [] }));
    assert_eq!(code(&eve.post("/api/v1/scheduled", &wish).await), (404, "not_found"));
    let entry = other.event("entry").await["entry"].clone();
    assert_eq!((&entry["body"]["text"], &entry["session"]), (&json!("hi"), &json!(alice.session)));
    assert!(entry["client_message_id"].as_str().unwrap().starts_with("sched-"));
    assert_eq!(away.event("topic").await["topic"], "scheduled");
    assert_eq!(tablet.get("/api/v1/scheduled").await.1, json!({ "messages": [] }));
    assert_eq!(code(&alice.post("/api/v1/scheduled", &wish).await), (422, "invalid_input"), "it has passed");
    for wrong in
        [("send_at_ms", json!(in_ms(366 * 86_400_000))), ("text", json!(" ")), ("scheduled_id", json!("ä"))]
    {
        let mut wish =
            json!({ "scheduled_id": "b", "send_at_ms": in_ms(60_000), "conversation_id": chat, "text": "x" });
        wish[wrong.0] = wrong.1;
        assert_eq!(code(&alice.post("/api/v1/scheduled", &wish).await), (422, "invalid_input"), "{wish}");
    }
    let wish =
        json!({ "scheduled_id": "c", "send_at_ms": in_ms(900), "conversation_id": chat, "text": "no" });
    alice.post("/api/v1/scheduled", &wish).await;
    assert_eq!(tablet.delete("/api/v1/scheduled/c").await.0, 200);
    assert_eq!(tablet.delete("/api/v1/scheduled/c").await.0, 200);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let at = format!("/api/v1/conversations/{chat}");
    assert_eq!(bob.get(&at).await.1["head"], 1);
}

#[tokio::test]
async fn a_draft_is_synced_to_own_devices_and_gone_when_sent() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let tablet = place.log_in("alice").await;
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}");
    alice.say(&chat, "1", "one").await;
    let before = tablet.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let mut away = tablet.line().await;
    let (status, row) = alice.post(&format!("{at}/draft"), &json!({ "text": "tw", "reply_to": 1 })).await;
    assert_eq!((status, &row["draft"]["text"], &row["draft"]["reply_to"]), (200, &json!("tw"), &json!(1)));
    assert_eq!(away.event("summary").await["draft"], row["draft"]);
    let synced = tablet.get(&format!("/api/v1/sync?since={before}")).await.1;
    assert_eq!(synced["changed"][0]["draft"], row["draft"]);
    assert_eq!(bob.get(&at).await.1["draft"], Value::Null);
    assert_eq!(code(&eve.post(&format!("{at}/draft"), &json!({ "text": "x" })).await), (404, "not_found"));
    let nowhere = json!({ "text": "x", "reply_to": 9 });
    assert_eq!(code(&alice.post(&format!("{at}/draft"), &nowhere).await), (404, "not_found"));
    let long = |chars: usize| json!({ "text": "é".repeat(chars) });
    assert_eq!(code(&alice.post(&format!("{at}/draft"), &long(8_001)).await), (413, "too_large"));
    assert_eq!(alice.post(&format!("{at}/draft"), &long(8_000)).await.0, 200);
    alice.say(&chat, "2", "two").await;
    assert_eq!(tablet.get(&at).await.1["draft"], Value::Null);
    assert_eq!(tablet.get("/api/v1/conversations").await.1["conversations"][0]["draft"], Value::Null);
}
