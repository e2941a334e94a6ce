//! Saturated sends: pairs of connections send to each other with so many messages in flight, as fast as answers come.
//! The same loop drives the bare echo. Counted is what was acknowledged, and what arrived at the other side.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use parlance_proto::ConversationId;
use tokio::sync::Barrier;

use super::super::people::People;
use super::super::plan::{Plan, TEXT_BYTES};
use super::super::report::Report;
use super::super::wire::{Kind, Wire, kind};

/// How long stragglers are waited for after a measurement.
const REST: Duration = Duration::from_millis(500);
/// Digits of a lane's number at the beginning of a text.
pub const SENDER_DIGITS: usize = 5;

/// What is sent on a connection.
pub enum Load {
    /// Messages to a conversation.
    Messages {
        /// To which.
        conversation: ConversationId,
        /// Makes keys unique over all measurements of a run.
        name: String,
    },
    /// The same frame again and again.
    Frame(Bytes),
}

/// What was counted while measuring, over all connections.
#[derive(Default)]
pub struct Tally {
    acked: AtomicU64,
    delivered: AtomicU64,
    refused: AtomicU64,
}

/// The lane that a message came from: the text is the end of its frame, and begins with the number.
pub fn sender(frame: &[u8]) -> Option<usize> {
    let text = frame.get(frame.len().checked_sub(TEXT_BYTES)?..)?;
    std::str::from_utf8(text.get(..SENDER_DIGITS)?).ok()?.parse().ok()
}

/// When to send and when to count.
#[derive(Clone)]
pub struct Schedule {
    start: Arc<Barrier>,
    warm_up: Duration,
    measure: Duration,
}

impl Schedule {
    /// For so many connections that start together.
    pub fn new(connections: usize, measure: Duration) -> Schedule {
        Schedule { start: Arc::new(Barrier::new(connections)), warm_up: measure / 4, measure }
    }
}

/// One connection of a measurement.
pub struct Lane {
    pub wire: Wire,
    /// Its number, by which a message's text tells where it came from.
    pub number: usize,
    pub load: Load,
    pub depth: usize,
}

impl Lane {
    fn next_frame(&mut self, number: u64) -> Bytes {
        match &self.load {
            Load::Frame(frame) => frame.clone(),
            Load::Messages { conversation, name } => {
                let key = format!("{name}-{}-{number}", self.number);
                let text = format!(
                    "{:0SENDER_DIGITS$}{:x<rest$}",
                    self.number,
                    "",
                    rest = TEXT_BYTES - SENDER_DIGITS
                );
                self.wire.encode_send(*conversation, key, text).1
            }
        }
    }

    /// Sends until the time is over, then reads what still comes.
    pub async fn run(mut self, schedule: Schedule, tally: Arc<Tally>) -> anyhow::Result<()> {
        schedule.start.wait().await;
        let began = Instant::now();
        let (count_from, end) = (schedule.warm_up, schedule.warm_up + schedule.measure);
        let (mut in_flight, mut number) = (0, 0);
        let mut frames = Vec::new();
        loop {
            let now = began.elapsed();
            if now < end {
                while in_flight < self.depth {
                    let frame = self.next_frame(number);
                    self.wire.feed(frame).await?;
                    number += 1;
                    in_flight += 1;
                }
                self.wire.flush().await?;
                self.wire.take(&mut frames).await?;
            } else if !matches!(tokio::time::timeout(REST, self.wire.take(&mut frames)).await, Ok(Ok(()))) {
                return Ok(());
            }
            let counted = self.count(&frames, &mut in_flight);
            frames.clear();
            if (count_from..end).contains(&began.elapsed()) {
                tally.acked.fetch_add(counted.0, Ordering::Relaxed);
                tally.delivered.fetch_add(counted.1, Ordering::Relaxed);
            }
            tally.refused.fetch_add(counted.2, Ordering::Relaxed);
        }
    }

    /// Acknowledged, delivered, refused.
    fn count(&self, frames: &[Bytes], in_flight: &mut usize) -> (u64, u64, u64) {
        let mut counted = (0, 0, 0);
        for frame in frames {
            if matches!(self.load, Load::Frame(_)) {
                counted.0 += 1;
                counted.1 += 1;
                *in_flight -= 1;
                continue;
            }
            match kind(frame) {
                Kind::Answer(_) => {
                    counted.0 += 1;
                    *in_flight -= 1;
                }
                Kind::Refusal => {
                    counted.2 += 1;
                    *in_flight -= 1;
                }
                // The sender's own connections are told of its entries too; only the other side's count.
                Kind::Entry if sender(frame) != Some(self.number) => counted.1 += 1,
                Kind::Entry | Kind::Other => {}
            }
        }
        counted
    }
}

/// Runs all lanes together; answers acknowledged and delivered a second.
pub async fn run(lanes: Vec<Lane>, measure: Duration) -> anyhow::Result<(f64, f64)> {
    let schedule = Schedule::new(lanes.len(), measure);
    let tally = Arc::new(Tally::default());
    let mut tasks = tokio::task::JoinSet::new();
    for lane in lanes {
        tasks.spawn(lane.run(schedule.clone(), Arc::clone(&tally)));
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    let refused = tally.refused.load(Ordering::Relaxed);
    anyhow::ensure!(refused == 0, "{refused} messages were refused: are the server's rates off?");
    let rate = |count: &AtomicU64| count.load(Ordering::Relaxed) as f64 / measure.as_secs_f64();
    Ok((rate(&tally.acked), rate(&tally.delivered)))
}

/// Durable sends a second at every depth; answers the highest.
pub async fn saturated(people: &People, plan: &Plan, report: &mut Report) -> anyhow::Result<f64> {
    let mut best = 0.0f64;
    for depth in plan.depths {
        let mut lanes = Vec::new();
        for number in 0..plan.connections / 2 * 2 {
            let pair = [number, number ^ 1].map(|number| people.person(number).user_id);
            let conversation = ConversationId::direct(pair[0], pair[1]);
            let load = Load::Messages { conversation, name: format!("d{depth}") };
            lanes.push(Lane { wire: people.connect(number).await?, number, load, depth: *depth });
        }
        let (acked, delivered) = run(lanes, plan.measure).await?;
        report.rate(&format!("sends_acked_depth_{depth}"), acked);
        report.rate(&format!("sends_delivered_depth_{depth}"), delivered);
        report.ratio(
            &format!("sends_to_echo_depth_{depth}"),
            &format!("sends_acked_depth_{depth}"),
            &format!("echo_depth_{depth}"),
        );
        best = best.max(acked);
    }
    Ok(best)
}
