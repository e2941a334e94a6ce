//! How often a user or an address may do something, by the settings; what is over gets 429 and the time to wait.
//! Bursts are allowed, the average is kept (GCRA); idle keys are forgotten on a timer.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use parlance_engine::Caller;
use parlance_proto::{ConversationId, ErrorCode, Request, UserId};

use crate::config::Limits;
use crate::error::ApiError;
use crate::listener::prefix;

/// An hour and a day.
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The limiters of everything that is limited.
pub struct Rates {
    /// Whether users are limited at all; addresses always are.
    on: bool,
    sends: Limiter<UserId>,
    sends_here: Limiter<(UserId, ConversationId)>,
    conversations: Limiter<UserId>,
    look_ups: Limiter<UserId>,
    registrations: Limiter<IpAddr>,
    registrations_here: Limiter<IpAddr>,
}

impl Rates {
    /// Limits as set.
    pub fn new(limits: &Limits) -> Rates {
        let factor = limits.rate_factor;
        let here = IpAddr::from([127, 0, 0, 1]);
        let per_second = |count: u32, burst: u32| {
            Quota::per_second(some(count.saturating_mul(factor)))
                .allow_burst(some(burst.saturating_mul(factor)))
        };
        Rates {
            on: limits.rates,
            sends: Limiter::new(per_second(limits.sends_per_second, limits.sends_burst)),
            sends_here: Limiter::new(per_second(
                limits.conversation_sends_per_second,
                limits.conversation_sends_burst,
            )),
            conversations: Limiter::each(HOUR, limits.new_conversations_per_hour.saturating_mul(factor)),
            look_ups: Limiter::each(DAY, limits.look_ups_per_day.saturating_mul(factor)),
            registrations: Limiter::each(HOUR, limits.registrations_per_hour),
            registrations_here: Limiter::each(HOUR, limits.of_address(limits.registrations_per_hour, here)),
        }
    }

    /// Whether the caller may do this now, as far as it is limited at all.
    pub fn check(&self, caller: Caller, request: &Request) -> Result<(), ApiError> {
        if !self.on {
            return Ok(());
        }
        match request {
            Request::SendMessage(input) => self.send(caller, input.conversation_id),
            Request::CreateGroup(_) => {
                self.conversations.check(&caller.user, "you are creating too many groups; wait a little")
            }
            Request::FindUser(_) => {
                self.look_ups.check(&caller.user, "you have looked up too many people today")
            }
            _ => Ok(()),
        }
    }

    /// One message of a user in a conversation.
    pub fn send(&self, caller: Caller, conversation: ConversationId) -> Result<(), ApiError> {
        if !self.on {
            return Ok(());
        }
        let detail = "you are sending too fast; wait a little";
        self.sends_here.check(&(caller.user, conversation), detail)?;
        self.sends.check(&caller.user, detail)
    }

    /// One registration from an address.
    pub fn register(&self, address: IpAddr) -> Result<(), ApiError> {
        let address = prefix(address);
        let limiter = if address.is_loopback() { &self.registrations_here } else { &self.registrations };
        limiter.check(&address, "too many registrations from your network; try again later")
    }

    /// Forgets keys that have their whole burst again.
    pub fn tidy(&self) {
        self.sends.0.retain_recent();
        self.sends_here.0.retain_recent();
        self.conversations.0.retain_recent();
        self.look_ups.0.retain_recent();
        self.registrations.0.retain_recent();
        self.registrations_here.0.retain_recent();
    }
}

fn some(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)
}

struct Limiter<K: Hash + Eq + Clone>(DefaultKeyedRateLimiter<K>);

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(quota: Quota) -> Limiter<K> {
        Limiter(DefaultKeyedRateLimiter::keyed(quota))
    }

    /// So many in a period, at any pace.
    fn each(period: Duration, count: u32) -> Limiter<K> {
        let count = some(count);
        let quota = Quota::with_period(period / count.get());
        Limiter::new(quota.unwrap_or(Quota::per_second(NonZeroU32::MAX)).allow_burst(count))
    }

    fn check(&self, key: &K, detail: &'static str) -> Result<(), ApiError> {
        self.0.check_key(key).map(drop).map_err(|until| {
            let wait_ms = until.wait_time_from(DefaultClock::default().now()).as_millis() as u64;
            ApiError::wait(ErrorCode::RateLimited, detail, wait_ms.max(1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::SessionId;

    const CALLER: Caller = Caller { user: UserId(1), session: SessionId(1) };

    fn chat(other: u64) -> ConversationId {
        ConversationId::direct(UserId(1), UserId(other))
    }

    #[test]
    fn a_burst_passes_and_then_one_waits() {
        let rates = Rates::new(&Limits::default());
        assert!((0..10).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        let problem = rates.send(CALLER, chat(2)).unwrap_err().problem();
        assert_eq!(problem.code, ErrorCode::RateLimited);
        assert!(problem.retry_after_ms.is_some_and(|wait_ms| wait_ms > 0 && wait_ms <= 500));
        assert!((0..10).all(|_| rates.send(CALLER, chat(3)).is_ok()));
        assert!(rates.send(CALLER, chat(4)).is_err());
    }

    #[test]
    fn rates_can_be_off_and_registrations_stay_limited() {
        let rates = Rates::new(&Limits { rates: false, ..Limits::default() });
        assert!((0..1_000).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        let there = IpAddr::from([192, 0, 2, 1]);
        assert!((0..3).all(|_| rates.register(there).is_ok()));
        assert!(rates.register(there).is_err());
        assert!((0..1_000).all(|_| rates.register(IpAddr::from([127, 0, 0, 1])).is_ok()));
    }
}
