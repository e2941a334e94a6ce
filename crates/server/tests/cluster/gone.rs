//! NATS goes away: sending goes on, whoever misses something is told, and what had to be heard at once is found in the
//! database. It comes back: live again.

use std::time::{Duration, Instant};

use parlance_server::{Config, Secret, Server};
use serde_json::{Value, json};

use crate::line::Line;
use crate::place::befriend;
use crate::{Cluster, heard};

/// Longest until whoever misses something has it.
const CAUGHT_UP: Duration = Duration::from_secs(45);

/// Waits to be told to sync, and does it; the conversations that have moved on.
async fn sync(line: &mut Line, since: u64) -> Value {
    line.event("unsynced").await;
    line.does("sync", json!({ "since": since })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_nats_all_is_sent_and_found_and_with_it_live_again() {
    let mut cluster = Cluster::start(2).await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    let (mut at_alice, mut at_bob) = (alice.line().await, bob.line().await);
    alice.say(&talk, "1", "one").await;
    assert_eq!(heard(&mut at_bob).await, "one");
    let since = at_bob.event("cursor").await["user_index"].as_u64().unwrap();

    cluster.nats.kill();
    at_alice.event("unsynced").await;
    at_bob.event("unsynced").await;
    let ready = cluster.nodes[0].http.get(format!("{}/readyz", alice.url)).send().await.unwrap();
    assert_eq!(ready.status(), 200, "it takes requests");
    assert!(ready.text().await.unwrap().contains("NATS is away"));
    let began = Instant::now();
    assert_eq!(alice.say(&talk, "2", "two").await, 2);
    assert_eq!(bob.say(&talk, "3", "three").await, 3);
    assert_eq!(alice.say(&talk, "4", "four").await, 4);
    assert!(began.elapsed() < Duration::from_secs(5), "sending waits for nobody");
    // They are told again and again; one of these times all is there.
    loop {
        let answer = sync(&mut at_bob, since).await;
        if answer.to_string().contains("four") {
            break;
        }
        assert!(began.elapsed() < CAUGHT_UP, "{answer}");
    }
    assert!(began.elapsed() < CAUGHT_UP, "{:?}", began.elapsed());

    // A session that ends is found to have ended.
    let second = cluster.move_to(&cluster.nodes[0].log_in("bob").await, 1);
    let line = second.line().await;
    let began = Instant::now();
    let home = cluster.move_to(&bob, 0);
    assert_eq!(home.delete(&format!("/api/v1/sessions/{}", second.session)).await.0, 200);
    assert_eq!(line.close().await.0, 4401);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());

    cluster.nats.run();
    at_alice.event("unsynced").await;
    let until = Instant::now() + Duration::from_secs(10);
    for round in 0.. {
        let said = format!("again-{round}");
        bob.say(&talk, &said, &said).await;
        let frames = at_alice.within(Duration::from_millis(300)).await;
        if frames.iter().any(|frame| frame["data"]["entry"]["body"]["text"] == said.as_str()) {
            break;
        }
        assert!(Instant::now() < until, "not live again: {frames:?}");
    }
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_starts_without_nats_and_is_live_when_it_comes() {
    let mut cluster = Cluster::start(0).await;
    cluster.nats.kill();
    cluster.add().await;
    cluster.add().await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    let mut at_bob = bob.line().await;
    assert_eq!(alice.say(&talk, "1", "one").await, 1);
    cluster.nats.run();
    at_bob.event("unsynced").await;
    let until = Instant::now() + Duration::from_secs(10);
    for round in 0.. {
        let said = format!("again-{round}");
        alice.say(&talk, &said, &said).await;
        let frames = at_bob.within(Duration::from_millis(300)).await;
        if frames.iter().any(|frame| frame["data"]["entry"]["body"]["text"] == said.as_str()) {
            break;
        }
        assert!(Instant::now() < until, "not live: {frames:?}");
    }
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_dies_takes_its_users_along_but_nothing_it_acknowledged() {
    let mut cluster = Cluster::start(1).await;
    let doomed = cluster.add_doomed().await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    let mut at_alice = alice.line().await;
    let since = at_alice.does("sync", json!({})).await["user_index"].as_u64().unwrap();
    let mut at_bob = bob.line().await;
    let watched = at_alice.does("presence.watch", json!({ "user_ids": [bob.id] })).await;
    if watched["people"][0]["status"] != "online" {
        assert_eq!(at_alice.event("presence").await["status"], "online");
    }
    let said = json!({ "conversation_id": talk, "client_message_id": "1", "text": "last words" });
    at_bob.does("message.send", said).await;
    let died = Instant::now();
    doomed.shutdown_background();
    assert_eq!(at_alice.event("presence").await["status"], "offline");
    assert!(died.elapsed() < Duration::from_secs(10), "{:?}", died.elapsed());
    at_alice.event("unsynced").await;
    // Its inboxes were not written yet; the other node does it.
    loop {
        let answer = at_alice.does("sync", json!({ "since": since })).await;
        if answer.to_string().contains("last words") {
            break;
        }
        assert!(died.elapsed() < CAUGHT_UP, "{answer}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // The client comes back at the other node, with the same session.
    let moved = cluster.move_to(&bob, 0);
    let _line = moved.line().await;
    assert_eq!(moved.say(&talk, "2", "back").await, 2);
    assert_eq!(at_alice.event("presence").await["status"], "online");
    cluster.nodes.truncate(1);
    cluster.stop().await;
}

#[tokio::test]
async fn nodes_need_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut config =
        Config { listen: "127.0.0.1:0".parse().unwrap(), data: folder.path().into(), ..Config::default() };
    config.bus.url = Secret::new("nats://127.0.0.1:4222");
    let refused = format!("{:#}", Server::start(config.clone()).await.err().unwrap());
    assert!(refused.contains("bus.url needs store.url") && refused.contains("PostgreSQL"), "{refused}");
    config.store.url = Secret::new("postgres://u:secret@127.0.0.1:1/x");
    config.bus.url = Secret::new("http://u:secret@127.0.0.1");
    let refused = format!("{:#}", Server::start(config).await.err().unwrap());
    assert!(refused.contains("nats://127.0.0.1:4222") && !refused.contains("secret"), "{refused}");
}
