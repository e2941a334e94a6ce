//! Messages that are older than messages are kept: found in the log from its beginning, and erased by sweeps.
//!
//! When the server keeps messages for another time than before, all conversations are visited once, again after a crash in
//! between. A visit does a bounded piece of work and leaves a timer for the next, so that none is visited in vain. What
//! is gone stays gone when messages are kept for longer again.

use std::time::Duration;

use parlance_domain::Sweep;
use parlance_proto::{Body, ConversationId, ConversationKind, GroupId, UserId, limits};
use parlance_store::{Bound, Durability, Family, Level, Put, Range, Write};

use super::worker::sweep;
use crate::keys::{Indexed, Timer};
use crate::{Engine, Error, keys, owner, rows, timers};

/// Rows read at once.
const PAGE: usize = 200;
/// Sweeps of one visit.
const SWEEPS: usize = 20;
/// The longest time that something too old waits for company, in milliseconds.
const COMPANY_MS: u64 = 10 * 60 * 1_000;
/// How long to wait after a failure.
const AGAIN: Duration = Duration::from_secs(5);

/// Visits all conversations whenever the server keeps messages for another time, until the engine stops.
pub(crate) async fn keep(engine: Engine) {
    let stopping = engine.0.tasks.stopping();
    tokio::pin!(stopping);
    let tick = Duration::from_millis(engine.0.options.timer_tick_ms.max(1));
    let mut walked = None;
    loop {
        let look = async {
            tokio::time::sleep(tick).await;
            if let Err(error) = look(&engine, &mut walked).await {
                tracing::debug!(%error, "conversations will be gone through again");
                tokio::time::sleep(AGAIN).await;
            }
        };
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = look => {}
        }
    }
}

/// Walks if messages are kept for another time than at the last walk.
async fn look(engine: &Engine, walked: &mut Option<rows::WalkedRow>) -> Result<(), Error> {
    engine.finish_releases().await?;
    let before = if let Some(before) = walked.take() {
        before
    } else {
        engine.refresh_settings().await?;
        walked_last(engine).await?
    };
    let now = kept(engine);
    // Another node may have gone through all of them for this already.
    if now != before && (engine.0.options.alone || now != walked_last(engine).await?) {
        walk(engine).await?;
        let key = keys::walked();
        let put = Put::new(key.key, rows::encode(&now));
        let write = Write::Put { partition: key.partition, put };
        engine.0.store.write(vec![write], Durability::Durable).await?;
    }
    *walked = Some(now);
    Ok(())
}

/// What conversations were last gone through for.
async fn walked_last(engine: &Engine) -> Result<rows::WalkedRow, Error> {
    let row = engine.0.store.get(&keys::walked(), Level::Serial).await?;
    Ok(row.map(|row| rows::decode(&row.value)).transpose()?.unwrap_or_default())
}

/// For how long messages of each kind of conversation are kept.
fn kept(engine: &Engine) -> rows::WalkedRow {
    let keep_ms = |kind| {
        // No conversation has this id, so none of its own is in the way.
        let none = ConversationId::Group(GroupId(0));
        engine.0.keep_ms(none, kind).unwrap_or_default()
    };
    rows::WalkedRow {
        direct_ms: keep_ms(ConversationKind::Direct),
        group_ms: keep_ms(ConversationKind::Group),
        channel_ms: keep_ms(ConversationKind::Channel),
    }
}

/// Visits every conversation there is.
async fn walk(engine: &Engine) -> Result<(), Error> {
    let mut after = None;
    loop {
        let groups = engine.index_page(Indexed::Groups, after, PAGE).await?;
        let Some(last) = groups.last() else { break };
        after = Some(*last);
        for group in &groups {
            visit_or_later(engine, ConversationId::Group(GroupId(*group))).await?;
        }
    }
    let (mut after, mut done) = (None, Ok(()));
    loop {
        let users = engine.index_page(Indexed::Users, after, PAGE).await?;
        let Some(last) = users.last() else { return done };
        after = Some(*last);
        for user in &users {
            // A conversation that is not in the list yet would be passed by: then all are gone through again.
            if let Err(error) = engine.0.inbox.settle(UserId(*user)).await {
                done = Err(error);
            }
            for direct in directs(engine, UserId(*user)).await? {
                visit_or_later(engine, direct).await?;
            }
        }
    }
}

/// Visits a conversation. One that fails has its turn by a timer and keeps no other from it.
async fn visit_or_later(engine: &Engine, id: ConversationId) -> Result<(), Error> {
    let Err(error) = visit(engine, id).await else { return Ok(()) };
    tracing::warn!(conversation = %id, %error, "what is too old in a conversation will be looked for later");
    let later = timers::set(&engine.0, engine.0.clock.now_ms(), &Timer::Retain(id));
    Ok(engine.0.store.write(vec![later], Durability::Durable).await?)
}

