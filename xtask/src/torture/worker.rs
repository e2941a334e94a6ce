//! One person at work: sends with retries, bursts, repeats, reads, syncs, over both doors, until told to stop.
//!
//! What is expected of single answers is checked here and told as findings; everything else is for the checker.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parlance_proto::{ConversationId, Encoding, ErrorCode, GetHistory, MarkRead, SendMessage, Sync};
use parlance_sdk::{CallError, Client, Http, Outcome};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use super::people::Person;
use super::record::{Recorder, Sending};
use crate::checker::Line;

/// How often a message with an unknown outcome is tried again before it is given up.
const RETRIES_MAX: u32 = 20;
/// Most messages that one burst sends without waiting for answers.
const BURST_MAX: u32 = 8;

/// Pause between two tries of somebody who does not give up.
const PAUSE_MS: Range<u64> = 20..60;

/// How people work.
pub struct Habits {
    /// Pauses between two acts, in microseconds.
    pub pause_us: Range<u64>,
    /// Repeats a message for so long until its outcome is certain. Without it some give up early, as people do who are one
    /// server's only.
    pub patience: Option<Duration>,
}

/// What everybody shares.
pub struct Scene {
    pub recorder: Recorder,
    pub habits: Habits,
    pub stop: AtomicBool,
    /// Answers that no history shows to be wrong but that are: the reuse of a key accepted, say.
    pub wrong_answers: AtomicU64,
    /// Asks that nothing was wrong with and that were refused for good, and messages still without an answer when
    /// patience was at an end.
    pub failures: AtomicU64,
}

impl Scene {
    /// A scene in which nothing has happened yet.
    pub fn new(recorder: Recorder, habits: Habits) -> Scene {
        let (wrong_answers, failures) = (AtomicU64::new(0), AtomicU64::new(0));
        Scene { recorder, habits, stop: AtomicBool::new(false), wrong_answers, failures }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Notes how an ask failed that nothing was wrong with.
    fn failed(&self, error: &CallError) {
        if error.outcome() == Outcome::Refused {
            let said = error.to_string();
            self.recorder.line(Line::Refused { at: self.recorder.now(), said: said.into() });
            self.failures.fetch_add(1, Ordering::AcqRel);
        }
    }
}

/// Where a person's programs find the server.
#[derive(Clone, Debug)]
pub struct Way {
    /// For the WebSocket.
    pub socket: String,
    /// For HTTP.
    pub http: String,
}

/// One person at work.
pub struct Worker {
    scene: Arc<Scene>,
    person: Person,
    client: Client,
    http: Http,
    chance: SmallRng,
    /// Numbers the messages of this person.
    messages: u64,
    cursor: u64,
}

impl Worker {
    /// Connects a person.
    pub async fn start(scene: Arc<Scene>, person: Person, way: &Way, seed: u64) -> anyhow::Result<Worker> {
        let encoding = if person.user_id.0.is_multiple_of(2) { Encoding::Json } else { Encoding::Msgpack };
        let client = person.connect(&way.socket, encoding).await?;
        let http = person.http(&way.http)?;
        let chance = SmallRng::seed_from_u64(seed ^ person.user_id.0);
        let cursor = person.cursor;
        Ok(Worker { scene, person, client, http, chance, messages: 0, cursor })
    }

    /// Works until told to stop.
    pub async fn work(mut self) -> anyhow::Result<()> {
        while !self.scene.stopped() {
            let place = self.chance.random_range(0..self.person.conversations.len());
            let conversation = self.person.conversations[place];
            match self.chance.random_range(0..100) {
                0..60 => self.send(conversation).await,
                60..70 => self.burst(conversation).await,
                70..74 => self.reuse_a_key(conversation).await,
                74..84 => self.mark_read(conversation).await,
                84..92 => self.sync().await,
                _ => self.look_back(conversation).await,
            }
            let pause_us = self.chance.random_range(self.scene.habits.pause_us.clone());
            tokio::time::sleep(Duration::from_micros(pause_us)).await;
        }
        self.client.close().await?;
        Ok(())
    }

    fn message(&mut self, conversation_id: ConversationId) -> SendMessage {
        self.messages += 1;
        let filling = "x".repeat(self.chance.random_range(0..120));
        let text = format!("{} says {} {filling}", self.person.user_id, self.messages);
        SendMessage::text(conversation_id, format!("m{}", self.messages), text)
    }

    /// Sends, mostly until the outcome is certain; sometimes gives up; sometimes repeats an acknowledged message.
    async fn send(&mut self, conversation: ConversationId) {
        let message = self.message(conversation);
        let sending = Sending { began: self.scene.recorder.now(), by_socket: !self.chance.random_bool(0.1) };
        if self.scene.habits.patience.is_some() {
            let certain = self.insist(&message, sending).await;
            if certain && self.chance.random_bool(0.03) {
                self.attempt(&message, sending).await;
            }
            return;
        }
        for _ in 0..RETRIES_MAX {
            let certain = self.attempt(&message, sending).await;
            let again = if certain { self.chance.random_bool(0.03) } else { self.chance.random_bool(0.9) };
            if !again {
                return;
            }
        }
    }

