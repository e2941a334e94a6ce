//! Who comes in when: so many sessions a second, some at once, a short queue, and for everybody else a time to come back.
//!
//! Times to come back are one after the other, evenly, and whoever brings the place that was kept is let in at its time. So nobody
//! is put off for ever, however many come. Nothing is read and nothing expensive is done before somebody is let in.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rand::Rng as _;

use crate::config::Limits;
use crate::listener::prefix;
use crate::world::jitter_ms;

/// The longest that somebody waits on a socket: less than a connection has to sign in.
const PATIENCE_MAX: Duration = Duration::from_secs(2);
/// How long a place is kept for somebody who does not come.
const KEPT: Duration = Duration::from_secs(60);
/// Places kept at most; who comes then is told a time only.
const PLACES_MAX: usize = 200_000;
/// Places of one address: as many as the server lets in in so many seconds, so that nobody fills the queue alone.
const SECONDS_OF_ADDRESS: u32 = 5;
/// Who gets no place is told a time some way behind the last place.
const BEHIND_MS: u64 = 5_000;

/// When somebody is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At once.
    Now,
    /// After this time, on the same socket.
    Soon(Duration),
    /// Not on this socket.
    Later(Later),
}

/// When to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// After this time.
    pub after: Duration,
    /// The place that is kept until then.
    pub place: Option<u64>,
}

/// Lets sessions in.
pub struct Admission {
    /// Between two sessions; zero for no limit.
    pace: Duration,
    /// How far admissions may be behind the pace: as many may come in at once.
    burst: Duration,
    /// The longest that somebody waits on a socket.
    patience: Duration,
    limits: Arc<Limits>,
    desk: Mutex<Desk>,
}

struct Desk {
    /// How far the pace has come with those who were let in: when the next may.
    paid: Instant,
    /// The next time that is given out.
    next: Instant,
    places: HashMap<u64, Place>,
    /// Places by when they end.
    ends: VecDeque<(Instant, u64)>,
    /// How many places each address holds.
    held: HashMap<IpAddr, u32>,
}

/// A time that was given out.
struct Place {
    due: Instant,
    address: IpAddr,
}

impl Admission {
    /// Lets in as these limits say.
    pub fn new(limits: Arc<Limits>) -> Admission {
        let pace = Duration::from_secs(1).checked_div(limits.sessions_per_second).unwrap_or_default();
        // One that is just due counts as one of those at once.
        let burst = pace.saturating_mul(limits.sessions_burst.saturating_sub(1));
        let now = Instant::now();
        let desk = Desk {
            paid: before(now, burst),
            next: now,
            places: HashMap::new(),
            ends: VecDeque::new(),
            held: HashMap::new(),
        };
        Admission {
            pace,
            burst,
            patience: pace.saturating_mul(limits.sessions_waiting).min(PATIENCE_MAX),
            limits,
            desk: Mutex::new(desk),
        }
    }

    /// Lets a session in or tells when to come back; who must wait on the socket has waited when this returns.
    pub async fn enter(&self, address: IpAddr, place: Option<u64>) -> Result<(), Later> {
        match self.turn(Instant::now(), address, place) {
            Turn::Now => {
                count("at_once");
                Ok(())
            }
            Turn::Soon(wait) => {
                let _waiting = Waiting::new();
                tokio::time::sleep(wait).await;
                count("waited");
                Ok(())
            }
            Turn::Later(later) => {
                count("deferred");
                Err(later)
            }
        }
    }

    /// Whose turn it is.
    fn turn(&self, now: Instant, address: IpAddr, place: Option<u64>) -> Turn {
        if self.pace.is_zero() {
            return Turn::Now;
        }
        let address = prefix(address);
        let mut desk = self.lock();
        desk.forget(now);
        let kept = place.and_then(|place| Some((place, desk.places.get(&place)?.due)));
        let due = match kept {
            Some((_, due)) => due,
            None if desk.paid.max(before(now, self.burst)) <= now => now,
            None => desk.next.max(desk.paid),
        };
        let wait = due.saturating_duration_since(now);
        if wait <= self.patience {
            if let Some((place, _)) = kept {
                desk.give_up(place);
            } else if due > now {
                desk.next = due + self.pace;
            }
            desk.paid = desk.paid.max(before(now, self.burst)) + self.pace;
            return if wait.is_zero() { Turn::Now } else { Turn::Soon(wait) };
        }
        if let Some((place, _)) = kept {
            return Turn::Later(Later { after: wait, place: Some(place) });
        }
        if !self.has_room(&desk, address) {
            let after = wait + Duration::from_millis(jitter_ms(BEHIND_MS));
            return Turn::Later(Later { after, place: None });
        }
        desk.next = due + self.pace;
        Turn::Later(Later { after: wait, place: Some(desk.keep(due, address)) })
    }

    fn has_room(&self, desk: &Desk, address: IpAddr) -> bool {
        let most = self.limits.sessions_per_second.saturating_mul(SECONDS_OF_ADDRESS);
        let most = self.limits.of_address(most, address);
        desk.places.len() < PLACES_MAX && desk.held.get(&address).is_none_or(|held| *held < most)
    }

