//! How often a user or an address may do something, by the settings; what is over gets 429 and the time to wait.
//! Bursts are allowed, the average is kept (GCRA); idle keys are forgotten on a timer.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use parlance_engine::Caller;
use parlance_proto::{ConversationId, ErrorCode, Request, ServerSettings, UserId};

use crate::config::{Limits, Media};
use crate::error::ApiError;
use crate::listener::prefix;

/// A minute, an hour and a day.
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The limiters of everything that is limited.
pub struct Rates {
    /// Whether users are limited at all; addresses always are.
    on: bool,
    /// Multiplies the rates of users.
    factor: u32,
    sends: Limiter<UserId>,
    sends_here: Limiter<(UserId, ConversationId)>,
    likes: Limiter<UserId>,
    conversations: Limiter<UserId>,
    reports: Limiter<UserId>,
    look_ups: Limiter<UserId>,
    contacts: Limiter<UserId>,
    uploads: Limiter<UserId>,
    registrations: Limiter<IpAddr>,
    registrations_here: Limiter<IpAddr>,
}

impl Rates {
    /// Limits as set.
    pub fn new(limits: &Limits, media: &Media) -> Rates {
        let factor = limits.rate_factor;
        let here = IpAddr::from([127, 0, 0, 1]);
        let per_second = |count, burst| per_second(count, burst, factor);
        Rates {
            on: limits.rates,
            factor,
            sends: Limiter::new(per_second(limits.sends_per_second, limits.sends_burst)),
            sends_here: Limiter::new(per_second(
                limits.conversation_sends_per_second,
                limits.conversation_sends_burst,
            )),
            likes: Limiter::new(per_second(limits.likes_per_second, limits.likes_burst)),
            conversations: Limiter::each(HOUR, limits.new_conversations_per_hour.saturating_mul(factor)),
            reports: Limiter::each(HOUR, limits.reports_per_hour.saturating_mul(factor)),
            contacts: Limiter::each(HOUR, limits.contact_requests_per_hour.saturating_mul(factor)),
            uploads: Limiter::each(MINUTE, media.uploads_per_minute.saturating_mul(factor)),
            look_ups: Limiter::each(DAY, limits.look_ups_per_day.saturating_mul(factor)),
            registrations: Limiter::each(HOUR, limits.registrations_per_hour),
            registrations_here: Limiter::each(HOUR, limits.of_address(limits.registrations_per_hour, here)),
        }
    }

    /// Goes by these settings from now on. What was sent so far is forgotten.
    pub fn apply(&self, settings: &ServerSettings) {
        self.sends.set(per_second(settings.sends_per_second, settings.sends_burst, self.factor));
        self.sends_here.set(per_second(
            settings.conversation_sends_per_second,
            settings.conversation_sends_burst,
            self.factor,
        ));
        self.conversations
            .set(in_period(HOUR, settings.new_conversations_per_hour.saturating_mul(self.factor)));
    }

