//! Contacts, requests and blocks: both sides, other devices, strangers, and that who is blocked notices nothing.
//! Answers to the blocked are those of everybody, and take as long.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::{Person, Place, befriend, block, code};

async fn unblock(one: &Person, other: &Person) {
    assert_eq!(one.delete(&format!("/api/v1/blocked/{}", other.id)).await, (200, json!({})));
}

/// Who is in somebody's list, and as what.
async fn list(person: &Person) -> Vec<(String, String)> {
    let (status, answer) = person.get("/api/v1/contacts").await;
    assert_eq!(status, 200, "{answer}");
    let row = |row: &Value| (row["user"]["username"].clone(), row["state"].clone());
    let rows = answer["contacts"].as_array().unwrap().iter().map(row);
    rows.map(|(name, state)| (name.as_str().unwrap().to_owned(), state.as_str().unwrap().to_owned()))
        .collect()
}

fn one(name: &str, state: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), state.to_owned())]
}

#[tokio::test]
async fn a_request_is_accepted_named_and_removed_and_every_device_hears_of_it() {
    let place = Place::start().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let tablet = place.log_in("bob").await;
    let since = tablet.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let (mut line, mut of_alice) = (tablet.line().await, alice.line().await);
    let ask = json!({ "user_id": bob.id, "note": " from the choir " });
    let (status, asked) = alice.post("/api/v1/contacts", &ask).await;
    assert_eq!(
        (status, &asked["state"], &asked["note"]),
        (200, &json!("outgoing"), &json!("from the choir"))
    );
    assert_eq!(line.event("topic").await["topic"], "contacts");
    let changes = tablet.get(&format!("/api/v1/sync?since={since}")).await.1;
    assert_eq!(changes["topics"], json!(["contacts"]));
    let incoming = tablet.get("/api/v1/contacts?state=incoming").await.1;
    assert_eq!(incoming["contacts"][0]["note"], "from the choir");
    assert_eq!(incoming["contacts"][0]["user"]["user_id"], alice.id.as_str());
    // A retry is the same request.
    assert_eq!(alice.post("/api/v1/contacts", &ask).await.1["state"], "outgoing");
    assert_eq!(of_alice.event("topic").await["topic"], "contacts");
    let accept = format!("/api/v1/contacts/{}/accept", alice.id);
    assert_eq!(code(&eve.post(&accept, &json!({})).await), (404, "not_found"));
    for _ in 0..2 {
        assert_eq!(bob.post(&accept, &json!({})).await.1["state"], "contact");
    }
    assert_eq!((list(&alice).await, list(&bob).await), (one("bob", "contact"), one("alice", "contact")));
    assert_eq!(of_alice.event("topic").await["topic"], "contacts");

    let at = format!("/api/v1/contacts/{}", bob.id);
    assert_eq!(alice.patch(&at, &json!({ "name": "Bobby" })).await.1["name"], "Bobby");
    assert_eq!(code(&alice.patch(&at, &json!({ "name": "é".repeat(65) })).await), (422, "invalid_input"));
    assert!(
        bob.get("/api/v1/contacts").await.1["contacts"][0].get("name").is_none(),
        "one's own name for him"
    );
    assert_eq!(alice.patch(&at, &json!({ "name": "é".repeat(64) })).await.0, 200);
    assert_eq!(code(&eve.patch(&at, &json!({ "name": "x" })).await), (404, "not_found"));
    for _ in 0..2 {
        assert_eq!(bob.delete(&format!("/api/v1/contacts/{}", alice.id)).await, (200, json!({})));
    }
    assert_eq!((list(&alice).await, list(&bob).await), (vec![], vec![]));
}

#[tokio::test]
async fn crossing_requests_make_contacts_and_declining_is_silent() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let (to_bob, to_alice) = (json!({ "user_id": bob.id }), json!({ "user_id": alice.id }));
    let (one_way, other_way) =
        tokio::join!(alice.post("/api/v1/contacts", &to_bob), bob.post("/api/v1/contacts", &to_alice));
    assert_eq!((one_way.0, other_way.0), (200, 200));
    assert_eq!((list(&alice).await, list(&bob).await), (one("bob", "contact"), one("alice", "contact")));

    carol.post("/api/v1/contacts", &to_alice).await;
    let mut line = carol.line().await;
    let decline = format!("/api/v1/contacts/{}/decline", carol.id);
    assert_eq!(alice.post(&decline, &json!({})).await, (200, json!({})));
    assert!(line.is_quiet("topic").await);
    assert_eq!(list(&carol).await, one("alice", "outgoing"));
    carol.post(&format!("/api/v1/contacts/{}/withdraw", alice.id), &json!({})).await;
    assert_eq!(list(&carol).await, vec![]);
    assert_eq!(carol.post("/api/v1/contacts", &to_alice).await.1["state"], "outgoing");
    assert_eq!(list(&alice).await, one("bob", "contact"), "declined once is not asked again");
    assert_eq!(code(&alice.post(&decline.replace(&carol.id, &bob.id), &json!({})).await), (404, "not_found"));
    let nobody = json!({ "user_id": "u_0000000000001" });
    assert_eq!(code(&alice.post("/api/v1/contacts", &nobody).await), (404, "not_found"));
    assert_eq!(code(&alice.post("/api/v1/contacts", &to_alice).await), (409, "conflict"));
    let long = json!({ "user_id": carol.id, "note": "é".repeat(301) });
    assert_eq!(code(&alice.post("/api/v1/contacts", &long).await), (413, "too_large"));
}

