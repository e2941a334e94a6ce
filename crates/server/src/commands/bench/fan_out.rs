//! Fan-out: one sender, many receivers who all have the group open, so many messages in flight. A message leaves the
//! window when all receivers have it. The same loop drives the bare broadcast.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::ensure;
use bytes::Bytes;
use parlance_proto::{ConversationId, OpenConversation};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::people::People;
use super::plan::{Plan, TEXT_BYTES};
use super::report::Report;
use super::wire::{Kind, Wire, kind};

/// Without a delivery for so long, something was dropped.
const STALL: Duration = Duration::from_secs(5);

/// What the sender sends.
pub enum Source {
    /// Messages to the group.
    Group(ConversationId),
    /// The same frame again and again.
    Frame(Bytes),
}

/// What all receivers together have got.
struct Got {
    frames: AtomicU64,
    receivers: u64,
    /// Told when another message has reached all.
    all: Notify,
}

/// A sender and its receivers.
pub struct FanOut {
    pub sender: Wire,
    pub receivers: Vec<Wire>,
    pub source: Source,
}

impl FanOut {
    /// Measures one window after the other; answers deliveries a second for each.
    pub async fn run(self, windows: &[usize], measure: Duration) -> anyhow::Result<Vec<f64>> {
        let FanOut { mut sender, receivers, source } = self;
        let got = Arc::new(Got {
            frames: AtomicU64::new(0),
            receivers: receivers.len() as u64,
            all: Notify::new(),
        });
        // Dropping the set ends the receivers.
        let mut tasks = JoinSet::new();
        let bare = matches!(source, Source::Frame(_));
        for wire in receivers {
            tasks.spawn(receive(wire, bare, Arc::clone(&got)));
        }
        let (mut rates, mut sent) = (Vec::new(), 0);
        for window in windows {
            let mut course = Course { sender: &mut sender, source: &source, got: &got, sent };
            rates.push(course.run(*window as u64, measure).await?);
            sent = course.sent;
        }
        Ok(rates)
    }
}

async fn receive(mut wire: Wire, bare: bool, got: Arc<Got>) -> anyhow::Result<()> {
    let mut frames = Vec::new();
    loop {
        wire.take(&mut frames).await?;
        let new = frames.drain(..).filter(|frame| bare || kind(frame) == Kind::Entry).count() as u64;
        let before = got.frames.fetch_add(new, Ordering::AcqRel);
        if before / got.receivers != (before + new) / got.receivers {
            got.all.notify_one();
        }
    }
}

/// The sender at one window.
struct Course<'a> {
    sender: &'a mut Wire,
    source: &'a Source,
    got: &'a Got,
    /// Messages sent so far, over all windows.
    sent: u64,
}

impl Course<'_> {
    async fn run(&mut self, window: u64, measure: Duration) -> anyhow::Result<f64> {
        let began = Instant::now();
        let (warm_up, mut counted_from) = (measure / 4, None);
        let mut frames = Vec::new();
        loop {
            let now = Instant::now();
            let count = self.got.frames.load(Ordering::Acquire);
            if counted_from.is_none() && now - began > warm_up {
                counted_from = Some((now, count));
            }
            let ended = now - began > warm_up + measure;
            // Entries of the group's making may come in late and count too, a few in a million.
            if ended && count >= self.sent * self.got.receivers {
                let (since, before) = counted_from.unwrap_or((began, 0));
                return Ok((count - before) as f64 / (now - since).as_secs_f64());
            }
            while !ended && self.sent < count / self.got.receivers + window {
                let frame = self.next_frame();
                self.sender.feed(frame).await?;
                self.sent += 1;
            }
            self.sender.flush().await?;
            tokio::select! {
                () = self.got.all.notified() => {}
                taken = self.sender.take(&mut frames) => taken?,
                () = tokio::time::sleep(STALL) => {
                    let stuck = self.got.frames.load(Ordering::Acquire) == count;
                    ensure!(!stuck, "deliveries stopped at {count} of {}", self.sent * self.got.receivers);
                }
            }
            let refused = frames.drain(..).any(|frame| kind(&frame) == Kind::Refusal);
            ensure!(!refused, "a message was refused: are the server's rates off?");
        }
    }

    fn next_frame(&mut self) -> Bytes {
        match self.source {
            Source::Frame(frame) => frame.clone(),
            Source::Group(conversation) => {
                let key = format!("f{}", self.sent);
                self.sender.encode_send(*conversation, key, "x".repeat(TEXT_BYTES)).1
            }
        }
    }
}

/// Deliveries a second in a group.
pub async fn group(people: &People, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let conversation_id = people.group(plan.receivers + 1).await?;
    let mut receivers = Vec::new();
    for number in 1..=plan.receivers {
        let mut wire = people.connect(number).await?;
        wire.ask(OpenConversation { conversation_id }).await?;
        receivers.push(wire);
    }
    let sender = people.connect(0).await?;
    let fan_out = FanOut { sender, receivers, source: Source::Group(conversation_id) };
    let rates = fan_out.run(plan.windows, plan.measure).await?;
    report.count("fan_out_receivers", plan.receivers as u64);
    for (window, rate) in plan.windows.iter().zip(rates) {
        let name = format!("fan_out_deliveries_window_{window}");
        report.rate(&name, rate);
        let limit = format!("broadcast_deliveries_window_{window}");
        report.ratio(&format!("fan_out_to_broadcast_window_{window}"), &name, &limit);
    }
    Ok(())
}
