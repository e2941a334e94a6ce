//! What an extra hop costs: the same conversations through the node that commits for them and through the others, in turn, one
//! message at a time. Which node that is shows in what the nodes count as passed on; where none pass on, all are alike.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use parlance_proto::{ConversationId, SendMessage};

use super::super::people::{People, Person};
use super::super::plan::{Plan, TEXT_BYTES};
use super::super::report::{Report, histogram};
use super::super::wire::Wire;
use super::stage::{Stage, counted};

/// The cluster among the stands.
const CLUSTER: usize = 2;
/// What a node counts of messages that it has passed on.
const FORWARDS: &str = "parlance_forwards_total";
/// Conversations, and messages through each node and conversation at once.
const CONVERSATIONS: usize = 24;
const TOGETHER: usize = 10;
/// Messages by which it is seen who commits.
const PROBES: usize = 3;
/// Between the load before and this.
const CALM: Duration = Duration::from_secs(3);

/// Measures.
pub async fn cost(stage: &Stage, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let nodes = stage.addresses(CLUSTER);
    let few = Plan { connections: 2 * CONVERSATIONS, receivers: 0, ..plan.clone() };
    let people = People::settle(nodes[0], &few).await?;
    tokio::time::sleep(CALM).await;
    let (mut home, mut away, mut any) = (histogram(), histogram(), histogram());
    let mut owned = 0;
    for number in 0..CONVERSATIONS {
        let (one, other) = (people.person(2 * number), people.person(2 * number + 1));
        let mut ways = Ways::open(&nodes, one, other).await?;
        let owner = ways.owner(&nodes).await?;
        owned += u64::from(owner.is_some());
        for _ in 0..plan.cluster_rounds {
            for node in 0..nodes.len() {
                let times = match owner {
                    Some(owner) if owner == node => &mut home,
                    Some(_) => &mut away,
                    None => &mut any,
                };
                for _ in 0..TOGETHER {
                    times.saturating_record(ways.send(node).await?.as_micros() as u64);
                }
            }
        }
    }
    report.count("hop_conversations", CONVERSATIONS as u64);
    report.count("hop_conversations_with_an_owner", owned);
    for (name, times) in
        [("hop_none_ack", &home), ("hop_one_ack", &away), ("hop_nodes_that_pass_nothing_on_ack", &any)]
    {
        if !times.is_empty() {
            report.times(name, times);
        }
    }
    if !home.is_empty() && !away.is_empty() {
        let half = |times: &Histogram<u64>| Duration::from_micros(times.value_at_quantile(0.5));
        report.time("hop_cost_p50", half(&away).saturating_sub(half(&home)));
    }
    Ok(())
}

/// Whether these labels are of messages that another node has committed.
fn is_done_there(labels: &str) -> bool {
    labels.contains("\"answered\"")
}

/// One conversation through each node.
struct Ways {
    wires: Vec<Wire>,
    conversation: ConversationId,
    /// Messages sent.
    sent: u64,
}

impl Ways {
    async fn open(nodes: &[SocketAddr], one: &Person, other: &Person) -> anyhow::Result<Ways> {
        let mut wires = Vec::new();
        for node in nodes {
            wires.push(Wire::signed_in(*node, &one.token).await?);
        }
        Ok(Ways { wires, conversation: ConversationId::direct(one.user_id, other.user_id), sent: 0 })
    }

    async fn send(&mut self, node: usize) -> anyhow::Result<Duration> {
        self.sent += 1;
        let key = format!("hop-{}", self.sent);
        let message = SendMessage::text(self.conversation, key, "x".repeat(TEXT_BYTES));
        let began = Instant::now();
        self.wires[node].ask(message).await?;
        Ok(began.elapsed())
    }

    /// The node that commits for the conversation: the only one that passes nothing on.
    async fn owner(&mut self, nodes: &[SocketAddr]) -> anyhow::Result<Option<usize>> {
        let mut owners = Vec::new();
        for (node, address) in nodes.iter().enumerate() {
            let before = counted(*address, FORWARDS, is_done_there).await?;
            for _ in 0..PROBES {
                self.send(node).await?;
            }
            if counted(*address, FORWARDS, is_done_there).await? <= before {
                owners.push(node);
            }
        }
        Ok(if let [owner] = owners[..] { Some(owner) } else { None })
    }
}
