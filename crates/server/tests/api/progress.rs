//! Check marks: delivered and read, in the list, in the open conversation, for each message; and who does not show it.
//! Nobody but a member learns anything, and nobody moves another's mark.

use serde_json::{Value, json};

use crate::place::{Person, Place, befriend, code};

async fn delivered(person: &Person, conversation: &str, index: u64) {
    let input = json!({ "marks": [{ "conversation_id": conversation, "index": index }] });
    assert_eq!(person.post("/api/v1/delivered", &input).await, (200, json!({})));
}

async fn read(person: &Person, conversation: &str, index: u64) {
    let at = format!("/api/v1/conversations/{conversation}/read");
    assert_eq!(person.post(&at, &json!({ "index": index })).await.0, 200);
}

async fn readers(person: &Person, conversation: &str, index: u64, state: &str) -> Value {
    let at = format!("/api/v1/conversations/{conversation}/messages/{index}/readers?state={state}");
    let (status, answer) = person.get(&at).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn marks_of_a_direct_chat_move_in_the_list_of_the_other_side() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    befriend(&alice, &bob).await;
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}");
    alice.say(&chat, "k1", "one").await;
    alice.say(&chat, "k2", "two").await;
    let row = alice.get(&at).await.1;
    assert_eq!((&row["peer_read_index"], &row["peer_delivered_index"]), (&json!(0), &json!(0)));
    // The list is open, not the chat.
    let (mut line, mut own) = (alice.line().await, bob.line().await);
    delivered(&bob, &chat, 2).await;
    let event = line.event("progress").await;
    assert_eq!(event["conversation_id"], chat.as_str());
    assert_eq!(event["moved"], json!([{ "user_id": bob.id, "read_index": 0, "delivered_index": 2 }]));
    read(&bob, &chat, 1).await;
    let event = line.event("progress").await;
    assert_eq!(event["moved"][0], json!({ "user_id": bob.id, "read_index": 1, "delivered_index": 2 }));
    assert!(own.is_quiet("progress").await, "one's own marks are no news");
    for row in
        [alice.get(&at).await.1, alice.get("/api/v1/conversations").await.1["conversations"][0].clone()]
    {
        assert_eq!((&row["peer_read_index"], &row["peer_delivered_index"]), (&json!(1), &json!(2)), "{row}");
    }
    // A repeat and a lower mark move nothing; reading past the head counts as the head and implies delivery.
    delivered(&bob, &chat, 1).await;
    read(&bob, &chat, 1_000).await;
    let row = alice.get(&at).await.1;
    assert_eq!((&row["peer_read_index"], &row["peer_delivered_index"]), (&json!(2), &json!(2)));
    // Who answers has read.
    alice.say(&chat, "k3", "three").await;
    bob.say(&chat, "k4", "four").await;
    assert_eq!(alice.get("/api/v1/conversations").await.1["conversations"][0]["peer_read_index"], 4);
    let notes = alice.get(&format!("/api/v1/conversations/{}", alice.direct(&alice))).await.1;
    assert!(notes.get("peer_read_index").is_none(), "{notes}");
}

#[tokio::test]
async fn every_message_of_a_group_tells_who_has_read_it() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let (dave, eve) = (place.person("dave").await, place.person("eve").await);
    let group = alice.group("Team", &[&bob, &carol]).await;
    alice.say(&group, "k1", "one").await;
    alice.post(&format!("/api/v1/conversations/{group}/members"), &json!({ "user_ids": [dave.id] })).await;
    alice.say(&group, "k2", "two").await;
    let mut open = alice.line().await;
    let mut elsewhere = dave.line().await;
    open.does("conversation.open", json!({ "conversation_id": group })).await;
    read(&bob, &group, 2).await;
    delivered(&carol, &group, 4).await;
    let mut moved: Vec<Value> = Vec::new();
    while moved.len() < 2 {
        moved.extend(open.event("progress").await["moved"].as_array().unwrap().clone());
    }
    assert!(
        moved.contains(&json!({ "user_id": bob.id, "read_index": 2, "delivered_index": 2 })),
        "{moved:?}"
    );
    assert!(elsewhere.is_quiet("progress").await, "it has the group not open");

    let first = readers(&carol, &group, 2, "read").await;
    assert_eq!(
        first,
        json!({ "read_by": 1, "delivered_to": 2, "of": 2, "user_ids": [bob.id], "more": false })
    );
    assert_eq!(readers(&alice, &group, 2, "delivered").await["user_ids"], json!([carol.id]));
    let second = readers(&alice, &group, 4, "unread").await;
    let mut unread = [bob.id.clone(), carol.id.clone(), dave.id.clone()];
    unread.sort();
    assert_eq!((&second["read_by"], &second["of"]), (&json!(0), &json!(3)));
    assert_eq!(second["user_ids"], json!(unread));
    let at = format!("/api/v1/conversations/{group}/messages/4/readers?state=unread&limit=1");
    let page = alice.get(&at).await.1;
    assert_eq!((&page["user_ids"], &page["more"]), (&json!([unread[0]]), &json!(true)));
    let rest = alice.get(&format!("{at}0&after={}", unread[0])).await.1;
    assert_eq!((&rest["user_ids"], &rest["more"]), (&json!(unread[1..]), &json!(false)));
    let progress = bob.get(&format!("/api/v1/conversations/{group}/progress")).await.1;
    let of_carol =
        progress["members"].as_array().unwrap().iter().find(|one| one["user_id"] == carol.id.as_str());
    assert_eq!(of_carol.unwrap()["delivered_index"], 4);

    // What is no message has no readers; a newcomer sees nothing of before; a stranger nothing at all.
    let at = |index: u64| format!("/api/v1/conversations/{group}/messages/{index}/readers");
    assert_eq!(code(&alice.get(&at(3)).await), (404, "not_found"));
    assert_eq!(code(&dave.get(&at(2)).await), (404, "not_found"));
    assert_eq!(code(&eve.get(&at(2)).await), (404, "not_found"));
    assert_eq!(code(&alice.get(&format!("{}?limit=201", at(2))).await), (422, "invalid_input"));
    assert_eq!(code(&eve.get(&format!("/api/v1/conversations/{group}/progress")).await), (404, "not_found"));
}

