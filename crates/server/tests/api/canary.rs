//! A word that was taken back is searched for in every answer that may hold it, on every device of everybody, and in every
//! file of the data folder. Nothing may have it, whoever was doing what to the message at that moment.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::place::{Person, Place};
use crate::program::{files_with, parlance, says};

/// Every path by which a person can come to content of a conversation.
fn paths(id: &str, index: u64) -> Vec<String> {
    let at = format!("/api/v1/conversations/{id}");
    let mut paths = vec![
        format!("{at}/messages"),
        format!("{at}/messages?after=0&limit=200"),
        format!("{at}/messages/{index}"),
        format!("{at}/messages/{index}/likes"),
        format!("{at}/messages/{index}/poll/voters?option=0"),
        format!("{at}/pinned"),
        "/api/v1/conversations".to_owned(),
        "/api/v1/conversations?filter=unread".to_owned(),
        "/api/v1/sync?since=0".to_owned(),
        "/api/v1/scheduled".to_owned(),
    ];
    paths.push(at);
    paths
}

/// Nothing that this person can ask for has the word.
async fn has_nothing(person: &Person, word: &str, (id, index): (&str, u64)) {
    for path in paths(id, index) {
        let (status, answer) = person.get(&path).await;
        assert!(status < 500, "{path}: {answer}");
        assert!(!answer.to_string().contains(word), "{path}: {answer}");
    }
    let look_up = format!("/api/v1/conversations/{id}/messages/look_up");
    let answer = person.post(&look_up, &json!({ "indexes": [index] })).await.1;
    assert!(!answer.to_string().contains(word), "look_up: {answer}");
    let query = format!("sourceID={}&targetID={id}", person.id);
    let answer = person.get(&format!("/api/v1/rtm.receive?{query}")).await.1;
    assert!(!answer.to_string().contains(word), "rtm.receive: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recalled_or_expired_is_nowhere_and_what_was_hidden_is_nowhere_for_its_reader() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let tablet = place.log_in("bob").await;
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    let message = |index: u64| format!("{at}/messages/{index}");
    alice.post(&format!("{at}/draft"), &json!({ "text": "canary-recalled in a draft" })).await;
    let recalled = alice.say(&group, "1", "canary-recalled, as sent").await;
    alice.patch(&message(recalled), &json!({ "text": "canary-recalled, as edited" })).await;
    bob.post(&format!("{}/likes", message(recalled)), &json!({ "emoji": "👍" })).await;
    alice.post(&format!("{}/pin", message(recalled)), &json!({})).await;
    let poll =
        json!({ "kind": "poll", "question": "canary-recalled?", "options": ["canary-recalled", "no"] });
    let asked = json!({ "client_message_id": "p", "content": poll });
    let poll = alice.post(&format!("{at}/messages"), &asked).await.1["index"].as_u64().unwrap();
    bob.post(&format!("{}/poll/vote", message(poll)), &json!({ "options": [0] })).await;
    let hidden = alice.say(&group, "2", "canary-hidden").await;
    alice.patch(&message(hidden), &json!({ "text": "canary-hidden, as edited" })).await;
    alice.post(&format!("{}/pin", message(hidden)), &json!({})).await;
    let disappearing = json!({ "disappearing": { "after": "sending", "ms": 5_000 } });
    alice.post(&format!("{at}/disappearing"), &disappearing).await;
    let expiring = alice.say(&group, "3", "canary-expired").await;
    alice.patch(&message(expiring), &json!({ "text": "canary-expired, as edited" })).await;
    bob.post(&format!("{}/likes", message(expiring)), &json!({ "emoji": "👍" })).await;
    let sent = Instant::now();
    alice.post(&format!("{}/pin", message(expiring)), &json!({})).await;
    bob.get("/api/v1/sync?since=0").await;

    let mut line = tablet.line().await;
    assert_eq!(alice.delete(&message(recalled)).await.0, 200);
    assert_eq!(alice.delete(&message(poll)).await.0, 200);
    assert_eq!(bob.post(&format!("{at}/messages/hide"), &json!({ "indexes": [hidden] })).await.0, 200);
    for _ in [recalled, poll] {
        assert!(!line.event("entry").await.to_string().contains("canary-recalled"));
    }
    assert!(!line.event("summary").await.to_string().contains("canary-hidden"));
    tokio::time::sleep(Duration::from_millis(5_020).saturating_sub(sent.elapsed())).await;
    for person in [&alice, &bob, &tablet] {
        has_nothing(person, "canary-recalled", (&group, recalled)).await;
        has_nothing(person, "canary-recalled", (&group, poll)).await;
        has_nothing(person, "canary-expired", (&group, expiring)).await;
    }
    for device in [&bob, &tablet] {
        has_nothing(device, "canary-hidden", (&group, hidden)).await;
    }
    assert_eq!(line.event("entry").await["entry"]["body"]["kind"], "expired");
    let late = alice.get(&message(hidden)).await.1;
    assert_eq!(late["body"]["text"], "canary-hidden, as edited", "for others it is there");

    // Its sweep has been answered to us, so its rows are overwritten; the draft goes with the next look at the inbox.
    alice.get("/api/v1/sync?since=0").await;
    let folder = place.folder.path().join("data");
    assert!(says(&parlance(&folder, &["compact"])).contains("compacted"));
    for word in ["canary-recalled", "canary-expired"] {
        assert_eq!(files_with(&folder, word.as_bytes()), [""; 0], "{word}");
    }
    assert!(!files_with(&folder, b"canary-hidden").is_empty());
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recall_wins_against_whatever_happens_at_the_same_moment() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    for round in 0..20 {
        let index = alice.say(&group, &format!("k{round}"), "canary-raced, as sent").await;
        let message = format!("{at}/messages/{index}");
        let likes = format!("{message}/likes");
        let messages = format!("{at}/messages");
        let edit = json!({ "text": "canary-raced, as edited" });
        let like = json!({ "emoji": "👍" });
        let reply = json!({ "client_message_id": format!("r{round}"), "text": "what?", "reply_to": index });
        let (recalled, _, _, replied, _) = tokio::join!(
            alice.delete(&message),
            alice.patch(&message, &edit),
            bob.post(&likes, &like),
            bob.post(&messages, &reply),
            bob.get(&message),
        );
        assert_eq!((recalled.0, replied.0), (200, 200), "{recalled:?} {replied:?}");
        for person in [&alice, &bob] {
            has_nothing(person, "canary-raced", (&group, index)).await;
        }
        let gone = bob.get(&message).await.1;
        assert_eq!(gone["body"], json!({ "kind": "gone", "reason": "recalled" }));
        assert_eq!(gone["likes"], serde_json::Value::Null, "{gone}");
    }
}
