//! Who is there, who types, and who is signed in: the same from every node. Whoever was blocked learns no more at another
//! node, and whoever was signed out is out at all of them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::line::Line;
use crate::place::{PASSWORD, befriend, block, code, ok};
use crate::{Cluster, open};

async fn presence(line: &mut Line) -> Value {
    line.event("presence").await["status"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn presence_is_of_all_nodes_together() {
    let mut cluster = Cluster::start(2).await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    let mut watching = alice.line().await;
    let watched = watching.does("presence.watch", json!({ "user_ids": [bob.id] })).await;
    assert_eq!(watched["people"][0]["status"], "offline");
    let mut phone = bob.line().await;
    assert_eq!(presence(&mut watching).await, "online");
    phone.does("presence.set", json!({ "state": "away" })).await;
    assert_eq!(presence(&mut watching).await, "away");
    // A device at the watcher's own node counts as well; all of them together are the user.
    let tablet = cluster.move_to(&bob, 0).line().await;
    assert_eq!(presence(&mut watching).await, "online");
    drop(phone);
    assert!(watching.is_quiet("presence").await, "still there, at another node");
    let began = Instant::now();
    drop(tablet);
    let gone = watching.event("presence").await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(gone["status"], "offline");
    assert!(gone["last_seen_ms"].as_i64().unwrap() > 1_700_000_000_000, "{gone}");

    // Who begins to watch sees who is at the other node; with that node the user goes.
    let _phone = bob.line().await;
    assert_eq!(presence(&mut watching).await, "online");
    let mut second = alice.line().await;
    let watched = second.does("presence.watch", json!({ "user_ids": [bob.id] })).await;
    assert_eq!(watched["people"][0]["status"], "online");
    // A node that comes later learns who was there before.
    cluster.add().await;
    let mut late = cluster.move_to(&alice, 2).line().await;
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        let watched = late.does("presence.watch", json!({ "user_ids": [bob.id] })).await;
        if watched["people"][0]["status"] == "online" {
            break;
        }
        assert!(Instant::now() < until, "{watched}");
        late.does("presence.unwatch", json!({ "user_ids": [bob.id] })).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    cluster.nodes.remove(1).stop().await;
    assert_eq!(presence(&mut second).await, "offline");
    assert_eq!(presence(&mut late).await, "offline");
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_reaches_the_other_node_but_nobody_who_has_blocked() {
    let cluster = Cluster::start(2).await;
    let alice = cluster.person("alice", 0).await;
    let (bob, eve) = (cluster.person("bob", 1).await, cluster.person("eve", 1).await);
    let group = alice.group("g", &[&bob, &eve]).await;
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    block(&eve, &alice).await;
    let (mut own, mut at_bob, mut at_eve) = (alice.line().await, bob.line().await, eve.line().await);
    for line in [&mut at_bob, &mut at_eve] {
        open(line, &group).await;
    }
    own.does("typing.set", json!({ "conversation_id": group, "activity": "typing" })).await;
    assert_eq!(at_bob.event("typing").await["user_id"], alice.id.as_str());
    own.does("typing.set", json!({ "conversation_id": talk, "activity": "typing" })).await;
    assert_eq!(at_bob.event("typing").await["conversation_id"], talk.as_str());
    assert!(at_eve.is_quiet("typing").await);
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_at_one_node_ends_at_all_within_a_second() {
    let cluster = Cluster::start(2).await;
    let admin = cluster.person("admin", 0).await;
    let phone = cluster.person("alice", 0).await;
    let laptop = cluster.move_to(&cluster.nodes[0].log_in("alice").await, 1);
    let line = laptop.line().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let sessions = ok(phone.get("/api/v1/sessions")).await;
    let online = |one: &Value| one["online"] == true;
    let states: Vec<bool> = sessions["sessions"].as_array().unwrap().iter().map(online).collect();
    assert_eq!(states, [true, false], "the laptop is connected, to the other node");
    let overview = ok(admin.get("/api/v1/admin/overview")).await;
    assert_eq!(overview["online_users"], 1);

    let began = Instant::now();
    assert_eq!(phone.delete(&format!("/api/v1/sessions/{}", laptop.session)).await.0, 200);
    let (close, _) = line.close().await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(close, 4401);
    assert_eq!(code(&laptop.get("/api/v1/me").await), (401, "session_ended"));

    // A changed password, and a ban.
    let laptop = cluster.move_to(&cluster.nodes[0].log_in("alice").await, 1);
    let line = laptop.line().await;
    let change = json!({ "password": PASSWORD, "new_password": "five words are even better" });
    let began = Instant::now();
    ok(phone.post("/api/v1/me/password", &change)).await;
    assert_eq!(line.close().await.0, 4401);
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "the password is hashed meanwhile: {:?}",
        began.elapsed()
    );
    let line = cluster.move_to(&phone, 1).line().await;
    let began = Instant::now();
    ok(admin.post(&format!("/api/v1/admin/users/{}/disable", phone.id), &json!({ "reason": "spam" }))).await;
    assert_eq!(line.close().await.0, 4401);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(cluster.move_to(&phone, 1).get("/api/v1/me").await.0, 401);
    cluster.stop().await;
}
