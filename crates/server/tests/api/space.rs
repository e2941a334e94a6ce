//! The file space of a conversation: by kind, newest first, by name, and only what the asker is shown.
//! What is recalled or hidden is in no list.

use serde_json::{Value, json};

use crate::files::{file, place, send};
use crate::place::{Person, code};

async fn listed(person: &Person, conversation: &str, query: &str) -> (Vec<u64>, Option<u64>) {
    let path = format!("/api/v1/conversations/{conversation}/files?{query}");
    let (status, list) = person.get(&path).await;
    assert_eq!(status, 200, "{list}");
    let messages = list["messages"].as_array().unwrap();
    let indexes = messages.iter().map(|message: &Value| message["index"].as_u64().unwrap()).collect();
    (indexes, list["before"].as_u64())
}

#[tokio::test]
async fn files_are_listed_by_kind_and_name_for_those_who_see_them() {
    let place = place().await;
    let (alice, bob, carol, eve) = (
        place.person("alice").await,
        place.person("bob").await,
        place.person("carol").await,
        place.person("eve").await,
    );
    let group = alice.group("g", &[&bob]).await;
    let mut sent = Vec::new();
    for (key, name) in [("1", "Plan.pdf"), ("2", "notes.txt"), ("3", "plan-b.pdf")] {
        let id = file(&alice, &format!("name={name}"), name).await;
        sent.push(send(&alice, &group, key, &[json!({ "file_id": id })]).await);
    }
    let voice = file(&alice, "kind=voice", b"OggS\0\x02".to_vec()).await;
    let spoken = send(&alice, &group, "v", &[json!({ "file_id": voice, "duration_ms": 5 })]).await;
    let link = bob.say(&group, "l", "see https://a.example/plans and mailto:b@a.example").await;
    bob.say(&group, "t", "no link here").await;
    let all = |kind: &'static str| listed(&bob, &group, kind);
    assert_eq!(all("kind=file").await, (vec![sent[2], sent[1], sent[0]], None));
    assert_eq!(all("kind=file&name=PLAN").await, (vec![sent[2], sent[0]], None));
    assert_eq!(all("kind=voice").await, (vec![spoken], None));
    assert_eq!(all("kind=link&name=a.example/plan").await, (vec![link], None));
    assert_eq!(all("kind=picture").await, (vec![], None));
    // Page by page.
    assert_eq!(all("kind=file&limit=2").await, (vec![sent[2], sent[1]], Some(sent[1])));
    let next = format!("kind=file&limit=2&before={}", sent[1]);
    assert_eq!(listed(&bob, &group, &next).await, (vec![sent[0]], None));
    assert_eq!(
        code(&bob.get(&format!("/api/v1/conversations/{group}/files?kind=file&limit=0")).await).0,
        422
    );
    assert_eq!(code(&bob.get(&format!("/api/v1/conversations/{group}/files?kind=song")).await).0, 422);
    let members = format!("/api/v1/conversations/{group}/members");
    alice.post(&members, &json!({ "user_ids": [carol.id] })).await;
    assert_eq!(listed(&carol, &group, "kind=file").await, (vec![], None));
    assert_eq!(
        code(&eve.get(&format!("/api/v1/conversations/{group}/files?kind=file")).await),
        (404, "not_found")
    );
    let messages = format!("/api/v1/conversations/{group}/messages");
    bob.post(&format!("{messages}/hide"), &json!({ "indexes": [sent[0]] })).await;
    assert_eq!(alice.delete(&format!("{messages}/{}", sent[2])).await.0, 200);
    assert_eq!(all("kind=file").await, (vec![sent[1]], None));
    assert_eq!(listed(&alice, &group, "kind=file").await, (vec![sent[1], sent[0]], None));
    // A link comes and goes with an edit.
    bob.patch(&format!("{messages}/{link}"), &json!({ "text": "no longer" })).await;
    assert_eq!(all("kind=link").await, (vec![], None));
    let edited = bob.say(&group, "e", "plain").await;
    bob.patch(&format!("{messages}/{edited}"), &json!({ "text": "now https://b.example" })).await;
    assert_eq!(all("kind=link").await, (vec![edited], None));
}