    /// Whether the caller may do this now, as far as it is limited at all.
    pub fn check(&self, caller: Caller, request: &Request) -> Result<(), ApiError> {
        if !self.on {
            return Ok(());
        }
        match request {
            Request::SendMessage(input) => self.send(caller, input.conversation_id),
            Request::LikeMessage(_)
            | Request::UnlikeMessage(_)
            | Request::PinMessage(_)
            | Request::VotePoll(_)
            | Request::ClosePoll(_) => {
                self.likes.check(&caller.user, "you are doing this too fast; wait a little")
            }
            Request::ScheduleMessage(input) => self.send(caller, input.conversation_id),
            Request::ForwardMessages(input) => input.to.iter().try_for_each(|to| self.send(caller, *to)),
            Request::EditMessage(input) => self.send(caller, input.conversation_id),
            Request::CreateGroup(_) => {
                self.conversations.check(&caller.user, "you are creating too many groups; wait a little")
            }
            Request::ReportMessage(_) => {
                self.reports.check(&caller.user, "you have reported many messages; wait a little")
            }
            Request::JoinConversation(_) | Request::PreviewLink(_) | Request::RequestJoin(_) => {
                self.look_ups.check(&caller.user, "you have tried to come into too many groups today")
            }
            Request::StartConversation(input) if input.user_ids.len() > 1 || input.name.is_some() => {
                self.conversations.check(&caller.user, "you are creating too many groups; wait a little")
            }
            Request::RequestContact(_) => {
                self.contacts.check(&caller.user, "you have asked many people to be contacts; wait a little")
            }
            // Who takes what another has is told so: as good as a look-up.
            Request::UpdateProfile(input) if input.phone.is_some() || input.email.is_some() => {
                self.look_ups.check(&caller.user, "you have looked up too many people today")
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

    /// One upload of a user.
    pub fn upload(&self, caller: Caller) -> Result<(), ApiError> {
        if !self.on {
            return Ok(());
        }
        self.uploads.check(&caller.user, "you are beginning too many uploads; wait a little")
    }

    /// One registration from an address.
    pub fn register(&self, address: IpAddr) -> Result<(), ApiError> {
        let address = prefix(address);
        let limiter = if address.is_loopback() { &self.registrations_here } else { &self.registrations };
        limiter.check(&address, "too many registrations from your network; try again later")
    }

    /// Forgets keys that have their whole burst again.
    pub fn tidy(&self) {
        self.sends.tidy();
        self.sends_here.tidy();
        self.likes.tidy();
        self.conversations.tidy();
        self.look_ups.tidy();
        self.contacts.tidy();
        self.uploads.tidy();
        self.reports.tidy();
        self.registrations.tidy();
        self.registrations_here.tidy();
    }
}

fn some(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)
}

/// So many a second, and so many at once.
fn per_second(count: u32, burst: u32, factor: u32) -> Quota {
    Quota::per_second(some(count.saturating_mul(factor))).allow_burst(some(burst.saturating_mul(factor)))
}

/// So many in a period, at any pace.
fn in_period(period: Duration, count: u32) -> Quota {
    let count = some(count);
    let quota = Quota::with_period(period / count.get());
    quota.unwrap_or(Quota::per_second(NonZeroU32::MAX)).allow_burst(count)
}

/// A limiter whose quota can change.
struct Limiter<K: Hash + Eq + Clone>(RwLock<Counted<K>>);

struct Counted<K: Hash + Eq + Clone> {
    quota: Quota,
    keys: DefaultKeyedRateLimiter<K>,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(quota: Quota) -> Limiter<K> {
        Limiter(RwLock::new(Counted { quota, keys: DefaultKeyedRateLimiter::keyed(quota) }))
    }

    /// So many in a period, at any pace.
    fn each(period: Duration, count: u32) -> Limiter<K> {
        Limiter::new(in_period(period, count))
    }

    /// Another quota from now on; the same one forgets nothing.
    fn set(&self, quota: Quota) {
        let mut counted = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if counted.quota != quota {
            *counted = Counted { quota, keys: DefaultKeyedRateLimiter::keyed(quota) };
        }
    }

    fn check(&self, key: &K, detail: &'static str) -> Result<(), ApiError> {
        let counted = self.0.read().unwrap_or_else(PoisonError::into_inner);
        counted.keys.check_key(key).map(drop).map_err(|until| {
            let wait_ms = until.wait_time_from(DefaultClock::default().now()).as_millis() as u64;
            ApiError::wait(ErrorCode::RateLimited, detail, wait_ms.max(1))
        })
    }

    fn tidy(&self) {
        self.0.read().unwrap_or_else(PoisonError::into_inner).keys.retain_recent();
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
        let rates = Rates::new(&Limits::default(), &Media::default());
        assert!((0..10).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        let problem = rates.send(CALLER, chat(2)).unwrap_err().problem();
        assert_eq!(problem.code, ErrorCode::RateLimited);
        assert!(problem.retry_after_ms.is_some_and(|wait_ms| wait_ms > 0 && wait_ms <= 500));
        assert!((0..10).all(|_| rates.send(CALLER, chat(3)).is_ok()));
        assert!(rates.send(CALLER, chat(4)).is_err());
    }

    #[test]
    fn rates_change_while_they_are_in_use_and_the_same_ones_forget_nothing() {
        let rates = Rates::new(&Limits::default(), &Media::default());
        assert!((0..10).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        let settings = |burst| ServerSettings {
            registration: parlance_proto::RegistrationMode::Open,
            members_invite: false,
            link_previews: false,
            sends_per_second: 5,
            sends_burst: 20,
            conversation_sends_per_second: 2,
            conversation_sends_burst: burst,
            new_conversations_per_hour: 20,
            group_max_members: 100,
            keep_direct_s: 0,
            keep_group_s: 0,
            keep_channel_s: 0,
            changed: Vec::new(),
            announcement: None,
        };
        rates.apply(&settings(10));
        assert!(rates.send(CALLER, chat(2)).is_err());
        rates.apply(&settings(3));
        assert!((0..3).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        assert!(rates.send(CALLER, chat(2)).is_err());
    }

    #[test]
    fn rates_can_be_off_and_registrations_stay_limited() {
        let rates = Rates::new(&Limits { rates: false, ..Limits::default() }, &Media::default());
        assert!((0..1_000).all(|_| rates.send(CALLER, chat(2)).is_ok()));
        let there = IpAddr::from([192, 0, 2, 1]);
        assert!((0..3).all(|_| rates.register(there).is_ok()));
        assert!(rates.register(there).is_err());
        assert!((0..1_000).all(|_| rates.register(IpAddr::from([127, 0, 0, 1])).is_ok()));
    }
}
