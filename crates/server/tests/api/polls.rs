//! Polls: who votes, what everybody sees of it, and that they go with the message.
//! Voting again for the same changes nothing; nobody is told who voted in an anonymous poll.

use serde_json::{Value, json};

use crate::line::Line;
use crate::place::{Answer, Person, Place, code};

fn poll(options: &[&str]) -> Value {
    json!({ "kind": "poll", "question": "Tea?", "options": options })
}

/// Sends a poll and answers its path.
async fn ask(person: &Person, conversation: &str, key: &str, content: &Value) -> String {
    let at = format!("/api/v1/conversations/{conversation}/messages");
    let (status, sent) = person.post(&at, &json!({ "client_message_id": key, "content": content })).await;
    assert_eq!(status, 200, "{sent}");
    format!("{at}/{}", sent["index"])
}

async fn vote(person: &Person, poll: &str, options: &[u32]) -> Answer {
    person.post(&format!("{poll}/poll/vote"), &json!({ "options": options })).await
}

/// How the poll stands for this reader.
async fn tally(person: &Person, poll: &str) -> Value {
    person.get(poll).await.1["details"]["tally"].clone()
}

async fn heard(line: &mut Line) -> Value {
    line.event("entry").await["entry"].clone()
}

#[tokio::test]
async fn votes_are_counted_for_everybody_and_named() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob, &carol]).await;
    let at = format!("/api/v1/conversations/{group}");
    let laptop = place.log_in("bob").await;
    let (mut line, mut own) = (alice.line().await, laptop.line().await);
    let content = poll(&["yes", "no"]);
    let tea = ask(&alice, &group, "k", &content).await;
    for line in [&mut line, &mut own] {
        assert_eq!(heard(line).await["body"], content);
    }
    assert_eq!(bob.get(&at).await.1["unread"], 1);
    assert!(tally(&bob, &tea).await.is_null(), "nobody has voted");
    assert_eq!(vote(&bob, &tea, &[0]).await.1["index"], 3);
    assert_eq!(vote(&bob, &tea, &[0]).await.1["index"], 3, "again is nothing to do");
    for line in [&mut line, &mut own] {
        let entry = heard(line).await;
        assert_eq!(
            (&entry["body"], &entry["sender"]),
            (&json!({ "kind": "voted", "target": 2 }), &json!(bob.id))
        );
    }
    vote(&carol, &tea, &[0]).await;
    let both = |mine: Option<u32>| {
        let mut tally = json!({ "counts": [2, 0], "voters": 2 });
        if let Some(mine) = mine {
            tally["mine"] = json!([mine]);
        }
        tally
    };
    for (reader, mine) in [(&alice, None), (&bob, Some(0)), (&laptop, Some(0))] {
        assert_eq!(tally(reader, &tea).await, both(mine));
    }
    assert_eq!(alice.get(&at).await.1["last_message"]["details"]["tally"], both(None));
    let page = bob.get(&format!("{at}/messages")).await.1;
    assert_eq!(page["entries"][1]["details"]["tally"], both(Some(0)));
    let voters = |option: u32, more: &str| format!("{tea}/poll/voters?option={option}{more}");
    let first = alice.get(&voters(0, "&limit=1")).await.1;
    assert_eq!(first, json!({ "voters": [{ "user_id": bob.id, "index": 3 }], "next": 3 }));
    let second = alice.get(&voters(0, "&limit=1&after=3")).await.1;
    assert_eq!(second["voters"], json!([{ "user_id": carol.id, "index": 4 }]));
    assert_eq!(alice.get(&voters(1, "")).await.1, json!({ "voters": [] }));
    assert_eq!(code(&alice.get(&voters(2, "")).await), (422, "invalid_input"));
    // Another choice takes the place of the one before; none takes it back.
    vote(&bob, &tea, &[1]).await;
    assert_eq!(tally(&bob, &tea).await, json!({ "counts": [1, 1], "voters": 2, "mine": [1] }));
    assert_eq!(alice.get(&voters(0, "")).await.1["voters"], json!([{ "user_id": carol.id, "index": 4 }]));
    assert_eq!(alice.get(&voters(1, "")).await.1["voters"], json!([{ "user_id": bob.id, "index": 5 }]));
    vote(&bob, &tea, &[]).await;
    assert_eq!(tally(&bob, &tea).await, json!({ "counts": [1, 0], "voters": 1 }));
    assert_eq!(code(&vote(&bob, &tea, &[2]).await), (422, "invalid_input"));
    assert_eq!(code(&vote(&bob, &tea, &[0, 1]).await), (422, "invalid_input"));
}