#[tokio::test]
async fn many_marks_go_in_one_request_and_foreign_ones_are_passed_over() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    befriend(&alice, &bob).await;
    let (chat, group) = (alice.direct(&bob), alice.group("k", &[&bob]).await);
    alice.say(&chat, "k1", "one").await;
    alice.say(&group, "k2", "two").await;
    let mark = |conversation: &str| json!({ "conversation_id": conversation, "index": 9 });
    let marks = json!({ "marks": [mark(&chat), mark(&group), mark(&eve.direct(&alice))] });
    assert_eq!(bob.post("/api/v1/delivered", &marks).await, (200, json!({})));
    assert_eq!(eve.post("/api/v1/delivered", &marks).await, (200, json!({})));
    assert_eq!(alice.get(&format!("/api/v1/conversations/{chat}")).await.1["peer_delivered_index"], 1);
    assert_eq!(readers(&alice, &group, 2, "delivered").await["user_ids"], json!([bob.id]));
    let hundred: Vec<Value> = (0..100).map(|_| mark(&chat)).collect();
    assert_eq!(bob.post("/api/v1/delivered", &json!({ "marks": hundred })).await.0, 200);
    let more: Vec<Value> = (0..101).map(|_| mark(&chat)).collect();
    assert_eq!(code(&bob.post("/api/v1/delivered", &json!({ "marks": more })).await), (413, "too_large"));
    let forged = json!({ "marks": [], "user_id": alice.id });
    assert_eq!(code(&bob.post("/api/v1/delivered", &forged).await), (422, "invalid_input"));
}

#[tokio::test]
async fn who_does_not_show_reads_sees_none_from_then_on() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    befriend(&alice, &bob).await;
    let (chat, group) = (alice.direct(&bob), alice.group("k", &[&bob, &carol]).await);
    alice.say(&chat, "k1", "one").await;
    alice.say(&group, "k2", "two").await;
    for person in [&bob, &carol] {
        read(person, &group, 2).await;
    }
    read(&bob, &chat, 1).await;
    let tablet = place.log_in("bob").await;
    let mut other = tablet.line().await;
    assert_eq!(bob.get("/api/v1/me/privacy").await.1["show_reads"], true);
    let (status, privacy) = bob.patch("/api/v1/me/privacy", &json!({ "show_reads": false })).await;
    assert_eq!((status, &privacy["show_reads"]), (200, &json!(false)));
    assert_eq!(other.event("topic").await["topic"], "privacy");
    assert_eq!(tablet.get("/api/v1/me/privacy").await.1["show_reads"], false);

    let seen = alice.get(&format!("/api/v1/conversations/{chat}")).await.1;
    assert!(seen.get("peer_read_index").is_none() && seen["peer_delivered_index"] == 1, "{seen}");
    let of_alice = readers(&alice, &group, 2, "read").await;
    assert_eq!((&of_alice["read_by"], &of_alice["delivered_to"]), (&json!(1), &json!(2)));
    assert_eq!(of_alice["user_ids"], json!([carol.id]));
    let of_bob = readers(&bob, &group, 2, "read").await;
    assert!(of_bob.get("read_by").is_none() && of_bob["user_ids"] == json!([]), "{of_bob}");
    let progress = bob.get(&format!("/api/v1/conversations/{group}/progress")).await.1;
    assert!(progress["members"].as_array().unwrap().iter().all(|one| one.get("read_index").is_none()));

    let (mut line, mut of_bob) = (alice.line().await, bob.line().await);
    of_bob.does("conversation.open", json!({ "conversation_id": group })).await;
    alice.say(&chat, "k3", "three").await;
    read(&bob, &chat, 2).await;
    let event = line.event("progress").await;
    assert_eq!(event["moved"][0], json!({ "user_id": bob.id, "delivered_index": 2 }), "delivered, no more");
    // Nor the moment: what was delivered before is no news when it is read.
    alice.say(&chat, "k4", "four").await;
    delivered(&bob, &chat, 3).await;
    line.event("progress").await;
    read(&bob, &chat, 3).await;
    assert!(line.is_quiet("progress").await);
    read(&alice, &group, 2).await;
    assert!(of_bob.is_quiet("progress").await);
    // His own unread count does not depend on it.
    assert_eq!(bob.get(&format!("/api/v1/conversations/{chat}")).await.1["unread"], 0);
    bob.patch("/api/v1/me/privacy", &json!({ "show_reads": true })).await;
    assert_eq!(alice.get(&format!("/api/v1/conversations/{chat}")).await.1["peer_read_index"], 3);
    assert_eq!(readers(&bob, &group, 2, "read").await["read_by"], 2);
}
