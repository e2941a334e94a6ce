//! Channels: few write, any number read.
//! No answer and no event tells a reader who else reads.

use serde_json::json;

use crate::place::{Person, Place, code, ok, text};

async fn channel(owner: &Person, members: &[&Person]) -> String {
    let members: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
    let input = json!({ "name": "News", "member_ids": members, "client_message_id": "c", "kind": "channel" });
    let made = ok(owner.post("/api/v1/conversations", &input)).await;
    assert_eq!((&made["kind"], &made["fan_out"]), (&json!("channel"), &json!("read")));
    text(&made["conversation_id"])
}

#[tokio::test]
async fn readers_read_and_admins_write() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let news = channel(&alice, &[&bob]).await;
    let at = format!("/api/v1/conversations/{news}");
    let mut line = bob.line().await;
    line.does("conversation.open", json!({ "conversation_id": news })).await;
    assert_eq!(alice.say(&news, "a", "today").await, 2);
    assert_eq!(line.event("entry").await["entry"]["body"]["text"], "today");
    let said = json!({ "client_message_id": "b", "text": "me too" });
    assert_eq!(code(&bob.post(&format!("{at}/messages"), &said).await), (403, "forbidden"));
    assert_eq!(eve.get(&at).await.0, 404);
    let row = ok(bob.get(&at)).await;
    assert_eq!((&row["unread"], &row["name"], &row["kind"]), (&json!(1), &json!("News"), &json!("channel")));
    let list = ok(bob.get("/api/v1/conversations")).await;
    assert_eq!(list["conversations"][0]["conversation_id"], json!(news));
    let bad = json!({ "name": "x", "member_ids": [], "client_message_id": "d", "kind": "direct" });
    assert_eq!(code(&alice.post("/api/v1/conversations", &bad).await), (422, "invalid_input"));
}

#[tokio::test]
async fn nobody_is_told_who_comes_and_goes_save_those_concerned() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let news = channel(&alice, &[&bob]).await;
    let at = format!("/api/v1/conversations/{news}");
    let code_of = text(&ok(alice.post(&format!("{at}/links"), &json!({}))).await["code"]);
    let mut line = bob.line().await;
    line.does("conversation.open", json!({ "conversation_id": news })).await;
    let mut own = carol.line().await;
    ok(carol.post("/api/v1/links/join", &json!({ "code": code_of }))).await;
    assert_eq!(own.event("entry").await["entry"]["body"]["kind"], "member_joined");
    let heard = line.event("entry").await;
    assert_eq!(heard["entry"]["body"], json!({ "kind": "withheld" }));
    assert!(!heard.to_string().contains(&carol.id), "{heard}");
    let history = ok(bob.get(&format!("{at}/messages"))).await;
    assert!(!history.to_string().contains(&carol.id), "{history}");
    assert_eq!((&history["from"], &history["to"]), (&json!(1), &json!(2)));
    let asked = json!({ "indexes": [1, 2] });
    let looked_up = ok(bob.post(&format!("{at}/messages/look_up"), &asked)).await;
    assert_eq!(looked_up["entries"].as_array().unwrap().len(), 2);
    assert!(!looked_up.to_string().contains(&carol.id), "{looked_up}");
    let history = ok(carol.get(&format!("{at}/messages"))).await.to_string();
    assert!(history.contains("member_joined") && !history.contains(&bob.id), "{history}");
    assert_eq!(code(&bob.get(&format!("{at}/members")).await), (403, "forbidden"));
    assert_eq!(ok(alice.get(&format!("{at}/members"))).await["members"].as_array().unwrap().len(), 3);
    ok(alice.patch(&at, &json!({ "members_hidden": false }))).await;
    assert_eq!(bob.get(&format!("{at}/members")).await.0, 200);
}
