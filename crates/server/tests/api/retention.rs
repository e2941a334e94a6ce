//! For how long messages are kept: by kind of conversation, for single ones, and shorter by a group's owner.
//! What is too old is erased from every answer and every file, whenever it was sent. The shortest time is five seconds.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::{Person, Place, code};
use crate::program::{files_with, parlance, says};

/// Waits until a message has no content any more.
async fn gone(reader: &Person, at: &str) {
    let asked = Instant::now();
    let gone = json!({ "kind": "gone", "reason": "expired" });
    loop {
        let body = reader.get(at).await.1["body"].clone();
        if body == gone {
            return;
        }
        assert!(asked.elapsed() < Duration::from_secs(20), "{body}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn settings(root: &Person, change: Value) -> (u16, Value) {
    root.patch("/api/v1/admin/settings", &change).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_is_erased_although_it_was_sent_before() {
    let mut place = Place::start().await;
    let (root, bob) = (place.person("root").await, place.person("bob").await);
    let chat = root.direct(&bob);
    let group = root.group("g", &[&bob]).await;
    let at = |id: &str| format!("/api/v1/conversations/{id}/messages");
    for number in 0..130 {
        root.say(&chat, &format!("k{number}"), "canary-direct").await;
    }
    let edited = root.say(&chat, "e", "canary-direct").await;
    root.patch(&format!("{}/{edited}", at(&chat)), &json!({ "text": "canary-direct, edited" })).await;
    let kept = root.say(&group, "k", "canary-group").await;
    let mut line = bob.line().await;
    let (status, now) = settings(&root, json!({ "keep_direct_s": 5 })).await;
    assert_eq!((status, &now["keep_direct_s"], &now["keep_group_s"]), (200, &json!(5), &json!(0)));
    gone(&bob, &format!("{}/{edited}", at(&chat))).await;
    let all = bob.get(&format!("{}?after=0&limit=200", at(&chat))).await.1.to_string();
    assert!(!all.contains("canary-direct"), "{all}");
    let told = line.event("entry").await["entry"].clone();
    assert_eq!((&told["body"]["kind"], &told["sender"]), (&json!("expired"), &json!("u_0000000000000")));
    let kept = format!("{}/{kept}", at(&group));
    assert_eq!(bob.get(&kept).await.1["body"]["text"], "canary-group", "of another kind");
    // What is sent now says when it goes.
    let sent = root.say(&chat, "new", "later").await;
    let entry = bob.get(&format!("{}/{sent}", at(&chat))).await.1;
    let lives_ms = entry["details"]["expires_ms"].as_i64().unwrap() - entry["time_ms"].as_i64().unwrap();
    assert_eq!(lives_ms, 5_000);
    // The group by itself.
    let (status, list) =
        root.post("/api/v1/admin/retention", &json!({ "conversation_id": group, "keep_s": 5 })).await;
    assert_eq!((status, &list["conversations"]), (200, &json!([{ "conversation_id": group, "keep_s": 5 }])));
    assert_eq!(root.get("/api/v1/admin/retention").await.1, list);
    gone(&bob, &kept).await;
    let free = json!({ "conversation_id": group });
    assert_eq!(root.post("/api/v1/admin/retention", &free).await.1["conversations"], json!([]));
    let log = root.get("/api/v1/admin/audit").await.1.to_string();
    assert!(log.contains("retention.set") && log.contains("keep_direct_s"), "{log}");
    root.get("/api/v1/sync?since=0").await;
    let folder = place.folder.path().join("data");
    assert!(says(&parlance(&folder, &["compact"])).contains("compacted"));
    for word in ["canary-direct", "canary-group"] {
        assert_eq!(files_with(&folder, word.as_bytes()), [""; 0], "{word}");
    }
    place.stop().await;
}

#[tokio::test]
async fn an_owner_keeps_them_shorter_and_never_longer() {
    let place = Place::start().await;
    let (root, alice, bob) =
        (place.person("root").await, place.person("alice").await, place.person("bob").await);
    let group = alice.group("g", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let old = alice.say(&group, "k", "old").await;
    assert_eq!(settings(&root, json!({ "keep_group_s": 3_600 })).await.0, 200);
    let keep = |keep_s: u32| json!({ "keep_s": keep_s });
    alice.post(&format!("{at}/roles"), &json!({ "user_id": bob.id, "role": "admin" })).await;
    assert_eq!(code(&bob.patch(&at, &keep(60)).await), (403, "forbidden"), "an admin is no owner");
    for bad in [4, 3_601] {
        assert_eq!(code(&alice.patch(&at, &keep(bad)).await), (422, "invalid_input"), "{bad}");
    }
    assert_eq!(alice.patch(&at, &keep(3_600)).await.0, 200);
    assert_eq!(alice.patch(&at, &keep(5)).await.0, 200);
    assert_eq!(bob.get(&format!("{at}/settings")).await.1["settings"]["keep_s"], 5);
    gone(&bob, &format!("{at}/messages/{old}")).await;
    // Where the server keeps them for a shorter time, that holds.
    alice.patch(&at, &keep(3_600)).await;
    settings(&root, json!({ "keep_group_s": 60 })).await;
    let sent = alice.say(&group, "k2", "new").await;
    let entry = bob.get(&format!("{at}/messages/{sent}")).await.1;
    let lives_ms = entry["details"]["expires_ms"].as_i64().unwrap() - entry["time_ms"].as_i64().unwrap();
    assert_eq!(lives_ms, 60_000);
    settings(&root, json!({ "reset": ["keep_group_s"] })).await;
    alice.patch(&at, &keep(0)).await;
    let sent = alice.say(&group, "k3", "for ever").await;
    assert!(bob.get(&format!("{at}/messages/{sent}")).await.1.get("details").is_none());
}

#[tokio::test]
async fn only_administrators_set_it_and_only_for_what_there_is() {
    let place = Place::start().await;
    let (root, bob) = (place.person("root").await, place.person("bob").await);
    let group = root.group("g", &[&bob]).await;
    let wish = |keep_s: u32| json!({ "conversation_id": group, "keep_s": keep_s });
    assert_eq!(bob.post("/api/v1/admin/retention", &wish(60)).await.0, 404);
    assert_eq!(bob.get("/api/v1/admin/retention").await.0, 404);
    assert_eq!(code(&root.post("/api/v1/admin/retention", &wish(4)).await), (422, "invalid_input"));
    assert_eq!(root.post("/api/v1/admin/retention", &wish(0)).await.0, 200, "for ever");
    let empty = json!({ "conversation_id": root.direct(&bob), "keep_s": 60 });
    assert_eq!(code(&root.post("/api/v1/admin/retention", &empty).await), (404, "not_found"));
    for bad in [json!({ "keep_direct_s": 4 }), json!({ "keep_channel_s": 315_360_001 })] {
        assert_eq!(code(&settings(&root, bad).await), (422, "invalid_input"));
    }
}
