//! Who has read what: it starts the clocks of messages that disappear after reading, and tells whether one has arrived.
//!
//! A message's clock starts when every other member who may read it has: the lowest read index of all members is at or
//! above it. Who writes has read what stood before, and who came later has nothing to read of it.

use bytes::Bytes;
use parlance_domain::{Conversation, Progress, Sweep, farthest, waits};
use parlance_proto::{Body, ConversationId, FanOut, UserId, limits};
use parlance_store::{Bound, Family, Level, Range, Row};

use super::worker::sweep;
use crate::{Engine, Error, keys, owner, rows};

/// Rows read at once.
const PAGE: usize = 200;
/// Bytes of rows that one entry rewrites; the store's limit leaves room for one more message.
const BYTES: usize = 160 * 1_024;

/// Notes the conversations that an earlier run, or a node that is gone, left waiting in some shards.
pub(super) async fn resume(engine: &Engine, shards: impl Fn(u8) -> bool) -> Result<(), Error> {
    look_at_waiting(engine, shards, |_| true).await
}

/// Notes the direct conversations of a user that wait: others are welcome now, and what was read may start clocks.
pub(crate) async fn clocks_of_strangers(engine: &Engine, user: UserId) -> Result<(), Error> {
    look_at_waiting(engine, |_| true, |conversation| conversation.peer_of(user).is_some()).await
}

async fn look_at_waiting(
    engine: &Engine,
    shards: impl Fn(u8) -> bool,
    those: impl Fn(ConversationId) -> bool,
) -> Result<(), Error> {
    for shard in (0..keys::TIMER_SHARDS).filter(|shard| shards(*shard)) {
        let range = Range::prefix(Family::Blind, keys::timers(shard), keys::WAITING_PREFIX, PAGE);
        let mut waiting = Vec::new();
        engine
            .0
            .each(range, |row| {
                waiting.push(keys::parse_waiting(&row.key).ok_or_else(|| Error::corrupt("a timer"))?);
                Ok(())
            })
            .await?;
        for conversation in waiting.into_iter().filter(|conversation| those(*conversation)) {
            engine.0.timers.moved(&owner::current(&engine.0, conversation).await?.state());
        }
    }
    Ok(())
}

/// Starts the clocks in all conversations in which somebody has read on.
pub(super) async fn start_clocks(engine: &Engine) {
    for conversation in engine.0.timers.take_moved() {
        if let Err(error) = start_clocks_of(engine, conversation).await {
            tracing::debug!(%conversation, %error, "clocks will be started at the next look");
            if let Ok(shared) = owner::shared(&engine.0, conversation).await {
                engine.0.timers.moved(&shared.state());
            }
        }
    }
}

async fn start_clocks_of(engine: &Engine, conversation: ConversationId) -> Result<(), Error> {
    loop {
        let shared = owner::current(&engine.0, conversation).await?;
        let (state, clocks) = {
            let state = shared.state();
            (state.clone(), state.clocks)
        };
        let upto = everybody_has_read(engine, &state).await?.min(clocks.last_waiting);
        if upto <= clocks.started {
            return Ok(());
        }
        let (targets, upto) = waiting(engine, conversation, clocks.started + 1, upto).await?;
        sweep(engine, conversation, Sweep::StartClock { targets, upto }).await?;
    }
}

/// Every member has read up to here.
async fn everybody_has_read(engine: &Engine, state: &Conversation) -> Result<u64, Error> {
    if state.fan_out == FanOut::Read {
        return Ok(state.head.index);
    }
    // Who is blocked, or not welcome, does not learn by a clock that the other has read.
    if let ConversationId::Direct(one, other) = state.id
        && one != other
        && !engine.on_terms(one, state.id).await?
    {
        return Ok(state.clocks.started);
    }
    let members: Vec<_> = state.members.iter().collect();
    let wanted: Vec<_> = members.iter().map(|(user, _)| keys::receipt(state.id, **user)).collect();
    let found = engine.0.store.multi_get(&wanted, Level::Serial).await?;
    let mut lowest = state.head.index;
    for ((_, place), row) in members.into_iter().zip(found) {
        let index = row.map_or(0, |row| row.version);
        let read = Progress { index, ordinal: 0 };
        lowest = lowest.min(farthest(read, place.own, place.joined).index);
    }
    Ok(lowest)
}

/// The first messages of a stretch that wait for their clock, and the index up to which that is all of them.
async fn waiting(
    engine: &Engine,
    conversation: ConversationId,
    from: u64,
    to: u64,
) -> Result<(Vec<u64>, u64), Error> {
    let (mut targets, mut next, mut bytes) = (Vec::new(), from, 0);
    while next <= to && targets.len() < limits::EXPIRED_PER_ENTRY && bytes < BYTES {
        let range = Range {
            family: Family::Fenced,
            partition: keys::log(conversation, next),
            from: Bound::Included(keys::index(next)),
            to: Bound::Included(keys::index(to)),
            limit: PAGE,
            reverse: false,
        };
        let page = engine.0.store.range(range, Level::Serial).await?;
        if page.is_empty() {
            return Err(Error::corrupt("a gap in a log"));
        }
        for row in page {
            let index = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a log key"))?;
            let entry = rows::entry(index, rows::decode(&row.value)?)?;
            next = index + 1;
            if waits(&entry) && !matches!(entry.body, Body::Gone { .. }) {
                targets.push(index);
                bytes += row.value.len();
                if targets.len() == limits::EXPIRED_PER_ENTRY || bytes >= BYTES {
                    break;
                }
            }
        }
    }
    Ok((targets, next - 1))
}

/// Whether a device of another member than the sender has the message at `index`.
pub(super) async fn has_any(
    engine: &Engine,
    conversation: ConversationId,
    index: u64,
) -> Result<bool, Error> {
    let row = engine.0.store.get(&keys::log_row(conversation, index), Level::Serial).await?;
    // A timer may have been written beside a commit that never was.
    let Some(row) = row else { return Ok(true) };
    let sender = rows::entry(index, rows::decode(&row.value)?)?.sender;
    let state = owner::current(&engine.0, conversation).await?.state().clone();
    // Who has written since has it.
    if state.members.iter().any(|(user, place)| *user != sender && place.own.index > index) {
        return Ok(true);
    }
    for partition in [keys::deliveries(conversation), keys::receipts(conversation)] {
        if any_at(engine, partition, index, sender).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a register of anybody but `sender` is at or above `index`.
async fn any_at(engine: &Engine, partition: Bytes, index: u64, sender: UserId) -> Result<bool, Error> {
    let range = Range {
        family: Family::Register,
        partition,
        from: Bound::Open,
        to: Bound::Open,
        limit: PAGE,
        reverse: false,
    };
    let reached = |row: &Row| {
        row.version >= index && keys::tail_number(&row.key).is_some_and(|user| UserId(user) != sender)
    };
    engine.0.any(range, |row| Ok(reached(row))).await
}