/// The direct conversations in a user's list. Most are in both sides' lists; one who blocked the other first has none.
async fn directs(engine: &Engine, user: UserId) -> Result<Vec<ConversationId>, Error> {
    let prefix = keys::listed_directs();
    let mut found = Vec::new();
    let range = Range::prefix(Family::Fenced, keys::user(user), &prefix, PAGE);
    let take = |row: &parlance_store::Row| {
        let id = keys::parse_conversation(&row.key[1..]).ok_or_else(|| Error::corrupt("a list's key"))?;
        found.push(id);
        Ok(())
    };
    engine.0.each(range, take).await?;
    Ok(found)
}

/// Erases what is too old in a conversation, and has it visited again when there is more to do.
pub(super) async fn visit(engine: &Engine, id: ConversationId) -> Result<(), Error> {
    let Some(keep_ms) = keep_ms_of(engine, id).await? else { return Ok(()) };
    let now_ms = engine.0.clock.now_ms();
    let kept_from = now_ms.saturating_sub_unsigned(keep_ms);
    let mut done = engine.0.store.get(&keys::retired(id), Level::Serial).await?.map_or(0, |row| row.version);
    let (mut next_ms, mut sweeps) = (None, 0);
    while next_ms.is_none() {
        let stretch = stretch(engine, id, done + 1, kept_from).await?;
        if !stretch.targets.is_empty() {
            sweep(engine, id, Sweep::Retire(stretch.targets)).await?;
            sweeps += 1;
        }
        if stretch.upto > done {
            done = stretch.upto;
            let nothing = bytes::Bytes::new();
            engine.0.store.merge_max(keys::retired(id), done, nothing, Durability::Derived).await?;
        }
        next_ms = match stretch.then {
            Then::Nothing => return Ok(()),
            Then::More if sweeps < SWEEPS => None,
            // Later than now: the timer that led here is deleted after this, and may be of now.
            Then::More => Some(now_ms.saturating_add(1)),
            Then::Young(sent_ms) => {
                let due_ms = sent_ms.saturating_add_unsigned(keep_ms).max(now_ms.saturating_add(1));
                Some(company(due_ms, keep_ms))
            }
        };
    }
    let due = next_ms.map(|due_ms| timers::set(&engine.0, due_ms, &Timer::Retain(id)));
    Ok(engine.0.store.write(due.into_iter().collect(), Durability::Durable).await?)
}

/// When what is due then is done: at a time that others share, so that one entry tells of many and all timers of a conversation
/// are one.
fn company(due_ms: i64, keep_ms: u64) -> i64 {
    let company_ms = (keep_ms / 100).clamp(1_000, COMPANY_MS);
    let due_ms = u64::try_from(due_ms).unwrap_or_default();
    let shared_ms = due_ms.checked_next_multiple_of(company_ms).unwrap_or(due_ms);
    i64::try_from(shared_ms).unwrap_or(i64::MAX)
}

/// For how long messages are kept there, in milliseconds.
async fn keep_ms_of(engine: &Engine, id: ConversationId) -> Result<Option<u64>, Error> {
    if let ConversationId::Direct(..) = id {
        return Ok(engine.0.keep_ms(id, ConversationKind::Direct));
    }
    let shared = owner::current(&engine.0, id).await?;
    let state = shared.state();
    Ok(state.keep_ms(&engine.0.rules_for(&state)))
}

/// Some of a log from its beginning on.
struct Stretch {
    /// Messages that are too old and still there.
    targets: Vec<u64>,
    /// The last entry that is too old.
    upto: u64,
    /// What comes behind it.
    then: Then,
}

/// What comes behind a stretch.
enum Then {
    /// The log ends there.
    Nothing,
    /// There may be more that is too old.
    More,
    /// An entry that is not too old, sent at this time.
    Young(i64),
}

/// What is too old from `from` on, as much as one sweep takes.
async fn stretch(engine: &Engine, id: ConversationId, from: u64, kept_from: i64) -> Result<Stretch, Error> {
    let range = Range {
        family: Family::Fenced,
        partition: keys::log(id, from),
        from: Bound::Included(keys::index(from)),
        to: Bound::Open,
        limit: PAGE,
        reverse: false,
    };
    let page = engine.0.store.range(range, Level::Serial).await?;
    let mut found = Stretch { targets: Vec::new(), upto: from - 1, then: Then::Nothing };
    for row in &page {
        let index = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a log key"))?;
        let entry = rows::entry(index, rows::decode(&row.value)?)?;
        if entry.time_ms > kept_from {
            found.then = Then::Young(entry.time_ms);
            return Ok(found);
        }
        if entry.body.is_message() && !matches!(entry.body, Body::Gone { .. }) {
            found.targets.push(index);
        }
        found.upto = index;
        found.then = Then::More;
        if found.targets.len() == limits::EXPIRED_PER_ENTRY {
            break;
        }
    }
    Ok(found)
}
