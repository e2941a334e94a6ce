//! Who is there and who is writing: told on change, to those who watch and may see, and to nobody else.
//! What may not be seen is `unknown`, whatever the reason.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::line::Line;
use crate::place::{Person, Place, befriend, block};

async fn watch(line: &mut Line, people: &[&Person]) -> Value {
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    line.does("presence.watch", json!({ "user_ids": ids })).await["people"].clone()
}

#[tokio::test]
async fn coming_and_going_is_told_to_those_who_watch() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (mut watching, mut other) = (alice.line().await, alice.line().await);
    assert_eq!(watch(&mut watching, &[&bob]).await, json!([{ "user_id": bob.id, "status": "offline" }]));
    let (phone, mut tablet) = (bob.line().await, bob.line().await);
    assert_eq!(watching.event("presence").await, json!({ "user_id": bob.id, "status": "online" }));
    // Devices combine: away only when nobody is at any of them.
    tablet.does("presence.set", json!({ "state": "away" })).await;
    assert!(watching.is_quiet("presence").await);
    drop(phone);
    assert_eq!(watching.event("presence").await["status"], "away");
    tablet.does("presence.set", json!({ "state": "active" })).await;
    assert_eq!(watching.event("presence").await["status"], "online");
    // A reconnect does not flicker.
    drop(tablet);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let again = bob.line().await;
    let flicker = watching.within(Duration::from_millis(1_600)).await;
    assert!(flicker.iter().all(|frame| frame["event"] != "presence"), "{flicker:?}");
    let began = Instant::now();
    drop(again);
    let gone = watching.event("presence").await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(gone["status"], "offline");
    assert!(gone["last_seen_ms"].as_i64().unwrap() > 1_700_000_000_000, "{gone}");
    assert!(other.is_quiet("presence").await, "it does not watch");
    watching.does("presence.unwatch", json!({ "user_ids": [bob.id] })).await;
    let _back = bob.line().await;
    assert!(watching.is_quiet("presence").await);
    let many: Vec<String> = (0..201).map(|_| bob.id.clone()).collect();
    assert_eq!(watching.refused("presence.watch", json!({ "user_ids": many })).await, "too_large");
}

#[tokio::test]
async fn who_may_not_see_learns_nothing_and_cannot_tell_why() {
    let place = Place::start().await;
    let (alice, bob, carol, eve) = (
        place.person("alice").await,
        place.person("bob").await,
        place.person("carol").await,
        place.person("eve").await,
    );
    befriend(&alice, &bob).await;
    bob.patch("/api/v1/me/privacy", &json!({ "online": "contacts", "last_seen": "nobody" })).await;
    block(&bob, &eve).await;
    let (mut friend, mut stranger, mut blocked) = (alice.line().await, carol.line().await, eve.line().await);
    assert_eq!(watch(&mut friend, &[&bob]).await[0]["status"], "offline");
    let unknown = json!([{ "user_id": bob.id, "status": "unknown" }]);
    assert_eq!(watch(&mut stranger, &[&bob]).await, unknown);
    assert_eq!(watch(&mut blocked, &[&bob]).await, unknown);
    let line = bob.line().await;
    assert_eq!(friend.event("presence").await["status"], "online");
    assert!(stranger.is_quiet("presence").await && blocked.is_quiet("presence").await);
    drop(line);
    let gone = friend.event("presence").await;
    assert_eq!(gone, json!({ "user_id": bob.id, "status": "offline" }), "last seen is shown to nobody");
    // A choice holds from the moment it is made.
    bob.patch("/api/v1/me/privacy", &json!({ "online": "everybody" })).await;
    assert_eq!(stranger.event("presence").await["status"], "offline");
    assert!(blocked.is_quiet("presence").await);
    block(&bob, &carol).await;
    assert_eq!(stranger.event("presence").await["status"], "unknown");
    // Nor does who blocks see the one blocked.
    let mut own = bob.line().await;
    assert_eq!(watch(&mut own, &[&eve]).await[0]["status"], "unknown");
    assert_eq!(watch(&mut own, &[&bob]).await[0]["status"], "online", "oneself");
}

#[tokio::test]
async fn last_seen_is_kept_over_a_restart() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    drop(bob.line().await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    place.stop().await;
    let folder = place.folder.path().join("data");
    let again = parlance_server::Server::start(Place::settings(folder)).await.unwrap();
    let alice = Person { url: again.url().to_owned(), ..alice };
    let mut line = alice.line().await;
    let seen = watch(&mut line, &[&bob]).await;
    assert!(seen[0]["last_seen_ms"].as_i64().is_some_and(|at| at > 1_700_000_000_000), "{seen}");
    drop(line);
    again.stop().await.unwrap();
}

#[tokio::test]
async fn typing_reaches_those_who_look_and_is_told_every_three_seconds() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let chat = alice.direct(&bob);
    let typing =
        |conversation: &str, activity: &str| json!({ "conversation_id": conversation, "activity": activity });
    let (mut of_alice, mut of_bob) = (alice.line().await, bob.line().await);
    of_alice.does("typing.set", typing(&chat, "typing")).await;
    assert!(of_bob.is_quiet("typing").await, "a stranger's typing is not shown");
    befriend(&alice, &bob).await;
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    of_alice.does("typing.set", typing(&chat, "recording")).await;
    let event = of_bob.event("typing").await;
    assert_eq!(event, json!({ "conversation_id": chat, "user_id": alice.id, "activity": "recording" }));
    of_alice.does("typing.set", typing(&chat, "typing")).await;
    assert!(of_bob.is_quiet("typing").await, "within three seconds");
    assert_eq!(alice.get(&format!("/api/v1/conversations/{chat}")).await.1["head"], 0, "never stored");

    let group = alice.group("Team", &[&bob, &carol]).await;
    let mut of_carol = carol.line().await;
    for line in [&mut of_bob, &mut of_carol, &mut of_alice] {
        line.does("conversation.open", json!({ "conversation_id": group })).await;
    }
    block(&carol, &alice).await;
    let mut closed = bob.line().await;
    of_alice.does("typing.set", typing(&group, "typing")).await;
    assert_eq!(of_bob.event("typing").await["conversation_id"], group.as_str());
    assert!(of_carol.is_quiet("typing").await, "she has blocked her");
    assert!(of_alice.is_quiet("typing").await && closed.is_quiet("typing").await);
    let mut eve = place.person("eve").await.line().await;
    assert_eq!(eve.refused("typing.set", typing(&group, "typing")).await, "not_found");
    assert_eq!(eve.refused("typing.set", typing(&chat, "typing")).await, "not_found");
    assert_eq!(eve.refused("typing.set", typing(&group, "dancing")).await, "invalid_input");
}
