//! Latency at a fifth of the saturated load: messages are due at fixed times, whether or not earlier ones were answered,
//! and every time is counted from when its message was due. So a stall of the server is seen by all that came due in it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bytes::Bytes;
use hdrhistogram::Histogram;
use parlance_proto::ConversationId;
use tokio::sync::mpsc;

use super::super::people::People;
use super::super::plan::{Plan, TEXT_BYTES};
use super::super::report::{Report, histogram};
use super::super::wire::{Kind, Wire, kind};
use super::sends::{SENDER_DIGITS, sender};

/// Share of the saturated load.
const SHARE: f64 = 0.2;
/// Messages that may be due on one connection and not sent yet.
const DUE_MAX: usize = 4_096;
/// How long stragglers are waited for.
const REST: Duration = Duration::from_millis(700);
/// Time between the saturated load and this one, for what the former left behind.
const CALM: Duration = Duration::from_secs(2);
/// Digits of the due time in a text, after the sender's number.
const DUE_DIGITS: usize = 15;

/// What one connection measured, in microseconds.
struct Times {
    ack: Histogram<u64>,
    delivery: Histogram<u64>,
}

/// One connection.
struct Paced {
    wire: Wire,
    /// What the keys begin with.
    name: String,
    number: usize,
    conversation: ConversationId,
    /// When the next messages are due.
    due: mpsc::Receiver<Instant>,
    /// Stamps count from here.
    origin: Instant,
    /// What was due earlier is not counted.
    count_from: Instant,
    /// Due times of unanswered requests.
    waiting: HashMap<u32, Instant>,
    times: Times,
}

/// Measures.
pub async fn at_a_fifth(
    people: &People,
    plan: &Plan,
    saturated: f64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let paced = paced(people, plan, ("p", share_of(saturated))).await?;
    report.rate("latency_load", share_of(saturated));
    report.count("latency_messages_not_sent_in_time", paced.late);
    report.times("ack_latency", &paced.ack);
    report.times("delivery_latency", &paced.delivery);
    Ok(())
}

/// Messages a second that latency is measured at.
pub fn share_of(saturated: f64) -> f64 {
    (saturated * SHARE).max(10.0)
}

/// What was measured, in microseconds.
pub struct Measured {
    /// Until a message was acknowledged.
    pub ack: Histogram<u64>,
    /// Until it was at the other side.
    pub delivery: Histogram<u64>,
    /// Messages that found their connection too far behind.
    pub late: u64,
}

/// Sends at this pace and measures; `name` makes the keys unique over a run.
pub async fn paced(
    people: &People,
    plan: &Plan,
    (name, per_second): (&str, f64),
) -> anyhow::Result<Measured> {
    tokio::time::sleep(CALM).await;
    let origin = Instant::now();
    let warm_up = plan.measure / 2;
    let (mut pace, mut tasks) = (Vec::new(), tokio::task::JoinSet::new());
    for number in 0..plan.connections / 2 * 2 {
        let pair = [number, number ^ 1].map(|number| people.person(number).user_id);
        let (give, due) = mpsc::channel(DUE_MAX);
        let paced = Paced {
            wire: people.connect(number).await?,
            name: name.to_owned(),
            number,
            conversation: ConversationId::direct(pair[0], pair[1]),
            due,
            origin,
            count_from: origin + warm_up,
            waiting: HashMap::new(),
            times: Times { ack: histogram(), delivery: histogram() },
        };
        pace.push(give);
        tasks.spawn(paced.run());
    }
    let length = warm_up + plan.measure * 2;
    let pacer = std::thread::spawn(move || keep_pace(&pace, per_second, length));
    let (mut ack, mut delivery) = (histogram(), histogram());
    while let Some(ended) = tasks.join_next().await {
        let times = ended??;
        ack.add(times.ack)?;
        delivery.add(times.delivery)?;
    }
    let late = pacer.join().ok().context("the pacer failed")?;
    Ok(Measured { ack, delivery, late })
}

/// Says when messages are due, from a thread of its own: the runtime's timers are too coarse. Answers how many found
/// their connection too far behind to be told.
fn keep_pace(lanes: &[mpsc::Sender<Instant>], per_second: f64, length: Duration) -> u64 {
    let began = Instant::now();
    let mut late = 0;
    for number in 0u64.. {
        let offset = Duration::from_secs_f64(number as f64 / per_second);
        if offset > length {
            break;
        }
        let due = began + offset;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let lane = &lanes[number as usize % lanes.len()];
        late += u64::from(lane.try_send(due).is_err());
    }
    late
}

impl Paced {
    async fn run(mut self) -> anyhow::Result<Times> {
        let mut frames = Vec::new();
        let mut number = 0;
        loop {
            tokio::select! {
                due = self.due.recv() => match due {
                    Some(due) => {
                        number += 1;
                        self.send(due, number).await?;
                    }
                    None => break,
                },
                taken = self.wire.take(&mut frames) => taken?,
            }
            self.note(&mut frames);
        }
        while let Ok(taken) = tokio::time::timeout(REST, self.wire.take(&mut frames)).await {
            taken?;
            self.note(&mut frames);
        }
        Ok(self.times)
    }

    async fn send(&mut self, due: Instant, number: u64) -> anyhow::Result<()> {
        let us = due.saturating_duration_since(self.origin).as_micros();
        let stamp = format!("{:0SENDER_DIGITS$}{us:0DUE_DIGITS$}", self.number);
        let text = format!("{stamp:x<TEXT_BYTES$}");
        let key = format!("{}{}-{number}", self.name, self.number);
        let (id, frame) = self.wire.encode_send(self.conversation, key, text);
        self.waiting.insert(id, due);
        self.wire.feed(frame).await?;
        self.wire.flush().await
    }

    fn note(&mut self, frames: &mut Vec<Bytes>) {
        let now = Instant::now();
        for frame in frames.drain(..) {
            match kind(&frame) {
                Kind::Answer(id) => {
                    if let Some(due) = self.waiting.remove(&id)
                        && due >= self.count_from
                    {
                        self.times.ack.saturating_record((now - due).as_micros() as u64);
                    }
                }
                Kind::Entry if sender(&frame) != Some(self.number) => {
                    let due = due_us(&frame).map(|us| self.origin + Duration::from_micros(us));
                    if let Some(due) = due
                        && due >= self.count_from
                    {
                        let times = &mut self.times.delivery;
                        times.saturating_record(now.saturating_duration_since(due).as_micros() as u64);
                    }
                }
                Kind::Entry | Kind::Refusal | Kind::Other => {}
            }
        }
    }
}

/// When a message was due; the text is the end of the frame.
fn due_us(frame: &[u8]) -> Option<u64> {
    let text = frame.get(frame.len().checked_sub(TEXT_BYTES)?..)?;
    std::str::from_utf8(text.get(SENDER_DIGITS..SENDER_DIGITS + DUE_DIGITS)?).ok()?.parse().ok()
}
