//! The clock and the chance that the engine is given: the machine's own.
//! Tests of the engine give it others; nothing else in this crate makes random numbers but `signin::token`.

use std::time::{SystemTime, UNIX_EPOCH};

use parlance_engine::{Chance, Clock};
use rand::Rng as _;

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        now_ms()
    }
}

/// The machine's chance.
pub struct SystemChance;

impl Chance for SystemChance {
    fn next_u64(&self) -> u64 {
        rand::rng().next_u64()
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A number up to and without `below`, to spread clients that come back.
pub fn jitter_ms(below: u64) -> u64 {
    rand::rng().next_u64() % below.max(1)
}
