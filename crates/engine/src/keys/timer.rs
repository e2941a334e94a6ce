//! Keys of timers: what is to be done, and when.
//!
//! Timers are spread over shards by what they are about, so that all of one conversation are done in order.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};

use super::{Name, parse_conversation, shard};

/// The shards of timers; changing the number would lose sight of timers.
pub(crate) const TIMER_SHARDS: u8 = 8;
/// What the keys of timers with a time start with.
pub(crate) const DUE_PREFIX: &[u8] = b"t";
/// What the keys of conversations that wait for readers start with.
pub(crate) const WAITING_PREFIX: &[u8] = b"w";

/// What a timer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Timer {
    /// The message may have expired.
    Expire(ConversationId, u64),
    /// The message was to be delivered.
    Undelivered(ConversationId, u64),
    /// The user's scheduled message is due.
    Scheduled(UserId, Bytes),
    /// Messages of the conversation may be too old to be kept.
    Retain(ConversationId),
}

/// A shard of the timers.
pub(crate) fn timers(shard: u8) -> Bytes {
    Name::new(b'W').byte(shard).done()
}

/// The shard of a conversation's timers.
pub(crate) fn timer_shard(conversation: ConversationId) -> u8 {
    shard(conversation) % TIMER_SHARDS
}

/// The end of the keys that are due at `now_ms`.
pub(crate) fn due_by(now_ms: i64) -> Bytes {
    at(now_ms.saturating_add(1)).done()
}

fn at(due_ms: i64) -> Name {
    Name::new(b't').number(due_ms.max(0) as u64)
}

/// A timer's partition and key.
pub(crate) fn timer(due_ms: i64, timer: &Timer) -> (Bytes, Bytes) {
    let name = at(due_ms);
    let (shard, name) = match timer {
        Timer::Expire(conversation, index) => {
            (timer_shard(*conversation), name.byte(b'e').conversation(*conversation).number(*index))
        }
        Timer::Undelivered(conversation, index) => {
            (timer_shard(*conversation), name.byte(b'u').conversation(*conversation).number(*index))
        }
        Timer::Retain(conversation) => {
            (timer_shard(*conversation), name.byte(b'r').conversation(*conversation))
        }
        Timer::Scheduled(user, id) => {
            ((user.0 % u64::from(TIMER_SHARDS)) as u8, name.byte(b's').number(user.0).bytes(id))
        }
    };
    (timers(shard), name.done())
}

/// Reads a timer's key: when it is due, and what for.
pub(crate) fn parse_timer(key: &[u8]) -> Option<(i64, Timer)> {
    let (due, rest) = key.strip_prefix(DUE_PREFIX)?.split_first_chunk::<8>()?;
    let due_ms = u64::from_be_bytes(*due) as i64;
    let message = |rest: &[u8]| {
        let (conversation, index) = rest.split_last_chunk::<8>()?;
        Some((parse_conversation(conversation)?, u64::from_be_bytes(*index)))
    };
    let timer = match rest.split_first()? {
        (b'e', rest) => message(rest).map(|(conversation, index)| Timer::Expire(conversation, index))?,
        (b'u', rest) => message(rest).map(|(conversation, index)| Timer::Undelivered(conversation, index))?,
        (b'r', rest) => Timer::Retain(parse_conversation(rest)?),
        (b's', rest) => {
            let (user, id) = rest.split_first_chunk::<8>()?;
            Timer::Scheduled(UserId(u64::from_be_bytes(*user)), Bytes::copy_from_slice(id))
        }
        _ => return None,
    };
    Some((due_ms, timer))
}

/// The key of a conversation that has messages waiting for being read.
pub(crate) fn waiting(conversation: ConversationId) -> Bytes {
    Name::new(b'w').conversation(conversation).done()
}

/// The conversation that waits.
pub(crate) fn parse_waiting(key: &[u8]) -> Option<ConversationId> {
    parse_conversation(key.strip_prefix(WAITING_PREFIX)?)
}

#[cfg(test)]
mod tests {
    use parlance_proto::GroupId;

    use super::super::tests::hex;
    use super::*;

    #[test]
    fn layouts_of_timers_stay_as_they_are_and_are_read_back() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let id = "670102030405060708";
        let all = [
            (Timer::Expire(group, 9), format!("74000000000000012c65{id}0000000000000009")),
            (Timer::Retain(group), format!("74000000000000012c72{id}")),
            (Timer::Undelivered(group, 9), format!("74000000000000012c75{id}0000000000000009")),
            (
                Timer::Scheduled(UserId(3), Bytes::from_static(b"k")),
                "74000000000000012c7300000000000000036b".into(),
            ),
        ];
        for (timer, layout) in all {
            let (partition, key) = super::timer(300, &timer);
            let shard = if matches!(timer, Timer::Scheduled(..)) { 3 } else { 54 % 8 };
            assert_eq!((hex(&partition), hex(&key)), (format!("57{shard:02x}"), layout));
            assert_eq!(parse_timer(&key), Some((300, timer)));
            assert!(key < due_by(300) && key >= due_by(299));
        }
        assert_eq!(hex(&waiting(group)), format!("77{id}"));
        assert_eq!(parse_waiting(&waiting(group)), Some(group));
    }
}
