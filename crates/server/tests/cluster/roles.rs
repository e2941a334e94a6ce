//! Nodes that do a part of all there is to do: one has clients, one orders their messages, one does what is due.
//! A node without clients says so to whoever comes, and is found well all the same.

use std::time::Duration;

use parlance_server::Roles;
use serde_json::json;

use crate::place::{befriend, code, ok};
use crate::{Cluster, forwards, heard};

async fn with(cluster: &mut Cluster, roles: &str) {
    let roles: Roles = roles.parse().unwrap();
    let node = cluster.node_with(move |config| config.roles = roles).await;
    cluster.nodes.push(node);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_nodes_with_a_role_each_serve_together() {
    let mut cluster = Cluster::start(0).await;
    with(&mut cluster, "gateway").await;
    with(&mut cluster, "owner").await;
    with(&mut cluster, "worker").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (alice, bob) = (cluster.person("alice", 0).await, cluster.person("bob", 0).await);
    befriend(&alice, &bob).await;
    let talk = alice.direct(&bob);
    let mut at_bob = bob.line().await;
    let before = forwards(&cluster.nodes[0], "answered").await;
    for (index, text) in (1..).zip(["one", "two", "three"]) {
        assert_eq!(alice.say(&talk, text, text).await, index);
        assert_eq!(heard(&mut at_bob).await, text);
        // What was answered is in the list at once, although another node wrote it.
        let list = alice.get("/api/v1/conversations").await.1;
        assert_eq!(list["conversations"][0]["head"], index);
    }
    assert!(forwards(&cluster.nodes[0], "answered").await >= before + 3);
    // What is due is done by the node that works.
    let now_ms =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as u64;
    let later = json!({
        "scheduled_id": "s", "conversation_id": talk, "text": "later", "send_at_ms": now_ms + 2_000
    });
    ok(alice.post("/api/v1/scheduled", &later)).await;
    assert_eq!(heard(&mut at_bob).await, "later");

    for node in &cluster.nodes[1..] {
        let refused = node.get("/readyz").await;
        assert_eq!(code(&refused), (503, "unavailable"));
        assert!(refused.1["detail"].as_str().unwrap().contains("takes no clients"), "{}", refused.1);
        assert_eq!(code(&node.get("/api/v1/me").await), (503, "unavailable"));
        assert_eq!(code(&node.post("/api/v1/login", &json!({})).await), (503, "unavailable"));
        assert_eq!(code(&node.get("/api/v1/ws").await), (503, "unavailable"));
        for well in ["/healthz", "/metrics"] {
            assert_eq!(node.http.get(format!("{}{well}", node.url)).send().await.unwrap().status(), 200);
        }
    }
    // Without the owner, the gateway does it itself.
    let mut owner = cluster.nodes.remove(1);
    owner.stop().await;
    assert_eq!(alice.say(&talk, "alone", "alone").await, 5);
    cluster.stop().await;
}

#[tokio::test]
async fn a_server_that_is_alone_has_all_roles() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = crate::place::Place::settings(folder.path().join("data"));
    config.roles = "gateway, owner".parse().unwrap();
    let refused = format!("{:#}", parlance_server::Server::start(config).await.err().unwrap());
    assert!(refused.contains("without bus.url is alone"), "{refused}");
}
