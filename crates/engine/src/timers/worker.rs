//! The task that does what is due: shard by shard, in the order of time.
//!
//! A row is deleted only after what it stands for is done or has nothing to be done for; an error leaves it for the next
//! look.

use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use parlance_domain::{Command, Sweep};
use parlance_proto::{Accepted, ConversationId, SessionId, UserId, limits};
use parlance_store::{Bound, Durability, Family, Level, Range, Write};
use tokio::time::Instant;

use super::{readers, retention, scheduled};
use crate::keys::{self, Timer};
use crate::{Caller, Engine, Error};

/// Another node may have gone before it started the clocks of what was read: so often this one looks where it comes first,
/// and so often everywhere.
const READ: Duration = Duration::from_secs(5);
const READ_ALL: Duration = Duration::from_secs(15);
/// Whoever does not come first in a shard leaves what is due to the first for so long.
const AFTER_THE_FIRST_MS: i64 = 3_000;
/// Timers read at once.
const PAGE: usize = 200;

/// Does what is due, until the engine stops.
pub(crate) async fn work(engine: Engine) {
    let tick = Duration::from_millis(engine.0.options.timer_tick_ms.max(1));
    let stopping = engine.0.tasks.stopping();
    tokio::pin!(stopping);
    let (mut resumed, mut looked): (Option<Instant>, _) = (None, Instant::now());
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(tick) => {}
        }
        if !engine.0.options.alone && looked.elapsed() >= READ {
            looked = Instant::now();
            resumed = resumed.filter(|at| at.elapsed() < READ_ALL);
            let first = |shard: u8| engine.0.comes_first(u64::from(shard));
            _ = readers::resume(&engine, first).await.inspect_err(log);
        }
        if resumed.is_none() && readers::resume(&engine, |_| true).await.inspect_err(log).is_ok() {
            resumed = Some(Instant::now());
        }
        if let Err(error) = pass(&engine).await {
            log(&error);
        }
        readers::start_clocks(&engine).await;
    }
}

fn log(error: &Error) {
    tracing::debug!(%error, "what was due will be tried again");
}

/// Does what is due now in every shard.
async fn pass(engine: &Engine) -> Result<(), Error> {
    let timers = &engine.0.timers;
    let now_ms = engine.0.clock.now_ms();
    if !timers.is_time(now_ms) {
        return Ok(());
    }
    // A timer is noted before it is written, and may be missed by this look: the next is never far.
    timers.next_ms.store(i64::MAX, Ordering::Release);
    for shard in 0..keys::TIMER_SHARDS {
        let next = match pass_shard(engine, shard, now_ms).await {
            Ok(next) => next,
            Err(error) => {
                log(&error);
                Some(now_ms)
            }
        };
        if let Some(next_ms) = next {
            timers.note(next_ms);
        }
    }
    Ok(())
}

/// Does what is due in a shard; when the next is due there.
async fn pass_shard(engine: &Engine, shard: u8, now_ms: i64) -> Result<Option<i64>, Error> {
    let partition = keys::timers(shard);
    let late_ms = if engine.0.comes_first(u64::from(shard)) { 0 } else { AFTER_THE_FIRST_MS };
    let mut failed = None;
    let mut after = Bound::Included(Bytes::from_static(keys::DUE_PREFIX));
    loop {
        let range = Range {
            family: Family::Blind,
            partition: partition.clone(),
            from: after,
            to: Bound::Excluded(keys::due_by(now_ms.saturating_sub(late_ms))),
            limit: PAGE,
            reverse: false,
        };
        let page = engine.0.store.range(range, Level::Serial).await?;
        let Some(last) = page.last() else { break };
        after = Bound::Excluded(last.key.clone());
        let mut due = Vec::new();
        for row in &page {
            let (due_ms, timer) = keys::parse_timer(&row.key).ok_or_else(|| Error::corrupt("a timer"))?;
            due.push((row.key.clone(), due_ms, timer));
        }
        for some in chunks(due) {
            let keys: Vec<Bytes> = some.iter().map(|(key, ..)| key.clone()).collect();
            let latest_ms = some.iter().map(|(_, due_ms, _)| *due_ms).max().unwrap_or_default();
            let done = run(engine, &some).await;
            // A clock that was put back meanwhile: it may not have been due any more when it was decided.
            let is_due = latest_ms <= engine.0.clock.now_ms();
            match done {
                Ok(()) if !is_due => failed = Some(now_ms),
                Ok(()) => {
                    let delete = |key| Write::Delete { partition: partition.clone(), key };
                    let deletes = keys.into_iter().map(delete).collect();
                    engine.0.store.write(deletes, Durability::Derived).await?;
                }
                Err(error) => {
                    log(&error);
                    failed = Some(now_ms);
                }
            }
        }
    }
    let next = next_due(engine, shard).await?.map(|due_ms| due_ms.saturating_add(late_ms));
    Ok(failed.or(next))
}

/// When the first timer of a shard is due.
async fn next_due(engine: &Engine, shard: u8) -> Result<Option<i64>, Error> {
    let range = Range::prefix(Family::Blind, keys::timers(shard), keys::DUE_PREFIX, 1);
    let first = engine.0.store.range(range, Level::Serial).await?;
    Ok(first.first().and_then(|row| keys::parse_timer(&row.key)).map(|(due_ms, _)| due_ms))
}

/// A timer's key, when it is due, and what for.
type Due = (Bytes, i64, Timer);

/// Timers that are done together: those of one conversation that expire one after the other, else one.
fn chunks(due: Vec<Due>) -> Vec<Vec<Due>> {
    let mut chunks: Vec<Vec<Due>> = Vec::new();
    for one in due {
        let joins = chunks.last().is_some_and(|last| {
            let same = matches!((&last[0].2, &one.2),
                (Timer::Expire(before, _), Timer::Expire(now, _)) if before == now);
            same && last.len() < limits::EXPIRED_PER_ENTRY
        });
        match chunks.last_mut() {
            Some(last) if joins => last.push(one),
            _ => chunks.push(vec![one]),
        }
    }
    chunks
}

async fn run(engine: &Engine, some: &[Due]) -> Result<(), Error> {
    match &some[0].2 {
        Timer::Expire(conversation, _) => {
            let index = |due: &Due| match due.2 {
                Timer::Expire(_, index) => Some(index),
                _ => None,
            };
            #[cfg(feature = "planted")]
            if engine.0.options.planted == Some(crate::Planted::ExpiryForgotten) {
                return Ok(());
            }
            let targets = some.iter().filter_map(index).collect();
            sweep(engine, *conversation, Sweep::Expire(targets)).await.map(|_| ())
        }
        Timer::Undelivered(conversation, index) => {
            if readers::has_any(engine, *conversation, *index).await? {
                return Ok(());
            }
            sweep(engine, *conversation, Sweep::Undelivered(vec![*index])).await.map(|_| ())
        }
        Timer::Retain(conversation) => retention::visit(engine, *conversation).await,
        Timer::Scheduled(user, id) => scheduled::send(engine, *user, id, some[0].1).await,
    }
}

/// Has a conversation's owner sweep.
pub(super) async fn sweep(
    engine: &Engine,
    conversation: ConversationId,
    sweep: Sweep,
) -> Result<Accepted, Error> {
    let server = Caller { user: UserId::SERVER, session: SessionId(0) };
    engine.ask(server, conversation, None, Command::Sweep(sweep)).await?.await
}
