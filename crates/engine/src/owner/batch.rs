//! A batch: asks decided one after the other against the committed state, and the one commit they become.
//!
//! No entry is visible to a later ask before it is committed, save its retry key and its place; nothing here
//! waits.

use std::collections::VecDeque;

use parlance_domain::{
    Beside, Command, Conversation, Decision, Progress, Rejection, RetryVerdict, Rewrite, Rules, Scene,
    Target, decide, judge_retry,
};
use parlance_proto::{Accepted, Body, Details, Entry, SessionId, Style, UserId, limits};
use parlance_store::Put;
use tokio::sync::oneshot;

use super::recent::Use;
use super::{Ask, Shared};
use crate::{Caller, Error, files, keys, rows};

/// Who entries are by that do not tell who acted.
const SERVER: Caller = Caller { user: UserId::SERVER, session: SessionId(0) };
/// Most entries in a batch.
const ENTRIES: usize = 256;
/// A batch takes no further ask above so many bytes of text; the store's limit leaves room for one more message.
const BYTES: usize = 160 * 1_024;

/// A batch takes no further ask above so many rows beside the log: the next may bring 50 mentions, its timers and the
/// marks, and the store takes 512. Who mentions everybody stands alone.
const ALONG: usize = 440;
/// Timers of one message, at most.
const TIMERS: usize = 2;
/// Entries of one decision, at most.
const BODIES: u64 = 4;

/// About how many rows something beside the log takes.
fn rows_of(beside: &Beside) -> usize {
    match beside {
        Beside::Mention(users) | Beside::Unmention(users) => users.len(),
        Beside::Version | Beside::Like(_) | Beside::Unlike(_) => 5,
        Beside::Ballot(_) => 2 * (1 + limits::POLL_OPTIONS.end()) + 1,
    }
}

/// About how many bytes an attachment takes.
const ATTACHMENT: usize = 640;

/// About how many bytes a message takes.
fn bytes_of(body: &Body, details: Option<&Details>) -> usize {
    let spans = details.map_or(&[][..], |details| &details.spans);
    let styled: usize = spans
        .iter()
        .map(|span| match &span.style {
            Style::Link { url, .. } => 32 + url.len(),
            _ => 32,
        })
        .sum();
    let carried = details.map_or(0, |details| details.attachments.len() * ATTACHMENT);
    let styled = styled + carried;
    match body {
        Body::Text { text } => styled + text.len(),
        Body::Cards(_) | Body::Poll(_) => styled + limits::RICH_MAX_BYTES,
        _ => styled,
    }
}

/// What decisions see beside the asks.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    /// The committed state.
    pub state: &'a Conversation,
    /// Who has blocked the other side of a direct conversation.
    pub shared: &'a Shared,
    /// The server's clock, milliseconds since 1970.
    pub now_ms: i64,
    /// The server's settings.
    pub rules: &'a Rules,
    /// The message that the first ask is about.
    pub target: Option<&'a Target>,
    /// The first of the last messages that the group shows to newcomers, if the first ask brings people in.
    pub last_from: Option<u64>,
}

/// Whether a command has a batch to itself: what changes membership, settings or another message is decided against
/// committed state, and who mentions everybody brings as many rows as fit.
fn stands_alone(command: &Command) -> bool {
    match command {
        Command::Send(draft) => draft.details.spans.iter().any(|span| span.style == Style::MentionAll),
        _ => true,
    }
}

/// What an ask will be answered when the batch is durable.
enum Plan {
    /// The batch's entry at this position.
    Entry(usize),
    /// What stands at this index already.
    Stored(u64),
    /// Nothing had to change.
    AsIs,
    /// A refusal.
    Refused(Rejection),
}

/// Decided asks and the entries they leave.
pub(super) struct Batch {
    /// The entries, in index order.
    pub entries: Vec<Entry>,
    /// The payload hash of each entry; zero without a retry key.
    pub hashes: Vec<[u8; 16]>,
    /// Who gets which answer.
    plans: Vec<(Ask, Plan)>,
    /// What stands in the place of the message that the batch is about, if that changes.
    pub rewrite: Option<Rewrite>,
    /// What is kept beside the log, with the entry at this position.
    pub beside: Vec<(usize, Vec<Beside>)>,
    /// Rows that are kept beside the log.
    kept: usize,
    /// Where the log will end.
    head: Progress,
    /// Bytes of text so far.
    bytes: usize,
}

