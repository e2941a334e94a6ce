//! The export of a conversation: JSON lines in pages, exactly what its member may see, and nothing for anybody else.
//! What was recalled, hidden or cleared is not in it.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};

/// The whole export, in pages of `limit`.
async fn export(person: &Person, id: &str, limit: u32) -> Vec<Value> {
    let at = format!("/api/v1/conversations/{id}/export?limit={limit}");
    let (mut lines, mut after) = (Vec::new(), String::new());
    loop {
        let (status, page) = person.get(&format!("{at}{after}")).await;
        assert_eq!(status, 200, "{page}");
        let text = page["lines"].as_str().unwrap();
        assert!(text.is_empty() || text.ends_with('\n'));
        lines.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
        match page["next"].as_u64() {
            Some(next) => after = format!("&after={next}"),
            None => return lines,
        }
    }
}

#[tokio::test]
async fn a_member_exports_what_the_member_may_see() {
    let place = Place::start().await;
    let (alice, bob, carol, eve) = (
        place.person("alice").await,
        place.person("bob").await,
        place.person("carol").await,
        place.person("eve").await,
    );
    let group = alice.group("Team", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}");
    for number in 0..5 {
        alice.say(&group, &format!("k{number}"), &format!("canary-{number}\n\u{2028}")).await;
    }
    alice.delete(&format!("{at}/messages/3")).await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    bob.post(&format!("{at}/messages/hide"), &json!({ "indexes": [4] })).await;
    let whole = export(&alice, &group, 200).await;
    assert_eq!(whole[0]["conversation"]["name"], "Team");
    let indexes: Vec<u64> = whole[1..].iter().map(|entry| entry["index"].as_u64().unwrap()).collect();
    assert_eq!(indexes, (1..=8).collect::<Vec<_>>());
    assert_eq!(export(&alice, &group, 3).await, whole, "in smaller pages too");
    assert_eq!(whole[3]["body"], json!({ "kind": "gone", "reason": "recalled" }));
    let of_bob = export(&bob, &group, 2).await;
    assert_eq!(of_bob[4]["body"], json!({ "kind": "gone", "reason": "hidden" }));
    assert!(!format!("{of_bob:?}").contains("canary-2") && !format!("{of_bob:?}").contains("canary-1"));
    bob.post(&format!("{at}/clear"), &json!({})).await;
    assert_eq!(export(&bob, &group, 2).await.len(), 1, "only what is said of the conversation");
    let of_carol = export(&carol, &group, 200).await;
    assert!(of_carol.len() > 1 && !format!("{of_carol:?}").contains("canary"));
    assert_eq!(code(&eve.get(&format!("{at}/export")).await), (404, "not_found"));
    assert_eq!(code(&alice.get(&format!("{at}/export?limit=201")).await), (422, "invalid_input"));
}