#[tokio::test]
async fn requests_have_a_rate() {
    let place = Place::start_with(|config| config.limits.contact_requests_per_hour = 2).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    for _ in 0..2 {
        assert_eq!(alice.post("/api/v1/contacts", &json!({ "user_id": bob.id })).await.0, 200);
    }
    let refused = alice.post("/api/v1/contacts", &json!({ "user_id": bob.id })).await;
    assert_eq!(code(&refused), (429, "rate_limited"));
    assert!(refused.1["retry_after_ms"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn what_a_blocked_person_writes_is_accepted_and_never_arrives() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    befriend(&alice, &bob).await;
    let (chat, at) = (alice.direct(&bob), format!("/api/v1/conversations/{}", alice.direct(&bob)));
    alice.say(&chat, "k1", "before").await;
    bob.post(&format!("{at}/read"), &json!({ "index": 1 })).await;
    let before = alice.get(&at).await.1;
    block(&bob, &alice).await;
    let since = bob.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let (mut line, mut of_alice) = (bob.line().await, alice.line().await);
    let second = alice.say(&chat, "k2", "canary").await;
    assert_eq!(second, 2, "stored like any other");
    alice.post(&format!("{at}/typing"), &json!({ "activity": "typing" })).await;
    bob.post("/api/v1/delivered", &json!({ "marks": [{ "conversation_id": chat, "index": 2 }] })).await;
    bob.post(&format!("{at}/read"), &json!({ "index": 2 })).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    let heard = line.within(Duration::from_millis(300)).await;
    assert!(heard.iter().all(|frame| frame["event"] != "entry" && frame["event"] != "typing"), "{heard:?}");
    assert!(of_alice.is_quiet("progress").await);
    for path in [&at, &format!("{at}/messages"), &format!("{at}/messages/2"), "/api/v1/conversations"] {
        let answer = bob.get(path).await.1.to_string();
        assert!(!answer.contains("canary"), "{path}: {answer}");
    }
    let changes = bob.get(&format!("/api/v1/sync?since={since}")).await.1.to_string();
    assert!(!changes.contains("canary"), "{changes}");
    let row = bob.get(&at).await.1;
    assert_eq!((&row["unread"], &row["head"]), (&json!(0), &json!(1)));
    assert_eq!(row["last_message"]["body"]["text"], "before");
    assert!(row.get("peer_read_index").is_none(), "how far she is would tell that she writes: {row}");
    let far = bob.post(&format!("{at}/read"), &json!({ "index": 999 })).await.1;
    assert_eq!(far["read_index"], 1, "nor how much");
    // What she makes of an old message does not arrive either.
    let edit = json!({ "text": "canary" });
    assert_eq!(alice.patch(&format!("{at}/messages/1"), &edit).await.0, 200);
    for path in [&at, &format!("{at}/messages"), &format!("{at}/messages/1"), &format!("{at}/export")] {
        let answer = bob.get(path).await.1.to_string();
        assert!(answer.contains("before") && !answer.contains("canary"), "{path}: {answer}");
    }
    // Alice sees what she saw, and her own message as sent.
    let after = alice.get(&at).await.1;
    for field in ["peer_read_index", "peer_delivered_index", "request"] {
        assert_eq!(after.get(field), before.get(field), "{field}");
    }
    assert_eq!(list(&alice).await, one("bob", "contact"));
    // The blocker is told why he cannot write himself.
    let own = bob.post(&format!("{at}/messages"), &json!({ "client_message_id": "b", "text": "x" })).await;
    assert_eq!(code(&own), (409, "conflict"));
    let notes = bob.direct(&bob);
    bob.say(&notes, "n1", "mine").await;
    let forward = json!({ "indexes": [1], "to": [chat], "client_message_id": "f" });
    let past = bob.post(&format!("/api/v1/conversations/{notes}/messages/forward"), &forward).await;
    assert_eq!(past, own, "nor by forwarding");
    assert_eq!(bob.get("/api/v1/blocked").await.1["users"][0]["user_id"], alice.id.as_str());
    assert_eq!(alice.get("/api/v1/blocked").await.1["users"], json!([]));

    unblock(&bob, &alice).await;
    unblock(&bob, &alice).await;
    assert_eq!(bob.get("/api/v1/blocked").await.1["users"], json!([]));
    let third = alice.say(&chat, "k3", "after").await;
    while line.event("entry").await["entry"]["index"] != third {}
    let row = bob.get(&at).await.1;
    assert_eq!((&row["unread"], &row["last_message"]["body"]["text"]), (&json!(1), &json!("after")));
    let page = bob.get(&format!("{at}/messages")).await.1;
    assert_eq!(page["entries"][0]["body"]["text"], "canary", "the old message says what it says now");
    assert_eq!(page["entries"][1]["body"]["kind"], "gone", "what came meanwhile stays away");
    assert_eq!(list(&bob).await, one("alice", "contact"));
}

#[tokio::test]
async fn a_block_holds_over_a_restart() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    alice.say(&chat, "k1", "before").await;
    block(&bob, &alice).await;
    place.stop().await;
    let folder = place.folder.path().join("data");
    let again = parlance_server::Server::start(Place::settings(folder)).await.unwrap();
    let moved = |person: &Person| Person { url: again.url().to_owned(), ..person.clone() };
    let (alice, bob) = (moved(&alice), moved(&bob));
    let mut line = bob.line().await;
    alice.say(&chat, "k2", "canary").await;
    assert!(line.is_quiet("entry").await);
    let row = bob.get(&format!("/api/v1/conversations/{chat}")).await.1;
    assert_eq!((&row["unread"], &row["head"]), (&json!(1), &json!(1)), "{row}");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn the_blocked_get_the_answers_and_the_pace_of_everybody() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    block(&bob, &alice).await;
    let mut medians = Vec::new();
    let mut answers = Vec::new();
    for other in [&bob, &carol] {
        let chat = alice.direct(other);
        let mut times = Vec::new();
        for number in 0..40 {
            let began = Instant::now();
            alice.say(&chat, &format!("k{number}"), "hello").await;
            alice.get(&format!("/api/v1/conversations/{chat}")).await;
            alice
                .post(&format!("/api/v1/conversations/{chat}/typing"), &json!({ "activity": "typing" }))
                .await;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        medians.push(times[20]);
        let ask = alice.post("/api/v1/contacts", &json!({ "user_id": other.id })).await;
        let row = alice.get(&format!("/api/v1/conversations/{chat}")).await.1;
        let user = alice.get(&format!("/api/v1/users/{}", other.id)).await;
        answers.push((
            (ask.0, ask.1["state"].clone(), user.0, user.1["status_text"].clone()),
            (
                row.get("peer_read_index").cloned(),
                row.get("peer_delivered_index").cloned(),
                row["unread"].clone(),
            ),
        ));
    }
    assert_eq!(answers[0], answers[1]);
    let (one, other) = (medians[0].min(medians[1]), medians[0].max(medians[1]));
    assert!(other < one * 2 + Duration::from_millis(5), "{medians:?}");
    assert_eq!(list(&bob).await, vec![], "asked while blocked");
}

#[tokio::test]
async fn a_strangers_message_is_a_request_until_it_is_welcome() {
    let place = Place::start().await;
    let (alice, bob, carol, dave) = (
        place.person("alice").await,
        place.person("bob").await,
        place.person("carol").await,
        place.person("dave").await,
    );
    let row = |person: &Person, other: &Person| {
        let (person, at) = (person.clone(), format!("/api/v1/conversations/{}", person.direct(other)));
        async move { person.get(&at).await.1 }
    };
    for other in [&bob, &carol, &dave] {
        alice.say(&alice.direct(other), &format!("k{}", other.id), "hello").await;
        assert_eq!(row(other, &alice).await["request"], true);
        assert!(row(&alice, other).await.get("request").is_none(), "one's own is none");
        assert!(row(&alice, other).await.get("peer_read_index").is_none(), "and tells nothing of its reader");
    }
    let only = |filter: &str| format!("/api/v1/conversations?filter={filter}");
    assert_eq!(bob.get(&only("inbox")).await.1["conversations"], json!([]));
    assert_eq!(bob.get(&only("requests")).await.1["conversations"].as_array().unwrap().len(), 1);
    assert_eq!(bob.get("/api/v1/conversations").await.1["conversations"].as_array().unwrap().len(), 1);
    // Reading it tells nobody.
    let mut line = alice.line().await;
    let chat = alice.direct(&bob);
    bob.post(&format!("/api/v1/conversations/{chat}/read"), &json!({ "index": 1 })).await;
    assert!(line.is_quiet("progress").await);
    // Accepted, answered, or asked to be a contact: each takes it into the list.
    let mut tablet = place.log_in("bob").await.line().await;
    let (status, accepted) = bob.post(&format!("/api/v1/conversations/{chat}/accept"), &json!({})).await;
    assert_eq!((status, accepted.get("request")), (200, None), "{accepted}");
    assert!(tablet.event("summary").await.get("request").is_none());
    assert_eq!(row(&alice, &bob).await["peer_read_index"], 1);
    carol.say(&alice.direct(&carol), "k", "hi").await;
    assert!(row(&carol, &alice).await.get("request").is_none());
    dave.post("/api/v1/contacts", &json!({ "user_id": alice.id })).await;
    assert!(row(&dave, &alice).await.get("request").is_none());
    assert_eq!(bob.get(&only("inbox")).await.1["conversations"].as_array().unwrap().len(), 1);
    let eve = place.person("eve").await;
    let at = format!("/api/v1/conversations/{chat}/accept");
    assert_eq!(code(&eve.post(&at, &json!({})).await), (404, "not_found"));
    // Who is open to anyone has no requests.
    eve.patch("/api/v1/me/privacy", &json!({ "messages": "anyone" })).await;
    alice.say(&alice.direct(&eve), "e", "hello").await;
    assert!(row(&eve, &alice).await.get("request").is_none());
    let group = alice.group("g", &[&bob]).await;
    let at = format!("/api/v1/conversations/{group}/accept");
    assert_eq!(code(&bob.post(&at, &json!({})).await), (409, "conflict"));
}

#[tokio::test]
async fn the_blocked_do_not_learn_by_asking_how_far_the_other_is() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let at = format!("/api/v1/conversations/{chat}");
    bob.say(&chat, "b1", "hello").await;
    alice.say(&chat, "a1", "hello").await;
    bob.post(&format!("{at}/read"), &json!({ "index": 2 })).await;
    let asked = |path: &'static str| {
        let (alice, at) = (alice.clone(), at.clone());
        async move { alice.get(&format!("{at}{path}")).await }
    };
    let before = asked("/progress").await;
    assert_eq!(before.1["members"][0]["read_index"], 2, "{before:?}");
    block(&bob, &alice).await;
    alice.say(&chat, "a2", "are you there?").await;
    bob.post(&format!("{at}/read"), &json!({ "index": 3 })).await;
    assert_eq!(asked("/progress").await, before);
    let readers = asked("/messages/3/readers").await;
    assert_eq!((readers.0, &readers.1["read_by"]), (200, &json!(0)), "{readers:?}");
    assert_eq!(readers.1["delivered_to"], 0);
}