impl Batch {
    /// Decides as many asks as belong in one commit, from the front. `known` tells what a retry key was used for.
    pub(super) fn fill(
        sight: Sight<'_>,
        asks: &mut VecDeque<Ask>,
        known: impl Fn(&Ask) -> Option<Use>,
    ) -> Batch {
        let state = sight.state;
        let mut batch = Batch {
            entries: Vec::with_capacity(asks.len().min(ENTRIES)),
            hashes: Vec::with_capacity(asks.len().min(ENTRIES)),
            plans: Vec::with_capacity(asks.len()),
            rewrite: None,
            beside: Vec::new(),
            kept: 0,
            head: state.head,
            bytes: 0,
        };
        while let Some(ask) = asks.front() {
            let alone = stands_alone(&ask.command);
            let full = !batch.entries.is_empty() && (batch.is_full() || batch.is_too_soon(state, ask));
            // What the scene says of a target or of newcomers is about the first ask only.
            if full || (alone && !batch.plans.is_empty()) {
                break;
            }
            // A decision of several entries stays in one bucket: the last places of a bucket are filled up.
            let next = batch.head.index + 1;
            if alone && keys::bucket(next) != keys::bucket(next + BODIES - 1) {
                batch.fill_up(sight);
                break;
            }
            let Some(ask) = asks.pop_front() else { break };
            let plan = batch.plan(sight, &ask, known(&ask));
            batch.plans.push((ask, plan));
            if alone {
                break;
            }
        }
        batch
    }

    /// Takes up a place of the log with an entry that says nothing.
    fn fill_up(&mut self, sight: Sight<'_>) {
        self.head.index += 1;
        self.entries.push(Entry {
            index: self.head.index,
            ordinal: self.head.ordinal,
            time_ms: sight.now_ms.max(sight.state.time_ms),
            sender: SERVER.user,
            session: SERVER.session,
            client_message_id: None,
            body: Body::Expired { targets: Vec::new() },
            details: None,
        });
        self.hashes.push([0; 16]);
    }

    /// Whether it only fills up a bucket, and nobody waits for it.
    pub(super) fn is_filler(&self) -> bool {
        self.plans.is_empty()
    }

    /// Whether an answer is drawn from the state alone.
    pub(super) fn rests_on_state(&self) -> bool {
        self.plans.iter().any(|(_, plan)| matches!(plan, Plan::AsIs | Plan::Refused(_)))
    }

    /// Whether somebody is answered that all is as wanted, perhaps by another node's doing.
    pub(super) fn is_done_already(&self) -> bool {
        self.plans.iter().any(|(_, plan)| matches!(plan, Plan::AsIs))
    }

    /// Whether slow mode has to see what the same member wrote in this batch.
    fn is_too_soon(&self, state: &Conversation, ask: &Ask) -> bool {
        state.is_slow_for(ask.caller.user) && self.entries.iter().any(|entry| entry.sender == ask.caller.user)
    }

    fn is_full(&self) -> bool {
        let next = self.head.index + 1;
        let crosses =
            self.entries.first().is_some_and(|first| keys::bucket(first.index) != keys::bucket(next));
        let along = self.kept + TIMERS * self.entries.len();
        crosses || along > ALONG || self.entries.len() >= ENTRIES || self.bytes >= BYTES
    }

