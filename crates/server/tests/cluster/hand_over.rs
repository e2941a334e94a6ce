//! A node is restarted as planned: the others take its conversations over before its clients leave, and nobody waits.
//! Nothing that was acknowledged meanwhile is lost, and nothing is there twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::place::Person;
use crate::{Cluster, forwards};

/// Less than any send takes that waited for an answer which does not come.
const AT_ONCE: Duration = Duration::from_millis(500);

/// Sends to one conversation until told to stop; how many, and how long the slowest took.
async fn keep_sending(alice: Person, group: String, over: Arc<AtomicBool>) -> (u64, Duration) {
    let (mut sent, mut slowest) = (0, Duration::ZERO);
    while !over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let said = format!("m{sent}");
        assert_eq!(alice.say(&group, &said, &said).await, sent + 2, "none is lost or doubled");
        slowest = slowest.max(began.elapsed());
        sent += 1;
    }
    (sent, slowest)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_send_waits_for_a_node_that_is_told_to_stop() {
    let mut cluster = Cluster::start(3).await;
    let alice = cluster.person("alice", 0).await;
    let mut groups = Vec::new();
    for number in 0..6 {
        groups.push(alice.group(&format!("g{number}"), &[]).await);
    }
    let over = Arc::new(AtomicBool::new(false));
    let sending: Vec<_> = groups
        .iter()
        .map(|group| tokio::spawn(keep_sending(alice.clone(), group.clone(), Arc::clone(&over))))
        .collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    for _ in 0..2 {
        let stopped = cluster.nodes.pop().unwrap().take();
        stopped.stop().await.unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    over.store(true, Ordering::Relaxed);
    let mut sent = Vec::new();
    for one in sending {
        let (count, slowest) = one.await.unwrap();
        assert!(count > 10 && slowest < AT_ONCE, "{count} sent, the slowest took {slowest:?}");
        sent.push((count, slowest));
    }
    // Nodes of one process share their figures: some of it must have gone to another node.
    let answered = forwards(&cluster.nodes[0], "answered").await;
    assert!(answered > 10, "{answered} went to another node, of {sent:?}");
    for (group, (count, _)) in groups.iter().zip(&sent) {
        let page = alice.get(&format!("/api/v1/conversations/{group}")).await.1;
        assert_eq!(page["head"], json!(count + 1));
    }
    eprintln!("sends and the slowest while two of three nodes stopped: {sent:?}; {answered} by another node");
    cluster.stop().await;
}
