//! The one writer thread: gathers what waits, checks it, writes one batch, syncs once, answers all.
//!
//! A group starts only when the one before it is answered. After the first failure everything is answered with it.

use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::disk::Disk;
use super::group::Group;
use super::queue::{Queue, Request};
use crate::embedded::health::Health;
use crate::embedded::keeper::Pulse;
use crate::{Clock, Durability, Error, Outcome};

/// Most requests in a group.
const MAX_GROUP: usize = 256;
/// Most bytes in a group; one request may be over it alone.
const MAX_GROUP_BYTES: usize = 4 * 1024 * 1024;
/// A derived write waits at most so long for a durable one to ride with.
const DERIVED_WAIT: Duration = Duration::from_millis(50);

/// What the thread owns and shares.
pub(crate) struct Writer {
    pub(crate) queue: Arc<Queue>,
    pub(crate) disk: Disk,
    pub(crate) health: Arc<Health>,
    pub(crate) pulse: Arc<Pulse>,
    pub(crate) clock: Clock,
    /// Held until everything is closed.
    pub(crate) lock: File,
    #[cfg(feature = "planted")]
    pub(crate) planted: Option<crate::Planted>,
}

impl Writer {
    /// Works until the queue is closed and empty.
    pub(crate) fn run(&mut self) {
        let mut arrived = Vec::new();
        let mut waiting = VecDeque::new();
        let mut patience = None;
        loop {
            let open = self.queue.take(&mut arrived, patience);
            waiting.extend(arrived.drain(..));
            if waiting.is_empty() {
                if !open {
                    return;
                }
                patience = None;
                continue;
            }
            patience = derived_patience(&waiting).filter(|_| open);
            if patience.is_none() {
                let group = next_group(&mut waiting);
                self.queue.give_back(group.len());
                self.write(group);
                patience = (!waiting.is_empty()).then_some(Duration::ZERO);
                if waiting.is_empty() && self.queue.is_empty() {
                    self.disk.ahead.turn();
                }
            }
        }
    }

    fn write(&mut self, group: Vec<Request>) {
        let started = Instant::now();
        self.pulse.begin();
        metrics::histogram!("store_group_size").record(group.len() as f64);
        if let Err(error) = self.health.check() {
            answer_all(group, &error);
        } else if !self.disk.has_room(group.iter().map(|request| request.prepared.bytes).sum()) {
            answer_all(group, &Error::Full);
        } else {
            self.write_checked(group);
        }
        self.pulse.end();
        metrics::histogram!("store_group_seconds").record(started.elapsed().as_secs_f64());
    }

    fn write_checked(&mut self, requests: Vec<Request>) {
        let is_derived = |request: &&Request| request.prepared.durability == Durability::Derived;
        let derived = requests.iter().filter(is_derived).count() as u64;
        let mut answers = Vec::with_capacity(requests.len());
        let written = self.write_group(requests, &mut answers);
        if let Err(error) = written {
            let error = self.after_failure(error);
            for (_, outcome) in &mut answers {
                *outcome = Err(error.clone());
            }
        }
        count(&answers, derived);
        answer(answers);
    }

    /// Checks all requests against one state of the tables and writes what applies.
    fn write_group(&mut self, requests: Vec<Request>, answers: &mut Answers) -> Result<(), Error> {
        let tables = self.disk.slot.share()?;
        let rows = requests.iter().map(|request| request.prepared.ops.len()).sum();
        let mut group = Group::new(&tables, self.clock.now_ms(), rows);
        let mut failure = None;
        for request in requests {
            // Behind a failure nothing is checked any more; every answer of the group becomes the failure.
            let outcome = if failure.is_none() { group.add(request.prepared) } else { Ok(Outcome::Unknown) };
            failure = failure.or_else(|| outcome.as_ref().err().cloned());
            answers.push((request.answer, outcome));
        }
        #[cfg(feature = "planted")]
        if self.planted == Some(crate::Planted::AckBeforeSync) {
            answer(std::mem::take(answers));
        }
        failure.map_or_else(|| self.disk.commit(group), Err)
    }

    /// What callers are told of a failed group. Only a full disk leaves the store in working order.
    fn after_failure(&mut self, error: Error) -> Error {
        let error = match error {
            Error::Full => match self.disk.reopen() {
                Ok(()) => return Error::Full,
                Err(error) => error,
            },
            other => other,
        };
        let error = match error {
            Error::Corrupt(_) | Error::Poisoned(_) => error,
            other => Error::Poisoned(other.to_string()),
        };
        self.health.fail(&error);
        Error::Poisoned(error.to_string())
    }
}

/// How long a queue of derived writes may still wait; `None` when a group is due now.
fn derived_patience(waiting: &VecDeque<Request>) -> Option<Duration> {
    let first = waiting.front()?;
    let durable = |request: &Request| request.prepared.durability == Durability::Durable;
    if waiting.len() >= MAX_GROUP || waiting.iter().any(durable) {
        return None;
    }
    let left = DERIVED_WAIT.saturating_sub(first.arrived.elapsed());
    (!left.is_zero()).then_some(left)
}

fn next_group(waiting: &mut VecDeque<Request>) -> Vec<Request> {
    let mut bytes = 0;
    let mut size = 0;
    for request in waiting.iter().take(MAX_GROUP) {
        bytes += request.prepared.bytes;
        if size > 0 && bytes > MAX_GROUP_BYTES {
            break;
        }
        size += 1;
    }
    waiting.drain(..size).collect()
}

type Answers = Vec<(tokio::sync::oneshot::Sender<Result<Outcome, Error>>, Result<Outcome, Error>)>;

/// A caller that no longer waits is no error.
fn answer(answers: Answers) {
    for (to, outcome) in answers {
        let _ = to.send(outcome);
    }
}

fn answer_all(group: Vec<Request>, error: &Error) {
    for request in group {
        let _ = request.answer.send(Err(error.clone()));
    }
}

fn count(answers: &Answers, derived: u64) {
    let applied = answers.iter().filter(|(_, outcome)| matches!(outcome, Ok(Outcome::Applied))).count();
    let conflicts = answers.iter().filter(|(_, outcome)| matches!(outcome, Ok(Outcome::Conflict(_)))).count();
    metrics::counter!("store_commits_total").increment(applied as u64);
    metrics::counter!("store_conflicts_total").increment(conflicts as u64);
    metrics::counter!("store_derived_rides_total").increment(derived);
}