#[tokio::test]
async fn a_stranger_does_not_learn_by_asking_how_far_the_other_is() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let at = format!("/api/v1/conversations/{}", alice.direct(&bob));
    alice.say(&alice.direct(&bob), "a1", "hello").await;
    bob.post(
        "/api/v1/delivered",
        &json!({ "marks": [{ "conversation_id": alice.direct(&bob), "index": 1 }] }),
    )
    .await;
    bob.post(&format!("{at}/read"), &json!({ "index": 1 })).await;
    let member = alice.get(&format!("{at}/progress")).await.1["members"][0].clone();
    assert_eq!(member, json!({ "user_id": bob.id, "delivered_index": 0 }));
    bob.post(&format!("{at}/accept"), &json!({})).await;
    let member = alice.get(&format!("{at}/progress")).await.1["members"][0].clone();
    assert_eq!(member, json!({ "user_id": bob.id, "read_index": 1, "delivered_index": 1 }));
}

#[tokio::test]
async fn a_repeat_of_what_was_sent_before_a_block_is_answered_as_it_was() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let at = format!("/api/v1/conversations/{}/messages", alice.direct(&bob));
    let sent = json!({ "client_message_id": "k", "text": "hello" });
    let first = bob.post(&at, &sent).await;
    block(&bob, &alice).await;
    assert_eq!(bob.post(&at, &sent).await, first);
    let edit = bob.patch(&format!("{at}/1"), &json!({ "text": "past the block" })).await;
    assert_eq!(code(&edit), (409, "conflict"));
}
