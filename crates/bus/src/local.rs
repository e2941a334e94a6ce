//! The bus of a node that is alone: subscribers are called directly, without a queue or a copy.
//!
//! No lock is held while a subscriber runs, so that it may publish and subscribe itself.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::oneshot;

use crate::{Answer, Bus, Handler, Reply, Responder, Subscription, Unanswered};

/// The subscribers of each subject, with the number that ends each.
type Subjects<M> = HashMap<String, Vec<(u64, Handler<M>)>>;

struct Shared<M> {
    /// Who listens to what.
    subjects: RwLock<(u64, Subjects<M>)>,
    /// Who responds to what.
    responders: RwLock<HashMap<String, Responder<M>>>,
}

/// An in-process bus; clones share their subscribers.
pub struct Local<M>(Arc<Shared<M>>);

impl<M> Clone for Local<M> {
    fn clone(&self) -> Local<M> {
        Local(Arc::clone(&self.0))
    }
}

impl<M> Default for Local<M> {
    fn default() -> Local<M> {
        let subjects = RwLock::new((0, HashMap::new()));
        Local(Arc::new(Shared { subjects, responders: RwLock::default() }))
    }
}

impl<M: 'static> Local<M> {
    /// Has the responder of a subject answer; whether there is one.
    pub(crate) fn serve(&self, subject: &str, message: &M, reply: Reply<M>) -> bool {
        let responders = self.0.responders.read().unwrap_or_else(PoisonError::into_inner);
        let responder = responders.get(subject).map(Arc::clone);
        drop(responders);
        let is_there = responder.is_some();
        if let Some(responder) = responder {
            responder(message, reply);
        }
        is_there
    }
}

impl<M: Send + 'static> Bus<M> for Local<M> {
    fn publish(&self, subject: &str, message: &M) {
        let handlers: Vec<Handler<M>> = {
            let subjects = self.0.subjects.read().unwrap_or_else(PoisonError::into_inner);
            subjects.1.get(subject).into_iter().flatten().map(|(_, handler)| Arc::clone(handler)).collect()
        };
        for handler in handlers {
            handler(message);
        }
    }

    fn subscribe(&self, subject: &str, handler: Handler<M>) -> Subscription {
        let mut subjects = self.0.subjects.write().unwrap_or_else(PoisonError::into_inner);
        subjects.0 += 1;
        let number = subjects.0;
        subjects.1.entry(subject.to_owned()).or_default().push((number, handler));
        let (shared, subject) = (Arc::clone(&self.0), subject.to_owned());
        Subscription::new(move || {
            let mut subjects = shared.subjects.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(handlers) = subjects.1.get_mut(&subject) {
                handlers.retain(|(other, _)| *other != number);
                if handlers.is_empty() {
                    subjects.1.remove(&subject);
                }
            }
        })
    }

    fn request(&self, subject: &str, message: &M) -> Answer<M> {
        let (answer, answered) = oneshot::channel();
        let reply = Reply::new(move |message| {
            // Nobody may be waiting any more.
            _ = answer.send(message);
        });
        let is_heard = self.serve(subject, message, reply);
        Box::pin(async move {
            match answered.await {
                Ok(Some(message)) => Ok(message),
                _ if is_heard => Err(Unanswered::Lost),
                _ => Err(Unanswered::Nobody),
            }
        })
    }

    fn respond(&self, subject: &str, responder: Responder<M>) -> Subscription {
        let mut responders = self.0.responders.write().unwrap_or_else(PoisonError::into_inner);
        responders.insert(subject.to_owned(), responder);
        let (shared, subject) = (Arc::clone(&self.0), subject.to_owned());
        Subscription::new(move || {
            shared.responders.write().unwrap_or_else(PoisonError::into_inner).remove(&subject);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn only_listeners_of_the_subject_hear_and_only_while_they_listen() {
        let bus = Local::<u32>::default();
        let heard = Arc::new(AtomicU32::new(0));
        let sum = Arc::clone(&heard);
        let listening = bus.subscribe("a", Arc::new(move |n| _ = sum.fetch_add(*n, Ordering::Relaxed)));
        bus.publish("a", &1);
        bus.publish("b", &10);
        drop(listening);
        bus.publish("a", &100);
        assert_eq!(heard.load(Ordering::Relaxed), 1);
    }
}