    fn plan(&mut self, sight: Sight<'_>, ask: &Ask, known: Option<Use>) -> Plan {
        let state = sight.state;
        if !state.exists() && !matches!(ask.command, Command::Create { .. }) {
            return Plan::Refused(Rejection::NoConversation);
        }
        if let Some(key) = &ask.key {
            let stored = known.or_else(|| self.in_batch(ask, &key.id));
            match judge_retry(stored, &key.payload_hash) {
                Ok(RetryVerdict::New) => {}
                Ok(RetryVerdict::Repeat(index)) => return Plan::Stored(index),
                Err(rejection) => return Plan::Refused(rejection),
            }
        }
        // After the look at the retry key: a repeat of what was sent before the block is answered as it was then.
        let writes = matches!(ask.command, Command::Send(_) | Command::Edit { .. } | Command::Vote(..));
        if writes && sight.shared.blocks(ask.caller.user) {
            return Plan::Refused(Rejection::BlockedByYou);
        }
        // The server's time never runs backwards within a conversation.
        let time_ms = sight.now_ms.max(state.time_ms);
        let scene = Scene {
            conversation: state,
            actor: ask.caller.user,
            now_ms: time_ms,
            rules: sight.rules,
            target: sight.target,
            last_from: sight.last_from,
        };
        match decide(scene, &ask.command) {
            Ok(decision) if decision.bodies.is_empty() => Plan::AsIs,
            Ok(Decision { bodies, mut details, rewrite, beside, anonymous }) => {
                let from = if anonymous { SERVER } else { ask.caller };
                if !beside.is_empty() {
                    self.kept += beside.iter().map(rows_of).sum::<usize>();
                    self.beside.push((self.entries.len(), beside));
                }
                self.kept += details.as_deref().map_or(0, files::rows_of);
                bodies.into_iter().for_each(|body| self.append(ask, from, (body, details.take()), time_ms));
                self.rewrite = rewrite;
                Plan::Entry(self.entries.len() - 1)
            }
            Err(rejection) => Plan::Refused(rejection),
        }
    }

    /// What a retry key was used for earlier in this batch.
    fn in_batch(&self, ask: &Ask, id: &str) -> Option<Use> {
        let same =
            |entry: &Entry| entry.sender == ask.caller.user && entry.client_message_id.as_deref() == Some(id);
        let position = self.entries.iter().position(same)?;
        Some((self.entries[position].index, self.hashes[position]))
    }

    fn append(
        &mut self,
        ask: &Ask,
        from: Caller,
        (body, details): (Body, Option<Box<Details>>),
        time_ms: i64,
    ) {
        self.head.index += 1;
        self.head.ordinal += u64::from(body.is_message());
        self.bytes += bytes_of(&body, details.as_deref());
        self.entries.push(Entry {
            index: self.head.index,
            ordinal: self.head.ordinal,
            time_ms,
            sender: from.user,
            session: from.session,
            client_message_id: ask.key.as_ref().map(|key| key.id.clone()),
            body,
            details,
        });
        self.hashes.push(ask.key.as_ref().map_or([0; 16], |key| key.payload_hash));
    }

    /// The entries as rows of the log.
    pub(super) fn puts(&self) -> Vec<Put> {
        let rows = self.entries.iter().zip(&self.hashes);
        rows.map(|(entry, hash)| {
            let hash = if entry.client_message_id.is_some() { &hash[..] } else { &[] };
            Put::new(keys::index(entry.index), rows::encode(&rows::log_row(entry, hash)))
        })
        .collect()
    }

    /// Answers everybody, now that the entries are durable. Answers that need a look into the log are handed back.
    pub(super) fn answer(&mut self, head: Accepted) -> Vec<(u64, oneshot::Sender<Result<Accepted, Error>>)> {
        let mut stored = Vec::new();
        for (ask, plan) in self.plans.drain(..) {
            let answer = match plan {
                Plan::Entry(position) => Ok(accepted(&self.entries[position])),
                Plan::AsIs => Ok(head.clone()),
                Plan::Refused(rejection) => Err(rejection.into()),
                Plan::Stored(index) => {
                    stored.push((index, ask.answer));
                    continue;
                }
            };
            // Nobody may be listening any more; the entry stands all the same.
            let _ = ask.answer.send(answer);
        }
        stored
    }

    /// Answers everybody with the same failure.
    pub(super) fn fail(self, error: &Error) {
        for (ask, plan) in self.plans {
            let answer = match plan {
                Plan::Refused(rejection) => Err(rejection.into()),
                _ => Err(error.clone()),
            };
            let _ = ask.answer.send(answer);
        }
    }

    /// Gives the asks back, to be decided anew.
    pub(super) fn into_asks(self) -> impl DoubleEndedIterator<Item = Ask> {
        self.plans.into_iter().map(|(ask, _)| ask)
    }
}

/// What the sender of an entry is told.
pub(super) fn accepted(entry: &Entry) -> Accepted {
    Accepted { index: entry.index, ordinal: entry.ordinal, time_ms: entry.time_ms }
}
