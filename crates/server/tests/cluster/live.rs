//! Messages, from any node to connections of any other. Who may not hear them at one node may not at any, and a node that
//! stops takes nothing along.

use serde_json::{Value, json};

use crate::place::{befriend, ok, text};
use crate::{Cluster, heard, open};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_talk_across_nodes() {
    let cluster = Cluster::start(2).await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    let (mut at_alice, mut at_bob) = (alice.line().await, bob.line().await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    assert_eq!(alice.say(&talk, "1", "one").await, 1);
    assert_eq!(heard(&mut at_bob).await, "one");
    assert!(at_bob.event("cursor").await["user_index"].as_u64().unwrap() > 0, "and it is in the inbox");
    assert_eq!(bob.say(&talk, "2", "two").await, 2);
    assert_eq!(heard(&mut at_alice).await, "one", "one's own");
    assert_eq!(heard(&mut at_alice).await, "two", "the answer, by the other node");
    // Another device of the same user, at the other node.
    let mut tablet = cluster.move_to(&alice, 1).line().await;
    assert_eq!(alice.say(&talk, "3", "three").await, 3);
    assert_eq!(heard(&mut tablet).await, "three");
    assert_eq!(heard(&mut at_bob).await, "two", "one's own too");
    assert_eq!(heard(&mut at_bob).await, "three");
    // How far the other has read crosses as well.
    ok(bob.post(&format!("/api/v1/conversations/{talk}/read"), &json!({ "index": 3 }))).await;
    loop {
        let moved = at_alice.event("progress").await["moved"][0].clone();
        if moved["read_index"] == 3 {
            break;
        }
    }
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_small_and_large_are_live_on_three_nodes() {
    let cluster = Cluster::start(3).await;
    let alice = cluster.person("alice", 0).await;
    let (bob, carol) = (cluster.person("bob", 1).await, cluster.person("carol", 2).await);
    let group = alice.group("g", &[&bob, &carol]).await;
    let (mut at_alice, mut at_bob, mut at_carol) = (alice.line().await, bob.line().await, carol.line().await);
    for (index, who) in [&alice, &bob, &carol].into_iter().enumerate() {
        let said = format!("from node {index}");
        who.say(&group, "m", &said).await;
        for line in [&mut at_alice, &mut at_bob, &mut at_carol] {
            assert_eq!(heard(line).await, said.as_str());
        }
    }

    // A channel is followed as large groups are: whoever has it open hears it, the others get a hint.
    let input = json!({
        "name": "News", "member_ids": [bob.id, carol.id], "client_message_id": "c", "kind": "channel"
    });
    let news = text(&ok(alice.post("/api/v1/conversations", &input)).await["conversation_id"]);
    open(&mut at_bob, &news).await;
    let index = alice.say(&news, "n", "today").await;
    assert_eq!(heard(&mut at_bob).await, "today");
    // Another node may have hinted at the channel's beginning before.
    loop {
        let hint = at_carol.event("hint").await;
        assert_eq!(hint["conversation_id"], news.as_str());
        if hint["head"] == index {
            break;
        }
        assert!(hint["head"].as_u64().unwrap() < index, "{hint}");
    }

    // Who is removed at one node hears no more at another.
    ok(alice.delete(&format!("/api/v1/conversations/{news}/members/{}", bob.id))).await;
    loop {
        let entry = at_bob.event("entry").await["entry"]["body"].clone();
        if entry["kind"] == "members_removed" || entry["kind"] == "member_removed" {
            break;
        }
    }
    alice.say(&news, "o", "tomorrow").await;
    assert!(at_bob.is_quiet("entry").await);
    assert_eq!(bob.get(&format!("/api/v1/conversations/{news}")).await.0, 404);
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_stops_hands_its_clients_to_another_without_loss() {
    let mut cluster = Cluster::start(2).await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 1).await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    let (line, mut at_bob) = (alice.line().await, bob.line().await);
    bob.say(&talk, "1", "one").await;
    alice.say(&talk, "2", "two").await;
    let stopped = cluster.nodes.remove(0).take();
    let stopping = tokio::spawn(stopped.stop());
    let (_, frames) = line.close().await;
    let goodbye = frames.last().unwrap();
    assert_eq!((&goodbye["event"], &goodbye["data"]["reason"]), (&json!("goodbye"), &json!("draining")));
    // Meanwhile the other node goes on.
    bob.say(&talk, "3", "three").await;
    stopping.await.unwrap().unwrap();
    let moved = cluster.move_to(&alice, 0);
    let mut again = moved.line().await;
    let page = again.does("message.history", json!({ "conversation_id": talk })).await;
    let texts: Vec<&Value> =
        page["entries"].as_array().unwrap().iter().map(|entry| &entry["body"]["text"]).collect();
    assert_eq!(texts, ["one", "two", "three"]);
    // A repeat of what the stopped node had acknowledged is known here.
    let repeated = json!({ "client_message_id": "2", "text": "two" });
    let at = format!("/api/v1/conversations/{talk}/messages");
    assert_eq!(ok(moved.post(&at, &repeated)).await["index"], 2);
    bob.say(&talk, "4", "four").await;
    assert_eq!(heard(&mut again).await, "four");
    for said in ["one", "two", "three", "four"] {
        assert_eq!(heard(&mut at_bob).await, said);
    }
    cluster.stop().await;
}