#[tokio::test]
async fn who_may_not_see_a_poll_learns_nothing_of_it() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let group = alice.group("g", &[&bob]).await;
    let tea = ask(&alice, &group, "k", &poll(&["yes", "no"])).await;
    vote(&bob, &tea, &[0]).await;
    assert_eq!(code(&vote(&eve, &tea, &[0]).await), (404, "not_found"));
    assert_eq!(code(&eve.get(&format!("{tea}/poll/voters?option=0")).await), (404, "not_found"));
    alice.post(&format!("/api/v1/conversations/{group}/members"), &json!({ "user_ids": [eve.id] })).await;
    assert_eq!(code(&vote(&eve, &tea, &[0]).await), (404, "not_found"), "from before eve came");
    assert_eq!(code(&eve.get(&format!("{tea}/poll/voters?option=0")).await), (404, "not_found"));
    assert_eq!(code(&eve.post(&format!("{tea}/poll/close"), &json!({})).await), (404, "not_found"));
    // Gone with the message, and never forwarded.
    let forward = json!({ "indexes": [2], "to": [group], "client_message_id": "f" });
    let at = format!("/api/v1/conversations/{group}/messages");
    assert_eq!(code(&bob.post(&format!("{at}/forward"), &forward).await), (409, "conflict"));
    assert_eq!(alice.delete(&tea).await.0, 200);
    assert!(alice.get(&tea).await.1.get("details").is_none());
    assert_eq!(code(&alice.get(&format!("{tea}/poll/voters?option=0")).await), (404, "not_found"));
    assert_eq!(code(&vote(&bob, &tea, &[1]).await), (404, "not_found"));
    let text = format!("{at}/{}", alice.say(&group, "t", "no poll").await);
    assert_eq!(code(&vote(&bob, &text, &[0]).await), (409, "conflict"));
    assert_eq!(code(&bob.get(&format!("{text}/poll/voters?option=0")).await), (409, "conflict"));
}