    /// Repeats a message until its outcome is certain, or patience is at an end.
    async fn insist(&mut self, message: &SendMessage, sending: Sending) -> bool {
        let until = Instant::now() + self.scene.habits.patience.unwrap_or_default();
        while !self.attempt(message, sending).await {
            if Instant::now() > until {
                self.scene.failures.fetch_add(1, Ordering::AcqRel);
                return false;
            }
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(PAUSE_MS))).await;
        }
        true
    }

    /// One attempt; answers whether its outcome is certain.
    async fn attempt(&self, message: &SendMessage, sending: Sending) -> bool {
        let attempt = self.scene.recorder.sent(&self.person.name(), message, sending);
        let result = if sending.by_socket {
            self.client.call(message.clone()).await
        } else {
            self.http.call(message.clone()).await
        };
        self.end(attempt, result.map(|accepted| accepted.index))
    }

    fn end(&self, attempt: u64, result: Result<u64, CallError>) -> bool {
        match result {
            Ok(index) => {
                self.scene.recorder.acked(attempt, index);
                true
            }
            Err(error) => {
                let outcome = error.outcome();
                self.scene.recorder.not_acked(attempt, outcome == Outcome::Unknown);
                self.scene.failed(&error);
                outcome == Outcome::Refused
            }
        }
    }

    /// Several messages at once on one connection, without waiting in between.
    async fn burst(&mut self, conversation: ConversationId) {
        let count = self.chance.random_range(2..=BURST_MAX);
        let mut sends = tokio::task::JoinSet::new();
        let sending = Sending { began: self.scene.recorder.now(), by_socket: true };
        for _ in 0..count {
            let message = self.message(conversation);
            let attempt = self.scene.recorder.sent(&self.person.name(), &message, sending);
            let client = self.client.clone();
            sends.spawn(async move { (attempt, client.call(message).await) });
        }
        while let Some(ended) = sends.join_next().await {
            if let Ok((attempt, result)) = ended {
                self.end(attempt, result.map(|accepted| accepted.index));
            }
        }
    }

    /// The key of an acknowledged message with another text must be refused, also by a server started since.
    async fn reuse_a_key(&mut self, conversation: ConversationId) {
        let message = self.message(conversation);
        let sending = Sending { began: self.scene.recorder.now(), by_socket: true };
        if !self.attempt(&message, sending).await {
            return;
        }
        let other = SendMessage { text: "another text".to_owned(), ..message };
        match self.client.call(other).await {
            Err(CallError::Refused(problem)) if problem.code == ErrorCode::RetryKeyReused => {}
            Err(error) if error.outcome() != Outcome::Refused => {}
            _ => {
                self.scene.wrong_answers.fetch_add(1, Ordering::AcqRel);
            }
        }
    }

    async fn mark_read(&mut self, conversation_id: ConversationId) {
        let asked = self.scene.recorder.now();
        // Sometimes back, which must change nothing; sometimes beyond the head, which counts as the head.
        let index = self.chance.random_range(1..400);
        match self.client.call(MarkRead { conversation_id, index }).await {
            Ok(state) => {
                let name = format!("read index of {} in {conversation_id}", self.person.user_id);
                self.scene.recorder.register(&name, asked, state.read_index);
            }
            Err(error) => self.scene.failed(&error),
        }
    }

    async fn sync(&mut self) {
        let asked = self.scene.recorder.now();
        let input = Sync { since: Some(self.cursor), limit: None, wait_ms: None };
        let changes = match self.client.call(input).await {
            Ok(changes) => changes,
            Err(error) => return self.scene.failed(&error),
        };
        // A cursor that the server itself gave must stay usable.
        let value = if changes.reset { 0 } else { changes.user_index };
        let name = format!("cursor of {}", self.person.user_id);
        self.scene.recorder.register(&name, asked, value);
        self.cursor = self.cursor.max(changes.user_index);
    }

    /// Reads a page somewhere; a page is a stream of its own.
    async fn look_back(&mut self, conversation_id: ConversationId) {
        let after = self.chance.random_range(0..300);
        let input = GetHistory { conversation_id, after: Some(after), before: None, limit: Some(20) };
        let page = match self.http.call(input).await {
            Ok(page) => page,
            Err(error) => return self.scene.failed(&error),
        };
        self.messages += 1;
        let reader = format!("page {} of {}", self.messages, self.person.user_id);
        for entry in &page.entries {
            self.scene.recorder.seen(&reader, conversation_id, entry);
        }
    }
}
