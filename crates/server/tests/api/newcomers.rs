//! What a newcomer may read: on every way to an entry, the policy that stood at joining holds, and nothing of before
//! counts as unread.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};

const CANARY: &str = "canary-3b1c";

async fn sets(person: &Person, at: &str, settings: Value) {
    let (status, answer) = person.patch(at, &settings).await;
    assert_eq!(status, 200, "{answer}");
}

/// Nothing that `person` can ask for has the canary in it.
async fn sees_nothing_of_before(person: &Person, at: &str) {
    for path in [at, &format!("{at}/messages"), "/api/v1/conversations", "/api/v1/sync?since=0"] {
        let answer = person.get(path).await.1.to_string();
        assert!(!answer.contains(CANARY), "{path}: {answer}");
    }
}

#[tokio::test]
async fn by_default_a_newcomer_reads_from_the_joining_on() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    alice.say(&group, "a", CANARY).await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [bob.id] })).await;
    sees_nothing_of_before(&bob, &at).await;
    assert_eq!(code(&bob.get(&format!("{at}/messages/2")).await), (404, "not_found"));
    let reply = json!({ "client_message_id": "r", "text": "what", "reply_to": 2 });
    assert_eq!(code(&bob.post(&format!("{at}/messages"), &reply).await), (404, "not_found"));
    let row = bob.get(&at).await.1;
    assert_eq!((&row["visible_from"], &row["unread"]), (&json!(3), &json!(0)));
}

#[tokio::test]
async fn none_hides_even_the_entry_that_lets_one_in_and_all_shows_everything() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    alice.say(&group, "a", CANARY).await;
    sets(&alice, &at, json!({ "history": { "policy": "none" } })).await;
    let mut line = bob.line().await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [bob.id] })).await;
    // Live, too, bob is told only that there is something.
    let heard = line.event("hint").await;
    assert_eq!((&heard["conversation_id"], &heard["head"]), (&json!(group), &json!(4)));
    sees_nothing_of_before(&bob, &at).await;
    assert_eq!(code(&bob.get(&format!("{at}/messages/4")).await), (404, "not_found"));
    alice.say(&group, "b", "welcome").await;
    assert_eq!(line.event("entry").await["entry"]["index"], 5);
    let history = bob.get(&format!("{at}/messages")).await.1;
    assert_eq!(
        (&history["visible_from"], &history["from"], &history["to"]),
        (&json!(5), &json!(5), &json!(5))
    );
    assert_eq!(bob.get(&at).await.1["unread"], 1);

    sets(&alice, &at, json!({ "history": { "policy": "all" } })).await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [carol.id] })).await;
    assert_eq!(carol.get(&format!("{at}/messages/2")).await.1["body"]["text"], CANARY);
    let row = carol.get(&at).await.1;
    assert_eq!((&row["visible_from"], &row["unread"]), (&json!(1), &json!(0)));
    // Whoever was in before sees no more than before.
    sees_nothing_of_before(&bob, &at).await;
}

#[tokio::test]
async fn the_last_messages_are_counted_and_outlive_a_restart() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    for number in 0..5 {
        alice.say(&group, &format!("k{number}"), &format!("message {number}")).await;
    }
    sets(&alice, &at, json!({ "history": { "policy": "last_n", "count": 2 } })).await;
    alice.post(&format!("{at}/members"), &json!({ "user_ids": [bob.id] })).await;
    assert_eq!(bob.get(&at).await.1["visible_from"], 5);
    place.stop().await;
    let folder = place.folder.path().join("data");
    let mut config = Place::settings(folder);
    config.limits.rates = false;
    let server = parlance_server::Server::start(config).await.unwrap();
    let bob = Person { url: server.url().to_owned(), ..bob };
    let history = bob.get(&format!("{at}/messages")).await.1;
    assert_eq!((&history["visible_from"], &history["from"]), (&json!(5), &json!(5)));
    assert_eq!(bob.get(&format!("{at}/settings")).await.1["settings"]["history"]["count"], 2);
    server.stop().await.unwrap();
}
