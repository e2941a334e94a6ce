//! A bus that loses and repeats messages on purpose, from a seed, to prove that nothing rests on it.
//!
//! It harms delivery only: what does arrive is unchanged, and who listens is decided by the bus behind.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{Answer, Bus, Handler, LossHandler, Responder, Subscription, Unanswered};

/// How bad the bus is, in per mille of the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// So many are dropped.
    pub dropped: u32,
    /// So many are delivered twice.
    pub repeated: u32,
}

/// A bus in front of another one that drops and repeats messages; the same seed does the same.
pub struct Lossy<M> {
    /// The bus behind.
    inner: Arc<dyn Bus<M>>,
    /// How bad.
    loss: Loss,
    /// The state of the generator (xorshift64).
    state: Mutex<u64>,
}

impl<M> Lossy<M> {
    /// Spoils `inner`.
    pub fn new(inner: Arc<dyn Bus<M>>, loss: Loss, seed: u64) -> Lossy<M> {
        Lossy { inner, loss, state: Mutex::new(seed | 1) }
    }

    /// A number below 1,000.
    fn roll(&self) -> u32 {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        ((*state >> 11) % 1_000) as u32
    }
}

impl<M: Send + 'static> Bus<M> for Lossy<M> {
    fn publish(&self, subject: &str, message: &M) {
        if self.roll() < self.loss.dropped {
            return;
        }
        self.inner.publish(subject, message);
        if self.roll() < self.loss.repeated {
            self.inner.publish(subject, message);
        }
    }

    fn subscribe(&self, subject: &str, handler: Handler<M>) -> Subscription {
        self.inner.subscribe(subject, handler)
    }

    fn request(&self, subject: &str, message: &M) -> Answer<M> {
        if self.roll() < self.loss.dropped {
            return Box::pin(std::future::ready(Err(Unanswered::Lost)));
        }
        if self.roll() < self.loss.repeated {
            // Heard twice, and one answer is for nobody.
            drop(self.inner.request(subject, message));
        }
        let answer = self.inner.request(subject, message);
        let is_lost = self.roll() < self.loss.dropped;
        Box::pin(async move { if is_lost { answer.await.and(Err(Unanswered::Lost)) } else { answer.await } })
    }

    fn respond(&self, subject: &str, responder: Responder<M>) -> Subscription {
        self.inner.respond(subject, responder)
    }

    fn is_up(&self) -> bool {
        self.inner.is_up()
    }

    fn on_loss(&self, handler: LossHandler) -> Subscription {
        self.inner.on_loss(handler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Local;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn it_loses_and_repeats_about_as_told() {
        let heard = Arc::new(AtomicU32::new(0));
        let bus = Lossy::new(Arc::new(Local::<u32>::default()), Loss { dropped: 500, repeated: 0 }, 7);
        let count = Arc::clone(&heard);
        let _listening = bus.subscribe("a", Arc::new(move |_| _ = count.fetch_add(1, Ordering::Relaxed)));
        for _ in 0..1_000 {
            bus.publish("a", &1);
        }
        assert!((400..600).contains(&heard.load(Ordering::Relaxed)));
    }
}
