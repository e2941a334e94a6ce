//! One person at work: sends with retries, bursts, repeats, reads, syncs, over both doors, until told to stop.
//!
//! What is expected of single answers is checked here and told as findings; everything else is for the checker.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parlance_proto::{ConversationId, Encoding, ErrorCode, GetHistory, MarkRead, SendMessage, Sync};
use parlance_sdk::{CallError, Client, Http, Outcome};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use super::people::Person;
use super::record::Recorder;

/// How often a message with an unknown outcome is tried again before it is given up.
const RETRIES_MAX: u32 = 20;
/// Most messages that one burst sends without waiting for answers.
const BURST_MAX: u32 = 8;

/// What everybody shares.
pub struct Scene {
    pub url: String,
    pub recorder: Recorder,
    pub stop: AtomicBool,
    /// Answers that no history shows to be wrong but that are: the reuse of a key accepted, say.
    pub wrong_answers: AtomicU64,
}

impl Scene {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }
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
    pub async fn start(scene: Arc<Scene>, person: Person, seed: u64) -> anyhow::Result<Worker> {
        let encoding = if person.user_id.0.is_multiple_of(2) { Encoding::Json } else { Encoding::Msgpack };
        let client = person.connect(&scene.url, encoding).await?;
        let http = person.http(&scene.url)?;
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
            let pause_us = self.chance.random_range(0..6_000);
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
        let over_http = self.chance.random_bool(0.1);
        for _ in 0..RETRIES_MAX {
            let certain = self.attempt(&message, over_http).await;
            let again = if certain { self.chance.random_bool(0.03) } else { self.chance.random_bool(0.9) };
            if !again {
                return;
            }
        }
    }

    /// One attempt; answers whether its outcome is certain.
    async fn attempt(&self, message: &SendMessage, over_http: bool) -> bool {
        let attempt = self.scene.recorder.sent(&self.person.name(), message);
        let result = if over_http {
            self.http.call(message.clone()).await
        } else {
            self.client.call(message.clone()).await
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
                outcome == Outcome::Refused
            }
        }
    }

    /// Several messages at once on one connection, without waiting in between.
    async fn burst(&mut self, conversation: ConversationId) {
        let count = self.chance.random_range(2..=BURST_MAX);
        let mut sends = tokio::task::JoinSet::new();
        for _ in 0..count {
            let message = self.message(conversation);
            let attempt = self.scene.recorder.sent(&self.person.name(), &message);
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
        if !self.attempt(&message, false).await {
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
        if let Ok(state) = self.client.call(MarkRead { conversation_id, index }).await {
            let name = format!("read index of {} in {conversation_id}", self.person.user_id);
            self.scene.recorder.register(&name, asked, state.read_index);
        }
    }

    async fn sync(&mut self) {
        let asked = self.scene.recorder.now();
        let input = Sync { since: Some(self.cursor), limit: None, wait_ms: None };
        let Ok(changes) = self.client.call(input).await else { return };
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
        let Ok(page) = self.http.call(input).await else { return };
        self.messages += 1;
        let reader = format!("page {} of {}", self.messages, self.person.user_id);
        for entry in &page.entries {
            self.scene.recorder.seen(&reader, conversation_id, entry);
        }
    }
}