#[tokio::test]
async fn a_closed_poll_keeps_its_counts_and_takes_no_votes() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob, &carol]).await;
    let mut content = poll(&["yes", "no", "later"]);
    content["multiple"] = json!(true);
    let tea = ask(&bob, &group, "k", &content).await;
    let mut line = carol.line().await;
    assert_eq!(vote(&carol, &tea, &[2, 0]).await.0, 200);
    let close = format!("{tea}/poll/close");
    assert_eq!(code(&carol.post(&close, &json!({})).await), (403, "forbidden"));
    let closed = alice.post(&close, &json!({})).await.1;
    assert_eq!(bob.post(&close, &json!({})).await.1["index"], closed["index"], "again is nothing to do");
    assert_eq!(heard(&mut line).await["body"]["kind"], "voted");
    assert_eq!(heard(&mut line).await["body"], json!({ "kind": "poll_closed", "target": 2 }));
    let message = carol.get(&tea).await.1;
    assert_eq!(message["body"], content);
    assert_eq!(message["details"]["closed_ms"], closed["time_ms"]);
    assert_eq!(message["details"]["tally"], json!({ "counts": [1, 0, 1], "voters": 1, "mine": [0, 2] }));
    assert_eq!(vote(&carol, &tea, &[0, 2]).await.0, 200, "counted already");
    assert_eq!(code(&vote(&carol, &tea, &[0]).await), (409, "conflict"));
    assert_eq!(code(&vote(&bob, &tea, &[0]).await), (409, "conflict"));
    // Another closes by itself.
    let soon = alice.get("/api/v1/sync?since=0").await;
    assert_eq!(soon.0, 200);
    content["closes_ms"] = json!(closed["time_ms"].as_i64().unwrap() + 1_500);
    let cake = ask(&bob, &group, "k2", &content).await;
    assert_eq!(vote(&carol, &cake, &[1]).await.0, 200);
    tokio::time::sleep(std::time::Duration::from_millis(1_600)).await;
    assert_eq!(code(&vote(&bob, &cake, &[0]).await), (409, "conflict"));
    assert_eq!(tally(&bob, &cake).await, json!({ "counts": [0, 1, 0], "voters": 1 }));
    content["closes_ms"] = closed["time_ms"].clone();
    let late = json!({ "client_message_id": "k3", "content": content });
    let at = format!("/api/v1/conversations/{group}/messages");
    assert_eq!(code(&bob.post(&at, &late).await), (422, "invalid_input"));
    let shut = json!({ "client_message_id": "k4", "content": { "kind": "poll", "question": "?", "options": ["a"] } });
    assert_eq!(code(&bob.post(&at, &shut).await), (422, "invalid_input"));
    assert_eq!(code(&bob.patch(&tea, &json!({ "text": "other" })).await), (409, "conflict"));
}

#[tokio::test]
async fn nobody_is_told_who_voted_in_an_anonymous_poll() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let input =
        json!({ "name": "News", "kind": "channel", "member_ids": [bob.id], "client_message_id": "c" });
    let channel = alice.post("/api/v1/conversations", &input).await.1;
    let channel = channel["conversation_id"].as_str().unwrap().to_owned();
    let at = format!("/api/v1/conversations/{channel}/messages");
    let mut content = poll(&["yes", "no"]);
    let open = json!({ "client_message_id": "k", "content": content });
    assert_eq!(code(&alice.post(&at, &open).await), (422, "invalid_input"), "members are hidden here");
    content["anonymous"] = json!(true);
    let tea = ask(&alice, &channel, "k2", &content).await;
    let accepted = vote(&bob, &tea, &[1]).await.1;
    assert_eq!(tally(&alice, &tea).await, json!({ "counts": [0, 1], "voters": 1 }));
    assert_eq!(tally(&bob, &tea).await["mine"], json!([1]));
    let entry = alice.get(&format!("{at}/{}", accepted["index"])).await.1;
    assert_eq!(entry["body"], json!({ "kind": "voted", "target": 2 }));
    assert!(!entry.to_string().contains(&bob.id) && !entry.to_string().contains(&bob.session), "{entry}");
    for reader in [&alice, &bob] {
        assert_eq!(code(&reader.get(&format!("{tea}/poll/voters?option=1")).await), (403, "forbidden"));
    }
}

#[tokio::test]
async fn the_blocked_do_not_count_and_do_not_notice() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let tea = ask(&alice, &chat, "k", &poll(&["yes", "no"])).await;
    bob.say(&chat, "k", "hm").await;
    assert_eq!(alice.post("/api/v1/blocked", &json!({ "user_id": bob.id })).await.0, 200);
    assert_eq!(vote(&bob, &tea, &[0]).await.0, 200);
    let counted = json!({ "counts": [1, 0], "voters": 1, "mine": [0] });
    assert_eq!(tally(&bob, &tea).await, counted);
    assert!(tally(&alice, &tea).await.is_null());
    let voters = format!("{tea}/poll/voters?option=0");
    assert_eq!(alice.get(&voters).await.1["voters"], json!([]));
    assert_eq!(bob.get(&voters).await.1["voters"][0]["user_id"], json!(bob.id));
    assert_eq!(code(&vote(&alice, &tea, &[1]).await).0, 409, "who blocks does not vote");
}