    fn lock(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So long before `now`, as far as the clock goes back.
fn before(now: Instant, time: Duration) -> Instant {
    now.checked_sub(time).unwrap_or(now)
}

impl Desk {
    fn keep(&mut self, due: Instant, address: IpAddr) -> u64 {
        let place = rand::rng().next_u64();
        self.places.insert(place, Place { due, address });
        // Times are given out in order, so the first here ends first.
        self.ends.push_back((due + KEPT, place));
        *self.held.entry(address).or_default() += 1;
        tell(self.places.len());
        place
    }

    fn give_up(&mut self, place: u64) {
        let Some(Place { address, .. }) = self.places.remove(&place) else { return };
        if let Some(held) = self.held.get_mut(&address) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(&address);
            }
        }
        tell(self.places.len());
    }

    /// Forgets the places of those who did not come.
    fn forget(&mut self, now: Instant) {
        while let Some((end, place)) = self.ends.front().copied()
            && end <= now
        {
            self.ends.pop_front();
            self.give_up(place);
        }
    }
}

fn tell(places: usize) {
    metrics::gauge!("parlance_admission_places").set(places as f64);
}

fn count(outcome: &'static str) {
    metrics::counter!("parlance_admissions_total", "outcome" => outcome).increment(1);
}

/// Somebody who waits on a socket.
struct Waiting;

impl Waiting {
    fn new() -> Waiting {
        metrics::gauge!("parlance_admissions_waiting").increment(1);
        Waiting
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        metrics::gauge!("parlance_admissions_waiting").decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn admission(rate: u32, burst: u32, waiting: u32) -> Admission {
        let limits = Limits {
            sessions_per_second: rate,
            sessions_burst: burst,
            sessions_waiting: waiting,
            ..Limits::default()
        };
        Admission::new(Arc::new(limits))
    }

    fn later(turn: Turn) -> Later {
        match turn {
            Turn::Later(later) => later,
            other => panic!("not put off: {other:?}"),
        }
    }

    #[test]
    fn some_come_in_at_once_some_wait_and_the_others_get_times_one_after_the_other() {
        let (admission, now) = (admission(10, 5, 3), Instant::now());
        let turns: Vec<Turn> = (0..12).map(|_| admission.turn(now, HERE, None)).collect();
        assert!(turns[..5].iter().all(|turn| *turn == Turn::Now));
        let soon: Vec<u64> = turns[5..8]
            .iter()
            .map(|turn| match turn {
                Turn::Soon(wait) => wait.as_millis() as u64,
                other => panic!("does not wait: {other:?}"),
            })
            .collect();
        assert_eq!(soon, [100, 200, 300]);
        let times: Vec<u64> = turns[8..].iter().map(|turn| later(*turn).after.as_millis() as u64).collect();
        assert_eq!(times, [400, 500, 600, 700]);
    }

    #[test]
    fn who_brings_a_place_is_let_in_at_its_time_whatever_others_do() {
        let (admission, now) = (admission(10, 1, 0), Instant::now());
        assert_eq!(admission.turn(now, HERE, None), Turn::Now);
        let kept = later(admission.turn(now, HERE, None));
        // Early, it is told the rest; others only ever stand behind it.
        let early = later(admission.turn(now + kept.after / 2, HERE, kept.place));
        assert_eq!((early.place, early.after), (kept.place, kept.after / 2));
        for _ in 0..50 {
            assert!(later(admission.turn(now + kept.after / 2, HERE, None)).after > kept.after / 2);
        }
        assert_eq!(admission.turn(now + kept.after, HERE, kept.place), Turn::Now);
        // Once only.
        later(admission.turn(now + kept.after, HERE, kept.place));
    }

    #[test]
    fn a_storm_is_over_after_its_size_at_the_pace_and_everybody_is_in() {
        // Who honours places, and who only the time.
        for honours in [true, false] {
            let (admission, began) = (admission(100, 50, 20), Instant::now());
            let mut coming: Vec<(Duration, Option<u64>)> = vec![(Duration::ZERO, None); 1_000];
            let (mut now, mut asked) = (Duration::ZERO, 0);
            while !coming.is_empty() {
                let mut waiting = Vec::new();
                for (at, place) in coming {
                    if at > now {
                        waiting.push((at, place));
                        continue;
                    }
                    asked += 1;
                    if let Turn::Later(later) = admission.turn(began + now, HERE, place) {
                        waiting.push((now + later.after, later.place.filter(|_| honours)));
                    }
                }
                coming = waiting;
                now += Duration::from_millis(10);
                assert!(now < Duration::from_secs(25), "{} are left", coming.len());
            }
            if honours {
                assert!(now < Duration::from_secs(11) && asked <= 2_000, "{now:?}, {asked} asked");
                let desk = admission.lock();
                assert!(desk.places.is_empty() && desk.held.is_empty());
            }
        }
    }

    #[test]
    fn one_address_does_not_fill_the_queue_and_places_end() {
        let (admission, now) = (admission(10, 1, 0), Instant::now());
        let there: IpAddr = "192.0.2.1".parse().unwrap();
        admission.turn(now, there, None);
        let places = (0..100).filter(|_| later(admission.turn(now, there, None)).place.is_some()).count();
        assert_eq!(places, 50);
        let other = later(admission.turn(now, "192.0.2.2".parse().unwrap(), None));
        assert!(other.place.is_some() && other.after <= Duration::from_millis(5_200), "{other:?}");
        let much_later = now + Duration::from_secs(120);
        assert_eq!(admission.turn(much_later, there, None), Turn::Now);
        assert!(admission.lock().places.is_empty());
    }

    #[test]
    fn without_a_limit_everybody_comes_in() {
        let (admission, now) = (admission(0, 1, 0), Instant::now());
        assert!((0..10_000).all(|_| admission.turn(now, HERE, None) == Turn::Now));
    }
}
